//! `opening_line: "Good morning, …"` beside the steps of a graph: every call begins with it, and goes on with a step that
//! begins with the customer's words.

use super::sections::named_in;
use crate::script::{Branch, Choice, Jump, JumpKind, Kind, Section, Step, Target};

/// Puts it before the steps, and leads from it to those that the customer's words begin and nothing else leads to.
pub fn lead(sections: &mut Vec<Section>) {
    let says = |step: &Step| matches!(step, Step::Line(line) if line.kind == Kind::Say);
    let Some(first) = sections.iter().map(|section| section.span.start).min() else { return };
    let opens = |section: &Section| section.span.start == first && !section.steps.is_empty() && section.steps.iter().all(says);
    let Some(at) = sections.iter().position(opens).filter(|at| *at > 0) else { return };
    let is_named = named_in(sections);
    let hears = |section: &&Section| matches!(section.steps.first(), Some(Step::Line(line)) if line.kind == Kind::Hear);
    let branches: Vec<Branch> = sections.iter().filter(hears).filter(|section| !is_named(section)).filter_map(way).collect();
    if branches.len() < 2 {
        return;
    }
    let mut opening = sections.remove(at);
    sections.iter_mut().for_each(|section| section.opens_script = false);
    opening.opens_script = true;
    opening.steps.push(Step::Choice(Choice { span: opening.span, branches }));
    sections.insert(0, opening);
}

/// A way to a step.
fn way(section: &Section) -> Option<Branch> {
    let target = Target::Name { name: section.names.first()?.clone(), is_sure: true };
    let Some(Step::Line(heard)) = section.steps.first() else { return None };
    let jump = Jump { kind: JumpKind::Goto, target, text: heard.text.clone() };
    Some(Branch { span: section.span, steps: vec![Step::Jump(jump)], ..Branch::default() })
}
