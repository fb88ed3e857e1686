//! What callers want, and what gets it done.

use super::Calls;
use crate::act::ActSet;
use crate::flow::{Edge, EdgeClass, FlowGraph, NodeId, NodeKind, walk};
use crate::script::{Kind as LineKind, Order};

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

/// How many wishes of one script are looked at; each takes a search of the whole graph.
const MOST: usize = 40;

/// What gets any other wish done.
const DONE: [&str; 8] = ["resolve", "account_change", "next_step", "compensate", "disclose", "take_payment", "cancel_confirm", "enrolled"];

/// What some callers of a script want.
#[derive(Clone, Debug)]
pub struct Want {
    pub name: String,
    pub kind: Option<&'static str>,
    /// Where they say so, or where calls about it begin; never empty.
    pub starts: Vec<NodeId>,
    /// By node, whether it gets it done.
    pub done: Vec<bool>,
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
            starts.extend(declared.iter().filter(|(name, _)| kind.is_called(name)).map(|(_, start)| *start));
        }
        wants.extend(want(calls, kind.name.to_string(), Some(kind), starts));
    }
    let is_other = |(name, _): &(String, NodeId)| !KINDS.iter().any(|kind| kind.is_called(name));
    let known: ActSet = KINDS.iter().fold(0, |set, kind| set | calls.lexicon.set(kind.told));
    let heard = entries.iter().flat_map(|&entry| openings(graph, entry)).filter(|&id| graph.nodes[id].set & known == 0);
    let heard = heard.filter_map(|id| Some((graph.nodes[id].text?.value.trim().to_string(), id)));
    for (name, start) in declared.iter().filter(|one| is_other(one)).cloned().chain(heard) {
        match wants.iter_mut().find(|want| want.name == name) {
            Some(known) => known.starts.push(start),
            None => wants.extend(want(calls, name, None, vec![start])),
        }
    }
    wants.truncate(MOST);
    wants
}

fn want(calls: &Calls, name: String, kind: Option<Kind>, starts: Vec<NodeId>) -> Option<Want> {
    let set = calls.lexicon.set(kind.map_or(&DONE, |kind| kind.done));
    let is_person = kind.is_some_and(|kind| kind.name == "person");
    let is_done = |node: &crate::flow::Node| match node.kind {
        NodeKind::Line(LineKind::Say | LineKind::Note) => node.set & set != 0,
        NodeKind::Transfer => is_person,
        _ => false,
    };
    let done = calls.graph.nodes.iter().map(is_done).collect();
    let kind = kind.map(|kind| kind.name);
    (!starts.is_empty()).then_some(Want { name, kind, starts, done })
}

/// The intents that a script or one of its sections says that it is about, and where calls about them begin.
fn declared(calls: &Calls, file: usize, entries: &[NodeId], reached: &[bool]) -> Vec<(String, NodeId)> {
    let Some(script) = &calls.scripts[file] else { return Vec::new() };
    let name = |intent: &String| intent.replace(['-', '_'], " ");
    let mut declared = Vec::new();
    let intents = &script.header.intents;
    if let Some(&entry) = entries.first() {
        // Where a script is for several things, nothing tells which part is for which.
        let is_told = |intent: &&String| intents.len() == 1 || KINDS.iter().any(|kind| kind.is_called(intent));
        declared.extend(intents.iter().filter(is_told).map(|intent| (name(intent), entry)));
    }
    for info in calls.graph.sections.iter().filter(|info| info.file == file && reached[info.node]) {
        declared.extend(script.sections[info.index].intents.iter().map(|intent| (name(intent), info.node)));
    }
    if script.order == Order::Menu {
        let headings =
            calls.graph.sections.iter().filter(|info| info.file == file && info.is_entry && !info.is_reference && info.has_lines);
        declared.extend(headings.filter_map(|info| Some((calls.graph.nodes[info.node].text?.value.clone(), info.node))));
    }
    declared
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
