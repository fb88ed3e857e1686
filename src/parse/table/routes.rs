//! Several ways in one cell: `worked → 7, didn't → 8`, `leaving: 5 / anything else: 6`.

use crate::parse::logical::ARROWS;
use crate::parse::role;
use crate::parse::statement::is_otherwise;
use crate::script::{Branch, Jump, JumpKind, Step, Target};
use crate::source::Text;

/// In words: longer ones are no answer.
const LONGEST: usize = 8;

/// The ways that a cell names, each with the number of a row, of which one at least is a row of the table.
pub(super) fn read(cell: &Text, numbers: &[String]) -> Option<Vec<Branch>> {
    let marks = [" / ", ", ", "; ", " | ", " · ", "\n"];
    let mark = marks.into_iter().find(|mark| cell.value.split(mark).all(|part| way(part).is_some()) && cell.value.contains(mark));
    let parts: Vec<&str> = mark.map_or_else(|| vec![cell.value.as_str()], |mark| cell.value.split(mark).collect());
    let ways: Vec<(&str, &str)> = parts.into_iter().map(way).collect::<Option<_>>()?;
    let is_row = |number: &str| numbers.iter().any(|known| known.eq_ignore_ascii_case(number));
    ways.iter().any(|(_, number)| is_row(number)).then(|| ways.into_iter().map(|(label, number)| branch(cell, label, number)).collect())
}

/// An answer, and the number behind its arrow.
fn way(part: &str) -> Option<(&str, &str)> {
    let (label, number) = ARROWS.iter().chain(&[":", "=", " – ", " - "]).find_map(|sign| part.split_once(sign))?;
    let number = number.trim().trim_end_matches('.');
    let number = ["go to ", "step ", "row ", "to "].iter().fold(number, |number, lead| number.strip_prefix(lead).unwrap_or(number));
    let bare = number.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let is_number = (1..=3).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit()) && number.len() <= bare.len() + 1;
    let label = label.trim().trim_matches(['"', '“', '”', '*']);
    (is_number && label.contains(char::is_alphabetic) && label.split_whitespace().count() <= LONGEST).then_some((label, number))
}

fn branch(cell: &Text, label: &str, number: &str) -> Branch {
    let part = |words: &str| {
        let from = words.as_ptr() as usize - cell.value.as_ptr() as usize;
        cell.slice(from, from + words.len())
    };
    let target = Target::Name { name: number.to_lowercase(), is_sure: true };
    let jump = Step::Jump(Jump { kind: JumpKind::Goto, target, text: part(number) });
    let (is_otherwise, is_heard) = (is_otherwise(label), role::speaks_of_self(label));
    let label = part(label);
    Branch { span: label.span(), label: Some(label), is_otherwise, is_heard, steps: vec![jump], ..Branch::default() }
}
