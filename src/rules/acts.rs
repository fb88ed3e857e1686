//! Act files of a project: what is wrong with them, and what their examples do not show.

use super::file::File;
use crate::act::file::{ActFile, Who};
use crate::act::{Ear, Hearing, Voice, house};
use crate::config::suggestion;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What keeps an act from being heard as it was meant. `known` are all acts that there are.
pub fn faults(file: &File, act: &ActFile, known: &[&str]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    if act.act.is_empty() || !act.act.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_') {
        let message = format!("`{}` is no name of an act", act.act);
        faults.push(file.fault(file.span(&["act"]), &message, "A name is small letters and underscores, as in `house_greeting`."));
    }
    for (index, other) in act.unless_acts.iter().enumerate().filter(|(_, other)| !known.contains(&other.as_str())) {
        let message = format!("there is no act `{other}`{}", suggestion(other, known));
        faults.push(file.fault(file.span(&["unless_acts", &index.to_string()]), &message, "`callint schema rule` lists all acts."));
    }
    faults.extend(patterns(file, act));
    faults
}

fn patterns(file: &File, act: &ActFile) -> Vec<Diagnostic> {
    let alone = ActFile { unless_acts: Vec::new(), ..act.clone() };
    let Err(error) = house::lexicon(&[], &[alone]) else { return Vec::new() };
    let help = "The file rules/README.md of callint has the language of patterns.";
    let mut faults = Vec::new();
    for (list, patterns) in ActFile::LISTS.into_iter().zip(act.lists()) {
        for (index, pattern) in patterns.iter().enumerate() {
            let Some((at, message)) = house::mistake_in(act, pattern) else { continue };
            let part = Span::new(at.min(pattern.len()), pattern.len());
            let part = if part.is_empty() { Span::new(0, pattern.len()) } else { part };
            let spans = file.part(&[list, &index.to_string()], part);
            faults.push(Diagnostic { spans, ..file.fault(part, &message, help) });
        }
    }
    if faults.is_empty() {
        faults.push(file.fault(file.span(&["words"]), &error, help));
    }
    faults
}

/// A line that is not heard as its file says, or a pattern that no example needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    pub message: String,
    /// The list of the file, and the place in it.
    pub path: (&'static str, usize),
}

/// Examples that are not heard, and near misses that are. `all` are the act files of the project.
pub fn failures(act: &ActFile, all: &[ActFile]) -> Vec<Failure> {
    let told =
        [("examples", "this is an example of the act, and is not heard as one"), ("near", "this is heard as the act, and should not be")];
    let outcome = outcome(act, all);
    let (examples, near) = outcome.split_at(act.examples.len());
    let missed = examples.iter().enumerate().filter(|(_, heard)| !**heard).map(|(index, _)| (0, index));
    let wrong = near.iter().enumerate().filter(|(_, heard)| **heard).map(|(index, _)| (1, index));
    missed.chain(wrong).map(|(list, index)| Failure { message: told[list].1.to_string(), path: (told[list].0, index) }).collect()
}

/// The patterns without which every example and near miss comes out the same.
pub fn gaps(act: &ActFile, all: &[ActFile]) -> Vec<Failure> {
    let usual = outcome(act, all);
    let mut gaps = Vec::new();
    for (place, list) in ActFile::LISTS.into_iter().enumerate() {
        for index in 0..act.lists()[place].len() {
            let mut less = act.clone();
            less.lists_mut()[place].remove(index);
            let others: Vec<ActFile> = all.iter().map(|other| if other.act == act.act { less.clone() } else { other.clone() }).collect();
            if outcome(&less, &others) == usual {
                gaps.push(Failure {
                    message: "no example needs this: without it each one is heard the same".to_string(),
                    path: (list, index),
                });
            }
        }
    }
    gaps
}

/// For each example and then each near miss, whether the act is heard.
fn outcome(act: &ActFile, all: &[ActFile]) -> Vec<bool> {
    let hearing = Hearing::new(&[], all);
    let ear = hearing.polyglot();
    act.examples.iter().chain(&act.near).map(|line| is_heard(&ear, act, line)).collect()
}

/// Said by whoever performs the act; or, for an agent's act, ordered by a note; or told by a heading.
fn is_heard(ear: &Ear, act: &ActFile, line: &str) -> bool {
    let voices: &[Voice] = match ear.names().id(&act.act).map_or(act.who, |id| ear.names().who(id)) {
        Who::Agent | Who::Both => &[Voice::Agent, Voice::Note],
        Who::Note => &[Voice::Note],
        Who::Customer => &[Voice::Cue],
    };
    voices.iter().any(|&voice| ear.tag(voice, line).iter().any(|heard| Some(heard.id) == ear.names().id(&act.act)))
}
