//! The body of a step, a branch or a line: YAML nodes to [`Step`]s, in the order of their keys.

use crate::parse::attributes::apply_to_lines;
use crate::parse::statement;
use granit_parser::ScalarStyle;

use crate::script::{JumpKind, Kind, Step};
use crate::source::Text;

use super::Reader;
use super::entry::{Entry, Scope};
use super::keys::{self, Key, normalize};
use super::marks::kind_of_speaker;
use super::tree::{Data, Id};

impl Reader<'_> {
    /// Reads the value of `lines:` or `then:`, or a whole step: a list of lines, one mapping, or words.
    pub fn lines(&mut self, id: Id, steps: &mut Vec<Step>) {
        match &self.tree.node(id).data {
            Data::Null => {}
            Data::Scalar(scalar) if scalar.style == ScalarStyle::Literal => self.literal(id, steps),
            Data::Scalar(_) => match self.bare_jump(id) {
                Some(jump) => steps.push(jump),
                None => self.sentence(id, steps),
            },
            Data::Map(_) => {
                let entries = self.entries(id, Scope::Known);
                self.body(&entries, steps);
            }
            Data::List(items) => self.list(items, steps),
        }
    }

    /// Reads list items one after another. Neighbours that are branches without a `choose` above
    /// them make one choice.
    pub fn list(&mut self, items: &[Id], steps: &mut Vec<Step>) {
        let mut index = 0;
        while let Some(&item) = items.get(index) {
            let forks = items[index..].iter().take_while(|&&item| self.is_fork(item)).count();
            // A cue with a jump that ends the list is passed through and not by.
            let is_line = forks == 1 && index + 1 == items.len() && !self.has_fork_key(item);
            if forks > 0 && !is_line {
                self.choice_of(&items[index..index + forks], steps);
                index += forks;
                continue;
            }
            self.take_comments(self.span(item).start, steps);
            match &self.tree.node(item).data {
                Data::Scalar(_) => self.sentence(item, steps),
                Data::Map(_) if self.is_sentence(item) => {
                    let text = Text::copied(&self.source.text, self.span(item));
                    self.evidence.lines += 1;
                    steps.extend(self.plain(&text));
                }
                _ => self.lines(item, steps),
            }
            index += 1;
        }
    }

    /// Reads the entries of a mapping. What leaves it (`goto`, `end`, `transfer`) acts last,
    /// wherever it is written.
    pub fn body(&mut self, entries: &[Entry], steps: &mut Vec<Step>) {
        let is_condition = |entry: &Entry| entry.key == Some(Key::Condition) && self.is_scalar(entry.value);
        let Some(at) = entries.iter().position(is_condition) else { return self.all(entries, steps) };
        // What stands before the condition comes in any case, if something is left to stand under it.
        let (before, after) = (&entries[..at], &entries[at + 1..]);
        let (always, under) = if after.iter().any(is_line) { (before, after) } else { (&[][..], before) };
        self.all(always, steps);
        let under = under.iter().filter(|entry| is_line(entry));
        self.condition(entries[at..=at].iter().chain(under).cloned().collect(), steps);
    }

    fn all(&mut self, entries: &[Entry], steps: &mut Vec<Step>) {
        let (marks, kind) = self.marks(entries);
        let (mut read, mut leaving) = (Vec::new(), Vec::new());
        for entry in entries {
            if self.is_verbatim_mark(entry) {
                continue;
            }
            self.take_comments(self.span(entry.key_id).start, &mut read);
            match entry.key {
                Some(Key::Agent) if asks_often(entries, entry) => self.speech(Kind::Hear, entry, &mut read),
                Some(Key::Agent) => self.speech(Kind::Say, entry, &mut read),
                Some(Key::Customer | Key::Condition) if self.holds_ways(entry) => self.choice(entry, &mut read),
                Some(Key::Customer) => self.speech(Kind::Hear, entry, &mut read),
                Some(Key::Note) => self.speech(Kind::Note, entry, &mut read),
                Some(Key::Set) => add_note(Text::copied(&self.source.text, entry.span(self)), &mut read),
                Some(Key::Avoid) => self.speech(Kind::Avoid, entry, &mut read),
                Some(Key::Label) if entry.word == "answer" => self.speech(Kind::Say, entry, &mut read),
                Some(Key::Condition) => self.speech(Kind::Note, entry, &mut read),
                Some(Key::Collect) => self.collect(entry.value, &mut read),
                Some(Key::Lines | Key::Steps | Key::Flow) => self.lines(entry.value, &mut read),
                Some(Key::Choose) if self.are_replies(entries, entry) => self.lines(entry.value, &mut read),
                // Beside `if_open: {…}`
                Some(Key::Otherwise) if matches!(leaving.last(), Some(Step::Choice(_))) => self.choice(entry, &mut leaving),
                Some(Key::Choose | Key::Otherwise) => self.choice(entry, &mut read),
                Some(Key::Goto) if !self.is_scalar(entry.value) => self.choice(entry, &mut leaving),
                None if self.lists_names(entry.value) => self.choice(&Entry { key: Some(Key::Goto), ..entry.clone() }, &mut leaving),
                Some(Key::Goto) => leaving.extend(self.jump(JumpKind::Goto, entry)),
                Some(Key::Call) => read.extend(self.jump(JumpKind::Call, entry)),
                Some(Key::Transfer) => leaving.extend(self.jump(JumpKind::Transfer, entry)),
                Some(Key::End) => leaving.extend(self.end(entry)),
                None if self.wraps_words(entry) => self.lines(entry.value, &mut read),
                None if self.is_answer(entries, entry) => self.answer(entry, &mut leaving),
                None => self.unknown(entries, entry, &mut read),
                _ => {}
            }
        }
        apply_to_lines(&mut read, &marks, kind);
        steps.append(&mut read);
        steps.append(&mut leaving);
    }

    /// Under a key that nobody knows: a turn of whom it names, or what holds speech, whatever it is called.
    fn unknown(&mut self, entries: &[Entry], entry: &Entry, read: &mut Vec<Step>) {
        match (self.turn(entries, entry), self.said.get(&entry.word).copied()) {
            (Some(kind), _) => {
                self.evidence.structure += 1;
                self.speech(kind, entry, read);
            }
            (None, Some(kind)) if !self.is_null(entry.value) => {
                self.evidence.structure += usize::from(kind == Kind::Hear);
                self.hear(entry, kind);
                self.speech(kind, entry, read);
            }
            (None, _) if self.holds_speech(entry) => {
                self.take_in(entry);
                self.lines(entry.value, read);
            }
            _ => self.leave_out(entry),
        }
    }

    /// Under what customers say, or a condition: ways with what follows on each.
    fn holds_ways(&self, entry: &Entry) -> bool {
        let holds_branches = || entry.key == Some(Key::Condition) && self.holds_branches(entry.value);
        self.is_fan(entry.value) || self.are_ways(entry.value) || holds_branches()
    }

    /// `responses: [{text: …}]`, and `responses: [Good morning.]` beside what the customer says: the agent's words,
    /// and nothing to choose from.
    fn are_replies(&self, entries: &[Entry], entry: &Entry) -> bool {
        let key = |id: Id| keys::lookup(&normalize(self.tree.value(id)));
        let says = |&item: &Id| match &self.tree.node(item).data {
            Data::Map(pairs) => pairs.first().is_some_and(|&(first, _)| matches!(key(first), Some(Key::Agent | Key::Transfer))),
            _ => entries.iter().any(|other| other.key == Some(Key::Customer)),
        };
        let items = self.items(entry.value);
        matches!(&*entry.word, "responses" | "replies" | "answers") && items.first().is_some_and(says) && items.iter().all(says)
    }

    /// `data: {text: …}`: what a tool's node says, in a mapping of its own.
    fn wraps_words(&self, entry: &Entry) -> bool {
        let Data::Map(pairs) = &self.tree.node(entry.value).data else { return false };
        let says = |&(key, value): &(Id, Id)| self.is_scalar(value) && keys::lookup(&normalize(self.tree.value(key))) == Some(Key::Agent);
        matches!(&*entry.word, "data" | "properties" | "payload" | "content" | "body" | "config") && pairs.iter().any(says)
    }

    /// `desk: "Good evening"`: a name of somebody who speaks that is no key by itself.
    fn turn(&self, entries: &[Entry], entry: &Entry) -> Option<Kind> {
        let may_be = entries.len() <= 2 && self.is_scalar(entry.value);
        may_be.then(|| kind_of_speaker(self.tree.value(entry.key_id))).flatten().filter(|kind| *kind != Kind::Note)
    }

    /// `agent_does: [{say: …}, …]`: whatever the key is called, somebody speaks in all that stands under it.
    fn holds_speech(&self, entry: &Entry) -> bool {
        let is_speech = |word: &str| keys::is_telling(&normalize(word));
        let speaks = |id: &Id| match &self.tree.node(*id).data {
            Data::Map(pairs) => pairs.iter().any(|&(key, _)| is_speech(self.tree.value(key))),
            _ => false,
        };
        let is_aside =
            matches!(&*entry.word, "examples" | "example" | "tests" | "test" | "training" | "translations" | "metadata" | "meta");
        let is_list = matches!(&self.tree.node(entry.value).data, Data::List(items) if items.iter().any(&speaks));
        !is_aside && (is_list || speaks(&entry.value))
    }

    /// A mapping from what customers say to where that leads, or a list of such.
    fn is_fan(&self, id: Id) -> bool {
        let leads = |id: Id| match &self.tree.node(id).data {
            Data::Map(pairs) => {
                pairs.iter().all(|&(key, value)| self.is_scalar(value) && self.meaning(&normalize(self.tree.value(key))).is_none())
            }
            _ => false,
        };
        match &self.tree.node(id).data {
            Data::List(items) => !items.is_empty() && items.iter().all(|&item| leads(item)),
            _ => leads(id),
        }
    }

    /// Words under a speaker's key: one line, or one for each item of a list.
    fn speech(&mut self, kind: Kind, entry: &Entry, steps: &mut Vec<Step>) {
        let before = steps.len();
        for item in self.items(entry.value) {
            if let Some(text) = self.text(item).or_else(|| self.placeholder(item)) {
                steps.extend(statement::keyed(&text, kind, &self.profile));
                continue;
            }
            let mut inner = Vec::new();
            self.lines(item, &mut inner);
            for step in &mut inner {
                if let Step::Line(line) = step
                    && line.kind == Kind::Say
                {
                    line.kind = kind;
                }
            }
            steps.append(&mut inner);
        }
        if steps.len() == before || !matches!(kind, Kind::Say | Kind::Hear) || entry.word == "script" {
            return;
        }
        match keys::is_telling(&entry.word) {
            true => self.evidence.telling += 1,
            false => self.evidence.lines += 1,
        }
        if entry.word == "verbatim" {
            for step in &mut steps[before..] {
                if let Step::Line(line) = step {
                    line.marks.is_verbatim = true;
                }
            }
        }
    }

    /// `agent: {name}`, which YAML takes for a mapping.
    fn placeholder(&self, id: Id) -> Option<Text> {
        let Data::Map(pairs) = &self.tree.node(id).data else {
            return None;
        };
        let is_placeholder = pairs.iter().all(|&(_, value)| self.is_null(value)) && self.source.slice(self.span(id)).starts_with('{');
        is_placeholder.then(|| Text::copied(&self.source.text, self.span(id)))
    }

    fn collect(&mut self, id: Id, steps: &mut Vec<Step>) {
        for item in self.items(id) {
            let entries = if self.is_map(item) { self.entries(item, Scope::Names) } else { Vec::new() };
            let inner = entries.iter().map(|entry| entry.value).find(|&value| self.is_scalar(value));
            let text = self.text(inner.unwrap_or(item)).or_else(|| self.placeholder(item));
            if let Some(text) = text {
                steps.extend(statement::keyed(&text, Kind::Collect, &self.profile));
            }
        }
    }

    /// Adds the comments that stand before `offset`, ahead of what leaves the list.
    pub fn take_comments(&mut self, offset: usize, steps: &mut Vec<Step>) {
        while let Some(comment) = self.comments.before(offset) {
            let text = comment.text.clone();
            add_note(text, steps);
        }
    }

    /// The column of a byte, in bytes from the start of its line.
    pub fn column(&self, start: usize) -> usize {
        start - self.source.line_start(self.source.line_index(start))
    }
}

/// Not only the name of a step or what it is about.
fn is_line(entry: &Entry) -> bool {
    !matches!(entry.key, Some(Key::Id | Key::Title | Key::Label | Key::Intent | Key::Channel | Key::Language | Key::Start))
}

/// Adds a note ahead of the jump or ending that a list of steps closes with.
pub fn add_note(text: Text, steps: &mut Vec<Step>) {
    let leaving = steps.iter().rev().take_while(|step| matches!(step, Step::Jump(_) | Step::End(_))).count();
    let note = Step::line(Kind::Note, text);
    steps.insert(steps.len() - leaving, note);
}

/// `question:` beside `answer:`: in a list of frequent questions the customer asks.
fn asks_often(entries: &[Entry], entry: &Entry) -> bool {
    entry.word == "question" && entries.iter().any(|other| other.word == "answer")
}
