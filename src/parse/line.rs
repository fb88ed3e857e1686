//! One line of a script, read by grammar/line.pest: the pieces it is made of.

pub mod dashed;
mod jump_words;
mod reference;
mod sentences;

use super::role::{self, Role};
use crate::memo::Memo;
use pest::Parser;
use pest::iterators::{Pair, Pairs};
use std::sync::{Arc, LazyLock};

pub use reference::{Reference, reference};

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/line.pest"]
pub(super) struct LineParser;

/// A piece of a line. Ranges are bytes of the line's text.
#[derive(Clone, Debug)]
pub struct Piece {
    pub kind: PieceKind,
    /// The whole piece, with its brackets or quotes.
    pub start: usize,
    pub end: usize,
    /// What stands inside: equal to the whole for a piece without brackets.
    pub inner: (usize, usize),
    pub is_bold: bool,
    pub is_italic: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PieceKind {
    Text,
    /// `{name}`, `____`
    Slot,
    /// `[…]`: a placeholder, a condition, a stage direction or alternatives.
    Bracket,
    /// `(…)`
    Paren,
    Quote,
    Arrow,
    /// `Agent:`; inner is the name.
    Label,
    /// The end of a sentence.
    Stop,
    Dash,
    /// `[text](target)`; inner is the text.
    Link(String),
    Comment,
    /// A bullet or a provision's letter before the first word.
    Bullet,
    /// A provision's number (`2.1`): a name that a jump may use.
    Number,
}

/// Cuts a line into pieces, in order. Emphasis marks are dropped and told by the flags.
pub fn pieces(text: &str) -> Arc<[Piece]> {
    static KNOWN: LazyLock<Memo<Arc<[Piece]>>> = LazyLock::new(Memo::default);
    KNOWN.get(text, || cut(text).into())
}

fn cut(text: &str) -> Vec<Piece> {
    let (opening, marked) = sentences::around_marks(text);
    let has_label = text[opening..marked].contains(':');
    let rule = match (opening, has_label) {
        (0, true) => Rule::line,
        (0, false) => Rule::plain_line,
        (_, true) => Rule::line_rest,
        (_, false) => Rule::plain_rest,
    };
    let (mut pieces, mut dress) = (Vec::new(), (false, false));
    // A space ends the last sentence before the marks, and begins what they stand in.
    for (rule, start, end) in
        [(Rule::sentences, 0, opening + usize::from(opening > 0)), (rule, opening, marked), (Rule::sentences, marked, text.len())]
    {
        if let (false, Ok(pairs)) = (start == end, LineParser::parse(rule, &text[start..end])) {
            add(&mut pieces, pairs, start, &mut dress);
        }
    }
    dash_labels(text, &mut pieces);
    column_label(text, &mut pieces);
    dashed::point(text, &mut pieces);
    pieces
}

/// `YOU   Good morning.`: a speaker in a column of its own.
fn column_label(text: &str, pieces: &mut Vec<Piece>) {
    let Some(first) = pieces.first_mut().filter(|first| first.kind == PieceKind::Text) else { return };
    let Some((name, words)) = column_speaker(&text[first.start..]) else { return };
    let (start, behind) = (first.start, text.len() - words.len());
    let label = Piece { kind: PieceKind::Label, end: behind, inner: (start, start + name.len()), ..first.clone() };
    (first.start, first.inner.0) = (behind, behind);
    if first.start >= first.end {
        pieces.remove(0);
    }
    pieces.insert(0, label);
}

/// The speaker before two spaces, a tab or a quotation, and the words behind. One that is not in capitals stands before
/// words that begin anew.
fn column_speaker(line: &str) -> Option<(&str, &str)> {
    /// In bytes.
    const LONGEST: usize = 20;
    // `SAY "Good morning."`
    let is_gap = |pair: &[u8]| matches!(pair, b"  " | b" \"" | [b'\t', _] | [b' ', 0xe2]);
    let gap = line.as_bytes().windows(2).take(LONGEST).position(is_gap)?;
    let (name, words) = (&line[..gap], line[gap..].trim_start());
    let is_column = line.as_bytes()[gap] == b'\t' || line[gap..].starts_with("  ");
    let is_before_quote = is_capitals(name) && words.starts_with(['"', '“']);
    if !is_column && !is_before_quote {
        return None;
    }
    let stands_out =
        is_capitals(name) || name.starts_with(char::is_uppercase) && words.starts_with(|c: char| c.is_uppercase() || "\"“(".contains(c));
    let is_speaker = stands_out && matches!(role::role(name), Some(Role::Agent | Role::Customer | Role::Note));
    (is_speaker && (words.contains(char::is_lowercase) || words.ends_with(['.', '!', '?']))).then_some((name, words))
}

/// Adds the pieces of a part of a line that begins so many bytes into it. `dress` says whether the words there
/// are bold and italic.
fn add(pieces: &mut Vec<Piece>, pairs: Pairs<Rule>, offset: usize, (is_bold, is_italic): &mut (bool, bool)) {
    let mut before = "";
    for pair in pairs {
        let bytes = |pair: &Pair<Rule>| (offset + pair.as_span().start(), offset + pair.as_span().end());
        let span = bytes(&pair);
        let rule = pair.as_rule();
        if rule == Rule::emphasis {
            toggle(pair.as_str(), is_bold, is_italic);
            continue;
        }
        let Some(mut kind) = piece_kind(&pair) else { continue };
        if kind == PieceKind::Stop && pair.as_str() == "." && sentences::ends_short(before) {
            kind = PieceKind::Text;
        }
        before = pair.as_str();
        if kind == PieceKind::Text && pair.as_str().trim().is_empty() {
            continue;
        }
        let inner = pair.clone().into_inner().find(|part| part.as_rule() != Rule::emphasis);
        let inner = inner.map_or(span, |part| bytes(&part));
        if kind == PieceKind::Label && pair.as_str().contains('*') {
            toggle("**", is_bold, is_italic);
        }
        let piece = Piece { kind, start: span.0, end: span.1, inner, is_bold: *is_bold, is_italic: *is_italic };
        match pieces.last_mut() {
            Some(last) if last.kind == PieceKind::Text && piece.kind == PieceKind::Text && same_dress(last, &piece) => {
                last.end = piece.end;
                last.inner.1 = piece.end;
            }
            _ => pieces.push(piece),
        }
    }
}

/// `CSR — …`, `AGENT >> …`, `If so: CSR — …`: speakers in capitals or bold, and a dash or an arrow in place of the colon.
fn dash_labels(text: &str, pieces: &mut Vec<Piece>) {
    for at in (0..pieces.len().saturating_sub(1)).rev() {
        if names_speaker(text, pieces, at) {
            pieces[at].kind = PieceKind::Label;
            pieces.remove(at + 1);
        }
    }
}

fn names_speaker(text: &str, pieces: &[Piece], at: usize) -> bool {
    let [speaker, mark, rest @ ..] = &pieces[at..] else { return false };
    let is_first = pieces[..at].iter().all(|piece| matches!(piece.kind, PieceKind::Bullet | PieceKind::Number));
    let is_inside = pieces[..at].last().is_some_and(|before| matches!(before.kind, PieceKind::Label | PieceKind::Stop));
    if speaker.kind != PieceKind::Text || !(is_first || is_inside && mark.kind == PieceKind::Dash) {
        return false;
    }
    let name = text[speaker.start..speaker.end].trim();
    let sign = &text[mark.start..mark.end];
    // `You | …`: two columns without a frame.
    // `Say → "…"`
    let is_quoted = rest.first().is_some_and(|next| next.kind == PieceKind::Quote);
    let stands_out = is_capitals(name) || is_first && (speaker.is_bold || sign.contains('|') || is_quoted && role::says(name));
    let is_mark = match mark.kind {
        PieceKind::Dash => true,
        PieceKind::Arrow => rest.first().is_some_and(|next| !matches!(next.kind, PieceKind::Link(_)) && !is_target(&text[next.start..])),
        _ => false,
    };
    // `OUTBOUND SCRIPT - REFILLS` is a title.
    let is_title = name.to_ascii_lowercase().ends_with(" script") || speaker.is_bold && rest.iter().all(|piece| piece.is_bold);
    is_mark && stands_out && !is_title && matches!(role::role(name), Some(Role::Agent | Role::Customer))
}

/// `CALLER → Section 4`, `CALLER → go to 4`: the arrow leads somewhere.
fn is_target(words: &str) -> bool {
    let words = words.trim_start();
    let is_name = !words.trim_end().contains(' ') && !words.trim_end().ends_with(['.', '!', '?', '”', '"']);
    is_name || reference(words).is_some() || verbs(words).first().is_some_and(|verb| verb.1 == 0)
}

/// Bold words at the start of a line: the byte behind their marks, and the words.
pub fn bold_start(line: &str) -> Option<(usize, &str)> {
    let inner = line.strip_prefix("**")?;
    let length = inner.find("**")?;
    Some((length + "****".len(), inner[..length].trim()))
}

/// Letters, and no small ones.
pub fn is_capitals(name: &str) -> bool {
    name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase)
}

