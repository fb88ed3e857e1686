//! From pattern trees to a [`Program`]. Equal parts are compiled to the same place, so that a line is
//! asked about them once.

use super::frequency;
use super::lists::{Interner, Lists};
use super::pattern::{Element, Joint, Pattern};
use super::program::{Clause, NO_SET, Op, PatternId, Program, SLOTS};
use super::spoken::pattern_words;
use super::vocabulary::{NUMBER, SLOT, Vocabulary, WordId};
use std::collections::HashMap;

/// Word classes by name, each a list of sequences.
pub type Classes = HashMap<String, Vec<Vec<Element>>>;

/// How many needed sets of a pattern are looked at before it is tried.
const NEEDS: usize = 5;

/// A program in the making.
#[derive(Clone, Debug, Default)]
pub struct Compiler {
    vocabulary: Vocabulary,
    sets: Interner,
    sequences: Interner,
    groups: Interner,
    patterns: Lists,
    /// The share of each word, by its id; empty until all words are known.
    weights: Vec<u32>,
    /// Classes of the current scope, once compiled; `None` while that goes on.
    classes: HashMap<String, Option<Op>>,
}

impl Compiler {
    pub fn new() -> Compiler {
        let mut vocabulary = Vocabulary::new();
        // Lines have them even where no pattern does: they stand for `is`, `would`, …
        for half in ["'s", "'d"] {
            vocabulary.intern(half);
        }
        Compiler { vocabulary, ..Compiler::default() }
    }

    /// To be called when other classes hold from here on.
    pub fn enter_scope(&mut self) {
        self.classes.clear();
    }

    /// Adds a pattern. Fails on a word class that nobody defined.
    pub fn add(&mut self, pattern: &Pattern, classes: &Classes) -> Result<PatternId, String> {
        let mut clauses = Vec::new();
        for (joint, elements) in &pattern.clauses {
            let ops = self.ops(elements, classes)?;
            let has_words = !self.needed(&ops).is_empty();
            if *joint == Joint::First && !has_words {
                return Err("a pattern needs at least one word that every match must have".to_string());
            }
            clauses.push(Clause { joint: *joint, has_words, sequence: self.sequence(&ops) }.pack());
        }
        Ok(self.patterns.push(clauses) as PatternId)
    }

    fn ops(&mut self, elements: &[Element], classes: &Classes) -> Result<Vec<Op>, String> {
        let mut ops = Vec::new();
        for element in elements {
            match element {
                Element::Word(word) => self.word(word, &mut ops),
                Element::Class(name) => ops.push(self.class(name, classes)?),
                Element::Group(members) => ops.push(self.group(members, classes)?),
                Element::Optional(inner) => {
                    let inner = self.ops(std::slice::from_ref(inner), classes)?;
                    ops.push(Op::Optional(self.sequence(&inner)));
                }
                Element::Gap(least, most) => ops.push(Op::Gap(u32::from(*least), u32::from(*most))),
                Element::Number => ops.push(self.set(vec![NUMBER])),
                Element::Slot => ops.push(self.set(vec![SLOT])),
                Element::Start => ops.push(Op::Start),
                Element::End => ops.push(Op::End),
                Element::Question => ops.push(Op::Question),
            }
        }
        Ok(ops)
    }

    fn class(&mut self, name: &str, classes: &Classes) -> Result<Op, String> {
        match self.classes.get(name) {
            Some(Some(op)) => return Ok(*op),
            Some(None) => return Err(format!("the word class <{name}> contains itself")),
            None => {}
        }
        let members = classes.get(name).ok_or_else(|| format!("there is no word class <{name}>"))?;
        self.classes.insert(name.to_string(), None);
        let op = self.group(members, classes)?;
        self.classes.insert(name.to_string(), Some(op));
        Ok(op)
    }

    fn word(&mut self, word: &str, ops: &mut Vec<Op>) {
        if matches!(word, "%" | "£" | "€" | "₹") {
            let id = self.vocabulary.intern(if word == "%" { "%" } else { "$" });
            return ops.push(self.set(vec![id]));
        }
        for part in pattern_words(word) {
            let mut ids = vec![self.vocabulary.intern(&part)];
            if part == "'s" {
                ids.push(self.vocabulary.intern("is"));
            }
            ops.push(self.set(ids));
        }
    }

    /// Alternatives; those of one word each become one set, which is tried last.
    fn group(&mut self, members: &[Vec<Element>], classes: &Classes) -> Result<Op, String> {
        let mut words = Vec::new();
        let mut longer = Vec::new();
        for member in members {
            let ops = self.ops(member, classes)?;
            match ops[..] {
                [Op::Set(set)] => words.extend_from_slice(self.sets.lists.get(set)),
                _ => longer.push(self.sequence(&ops)),
            }
        }
        if longer.is_empty() {
            return Ok(self.set(words));
        }
        if !words.is_empty() {
            let set = self.set(words);
            longer.push(self.sequence(&[set]));
        }
        Ok(Op::Group(self.groups.place(longer)))
    }

