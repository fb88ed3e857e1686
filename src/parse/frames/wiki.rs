//! The marks of wikis that export neither Markdown nor HTML: `h2. Refunds`, `{panel:title=Read out}`, `{toc}`, as
//! [Jira's notation](https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all) has them, and
//! `== Refunds ==` and `** An item of an item`, as [MediaWiki's](https://www.mediawiki.org/wiki/Help:Formatting) has them.

use super::{Frame, Mark};
use crate::source::Span;

/// Frames of this notation, each opened and closed by the same line.
const PANELS: [&str; 11] = ["panel", "info", "note", "tip", "warning", "expand", "quote", "noformat", "code", "column", "section"];

/// What a text has of these notations.
#[derive(Clone, Copy, Default)]
pub(super) struct Wiki {
    /// `h2. Refunds`, `== Refunds ==`: `#` begins an item of a list and no heading.
    has_headings: bool,
    /// `** An item of an item`
    has_nested_items: bool,
}

impl Wiki {
    pub fn of(text: &str) -> Wiki {
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with(['h', '=', '*'])).collect();
        let is_nested = |line: &&str| line.starts_with("**") && line.trim_start_matches('*').starts_with(' ') && !line.ends_with('*');
        Wiki {
            has_headings: lines.iter().any(|line| heading(line).is_some() || titled(line).is_some()),
            has_nested_items: lines.iter().copied().filter(is_nested).nth(1).is_some(),
        }
    }

    pub fn is_any(self) -> bool {
        self.has_headings || self.has_nested_items
    }

    /// Adds a line in Markdown's marks, as long as it was.
    pub fn push(self, line: &str, masked: &mut String) {
        if let Some(level) = heading(line).filter(|_| self.has_headings) {
            let marks = usize::from(level.min(3));
            masked.extend(std::iter::repeat_n('#', marks));
            masked.extend(std::iter::repeat_n(' ', 4 - marks));
            masked.push_str(&line[4..]);
            return;
        }
        if let Some(marks) = titled(line).filter(|_| self.has_headings) {
            let end = line.trim_end().len();
            // A heading of Markdown takes a space behind its marks; `==Refunds==` gives one of them for it.
            let has_space = line[marks..].starts_with(' ');
            masked.push_str(&"#".repeat(marks - usize::from(!has_space)));
            masked.push_str(if has_space { "" } else { " " });
            masked.push_str(&line[marks..end - marks]);
            masked.push_str(&" ".repeat(marks));
            masked.push_str(&line[end..]);
            return;
        }
        // `# Ask for the name.` is an item of a list here, and `** If not, …` one inside of another.
        let marks = line.len() - line.trim_start_matches(if self.has_headings { &['#', '*', '-'][..] } else { &['*'][..] }).len();
        if marks > 0 && line[marks..].starts_with(' ') && !line.starts_with("---") {
            // A tab reaches over the mark of the item above, where a space would not.
            masked.extend(std::iter::repeat_n('\t', marks - 1));
            masked.push('-');
            masked.push_str(&line[marks..]);
            return;
        }
        masked.push_str(line);
    }
}

/// The level of the heading that a line is, from 1 to 6: `h2. Refunds`.
fn heading(line: &str) -> Option<u8> {
    match line.as_bytes() {
        [b'h', level @ b'1'..=b'6', b'.', b' ', ..] => Some(level - b'0'),
        _ => None,
    }
}

/// How many marks stand on each side of such a heading: `== Refunds ==`.
fn titled(line: &str) -> Option<usize> {
    let line = line.trim_end();
    let marks = line.len() - line.trim_start_matches('=').len();
    let inner = line.trim_matches('=');
    let closes = line.len() == inner.len() + 2 * marks;
    ((2..=6).contains(&marks) && closes && !inner.trim().is_empty()).then_some(marks)
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
