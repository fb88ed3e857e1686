//! Scripts that say what stands in another file of the run: the responses of a chatbot, by their names.

use super::speaks;
use crate::script::{Kind, Script, Step, Target, any_step};
use crate::source::Source;
use std::collections::HashMap;

/// Leads what is said elsewhere to the file that holds it. What no file holds is left out, and told as a
/// guess; a script in which nothing else is said becomes `None`. `scripts[i]` belongs to `sources[i]`.
pub fn join(sources: &[Source], scripts: &mut [Option<Script>]) {
    let mut files: HashMap<String, &str> = HashMap::new();
    for (script, source) in scripts.iter().zip(sources) {
        let shared = script.iter().flat_map(|script| &script.sections).filter(|section| section.is_shared);
        files.extend(shared.flat_map(|section| &section.names).map(|name| (name.clone(), &*source.name)));
    }
    for (slot, source) in scripts.iter_mut().zip(sources) {
        let Some(script) = slot.as_mut().filter(|script| script.sections.iter().any(|section| has_elsewhere(&section.steps))) else {
            continue;
        };
        let mut guesses = Vec::new();
        script.sections.iter_mut().for_each(|section| lead(&mut section.steps, &files, source, &mut guesses));
        script.guesses.extend(guesses);
        if !script.sections.iter().any(|section| speaks(&section.steps)) {
            *slot = None;
        }
    }
}

fn has_elsewhere(steps: &[Step]) -> bool {
    any_step(steps, &|step| matches!(step, Step::Jump(jump) if matches!(jump.target, Target::Elsewhere(_))))
}

fn lead(steps: &mut Vec<Step>, files: &HashMap<String, &str>, source: &Source, guesses: &mut Vec<String>) {
    let mut is_asked = false;
    steps.retain_mut(|step| {
        let was_asked = std::mem::take(&mut is_asked);
        match step {
            Step::Jump(jump) => {
                let Target::Elsewhere(name) = &jump.target else { return true };
                is_asked = files.contains_key(name);
                match files.get(name) {
                    // From the root of the run, wherever the script stands.
                    Some(file) => jump.target = Target::Link { file: Some(format!("/{file}")), anchor: Some(name.clone()) },
                    None => {
                        let line = source.position(jump.text.span().start).line;
                        guesses.push(format!("line {line}: the words of `{name}` are not among the files of this run; they were left out"));
                    }
                }
                is_asked
            }
            // The name of what is asked stands in for the question.
            Step::Line(line) => !(was_asked && line.kind == Kind::Collect),
            Step::Choice(choice) => {
                choice.branches.iter_mut().for_each(|branch| lead(&mut branch.steps, files, source, guesses));
                true
            }
            _ => true,
        }
    });
}
