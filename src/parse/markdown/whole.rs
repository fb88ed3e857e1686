//! What is true of a document as a whole: the order of its sections, and whether it is a call script at all.

use crate::parse::outline::{self, Part};
use crate::parse::profile::Profile;
use crate::parse::role;
use crate::parse::words::{key, keys};
use crate::script::{Branch, Kind, Order, Script, Section, Step, any_step};
use crate::source::{Source, Text};

/// The order of the sections: as declared, as the document says in words, or as its headings and jumps suggest.
pub(super) fn set_order(source: &Source, parts: &[Part], declared: Option<Order>, script: &mut Script) {
    let told = outline::told(&source.text);
    let is_told = declared.is_none() && told.stands_apart;
    if is_told {
        script.guesses.push("it says that its sections do not run on, so each is reached by a jump only".to_string());
    }
    script.ends_alike = told.ends_alike;
    let is_sorted = declared.is_none() && !is_told && told.is_sorted && script.sections.len() > 2;
    if is_sorted {
        script.guesses.push("it says to read the section that fits what the caller says, so calls lead to each of them".to_string());
    }
    let known = declared.or(is_told.then_some(Order::Graph)).or(is_sorted.then_some(Order::Menu));
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

/// Whether somebody speaks, and to a customer: other documents have quotations, too.
pub(super) fn is_call_script(script: &Script, profile: &Profile) -> bool {
    let is_spoken = |step: &Step| matches!(step, Step::Line(line) if matches!(line.kind, Kind::Say | Kind::Hear));
    let any = |is_so: &dyn Fn(&Step) -> bool| script.sections.iter().any(|section| any_step(&section.steps, &is_so));
    let heading = |section: &Section| section.heading.as_ref().is_some_and(|heading| names_callers(&heading.value));
    any(&is_spoken)
        && (!profile.is_quiet || profile.has_speakers || script.sections.iter().any(heading) || any(&tells_of_call) || any(&is_heard))
}

/// Asks or greets somebody, or tells of a caller.
fn tells_of_call(step: &Step) -> bool {
    const HELLO: [u64; 2] = keys(["hello", "hi"]);
    let Step::Line(line) = step else { return false };
    let greets = || role::words(&line.text.value).next().is_some_and(|word| HELLO.contains(&word.key));
    line.kind == Kind::Say && (line.text.value.contains('?') || greets()) || names_callers(&line.text.value)
}

/// A fork with words of the customer.
fn is_heard(step: &Step) -> bool {
    let tells = |label: &Text| names_callers(&label.value) || role::words(&label.value).take(2).any(|word| word.key == key(b"they"));
    let is_theirs = |way: &Branch| way.is_heard || way.label.as_ref().is_some_and(tells);
    matches!(step, Step::Choice(choice) if choice.branches.iter().any(is_theirs))
}

/// Names whoever rings, by a word that says nothing else.
pub fn names_callers(text: &str) -> bool {
    const CALLERS: [u64; 11] =
        keys(["caller", "callers", "customer", "patient", "patients", "guest", "guests", "resident", "claimant", "tenant", "tenants"]);
    role::words(text).any(|word| CALLERS.contains(&word.key))
}

/// The title, where none is declared. Nobody says one like `Script: Late delivery`.
pub(super) fn set_title(source: &Source, parts: &[Part], script: &mut Script) {
    if script.title.is_some() {
        return;
    }
    let title = parts.iter().find(|part| part.is_title).or_else(|| parts.iter().find(|part| part.level == 1));
    let first = || outline::first_line(source, parts.first()?);
    script.title = title.and_then(|part| part.heading.clone()).or_else(first);
    let Some(title) = script.title.as_ref().map(Text::span) else { return };
    if let Some(Step::Line(line)) = script.sections.first_mut().and_then(|section| section.steps.first_mut())
        && line.text.span().end == title.end
        && line.kind == Kind::Say
    {
        line.kind = Kind::Note;
    }
}
