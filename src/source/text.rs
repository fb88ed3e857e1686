//! The words of a script with their places: what every later stage of the line speaks of.

use super::Span;

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
    /// The text without some marks before and behind it.
    pub fn without(&self, marks: &[char]) -> Text {
        let start = self.value.len() - self.value.trim_start_matches(marks).len();
        self.slice(start, self.value.trim_end_matches(marks).len().max(start))
    }

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
        for (part, is_blank) in self.parts(start, end) {
            match spans.last_mut() {
                Some(last) if last.end == part.start => last.end = part.end,
                _ if is_blank => {}
                _ => spans.push(part),
            }
        }
        spans
    }

    /// The source span from the first to the last of `value[start..end]`.
    pub fn cover(&self, start: usize, end: usize) -> Span {
        let mut ends: Option<(Span, Span)> = None;
        for (part, is_blank) in self.parts(start, end) {
            match &mut ends {
                Some((_, last)) if last.end == part.start => last.end = part.end,
                _ if is_blank => {}
                Some((_, last)) => *last = part,
                None => ends = Some((part, part)),
            }
        }
        ends.map_or_else(|| self.segments.first().map(|segment| segment.span).unwrap_or_default(), |(first, last)| first.to(last))
    }

    /// The source span of each segment's share of `value[start..end]`, and whether nothing stands there.
    fn parts(&self, start: usize, end: usize) -> impl Iterator<Item = (Span, bool)> {
        self.segments.iter().filter_map(move |segment| {
            let (from, to) = (start.max(segment.at), end.min(segment.at + segment.len));
            (from < to).then(|| (segment.part(from, to), self.value[from..to].trim().is_empty()))
        })
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
    fn a_folded_text_maps_back_run_by_run() {
        let mut text = Text::default();
        text.push("not seeing", Span::new(10, 20));
        text.push(" ", Span::new(20, 23));
        text.push("any fault", Span::new(23, 32));
        assert_eq!(text.spans(4, 14), [Span::new(14, 26)]);
        assert_eq!(text.slice(4, 14).value, "seeing any");
    }
}
