//! Every example of every rule and act file, one named test each.
//!
//! ```text
//! cargo test --test rules -- retention/loop        one rule
//! cargo test --test rules -- acts/denial           one act
//! cargo test --test rules -- acts/es               the acts of one language
//! ```
//!
//! A rule's bad example marks with `« »` what the primary label of a finding must cover; a good one
//! must give no finding of that rule. An act's examples must be heard, its near misses must not.
//! The files are read from rules/ as they are on disk, so that a new one needs no line here.

use callint::act::lexicon::{ActFile, Who, WordsFile};
use callint::act::{Hearing, Lexicon, Voice};
use callint::config::Config;
use callint::rule::{Property, Rule};
use callint::rules::custom;
use callint::rules::examples::{self, Place};
use callint::source::Source;
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};

type Outcome = Result<(), Failed>;

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for (place, path) in files() {
        match place.strip_prefix("acts/") {
            Some(name) if matches!(name.rsplit('/').next(), Some("words" | "items")) => {
                trials.push(Trial::test(format!("{place}::file"), move || read::<WordsFile>(&path).map(drop)))
            }
            Some(_) => act_trials(&place, &path, &mut trials),
            None => rule_trials(&place, &path, &mut trials),
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The YAML files in folders below rules/, as `family/name` and path; sorted.
fn files() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut found = Vec::new();
    for folder in entries(&root).into_iter().filter(|path| path.is_dir()) {
        add_files(&folder, &stem(&folder), &mut found);
    }
    found.sort();
    found
}

fn add_files(folder: &Path, place: &str, found: &mut Vec<(String, PathBuf)>) {
    for path in entries(folder) {
        let place = format!("{place}/{}", stem(&path));
        if path.is_dir() {
            add_files(&path, &place, found);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            found.push((place, path));
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(folder).expect("a folder of rules");
    listed.map(|entry| entry.expect("a readable folder").path()).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().expect("a named file").to_string_lossy().into_owned()
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Failed> {
    let text = std::fs::read_to_string(path)?;
    Ok(serde_yaml::from_str(&text)?)
}

fn rule_trials(place: &str, path: &Path, trials: &mut Vec<Trial>) {
    let rule = match read::<Rule>(path) {
        Ok(rule) => rule,
        Err(failed) => return trials.push(Trial::test(format!("{place}::file"), move || Err(failed))),
    };
    let text = std::fs::read_to_string(path).unwrap_or_default();
    for part in examples::places(&rule) {
        let rule = rule.clone();
        let name = match part {
            Place::Bad(index) => format!("bad {}", index + 1),
            Place::Good(index) => format!("good {}", index + 1),
            Place::Instead => "instead".to_string(),
        };
        trials.push(Trial::test(format!("{place}::{name}"), move || shown(&rule, part)));
    }
    let expected = place.to_string();
    trials.push(Trial::test(format!("{place}::file"), move || well_formed(&rule, &expected, &text)));
}

fn well_formed(rule: &Rule, place: &str, text: &str) -> Outcome {
    let lines = text.lines().count();
    check(rule.id == place, || format!("the id is {}, the place {place}", rule.id))?;
    check(lines < 100, || format!("{lines} lines; a rule file stays under 100"))?;
    let problems = custom::problems(&Source::new(place, text));
    let told: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
    check(told.is_empty(), || told.join("; "))?;
    check(!rule.why.is_empty() && !rule.sources.is_empty(), || "a rule needs a why and its sources".to_string())?;
    let (bad, good) = (rule.examples.bad.len(), rule.examples.good.len());
    check(bad >= 2 && good >= 3, || format!("{bad} bad and {good} good examples; a rule needs two and three"))?;
    // Where a jump or a section is wrong, there are no words to say in its place.
    let has_words = rule.instead.is_some() || matches!(rule.property, Property::Structure(_));
    check(has_words, || "a rule needs words to say instead".to_string())
}

/// What an example does not show, and the words that it is about.
fn shown(rule: &Rule, place: Place) -> Outcome {
    let text = match place {
        Place::Bad(index) => &rule.examples.bad[index].script,
        Place::Good(index) => &rule.examples.good[index].script,
        Place::Instead => rule.instead.as_ref().expect("words to say instead"),
    };
    let failures = examples::failures(rule, place, &Config::default());
    let told: Vec<String> = failures.iter().map(|one| format!("{}: «{}»", one.message, &text[one.span.start..one.span.end])).collect();
    check(told.is_empty(), || told.join("\n"))
}

fn act_trials(place: &str, path: &Path, trials: &mut Vec<Trial>) {
    let file = match read::<ActFile>(path) {
        Ok(file) => file,
        Err(failed) => return trials.push(Trial::test(format!("{place}::file"), move || Err(failed))),
    };
    let (act, expected) = (file.act.clone(), place.to_string());
    // `acts/denial` is English, `acts/es/denial` is not.
    let language = place.split('/').rev().nth(1).filter(|folder| *folder != "acts").unwrap_or("en").to_string();
    let lines = [("example", file.examples), ("near", file.near)];
    for (kind, index, line) in
        lines.into_iter().flat_map(|(kind, lines)| lines.into_iter().enumerate().map(move |(index, line)| (kind, index, line)))
    {
        let (act, language) = (act.clone(), language.clone());
        let name = format!("{place}::{kind} {}", index + 1);
        trials
            .push(Trial::test(name, move || if kind == "near" { unheard(&act, &language, &line) } else { heard(&act, &language, &line) }));
    }
    trials.push(Trial::test(format!("{place}::file"), move || {
        let name = expected.rsplit('/').next().unwrap_or_default();
        let is_named = name.strip_prefix(&act).is_some_and(|topic| topic.is_empty() || topic.starts_with('-'));
        check(expected.starts_with("acts/") && is_named, || format!("the act is {act}, the place {expected}"))
    }));
}

/// Whose words the patterns of an act are about.
fn voice(who: Who) -> Voice {
    match who {
        Who::Agent | Who::Both => Voice::Agent,
        Who::Note => Voice::Note,
        Who::Customer => Voice::Cue,
    }
}

fn is_heard(act: &str, language: &str, voice: Voice, line: &str) -> bool {
    let Some(id) = Lexicon::embedded().id(act) else { return false };
    let hearing = Hearing::default();
    hearing.ear(&[language.to_string()]).tag(voice, line).iter().any(|heard| heard.id == id)
}

/// Who performs an act, in every language.
fn who(act: &str) -> Who {
    let lexicon = Lexicon::embedded();
    lexicon.id(act).map_or(Who::Agent, |id| lexicon.who(id))
}

/// Said by whoever performs the act; or, for an agent's act, ordered by a note.
fn heard(act: &str, language: &str, line: &str) -> Outcome {
    let is_ordered = matches!(who(act), Who::Agent | Who::Both) && is_heard(act, language, Voice::Note, line);
    check(is_ordered || is_heard(act, language, voice(who(act)), line), || format!("not heard: {line}"))
}

fn unheard(act: &str, language: &str, line: &str) -> Outcome {
    check(!is_heard(act, language, voice(who(act)), line), || format!("heard by mistake: {line}"))
}

fn check(holds: bool, message: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(message().into()) }
}
