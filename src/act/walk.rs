//! One pattern in one sentence, step by step: which words it takes.
//!
//! Exact, and slow where a pattern has many ways to go on: [`super::scan`] says beforehand where it is
//! worth the effort.

use super::program::{Op, Program};
use super::token::{Sentence, Words};

/// Follows ops from a token on. Recursion is as deep as the pattern is long.
pub struct Walk<'a> {
    pub program: &'a Program,
    pub words: &'a Words,
    pub sentence: &'a Sentence,
}

/// What comes after the ops at hand.
struct Rest<'a> {
    ops: &'a [u32],
    next: Option<&'a Rest<'a>>,
}

impl Walk<'_> {
    /// The first way that a sequence goes on from a token: the token after it. None for an empty way.
    pub fn from(&self, sequence: u32, start: usize) -> Option<usize> {
        self.step(self.program.sequences.get(sequence), None, start).filter(|&end| end > start)
    }

    /// Whether a sequence matches anywhere.
    pub fn anywhere(&self, sequence: u32) -> bool {
        self.sentence.tokens.clone().any(|start| self.from(sequence, start).is_some())
    }

    fn step(&self, ops: &[u32], rest: Option<&Rest>, at: usize) -> Option<usize> {
        let Some((op, after)) = ops.split_first() else {
            return match rest {
                Some(rest) => self.step(rest.ops, rest.next, at),
                None => Some(at),
            };
        };
        let on = |holds: bool, at: usize| holds.then(|| self.step(after, rest, at)).flatten();
        let then = Rest { ops: after, next: rest };
        let tokens = &self.sentence.tokens;
        match Op::unpack(*op) {
            Op::Set(set) => on(at < tokens.end && self.is_in(at, set), at + 1),
            Op::Group(group) => {
                let mut members = self.program.groups.get(group).iter();
                members.find_map(|&member| self.step(self.program.sequences.get(member), Some(&then), at))
            }
            Op::Optional(inner) => self.step(self.program.sequences.get(inner), Some(&then), at).or_else(|| self.step(after, rest, at)),
            Op::Gap(least, most) => {
                let last = (at + most as usize).min(tokens.end);
                (at + least as usize..=last).find_map(|next| self.step(after, rest, next))
            }
            Op::Start => on(at == tokens.start, at),
            Op::End => on(at == tokens.end, at),
            Op::Question => on(self.sentence.is_question, at),
        }
    }

    fn is_in(&self, at: usize, set: u32) -> bool {
        let set = self.program.sets.get(set);
        let senses = self.program.vocabulary.senses(self.words.tokens[at].kind);
        senses.iter().any(|sense| set.binary_search(sense).is_ok())
    }
}
