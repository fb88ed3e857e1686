//! One sentence, as masks: bit `n` of a word's mask says that it is the sentence's word number `n`.
//!
//! A pattern runs from all words at once: its state is the mask of the places that it can have reached,
//! and a step is a shift. That takes as long as the pattern has steps, however many ways there are.

use super::program::{NO_SET, Op, PatternId, Program, SLOTS};
use super::token::{Sentence, Words};
use super::vocabulary::WordId;

/// The longest sentence that fits, in words: the place after its last word needs a bit, too.
const LONGEST: usize = 63;

/// A mask, and for which sentence it was worked out.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    epoch: u64,
    mask: u64,
}

/// Memory for one sentence at a time, used again for the next one.
#[derive(Debug, Default)]
pub struct Scan {
    /// Counts sentences: marks of another epoch are void.
    epoch: u64,
    words: Vec<Mark>,
    sets: Vec<Mark>,
    /// Which words a set may have: one bit for every 64th word. 0 where nobody asked yet: most sets are never
    /// looked at in one run, and a sum over all of them was a quarter of the start.
    signatures: Vec<u64>,
    /// The signature of the words that a group's member may begin with; as long as all groups' members. 0 as above.
    heads: Vec<u64>,
    /// The same of the sentence: a set without a common bit has none of its words.
    signature: u64,
    /// Which members of a group match anywhere.
    groups: Vec<Mark>,
    /// All that the words of the sentence count as, each once.
    senses: Vec<WordId>,
    /// Number of words.
    length: usize,
    is_question: bool,
}

impl Scan {
    /// Takes up a sentence, and which patterns may match in it.
    pub fn load(&mut self, program: &Program, words: &Words, sentence: &Sentence) {
        self.epoch += 1;
        if self.sets.len() != program.sets.len() || self.words.len() != program.vocabulary.len() {
            self.prepare(program);
        }
        self.senses.clear();
        self.signature = 0;
        self.length = sentence.tokens.len();
        self.is_question = sentence.is_question;
        let tokens = &words.tokens[sentence.tokens.clone()];
        for (place, token) in tokens.iter().enumerate() {
            for &sense in program.vocabulary.senses(token.kind) {
                self.mark(sense, place);
            }
        }
    }

    fn prepare(&mut self, program: &Program) {
        self.words = vec![Mark::default(); program.vocabulary.len()];
        self.sets = vec![Mark::default(); program.sets.len()];
        self.groups = vec![Mark::default(); program.groups.len()];
        self.signatures = vec![0; program.sets.len()];
        self.heads = vec![0; program.groups.numbers().len()];
    }

    fn signature(&mut self, program: &Program, set: u32) -> u64 {
        let known = &mut self.signatures[set as usize];
        if *known == 0 {
            *known = program.sets.get(set).iter().fold(0, |bits, word| bits | 1 << (word % 64));
        }
        *known
    }

    /// Whether a member of a group, which is number `at` of all groups' members, may begin in the sentence.
    fn may_begin(&mut self, program: &Program, at: usize, member: u32) -> bool {
        if self.heads[at] == 0 {
            self.heads[at] = first_set(program, member).map_or(u64::MAX, |set| self.signature(program, set));
        }
        self.heads[at] & self.signature != 0
    }

    fn mark(&mut self, sense: WordId, place: usize) {
        let bit = 1 << (place & LONGEST);
        let mark = &mut self.words[sense as usize];
        if mark.epoch == self.epoch {
            mark.mask |= bit;
            return;
        }
        *mark = Mark { epoch: self.epoch, mask: bit };
        self.senses.push(sense);
        self.signature |= 1 << (sense % 64);
    }

    /// Whether masks tell places; if not, they only tell whether a word is there at all.
    pub fn has_places(&self) -> bool {
        self.length <= LONGEST
    }

    /// Every place where a match may start.
    pub fn starts(&self) -> u64 {
        (1 << self.length) - 1
    }

    /// Whether the sentence has all words without which a pattern cannot match; the ones that
    /// [`super::filter`] looks at are left out.
    pub fn has_needs(&mut self, program: &Program, pattern: PatternId) -> bool {
        program.needs.get(pattern as u32).iter().skip(SLOTS).all(|&set| self.set(program, set) != 0)
    }

    /// Places outside of which no match of a sequence starts.
    pub fn begins(&mut self, program: &Program, sequence: u32) -> u64 {
        match first_set(program, sequence) {
            Some(set) => self.set(program, set),
            None => self.starts(),
        }
    }

