//! What a yes says: to "Are you calling to cancel?", that the caller wants to cancel.

use crate::act::{Act, Lexicon, Voice};
use crate::flow::{FlowGraph, NodeId, NodeKind};
use crate::script::Kind;

/// What a yes may tell.
const TOLD: [&str; 5] = ["cancel_request", "reports_fault", "complaint", "upset", "hardship"];
/// How a question begins, and the same words of whoever says yes to it.
const TURNED: [(&str, &str); 8] = [
    ("are you ", "i am "),
    ("have you ", "i have "),
    ("had you ", "i had "),
    ("would you ", "i would "),
    ("do you ", "i "),
    ("did you ", "i "),
    ("is your ", "my "),
    ("has your ", "my "),
];

/// Adds to each branch for a yes what was asked before it.
pub fn hear_yes(graph: &mut FlowGraph, lexicon: &Lexicon) {
    let (told, yes, no) = (lexicon.set(&TOLD), lexicon.set(&["acceptance"]), lexicon.set(&["refusal"]));
    let says_yes = |id: &NodeId| {
        let node = &graph.nodes[*id];
        matches!(node.kind, NodeKind::Cue { .. }) && node.set & yes != 0 && node.set & (no | told) == 0
    };
    for id in (0..graph.nodes.len()).filter(says_yes).collect::<Vec<NodeId>>() {
        let asked: Vec<String> = lines_before(graph, id).filter_map(|line| question(&graph.nodes[line].text?.value)).collect();
        let Some(label) = graph.nodes[id].text.map(|text| text.value.len()) else { continue };
        for act in asked.iter().flat_map(|words| lexicon.tag(Voice::Cue, words)).filter(|act| told >> act.id & 1 == 1) {
            graph.nodes[id].hear(Act { range: 0..label, by: "context", ..act });
        }
    }
}

/// The lines and notes right before the fork of a branch.
fn lines_before(graph: &FlowGraph, branch: NodeId) -> impl Iterator<Item = NodeId> {
    let forks = graph.before[branch].iter().filter(|fork| graph.nodes[**fork].kind == NodeKind::Fork);
    let lines = forks.flat_map(|fork| graph.before[*fork].iter().copied());
    lines.filter(|line| matches!(graph.nodes[*line].kind, NodeKind::Line(Kind::Say | Kind::Note)))
}

/// The last question of a line, as whoever says yes to it would say it.
fn question(line: &str) -> Option<String> {
    let line = line.trim_end_matches([' ', '"', '”', '*', '_', ')']);
    let asked = line.strip_suffix('?')?.rsplit(['.', '!', '?', ';', '"', '“']).next()?.trim().to_lowercase();
    let turned = TURNED.iter().find_map(|(asks, says)| Some(format!("{says}{}", asked.strip_prefix(asks)?)));
    Some(turned.unwrap_or(asked).replace(" your ", " my "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_turned_into_what_a_yes_says() {
        assert_eq!(question("Hi. Are you calling to close your account?"), Some("i am calling to close my account".to_string()));
        assert_eq!(question("Does the caller want to cancel?"), Some("does the caller want to cancel".to_string()));
        assert_eq!(question("I see."), None);
    }
}
