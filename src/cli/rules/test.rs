//! `callint rules test`: rules of one's own, tried on their examples.

use super::super::outputs::Outputs;
use super::super::{Global, UNUSABLE};
use super::check::Files;
use super::tell;
use crate::act::file::ActFile;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::rule::Rule;
use crate::rules::custom::Custom;
use crate::rules::examples::{self, Place};
use crate::rules::file::File;
use crate::rules::{acts, coverage};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    files: Files,
    /// Also fail where no example shows a part of a rule at work
    #[arg(long)]
    coverage: bool,
    #[command(flatten)]
    outputs: Outputs,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    let (custom, is_whole) = args.files.load(global)?;
    let config = Config { extra_rules: custom.rules.clone(), own_acts: custom.acts.clone(), ..Config::default() };
    // What cannot be read cannot be tried.
    let mut found = custom.findings(&Config::default(), false);
    for rule in &custom.rules {
        let index = custom.files[&rule.id];
        let file = File::new(index, &custom.sources[index]);
        found.extend(failures(rule, &file, &config));
        if args.coverage {
            found.extend(gaps(rule, &file, &config));
        }
    }
    for act in &custom.acts {
        let index = custom.act_files[&act.act];
        found.extend(heard(act, &File::new(index, &custom.sources[index]), &custom.acts, args.coverage));
    }
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    let code = tell(&args.outputs, found, &custom.sources, global)?;
    if args.outputs.format.is_for_people() {
        global.say(&tried(&custom));
    }
    Ok(if is_whole { code } else { UNUSABLE })
}

/// Examples that do not show what they should, at their words in the rule file.
fn failures(rule: &Rule, file: &File, config: &Config) -> Vec<Diagnostic> {
    let found = |failure: examples::Failure| {
        let (list, index) = match failure.place {
            Place::Bad(index) => ("bad", index.to_string()),
            Place::Good(index) => ("good", index.to_string()),
            Place::Instead => ("", String::new()),
        };
        let path = ["examples", list, &index, "script"];
        let path = if list.is_empty() { &["instead"][..] } else { &path[..] };
        let help = "`callint show` prints how a script is read; `callint acts` what is heard in its lines.";
        Diagnostic { spans: file.part(path, failure.span), ..file.fault(failure.span, &failure.message, help) }
    };
    examples::places(rule).into_iter().flat_map(|place| examples::failures(rule, place, config)).map(found).collect()
}

/// Parts of the rule that no example needs.
fn gaps(rule: &Rule, file: &File, config: &Config) -> Vec<Diagnostic> {
    let found = |gap: coverage::Gap| {
        let help = "Add an example that only comes out right because of this, or delete it.";
        match gap.path.last() {
            Some(last) => {
                let path: Vec<&str> = gap.path.iter().map(String::as_str).collect();
                let above = &path[..path.len() - 1];
                let words = if last.parse::<usize>().is_ok() { file.find(&path) } else { file.key(above, last) };
                file.fault(file.words(words), "no example needs this: without it each one comes out the same", help)
            }
            None => file.fault(file.span(&["id"]), "no example makes this rule find anything", "Add a bad example."),
        }
    };
    coverage::gaps(rule, config).into_iter().map(found).collect()
}

/// Examples of an act that are not heard as they should be; with `is_strict`, patterns that none of them needs.
fn heard(act: &ActFile, file: &File, all: &[ActFile], is_strict: bool) -> Vec<Diagnostic> {
    let mut failures = acts::failures(act, all);
    if is_strict {
        failures.extend(acts::gaps(act, all));
    }
    let help = "`callint acts` prints what is heard in a line.";
    let place = |failure: &acts::Failure| file.span(&[failure.path.0, &failure.path.1.to_string()]);
    failures.iter().map(|failure| file.fault(place(failure), &failure.message, help)).collect()
}

/// How much there was to try.
fn tried(custom: &Custom) -> String {
    let of_rule = |rule: &Rule| rule.examples.bad.len() + rule.examples.good.len();
    let of_act = |act: &ActFile| act.examples.len() + act.near.len();
    let examples: usize = custom.rules.iter().map(of_rule).chain(custom.acts.iter().map(of_act)).sum();
    let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let acts = if custom.acts.is_empty() { String::new() } else { format!(" and {}", plural(custom.acts.len(), "act")) };
    format!("tried {}{acts} on {}", plural(custom.rules.len(), "rule"), plural(examples, "example"))
}