    fn sequence(&mut self, ops: &[Op]) -> u32 {
        self.sequences.place(ops.iter().map(|op| op.pack()).collect())
    }

    fn set(&mut self, mut words: Vec<WordId>) -> Op {
        words.sort_unstable();
        words.dedup();
        Op::Set(self.sets.place(words))
    }

    fn unpacked(&self, sequence: u32) -> Vec<Op> {
        self.sequences.lists.get(sequence).iter().map(|&packed| Op::unpack(packed)).collect()
    }

    /// The sets of which every match has a word; none when all of it is optional.
    fn needed(&mut self, ops: &[Op]) -> Vec<u32> {
        ops.iter().filter_map(|op| self.needed_by(*op)).collect()
    }

    fn needed_by(&mut self, op: Op) -> Option<u32> {
        let group = match op {
            Op::Set(set) => return Some(set),
            Op::Group(group) => group,
            _ => return None,
        };
        let mut all = Vec::new();
        for member in self.groups.lists.get(group).to_vec() {
            let ops = self.unpacked(member);
            let rarest = self.needed(&ops).into_iter().min_by_key(|&set| self.cost(set))?;
            all.extend_from_slice(self.sets.lists.get(rarest));
        }
        match self.set(all) {
            Op::Set(set) => Some(set),
            _ => None,
        }
    }

    /// All words that some ops may begin with; `None` when that may be any word or nothing.
    fn first(&self, ops: &[Op]) -> Option<Vec<WordId>> {
        let mut all = Vec::new();
        for op in ops {
            match *op {
                Op::Set(set) => {
                    all.extend_from_slice(self.sets.lists.get(set));
                    return Some(all);
                }
                Op::Group(group) => {
                    for &member in self.groups.lists.get(group) {
                        all.extend(self.first(&self.unpacked(member))?);
                    }
                    return Some(all);
                }
                Op::Optional(inner) => all.extend(self.first(&self.unpacked(inner))?),
                _ => return None,
            }
        }
        None
    }

    /// Up to [`NEEDS`] sets of which every sentence that a pattern matches has a word, the rarest first.
    fn needed_of(&mut self, pattern: u32) -> Vec<u32> {
        let clauses: Vec<Clause> = self.patterns.get(pattern).iter().map(|&packed| Clause::unpack(packed)).collect();
        let mut needed = Vec::new();
        for clause in clauses.iter().filter(|clause| matches!(clause.joint, Joint::First | Joint::And)) {
            needed.extend(self.needed(&self.unpacked(clause.sequence)));
        }
        needed.sort_by_key(|&set| (self.cost(set), set));
        needed.dedup();
        needed.truncate(NEEDS);
        needed
    }

    /// How often a line has one of a set's words, in hundred thousandths of its words.
    fn cost(&self, set: u32) -> u32 {
        let weight = |&word: &WordId| self.weights.get(word as usize).copied().unwrap_or(frequency::RARE);
        self.sets.lists.get(set).iter().map(weight).sum()
    }

    /// Files every pattern under the rarest words that it cannot do without.
    pub fn finish(mut self) -> Program {
        self.vocabulary.finish();
        self.weights = weights(&self.vocabulary);
        let needs: Vec<Vec<u32>> = (0..self.patterns.len() as u32).map(|pattern| self.needed_of(pattern)).collect();
        let firsts = (0..self.groups.lists.len() as u32).map(|group| self.first_set(group)).collect();
        let mut needed_by = vec![Vec::new(); self.sets.lists.len()];
        for (pattern, needs) in needs.iter().enumerate() {
            for (slot, &set) in needs.iter().take(SLOTS).enumerate() {
                needed_by[set as usize].push((pattern * SLOTS + slot) as u32);
            }
        }
        let mut member_of = vec![Vec::new(); self.vocabulary.len()];
        for (set, _) in needed_by.iter().enumerate().filter(|(_, patterns)| !patterns.is_empty()) {
            for &word in self.sets.lists.get(set as u32) {
                member_of[word as usize].push(set as u32);
            }
        }
        Program {
            vocabulary: self.vocabulary,
            sets: self.sets.lists,
            sequences: self.sequences.lists,
            groups: self.groups.lists,
            firsts,
            patterns: self.patterns,
            needs: needs.into_iter().collect(),
            needed_by: needed_by.into_iter().collect(),
            member_of: member_of.into_iter().collect(),
        }
    }

    fn first_set(&mut self, group: u32) -> u32 {
        match self.first(&[Op::Group(group)]).map(|words| self.set(words)) {
            Some(Op::Set(set)) => set,
            _ => NO_SET,
        }
    }
}

/// The share of each word, by its id; a stem has those of its words.
fn weights(vocabulary: &Vocabulary) -> Vec<u32> {
    let mut weights = vec![0; vocabulary.len()];
    for (word, share) in frequency::shares() {
        let kind = if word == "#" { NUMBER } else { vocabulary.kind(word) };
        for &sense in vocabulary.senses(kind) {
            weights[sense as usize] += share;
        }
    }
    for weight in &mut weights {
        *weight = (*weight).max(frequency::RARE);
    }
    weights
}
