//! Workflow commands of GitHub Actions: each finding becomes a mark on the change.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use super::{Options, advice, file_name, range, safe, shown};
use crate::diagnostic::Severity;
use crate::lint::Report;
use crate::source::Source;
use std::io::{self, Write};

/// `::error file=…,line=…,col=…,title=…::message`, lines and columns 1-based.
pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    for found in shown(report, options) {
        let (start, end) = range(found, sources);
        let command = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        write!(out, "::{command} file={},line={}", property(file_name(sources, found.file)), start.line)?;
        write!(out, ",endLine={},col={}", end.line, start.column)?;
        // A column at the end counts only on the line of the first.
        if end.line == start.line {
            write!(out, ",endColumn={}", end.column)?;
        }
        let title = property(&format!("{}[{}]", found.severity.name(), found.rule));
        let text = data(&format!("{}\n{}", found.message, advice(found)));
        writeln!(out, ",title={title}::{text}")?;
    }
    Ok(())
}

/// Text of a command; its line breaks are kept.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| safe::line(line).replace('%', "%25")).collect();
    lines.join("%0A")
}

fn property(text: &str) -> String {
    safe::line(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}
