//! Memory for one line at a time, kept from line to line.

use super::matcher::{self, Hit};
use super::token::Words;
use std::cell::RefCell;

/// What it takes to tag a line by one lexicon.
#[derive(Default)]
pub(super) struct Scratch {
    /// Of the lexicon that it was sized for.
    key: usize,
    pub words: Words,
    pub matcher: matcher::Scratch,
    pub hits: Vec<Hit>,
    /// Hits that no act comes from.
    pub others: Vec<Hit>,
}

/// For how many lexicons a thread keeps memory: those of a language or two, and a project's own.
const MAX_LEXICONS: usize = 4;

thread_local! {
    static SCRATCHES: RefCell<Vec<Scratch>> = RefCell::default();
}

/// Runs with this thread's memory for a lexicon.
pub(super) fn with<R>(key: usize, run: impl FnOnce(&mut Scratch) -> R) -> R {
    SCRATCHES.with_borrow_mut(|all| {
        let at = all.iter().position(|scratch| scratch.key == key).unwrap_or_else(|| {
            all.truncate(MAX_LEXICONS - 1);
            all.push(Scratch { key, ..Scratch::default() });
            all.len() - 1
        });
        run(&mut all[at])
    })
}
