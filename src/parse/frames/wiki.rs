//! The marks of wikis that export neither Markdown nor HTML: `h2. Refunds`, `{panel:title=Read out}`, `{toc}`, as
//! [Jira's notation](https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all) has them.

use super::{Frame, Mark};
use crate::source::Span;

/// Frames of this notation, each opened and closed by the same line.
const PANELS: [&str; 11] = ["panel", "info", "note", "tip", "warning", "expand", "quote", "noformat", "code", "column", "section"];

/// Whether a text has headings of this notation.
pub(super) fn is_wiki(text: &str) -> bool {
    text.starts_with('h') && heading(text).is_some() || text.match_indices("\nh").any(|(at, _)| heading(&text[at + 1..]).is_some())
}

/// The level of the heading that a line is, from 1 to 6: `h2. Refunds`.
fn heading(line: &str) -> Option<u8> {
    match line.as_bytes() {
        [b'h', level @ b'1'..=b'6', b'.', b' ', ..] => Some(level - b'0'),
        _ => None,
    }
}

/// Adds a line in Markdown's marks, as long as it was.
pub(super) fn push(line: &str, masked: &mut String) {
    if let Some(level) = heading(line) {
        let marks = usize::from(level.min(3));
        masked.extend(std::iter::repeat_n('#', marks));
        masked.extend(std::iter::repeat_n(' ', 4 - marks));
        masked.push_str(&line[4..]);
        return;
    }
    // `# Ask for the name.` is an item of a list here, and `** If not, …` one inside of another.
    let marks = line.len() - line.trim_start_matches(['#', '*', '-']).len();
    if marks > 0 && line[marks..].starts_with(' ') && !line.starts_with("---") {
        masked.extend(std::iter::repeat_n(' ', marks - 1));
        masked.push('-');
        masked.push_str(&line[marks..]);
        return;
    }
    masked.push_str(line);
}

/// `{toc}`, `{anchor:top}`: a line of its own that only the wiki reads.
pub(super) fn says_nothing(words: &str) -> bool {
    let Some(inner) = words.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else { return false };
    let name = inner.split([':', '|']).next().unwrap_or("");
    matches!(name, "toc" | "anchor" | "children" | "excerpt" | "status" | "color" | "contributors" | "pagetree" | "recently-updated")
}

/// Which panels are open.
#[derive(Default)]
pub(super) struct Panels(Vec<&'static str>);

impl Panels {
    /// The frame that a line is, `at` being the byte at which the line begins.
    pub fn frame(&mut self, line: &str, at: usize) -> Option<Frame> {
        let inner = line.trim().strip_prefix('{')?.strip_suffix('}')?;
        let (name, rest) = inner.split_once(':').unwrap_or((inner, ""));
        let name = PANELS.into_iter().find(|panel| *panel == name)?;
        if rest.is_empty() && self.0.last() == Some(&name) {
            self.0.pop();
            return Some(Frame { mark: Mark::Close, words: Span::new(at, at) });
        }
        self.0.push(name);
        let title = match rest.split_once("title=") {
            Some((_, title)) => title.split('|').next().unwrap_or(""),
            None if name == "expand" => rest,
            None => "",
        };
        let start = at + line.find(title).unwrap_or(0);
        let name = if matches!(name, "quote" | "noformat" | "code") { "agent" } else { name };
        Some(Frame { mark: Mark::Open(name.to_string()), words: Span::new(start, start + title.len()) })
    }
}
