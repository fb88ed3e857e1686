//! The last line: how many findings there are, and where to begin.

use super::{Options, file_name, safe};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Report;
use crate::source::Source;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Up to so many places that could not be told are listed.
const MAX_UNKNOWN: usize = 5;

/// How much there is of what.
#[derive(Debug, Default)]
pub struct Counts {
    /// Scripts that were checked: neither skipped nor only linked.
    pub files: usize,
    /// Those of them with findings.
    pub faulty: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    pub suppressed: usize,
    /// Scripts that callint could not hear, in whole or in part.
    pub uncovered: usize,
}

impl Counts {
    pub fn of(report: &Report, sources: &[Source]) -> Counts {
        let is_checked = |(file, source): &(usize, &Source)| !source.is_linked && !report.skipped.contains(file);
        let of = |severity| report.diagnostics.iter().filter(|found| found.severity == severity).count();
        Counts {
            files: sources.iter().enumerate().filter(is_checked).count(),
            faulty: by_file(report).len(),
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            infos: of(Severity::Info),
            suppressed: report.suppressed.len(),
            uncovered: report.uncovered.len(),
        }
    }
}

/// Writes what could not be told, then the summary.
pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    write_unknown(out, report, sources, options)?;
    let counts = Counts::of(report, sources);
    write!(out, "{}", sentence(&counts, options.noun))?;
    if counts.files > 1
        && let Some(worst) = worst(report)
    {
        let name = safe::line(file_name(sources, worst.file));
        write!(out, " · worst: {name}, {}", safe::line(&worst.message))?;
    }
    if counts.suppressed > 0 {
        write!(out, " · {} suppressed", counts.suppressed)?;
    }
    let is_hidden = |found: &&Diagnostic| found.severity < options.min_level;
    match report.diagnostics.iter().filter(is_hidden).count() {
        0 => writeln!(out),
        hidden => writeln!(out, " · {hidden} not shown (--min-level info)"),
    }
}

/// `3 errors, 2 warnings in 1 of 12 scripts`.
pub fn sentence(counts: &Counts, noun: &str) -> String {
    let scripts = count(counts.files, noun);
    let kinds = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.infos, "info")];
    let kinds: Vec<String> = kinds.iter().filter(|kind| kind.0 > 0).map(|kind| count(kind.0, kind.1)).collect();
    let found = match kinds.as_slice() {
        [] => format!("no findings in {scripts}"),
        _ if counts.files > 1 => format!("{} in {} of {scripts}", kinds.join(", "), counts.faulty),
        _ => format!("{} in {scripts}", kinds.join(", ")),
    };
    match counts.uncovered {
        0 => found,
        _ if counts.files == 1 => format!("{found}, which is in a language that callint does not cover"),
        some => format!("{found}, {some} of them in a language that callint does not cover"),
    }
}

fn write_unknown(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    let unknown = &report.unknown;
    if unknown.len() > MAX_UNKNOWN || options.min_level > Severity::Info && !unknown.is_empty() {
        let places = count(unknown.len(), "place");
        return writeln!(out, "could not tell: {places} (callint check --format json lists them)");
    }
    for place in unknown {
        let name = safe::line(file_name(sources, place.file));
        let start = sources.get(place.file).map(|source| source.position(place.span.start));
        let line = start.map_or(1, |start| start.line);
        writeln!(out, "can't tell: {name}:{line}: {}", safe::line(&place.what))?;
    }
    Ok(())
}

/// The finding to begin with: the first of the gravest in the file with the most errors, then
/// warnings.
fn worst(report: &Report) -> Option<&Diagnostic> {
    let mut worst: Option<&Vec<&Diagnostic>> = None;
    let by_file = by_file(report);
    for found in by_file.values() {
        if worst.is_none_or(|worst| weight(found) > weight(worst)) {
            worst = Some(found);
        }
    }
    let gravest = worst?.iter().map(|found| found.severity).max()?;
    worst?.iter().find(|found| found.severity == gravest).copied()
}

fn weight(found: &[&Diagnostic]) -> (usize, usize, usize) {
    let of = |severity| found.iter().filter(|found| found.severity == severity).count();
    (of(Severity::Error), of(Severity::Warning), of(Severity::Info))
}

fn by_file(report: &Report) -> BTreeMap<usize, Vec<&Diagnostic>> {
    let mut files: BTreeMap<usize, Vec<&Diagnostic>> = BTreeMap::new();
    for found in &report.diagnostics {
        files.entry(found.file).or_default().push(found);
    }
    files
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
