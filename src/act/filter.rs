//! Which patterns are worth trying on a sentence: those of which it has the rarest needed words.
//!
//! A need is a set of which each match has a word; up to [`SLOTS`] of each pattern are looked at here. A
//! kind of word meets some needs of some patterns: that is worked out when a line first has the word, and kept.

use super::program::{Program, SLOTS};
use super::vocabulary::WordId;

/// Words of a bit set, as their index and their bits, without the empty ones.
type Sparse = Box<[(u32, u64)]>;

/// Memory for one sentence at a time, used again for the next one.
#[derive(Debug, Default)]
pub struct Filter {
    /// Number of 64-bit words that hold a bit for each pattern.
    width: usize,
    /// By kind of word: the needs that it meets, slot after slot, each `width` long.
    rows: Vec<Option<Sparse>>,
    /// The slots in which patterns need nothing.
    free: Vec<u64>,
    met: Vec<u64>,
    /// The patterns all of whose needs are met, one bit each.
    pub candidates: Vec<u64>,
}

impl Filter {
    /// Works out the candidates of a sentence that has some kinds of words.
    pub fn load(&mut self, program: &Program, kinds: impl Iterator<Item = WordId>) {
        if self.rows.len() != program.vocabulary.len() {
            self.prepare(program);
        }
        self.met.copy_from_slice(&self.free);
        for kind in kinds {
            let Some(row) = self.rows.get_mut(kind as usize) else { continue };
            for &(index, bits) in row.get_or_insert_with(|| row_of(program, self.width, kind)).iter() {
                self.met[index as usize] |= bits;
            }
        }
        for (index, candidates) in self.candidates.iter_mut().enumerate() {
            *candidates = (0..SLOTS).fold(u64::MAX, |all, slot| all & self.met[slot * self.width + index]);
        }
    }

    fn prepare(&mut self, program: &Program) {
        self.width = program.patterns.len().div_ceil(64);
        self.rows = vec![None; program.vocabulary.len()];
        self.candidates = vec![0; self.width];
        self.met = vec![0; self.width * SLOTS];
        self.free = vec![0; self.width * SLOTS];
        for pattern in 0..program.patterns.len() {
            for slot in program.needs.get(pattern as u32).len()..SLOTS {
                self.free[slot * self.width + pattern / 64] |= 1 << (pattern % 64);
            }
        }
    }
}

fn row_of(program: &Program, width: usize, kind: WordId) -> Sparse {
    let mut row = vec![0; width * SLOTS];
    for &sense in program.vocabulary.senses(kind) {
        for &set in program.member_of.get(sense) {
            for &need in program.needed_by.get(set) {
                let (pattern, slot) = (need as usize / SLOTS, need as usize % SLOTS);
                row[slot * width + pattern / 64] |= 1 << (pattern % 64);
            }
        }
    }
    (0..).zip(row).filter(|(_, bits)| *bits != 0).collect()
}
