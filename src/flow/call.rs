//! Calls: what is called runs where it is called from, as it flows by itself, and comes back.
//!
//! Every call gets copies of the nodes that it can come to, so that a walk which comes in by one call never
//! goes back to another one.

use super::{Edge, EdgeClass, FlowGraph, Node, NodeId, NodeKind};
use crate::act::ActSet;
use foldhash::{HashMap, HashMapExt};
use std::collections::VecDeque;

/// How deep calls are followed; scripts that call each other end there.
const MAX_DEPTH: usize = 4;
/// How many nodes there may be for each of the scripts' own, and how many in any case.
const MOST_COPIES: usize = 8;
const FEW_NODES: usize = 20_000;

/// A call, and what it runs.
#[derive(Clone, Debug)]
pub struct Call {
    pub node: NodeId,
    /// Where what is called begins: one node, or the sections of a menu.
    pub heads: Vec<NodeId>,
    /// A whole script; else one section, which ends where the next one begins.
    pub is_whole: bool,
}

/// What is copied for a call.
struct Region {
    /// Where it begins.
    first: Vec<NodeId>,
    nodes: Vec<NodeId>,
    /// Ways on inside, by place in `nodes`, and whether it comes back from there.
    ways: Vec<(Vec<Edge>, bool)>,
}

/// Runs all calls. `closing` are the acts by which a call ends in words. The graph's edges back are not tied
/// yet.
pub fn run(graph: &mut FlowGraph, calls: Vec<Call>, closing: ActSet) {
    if calls.is_empty() {
        return;
    }
    let most = FEW_NODES.max(MOST_COPIES * graph.nodes.len());
    let written = graph.edges.clone();
    graph.stops.retain(|stop| calls.iter().all(|call| call.node != *stop));
    let mut open: VecDeque<(NodeId, usize, usize)> = calls.iter().enumerate().map(|(index, call)| (call.node, index, 0)).collect();
    let by_node: HashMap<NodeId, usize> = calls.iter().enumerate().map(|(index, call)| (call.node, index)).collect();
    while let Some((at, index, depth)) = open.pop_front() {
        let region = region(graph, &written, &calls[index]);
        if depth >= MAX_DEPTH || graph.nodes.len() + region.nodes.len() > most {
            if depth < MAX_DEPTH {
                graph.cut();
            }
            continue;
        }
        if region.nodes.is_empty() {
            continue;
        }
        for &head in &calls[index].heads {
            let section = graph.nodes[head].section;
            graph.sections[section].is_called = true;
        }
        let ids = copy(graph, &region, at, closing);
        open.extend(region.nodes.iter().filter_map(|node| Some((ids[node], *by_node.get(node)?, depth + 1))));
    }
}

/// All that a call can come to without leaving the script that is called or going back to where it is
/// called from.
fn region(graph: &FlowGraph, written: &[Vec<Edge>], call: &Call) -> Region {
    let mut region = Region { first: call.heads.clone(), nodes: Vec::new(), ways: Vec::new() };
    let Some(&head) = call.heads.first() else { return region };
    // The heading of a section that is run is not spoken; those of a menu are what callers say.
    if call.heads.len() == 1 {
        region.first = ways(graph, written, call, head).0.into_iter().map(|edge| edge.to).collect();
    }
    let file = graph.nodes[head].file;
    let mut seen: HashMap<NodeId, ()> = HashMap::new();
    let mut open: VecDeque<NodeId> = region.first.iter().copied().collect();
    while let Some(node) = open.pop_front() {
        if graph.nodes[node].file != file || seen.insert(node, ()).is_some() {
            continue;
        }
        let (edges, comes_back) = ways(graph, written, call, node);
        let is_inside = |to: NodeId| graph.nodes[to].kind != NodeKind::Section || graph.nodes[to].section != graph.nodes[call.node].section;
        open.extend(edges.iter().map(|edge| edge.to).filter(|&to| is_inside(to)));
        region.nodes.push(node);
        region.ways.push((edges, comes_back));
    }
    region
}

/// The ways on from a node of what is called, and whether it comes back from there.
fn ways(graph: &FlowGraph, written: &[Vec<Edge>], call: &Call, node: NodeId) -> (Vec<Edge>, bool) {
    let runs_on = |edge: &Edge| edge.is_assumed && graph.nodes[edge.to].kind == NodeKind::Section && !call.is_whole;
    let edges: Vec<Edge> = written[node].iter().filter(|edge| !runs_on(edge)).copied().collect();
    let is_end = matches!(graph.nodes[node].kind, NodeKind::End | NodeKind::Transfer | NodeKind::Unknown);
    let comes_back = !is_end && (written[node].is_empty() || edges.len() < written[node].len());
    (edges, comes_back)
}

/// Puts copies of a region behind a call, into its section, and leads them back to what follows it. Gives each node's copy.
fn copy(graph: &mut FlowGraph, region: &Region, at: NodeId, closing: ActSet) -> HashMap<NodeId, NodeId> {
    let mut ids: HashMap<NodeId, NodeId> = HashMap::new();
    for &node in &region.nodes {
        ids.insert(node, graph.nodes.len());
        let original = graph.nodes[node].clone();
        graph.sections[original.section].is_called = true;
        graph.nodes.push(Node { section: graph.nodes[at].section, ..original });
        graph.edges.push(Vec::new());
    }
    let copied = |to: NodeId| ids.get(&to).copied().unwrap_or(to);
    let follows = std::mem::take(&mut graph.edges[at]);
    let mut is_back = false;
    for (node, (edges, comes_back)) in region.nodes.iter().zip(&region.ways) {
        let mut ways: Vec<Edge> = edges.iter().map(|edge| Edge { to: copied(edge.to), ..*edge }).collect();
        if *comes_back {
            // Who has said goodbye does not go on with whatever section stands next.
            let says_goodbye = graph.nodes[*node].is_spoken() && graph.nodes[*node].set & closing != 0;
            ways.extend(follows.iter().filter(|edge| !(says_goodbye && edge.is_assumed)));
            is_back = true;
        }
        graph.edges[ids[node]] = ways;
    }
    let enter = |&to: &NodeId| Edge { to: copied(to), class: EdgeClass::Next, is_assumed: false };
    graph.edges[at] = region.first.iter().map(enter).collect();
    if !is_back {
        graph.edges[at].extend(follows.into_iter().map(|edge| Edge { is_assumed: true, ..edge }));
    }
    ids
}
