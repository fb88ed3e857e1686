//! The section of a script that a place stands in.

use crate::parse::target;
use crate::script::{Script, Section};
use crate::source::Span;

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
