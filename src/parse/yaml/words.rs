//! Values that are words and no mapping: a sentence, a literal text of several lines.

use super::Reader;
use super::jump::is_end;
use super::keys::normalize;
use super::tree::{Data, Id};
use crate::parse::assemble::{Item, assemble};
use crate::parse::line;
use crate::parse::role::{self, Role};
use crate::parse::statement::{self, Place};
use crate::script::Step;
use crate::source::Text;

impl Reader<'_> {
    /// Words that must say themselves who speaks; without a marker they are the agent's, unless they tell
    /// when to go elsewhere.
    pub(super) fn plain(&self, text: &Text) -> Vec<Step> {
        let directs = role::is_condition(&role::clean(&text.value)) && !line::verbs(&text.value).is_empty();
        let place = Place { speaker: (!directs).then_some(Role::Agent), is_item: false, has_children: false };
        let statement = statement::read(text, place, &self.profile);
        assemble(vec![Item { statement, is_block: false }])
    }

    pub(super) fn sentence(&mut self, id: Id, steps: &mut Vec<Step>) {
        if let Some(text) = self.text(id).filter(|text| !text.is_empty()) {
            if is_end(&text.value) {
                steps.push(Step::End(text.span()));
                return;
            }
            self.evidence.lines += 1;
            steps.extend(self.plain(&text));
        }
    }

    /// A `|` text in place of a list of lines: each of its lines is one.
    pub(super) fn literal(&mut self, id: Id, steps: &mut Vec<Step>) {
        let Some(text) = self.text(id) else { return };
        let mut at = 0;
        for row in text.value.split_inclusive('\n') {
            let part = text.slice(at, at + row.len());
            if !part.is_empty() {
                self.evidence.lines += 1;
                steps.extend(self.plain(&part));
            }
            at += row.len();
        }
    }

    /// `- Thank you for calling: how can I help?`, which YAML takes for a key and its value.
    pub(super) fn is_sentence(&self, id: Id) -> bool {
        let Data::Map(pairs) = &self.tree.node(id).data else {
            return false;
        };
        let [(key, value)] = pairs[..] else {
            return false;
        };
        let word = self.tree.value(key);
        word.trim().contains(' ')
            && self.is_scalar(value)
            && self.meaning(&normalize(word)).is_none()
            && !self.said.contains_key(&normalize(word))
            && self.span(value).start >= self.span(key).end
    }
}
