//! across: scripts agree with each other. Where they are compared, the graph is that of all scripts of the
//! run.

mod opening;
mod steps;

use super::bounded::Items;
use super::{Context, Found, Place, absence};
use crate::flow::NodeId;
use crate::rule::{Across, Agree};
use std::collections::{BTreeMap, BTreeSet};

pub fn check(context: &Context, property: &Across) -> Vec<Found> {
    match property.agree {
        Agree::Opening => opening::check(context, property),
        _ if !context.looks.compares => Vec::new(),
        Agree::Steps => steps::check(context, property).into_iter().collect(),
        Agree::Items => pairs(context, |files| items(context, property, files)),
        Agree::Acts => pairs(context, |files| acts(context, property, files)),
    }
}

/// For each intent what `compare` finds between its scripts.
fn pairs(context: &Context, compare: impl Fn(&BTreeSet<usize>) -> Option<Found>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (intent, files) in by_intent(context) {
        let Some(mut one) = compare(&files) else { continue };
        one.values.insert("intent", intent.replace(['-', '_'], " "));
        // Two scripts may share several intents.
        if found.iter().all(|known| known.place != one.place) {
            found.push(one);
        }
    }
    found
}

/// The intents that several scripts have, with the files of these.
fn by_intent<'a>(context: &'a Context) -> BTreeMap<&'a str, BTreeSet<usize>> {
    let mut files: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for &file in context.files {
        for intent in context.scripts[file].iter().flat_map(|script| &script.header.intents) {
            files.entry(intent.as_str()).or_default().insert(file);
        }
    }
    files.retain(|_, files| files.len() > 1);
    files
}

/// The script that asks for the most data beside the one that asks for the least.
fn items(context: &Context, property: &Across, files: &BTreeSet<usize>) -> Option<Found> {
    let of = context.set(&property.of);
    let items = Items::new(context, of);
    let asked = |&file: &usize| {
        let entries = context.graph.entries.iter().filter(|&&entry| context.node(entry).file == file);
        let count = entries.map(|&entry| items.most(context, entry, 0)).max().unwrap_or(0);
        let first = items.first(context, file)?;
        Some((count, first))
    };
    // A script that asks for nothing may be one page of many.
    let counts: Vec<(usize, NodeId)> = files.iter().filter_map(asked).collect();
    let (&(most, here), &(fewest, there)) =
        (counts.iter().max_by_key(|(count, _)| *count)?, counts.iter().min_by_key(|(count, _)| *count)?);
    if most - fewest <= property.max.as_ref().map_or(0, |max| context.limit(max)) {
        return None;
    }
    let mut found = Found { place: Place::Node(here, of), related: vec![(there, format!("{fewest} here"))], ..Found::default() };
    found.values.insert("count", most.to_string());
    found.values.insert("other", fewest.to_string());
    Some(found)
}

/// One script does one of `of`, another one of `against`.
fn acts(context: &Context, property: &Across, files: &BTreeSet<usize>) -> Option<Found> {
    let excused = absence::excused(context, context.set(&property.unless_before));
    let is_said = |&id: &NodeId| context.node(id).is_spoken() && context.reached[id];
    let first = |set, is_free: bool| {
        let does = |&id: &NodeId| context.has(id, set) && !(is_free && excused[id]) && files.contains(&context.node(id).file);
        (0..context.graph.nodes.len()).filter(is_said).find(does)
    };
    let (of, against) = (context.set(&property.of), context.set(&property.against));
    let (here, there) = (first(of, true)?, first(against, false)?);
    if context.node(here).file == context.node(there).file {
        return None;
    }
    Some(Found { place: Place::Node(here, of), related: vec![(there, "said here".to_string())], ..Found::default() })
}
