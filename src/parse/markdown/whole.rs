//! What is true of a document as a whole: the order of its sections, and whether it is a call script at all.

use crate::parse::outline::{self, Part};
use crate::script::{Kind, Order, Script, Step};
use crate::source::Source;

/// The order of the sections: as declared, as the document says in words, or as its headings and jumps suggest.
pub(super) fn set_order(source: &Source, parts: &[Part], declared: Option<Order>, script: &mut Script) {
    let is_told = declared.is_none() && outline::stands_apart(&source.text);
    if is_told {
        script.guesses.push("it says that its sections do not run on, so each is reached by a jump only".to_string());
    }
    script.ends_alike = outline::ends_alike(&source.text);
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
    fn any(steps: &[Step]) -> bool {
        steps.iter().any(|step| match step {
            Step::Line(line) => matches!(line.kind, Kind::Say | Kind::Hear),
            Step::Choice(choice) => choice.branches.iter().any(|branch| any(&branch.steps)),
            _ => false,
        })
    }
    script.sections.iter().any(|section| any(&section.steps))
}
