//! `goodbye`, `refund or swap`: cells that lead to other rows by what stands first in these.

use super::Row;
use crate::parse::target;
use crate::script::{Branch, Choice, Jump, JumpKind, Kind, Line, Step, Target};
use crate::source::Text;

/// Fewer cells that are words of another row's label are no way to write jumps.
const USUAL: usize = 2;

/// Makes jumps of the last notes of rows, where these name other rows.
pub(super) fn lead(mut rows: Vec<Row>) -> Vec<Row> {
    let names: Vec<String> = rows.iter().filter_map(|row| row.branch.label.as_ref()).map(|label| target::key(&label.value)).collect();
    let is_lead = |row: &Row| matches!(row.branch.steps.last(), Some(Step::Line(Line { kind: Kind::Note, text, .. })) if parts(text, &names).is_some());
    if rows.iter().filter(|row| is_lead(row)).count() < USUAL {
        return rows;
    }
    for row in rows.iter_mut().filter(|row| is_lead(row)) {
        let Some(Step::Line(line)) = row.branch.steps.pop() else { continue };
        let mut jumps: Vec<Step> = parts(&line.text, &names).unwrap_or_default().into_iter().map(jump).collect();
        let branch = |step: Step| Branch { steps: vec![step], span: line.text.span(), ..Branch::default() };
        row.branch.steps.extend(match jumps.len() {
            1 => jumps.pop(),
            _ => Some(Step::Choice(Choice { span: line.text.span(), branches: jumps.into_iter().map(branch).collect() })),
        });
        row.goes_on = false;
    }
    rows
}

/// The rows that a cell names; `None` where some of its words name none.
fn parts(cell: &Text, names: &[String]) -> Option<Vec<Text>> {
    let mark = [" or ", " / ", ", "].into_iter().find(|mark| cell.value.contains(mark)).unwrap_or("\n");
    let slice = |part: &str| {
        let from = part.as_ptr() as usize - cell.value.as_ptr() as usize;
        cell.slice(from, from + part.len())
    };
    let is_row = |part: &Text| names.contains(&target::key(&part.value));
    cell.value.split(mark).map(slice).map(|part| Some(part).filter(is_row)).collect()
}

fn jump(name: Text) -> Step {
    Step::Jump(Jump { kind: JumpKind::Goto, target: Target::Name { name: name.value.clone(), is_sure: true }, text: name })
}
