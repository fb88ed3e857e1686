//! Compiled patterns, and where they match in a line.
//!
//! One scan: every pattern is filed under the rarest words that it cannot do without; a sentence
//! looks up its own words there and tries only the patterns that it finds.

use super::pattern::{Element, Joint, Pattern};
use super::token::{NUMBER, SLOT, Sentence, Token, Vocabulary, WordId, Words, pattern_words};
use std::collections::HashMap;
use std::ops::Range;

/// Words that stand in nearly every sentence: a pattern is not filed under them if it can be helped.
const COMMON: &str = "a an and any are as at be been but by can could did do does for from get give go got had has have \
    how i if in is it just let like me my need no not now of on or our out please so tell that the them then there they \
    this to up us was we what when which who will with would you your 's 'd";

/// A step of a compiled pattern.
#[derive(Clone, Debug)]
enum Op {
    /// One word out of a set; index into [`Matcher::sets`].
    Set(usize),
    Group(Vec<Vec<Op>>),
    Optional(Vec<Op>),
    Gap(usize, usize),
    Start,
    End,
    Question,
}

#[derive(Clone, Debug)]
struct Compiled {
    clauses: Vec<(Joint, Vec<Op>)>,
}

/// A pattern's place in the order in which patterns were added.
pub type PatternId = usize;

/// Where a pattern matched: tokens of the line, and the sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub pattern: PatternId,
    pub sentence: usize,
    pub tokens: Range<usize>,
}

/// All patterns, ready to run.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    pub vocabulary: Vocabulary,
    sets: Vec<Vec<WordId>>,
    set_ids: HashMap<Vec<WordId>, usize>,
    patterns: Vec<Compiled>,
    /// Patterns by the words that they are filed under; index is the [`WordId`].
    filed: Vec<Vec<PatternId>>,
    common: Vec<bool>,
}

/// Word classes by name, each a list of sequences.
pub type Classes = HashMap<String, Vec<Vec<Element>>>;

impl Matcher {
    pub fn new() -> Matcher {
        let mut matcher = Matcher { vocabulary: Vocabulary::new(), ..Matcher::default() };
        for word in COMMON.split_whitespace() {
            let id = matcher.vocabulary.intern(word) as usize;
            matcher.common.resize(matcher.common.len().max(id + 1), false);
            matcher.common[id] = true;
        }
        matcher
    }

    /// Adds a pattern. Fails on a word class that nobody defined.
    pub fn add(&mut self, pattern: &Pattern, classes: &Classes) -> Result<PatternId, String> {
        let mut clauses = Vec::new();
        for (joint, elements) in &pattern.clauses {
            clauses.push((*joint, self.sequence(elements, classes, 0)?));
        }
        let id = self.patterns.len();
        let needed = clauses.first().and_then(|(_, ops)| self.needed(ops));
        let Some(needed) = needed else {
            return Err("a pattern needs at least one word that every match must have".to_string());
        };
        self.filed.resize(self.vocabulary.len(), Vec::new());
        for word in needed {
            self.filed[word as usize].push(id);
        }
        self.patterns.push(Compiled { clauses });
        Ok(id)
    }

    fn sequence(&mut self, elements: &[Element], classes: &Classes, depth: usize) -> Result<Vec<Op>, String> {
        let mut ops = Vec::new();
        for element in elements {
            self.element(element, classes, depth, &mut ops)?;
        }
        Ok(ops)
    }

