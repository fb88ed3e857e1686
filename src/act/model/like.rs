//! The labelled line that a line reads most like: why the model heard an act, in words. Worked out only
//! where it is shown.

use super::table::SPEAKERS;
use super::train::{self, Features};
use super::{Line, WEIGHTS, table};
use crate::act::Voice;
use crate::embedded::EXAMPLES;
use crate::memo::Memo;
use std::cmp::Ordering;
use std::sync::{Arc, LazyLock};

/// The labelled lines of one act, by what they are made of.
struct Index {
    texts: Vec<&'static str>,
    /// How much all features of each line count; 1 at least.
    weights: Vec<u64>,
    /// Feature, line, and how often it is there; sorted.
    places: Vec<(u16, u32, u32)>,
}

/// The nearest of the labelled lines of an act, which the same speaker says; none for an act that the
/// model does not know. The first of several that are equally near.
pub fn nearest(line: &Line, act: &str) -> Option<&'static str> {
    static KNOWN: LazyLock<Memo<Arc<Index>>> = LazyLock::new(Memo::default);
    let (name, _) = SPEAKERS.iter().find(|(_, voice)| *voice == line.voice)?;
    let rare = rarity(line.voice)?;
    // Made when an act is first asked for: most are never.
    let rows = format!("{name}\t{act}\t");
    let index = KNOWN.get(&rows, || Arc::new(Index::new(&rows, &rare)));
    let mut shared = vec![0_u64; index.texts.len()];
    for (feature, count) in counted(line.text) {
        let first = index.places.partition_point(|place| place.0 < feature);
        for &(_, text, theirs) in index.places[first..].iter().take_while(|place| place.0 == feature) {
            shared[text as usize] += rare(feature) * u64::from(count.min(theirs));
        }
    }
    // The cosine of two lines; the length of ours is the same for all.
    let near = (0..index.texts.len()).map(|at| (at, shared[at], index.weights[at]));
    let best = near.reduce(|best, next| match (next.1 * next.1 * best.2).cmp(&(best.1 * best.1 * next.2)) {
        Ordering::Greater => next,
        _ => best,
    });
    best.map(|(at, ..)| index.texts[at])
}

impl Index {
    /// Of the labelled lines whose rows begin with some words.
    fn new(start: &str, rare: &impl Fn(u16) -> u64) -> Index {
        let mut index = Index { texts: Vec::new(), weights: Vec::new(), places: Vec::new() };
        for text in EXAMPLES.lines().filter_map(|row| row.strip_prefix(start)) {
            let features = counted(text);
            let at = index.texts.len() as u32;
            index.texts.push(text);
            index.weights.push(features.iter().map(|&(feature, count)| rare(feature) * u64::from(count)).sum::<u64>().max(1));
            index.places.extend(features.into_iter().map(|(feature, count)| (feature, at, count)));
        }
        index.places.sort_unstable();
        index
    }
}

/// How much each feature counts for a speaker.
fn rarity(voice: Voice) -> Option<impl Fn(u16) -> u64 + use<>> {
    let speaker = table().speaker(voice)?;
    let (start, width) = (speaker.start, speaker.columns.len() + 1);
    Some(move |feature| u64::from(WEIGHTS[start + usize::from(feature) * width]))
}

/// The features of a text, sorted, and how often each is there.
fn counted(text: &str) -> Vec<(u16, u32)> {
    let mut features: Features = train::features(text);
    features.sort_unstable();
    features.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}
