//! Sections that lead back to where the call was: `Go back to the part that you came from.` Who goes there comes back.

use crate::parse::target;
use crate::script::{JumpKind, Kind, Script, Step, Target, any_step};
use std::collections::HashSet;

const BACK: [&str; 7] = [
    "you came from", "they came from", "where you were", "where you left off", "you were on before", "the call came from", "sent you here",
];

/// Makes a call of each jump to such a section.
pub(super) fn call(script: &mut Script) {
    let returning = script.sections.iter().filter(|section| any_step(&section.steps, &leads_back));
    let names: HashSet<String> = returning.flat_map(|section| section.names.iter().cloned()).collect();
    if !names.is_empty() {
        script.sections.iter_mut().for_each(|section| turn(&mut section.steps, &names));
    }
}

fn leads_back(step: &Step) -> bool {
    let says = |words: &str| BACK.iter().any(|back| words.contains(back)) && words.contains("back");
    matches!(step, Step::Line(line) if line.kind == Kind::Note && says(&line.text.value.to_lowercase()))
}

fn turn(steps: &mut [Step], names: &HashSet<String>) {
    for step in steps {
        match step {
            Step::Choice(choice) => choice.branches.iter_mut().for_each(|branch| turn(&mut branch.steps, names)),
            Step::Jump(jump) if jump.kind == JumpKind::Goto && leads_to(&jump.target, names) => jump.kind = JumpKind::Call,
            _ => {}
        }
    }
}

fn leads_to(to: &Target, names: &HashSet<String>) -> bool {
    match to {
        Target::Name { name, .. } => names.contains(&target::key(name)),
        Target::Link { file: None, anchor: Some(anchor) } => names.contains(anchor) || names.contains(&target::key(anchor)),
        _ => false,
    }
}
