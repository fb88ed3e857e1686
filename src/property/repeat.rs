//! bounded existence of the same sentence: no walk has it more than so often.

use super::{Context, Found, Place};
use crate::act::{Act, ActSet};
use crate::flow::{NodeId, walk};
use crate::rule::BoundedExistence;
use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

/// Shorter ones (“I'm sorry.”) are said again by anybody.
const FEWEST_WORDS: usize = 5;
/// From so many words on, one may be another: nine of ten are the same.
const LONG: usize = 10;
/// In words; what is longer is the same only word for word.
const MOST_COMPARED: usize = 40;
/// Lines of one sentence that are looked at.
const MOST_LINES: usize = 20;
/// Sentences that are said more than once and looked at; each takes a look at the whole graph.
const MOST_SENTENCES: usize = 100;

pub fn check(context: &Context, property: &BoundedExistence) -> Vec<Found> {
    let (of, max) = (context.set(&property.of), context.limit(&property.max));
    let mut said: Vec<Vec<NodeId>> = said(context, of).into_iter().filter(|lines| lines.len() > max).collect();
    said.iter_mut().for_each(|lines| lines.truncate(MOST_LINES));
    said.sort_unstable();
    if said.len() > MOST_SENTENCES {
        context.graph.cut();
    }
    let mut found: Vec<Found> = said.iter().take(MOST_SENTENCES).filter_map(|lines| repeated(context, of, max, lines)).collect();
    found.sort_by_key(|one| one.walk.last().copied());
    found
}

/// Where each sentence that does one of these is said, in the order of the script. What differs in one word of ten
/// or more is the same sentence.
pub(super) fn said(context: &Context, of: ActSet) -> Vec<Vec<NodeId>> {
    let mut said: Vec<Vec<NodeId>> = Vec::new();
    let mut places: HashMap<u64, usize> = HashMap::new();
    let mut spots = HashSet::new();
    for (id, node) in context.graph.nodes.iter().enumerate().filter(|(id, node)| context.reached[*id] && node.is_spoken()) {
        let Some(act) = node.acts.iter().find(|act| of & (1 << act.id) != 0) else { continue };
        let text = node.text.map_or("", |text| text.value.as_str());
        let keys = keys(&words(sentence(text, act)));
        if keys.is_empty() || !spots.insert(context.spot(id)) {
            continue;
        }
        let place = keys.iter().find_map(|key| places.get(key).copied()).unwrap_or(said.len());
        places.extend(keys.into_iter().map(|key| (key, place)));
        match said.get_mut(place) {
            Some(lines) => lines.push(id),
            None => said.push(vec![id]),
        }
    }
    said
}

/// The words of a sentence in small letters, without signs.
pub(super) fn words(sentence: &str) -> Vec<String> {
    sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// What sentences have in common that are the same, as numbers: all words, or all but one in its place. None for
/// a short one.
pub(super) fn keys(words: &[String]) -> Vec<u64> {
    /// Odd, so that no bit of a word is lost.
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    /// Stands in the place of the word that may be another.
    const ANY: u64 = 0x2545_f491_4f6c_dd1d;
    if words.len() < FEWEST_WORDS {
        return Vec::new();
    }
    let hasher = FixedState::default();
    let mut step = 1u64;
    let mut place = |word: &String| {
        step = step.wrapping_mul(STEP);
        (hasher.hash_one(word).wrapping_mul(step), ANY.wrapping_mul(step))
    };
    let parts: Vec<(u64, u64)> = words.iter().map(&mut place).collect();
    let all = parts.iter().fold(words.len() as u64, |sum, (word, _)| sum.wrapping_add(*word));
    let is_long = (LONG..=MOST_COMPARED).contains(&words.len());
    let without = parts.iter().filter(|_| is_long).map(|(word, any)| all.wrapping_sub(*word).wrapping_add(*any));
    std::iter::once(all).chain(without).collect()
}

/// A finding at the first line that is one too many on some walk.
fn repeated(context: &Context, of: ActSet, max: usize, lines: &[NodeId]) -> Option<Found> {
    let circles = context.circles();
    let mut chain: Vec<NodeId> = Vec::new();
    // All that can be come to from the last of the chain.
    let mut after: Option<Vec<bool>> = None;
    for &line in lines {
        let leads = |&last: &NodeId| {
            circles[last] == circles[line] || after.get_or_insert_with(|| walk::reach(context.graph, &[last], |_| false))[line]
        };
        if chain.last().is_none_or(leads) {
            // Within a circle the same can be come to from everywhere.
            after = after.filter(|_| chain.last().is_some_and(|&last| circles[last] == circles[line]));
            chain.push(line);
        }
    }
    let line = *chain.get(max)?;
    let mut found = Found { place: Place::Node(line, of), walk: chain[..=max].to_vec(), ..Found::default() };
    found.related = chain[..max].iter().map(|&before| (before, "said here already".to_string())).collect();
    found.values.insert("count", chain.len().to_string());
    Some(found)
}

/// The sentence of a line in which an act was heard.
pub(super) fn sentence<'a>(line: &'a str, act: &Act) -> &'a str {
    let ends = |c: char| matches!(c, '.' | '!' | '?');
    let start = line.get(..act.range.start).and_then(|before| before.rfind(ends)).map_or(0, |at| at + 1);
    let end = line.get(act.range.end..).and_then(|after| after.find(ends)).map_or(line.len(), |at| act.range.end + at);
    line.get(start..end).unwrap_or(line)
}
