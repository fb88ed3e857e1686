//! bounded existence of the same sentence: no walk has it more than so often.

use super::{Context, Found, Place};
use crate::act::{Act, ActSet};
use crate::flow::{NodeId, walk};
use crate::rule::BoundedExistence;
use std::collections::BTreeMap;

/// Shorter ones (“I'm sorry.”) are said again by anybody.
const FEWEST_WORDS: usize = 5;
/// Lines of one sentence that are looked at.
const MOST_LINES: usize = 20;
/// Sentences that are said more than once and looked at; each takes a look at the whole graph.
const MOST_SENTENCES: usize = 100;

pub fn check(context: &Context, property: &BoundedExistence) -> Vec<Found> {
    let (of, max) = (context.set(&property.of), context.limit(&property.max));
    let mut said: Vec<Vec<NodeId>> = said(context, of).into_values().filter(|lines| lines.len() > max).collect();
    said.sort_unstable();
    context.graph.is_cut.set(context.graph.is_cut.get() || said.len() > MOST_SENTENCES);
    let mut found: Vec<Found> = said.iter().take(MOST_SENTENCES).filter_map(|lines| repeated(context, of, max, lines)).collect();
    found.sort_by_key(|one| one.walk.last().copied());
    found
}

/// The sentences that do one of these, in small letters without signs, with where they are said.
fn said(context: &Context, of: ActSet) -> BTreeMap<String, Vec<NodeId>> {
    let mut said: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
    for (id, node) in context.graph.nodes.iter().enumerate().filter(|(id, node)| context.reached[*id] && node.is_spoken()) {
        let Some(act) = node.acts.iter().find(|act| of & (1 << act.id) != 0) else { continue };
        let sentence = sentence(context, id, act).to_lowercase();
        let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let lines = said.entry(words.join(" ")).or_default();
        let is_new = lines.iter().all(|&line| context.spot(line) != context.spot(id));
        if words.len() >= FEWEST_WORDS && is_new && lines.len() < MOST_LINES {
            lines.push(id);
        }
    }
    said
}

/// A finding at the first line that is one too many on some walk.
fn repeated(context: &Context, of: ActSet, max: usize, lines: &[NodeId]) -> Option<Found> {
    let mut chain: Vec<NodeId> = Vec::new();
    for &line in lines {
        if chain.last().is_none_or(|&last| walk::reach(context.graph, &[last], |_| false)[line]) {
            chain.push(line);
        }
    }
    let line = *chain.get(max)?;
    let mut found = Found { place: Place::Node(line, of), walk: chain[..=max].to_vec(), ..Found::default() };
    found.related = chain[..max].iter().map(|&before| (before, "said here already".to_string())).collect();
    found.values.insert("count", chain.len().to_string());
    Some(found)
}

/// The sentence in which an act was heard.
fn sentence<'a>(context: &'a Context, id: NodeId, act: &Act) -> &'a str {
    let text = context.node(id).text.map_or("", |text| text.value.as_str());
    let ends = |c: char| matches!(c, '.' | '!' | '?');
    let start = text.get(..act.range.start).and_then(|before| before.rfind(ends)).map_or(0, |at| at + 1);
    let end = text.get(act.range.end..).and_then(|after| after.find(ends)).map_or(text.len(), |at| act.range.end + at);
    text.get(start..end).unwrap_or(text)
}
