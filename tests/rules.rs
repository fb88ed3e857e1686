//! Every example of every rule and act file, one named test each.
//!
//! ```text
//! cargo test --test rules -- retention/loop        one rule
//! cargo test --test rules -- acts/denial           one act
//! ```
//!
//! A rule's bad example marks with `« »` what the primary label of a finding must cover; a good one
//! must give no finding of that rule. An act's examples must be heard, its near misses must not.
//! The files are read from rules/ as they are on disk, so that a new one needs no line here.

use callint::act::lexicon::{ActFile, Who, WordsFile};
use callint::act::{Lexicon, Voice};
use callint::config::Config;
use callint::diagnostic::Diagnostic;
use callint::lint;
use callint::rule::{Example, Rule};
use callint::source::{Source, Span};
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};

type Outcome = Result<(), Failed>;

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for (place, path) in files() {
        match place.strip_prefix("acts/") {
            Some("words" | "items") => trials.push(Trial::test(format!("{place}::file"), move || read::<WordsFile>(&path).map(drop))),
            Some(_) => act_trials(&place, &path, &mut trials),
            None => rule_trials(&place, &path, &mut trials),
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The YAML files one folder below rules/, as `family/name` and path; sorted.
fn files() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut found = Vec::new();
    for folder in entries(&root).into_iter().filter(|path| path.is_dir()) {
        for path in entries(&folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
            found.push((format!("{}/{}", stem(&folder), stem(&path)), path));
        }
    }
    found.sort();
    found
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
    let lines = std::fs::read_to_string(path).map_or(0, |text| text.lines().count());
    for (index, example) in rule.examples.bad.iter().cloned().enumerate() {
        let id = rule.id.clone();
        let profile = rule.profile.clone();
        trials.push(Trial::test(format!("{place}::bad {}", index + 1), move || bad(&id, profile, &example)));
    }
    for (index, example) in rule.examples.good.iter().cloned().enumerate() {
        let id = rule.id.clone();
        let profile = rule.profile.clone();
        trials.push(Trial::test(format!("{place}::good {}", index + 1), move || good(&id, profile, &example)));
    }
    if let Some(instead) = rule.instead.clone() {
        trials.push(Trial::test(format!("{place}::instead"), move || clean(&instead)));
    }
    let expected = place.to_string();
    trials.push(Trial::test(format!("{place}::file"), move || well_formed(&rule, &expected, lines)));
}

fn well_formed(rule: &Rule, place: &str, lines: usize) -> Outcome {
    check(rule.id == place, || format!("the id is {}, the place {place}", rule.id))?;
    check(lines < 100, || format!("{lines} lines; a rule file stays under 100"))?;
    check(!rule.examples.bad.is_empty() && !rule.examples.good.is_empty(), || "a rule needs a bad and a good example".to_string())?;
    check(!rule.message.ends_with('.'), || "a message has no full stop".to_string())?;
    let unknown = rule.unknown_acts(Lexicon::embedded());
    check(unknown.is_empty(), || format!("acts that do not exist: {}", unknown.join(", ")))?;
    let stronger = rule.yields_to.same_words.iter().chain(&rule.yields_to.same_file);
    let missing: Vec<&String> = stronger.filter(|id| !callint::rules::all().iter().any(|known| known.id == **id)).collect();
    check(missing.is_empty(), || format!("yields to rules that do not exist: {missing:?}"))?;
    check(!rule.why.is_empty() && !rule.sources.is_empty(), || "a rule needs a why and its sources".to_string())
}

fn bad(id: &str, profile: Vec<String>, example: &Example) -> Outcome {
    let (script, marked) = unmarked(&example.script)?;
    check(!marked.is_empty(), || "no « » in a bad example".to_string())?;
    let source = source(example, &script);
    let found = findings(&source, example, profile);
    let own: Vec<&Diagnostic> = found.iter().filter(|one| one.rule == id).collect();
    for span in marked {
        check(own.iter().any(|one| one.span() == span), || {
            format!("no {id} at “{}”; found:\n{}", source.slice(span), told(&source, &found))
        })?;
    }
    Ok(())
}

fn good(id: &str, profile: Vec<String>, example: &Example) -> Outcome {
    let (script, marked) = unmarked(&example.script)?;
    check(marked.is_empty(), || "« » in a good example".to_string())?;
    let source = source(example, &script);
    let found: Vec<Diagnostic> = findings(&source, example, profile).into_iter().filter(|one| one.rule == id).collect();
    check(found.is_empty(), || format!("false alarm:\n{}", told(&source, &found)))
}

/// The suggested words, as all that the agent says, give no finding of any rule.
fn clean(instead: &str) -> Outcome {
    let script = format!("# A call\n\nAgent: {}\n", instead.trim().replace('\n', " "));
    let source = Source::new("instead.md", script);
    let found = findings(&source, &Example { script: String::new(), beside: None, format: None }, Vec::new());
    check(found.is_empty(), || format!("the suggested words are found fault with:\n{}", told(&source, &found)))
}

fn source(example: &Example, script: &str) -> Source {
    let is_yaml = example.format.as_deref() == Some("yaml");
    Source::new(if is_yaml { "example.yaml" } else { "example.md" }, script)
}

/// What is found in a script of an example, checked together with the one beside it.
fn findings(source: &Source, example: &Example, profile: Vec<String>) -> Vec<Diagnostic> {
    let config = Config { force: true, profiles: profile, ..Config::default() };
    let beside = example.beside.iter().map(|text| Source::new(format!("beside-{}", source.name), text.clone()));
    let sources: Vec<Source> = std::iter::once(source.clone()).chain(beside).collect();
    let found = lint::lint(&sources, &config).diagnostics;
    found.into_iter().filter(|one| one.file == 0).collect()
}

/// A script without its marks, and what stood between them, in bytes of what is left.
fn unmarked(script: &str) -> Result<(String, Vec<Span>), Failed> {
    let (mut text, mut marked, mut open) = (String::new(), Vec::new(), None);
    for letter in script.chars() {
        match (letter, open) {
            ('«', None) => open = Some(text.len()),
            ('»', Some(start)) => {
                marked.push(Span::new(start, text.len()));
                open = None;
            }
            ('«' | '»', _) => return Err("« and » do not pair".into()),
            _ => text.push(letter),
        }
    }
    check(open.is_none(), || "a « is never closed".to_string())?;
    Ok((text, marked))
}

/// Findings as a test's reader wants them: rule and marked words, a line each.
fn told(source: &Source, found: &[Diagnostic]) -> String {
    let lines: Vec<String> = found.iter().map(|one| format!("  {}: «{}»", one.rule, source.slice(one.span()))).collect();
    if lines.is_empty() { "  nothing".to_string() } else { lines.join("\n") }
}

fn act_trials(place: &str, path: &Path, trials: &mut Vec<Trial>) {
    let file = match read::<ActFile>(path) {
        Ok(file) => file,
        Err(failed) => return trials.push(Trial::test(format!("{place}::file"), move || Err(failed))),
    };
    let (act, who, expected) = (file.act.clone(), file.who, place.to_string());
    let lines = [("example", file.examples), ("near", file.near)];
    for (kind, index, line) in
        lines.into_iter().flat_map(|(kind, lines)| lines.into_iter().enumerate().map(move |(index, line)| (kind, index, line)))
    {
        let act = act.clone();
        let name = format!("{place}::{kind} {}", index + 1);
        trials.push(Trial::test(name, move || if kind == "near" { unheard(&act, who, &line) } else { heard(&act, who, &line) }));
    }
    trials.push(Trial::test(format!("{place}::file"), move || {
        check(format!("acts/{act}") == expected, || format!("the act is {act}, the place {expected}"))
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

fn is_heard(act: &str, voice: Voice, line: &str) -> bool {
    let lexicon = Lexicon::embedded();
    let Some(id) = lexicon.id(act) else { return false };
    lexicon.tag(voice, line).iter().any(|heard| heard.id == id)
}

/// Said by whoever performs the act; or, for an agent's act, ordered by a note.
fn heard(act: &str, who: Who, line: &str) -> Outcome {
    let is_ordered = matches!(who, Who::Agent | Who::Both) && is_heard(act, Voice::Note, line);
    check(is_ordered || is_heard(act, voice(who), line), || format!("not heard: {line}"))
}

fn unheard(act: &str, who: Who, line: &str) -> Outcome {
    check(!is_heard(act, voice(who), line), || format!("heard by mistake: {line}"))
}

fn check(holds: bool, message: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(message().into()) }
}
