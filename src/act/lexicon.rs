//! The act lexicons: rules/acts/*.yaml, compiled, and the tagger that runs them.

use super::matcher::{Classes, Hit, Matcher};
use super::token::{self, Words};
use super::{Act, ActId, Item, pattern};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// One file of rules/acts: what an act is, how it sounds, and what only sounds like it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ActFile {
    pub act: String,
    /// Who performs it.
    pub who: Who,
    pub meaning: String,
    /// Word classes of this file; those of words.yaml are there everywhere.
    pub words: BTreeMap<String, Vec<String>>,
    /// What the speaker says (or, for a note's act, what the note says).
    pub patterns: Vec<String>,
    /// How a note to the agent orders it (`verify the date of birth`).
    pub orders: Vec<String>,
    /// How a branch or heading tells it of the customer (`declines the offer`).
    pub cues: Vec<String>,
    /// In the same sentence, these take it back.
    pub unless: Vec<String>,
    /// Anywhere in the line, these take it back.
    pub unless_line: Vec<String>,
    /// It asks for data: record which.
    pub asks_items: bool,
    /// Lines that are it; tests.
    pub examples: Vec<String>,
    /// Lines that are not; tests.
    pub near: Vec<String>,
}

/// Who performs an act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    #[default]
    Agent,
    Note,
    Customer,
    /// The agent in speech or a note by the same words.
    Both,
}

/// Word classes shared by all files (words.yaml), and the data that may be asked for (items.yaml).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WordsFile {
    pub words: BTreeMap<String, Vec<String>>,
    /// Noun phrases by item; `<item>` in a pattern is any of them.
    pub items: BTreeMap<String, Vec<String>>,
}

/// Whose words a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    Agent,
    Note,
    Customer,
    /// A branch label or heading: the customer's words, or told of the customer.
    Cue,
}

/// What a pattern says when it matches.
#[derive(Clone, Copy, Debug)]
enum Role {
    Says(ActId, List),
    Unless(ActId),
    UnlessLine(ActId),
    /// Index into [`Lexicon::items`].
    Item(usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum List {
    Patterns,
    Orders,
    Cues,
}

/// The compiled lexicons.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Names of the acts, by [`ActId`]; sorted.
    pub names: Vec<String>,
    whos: Vec<Who>,
    asks_items: Vec<bool>,
    items: Vec<String>,
    matcher: Matcher,
    roles: Vec<Role>,
}

impl Lexicon {
    /// Compiles lexicons. The error names the act and the pattern.
    pub fn compile(files: &[ActFile], shared: &[WordsFile]) -> Result<Lexicon, String> {
        let mut files: Vec<&ActFile> = files.iter().collect();
        files.sort_by(|a, b| a.act.cmp(&b.act));
        let mut lexicon = Lexicon { matcher: Matcher::new(), ..Lexicon::default() };
        let classes = shared_classes(shared)?;
        for (name, phrases) in shared.iter().flat_map(|file| &file.items) {
            let index = lexicon.items.len();
            lexicon.items.push(name.clone());
            lexicon.add_all(&format!("item {name}"), phrases, Role::Item(index), &classes)?;
        }
        for file in files {
            lexicon.add_file(file, &classes)?;
        }
        Ok(lexicon)
    }

    fn add_file(&mut self, file: &ActFile, shared: &Classes) -> Result<(), String> {
        if self.names.len() >= 127 {
            return Err("no more than 127 acts".to_string());
        }
        let id = self.names.len() as ActId;
        self.names.push(file.act.clone());
        self.whos.push(file.who);
        self.asks_items.push(file.asks_items);
        let mut classes = shared.clone();
        add_classes(&mut classes, &file.words)?;
        let lists = [
            (&file.patterns, Role::Says(id, List::Patterns)),
            (&file.orders, Role::Says(id, List::Orders)),
            (&file.cues, Role::Says(id, List::Cues)),
            (&file.unless, Role::Unless(id)),
            (&file.unless_line, Role::UnlessLine(id)),
        ];
        for (patterns, role) in lists {
            self.add_all(&file.act, patterns, role, &classes)?;
        }
        Ok(())
    }

    fn add_all(&mut self, owner: &str, patterns: &[String], role: Role, classes: &Classes) -> Result<(), String> {
        for text in patterns {
            let named = |error: String| format!("{owner}: `{text}`: {error}");
            let pattern = pattern::parse(text).map_err(named)?;
            self.matcher.add(&pattern, classes).map_err(named)?;
            self.roles.push(role);
        }
        Ok(())
    }

    /// The id of an act, by its name.
    pub fn id(&self, name: &str) -> Option<ActId> {
        self.names.binary_search_by(|probe| probe.as_str().cmp(name)).ok().map(|index| index as ActId)
    }

