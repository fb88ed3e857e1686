//! reachable: from every P some walk leads to an S.

use super::{Context, Found, Place};
use crate::flow::{NodeId, NodeKind, walk};
use crate::rule::Reachable;
use crate::script::Kind;

pub fn check(context: &Context, property: &Reachable) -> Vec<Found> {
    let (from, to, avoiding) = (context.set(&property.from), context.set(&property.to), context.set(&property.avoiding));
    let mut found: Vec<Found> = Vec::new();
    let mut covered = vec![false; context.graph.nodes.len()];
    // What the caller says comes before the heading that it leads to.
    let mut anchors = context.anchors(from);
    anchors.sort_by_key(|&id| context.node(id).kind == NodeKind::Section);
    for anchor in anchors {
        let reached = walk::reach(context.graph, &[anchor], |id| id != anchor && avoiding != 0 && context.accepts(id));
        let is_done =
            |id: NodeId| reached[id] && context.has(id, to) && matches!(context.node(id).kind, NodeKind::Line(Kind::Say | Kind::Note));
        let all = || 0..context.graph.nodes.len();
        // Where the caller is handed to somebody outside the run, nobody here can tell what they do.
        let cannot_tell = all().any(|id| reached[id] && matches!(context.node(id).kind, NodeKind::Transfer | NodeKind::Unknown));
        if all().any(is_done) || cannot_tell || covered[anchor] || !speaks(context, &reached) {
            continue;
        }
        for id in all().filter(|&id| reached[id]) {
            covered[id] = true;
        }
        let file = context.node(anchor).file;
        // One script is one fault, however often its callers ask.
        match found.iter_mut().find(|known| matches!(known.place, Place::Node(first, _) if context.node(first).file == file)) {
            Some(known) if context.node(anchor).kind != NodeKind::Section => {
                known.related.push((anchor, "asked here too".to_string()));
            }
            Some(_) => {}
            None => {
                found.push(Found { place: Place::Node(anchor, from), walk: longest_way(context, anchor, avoiding), ..Found::default() })
            }
        }
    }
    found
}

/// The agent answers at all; a bare label of a contents list proves nothing.
fn speaks(context: &Context, reached: &[bool]) -> bool {
    (0..reached.len()).any(|id| reached[id] && context.node(id).is_spoken())
}

/// A walk from the request to where it ends.
fn longest_way(context: &Context, anchor: NodeId, avoiding: crate::act::ActSet) -> Vec<NodeId> {
    walk::search(context.graph, &[(anchor, ())], |id, ()| match () {
        () if id != anchor && avoiding != 0 && context.accepts(id) => walk::Verdict::Stop,
        () if context.graph.is_last(id) => walk::Verdict::Found,
        () => walk::Verdict::On(()),
    })
    .unwrap_or_else(|| vec![anchor])
}
