//! precedence: no B before an A, on any walk from where calls begin.

use super::bounded::Items;
use super::facts::{self, Facts};
use super::{Context, Found, Place};
use crate::act::ActSet;
use crate::flow::walk::{self, Verdict};
use crate::flow::{NodeId, NodeKind};
use crate::parse::outline;
use crate::parse::spoken::rings;
use crate::rule::{Acts, Precedence};
use crate::script::{Kind, Section};
use std::collections::HashSet;

/// Findings of one script; with more, the first ones say it all.
const MOST: usize = 8;

pub fn check(context: &Context, property: &Precedence) -> Vec<Found> {
    match () {
        () if property.opening => opening(context, property),
        () if property.facts.is_empty() => anywhere(context, property),
        () => untold(context, property),
    }
}

/// From where calls begin to the first `of`, with too few of the facts told before it. Only where the caller's
/// reason is not known from the start.
fn untold(context: &Context, property: &Precedence) -> Vec<Found> {
    let (of, needs) = (context.set(&property.of), context.set(&property.needs));
    let facts = Facts::new(context, &property.facts, property.at_least.as_ref());
    let entries = context.graph.entries.iter().copied().filter(|&entry| !is_later(context, entry) && !is_situation(context, entry));
    let starts: Vec<(NodeId, facts::Set)> = entries.map(|entry| (entry, 0)).collect();
    let mut seen = HashSet::new();
    let walks = walk::several(context.graph, &starts, MOST, |id, told| match told | facts.at(id) {
        told if facts.is_enough(told) || context.node(id).is_spoken() && context.may(id, needs) => Verdict::Stop,
        told if !context.node(id).is_spoken() || !context.has(id, of) => Verdict::On(told),
        _ if seen.insert(context.spot(id)) => Verdict::Found,
        _ => Verdict::Stop,
    });
    let report = |walk: Vec<NodeId>| {
        let told = walk.iter().fold(0, |told, &id| told | facts.at(id));
        let mut found = Found::at_end(walk, of);
        facts.tell(told, &mut found);
        found
    };
    walks.into_iter().map(report).collect()
}

/// On any walk, from `after` or from where calls begin. One finding for each line.
fn anywhere(context: &Context, property: &Precedence) -> Vec<Found> {
    let (of, needs, after) = (context.set(&property.of), context.set(&property.needs), context.set(&property.after));
    let starts: Vec<NodeId> = match property.after {
        Acts::None => context.graph.entries.clone(),
        _ => context.anchors(after).into_iter().filter(|&anchor| !context.may(anchor, needs)).collect(),
    };
    let since = context.reached_since(context.set(&property.only_after));
    let is_of = |id: NodeId| since[id] && context.node(id).is_spoken() && context.has(id, of);
    let mut seen = HashSet::new();
    let mut is_new = |id: NodeId| seen.insert(context.spot(id));
    if let Some(min) = &property.min_items {
        let free = walk::reach(context.graph, &starts, |id| context.may(id, needs));
        return too_few(context, property, &starts, context.limit(min), |id| is_of(id) && !free[id] && is_new(id));
    }
    let starts: Vec<(NodeId, ())> = starts.iter().map(|&start| (start, ())).collect();
    let walks = walk::several(context.graph, &starts, MOST, |id, ()| match () {
        () if context.may(id, needs) => Verdict::Stop,
        () if !is_of(id) => Verdict::On(()),
        () if is_new(id) => Verdict::Found,
        () => Verdict::Stop,
    });
    walks.into_iter().map(|walk| Found::at_end(walk, of)).collect()
}

/// Lines that each walk comes to after some data, and some walk after fewer different ones than it needs. What proves who calls without asking
/// for data is enough by itself.
fn too_few(context: &Context, property: &Precedence, starts: &[NodeId], min: usize, mut is_new: impl FnMut(NodeId) -> bool) -> Vec<Found> {
    let (of, needs, passive) = (context.set(&property.of), context.set(&property.needs), context.set(&property.passive));
    let items = Items::new(context, needs);
    let starts: Vec<(NodeId, (u64, bool))> = starts.iter().map(|&start| (start, (0, false))).collect();
    let walks = walk::several(context.graph, &starts, MOST, |id, (asked, is_known): (u64, bool)| {
        let (asked, is_known) = (asked | items.of(id), is_known || context.may(id, passive));
        let is_enough = asked.count_ones() as usize + usize::from(is_known) >= min;
        match () {
            () if is_enough || context.may(id, needs) && items.of(id) == 0 => Verdict::Stop,
            () if is_new(id) => Verdict::Found,
            () => Verdict::On((asked, is_known)),
        }
    });
    let report = |walk: Vec<NodeId>| {
        let asked: Vec<NodeId> = walk.iter().copied().filter(|&id| items.of(id) != 0).collect();
        let count = asked.iter().fold(0, |all, &id| all | items.of(id)).count_ones();
        let mut found = Found { related: asked.iter().map(|&id| (id, "asked here".to_string())).collect(), ..Found::at_end(walk, of) };
        found.values.insert("count", count.to_string());
        found
    };
    walks.into_iter().map(report).collect()
}