    fn element(&mut self, element: &Element, classes: &Classes, depth: usize, ops: &mut Vec<Op>) -> Result<(), String> {
        match element {
            Element::Word(word) => self.word(word, ops),
            Element::Class(name) => {
                let members = classes.get(name).ok_or_else(|| format!("there is no word class <{name}>"))?;
                if depth > 8 {
                    return Err(format!("the word class <{name}> contains itself"));
                }
                let op = self.group(members, classes, depth + 1)?;
                ops.push(op);
            }
            Element::Group(members) => {
                let op = self.group(members, classes, depth)?;
                ops.push(op);
            }
            Element::Optional(inner) => {
                let inner = self.sequence(std::slice::from_ref(inner), classes, depth)?;
                ops.push(Op::Optional(inner));
            }
            Element::Gap(least, most) => ops.push(Op::Gap(*least as usize, *most as usize)),
            Element::Number => ops.push(self.set(vec![NUMBER])),
            Element::Slot => ops.push(self.set(vec![SLOT])),
            Element::Start => ops.push(Op::Start),
            Element::End => ops.push(Op::End),
            Element::Question => ops.push(Op::Question),
        }
        Ok(())
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

    /// Alternatives; those of one word each become one set.
    fn group(&mut self, members: &[Vec<Element>], classes: &Classes, depth: usize) -> Result<Op, String> {
        let mut words = Vec::new();
        let mut longer = Vec::new();
        for member in members {
            let ops = self.sequence(member, classes, depth)?;
            match ops[..] {
                [Op::Set(set)] => words.extend_from_slice(&self.sets[set]),
                _ => longer.push(ops),
            }
        }
        if longer.is_empty() {
            return Ok(self.set(words));
        }
        if !words.is_empty() {
            longer.push(vec![self.set(words)]);
        }
        Ok(Op::Group(longer))
    }

    fn set(&mut self, mut words: Vec<WordId>) -> Op {
        words.sort_unstable();
        words.dedup();
        if let Some(&id) = self.set_ids.get(&words) {
            return Op::Set(id);
        }
        let id = self.sets.len();
        self.sets.push(words.clone());
        self.set_ids.insert(words, id);
        Op::Set(id)
    }

    /// The rarest set of words of which every match has one; `None` when all of it is optional.
    fn needed(&self, ops: &[Op]) -> Option<Vec<WordId>> {
        ops.iter().filter_map(|op| self.needed_by(op)).min_by_key(|words| self.cost(words))
    }

    fn needed_by(&self, op: &Op) -> Option<Vec<WordId>> {
        match op {
            Op::Set(set) => Some(self.sets[*set].clone()),
            Op::Group(members) => {
                let mut all = Vec::new();
                for member in members {
                    all.extend(self.needed(member)?);
                }
                all.sort_unstable();
                all.dedup();
                Some(all)
            }
            _ => None,
        }
    }

    fn cost(&self, words: &[WordId]) -> usize {
        let weight = |id: &WordId| match self.common.get(*id as usize) {
            Some(true) => 60,
            _ if *id <= SLOT => 20,
            _ => 1,
        };
        words.iter().map(weight).sum()
    }

    /// Every match in a line: at most one for each pattern and sentence (the leftmost), in the order
    /// of sentences and patterns.
    pub fn hits(&self, words: &Words) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut candidates: Vec<PatternId> = Vec::new();
        for (index, sentence) in words.sentences.iter().enumerate() {
            candidates.clear();
            for token in &words.tokens[sentence.tokens.clone()] {
                for &id in token.ids.iter().filter(|&&id| id != 0) {
                    candidates.extend(self.filed.get(id as usize).into_iter().flatten());
                }
            }
            candidates.sort_unstable();
            candidates.dedup();
            for &pattern in &candidates {
                if let Some(tokens) = self.try_pattern(pattern, words, index) {
                    hits.push(Hit { pattern, sentence: index, tokens });
                }
            }
        }
        hits
    }

    fn try_pattern(&self, pattern: PatternId, words: &Words, index: usize) -> Option<Range<usize>> {
        let sentence = &words.sentences[index];
        let mut clauses = self.patterns[pattern].clauses.iter();
        let (_, first) = clauses.next()?;
        let found = self.find(first, &words.tokens, sentence)?;
        for (joint, ops) in clauses {
            let holds = match joint {
                Joint::Next => words.sentences.get(index + 1).is_some_and(|next| self.find(ops, &words.tokens, next).is_some()),
                Joint::Without => self.find(ops, &words.tokens, sentence).is_none(),
                Joint::And | Joint::First => self.find(ops, &words.tokens, sentence).is_some(),
            };
            if !holds {
                return None;
            }
        }
        Some(found)
    }

