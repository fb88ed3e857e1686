//! One line for each finding, as compilers print them and editors read them.

use super::{Options, file_name, range, safe, shown};
use crate::lint::Report;
use crate::source::Source;
use std::io::{self, Write};

/// `file:line:column: severity[rule] message`, line and column 1-based.
pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    for found in shown(report, options) {
        let (start, _) = range(found, sources);
        let name = safe::line(file_name(sources, found.file));
        let (severity, rule) = (found.severity.name(), safe::line(&found.rule));
        let message = safe::line(&found.message);
        writeln!(out, "{name}:{}:{}: {severity}[{rule}] {message}", start.line, start.column)?;
    }
    Ok(())
}