/// Whether a line begins with a speaker in capitals and a mark that stands for the colon.
pub fn begins_with_speaker(line: &str) -> bool {
    /// Of a name, in bytes, with the longest of the signs behind it.
    const LONGEST: usize = 24 + 5;
    let is_speaker = |name: &str| matches!(role::role(name), Some(Role::Agent | Role::Customer));
    let end = (0..=LONGEST.min(line.len())).rev().find(|&end| line.is_char_boundary(end)).unwrap_or(0);
    let head = &line[..end];
    let begins = |sign: &str| {
        head.split_once(sign).is_some_and(|(name, _)| name.len() < 24 && (sign == " | " || is_capitals(name)) && is_speaker(name))
    };
    [" | ", " – ", " — ", " - ", ">>", "=>", "->", "→"].into_iter().any(begins) || column_speaker(line).is_some()
}

fn same_dress(a: &Piece, b: &Piece) -> bool {
    a.is_bold == b.is_bold && a.is_italic == b.is_italic && a.end == b.start
}

fn toggle(mark: &str, is_bold: &mut bool, is_italic: &mut bool) {
    match mark {
        "**" | "__" => *is_bold = !*is_bold,
        "*" | "_" => *is_italic = !*is_italic,
        _ => match mark.to_ascii_lowercase().trim_end_matches('>') {
            "<b" | "<strong" => *is_bold = true,
            "</b" | "</strong" => *is_bold = false,
            "<i" | "<em" => *is_italic = true,
            "</i" | "</em" => *is_italic = false,
            _ => {}
        },
    }
}

