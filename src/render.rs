//! The format switch: findings out, in the form that was asked for. Last stage of the line.
//!
//! Nothing in here decides what is a fault; nothing before here knows a format.

mod concise;
mod excerpt;
pub mod explain;
pub mod json;
mod mark;
mod notes;
pub mod safe;
mod summary;
mod terminal;
pub mod tree;
pub mod wrap;

use crate::diagnostic::Severity;
use crate::lint::Report;
use crate::source::Source;
use std::io::{self, Write};

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Each with its words, the call that leads there, and what to do
    Pretty,
    /// One line each
    Concise,
    /// For other programs
    Json,
}

#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub format: Format,
    pub color: bool,
    /// Findings below this level are counted, not printed.
    pub min_level: Severity,
    /// Leaves out the summary and what could not be told.
    pub is_quiet: bool,
    /// Where to break notes, in characters; `None` does not break them.
    pub width: Option<usize>,
}

/// Prints a report in the format of the options. `sources` are those that the report speaks of.
///
/// # Errors
/// Only those of `out`.
pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    match options.format {
        Format::Pretty => terminal::write(out, report, sources, options),
        Format::Concise => concise::write(out, report, sources, options),
        Format::Json => json::write(out, report, sources, options),
    }
}

/// What a file is called; files are indexes into the list of sources.
fn file_name(sources: &[Source], file: usize) -> &str {
    sources.get(file).map_or("?", |source| &source.name)
}

#[cfg(test)]
mod tests;
