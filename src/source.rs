//! A script's text and the places in it.
//!
//! First stage of the line. Everything after this file speaks of bytes in [`Source::text`]; this is
//! the only place that turns them into lines and columns.

mod text;

use serde::Serialize;

pub use text::Text;

/// A range of bytes in a source's text, `start` inclusive, `end` exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// A line and a column, both 1-based; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// One file (or standard input) as it was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// As it is shown to the user: relative, with `/`.
    pub name: String,
    /// UTF-8, without a byte order mark. Each invalid byte was replaced by one `?`, so that every
    /// other byte keeps its place.
    pub text: String,
    /// Bytes that the file has before `text`: 3 with a byte order mark, else 0.
    pub skipped: usize,
    /// Only loaded because another file jumps into it: takes part in the flow, is not reported on.
    pub is_linked: bool,
    /// Where an invalid byte was replaced, sorted; empty for a valid file.
    pub invalid: Vec<usize>,
    line_starts: Vec<usize>,
}

impl Source {
    /// Takes a text that is known to be UTF-8.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source::build(name.into(), text.into(), 0, Vec::new())
    }

    /// Takes a file's bytes. `None` when they are not text at all: a zero byte (UTF-16, an image),
    /// or more than one byte in ten that is not UTF-8.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Option<Source> {
        let skipped = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        if bytes.contains(&0) {
            return None;
        }
        let (text, invalid) = match String::from_utf8(bytes) {
            Ok(text) => (text[skipped..].to_string(), Vec::new()),
            Err(error) => replace_invalid(&error.into_bytes()[skipped..]),
        };
        if invalid.len() * 10 > text.len() {
            return None;
        }
        Some(Source::build(name.into(), text, skipped, invalid))
    }

    /// The same file with another text.
    pub fn with_text(&self, text: String) -> Source {
        let mut source = Source::build(self.name.clone(), text, self.skipped, Vec::new());
        source.is_linked = self.is_linked;
        source
    }

    fn build(name: String, text: String, skipped: usize, invalid: Vec<usize>) -> Source {
        let mut line_starts = vec![0];
        let bytes = text.as_bytes();
        for (index, &byte) in bytes.iter().enumerate() {
            let lone_return = byte == b'\r' && bytes.get(index + 1) != Some(&b'\n');
            if byte == b'\n' || lone_return {
                line_starts.push(index + 1);
            }
        }
        Source { name, text, skipped, is_linked: false, invalid, line_starts }
    }

    /// Written in YAML or JSON, by the ending of its name; anything else is read as Markdown.
    pub fn is_yaml(&self) -> bool {
        [".yaml", ".yml", ".json"].iter().any(|end| self.name.ends_with(end))
    }

    /// A table, by the ending of its name.
    pub fn is_table(&self) -> bool {
        [".csv", ".tsv"].iter().any(|end| self.name.ends_with(end))
    }

    /// The words under a span; empty when it does not lie on character boundaries.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    /// The 0-based line that a byte stands in.
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset) - 1
    }

    /// Where the 0-based line begins, in bytes; the end of the text for a line that it does not have.
    pub fn line_start(&self, index: usize) -> usize {
        self.line_starts.get(index).copied().unwrap_or(self.text.len())
    }

    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let index = self.line_index(offset);
        let before = self.text.get(self.line_start(index)..offset).unwrap_or("");
        Position { line: index + 1, column: before.chars().count() + 1 }
    }
}

fn replace_invalid(bytes: &[u8]) -> (String, Vec<usize>) {
    let (mut text, mut invalid) = (String::with_capacity(bytes.len()), Vec::new());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            invalid.push(text.len());
            text.push('?');
        }
    }
    (text, invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_every_line_break_is_seen() {
        let source = Source::new("a.md", "č—x\r\nb\rc\n");
        assert_eq!(source.position(5), Position { line: 1, column: 3 });
        assert_eq!(source.position(8), Position { line: 2, column: 1 });
        assert_eq!(source.position(10), Position { line: 3, column: 1 });
    }

    #[test]
    fn invalid_bytes_keep_the_places_of_the_others() {
        let source = Source::from_bytes("a.md", b"\xef\xbb\xbfcaf\xe9 and tea, please".to_vec()).expect("text");
        assert_eq!(source.text, "caf? and tea, please");
        assert_eq!((source.skipped, source.invalid), (3, vec![3]));
        assert!(Source::from_bytes("a.md", b"a\0b".to_vec()).is_none());
    }
}
