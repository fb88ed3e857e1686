//! Findings for other programs: one JSON object, version 1. Fields may be added, never changed.
//!
//! The structs here are the format; those of [`crate::diagnostic`] stay free to change.

use super::summary::Counts;
use super::{Options, all_shown, file_name, position, safe};
use crate::diagnostic::{Decision, Diagnostic, Fix, Label, Suppressed, Turn, Unknown};
use crate::fingerprint;
use crate::lint::Report;
use crate::source::{Source, Span};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    tool: Tool,
    findings: Vec<Finding<'a>>,
    unknown: Vec<Untold<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: &'a str,
    file: &'a str,
    /// 1-based; columns count Unicode scalar values, ends are exclusive.
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// Bytes of the file as it is on disk, a byte order mark included; the end is exclusive.
    span: [usize; 2],
    related: Vec<Related<'a>>,
    path: Vec<Step<'a>>,
    instead: Option<&'a str>,
    decided_by: Option<Decided<'a>>,
    fixes: Vec<Fixed<'a>>,
    suppressed: Option<Accepted<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Related<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

#[derive(Serialize)]
struct Step<'a> {
    file: &'a str,
    line: usize,
    speaker: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct Decided<'a> {
    by: &'static str,
    text: &'a str,
    like: Option<&'a str>,
}

#[derive(Serialize)]
struct Fixed<'a> {
    description: &'a str,
    safe: bool,
    edits: Vec<Edited<'a>>,
}

#[derive(Serialize)]
struct Edited<'a> {
    span: [usize; 2],
    text: &'a str,
}

/// `line` is that of the comment; `null` for a finding that a baseline holds.
#[derive(Serialize)]
struct Accepted<'a> {
    reason: &'a str,
    until: Option<&'a str>,
    line: Option<usize>,
}

#[derive(Serialize)]
struct Untold<'a> {
    file: &'a str,
    line: usize,
    what: &'a str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    /// Scripts in a language that callint has no words of, in whole or in part.
    uncovered: usize,
}

/// Writes everything that the report holds, on indented lines.
pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    let counts = Counts::of(report, sources);
    let output = Output {
        version: 1,
        tool: Tool { name: "callint", version: env!("CARGO_PKG_VERSION") },
        findings: all_shown(report, options).into_iter().map(|found| finding(found, sources)).collect(),
        unknown: report.unknown.iter().map(|unknown| untold(unknown, sources)).collect(),
        summary: Summary {
            files: counts.files,
            errors: counts.errors,
            warnings: counts.warnings,
            infos: counts.infos,
            suppressed: report.suppressed.len(),
            uncovered: counts.uncovered,
        },
    };
    print(out, &output)
}

/// Writes any value on indented lines, without a character that could harm a terminal.
///
/// # Errors
/// Only those of `out`.
pub fn print(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    write_escaped(out, &text)
}

/// Outside strings JSON is plain ASCII, so any other character may be written as an escape.
fn write_escaped(out: &mut (impl Write + ?Sized), text: &str) -> io::Result<()> {
    let is_escaped = |letter: char| letter != '\n' && safe::is_unsafe(letter);
    let mut rest = text;
    while let Some(at) = rest.find(is_escaped) {
        let letter = rest[at..].chars().next().unwrap_or_default();
        write!(out, "{}\\u{:04x}", &rest[..at], u32::from(letter))?;
        rest = &rest[at + letter.len_utf8()..];
    }
    writeln!(out, "{rest}")
}

fn finding<'a>(found: &'a Diagnostic, sources: &'a [Source]) -> Finding<'a> {
    let span = found.span();
    let start = position(sources, found.file, span.start);
    let end = position(sources, found.file, span.end);
    Finding {
        rule: &found.rule,
        severity: found.severity.name(),
        message: &found.message,
        help: &found.help,
        file: file_name(sources, found.file),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        span: on_disk(sources, found.file, span),
        related: found.related.iter().map(|label| related(label, sources)).collect(),
        path: found.walk.iter().map(|turn| step(turn, sources)).collect(),
        instead: found.instead.as_deref(),
        decided_by: found.decided.as_ref().map(decided),
        fixes: found.fixes.iter().map(|fix| fixed(fix, found.file, sources)).collect(),
        suppressed: found.suppressed.as_ref().map(|suppressed| accepted(suppressed, found.file, sources)),
        fingerprint: fingerprint::of(found, sources),
    }
}

/// In bytes of the file as it is on disk.
fn on_disk(sources: &[Source], file: usize, span: Span) -> [usize; 2] {
    let skipped = sources.get(file).map_or(0, |source| source.skipped);
    [span.start + skipped, span.end + skipped]
}

fn fixed<'a>(fix: &'a Fix, file: usize, sources: &[Source]) -> Fixed<'a> {
    let edits = fix.edits.iter().map(|edit| Edited { span: on_disk(sources, file, edit.span), text: &edit.text });
    Fixed { description: &fix.description, safe: fix.is_safe, edits: edits.collect() }
}

fn accepted<'a>(suppressed: &'a Suppressed, file: usize, sources: &[Source]) -> Accepted<'a> {
    let line = suppressed.place.map(|place| position(sources, file, place.start).line);
    Accepted { reason: &suppressed.reason, until: suppressed.until.as_deref(), line }
}

fn related<'a>(label: &'a Label, sources: &'a [Source]) -> Related<'a> {
    let start = position(sources, label.file, label.span.start);
    Related { file: file_name(sources, label.file), line: start.line, column: start.column, message: &label.message }
}

fn step<'a>(turn: &'a Turn, sources: &'a [Source]) -> Step<'a> {
    Step {
        file: file_name(sources, turn.file),
        line: position(sources, turn.file, turn.span.start).line,
        speaker: turn.speaker.name(),
        text: &turn.text,
    }
}

fn decided(decision: &Decision) -> Decided<'_> {
    Decided { by: decision.by, text: &decision.text, like: decision.like() }
}

fn untold<'a>(unknown: &'a Unknown, sources: &'a [Source]) -> Untold<'a> {
    Untold { file: file_name(sources, unknown.file), line: position(sources, unknown.file, unknown.span.start).line, what: &unknown.what }
}
