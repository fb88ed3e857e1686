//! The lines of a script as they are drawn: harmless to a terminal, and short.
//!
//! A script of ordinary lines is drawn from one copy that all its findings share. Where a finding
//! lies on a line too long for a terminal, a copy is made that has only the words around its marks:
//! `… context UNDERLINED context …`, on the same line number.

use super::mark::{self, Mark};
use super::safe;
use crate::source::{Source, Span};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// In bytes; longer lines are cut to the words around the marks.
const LONG_LINE: usize = 200;
/// How much is kept before and after a mark, in bytes.
const CONTEXT: usize = 60;
/// A longer mark is shown by its beginning and its end, in bytes.
const LONG_MARK: usize = 160;

/// A text for ariadne, and the marks in it.
pub struct Page {
    pub text: Rc<ariadne::Source>,
    /// In bytes of `text`, one for each mark, in the same order.
    pub spans: Vec<Span>,
}

impl Page {
    /// A span in characters, as ariadne wants it. It takes bytes too, but panics over them in any file
    /// but the first.
    pub fn letters(&self, span: Span) -> Range<usize> {
        self.letter(span.start)..self.letter(span.end)
    }

    /// The 0-based line of a byte.
    pub fn line(&self, offset: usize) -> usize {
        self.text.get_byte_line(offset).map_or(0, |(_, line, _)| line)
    }

    fn letter(&self, offset: usize) -> usize {
        let Some((line, _, column)) = self.text.get_byte_line(offset) else {
            return self.text.len();
        };
        let words = self.text.get_line_text(line).unwrap_or("");
        let before = words.get(..column).unwrap_or(words);
        line.offset() + before.chars().count()
    }
}

/// The shared copies by their file, made when a finding first needs them.
pub struct Pages<'a> {
    sources: &'a [Source],
    shared: HashMap<usize, Rc<ariadne::Source>>,
}

impl<'a> Pages<'a> {
    pub fn new(sources: &'a [Source]) -> Pages<'a> {
        Pages { sources, shared: HashMap::new() }
    }

    /// What to draw for marks that lie in one file and are sorted.
    pub fn page(&mut self, file: usize, marks: &[Mark]) -> Page {
        let source = &self.sources[file];
        let is_long = |mark: &Mark| line_of(source, mark).end > line_of(source, mark).start + LONG_LINE;
        if marks.iter().any(is_long) {
            return cut(source, marks);
        }
        let make = || Rc::new(ariadne::Source::from(safe::excerpt(&source.text)));
        let text = Rc::clone(self.shared.entry(file).or_insert_with(make));
        Page { text, spans: marks.iter().map(|mark| mark.span).collect() }
    }
}

/// The line that a mark is on, with its line break.
fn line_of(source: &Source, mark: &Mark) -> Span {
    let index = source.line_index(mark.span.start);
    Span::new(source.line_start(index), source.line_start(index + 1))
}

/// Only the marked lines, and of the long ones only what is around the marks.
fn cut(source: &Source, marks: &[Mark]) -> Page {
    let (mut text, mut spans, mut lines) = (String::new(), Vec::new(), 0);
    for marks in marks.chunk_by(|one, two| line_of(source, one) == line_of(source, two)) {
        let index = source.line_index(marks[0].span.start);
        text.extend(std::iter::repeat_n('\n', index - lines));
        lines = index;
        let line = line_of(source, &marks[0]);
        let pieces = match line.end - line.start {
            0..=LONG_LINE => vec![line],
            _ => pieces(source, line, marks),
        };
        let starts = push_pieces(&mut text, source, line, &pieces);
        let moved = |offset: usize| {
            let piece = pieces.iter().rposition(|piece| piece.start <= offset).unwrap_or(0);
            starts[piece] + offset - pieces[piece].start
        };
        spans.extend(marks.iter().map(|mark| Span::new(moved(mark.span.start), moved(mark.span.end))));
    }
    Page { text: Rc::new(ariadne::Source::from(text)), spans }
}

/// Appends the pieces of a line with `…` where something is left out; returns where each begins.
fn push_pieces(text: &mut String, source: &Source, line: Span, pieces: &[Span]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut end = line.start;
    for piece in pieces {
        if piece.start > end {
            text.push('…');
        }
        starts.push(text.len());
        let words = source.slice(*piece).trim_end_matches(['\n', '\r']);
        text.push_str(&safe::excerpt(words));
        end = piece.end;
    }
    if !source.slice(Span::new(end, line.end)).trim().is_empty() {
        text.push('…');
    }
    starts
}

/// What to keep of a long line: the marks and some words around them, sorted, none touching another.
fn pieces(source: &Source, line: Span, marks: &[Mark]) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    for Mark { span, .. } in marks {
        let (start, end) = (span.start.saturating_sub(CONTEXT), span.end + CONTEXT);
        if span.end - span.start > LONG_MARK {
            let middle = LONG_MARK / 2;
            pieces.push(keep(source, line, Span::new(start, span.start + middle)));
            pieces.push(keep(source, line, Span::new(span.end - middle, end)));
        } else {
            pieces.push(keep(source, line, Span::new(start, end)));
        }
    }
    pieces.sort();
    let mut merged: Vec<Span> = Vec::new();
    for piece in pieces {
        match merged.last_mut() {
            Some(last) if piece.start <= last.end => *last = last.to(piece),
            _ => merged.push(piece),
        }
    }
    merged
}

/// Within the line and on character boundaries.
fn keep(source: &Source, line: Span, span: Span) -> Span {
    let start = mark::floor(&source.text, span.start.max(line.start));
    Span::new(start, mark::ceil(&source.text, span.end.min(line.end)))
}
