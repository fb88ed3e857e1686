//! `Desk – Hello.`, `Yes. Desk – Sent.`, `**Desk.** Hello.`: a speaker without a colon, in a document whose turns all
//! begin so.

use super::{Piece, PieceKind};

/// What stands behind a name in bold: `**You ▸**`.
const SIGNS: [char; 9] = ['▸', '▹', '►', '▶', '›', '»', '>', '|', '❯'];

/// A speaker's name among the pieces: its place, and whether the next piece is the mark that makes it one.
struct Name<'a> {
    at: usize,
    name: &'a str,
    has_mark: bool,
}

/// The names of speakers: between the end of a sentence and a dash, in bold with their full stop, in bold with a sign.
fn found<'a>(text: &'a str, pieces: &'a [Piece]) -> impl Iterator<Item = Name<'a>> {
    let before = |at: usize| at.checked_sub(1).map(|before| &pieces[before].kind);
    let opens = move |at: usize| {
        use PieceKind::{Arrow, Bullet, Label, Number, Paren, Quote, Stop};
        matches!(before(at), None | Some(Stop | Quote | Bullet | Number | Paren | Label | Arrow))
    };
    (0..pieces.len().saturating_sub(1)).filter_map(move |at| {
        let (piece, mark, after) = (&pieces[at], &pieces[at + 1], pieces.get(at + 2));
        let words = text[piece.start..piece.end].trim();
        let is_bold = piece.is_bold && mark.is_bold && &text[mark.start..mark.end] == "." && after.is_none_or(|after| !after.is_bold);
        // `**Q.** is the caller`: what a name stands for.
        let is_told = |after: Option<&Piece>| after.is_some_and(|after| text[after.start..].trim_start().starts_with("is "));
        let has_mark = match mark.kind {
            PieceKind::Dash => after.is_some() && !is_told(after),
            PieceKind::Stop => is_bold && !is_told(after),
            _ => false,
        };
        let has_sign = piece.is_bold && !mark.is_bold && words.ends_with(SIGNS) && !is_told(Some(mark));
        let name = words.trim_end_matches(|sign: char| has_sign && (SIGNS.contains(&sign) || sign == ' '));
        (piece.kind == PieceKind::Text && opens(at) && (has_mark || has_sign)).then_some(Name { at, name, has_mark })
    })
}

/// The names of speakers without a colon, and whether each has a sign of its own (`**You ▸**`).
pub fn names<'a>(text: &'a str, pieces: &'a [Piece]) -> impl Iterator<Item = (&'a str, bool)> {
    found(text, pieces).map(|name| (name.name, !name.has_mark))
}

/// The pieces with a label in place of each such name that speaks; `None` where there is none.
pub fn split(text: &str, pieces: &[Piece], speaks: impl Fn(&str) -> bool) -> Option<Vec<Piece>> {
    let mut found = found(text, pieces).filter(|name| speaks(name.name)).peekable();
    found.peek()?;
    let mut split = Vec::with_capacity(pieces.len());
    let mut is_mark = false;
    for (at, piece) in pieces.iter().enumerate() {
        match found.next_if(|name| name.at == at) {
            Some(Name { name, has_mark, .. }) => {
                let start = piece.start + text[piece.start..piece.end].find(name).unwrap_or(0);
                let end = pieces[at + usize::from(has_mark)].end;
                split.push(Piece { kind: PieceKind::Label, inner: (start, start + name.len()), end, ..piece.clone() });
                is_mark = has_mark;
            }
            None if !std::mem::take(&mut is_mark) => split.push(piece.clone()),
            None => {}
        }
    }
    Some(split)
}

/// The dash of `Customer accepts - Step 3`, in bytes: it leads there.
pub fn leads(text: &str) -> Option<usize> {
    const MOST_WORDS: usize = 6;
    let (at, dash) = [" - ", " – ", " — "].iter().find_map(|dash| Some((text.find(dash)?, dash)))?;
    let (cue, target) = (&text[..at], text[at + dash.len()..].trim_end_matches(['.', ' ', '*', '_']));
    let is_brief = (1..=MOST_WORDS).contains(&cue.split_whitespace().count()) && !cue.contains(['.', '?', '!', ':', '"', '“', '(']);
    let lower = target.to_ascii_lowercase();
    let verb = ["go to ", "goto ", "see ", "skip to ", "jump to ", "back to "].iter().find(|verb| lower.starts_with(**verb));
    let reference = super::reference(&target[verb.map_or(0, |verb| verb.len())..])?;
    (is_brief && reference.kind.is_some() && reference.rest.is_empty()).then_some(at)
}

/// Makes an arrow of such a dash.
pub fn point(text: &str, pieces: &mut Vec<Piece>) {
    let Some(at) = leads(text) else { return };
    let Some(index) = pieces.iter().position(|piece| (piece.start..piece.end).contains(&at)) else { return };
    let end = at + text[at..].len() - text[at..].trim_start_matches([' ', '-', '–', '—']).len();
    let before = &mut pieces[index];
    let arrow = Piece { kind: PieceKind::Arrow, start: at, end, inner: (at, end), ..before.clone() };
    match before.kind {
        PieceKind::Dash => *before = arrow,
        PieceKind::Text if before.end <= end => {
            (before.end, before.inner.1) = (at, at);
            pieces.insert(index + 1, arrow);
        }
        _ => {}
    }
}

/// Whom a mark names: `Guide` of `Guide>`, `O` of `[O]`.
pub fn named(mark: &str) -> &str {
    mark.trim_matches(|sign: char| !sign.is_alphanumeric())
}

/// The pieces with a label for each mark (`Guide>`) that begins one, or follows the end of a sentence; `None` where
/// there is none.
pub fn split_marks(text: &str, pieces: &[Piece], marks: &[String]) -> Option<Vec<Piece>> {
    let mut split = Vec::with_capacity(pieces.len());
    // The byte behind the last mark: its sign may be a piece by itself, or begin one.
    let mut behind = 0;
    for piece in pieces {
        if piece.end <= behind {
            continue;
        }
        let piece = Piece { start: piece.start.max(behind), inner: (piece.inner.0.max(behind), piece.inner.1), ..piece.clone() };
        let words = &text[piece.start..piece.end];
        let start = piece.start + words.len() - words.trim_start().len();
        // `STORE » is you`: whom it stands for.
        let is_over = |rest: &str| rest.is_empty() || rest.starts_with([' ', '`', '*', '_']) && !rest.starts_with(" is ");
        // `**HD** is the helpdesk`: whom it stands for.
        let is_told = || text[piece.end..].starts_with("**:") || text[piece.end..].starts_with("** is ");
        let is_bold = |mark: &str| piece.is_bold && named(mark) == words.trim() && !is_told();
        let starts = |mark: &str| text[start..].strip_prefix(mark).is_some_and(is_over);
        let mark = marks.iter().find(|mark| if mark.starts_with("**") { is_bold(mark) } else { starts(mark) });
        let Some(mark) = mark.filter(|_| matches!(piece.kind, PieceKind::Text | PieceKind::Bracket)) else {
            split.push(piece);
            continue;
        };
        let mark = if mark.starts_with("**") { named(mark) } else { mark };
        behind = start + mark.len();
        let name = start + mark.find(named(mark)).unwrap_or(0);
        split.push(Piece { kind: PieceKind::Label, start, end: behind, inner: (name, name + named(mark).len()), ..piece.clone() });
        if behind < piece.end {
            split.push(Piece { kind: PieceKind::Text, start: behind, inner: (behind, piece.end), ..piece });
        }
    }
    (behind > 0).then_some(split)
}