    fn find(&self, ops: &[Op], tokens: &[Token], sentence: &Sentence) -> Option<Range<usize>> {
        let run = Run { matcher: self, tokens, sentence };
        let range = sentence.tokens.clone();
        range.clone().find_map(|start| run.step(ops, None, start).filter(|&end| end > start).map(|end| start..end))
    }
}

/// One attempt: follows the ops from a token on. Recursion is as deep as the pattern is long.
struct Run<'a> {
    matcher: &'a Matcher,
    tokens: &'a [Token],
    sentence: &'a Sentence,
}

/// What comes after the ops at hand.
struct Rest<'a> {
    ops: &'a [Op],
    next: Option<&'a Rest<'a>>,
}

impl Run<'_> {
    fn step(&self, ops: &[Op], rest: Option<&Rest>, at: usize) -> Option<usize> {
        let Some((op, after)) = ops.split_first() else {
            return match rest {
                Some(rest) => self.step(rest.ops, rest.next, at),
                None => Some(at),
            };
        };
        match op {
            Op::Set(set) => (at < self.sentence.tokens.end && self.is_in(at, *set))
                .then(|| self.step(after, rest, at + 1))
                .flatten(),
            Op::Group(members) => {
                let rest = Rest { ops: after, next: rest };
                members.iter().find_map(|member| self.step(member, Some(&rest), at))
            }
            Op::Optional(inner) => {
                let then = Rest { ops: after, next: rest };
                self.step(inner, Some(&then), at).or_else(|| self.step(after, rest, at))
            }
            Op::Gap(least, most) => {
                let last = (at + most).min(self.sentence.tokens.end);
                (at + least..=last).find_map(|next| self.step(after, rest, next))
            }
            Op::Start => (at == self.sentence.tokens.start).then(|| self.step(after, rest, at)).flatten(),
            Op::End => (at == self.sentence.tokens.end).then(|| self.step(after, rest, at)).flatten(),
            Op::Question => self.sentence.is_question.then(|| self.step(after, rest, at)).flatten(),
        }
    }

    fn is_in(&self, at: usize, set: usize) -> bool {
        let set = &self.matcher.sets[set];
        self.tokens[at].ids.iter().any(|id| *id != 0 && set.binary_search(id).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{pattern, token};
    use super::*;

    fn found(pattern: &str, text: &str) -> Option<String> {
        let mut matcher = Matcher::new();
        matcher.add(&pattern::parse(pattern).expect("pattern"), &Classes::new()).expect("compiles");
        let words = token::words(text, &matcher.vocabulary);
        let hit = matcher.hits(&words).into_iter().next()?;
        let (first, last) = (words.tokens.get(hit.tokens.start)?, words.tokens.get(hit.tokens.end - 1)?);
        Some(text[first.range.start..last.range.end].to_string())
    }

    #[test]
    fn patterns_match_words_not_letters() {
        assert_eq!(found("not (seeing|showing) {0,3} (fault|fault*)", "We’re NOT seeing any real faults."), Some("NOT seeing any real faults".into()));
        assert_eq!(found("it is fine", "It's fine here"), Some("It's fine".into()));
        assert_eq!(found("^ no $", "No. Thanks."), Some("No".into()));
        assert_eq!(found("^ no $", "No thanks."), None);
        assert_eq!(found("sorry &! refund", "Sorry, no refund"), None);
        assert_eq!(found("sorry & refund", "A refund, sorry"), Some("sorry".into()));
        assert_eq!(found("understand // unfortunately", "I understand. Unfortunately no."), Some("understand".into()));
        assert_eq!(found("why {0,2} leave ?", "Why do you leave?"), Some("Why do you leave".into()));
        assert_eq!(found("why {0,2} leave ?", "That is why you leave."), None);
        assert_eq!(found("£ # (off)?", "save $10 off now"), Some("$10 off".into()));
    }
}
