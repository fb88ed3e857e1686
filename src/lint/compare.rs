//! Whether there is anything to compare between the scripts of a run: all of them as one graph take time.

use super::settings::Settings;
use crate::act::{ActSet, Lexicon};
use crate::flow::build::Heard;
use crate::property::across::{intent_words, words};
use crate::rule::{Agree, Property};
use crate::script::Script;
use crate::source::Source;
use std::collections::HashMap;

/// Whether some rule may find that scripts differ, or are too much the same.
pub fn is_needed(sources: &[Source], scripts: &[Option<Script>], acts: &[Heard], settings: &Settings, lexicon: &Lexicon) -> bool {
    shares_intent(scripts) || leads_in_and_out(acts, lexicon) || shares_words(sources, acts, settings, lexicon)
}

/// Two scripts say that they are for intents that have a word in common.
fn shares_intent(scripts: &[Option<Script>]) -> bool {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let scripts = scripts.iter().enumerate().filter_map(|(file, script)| Some((file, script.as_ref()?)));
    let intents = scripts.flat_map(|(file, script)| script.header.intents.iter().map(move |intent| (file, intent)));
    let mut words = intents.flat_map(|(file, intent)| intent_words(intent).map(move |word| (file, word)));
    words.any(|(file, word)| *seen.entry(word).or_insert(file) != file)
}

/// Somebody wants to join in one script and to leave in another one: the ways can be compared.
fn leads_in_and_out(acts: &[Heard], lexicon: &Lexicon) -> bool {
    let (join, leave) = (lexicon.set(&["join_request"]), lexicon.set(&["cancel_request"]));
    let does = |file: &Heard, set: ActSet| file.values().flatten().any(|act| set & (1 << act.id) != 0);
    let joins: Vec<usize> = (0..acts.len()).filter(|&file| does(&acts[file], join)).collect();
    let is_other = |file: usize| joins.iter().any(|&join| join != file);
    !joins.is_empty() && (0..acts.len()).any(|file| is_other(file) && does(&acts[file], leave))
}

/// Some sentence stands in so many of the scripts that a rule may find fault with it.
fn shares_words(sources: &[Source], acts: &[Heard], settings: &Settings, lexicon: &Lexicon) -> bool {
    crate::rules::all().iter().chain(&settings.config.extra_rules).any(|rule| {
        rule.properties().any(|property| match property {
            Property::Across(across) if across.agree == Agree::Words => {
                words::are_shared(sources, acts, lexicon.set(&across.of.names()), settings.least(rule, across.ratio.as_ref()))
            }
            _ => false,
        })
    })
}
