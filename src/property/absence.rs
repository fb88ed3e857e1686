//! absence: no line does A, apart from where the rule excuses it.

use super::{Context, Found, Place};
use crate::act::ActSet;
use crate::flow::{NodeId, NodeKind, walk};
use crate::rule::{Absence, Lines};
use crate::script::Kind;

pub fn check(context: &Context, property: &Absence) -> Vec<Found> {
    let of = context.set(&property.of);
    let excused = excused(context, property);
    let after = reached_after(context, context.set(&property.only_after));
    let lines: Vec<NodeId> = (0..context.graph.nodes.len()).filter(|&id| is_line(context, property, id, of)).collect();
    let mut found = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for &id in &lines {
        let node = context.node(id);
        // A called section's lines stand in the graph once for each call.
        if !seen.insert((node.file, node.span())) || !property.only_after.names().is_empty() && !after[id] {
            continue;
        }
        let mut severity = raised(context, property, id, &lines);
        if excused[id] {
            match property.softened {
                Some(soft) => severity = Some(soft),
                None => continue,
            }
        }
        found.push(finding(context, property, id, of, severity));
    }
    found
}

fn is_line(context: &Context, property: &Absence, id: NodeId, of: ActSet) -> bool {
    let node = context.node(id);
    let is_place = match property.lines {
        Lines::Say => node.is_spoken(),
        Lines::Note => node.kind == NodeKind::Line(Kind::Note),
        Lines::Any => matches!(node.kind, NodeKind::Line(Kind::Say | Kind::Note | Kind::Collect)),
    };
    let asks = property.items.is_empty()
        || node.acts.iter().any(|act| of & (1 << act.id) != 0 && act.items.iter().any(|item| property.items.contains(&item.name)));
    is_place && node.set & of != 0 && asks && node.set & context.set(&property.unless_beside) == 0 && !answers(context, property, id)
}

/// The customer's last words before the line do what the rule asks for.
fn answers(context: &Context, property: &Absence, id: NodeId) -> bool {
    let wanted = context.set(&property.unless_answering);
    if wanted == 0 {
        return false;
    }
    let mut before: Vec<NodeId> = vec![id];
    let mut turns = Vec::new();
    for _ in 0..12 {
        before = before.iter().flat_map(|&at| context.graph.before[at].iter().copied()).collect();
        turns.extend(before.iter().copied().filter(|&node| context.is_turn(node)));
        before.retain(|&node| !context.is_turn(node));
        if before.is_empty() {
            break;
        }
    }
    !turns.is_empty() && turns.iter().all(|&turn| context.has(turn, wanted))
}

/// Nodes that no walk comes to without having passed `unless_before`.
fn excused(context: &Context, property: &Absence) -> Vec<bool> {
    let before = context.set(&property.unless_before);
    if before == 0 {
        return vec![false; context.graph.nodes.len()];
    }
    let without = walk::reach(context.graph, &context.graph.entries, |id| context.has(id, before));
    context.reached.iter().zip(&without).map(|(reached, without)| *reached && !without).collect()
}

fn reached_after(context: &Context, set: ActSet) -> Vec<bool> {
    if set == 0 { vec![false; context.graph.nodes.len()] } else { walk::reach(context.graph, &context.starts(set), |_| false) }
}

fn raised(context: &Context, property: &Absence, id: NodeId, lines: &[NodeId]) -> Option<crate::diagnostic::Severity> {
    let raise = property.raise.as_ref()?;
    let beside = context.has(id, context.set(&raise.beside));
    let after = context.set(&raise.after) != 0 && reached_after(context, context.set(&raise.after))[id];
    let repeated = raise.repeated.is_some_and(|times| times <= 2.0 && lines.iter().any(|&other| other != id && meets(context, other, id)));
    (beside || after || repeated).then_some(raise.to)
}

fn meets(context: &Context, one: NodeId, other: NodeId) -> bool {
    walk::reach(context.graph, &[one], |_| false)[other] || walk::reach(context.graph, &[other], |_| false)[one]
}

fn finding(context: &Context, property: &Absence, id: NodeId, of: ActSet, severity: Option<crate::diagnostic::Severity>) -> Found {
    let mut found = Found { place: Place::Node(id, of), severity, ..Found::default() };
    let after = context.set(&property.only_after);
    if after != 0 {
        let starts: Vec<(NodeId, ())> = context.starts(after).into_iter().map(|start| (start, ())).collect();
        found.walk = walk::search(context.graph, &starts, |node, ()| if node == id { walk::Verdict::Found } else { walk::Verdict::On(()) }).unwrap_or_default();
    }
    let items: Vec<&str> = context.node(id).acts.iter().filter(|act| of & (1 << act.id) != 0).flat_map(|act| act.items.iter().map(|item| item.name.as_str())).collect();
    found.values.insert("item", crate::act::item_words(items.first().copied().unwrap_or("secret")));
    found
}
