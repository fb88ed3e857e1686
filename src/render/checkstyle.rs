//! Checkstyle XML, which most build servers read. <https://checkstyle.org/>

use super::xml::escape;
use super::{Options, by_file, file_name, range};
use crate::lint::Report;
use crate::source::Source;
use std::io::{self, Write};

/// An element for each file with findings; lines and columns 1-based.
pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    for findings in by_file(report, options) {
        writeln!(out, "  <file name=\"{}\">", escape(file_name(sources, findings[0].file)))?;
        for found in findings {
            let (start, _) = range(found, sources);
            let place = format!("line=\"{}\" column=\"{}\" severity=\"{}\"", start.line, start.column, found.severity.name());
            let (message, rule) = (escape(&found.message), escape(&found.rule));
            writeln!(out, "    <error {place} message=\"{message}\" source=\"callint.{rule}\"/>")?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
