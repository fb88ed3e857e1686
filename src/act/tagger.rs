//! What a line does: the compiled lexicons, at work.

mod items;

use super::lexicon::{ActFile, Compiled, List, Role, Who, WordsFile};
use super::matcher::{Choice, Hit, Matcher};
use super::scratch::{self, Scratch};
use super::token::{self, Words};
use super::{Act, ActId, Item, Voice, combine};
use crate::memo::Memo;
use foldhash::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(super) use items::merge;

const VOICES: [Voice; 4] = [Voice::Agent, Voice::Note, Voice::Customer, Voice::Cue];

/// The compiled lexicons, ready to run.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Names of the acts, by [`ActId`]; sorted, but for those that a project adds behind them.
    pub names: Vec<String>,
    /// Their places.
    ids: HashMap<String, ActId>,
    compiled: Compiled,
    /// The patterns by which each of [`VOICES`] says something.
    says: [Choice; 4],
    /// The patterns that take each act back, in its sentence and in its line.
    unless: Vec<Choice>,
    unless_line: Vec<Choice>,
    items: Choice,
    /// Tells whose scratch is whose; clones share it, as they share their programs.
    key: usize,
    /// What was heard before, by [`VOICES`].
    heard: [Memo<Vec<Act>>; 4],
}

impl Lexicon {
    /// What the build script stored.
    pub(super) fn stored(bytes: &[u8]) -> Lexicon {
        Lexicon::ready(postcard::from_bytes(bytes).unwrap_or_default())
    }

    /// Compiles lexicons. The error names the act and the pattern.
    pub fn compile(files: &[ActFile], shared: &[WordsFile]) -> Result<Lexicon, String> {
        Compiled::new(files, shared).map(Lexicon::ready)
    }

    pub(super) fn ready(compiled: Compiled) -> Lexicon {
        static KEYS: AtomicUsize = AtomicUsize::new(1);
        let acts = compiled.names.len();
        let key = KEYS.fetch_add(1, Ordering::Relaxed);
        let names = compiled.names.clone();
        // Where a project names an act again, the first one counts.
        let ids = names.iter().enumerate().rev().map(|(id, name)| (name.clone(), id as ActId)).collect();
        let mut lexicon = Lexicon { names, ids, compiled, key, ..Lexicon::default() };
        lexicon.unless = vec![Choice::default(); acts];
        lexicon.unless_line = vec![Choice::default(); acts];
        for pattern in 0..lexicon.compiled.roles.len() {
            match lexicon.compiled.roles[pattern] {
                Role::Says(id, list) => {
                    for voice in VOICES {
                        if lexicon.may_say(voice, id, list) {
                            lexicon.says[voice as usize].add(pattern);
                        }
                    }
                }
                Role::Unless(id) => lexicon.unless[id as usize].add(pattern),
                Role::UnlessLine(id) => lexicon.unless_line[id as usize].add(pattern),
                Role::Item(_) => lexicon.items.add(pattern),
            }
        }
        lexicon
    }

    /// The id of an act, by its name.
    pub fn id(&self, name: &str) -> Option<ActId> {
        self.ids.get(name).copied()
    }

    /// The bits of some acts; a name that no lexicon has is left out.
    pub fn set(&self, names: &[&str]) -> super::ActSet {
        names.iter().filter_map(|name| self.id(name)).fold(0, |set, id| set | 1 << id)
    }

    fn may_say(&self, voice: Voice, id: ActId, list: List) -> bool {
        let who = self.compiled.whos[id as usize];
        match (voice, list) {
            (Voice::Agent, List::Patterns) => matches!(who, Who::Agent | Who::Both),
            (Voice::Note, List::Patterns) => matches!(who, Who::Note | Who::Both),
            (Voice::Note, List::Orders) => true,
            (Voice::Customer | Voice::Cue, List::Patterns) => who == Who::Customer,
            (Voice::Cue, List::Cues) => true,
            _ => false,
        }
    }

    /// Who performs an act.
    pub fn who(&self, id: ActId) -> Who {
        self.compiled.whos.get(usize::from(id)).copied().unwrap_or_default()
    }

    /// Whether an act is only a fact that some rule asks for.
    pub fn is_aside(&self, id: ActId) -> bool {
        self.compiled.asides.get(usize::from(id)).copied().unwrap_or(false)
    }

    /// Whether an act asks for data.
    pub fn asks_items(&self, id: ActId) -> bool {
        self.compiled.asks_items.get(usize::from(id)).copied().unwrap_or(false)
    }

    /// What a line does, by itself: acts in the order of their ids, each once.
    pub fn tag(&self, voice: Voice, text: &str) -> Vec<Act> {
        self.tag_unless(voice, text, &[])
    }

    /// As [`Lexicon::tag`], without the acts that somebody else takes back in each sentence.
    pub(super) fn tag_unless(&self, voice: Voice, text: &str, taken_back: &[super::ActSet]) -> Vec<Act> {
        match taken_back.iter().all(|acts| *acts == 0) {
            true => self.heard[voice as usize].get(text, || self.hear(voice, text, &[])),
            false => self.hear(voice, text, taken_back),
        }
    }

