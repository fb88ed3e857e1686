//! The data that a line asks for.

use super::{Item, Line, Role, byte_range};
use std::ops::Range;

impl Line<'_> {
    /// Items of a sentence and of the ones after it that go on with it (`And the postcode?`).
    pub(super) fn items_near(&mut self, sentence: usize) -> Vec<Item> {
        let mut items = self.items_in(sentence);
        for next in sentence + 1..self.words.sentences.len() {
            if self.words.sentences[next].tokens.len() > 8 {
                break;
            }
            let more = self.items_in(next);
            if more.is_empty() {
                break;
            }
            merge(&mut items, more);
        }
        items
    }

    /// Items of one sentence; where two overlap the longer one holds.
    pub(super) fn items_in(&mut self, sentence: usize) -> Vec<Item> {
        self.others.clear();
        self.matcher.hits(sentence, &self.lexicon.items, self.others);
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for hit in self.others.iter() {
            if let Role::Item(item) = self.lexicon.compiled.roles[hit.pattern] {
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
            let range = byte_range(self.words, &tokens);
            merge(&mut items, vec![Item { name: self.lexicon.compiled.items[item].clone(), range }]);
        }
        items
    }
}

/// Adds items that are not there yet.
pub(in crate::act) fn merge(items: &mut Vec<Item>, more: Vec<Item>) {
    for item in more {
        if items.iter().all(|known| known.name != item.name) {
            items.push(item);
        }
    }
}
