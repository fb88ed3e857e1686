//! response: after P comes S, before any Q or before the walk ends.

use super::facts::{self, Facts};
use super::{Context, Found, Place};
use crate::act::ActSet;
use crate::flow::walk::{self, Verdict};
use crate::flow::{NodeId, NodeKind};
use crate::parse::{outline, role};
use crate::rule::{Acts, Response};

/// Findings of a rule that show their walk to the end; the others stand where the agent spoke.
const MOST_WALKS: usize = 20;

/// What walks on which nobody does one of `needs` can do; the same for every telling.
struct Without {
    /// Nodes that one comes to.
    reached: Vec<bool>,
    /// How far one is from its end.
    to_end: Vec<u32>,
}

pub fn check(context: &Context, property: &Response) -> Vec<Found> {
    if property.facts.is_empty() { told(context, property) } else { counted(context, property) }
}

/// From each `after` the walks to an end on which too few of the facts are told.
fn counted(context: &Context, property: &Response) -> Vec<Found> {
    let (after, needs) = (context.set(&property.after), context.set(&property.needs));
    let facts = Facts::new(context, &property.facts, property.at_least.as_ref());
    let mut blocked = facts::blocked(context, needs);
    // Whoever takes an offer stays, whatever was said of leaving before.
    blocked.iter_mut().zip(context.accepted).for_each(|(blocked, stays)| *blocked |= stays);
    let around = facts.around(context, &blocked);
    let mut found: Vec<Found> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for anchor in anchors(context, property, after) {
        let asks = property.or_question && is_question(context, anchor);
        let Some((before, all)) = facts.fewest(&around, anchor).filter(|(_, all)| !facts.is_enough(*all)) else { continue };
        if asks || blocked[anchor] || context.node(anchor).text.is_none() || !seen.insert(context.spot(anchor)) {
            continue;
        }
        let walk = if found.len() < MOST_WALKS { facts.walk(context, anchor, before, &blocked) } else { vec![anchor] };
        let mut one = Found { place: Place::Node(anchor, after), walk, ..Found::default() };
        facts.tell(all, &mut one);
        found.push(one);
    }
    found
}

fn told(context: &Context, property: &Response) -> Vec<Found> {
    let after = context.set(&property.after);
    let mut found: Vec<Found> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let needs = context.set(&property.needs);
    let reached = walk::reach(context.graph, &context.graph.entries, |id| context.node(id).is_spoken() && context.may(id, needs));
    let blocked = facts::blocked(context, needs);
    let to_end = walk::distances(context.graph, &blocked, |id| context.graph.is_last(id) && !blocked[id]);
    let without = Without { reached, to_end };
    for anchor in anchors(context, property, after) {
        let walk = if property.before == Acts::None {
            let has_walk = found.len() < MOST_WALKS || !context.node(anchor).is_spoken();
            until_end(context, property, anchor, &without, has_walk)
        } else {
            before(context, property, anchor, &without.reached)
        };
        let Some(walk) = walk else { continue };
        let first = walk.iter().copied().find(|&id| context.node(id).is_spoken());
        let last = walk[walk.len() - 1];
        let place = first.unwrap_or(last);
        if context.node(place).text.is_none() || !seen.insert(context.spot(place)) {
            continue;
        }
        let words = if place == anchor { after } else { context.set(&property.before) };
        found.push(Found { place: Place::Node(place, words), walk, ..Found::default() });
    }
    found
}

/// Where walks begin: somebody does one of `after`, the agent or the customer.
fn anchors(context: &Context, property: &Response, after: ActSet) -> Vec<NodeId> {
    let is_late = context.reached_after(context.set(&property.only_after));
    let is_in_scope = |id: NodeId| context.reached[id] && (property.only_after == Acts::None || is_late[id]);
    let perhaps = |id: NodeId| property.before != Acts::None && tells_perhaps(context, id, after);
    let does = |id: NodeId| context.told(id, after) || perhaps(id) || context.node(id).is_spoken() && context.has(id, after);
    let counts = |id: NodeId| property.before == Acts::None || tells(context, id);
    (0..context.graph.nodes.len()).filter(|&id| is_in_scope(id) && does(id) && counts(id)).collect()
}

/// What the customer says of themselves, or at some length, may be meant so: in some 150 scripts this found two
/// problems more, and accused none wrongly.
fn tells_perhaps(context: &Context, id: NodeId, after: ActSet) -> bool {
    const LONG: usize = 7;
    let node = context.node(id);
    // `Two of us, the Friday and Saturday.`: what was asked, and no trouble.
    let open = context.lexicon.set(&["open_question"]);
    let answers = || context.graph.before[id].iter().any(|&line| is_question(context, line) && !context.has(line, open));
    let is_told = |words: &str| role::speaks_of_self(words) || words.split_whitespace().count() >= LONG && !answers();
    node.kind != NodeKind::Section && node.is_turn() && node.maybe & after != 0 && node.text.is_some_and(|text| is_told(&text.value))
}

fn is_question(context: &Context, id: NodeId) -> bool {
    context.node(id).text.is_some_and(|text| text.value.contains('?'))
}

