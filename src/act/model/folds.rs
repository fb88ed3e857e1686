//! From labelled lines to the model: what each act would get right in files that it was not trained on,
//! from which margin on it is sure enough, and the weights of those that ever are.

use super::feature::{self, LEAST_WORDS};
use super::table::{self, Row, SPEAKERS};
use super::train::{self, Features, Weights};
use super::{BARS, Voice};
use crate::act::eval;
use rayon::prelude::*;

/// Fewer labelled lines teach nothing.
const LEAST_LINES: usize = 60;
/// An act is off unless the folds get at least so many lines right at the first bar.
const LEAST_RIGHT: usize = 4;
/// What a line counts that does not do the act: the files that were written to have enough of each act
/// hold half as many lines without any as plain calls do. Lines count alike whether patterns hear
/// something in them or not: patterns have read these files, and of a file that they have not read they
/// leave open much of what they hear here.
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
}

/// What a fold said of a line: its margin, and whether it does the act.
type Held = (i32, bool);

/// The least margin for each of [`BARS`].
type Bars = [Option<i32>; BARS.len()];

/// The hash of the files' texts, in the order of their names: FNV-1a in 64 bits.
pub fn hash(texts: &[String]) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    texts.iter().flat_map(|text| text.bytes()).fold(0xcbf2_9ce4_8422_2325, step)
}

/// Trains on files, in the order of their names. `lines` is the hash of their text.
pub fn train(files: &[File], lines: u64) -> Model {
    let mut model = Model { weights: Vec::new(), table: String::new() };
    let mut rows = Vec::new();
    for (name, voice) in SPEAKERS {
        let samples = samples(files, voice);
        let rarity = train::rarity(samples.iter().map(|sample| &sample.features));
        let mut acts: Vec<&String> = samples.iter().flat_map(|sample| sample.acts).collect();
        acts.sort_unstable();
        acts.dedup();
        acts.retain(|act| samples.iter().filter(|sample| sample.acts.contains(act)).count() >= LEAST_LINES);
        let mut held: Vec<Vec<Held>> = acts.par_iter().map(|act| hold(act, &samples)).collect();
        let floor = bars(&mut held.concat());
        let learn = |(act, held): (&&String, &mut Vec<Held>)| {
            let weights = weights(act, &samples.iter().collect::<Vec<_>>(), &rarity);
            (row(name, act, &samples, held, floor, &weights), weights)
        };
        let learned: Vec<(Row, Weights)> = acts.par_iter().zip(&mut held).map(learn).collect();
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

fn samples<'a>(files: &'a [File], voice: Voice) -> Vec<Sample<'a>> {
    let sample = |file: &'a File, row: &'a eval::Row| Sample {
        file: &file.name,
        acts: &row.acts,
        features: train::features(&row.text),
        words: feature::each(&row.text, |_| ()),
    };
    let of = |file: &'a File| file.rows.iter().filter(move |row| row.voice() == voice).map(move |row| sample(file, row));
    files.iter().flat_map(of).collect()
}

/// The weights of an act.
fn weights(act: &str, samples: &[&Sample], rarity: &[u8]) -> Weights {
    let lines: Vec<(&Features, bool)> = samples.iter().map(|sample| (&sample.features, does(sample, act))).collect();
    train::learn(&lines, rarity)
}

fn does(sample: &Sample, act: &str) -> bool {
    sample.acts.iter().any(|of| of == act)
}

/// What each fold says of the lines of the file that it was not trained on.
fn hold(act: &str, samples: &[Sample]) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    let mut files: Vec<&str> = samples.iter().map(|sample| sample.file).collect();
    files.dedup();
    for left_out in files {
        let others: Vec<&Sample> = samples.iter().filter(|sample| sample.file != left_out).collect();
        let rarity = train::rarity(others.iter().map(|sample| &sample.features));
        let weights = weights(act, &others, &rarity);
        let is_asked = |sample: &&Sample| sample.file == left_out && sample.words >= LEAST_WORDS;
        held.extend(samples.iter().filter(is_asked).map(|sample| (weights.margin(&sample.features, &rarity), does(sample, act))));
    }
    held
}

/// What the table says of an act. `floor` are the bars of all acts of the speaker together: no act has lower ones,
/// as few lines prove little.
fn row(speaker: &'static str, act: &str, samples: &[Sample], held: &mut [Held], floor: Bars, weights: &Weights) -> Row {
    let mut bars = bars(held);
    for (bar, floor) in bars.iter_mut().zip(floor) {
        *bar = bar.zip(floor).map(|(bar, floor)| bar.max(floor));
    }
    let reached = |is_act| held.iter().filter(|held| held.1 == is_act && bars[0].is_some_and(|bar| held.0 >= bar)).count();
    let (right, wrong) = (reached(true), reached(false));
    if right < LEAST_RIGHT {
        bars = Bars::default();
    }
    let lines = samples.iter().filter(|sample| does(sample, act)).count();
    Row { speaker, act: act.to_string(), lines, right, wrong, bars, scale: weights.scale, bias: weights.bias }
}

/// The least margin for each of [`BARS`], at and above which so large a share of lines is right if one wrong
/// line is added to them. Sorts the lines, the highest margin first.
fn bars(held: &mut [Held]) -> Bars {
    held.sort_unstable_by_key(|&(margin, is_act)| std::cmp::Reverse((margin, is_act)));
    BARS.map(|bar| {
        let (mut right, mut all, mut least) = (0.0, 1.0, None);
        for &(margin, is_act) in &*held {
            right += f64::from(u8::from(is_act));
            all += if is_act { 1.0 } else { OTHER };
            if right >= f64::from(bar) * all {
                least = Some(margin);
            }
        }
        least
    })
}
