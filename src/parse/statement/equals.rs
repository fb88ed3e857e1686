//! `van is late = CARD 2, no van = CARD 3`: an equals sign that leads to a section is an arrow.

use crate::parse::line::{Piece, PieceKind};
use crate::parse::profile::Profile;
use crate::parse::target;

/// The pieces of a line with an arrow for each such sign; `None` where it has none.
pub fn split(text: &str, pieces: &[Piece], profile: &Profile) -> Option<Vec<Piece>> {
    if !text.contains(" = ") {
        return None;
    }
    let cut = |piece: &Piece| if piece.kind == PieceKind::Text { in_words(text, piece, profile) } else { vec![piece.clone()] };
    let split: Vec<Piece> = pieces.iter().flat_map(cut).collect();
    (split.len() > pieces.len()).then_some(split)
}

fn in_words(text: &str, piece: &Piece, profile: &Profile) -> Vec<Piece> {
    let part = |kind, from: usize, to: usize| Piece { kind, start: from, end: to, inner: (from, to), ..piece.clone() };
    let (mut split, mut from) = (Vec::new(), piece.start);
    for (at, sign) in text[piece.start..piece.end].match_indices(" = ") {
        let (sign, to) = (piece.start + at, piece.start + at + sign.len());
        let end = text[to..piece.end].find([',', ';']).map_or(piece.end, |mark| to + mark);
        if target::is_known(&text[to..end], profile) {
            let label = from + text[from..sign].len() - text[from..sign].trim_start_matches([',', ';', ' ']).len();
            split.extend([part(PieceKind::Text, label, sign), part(PieceKind::Arrow, sign, to), part(PieceKind::Text, to, end)]);
            from = end;
        }
    }
    if from < piece.end {
        split.push(part(PieceKind::Text, from, piece.end));
    }
    split
}
