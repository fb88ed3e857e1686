//! Words whose kind is known before they are read: the value of a key.

use super::{Place, Reader};
use crate::parse::line::{self, PieceKind};
use crate::parse::profile::Profile;
use crate::parse::role::Role;
use crate::script::{Kind, Step};
use crate::source::Text;

/// Reads words of which it is known what they are (the value of `agent:`): all of them but the stage
/// directions.
pub fn keyed(text: &Text, kind: Kind, profile: &Profile) -> Vec<Step> {
    let speaker = match kind {
        Kind::Say => Role::Agent,
        Kind::Hear => Role::Customer,
        Kind::Avoid => Role::Avoid,
        Kind::Note | Kind::Collect => Role::Note,
    };
    let pieces = line::pieces(&text.value);
    let place = Place { speaker: Some(speaker), is_item: false, has_children: false };
    let mut reader = Reader::new(text, &pieces, place, profile);
    reader.is_labelled = true;
    for (index, piece) in pieces.iter().enumerate() {
        match piece.kind {
            PieceKind::Comment => reader.comment(piece),
            _ if reader.is_direction(index) => {
                reader.flush();
                reader.aside(piece.inner);
            }
            _ => reader.gather(piece),
        }
    }
    match (kind, reader.take_run()) {
        (Kind::Collect, Some(text)) => reader.push(Step::line(kind, text)),
        (_, Some(text)) => reader.say(text),
        (_, None) => {}
    }
    reader.out.steps
}
