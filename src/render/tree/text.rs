//! A tree for people: one line of text for each line of the script, branches indented.

use super::{Fault, Heard, Lead, LeadKind, Row, RowKind, Section, Tree};
use crate::act::item_words;
use crate::render::{safe, wrap};
use std::io::{self, Write};

/// In characters.
const WIDTH: usize = 100;

pub fn write(out: &mut dyn Write, tree: &Tree) -> io::Result<()> {
    head(out, tree)?;
    let last = tree.sections.iter().flat_map(|section| &section.lines).map(|row| row.at.line).max();
    let gutter = last.unwrap_or(1).to_string().len() + 2;
    for section in &tree.sections {
        writeln!(out)?;
        write_section(out, section, gutter)?;
    }
    if !tree.guesses.is_empty() {
        writeln!(out, "\nGuessed")?;
        tree.guesses.iter().try_for_each(|guess| hang(out, "  - ", guess))?;
    }
    if !tree.faults.is_empty() {
        writeln!(out, "\nCould not be read as meant")?;
        tree.faults.iter().try_for_each(|fault| write_fault(out, fault))?;
    }
    Ok(())
}

fn hang(out: &mut dyn Write, first: &str, text: &str) -> io::Result<()> {
    wrap::hang(first, &safe::line(text), WIDTH).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn head(out: &mut dyn Write, tree: &Tree) -> io::Result<()> {
    let title = tree.title.as_ref().map_or(String::new(), |title| format!(": {title}"));
    hang(out, "", &format!("{}{title}", tree.file))?;
    let mut facts = Vec::new();
    facts.extend(tree.channel.as_ref().map(|channel| format!("channel: {channel}")));
    facts.extend((!tree.intents.is_empty()).then(|| format!("about: {}", tree.intents.join(", "))));
    facts.extend(tree.language.as_ref().map(|language| format!("language: {language}")));
    facts.extend(tree.incident.then(|| "a known fault is going on".to_string()));
    if !facts.is_empty() {
        hang(out, "", &facts.join(" · "))?;
    }
    if !tree.call_script {
        writeln!(out, "No agent speech, customer cue or branch in it: `check` skips it.")?;
    }
    match tree.order {
        _ if tree.sections.len() < 2 => Ok(()),
        "menu" => writeln!(out, "Each section is a situation of its own."),
        "graph" => writeln!(out, "A section stops unless it says where to go."),
        _ => writeln!(out, "A section goes on with the next one unless it says where to go."),
    }
}

fn write_section(out: &mut dyn Write, section: &Section, gutter: usize) -> io::Result<()> {
    let name = section.name.as_deref().unwrap_or("Before the first heading");
    let facts = match section {
        Section { reference: true, .. } => ": reference, no part of the call",
        Section { entry: true, .. } => ": calls begin here",
        Section { called: true, .. } => ": called from elsewhere",
        Section { reached: false, lines, .. } if !lines.is_empty() => ": nothing leads here",
        _ => "",
    };
    hang(out, "", &format!("{name} (line {}){facts}", section.at.line))?;
    for row in &section.lines {
        write_row(out, row, gutter)?;
    }
    let indent = " ".repeat(gutter + 2);
    match &section.follows[..] {
        [] => Ok(()),
        [one] => hang(out, &indent, &format!("then on to {}, as nothing else is written", place(one))),
        many => hang(
            out,
            &indent,
            &format!("then on to one of {}, as nothing else is written", many.iter().map(place).collect::<Vec<_>>().join(", ")),
        ),
    }
}

fn write_row(out: &mut dyn Write, row: &Row, gutter: usize) -> io::Result<()> {
    let inner = " ".repeat(row.depth * 2);
    // What nobody wrote has no line.
    let number = if row.kind == RowKind::Past { String::new() } else { row.at.line.to_string() };
    hang(out, &format!("{number:>gutter$}  {inner}"), &said(row))?;
    let details = details(row);
    if details.is_empty() { Ok(()) } else { hang(out, &format!("{:gutter$}  {inner}    ", ""), &details.join(" · ")) }
}

fn said(row: &Row) -> String {
    let text = row.text.trim();
    let to = row.to.as_ref().map_or(String::new(), place);
    match row.kind {
        RowKind::Say => format!("agent says {}", quoted(text)),
        RowKind::Hear => format!("customer says {}", quoted(text)),
        RowKind::Note => format!("note: {text}"),
        RowKind::Collect => format!("data to collect: {text}"),
        RowKind::Avoid => format!("not to say: {text}"),
        RowKind::Cue => format!("if the customer says {}", quoted(text)),
        RowKind::Condition => format!("condition: {text}"),
        RowKind::Otherwise if text.is_empty() => "otherwise".to_string(),
        RowKind::Otherwise => format!("otherwise: {text}"),
        RowKind::Variant => "or".to_string(),
        RowKind::Past => format!("none of these: on to {to}, as nothing else is written"),
        RowKind::Call => format!("→ {to}, and back{}", written(row)),
        RowKind::Jump | RowKind::Transfer => format!("→ {to}{}", written(row)),
        RowKind::End => "end of the call".to_string(),
    }
}

/// The words of a jump, where the place that it leads to does not say them.
fn written(row: &Row) -> String {
    let is_said = row.to.as_ref().is_some_and(|to| matches!(to.kind, LeadKind::Section | LeadKind::File | LeadKind::End | LeadKind::Line));
    if is_said || row.text.trim().is_empty() { String::new() } else { format!(": {}", quoted(&row.text)) }
}

fn quoted(text: &str) -> String {
    format!("“{}”", text.trim().trim_matches(|letter: char| "\"“”".contains(letter)))
}

fn details(row: &Row) -> Vec<String> {
    let mut details = Vec::new();
    details.extend(row.class.map(|class| format!("class: {class}")));
    if !row.acts.is_empty() {
        let acts: Vec<String> = row.acts.iter().map(act).collect();
        details.push(format!("acts: {}", acts.join(", ")));
    }
    details.extend((!row.marks.is_empty()).then(|| row.marks.join(", ")));
    let is_goodbye = row.acts.iter().any(|heard| heard.act == "closing");
    let stop = if is_goodbye { "the call ends with these words" } else { "nothing says where the call goes on" };
    details.extend(row.stops.then(|| stop.to_string()));
    details
}

/// `identity check (date of birth, postcode)`.
fn act(heard: &Heard) -> String {
    let name = heard.act.replace('_', " ");
    let items: Vec<String> = heard.items.iter().map(|item| item_words(item)).collect();
    let name = if heard.like.is_some() { format!("perhaps {name}") } else { name };
    if items.is_empty() { name } else { format!("{name} ({})", items.join(", ")) }
}

fn place(lead: &Lead) -> String {
    let line = lead.line.map_or(String::new(), |line| format!("line {line}"));
    let line = lead.file.as_ref().map_or(line.clone(), |file| format!("{file}, {line}"));
    match (lead.kind, &lead.name) {
        (LeadKind::Section, Some(name)) => format!("{name} ({line})"),
        (LeadKind::Section | LeadKind::Line, _) => line,
        (LeadKind::File, name) => {
            let file = lead.file.as_deref().unwrap_or("the start of this file");
            name.as_ref().filter(|_| lead.file.is_some()).map_or(file.to_string(), |name| format!("{name} ({file})"))
        }
        (LeadKind::End, _) => "end of the call".to_string(),
        (LeadKind::Outside, _) => "handed over".to_string(),
        (LeadKind::Unknown, _) => "? can't tell".to_string(),
        (LeadKind::Nowhere, Some(name)) => format!("nowhere (did you mean “{name}”?)"),
        (LeadKind::Nowhere, None) => "nowhere".to_string(),
        (LeadKind::Nothing, _) => "no place in the script, so the call goes on".to_string(),
    }
}

fn write_fault(out: &mut dyn Write, fault: &Fault) -> io::Result<()> {
    let text = format!("line {}: {} ({})", fault.at.line, fault.message, fault.rule);
    hang(out, "  - ", &text)
}
