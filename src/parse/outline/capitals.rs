//! Titles in capitals: `CANCEL REQUEST`.

use crate::parse::blocks::{Block, BlockKind};
use crate::parse::statement::is_end;
use crate::parse::{line, logical, role, turns};
use crate::source::Source;
use std::cell::OnceCell;
use std::collections::HashSet;

/// The words in capitals of one document.
pub(super) struct Capitals<'a> {
    pub source: &'a Source,
    /// What stands alone behind an arrow; a look at the whole text, which few documents need.
    pointed_at: OnceCell<HashSet<&'a str>>,
}

impl<'a> Capitals<'a> {
    pub fn new(source: &'a Source) -> Capitals<'a> {
        Capitals { source, pointed_at: OnceCell::new() }
    }

    /// A few words in capitals, alone in a paragraph.
    pub fn are_alone(&self, block: &Block) -> bool {
        matches!(block.lines[..], [line] if block.kind == BlockKind::Paragraph && self.are_in(self.source.slice(line)))
    }

    /// A few words in capitals that are no order, no condition and no end.
    pub fn are_in(&self, words: &str) -> bool {
        self.are_up_to(5, words)
    }

    pub fn are_up_to(&self, most_words: usize, words: &str) -> bool {
        line::is_capitals(words)
            && words.split_whitespace().count() <= most_words
            && words.ends_with(char::is_alphabetic)
            && !role::is_condition(&role::clean(words))
            && !is_end(words)
            && role::clean(words) != "or"
            && (turns::name(words).is_none() || self.are_pointed_at(words))
    }

    /// `MANAGER` is a part of the call and nobody who speaks, where `no -> MANAGER` leads to it.
    fn are_pointed_at(&self, words: &str) -> bool {
        let all = self.pointed_at.get_or_init(|| {
            let text = &self.source.text;
            let places = logical::ARROWS.into_iter().flat_map(|arrow| text.match_indices(arrow).map(|(at, arrow)| at + arrow.len()));
            places.filter_map(|at| text[at..].lines().next()).map(str::trim).collect()
        });
        all.contains(words.trim())
    }
}
