//! One line for each finding, as compilers print them and editors read them.

use super::{Options, file_name, safe};
use crate::lint::Report;
use crate::source::Source;
use std::io::{self, Write};

/// `file:line:column: severity[rule] message`, line and column 1-based.
pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    let is_shown = |severity| severity >= options.min_level;
    for found in report.diagnostics.iter().filter(|found| is_shown(found.severity)) {
        let start = sources.get(found.file).map(|source| source.position(found.span().start));
        let (line, column) = start.map_or((1, 1), |start| (start.line, start.column));
        let name = safe::line(file_name(sources, found.file));
        let (severity, rule) = (found.severity.name(), safe::line(&found.rule));
        let message = safe::line(&found.message);
        writeln!(out, "{name}:{line}:{column}: {severity}[{rule}] {message}")?;
    }
    Ok(())
}