    fn hear(&self, voice: Voice, text: &str, taken_back: &[super::ActSet]) -> Vec<Act> {
        scratch::with(self.key, |Scratch { words, matcher, hits, others, .. }| {
            token::read(text, &self.compiled.program.vocabulary, words);
            let mut line = Line { lexicon: self, words, matcher: Matcher::new(&self.compiled.program, words, matcher), others };
            hits.clear();
            for sentence in 0..words.sentences.len() {
                let from = hits.len();
                line.matcher.hits(sentence, &self.says[voice as usize], hits);
                line.drop_taken_back(sentence, from, hits);
            }
            if !taken_back.is_empty() {
                hits.retain(|hit| taken_back.get(hit.sentence).is_none_or(|acts| acts >> line.act(hit) & 1 == 0));
            }
            if hits.is_empty() {
                return Vec::new();
            }
            line.drop_taken_back_by_line(hits);
            let mut acts = line.acts(hits);
            self.give_way(&mut acts);
            acts
        })
    }

    /// The acts that this lexicon takes back in each sentence of a line, whoever hears them.
    pub(super) fn taken_back(&self, text: &str) -> Vec<super::ActSet> {
        scratch::with(self.key, |Scratch { words, matcher, .. }| {
            token::read(text, &self.compiled.program.vocabulary, words);
            let mut matcher = Matcher::new(&self.compiled.program, words, matcher);
            let mut of = |sentence| {
                let acts = self.unless.iter().enumerate().filter(|(_, unless)| !unless.is_empty());
                acts.fold(0, |set, (id, unless)| set | super::ActSet::from(matcher.any(sentence, unless)) << id)
            };
            (0..words.sentences.len()).map(&mut of).collect()
        })
    }

    /// Drops the acts that are not what they seem because of another one in the line.
    pub(super) fn give_way(&self, acts: &mut Vec<Act>) {
        let heard = acts.iter().fold(0, |set: super::ActSet, act| set | 1 << act.id);
        let yields = |act: &Act| self.compiled.gives_way.iter().any(|&(weak, strong)| weak == act.id && heard >> strong & 1 != 0);
        acts.retain(|act| !yields(act));
    }

    /// The data that a bare list entry names (`Date of birth`), whatever is said around it.
    pub fn items(&self, text: &str) -> Vec<Item> {
        scratch::with(self.key, |Scratch { words, matcher, others, .. }| {
            token::read(text, &self.compiled.program.vocabulary, words);
            let mut line = Line { lexicon: self, words, matcher: Matcher::new(&self.compiled.program, words, matcher), others };
            let mut items = Vec::new();
            for sentence in 0..words.sentences.len() {
                merge(&mut items, line.items_in(sentence));
            }
            items
        })
    }
}

/// One line at work.
struct Line<'a> {
    lexicon: &'a Lexicon,
    words: &'a Words,
    matcher: Matcher<'a>,
    /// Hits that no act comes from.
    others: &'a mut Vec<Hit>,
}

impl Line<'_> {
    /// The act that a hit says. Only patterns that say an act are asked for here.
    fn act(&self, hit: &Hit) -> ActId {
        match self.lexicon.compiled.roles[hit.pattern] {
            Role::Says(id, _) | Role::Unless(id) | Role::UnlessLine(id) => id,
            Role::Item(_) => ActId::MAX,
        }
    }

    /// Drops the hits from `from` on, all of one sentence, whose act is taken back there.
    fn drop_taken_back(&mut self, sentence: usize, from: usize, hits: &mut Vec<Hit>) {
        let mut kept = from;
        let mut last = None;
        for index in from..hits.len() {
            let id = self.act(&hits[index]);
            let is_taken_back = match last {
                Some((known, answer)) if known == id => answer,
                _ => self.matcher.any(sentence, &self.lexicon.unless[id as usize]),
            };
            last = Some((id, is_taken_back));
            if !is_taken_back {
                hits.swap(kept, index);
                kept += 1;
            }
        }
        hits.truncate(kept);
    }

    fn drop_taken_back_by_line(&mut self, hits: &mut Vec<Hit>) {
        let mut said: Vec<ActId> = hits.iter().map(|hit| self.act(hit)).collect();
        said.sort_unstable();
        said.dedup();
        said.retain(|&id| !self.lexicon.unless_line[id as usize].is_empty());
        let mut dropped: super::ActSet = 0;
        for sentence in 0..self.words.sentences.len() {
            for &id in &said {
                let is_taken_back = self.matcher.any(sentence, &self.lexicon.unless_line[id as usize]);
                dropped |= super::ActSet::from(is_taken_back) << id;
            }
        }
        hits.retain(|hit| dropped >> self.act(hit) & 1 == 0);
    }

    fn acts(&mut self, hits: &[Hit]) -> Vec<Act> {
        let mut acts: Vec<Act> = Vec::new();
        let mut last = None;
        for hit in hits {
            let id = self.act(hit);
            let range = byte_range(self.words, &hit.tokens);
            let at = acts.iter().position(|act| act.id == id).unwrap_or(acts.len());
            match acts.get_mut(at) {
                Some(act) if act.range.len() < range.len() && act.range.start >= range.start => act.range = range,
                Some(_) => {}
                None => acts.push(Act { id, range, items: Vec::new(), by: combine::PATTERN, confidence: 1.0 }),
            }
            let place = Some((id, hit.sentence));
            if self.lexicon.compiled.asks_items[id as usize] && last != place {
                merge(&mut acts[at].items, self.items_near(hit.sentence));
                last = place;
            }
        }
        acts.sort_by_key(|act| act.id);
        acts
    }
}

fn byte_range(words: &Words, tokens: &Range<usize>) -> Range<usize> {
    words.tokens[tokens.start].range.start..words.tokens[tokens.end - 1].range.end
}
