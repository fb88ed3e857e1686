//! Compiled patterns, as plain numbers: the build script writes them, a run of callint only copies them.

use super::lists::{Lists, packed};
use super::pattern::Joint;
use super::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};

/// A pattern's place in the order in which patterns were added.
pub type PatternId = usize;

/// A step of a compiled pattern. Sequences, groups and sets are places in [`Program`]'s lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// One word out of a set.
    Set(u32),
    /// One of several sequences.
    Group(u32),
    /// A sequence or nothing.
    Optional(u32),
    /// At least and at most so many words.
    Gap(u32, u32),
    Start,
    End,
    Question,
}

const SHIFT: u32 = 3;

impl Op {
    pub fn pack(self) -> u32 {
        match self {
            Op::Set(set) => set << SHIFT,
            Op::Group(group) => group << SHIFT | 1,
            Op::Optional(sequence) => sequence << SHIFT | 2,
            Op::Gap(least, most) => (least << 8 | most) << SHIFT | 3,
            Op::Start => 4,
            Op::End => 5,
            Op::Question => 6,
        }
    }

    pub fn unpack(packed: u32) -> Op {
        let place = packed >> SHIFT;
        match packed & 7 {
            0 => Op::Set(place),
            1 => Op::Group(place),
            2 => Op::Optional(place),
            3 => Op::Gap(place >> 8, place & 255),
            4 => Op::Start,
            5 => Op::End,
            _ => Op::Question,
        }
    }
}

/// One part of a pattern, as in `sorry &! refund`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    pub joint: Joint,
    /// No match of it is empty.
    pub has_words: bool,
    pub sequence: u32,
}

impl Clause {
    pub fn pack(self) -> u32 {
        let joint = match self.joint {
            Joint::First => 0,
            Joint::And => 1,
            Joint::Without => 2,
            Joint::Next => 3,
        };
        self.sequence << SHIFT | u32::from(self.has_words) << 2 | joint
    }

    pub fn unpack(packed: u32) -> Clause {
        let joint = match packed & 3 {
            0 => Joint::First,
            1 => Joint::And,
            2 => Joint::Without,
            _ => Joint::Next,
        };
        Clause { joint, has_words: packed & 4 != 0, sequence: packed >> SHIFT }
    }
}

/// All patterns, ready to run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Program {
    pub vocabulary: Vocabulary,
    /// Sorted words.
    pub sets: Lists,
    /// Packed [`Op`]s.
    pub sequences: Lists,
    /// Sequences, of which the first that goes on to a match is taken.
    pub groups: Lists,
    /// For each group the set of words that it may begin with, or [`NO_SET`].
    #[serde(with = "packed")]
    pub firsts: Vec<u32>,
    /// Packed [`Clause`]s of each pattern.
    pub patterns: Lists,
    /// For each pattern the sets of which the sentence must have a word, the rarest first.
    pub needs: Lists,
    /// For each set the patterns whose first [`SLOTS`] needs it is one of, as pattern times [`SLOTS`] plus
    /// number of the need.
    pub needed_by: Lists,
    /// For each word the needed sets that it is in.
    pub member_of: Lists,
}

/// How many needs of a pattern are looked up by the words of a sentence; the others are so common that
/// it is cheaper to look them up by the pattern.
pub const SLOTS: usize = 2;

/// Nothing is known about the words that a group may begin with.
pub const NO_SET: u32 = u32::MAX;

impl Program {
    pub fn ops(&self, sequence: u32) -> impl Iterator<Item = Op> {
        self.sequences.get(sequence).iter().map(|&packed| Op::unpack(packed))
    }

    pub fn clauses(&self, pattern: PatternId) -> impl Iterator<Item = Clause> {
        self.patterns.get(pattern as u32).iter().map(|&packed| Clause::unpack(packed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_loses_nothing() {
        for op in [Op::Set(70_000), Op::Group(9), Op::Optional(3), Op::Gap(2, 99), Op::Start, Op::End, Op::Question] {
            assert_eq!(Op::unpack(op.pack()), op);
        }
        for joint in [Joint::First, Joint::And, Joint::Without, Joint::Next] {
            let clause = Clause { joint, has_words: joint == Joint::And, sequence: 70_001 };
            assert_eq!(Clause::unpack(clause.pack()), clause);
        }
    }
}
