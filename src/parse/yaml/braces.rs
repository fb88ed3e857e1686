//! Reading on in brackets: JSON, and the flow style of YAML, with mistakes in them.
//!
//! What stands in brackets has no lines to cut at. It is read sign by sign here: a comma that is missing, a
//! quote or bracket that is never closed, is told, and what it was to be is plain from what comes next.

use granit_parser::{ErrorKind, ScalarStyle};

use crate::script::Fault;
use crate::source::{Source, Span};

use super::tree::{Data, Id, MAX_DEPTH, Scalar, Tree};
use super::{scalar, syntax};

/// Reads the list or mapping at the beginning of `span`; the faults are in the order of the file.
pub fn read(tree: &mut Tree, source: &Source, span: Span) -> (Option<Id>, Vec<Fault>) {
    let mut reader = Reader { tree, source, at: span.start, end: span.end, open: Vec::new(), root: None, faults: Vec::new() };
    while reader.root.is_none() && reader.at < reader.end {
        reader.sign();
    }
    if let Some(open) = reader.open.first() {
        reader.fault(ErrorKind::UnexpectedEofFlowMapping, open.start);
    }
    while !reader.open.is_empty() {
        reader.close();
    }
    (reader.root, reader.faults)
}

/// What stands between values.
const SIGNS: [char; 6] = [',', ':', '{', '}', '[', ']'];

/// A list or mapping that is not closed yet.
struct Open {
    is_map: bool,
    start: usize,
    /// In a mapping, keys and values in turn.
    children: Vec<Id>,
    /// A value was read, and a comma must come before the next one.
    needs_comma: bool,
    /// A key and its colon were read.
    has_colon: bool,
}

