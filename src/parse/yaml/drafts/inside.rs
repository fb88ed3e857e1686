//! What a YAML value holds: steps further in, turns of two speakers.

use crate::parse::role::{self, Role};
use crate::parse::yaml::Reader;
use crate::parse::yaml::entry::Entry;
use crate::parse::yaml::keys::{self, Key, normalize};
use crate::parse::yaml::tree::{Data, Id};
use std::collections::HashSet;

/// The mappings with steps in them under a value, not those inside of others. Further in, the settings of
/// many programs have steps, too, and only those that say something are a call's.
pub fn wrapped_steps(reader: &Reader, id: Id, depth: usize, found: &mut Vec<Id>) {
    const MAX_DEPTH: usize = 5;
    const MAX_SCRIPTS: usize = 200;
    if depth > MAX_DEPTH || found.len() >= MAX_SCRIPTS {
        return;
    }
    if holds_steps(reader, id) && (depth == 0 || says_steps(reader, id)) {
        return found.push(id);
    }
    match &reader.tree.node(id).data {
        Data::Map(pairs) => pairs.iter().for_each(|&(_, value)| wrapped_steps(reader, value, depth + 1, found)),
        Data::List(items) => items.iter().for_each(|&item| wrapped_steps(reader, item, depth + 1, found)),
        _ => {}
    }
}

/// Whether the steps of a mapping have ids, and words to say.
fn says_steps(reader: &Reader, id: Id) -> bool {
    let Data::Map(pairs) = &reader.tree.node(id).data else { return false };
    let steps = pairs.iter().filter(|&&(key, _)| keys::lookup(&normalize(reader.tree.value(key))) == Some(Key::Steps));
    let keys_of = |item: Id| match &reader.tree.node(item).data {
        Data::Map(pairs) => pairs.iter().map(|&(key, _)| keys::lookup(&normalize(reader.tree.value(key)))).collect(),
        _ => Vec::new(),
    };
    let says = |item: Id| keys_of(item).contains(&Some(Key::Agent)) && keys_of(item).contains(&Some(Key::Id));
    steps.flat_map(|&(_, steps)| reader.items(steps)).any(says)
}

/// Whether a value is a mapping with steps in it.
fn holds_steps(reader: &Reader, id: Id) -> bool {
    let Data::Map(pairs) = &reader.tree.node(id).data else { return false };
    let is_steps =
        |&(key, value): &(Id, Id)| keys::lookup(&normalize(reader.tree.value(key))) == Some(Key::Steps) && !reader.is_scalar(value);
    pairs.iter().any(is_steps)
}

/// `flow: {name: …, states: {…}}`: steps, and beside them only what is told of them.
pub fn only_holds_steps(reader: &Reader, id: Id) -> bool {
    let Data::Map(pairs) = &reader.tree.node(id).data else { return false };
    let is_told = |&(key, value): &(Id, Id)| keys::lookup(&normalize(reader.tree.value(key))) == Some(Key::Steps) || !reader.is_map(value);
    holds_steps(reader, id) && pairs.iter().all(is_told)
}

/// A mapping of situations, or a list of them that each have a name: somebody speaks in each of them.
pub fn holds_cases(reader: &Reader, id: Id) -> bool {
    match &reader.tree.node(id).data {
        Data::Map(pairs) => pairs.len() > 1 && pairs.iter().all(|&(_, value)| speaks(reader, value)),
        Data::List(items) => items.len() > 1 && items.iter().all(|&item| speaks(reader, item) && reader.case_name(item).is_some()),
        _ => false,
    }
}

/// Whether a value is a list of steps, whatever its key is: each has an id, and somebody speaks in it.
pub fn lists_steps(reader: &Reader, id: Id) -> bool {
    let is_step = |&item: &Id| speaks(reader, item) && has_id(reader, item);
    matches!(&reader.tree.node(id).data, Data::List(items) if items.len() > 1 && items.iter().all(is_step))
}

/// Whether somebody speaks in a case or a step.
fn speaks(reader: &Reader, id: Id) -> bool {
    let says = |&(key, value): &(Id, Id)| {
        let word = normalize(reader.tree.value(key));
        let has_words = reader.items(value).iter().any(|&item| reader.is_map(item) || reader.tree.value(item).trim().contains(' '));
        has_words && (keys::is_telling(&word) || keys::lookup(&word) == Some(Key::Lines))
    };
    // `- "Agent: Good morning."`
    let is_spoken = |&item: &Id| reader.tree.value(item).split_once(": ").is_some_and(|(name, _)| role::role(name) == Some(Role::Agent));
    match &reader.tree.node(id).data {
        Data::Map(inner) => inner.iter().any(says),
        Data::List(items) => items.iter().any(is_spoken),
        _ => false,
    }
}

