//! A way out for callers who want to leave: a branch behind what the agent answers them, to be filled
//! with what the agent really does.

use crate::diagnostic::{Diagnostic, Edit, Fix, Speaker, Turn};
use crate::lint::section;
use crate::script::Script;
use crate::source::{Source, Span};

/// Puts the branch behind the first answer on the walk, or behind the request itself, where one of
/// them begins a line of the file; other words are left to the author.
pub fn branch(found: &Diagnostic, source: &Source, script: &Script) -> Option<Fix> {
    let words = found.instead.as_deref()?;
    let texts = section::texts(script);
    let here: Vec<&Turn> = found.walk.iter().filter(|turn| turn.file == found.file).collect();
    let answer = here.iter().find(|turn| turn.speaker == Speaker::Agent);
    let edit = answer.map(|turn| turn.span).into_iter().chain([found.span()]).find_map(|span| {
        let text = texts.iter().map(|text| text.span()).find(|text| covers(*text, span))?;
        // Behind a label on the same line they belong to a branch already.
        let is_labelled = |other: &Span| other.start < text.start && source.line_index(other.end) == source.line_index(text.start);
        if texts.iter().any(|other| is_labelled(&other.span())) {
            return None;
        }
        if source.is_yaml() { yaml(source, text, words) } else { markdown(source, text, words) }
    })?;
    Some(Fix { description: "Add a branch that lets the caller leave".to_string(), is_safe: false, edits: vec![edit] })
}

fn covers(text: Span, span: Span) -> bool {
    text.start <= span.start && span.end <= text.end
}

/// A list item with the agent's words: the first of a list that follows, below the line where that is
/// an item itself, else a list of its own.
fn markdown(source: &Source, text: Span, words: &str) -> Option<Edit> {
    let (indent, rest) = split(row(source, source.line_index(text.start)));
    if rest.starts_with('|') {
        return None;
    }
    let mut index = source.line_index(text.end) + 1;
    while rest.starts_with('>') && split(row(source, index)).1.starts_with('>') {
        index += 1;
    }
    let end = newline(source);
    let branch = format!("- If the caller still wants to cancel: \"{words} Goodbye.\"{end}");
    let mut follower = index;
    while source.line_start(follower) < source.text.len() && row(source, follower).trim().is_empty() {
        follower += 1;
    }
    let (next_indent, next) = split(row(source, follower));
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let text = match () {
        () if rest.starts_with(['-', '*', '+']) && rest[1..].starts_with(' ') => format!("{indent}  {branch}"),
        () if digits > 0 && rest[digits..].starts_with(['.', ')']) => format!("{indent}{}{branch}", " ".repeat(digits + 2)),
        () if next.starts_with("- ") => {
            index = follower;
            format!("{next_indent}{branch}")
        }
        () => format!("{end}{branch}{}", if next.is_empty() || follower > index { "" } else { end }),
    };
    Some(insertion(source, index, text))
}

/// A choice behind the item of the list that the line is in, or beside its key where that stands alone.
fn yaml(source: &Source, text: Span, words: &str) -> Option<Edit> {
    let mut index = source.line_index(text.start);
    // The words of a block begin on the line after its mark.
    let before = index.checked_sub(1).map(|before| row(source, before).trim_end());
    if before.is_some_and(|before| before.trim_end_matches(['+', '-']).ends_with(['>', '|'])) {
        index -= 1;
    }
    let (indent, rest) = split(row(source, index));
    // In a list the choice is an item, too.
    let mark = if rest.starts_with("- ") { "- " } else { "" };
    let is_inner = |row: &str| row.trim().is_empty() || split(row).0.len() > indent.len();
    let mut last = index;
    while source.line_start(last + 1) < source.text.len() && is_inner(row(source, last + 1)) {
        last += 1;
    }
    while last > index && row(source, last).trim().is_empty() {
        last -= 1;
    }
    let end = newline(source);
    let rows = [
        format!("{indent}{mark}choose:"),
        format!("{indent}{:1$}  - customer: I still want to cancel.", "", mark.len()),
        format!("{indent}{:1$}    agent: \"{words} Goodbye.\"", "", mark.len()),
        format!("{indent}{:1$}    end: true", "", mark.len()),
        format!("{indent}{:1$}  - otherwise:", "", mark.len()),
    ];
    let text: String = rows.iter().map(|row| format!("{row}{end}")).collect();
    Some(insertion(source, last + 1, text))
}

/// Whole lines before a line of the file, or behind the last one.
fn insertion(source: &Source, index: usize, text: String) -> Edit {
    let at = source.line_start(index);
    let before = if source.slice(Span::new(0, at)).ends_with('\n') { "" } else { newline(source) };
    Edit { span: Span::new(at, at), text: format!("{before}{text}") }
}

/// A line of the file with its end; empty behind the last one.
fn row(source: &Source, index: usize) -> &str {
    source.slice(Span::new(source.line_start(index), source.line_start(index + 1)))
}

/// The white space before the first word, and the rest.
fn split(row: &str) -> (&str, &str) {
    row.split_at(row.len() - row.trim_start().len())
}

/// How lines end in this file.
fn newline(source: &Source) -> &'static str {
    if source.text.contains("\r\n") { "\r\n" } else { "\n" }
}
