//! What stands beside the steps: notes for the staff, situations and answers below a key of their own.

use super::{Body, Draft, Found, name};
use crate::parse::outline;
use crate::parse::yaml::Reader;
use crate::parse::yaml::entry::{Entry, Scope};
use crate::parse::yaml::keys::{Key, normalize};
use crate::parse::yaml::tree::{Data, Id};
use crate::script::Order;
use std::collections::HashSet;

/// As many words under a key tell something.
const NOTE: usize = 4;

impl Found {
    /// Words under keys that are no step's and not known: what is written for the staff.
    pub(super) fn notes(&mut self, reader: &Reader, entries: Vec<Entry>) {
        let words = |id: Id| reader.tree.value(id).split_whitespace().count();
        let tells = |entry: &Entry| {
            let items = reader.items(entry.value);
            !items.is_empty() && items.iter().all(|&item| reader.is_scalar(item)) && items.iter().any(|&item| words(item) >= NOTE)
        };
        let steps: HashSet<usize> = self.drafts.iter().map(|draft| draft.start).collect();
        for entry in entries {
            if !tells(&entry) || steps.contains(&reader.span(entry.key_id).start) {
                continue;
            }
            // `closing: Thank you for calling.`
            let stage = name(reader, entry.key_id).replace('_', " ");
            let is_spoken = (outline::is_opening(&stage) || outline::is_closing(&stage)) && entry.key.is_none();
            self.push(reader, entry.key_id, if is_spoken { Body::Value(entry.value) } else { Body::Notes(entry.value) });
        }
    }

    /// `- case: The site is down`: what it is called is what it is about.
    fn case(&mut self, reader: &mut Reader, item: Id) {
        let Some((key, value)) = reader.case_name(item) else { return };
        let mut entries = reader.entries(item, Scope::Known);
        entries.iter_mut().filter(|entry| entry.key_id == key).for_each(|entry| entry.key = Some(Key::Title));
        let (span, names) = (reader.span(value), vec![name(reader, value)]);
        let start = reader.span(item).start;
        self.drafts.push(Draft { names, span, start, body: Body::Entries(entries), opens_script: false, document: self.document });
    }

    /// `objections: {"It costs too much": It is a lot at once. …}`: each is a situation of its own.
    pub(super) fn answers(&mut self, reader: &mut Reader, id: Id) {
        for entry in reader.entries(id, Scope::Names) {
            if reader.is_scalar(entry.value) && reader.tree.value(entry.value).trim().contains(' ') {
                reader.evidence.telling += 1;
                self.push(reader, entry.key_id, Body::Value(entry.value));
                self.order = Some(Order::Menu);
            }
        }
    }

    /// `situations: [{they_say: …, we_say: …}]`: calls of their own, called by what the customer says.
    pub(super) fn pairs(&mut self, reader: &mut Reader, id: Id) {
        reader.evidence.telling += 1;
        for item in reader.items(id) {
            let entries = reader.entries(item, Scope::Known);
            let Some(first) = entries.first() else { continue };
            let (span, names) = (reader.span(first.value), vec![name(reader, first.value)]);
            let start = reader.span(item).start;
            self.drafts.push(Draft { names, span, start, body: Body::Entries(entries), opens_script: false, document: self.document });
        }
        self.order = Some(Order::Menu);
    }

    /// `routes: {lost_card: {…}, complaint: {…}}`: situations of their own where nothing leads to one.
    pub(super) fn cases(&mut self, reader: &mut Reader, id: Id) {
        if let Data::List(items) = &reader.tree.node(id).data {
            items.iter().for_each(|&item| self.case(reader, item));
            self.order = Some(Order::Menu);
            return;
        }
        let cases = reader.entries(id, Scope::Names);
        let names: HashSet<String> = cases.iter().map(|case| name(reader, case.key_id)).collect();
        let leads = |words: &str| names.contains(words.trim_start_matches(['-', '=', '>', '→', ' ']).trim());
        let is_led_to = reader.tree.scalars().any(leads);
        reader.evidence.telling += 1;
        cases.into_iter().for_each(|case| self.push(reader, case.key_id, Body::Value(case.value)));
        self.order = Some(if is_led_to { Order::Graph } else { Order::Menu });
    }
}

impl Reader<'_> {
    /// The first key of a case that is not known, or names it, with the words there.
    pub(super) fn case_name(&self, id: Id) -> Option<(Id, Id)> {
        let Data::Map(pairs) = &self.tree.node(id).data else { return None };
        let is_name =
            |key: Id| matches!(self.meaning(&normalize(self.tree.value(key))), None | Some(Key::Title | Key::Label | Key::Condition));
        pairs.iter().copied().find(|&(key, value)| self.is_scalar(value) && is_name(key))
    }
}
