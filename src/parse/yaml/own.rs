//! Keys of a file's own (`go: closing`, `listen: [{…}]`), by what stands under them.

use std::collections::{HashMap, HashSet};

use super::keys::{self, Key, normalize};
use super::tree::{Data, Id, Tree};

/// What the keys that nobody knows mean, by their normalized words: where the call goes on, if all that stands
/// under one of them names a step; the ways to choose from, if each of its items, or of what is mapped there, does.
pub fn learn(tree: &Tree) -> HashMap<String, Key> {
    let mut own = HashMap::new();
    let mut unknown: Vec<(String, Id)> = tree
        .pairs()
        .filter(|&(key, _)| !keys::is_case(tree.value(key)))
        .map(|(key, value)| (normalize(tree.value(key)), value))
        .filter(|(word, _)| keys::lookup(word).is_none() && keys::answer(word).is_none() && !keys::is_rest(word))
        .collect();
    if unknown.is_empty() {
        return own;
    }
    own.extend(listed(tree));
    unknown.retain(|(word, _)| !own.contains_key(word));
    let names = names(tree, &own);
    let answers = answers(tree, &names);
    unknown.retain(|(word, _)| !answers.contains(word));
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

/// `stages: [{stage: hello, …}, …]`: lists of steps, each with a name under a key of its own that other keys lead to.
fn listed(tree: &Tree) -> HashMap<String, Key> {
    const LEAST: usize = 2;
    let mut found = HashMap::new();
    let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
    let named = |item: &Id| match &tree.node(*item).data {
        Data::Map(pairs) => pairs.first().map(|&(key, value)| (normalize(tree.value(key)), tree.value(value).trim())),
        _ => None,
    };
    let mut uses: HashMap<&str, Vec<String>> = HashMap::new();
    for (key, value) in tree.pairs().filter(|&(_, value)| is_word(tree.value(value).trim())) {
        uses.entry(tree.value(value).trim()).or_default().push(normalize(tree.value(key)));
    }
    let unknown = tree.pairs().filter(|&(list, _)| keys::lookup(&normalize(tree.value(list))).is_none());
    let lists = unknown.map(|(list, value)| (Some(list), value)).chain(tree.roots.iter().map(|&root| (None, root)));
    for (list, value) in lists {
        let Data::List(items) = &tree.node(value).data else { continue };
        let Some(pairs) = items.iter().map(named).collect::<Option<Vec<_>>>() else { continue };
        let Some(word) = pairs.first().map(|(word, _)| word).filter(|word| keys::lookup(word).is_none()) else { continue };
        let names: HashSet<&str> = pairs.iter().filter(|(key, name)| key == word && is_word(name)).map(|(_, name)| *name).collect();
        let mut leading = names.iter().flat_map(|name| &uses[name]).filter(|key| *key != word);
        if items.len() > 1 && names.len() == items.len() && leading.nth(LEAST - 1).is_some() {
            found.insert(word.clone(), Key::Id);
            found.extend(list.map(|list| (normalize(tree.value(list)), Key::Steps)));
        }
    }
    found
}

/// Keys that stand beside each other over names of steps: `leak: 2` and `bill: 4` are answers.
fn answers(tree: &Tree, names: &HashSet<&str>) -> HashSet<String> {
    let leads =
        |&&(key, value): &&(Id, Id)| names.contains(tree.value(value).trim()) && keys::lookup(&normalize(tree.value(key))).is_none();
    let answers = tree.maps().filter(|pairs| pairs.iter().filter(leads).nth(1).is_some());
    answers.flat_map(|pairs| pairs.iter().filter(leads)).map(|&(key, _)| normalize(tree.value(key))).collect()
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
fn names<'a>(tree: &'a Tree, own: &HashMap<String, Key>) -> HashSet<&'a str> {
    let is_id = |word: &str| keys::lookup(word).or_else(|| own.get(word).copied()) == Some(Key::Id);
    let is_name = |(key, value): &(Id, Id)| match &tree.node(*value).data {
        Data::Map(_) | Data::List(_) => Some(tree.value(*key)),
        Data::Scalar(_) if is_id(&normalize(tree.value(*key))) => Some(tree.value(*value)),
        _ => None,
    };
    tree.pairs().filter_map(|pair| is_name(&pair)).map(str::trim).filter(|name| !name.is_empty()).collect()
}
