//! How weights are learned: one support vector machine for each act, by dual coordinate descent
//! (Hsieh et al. 2008, the squared hinge loss of LIBLINEAR). Learning is forty lines; the crates that
//! do it bring matrices and number types for much more than that.
//!
//! Every sum is in a fixed order, and nothing but the basic operations and square roots is used, which
//! are exact everywhere: the same lines give the same bytes on every machine.

use super::feature::{self, FEATURES};
use super::margin;

/// How much a mistake costs against the length of the weights; that of a missed line is `MISSED` times it.
/// Both, and the number of rounds, were chosen on the folds.
const COST: f64 = 1.0;
const MISSED: f64 = 4.0;
const ROUNDS: usize = 6;

/// What the model sees of a line, each feature as often as it is there.
pub type Features = Vec<u16>;

/// The features of a text.
pub fn features(text: &str) -> Features {
    let mut features = Vec::new();
    feature::each(text, |feature| features.push(feature as u16));
    features
}

/// How rare each feature is in some lines: 255 for one that is there once, less with the square root of
/// the number of lines, 0 for one that is never there.
pub fn rarity<'a>(lines: impl Iterator<Item = &'a Features>) -> Vec<u8> {
    let mut lines_with = vec![0_u32; FEATURES];
    for line in lines {
        let mut once = line.clone();
        once.sort_unstable();
        once.dedup();
        once.iter().for_each(|&feature| lines_with[usize::from(feature)] += 1);
    }
    let rare = |&lines: &u32| if lines == 0 { 0.0 } else { (255.0 / (lines as f32).sqrt()).round().max(1.0) };
    lines_with.iter().map(|lines| rare(lines) as u8).collect()
}

/// The weights of one act, as they are stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    pub bytes: Vec<i8>,
    pub scale: f32,
    pub bias: f32,
}

impl Weights {
    /// How far a line is on the side of the act, in thousandths; the same number as when the model is used.
    pub fn margin(&self, features: &Features, rarity: &[u8]) -> i32 {
        let sum = features.iter().map(|&feature| i32::from(self.bytes[usize::from(feature)])).sum();
        let rare = features.iter().map(|&feature| u32::from(rarity[usize::from(feature)])).sum();
        margin(sum, rare, self.scale, self.bias)
    }
}

/// Learns an act from lines, and for each whether it does the act.
pub fn learn(lines: &[(&Features, bool)], rarity: &[u8]) -> Weights {
    let factors: Vec<f32> = rarity.iter().map(|&rare| (f32::from(rare) / 255.0).sqrt()).collect();
    let mut weights = vec![0.0_f32; FEATURES];
    let mut bias = 0.0_f64;
    let mut duals = vec![0.0_f64; lines.len()];
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let mut seed = 7;
    for _ in 0..ROUNDS {
        shuffle(&mut order, &mut seed);
        for &at in &order {
            let (features, is_act) = lines[at];
            let rare: u32 = features.iter().map(|&feature| u32::from(rarity[usize::from(feature)])).sum();
            let length = (f64::from(rare.max(1)) / 255.0).sqrt();
            let sum: f32 = features.iter().map(|&feature| weights[usize::from(feature)] * factors[usize::from(feature)]).sum();
            let sign = if is_act { 1.0 } else { -1.0 };
            let damping = 0.5 / if is_act { COST * MISSED } else { COST };
            let slope = sign * (f64::from(sum) / length + bias) - 1.0 + damping * duals[at];
            let dual = (duals[at] - slope / (2.0 + damping)).max(0.0);
            let step = (dual - duals[at]) * sign;
            duals[at] = dual;
            bias += step;
            let step = (step / length) as f32;
            features.iter().for_each(|&feature| weights[usize::from(feature)] += step * factors[usize::from(feature)]);
        }
    }
    stored(weights.iter().zip(&factors).map(|(weight, factor)| weight * factor).collect(), bias as f32)
}

fn stored(weights: Vec<f32>, bias: f32) -> Weights {
    let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
    Weights { bytes: weights.iter().map(|weight| (weight / scale).round() as i8).collect(), scale, bias }
}

/// Fisher and Yates, with the numbers of Knuth's generator.
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for last in (1..order.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(last, (*seed >> 33) as usize % (last + 1));
    }
}
