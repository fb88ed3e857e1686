//! The one door: sources in, sorted findings out.

mod compare;
mod effort;
mod finding;
mod fixes;
mod reading;
mod section;
mod settings;
mod suppress;
mod uncovered;

use crate::act::{ActSet, Hearing, Lexicon, Voice, tags};
use crate::config::Config;
use crate::context;
use crate::diagnostic::{Diagnostic, Severity, Unknown};
use crate::effort::Calls;
use crate::flow::build::{self, Heard, Input};
use crate::flow::resolve::{self, Resolver};
use crate::flow::{FlowGraph, Problem, unfold, walk};
use crate::parse::{self, language};
use crate::property::{self, Context, Found, Looks};
use crate::rule::{Property, Rule, YieldsTo};
use crate::rules::declared::{self, Declared};
use crate::script::Script;
use crate::source::{Source, Span};
use rayon::prelude::*;
use settings::Settings;
use std::collections::HashMap;

/// Is told how many steps were made.
pub type Advance<'a> = &'a (dyn Fn(usize) + Sync);

/// All that a run found.
#[derive(Debug, Default)]
pub struct Report {
    /// Sorted by file, span, rule.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be told, sorted by file and span.
    pub unknown: Vec<Unknown>,
    /// Indexes of the sources that are no call scripts and were left alone.
    pub skipped: Vec<usize>,
    /// Indexes of the sources in a language that callint has no words of, in whole or in part.
    pub uncovered: Vec<usize>,
    /// Findings that somebody accepted, sorted like the others.
    pub suppressed: Vec<Diagnostic>,
    /// The rules that were checked, sorted by id.
    pub rules: Vec<Declared>,
}

/// How many steps [`lint_telling`] says that it made for each source.
pub const STEPS: usize = 3;

/// Lints every source that is not only linked.
pub fn lint(sources: &[Source], config: &Config) -> Report {
    lint_telling(sources, config, &|_| {})
}

/// As [`lint`], and says how far it is: so many more of [`STEPS`] for each source are done. Some sources
/// need fewer. Called from many threads.
pub fn lint_telling(sources: &[Source], config: &Config, advance: Advance) -> Report {
    let hearing = Hearing::new(&config.taught, &config.own_acts).by_patterns(config.is_by_patterns);
    let lexicon = hearing.names();
    let mut report = Report { rules: declared::all(config), ..Report::default() };
    let scripts = scripts(sources, &hearing, config);
    advance(sources.len());
    report.skipped = (0..sources.len()).filter(|&file| scripts[file].is_none() && !sources[file].is_linked).collect();
    let acts = heard(&scripts, &hearing, advance);
    let resolver = Resolver::new(sources, &scripts);
    let (named, groups) = resolve::links(sources, &scripts, &resolver);
    let settings = Settings::new(config, sources, &scripts);
    let input = Input { sources, scripts: &scripts, resolver: &resolver, lexicon, acts: &acts, named: &named };
    let looks = Looks { alone: true, compares: groups.len() == 1 };
    let found: Vec<(Vec<Diagnostic>, Vec<Unknown>)> =
        groups.par_iter().map(|files| group(files, &input, &settings, looks)).inspect(|_| advance(1)).collect();
    for (diagnostics, unknown) in found {
        report.diagnostics.extend(diagnostics);
        report.unknown.extend(unknown);
    }
    if groups.len() > 1 && compare::is_needed(sources, &scripts, &acts, &settings, lexicon) {
        let all: Vec<usize> = (0..scripts.len()).filter(|&file| scripts[file].is_some()).collect();
        report.diagnostics.extend(group(&all, &input, &settings, Looks { alone: false, compares: true }).0);
    }
    uncovered::leave(&mut report, &scripts, sources, &acts);
    report.diagnostics.extend(reading::diagnostics(sources, &settings));
    report.diagnostics.retain(|found| !sources[found.file].is_linked);
    suppress::apply(&mut report, sources, &settings);
    for found in report.diagnostics.iter_mut().chain(&mut report.suppressed) {
        let script = scripts[found.file].as_ref();
        found.section = script.and_then(|script| section::at(script, found.span().start)).map_or(String::new(), section::name);
    }
    report.unknown.retain(|unknown| !sources[unknown.file].is_linked);
    report.diagnostics.par_sort_by(|a, b| a.order().cmp(&b.order()));
    report.suppressed.sort_by(|a, b| a.order().cmp(&b.order()));
    report.unknown.sort_by(|a, b| (a.file, a.span, &a.what).cmp(&(b.file, b.span, &b.what)));
    // A run of many files holds millions of small pieces: they are given back by all threads.
    drop(resolver);
    rayon::join(|| scripts.into_par_iter().for_each(drop), || acts.into_par_iter().for_each(drop));
    report
}

