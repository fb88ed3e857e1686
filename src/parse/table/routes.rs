//! Several ways in one cell: `worked → 7, didn't → 8`, `leaving: 5 / anything else: 6`, `S2 if it leaks; Finish if not`.

use super::steps::is_name;
use crate::parse::logical::ARROWS;
use crate::parse::profile::Profile;
use crate::parse::role;
use crate::parse::statement::is_otherwise;
use crate::parse::target;
use crate::script::{Branch, Jump, JumpKind, Step, Target};
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
    (is_whole && leads).then(|| ways.into_iter().map(|(label, name)| branch(cell, label, name)).collect())
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
    ends.chain([cell.trim().trim_end_matches('.')]).map(str::to_lowercase).collect()
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
