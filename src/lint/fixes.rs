//! Changes that mend a finding, where the script and the rule leave little to decide.

mod leave;

use super::section;
use crate::act::Voice;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::flow::build::Input;
use crate::parse::target;
use crate::rule::{Acts, Property, Rule, Structure};
use crate::script::Script;
use crate::source::{Source, Span};

/// Fits any problem; the agent's own words would be better.
const CARE: &str = "I'm sorry about that, and thank you for telling me. ";

/// Acts that no sentence before them makes good.
const HARMS: [&str; 7] = ["denial", "blame", "dismissive", "deflect", "bullying", "threat", "insist"];

/// What mends a finding of a rule, if that can be said.
pub fn of(found: &Diagnostic, rule: &Rule, input: &Input) -> Vec<Fix> {
    let source = &input.sources[found.file];
    let fix = input.scripts[found.file].as_ref().and_then(|script| match &rule.property {
        Property::Structure(Structure::BrokenJump) => jump(found, source, script),
        Property::Response(response) if response.needs.names().contains(&"empathy") => care(found, source, script, input),
        Property::Reachable(reachable) if reachable.without == Acts::None && reachable.to.names().contains(&"cancel_confirm") => {
            leave::branch(found, source, script)
        }
        _ => None,
    });
    fix.into_iter().collect()
}

/// Leads a jump to the one section whose name is nearly the one that was written.
fn jump(found: &Diagnostic, source: &Source, script: &Script) -> Option<Fix> {
    let span = found.span();
    let anchor = anchor(source, span);
    let place = anchor.unwrap_or(span);
    let wanted = target::key(&source.slice(place).replace('-', " "));
    let most = 1 + wanted.chars().count() / 5;
    let is_near = |name: &String| {
        let key = target::key(&name.replace('-', " "));
        // A byte more or less is a letter more or less, at most four of them one: no need to count then.
        wanted.len().abs_diff(key.len()) <= 4 * most && strsim::damerau_levenshtein(&wanted, &key) <= most
    };
    let mut near = script.sections.iter().filter_map(|section| {
        let heading = section.heading.as_ref().map(|heading| heading.value.clone());
        heading.into_iter().chain(section.names.first().cloned()).find(is_near)
    });
    let name = near.next().filter(|_| near.next().is_none())?;
    // In YAML some names need quotes, and which ones depends on what stands around them.
    let is_plain = |letter: char| letter.is_alphanumeric() || " _-".contains(letter);
    if wanted.is_empty() || source.is_yaml() && !name.chars().all(is_plain) {
        return None;
    }
    let text = if anchor.is_some() { target::anchor(&name) } else { name.clone() };
    Some(Fix { description: format!("Jump to “{name}”"), is_safe: true, edits: vec![Edit { span: place, text }] })
}

/// Of a link whose words are at `span`, what stands behind `#`.
fn anchor(source: &Source, span: Span) -> Option<Span> {
    let behind = source.text.get(span.end..)?.strip_prefix("](")?;
    let link = &behind[..behind.find([')', '\n', ' '])?];
    let start = span.end + "](".len() + link.find('#')? + 1;
    Some(Span::new(start, span.end + "](".len() + link.len()))
}

/// Puts a caring sentence before the words of the agent that lack one.
fn care(found: &Diagnostic, source: &Source, script: &Script, input: &Input) -> Option<Fix> {
    let span = found.span();
    let holds = |text: Span| text.start <= span.start && span.end <= text.end;
    let text = section::texts_at(script, span.start).into_iter().map(|text| text.span()).find(|text| holds(*text))?;
    let harms = input.lexicon.set(&HARMS);
    let acts = input.acts.get(found.file)?.get(&(text, Voice::Agent))?;
    if acts.iter().any(|act| harms & (1 << act.id) != 0) {
        return None;
    }
    let marks = source.slice(text).chars().take_while(|letter| "\"“*_".contains(*letter)).map(char::len_utf8).sum::<usize>();
    let at = text.start + marks;
    let opening = source.text[..at].chars().next_back();
    let words = if source.is_yaml() && opening == Some('\'') { CARE.replace('\'', "''") } else { CARE.to_string() };
    let edits = vec![Edit { span: Span::new(at, at), text: words }];
    Some(Fix { description: "Begin with a sentence that shows you heard the problem".to_string(), is_safe: false, edits })
}
