//! Choices: `choose:` and its like, `next:` with a list, and neighbours such as `if` and `else`.

use crate::parse::import::as_words;
use crate::script::{Branch, Choice, JumpKind, Step};
use crate::source::{Span, Text};

use super::Reader;
use super::entry::{Entry, Scope, is_true};
use super::keys::{self, Key, normalize};
use super::tree::{Data, Id};

/// The classes that an author may give to a branch.
const CLASSES: [&str; 6] = ["yes", "no", "cancel", "fault", "complaint", "other"];

impl Reader<'_> {
    /// Reads a key with its branches: a list, one branch, or a mapping from labels to bodies.
    pub fn choice(&mut self, entry: &Entry, steps: &mut Vec<Step>) {
        let mut choice = Choice { branches: Vec::new(), span: entry.span(self) };
        let value = entry.value;
        if entry.key == Some(Key::Otherwise) {
            let branch = self.named_branch(entry);
            choice.branches.push(branch);
        } else if self.is_map(value) && !self.is_branch(value) {
            for entry in self.entries(value, Scope::Names) {
                let branch = self.named_branch(&entry);
                choice.branches.push(branch);
            }
        } else {
            let are_theirs = keys::is_theirs(&entry.word);
            for item in self.items(value) {
                self.are_theirs = are_theirs;
                self.branch(item, entry.key == Some(Key::Goto), &mut choice.branches);
            }
        }
        match (&mut choice.branches[..], steps.last_mut()) {
            ([], _) => {}
            // The only way out of a tool's step is no choice.
            ([way], _) if way.label.as_ref().is_some_and(|label| keys::is_outcome(&label.value)) => steps.append(&mut way.steps),
            // `choices:` and `no_match:` beside each other.
            (_, Some(Step::Choice(before))) if entry.key == Some(Key::Otherwise) => {
                before.span = before.span.to(choice.span);
                before.branches.append(&mut choice.branches);
            }
            _ => steps.push(Step::Choice(choice)),
        }
    }

    /// A choice of list items that are branches without a key above them.
    pub fn choice_of(&mut self, items: &[Id], steps: &mut Vec<Step>) {
        let span = items.iter().map(|&item| self.span(item)).reduce(Span::to).unwrap_or_default();
        let mut branches = Vec::new();
        items.iter().for_each(|&item| self.branch(item, false, &mut branches));
        steps.push(Step::Choice(Choice { branches, span }));
    }

    /// Whether a list item is a branch by itself: a condition, or a cue with what follows on it.
    pub fn is_fork(&self, id: Id) -> bool {
        let Data::Map(pairs) = &self.tree.node(id).data else {
            return false;
        };
        let mut keys = pairs.iter().map(|&(key, _)| self.key(key));
        let is_cue = pairs.first().is_some_and(|&(key, _)| self.key(key) == Some(Key::Customer));
        self.has_fork_key(id) || (is_cue && keys.any(|key| key == Some(Key::Goto)))
    }

    /// Whether a list item has a key that only branches have.
    pub fn has_fork_key(&self, id: Id) -> bool {
        let Data::Map(pairs) = &self.tree.node(id).data else {
            return false;
        };
        pairs.iter().enumerate().any(|(index, &(key, _))| match self.key(key) {
            Some(Key::Condition | Key::Otherwise) => true,
            Some(Key::Lines) => index > 0 && self.key(pairs[0].0) == Some(Key::Customer),
            _ => false,
        })
    }

    fn key(&self, id: Id) -> Option<Key> {
        self.meaning(&normalize(self.tree.value(id)))
    }

    /// Whether a mapping is one branch and not a mapping from labels to branches.
    fn is_branch(&self, id: Id) -> bool {
        let Data::Map(pairs) = &self.tree.node(id).data else {
            return false;
        };
        let keys: Vec<Option<Key>> = pairs.iter().map(|&(key, _)| self.key(key)).collect();
        keys.iter().any(|key| matches!(key, Some(Key::Customer | Key::Condition | Key::Label | Key::Goto | Key::Lines)))
    }

    /// `if:` over a list of branches.
    pub fn holds_branches(&self, id: Id) -> bool {
        matches!(&self.tree.node(id).data, Data::List(items) if items.iter().all(|&item| self.is_branch(item)))
    }

    /// Reads one branch, or two for `if` with `else`. `is_target` when a bare word is a step's name.
    fn branch(&mut self, id: Id, is_target: bool, branches: &mut Vec<Branch>) {
        let span = self.span(id);
        let mut branch = Branch { span, ..Branch::default() };
        self.take_comments(span.start, &mut branch.steps);
        match &self.tree.node(id).data {
            Data::Scalar(_) if is_target => self.continuation(id, &mut branch.steps),
            Data::Scalar(_) => {
                branch.label = self.text(id);
                branch.is_heard = true;
                self.count("label");
            }
            Data::Map(pairs) if pairs.len() == 1 && self.key(pairs[0].0).is_none() => {
                let notes = branch.steps;
                for entry in self.entries(id, Scope::Names) {
                    let mut named = self.named_branch(&entry);
                    named.steps.splice(0..0, notes.clone());
                    branches.push(named);
                }
                return;
            }
            Data::Map(_) => {
                let entries = self.entries(id, Scope::Known);
                return self.branch_of(entries, branch, branches);
            }
            _ => self.lines(id, &mut branch.steps),
        }
        branches.push(branch);
    }

    /// `when: …` among the keys of a step: these entries, of which it is the first, are a way of their own.
    pub fn condition(&mut self, entries: Vec<Entry>, steps: &mut Vec<Step>) {
        let span = entries.iter().map(|entry| entry.span(self)).reduce(Span::to).unwrap_or_default();
        let mut choice = Choice { branches: Vec::new(), span };
        self.branch_of(entries, Branch { span, ..Branch::default() }, &mut choice.branches);
        steps.push(Step::Choice(choice));
    }

    fn branch_of(&mut self, mut entries: Vec<Entry>, mut branch: Branch, branches: &mut Vec<Branch>) {
        if let Some(place) = self.label_place(&entries) {
            let label = entries.remove(place);
            branch.is_heard = label.key != Some(Key::Condition);
            branch.label = self.label(label.value);
            self.count(&label.word);
        }
        self.name_by_intent(&entries, &mut branch);
        self.lead_by_id(&mut entries);
        let value = |entry: &Entry| self.tree.value(entry.value).trim();
        let class = entries.iter().find(|entry| entry.word == "label" && self.is_scalar(entry.value));
        branch.class = class.map(|entry| value(entry).to_lowercase());
        branch.reason = entries.iter().find(|entry| entry.key == Some(Key::Reason)).map(|entry| value(entry).to_string());
        let other = entries.iter().position(|entry| entry.key == Some(Key::Otherwise)).map(|place| entries.remove(place));
        match other {
            Some(other) if branch.label.is_some() => {
                self.body(&entries, &mut branch.steps);
                branches.push(branch);
                branch = self.named_branch(&other);
            }
            Some(other) => self.otherwise(&other, &entries, &mut branch),
            None => self.body(&entries, &mut branch.steps),
        }
        branches.push(branch);
    }

    /// `intent: track_parcel` in place of a label, as chatbots have it; `condition: always` is none.
    fn name_by_intent(&self, entries: &[Entry], branch: &mut Branch) {
        let intent = entries.iter().find(|entry| entry.key == Some(Key::Intent)).and_then(|entry| self.text(entry.value));
        if branch.label.is_none() && intent.is_some() {
            branch.label = intent.as_ref().map(as_words);
            branch.is_heard = true;
        }
        let is_always = |label: &Text| matches!(normalize(&label.value).as_str(), "always" | "true" | "else" | "default" | "otherwise");
        branch.is_otherwise |= !branch.is_heard && branch.label.as_ref().is_some_and(is_always);
    }

    /// `node: pay` in a branch is where it leads, if a step is called so.
    fn lead_by_id(&self, entries: &mut [Entry]) {
        if entries.iter().any(|entry| matches!(entry.key, Some(Key::Goto | Key::Lines | Key::End | Key::Transfer))) {
            return;
        }
        let is_step = |entry: &&mut Entry| entry.key == Some(Key::Id) && self.is_step(self.tree.value(entry.value));
        entries.iter_mut().find(is_step).into_iter().for_each(|entry| entry.key = Some(Key::Goto));
    }

    /// `otherwise:` with a body of its own, or with the body beside it.
    fn otherwise(&mut self, other: &Entry, entries: &[Entry], branch: &mut Branch) {
        branch.is_otherwise = true;
        self.evidence.structure += 1;
        let is_body = |entry: &Entry| !matches!(entry.key, Some(Key::Reason | Key::Label | Key::Acts));
        if entries.iter().any(is_body) && self.is_scalar(other.value) {
            branch.label = self.text(other.value).filter(|text| !is_true(&text.value));
        } else {
            self.continuation(other.value, &mut branch.steps);
        }
        self.body(entries, &mut branch.steps);
    }

    /// Which entry is the label: the first that can be one, but `text` only where nothing else can,
    /// and `label: yes` is a class where the customer's words stand beside it.
    fn label_place(&self, entries: &[Entry]) -> Option<usize> {
        let is_label = |entry: &Entry| {
            let is_key = matches!(entry.key, Some(Key::Customer | Key::Condition | Key::Label));
            is_key && !self.words(entry.value).is_empty()
        };
        let places = || entries.iter().enumerate().filter(|(_, entry)| is_label(entry));
        let is_class = |entry: &Entry| {
            let value = self.tree.value(entry.value).trim().to_lowercase();
            entry.word == "label" && CLASSES.contains(&value.as_str())
        };
        let place = places().find(|(_, entry)| !is_class(entry)).or(places().next());
        let is_text = |word: &str| word == "text" || self.are_theirs && matches!(word, "response" | "reply" | "line");
        let text = || entries.iter().position(|entry| is_text(&entry.word) && self.is_scalar(entry.value));
        // `picks: "…"` beside `goto:`: whatever the key is called, these words lead there.
        let leads = entries.iter().any(|entry| entry.key == Some(Key::Goto));
        let is_unknown = |entry: &Entry| entry.key.is_none() && self.is_scalar(entry.value) && !self.words(entry.value).is_empty();
        let unknown = || entries.iter().position(is_unknown).filter(|_| leads);
        let has_otherwise = entries.iter().any(|entry| entry.key == Some(Key::Otherwise));
        match place {
            Some((place, _)) => Some(place),
            None if has_otherwise => None,
            None => text().or_else(unknown),
        }
    }

    /// The words of a label; those of a list are alternatives.
    fn label(&self, id: Id) -> Option<Text> {
        let mut label: Option<Text> = None;
        for text in self.items(id).into_iter().filter_map(|item| self.text(item)) {
            match &mut label {
                Some(label) => {
                    let (end, start) = (label.span().end, text.span().start);
                    if start >= end {
                        label.push(" / ", Span::new(end, start));
                    }
                    label.append(&text);
                }
                None => label = Some(text),
            }
        }
        label
    }

    /// A branch whose label is its key: `Yes: confirm`, `otherwise: [...]`.
    pub fn named_branch(&mut self, entry: &Entry) -> Branch {
        let mut branch = Branch { span: entry.span(self), ..Branch::default() };
        self.take_comments(branch.span.start, &mut branch.steps);
        if entry.key == Some(Key::Otherwise) {
            branch.is_otherwise = true;
            self.evidence.structure += 1;
        } else {
            let words = self.tree.value(entry.key_id).to_lowercase();
            let is_case = keys::is_case(&words);
            let is_name = is_case || words.contains('_') && !words.contains(' ');
            branch.label = self.text(entry.key_id).map(|label| if is_name { as_words(&label) } else { label });
            branch.is_otherwise = keys::is_rest(&words);
            branch.is_heard = !is_case && !keys::is_outcome(&words) && !branch.is_otherwise;
            self.count("label");
        }
        let value = self.tree.value(entry.value);
        if !(branch.is_otherwise && is_true(value)) {
            self.continuation(entry.value, &mut branch.steps);
        }
        branch
    }

    /// What a branch goes on with: a step's name, words, or a body.
    fn continuation(&mut self, id: Id, steps: &mut Vec<Step>) {
        let is_word = self.is_scalar(id) && !self.tree.value(id).trim().contains(char::is_whitespace);
        if is_word {
            let entry = Entry { word: "goto".to_string(), key: Some(Key::Goto), key_id: id, value: id };
            steps.extend(self.jump(JumpKind::Goto, &entry));
        } else {
            self.lines(id, steps);
        }
    }

    fn count(&mut self, word: &str) {
        self.evidence.structure += 1;
        match keys::lookup(word) {
            _ if keys::is_telling(word) => self.evidence.telling += 1,
            Some(Key::Condition) => {}
            _ => self.evidence.lines += 1,
        }
    }
}
