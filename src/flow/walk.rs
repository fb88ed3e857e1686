//! The one primitive of the rules: a breadth-first search over (node, small state) which returns the
//! shortest walk. Iterative; stops after `LIMIT` states, so that no script can hang it.

mod seen;

use super::{FlowGraph, NodeId};
use seen::Seen;
use std::hash::Hash;
use std::sync::OnceLock;

/// States that one search may visit.
const LIMIT: usize = 1_000_000;

/// States that the many searches of one rule may visit together.
const MOST_STATES: usize = 2_000_000;

/// How much the searches of a rule may still look at: where each line has a search of its own, the
/// time would grow with the square of the script.
pub struct Budget {
    left: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { left: MOST_STATES }
    }
}

impl Budget {
    /// Whether one more state may be looked at; the graph remembers if not.
    pub fn allows(&mut self, graph: &FlowGraph) -> bool {
        if self.left == 0 {
            graph.cut();
            return false;
        }
        self.left -= 1;
        true
    }
}

/// What a search does at a node.
pub enum Verdict<S> {
    /// Go on behind the node with this state.
    On(S),
    /// Do not go on behind this node.
    Stop,
    /// This is what was looked for.
    Found,
}

/// The shortest walk from any of the starts to a node that `judge` calls found, both ends included.
/// `judge` sees the starts too. Equal walks: the one that the script's order gives first.
pub fn search<S: Copy + Eq + Hash>(
    graph: &FlowGraph,
    starts: &[(NodeId, S)],
    judge: impl FnMut(NodeId, S) -> Verdict<S>,
) -> Option<Vec<NodeId>> {
    several(graph, starts, 1, judge).pop()
}

/// As [`search`], for up to `most` nodes, the nearest first. A node that was found is judged once more,
/// for how to go on behind it: `judge` has to remember it.
pub fn several<S: Copy + Eq + Hash>(
    graph: &FlowGraph,
    starts: &[(NodeId, S)],
    most: usize,
    mut judge: impl FnMut(NodeId, S) -> Verdict<S>,
) -> Vec<Vec<NodeId>> {
    let mut walks = Vec::new();
    let mut seen = Seen::new(graph.nodes.len());
    // Each state that was come to, in order: node, state, and the index of the one before it.
    let mut trail: Vec<(NodeId, S, usize)> = Vec::new();
    trail.extend(starts.iter().filter(|&&(node, state)| seen.insert(node, state)).map(|&(node, state)| (node, state, usize::MAX)));
    let mut index = 0;
    while let Some(&(node, state, _)) = trail.get(index) {
        let mut verdict = judge(node, state);
        if matches!(verdict, Verdict::Found) {
            walks.push(path(&trail, index));
            if walks.len() >= most {
                break;
            }
            verdict = judge(node, state);
        }
        if let Verdict::On(state) = verdict {
            if trail.len() > LIMIT {
                graph.cut();
                break;
            }
            let new = graph.edges[node].iter().filter(|edge| seen.insert(edge.to, state));
            trail.extend(new.map(|edge| (edge.to, state, index)));
        }
        index += 1;
    }
    walks
}

fn path<S>(trail: &[(NodeId, S, usize)], last: usize) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    let mut at = last;
    while at != usize::MAX {
        nodes.push(trail[at].0);
        at = trail[at].2;
    }
    nodes.reverse();
    nodes
}

/// Which nodes a walk from the starts can come to, without going on behind those that `stops`.
pub fn reach(graph: &FlowGraph, starts: &[NodeId], stops: impl Fn(NodeId) -> bool) -> Vec<bool> {
    let mut reached = vec![false; graph.nodes.len()];
    let mut stack: Vec<NodeId> = starts.to_vec();
    while let Some(node) = stack.pop() {
        if std::mem::replace(&mut reached[node], true) || stops(node) {
            continue;
        }
        stack.extend(graph.edges[node].iter().map(|edge| edge.to));
    }
    reached
}

/// For each node the number of its strongly connected component: from a node of another one no walk
/// comes back.
pub fn circles(graph: &FlowGraph) -> Vec<usize> {
    circles_through(graph, |_| true)
}

/// As [`circles`], for walks that go on only behind open nodes.
pub fn circles_through(graph: &FlowGraph, is_open: impl Fn(NodeId) -> bool) -> Vec<usize> {
    let mut digraph = petgraph::graph::DiGraph::<(), (), usize>::default();
    for _ in &graph.nodes {
        digraph.add_node(());
    }
    for (from, edges) in graph.edges.iter().enumerate().filter(|(from, _)| is_open(*from)) {
        digraph.extend_with_edges(edges.iter().map(|edge| (from, edge.to)));
    }
    let mut circles = vec![0; graph.nodes.len()];
    for (number, component) in petgraph::algo::kosaraju_scc(&digraph).into_iter().enumerate() {
        component.into_iter().for_each(|node| circles[node.index()] = number);
    }
    circles
}

/// From which nodes some walk leads to a goal.
pub fn leads_freely(graph: &FlowGraph, is_goal: impl Fn(NodeId) -> bool) -> Vec<bool> {
    leads(graph, &vec![false; graph.nodes.len()], is_goal)
}

