//! share: no more than such a part of what the agent says in a script is A.

use super::{Context, Found, Place};
use crate::flow::{NodeId, NodeKind, walk};
use crate::rule::Share;
use crate::script::Kind;

/// A share of a few lines says nothing.
const FEWEST_LINES: usize = 5;

pub fn check(context: &Context, property: &Share) -> Vec<Found> {
    context.files.iter().filter_map(|&file| of_file(context, property, file)).collect()
}

/// A finding at the first line of its kind, if there are too many of them in the script.
fn of_file(context: &Context, property: &Share, file: usize) -> Option<Found> {
    let (of, apart) = (context.set(&property.of), context.set(&property.apart_from));
    let own: Vec<NodeId> =
        (0..context.graph.nodes.len()).filter(|&id| context.node(id).file == file && !context.graph.is_copy(id)).collect();
    if is_spared(context, property, &own) {
        return None;
    }
    let is_said = |&&id: &&NodeId| context.node(id).kind == NodeKind::Line(Kind::Say) && !context.has(id, apart);
    let said: Vec<NodeId> = own.iter().filter(is_said).copied().collect();
    let counted: Vec<NodeId> = said.iter().copied().filter(|&id| context.has(id, of)).collect();
    let share = counted.len() as f64 / said.len().max(1) as f64;
    if said.len() < FEWEST_LINES || share <= context.number(&property.max) {
        return None;
    }
    let mut found = Found { place: Place::Node(*counted.first()?, 0), ..Found::default() };
    found.values.insert("count", counted.len().to_string());
    found.values.insert("of", said.len().to_string());
    Some(found)
}

/// Somebody does one of `unless`: on a way through each telling of `around`, or before all ways part; where nothing
/// of that is told, anywhere.
fn is_spared(context: &Context, property: &Share, own: &[NodeId]) -> bool {
    let (unless, around) = (context.set(&property.unless), context.set(&property.around));
    let spares: Vec<NodeId> = own.iter().copied().filter(|&id| context.may(id, unless)).collect();
    let told: Vec<NodeId> = own.iter().copied().filter(|&id| context.reached[id] && context.told(id, around)).collect();
    let opens = |id: &NodeId| context.graph.sections[context.node(*id).section].index == 0 && context.node(*id).depth == 0;
    if spares.is_empty() || told.is_empty() || spares.iter().any(opens) {
        return !spares.is_empty();
    }
    let after = walk::reach(context.graph, &spares, |_| false);
    let before = walk::leads_freely(context.graph, |id| context.may(id, unless));
    told.iter().all(|&id| after[id] || before[id])
}
