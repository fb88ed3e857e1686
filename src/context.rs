//! What stands around a line raises or lowers what it does. A small table, not code sprinkled about.

mod asked;

use crate::act::combine::MODEL;
use crate::act::model::BARS;
use crate::act::{Act, ActSet, Lexicon};
use crate::flow::{Edge, FlowGraph, Node, NodeId, NodeKind, walk};
use crate::script::Kind;

/// Acts that are not what they seem when another one is in the same line: the first gives way.
const GIVES_WAY: [(&str, &[&str]); 3] = [
    // "I can freeze it, and you're done" is an offer, whatever it promises.
    ("cancel_confirm", &["retention_offer", "retention_pressure", "demands_reason", "deflect"]),
    ("dismissive", &["hollow_empathy"]),
    ("sell", &["closing"]),
];

/// What a line becomes in answer to the customer: what the customer tells, what the line does by
/// itself, what it does as the answer.
const ANSWERS: [(&[&str], &str, &str); 1] = [(&["reports_fault", "complaint"], "all_well", "denial")];

/// What the model is surer of behind such words of the customer: what these tell, and the acts by which callers who tell
/// it are hurt. Of the whole lines at the first bar in 78 faulty and 72 clean scripts, 7 of 7 behind such words were right,
/// and half of the others.
const SURER: [(&[&str], &[&str]); 2] = [
    (&["reports_fault", "complaint", "upset", "hardship"], &["blame", "bullying", "deflect", "denial", "dismissive", "hollow_empathy"]),
    (&["cancel_request"], &["demands_reason", "retention_pressure", "threat"]),
];

/// Acts by which an answer shows that somebody looks, helps or admits: it stays what it is.
const HELPS: [&str; 12] = [
    "check_status", "acknowledge_issue", "troubleshoot", "next_step", "resolve", "escalate", "transfer", "compensate", "open_question",
    "hold", "identity_check", "data_collection",
];

/// Applies the tables to a graph.
pub fn apply(graph: &mut FlowGraph, lexicon: &Lexicon) {
    drop_parts(graph, lexicon);
    give_way(graph, lexicon);
    doubt_faults(graph, lexicon);
    asked::hear_yes(graph, lexicon);
    hear_offers(graph, lexicon);
    hear_answers(graph, lexicon);
    hear_done(graph, lexicon);
    grow_surer(graph, lexicon);
}

/// What the model hears in a part of a line accuses nobody: of 20 such parts in 78 faulty and 72 clean scripts, 3 were
/// right. What it excuses stays.
fn drop_parts(graph: &mut FlowGraph, lexicon: &Lexicon) {
    let harmful = SURER.iter().fold(0, |set, (_, acts)| set | lexicon.set(acts));
    for node in graph.nodes.iter_mut().filter(|node| node.maybe & harmful != 0) {
        let words = node.text.map_or("", |text| text.value.trim_end_matches(['.', ' ']));
        let is_part = |act: &Act| act.by == MODEL && !is_whole(act, words);
        let dropped =
            node.acts.iter().filter(|act| harmful >> act.id & 1 == 1 && is_part(act)).fold(0, |set: ActSet, act| set | 1 << act.id);
        node.acts.retain(|act| dropped >> act.id & 1 == 0);
        node.maybe &= !dropped;
    }
}

/// Whether an act was heard in all of a line, whose words end without a point.
fn is_whole(act: &Act, words: &str) -> bool {
    act.range.start == 0 && act.range.end >= words.len()
}

/// In words: of fewer, the model knows too little to be surer of.
const TELLING: usize = 8;

/// What the model hears in a whole line, in answer to words of the same section that bring it about.
fn grow_surer(graph: &mut FlowGraph, lexicon: &Lexicon) {
    for (told, acts) in SURER {
        let (told, acts) = (lexicon.set(told), lexicon.set(acts));
        if graph.nodes.iter().all(|node| node.maybe & acts == 0) {
            continue;
        }
        let after = behind_in_section(graph, told);
        for (_, node) in graph.nodes.iter_mut().enumerate().filter(|(id, node)| after[*id] && node.is_spoken()) {
            let words = node.text.map_or("", |text| text.value.trim_end_matches(['.', ' ']));
            if words.split_whitespace().count() < TELLING {
                continue;
            }
            let surer = node.acts.iter_mut().filter(|act| acts >> act.id & 1 == 1 && act.by == MODEL && is_whole(act, words));
            surer.for_each(|act| act.confidence = act.confidence.max(BARS[1]));
        }
    }
}

