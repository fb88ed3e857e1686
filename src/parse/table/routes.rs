//! Several ways in one cell: `worked → 7, didn't → 8`, `leaving: 5 / anything else: 6`, `S2 if it leaks; Finish if not`.

use super::steps::is_name;
use crate::parse::logical::ARROWS;
use crate::parse::profile::Profile;
use crate::parse::role;
use crate::parse::statement::is_otherwise;
use crate::parse::target;
use crate::script::{Branch, Jump, JumpKind, Kind, Step, Target};
use crate::source::Text;

/// In words: longer ones are no answer.
const LONGEST: usize = 8;
/// What stands between two ways.
const MARKS: [&str; 6] = [" / ", ", ", "; ", " | ", " · ", "\n"];

/// The ways that a cell names, each with the number or the name of a row, of which one at least is a row of the table.
pub(super) fn read(cell: &Text, rows: &[String]) -> Option<Vec<Branch>> {
    let is_row = |name: &str| rows.iter().any(|known| known.eq_ignore_ascii_case(name));
    let may_lead = |part: &&str| way(part).is_some_and(|(_, name)| is_row(name) || is_number(name));
    let ways: Vec<(&str, &str)> = parts(&cell.value).into_iter().filter(may_lead).filter_map(way).collect();
    let is_whole = !ways.is_empty() && ways.len() == parts(&cell.value).len();
    let leads = ways.iter().any(|(_, name)| is_row(name));
    if is_whole && leads {
        return Some(ways.into_iter().map(|(label, name)| branch(cell, label, name)).collect());
    }
    let said = said(&cell.value);
    let ways = said.iter().map(|way| Branch { steps: way.steps(cell), ..branch(cell, way.label, way.name) });
    said.iter().any(|way| is_row(way.name)).then(|| ways.collect())
}

/// A way on which the agent says something first.
struct Said<'a> {
    label: &'a str,
    /// In quotation marks, or empty.
    words: &'a str,
    /// In brackets, or empty.
    note: &'a str,
    name: &'a str,
}

impl Said<'_> {
    fn steps(&self, cell: &Text) -> Vec<Step> {
        let line = |kind, words: &str| (!words.is_empty()).then(|| Step::line(kind, part_of(cell, words)));
        let target = Target::Name { name: self.name.to_lowercase(), is_sure: true };
        [line(Kind::Say, self.words), line(Kind::Note, self.note)].into_iter().flatten().chain([jump(cell, self.name, target)]).collect()
    }
}

/// `yes: "It's done." → row 14. no: row 7`: all of a cell, or nothing of it where something else stands in between.
fn said(cell: &str) -> Vec<Said<'_>> {
    let (mut rest, mut ways) = (cell.trim(), Vec::new());
    while !rest.is_empty() {
        let Some((way, behind)) = first_said(rest) else { return Vec::new() };
        ways.push(way);
        rest = behind.trim_start_matches(['.', ';', ',', '/', '|', '·', ' ', '\n']);
    }
    let speaks = ways.iter().any(|way| !way.words.is_empty());
    if speaks { ways } else { Vec::new() }
}

fn first_said(words: &str) -> Option<(Said<'_>, &str)> {
    let colon = words.find([':', '→']).into_iter().chain(ARROWS.iter().filter_map(|arrow| words.find(arrow))).min()?;
    let label = words[..colon].trim().trim_matches(['*', '"', '“', '”']);
    let is_label = label.contains(char::is_alphabetic) && label.split_whitespace().count() <= LONGEST && !label.contains(['"', '“', '(']);
    let mut rest = words[colon..].trim_start_matches([':', ' ', '*']);
    let mut said = "";
    if let Some(open) = rest.chars().next().filter(|open| matches!(open, '"' | '“')) {
        let inner = &rest[open.len_utf8()..];
        let end = inner.find(if open == '"' { '"' } else { '”' })?;
        (said, rest) = (&inner[..end], inner[end..].trim_start_matches(['"', '”', '.', ' ']));
    }
    let note = rest.strip_prefix('(').and_then(|inner| inner.split_once(')'));
    let (note, rest) = note.map_or(("", rest), |(note, behind)| (note, behind.trim_start()));
    let rest = ARROWS.iter().find_map(|arrow| rest.strip_prefix(arrow)).unwrap_or(rest).trim_start();
    let rest = ["go to ", "Go to ", "step ", "row ", "to "].iter().fold(rest, |rest, lead| rest.strip_prefix(lead).unwrap_or(rest));
    let end = rest.find(['.', ';', ',', '/', '|', '·', ' ', '\n']).unwrap_or(rest.len());
    let name = &rest[..end];
    (is_label && is_number(name)).then_some((Said { label, words: said, note, name }, &rest[end..]))
}

