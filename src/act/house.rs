//! What a project teaches callint about acts, and acts of its own: a small lexicon beside the embedded ones,
//! compiled when a run begins.

use super::file::{ActFile, WordsFile};
use super::lexicon::Compiled;
use super::lexicon::Who;
use super::token::{self, Words};
use super::vocabulary::{SLOT, Vocabulary};
use super::{ActId, Hearing, Lexicon, Voice, pattern};
use crate::embedded::FILES;
use std::ops::Range;

/// What a project says of one act.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taught {
    pub act: String,
    /// Patterns: how the act sounds in this house.
    pub phrases: Vec<String>,
    /// Patterns: a sentence that has one of these does not do the act.
    pub not: Vec<String>,
    /// Lines that do it. Where all their sentences stand in a row, the act is heard.
    pub yes: Vec<String>,
    /// Lines that do not: none of their sentences does.
    pub no: Vec<String>,
}

/// Compiles what a project taught, and its own act files: a new act gets a number behind those of English,
/// and what a file says of a known one is added to it. The error names the act and what is wrong.
pub fn lexicon(taught: &[Taught], own: &[ActFile]) -> Result<Lexicon, String> {
    let english = Lexicon::embedded();
    let file = |(id, name): (usize, &String)| {
        let (id, act) = (id as ActId, name.clone());
        ActFile { act, who: english.who(id), asks_items: english.asks_items(id), aside: english.is_aside(id), ..ActFile::default() }
    };
    let mut files: Vec<ActFile> = english.names.iter().enumerate().map(file).collect();
    for one in own {
        match files.iter_mut().find(|file| file.act == one.act) {
            Some(file) => extend(file, one),
            None => files.push(one.clone()),
        }
    }
    for one in taught {
        // An act whose own file is at fault, which is said there.
        let Some(file) = files.iter_mut().find(|file| file.act == one.act) else { continue };
        add_words(file, words_of(&one.act));
        file.patterns.extend(one.phrases.iter().cloned());
        file.patterns.extend(one.yes.iter().map(|line| sentences(line).join(" // ")).filter(|pattern| !pattern.is_empty()));
        file.unless.extend(one.not.iter().cloned());
        file.unless.extend(one.no.iter().flat_map(|line| sentences(line)));
    }
    let files: Vec<&ActFile> = files.iter().collect();
    Compiled::in_order(&files, &shared(taught, own)).map(Lexicon::ready)
}

/// Adds what a file of the project says of an act that callint knows.
fn extend(file: &mut ActFile, own: &ActFile) {
    add_words(file, words_of(&own.act));
    add_words(file, own.words.clone());
    file.lists_mut().into_iter().zip(own.lists()).for_each(|(list, more)| list.extend(more.iter().cloned()));
    file.unless_acts.extend(own.unless_acts.iter().cloned());
}

fn add_words(file: &mut ActFile, words: std::collections::BTreeMap<String, Vec<String>>) {
    for (class, members) in words {
        file.words.entry(class).or_default().extend(members);
    }
}

/// What is wrong with a pattern of an act, and where in it, in bytes.
pub fn mistake(act: &str, phrase: &str) -> Option<(usize, String)> {
    mistake_in(&ActFile { act: act.to_string(), ..ActFile::default() }, phrase)
}

/// The same of an act with word classes of its own.
pub fn mistake_in(act: &ActFile, phrase: &str) -> Option<(usize, String)> {
    if let Err(mistake) = pattern::read(phrase) {
        return Some((mistake.at, mistake.message));
    }
    let (name, words) = (act.act.clone(), act.words.clone());
    let error = lexicon(&[], &[ActFile { act: name, words, patterns: vec![phrase.to_string()], ..ActFile::default() }]).err()?;
    // The class or the whole pattern: what the compiler names after the pattern itself.
    let told = error.rsplit_once("`: ").map_or(error.as_str(), |(_, told)| told);
    let class = told.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(name, _)| format!("<{name}>"));
    Some((class.and_then(|class| phrase.find(&class)).unwrap_or(0), told.to_string()))
}

/// The examples that do not come out as they are labelled, each with what takes it back or hears it. Their
/// own words decide, so that only what else was taught can be in the way.
pub fn contradicted(taught: &[Taught]) -> Vec<(&str, &str, bool)> {
    let hearing = Hearing::new(taught, &[]);
    let ear = hearing.polyglot();
    let english = Lexicon::embedded();
    let mut wrong = Vec::new();
    for one in taught {
        let Some(id) = english.id(&one.act) else { continue };
        let voice = match english.who(id) {
            Who::Agent | Who::Both => Voice::Agent,
            Who::Note => Voice::Note,
            Who::Customer => Voice::Customer,
        };
        let is_heard = |line: &String| ear.tag(voice, line).iter().any(|act| act.id == id);
        wrong.extend(one.yes.iter().filter(|line| !is_heard(line)).map(|line| (&*one.act, line.as_str(), true)));
        wrong.extend(one.no.iter().filter(|line| is_heard(line)).map(|line| (&*one.act, line.as_str(), false)));
    }
    wrong
}

