//! across: scripts agree with each other. Where they are compared, the graph is that of all scripts of the
//! run.

mod opening;
mod remedies;
mod steps;
pub mod words;

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
        Agree::Words => words::check(context, property),
        Agree::Items => pairs(context, property, |files| items(context, property, files)),
        Agree::Acts => pairs(context, property, |files| acts(context, property, files)),
        Agree::Whether => pairs(context, property, |files| whether(context, property, files)),
        Agree::Remedies => pairs(context, property, |files| remedies::check(context, property, files)),
    }
}

/// For each intent what `compare` finds between its scripts.
fn pairs(context: &Context, property: &Across, compare: impl Fn(&BTreeSet<usize>) -> Option<Found>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let least = property.intent_match.as_ref().map_or(1.0, |least| context.number(least));
    for (intent, files) in by_intent(context, least) {
        let Some(mut one) = compare(&files) else { continue };
        one.values.insert("intent", intent.replace(['-', '_'], " "));
        // Two scripts may share several intents.
        if found.iter().all(|known| known.place != one.place) {
            found.push(one);
        }
    }
    found
}

/// The intents that several scripts have, with the files of these: those that have an intent of which at least
/// such a part of the words is the same.
fn by_intent<'a>(context: &'a Context, least: f64) -> BTreeMap<&'a str, BTreeSet<usize>> {
    let mut own: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for &file in context.files {
        for intent in context.scripts[file].iter().flat_map(|script| &script.header.intents) {
            own.entry(intent.as_str()).or_default().insert(file);
        }
    }
    let mut files = own.clone();
    if least < 1.0 {
        let words: Vec<(&str, Vec<String>)> = own.keys().map(|&intent| (intent, intent_words(intent).collect())).collect();
        let alike = words.iter().flat_map(|one| words.iter().map(move |other| (one, other)));
        for ((one, _), (other, _)) in alike.filter(|(one, other)| one.0 != other.0 && likeness(&one.1, &other.1) >= least) {
            files.entry(one).or_default().extend(&own[other]);
        }
    }
    files.retain(|_, files| files.len() > 1);
    files
}

/// The words of an intent without their endings: `delayed-transfers` has `delay` and `trans`.
pub fn intent_words(intent: &str) -> impl Iterator<Item = String> {
    /// `refund`, `refunds` and `refunded` begin with the same letters.
    const STEM: usize = 5;
    let words = intent.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.to_lowercase().chars().take(STEM).collect())
}

/// Dice's coefficient: which part of both lists they share, from 0 to 1.
fn likeness(one: &[String], other: &[String]) -> f64 {
    let shared = one.iter().filter(|word| other.contains(word)).count();
    2.0 * shared as f64 / (one.len() + other.len()).max(1) as f64
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

/// One script does `of` where another one for the same intent does `against` and does without it.
fn whether(context: &Context, property: &Across, files: &BTreeSet<usize>) -> Option<Found> {
    let (of, against) = (context.set(&property.of), context.set(&property.against));
    let first = |file: usize, set| {
        let does = |&id: &NodeId| context.node(id).file == file && context.reached[id] && context.asks(id) && context.has(id, set);
        (0..context.graph.nodes.len()).find(does)
    };
    let does: Vec<(usize, NodeId)> = files.iter().filter_map(|&file| Some((file, first(file, of)?))).collect();
    let without = files.iter().filter(|file| does.iter().all(|(other, _)| other != *file));
    let there = without.filter_map(|&file| first(file, against)).next()?;
    let &(_, here) = does.first()?;
    let mut found = Found { place: Place::Node(here, of), related: vec![(there, "done without it here".to_string())], ..Found::default() };
    let items = context.node(here).acts.iter().filter(|act| of & (1 << act.id) != 0).flat_map(|act| &act.items);
    let words: BTreeSet<String> = items.map(|item| crate::act::item_words(&item.name)).collect();
    found.values.insert("item", if words.is_empty() { "secret".to_string() } else { Vec::from_iter(words).join(", ") });
    Some(found)
}
