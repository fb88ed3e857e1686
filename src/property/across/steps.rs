//! Steps: how much is asked of customers on the shortest way in, and on the longest way out.

use super::{Context, Found, Place};
use crate::act::ActSet;
use crate::flow::{EdgeClass, NodeId, NodeKind};
use crate::rule::Across;
use crate::script::Kind;
use std::collections::VecDeque;

pub fn check(context: &Context, property: &Across) -> Option<Found> {
    let (of, until) = (context.set(&property.of), context.set(&property.until));
    let (against, against_until) = (context.set(&property.against), context.set(&property.against_until));
    let (joins, leaves) = (context.anchors(against), context.starts(of));
    let (few, join) = shortest(context, &joins, against_until)?;
    let (many, walk) = longest(context, &leaves, until)?;
    let ratio = property.ratio.as_ref().map_or(0.0, |ratio| context.number(ratio));
    let max = property.max.as_ref().map(|max| context.limit(max));
    // One question more is no obstacle, however few the others are.
    let is_longer = max.is_some_and(|max| many > few + max) || many > few + 1 && many as f64 > ratio * few as f64;
    if !is_longer {
        return None;
    }
    let said = |count: usize| if count == 1 { "1 step".to_string() } else { format!("{count} steps") };
    let mut found =
        Found { place: Place::Node(walk[0], of), related: vec![(join, format!("{} from here", said(few)))], ..Found::default() };
    found.values.insert("other", said(few));
    found.values.insert("count", said(many));
    found.walk = walk;
    Some(found)
}

/// A step is what costs the customer something: a question, a request for data, an offer, a hand-over.
fn cost(context: &Context, id: NodeId) -> usize {
    let node = context.node(id);
    let asks =
        context.lexicon.set(&["identity_check", "data_collection", "secret_request", "retention_offer", "demands_reason", "transfer"]);
    let is_step = match node.kind {
        NodeKind::Line(Kind::Say) => node.set & asks != 0 || node.text.is_some_and(|text| text.value.contains('?')),
        NodeKind::Line(Kind::Collect) | NodeKind::Transfer => true,
        _ => false,
    };
    usize::from(is_step)
}

fn is_done(context: &Context, id: NodeId, until: ActSet) -> bool {
    context.asks(id) && context.has(id, until)
}

/// The fewest steps from one of the starts, and from which.
fn shortest(context: &Context, starts: &[NodeId], until: ActSet) -> Option<(usize, NodeId)> {
    let mut seen = vec![false; context.graph.nodes.len()];
    let mut queue: VecDeque<(NodeId, usize, NodeId)> = starts.iter().map(|&start| (start, 0, start)).collect();
    while let Some((id, steps, start)) = queue.pop_front() {
        if std::mem::replace(&mut seen[id], true) {
            continue;
        }
        if id != start && is_done(context, id, until) {
            return Some((steps, start));
        }
        for edge in &context.graph.edges[id] {
            // What costs nothing comes before what costs a step.
            match cost(context, edge.to) {
                0 => queue.push_front((edge.to, steps, start)),
                more => queue.push_back((edge.to, steps + more, start)),
            }
        }
    }
    None
}

/// The most steps on a walk from one of the starts that comes to no node twice, and the walk. Ways back
/// are not taken, so that this is linear.
fn longest(context: &Context, starts: &[NodeId], until: ActSet) -> Option<(usize, Vec<NodeId>)> {
    let count = context.graph.nodes.len();
    // For each node that is left behind: the most steps to the end, and the node after it.
    let mut best: Vec<Option<(usize, NodeId)>> = vec![None; count];
    let (mut opened, mut closed) = (vec![false; count], vec![false; count]);
    let mut stack: Vec<(NodeId, bool)> = starts.iter().rev().map(|&start| (start, false)).collect();
    while let Some((id, is_back)) = stack.pop() {
        let ends = is_done(context, id, until);
        if is_back {
            let ways = ways(context, id).filter(|&to| closed[to]).filter_map(|to| best[to].map(|(steps, _)| (steps, to)));
            let on = ways.max_by_key(|&(steps, to)| (steps, std::cmp::Reverse(to)));
            best[id] = if ends { Some((0, id)) } else { on }.map(|(steps, to)| (steps + cost(context, id), to));
            closed[id] = true;
        } else if !std::mem::replace(&mut opened[id], true) {
            stack.push((id, true));
            if !ends {
                stack.extend(ways(context, id).filter(|&to| !opened[to]).map(|to| (to, false)));
            }
        }
    }
    // The customer's own words say it better than the title above them.
    let ended = starts.iter().rev().filter_map(|&start| best[start].map(|(steps, _)| (steps, start)));
    let first = ended.max_by_key(|&(steps, start)| (steps, context.is_turn(start)));
    let ((steps, mut at), mut walk) = (first?, Vec::new());
    while let Some((_, next)) = best[at] {
        walk.push(at);
        if next == at {
            break;
        }
        at = next;
    }
    Some((steps, walk))
}

/// The ways on of a customer who keeps to the wish and has no other matter.
fn ways<'a>(context: &'a Context, id: NodeId) -> impl Iterator<Item = NodeId> + 'a {
    let is_own =
        |class: EdgeClass| matches!(class, EdgeClass::Next | EdgeClass::Yes | EdgeClass::No | EdgeClass::Cancel | EdgeClass::Other);
    let edges = context.graph.edges[id].iter().filter(move |edge| is_own(edge.class));
    edges.map(|edge| edge.to).filter(|&to| !context.accepted[to])
}
