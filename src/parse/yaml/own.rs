//! Keys of a file's own (`go: closing`, `listen: [{…}]`), by what stands under them.

use std::collections::{HashMap, HashSet};

use super::keys::{self, Key, normalize};
use super::tree::{Data, Id, Tree};

/// What the keys that nobody knows mean, by their normalized words: where the call goes on, if all that stands
/// under one of them names a step; the ways to choose from, if each of its items, or of what is mapped there, does.
pub fn learn(tree: &Tree) -> HashMap<String, Key> {
    let mut own = HashMap::new();
    let unknown: Vec<(String, Id)> = tree
        .pairs()
        .map(|(key, value)| (normalize(tree.value(key)), value))
        .filter(|(word, _)| keys::lookup(word).is_none() && keys::answer(word).is_none() && !keys::is_rest(word))
        .collect();
    if unknown.is_empty() {
        return own;
    }
    let names = names(tree);
    own.extend(leading(tree, &unknown, &names).into_iter().map(|word| (word.to_string(), Key::Goto)));
    let goes = |item: &Id| match &tree.node(*item).data {
        Data::Map(pairs) => pairs.iter().any(|&(key, _)| {
            let word = normalize(tree.value(key));
            keys::lookup(&word).or_else(|| own.get(&word).copied()) == Some(Key::Goto)
        }),
        _ => false,
    };
    // `expect: {"It won't play": no_play}`, `- Yes: half`
    let names_step = |&(_, value): &(Id, Id)| names.contains(tree.value(value).trim());
    let leads = |id: Id| matches!(&tree.node(id).data, Data::Map(pairs) if !pairs.is_empty() && pairs.iter().all(names_step));
    let is_choice = |value: Id| match &tree.node(value).data {
        Data::List(items) => !items.is_empty() && items.iter().all(|item| goes(item) || leads(*item)),
        _ => leads(value),
    };
    let forks: Vec<String> = unknown.iter().filter(|(_, value)| is_choice(*value)).map(|(word, _)| word.clone()).collect();
    own.extend(forks.into_iter().map(|word| (word, Key::Choose)));
    own
}

/// The words of unknown keys under which names of steps stand.
fn leading<'a>(tree: &Tree, unknown: &'a [(String, Id)], names: &HashSet<&str>) -> Vec<&'a str> {
    /// The rest of the steps says whether it was chance; one in three may be a slip.
    const LEAST: usize = 2;
    let mut tally: HashMap<&str, (usize, usize, bool)> = HashMap::new();
    for (word, value) in unknown.iter().filter(|(_, value)| !matches!(tree.node(*value).data, Data::Null)) {
        let (hits, all, are_words) = tally.entry(word).or_default();
        let name = tree.value(*value).trim();
        *hits += usize::from(names.contains(name));
        *all += 1;
        *are_words |= name.is_empty() || name.contains(char::is_whitespace);
    }
    let leads = |(hits, all, are_words): &(usize, usize, bool)| !are_words && *hits >= LEAST && *hits * 3 >= *all * 2;
    tally.into_iter().filter(|(_, counts)| leads(counts)).map(|(word, _)| word).collect()
}

/// All that may be the name of a step: keys of mappings and lists, and ids.
fn names(tree: &Tree) -> HashSet<&str> {
    let is_name = |(key, value): &(Id, Id)| match &tree.node(*value).data {
        Data::Map(_) | Data::List(_) => Some(tree.value(*key)),
        Data::Scalar(_) if keys::lookup(&normalize(tree.value(*key))) == Some(Key::Id) => Some(tree.value(*value)),
        _ => None,
    };
    tree.pairs().filter_map(|pair| is_name(&pair)).map(str::trim).filter(|name| !name.is_empty()).collect()
}
