//! run: no more than so many lines or words of A in one go, with no turn of the customer between.

use super::{Context, Found, Place};
use crate::act::ActSet;
use crate::flow::{NodeId, NodeKind};
use crate::rule::{Limit, Run};
use crate::script::Kind;

/// What a run is made of, and what ends it.
struct Part {
    of: ActSet,
    broken_by: ActSet,
}

pub fn check(context: &Context, property: &Run) -> Vec<Found> {
    let part = Part { of: context.set(&property.of), broken_by: context.set(&property.broken_by) };
    let mut taken = vec![false; context.graph.nodes.len()];
    let mut found = property.max_sentence_words.as_ref().map_or(Vec::new(), |limit| sentences(context, &part, context.limit(limit)));
    for first in 0..taken.len() {
        if taken[first] || !context.reached[first] || !part.has(context, first) {
            continue;
        }
        let run = follow(context, &part, first, &mut taken);
        let words: usize = run.iter().map(|&id| words(context, id)).sum();
        let is_over = |limit: &Option<Limit>, count: usize| limit.as_ref().is_some_and(|limit| count > context.limit(limit));
        if !is_over(&property.max_lines, run.len()) && !is_over(&property.max_words, words) {
            continue;
        }
        let mut one = Found { place: Place::Node(first, part.of), ..Found::default() };
        if let [_, .., last] = run[..] {
            one.related.push((last, "and on to here".to_string()));
        }
        one.values.insert("count", run.len().to_string());
        one.values.insert("words", words.to_string());
        one.walk = run;
        found.push(one);
    }
    found
}

/// Lines with a sentence of more words than this.
fn sentences(context: &Context, part: &Part, most: usize) -> Vec<Found> {
    let longest = |id: NodeId| {
        let text = context.node(id).text.map_or("", |text| text.value.as_str());
        text.split(['.', '!', '?', ';', ':']).map(|sentence| sentence.split_whitespace().count()).max().unwrap_or(0)
    };
    let lines = (0..context.graph.nodes.len()).filter(|&id| context.reached[id] && part.has(context, id));
    let long = lines.map(|id| (id, longest(id))).filter(|(_, words)| *words > most);
    let report = |(id, words): (NodeId, usize)| {
        let mut found = Found { place: Place::Node(id, part.of), walk: vec![id], ..Found::default() };
        found.values.insert("count", "1".to_string());
        found.values.insert("words", words.to_string());
        found
    };
    long.map(report).collect()
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
    fn has(&self, context: &Context, id: NodeId) -> bool {
        let is_of = self.of == 0 || context.has(id, self.of);
        context.node(id).kind == NodeKind::Line(Kind::Say) && is_of && !context.may(id, self.broken_by)
    }
}

fn asks(context: &Context, id: NodeId) -> bool {
    context.node(id).text.is_some_and(|text| text.value.trim_end().ends_with('?'))
}

fn words(context: &Context, id: NodeId) -> usize {
    context.node(id).text.map_or(0, |text| text.value.split_whitespace().count())
}
