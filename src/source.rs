//! A script's text and the places in it.
//!
//! First stage of the line. Everything after this file speaks of bytes in [`Source::text`]; this is
//! the only place that turns them into lines and columns.

use serde::Serialize;

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

/// Words of a script, and where in the source each of them stands.
///
/// The words may differ from the source: a folded YAML scalar loses its line breaks, `\u00e9` becomes
/// one letter. Offsets into a `Text` are bytes of its `value`.
#[derive(Clone, Debug, Default)]
pub struct Text {
    pub value: String,
    segments: Vec<Segment>,
}

/// A run of `Text::value` that begins at `at`. A run that is as long as its span was copied byte for
/// byte; any other (an escape, an entity) maps as a whole.
#[derive(Clone, Copy, Debug)]
struct Segment {
    at: usize,
    len: usize,
    span: Span,
}

impl Text {
    /// The words of a span, as they stand.
    pub fn copied(source: &str, span: Span) -> Text {
        let mut text = Text::default();
        text.push(source.get(span.start..span.end).unwrap_or(""), span);
        text
    }

    /// Appends words that stand at `span`.
    pub fn push(&mut self, words: &str, span: Span) {
        if words.is_empty() {
            return;
        }
        let span = Span::new(span.start, span.end.max(span.start));
        let copied = words.len() == span.end - span.start;
        if let Some(last) = self.segments.last_mut()
            && copied
            && last.len == last.span.end - last.span.start
            && last.span.end == span.start
        {
            last.len += words.len();
            last.span.end = span.end;
        } else {
            self.segments.push(Segment { at: self.value.len(), len: words.len(), span });
        }
        self.value.push_str(words);
    }

    /// Appends another text.
    pub fn append(&mut self, other: &Text) {
        for segment in &other.segments {
            self.push(&other.value[segment.at..segment.at + segment.len], segment.span);
        }
    }

    /// The part of this text between two byte offsets of `value`, without the white space around it.
    pub fn slice(&self, start: usize, end: usize) -> Text {
        let words = self.value.get(start..end).unwrap_or("");
        let start = start + words.len() - words.trim_start().len();
        self.part(start, start + words.trim().len())
    }

    /// The part of this text between two byte offsets of `value`.
    pub fn part(&self, start: usize, end: usize) -> Text {
        let mut text = Text::default();
        text.append_part(self, start, end);
        text
    }

    /// Appends the part of another text between two byte offsets of its `value`.
    pub fn append_part(&mut self, other: &Text, start: usize, end: usize) {
        for segment in &other.segments {
            let from = start.max(segment.at);
            let to = end.min(segment.at + segment.len);
            if from < to {
                self.push(&other.value[from..to], segment.part(from, to));
            }
        }
    }

    /// The source spans of `value[start..end]`: one for each run, sorted, so that the line breaks and
    /// indentation of a folded text are left out.
    pub fn spans(&self, start: usize, end: usize) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for segment in &self.segments {
            let from = start.max(segment.at);
            let to = end.min(segment.at + segment.len);
            if from >= to {
                continue;
            }
            let part = segment.part(from, to);
            let blank = self.value[from..to].trim().is_empty();
            match spans.last_mut() {
                Some(last) if last.end == part.start => last.end = part.end,
                _ if blank => {}
                _ => spans.push(part),
            }
        }
        spans
    }

    /// The source span from the first to the last of `value[start..end]`.
    pub fn cover(&self, start: usize, end: usize) -> Span {
        let spans = self.spans(start, end);
        match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => first.to(*last),
            _ => self.segments.first().map(|segment| segment.span).unwrap_or_default(),
        }
    }

    /// The source span of the whole text.
    pub fn span(&self) -> Span {
        self.cover(0, self.value.len())
    }

    pub fn is_empty(&self) -> bool {
        self.value.trim().is_empty()
    }
}

impl Segment {
    fn part(&self, from: usize, to: usize) -> Span {
        if self.len == self.span.end - self.span.start {
            return Span::new(from - self.at + self.span.start, to - self.at + self.span.start);
        }
        self.span
    }
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

    #[test]
    fn a_folded_text_maps_back_run_by_run() {
        let mut text = Text::default();
        text.push("not seeing", Span::new(10, 20));
        text.push(" ", Span::new(20, 23));
        text.push("any fault", Span::new(23, 32));
        assert_eq!(text.spans(4, 14), [Span::new(14, 26)]);
        assert_eq!(text.slice(4, 14).value, "seeing any");
    }
}
