//! run: no more than so many lines or words of A in one go, with no turn of the customer between.

use super::{Context, Found, Place, grade, measure};
use crate::act::ActSet;
use crate::flow::{NodeId, NodeKind};
use crate::rule::{Limit, Run};
use crate::script::Kind;

/// What a run is made of, and what ends it.
pub(super) struct Part {
    pub of: ActSet,
    broken_by: ActSet,
}

pub fn check(context: &Context, property: &Run) -> Vec<Found> {
    let part = Part { of: context.set(&property.of), broken_by: context.set(&property.broken_by) };
    let mut taken = vec![false; context.graph.nodes.len()];
    let mut found = measure::check(context, property, &part);
    for first in 0..taken.len() {
        if taken[first] || !context.reached[first] || !part.has(context, first) {
            continue;
        }
        let run = follow(context, &part, first, &mut taken);
        let words: usize = run.iter().map(|&id| words(context, id)).sum();
        let grade = property.max_grade.as_ref().filter(|_| words >= grade::FEWEST_WORDS).and_then(|_| grade(context, &run));
        let is_hard = property.max_grade.as_ref().is_some_and(|most| grade.is_some_and(|grade| grade > context.number(most)));
        let is_over = |limit: &Option<Limit>, count: usize| limit.as_ref().is_some_and(|limit| count > context.limit(limit));
        if !is_over(&property.max_lines, run.len()) && !is_over(&property.max_words, words) && !is_hard {
            continue;
        }
        let mut one = Found { place: Place::Node(first, part.of), ..Found::default() };
        if let [_, .., last] = run[..] {
            one.related.push((last, "and on to here".to_string()));
        }
        one.values.insert("count", run.len().to_string());
        one.values.insert("words", words.to_string());
        one.values.insert("grade", format!("{:.0}", grade.unwrap_or_default().ceil()));
        one.walk = run;
        found.push(one);
    }
    found
}

/// The agent's lines from this one to where somebody else speaks, the ways part, or a note stands.
fn follow(context: &Context, part: &Part, first: NodeId, taken: &mut [bool]) -> Vec<NodeId> {
    let (mut run, mut at) = (vec![first], first);
    taken[first] = true;
    // A question waits for its answer.
    while let ([edge], false) = (context.graph.edges[at].as_slice(), asks(context, at)) {
        at = edge.to;
        let is_jump = context.node(at).kind == NodeKind::Jump;
        if std::mem::replace(&mut taken[at], true) || !is_jump && !part.has(context, at) {
            break;
        }
        if !is_jump {
            run.push(at);
        }
    }
    run
}

impl Part {
    pub fn has(&self, context: &Context, id: NodeId) -> bool {
        let is_of = self.of == 0 || context.has(id, self.of);
        context.node(id).kind == NodeKind::Line(Kind::Say) && is_of && !context.may(id, self.broken_by)
    }
}

/// The grade of what is said in a run; `None` where that cannot be told.
fn grade(context: &Context, run: &[NodeId]) -> Option<f64> {
    let file = context.node(run[0]).file;
    let is_english = context.scripts[file].as_ref().is_none_or(|script| script.languages.first().is_none_or(|language| language == "en"));
    let said = run.iter().filter_map(|&id| context.node(id).text);
    let said: Vec<&str> = said.map(|text| text.value.trim()).collect();
    if is_english { grade::of(&said) } else { None }
}

fn asks(context: &Context, id: NodeId) -> bool {
    context.node(id).text.is_some_and(|text| text.value.trim_end().ends_with('?'))
}

fn words(context: &Context, id: NodeId) -> usize {
    context.node(id).text.map_or(0, |text| text.value.split_ascii_whitespace().count())
}
