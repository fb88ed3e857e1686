//! Rows of JSON Lines, and what is heard in them: each by itself, or the rows of one call together.

use crate::act::eval::Row;
use crate::act::model::Line;
use crate::act::{Act, Ear, Hearing, Lexicon, Voice, combine};
use crate::context;
use crate::flow::NodeKind;
use crate::flow::build::{self, Heard, Input};
use crate::flow::resolve::{self, Resolver};
use crate::parse::language::of_lines;
use crate::script::{Kind, Script, Section, Step};
use crate::source::{Source, Span, Text};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The acts of each row, in the order of their ids, without those that nobody labels. Rows that name the
/// same `call` are one call, in their order.
pub(super) fn hear(rows: &[Row], hearing: &Hearing, language: Option<&str>) -> Vec<Vec<Act>> {
    let lexicon = Lexicon::embedded();
    let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    let ear = hearing.ear(&of_lines(&texts, language));
    let mut calls: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let name = row.call.as_ref().map_or(format!("row {at}"), |call| format!("call {call}"));
        calls.entry(name).or_default().push(at);
    }
    let heard = |members: &Vec<usize>| {
        let call: Vec<&Row> = members.iter().map(|&at| &rows[at]).collect();
        members.iter().copied().zip(in_call(&call, &ear, lexicon)).collect::<Vec<_>>()
    };
    let members: Vec<Vec<usize>> = calls.into_values().collect();
    let mut heard: Vec<(usize, Vec<Act>)> = members.par_iter().flat_map_iter(heard).collect();
    heard.sort_unstable_by_key(|(at, _)| *at);
    let listed = |acts: Vec<Act>| acts.into_iter().filter(|act| !lexicon.is_aside(act.id)).collect();
    heard.into_iter().map(|(_, acts)| listed(acts)).collect()
}

fn in_call(rows: &[&Row], ear: &Ear, lexicon: &Lexicon) -> Vec<Vec<Act>> {
    let lines: Vec<Line> = rows.iter().map(|row| Line { voice: row.voice(), text: &row.text }).collect();
    let acts: Vec<Vec<Act>> = (0..lines.len()).map(|at| combine::tag(ear, &lines, at)).collect();
    if rows.len() == 1 { acts } else { in_context(&lines, acts, lexicon) }
}

/// Lines as a script of one section, in which the ones before raise or lower what a line does.
fn in_context(lines: &[Line], mut acts: Vec<Vec<Act>>, lexicon: &Lexicon) -> Vec<Vec<Act>> {
    let mut steps = Vec::new();
    let mut known = Heard::default();
    let mut starts = vec![0];
    for (line, acts) in lines.iter().zip(&acts) {
        let start = starts[starts.len() - 1];
        let span = Span::new(start, start + line.text.len());
        // An empty line has a place of its own, too.
        starts.push(span.end + 1);
        let kind = match line.voice {
            Voice::Agent => Kind::Say,
            Voice::Note => Kind::Note,
            Voice::Customer | Voice::Cue => Kind::Hear,
        };
        let mut text = Text::default();
        text.push(line.text, span);
        steps.push(Step::line(kind, text));
        known.insert((span, line.voice), acts.clone());
    }
    let sources = [Source::new("call", "")];
    let scripts = [Some(Script { sections: vec![Section { steps, ..Section::default() }], is_call_script: true, ..Script::default() })];
    let resolver = Resolver::new(&sources, &scripts);
    let (named, _) = resolve::links(&sources, &scripts, &resolver);
    let input = Input { sources: &sources, scripts: &scripts, resolver: &resolver, lexicon, acts: &[known], named: &named };
    let mut graph = build::build(&[0], &input);
    context::apply(&mut graph, lexicon);
    for node in graph.nodes {
        let place = node.text.filter(|text| !text.value.is_empty()).map(|text| starts.binary_search(&text.span().start));
        if let (NodeKind::Line(_), Some(Ok(at))) = (node.kind, place) {
            acts[at] = node.acts;
        }
    }
    acts
}
