//! Ways that stand beside other keys of a step: `yes: pay`, `if_open: {…}`, `leak: 2`.

use crate::script::{Choice, Step};

use super::Reader;
use super::entry::Entry;
use super::keys::{self, Key, normalize};
use super::tree::{Data, Id};

impl Reader<'_> {
    /// `yes:`, `if_no:` or `if_open:` beside a question, with something to do; `leak: 2` and `bill: 4`, where steps are
    /// called so.
    pub fn is_answer(&self, entries: &[Entry], entry: &Entry) -> bool {
        let written = self.tree.value(entry.key_id);
        let does = || !self.is_scalar(entry.value) || self.is_step(self.tree.value(entry.value));
        let is_told = keys::answer(written).is_some() || keys::is_case(written) && does();
        !self.is_null(entry.value) && (is_told || self.leads(entry) && entries.iter().filter(|entry| self.leads(entry)).nth(1).is_some())
    }

    /// A key that is none of the known ones, over the name of a step.
    fn leads(&self, entry: &Entry) -> bool {
        entry.key.is_none() && self.is_scalar(entry.value) && self.is_step(self.tree.value(entry.value))
    }

    /// `follow_ups: [refill, leave]`: names of steps, and nothing else.
    pub fn lists_names(&self, id: Id) -> bool {
        let is_name = |&item: &Id| self.is_scalar(item) && self.is_step(self.tree.value(item));
        matches!(&self.tree.node(id).data, Data::List(items) if items.len() > 1 && items.iter().all(is_name))
    }

    /// `patient_says: [{line: …, rep: …}]`: ways, of which each goes on with more than what is heard.
    pub fn are_ways(&self, id: Id) -> bool {
        let goes_on = |key: Option<Key>| matches!(key, Some(Key::Agent | Key::Goto | Key::Lines | Key::End | Key::Transfer));
        let is_way = |item: &Id| match &self.tree.node(*item).data {
            Data::Map(pairs) => pairs.len() > 1 && pairs.iter().any(|&(key, _)| goes_on(self.meaning(&normalize(self.tree.value(key))))),
            _ => false,
        };
        matches!(&self.tree.node(id).data, Data::List(items) if !items.is_empty() && items.iter().all(is_way))
    }

    /// Adds such an answer to the choice that the one before it began.
    pub fn answer(&mut self, entry: &Entry, steps: &mut Vec<Step>) {
        let mut branch = self.named_branch(entry);
        let from = keys::answer(self.tree.value(entry.key_id)).unwrap_or(0);
        branch.label = branch.label.map(|label| label.slice(from, label.value.len()));
        match steps.last_mut() {
            Some(Step::Choice(choice)) if choice.branches.iter().all(|other| other.is_heard == branch.is_heard) => {
                choice.span = choice.span.to(branch.span);
                choice.branches.push(branch);
            }
            _ => steps.push(Step::Choice(Choice { span: branch.span, branches: vec![branch] })),
        }
    }
}
