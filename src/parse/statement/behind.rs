//! Several jumps in one line, each with its condition behind it: `Go to Bye if it works, or to Repair if it doesn't.`

use super::Statement;
use super::cue::{Cue, is_otherwise};
use crate::parse::logical::ARROWS;
use crate::parse::profile::Profile;
use crate::parse::target;
use crate::script::{Branch, Jump, JumpKind, Step, Target};
use crate::source::Text;

/// Where a part of the line leads, and under which condition; in bytes.
struct Way {
    target: Target,
    words: (usize, usize),
    condition: Option<(usize, usize)>,
}

/// A way for each jump; `None` where there are fewer than two, or some part of the line is something else.
pub(super) fn read(text: &Text, profile: &Profile) -> Option<Statement> {
    let value = text.value.as_str();
    let from = lead(value).filter(|_| value.contains(" if ") || value.contains(" when "))?;
    let ways: Vec<Way> = parts(value, from).into_iter().map(|(from, to)| way(value, from, to, profile)).collect::<Option<_>>()?;
    let are_told = ways.len() > 1 && ways[0].condition.is_some() && ways.iter().filter(|way| way.condition.is_none()).count() <= 1;
    let branch = |way: Way| {
        let words = text.slice(way.words.0, way.words.1);
        let (span, label) = (words.span(), way.condition.map(|(from, to)| text.slice(from, to)));
        let steps = vec![Step::Jump(Jump { kind: JumpKind::Goto, target: way.target, text: words })];
        match label {
            Some(label) if !is_otherwise(&label.value) => Cue::new(label, false).branch(steps),
            label => Branch { label, is_otherwise: true, steps, span, ..Branch::default() },
        }
    };
    are_told.then(|| Statement { branches: ways.into_iter().map(branch).collect(), ..Statement::default() })
}

/// The bytes of `Next:`, `→`, `Go to` at the start of a line; `None` without.
fn lead(value: &str) -> Option<usize> {
    const LEADS: [&str; 9] = ["next:", "go to ", "goto ", "then go to ", "skip to ", "then:", "go on to ", "on to ", "back to "];
    let rest = value.trim_start_matches([' ', '*', '_', '-', '•']);
    let lower = rest.to_ascii_lowercase();
    let arrow = ARROWS.iter().find(|arrow| rest.starts_with(**arrow)).map(|arrow| arrow.len());
    let length = LEADS.iter().find(|lead| lower.starts_with(**lead)).map(|lead| lead.len()).or(arrow)?;
    Some(value.len() - rest[length..].trim_start_matches(['*', '_', ' ']).len())
}

/// The parts of a line from a byte on, between commas and the like.
fn parts(value: &str, from: usize) -> Vec<(usize, usize)> {
    const CUTS: [&str; 4] = [", ", "; ", " or to ", ". Otherwise"];
    let (mut parts, mut start) = (Vec::new(), from);
    while let Some((at, cut)) = CUTS.iter().filter_map(|cut| value[start..].find(cut).map(|at| (start + at, *cut))).min() {
        parts.push((start, at));
        start = at + cut.find(' ').map_or(cut.len(), |space| space + 1);
    }
    parts.push((start, value.len()));
    parts
}

fn way(value: &str, from: usize, to: usize, profile: &Profile) -> Option<Way> {
    const WORDS: [&str; 7] = ["or ", "otherwise ", "otherwise, ", "else ", "and ", "go ", "to "];
    let mut words = value[from..to].trim();
    let mut is_rest = false;
    while let Some(word) = WORDS.iter().find(|word| words.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))) {
        is_rest |= word.starts_with("otherwise") || *word == "else ";
        words = words[word.len()..].trim_start();
    }
    let arrow = ARROWS.iter().find_map(|arrow| words.strip_prefix(*arrow)).unwrap_or(words).trim_start();
    let start = to - value[from..to].len() + value[from..to].rfind(arrow)?;
    let cut = [" if ", " when "].iter().filter_map(|word| arrow.find(word)).min();
    let name = arrow[..cut.unwrap_or(arrow.len())].trim_end_matches(['.', ' ', '*', '_']);
    let condition = cut.map(|at| (start + at + 1, start + arrow.trim_end_matches(['.', ' ', '*', '_']).len()));
    let link = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(')')?.split_once("]("));
    let found = match link {
        Some((_, to)) => target::link(to),
        None => target::bare(name, profile),
    };
    Some(Way { target: found?, words: (start, start + name.len()), condition: condition.filter(|_| !is_rest) })
}
