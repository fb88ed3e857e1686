//! Where the patterns of a [`Program`] match in a line.

use super::filter::Filter;
use super::pattern::Joint;
use super::program::{Clause, PatternId, Program};
use super::scan::Scan;
use super::token::Words;
use super::walk::Walk;
use std::ops::Range;

/// Where a pattern matched: tokens of the line, and the sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub pattern: PatternId,
    pub sentence: usize,
    pub tokens: Range<usize>,
}

/// Some of the patterns, one bit each.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The first word of `bits` stands for the patterns from 64 times this on.
    from: usize,
    bits: Vec<u64>,
}

impl Choice {
    /// Adds a pattern. Patterns must come in their order.
    pub fn add(&mut self, pattern: PatternId) {
        if self.bits.is_empty() {
            self.from = pattern / 64;
        }
        let index = pattern / 64 - self.from;
        self.bits.resize(index + 1, 0);
        self.bits[index] |= 1 << (pattern % 64);
    }

    pub fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }
}

/// A program at work on one line.
pub struct Matcher<'a> {
    program: &'a Program,
    words: &'a Words,
    scan: &'a mut Scan,
    filter: &'a mut Filter,
    /// The sentence that `scan` and `filter` hold.
    sentence: Option<usize>,
    ahead: &'a mut Scan,
    /// The sentence that `ahead` holds.
    following: Option<usize>,
}

/// Memory of a matcher, used again for the next line.
#[derive(Debug, Default)]
pub struct Scratch {
    scan: Scan,
    filter: Filter,
    ahead: Scan,
}

impl<'a> Matcher<'a> {
    pub fn new(program: &'a Program, words: &'a Words, scratch: &'a mut Scratch) -> Matcher<'a> {
        let Scratch { scan, filter, ahead } = scratch;
        Matcher { program, words, scan, filter, sentence: None, ahead, following: None }
    }

    /// Adds every match of some patterns in a sentence to `hits`: at most one for each pattern (the
    /// leftmost), in the order of the patterns.
    pub fn hits(&mut self, sentence: usize, choice: &Choice, hits: &mut Vec<Hit>) {
        let mut from = 0;
        while let Some((pattern, clause)) = self.next(sentence, choice, from) {
            from = pattern + 1;
            if let Some(tokens) = self.leftmost(clause, sentence) {
                hits.push(Hit { pattern, sentence, tokens });
            }
        }
    }

    /// Whether some of the patterns match in a sentence.
    pub fn any(&mut self, sentence: usize, choice: &Choice) -> bool {
        self.next(sentence, choice, 0).is_some()
    }

    /// The first of some patterns, from one on, that matches in a sentence, and its first clause.
    fn next(&mut self, sentence: usize, choice: &Choice, from: PatternId) -> Option<(PatternId, Clause)> {
        if self.sentence != Some(sentence) {
            let tokens = self.words.sentences[sentence].tokens.clone();
            self.scan.load(self.program, self.words, &self.words.sentences[sentence]);
            self.filter.load(self.program, self.words.tokens[tokens].iter().map(|token| token.kind));
            self.sentence = Some(sentence);
        }
        for index in (from / 64).saturating_sub(choice.from)..choice.bits.len() {
            let base = (choice.from + index) * 64;
            let mut bits = choice.bits[index] & self.filter.candidates.get(choice.from + index).copied().unwrap_or(0);
            if base < from {
                bits &= u64::MAX << (from - base);
            }
            while bits != 0 {
                let pattern = base + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if let Some(clause) = self.holds(pattern, sentence) {
                    return Some((pattern, clause));
                }
            }
        }
        None
    }

    /// The first clause of a pattern that matches in a sentence.
    fn holds(&mut self, pattern: PatternId, sentence: usize) -> Option<Clause> {
        if !self.scan.has_needs(self.program, pattern) {
            return None;
        }
        let program = self.program;
        let first = program.clauses(pattern).next()?;
        if !self.has(first, sentence) {
            return None;
        }
        let mut last = sentence;
        for clause in program.clauses(pattern).skip(1) {
            last += usize::from(clause.joint == Joint::Next);
            let holds = match clause.joint {
                Joint::Next => last < self.words.sentences.len() && self.follows(clause, last),
                Joint::Without => !self.has(clause, sentence),
                Joint::And | Joint::First => self.has(clause, sentence),
            };
            if !holds {
                return None;
            }
        }
        Some(first)
    }

    fn walk(&self, sentence: usize) -> Walk<'a> {
        Walk { program: self.program, words: self.words, sentence: &self.words.sentences[sentence] }
    }

    /// Whether a clause matches anywhere in the sentence.
    fn has(&mut self, clause: Clause, sentence: usize) -> bool {
        match self.scan.has_places() && clause.has_words {
            true => self.scan.matches(self.program, clause.sequence),
            false => self.walk(sentence).anywhere(clause.sequence),
        }
    }

    /// Whether a clause matches anywhere in the sentence after the one at hand.
    fn follows(&mut self, clause: Clause, next: usize) -> bool {
        if self.following != Some(next) {
            self.ahead.load(self.program, self.words, &self.words.sentences[next]);
            self.following = Some(next);
        }
        match self.ahead.has_places() && clause.has_words {
            true => self.ahead.matches(self.program, clause.sequence),
            false => self.walk(next).anywhere(clause.sequence),
        }
    }

    fn leftmost(&mut self, clause: Clause, sentence: usize) -> Option<Range<usize>> {
        let walk = self.walk(sentence);
        let tokens = walk.sentence.tokens.clone();
        if !self.scan.has_places() {
            return tokens.into_iter().find_map(|start| walk.from(clause.sequence, start).map(|end| start..end));
        }
        let mut places = self.scan.begins(self.program, clause.sequence);
        while places != 0 {
            let place = places.trailing_zeros();
            places &= places - 1;
            let start = tokens.start + place as usize;
            if self.scan.after(self.program, clause.sequence, 1 << place) != 0
                && let Some(end) = walk.from(clause.sequence, start)
            {
                return Some(start..end);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
