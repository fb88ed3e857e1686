//! What a checker found, as a diagnostic: its words, its place in the source, its walk as a dialogue.

use crate::act::Act;
use crate::act::combine::{self, MODEL};
use crate::act::model::Line;
use crate::diagnostic::{Decision, Diagnostic, Label, Speaker, Turn, Unknown};
use crate::flow::{FlowGraph, Node, NodeId, NodeKind};
use crate::property::{Context, Found, Place};
use crate::rule::{Acts, Property};
use crate::script::Kind;
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// A finding with the rule's texts filled in.
pub fn diagnostic(context: &Context, found: Found) -> Diagnostic {
    let rule = context.rule;
    let (file, spans, decided) = place(context, &found.place);
    let fill = |text: &str| fill(text, &found.values, context.params);
    let message = fill(found.message.as_deref().unwrap_or(&rule.message));
    let related = found.related.iter().map(|(node, message)| {
        let node = &context.graph.nodes[*node];
        Label { file: node.file, span: node.span(), message: message.clone() }
    });
    Diagnostic {
        help: fill(found.help.as_deref().unwrap_or(&rule.help)),
        why: first_sentence(&rule.why),
        label: fill(&rule.label),
        related: related.collect(),
        walk: found.walk.iter().filter_map(|&node| turn(context.graph, node)).collect(),
        instead: rule.instead.clone(),
        decided,
        ..Diagnostic::new(&rule.id, found.severity.unwrap_or(rule.severity), message, file, spans)
    }
}

/// What a checker could not tell, at its place.
pub fn unknown(context: &Context, found: Found) -> Option<Unknown> {
    let (file, spans, _) = place(context, &found.place);
    let what = fill(&found.unsure?, &found.values, context.params);
    spans.first().map(|&span| Unknown { file, span, what })
}

/// The spans of a place, and the words that decided.
fn place(context: &Context, place: &Place) -> (usize, Vec<Span>, Option<Decision>) {
    match place {
        Place::Span(file, span) => (*file, vec![*span], None),
        Place::Node(id, set) => {
            let node = &context.graph.nodes[*id];
            let is_line_rule = context.rule.properties().any(|property| matches!(property, Property::Absence(_)));
            // Only line rules take the model's word.
            let mut acts = node.acts.iter().filter(|act| is_line_rule || act.by != MODEL);
            let act = acts.find(|act| set & (1 << act.id) != 0);
            let spans = match (node.text, act) {
                (Some(text), Some(act)) => {
                    let words = words(act);
                    text.spans(word_start(&text.value, words.start), words.end)
                }
                (Some(text), None) => text.spans(0, text.value.len()),
                _ => Vec::new(),
            };
            let spans = if spans.is_empty() { vec![node.span()] } else { spans };
            let decided = act.zip(node.text).map(|(act, text)| {
                let name = &context.lexicon.names[usize::from(act.id)];
                Decision {
                    by: act.by,
                    text: text.value.get(act.range.clone()).unwrap_or("").to_string(),
                    confidence: if is_line_rule || begins_with_wish(context) { trust(context, node, act) } else { act.confidence },
                    act: name.clone(),
                    voice: node.voice(),
                }
            });
            (node.file, spans, decided)
        }
    }
}

/// Whether all that is said against a script stands on a wish of the customer, as on the words of a line.
fn begins_with_wish(context: &Context) -> bool {
    context.rule.properties().any(|property| matches!(property, Property::Reachable(reachable) if reachable.from != Acts::None))
}

/// What an act is worth; of lines that are not in English the model knows nothing.
fn trust(context: &Context, node: &Node, act: &Act) -> f32 {
    let script = context.scripts[node.file].as_ref();
    let is_english = script.is_some_and(|script| script.languages.iter().any(|code| code == "en"));
    let line = node.voice().zip(node.text).map(|(voice, text)| Line { voice, text: &text.value });
    line.filter(|_| is_english).map_or(act.confidence, |line| combine::trust(act, &line, context.lexicon))
}

/// The words of an act together with the data that it asks for, in bytes of the text.
fn words(act: &Act) -> Range<usize> {
    let near =
        act.items.iter().map(|item| &item.range).filter(|range| range.start <= act.range.end + 60 && range.end + 60 >= act.range.start);
    near.fold(act.range.clone(), |all, range| all.start.min(range.start)..all.end.max(range.end))
}

/// Where the word that a contraction belongs to begins: `'d like` is the end of `I'd like`.
fn word_start(text: &str, start: usize) -> usize {
    match text.get(start..) {
        Some(rest) if rest.starts_with(['\'', '’']) || rest.starts_with("n't") || rest.starts_with("n’t") => {
            text[..start].rfind([' ', '"', '“']).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))
        }
        _ => start,
    }
}

/// A node as a turn of the dialogue; headings, forks and plain notes are not spoken.
pub(super) fn turn(graph: &FlowGraph, id: NodeId) -> Option<Turn> {
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

/// Puts values and parameters in for `{name}`, and the plural for `(s)` unless one was counted.
fn fill(text: &str, values: &BTreeMap<&'static str, String>, params: &BTreeMap<String, f64>) -> String {
    let is_one = values.get("count").is_some_and(|count| count == "1");
    let mut filled = text.replace("(s)", if is_one { "" } else { "s" });
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
