//! What a file of rules/acts holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One file of rules/acts: what an act is, how it sounds, and what only sounds like it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ActFile {
    pub act: String,
    /// Who performs it.
    pub who: Who,
    pub meaning: String,
    /// Word classes of this file; those of words.yaml are there everywhere.
    pub words: BTreeMap<String, Vec<String>>,
    /// What the speaker says (or, for a note's act, what the note says).
    pub patterns: Vec<String>,
    /// How a note to the agent orders it (`verify the date of birth`).
    pub orders: Vec<String>,
    /// How a branch or heading tells it of the customer (`declines the offer`).
    pub cues: Vec<String>,
    /// In the same sentence, these take it back.
    pub unless: Vec<String>,
    /// Anywhere in the line, these take it back.
    pub unless_line: Vec<String>,
    /// Acts by name: if the line is heard to do one of these, it does not do this one.
    pub unless_acts: Vec<String>,
    /// A fact that some rule asks for, and no act that people label: listings of what is heard leave it out.
    pub aside: bool,
    /// It asks for data: record which.
    pub asks_items: bool,
    /// Lines that are it; tests.
    pub examples: Vec<String>,
    /// Lines that are not; tests.
    pub near: Vec<String>,
}

impl ActFile {
    /// Its lists of patterns.
    pub const LISTS: [&str; 5] = ["patterns", "orders", "cues", "unless", "unless_line"];

    /// The patterns of each of [`ActFile::LISTS`].
    pub fn lists(&self) -> [&Vec<String>; 5] {
        [&self.patterns, &self.orders, &self.cues, &self.unless, &self.unless_line]
    }

    pub fn lists_mut(&mut self) -> [&mut Vec<String>; 5] {
        [&mut self.patterns, &mut self.orders, &mut self.cues, &mut self.unless, &mut self.unless_line]
    }
}

/// Who performs an act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    #[default]
    Agent,
    Note,
    Customer,
    /// The agent in speech or a note by the same words.
    Both,
}

/// Word classes shared by all files of a language (words.yaml), and the data that may be asked for (items.yaml).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WordsFile {
    /// What the language is called, its ISO 639-1 code first (`en`, `eng`, `english`).
    pub names: Vec<String>,
    pub words: BTreeMap<String, Vec<String>>,
    /// Noun phrases by item; `<item>` in a pattern is any of them.
    pub items: BTreeMap<String, Vec<String>>,
}
