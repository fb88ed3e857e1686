//! Tables whose rows are numbered and name the rows that come next (`2, 5 or 8`): a graph.

use super::{Column, cell_text, in_row, read_row};
use crate::parse::assemble::choice;
use crate::parse::blocks::Block;
use crate::parse::profile::Profile;
use crate::parse::role::Role;
use crate::parse::statement::Statement;
use crate::script::{Branch, Jump, JumpKind, Step, Target};
use crate::source::{Source, Text};

/// Each row is a place of its own, which the numbers in other rows lead to.
pub(super) fn read(source: &Source, rows: &[&Block], columns: &[Column], voice: Role, profile: &Profile) -> Statement {
    let leads = |column: &Column| if *column == Column::Next { Column::Rows } else { *column };
    let columns: Vec<Column> = columns.iter().map(leads).collect();
    let mut steps = Vec::new();
    for row in rows {
        steps.extend(number(source, row).map(Step::Anchor));
        steps.extend(read_row(source, row, &columns, voice, profile).into_iter().flat_map(in_row));
    }
    Statement { steps, ..Statement::default() }
}

/// The number in the first cell of a row.
pub(super) fn number(source: &Source, row: &Block) -> Option<Text> {
    let text = cell_text(source, row.children.first()?);
    (!text.is_empty() && text.value.trim().bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// Jumps to the rows that a cell names, or what the cell of any other table says.
pub(super) fn next(text: &Text, profile: &Profile) -> Vec<Step> {
    let is_other =
        |word: &str| !matches!(word.to_lowercase().as_str(), "" | "or" | "and" | "row" | "rows" | "step" | "steps" | "to" | "go");
    let words = || text.value.split(|c: char| !c.is_alphanumeric());
    if words().any(|word| is_other(word) && !word.bytes().all(|byte| byte.is_ascii_digit())) {
        return super::next(text, profile);
    }
    let numbers = words().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let mut jumps: Vec<Step> = numbers.map(|number| jump(text, number)).collect();
    if jumps.len() < 2 {
        return jumps;
    }
    let branch = |step: Step| Branch { steps: vec![step], span: text.span(), ..Branch::default() };
    vec![Step::Choice(choice(jumps.drain(..).map(branch).collect()))]
}

fn jump(text: &Text, number: &str) -> Step {
    let from = number.as_ptr() as usize - text.value.as_ptr() as usize;
    let target = Target::Name { name: number.to_string(), is_sure: true };
    Step::Jump(Jump { kind: JumpKind::Goto, target, text: text.slice(from, from + number.len()) })
}
