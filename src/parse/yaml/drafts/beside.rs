//! What stands beside the steps: notes for the staff, situations and answers below a key of their own.

use super::{Body, Draft, Found, name};
use crate::parse::outline;
use crate::parse::yaml::Reader;
use crate::parse::yaml::entry::{Entry, Scope};
use crate::parse::yaml::tree::Id;
use crate::script::Order;

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
        let is_step = |entry: &Entry, drafts: &[Draft]| drafts.iter().any(|draft| draft.start == reader.span(entry.key_id).start);
        for entry in entries {
            if !tells(&entry) || is_step(&entry, &self.drafts) {
                continue;
            }
            // `closing: Thank you for calling.`
            let is_spoken = outline::is_stage(&name(reader, entry.key_id).replace('_', " ")) && entry.key.is_none();
            self.push(reader, entry.key_id, if is_spoken { Body::Value(entry.value) } else { Body::Notes(entry.value) });
        }
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

    /// `routes: {lost_card: {…}, complaint: {…}}`: situations of their own where nothing leads to one.
    pub(super) fn cases(&mut self, reader: &mut Reader, id: Id) {
        let cases = reader.entries(id, Scope::Names);
        let names: Vec<String> = cases.iter().map(|case| name(reader, case.key_id)).collect();
        let is_led_to = reader.tree.pairs().any(|(_, value)| names.iter().any(|name| reader.tree.value(value).trim() == name));
        cases.into_iter().for_each(|case| self.push(reader, case.key_id, Body::Value(case.value)));
        self.order = Some(if is_led_to { Order::Graph } else { Order::Menu });
    }
}
