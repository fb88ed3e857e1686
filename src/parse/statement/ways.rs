//! `Go to the part that fits: [Late bag](#late-bag), [Lost bag](#lost-bag). Nothing fits: [Other](#other).`: several
//! places in one line are ways to choose from.

use super::cue::label_end;
use super::is_otherwise;
use crate::parse::role;
use crate::script::{Branch, Choice, Jump, JumpKind, Kind, Step};
use crate::source::Text;

/// Makes a fork of jumps that would never be come to: those behind the first.
pub(super) fn fork(steps: Vec<Step>) -> Vec<Step> {
    let Some(first) = steps.iter().position(is_goto) else { return steps };
    let (before, rest) = steps.split_at(first);
    let Some(ways) = ways(rest).filter(|ways| ways.len() > 1) else { return steps };
    let span = ways.iter().fold(ways[0].span, |span, way| span.to(way.span));
    before.iter().cloned().chain([Step::Choice(Choice { branches: ways, span })]).collect()
}

fn is_goto(step: &Step) -> bool {
    matches!(step, Step::Jump(jump) if jump.kind == JumpKind::Goto)
}

/// A way for each jump, if nothing else stands there but when to take which.
fn ways(steps: &[Step]) -> Option<Vec<Branch>> {
    let (mut ways, mut label) = (Vec::new(), None);
    for step in steps {
        match step {
            Step::Jump(jump) if is_goto(step) => ways.push(way(label.take(), jump)),
            Step::Line(line) if line.kind == Kind::Note && label.is_none() => label = Some(line.text.clone()),
            _ => return None,
        }
    }
    label.is_none().then_some(ways)
}

fn way(told: Option<Text>, jump: &Jump) -> Branch {
    let is_rest = told.as_ref().is_some_and(|label| is_otherwise(&label.value) || role::clean(&label.value).starts_with("nothing"));
    let label = told.map_or_else(|| jump.text.clone(), |label| label.slice(0, label_end(&label.value)));
    Branch { span: label.span(), is_otherwise: is_rest, label: Some(label), steps: vec![Step::Jump(jump.clone())], ..Branch::default() }
}
