//! Findings for other programs: one JSON object, version 1. Fields may be added, never changed.
//!
//! The structs here are the format; those of [`crate::diagnostic`] stay free to change.

use super::summary::Counts;
use super::{Options, file_name, safe};
use crate::diagnostic::{Decision, Diagnostic, Label, Turn, Unknown};
use crate::lint::Report;
use crate::source::{Position, Source, Span};
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
    fixes: [(); 0],
    suppressed: Option<()>,
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
}

/// Writes everything that the report holds, on indented lines.
pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    let is_shown = |found: &&Diagnostic| found.severity >= options.min_level;
    let counts = Counts::of(report, sources);
    let output = Output {
        version: 1,
        tool: Tool { name: "callint", version: env!("CARGO_PKG_VERSION") },
        findings: report.diagnostics.iter().filter(is_shown).map(|found| finding(found, sources)).collect(),
        unknown: report.unknown.iter().map(|unknown| untold(unknown, sources)).collect(),
        summary: Summary { files: counts.files, errors: counts.errors, warnings: counts.warnings, infos: counts.infos, suppressed: 0 },
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
    let skipped = sources.get(found.file).map_or(0, |source| source.skipped);
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
        span: [span.start + skipped, span.end + skipped],
        related: found.related.iter().map(|label| related(label, sources)).collect(),
        path: found.walk.iter().map(|turn| step(turn, sources)).collect(),
        instead: found.instead.as_deref(),
        decided_by: found.decided.as_ref().map(decided),
        fixes: [],
        suppressed: None,
        fingerprint: fingerprint(found, sources),
    }
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
    Decided { by: decision.by, text: &decision.text, like: None }
}

fn untold<'a>(unknown: &'a Unknown, sources: &'a [Source]) -> Untold<'a> {
    Untold { file: file_name(sources, unknown.file), line: position(sources, unknown.file, unknown.span.start).line, what: &unknown.what }
}

fn position(sources: &[Source], file: usize, offset: usize) -> Position {
    let start = Position { line: 1, column: 1 };
    sources.get(file).map_or(start, |source| source.position(offset))
}

/// Tells a finding from others after lines were moved: rule, file and words, not where they stand.
/// FNV-1a in 64 bits, <http://www.isthe.com/chongo/tech/comp/fnv/>, as 16 hexadecimal digits.
fn fingerprint(found: &Diagnostic, sources: &[Source]) -> String {
    let slice = |span: &Span| sources.get(found.file).map_or("", |source| source.slice(*span));
    let words = found.spans.iter().map(slice).collect::<Vec<_>>().join(" ").to_lowercase();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = format!("{}\n{}\n{words}", found.rule, file_name(sources, found.file));
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}
