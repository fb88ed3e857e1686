//! `When they want to leave, say "…" If they say no, say "…" If they still say no, say "…"`: in one line, an answer comes
//! behind what was said before it, and not beside it.

use crate::parse::role;
use crate::script::{Branch, Choice, Kind, Step};

/// Puts answers of the customer under the way of the same line whose words they answer.
pub(super) fn nest(branches: Vec<Branch>) -> Vec<Branch> {
    let mut nested: Vec<Branch> = Vec::new();
    for branch in branches {
        match nested.last_mut().filter(|last| answers(&branch) && !answers(last) && speaks(last)) {
            Some(last) => put(last, branch),
            None => nested.push(branch),
        }
    }
    nested
}

/// Adds an answer to those behind a way's words; `If they still say no` is one behind the no before it.
fn put(mut way: &mut Branch, branch: Branch) {
    let is_again = is_again(&branch);
    // One step deeper at a time.
    while is_again && way.steps.last().is_some_and(leads_deeper) {
        let Some(Step::Choice(choice)) = way.steps.last_mut() else { return };
        let Some(last) = choice.branches.last_mut() else { return };
        way = last;
    }
    match way.steps.last_mut() {
        Some(Step::Choice(choice)) => {
            choice.span = choice.span.to(branch.span);
            choice.branches.push(branch);
        }
        _ => way.steps.push(Step::Choice(Choice { span: branch.span, branches: vec![branch] })),
    }
}

/// A choice whose last way says something, and so can be answered.
fn leads_deeper(step: &Step) -> bool {
    matches!(step, Step::Choice(choice) if choice.branches.last().is_some_and(|last| speaks(last) || last.steps.last().is_some_and(leads_deeper)))
}

fn words(branch: &Branch) -> String {
    branch.label.as_ref().map_or(String::new(), |label| role::clean(&label.value))
}

/// `If they still say no`: an answer that somebody gave before.
pub fn is_again(branch: &Branch) -> bool {
    words(branch).split(' ').any(|word| matches!(word, "still" | "again" | "insist" | "insists"))
}

/// `If they say no`, `If they still insist`
pub fn answers(branch: &Branch) -> bool {
    let clean = words(branch);
    let count = clean.split(' ').count();
    count <= 6
        && clean.split(' ').any(|word| role::is_answer(word) || matches!(word, "insist" | "insists" | "refuse" | "decline" | "still"))
}

fn speaks(branch: &Branch) -> bool {
    matches!(branch.steps.last(), Some(Step::Line(line)) if line.kind == Kind::Say)
        || matches!(branch.steps.last(), Some(Step::Choice(choice)) if choice.branches.iter().all(answers))
}
