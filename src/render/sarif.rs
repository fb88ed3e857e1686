//! SARIF 2.1.0, for code scanning: every rule that was checked, each finding with the walk that
//! leads to it, its fixes, and why it was accepted where it was.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use super::{Options, all_shown, file_name, json, position};
use crate::diagnostic::{Diagnostic, Fix, Label, Severity, Suppressed, Turn};
use crate::fingerprint;
use crate::lint::Report;
use crate::rules::declared::Declared;
use crate::source::{Source, Span};
use serde_json::{Value, json};
use std::io::{self, Write};

pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    let results: Vec<Value> = all_shown(report, options).iter().map(|found| result(found, report, sources)).collect();
    let rules: Vec<Value> = report.rules.iter().map(rule).collect();
    let driver = json!({
        "name": "callint",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let run = json!({
        "tool": { "driver": driver },
        // Columns count characters, as in the other formats.
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    json::print(out, &json!({ "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run] }))
}

fn rule(rule: &Declared) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": flat(&rule.summary) },
        "fullDescription": { "text": flat(&rule.why) },
        "help": { "text": flat(&rule.help) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.id.split('/').next().unwrap_or("")] },
    })
}

/// In one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(found: &Diagnostic, report: &Report, sources: &[Source]) -> Value {
    let mut result = json!({
        "ruleId": found.rule,
        "level": level(found.severity),
        "message": { "text": message(found) },
        "locations": [location(sources, found.file, found.span())],
        "partialFingerprints": { "callint/v1": fingerprint::of(found, sources) },
    });
    let mut add = |key: &str, value: Value| result[key] = value;
    if let Ok(index) = report.rules.binary_search_by(|rule| rule.id.as_str().cmp(&found.rule)) {
        add("ruleIndex", index.into());
    }
    if !found.related.is_empty() {
        add("relatedLocations", found.related.iter().enumerate().map(|(id, label)| related(id, label, sources)).collect());
    }
    if !found.walk.is_empty() {
        let steps: Vec<Value> = found.walk.iter().map(|turn| step(turn, sources)).collect();
        add("codeFlows", json!([{ "threadFlows": [{ "locations": steps }] }]));
    }
    if !found.fixes.is_empty() {
        add("fixes", found.fixes.iter().map(|fix| change(fix, found.file, sources)).collect());
    }
    if let Some(suppressed) = &found.suppressed {
        add("suppressions", json!([suppression(suppressed)]));
    }
    result
}

/// A sentence, then what to do. SARIF wants the full stop that findings do without.
fn message(found: &Diagnostic) -> String {
    let stop = if found.message.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{stop} {}", found.message, super::advice(found)).trim_end().to_string()
}

fn location(sources: &[Source], file: usize, span: Span) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(sources, file), "region": region(sources, file, span) } })
}

fn related(id: usize, label: &Label, sources: &[Source]) -> Value {
    let mut location = location(sources, label.file, label.span);
    location["id"] = id.into();
    location["message"] = json!({ "text": label.message });
    location
}

fn step(turn: &Turn, sources: &[Source]) -> Value {
    let mut location = location(sources, turn.file, turn.span);
    let words = flat(&turn.text);
    location["message"] = json!({ "text": format!("{}: {words}", turn.speaker.name()) });
    json!({ "location": location })
}

fn change(fix: &Fix, file: usize, sources: &[Source]) -> Value {
    let replace = |span: Span, text: &str| json!({ "deletedRegion": region(sources, file, span), "insertedContent": { "text": text } });
    let replacements: Vec<Value> = fix.edits.iter().map(|edit| replace(edit.span, &edit.text)).collect();
    json!({
        "description": { "text": fix.description },
        "artifactChanges": [{ "artifactLocation": artifact(sources, file), "replacements": replacements }],
    })
}

fn suppression(suppressed: &Suppressed) -> Value {
    let kind = if suppressed.place.is_some() { "inSource" } else { "external" };
    json!({ "kind": kind, "status": "accepted", "justification": suppressed.reason })
}

fn region(sources: &[Source], file: usize, span: Span) -> Value {
    let (start, end) = (position(sources, file, span.start), position(sources, file, span.end));
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn artifact(sources: &[Source], file: usize) -> Value {
    json!({ "uri": uri(file_name(sources, file)), "uriBaseId": "%SRCROOT%" })
}

/// A relative reference of RFC 3986: all but unreserved characters and `/` as bytes in percent.
fn uri(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let escape = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(escape).collect()
}
