//! Which steps a YAML script has and how they are called, in each of the ways to write them down.

mod beside;
mod inside;

use crate::parse::outline;
use crate::script::Order;
use crate::source::Span;

use super::Reader;
use super::entry::{Entry, Scope};
use super::header;
use super::keys::{self, Key, normalize};
use super::tree::{Data, Id};
use inside::{
    are_turns, has_id, holds_cases, holds_lines, holds_pairs, lists_steps, maps_steps, names_situations, names_steps, only_holds_steps,
    says, wrapped_steps,
};

/// Words that name a step, the best one first.
const NAMES: [&str; 6] = ["id", "slug", "key", "node", "step", "name"];

/// A step found, but not read yet: jumps in it need the names of all.
pub struct Draft {
    /// Empty for lines that belong to no step.
    pub names: Vec<String>,
    /// Its key, its id, or where it begins.
    pub span: Span,
    /// The byte at which it begins.
    pub start: usize,
    pub body: Body,
    /// The first step of a document, behind another document; or an intent, as the customer's words begin it.
    pub opens_script: bool,
    /// The number of its document, from 0.
    pub document: usize,
}

pub enum Body {
    Value(Id),
    Entries(Vec<Entry>),
    /// Lines of a list of steps that belong to no step.
    Items(Vec<Id>),
    /// What is written for those who speak, beside the steps.
    Notes(Id),
}

/// What all documents of a file hold.
#[derive(Default)]
pub struct Found {
    pub drafts: Vec<Draft>,
    /// By the notation of the steps.
    order: Option<Order>,
    /// By the key `flow`, which counts more.
    flow: Option<Order>,
    /// The number of the document at hand, if nothing in it has a number yet.
    document: usize,
}

/// Finds the steps of all documents and reads the script's header on the way.
pub fn find(reader: &mut Reader) -> Found {
    let mut found = Found::default();
    for &root in &reader.tree.roots {
        let before = found.drafts.len();
        found.document = found.drafts.last().map_or(0, |draft| draft.document + 1);
        match &reader.tree.node(root).data {
            Data::Map(_) => {
                let entries = reader.entries(root, Scope::Known);
                found.flow = found.flow.or(header::read(reader, &entries));
                found.document(reader, entries);
            }
            Data::List(items) => {
                reader.evidence.telling += usize::from(are_turns(reader, root));
                found.listed(reader, items);
            }
            _ => {}
        }
        if let (1.., Some(draft)) = (before, found.drafts.get_mut(before)) {
            draft.opens_script = true;
        }
    }
    found
}

impl Found {
    pub fn order(&self) -> Order {
        self.flow.or(self.order).unwrap_or_default()
    }

    /// The script itself says in which order its steps are read.
    pub fn is_declared(&self) -> bool {
        self.flow.is_some()
    }

    fn document(&mut self, reader: &mut Reader, entries: Vec<Entry>) {
        let before = self.drafts.len();
        let told = entries.iter().filter(|entry| matches!(entry.key, None | Some(Key::Note))).cloned().collect();
        let whole = only_mapping(reader, &entries);
        self.steps(reader, entries);
        match whole {
            _ if self.drafts.len() > before => self.notes(reader, told),
            Some(whole) => self.wrapped(reader, whole),
            None => {}
        }
    }

