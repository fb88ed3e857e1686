//! A GitLab code quality report: what a merge request shows beside the change.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use super::{Options, file_name, json, range, shown};
use crate::diagnostic::Severity;
use crate::fingerprint;
use crate::lint::Report;
use crate::source::Source;
use serde_json::json;
use std::collections::HashMap;
use std::io::{self, Write};

/// A list of findings; each fingerprint is there once, as GitLab wants it.
pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut issues = Vec::new();
    for found in shown(report, options) {
        let (start, end) = range(found, sources);
        let fingerprint = fingerprint::of(found, sources);
        let count = seen.entry(fingerprint.clone()).or_default();
        *count += 1;
        let fingerprint = if *count == 1 { fingerprint } else { format!("{fingerprint}-{count}") };
        let severity = match found.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        };
        issues.push(json!({
            "description": format!("{}: {}", found.severity.name(), found.message),
            "check_name": found.rule,
            "fingerprint": fingerprint,
            "severity": severity,
            "location": { "path": file_name(sources, found.file), "lines": { "begin": start.line, "end": end.line } },
        }));
    }
    json::print(out, &issues)
}
