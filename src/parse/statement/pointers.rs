//! `van is late = CARD 2, no van = CARD 3`, `@Refunds`, `^refunds`: what leads to a section of that name is an arrow.

use crate::parse::line::{Piece, PieceKind};
use crate::parse::profile::Profile;
use crate::parse::target;

/// Signs that stand right before a name.
const SIGNS: [char; 2] = ['@', '^'];

/// The pieces of a line with an arrow for each such sign; `None` where it has none.
pub fn split(text: &str, pieces: &[Piece], profile: &Profile) -> Option<Vec<Piece>> {
    if let Some(split) = behind_dash(text, pieces, profile) {
        return Some(split);
    }
    let (has_equals, has_signs) = (text.contains(" = "), text.contains(SIGNS));
    if !has_equals && !has_signs {
        return None;
    }
    let cut = |piece: &Piece| if piece.kind == PieceKind::Text { in_words(text, piece, profile) } else { vec![piece.clone()] };
    let split: Vec<Piece> = pieces.iter().flat_map(cut).collect();
    (split.len() > pieces.len()).then_some(split)
}

/// `Takes it – 8`, where a section has that number.
fn behind_dash(text: &str, pieces: &[Piece], profile: &Profile) -> Option<Vec<Piece>> {
    let (dash, last) = (pieces.len().checked_sub(2)?, pieces.last()?);
    let number = text[last.start..last.end].trim();
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let leads = pieces[dash].kind == PieceKind::Dash && is_number && profile.sections.contains(number);
    leads.then(|| {
        let mut split = pieces.to_vec();
        split[dash].kind = PieceKind::Arrow;
        split
    })
}

fn in_words(text: &str, piece: &Piece, profile: &Profile) -> Vec<Piece> {
    let part = |kind, from: usize, to: usize| Piece { kind, start: from, end: to, inner: (from, to), ..piece.clone() };
    let (mut split, mut from) = (Vec::new(), piece.start);
    let leads = |words: &str, is_name: bool| if is_name { target::is_section(words, profile) } else { target::is_known(words, profile) };
    for (sign, to, end) in signs(text, piece).filter(|(sign, to, end)| leads(&text[*to..*end], text[*sign..].starts_with(SIGNS))) {
        let label = from + text[from..sign].len() - text[from..sign].trim_start_matches([',', ';', ' ']).len();
        if label < sign {
            split.push(part(PieceKind::Text, label, sign));
        }
        split.extend([part(PieceKind::Arrow, sign, to), part(PieceKind::Text, to, end)]);
        from = end;
    }
    if from < piece.end {
        split.push(part(PieceKind::Text, from, piece.end));
    }
    split
}

/// Where each sign begins and ends, and where the name behind it ends; in order.
fn signs<'a>(text: &'a str, piece: &Piece) -> impl Iterator<Item = (usize, usize, usize)> + 'a {
    let (start, end) = (piece.start, piece.end);
    let words = &text[start..end];
    let until = move |from: usize, is_end: fn(char) -> bool| text[from..end].find(is_end).map_or(end, |at| from + at);
    let equals = words.match_indices(" = ").map(move |(at, sign)| {
        let to = start + at + sign.len();
        (start + at, to, until(to, |c| matches!(c, ',' | ';')))
    });
    let is_first = move |at: usize| words[..at].chars().next_back().is_none_or(|before| before.is_whitespace() || before == '(');
    let names = words.match_indices(SIGNS).filter(move |(at, _)| is_first(*at)).map(move |(at, sign)| {
        let to = start + at + sign.len();
        (start + at, to, until(to, |c| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '\'')))
    });
    // Hardly any line has both.
    let mut all: Vec<_> = equals.chain(names).collect();
    all.sort_unstable();
    all.into_iter()
}
