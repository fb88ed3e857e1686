//! Steps to sections: the second look, when the names of all steps are known.

use crate::parse::{outline, target};
use std::collections::{HashMap, HashSet};

use crate::script::{Branch, Jump, JumpKind, Kind, Order, Section, Step, Target};
use crate::source::Span;

use super::Reader;
use super::drafts::{self, Body, Draft};
use super::entry::Scope;
use super::keys::Key;
use super::opening;
use super::steps::add_note;

/// Reads all documents of a file.
pub fn read(reader: &mut Reader) {
    let found = drafts::find(reader);
    reader.script.order = found.order();
    check_ids(reader, &found.drafts);
    let names = found.drafts.iter().flat_map(|draft| draft.names.iter().cloned());
    reader.ids = names.collect();
    reader.profile.sections = reader.ids.iter().map(|id| target::key(id)).collect();
    // What one document writes holds for no other.
    let is_declared = found.is_declared() || found.drafts.iter().any(|draft| draft.document > 0);
    let mut shared = shared(&found.drafts);
    if let Some(first) = found.drafts.first() {
        reader.comments.skip_to(first.start);
    }
    for draft in found.drafts {
        if draft.document > reader.document {
            reader.document = draft.document;
            reader.shared = std::mem::take(&mut shared[draft.document]);
        }
        let (span, mut names) = (draft.span, draft.names.clone());
        names.extend(draft.names.iter().map(|name| reader.own_name(name)).filter(|own| !draft.names.contains(own)));
        let mut section = Section { span, names, level: 1, opens_script: draft.opens_script, ..Section::default() };
        let column = reader.column(draft.start);
        place_comments(reader, draft.start, column, &mut section.steps);
        fill(reader, draft, &mut section);
        reader.script.sections.push(section);
    }
    place_comments(reader, usize::MAX, 0, &mut Vec::new());
    let (sections, header) = (&reader.script.sections, &reader.script.header);
    let is_graph = || links_neighbours(sections) || is_hub(sections) || most_lead(sections, header.start.is_some());
    if !is_declared && reader.script.order == Order::Sequence && is_graph() {
        reader.script.order = Order::Graph;
    }
    if reader.script.order == Order::Graph && reader.script.header.start.is_none() {
        opening::lead(&mut reader.script.sections);
    }
}

/// Nearly every step ends with a way out, or with ways of which one leads out; and the first one is named, or nearly
/// every other one is.
fn most_lead(sections: &[Section], has_start: bool) -> bool {
    const LEAST: usize = 5;
    fn leads(steps: &[Step]) -> bool {
        match steps.last() {
            Some(Step::Jump(_) | Step::End(_)) => true,
            Some(Step::Choice(choice)) => choice.branches.iter().any(|branch| leads(&branch.steps)),
            _ => false,
        }
    }
    let are_most = |count: usize| count * 5 >= (sections.len() - 1) * 4;
    let leading = || sections.iter().filter(|section| leads(&section.steps)).count();
    sections.len() >= LEAST && are_most(leading()) && (has_start || are_most(sections[1..].iter().filter(named_in(sections)).count()))
}

/// Whether some jump names a step.
pub fn named_in(sections: &[Section]) -> impl Fn(&&Section) -> bool + use<> {
    let jumps = sections.iter().flat_map(|section| outline::jumps(&section.steps));
    let names: HashSet<String> = jumps.filter_map(name_of).map(str::to_string).collect();
    move |section| section.names.iter().any(|name| names.contains(name))
}

/// A step leads to the one below it, which nobody writes where steps are read in order.
fn links_neighbours(sections: &[Section]) -> bool {
    sections.windows(2).any(|pair| match pair[0].steps.last() {
        Some(Step::Jump(jump)) => name_of(jump).is_some_and(|name| pair[1].names.iter().any(|own| own == name)),
        _ => false,
    })
}

/// All answers to the first step lead away, and something leads to each of the others.
fn is_hub(sections: &[Section]) -> bool {
    const LEAST: usize = 3;
    let leaves = |branch: &Branch| matches!(branch.steps.last(), Some(Step::Jump(_) | Step::End(_)));
    let Some(Step::Choice(first)) = sections.first().filter(|_| sections.len() >= LEAST).and_then(|first| first.steps.last()) else {
        return false;
    };
    let is_named = named_in(sections);
    first.branches.len() > 1 && first.branches.iter().all(leaves) && sections[1..].iter().all(|section| is_named(&section))
}

fn name_of(jump: &Jump) -> Option<&str> {
    match &jump.target {
        Target::Name { name, .. } if jump.kind == JumpKind::Goto => Some(name),
        _ => None,
    }
}

/// For each document, the names that its steps share with those of documents before it.
fn shared(drafts: &[Draft]) -> Vec<HashSet<String>> {
    let mut first_of: HashMap<&str, usize> = HashMap::new();
    let mut shared = vec![HashSet::new(); drafts.last().map_or(0, |draft| draft.document + 1)];
    for (name, document) in drafts.iter().flat_map(|draft| draft.names.iter().map(|name| (name, draft.document))) {
        if *first_of.entry(name).or_insert(document) < document {
            shared[document].insert(name.clone());
        }
    }
    shared
}

/// Comments between two steps: deeper ones belong to the step above, the others to the one below.
fn place_comments(reader: &mut Reader, offset: usize, column: usize, steps: &mut Vec<Step>) {
    while let Some(comment) = reader.comments.before(offset) {
        let text = comment.text.clone();
        let above = reader.script.sections.last_mut();
        match above.filter(|_| comment.column > column) {
            Some(above) => add_note(text, &mut above.steps),
            None => add_note(text, steps),
        }
    }
}

fn fill(reader: &mut Reader, draft: Draft, section: &mut Section) {
    let entries = match draft.body {
        Body::Items(items) => return reader.list(&items, &mut section.steps),
        Body::Notes(id) => {
            section.is_reference = true;
            let notes = reader.items(id).into_iter().filter_map(|item| reader.text(item));
            return section.steps.extend(notes.filter(|text| !text.is_empty()).map(|text| Step::line(Kind::Note, text)));
        }
        Body::Value(id) if !reader.is_map(id) => return reader.lines(id, &mut section.steps),
        Body::Value(id) => reader.entries(id, Scope::Known),
        Body::Entries(entries) => entries,
    };
    let is_named = !section.names.is_empty();
    for entry in &entries {
        match entry.key {
            // The top level of a script that is its own only step has the script's title.
            Some(Key::Title | Key::Label) if is_named && entry.word != "answer" => {
                let text = reader.text(entry.value);
                section.heading = section.heading.take().or(text);
            }
            Some(Key::Intent) => section.intents.extend(reader.words(entry.value)),
            Some(Key::Incident) => section.incident |= reader.is_yes(entry.value),
            _ => {}
        }
    }
    if let Some(heading) = &section.heading
        && !section.names.contains(&heading.value)
    {
        section.names.push(heading.value.clone());
    }
    reader.body(&entries, &mut section.steps);
}

fn check_ids(reader: &mut Reader, drafts: &[Draft]) {
    let mut seen: HashMap<(usize, &str), Span> = HashMap::new();
    for draft in drafts {
        let Some(id) = draft.names.first().filter(|id| !id.is_empty()) else {
            continue;
        };
        if let Some(first) = seen.insert((draft.document, id), draft.span) {
            let message = format!("two steps are called `{id}`");
            let help = "give one of them another name; a jump cannot tell which of them is meant".to_string();
            reader.fault("duplicate-id", message, help, draft.span, Some((first, "the first one".to_string())));
        }
    }
}