    fn steps(&mut self, reader: &mut Reader, entries: Vec<Entry>) {
        let before = self.drafts.len();
        for entry in &entries {
            // `intents: [{name: …, responses: […]}]`
            let holds_steps = entry.key == Some(Key::Intent) && reader.items(entry.value).iter().all(|&item| is_step(reader, item));
            // `dialogue: {root: {bot: …}, bye: {bot: …}}`
            let are_mapped = entry.key == Some(Key::Lines) && maps_steps(reader, entry.value);
            if !(holds_steps || are_mapped || matches!(entry.key, Some(Key::Steps | Key::Flow)) || entry.word == "script") {
                continue;
            }
            let first = self.drafts.len();
            match &reader.tree.node(entry.value).data {
                Data::Map(_) if entry.key != Some(Key::Steps) && only_holds_steps(reader, entry.value) => self.wrapped(reader, entry.value),
                Data::Map(_) => self.mapped(reader, entry.value),
                Data::List(items) => self.listed(reader, items),
                _ => {}
            }
            if holds_steps {
                self.drafts[first..].iter_mut().for_each(|draft| draft.opens_script |= hears(draft));
            }
        }
        if self.drafts.len() > before {
            return;
        }
        if is_one_step(reader, &entries) {
            return self.lone(reader, entries);
        }
        let unknown = || entries.iter().filter(|entry| entry.key.is_none());
        // `diagram: {nodes: …}`, `groups: [{call_types: [{steps: …}]}]`
        let mut wrapped = Vec::new();
        unknown().for_each(|entry| wrapped_steps(reader, entry.value, 0, &mut wrapped));
        if !wrapped.is_empty() {
            return wrapped.into_iter().for_each(|id| self.wrapped(reader, id));
        }
        self.by_contents(reader, &entries);
    }

    /// Steps under keys that say nothing: by what the values hold.
    fn by_contents(&mut self, reader: &mut Reader, entries: &[Entry]) {
        let unknown = || entries.iter().filter(|entry| entry.key.is_none());
        for entry in unknown().filter(|entry| outline::is_answers(&entry.word)) {
            self.answers(reader, entry.value);
        }
        let is_graph = names_steps(reader, entries);
        for entry in entries.iter().filter(|entry| matches!(entry.key, None | Some(Key::Choose))) {
            if lists_steps(reader, entry.value) {
                self.listed(reader, &reader.items(entry.value));
                continue;
            }
            if holds_cases(reader, entry.value) {
                self.cases(reader, entry.value);
                continue;
            }
            if entry.key.is_some() {
                continue;
            }
            if names_situations(&entry.word) && holds_pairs(reader, entry.value) {
                self.pairs(reader, entry.value);
                continue;
            }
            if are_turns(reader, entry.value) {
                reader.evidence.telling += 1;
            }
            if holds_lines(reader, entry.value) || is_graph && says(reader, entry.value) {
                self.push(reader, entry.key_id, Body::Value(entry.value));
                self.order = self.order.or(Some(Order::Graph));
            }
        }
    }

    /// One of the scripts that stand inside a document.
    fn wrapped(&mut self, reader: &mut Reader, id: Id) {
        let first = self.drafts.len();
        let inner = reader.entries(id, Scope::Known);
        self.flow = self.flow.or(header::read(reader, &inner));
        self.document(reader, inner);
        let document = self.drafts[..first].last().map_or(self.document, |draft| draft.document + 1);
        self.drafts[first..].iter_mut().for_each(|draft| draft.document = document);
        if let (1.., Some(draft)) = (first, self.drafts.get_mut(first)) {
            draft.opens_script = true;
        }
    }

    /// A script whose top level is its only step.
    fn lone(&mut self, reader: &mut Reader, mut entries: Vec<Entry>) {
        reader.evidence.telling += entries.iter().filter(|entry| are_turns(reader, entry.value)).count();
        // Keys that a team added for itself are no lines of the step.
        entries.retain(|entry| entry.key.is_some());
        let is_line = |entry: &&Entry| matches!(entry.key, Some(Key::Lines | Key::Agent | Key::Customer | Key::Choose | Key::Note));
        let first = entries.iter().find(is_line).map(|entry| reader.span(entry.key_id));
        let span = first.unwrap_or_default();
        let body = Body::Entries(entries);
        self.drafts.push(Draft { names: Vec::new(), span, start: span.start, body, opens_script: false, document: self.document });
    }

    /// Adds a step that is called by a key.
    fn push(&mut self, reader: &Reader, key: Id, body: Body) {
        let (span, names) = (reader.span(key), vec![name(reader, key)]);
        self.drafts.push(Draft { names, span, start: span.start, body, opens_script: false, document: self.document });
    }

