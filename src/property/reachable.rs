//! reachable: from every P some walk leads to an S.

use super::{Context, Found, Place};
use crate::flow::{NodeId, NodeKind, walk};
use crate::rule::{Acts, Reachable};
use crate::script::Kind;

/// Other places of one finding that are pointed at.
const MOST_RELATED: usize = 4;
/// Findings of one kind of detour; with more, the first ones say it all.
const MOST_DETOURS: usize = 8;
/// Turns that are counted on one walk; each takes one more look at the graph.
const MOST_COUNTED: usize = 8;

pub fn check(context: &Context, property: &Reachable) -> Vec<Found> {
    match () {
        () if property.goals => super::goal::check(context, property),
        () if property.at_most.is_some() => pressed(context, property),
        () if property.without == Acts::None => unreachable(context, property),
        () => detours(context, property),
    }
}

/// Lines that no walk comes to with few enough of `through`. One finding for each that does not lie behind
/// another one.
fn pressed(context: &Context, property: &Reachable) -> Vec<Found> {
    let (to, through) = (context.set(&property.to), context.set(&property.through));
    let most = property.at_most.as_ref().map_or(0, |limit| context.limit(limit)).min(MOST_COUNTED);
    let starts = if property.from == Acts::None { context.graph.entries.clone() } else { context.anchors(context.set(&property.from)) };
    let starts: Vec<(NodeId, usize)> = starts.into_iter().map(|start| (start, 0)).collect();
    let passed = |id: NodeId, count: usize| count + usize::from(context.is_turn(id) && context.has(id, through));
    let mut is_free = vec![false; context.graph.nodes.len()];
    walk::search(context.graph, &starts, |id, count| {
        let count = passed(id, count);
        is_free[id] |= count <= most;
        if count <= most { walk::Verdict::On(count) } else { walk::Verdict::Stop }
    });
    let gives = |id: NodeId| !is_free[id] && context.asks(id) && context.has(id, to);
    let mut seen = std::collections::HashSet::new();
    let walks = walk::several(context.graph, &starts, MOST_DETOURS, |id, count| match passed(id, count).min(most + 1) {
        _ if gives(id) && seen.insert(context.spot(id)) => walk::Verdict::Found,
        _ if gives(id) => walk::Verdict::Stop,
        count => walk::Verdict::On(count),
    });
    let report = |walk: Vec<NodeId>| {
        let asked = walk.iter().filter(|&&id| passed(id, 0) > 0).count();
        let related = walk.iter().filter(|&&id| passed(id, 0) > 0).map(|&id| (id, "asked again".to_string())).collect();
        let mut found = Found { related, ..Found::at_end(walk, to) };
        found.values.insert("count", asked.to_string());
        found
    };
    walks.into_iter().map(report).collect()
}

/// Where every walk that gets there passes one of `without`, or ends at it. One finding for each of
/// their lines that comes first.
fn detours(context: &Context, property: &Reachable) -> Vec<Found> {
    let (from, to, without) = (context.set(&property.from), context.set(&property.to), context.set(&property.without));
    // Behind these the caller speaks of something else.
    let other = context.lexicon.set(&["complaint", "wants_human", "reports_fault", "asks_info", "asks_status"]) & !from;
    let turns_off = |id: NodeId| match context.node(id).kind {
        NodeKind::Transfer => true,
        NodeKind::Line(Kind::Say) => context.has(id, without) && !context.may(id, to),
        _ => false,
    };
    let is_stopped: Vec<bool> =
        (0..context.graph.nodes.len()).map(|id| turns_off(id) || property.avoiding != Acts::None && context.accepted[id]).collect();
    let ends_well = |id: NodeId| match context.node(id).kind {
        NodeKind::Line(Kind::Say | Kind::Note) => !is_stopped[id] && context.may(id, to),
        NodeKind::Unknown => true,
        _ => false,
    };
    let is_direct = walk::leads(context.graph, &is_stopped, ends_well);
    let starts: Vec<(NodeId, ())> = context.anchors(from).into_iter().filter(|&id| !is_direct[id]).map(|id| (id, ())).collect();
    let mut seen = std::collections::HashSet::new();
    let walks = walk::several(context.graph, &starts, MOST_DETOURS, |id, ()| match () {
        () if turns_off(id) && context.node(id).text.is_some() && seen.insert(context.spot(id)) => walk::Verdict::Found,
        () if (is_stopped[id] || context.told(id, other)) && !context.told(id, from) => walk::Verdict::Stop,
        () => walk::Verdict::On(()),
    });
    walks.into_iter().map(|walk| Found::at_end(walk, without)).collect()
}

fn unreachable(context: &Context, property: &Reachable) -> Vec<Found> {
    let (from, to, avoiding) = (context.set(&property.from), context.set(&property.to), context.set(&property.avoiding));
    let blocked: Vec<bool> = (0..context.graph.nodes.len()).map(|id| avoiding != 0 && context.accepted[id]).collect();
    // Where the caller is handed to somebody outside the run, nobody here can tell what they do.
    let ends_well = |id: NodeId| match context.node(id).kind {
        NodeKind::Line(Kind::Say | Kind::Note) => context.may(id, to),
        NodeKind::Transfer | NodeKind::Unknown => true,
        _ => false,
    };
    let is_well = walk::leads(context.graph, &blocked, ends_well);
    // The agent answers at all; a bare label of a contents list proves nothing.
    let is_answered = walk::leads(context.graph, &blocked, |id| context.node(id).is_spoken());
    // What the caller says comes before the heading that it leads to.
    let mut anchors = context.anchors(from);
    anchors.retain(|&id| !is_well[id] && is_answered[id]);
    anchors.sort_by_key(|&id| context.node(id).kind == NodeKind::Section);
    if property.hindered_by != Acts::None {
        let is_hindered = hindered(context, property, &blocked);
        anchors.retain(|&id| is_hindered[id] != property.unhindered);
    }
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

/// From where some walk meets what stands in the way of the wish, or the caller has to wish it again.
fn hindered(context: &Context, property: &Reachable, blocked: &[bool]) -> Vec<bool> {
    let (from, hinders) = (context.set(&property.from), context.set(&property.hindered_by));
    // `No, I want it closed`: who has to ask again was not let go at once.
    let refusal = context.lexicon.set(&["refusal"]);
    let asks_again = |id: NodeId| context.is_turn(id) && context.told(id, from) && context.has(id, refusal);
    walk::leads(context.graph, blocked, |id| context.asks(id) && context.may(id, hinders) || asks_again(id))
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