/// Somebody tells of it on this call: the customer's words, or a note of them. A condition or a
/// heading only sorts calls, unless it speaks of feelings.
fn tells(context: &Context, anchor: NodeId) -> bool {
    let node = context.node(anchor);
    let mut other = context.lexicon.set(&["refusal", "acceptance", "fails_check", "known_fault"]);
    // Who stops a dead mother's deliveries is no caller who only wants to leave.
    if node.set & context.lexicon.set(&["hardship"]) == 0 {
        other |= context.lexicon.set(&["cancel_request"]);
    }
    let feels = context.lexicon.set(&["upset", "hardship", "complaint"]);
    match node.kind {
        NodeKind::Line(_) | NodeKind::Cue { is_heard: true } => node.set & other == 0,
        NodeKind::Cue { is_heard: false } => (node.set & feels != 0 || says_so(context, anchor)) && node.set & other == 0,
        NodeKind::Section => {
            let is_said = |words: &str| outline::is_theirs(words) || role::speaks_of_self(words);
            let is_told = node.text.is_some_and(|text| is_said(&text.value)) || says_so(context, anchor);
            node.set & context.lexicon.set(&["upset", "hardship"]) != 0 || is_told && node.set & other == 0
        }
        _ => false,
    }
}

/// `If the customer says the parcel hasn't come`: the condition tells what was said.
fn says_so(context: &Context, id: NodeId) -> bool {
    let words = context.node(id).text.map_or(String::new(), |text| role::clean(&text.value));
    let mut words = words.split(' ').skip_while(|word| matches!(*word, "if" | "when" | "a" | "the"));
    words.next().is_some_and(role::is_customer)
        && words.next().is_some_and(|verb| matches!(verb, "says" | "say" | "tells" | "complains" | "reports"))
}

/// A walk on which the agent does one of `before` with none of `needs` first.
fn before(context: &Context, property: &Response, anchor: NodeId, without: &[bool]) -> Option<Vec<NodeId>> {
    let (needs, before) = (context.set(&property.needs), context.set(&property.before));
    if is_answered(context, property, anchor, without) {
        return None;
    }
    let after = context.set(&property.after);
    // A death or a caller in distress cannot wait for the second line.
    let is_grave = context.has(anchor, context.set(&property.anew));
    // The first line has to be it, but what follows in the same breath counts.
    let within = property.within.as_ref().map_or(1, |within| context.limit(within)).max(1) - 1;
    // The opening of a call answers nobody yet.
    let opens = context.lexicon.set(&["greeting"]);
    let walk = walk::search(context.graph, &walk::after(context.graph, anchor, ()), |id, ()| {
        let node = context.node(id);
        if !node.is_spoken() {
            // Told again on the way: that telling is judged by itself.
            let told_again = context.is_turn(id) && node.set & after != 0;
            return if told_again { Verdict::Stop } else { Verdict::On(()) };
        }
        if node.may(needs | opens) {
            return Verdict::Stop;
        }
        let asks = property.or_question && is_question(context, id);
        let goes_on = node.set & before != 0 || asks;
        if goes_on && (is_grave || !soothes_soon(context, id, needs, within)) { Verdict::Found } else { Verdict::Stop }
    })?;
    let mut all = vec![anchor];
    all.extend(walk);
    Some(all)
}

/// One of the agent's next lines, with no turn of the customer between, does one of `needs`.
fn soothes_soon(context: &Context, line: NodeId, needs: ActSet, lines: usize) -> bool {
    let next = walk::search(context.graph, &walk::after(context.graph, line, lines), |id, left: usize| {
        let node = context.node(id);
        match node.kind {
            _ if left == 0 || context.is_turn(id) => Verdict::Stop,
            _ if node.is_spoken() && node.may(needs) => Verdict::Found,
            _ => Verdict::On(left - usize::from(node.is_spoken())),
        }
    });
    next.is_some()
}

/// Every walk to this telling has passed `needs` already, and nothing new of weight is told.
fn is_answered(context: &Context, property: &Response, anchor: NodeId, without: &[bool]) -> bool {
    let anew = context.set(&property.anew);
    if matches!(context.node(anchor).kind, NodeKind::Line(_)) && context.has(anchor, anew) {
        return false;
    }
    !without[anchor]
}

/// A walk from the anchor to its end on which the agent does none of `needs`.
/// Without `has_walk`, only whether there is one: the anchor, which the agent says, stands for it.
fn until_end(context: &Context, property: &Response, anchor: NodeId, without: &Without, has_walk: bool) -> Option<Vec<NodeId>> {
    let needs = context.set(&property.needs);
    // What the agent does may carry it itself, or follow it.
    let asks = property.or_question && is_question(context, anchor);
    if asks || context.node(anchor).is_spoken() && (context.may(anchor, needs) || !without.reached[anchor]) {
        return None;
    }
    if !has_walk {
        return (without.to_end[anchor] != u32::MAX).then(|| vec![anchor]);
    }
    let walk = walk::descend(context.graph, anchor, &without.to_end)?;
    walk.iter().any(|&id| context.node(id).is_spoken()).then_some(walk)
}