/// Which nodes come behind one where the customer does one of these, in its section.
fn behind_in_section(graph: &FlowGraph, told: ActSet) -> Vec<bool> {
    let mut open: Vec<NodeId> = (0..graph.nodes.len()).filter(|&id| is_told(graph, id, told)).collect();
    let mut behind = vec![false; graph.nodes.len()];
    while let Some(id) = open.pop() {
        for to in graph.edges[id].iter().map(|edge| edge.to).filter(|&to| graph.nodes[to].section == graph.nodes[id].section) {
            if !std::mem::replace(&mut behind[to], true) {
                open.push(to);
            }
        }
    }
    behind
}

/// "That's done", with no offer between it and the wish to leave: the leaving is done.
fn hear_done(graph: &mut FlowGraph, lexicon: &Lexicon) {
    let (Some(done), Some(says)) = (lexicon.id("cancel_confirm"), lexicon.id("says_done")) else { return };
    let leave = lexicon.set(&["cancel_request"]);
    let turns = lexicon.set(&["retention_offer", "retention_pressure", "demands_reason", "deflect", "sell"]);
    let other = lexicon.set(&["complaint", "reports_fault", "asks_info", "withdraws"]) & !leave;
    let starts: Vec<NodeId> = (0..graph.nodes.len()).filter(|&id| is_told(graph, id, leave)).collect();
    // A note that orders an offer makes it.
    let offers = |node: &Node| (node.is_spoken() || node.kind == NodeKind::Line(Kind::Note)) && node.set & turns != 0;
    let stops = |id: NodeId| offers(&graph.nodes[id]) || is_told(graph, id, other);
    let after = if starts.is_empty() { return } else { walk::reach(graph, &starts, stops) };
    for node in graph.nodes.iter_mut().enumerate().filter(|(id, _)| after[*id]).map(|(_, node)| node) {
        let Some(act) = node.acts.iter().find(|act| act.id == says).cloned().filter(|_| node.set & turns == 0) else { continue };
        node.hear(Act { id: done, by: "context", ..act });
    }
}

/// The customer's words, a branch's label, a note or a heading that does one of these.
fn is_told(graph: &FlowGraph, id: NodeId, acts: ActSet) -> bool {
    let node = &graph.nodes[id];
    matches!(node.kind, NodeKind::Line(Kind::Hear | Kind::Note) | NodeKind::Cue { .. } | NodeKind::Section) && node.set & acts != 0
}

/// "It looks fine here", said to a customer who reports a fault, denies it.
fn hear_answers(graph: &mut FlowGraph, lexicon: &Lexicon) {
    let helps = lexicon.set(&HELPS);
    for (told, weak, strong) in ANSWERS {
        let (Some(weak), Some(strong)) = (lexicon.id(weak), lexicon.id(strong)) else { continue };
        let told = lexicon.set(told);
        let turns = (0..graph.nodes.len()).filter(|&id| graph.nodes[id].is_turn() && graph.nodes[id].set & told != 0);
        let lines: Vec<NodeId> = turns.flat_map(|turn| graph.answers(turn)).collect();
        for id in lines {
            let node = &mut graph.nodes[id];
            let Some(act) = node.acts.iter().find(|act| act.id == weak).cloned() else { continue };
            if node.set & (helps | 1 << strong) == 0 {
                node.hear(Act { id: strong, by: "context", ..act });
            }
        }
    }
}

/// A note tells of a fault, and the conditions behind it, or the caller's answer to a greeting, say whom it
/// concerns: the note alone does not know.
fn doubt_faults(graph: &mut FlowGraph, lexicon: &Lexicon) {
    let (known, opens) = (lexicon.set(&["known_fault"]), lexicon.set(&["greeting", "open_question"]));
    let is_told = |id: &NodeId| graph.nodes[*id].kind == NodeKind::Line(Kind::Note) && graph.nodes[*id].set & known != 0;
    let asks = |id: &NodeId| {
        graph.edges[*id].iter().any(|edge| {
            let mut ways = graph.edges[edge.to].iter().map(|way| &graph.nodes[way.to]);
            let is_case = graph.nodes[edge.to].kind == NodeKind::Fork && ways.any(|node| node.kind == NodeKind::Cue { is_heard: false });
            is_case || says_next(graph, edge.to, opens)
        })
    };
    // What the caller says of it is no proof.
    let hears = |id: &NodeId| matches!(graph.nodes[*id].kind, NodeKind::Line(Kind::Hear) | NodeKind::Cue { is_heard: true });
    let doubted: Vec<NodeId> = (0..graph.nodes.len()).filter(|id| hears(id) || is_told(id) && asks(id)).collect();
    for id in doubted {
        let node = &mut graph.nodes[id];
        node.acts.retain(|act| known & (1 << act.id) == 0);
        node.set &= !known;
    }
}

