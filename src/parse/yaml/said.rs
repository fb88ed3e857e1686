//! Keys of a file's own over words (`empathy: "I'm sorry."`, `staff_tip: "Keep it short."`): who speaks there.

use std::collections::HashMap;

use crate::parse::spoken;
use crate::script::Kind;

use super::keys::{self, Key, normalize};
use super::tree::{Data, Id, Tree};

/// What keys are called that tell of a step and say nothing in it.
const ABOUT: [&str; 26] = [
    "description", "desc", "summary", "purpose", "about", "why", "rationale", "comment", "objective", "context", "because", "reason",
    "example", "sample", "translation", "training", "test", "expected", "version", "owner", "author", "source", "reviewed", "updated",
    "tags", "trigger",
];

/// What keys of remarks to the agent have in their names.
const REMARKS: [&str; 17] = [
    "note", "remark", "tip", "hint", "remind", "internal", "coach", "headsup", "staff", "warning", "caution", "careful", "guidance",
    "psst", "rule", "policy", "youreyes",
];

/// What keys of words to keep away from have in their names.
const AVOIDED: [&str; 8] = ["neversay", "dontsay", "donotsay", "notsay", "neveruse", "dontuse", "banned", "forbidden"];

/// The kinds of what stands under keys that nobody knows, by their normalized words. A key speaks where at least
/// half of what stands under it, all over the file, is said to a customer.
pub fn learn(tree: &Tree, own: &HashMap<String, Key>) -> HashMap<String, Kind> {
    let mut tally: HashMap<String, (usize, usize)> = HashMap::new();
    let mut found = turns(tree, own);
    for (key, value) in tree.pairs() {
        let word = normalize(tree.value(key));
        let is_known = keys::lookup(&word).is_some() || own.contains_key(&word) || keys::answer(tree.value(key)).is_some();
        if is_known || found.contains_key(&word) || word.is_empty() || ABOUT.iter().any(|about| word.starts_with(about)) {
            continue;
        }
        let Some(words) = sentences(tree, value) else { continue };
        let (said, all) = tally.entry(word).or_default();
        *said += words.iter().filter(|words| spoken::addresses(words)).count();
        *all += words.len();
    }
    let has = |word: &str, names: &[&str]| names.iter().any(|name| word.contains(name));
    let kind = |word: &str, said: usize, all: usize| match () {
        _ if has(word, &AVOIDED) => Some(Kind::Avoid),
        _ if has(word, &REMARKS) => Some(Kind::Note),
        _ if keys::is_theirs(word) => Some(Kind::Hear),
        _ => (said * 2 >= all).then_some(Kind::Say),
    };
    let kinds = tally.into_iter().filter_map(|(word, (said, all))| Some((kind(&word, said, all)?, word)));
    found.extend(kinds.map(|(kind, word)| (word, kind)));
    found
}

/// `[{A: …}, {C: …}, {A: …}]`: of two that speak in turn, the agent is who speaks more to the other, or the first.
fn turns(tree: &Tree, own: &HashMap<String, Key>) -> HashMap<String, Kind> {
    const LEAST: usize = 3;
    let mut found = HashMap::new();
    for items in tree.lists().filter(|items| items.len() >= LEAST) {
        let turn = |item: &Id| match tree.node(*item).data {
            Data::Map(ref pairs) if pairs.len() == 1 => Some((normalize(tree.value(pairs[0].0)), tree.value(pairs[0].1))),
            _ => None,
        };
        let Some(turns) = items.iter().map(turn).collect::<Option<Vec<_>>>() else { continue };
        let is_turn = |(word, words): &(String, &str)| {
            keys::lookup(word).is_none() && !own.contains_key(word) && keys::answer(word).is_none() && words.contains(' ')
        };
        let Some(second) = turns.iter().map(|turn| &turn.0).find(|word| **word != turns[0].0) else { continue };
        let first = &turns[0].0;
        if !turns.iter().all(|turn| is_turn(turn) && (turn.0 == *first || turn.0 == *second)) {
            continue;
        }
        // In thousandths, as shares are compared.
        let share = |word: &String| {
            let all: Vec<bool> = turns.iter().filter(|turn| turn.0 == *word).map(|turn| spoken::addresses(turn.1)).collect();
            all.iter().filter(|said| **said).count() * 1000 / all.len().max(1)
        };
        let (agent, customer) = if share(second) > share(first) { (second, first) } else { (first, second) };
        found.extend([(agent.clone(), Kind::Say), (customer.clone(), Kind::Hear)]);
    }
    found
}

/// All that stands under a key, where it is words: a scalar or a list of them, in which somebody could say something.
fn sentences(tree: &Tree, value: Id) -> Option<Vec<&str>> {
    const FEWEST_WORDS: usize = 3;
    let values = match &tree.node(value).data {
        Data::List(items) => items.iter().all(|&item| matches!(tree.node(item).data, Data::Scalar(_))).then(|| items.clone())?,
        Data::Scalar(_) => vec![value],
        _ => return None,
    };
    let words: Vec<&str> = values.into_iter().map(|value| tree.value(value)).collect();
    words.iter().any(|words| words.split_whitespace().count() >= FEWEST_WORDS).then_some(words)
}
