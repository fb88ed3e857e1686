//! Sections whose lines are all of one kind: what not to say, what is only for the staff.

use crate::script::{Kind, Step};

/// Makes every line one of a kind.
pub(super) fn turn_to(kind: Kind, steps: &mut [Step]) {
    for step in steps {
        match step {
            Step::Line(line) => line.kind = kind,
            Step::Choice(choice) => choice.branches.iter_mut().for_each(|branch| turn_to(kind, &mut branch.steps)),
            _ => {}
        }
    }
}

/// What is written for those who speak is not spoken, and its cases are no ways of a call.
pub(super) fn as_notes(steps: Vec<Step>) -> Vec<Step> {
    let mut notes = Vec::new();
    for step in steps {
        match step {
            Step::Choice(choice) => {
                for branch in choice.branches {
                    notes.extend(branch.label.map(|label| Step::line(Kind::Note, label)));
                    notes.extend(as_notes(branch.steps));
                }
            }
            step => notes.push(step),
        }
    }
    turn_to(Kind::Note, &mut notes);
    notes
}