/// Each sentence of a line as a pattern of exactly its words.
fn sentences(line: &str) -> Vec<String> {
    let words = token::words(line, &Vocabulary::new());
    let pattern = |tokens: &Range<usize>| format!("^ {} $", spelled(line, &words, tokens).join(" "));
    words.sentences.iter().map(|sentence| pattern(&sentence.tokens)).collect()
}

/// The words of a sentence as they stand in a pattern; a contraction is one word there.
fn spelled(line: &str, words: &Words, tokens: &Range<usize>) -> Vec<String> {
    let mut spelled: Vec<String> = Vec::new();
    let mut end = usize::MAX;
    for token in &words.tokens[tokens.clone()] {
        let text = &line[token.range.clone()];
        let is_word = |text: &str| text.starts_with(|letter: char| letter.is_alphabetic() || matches!(letter, '\'' | '’'));
        match spelled.last_mut() {
            Some(last) if end == token.range.start && is_word(text) && is_word(last) => last.push_str(text),
            _ => spelled.push(match text.chars().next() {
                _ if token.kind == SLOT => "_".to_string(),
                Some(digit) if digit.is_ascii_digit() => "#".to_string(),
                Some('$') => "£".to_string(),
                _ => text.to_string(),
            }),
        }
        end = token.range.end;
    }
    spelled
}

/// The word classes of an act's own file, which its phrases may name.
fn words_of(act: &str) -> std::collections::BTreeMap<String, Vec<String>> {
    embedded::<ActFile>(&format!("acts/{act}.yaml")).words
}

/// The word classes that every act may name; those of items only if a phrase does, as they are many.
fn shared(taught: &[Taught], own: &[ActFile]) -> Vec<WordsFile> {
    let patterns = own.iter().flat_map(ActFile::lists).flatten();
    let mut phrases = taught.iter().flat_map(|one| one.phrases.iter().chain(&one.not)).chain(patterns);
    let names_items = phrases.any(|phrase| phrase.contains("<i"));
    let mut shared = vec![embedded::<WordsFile>("acts/words.yaml")];
    if names_items {
        shared.push(embedded("acts/items.yaml"));
    }
    shared
}

fn embedded<T: Default + serde::de::DeserializeOwned>(path: &str) -> T {
    let file = FILES.iter().find(|(known, _)| *known == path);
    file.and_then(|(_, text)| serde_yaml::from_str(text).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taught(act: &str, phrases: &[&str], not: &[&str], yes: &[&str], no: &[&str]) -> Taught {
        let all = |list: &[&str]| list.iter().map(|text| text.to_string()).collect();
        Taught { act: act.into(), phrases: all(phrases), not: all(not), yes: all(yes), no: all(no) }
    }

    fn is_heard(taught: &[Taught], act: &str, voice: Voice, line: &str) -> bool {
        let id = Lexicon::embedded().id(act);
        Hearing::new(taught, &[]).polyglot().tag(voice, line).iter().any(|heard| Some(heard.id) == id)
    }

    #[test]
    fn house_words_are_heard_and_approved_ones_are_not() {
        let house = [
            taught("empathy", &["that's rotten luck"], &[], &["Crikey what a week. Can't be fun, 3 days in!"], &[]),
            taught("blame", &[], &["you must have set"], &[], &[]),
        ];
        assert!(is_heard(&house, "empathy", Voice::Agent, "Well, that’s rotten luck."));
        assert!(is_heard(&house, "empathy", Voice::Agent, "Hi. Crikey, what a week. Can’t be fun, 4 days in. Right."));
        assert!(!is_heard(&house, "empathy", Voice::Agent, "Crikey, what a week."));
        let line = "You must have set it up wrong.";
        assert_eq!((is_heard(&[], "blame", Voice::Agent, line), is_heard(&house, "blame", Voice::Agent, line)), (true, false));
    }

    #[test]
    fn mistakes_are_placed() {
        assert_eq!(mistake("empathy", "that's (rotten|bad luck").map(|(at, _)| at), Some(23));
        assert_eq!(mistake("empathy", "so <sorow> for you"), Some((3, "there is no word class <sorow>".to_string())));
        assert_eq!(mistake("denial", "<agent> see no trouble"), None);
        assert!(mistake("denial", "...").is_some());
        let house = [taught("empathy", &[], &["lamb"], &["You poor lamb."], &[])];
        assert_eq!(contradicted(&house), [("empathy", "You poor lamb.", true)]);
    }
}
