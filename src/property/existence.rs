//! existence: somewhere in the script somebody does A.

use super::{Context, Found, Place};
use crate::flow::NodeKind;
use crate::rule::Existence;
use crate::script::{Kind, Script};

pub fn check(context: &Context, property: &Existence) -> Vec<Found> {
    let of = context.set(&property.of);
    let mut found = Vec::new();
    for &file in context.files {
        let Some(script) = context.scripts[file].as_ref().filter(|script| is_about(script, &property.about)) else { continue };
        let nodes = context.graph.nodes.iter().filter(|node| node.file == file);
        let hands_over = |node: &crate::flow::Node| {
            let words = node.text.map_or(String::new(), |text| text.value.to_lowercase());
            node.kind == NodeKind::Transfer && property.handed_to.iter().any(|who| words.contains(who.as_str()))
        };
        let exists = nodes
            .clone()
            .any(|node| hands_over(node) || node.may(of) && !matches!(node.kind, NodeKind::Line(Kind::Avoid) | NodeKind::Section));
        if !exists && let Some(place) = place(script, nodes.clone().find_map(|node| node.text.map(|text| text.span()))) {
            found.push(Found { place: Place::Span(file, place), ..Found::default() });
        }
    }
    found
}

/// The title or an intent has a word that begins with one of these.
pub(super) fn is_about(script: &Script, stems: &[String]) -> bool {
    let title = script.title.as_ref().map_or(String::new(), |title| title.value.to_lowercase());
    let mut words = title
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_string)
        .chain(script.header.intents.iter().flat_map(|intent| intent_words(intent)));
    words.any(|word| stems.iter().any(|stem| word.starts_with(stem.as_str())))
}

/// `account-cancellation`
fn intent_words(intent: &str) -> Vec<String> {
    intent.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
}

fn place(script: &Script, first: Option<crate::source::Span>) -> Option<crate::source::Span> {
    script.title.as_ref().map(|title| title.span()).or(first)
}
