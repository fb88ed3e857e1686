//! Test results in the XML of JUnit: each script is a suite, each finding a test that failed, and a
//! script without findings a test that passed. <https://github.com/testmoapp/junitxml>

use super::xml::escape;
use super::{Options, advice, file_name, range, shown};
use crate::diagnostic::Diagnostic;
use crate::lint::Report;
use crate::source::Source;
use std::io::{self, Write};

pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    let suites: Vec<(usize, Vec<&Diagnostic>)> = (0..sources.len())
        .filter(|file| !sources[*file].is_linked && !report.skipped.contains(file))
        .map(|file| (file, shown(report, options).filter(|found| found.file == file).collect()))
        .collect();
    let failures: usize = suites.iter().map(|(_, findings)| findings.len()).sum();
    let tests: usize = suites.iter().map(|(_, findings)| findings.len().max(1)).sum();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"callint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
    for (file, findings) in suites {
        let name = escape(file_name(sources, file));
        let (tests, failures) = (findings.len().max(1), findings.len());
        writeln!(out, "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
        if findings.is_empty() {
            writeln!(out, "    <testcase classname=\"{name}\" name=\"no findings\"/>")?;
        }
        findings.iter().try_for_each(|found| write_case(out, found, sources))?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn write_case(out: &mut impl Write, found: &Diagnostic, sources: &[Source]) -> io::Result<()> {
    let (start, _) = range(found, sources);
    let (name, severity) = (file_name(sources, found.file), found.severity.name());
    let (class, rule) = (escape(name), escape(&found.rule));
    let place = format!("{name}:{}:{}: {severity}[{}]", start.line, start.column, found.rule);
    let message = escape(&format!("{severity}: {}", found.message));
    writeln!(out, "    <testcase classname=\"{class}\" name=\"{rule} at line {}\">", start.line)?;
    writeln!(out, "      <failure type=\"{severity}\" message=\"{message}\">{}</failure>", escape(&format!("{place}\n{}", advice(found))))?;
    writeln!(out, "    </testcase>")
}
