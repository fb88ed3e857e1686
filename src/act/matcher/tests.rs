//! Patterns at work, and masks held against the slow and sure way.

use super::*;
use crate::act::compile::{Classes, Compiler};
use crate::act::{pattern, token};

fn program(patterns: &[String]) -> Program {
    let mut compiler = Compiler::new();
    for text in patterns {
        compiler.add(&pattern::parse(text).expect("pattern"), &Classes::new()).expect("compiles");
    }
    compiler.finish()
}

fn hits(program: &Program, words: &Words, scratch: &mut Scratch) -> Vec<Hit> {
    let mut all = Choice::default();
    (0..program.patterns.len()).for_each(|pattern| all.add(pattern));
    let mut matcher = Matcher::new(program, words, scratch);
    let mut hits = Vec::new();
    (0..words.sentences.len()).for_each(|sentence| matcher.hits(sentence, &all, &mut hits));
    hits
}

fn found(pattern: &str, text: &str) -> Option<String> {
    let program = program(&[pattern.to_string()]);
    let words = token::words(text, &program.vocabulary);
    let hit = hits(&program, &words, &mut Scratch::default()).into_iter().next()?;
    let (first, last) = (words.tokens.get(hit.tokens.start)?, words.tokens.get(hit.tokens.end - 1)?);
    Some(text[first.range.start..last.range.end].to_string())
}

#[test]
fn patterns_match_words_not_letters() {
    assert_eq!(
        found("not (seeing|showing) {0,3} (fault|fault*)", "We’re NOT seeing any real faults."),
        Some("NOT seeing any real faults".into())
    );
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

/// What a pattern takes, with nothing left out: every pattern at every word.
fn naive(program: &Program, words: &Words) -> Vec<Hit> {
    let mut hits = Vec::new();
    for index in 0..words.sentences.len() {
        for pattern in 0..program.patterns.len() {
            if let Some(tokens) = naive_match(program, words, pattern, index) {
                hits.push(Hit { pattern, sentence: index, tokens });
            }
        }
    }
    hits
}

fn naive_match(program: &Program, words: &Words, pattern: PatternId, index: usize) -> Option<Range<usize>> {
    let walk = |index: usize| words.sentences.get(index).map(|sentence| Walk { program, words, sentence });
    let has = |clause: &Clause, index: usize| walk(index).is_some_and(|walk| walk.anywhere(clause.sequence));
    let clauses: Vec<Clause> = program.clauses(pattern).collect();
    let holds = clauses.iter().all(|clause| match clause.joint {
        Joint::Next => has(clause, index + 1),
        Joint::Without => !has(clause, index),
        _ => has(clause, index),
    });
    let here = walk(index).filter(|_| holds)?;
    here.sentence.tokens.clone().find_map(|start| here.from(clauses[0].sequence, start).map(|end| start..end))
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }

    fn words(&mut self, count: u64) -> String {
        let list = ["we", "can", "see", "it's", "not", "a", "fault", "faulty", "don't", "42", "[NAME]", "other", "£", "is"];
        (0..count).map(|_| self.of(&list)).collect::<Vec<_>>().join(" ")
    }

    fn sequence(&mut self, depth: u64) -> String {
        (0..=self.below(3)).map(|_| self.element(depth)).collect::<Vec<_>>().join(" ")
    }

    fn element(&mut self, depth: u64) -> String {
        let word = self.of(&["we", "can", "see", "'s", "not", "fault*", "fau*", "a", "#", "_", "can't", "£"]);
        match self.below(if depth == 0 { 5 } else { 9 }) {
            0 => self.of(&["{0,3}", "{1,2}", "...", "^", "$", "?", "{0,14}"]).to_string(),
            1 => format!("({word})?"),
            5 => format!("({}|{})?", self.sequence(depth - 1), self.sequence(depth - 1)),
            6..9 => format!("({}|{}|{word})", self.sequence(depth - 1), self.sequence(depth - 1)),
            _ => word.to_string(),
        }
    }

    fn pattern(&mut self) -> String {
        let joint = self.of(&["", "", " & ", " &! ", " // "]);
        let more = if joint.is_empty() { String::new() } else { self.sequence(1) };
        format!("{}{joint}{more}", self.sequence(2))
    }
}

#[test]
fn masks_find_what_walking_finds() {
    let mut dice = Dice(7);
    let compiles = |text: &String| Compiler::new().add(&pattern::parse(text).expect("pattern"), &Classes::new()).is_ok();
    let patterns: Vec<String> = std::iter::repeat_with(|| dice.pattern()).filter(compiles).take(600).collect();
    let program = program(&patterns);
    let mut scratch = Scratch::default();
    let mut count = 0;
    for round in 0..400 {
        let length = if round % 40 == 0 { 62 + round / 40 } else { 1 + dice.below(14) };
        let text = format!("{}{} {}.", dice.words(length), dice.of(&["?", ".", "!"]), dice.words(4));
        let words = token::words(&text, &program.vocabulary);
        let heard = hits(&program, &words, &mut scratch);
        assert_eq!(heard, naive(&program, &words), "{text}");
        count += heard.len();
    }
    assert!(count > 1000, "{count} hits");
}
