//! The Reviewdog Diagnostic Format, which reviewdog turns into review comments.
//!
//! <https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto>

use super::{Options, file_name, json, range, shown};
use crate::diagnostic::{Diagnostic, Label};
use crate::lint::Report;
use crate::source::{Source, Span};
use serde_json::{Value, json};
use std::io::{self, Write};

pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    let diagnostics: Vec<Value> = shown(report, options).map(|found| diagnostic(found, sources)).collect();
    json::print(out, &json!({ "source": { "name": "callint" }, "diagnostics": diagnostics }))
}

fn diagnostic(found: &Diagnostic, sources: &[Source]) -> Value {
    let related = |label: &Label| json!({ "message": label.message, "location": location(sources, label.file, label.span) });
    // A suggestion is one range; a fix of several edits is none.
    let fixes = found.fixes.iter().filter_map(|fix| match fix.edits.as_slice() {
        [edit] => Some(json!({ "range": area(sources, found.file, edit.span), "text": edit.text })),
        _ => None,
    });
    let (start, _) = range(found, sources);
    json!({
        "message": found.message,
        "location": location(sources, found.file, found.span()),
        "severity": found.severity.name().to_uppercase(),
        "code": { "value": found.rule },
        "suggestions": fixes.collect::<Vec<_>>(),
        "relatedLocations": found.related.iter().map(related).collect::<Vec<_>>(),
        "originalOutput": format!("{}:{}: {}", file_name(sources, found.file), start.line, found.message),
    })
}

fn location(sources: &[Source], file: usize, span: Span) -> Value {
    json!({ "path": file_name(sources, file), "range": area(sources, file, span) })
}

/// Lines and columns are 1-based; columns count bytes, and the end is exclusive.
fn area(sources: &[Source], file: usize, span: Span) -> Value {
    let place = |offset: usize| {
        let (line, column) = sources.get(file).map_or((1, 1), |source| {
            let index = source.line_index(offset);
            (index + 1, offset - source.line_start(index) + 1)
        });
        json!({ "line": line, "column": column })
    };
    json!({ "start": place(span.start), "end": place(span.end) })
}
