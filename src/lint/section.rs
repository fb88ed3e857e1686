//! The section of a script that a place stands in, and the words in it.

use crate::parse::target;
use crate::script::{Script, Section, Step};
use crate::source::{Span, Text};

/// The section that begins last before a byte; `None` above the first heading.
pub fn at(script: &Script, offset: usize) -> Option<&Section> {
    let index = script.sections.partition_point(|section| section.span.start <= offset);
    script.sections.get(index.checked_sub(1)?)
}

/// From the heading of the section at a byte to the next heading of its level or above, so that it
/// holds the sections below it.
pub fn range(script: &Script, offset: usize) -> Option<Span> {
    let index = script.sections.partition_point(|section| section.span.start <= offset).checked_sub(1)?;
    let section = &script.sections[index];
    let next = script.sections[index + 1..].iter().find(|next| next.level <= section.level);
    Some(Span::new(section.span.start, next.map_or(usize::MAX, |next| next.span.start)))
}

/// What a section is called: its heading, or its id where it has none.
pub fn name(section: &Section) -> String {
    let heading = section.heading.as_ref().map(|heading| target::key(&heading.value));
    heading.filter(|heading| !heading.is_empty()).or(section.names.first().cloned()).unwrap_or_default()
}

/// Whether a section goes by a name: its heading, its number or its id.
pub fn is_called(section: &Section, wanted: &str) -> bool {
    let wanted = target::key(wanted);
    name(section) == wanted || section.names.iter().any(|name| target::key(name) == wanted)
}

/// All words of a script but its headings, in no order.
pub fn texts(script: &Script) -> Vec<&Text> {
    in_sections(&script.sections)
}

/// The words of the section that a byte stands in; above the first heading, all.
pub fn texts_at(script: &Script, offset: usize) -> Vec<&Text> {
    at(script, offset).map_or_else(|| texts(script), |section| in_sections(std::slice::from_ref(section)))
}

fn in_sections(sections: &[Section]) -> Vec<&Text> {
    let mut texts: Vec<&Text> = Vec::new();
    let mut open: Vec<&[Step]> = sections.iter().map(|section| section.steps.as_slice()).collect();
    while let Some(steps) = open.pop() {
        for step in steps {
            match step {
                Step::Line(line) => texts.push(&line.text),
                Step::Choice(choice) => {
                    texts.extend(choice.branches.iter().filter_map(|branch| branch.label.as_ref()));
                    open.extend(choice.branches.iter().map(|branch| branch.steps.as_slice()));
                }
                Step::Jump(_) | Step::End(_) | Step::Anchor(_) => {}
            }
        }
    }
    texts
}
