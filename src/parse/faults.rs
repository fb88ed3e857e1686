//! Slips in a Markdown script that no Markdown reader complains of: a heading that stands twice while
//! a jump names it, and a bracket that is never closed. `reading/*` findings; the script is read all
//! the same.

use super::blocks::{Block, BlockKind};
use super::{outline, target};
use crate::script::{Branch, Fault, Script, Step, Target};
use crate::source::{Source, Span};
use std::collections::{HashMap, HashSet};

/// All of them, in no order.
pub fn find(source: &Source, root: &Block, script: &Script) -> Vec<Fault> {
    let mut faults = duplicates(script);
    faults.extend(endless_front_matter(source, root));
    brackets(source, root, &mut faults);
    faults
}

/// Choices of several things that callers may want, each of which leads away, and nothing for a caller who
/// wants something else. A yes and a no need no other, and a choice of two is mostly such a pair.
pub fn open_choices(script: &Script) -> Vec<Fault> {
    fn look(steps: &[Step], faults: &mut Vec<Fault>) {
        let leaves = |branch: &Branch| matches!(branch.steps.last(), Some(Step::Jump(_) | Step::End(_)));
        for (index, step) in steps.iter().enumerate() {
            let Step::Choice(choice) = step else { continue };
            let is_over = index + 1 == steps.len() && choice.branches.iter().all(leaves);
            let is_open =
                is_over && choice.branches.len() > 2 && choice.branches.iter().all(|branch| branch.is_heard && !branch.is_otherwise);
            let last = choice.branches.last().and_then(|branch| branch.label.as_ref()).filter(|_| is_open);
            faults.extend(last.map(|label| missing_otherwise(label.span(), choice.branches.len())));
            choice.branches.iter().for_each(|branch| look(&branch.steps, faults));
        }
    }
    let mut faults = Vec::new();
    if script.is_call_script {
        script.sections.iter().for_each(|section| look(&section.steps, &mut faults));
    }
    faults
}

fn missing_otherwise(span: Span, count: usize) -> Fault {
    let message = format!("callers can answer {count} things here, and nothing is written for any other answer");
    let help = "Add a last branch, `otherwise`, that asks again or hands the caller over.".to_string();
    Fault { name: "missing-otherwise", message, help, span, related: None }
}

/// `---` and keys at the very start, and no second `---`.
fn endless_front_matter(source: &Source, root: &Block) -> Option<Fault> {
    let is_found = root.children.iter().any(|block| block.kind == BlockKind::FrontMatter);
    let mut lines = source.text.lines();
    let opens = lines.next().is_some_and(|line| line.trim_end() == "---");
    let has_key = lines.next().is_some_and(|line| {
        let key = line.split_once(": ").map_or("", |(key, _)| key);
        !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '-'))
    });
    (opens && has_key && !is_found).then(|| Fault {
        name: "syntax",
        message: "the front matter opens here and never ends".to_string(),
        help: "put `---` on a line of its own behind the last of its keys".to_string(),
        span: Span::new(0, 3),
        related: None,
    })
}

fn duplicates(script: &Script) -> Vec<Fault> {
    let named = jumped_to(script);
    let mut first_of: HashMap<String, Span> = HashMap::new();
    let mut faults = Vec::new();
    for section in &script.sections {
        let Some(heading) = &section.heading else { continue };
        let key = target::key(&heading.value);
        let Some(first) = first_of.get(&key).copied() else {
            first_of.insert(key, section.span);
            continue;
        };
        if named.contains(&key) || named.contains(&anchor_key(&target::anchor(&heading.value))) {
            faults.push(Fault {
                name: "duplicate-id",
                message: format!("two sections are called “{}”, and a jump leads to one of them", heading.value),
                help: "give one of them another heading, and change the jumps that mean it".to_string(),
                span: section.span,
                related: Some((first, "the first one, where the jump leads".to_string())),
            });
        }
    }
    faults
}

/// Keys of the sections of this file that some jump names by the whole heading or its anchor. Looked up
/// once, because a long script has thousands of headings and jumps.
fn jumped_to(script: &Script) -> HashSet<String> {
    let jumps = script.sections.iter().flat_map(|section| outline::jumps(&section.steps));
    let keys = jumps.filter_map(|jump| match &jump.target {
        Target::Name { name, .. } => Some(target::key(name)),
        Target::Link { file: None, anchor: Some(anchor) } => Some(anchor_key(anchor)),
        _ => None,
    });
    keys.collect()
}

/// An anchor among the keys of names, which never begin with `#`.
fn anchor_key(anchor: &str) -> String {
    format!("#{}", anchor.to_ascii_lowercase())
}

/// Looks for `[` and `{` that open words and are not closed in their block.
fn brackets(source: &Source, block: &Block, faults: &mut Vec<Fault>) {
    if matches!(block.kind, BlockKind::FrontMatter | BlockKind::Comment) {
        return;
    }
    if let (Some(first), Some(last)) = (block.lines.first(), block.lines.last()) {
        let span = first.to(*last);
        faults.extend(unclosed(source.slice(span)).map(|at| {
            let start = span.start + at;
            let end = block.lines.iter().find(|line| line.end > start).map_or(span.end, |line| line.end);
            Fault {
                name: "syntax",
                message: "a bracket opens here and is never closed".to_string(),
                help: "close the bracket, so that it is plain where the spoken words go on".to_string(),
                span: Span::new(start, end),
                related: None,
            }
        }));
    }
    block.children.iter().for_each(|child| brackets(source, child, faults));
}

/// The first bracket that words follow and none closes. Bytes of the text.
fn unclosed(text: &str) -> Option<usize> {
    if !text.contains('[') && !text.contains('{') || text.contains(['`', '\\']) {
        return None;
    }
    let mut open: Vec<usize> = Vec::new();
    for (at, character) in text.char_indices() {
        match character {
            '[' | '{' => open.push(at),
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
    }
    open.into_iter().find(|&at| text[at + 1..].starts_with(char::is_alphabetic))
}
