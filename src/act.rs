//! Speech acts: what a line does (asks for identity, denies a fault, offers to stay, …).
//!
//! [`lexicon::Lexicon::tag`] hears acts by the patterns of rules/acts. A trained tagger can later take
//! the lines that patterns left open: it needs only the same signature, from a line to its acts.

pub mod eval;
pub mod lexicon;
pub mod matcher;
pub mod pattern;
pub mod token;

pub use lexicon::{Lexicon, Voice};

/// An act that was heard in a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Which act; index into [`Lexicon::names`].
    pub id: ActId,
    /// The words that decided, in bytes of the line's text; the whole line for an act that was tagged
    /// by hand.
    pub range: std::ops::Range<usize>,
    /// The data that it asks for (`dob`, `postcode`, `other:pet`), each once, in the order of the words.
    pub items: Vec<Item>,
    /// `pattern`, `context` or `tag`.
    pub by: &'static str,
}

/// A piece of data that a line asks for, and its words, in bytes of the line's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub name: String,
    pub range: std::ops::Range<usize>,
}

pub type ActId = u8;

/// A set of acts, one bit for each [`ActId`].
pub type ActSet = u128;
