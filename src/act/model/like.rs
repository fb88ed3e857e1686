//! The labelled line that a line reads most like: why the model heard an act, in words. Worked out only
//! where it is shown.

use super::table::SPEAKERS;
use super::train::{self, Features};
use super::{Line, WEIGHTS, table};
use crate::embedded::EXAMPLES;
use std::cmp::Ordering;

/// The nearest of the labelled lines of an act, which the same speaker says; none for an act that the
/// model does not know. The first of several that are equally near.
pub fn nearest(line: &Line, act: &str) -> Option<&'static str> {
    let (name, _) = SPEAKERS.iter().find(|(_, voice)| *voice == line.voice)?;
    let rare = rarity(line)?;
    let ours = sorted(line.text);
    let rows = EXAMPLES.lines().filter_map(|row| row.strip_prefix(name)?.strip_prefix('\t')?.strip_prefix(act)?.strip_prefix('\t'));
    let near = rows.map(|text| {
        let theirs = sorted(text);
        (text, shared(&ours, &theirs, &rare), theirs.iter().map(|&feature| rare(feature)).sum::<u64>().max(1))
    });
    // The cosine of two lines; the length of ours is the same for all.
    near.reduce(|best, next| match (next.1 * next.1 * best.2).cmp(&(best.1 * best.1 * next.2)) {
        Ordering::Greater => next,
        _ => best,
    })
    .map(|(text, ..)| text)
}

/// How much each feature counts for a speaker.
fn rarity(line: &Line) -> Option<impl Fn(u16) -> u64 + use<>> {
    let speaker = table().speaker(line.voice)?;
    let (start, width) = (speaker.start, speaker.columns.len() + 1);
    Some(move |feature| u64::from(WEIGHTS[start + usize::from(feature) * width]))
}

fn sorted(text: &str) -> Features {
    let mut features = train::features(text);
    features.sort_unstable();
    features
}

/// What two sorted lines have in common.
fn shared(ours: &[u16], theirs: &[u16], rare: &impl Fn(u16) -> u64) -> u64 {
    let (mut at, mut sum) = (0, 0);
    for &feature in ours {
        while theirs.get(at).is_some_and(|&other| other < feature) {
            at += 1;
        }
        if theirs.get(at) == Some(&feature) {
            sum += rare(feature);
            at += 1;
        }
    }
    sum
}
