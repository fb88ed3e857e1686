//! The entries of a mapping, with merge keys resolved and their keys understood.

use std::collections::HashMap;

use crate::script::Kind;
use crate::source::{Span, Text};

use super::Reader;
use super::keys::{self, Key};
use super::tree::{Data, Id};

/// One key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// In the spelling of the table of keys.
    pub word: String,
    /// `None` for a key that is not known.
    pub key: Option<Key>,
    pub key_id: Id,
    pub value: Id,
}

/// Which keys belong here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Names of steps or words of the customer: every key is right.
    Names,
    /// Keys with a meaning; one that looks mistyped is a fault.
    Known,
}

impl Reader<'_> {
    /// The entries of a mapping in the order of the file; none for any other node. Reports keys that
    /// stand twice and keys that look mistyped, which are then read as what they were meant to be.
    pub fn entries(&mut self, id: Id, scope: Scope) -> Vec<Entry> {
        let pairs = self.pairs(id);
        if scope != Scope::Names {
            self.check_twice(id);
        }
        let mut entries = Vec::with_capacity(pairs.len());
        for (key_id, value) in pairs {
            let word = keys::normalize(self.tree.value(key_id));
            // `on:` names an answer, or the ways by their answers.
            let are_ways = word == "on" && !self.is_scalar(value) && !self.is_null(value);
            let key = if are_ways { Some(Key::Choose) } else { self.meaning(&word) };
            let mut entry = Entry { word, key, key_id, value };
            if key.is_none() && scope != Scope::Names {
                self.correct(&mut entry);
            }
            entries.push(entry);
        }
        entries
    }

    /// The pairs of a mapping; those that `<<` brings in stand in its place, and give way to equal
    /// keys of the mapping itself.
    fn pairs(&self, id: Id) -> Vec<(Id, Id)> {
        let Data::Map(pairs) = &self.tree.node(id).data else {
            return Vec::new();
        };
        let is_merge = |key: Id| self.tree.value(key) == "<<";
        if !pairs.iter().any(|&(key, _)| is_merge(key)) {
            return pairs.clone();
        }
        let mut merged: Vec<(Id, Id)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for &(key, value) in pairs {
            let sources = match &self.tree.node(value).data {
                _ if !is_merge(key) => vec![],
                Data::List(items) => items.clone(),
                _ => vec![value],
            };
            for pair in sources.into_iter().flat_map(|source| self.pairs(source)) {
                let word = self.tree.value(pair.0);
                places.entry(word).or_insert_with(|| {
                    merged.push(pair);
                    merged.len() - 1
                });
            }
            if !is_merge(key) {
                match places.get(self.tree.value(key)) {
                    Some(&place) => merged[place] = (key, value),
                    None => merged.push((key, value)),
                }
            }
        }
        merged
    }

    fn check_twice(&mut self, id: Id) {
        let Data::Map(pairs) = &self.tree.node(id).data else {
            return;
        };
        if pairs.len() < 2 {
            return;
        }
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for &(key, _) in pairs {
            let (word, span) = (self.tree.value(key), self.tree.node(key).span);
            if word.is_empty() || word == "<<" {
                continue;
            }
            if let Some(first) = seen.insert(word, span) {
                let message = format!("the key `{word}` stands twice here");
                let help = "put the second one into a line or step of its own".to_string();
                self.fault("duplicate-key", message, help, span, Some((first, "the first one".to_string())));
            }
        }
    }

    fn correct(&mut self, entry: &mut Entry) {
        let Some((known, key)) = keys::nearest(&entry.word) else {
            return;
        };
        let written = self.tree.value(entry.key_id).to_string();
        let message = format!("the key `{written}` is not one that callint knows");
        let help = format!("did you mean `{known}`?");
        self.fault("unknown-key", message, help, self.tree.node(entry.key_id).span, None);
        entry.key = Some(key);
        entry.word = known.to_string();
    }

    /// Tells that what stands under an unknown key is not read; each key is told once.
    pub fn leave_out(&mut self, entry: &Entry) {
        let what = match &self.tree.node(entry.value).data {
            Data::Null => return,
            Data::Scalar(_) => "its words were left out",
            _ => "all that stands under it was left out",
        };
        self.tell_of(entry, what);
    }

    /// Tells that what stands under an unknown key was read for the speech in it.
    pub fn take_in(&mut self, entry: &Entry) {
        self.tell_of(entry, "what stands under it was read as what comes next");
    }

    /// Tells for whose words those under an unknown key were taken.
    pub fn hear(&mut self, entry: &Entry, kind: Kind) {
        self.tell_of(
            entry,
            match kind {
                Kind::Say => "its words were read as what the agent says",
                Kind::Hear => "its words were read as what the customer says",
                Kind::Avoid => "its words were read as what not to say",
                _ => "its words were read as a note",
            },
        );
    }

    fn tell_of(&mut self, entry: &Entry, what: &str) {
        if self.left_out.insert(entry.word.clone()) {
            let written = self.tree.value(entry.key_id).to_string();
            let start = self.tree.node(entry.key_id).span.start;
            self.guess(start, format!("the key `{written}` is not one I know; {what}"));
        }
    }

    /// The words of a scalar, without the white space around them.
    pub fn text(&self, id: Id) -> Option<Text> {
        let text = self.tree.text(&self.source.text, id)?;
        let is_trimmed = text.value.trim().len() == text.value.len();
        Some(if is_trimmed { text } else { text.slice(0, text.value.len()) })
    }

    pub fn span(&self, id: Id) -> Span {
        self.tree.node(id).span
    }

    pub fn is_scalar(&self, id: Id) -> bool {
        matches!(self.tree.node(id).data, Data::Scalar(_))
    }

    pub fn is_map(&self, id: Id) -> bool {
        matches!(self.tree.node(id).data, Data::Map(_))
    }

    pub fn is_null(&self, id: Id) -> bool {
        matches!(self.tree.node(id).data, Data::Null)
    }

    /// The items of a list, or the one node that stands in place of a list; none for nothing.
    pub fn items(&self, id: Id) -> Vec<Id> {
        match &self.tree.node(id).data {
            Data::List(items) => items.clone(),
            Data::Null => Vec::new(),
            _ => vec![id],
        }
    }

    /// The scalars of a list, or the one scalar.
    pub fn words(&self, id: Id) -> Vec<String> {
        let items = self.items(id).into_iter().filter(|&item| self.is_scalar(item));
        items.map(|item| self.tree.value(item).trim().to_string()).collect()
    }

    /// A yes or no; a key without a value is a yes.
    pub fn is_yes(&self, id: Id) -> bool {
        match &self.tree.node(id).data {
            Data::Null => true,
            Data::Scalar(scalar) => !is_no(&scalar.value),
            _ => false,
        }
    }
}

impl Entry {
    /// From the key to the end of the value.
    pub fn span(&self, reader: &Reader) -> Span {
        let (key, value) = (reader.span(self.key_id), reader.span(self.value));
        Span::new(key.start, value.end.max(key.end))
    }
}

pub fn is_true(word: &str) -> bool {
    matches!(keys::normalize(word).as_str(), "true" | "yes" | "on" | "1")
}

pub fn is_no(word: &str) -> bool {
    matches!(keys::normalize(word).as_str(), "false" | "no" | "off" | "0" | "none" | "")
}