/// `[{role: agent, content: …}, {role: customer, content: …}]`
pub fn are_turns(reader: &Reader, id: Id) -> bool {
    let speaker = |item: Id| match &reader.tree.node(item).data {
        Data::Map(pairs) => {
            let word = |id: Id| keys::lookup(&normalize(reader.tree.value(id)));
            let named = pairs.iter().find(|(key, _)| word(*key) == Some(Key::Speaker)).map(|&(_, value)| reader.tree.value(value))?;
            let says = pairs.iter().any(|&(key, value)| word(key) == Some(Key::Agent) && reader.is_scalar(value));
            role::role(named).filter(|_| says)
        }
        _ => None,
    };
    let speakers: Vec<Option<Role>> = reader.items(id).into_iter().map(speaker).collect();
    speakers.contains(&Some(Role::Agent)) && speakers.iter().all(|role| matches!(role, Some(Role::Agent | Role::Customer)))
}

/// `situations`, `faq`: a key over what callers may come for, and not over one call.
pub fn names_situations(word: &str) -> bool {
    const NAMES: [&str; 14] = [
        "situations", "scenarios", "faq", "faqs", "questions", "issues", "topics", "problems", "requests", "complaints", "enquiries",
        "inquiries", "reasons", "callreasons",
    ];
    NAMES.contains(&word)
}

/// `[{they_say: …, we_say: …}]`: the customer's words and the answer to them, each time.
pub fn holds_pairs(reader: &Reader, id: Id) -> bool {
    let is_pair = |item: &Id| match &reader.tree.node(*item).data {
        Data::Map(pairs) => {
            let key = |&(key, _): &(Id, Id)| keys::lookup(&normalize(reader.tree.value(key)));
            pairs.first().is_some_and(|first| key(first) == Some(Key::Customer)) && pairs.iter().any(|pair| key(pair) == Some(Key::Agent))
        }
        _ => false,
    };
    let items = reader.items(id);
    items.len() > 1 && items.iter().all(is_pair)
}

/// Whether a value can only be lines of a call: somebody speaks in it.
pub fn holds_lines(reader: &Reader, id: Id) -> bool {
    let first_key = |item: Id| match &reader.tree.node(item).data {
        Data::Map(pairs) => pairs.first().map(|pair| pair.0),
        _ => None,
    };
    let keys = reader.items(id).into_iter().filter_map(first_key).take(3);
    keys.into_iter().any(|key| keys::is_telling(&normalize(reader.tree.value(key)))) || are_turns(reader, id)
}

/// `hi: {prompt: …, on_reply: {late: where}}`, `where: {prompt: …}`: mappings that say something and name each other.
pub fn names_steps(reader: &Reader, entries: &[Entry]) -> bool {
    const LEAST: usize = 3;
    let steps: Vec<&Entry> = entries.iter().filter(|entry| entry.key.is_none() && says(reader, entry.value)).collect();
    let names: HashSet<&str> = steps.iter().map(|entry| reader.tree.value(entry.key_id).trim()).collect();
    let named: HashSet<&str> =
        reader.tree.pairs().map(|(_, value)| reader.tree.value(value).trim()).filter(|name| names.contains(name)).collect();
    steps.len() >= LEAST && named.len() >= LEAST - 1
}

/// A mapping from names to mappings that each say something.
pub fn maps_steps(reader: &Reader, id: Id) -> bool {
    let is_step = |&(key, value): &(Id, Id)| keys::lookup(&normalize(reader.tree.value(key))).is_none() && says(reader, value);
    matches!(&reader.tree.node(id).data, Data::Map(pairs) if pairs.len() > 2 && pairs.iter().filter(|pair| is_step(pair)).count() * 4 >= pairs.len() * 3)
}

/// A mapping with words under a key like `prompt`.
pub fn says(reader: &Reader, id: Id) -> bool {
    let is_said = |&(key, value): &(Id, Id)| {
        reader.tree.value(value).trim().contains(' ') && keys::lookup(&normalize(reader.tree.value(key))) == Some(Key::Agent)
    };
    matches!(&reader.tree.node(id).data, Data::Map(pairs) if pairs.iter().any(is_said))
}

pub fn has_id(reader: &Reader, id: Id) -> bool {
    let is_own = |word: &str| reader.own.get(word) == Some(&Key::Id);
    let is_id =
        |&(key, _): &(Id, Id)| Some(normalize(reader.tree.value(key))).is_some_and(|word| word == "id" || word == "slug" || is_own(&word));
    matches!(&reader.tree.node(id).data, Data::Map(pairs) if pairs.iter().any(is_id))
}
