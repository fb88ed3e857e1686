//! Words: the same caring sentence in most of the scripts.

use super::{Context, Found, Place};
use crate::act::{Act, ActSet};
use crate::flow::NodeId;
use crate::flow::build::Heard;
use crate::property::repeat;
use crate::rule::Across;
use crate::source::{Source, Span};
use std::collections::{BTreeMap, HashMap};

/// One script is no habit
const FEWEST_SCRIPTS: usize = 2;
/// Other places of one finding that are pointed at.
const MOST_RELATED: usize = 4;

/// Whether more than such a part of all files, from 0 to 1, has one of these sentences: told from the text alone,
/// before there is a graph.
pub fn are_shared(sources: &[Source], acts: &[Heard], of: ActSet, ratio: f64) -> bool {
    let mut files: HashMap<u64, (usize, usize)> = HashMap::new();
    let enough = |count: usize| count >= FEWEST_SCRIPTS && count as f64 > ratio * sources.len() as f64;
    let does = |act: &&Act| of & (1 << act.id) != 0;
    let said = |file: usize| acts[file].iter().filter_map(move |((span, _), acts)| Some((*span, acts.iter().find(does)?)));
    let keys = |file: usize| {
        let line = move |span: Span| sources[file].text.get(span.start..span.end).unwrap_or("");
        said(file).flat_map(move |(span, act)| repeat::keys(&repeat::words(repeat::sentence(line(span), act))))
    };
    (0..acts.len()).any(|file| {
        keys(file).any(|key| {
            let (count, last) = files.entry(key).or_insert((0, usize::MAX));
            *count += usize::from(std::mem::replace(last, file) != file);
            enough(*count)
        })
    })
}

pub fn check(context: &Context, property: &Across) -> Vec<Found> {
    let of = context.set(&property.of);
    let ratio = property.ratio.as_ref().map_or(1.0, |ratio| context.number(ratio));
    let all = context.files.iter().filter(|&&file| context.scripts[file].is_some()).count();
    let mut found = Vec::new();
    for lines in repeat::said(context, of) {
        let mut firsts: BTreeMap<usize, NodeId> = BTreeMap::new();
        for &line in &lines {
            firsts.entry(context.node(line).file).or_insert(line);
        }
        if firsts.len() < FEWEST_SCRIPTS || firsts.len() as f64 <= ratio * all as f64 {
            continue;
        }
        let firsts: Vec<NodeId> = firsts.into_values().collect();
        let mut one = Found { place: Place::Node(firsts[0], of), ..Found::default() };
        one.related = firsts.iter().skip(1).take(MOST_RELATED).map(|&line| (line, "said here, too".to_string())).collect();
        one.values.insert("count", firsts.len().to_string());
        one.values.insert("of", all.to_string());
        found.push(one);
    }
    found
}