    /// Steps as a mapping from names to bodies.
    fn mapped(&mut self, reader: &mut Reader, id: Id) {
        self.order = Some(Order::Graph);
        for entry in reader.entries(id, Scope::Names) {
            self.push(reader, entry.key_id, Body::Value(entry.value));
        }
    }

    /// Steps as a list. Lines in it that belong to no step make steps without a name.
    fn listed(&mut self, reader: &mut Reader, items: &[Id]) {
        self.order = self.order.or(Some(Order::Sequence));
        let mut is_open = false;
        for &item in items {
            if let Some((key, value)) = named_item(reader, item) {
                self.push(reader, key, Body::Value(value));
                is_open = false;
                continue;
            }
            if is_step(reader, item) {
                let draft = step(reader, item, self.document);
                self.drafts.push(draft);
                is_open = false;
                continue;
            }
            if is_open && let Some(Draft { body: Body::Items(lines), .. }) = self.drafts.last_mut() {
                lines.push(item);
                continue;
            }
            let (span, body) = (reader.span(item), Body::Items(vec![item]));
            self.drafts.push(Draft { names: Vec::new(), span, start: span.start, body, opens_script: false, document: self.document });
            is_open = true;
        }
    }
}

/// `outpatients: {…}`: the mapping that holds all of a script, below a name for it.
fn only_mapping(reader: &Reader, entries: &[Entry]) -> Option<Id> {
    let mut held = entries.iter().filter(|entry| !reader.is_scalar(entry.value));
    let only = held.next().filter(|entry| entry.key.is_none() && held.next().is_none())?;
    reader.is_map(only.value).then_some(only.value)
}

fn hears(draft: &Draft) -> bool {
    matches!(&draft.body, Body::Entries(entries) if entries.iter().any(|entry| entry.key == Some(Key::Customer)))
}

/// Whether a script's top level holds lines in place of steps.
fn is_one_step(reader: &Reader, entries: &[Entry]) -> bool {
    let has = |wanted: Key| entries.iter().any(|entry| entry.key == Some(wanted) && !reader.is_null(entry.value));
    let is_speech = |entry: &Entry| entry.key == Some(Key::Agent) && keys::is_telling(&entry.word);
    has(Key::Lines) || (entries.iter().any(is_speech) && (has(Key::Customer) || has(Key::Choose)))
}

fn name(reader: &Reader, id: Id) -> String {
    reader.tree.value(id).trim().to_string()
}

/// `- greeting: [...]`: a step in a list that is called by its key.
fn named_item(reader: &Reader, id: Id) -> Option<(Id, Id)> {
    let Data::Map(pairs) = &reader.tree.node(id).data else {
        return None;
    };
    let [(key, value)] = pairs[..] else {
        return None;
    };
    let is_known = reader.meaning(&normalize(reader.tree.value(key))).is_some();
    (!is_known && !reader.is_scalar(value)).then_some((key, value))
}

fn is_step(reader: &Reader, id: Id) -> bool {
    let Data::Map(pairs) = &reader.tree.node(id).data else { return false };
    let has_name = pairs.iter().any(|&(key, _)| {
        let word = normalize(reader.tree.value(key));
        let is_name = NAMES.contains(&word.as_str());
        is_name || matches!(keys::lookup(&word), Some(Key::Title | Key::Lines))
    });
    has_id(reader, id) || has_name && !reader.is_fork(id)
}

/// A step of a list with its id.
fn step(reader: &mut Reader, item: Id, document: usize) -> Draft {
    let entries = reader.entries(item, Scope::Known);
    let (mut names, mut span) = (Vec::new(), None);
    let own = entries.iter().find(|entry| reader.own.get(&entry.word) == Some(&Key::Id)).map(|entry| entry.word.as_str());
    for word in NAMES.into_iter().chain(own) {
        let named = |entry: &&Entry| entry.word == word && reader.is_scalar(entry.value);
        for entry in entries.iter().filter(named) {
            span = span.or(Some(reader.span(entry.value)));
            names.push(name(reader, entry.value));
        }
    }
    let whole = reader.span(item);
    Draft { names, span: span.unwrap_or(whole), start: whole.start, body: Body::Entries(entries), opens_script: false, document }
}
