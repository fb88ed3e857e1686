//! What is true of a document as a whole: the order of its sections, and whether it is a call script at all.

use crate::parse::outline::{self, Part};
use crate::script::{Kind, Order, Script, Step, any_step};
use crate::source::Source;

/// The order of the sections: as declared, as the document says in words, or as its headings and jumps suggest.
pub(super) fn set_order(source: &Source, parts: &[Part], declared: Option<Order>, script: &mut Script) {
    let told = outline::told(&source.text);
    let is_told = declared.is_none() && told.stands_apart;
    if is_told {
        script.guesses.push("it says that its sections do not run on, so each is reached by a jump only".to_string());
    }
    script.ends_alike = told.ends_alike;
    let known = declared.or(is_told.then_some(Order::Graph));
    script.has_order = known.is_some();
    script.order = known.unwrap_or_else(|| outline::order(parts, script));
    if script.order == Order::Menu && !script.has_order {
        let words = "the headings name situations and nothing leads from one to another, so calls may begin at each of them";
        script.guesses.push(format!("{words} (`flow: sequence` in the front matter makes one call of them)"));
    }
}

/// A file that tells of a folder or a project, by its name.
pub(super) fn names_manual(name: &str) -> bool {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or("").split('.').next().unwrap_or("").to_lowercase();
    matches!(stem.as_str(), "readme" | "changelog" | "contributing" | "license" | "code_of_conduct" | "security")
}

pub(super) fn is_call_script(script: &Script) -> bool {
    let is_spoken = |step: &Step| matches!(step, Step::Line(line) if matches!(line.kind, Kind::Say | Kind::Hear));
    script.sections.iter().any(|section| any_step(&section.steps, &is_spoken))
}