/// Parses every source; `None` for one that is no call script.
pub fn scripts(sources: &[Source], hearing: &Hearing, config: &Config) -> Vec<Option<Script>> {
    let read = |source: &Source| {
        let mut script = parse::parse(source);
        script.languages = language::languages(&script, config.language.as_deref());
        let leaves = Lexicon::embedded().set(&["cancel_request", "leavers_desk"]);
        let ear = hearing.ear(&script.languages);
        let title = script.title.as_ref().map_or(Vec::new(), |title| ear.tag(Voice::Cue, &title.value));
        script.is_about_leaving =
            title.iter().any(|act| leaves & (1 << act.id) != 0) || script.header.intents.iter().any(|intent| intent.contains("cancel"));
        (script.is_call_script || config.force || script.faults.iter().any(|fault| fault.name == "syntax")).then_some(script)
    };
    let mut scripts: Vec<Option<Script>> = sources.par_iter().map(read).collect();
    parse::join(sources, &mut scripts);
    scripts
}

/// What every piece of each script does.
pub fn heard(scripts: &[Option<Script>], hearing: &Hearing, advance: Advance) -> Vec<Heard> {
    let tag = |script: &Option<Script>| script.iter().flat_map(|script| tags::tag(script, &hearing.ear(&script.languages))).collect();
    scripts.par_iter().map(tag).inspect(|_| advance(1)).collect()
}

/// Findings of one rule for which a fix is looked for; a second run has the next ones.
const MOST_FIXED: usize = 50;

/// In nodes: from so many on, threads share out the rules.
const SHARED_OUT: usize = 5_000;

/// Lints files that jump into each other; or, by the rules that compare scripts, all files.
fn group(files: &[usize], input: &Input, settings: &Settings, looks: Looks) -> (Vec<Diagnostic>, Vec<Unknown>) {
    let mut graph = build::build(files, input);
    context::apply(&mut graph, input.lexicon);
    let graph = unfold::unfold(graph);
    let reached = walk::reach(&graph, &graph.entries, |_| false);
    let accepted = property::accepted(&graph, input.lexicon);
    let heard = graph.nodes.iter().fold(0, |heard, node| heard | node.set | node.maybe);
    let (mut diagnostics, mut untold) = (Vec::new(), unknown(&graph));
    let is_wanted = |rule: &&Rule| looks.alone || rule.properties().any(|property| matches!(property, Property::Across(_)));
    let rules: Vec<&Rule> = crate::rules::all().iter().chain(&settings.config.extra_rules).filter(is_wanted).collect();
    let known = walk::Known::default();
    let shared = Shared { graph: &graph, files, input, settings, looks, heard, reached: &reached, accepted: &accepted, known: &known };
    // To share out the rules takes longer than they take on a script of the usual size.
    let least = if graph.nodes.len() < SHARED_OUT { rules.len() } else { 1 };
    let found: Vec<(Vec<Diagnostic>, Vec<Unknown>)> = rules.par_iter().with_min_len(least).map(|rule| by_rule(rule, &shared)).collect();
    for (found, unsure) in found {
        diagnostics.extend(found);
        untold.extend(unsure);
    }
    let calls = Calls { graph: &graph, scripts: input.scripts, lexicon: input.lexicon };
    let (over, uncounted) = effort::check(&calls, if looks.alone { files } else { &[] }, input.sources, settings);
    diagnostics.extend(over);
    untold.extend(uncounted);
    if graph.is_cut() {
        let what = "the script allows more ways than can be followed, so rules about ways may have missed some".to_string();
        untold.extend(files.first().map(|&file| Unknown { file, span: Span::default(), what }));
    }
    (overruled(diagnostics, &rules), untold)
}

