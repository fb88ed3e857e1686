//! How a script was read, for somebody who wonders why a rule did or did not speak: its sections and
//! lines in their order, what each line was taken for, and where the call goes on.
//!
//! [`read`] makes a [`Tree`] from the stages of the line, [`write()`] prints it.

mod read;
mod rows;
mod text;

use super::json;
use crate::source::Span;
use serde::Serialize;
use std::io::{self, Write};

pub use read::read;

/// How a tree is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Indented, for people
    Text,
    /// For other programs
    Json,
}

/// A script as it was read. The struct is the JSON format, version 1: fields may be added, never
/// changed. Empty things are left out.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tree {
    pub version: u32,
    pub file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub intents: Vec<String>,
    /// A known fault is going on while the script is in use.
    pub incident: bool,
    /// `false` for a file that `check` skips.
    pub call_script: bool,
    /// `sequence`, `graph` or `menu`.
    pub order: &'static str,
    pub sections: Vec<Section>,
    /// Every way on from a line to a line, in the order of the script.
    pub edges: Vec<Way>,
    /// What the reader had to guess, one sentence each.
    pub guesses: Vec<String>,
    pub faults: Vec<Fault>,
}

/// A place in the file: line and column are 1-based, the column counts Unicode scalar values; the
/// span is bytes of the file as it is on disk, its end exclusive.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct At {
    pub line: usize,
    pub column: usize,
    pub span: [usize; 2],
}

#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// `None` for what stands before the first heading, and in YAML.
    pub heading: Option<String>,
    /// The heading, or else the id that jumps use.
    pub name: Option<String>,
    #[serde(flatten)]
    pub at: At,
    /// Calls may begin here.
    pub entry: bool,
    /// Some walk from an entry leads here, or calls it.
    pub reached: bool,
    /// Only called: after its lines the walk goes back.
    pub called: bool,
    /// Matter to look up; nothing has to lead there.
    pub reference: bool,
    pub lines: Vec<Row>,
    /// The sections that this one goes on with although nobody wrote so; more than one is a fork.
    #[serde(rename = "assumed")]
    pub follows: Vec<Lead>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    Say,
    Hear,
    Note,
    Collect,
    Avoid,
    /// A branch that the customer's words open.
    Cue,
    /// A branch under a condition about the call.
    Condition,
    Otherwise,
    /// One of two variants without a label.
    Variant,
    /// None of the branches above: the walk may go past them, which nobody wrote.
    Past,
    Jump,
    Call,
    Transfer,
    End,
}

/// A line, a branch or a jump.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    pub kind: RowKind,
    #[serde(flatten)]
    pub at: At,
    /// How many branches it stands in.
    pub depth: usize,
    pub text: String,
    pub acts: Vec<Heard>,
    /// The class of a branch (`yes`, `no`, `cancel`, …).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<&'static str>,
    /// Where a jump leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Lead>,
    /// `optional`, `legal`, `keypad`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<&'static str>,
    /// The walk stops here although nothing says that the call ends.
    pub stops: bool,
}

/// An act that was heard, and the words that decided.
#[derive(Clone, Debug, Serialize)]
pub struct Heard {
    pub act: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    pub by: &'static str,
    /// 1 unless the model decides.
    pub confidence: f32,
    /// The labelled line that it reads like, where the model decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<&'static str>,
    /// Bytes of the file.
    pub span: [usize; 2],
    /// Bytes of the line's text.
    #[serde(skip)]
    pub range: [usize; 2],
    pub text: String,
}

/// Where a way leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lead {
    pub kind: LeadKind,
    /// What the place is called, or the nearest name for one that does not exist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Only for another file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LeadKind {
    Section,
    Line,
    File,
    End,
    /// Somebody outside the scripts.
    Outside,
    /// Names something that is not among the files.
    Unknown,
    /// Names something that should be there and is not.
    Nowhere,
    /// Names no place: the call goes on with the next line.
    Nothing,
}

/// A way from one line to another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Way {
    pub from: Spot,
    /// `None`: the call ends.
    pub to: Option<Spot>,
    pub class: &'static str,
    /// Nobody wrote this way down.
    pub assumed: bool,
}

/// The first character of a line of a script.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Spot {
    pub file: String,
    pub line: usize,
    pub column: usize,
}

/// What could not be read.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    pub rule: String,
    pub message: String,
    pub help: String,
    #[serde(flatten)]
    pub at: At,
}

/// Prints a tree.
///
/// # Errors
/// Only those of `out`.
pub fn write(out: &mut dyn Write, tree: &Tree, format: Format) -> io::Result<()> {
    match format {
        Format::Text => text::write(out, tree),
        Format::Json => json::print(out, tree),
    }
}

impl At {
    fn new(source: &crate::source::Source, span: Span) -> At {
        let start = source.position(span.start);
        At { line: start.line, column: start.column, span: [span.start + source.skipped, span.end + source.skipped] }
    }
}
