//! The ways of a template inside one line: `I'm sorry, {% if vip %}you come first.{% else %}we're late.{% endif %}`.

use super::{Place, Statement, cue, read};
use crate::parse::profile::Profile;
use crate::script::{Branch, Choice, Step};
use crate::source::{Span, Text};

/// More ways are read as if they were not written.
const MOST: usize = 8;

/// A part of a line: words that stand in any case, or in one way of a fork.
struct Part {
    /// Which way of its fork; `None` outside of forks.
    way: Option<usize>,
    from: usize,
    to: usize,
}

/// A line whose words differ by the ways of a template, as a choice of whole lines. All forks of a line take the same
/// way at once, so that the ways stay few. `None` where nothing forks.
pub(super) fn read_ways(text: &Text, place: Place, profile: &Profile) -> Option<Statement> {
    let (parts, labels) = cut(&text.value)?;
    let ways = labels.into_iter().enumerate().map(|(way, label)| {
        let mut words = Text::default();
        parts.iter().filter(|part| part.way.is_none_or(|of| of == way)).for_each(|part| words.append_part(text, part.from, part.to));
        let read = read(&words, place, profile);
        let mut steps = read.steps;
        if !read.branches.is_empty() {
            let span = text.span();
            steps.push(Step::Choice(Choice { branches: read.branches, span }));
        }
        let label = label.map(|(from, to)| text.slice(from, to));
        let is_otherwise = label.as_ref().is_none_or(|label| cue::is_otherwise(&label.value));
        Branch { label, is_otherwise, steps, span: text.span(), ..Branch::default() }
    });
    let choice = Choice { branches: ways.collect(), span: text.span() };
    Some(Statement { steps: vec![Step::Choice(choice)], ..Statement::default() })
}

type Label = Option<(usize, usize)>;

/// The parts of a line and the conditions of its ways, those of its first fork; the last of them has none where the
/// template writes none out.
fn cut(value: &str) -> Option<(Vec<Part>, Vec<Label>)> {
    if !value.contains('{') || !value.contains("{%") && !value.contains("{{#") {
        return None;
    }
    let (mut parts, mut labels, mut is_first) = (Vec::new(), Vec::new(), true);
    let (mut from, mut way) = (0, None);
    for tag in tags(value) {
        let inner = value[tag.start..tag.end].trim_matches(['{', '}', '%', '#', '-', ' ']);
        let start = tag.start + value[tag.start..].find(inner).unwrap_or(0);
        let label = Some((start, start + inner.len()));
        let next = match (inner.split_whitespace().next()?, way) {
            ("if" | "unless", None) => Some(0),
            ("elsif" | "elif" | "else" | "elseif", Some(way)) => Some(way + 1),
            ("endif" | "endunless" | "/if" | "/unless", Some(_)) => None,
            _ => continue,
        };
        parts.push(Part { way, from, to: tag.start });
        labels.extend((is_first && next.is_some()).then_some(label));
        is_first &= next.is_some();
        (from, way) = (tag.end, next);
    }
    parts.push(Part { way, from, to: value.len() });
    let has_rest = labels.iter().flatten().any(|(from, to)| value[*from..*to].trim() == "else");
    labels.extend((!has_rest).then_some(None));
    (way.is_none() && (2..=MOST).contains(&labels.len()) && !is_first).then_some((parts, labels))
}

/// `{% … %}`, `{{#…}}`, `{{else}}`, `{{/…}}`: bytes of the line, in order.
fn tags(value: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = value[at..].find('{').map(|open| at + open) {
        let rest = &value[open..];
        let is_block = ["{{#", "{{/", "{{else"].iter().any(|sign| rest.starts_with(sign));
        let close = if rest.starts_with("{%") { Some("%}") } else { is_block.then_some("}}") };
        let end = close.and_then(|close| Some(open + rest.find(close)? + close.len()));
        found.extend(end.map(|end| Span::new(open, end)));
        at = end.unwrap_or(open + 1);
    }
    found
}