/// `appeal: @Appeal · slot: @Slot`: two ways or more that a cell names, each to a section.
pub(super) fn sections(cell: &Text, profile: &Profile) -> Option<Vec<Branch>> {
    let lead = |part: &str| {
        let (label, name) = way(part)?;
        let name = name.trim_start_matches(['@', '^']);
        let target = target::bare(name, profile).filter(|_| target::is_section(name, profile))?;
        Some(Branch { steps: vec![jump(cell, name, target)], ..branch(cell, label, name) })
    };
    let ways: Vec<Branch> = parts(&cell.value).into_iter().map(lead).collect::<Option<_>>()?;
    (ways.len() > 1).then_some(ways)
}

/// What a cell may name rows by, in small letters: the whole of it, and the end of each of its ways.
pub(super) fn names(cell: &str) -> Vec<String> {
    let ends = parts(cell).into_iter().filter_map(way).map(|(_, name)| name);
    ends.chain(said(cell).into_iter().map(|way| way.name)).chain([cell.trim().trim_end_matches('.')]).map(str::to_lowercase).collect()
}

/// The parts of a cell that may each be a way.
fn parts(cell: &str) -> Vec<&str> {
    let mark = MARKS.into_iter().find(|mark| cell.contains(mark) && cell.split(mark).all(|part| way(part).is_some()));
    mark.map_or_else(|| vec![cell], |mark| cell.split(mark).collect())
}

/// An answer, and what stands behind its arrow, or before its condition.
fn way(part: &str) -> Option<(&str, &str)> {
    // `else 3`
    let other = ["else ", "otherwise ", "if not "].iter().find(|lead| part.starts_with(**lead));
    if let Some(lead) = other {
        return Some((part[..lead.len()].trim_end(), part[lead.len()..].trim().trim_end_matches('.')));
    }
    let behind = || ARROWS.iter().chain(&[":", "=", " – ", " - "]).find_map(|sign| part.split_once(sign));
    let before = || [" if ", " when "].iter().find_map(|word| part.split_once(word)).map(|(name, label)| (label, name));
    let (label, name) = behind().or_else(before)?;
    let name = name.trim().trim_end_matches('.');
    let name = ["go to ", "Go to ", "step ", "row ", "to "].iter().fold(name, |name, lead| name.strip_prefix(lead).unwrap_or(name));
    let label = label.trim().trim_matches(['"', '“', '”', '*']);
    let is_brief = !name.is_empty() && name.split(' ').count() <= 3;
    (is_brief && label.contains(char::is_alphabetic) && label.split_whitespace().count() <= LONGEST).then_some((label, name))
}

/// `7`, `12b`, `S4`
fn is_number(name: &str) -> bool {
    let bare = name.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    is_name(name) || (1..=3).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit()) && name.len() <= bare.len() + 1
}

fn branch(cell: &Text, label: &str, number: &str) -> Branch {
    let target = Target::Name { name: number.to_lowercase(), is_sure: true };
    let (is_otherwise, is_heard) = (is_otherwise(label), role::speaks_of_self(label));
    let steps = vec![jump(cell, number, target)];
    let label = part_of(cell, label);
    Branch { span: label.span(), label: Some(label), is_otherwise, is_heard, steps, ..Branch::default() }
}

fn jump(cell: &Text, name: &str, target: Target) -> Step {
    Step::Jump(Jump { kind: JumpKind::Goto, target, text: part_of(cell, name) })
}

fn part_of(cell: &Text, words: &str) -> Text {
    let from = words.as_ptr() as usize - cell.value.as_ptr() as usize;
    cell.slice(from, from + words.len())
}