/// From which nodes some walk leads to a goal without going on behind a blocked node.
pub fn leads(graph: &FlowGraph, blocked: &[bool], is_goal: impl Fn(NodeId) -> bool) -> Vec<bool> {
    let mut stack: Vec<NodeId> = (0..blocked.len()).filter(|&id| is_goal(id)).collect();
    let mut leads = vec![false; blocked.len()];
    stack.iter().for_each(|&goal| leads[goal] = true);
    while let Some(node) = stack.pop() {
        for &before in &graph.before[node] {
            if !std::mem::replace(&mut leads[before], true) && !blocked[before] {
                stack.push(before);
            }
        }
    }
    leads
}

/// The nodes behind a node, as starts of a search.
pub fn after<S: Copy>(graph: &FlowGraph, node: NodeId, state: S) -> Vec<(NodeId, S)> {
    graph.edges[node].iter().map(|edge| (edge.to, state)).collect()
}

/// How many steps each node is from the nearest goal, without going on behind a blocked node; `u32::MAX`
/// where none can be come to. One look at the graph answers for all nodes.
pub fn distances(graph: &FlowGraph, blocked: &[bool], is_goal: impl Fn(NodeId) -> bool) -> Vec<u32> {
    let mut distances = vec![u32::MAX; blocked.len()];
    let mut queue: std::collections::VecDeque<NodeId> = (0..blocked.len()).filter(|&id| is_goal(id)).collect();
    queue.iter().for_each(|&goal| distances[goal] = 0);
    while let Some(node) = queue.pop_front() {
        for &before in &graph.before[node] {
            if distances[before] == u32::MAX && !blocked[before] {
                distances[before] = distances[node] + 1;
                queue.push_back(before);
            }
        }
    }
    distances
}

/// The shortest walk behind a node down the [`distances`], the node included. Equal walks: the one that
/// the script's order gives first.
pub fn descend(graph: &FlowGraph, from: NodeId, distances: &[u32]) -> Option<Vec<NodeId>> {
    let nearest = |id: NodeId| graph.edges[id].iter().map(|edge| edge.to).min_by_key(|&to| distances[to]);
    let (mut walk, mut at) = (vec![from], from);
    if distances[from] == 0 {
        return Some(walk);
    }
    loop {
        at = nearest(at).filter(|&to| distances[to] != u32::MAX)?;
        walk.push(at);
        if distances[at] == 0 {
            return Some(walk);
        }
    }
}

/// The shortest walks from some starts to every node, found with one look at the graph: where many nodes want
/// theirs, a search for each would take the square of the time.
pub struct Forest {
    /// The node before each node; itself for a start, `usize::MAX` where no walk leads.
    before: Vec<NodeId>,
}

impl Forest {
    pub fn new(graph: &FlowGraph, starts: &[NodeId]) -> Forest {
        let mut before = vec![usize::MAX; graph.nodes.len()];
        let mut queue = std::collections::VecDeque::new();
        let mut take = |node: NodeId, from: NodeId, queue: &mut std::collections::VecDeque<NodeId>| {
            if before[node] == usize::MAX {
                before[node] = from;
                queue.push_back(node);
            }
        };
        starts.iter().for_each(|&start| take(start, start, &mut queue));
        while let Some(node) = queue.pop_front() {
            graph.edges[node].iter().for_each(|edge| take(edge.to, node, &mut queue));
        }
        Forest { before }
    }

    /// The walk to a node, both ends included; `None` where there is none.
    pub fn walk(&self, node: NodeId) -> Option<Vec<NodeId>> {
        let (mut walk, mut at) = (vec![node], node);
        while self.before[at] != at {
            at = self.before[at];
            if at == usize::MAX {
                return None;
            }
            walk.push(at);
        }
        walk.reverse();
        Some(walk)
    }
}

/// What several rules ask of the same graph, worked out when one first does.
#[derive(Default)]
pub struct Known {
    forest: OnceLock<Forest>,
    circles: OnceLock<Vec<usize>>,
}

impl Known {
    /// The shortest walks from where calls begin.
    pub fn forest(&self, graph: &FlowGraph) -> &Forest {
        self.forest.get_or_init(|| Forest::new(graph, &graph.entries))
    }

    /// As [`circles`].
    pub fn circles(&self, graph: &FlowGraph) -> &[usize] {
        self.circles.get_or_init(|| circles(graph))
    }
}

/// Nodes that were marked in one direction, with all that can be come to from them. Marking many nodes
/// costs no more than looking at each node once.
pub struct Spread {
    is_forward: bool,
    marked: Vec<bool>,
}

impl Spread {
    pub fn new(graph: &FlowGraph, is_forward: bool) -> Spread {
        Spread { is_forward, marked: vec![false; graph.nodes.len()] }
    }

    pub fn has(&self, node: NodeId) -> bool {
        self.marked[node]
    }

    /// Marks a node, and what lies behind it up to and with the nodes that `stops`; the first goes on in
    /// any case.
    pub fn mark(&mut self, graph: &FlowGraph, first: NodeId, stops: impl Fn(NodeId) -> bool) {
        let mut stack = vec![first];
        while let Some(node) = stack.pop() {
            if std::mem::replace(&mut self.marked[node], true) || node != first && stops(node) {
                continue;
            }
            match self.is_forward {
                true => stack.extend(graph.edges[node].iter().map(|edge| edge.to)),
                false => stack.extend_from_slice(&graph.before[node]),
            }
        }
    }
}
