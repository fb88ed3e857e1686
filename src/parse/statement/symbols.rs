//! Symbols that name a speaker (`🎧`), taken out of the text around them.

use crate::parse::line::{self, Piece, PieceKind};
use crate::parse::profile::{self, Profile};
use crate::parse::role::Role;
use crate::parse::target;

/// The pieces of a line, with a label of its own for each symbol that the document uses for a speaker;
/// `None` where it has none.
pub fn split(text: &str, pieces: &[Piece], profile: &Profile) -> Option<Vec<Piece>> {
    if profile.symbols.is_empty() || text.is_ascii() || !text.contains(|c| profile.symbols.contains_key(&c)) {
        return None;
    }
    let names_speaker = |piece: &Piece| text[piece.inner.0..].chars().next().is_some_and(|c| profile.symbols.contains_key(&c));
    let split: Vec<Piece> = pieces
        .iter()
        .flat_map(|piece| match piece.kind {
            PieceKind::Label if names_speaker(piece) => in_label(text, piece.clone()),
            PieceKind::Bullet if names_speaker(piece) => vec![Piece { kind: PieceKind::Label, ..piece.clone() }],
            PieceKind::Text if piece.start == 0 && leads(text, pieces) => vec![piece.clone()],
            PieceKind::Text => in_words(text, piece, profile),
            _ => vec![piece.clone()],
        })
        .collect();
    let names_somebody = split.iter().any(|piece| piece.kind == PieceKind::Label);
    names_somebody.then_some(split)
}

/// `❌ They don't match → go to Estimate`: a picture of a no; what is not to be said leads nowhere.
fn leads(text: &str, pieces: &[Piece]) -> bool {
    let is_bad = text.starts_with(['❌', '✗', '✘']);
    let goes = |piece: &Piece| match &piece.kind {
        PieceKind::Link(_) => true,
        PieceKind::Text => line::verbs(&text[piece.start..piece.end]).first().is_some_and(|verb| verb.1 <= 1),
        _ => false,
    };
    is_bad && pieces.windows(2).any(|pair| pair[0].kind == PieceKind::Arrow && goes(&pair[1]))
}

fn in_words(text: &str, piece: &Piece, profile: &Profile) -> Vec<Piece> {
    let words = |from: usize, to: usize| {
        let is_blank = text[from..to].trim().is_empty();
        (!is_blank).then(|| Piece { start: from, end: to, inner: (from, to), ..piece.clone() })
    };
    // `❌ No → …`: a picture of the answer.
    let answers = |at: usize| {
        let word = text[at..piece.end].trim_start_matches(|c| !char::is_alphabetic(c)).split(|c| !char::is_alphabetic(c)).next();
        word.is_some_and(|word| word.eq_ignore_ascii_case("no") || word.eq_ignore_ascii_case("yes"))
    };
    // `👉 🙋 A lead`: the picture belongs to the name of a section.
    let names_section = |at: usize| profile.sections.contains(&target::key(&text[piece.start + at..piece.end]));
    let is_speaker = |(at, c): &(usize, char)| {
        !names_section(*at)
            && match profile.symbols.get(c).filter(|_| profile::is_symbol(*c)) {
                Some(Role::Avoid) => !answers(piece.start + at),
                role => role.is_some(),
            }
    };
    let mut split = Vec::new();
    let mut from = piece.start;
    for (index, symbol) in text[piece.start..piece.end].char_indices().filter(is_speaker) {
        let at = piece.start + index;
        let after = at + symbol.len_utf8();
        split.extend(words(from, at));
        from = after + joined(&text[after..piece.end]);
        split.push(Piece { kind: PieceKind::Label, start: at, end: from, inner: (at, after), ..piece.clone() });
    }
    split.extend(words(from, piece.end));
    split
}

/// `🐾 would like an appointment:` is the speaker and a label of its own.
fn in_label(text: &str, piece: Piece) -> Vec<Piece> {
    let name = &text[piece.inner.0..piece.inner.1];
    let after = piece.inner.0 + length(name, |c| profile::is_symbol(c) || is_joiner(c));
    let speaker = Piece { start: piece.inner.0, end: after, inner: (piece.inner.0, after), ..piece.clone() };
    if text[after..piece.inner.1].trim().is_empty() {
        return vec![speaker];
    }
    let words = Piece { kind: PieceKind::Text, start: after, inner: (after, piece.end), ..piece };
    vec![speaker, words]
}

/// Characters that belong to the symbol before them.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{200d}' | '\u{20e3}')
}

/// Bytes of what belongs to the picture before it: `👩` is only the beginning of `👩‍⚕️`.
fn joined(text: &str) -> usize {
    let mut rest = text;
    while let Some(next) = rest.chars().next().filter(|&c| is_joiner(c) || matches!(c, '\u{1f3fb}'..='\u{1f3ff}')) {
        rest = &rest[next.len_utf8()..];
        let second = rest.chars().next().filter(|_| next == '\u{200d}');
        rest = &rest[second.map_or(0, char::len_utf8)..];
    }
    text.len() - rest.len()
}

/// Bytes at the start of a text whose characters are all of one kind.
fn length(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.len() - text.trim_start_matches(is_part).len()
}
