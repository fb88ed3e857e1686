//! reachable: from every P some walk leads to an S.

use super::{Context, Found, Place};
use crate::flow::{NodeId, NodeKind, walk};
use crate::rule::{Acts, Reachable};
use crate::script::Kind;

/// Other places of one finding that are pointed at.
const MOST_RELATED: usize = 4;

pub fn check(context: &Context, property: &Reachable) -> Vec<Found> {
    if property.without == Acts::None { unreachable(context, property) } else { detours(context, property) }
}

/// Where every walk that gets there passes one of `without`, or ends at it. One finding for each of
/// their lines that comes first.
fn detours(context: &Context, property: &Reachable) -> Vec<Found> {
    let (from, to, without) = (context.set(&property.from), context.set(&property.to), context.set(&property.without));
    // Behind these the caller speaks of something else.
    let other = context.lexicon.set(&["complaint", "wants_human", "reports_fault", "asks_info", "asks_status"]) & !from;
    let turns_off = |id: NodeId| match context.node(id).kind {
        NodeKind::Transfer => true,
        NodeKind::Line(Kind::Say) => context.has(id, without) && !context.has(id, to),
        _ => false,
    };
    let is_stopped: Vec<bool> =
        (0..context.graph.nodes.len()).map(|id| turns_off(id) || property.avoiding != Acts::None && context.accepted[id]).collect();
    let ends_well = |id: NodeId| match context.node(id).kind {
        NodeKind::Line(Kind::Say | Kind::Note) => !is_stopped[id] && context.has(id, to),
        NodeKind::Unknown => true,
        _ => false,
    };
    let is_direct = leads(context, &is_stopped, ends_well);
    let mut found: Vec<Found> = Vec::new();
    for anchor in context.anchors(from).into_iter().filter(|&id| !is_direct[id]) {
        let walk = walk::search(context.graph, &[(anchor, ())], |id, ()| match () {
            () if turns_off(id) => walk::Verdict::Found,
            () if id != anchor && (is_stopped[id] || context.told(id, other)) => walk::Verdict::Stop,
            () => walk::Verdict::On(()),
        });
        let Some(walk) = walk else { continue };
        let last = walk[walk.len() - 1];
        let spot = (context.node(last).file, context.node(last).span());
        let is_known = |one: &Found| matches!(one.place, Place::Node(id, _) if (context.node(id).file, context.node(id).span()) == spot);
        if context.node(last).text.is_some() && !found.iter().any(is_known) {
            found.push(Found { place: Place::Node(last, without), walk, ..Found::default() });
        }
    }
    found
}

fn unreachable(context: &Context, property: &Reachable) -> Vec<Found> {
    let (from, to, avoiding) = (context.set(&property.from), context.set(&property.to), context.set(&property.avoiding));
    let all = 0..context.graph.nodes.len();
    let blocked: Vec<bool> = all.clone().map(|id| avoiding != 0 && context.accepted[id]).collect();
    // Where the caller is handed to somebody outside the run, nobody here can tell what they do.
    let ends_well = |id: NodeId| match context.node(id).kind {
        NodeKind::Line(Kind::Say | Kind::Note) => context.has(id, to),
        NodeKind::Transfer | NodeKind::Unknown => true,
        _ => false,
    };
    let is_well = leads(context, &blocked, ends_well);
    // The agent answers at all; a bare label of a contents list proves nothing.
    let is_answered = leads(context, &blocked, |id| context.node(id).is_spoken());
    // What the caller says comes before the heading that it leads to.
    let mut anchors = context.anchors(from);
    anchors.retain(|&id| !is_well[id] && is_answered[id]);
    anchors.sort_by_key(|&id| context.node(id).kind == NodeKind::Section);
    let mut found: Vec<(NodeId, Vec<bool>, Found)> = Vec::new();
    for anchor in anchors {
        let file = context.node(anchor).file;
        // One script is one fault, however often its callers ask.
        match found.iter_mut().find(|(first, ..)| context.node(*first).file == file) {
            Some((_, covered, known)) => {
                let is_new = !covered[anchor] && context.node(anchor).kind != NodeKind::Section;
                if is_new && known.related.len() < MOST_RELATED {
                    known.related.push((anchor, "asked here too".to_string()));
                }
            }
            None => {
                let covered = walk::reach(context.graph, &[anchor], |id| id != anchor && blocked[id]);
                let walk = way_out(context, anchor, &blocked);
                found.push((anchor, covered, Found { place: Place::Node(anchor, from), walk, ..Found::default() }));
            }
        }
    }
    found.into_iter().map(|(_, _, found)| found).collect()
}

/// From which nodes some walk leads to a goal without going on behind a blocked node.
fn leads(context: &Context, blocked: &[bool], is_goal: impl Fn(NodeId) -> bool) -> Vec<bool> {
    let mut stack: Vec<NodeId> = (0..blocked.len()).filter(|&id| is_goal(id)).collect();
    let mut leads = vec![false; blocked.len()];
    stack.iter().for_each(|&goal| leads[goal] = true);
    while let Some(node) = stack.pop() {
        for &before in &context.graph.before[node] {
            if !std::mem::replace(&mut leads[before], true) && !blocked[before] {
                stack.push(before);
            }
        }
    }
    leads
}

/// A walk from the request to where it ends.
fn way_out(context: &Context, anchor: NodeId, blocked: &[bool]) -> Vec<NodeId> {
    walk::search(context.graph, &[(anchor, ())], |id, ()| match () {
        () if id != anchor && blocked[id] => walk::Verdict::Stop,
        () if context.graph.is_last(id) => walk::Verdict::Found,
        () => walk::Verdict::On(()),
    })
    .unwrap_or_else(|| vec![anchor])
}
