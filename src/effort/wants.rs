//! What callers want, and what gets it done.

use super::Calls;
use crate::act::ActSet;
use crate::flow::{Edge, EdgeClass, FlowGraph, NodeId, NodeKind, walk};
use crate::script::{Kind as LineKind, Order};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Something that many callers want.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub name: &'static str,
    /// What a caller who wants it does.
    told: &'static [&'static str],
    /// What the agent does to get it done.
    done: &'static [&'static str],
    /// How a script's own intents begin that are the same.
    named: &'static [&'static str],
}

/// The kinds of wishes that callint knows; a script may have others.
pub const KINDS: [Kind; 5] = [
    Kind {
        name: "cancel",
        told: &["cancel_request"],
        done: &["cancel_confirm"],
        named: &["cancel", "leav", "clos", "disconnect", "terminat"],
    },
    Kind {
        name: "fault",
        told: &["reports_fault"],
        done: &["resolve", "next_step", "compensate"],
        named: &["fault", "outage", "broken", "repair", "trouble"],
    },
    Kind { name: "complaint", told: &["complaint"], done: &["resolve", "next_step", "compensate", "escalate"], named: &["complain"] },
    Kind { name: "person", told: &["wants_human"], done: &["transfer", "escalate"], named: &["person", "human", "supervisor"] },
    Kind { name: "join", told: &["join_request"], done: &["enrolled"], named: &["join", "enrol", "sign"] },
];

/// What gets any other wish done.
const DONE: [&str; 8] = ["resolve", "account_change", "next_step", "compensate", "disclose", "take_payment", "cancel_confirm", "enrolled"];

/// What some callers of a script want.
#[derive(Clone, Debug)]
pub struct Want {
    pub name: String,
    pub kind: Option<Kind>,
    /// Where they say so, or where calls about it begin; never empty.
    pub starts: Vec<NodeId>,
    /// Something says where calls about it begin.
    pub is_told: bool,
}

/// All wishes of a script's callers: of each kind, those that the script declares, and the branches by which
/// calls begin.
pub fn of(calls: &Calls, file: usize, entries: &[NodeId]) -> Vec<Want> {
    let graph = calls.graph;
    let reached = walk::reach(graph, entries, |_| false);
    let declared = declared(calls, file, entries, &reached);
    let mut wants: Vec<Want> = Vec::new();
    for kind in KINDS {
        let told = calls.lexicon.set(kind.told);
        let is_told = |&id: &NodeId| reached[id] && graph.nodes[id].file == file && tells(graph, id) && graph.nodes[id].set & told != 0;
        let mut starts: Vec<NodeId> = (0..graph.nodes.len()).filter(is_told).collect();
        // A heading only tells of what somebody says below it.
        if starts.iter().any(|&id| graph.nodes[id].kind != NodeKind::Section) {
            starts.retain(|&id| graph.nodes[id].kind != NodeKind::Section);
        }
        if starts.is_empty() {
            starts.extend(declared.iter().filter(|(name, ..)| kind.is_called(name)).map(|(_, start, _)| *start));
        }
        if !starts.is_empty() {
            wants.push(Want { name: kind.name.to_string(), kind: Some(kind), starts, is_told: true });
        }
    }
    let is_other = |(name, ..): &Declared| !KINDS.iter().any(|kind| kind.is_called(name));
    let known: ActSet = KINDS.iter().fold(0, |set, kind| set | calls.lexicon.set(kind.told));
    let heard = entries.iter().flat_map(|&entry| openings(graph, entry)).filter(|&id| graph.nodes[id].set & known == 0);
    let heard = heard.filter_map(|id| Some((graph.nodes[id].text?.value.trim().to_string(), id, true)));
    let mut places: HashMap<String, usize> = HashMap::new();
    for (name, start, is_told) in declared.iter().filter(|one| is_other(one)).cloned().chain(heard) {
        match places.entry(name.clone()) {
            Entry::Occupied(place) => wants[*place.get()].starts.push(start),
            Entry::Vacant(place) => {
                place.insert(wants.len());
                wants.push(Want { name, kind: None, starts: vec![start], is_told });
            }
        }
    }
    wants
}

