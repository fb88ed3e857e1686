//! The format switch: findings out, in the form that was asked for. Last stage of the line.
//!
//! Nothing in here decides what is a fault; nothing before here knows a format.

mod checkstyle;
mod concise;
pub mod effort;
mod excerpt;
pub mod explain;
mod github;
mod gitlab;
pub mod json;
mod junit;
mod mark;
mod markdown;
mod notes;
mod rdjson;
pub mod safe;
mod sarif;
mod summary;
mod terminal;
pub mod tree;
pub mod wrap;
mod xml;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Report;
use crate::source::{Position, Source};
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
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A GitLab code quality report
    Gitlab,
    /// Test results, a script each
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// For reviewdog
    Rdjson,
    /// For a comment on a change
    Markdown,
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
    /// What a source is called where sources are counted: a script, a rule file.
    pub noun: &'static str,
}

impl Format {
    /// The level from which on findings are shown unless the user says otherwise. Where each one is a
    /// mark on somebody's change, only what asks for one.
    pub fn usual_level(self) -> Severity {
        match self {
            Format::Pretty | Format::Json | Format::Sarif => Severity::Info,
            _ => Severity::Warning,
        }
    }

    /// Whether words about the run may stand beside it on a terminal; the others are for programs.
    pub fn is_for_people(self) -> bool {
        matches!(self, Format::Pretty | Format::Concise)
    }
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
        Format::Sarif => sarif::write(out, report, sources, options),
        Format::Github => github::write(out, report, sources, options),
        Format::Gitlab => gitlab::write(out, report, sources, options),
        Format::Junit => junit::write(out, report, sources, options),
        Format::Checkstyle => checkstyle::write(out, report, sources, options),
        Format::Rdjson => rdjson::write(out, report, sources, options),
        Format::Markdown => markdown::write(out, report, sources, options),
    }
}

/// The findings at or above the level of the options, in their order.
fn shown<'a>(report: &'a Report, options: &Options) -> impl Iterator<Item = &'a Diagnostic> {
    let min_level = options.min_level;
    report.diagnostics.iter().filter(move |found| found.severity >= min_level)
}

/// The same, those that somebody accepted among them.
fn all_shown<'a>(report: &'a Report, options: &Options) -> Vec<&'a Diagnostic> {
    let suppressed = report.suppressed.iter().filter(|found| found.severity >= options.min_level);
    let mut all: Vec<&Diagnostic> = shown(report, options).chain(suppressed).collect();
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}

/// The findings that are shown, file by file.
fn by_file<'a>(report: &'a Report, options: &Options) -> Vec<Vec<&'a Diagnostic>> {
    let found: Vec<&Diagnostic> = shown(report, options).collect();
    found.chunk_by(|one, two| one.file == two.file).map(<[&Diagnostic]>::to_vec).collect()
}

/// What a file is called; files are indexes into the list of sources.
fn file_name(sources: &[Source], file: usize) -> &str {
    sources.get(file).map_or("?", |source| &source.name)
}

fn position(sources: &[Source], file: usize, offset: usize) -> Position {
    let start = Position { line: 1, column: 1 };
    sources.get(file).map_or(start, |source| source.position(offset))
}

/// Where a finding begins and ends.
fn range(found: &Diagnostic, sources: &[Source]) -> (Position, Position) {
    let span = found.span();
    (position(sources, found.file, span.start), position(sources, found.file, span.end))
}

/// What to do about a finding: words to say instead, or else help.
fn advice(found: &Diagnostic) -> String {
    match &found.instead {
        Some(instead) => format!("Instead: {instead}"),
        None => found.help.clone(),
    }
}

#[cfg(test)]
mod tests;
