//! Patterns and the model together: who is asked about which line, and what a finding may rest on.
//!
//! | what decided                                      | a finding is at most |
//! |---------------------------------------------------|----------------------|
//! | a pattern, its context, or the author             | what its rule says   |
//! | a pattern, in a line little like those that do it | a warning            |
//! | a pattern, in a line unlike all that do it        | info: "may read as"  |
//! | the model, right in 95 of 100 such lines          | an error             |
//! | the model, right in 85 of 100                     | a warning            |
//! | the model, right in 70 of 100                     | info: "may read as"  |
//! | the model, in a part of a line only               | nothing              |
//!
//! Patterns go first. The model is asked only about sentences in which they hear nothing, and what it hears
//! counts in two ways: a line that may do harm is reported at such a level, and a line that may help
//! excuses what would be missed without it. No walk begins, ends or is counted by what it hears.

use super::model::{self, BARS, Line};
use super::{Act, ActSet, Ear, Lexicon, Voice};
use crate::diagnostic::{Diagnostic, Severity};
use std::ops::Range;

/// By what a model's act is known.
pub const MODEL: &str = "model";
/// The same of what the rules' lexicons hear.
pub const PATTERN: &str = "pattern";

/// What the line at a place among others does.
pub fn tag(ear: &Ear, lines: &[Line], at: usize) -> Vec<Act> {
    let Some(line) = lines.get(at) else { return Vec::new() };
    let mut acts = ear.tag(line.voice, line.text);
    hear(ear, lines, at, &mut acts);
    acts
}

/// Adds what the model hears in the sentences of a line in which patterns heard nothing but facts that single rules
/// ask for.
pub fn hear(ear: &Ear, lines: &[Line], at: usize, acts: &mut Vec<Act>) {
    let line = &lines[at];
    // A note that only quotes tells nobody what to do.
    if line.voice == Voice::Note && line.text.trim_start().starts_with(['"', '“']) {
        return;
    }
    let names = Lexicon::embedded();
    for part in open_parts(line.text, acts) {
        let text = &line.text[part.clone()];
        for scored in ear.guess(lines, at, part.clone()) {
            let Some(id) = names.id(scored.act).filter(|id| acts.iter().all(|act| act.id != *id)) else { continue };
            let items = if names.asks_items(id) { ear.items(text) } else { Vec::new() };
            let range = part.start..part.start + text.trim_end_matches(['.', ' ']).len();
            // It knows whole lines: of a part of one it is less sure.
            let is_whole = part.len() == line.text.len();
            let below = BARS.iter().copied().rfind(|bar| *bar < scored.confidence);
            let Some(confidence) = (if is_whole { Some(scored.confidence) } else { below }) else { continue };
            acts.push(Act { id, range, items, by: MODEL, confidence });
        }
    }
    acts.sort_by_key(|act| act.id);
}

/// The bytes of a line that no act is heard in: all of it, or runs of whole sentences.
fn open_parts(text: &str, acts: &[Act]) -> Vec<Range<usize>> {
    let names = Lexicon::embedded();
    let heard: Vec<&Range<usize>> = acts.iter().filter(|act| !names.is_aside(act.id)).map(|act| &act.range).collect();
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = text[start..].find(". ").into_iter().chain(text[start..].find("? ")).chain(text[start..].find("! ")).min();
        let end = end.map_or(text.len(), |end| start + end + 2);
        if heard.iter().all(|range| range.end <= start || range.start >= end) {
            match parts.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => parts.push(start..end),
            }
        }
        start = end;
    }
    parts
}

/// The acts of a line as bits: those that it does, and those that only the model hears.
pub fn sets(acts: &[Act]) -> (ActSet, ActSet) {
    let set = |is_model| acts.iter().filter(|act| (act.by == MODEL) == is_model).fold(0, |set, act| set | 1 << act.id);
    (set(false), set(true))
}

/// The labelled line that a line reads like, where the model heard an act in it.
pub fn like(act: &Act, line: &Line) -> Option<&'static str> {
    if act.by == MODEL { model::like::nearest(line, &Lexicon::embedded().names[usize::from(act.id)]) } else { None }
}

/// How many of such acts in such lines, which are in English, are right.
pub fn trust(act: &Act, line: &Line, names: &Lexicon) -> f32 {
    if act.by == PATTERN { model::trust(line, &names.names[usize::from(act.id)]) } else { act.confidence }
}

/// Whether a warning may rest on an act of a line in English.
pub fn is_sure(act: &Act, line: &Line, names: &Lexicon) -> bool {
    trust(act, line, names) >= BARS[1]
}

/// Lowers a finding to what it may rest on, and says so where that is little.
pub fn weigh(found: &mut Diagnostic) {
    let Some(decided) = &found.decided else { return };
    let highest = match decided.confidence {
        _ if decided.by != MODEL && decided.confidence >= 1.0 => return,
        sure if sure >= BARS[2] => Severity::Error,
        sure if sure >= BARS[1] => Severity::Warning,
        _ => Severity::Info,
    };
    found.severity = found.severity.min(highest);
    if highest == Severity::Info {
        found.message = format!("may read as if {}", found.message);
    }
}
