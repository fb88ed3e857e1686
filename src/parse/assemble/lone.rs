//! What stands as the only way to go on, and is said by the agent.

use crate::parse::role;
use crate::script::{Branch, Kind, Step};

/// In words: shorter ones may answer anything.
const SHORTEST: usize = 5;

/// `a. "Which day suits you?"`, `b. "It'll be there by noon." go to 5`: a sentence that answers no question is what the
/// agent says next.
pub(super) fn say(mut steps: Vec<Step>) -> Vec<Step> {
    let asks = |step: &Step| matches!(step, Step::Line(line) if line.kind == Kind::Say && line.text.value.trim_end().ends_with('?'));
    for at in (1..steps.len()).rev() {
        if let Some(said) = sentence(&steps[at]).filter(|_| asks(&steps[at - 1])) {
            steps.splice(at..=at, said);
        }
    }
    steps
}

/// The only way of a choice as what is said and where it leads; `None` where it may be an answer.
fn sentence(step: &Step) -> Option<[Step; 2]> {
    let Step::Choice(choice) = step else { return None };
    let [Branch { label: Some(label), is_heard: true, steps, .. }] = &choice.branches[..] else { return None };
    let [jump @ Step::Jump(_)] = &steps[..] else { return None };
    let words = label.value.trim_end();
    let is_answer = || role::words(words).next().is_some_and(|word| role::is_answer(&words[word.start..word.end].to_lowercase()));
    let is_said = words.split_whitespace().count() >= SHORTEST && words.ends_with('.') && !role::speaks_of_self(words) && !is_answer();
    is_said.then(|| [Step::line(Kind::Say, label.clone()), jump.clone()])
}
