//! From a decoded YAML scalar back to the bytes that it came from.
//!
//! The parser gives the words and one span. The span is decoded here a second time, style by style
//! (YAML 1.2.2, chapters 7.3 and 8.1), with each run noted; when that gives the parser's words the
//! map is exact, and otherwise the whole scalar stands for every word in it.

use granit_parser::ScalarStyle;

use crate::source::{Span, Text};

use super::escape::unescape;

/// The words of a scalar with their places in `source`. `indent` is the column of a block scalar's
/// content, in bytes.
pub fn text(source: &str, value: &str, style: ScalarStyle, span: Span, indent: usize) -> Text {
    let raw = source.get(span.start..span.end).unwrap_or("");
    if raw == value {
        return Text::copied(source, span);
    }
    let text = match style {
        ScalarStyle::Plain => flow(raw, span.start, Style::Plain),
        ScalarStyle::SingleQuoted => flow(unquoted(raw), span.start + 1, Style::Single),
        ScalarStyle::DoubleQuoted => flow(unquoted(raw), span.start + 1, Style::Double),
        ScalarStyle::Literal | ScalarStyle::Folded => block(raw, span.start, indent, style == ScalarStyle::Folded, value),
    };
    if text.value == value { text } else { whole(source, value, span) }
}

/// The words of a quoted scalar, given with its quotes.
pub fn decoded(raw: &str, style: ScalarStyle) -> String {
    let style = if style == ScalarStyle::SingleQuoted { Style::Single } else { Style::Double };
    flow(unquoted(raw), 0, style).value
}

/// Words over several source lines, joined as YAML joins a plain scalar. `at` is where `raw` begins.
pub fn folded(raw: &str, at: usize) -> Text {
    flow(raw, at, Style::Plain)
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    Single,
    Double,
}

/// Every word stands for the whole span.
fn whole(source: &str, value: &str, mut span: Span) -> Text {
    // A run as long as its span would count as copied byte for byte.
    if span.end - span.start == value.len() && span.end > span.start {
        span.end -= 1;
        while !source.is_char_boundary(span.end) {
            span.end -= 1;
        }
    }
    let mut text = Text::default();
    text.push(value, span);
    text
}

fn unquoted(raw: &str) -> &str {
    raw.get(1..raw.len().saturating_sub(1)).unwrap_or("")
}

/// The lines of `raw` as byte ranges, without their breaks (LF, CRLF or CR).
fn lines(raw: &str) -> Vec<(usize, usize)> {
    let bytes = raw.as_bytes();
    let (mut found, mut start, mut index) = (Vec::new(), 0, 0);
    while index < bytes.len() {
        let is_pair = bytes[index] == b'\r' && bytes.get(index + 1) == Some(&b'\n');
        if matches!(bytes[index], b'\n' | b'\r') {
            found.push((start, index));
            index += usize::from(is_pair);
            start = index + 1;
        }
        index += 1;
    }
    found.push((start, raw.len()));
    found
}

const BLANKS: [char; 2] = [' ', '\t'];

fn flow(raw: &str, at: usize, style: Style) -> Text {
    let lines = lines(raw);
    let mut text = Text::default();
    let (mut breaks, mut is_escaped) = (0, false);
    for (index, &(start, end)) in lines.iter().enumerate() {
        let (is_first, is_last) = (index == 0, index + 1 == lines.len());
        let line = &raw[start..end];
        let from = if is_first { start } else { end - line.trim_start_matches(BLANKS).len() };
        let (to, escapes_break) = if is_last { (end, false) } else { line_end(raw, from, end, style) };
        breaks += usize::from(!is_first);
        if from >= to && !is_first && !is_last && !escapes_break {
            continue;
        }
        if !is_first {
            let joint = match breaks {
                1 if is_escaped => String::new(),
                1 => " ".to_string(),
                _ => "\n".repeat(breaks - 1),
            };
            // The break and the indentation stand for no word.
            text.push(&joint, Span::new(at + from, at + from));
        }
        push_content(&mut text, &raw[from..to.max(from)], at + from, style);
        (breaks, is_escaped) = (0, escapes_break);
    }
    text
}

/// Where a line's words end when another line follows, and whether its break is escaped away.
fn line_end(raw: &str, from: usize, end: usize, style: Style) -> (usize, bool) {
    let line = &raw[from..end];
    let is_escaping = |words: &str| {
        let slashes = words.len() - words.trim_end_matches('\\').len();
        style == Style::Double && slashes % 2 == 1
    };
    if is_escaping(line) {
        return (end - 1, true);
    }
    let trimmed = line.trim_end_matches(BLANKS);
    // An escaped blank belongs to the words.
    let kept = usize::from(trimmed.len() < line.len() && is_escaping(trimmed));
    (from + trimmed.len() + kept, false)
}

