//! no cycle: no walk comes back to the same A.

use super::{Context, Found, Place, raise};
use crate::act::ActSet;
use crate::flow::walk::{self, Verdict};
use crate::flow::{NodeId, NodeKind, unfold};
use crate::rule::{Acts, NoCycle};
use crate::script::Kind;
use crate::source::Span;
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

pub fn check(context: &Context, property: &NoCycle) -> Vec<Found> {
    let (of, avoiding) = (context.set(&property.of), context.set(&property.avoiding));
    let lines = lines(context, property, of);
    if lines.is_empty() {
        return Vec::new();
    }
    let (mut found, mut reported) = (Vec::new(), HashSet::new());
    let circles = context.circles();
    let mut budget = walk::Budget::default();
    let endless = endless(context, of, circles);
    let to_person = LazyCell::new(|| to_person(context, property));
    // Where counters are followed, a round that ends comes back to a copy of the line.
    let has_copies = context.graph.written.is_some();
    let comes_back = |id: NodeId, line: NodeId| id == line || has_copies && context.spot(id) == context.spot(line);
    for line in lines {
        let round = walk::search(context.graph, &walk::after(context.graph, line, false), |id, turned: bool| {
            // From outside of the circle nothing leads back to the line.
            if !budget.allows(context.graph) || !has_copies && circles[id] != circles[line] || avoiding != 0 && context.accepted[id] {
                return Verdict::Stop;
            }
            match comes_back(id, line) {
                true if turned => Verdict::Found,
                true => Verdict::Stop,
                false => Verdict::On(turned || context.is_turn(id)),
            }
        });
        let Some(round) = round else { continue };
        let back = jump_back(context, &round, line);
        if !reported.insert(context.spot(back)) {
            continue;
        }
        let exit = || if property.exited.is_some() { exit(context, &round, circles, &to_person) } else { None };
        let mut one = told(context, property, line, &round, back, !endless.contains(&context.spot(line)), exit);
        one.walk = std::iter::once(line).chain(round).collect();
        found.push(one);
    }
    found
}

/// The lines that must not come again.
fn lines(context: &Context, property: &NoCycle, of: ActSet) -> Vec<NodeId> {
    let starts = if property.after == Acts::None { context.graph.entries.clone() } else { context.starts(context.set(&property.after)) };
    let after = walk::reach(context.graph, &starts, |_| false);
    let is_between = if property.between_scripts { raise::between_scripts(context) } else { Vec::new() };
    let is_said = |id: &NodeId| matches!(context.node(*id).kind, NodeKind::Line(Kind::Say | Kind::Note));
    let may_repeat = |id: &NodeId| after[*id] && (is_between.is_empty() || is_between[*id]) && !context.graph.is_copy(*id);
    (0..context.graph.nodes.len()).filter(|id| may_repeat(id) && context.has(*id, of) && is_said(id)).collect()
}

/// What is said of a round that leaves a line and comes `back` to it: the words of the jump, and what ends it.
fn told(
    context: &Context,
    property: &NoCycle,
    line: NodeId,
    round: &[NodeId],
    back: NodeId,
    ends: bool,
    exit: impl FnOnce() -> Option<NodeId>,
) -> Found {
    let related = vec![(line, "and here it comes again".to_string())];
    let mut one = Found { place: Place::Node(back, 0), related, ..Found::default() };
    let bound = round.iter().copied().find(|&id| is_bound(context, property, id));
    if ends || bound.is_some() {
        one.severity = property.bounded;
        one.related.extend(bound.map(|id| (id, "the rounds end by this".to_string())));
    } else if let Some(exit) = exit() {
        one.severity = property.exited;
        one.related.push((exit, "this way out leads to a person".to_string()));
    }
    one.values.insert("count", "again".to_string());
    one.values.insert("times", "without end".to_string());
    one
}

/// From where some walk leads to a person.
fn to_person(context: &Context, property: &NoCycle) -> Vec<bool> {
    let person = context.set(&property.person);
    let is_person = |id: NodeId| context.node(id).kind == NodeKind::Transfer || context.asks(id) && context.has(id, person);
    walk::leads_freely(context.graph, is_person)
}

/// The first way out of a circle that leads to a person: a branch of one of the forks on a round.
fn exit(context: &Context, round: &[NodeId], circles: &[usize], to_person: &[bool]) -> Option<NodeId> {
    let ways = round.iter().flat_map(|&id| context.graph.edges[id].iter().map(move |edge| (id, edge.to)));
    ways.filter(|&(from, to)| circles[from] != circles[to] && to_person[to]).map(|(_, to)| to).find(|&to| context.node(to).text.is_some())
}

/// Where those lines stand that some walk passes again and again, whatever a counter has come to.
fn endless(context: &Context, of: ActSet, circles: &[usize]) -> HashSet<(usize, Span)> {
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    circles.iter().for_each(|&circle| *sizes.entry(circle).or_default() += 1);
    let lines = (0..circles.len()).filter(|&id| context.has(id, of) && sizes[&circles[id]] > 1);
    lines.map(|id| context.spot(id)).collect()
}

/// The line says how often a round may be made.
fn is_bound(context: &Context, property: &NoCycle, id: NodeId) -> bool {
    let said = matches!(context.node(id).kind, NodeKind::Line(Kind::Say | Kind::Note) | NodeKind::Cue { .. });
    said && context.has(id, context.set(&property.bounded_by)) || unfold::guard(context.node(id)).is_some_and(|guard| guard.is_bound())
}

/// The place on a round that leads back: the last jump before the line.
fn jump_back(context: &Context, round: &[NodeId], line: NodeId) -> NodeId {
    let is_back = |id: &NodeId| {
        context.node(*id).kind == NodeKind::Jump
            && context.graph.edges[*id].first().is_some_and(|edge| {
                let (here, there) = (context.node(*id), context.node(edge.to));
                there.section <= here.section || there.file != here.file
            })
    };
    if let Some(back) = round.iter().rev().copied().find(is_back) {
        return back;
    }
    let is_way = |id: &NodeId| context.node(*id).kind == NodeKind::Jump;
    let is_cue = |id: &NodeId| matches!(context.node(*id).kind, NodeKind::Cue { .. });
    round.iter().rev().copied().find(is_way).or_else(|| round.iter().rev().copied().find(is_cue)).unwrap_or(line)
}
