//! Openings: what the agent says before the customer first speaks.

use super::{Context, Found, Place, by_intent};
use crate::act::ActSet;
use crate::diagnostic::Severity;
use crate::flow::{NodeId, NodeKind};
use crate::rule::Across;
use crate::script::Kind;

/// Nodes of an opening that are looked at; a longer one is a speech.
const MOST_NODES: usize = 12;

/// How a call begins in one script.
struct Opening {
    /// The agent's first line.
    line: NodeId,
    parts: ActSet,
}

pub fn check(context: &Context, property: &Across) -> Vec<Found> {
    let of = context.set(&property.of);
    let min = property.min.as_ref().map_or(0, |min| context.limit(min));
    let is_short = |opening: &Opening| (opening.parts.count_ones() as usize) < min;
    let mut found = Vec::new();
    if context.looks.alone {
        let openings = context.files.iter().filter_map(|&file| opening(context, file, of)).filter(is_short);
        let hard_min = property.hard_min.as_ref().map_or(min, |min| context.limit(min));
        found.extend(openings.map(|opening| {
            let severity = (opening.parts.count_ones() as usize >= hard_min).then_some(Severity::Info);
            Found { severity, ..report(context, &opening, of & !opening.parts) }
        }));
    }
    if context.looks.compares {
        for files in by_intent(context, 1.0).into_values() {
            let openings: Vec<Opening> = files.iter().filter_map(|&file| opening(context, file, of)).filter(|one| !is_short(one)).collect();
            found.extend(differ(context, &openings));
        }
    }
    found.sort_by_key(|found: &Found| found.related.first().map(|(node, _)| *node));
    found
}

/// The opening that leaves out the most of what another one has.
fn differ(context: &Context, openings: &[Opening]) -> Option<Found> {
    let fullest = openings.iter().rev().max_by_key(|one| one.parts.count_ones())?;
    let barest = openings.iter().rev().max_by_key(|one| (fullest.parts & !one.parts).count_ones())?;
    let missing = fullest.parts & !barest.parts;
    (missing != 0).then(|| {
        let mut found = report(context, barest, missing);
        found.related.push((fullest.line, "another script for the same calls opens with it".to_string()));
        found
    })
}

/// What the agent says from where calls begin; `None` where the customer speaks first, where it is no
/// opening, or where a note leaves it to the agent.
fn opening(context: &Context, file: usize, of: ActSet) -> Option<Opening> {
    // In writing, the company's name stands above what is written.
    let channel = context.scripts[file].as_ref().and_then(|script| script.header.channel.clone()).unwrap_or_default().to_lowercase();
    if ["chat", "mail", "sms", "text", "message", "bot"].iter().any(|written| channel.contains(written)) {
        return None;
    }
    let (greets, ends) = (context.lexicon.set(&["greeting"]), context.lexicon.set(&["closing", "calls_out"]));
    let begins = context.lexicon.set(&["salutation", "greeting"]);
    let mut at = context.graph.entries.iter().copied().find(|&entry| context.node(entry).file == file)?;
    let (mut line, mut parts) = (None, 0);
    for _ in 0..MOST_NODES {
        let node = context.node(at);
        match node.kind {
            NodeKind::Line(Kind::Note) if node.set & (greets | of) != 0 => return None,
            _ if node.is_turn() => break,
            NodeKind::Line(Kind::Say) if node.set & ends != 0 => return None,
            NodeKind::Line(Kind::Say) => {
                if line.is_none() && node.set & begins == 0 {
                    return None;
                }
                line.get_or_insert(at);
                // "Tern Bank, this is Jo" greets without a hello.
                let hello = if node.set & greets == 0 { 0 } else { context.lexicon.set(&["salutation"]) };
                parts |= of & (node.set | hello | open_question(context, at));
            }
            _ => {}
        }
        let [edge] = context.graph.edges[at].as_slice() else { break };
        at = edge.to;
    }
    line.map(|line| Opening { line, parts })
}

/// A question that asks for nothing in particular, in words that no lexicon has, is an offer of help.
fn open_question(context: &Context, id: NodeId) -> ActSet {
    let node = context.node(id);
    let asks = context.lexicon.set(&["identity_check", "secret_request", "data_collection", "consent_ask", "hold"]);
    let is_question = node.text.is_some_and(|text| text.value.contains("? ") || text.value.trim_end().ends_with('?'));
    // "Hallo?" asks nothing.
    let says = node.text.is_some_and(|text| text.value.split_whitespace().count() > 2);
    if is_question && says && node.set & asks == 0 { context.lexicon.set(&["open_question"]) } else { 0 }
}

fn report(context: &Context, opening: &Opening, missing: ActSet) -> Found {
    let names = context.lexicon.names.iter().enumerate().filter(|(id, _)| missing & (1 << id) != 0);
    let parts: Vec<String> = names.map(|(_, name)| part(name)).collect();
    let mut found = Found { place: Place::Node(opening.line, 0), ..Found::default() };
    found.values.insert("parts", parts.join(", "));
    found
}

/// What a part of an opening is called.
fn part(act: &str) -> String {
    match act {
        "agent_name" => "the agent's name".to_string(),
        "company_name" => "the company's name".to_string(),
        "open_question" => "an offer of help".to_string(),
        "salutation" => "a hello".to_string(),
        _ => act.replace('_', " "),
    }
}
