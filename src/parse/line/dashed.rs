//! `Desk – Hello.`, `Yes. Desk – Sent.`, `**Desk.** Hello.`: a speaker without a colon, in a document whose turns all
//! begin so.

use super::{Piece, PieceKind};

/// The places of the pieces that are a name between the end of a sentence and a dash, or in bold with its full stop,
/// and the name.
pub fn names<'a>(text: &'a str, pieces: &'a [Piece]) -> impl Iterator<Item = (usize, &'a str)> {
    let before = |at: usize| at.checked_sub(1).map(|before| &pieces[before].kind);
    let opens = move |at: usize| {
        matches!(before(at), None | Some(PieceKind::Stop | PieceKind::Quote | PieceKind::Bullet | PieceKind::Number | PieceKind::Paren))
    };
    let is_name = move |at: &usize| {
        let (name, mark, after) = (&pieces[*at], &pieces[at + 1], pieces.get(at + 2));
        let is_bold = name.is_bold && mark.is_bold && &text[mark.start..mark.end] == "." && after.is_none_or(|after| !after.is_bold);
        let is_marked = match mark.kind {
            PieceKind::Dash => after.is_some() && opens(*at),
            PieceKind::Stop => is_bold && (opens(*at) || before(*at) == Some(&PieceKind::Label)),
            _ => false,
        };
        // `**Q.** is the caller`: what a name stands for.
        let is_told = after.is_some_and(|after| text[after.start..].trim_start().starts_with("is "));
        name.kind == PieceKind::Text && is_marked && !is_told
    };
    (0..pieces.len().saturating_sub(1)).filter(is_name).map(|at| (at, text[pieces[at].start..pieces[at].end].trim()))
}

/// The pieces with a label in place of each such name that speaks; `None` where there is none.
pub fn split(text: &str, pieces: &[Piece], speaks: impl Fn(&str) -> bool) -> Option<Vec<Piece>> {
    let found: Vec<usize> = names(text, pieces).filter(|(_, name)| speaks(name)).map(|(at, _)| at).collect();
    let mut split = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        if found.binary_search(&at).is_ok() {
            let name = text[piece.start..piece.end].trim();
            let start = piece.start + text[piece.start..piece.end].find(name).unwrap_or(0);
            split.push(Piece { kind: PieceKind::Label, inner: (start, start + name.len()), end: pieces[at + 1].end, ..piece.clone() });
        } else if at == 0 || found.binary_search(&(at - 1)).is_err() {
            split.push(piece.clone());
        }
    }
    (!found.is_empty()).then_some(split)
}

/// Whom a mark names: `Guide` of `Guide>`.
pub fn named(mark: &str) -> &str {
    mark.trim_end_matches(|sign: char| !sign.is_alphanumeric())
}

/// The pieces with a label for each mark (`Guide>`) that begins one, or follows the end of a sentence; `None` where
/// there is none.
pub fn split_marks(text: &str, pieces: &[Piece], marks: &[String]) -> Option<Vec<Piece>> {
    let mut split = Vec::with_capacity(pieces.len());
    let mut has_mark = false;
    for piece in pieces {
        let words = &text[piece.start..piece.end];
        let start = piece.start + words.len() - words.trim_start().len();
        let is_over = |rest: &str| rest.is_empty() || rest.starts_with(' ');
        let mark = marks.iter().find(|mark| text[start..piece.end].strip_prefix(mark.as_str()).is_some_and(is_over));
        match mark.filter(|_| piece.kind == PieceKind::Text) {
            Some(mark) => {
                has_mark = true;
                let end = start + mark.len();
                split.push(Piece { kind: PieceKind::Label, start, end, inner: (start, start + named(mark).len()), ..piece.clone() });
                split.extend((end < piece.end).then(|| Piece { start: end, inner: (end, piece.end), ..piece.clone() }));
            }
            None => split.push(piece.clone()),
        }
    }
    has_mark.then_some(split)
}
