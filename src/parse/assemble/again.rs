//! Whether an answer is given a second time.

use crate::parse::role;
use crate::script::{Branch, Choice, Kind, Step};

/// `If no` twice in a row, or `If still no`: the second one belongs to another question.
pub(super) fn is_repeated(choice: &Choice, branch: &Branch) -> bool {
    let words = |branch: &Branch| branch.label.as_ref().map(|label| role::clean(&label.value));
    let Some(label) = words(branch) else { return false };
    let first = without_again(&label);
    let stays = |known: &Branch| !matches!(known.steps.last(), None | Some(Step::Jump(_) | Step::End(_)));
    if holds_out(&label) && choice.branches.last().is_some_and(stays) {
        return true;
    }
    choice.branches.iter().any(|known| {
        let known_label = words(known);
        known_label.as_ref() == Some(&label) || first.is_some() && known_label == first && stays(known)
    })
}

/// `If that isn't wanted either`, `If their mind is made up`: an answer to what was said to the answer before.
pub(super) fn holds_out(label: &str) -> bool {
    let words: Vec<&str> = label.split([' ', '\'']).collect();
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    has(&["either"]) && has(&["not", "t", "no", "nor"])
        || has(&["mind", "minds"]) && has(&["made"])
        || has(&["insist", "insists", "adamant"])
}

/// The answer that is given once more: `if no` of `if still no` and of `if no again`. `None` where
/// nothing says that it was given before.
fn without_again(label: &str) -> Option<String> {
    const AGAIN: [&str; 8] =
        ["again", "still", "a second time", "a third time", "for the second time", "for the third time", "once more", "twice"];
    let found = AGAIN.iter().filter(|again| format!(" {label} ").contains(&format!(" {again} "))).max_by_key(|again| again.len())?;
    let rest = format!(" {label} ").replacen(&format!(" {found} "), " ", 1);
    Some(rest.trim().to_string())
}

/// `No: …`, `Still no: …`: answers to what was asked before them, and no cases of their own.
pub(super) fn are_answers(branches: &[Branch]) -> bool {
    let is_answer = |branch: &Branch| {
        let label = branch.label.as_ref().map_or(String::new(), |label| role::clean(&label.value));
        matches!(label.as_str(), "yes" | "no" | "still no" | "if yes" | "if no" | "if still no" | "ok")
    };
    !branches.is_empty() && branches.iter().all(is_answer)
}

/// A case, and no answer itself, in which the agent speaks before.
pub(super) fn asks_first(branch: &mut Branch) -> bool {
    let says = |step: &Step| matches!(step, Step::Line(line) if line.kind == Kind::Say);
    !are_answers(std::slice::from_ref(branch)) && branch.steps.iter().any(says)
}