    pub fn embedded() -> &'static Lexicon {
        static LEXICON: std::sync::OnceLock<Lexicon> = std::sync::OnceLock::new();
        LEXICON.get_or_init(|| {
            let (mut acts, mut words) = (Vec::new(), Vec::new());
            for file in std::fs::read_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/acts")).into_iter().flatten().flatten() {
                let text = std::fs::read_to_string(file.path()).unwrap_or_default();
                let name = file.file_name();
                if name == "words.yaml" || name == "items.yaml" {
                    words.extend(serde_yaml::from_str::<WordsFile>(&text).ok());
                } else {
                    match serde_yaml::from_str::<ActFile>(&text) { Ok(f) => acts.push(f), Err(e) => eprintln!("{name:?} {e}") }
                }
            }
            Lexicon::compile(&acts, &words).unwrap_or_else(|e| panic!("{e}"))
        })
    }

    /// The bits of some acts; a name that no lexicon has is left out.
    pub fn set(&self, names: &[&str]) -> super::ActSet {
        names.iter().filter_map(|name| self.id(name)).fold(0, |set, id| set | 1 << id)
    }

    /// What a line does, by itself: acts in the order of their ids, each once.
    pub fn tag(&self, voice: Voice, text: &str) -> Vec<Act> {
        let words = token::words(text, &self.matcher.vocabulary);
        let hits = self.matcher.hits(&words);
        if hits.is_empty() {
            return Vec::new();
        }
        let mut acts: Vec<Act> = Vec::new();
        for hit in &hits {
            let Role::Says(id, list) = self.roles[hit.pattern] else { continue };
            if !self.may_say(voice, id, list) || self.is_taken_back(id, hit, &hits) {
                continue;
            }
            let range = bytes(&words, hit);
            match acts.iter_mut().find(|act| act.id == id) {
                Some(act) if act.range.len() < range.len() && act.range.start >= range.start => act.range = range,
                Some(_) => {}
                None => acts.push(Act { id, range, items: Vec::new(), by: "pattern" }),
            }
            if self.asks_items[id as usize] {
                let found = self.items_near(&hits, &words, hit.sentence);
                if let Some(act) = acts.iter_mut().find(|act| act.id == id) {
                    merge(&mut act.items, found);
                }
            }
        }
        acts.sort_by_key(|act| act.id);
        acts
    }

    /// The data that a bare list entry names (`Date of birth`), whatever is said around it.
    pub fn items(&self, text: &str) -> Vec<Item> {
        let words = token::words(text, &self.matcher.vocabulary);
        let hits = self.matcher.hits(&words);
        let mut items = Vec::new();
        for index in 0..words.sentences.len() {
            merge(&mut items, self.items_in(&hits, &words, index));
        }
        items
    }

    fn may_say(&self, voice: Voice, id: ActId, list: List) -> bool {
        let who = self.whos[id as usize];
        match (voice, list) {
            (Voice::Agent, List::Patterns) => matches!(who, Who::Agent | Who::Both),
            (Voice::Note, List::Patterns) => matches!(who, Who::Note | Who::Both),
            (Voice::Note, List::Orders) => true,
            (Voice::Customer | Voice::Cue, List::Patterns) => who == Who::Customer,
            (Voice::Cue, List::Cues) => true,
            _ => false,
        }
    }

    fn is_taken_back(&self, id: ActId, hit: &Hit, hits: &[Hit]) -> bool {
        hits.iter().any(|other| match self.roles[other.pattern] {
            Role::Unless(of) => of == id && other.sentence == hit.sentence,
            Role::UnlessLine(of) => of == id,
            _ => false,
        })
    }

    /// Items of a sentence and of the ones after it that go on with it (`And the postcode?`).
    fn items_near(&self, hits: &[Hit], words: &Words, sentence: usize) -> Vec<Item> {
        let mut items = self.items_in(hits, words, sentence);
        for next in sentence + 1..words.sentences.len() {
            let tokens = words.sentences[next].tokens.clone();
            if tokens.len() > 8 {
                break;
            }
            let more = self.items_in(hits, words, next);
            if more.is_empty() {
                break;
            }
            merge(&mut items, more);
        }
        items
    }

    /// Items of one sentence; where two overlap the longer one holds.
    fn items_in(&self, hits: &[Hit], words: &Words, sentence: usize) -> Vec<Item> {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for hit in hits.iter().filter(|hit| hit.sentence == sentence) {
            if let Role::Item(item) = self.roles[hit.pattern] {
                found.push((hit.tokens.clone(), item));
            }
        }
        found.sort_by_key(|(tokens, item)| (std::cmp::Reverse(tokens.len()), tokens.start, *item));
        let mut kept: Vec<(Range<usize>, usize)> = Vec::new();
        for (tokens, item) in found {
            if kept.iter().all(|(other, _)| tokens.end <= other.start || other.end <= tokens.start) {
                kept.push((tokens, item));
            }
        }
        kept.sort_by_key(|(tokens, _)| tokens.start);
        let mut items: Vec<Item> = Vec::new();
        for (tokens, item) in kept {
            let range = byte_range(words, &tokens);
            merge(&mut items, vec![Item { name: self.items[item].clone(), range }]);
        }
        items
    }
}

fn merge(items: &mut Vec<Item>, more: Vec<Item>) {
    for item in more {
        if items.iter().all(|known| known.name != item.name) {
            items.push(item);
        }
    }
}

fn bytes(words: &Words, hit: &Hit) -> Range<usize> {
    byte_range(words, &hit.tokens)
}

fn byte_range(words: &Words, tokens: &Range<usize>) -> Range<usize> {
    words.tokens[tokens.start].range.start..words.tokens[tokens.end - 1].range.end
}

fn shared_classes(shared: &[WordsFile]) -> Result<Classes, String> {
    let mut classes = Classes::new();
    for file in shared {
        add_classes(&mut classes, &file.words)?;
        let all: Vec<String> = file.items.values().flatten().cloned().collect();
        if !all.is_empty() {
            add_classes(&mut classes, &BTreeMap::from([("item".to_string(), all)]))?;
        }
        for (name, phrases) in &file.items {
            add_classes(&mut classes, &BTreeMap::from([(format!("item-{name}"), phrases.clone())]))?;
        }
    }
    Ok(classes)
}

fn add_classes(classes: &mut Classes, words: &BTreeMap<String, Vec<String>>) -> Result<(), String> {
    for (name, members) in words {
        let mut sequences = Vec::new();
        for member in members {
            sequences.push(pattern::parse_words(member).map_err(|error| format!("word class <{name}>: {error}"))?);
        }
        classes.entry(name.clone()).or_default().extend(sequences);
    }
    Ok(())
}