    /// Whether a sequence matches anywhere in the sentence.
    pub fn matches(&mut self, program: &Program, sequence: u32) -> bool {
        self.after(program, sequence, self.starts()) != 0
    }

    /// Where the words of a set are.
    fn set(&mut self, program: &Program, set: u32) -> u64 {
        let theirs = self.signature(program, set);
        if theirs & self.signature == 0 {
            return 0;
        }
        let mark = self.sets[set as usize];
        if mark.epoch == self.epoch {
            return mark.mask;
        }
        let members = program.sets.get(set);
        let ours = self.signature;
        let mask = if members.len() <= self.senses.len() {
            members.iter().filter(|&word| ours >> (word % 64) & 1 == 1).fold(0, |mask, &word| mask | self.word(word))
        } else {
            let is_in = |sense: &&WordId| theirs >> (*sense % 64) & 1 == 1 && members.binary_search(sense).is_ok();
            self.senses.iter().filter(is_in).fold(0, |mask, &word| mask | self.word(word))
        };
        self.sets[set as usize] = Mark { epoch: self.epoch, mask };
        mask
    }

    fn word(&self, word: WordId) -> u64 {
        let mark = self.words[word as usize];
        if mark.epoch == self.epoch { mark.mask } else { 0 }
    }

    /// The places after a sequence that starts at one of some places.
    pub fn after(&mut self, program: &Program, sequence: u32, mut places: u64) -> u64 {
        for op in program.ops(sequence) {
            places = match op {
                Op::Set(set) => (places & self.set(program, set)) << 1,
                Op::Group(group) => self.after_group(program, group, places),
                Op::Optional(inner) => places | self.after(program, inner, places),
                Op::Gap(least, most) => self.after_gap(least, most, places),
                Op::Start => places & 1,
                Op::End => places & 1 << self.length,
                Op::Question if self.is_question => places,
                Op::Question => 0,
            };
            if places == 0 {
                break;
            }
        }
        places
    }

    fn after_group(&mut self, program: &Program, group: u32, places: u64) -> u64 {
        let first = program.firsts[group as usize];
        if first != NO_SET && places & self.set(program, first) == 0 {
            return 0;
        }
        let members = program.groups.get(group);
        let heads = program.groups.range(group).start;
        let mut alive = self.alive(program, group);
        let mut reached = 0;
        while alive != 0 {
            let index = alive.trailing_zeros() as usize;
            alive &= alive - 1;
            // The last bit stands for all members from there on.
            let chosen = if index == LONGEST { LONGEST..members.len() } else { index..index + 1 };
            for member in chosen {
                if self.may_begin(program, heads + member, members[member]) {
                    reached |= self.after(program, members[member], places);
                }
            }
        }
        reached
    }

    /// The members of a group that match anywhere in the sentence, by their place in the group.
    fn alive(&mut self, program: &Program, group: u32) -> u64 {
        let mark = self.groups[group as usize];
        if mark.epoch == self.epoch {
            return mark.mask;
        }
        let all = self.all();
        let heads = program.groups.range(group).start;
        let mut mask = 0;
        for (index, &member) in program.groups.get(group).iter().enumerate() {
            if self.may_begin(program, heads + index, member) {
                let is_alive = index >= LONGEST || self.after(program, member, all) != 0;
                mask |= u64::from(is_alive) << index.min(LONGEST);
            }
        }
        self.groups[group as usize] = Mark { epoch: self.epoch, mask };
        mask
    }

    fn after_gap(&self, least: u32, most: u32, places: u64) -> u64 {
        if least as usize > self.length {
            return 0;
        }
        let mut reached = places << least;
        let mut left = most.saturating_sub(least).min(self.length as u32);
        let mut step = 1;
        while left > 0 {
            let shift = step.min(left);
            reached |= reached << shift;
            left -= shift;
            step *= 2;
        }
        reached & self.all()
    }

    /// Every place, the one after the last word included.
    fn all(&self) -> u64 {
        self.starts() << 1 | 1
    }
}

/// The set that a sequence's first word is of, where there is one.
fn first_set(program: &Program, sequence: u32) -> Option<u32> {
    match program.ops(sequence).next()? {
        Op::Set(set) => Some(set),
        Op::Group(group) => Some(program.firsts[group as usize]).filter(|&set| set != NO_SET),
        _ => None,
    }
}