fn piece_kind(pair: &Pair<Rule>) -> Option<PieceKind> {
    Some(match pair.as_rule() {
        Rule::comment => PieceKind::Comment,
        Rule::lead => match pair.clone().into_inner().next().map(|part| part.as_rule()) {
            Some(Rule::number_lead) => PieceKind::Number,
            _ => PieceKind::Bullet,
        },
        Rule::link => {
            let target = pair.clone().into_inner().nth(1);
            PieceKind::Link(target.map_or(String::new(), |part| part.as_str().trim().to_string()))
        }
        Rule::bracket => PieceKind::Bracket,
        Rule::slot => PieceKind::Slot,
        Rule::paren => PieceKind::Paren,
        Rule::quote => PieceKind::Quote,
        Rule::arrow => PieceKind::Arrow,
        Rule::label => PieceKind::Label,
        Rule::stop | Rule::full_stop => PieceKind::Stop,
        Rule::dash => PieceKind::Dash,
        Rule::EOI => return None,
        _ => PieceKind::Text,
    })
}

/// A jump word in running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Goto,
    /// `follow the X script`, `use …`: a jump only when it names a script or section.
    Follow,
    See,
}

/// Jump words in running text: the verb and its byte range, in order.
pub fn verbs(text: &str) -> Vec<(Verb, usize, usize)> {
    let mut verbs = jump_words::find(text);
    verbs.retain(|verb| !is_told(&text[..verb.1]));
    verbs
}

/// `Lines that begin with …`: what they do is told, and nobody is sent anywhere.
fn is_told(before: &str) -> bool {
    let last = before.trim_end().rsplit([' ', '\n']).next().unwrap_or("");
    let is_after = || before.trim_end().rsplit([' ', '\n']).nth(1).is_some_and(|word| word.eq_ignore_ascii_case("after"));
    matches!(last, "that" | "which" | "lines" | "Lines" | "paragraphs" | "Paragraphs") && !(last == "that" && is_after())
}

#[cfg(test)]
mod tests;