struct Reader<'a> {
    tree: &'a mut Tree,
    source: &'a Source,
    at: usize,
    end: usize,
    open: Vec<Open>,
    root: Option<Id>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.source.text[self.at..self.end]
    }

    fn sign(&mut self) {
        let Some(sign) = self.rest().chars().next() else { return };
        match sign {
            '{' | '[' => self.start(sign == '{'),
            '}' | ']' => self.stop(sign == '}'),
            ',' => self.comma(),
            ':' => self.open.last_mut().into_iter().for_each(|open| open.has_colon = open.is_map),
            '"' | '\'' => return self.quoted(sign),
            _ if sign.is_whitespace() || sign == '\u{feff}' => {}
            _ => return self.bare(),
        }
        self.at += sign.len_utf8();
    }

    fn start(&mut self, is_map: bool) {
        self.expect_comma();
        if self.open.len() >= MAX_DEPTH {
            self.faults.push(syntax::too_deep(Span::new(self.at, self.at + 1)));
            self.at = self.end - 1;
            return;
        }
        let open = Open { is_map, start: self.at, children: Vec::new(), needs_comma: false, has_colon: false };
        self.open.push(open);
    }

    fn stop(&mut self, is_map: bool) {
        match self.open.iter().rposition(|open| open.is_map == is_map) {
            None => self.fault(ErrorKind::MisplacedFlowCollectionEnd, self.at),
            Some(depth) => {
                // What stands further in was never closed.
                if let Some(inner) = self.open.get(depth + 1) {
                    self.fault(ErrorKind::UnexpectedEofFlowMapping, inner.start);
                }
                while self.open.len() > depth {
                    self.close();
                }
            }
        }
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        let span = Span::new(open.start, (self.at + 1).min(self.end));
        let data = if open.is_map {
            if open.children.len() % 2 == 1 {
                open.children.push(self.tree.push(Data::Null, Span::new(span.end, span.end)));
            }
            Data::Map(open.children.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
        } else {
            Data::List(open.children)
        };
        let id = self.tree.push(data, span);
        self.add(id);
    }

    fn comma(&mut self) {
        let null = self.tree.push(Data::Null, Span::new(self.at, self.at));
        let Some(open) = self.open.last_mut() else { return };
        if open.is_map && open.children.len() % 2 == 1 {
            open.children.push(null);
        }
        (open.needs_comma, open.has_colon) = (false, false);
    }

    fn expect_comma(&mut self) {
        let is_missing = self.open.last().is_some_and(|open| open.needs_comma);
        if is_missing {
            self.fault(ErrorKind::ExpectedFlowMappingSeparator, self.at);
            self.comma();
        }
    }

    /// A value, or a key, of the innermost list or mapping.
    fn add(&mut self, id: Id) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(id);
            return;
        };
        let is_key = open.is_map && open.children.len().is_multiple_of(2);
        if open.is_map && !is_key && !open.has_colon {
            // Two keys in a row: the first has no value.
            let null = self.tree.push(Data::Null, Span::new(self.at, self.at));
            open.children.push(null);
            open.children.push(id);
            return self.fault(ErrorKind::SimpleKeyExpected, self.at);
        }
        open.children.push(id);
        (open.needs_comma, open.has_colon) = (!is_key, false);
    }

    fn bare(&mut self) {
        self.expect_comma();
        let words = self.rest();
        let length = words.find([',', ':', '{', '}', '[', ']', '"', '\n', '\r']).unwrap_or(words.len());
        let span = Span::new(self.at, self.at + words[..length].trim_end().len());
        let is_null = matches!(self.source.slice(span), "null" | "~");
        let id = if is_null { self.tree.push(Data::Null, span) } else { self.tree.push_words(&self.source.text, span) };
        self.add(id);
        self.at += length.max(1);
    }

    fn quoted(&mut self, quote: char) {
        self.expect_comma();
        let words = self.rest();
        let line = words.find('\n').unwrap_or(words.len());
        let close = closing(words, quote).filter(|&close| close < line || ends_value(&words[close + 1..]));
        let behind = close.map_or("", |close| words[close + 1..line.max(close + 1)].trim_start());
        let runs_on = behind.starts_with(char::is_alphanumeric);
        match close {
            Some(close) if !runs_on => {
                let span = Span::new(self.at, self.at + close + 1);
                let style = if quote == '"' { ScalarStyle::DoubleQuoted } else { ScalarStyle::SingleQuoted };
                let value = scalar::decoded(&words[..close + 1], style);
                let id = self.tree.push(Data::Scalar(Scalar { value, style, indent: 0 }), span);
                self.at = span.end;
                self.add(id);
            }
            // `"He said "no" to me"`: up to the last quote of the line.
            Some(close) if !words[..close].trim_end().ends_with(SIGNS) => {
                let last = words[..line].rfind(quote).unwrap_or(close).max(1);
                self.salvage(ErrorKind::InvalidTrailingDoubleQuotedScalar, last, last + 1);
            }
            // The next quote opens what comes next.
            found => {
                let end = found.unwrap_or(line).min(line);
                let end = words[..end].trim_end().trim_end_matches(SIGNS).trim_end().len().max(1);
                self.salvage(ErrorKind::UnclosedQuotedScalar, end, end);
            }
        }
    }

    /// Keeps the words up to byte `end` behind a quote, and goes on at byte `next`, both counted from here.
    fn salvage(&mut self, kind: ErrorKind, end: usize, next: usize) {
        self.fault(kind, self.at);
        let id = self.tree.push_words(&self.source.text, Span::new(self.at + 1, self.at + end));
        self.at += next;
        self.add(id);
    }

    /// Tells of the line that a byte stands in.
    fn fault(&mut self, kind: ErrorKind, at: usize) {
        let start = self.source.line_start(self.source.line_index(at));
        let line = self.source.text[start..self.end].lines().next().unwrap_or("");
        let lead = line.len() - line.trim_start().len();
        self.faults.push(syntax::fault(&kind, Span::new(start + lead, start + line.trim_end().len())));
    }
}

/// Where the quotation that words begin with is closed.
fn closing(words: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, sign) in words.char_indices().skip(1) {
        match sign {
            '\\' if quote == '"' => is_escaped = !is_escaped,
            _ if sign == quote && !is_escaped => return Some(at),
            _ => is_escaped = false,
        }
    }
    None
}

/// What follows a key or a value.
fn ends_value(words: &str) -> bool {
    words.trim_start().starts_with([',', ':', '}', ']'])
}
