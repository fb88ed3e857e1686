//! no cycle: no walk comes back to the same A.

use super::{Context, Found, Place};
use crate::flow::walk::{self, Verdict};
use crate::flow::{NodeId, NodeKind};
use crate::rule::NoCycle;
use crate::script::Kind;

pub fn check(context: &Context, property: &NoCycle) -> Vec<Found> {
    let (of, avoiding) = (context.set(&property.of), context.set(&property.avoiding));
    let starts = context.starts(context.set(&property.after));
    let after = walk::reach(context.graph, &starts, |_| false);
    let mut found: Vec<Found> = Vec::new();
    let mut reported: Vec<NodeId> = Vec::new();
    let lines = (0..context.graph.nodes.len())
        .filter(|&id| after[id] && context.has(id, of) && matches!(context.node(id).kind, NodeKind::Line(Kind::Say | Kind::Note)));
    let circles = walk::circles(context.graph);
    let mut budget = walk::Budget::new();
    for line in lines {
        let round = walk::search(context.graph, &walk::after(context.graph, line, false), |id, turned: bool| {
            // From outside of the circle nothing leads back to the line.
            if !budget.allows(context.graph) || circles[id] != circles[line] || avoiding != 0 && context.accepted[id] {
                return Verdict::Stop;
            }
            match id == line {
                true if turned => Verdict::Found,
                true => Verdict::Stop,
                false => Verdict::On(turned || context.is_turn(id)),
            }
        });
        let Some(round) = round else { continue };
        let back = jump_back(context, &round, line);
        if reported.contains(&back) {
            continue;
        }
        reported.push(back);
        let mut one = Found { place: Place::Node(back, 0), related: vec![(line, "the offer comes again".to_string())], ..Found::default() };
        one.walk = std::iter::once(line).chain(round).collect();
        found.push(one);
    }
    found
}

/// The place on a round that leads back: the last jump before the line.
fn jump_back(context: &Context, round: &[NodeId], line: NodeId) -> NodeId {
    let is_back = |id: &NodeId| {
        context.node(*id).kind == NodeKind::Jump
            && context.graph.edges[*id].first().is_some_and(|edge| context.node(edge.to).section <= context.node(*id).section)
    };
    if let Some(back) = round.iter().rev().copied().find(is_back) {
        return back;
    }
    let is_way = |id: &NodeId| context.node(*id).kind == NodeKind::Jump;
    let is_cue = |id: &NodeId| matches!(context.node(*id).kind, NodeKind::Cue { .. });
    round.iter().rev().copied().find(is_way).or_else(|| round.iter().rev().copied().find(is_cue)).unwrap_or(line)
}
