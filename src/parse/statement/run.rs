//! The words that are being gathered until something ends them.

use super::Reader;
use crate::parse::line::Piece;
use crate::source::{Span, Text};

impl Reader<'_> {
    pub(super) fn gather(&mut self, piece: &Piece) {
        self.run.push((piece.start, piece.end));
    }

    /// Ends the gathering: the words, without the marks around them. `None` when there are none.
    pub(super) fn take_run(&mut self) -> Option<Text> {
        const LEAD: [char; 20] = ['▸', '•', '‣', '◦', '▪', '►', '●', '○', '–', '—', ':', ' ', ',', '|', '\u{a0}', '-', '·', '□', '☐', '>'];
        let mut text = Text::default();
        let mut last = 0;
        for (start, end) in std::mem::take(&mut self.run) {
            let is_apart = self.value().get(last..start).is_some_and(|gap| gap.contains([' ', '\n', '"', '”', '<']));
            if !text.value.is_empty() && !text.value.ends_with(' ') && is_apart {
                text.append(&self.spacer(start));
            }
            text.append_part(self.text, start, end);
            last = end;
        }
        let dots = text.value.trim_end();
        let end = if dots.ends_with("....") { dots.trim_end_matches(['.', ' ']).len() } else { text.value.len() };
        let trimmed = text.slice(0, end);
        let opened = if trimmed.value.contains(')') { None } else { trimmed.value.strip_prefix('(') };
        let lead = trimmed.value.len() - opened.unwrap_or(&trimmed.value).trim_start_matches(LEAD).len();
        let clean = unquoted(trimmed.slice(lead, trimmed.value.len()));
        clean.value.contains(char::is_alphanumeric).then_some(clean)
    }

    /// One space that stands for nothing in the source.
    fn spacer(&self, start: usize) -> Text {
        let mut space = Text::default();
        let at = self.text.cover(start, self.value().len()).start;
        space.push(" ", Span::new(at, at));
        space
    }
}

/// Without single quotation marks around the whole.
fn unquoted(text: Text) -> Text {
    let inner = text.value.strip_prefix(['\'', '‘']).and_then(|rest| rest.strip_suffix(['\'', '’']));
    match inner.filter(|inner| inner.contains(' ')) {
        Some(inner) => {
            let start = text.value.len() - text.value.trim_start_matches(['\'', '‘']).len();
            text.slice(start, start + inner.len())
        }
        None => text,
    }
}
