//! The one door: sources in, sorted findings out.

use crate::act::{Act, Lexicon, Voice, tags};
use crate::config::Config;
use crate::context;
use crate::diagnostic::{Decision, Diagnostic, Label, Severity, Speaker, Turn, Unknown};
use crate::flow::build::{self, Input, TextKey};
use crate::flow::resolve::{self, Resolver};
use crate::flow::{FlowGraph, NodeId, NodeKind, Problem, walk};
use crate::parse;
use crate::property::{self, Context, Found, Place};
use crate::script::{Fault, Kind, Script};
use crate::source::{Source, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// All that a run found.
#[derive(Debug, Default)]
pub struct Report {
    /// Sorted by file, span, rule.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be told, sorted by file and span.
    pub unknown: Vec<Unknown>,
    /// Indexes of the sources that are no call scripts and were left alone.
    pub skipped: Vec<usize>,
}

/// Lints every source that is not only linked.
pub fn lint(sources: &[Source], config: &Config) -> Report {
    let lexicon = Lexicon::embedded();
    let mut report = Report::default();
    let parsed = scripts(sources, lexicon, config);
    report.skipped = (0..sources.len()).filter(|&file| parsed[file].is_none() && !sources[file].is_linked).collect();
    let scripts = parsed;
    let acts = heard(&scripts, lexicon);
    let resolver = Resolver::new(sources, &scripts);
    let (named, groups) = resolve::links(sources, &scripts, &resolver);
    let input = Input { sources, scripts: &scripts, resolver: &resolver, lexicon, acts: &acts, named: &named };
    let found: Vec<(Vec<Diagnostic>, Vec<Unknown>)> = groups.par_iter().map(|files| group(files, &input, config)).collect();
    for (diagnostics, unknown) in found {
        report.diagnostics.extend(diagnostics);
        report.unknown.extend(unknown);
    }
    report.diagnostics.extend(reading(sources, &scripts, config));
    report.diagnostics.retain(|found| !sources[found.file].is_linked);
    report.unknown.retain(|unknown| !sources[unknown.file].is_linked);
    report.diagnostics.sort_by(|a, b| (a.file, a.span(), &a.rule, &a.message).cmp(&(b.file, b.span(), &b.rule, &b.message)));
    report.unknown.sort_by(|a, b| (a.file, a.span, &a.what).cmp(&(b.file, b.span, &b.what)));
    report
}

/// Parses every source; `None` for one that is no call script.
pub fn scripts(sources: &[Source], lexicon: &Lexicon, config: &Config) -> Vec<Option<Script>> {
    let read = |source: &Source| {
        let mut script = parse::parse(source);
        let leaves = lexicon.set(&["cancel_request"]);
        let title = script.title.as_ref().map_or(Vec::new(), |title| lexicon.tag(Voice::Cue, &title.value));
        script.is_about_leaving = title.iter().any(|act| leaves & (1 << act.id) != 0) || script.header.intents.iter().any(|intent| intent.contains("cancel"));
        (script.is_call_script || config.force || script.faults.iter().any(|fault| fault.name == "syntax")).then_some(script)
    };
    sources.par_iter().map(read).collect()
}

/// What every piece of every script does.
pub fn heard(scripts: &[Option<Script>], lexicon: &Lexicon) -> HashMap<TextKey, Vec<Act>> {
    let tagged: Vec<Vec<tags::Tagged>> = scripts.par_iter().map(|script| script.as_ref().map_or(Vec::new(), |script| tags::tag(script, lexicon))).collect();
    let with_file = |(file, tagged): (usize, Vec<tags::Tagged>)| tagged.into_iter().map(move |((span, voice), acts)| ((file, span, voice), acts));
    tagged.into_iter().enumerate().flat_map(with_file).collect()
}

/// Lints files that jump into each other.
fn group(files: &[usize], input: &Input, config: &Config) -> (Vec<Diagnostic>, Vec<Unknown>) {
    let mut graph = build::build(files, input);
    context::apply(&mut graph, input.lexicon);
    let reached = walk::reach(&graph, &graph.entries, |_| false);
    let mut diagnostics = Vec::new();
    for rule in crate::rules::all().iter().chain(&config.extra_rules) {
        let setting = config.rules.get(&rule.id);
        if setting.is_some_and(|setting| setting.is_off) {
            continue;
        }
        let mut params = rule.params.clone();
        params.extend(setting.into_iter().flat_map(|setting| setting.params.clone()));
        let context = Context { graph: &graph, scripts: input.scripts, files, lexicon: input.lexicon, rule, params: &params, reached: &reached };
        let level = setting.and_then(|setting| setting.level);
        let mut found: Vec<Diagnostic> = property::check(&context).into_iter().map(|found| diagnostic(&context, found, level)).collect();
        found.dedup_by(|a, b| a.file == b.file && a.spans == b.spans);
        diagnostics.extend(found);
    }
    (overruled(diagnostics), unknown(&graph))
}

/// Where two rules speak of the same words, the sharper one holds.
fn overruled(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    const PAIRS: [(&str, &str); 4] = [
        ("outage/unrealistic-expectations", "outage/denial"),
        ("retention/threat", "retention/pressure"),
        ("retention/too-many-offers", "retention/ignores-no"),
        ("retention/loop", "retention/ignores-no"),
    ];
    let spots: Vec<(String, usize, Span)> = diagnostics.iter().map(|found| (found.rule.clone(), found.file, found.span())).collect();
    diagnostics.retain(|found| {
        let beaten = PAIRS.iter().filter(|(_, weaker)| *weaker == found.rule);
        !beaten.into_iter().any(|(stronger, weaker)| {
            let whole_file = *weaker == "retention/ignores-no";
            let overlaps = |span: &Span| span.start < found.span().end && found.span().start < span.end;
            spots.iter().any(|(rule, file, span)| rule == stronger && *file == found.file && (whole_file || overlaps(span)))
        })
    });
    diagnostics
}

fn unknown(graph: &FlowGraph) -> Vec<Unknown> {
    let tell = |problem: &Problem| match problem {
        Problem::UnknownTarget { file, span, name } => Some(Unknown { file: *file, span: *span, what: format!("“{name}” is not among the scripts of this run, so the walk ends there") }),
        Problem::BrokenJump { .. } => None,
    };
    graph.problems.iter().filter_map(tell).collect()
}

fn diagnostic(context: &Context, found: Found, level: Option<Severity>) -> Diagnostic {
    let rule = context.rule;
    let (file, spans, decided) = place(context, &found.place);
    let fill = |text: &str| fill(text, &found.values, context.params);
    let related = found.related.iter().filter(|(_, message)| !message.is_empty()).map(|(node, message)| {
        let node = &context.graph.nodes[*node];
        Label { file: node.file, span: node.span(), message: message.clone() }
    });
    Diagnostic {
        rule: rule.id.clone(),
        severity: level.or(found.severity).unwrap_or(rule.severity),
        message: fill(&rule.message),
        help: fill(found.help.as_deref().unwrap_or(&rule.help)),
        why: first_sentence(&rule.why),
        file,
        spans,
        label: fill(&rule.label),
        related: related.collect(),
        walk: found.walk.iter().filter_map(|&node| turn(context.graph, node)).collect(),
        instead: rule.instead.clone(),
        decided,
    }
}

/// The spans of a place, and the words that decided.
fn place(context: &Context, place: &Place) -> (usize, Vec<Span>, Option<Decision>) {
    match place {
        Place::Span(file, span) => (*file, vec![*span], None),
        Place::Node(id, set) => {
            let node = &context.graph.nodes[*id];
            let act = node.acts.iter().find(|act| set & (1 << act.id) != 0);
            let spans = match (node.text, act) {
                (Some(text), Some(act)) => {
                    let words = words(act);
                    text.spans(word_start(&text.value, words.start), words.end)
                }
                (Some(text), None) => text.spans(0, text.value.len()),
                _ => Vec::new(),
            };
            let spans = if spans.is_empty() { vec![node.span()] } else { spans };
            let decided = act.zip(node.text).map(|(act, text)| Decision { by: act.by, text: text.value.get(act.range.clone()).unwrap_or("").to_string() });
            (node.file, spans, decided)
        }
    }
}

/// The words of an act together with the data that it asks for, in bytes of the text.
fn words(act: &Act) -> std::ops::Range<usize> {
    let near = act.items.iter().map(|item| &item.range).filter(|range| range.start <= act.range.end + 60 && range.end + 60 >= act.range.start);
    near.fold(act.range.clone(), |all, range| all.start.min(range.start)..all.end.max(range.end))
}

/// Where the word that a contraction belongs to begins: `'d like` is the end of `I'd like`.
fn word_start(text: &str, start: usize) -> usize {
    match text.get(start..) {
        Some(rest) if rest.starts_with(['\'', '’']) || rest.starts_with("n't") || rest.starts_with("n’t") => text[..start].rfind([' ', '"', '“']).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8)),
        _ => start,
    }
}

