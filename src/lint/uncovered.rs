//! Languages that callint has no words of: what is left of a check, and what is said of it.

use super::Report;
use crate::act::{Act, hearing};
use crate::diagnostic::{Diagnostic, Unknown};
use crate::flow::build::Heard;
use crate::parse::language::UNKNOWN;
use crate::script::Script;
use crate::source::{Source, Span};

/// Says which scripts are not covered, and drops the findings in them that rest on words that nobody heard:
/// the shape of the call and what stands at a line with acts given by hand (`acts:`) can still be told.
pub(super) fn leave(report: &mut Report, scripts: &[Option<Script>], sources: &[Source], acts: &[Heard]) {
    for (file, script) in scripts.iter().enumerate() {
        let Some(script) = script.as_ref().filter(|_| !sources[file].is_linked) else { continue };
        let (known, foreign): (Vec<&String>, Vec<&String>) = script.languages.iter().partition(|code| hearing::code(code).is_some());
        if foreign.is_empty() {
            continue;
        }
        let given = given(&acts[file]);
        if known.is_empty() {
            report.diagnostics.retain(|found| found.file != file || is_told(found, &given));
        }
        report.uncovered.push(file);
        report.unknown.push(Unknown { file, span: Span::default(), what: what(&foreign, known.is_empty(), !given.is_empty()) });
    }
}

/// Where the author or the project said what the words do.
fn given(heard: &Heard) -> Vec<Span> {
    let is_given = |acts: &[Act]| acts.iter().any(|act| matches!(act.by, "tag" | "project"));
    heard.iter().filter(|(_, acts)| is_given(acts)).map(|((span, _), _)| *span).collect()
}

/// Whether a finding rests on what the author or the project gave.
fn is_told(found: &Diagnostic, given: &[Span]) -> bool {
    let touches = |span: &Span| span.start < found.span().end && found.span().start < span.end;
    matches!(&*found.rule, "flow/broken-jump" | "flow/unreachable") || given.iter().any(touches)
}

fn what(foreign: &[&String], is_whole: bool, is_given: bool) -> String {
    let names: Vec<&str> = foreign.iter().map(|code| code.as_str()).filter(|code| *code != UNKNOWN).collect();
    let is = match names.as_slice() {
        [] => "its language could not be told and is not covered".to_string(),
        [one] => format!("language {one} is not covered"),
        several => format!("languages {} are not covered", several.join(", ")),
    };
    match (is_whole, is_given) {
        (false, _) => format!("part of the lines skipped: {is}; the others were checked"),
        (true, true) => format!("line rules skipped: {is}; path rules ran on tags"),
        (true, false) => format!("line rules skipped: {is}; path rules ran on tags, and no line has one (acts: [...])"),
    }
}
