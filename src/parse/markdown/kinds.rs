//! Sections whose lines are all of one kind: what not to say, what is only for the staff.

use crate::script::{Kind, Step};

/// Makes every line one of a kind; a note with a label of its own stays what it is among what not to say.
pub(super) fn turn_to(kind: Kind, steps: &mut [Step]) {
    for step in steps {
        match step {
            Step::Line(line) if line.kind == Kind::Note && kind == Kind::Avoid => {}
            Step::Line(line) => line.kind = kind,
            Step::Choice(choice) => choice.branches.iter_mut().for_each(|branch| turn_to(kind, &mut branch.steps)),
            _ => {}
        }
    }
}

/// Nothing but lines that are said, and notes: under a heading that says so, they are the customer's.
pub(super) fn hear(steps: &mut [Step]) {
    let is_line = |step: &Step| matches!(step, Step::Line(line) if matches!(line.kind, Kind::Say | Kind::Note));
    if steps.iter().all(is_line) {
        for step in steps {
            match step {
                Step::Line(line) if line.kind == Kind::Say => line.kind = Kind::Hear,
                _ => {}
            }
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