/// What the rules read of one graph.
struct Shared<'a> {
    graph: &'a FlowGraph<'a>,
    files: &'a [usize],
    input: &'a Input<'a, 'a>,
    settings: &'a Settings<'a>,
    looks: Looks,
    heard: ActSet,
    reached: &'a [bool],
    accepted: &'a [bool],
    known: &'a walk::Known,
}

/// What one rule finds, by each of its settings, and what it cannot tell.
fn by_rule(rule: &Rule, shared: &Shared) -> (Vec<Diagnostic>, Vec<Unknown>) {
    let &Shared { graph, files, input, settings, looks, heard, reached, accepted, known } = shared;
    let (mut diagnostics, mut untold) = (Vec::new(), Vec::new());
    for params in settings.variants(rule, files) {
        let (scripts, lexicon) = (input.scripts, input.lexicon);
        let context = Context { graph, scripts, files, lexicon, rule, params: &params, heard, reached, accepted, looks, known };
        let (unsure, found): (Vec<Found>, Vec<Found>) = property::check(&context).into_iter().partition(|found| found.unsure.is_some());
        untold.extend(unsure.into_iter().filter_map(|found| finding::unknown(&context, found)));
        let found = found.into_iter().map(|found| finding::diagnostic(&context, found));
        let mut found: Vec<Diagnostic> = found.filter_map(|found| settings.allow(found, rule, &params)).collect();
        for found in found.iter_mut().take(MOST_FIXED) {
            found.fixes = fixes::of(found, rule, input);
        }
        found.dedup_by(|a, b| a.file == b.file && a.spans == b.spans);
        diagnostics.extend(found);
    }
    (diagnostics, untold)
}

/// Where two rules speak of the same words, or of the same file, the sharper one holds; an info outdoes only infos.
fn overruled(mut diagnostics: Vec<Diagnostic>, rules: &[&Rule]) -> Vec<Diagnostic> {
    let is_info = |found: &Diagnostic| found.severity == Severity::Info;
    let mut places: HashMap<(String, usize, bool), Vec<Span>> = HashMap::new();
    for found in &diagnostics {
        places.entry((found.rule.clone(), found.file, is_info(found))).or_default().push(found.span());
    }
    // Each span up to the last end of all before it: whether one of them overlaps is told by one look.
    for spans in places.values_mut() {
        spans.sort_unstable();
        (1..spans.len()).for_each(|index| spans[index].end = spans[index].end.max(spans[index - 1].end));
    }
    diagnostics.retain(|found| {
        let Some(YieldsTo { same_words, same_file }) = rules.iter().find(|rule| rule.id == found.rule).map(|rule| &rule.yields_to) else {
            return true;
        };
        let overlaps = |spans: &Vec<Span>| {
            let before = spans.partition_point(|span| span.start < found.span().end);
            before > 0 && spans[before - 1].end > found.span().start
        };
        // For what is no info both keys are the same.
        let theirs =
            |rule: &String| [false, is_info(found)].map(|info| places.get(&(rule.clone(), found.file, info))).into_iter().flatten();
        !same_words.iter().any(|rule| theirs(rule).any(overlaps)) && !same_file.iter().any(|rule| theirs(rule).next().is_some())
    });
    diagnostics
}

fn unknown(graph: &FlowGraph) -> Vec<Unknown> {
    let tell = |problem: &Problem| match problem {
        Problem::UnknownTarget { file, span, name } => Some(Unknown {
            file: *file,
            span: *span,
            what: format!("“{name}” is not among the scripts of this run, so the walk ends there"),
        }),
        Problem::BrokenJump { .. } => None,
    };
    graph.problems.iter().filter_map(tell).collect()
}
