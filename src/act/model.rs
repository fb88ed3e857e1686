//! The trained tagger: acts of lines that no pattern foresees, and how sure it is of each.
//!
//! A linear model over words and pieces of words, one column of weights for each speaker and act.
//! `callint train` makes data/model from the labelled lines of data/acts. Acts that patterns heard are
//! no features: the model is asked only about lines in which they heard nothing.
//!
//! [`score`] is all that others see: a stronger model takes its place by the same signature.

pub mod feature;
pub mod folds;
pub mod like;
pub mod table;
pub mod train;

use super::Voice;
use crate::memo::Memo;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};
use table::{Column, Table};

/// How sure it has to be: shares of lines at this score or above that were right, on files that it was
/// not trained on. An act with a lower share is not heard at all.
pub const BARS: [f32; 3] = [0.70, 0.85, 0.95];

/// In thousandths of a margin, what a pattern's hearing is worth: a line below the first is little like those that do
/// the act, one below the second unlike all of them. Chosen on 24 faulty and 24 clean scripts that were written when
/// the patterns stood: -200 and -500 lost two right accusations in them, -550 and -1000 brought three wrong ones and no
/// right one.
const SURE: i32 = -400;
const DOUBT: i32 = -800;
/// The same of what a customer wants: of 32 wishes to leave that a script was accused for, the 19 right ones lay
/// above it, and most of the others below.
const WISH: i32 = -120;

/// Weights of all features, speaker after speaker: for each feature a byte that says how rare it is,
/// and a signed byte for each column of [`Table`].
static WEIGHTS: &[u8] = include_bytes!("../../data/model/weights.bin");

/// A line, as the model is given it.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    pub voice: Voice,
    pub text: &'a str,
}

/// An act that a line does, perhaps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    pub act: &'static str,
    /// One of [`BARS`]: at least so many of such lines do it.
    pub confidence: f32,
}

/// The acts of a part of one of some lines, which stand in their order. `part` is bytes of the line, whole sentences.
/// This model looks at nothing beside it.
pub fn score(lines: &[Line], at: usize, part: Range<usize>) -> Vec<Scored> {
    static KNOWN: LazyLock<[Memo<Vec<Scored>>; 4]> = LazyLock::new(Default::default);
    let Some(line) = lines.get(at) else { return Vec::new() };
    let Some(text) = line.text.get(part) else { return Vec::new() };
    KNOWN[line.voice as usize].get(text, || weigh(&Line { text, ..*line }))
}

/// How many of the lines that a pattern hears an act in, and that are as near to those which do it as this one, are
/// right: 1, one of [`BARS`], or 0 for too few. What the model does not know it does not doubt.
pub fn trust(line: &Line, act: &str) -> f32 {
    let (voice, sure, doubt) = match line.voice {
        Voice::Customer | Voice::Cue => (Voice::Customer, WISH, WISH),
        voice => (voice, SURE, DOUBT),
    };
    match margins(&Line { voice, ..*line }).into_iter().find(|(column, _)| column.act == act) {
        Some((_, margin)) if margin < doubt => 0.0,
        Some((_, margin)) if margin < sure => BARS[1],
        _ => 1.0,
    }
}

fn weigh(line: &Line) -> Vec<Scored> {
    let heard = margins(line).into_iter().filter_map(|(column, margin)| {
        let reached = column.bars.iter().rposition(|bar| bar.is_some_and(|bar| margin >= bar));
        Some(Scored { act: column.act, confidence: BARS[reached?] })
    });
    heard.collect()
}

/// How far a line is on the side of each act that the model knows of its speaker, in thousandths.
fn margins(line: &Line) -> Vec<(&'static Column, i32)> {
    let Some(speaker) = table().speaker(line.voice) else { return Vec::new() };
    let width = speaker.columns.len() + 1;
    let weights = &WEIGHTS[speaker.start..];
    let mut sums = vec![0_i32; width - 1];
    let mut rarity = 0;
    let words = feature::each(line.text, |feature| {
        let (rare, row) = (weights[feature * width], &weights[feature * width + 1..][..width - 1]);
        rarity += u32::from(rare);
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += i32::from(weight.cast_signed());
        }
    });
    if words < feature::LEAST_WORDS {
        return Vec::new();
    }
    speaker.columns.iter().zip(sums).map(|(column, sum)| (column, margin(sum, rarity, column.scale, column.bias))).collect()
}

/// How far a line is on the side of an act, in thousandths; only comparisons within a column mean
/// anything. `sum` adds up its weights, `rarity` the bytes that say how rare its features are.
fn margin(sum: i32, rarity: u32, scale: f32, bias: f32) -> i32 {
    let length = (rarity.max(1) as f32 / 255.0).sqrt();
    ((sum as f32 * scale / length + bias) * 1000.0) as i32
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::read(include_str!("../../data/model/acts.tsv"), WEIGHTS.len()))
}
