//! Counters and flags followed: a node that a walk comes to with other values is another node, so that
//! every search honours `if attempts < 3` without knowing of it.

use super::guard::{Change, Guard};
use super::{Edge, FlowGraph, NodeId, NodeKind};
use crate::script::Kind;
use std::collections::{BTreeMap, HashMap, VecDeque};

/// Counters and flags that are followed; scripts have one or two.
const MOST_NAMES: usize = 4;
/// Values above this are not told apart.
const MOST_VALUE: u16 = 20;
/// How many nodes there may be for each of the script's own, and how many in any case.
const MOST_COPIES: usize = 8;
const FEW_NODES: usize = 10_000;

/// What is known of each counter on a walk; `None` where nothing is.
type Values = [Option<u16>; MOST_NAMES];

/// The guards of a graph, by node.
struct Guards {
    by_node: HashMap<NodeId, Guard>,
    names: Vec<String>,
}

/// The graph with a copy of each node for all values that a walk can come to it with. Counters that the
/// script sets begin at nothing or no; of the others a test tells what holds from there on. The first
/// copy of a node keeps its place; without guards, or with too many, the graph stays as it is.
pub fn unfold(graph: FlowGraph) -> FlowGraph {
    let guards = Guards::new(&graph);
    if guards.names.is_empty() || guards.names.len() > MOST_NAMES {
        return graph;
    }
    match copies(&graph, &guards) {
        Some(states) => with_copies(graph, &guards, states),
        None => graph,
    }
}

/// What the guard of a node says, if it has one.
pub fn guard(node: &super::Node) -> Option<Guard> {
    let words = node.text?.value.trim_matches(['[', ']', '(', ')', '*', '_', '`', ' ']);
    match node.kind {
        NodeKind::Cue { is_heard: false } => Guard::test(words),
        NodeKind::Line(Kind::Note) => Guard::change(words),
        _ => None,
    }
}

impl Guards {
    fn new(graph: &FlowGraph) -> Guards {
        let by_node: HashMap<NodeId, Guard> =
            graph.nodes.iter().enumerate().filter_map(|(id, node)| guard(node).map(|guard| (id, guard))).collect();
        let mut names: Vec<String> = by_node.values().map(|guard| guard.name().to_string()).collect();
        names.sort();
        names.dedup();
        Guards { by_node, names }
    }

    fn index(&self, guard: &Guard) -> usize {
        self.names.iter().position(|name| name == guard.name()).unwrap_or(0)
    }

    fn first(&self) -> Values {
        let mut values = [None; MOST_NAMES];
        for guard in self.by_node.values().filter(|guard| matches!(guard, Guard::Set { .. })) {
            values[self.index(guard)] = Some(0);
        }
        values
    }

    /// Whether a walk with these values may come to a node, and whether it then must: `None` where
    /// neither is known.
    fn allows(&self, node: NodeId, values: &Values) -> Option<bool> {
        match self.by_node.get(&node)? {
            guard @ Guard::Test { op, value, .. } => values[self.index(guard)].map(|known| op.holds(known, *value)),
            Guard::Set { .. } => None,
        }
    }

    /// The values behind a node.
    fn after(&self, node: NodeId, mut values: Values) -> Values {
        match self.by_node.get(&node) {
            Some(guard @ Guard::Set { change, .. }) => {
                let known = &mut values[self.index(guard)];
                *known = match *change {
                    Change::To(value) => Some(value.min(MOST_VALUE)),
                    Change::By(step) => known.map(|known| known.saturating_add_signed(step).min(MOST_VALUE)),
                };
            }
            Some(guard @ Guard::Test { op: super::guard::Op::Equal, value, .. }) => values[self.index(guard)] = Some(*value),
            _ => {}
        }
        values
    }

    /// The ways on that a walk with these values has. Where a condition holds for sure, neither the
    /// other conditions of the fork nor its otherwise are taken.
    fn ways<'a>(&self, graph: &'a FlowGraph, node: NodeId, values: &Values) -> Vec<&'a Edge> {
        let edges = graph.edges[node].iter();
        let is_sure = graph.edges[node].iter().any(|edge| self.allows(edge.to, values) == Some(true));
        let is_heard = |to: NodeId| graph.nodes[to].kind == NodeKind::Cue { is_heard: true };
        edges
            .filter(|edge| match self.allows(edge.to, values) {
                Some(allows) => allows,
                None => !is_sure || is_heard(edge.to),
            })
            .collect()
    }
}

/// All nodes with all values, the nearest first; `None` if they are too many.
fn copies(graph: &FlowGraph, guards: &Guards) -> Option<Vec<(NodeId, Values)>> {
    let most = FEW_NODES.max(MOST_COPIES * graph.nodes.len());
    let mut seen: HashMap<(NodeId, Values), ()> = HashMap::new();
    let mut queue: VecDeque<(NodeId, Values)> = graph.entries.iter().map(|&entry| (entry, guards.first())).collect();
    let mut states = Vec::new();
    while let Some(state) = queue.pop_front() {
        if seen.insert(state, ()).is_some() {
            continue;
        }
        states.push(state);
        if states.len() > most {
            return None;
        }
        let values = guards.after(state.0, state.1);
        queue.extend(guards.ways(graph, state.0, &values).into_iter().map(|edge| (edge.to, values)));
    }
    Some(states)
}

fn with_copies<'a>(mut graph: FlowGraph<'a>, guards: &Guards, states: Vec<(NodeId, Values)>) -> FlowGraph<'a> {
    let mut ids: BTreeMap<(NodeId, Values), NodeId> = BTreeMap::new();
    let mut is_taken = vec![false; graph.nodes.len()];
    graph.written = Some(graph.nodes.len());
    for &(node, values) in &states {
        let id = match std::mem::replace(&mut is_taken[node], true) {
            false => node,
            true => {
                graph.nodes.push(graph.nodes[node].clone());
                graph.edges.push(Vec::new());
                graph.nodes.len() - 1
            }
        };
        ids.insert((node, values), id);
    }
    let mut edges = graph.edges.clone();
    for &(node, values) in &states {
        let after = guards.after(node, values);
        let ways = guards.ways(&graph, node, &after).into_iter();
        edges[ids[&(node, values)]] = ways.map(|edge| Edge { to: ids[&(edge.to, after)], ..*edge }).collect();
    }
    graph.edges = edges;
    graph.tie_back();
    graph
}
