//! From labelled lines to the model: what each act would get right in files that it was not trained on,
//! from which margin on it is sure enough, and the weights of those that ever are.

use super::feature::{self, LEAST_WORDS};
use super::table::{self, Row, SPEAKERS};
use super::train::{self, Features, Weights};
use super::{BARS, Voice};
use crate::act::Ear;
use crate::act::eval;
use rayon::prelude::*;

/// Fewer labelled lines teach nothing.
const LEAST_LINES: usize = 60;
/// An act is off unless the folds get at least so many lines right at the first bar.
const LEAST_RIGHT: f64 = 4.0;
/// What a line counts in which patterns hear something, against one that they leave open and the model
/// is asked about. They have read these files: a quarter of what they hear here, they hear only by
/// patterns that no other file needs.
const TAGGED: f64 = 0.25;
/// What a line counts that does not do the act: the files that were written to have enough of each act
/// hold half as many lines without any as plain calls do.
const OTHER: f64 = 2.0;

/// The labelled lines of one file.
pub struct File {
    /// Without its ending.
    pub name: String,
    pub rows: Vec<eval::Row>,
}

/// The two files of a model.
pub struct Model {
    pub weights: Vec<u8>,
    pub table: String,
}

/// A line, ready to learn from.
struct Sample<'a> {
    file: &'a str,
    acts: &'a [String],
    features: Features,
    words: usize,
    is_open: bool,
}

/// What a fold said of a line: its margin, whether it does the act, and what it counts.
type Held = (i32, bool, f64);

/// The hash of the files' texts, in the order of their names: FNV-1a in 64 bits.
pub fn hash(texts: &[String]) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    texts.iter().flat_map(|text| text.bytes()).fold(0xcbf2_9ce4_8422_2325, step)
}

/// Trains on files, in the order of their names. `lines` is the hash of their text.
pub fn train(files: &[File], ear: &Ear, lines: u64) -> Model {
    let mut model = Model { weights: Vec::new(), table: String::new() };
    let mut rows = Vec::new();
    for (name, voice) in SPEAKERS {
        let samples = samples(files, ear, voice);
        let rarity = train::rarity(samples.iter().map(|sample| &sample.features));
        let mut acts: Vec<&String> = samples.iter().flat_map(|sample| sample.acts).collect();
        acts.sort_unstable();
        acts.dedup();
        acts.retain(|act| samples.iter().filter(|sample| sample.acts.contains(act)).count() >= LEAST_LINES);
        let learned: Vec<(Row, Weights)> = acts.par_iter().map(|act| learn(name, act, &samples, &rarity)).collect();
        let on: Vec<&Weights> = learned.iter().filter(|(row, _)| row.bars[0].is_some()).map(|(_, weights)| weights).collect();
        for (feature, &rare) in rarity.iter().enumerate().filter(|_| !on.is_empty()) {
            model.weights.push(rare);
            model.weights.extend(on.iter().map(|weights| weights.bytes[feature].cast_unsigned()));
        }
        rows.extend(learned.into_iter().map(|(row, _)| row));
    }
    model.table = table::write(&rows, lines);
    model
}

fn samples<'a>(files: &'a [File], ear: &Ear, voice: Voice) -> Vec<Sample<'a>> {
    let rows = files.iter().flat_map(|file| file.rows.iter().map(move |row| (file, row)));
    let sample = |(file, row): (&'a File, &'a eval::Row)| Sample {
        file: &file.name,
        acts: &row.acts,
        features: train::features(&row.text),
        words: feature::each(&row.text, |_| ()),
        is_open: ear.listed(voice, &row.text).is_empty(),
    };
    rows.filter(|(_, row)| row.voice() == voice).map(sample).collect()
}

/// The weights of an act.
fn weights(act: &str, samples: &[&Sample], rarity: &[u8]) -> Weights {
    let lines: Vec<(&Features, bool)> = samples.iter().map(|sample| (&sample.features, does(sample, act))).collect();
    train::learn(&lines, rarity)
}

fn does(sample: &Sample, act: &str) -> bool {
    sample.acts.iter().any(|of| of == act)
}

fn learn(speaker: &'static str, act: &str, samples: &[Sample], rarity: &[u8]) -> (Row, Weights) {
    let mut held: Vec<Held> = Vec::new();
    let mut files: Vec<&str> = samples.iter().map(|sample| sample.file).collect();
    files.dedup();
    for left_out in files {
        let others: Vec<&Sample> = samples.iter().filter(|sample| sample.file != left_out).collect();
        let rarity = train::rarity(others.iter().map(|sample| &sample.features));
        let weights = weights(act, &others, &rarity);
        let is_asked = |sample: &&Sample| sample.file == left_out && sample.words >= LEAST_WORDS;
        let judge = |sample: &Sample| {
            let counts = if sample.is_open { 1.0 } else { TAGGED } * if does(sample, act) { 1.0 } else { OTHER };
            (weights.margin(&sample.features, &rarity), does(sample, act), counts)
        };
        held.extend(samples.iter().filter(is_asked).map(judge));
    }
    held.sort_by_key(|&(margin, is_act, _)| std::cmp::Reverse((margin, is_act)));
    let mut bars = bars(&held);
    let reached = held.iter().take_while(|held| bars[0].is_some_and(|bar| held.0 >= bar));
    let (right, wrong) =
        reached.fold((0.0, 0.0), |(right, wrong), held| if held.1 { (right + held.2, wrong) } else { (right, wrong + held.2) });
    if right < LEAST_RIGHT {
        bars = [None; BARS.len()];
    }
    let weights = weights(act, &samples.iter().collect::<Vec<_>>(), rarity);
    let row = Row {
        speaker,
        act: act.to_string(),
        lines: samples.iter().filter(|sample| does(sample, act)).count(),
        right,
        wrong,
        bars,
        scale: weights.scale,
        bias: weights.bias,
    };
    (row, weights)
}

/// The least margin for each of [`BARS`]. `held` is sorted, the highest margin first.
///
/// Isotonic regression: runs of lines are joined until their shares of right lines fall with the
/// margin. A bar holds down to the last run that has its share by itself, and together with those above it,
/// to which one wrong line is added: few lines prove little.
fn bars(held: &[Held]) -> [Option<i32>; BARS.len()] {
    // Least margin, right lines, all lines.
    let mut runs: Vec<(i32, f64, f64)> = Vec::new();
    for &(margin, is_act, counts) in held {
        runs.push((margin, if is_act { counts } else { 0.0 }, counts));
        while let [.., above, last] = &runs[..]
            && above.1 * last.2 <= last.1 * above.2
        {
            let joined = (last.0, above.1 + last.1, above.2 + last.2);
            runs.truncate(runs.len() - 2);
            runs.push(joined);
        }
    }
    BARS.map(|bar| {
        let bar = f64::from(bar);
        let (mut right, mut all, mut least) = (0.0, 1.0, None);
        for run in runs.iter().take_while(|run| run.1 >= bar * run.2) {
            right += run.1;
            all += run.2;
            if right >= bar * all {
                least = Some(run.0);
            }
        }
        least
    })
}