fn push_content(text: &mut Text, words: &str, at: usize, style: Style) {
    let escape = match style {
        Style::Plain => None,
        Style::Single => Some('\''),
        Style::Double => Some('\\'),
    };
    let mut index = 0;
    while let Some(next) = escape.and_then(|mark| words[index..].find(mark)) {
        let mark = index + next;
        text.push(&words[index..mark], Span::new(at + index, at + mark));
        let (decoded, len) = match style {
            Style::Double => unescape(&words[mark..]),
            _ => ('\'', 2),
        };
        index = (mark + len).min(words.len());
        text.push(decoded.encode_utf8(&mut [0; 4]), Span::new(at + mark, at + index));
        if !words.is_char_boundary(index) {
            return;
        }
    }
    text.push(&words[index..], Span::new(at + index, at + words.len()));
}

/// A literal or folded scalar. Its header is not in `raw`, so the blank lines before and after the
/// words are taken over from `value`.
fn block(raw: &str, at: usize, indent: usize, is_folded: bool, value: &str) -> Text {
    let mut text = Text::default();
    let leading = value.len() - value.trim_start_matches('\n').len();
    text.push(&"\n".repeat(leading), Span::new(at, at));
    let (mut gap, mut breaks, mut was_deeper) = (0, 0, false);
    for (index, (start, end)) in lines(raw).into_iter().enumerate() {
        let line = &raw[start..end];
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let from = if index == 0 { start } else { start + spaces.min(indent) };
        breaks += usize::from(index > 0);
        if from == end {
            continue;
        }
        let is_deeper = raw[from..end].starts_with(BLANKS);
        let keeps_breaks = !is_folded || is_deeper || was_deeper;
        let joint = match breaks {
            0 => String::new(),
            1 if !keeps_breaks => " ".to_string(),
            _ => "\n".repeat(breaks - usize::from(!keeps_breaks)),
        };
        // The break and the indentation stand for no word.
        text.push(&joint, Span::new(at + from, at + from));
        text.push(&raw[from..end], Span::new(at + from, at + end));
        (gap, breaks, was_deeper) = (end, 0, is_deeper);
    }
    if !text.is_empty() {
        let trailing = value.len() - value.trim_end_matches('\n').len();
        text.push(&"\n".repeat(trailing), Span::new(at + gap, at + raw.len()));
    }
    text
}

#[cfg(test)]
mod tests {
    use granit_parser::{Event, Parser};

    use super::*;

    /// The source words under every occurrence of `phrase` in the scalars of a YAML text.
    fn words(yaml: &str, phrase: &str) -> Vec<String> {
        let mut found = Vec::new();
        for event in Parser::new_from_str(yaml) {
            let (event, span) = event.expect("valid YAML");
            let Event::Scalar(value, style, ..) = event else {
                continue;
            };
            let range = span.byte_range().expect("a text has bytes");
            let indent = span.indent.unwrap_or(span.start.col());
            let text = text(yaml, &value, style, Span::new(range.start, range.end), indent);
            assert_eq!(text.value, value);
            if let Some(start) = text.value.find(phrase) {
                let spans = text.spans(start, start + phrase.len());
                found.extend(spans.iter().map(|span| yaml[span.start..span.end].to_string()));
            }
        }
        found
    }

    fn assert_words(yaml: &str, phrase: &str, expected: &[&str]) {
        assert_eq!(words(yaml, phrase), expected, "{yaml:?}");
        let crlf = yaml.replace('\n', "\r\n");
        assert_eq!(words(&crlf, phrase), expected, "{crlf:?}");
    }

    #[test]
    fn a_phrase_over_a_fold_is_underlined_without_the_indentation() {
        assert_words("a: one two\n   three\n", "two three", &["two", "three"]);
        assert_words("a: 'it''s two\n   three'\n", "two three", &["two", "three"]);
        assert_words("a: \"\\u00e9 two\n   three\"\n", "two three", &["two", "three"]);
        assert_words("a: >\n  one two\n  three\n", "two three", &["two", "three"]);
        assert_words("a: |-\n  one two\n  three\n", "two\nthree", &["two", "three"]);
    }

    #[test]
    fn an_escape_maps_to_the_escape_itself() {
        assert_words("a: \"b \\U0001F600 c\"\n", "\u{1F600}", &["\\U0001F600"]);
        assert_words("a: \"b \\uD83D\\uDE00 c\"\n", "\u{1F600} c", &["\\uD83D\\uDE00 c"]);
        assert_words("a: 'don''t stop'\n", "don't", &["don''t"]);
        assert_words("a: \"one \\\n  two\"\n", "one two", &["one ", "two"]);
    }

    #[test]
    fn blank_lines_and_deeper_lines_keep_the_map() {
        assert_words("a: >2-\n\n  one\n\n  two\n    deep\n  three\n", "deep", &["deep"]);
        assert_words("a: >\n  one\n    deep\n  three four\n\n\nb: c\n", "three four", &["three four"]);
        assert_words("a: |+\n\n    one\n   \n    two č—x\n\n", "č—x", &["č—x"]);
        assert_words("- one\n\n  two\n", "one\ntwo", &["one", "two"]);
    }
}
