//! The places of a finding, made fit to be drawn: inside the text, on character boundaries, one line
//! each, none over another.

use super::safe;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// A label of more lines is drawn on the first ones and the last.
const MAX_LINES: usize = 4;
/// Of a finding; what is beyond is only counted.
const MAX_MARKS: usize = 40;

/// Words to underline, all on one line.
#[derive(Debug, Clone)]
pub struct Mark {
    pub file: usize,
    pub span: Span,
    /// May be empty.
    pub message: String,
    pub is_primary: bool,
}

/// What to draw, sorted by place within each file: the file of the finding first, then the others in
/// the order of the finding. Beside it what cannot be drawn, as notes.
pub fn marks(found: &Diagnostic, sources: &[Source]) -> (Vec<Mark>, Vec<String>) {
    let mut places = Vec::new();
    for (index, &span) in found.spans.iter().enumerate() {
        let is_last = index + 1 == found.spans.len();
        let message = if is_last { found.label.as_str() } else { "" };
        places.extend(label(sources, found.file, span, message, true));
    }
    for related in &found.related {
        places.extend(label(sources, related.file, related.span, &related.message, false));
    }
    let (mut marks, mut notes) = (Vec::new(), Vec::new());
    for mark in places {
        let is_crossed = marks.iter().any(|other| crosses(&mark, other));
        if marks.len() < MAX_MARKS && !is_crossed {
            marks.push(mark);
        } else if !mark.message.is_empty() && !marks.iter().any(|other| equals(&mark, other)) {
            notes.push(note(&mark, sources));
        }
    }
    if notes.len() > MAX_MARKS {
        let more = notes.len() - MAX_MARKS;
        notes.truncate(MAX_MARKS);
        notes.push(format!("And {more} more places"));
    }
    let order = file_order(&marks);
    let rank = |file| order.iter().position(|&other| other == file);
    marks.sort_by_key(|mark| (rank(mark.file), mark.span));
    (marks, notes)
}

/// Splits a label into its lines; the last of them carries the message.
fn label(sources: &[Source], file: usize, span: Span, message: &str, is_primary: bool) -> Vec<Mark> {
    let Some(source) = sources.get(file) else {
        return Vec::new();
    };
    let mut lines = lines(source, clamp(&source.text, span));
    if lines.len() > MAX_LINES {
        lines.drain(MAX_LINES - 1..lines.len() - 1);
    }
    let last = lines.len() - 1;
    let message = safe::line(message);
    let mark = |(index, span)| Mark { file, span, message: if index == last { message.to_string() } else { String::new() }, is_primary };
    lines.into_iter().enumerate().map(mark).collect()
}

/// Inside the text, forwards, and on character boundaries.
fn clamp(text: &str, span: Span) -> Span {
    let start = floor(text, span.start);
    Span::new(start, ceil(text, span.end).max(start))
}

/// The nearest character boundary at or before a byte.
pub fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The nearest character boundary at or after a byte.
pub fn ceil(text: &str, offset: usize) -> usize {
    (offset..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// The part of a span on each line, without the white space around it; lines without any words are
/// left out. Never empty: a span of nothing but white space keeps its start.
fn lines(source: &Source, span: Span) -> Vec<Span> {
    let mut lines = Vec::new();
    for index in source.line_index(span.start)..=source.line_index(span.end) {
        let start = source.line_start(index).max(span.start);
        let words = source.slice(Span::new(start, source.line_start(index + 1).min(span.end)));
        let start = start + words.len() - words.trim_start().len();
        if !words.trim().is_empty() {
            lines.push(Span::new(start, start + words.trim().len()));
        }
    }
    if lines.is_empty() {
        lines.push(Span::new(span.start, span.start));
    }
    lines
}

fn crosses(mark: &Mark, other: &Mark) -> bool {
    let (one, two) = (mark.span, other.span);
    let meets = one.start < two.end && two.start < one.end;
    mark.file == other.file && (meets || one.start == two.start)
}

fn equals(mark: &Mark, other: &Mark) -> bool {
    mark.file == other.file && mark.span == other.span && mark.message == other.message
}

/// `Also cable.md:3:5: offer 1`, for a label on words that another label lies on.
fn note(mark: &Mark, sources: &[Source]) -> String {
    let source = &sources[mark.file];
    let place = source.position(mark.span.start);
    let name = safe::line(&source.name);
    format!("Also {name}:{}:{}: {}", place.line, place.column, mark.message)
}

fn file_order(marks: &[Mark]) -> Vec<usize> {
    let mut order = Vec::new();
    for mark in marks {
        if !order.contains(&mark.file) {
            order.push(mark.file);
        }
    }
    order
}