/// By node, whether it gets a wish done.
pub fn done(calls: &Calls, want: &Want) -> Vec<bool> {
    let set = calls.lexicon.set(want.kind.map_or(&DONE, |kind| kind.done));
    let is_person = want.kind.is_some_and(|kind| kind.name == "person");
    let is_done = |node: &crate::flow::Node| match node.kind {
        NodeKind::Line(LineKind::Say | LineKind::Note) => node.set & set != 0,
        NodeKind::Transfer => is_person,
        _ => false,
    };
    calls.graph.nodes.iter().map(is_done).collect()
}

/// A declared wish, where calls about it begin, and whether something says so.
type Declared = (String, NodeId, bool);

/// The intents that a script or one of its sections says that it is about, and where calls about them begin.
fn declared(calls: &Calls, file: usize, entries: &[NodeId], reached: &[bool]) -> Vec<Declared> {
    let Some(script) = &calls.scripts[file] else { return Vec::new() };
    let name = |intent: &String| intent.replace(['-', '_'], " ");
    let mut declared = Vec::new();
    let intents = &script.header.intents;
    for (intent, &entry) in intents.iter().filter_map(|intent| Some((intent, entries.first()?))) {
        // Where a script is for several things, somebody's words tell which part is for which.
        let is_whole = intents.len() == 1 || KINDS.iter().any(|kind| kind.is_called(intent));
        let starts = if is_whole { vec![entry] } else { spoken_of(calls.graph, file, &name(intent), reached) };
        declared.extend(starts.iter().map(|&start| (name(intent), start, true)));
        if starts.is_empty() {
            declared.push((name(intent), entry, false));
        }
    }
    for info in calls.graph.sections.iter().filter(|info| info.file == file && reached[info.node]) {
        declared.extend(script.sections[info.index].intents.iter().map(|intent| (name(intent), info.node, true)));
    }
    if script.order == Order::Menu {
        let headings =
            calls.graph.sections.iter().filter(|info| info.file == file && info.is_entry && !info.is_reference && info.has_lines);
        declared.extend(headings.filter_map(|info| Some((calls.graph.nodes[info.node].text?.value.clone(), info.node, true))));
    }
    declared
}

/// The callers' words, branches and headings that have every word of an intent, or its beginning.
fn spoken_of(graph: &FlowGraph, file: usize, intent: &str, reached: &[bool]) -> Vec<NodeId> {
    // `refunds` and `refunded` are about a `refund`.
    let stem = |word: &str| word.chars().take(word.chars().count().saturating_sub(1).max(4)).collect::<String>();
    let stems: Vec<String> = intent.to_lowercase().split_whitespace().map(stem).collect();
    let has_all = |id: &NodeId| {
        let words = graph.nodes[*id].text.map_or(String::new(), |text| text.value.to_lowercase());
        let words: Vec<&str> = words.split(|letter: char| !letter.is_alphanumeric()).collect();
        stems.iter().all(|stem| words.iter().any(|word| word.starts_with(stem.as_str())))
    };
    (0..graph.nodes.len()).filter(|&id| graph.nodes[id].file == file && reached[id] && tells(graph, id)).filter(has_all).collect()
}

/// The callers' words at the first fork of a call.
fn openings(graph: &FlowGraph, entry: NodeId) -> Vec<NodeId> {
    let fork = graph.opening(entry).pop().filter(|&last| graph.is_fork(last));
    // A yes and a no answer a question.
    let is_answer = |edge: &Edge| matches!(edge.class, EdgeClass::Yes | EdgeClass::No);
    let fork = fork.filter(|&fork| !graph.edges[fork].iter().any(is_answer));
    fork.map_or(Vec::new(), |fork| graph.heard_at(fork))
}

/// The caller's own words, or a branch or heading that tells of them.
fn tells(graph: &FlowGraph, id: NodeId) -> bool {
    matches!(graph.nodes[id].kind, NodeKind::Line(LineKind::Hear) | NodeKind::Cue { .. } | NodeKind::Section)
}

impl Kind {
    /// Whether an intent of a script is of this kind.
    pub fn is_called(&self, intent: &str) -> bool {
        intent
            .to_lowercase()
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| self.named.iter().any(|start| word.starts_with(start)))
    }
}
