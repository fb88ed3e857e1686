//! A comment on a change: what was found, file by file, with what to do.

use super::summary::{self, Counts};
use super::{Options, advice, by_file, file_name, range, safe};
use crate::diagnostic::Diagnostic;
use crate::lint::Report;
use crate::source::Source;
use std::io::{self, Write};

pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    let counts = Counts::of(report, sources);
    writeln!(out, "**callint: {}**", summary::sentence(&counts, options.noun))?;
    for findings in by_file(report, options) {
        writeln!(out, "\n### {}\n", plain(file_name(sources, findings[0].file)))?;
        findings.iter().try_for_each(|found| write_finding(out, found, sources))?;
    }
    Ok(())
}

fn write_finding(out: &mut impl Write, found: &Diagnostic, sources: &[Source]) -> io::Result<()> {
    let (start, _) = range(found, sources);
    let severity = found.severity.name();
    writeln!(out, "- **{severity}**, line {}: {} (`{}`)", start.line, plain(&found.message), safe::line(&found.rule))?;
    let words = sources.get(found.file).map_or("", |source| source.slice(found.span()));
    if !words.trim().is_empty() {
        writeln!(out, "  > {}", plain(&super::notes::shorten(words)))?;
        writeln!(out)?;
    }
    writeln!(out, "  {}", plain(&advice(found)))
}

/// A script's words must not become markup, mentions or links of the page that they are shown on.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in safe::line(text).chars() {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '@' | '#' => plain.push_str(if letter == '@' { "&#64;" } else { "&#35;" }),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' => plain.extend(['\\', letter]),
            _ => plain.push(letter),
        }
    }
    plain
}