/// A node as a turn of the dialogue; headings, forks and plain notes are not spoken.
fn turn(graph: &FlowGraph, id: NodeId) -> Option<Turn> {
    let node = &graph.nodes[id];
    let speaker = match node.kind {
        NodeKind::Line(Kind::Say | Kind::Collect) => Speaker::Agent,
        NodeKind::Line(Kind::Hear) | NodeKind::Cue { is_heard: true } => Speaker::Customer,
        NodeKind::Cue { is_heard: false } => Speaker::Note,
        _ => return None,
    };
    let text = node.text?;
    Some(Turn { file: node.file, span: text.span(), speaker, text: text.value.clone() })
}

/// Puts values and parameters in for `{name}`.
fn fill(text: &str, values: &BTreeMap<&'static str, String>, params: &BTreeMap<String, f64>) -> String {
    let mut filled = text.to_string();
    for (name, value) in values {
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    for (name, value) in params {
        filled = filled.replace(&format!("{{{name}}}"), &value.to_string());
    }
    filled
}

fn first_sentence(text: &str) -> String {
    let text = text.trim();
    text.find(". ").map_or(text, |end| &text[..=end]).to_string()
}

/// Faults of reading as findings of the `reading/` family.
fn reading(sources: &[Source], scripts: &[Option<Script>], config: &Config) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (file, source) in sources.iter().enumerate() {
        if let Some(&first) = source.invalid.first() {
            let count = source.invalid.len();
            let fault = Fault {
                name: "encoding",
                message: format!("{count} byte{} of this file {} not UTF-8 text", if count == 1 { "" } else { "s" }, if count == 1 { "is" } else { "are" }),
                help: "Save the file as UTF-8; each of these bytes was read as a question mark.".to_string(),
                span: Span::new(first, first + 1),
                related: None,
            };
            found.extend(fault_diagnostic(file, &fault, config));
        }
        for fault in scripts[file].iter().flat_map(|script| &script.faults) {
            found.extend(fault_diagnostic(file, fault, config));
        }
    }
    found
}

fn fault_diagnostic(file: usize, fault: &Fault, config: &Config) -> Option<Diagnostic> {
    let rule = format!("reading/{}", fault.name);
    let setting = config.rules.get(&rule);
    if setting.is_some_and(|setting| setting.is_off) {
        return None;
    }
    let usual = crate::rules::reading::find(&rule).map_or(Severity::Warning, |rule| rule.severity);
    Some(Diagnostic {
        severity: setting.and_then(|setting| setting.level).unwrap_or(usual),
        rule,
        message: fault.message.clone(),
        help: fault.help.clone(),
        why: String::new(),
        file,
        spans: vec![fault.span],
        label: String::new(),
        related: fault.related.iter().map(|(span, message)| Label { file, span: *span, message: message.clone() }).collect(),
        walk: Vec::new(),
        instead: None,
        decided: None,
    })
}