/// Whether the next words that the agent says, behind notes, headings and jumps, do one of these.
fn says_next(graph: &FlowGraph, from: NodeId, acts: ActSet) -> bool {
    /// So many of those may stand before them.
    const MOST: usize = 8;
    let mut at = from;
    for _ in 0..MOST {
        let node = &graph.nodes[at];
        match (&node.kind, graph.edges[at].first()) {
            _ if node.is_spoken() => return node.set & acts != 0,
            (NodeKind::Line(Kind::Note) | NodeKind::Section | NodeKind::Jump, Some(edge)) => at = edge.to,
            _ => return false,
        }
    }
    false
}

fn give_way(graph: &mut FlowGraph, lexicon: &Lexicon) {
    let table: Vec<(ActSet, ActSet)> = GIVES_WAY.iter().map(|(weak, strong)| (lexicon.set(&[weak]), lexicon.set(strong))).collect();
    let (done, exit) = (lexicon.set(&["cancel_confirm"]), lexicon.set(&["names_exit"]));
    for node in &mut graph.nodes {
        // An offer that names the way out ("or cancel it now") keeps it.
        let names_exit = node.set & exit != 0;
        for (weak, strong) in &table {
            if node.set & weak != 0 && node.set & strong != 0 && !(weak & done != 0 && names_exit) {
                node.acts.retain(|act| weak & (1 << act.id) == 0);
                node.set &= !weak;
            }
        }
    }
}

/// After a wish to leave, a proposal that the customer may take or turn down is an offer to stay.
fn hear_offers(graph: &mut FlowGraph, lexicon: &Lexicon) {
    let set = |names: &[&str]| lexicon.set(names);
    let Some(offer) = lexicon.id("retention_offer") else { return };
    let (leave, done) = (set(&["cancel_request"]), set(&["cancel_confirm"]));
    let starts: Vec<NodeId> = (0..graph.nodes.len()).filter(|&id| is_told(graph, id, leave)).collect();
    if starts.is_empty() {
        return;
    }
    let after = walk::reach(graph, &starts, |id| graph.nodes[id].is_spoken() && graph.nodes[id].set & done != 0);
    let other = set(&[
        "retention_offer", "retention_pressure", "identity_check", "secret_request", "asks_reason", "demands_reason", "closing",
        "troubleshoot", "open_question", "cancel_confirm", "compensate", "apology", "hold", "data_collection", "check_status", "deflect",
        "take_payment", "acknowledge_issue", "names_exit",
    ]);
    let (yes, no) = (set(&["acceptance", "withdraws"]), set(&["refusal"]));
    let forks: Vec<NodeId> = (0..graph.nodes.len()).filter(|&id| after[id] && offers_choice(graph, id, [yes, no, done])).collect();
    // In a dialogue without branches, the customer's no is the fork.
    let hears_no = |node: &crate::flow::Node| node.kind == NodeKind::Line(Kind::Hear) && node.set & no != 0;
    let refusals: Vec<NodeId> = (0..graph.nodes.len()).filter(|&id| after[id] && hears_no(&graph.nodes[id])).collect();
    let lines: Vec<NodeId> = forks.iter().chain(&refusals).flat_map(|&turn| graph.answered(turn)).filter(|&id| after[id]).collect();
    for id in lines {
        let node = &mut graph.nodes[id];
        let words = node.text.map_or("", |text| text.value.as_str());
        if node.set & other != 0 {
            continue;
        }
        node.hear(Act { id: offer, range: 0..words.len(), items: Vec::new(), by: "context", confidence: 1.0 });
    }
}

/// A fork with a yes and a no; where a yes has the leaving done, that was the question, and no offer.
fn offers_choice(graph: &FlowGraph, fork: NodeId, [yes, no, done]: [ActSet; 3]) -> bool {
    let node = |edge: &Edge| &graph.nodes[edge.to];
    let says_yes = |edge: &Edge| node(edge).set & yes != 0 && node(edge).set & no == 0;
    let is_done = |edge: &Edge| graph.edges[edge.to].first().is_some_and(|next| says_next(graph, next.to, done));
    let cues = || graph.edges[fork].iter().filter(|edge| matches!(node(edge).kind, NodeKind::Cue { .. }));
    graph.nodes[fork].kind == NodeKind::Fork
        && cues().any(|edge| says_yes(edge) && !is_done(edge))
        && cues().any(|edge| node(edge).set & no != 0)
}
