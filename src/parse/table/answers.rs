//! Which rows of a table answer which: cases beside each other, or a talk that goes down the table.

use super::Row;
use crate::parse::assemble::choice;
use crate::parse::role;
use crate::parse::statement::Statement;
use crate::script::{Branch, Kind, Step};

/// Rows to a choice. A row that goes on and only tells of the call comes first in any case; rows behind one that
/// listens answer it, and so do quoted rows behind one that only tells of the call.
pub(super) fn group(mut rows: Vec<Row>) -> Statement {
    if is_talk(&rows) {
        rows.iter_mut().for_each(|row| row.waits |= !leaves(row));
    }
    let told = rows.iter().filter(|row| row.is_told).count();
    let goes_on_first = rows.first().is_some_and(|row| row.is_told && row.goes_on);
    if goes_on_first && told == 1 || opens(&rows) {
        let steps = rows.remove(0).branch.steps;
        return Statement { steps, branches: cases(rows), ..Statement::default() };
    }
    let in_sequence = goes_on_first && has_one_label(&rows);
    if !in_sequence {
        return Statement { branches: cases(rows), ..Statement::default() };
    }
    let mut statement = Statement::default();
    let mut pending = Vec::new();
    for row in rows {
        if row.is_told {
            close(&mut statement, &mut pending);
            statement.steps.extend(row.branch.steps);
        } else {
            pending.push(row);
        }
    }
    statement.branches = cases(pending);
    statement
}

/// The first row asks, and the last one and a third of all lead on: those that don't are answered by the rows below.
fn is_talk(rows: &[Row]) -> bool {
    let [first, _, .., last] = rows else { return false };
    let leaving = rows.iter().filter(|row| leaves(row)).count();
    first.asks && first.branch.is_heard && !leaves(first) && leaves(last) && leaving * 3 >= rows.len()
}

fn leaves(row: &Row) -> bool {
    matches!(row.branch.steps.last(), Some(Step::Jump(_) | Step::End(_)))
}

/// `Start here | … | listen`: the first row is no case of those below, but what they all answer.
fn opens(rows: &[Row]) -> bool {
    let [first, second, rest @ ..] = rows else { return false };
    let has_other = || rest.iter().any(|row| first.is_told && row.is_told && begin_or_end_alike(first, row));
    first.waits && !first.branch.is_heard && !is_beside(first, second) && !has_other()
}

/// `(waits)`, `(waits)`: the same words stand before each thing to say.
fn has_one_label(rows: &[Row]) -> bool {
    let labels = rows.iter().filter(|row| row.is_told).map(|row| row.branch.label.as_ref().map(|label| role::clean(&label.value)));
    labels.collect::<std::collections::HashSet<_>>().len() == 1
}

fn close(statement: &mut Statement, pending: &mut Vec<Row>) {
    let branches = cases(std::mem::take(pending));
    if !branches.is_empty() {
        statement.steps.push(Step::Choice(choice(branches)));
    }
}

/// So deep a talk is told apart by its rows; what goes on longer is read as further answers to the last of these.
const DEEPEST: usize = 12;

/// The cases of a table; under each the rows that answer it.
fn cases(rows: Vec<Row>) -> Vec<Branch> {
    // Which row each one answers, and the rows that still wait for an answer, each an answer to the one before.
    let mut answered: Vec<Option<usize>> = Vec::with_capacity(rows.len());
    let mut waiting: Vec<usize> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let is_reply = replies(row);
        // A question waits for its yes and its no, and for nothing else.
        waiting.pop_if(|last| !rows[*last].waits && rows[*last].asks && !is_reply);
        // `(the board is red)` below the talk about `(the board is green)`: the other case.
        let other = waiting.iter().rposition(|&before| rows[before].is_told && row.is_told && begin_or_end_alike(&rows[before], row));
        waiting.truncate(other.map_or(waiting.len(), |other| other + 1));
        // Behind the cases of what was said, words again answer what was said before.
        let is_behind_cases = index > 0 && rows[index - 1].is_told && !row.is_told && !is_reply;
        waiting.pop_if(|last| is_behind_cases && !rows[*last].is_told && answered[index - 1] == Some(*last));
        let last = waiting.last().copied();
        let beside = last.filter(|&last| other.is_some() || waiting.len() > DEEPEST || is_beside(&rows[last], row));
        answered.push(beside.map_or(last, |beside| answered[beside]));
        let is_answered = row.asks && !is_reply && rows.get(index + 1).is_some_and(replies);
        let waits = row.waits || row.is_told && row.goes_on || is_answered;
        if beside.is_some_and(|beside| waits || !rows[beside].waits) {
            waiting.pop();
        }
        if waits {
            waiting.push(index);
        }
    }
    nested(rows, answered)
}

/// The rows that answer no other, and under each of them the rows that do.
fn nested(rows: Vec<Row>, answered: Vec<Option<usize>>) -> Vec<Branch> {
    let mut under: Vec<Vec<Branch>> = rows.iter().map(|_| Vec::new()).collect();
    let mut cases = Vec::new();
    // From the last on: answers stand behind what they answer.
    let mut is_reply = false;
    for (row, answered) in rows.into_iter().zip(answered).rev() {
        let mut branch = row.branch;
        let mut own = under.pop().unwrap_or_default();
        if row.waits && own.len() == 1 && !is_reply {
            branch.steps.extend(told(own.remove(0)));
        } else if !own.is_empty() {
            branch.steps.push(Step::Choice(choice(own.into_iter().rev().collect())));
        }
        is_reply = replies_to(&branch);
        answered.map_or(&mut cases, |answered| &mut under[answered]).push(branch);
    }
    cases.reverse();
    cases
}

/// All that can come is no choice: what is told or said there, and what follows.
fn told(branch: Branch) -> Vec<Step> {
    let kind = if branch.is_heard { Kind::Hear } else { Kind::Note };
    branch.label.map(|label| Step::line(kind, label)).into_iter().chain(branch.steps).collect()
}

/// `Yes, please`, `No, that'll do`: by itself it answers whatever was asked last.
fn replies(row: &Row) -> bool {
    replies_to(&row.branch)
}

fn replies_to(branch: &Branch) -> bool {
    let words = branch.label.as_ref().map_or("", |label| label.value.trim_start_matches(['"', '“', '*']));
    let first = words.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ["yes", "no", "yeah", "nope", "yep"].iter().any(|reply| first.eq_ignore_ascii_case(reply))
}

/// Two cases of the same question, rather than an answer to the first of them: `(cable is in)` and `(cable is out)`,
/// `Red light` and `Green light`. Of two that listen, the first would have no answer.
fn is_beside(first: &Row, second: &Row) -> bool {
    if first.waits && second.waits {
        return false;
    }
    if first.is_told || second.is_told {
        return first.is_told && second.is_told && (!first.waits || begin_or_end_alike(first, second));
    }
    begin_or_end_alike(first, second)
}

/// Of two labels that nobody says: `Red light`, `Green light`.
fn begin_or_end_alike(first: &Row, second: &Row) -> bool {
    let words =
        |row: &Row| row.branch.label.as_ref().filter(|_| !row.branch.is_heard).map_or(String::new(), |label| role::clean(&label.value));
    let (first, second) = (words(first), words(second));
    let ends = |words: &str| (words.split(' ').next().map(str::to_string), words.rsplit(' ').next().map(str::to_string));
    !first.is_empty() && (ends(&first).0 == ends(&second).0 || ends(&first).1 == ends(&second).1)
}