/// From where calls begin to the customer's first turn. Once somebody has spoken, a note that orders a question has the
/// agent ask it.
fn opening(context: &Context, property: &Precedence) -> Vec<Found> {
    let (of, needs) = (context.set(&property.of), context.set(&property.needs));
    let greets = context.lexicon.set(&["greeting", "salutation"]);
    let is_note = |id: NodeId| context.node(id).kind == NodeKind::Line(Kind::Note);
    let mut found: Vec<Found> = Vec::new();
    let mut seen = HashSet::new();
    for &entry in &context.graph.entries {
        if is_later(context, entry) || is_situation(context, entry) || !has_opening(context, context.node(entry).file) {
            continue;
        }
        let walk = walk::search(context.graph, &[(entry, false)], |id, has_begun| {
            let node = context.node(id);
            let speaks = node.is_spoken() || has_begun && is_note(id);
            // Any turn of the customer is a chance to say what they want.
            // Somebody who is rung up has nothing to ask for yet.
            if context.is_turn(id)
                || is_told(context, id)
                || node.is_spoken() && node.text.is_some_and(|text| rings(&text.value))
                || speaks && (node.set & needs != 0 || node.set & of == 0 && node.may(needs))
            {
                return Verdict::Stop;
            }
            let has_begun = has_begun || node.is_spoken() || is_note(id) && node.set & greets != 0;
            if speaks && node.set & of != 0 && !asks_name(context, id, of) { Verdict::Found } else { Verdict::On(has_begun) }
        });
        let Some(walk) = walk else { continue };
        // Where more is asked for, the name is the first question.
        let asks = |id: &NodeId| (context.node(*id).is_spoken() || is_note(*id)) && context.has(*id, of);
        let last = walk.iter().copied().find(asks).unwrap_or(walk[walk.len() - 1]);
        if seen.insert((context.node(last).file, context.node(last).span())) {
            found.push(Found { place: Place::Node(last, of), walk, ..Found::default() });
        }
    }
    found
}

/// A greeting asks for the caller's name and for nothing else: so people meet.
fn asks_name(context: &Context, id: NodeId, of: ActSet) -> bool {
    let node = context.node(id);
    let mut items = node.acts.iter().filter(|act| of & (1 << act.id) != 0).flat_map(|act| &act.items).peekable();
    node.may(context.lexicon.set(&["greeting", "salutation"])) && items.peek().is_some() && items.all(|item| item.name == "name")
}

/// Only the opening can ask too early: any other entry is a situation that somebody told already, and so is
/// a script that others call, or jump to without a greeting of its own.
fn is_later(context: &Context, entry: NodeId) -> bool {
    let (file, section) = (context.node(entry).file, &context.graph.sections[context.node(entry).section]);
    let is_led_to = context.graph.before[entry].iter().any(|&from| context.node(from).file != file);
    if section.is_called || is_led_to && !greets(context, entry) {
        return true;
    }
    let first = context.graph.entries.iter().copied().filter(|&other| context.node(other).file == file).take(2);
    !first.into_iter().any(|other| other == entry)
}

/// Somebody speaks in a file, or is told to greet: a policy on what to ask for does not say when.
fn has_opening(context: &Context, file: usize) -> bool {
    let greets = context.lexicon.set(&["greeting", "salutation"]);
    context.graph.nodes.iter().any(|node| node.file == file && (node.kind == NodeKind::Line(Kind::Say) || node.set & greets != 0))
}

/// The first thing that the agent says is a greeting.
fn greets(context: &Context, entry: NodeId) -> bool {
    let greets = context.lexicon.set(&["greeting", "salutation"]);
    let said =
        walk::search(context.graph, &[(entry, ())], |id, ()| if context.node(id).is_spoken() { Verdict::Found } else { Verdict::On(()) });
    said.and_then(|walk| walk.last().copied()).is_some_and(|id| context.may(id, greets))
}

/// A section that is headed by what the customer says.
fn is_told(context: &Context, id: NodeId) -> bool {
    let heading = section(context, id).and_then(|(section, _)| section.heading.as_ref());
    heading.is_some_and(|heading| outline::is_theirs(&heading.value))
}

/// A section of a menu whose heading says what the caller wants: the reason is known there.
fn is_situation(context: &Context, entry: NodeId) -> bool {
    let told = context.node(entry).kind == NodeKind::Section && context.node(entry).set != 0;
    section(context, entry).is_some_and(|(section, index)| index != 0 && (section.is_situation || told))
}

/// The section that begins with a node, and its number in the script.
fn section<'a>(context: &'a Context, id: NodeId) -> Option<(&'a Section, usize)> {
    let info = context.graph.sections.get(context.node(id).section).filter(|section| section.node == id)?;
    let script = context.scripts[info.file].as_ref()?;
    Some((&script.sections[info.index], info.index))
}
