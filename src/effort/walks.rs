//! The shortest walk, and the longest that goes round no cycle twice. Both take time that is linear in the
//! graph, but for a logarithm.
//!
//! Up to where the caller says what they want, the walk is always the shortest: what else they may have
//! called about before is no effort of this. From there on a walk is a chain of (node, who spoke last); for
//! the longest one, one way back is taken in every strongly connected component and then no more: what is left
//! is a graph without cycles, on two floors.

use super::Walks;
use super::tally::{Counter, Last, Measure};
use crate::flow::{FlowGraph, NodeId, walk};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

pub struct Ways<'a> {
    pub graph: &'a FlowGraph<'a>,
    pub counter: &'a Counter<'a>,
    /// Where it is done.
    pub done: &'a [bool],
    /// Where the caller wants something else from then on.
    pub blocked: &'a [bool],
}

/// A node and who spoke last: the node times [`Last::ALL`] plus the place in it. For the longest walk there is
/// a second floor with the same states again, for walks that have gone round.
type State = usize;
/// Turns, then words.
type Cost = (usize, usize);

/// What a search found: by state the best cost, and the state before it.
struct Found {
    best: Vec<Option<Cost>>,
    before: Vec<State>,
}

/// The way on.
struct Order {
    /// Each node before those that it leads to, but for the ways that lead back; the nodes of each strongly
    /// connected component in a row.
    nodes: Vec<NodeId>,
    /// The number of each node's component.
    circles: Vec<usize>,
    /// The place of each node in `nodes`; `usize::MAX` for any other.
    places: Vec<usize>,
    /// A way back: from the first node to the second.
    back: Option<(NodeId, NodeId)>,
}

impl Ways<'_> {
    /// Walks from the entries to one of the starts and on to where it is done.
    pub fn walks(&self, entries: &[NodeId], starts: &[NodeId], measures: &[Measure]) -> Option<Walks> {
        let leads = walk::leads(self.graph, self.blocked, |id| self.done[id]);
        let seeds = entries.iter().map(|&entry| self.enter(entry, Last::Nobody, (0, 0))).collect();
        let prefix = self.shortest(seeds, |_| true, |_| false);
        let starts: Vec<(State, Cost)> = starts.iter().filter(|&&start| leads[start]).filter_map(|&start| prefix.at(start)).collect();
        let shortest = self.shortest(starts.clone(), |id| leads[id], |id| self.done[id] || self.blocked[id]);
        let end = self.goals().filter_map(|id| shortest.at(id)).min_by_key(|&(state, cost)| (cost, state))?;
        let whole = |found: &Found, end: State| {
            let on = found.walk(end);
            let mut walk = prefix.walk(on[0]);
            walk.extend(&on[1..]);
            walk.into_iter().map(|state| state / Last::ALL.len() % self.graph.nodes.len()).collect::<Vec<NodeId>>()
        };
        let order = self.order(&starts, &leads);
        let most = |measure| match self.most(&starts, &order, measure) {
            Some((found, end)) => whole(&found, end),
            None => whole(&shortest, end.0),
        };
        Some(Walks {
            shortest: whole(&shortest, end.0),
            longest: most(Measure::Turns),
            most: measures.iter().map(|&measure| (measure, most(measure))).collect(),
            circle: order.back,
            endless: self.endless(&order),
        })
    }

    /// What a call can have again and again on the way: of what stands in a circle there is no most.
    fn endless(&self, order: &Order) -> Vec<Measure> {
        let mut sizes: HashMap<usize, usize> = HashMap::new();
        order.nodes.iter().for_each(|&node| *sizes.entry(order.circles[node]).or_default() += 1);
        let comes_back = |node: NodeId| sizes[&order.circles[node]] > 1 || self.graph.edges[node].iter().any(|edge| edge.to == node);
        // The same data asked for again is no new item; of turns and time `circle` tells.
        let counted = [Measure::Offers, Measure::Refusals, Measure::Transfers, Measure::Holds];
        let is_endless = |measure: &Measure| order.nodes.iter().any(|&node| self.counter.weight(node, *measure) > 0 && comes_back(node));
        counted.into_iter().filter(is_endless).collect()
    }

    fn goals(&self) -> impl Iterator<Item = NodeId> {
        (0..self.done.len()).filter(|&id| self.done[id])
    }

    /// A node that is come to.
    fn enter(&self, node: NodeId, last: Last, cost: Cost) -> (State, Cost) {
        let (last, turns) = self.counter.speak(node, last);
        (node * Last::ALL.len() + last as usize, (cost.0 + turns, cost.1 + self.counter.words(node)))
    }

    /// Dijkstra's algorithm, from states with a cost of their own.
    fn shortest(&self, seeds: Vec<(State, Cost)>, is_open: impl Fn(NodeId) -> bool, is_last: impl Fn(NodeId) -> bool) -> Found {
        let mut found = Found::new(self.graph.nodes.len());
        let mut heap = BinaryHeap::new();
        for (state, cost) in seeds {
            if found.improve(state, cost, usize::MAX, |new, old| new < old) {
                heap.push(Reverse((cost, state)));
            }
        }
        while let Some(Reverse((cost, state))) = heap.pop() {
            let (node, last) = (state / Last::ALL.len(), Last::ALL[state % Last::ALL.len()]);
            if found.best[state] != Some(cost) || is_last(node) {
                continue;
            }
            for edge in self.graph.edges[node].iter().filter(|edge| is_open(edge.to)) {
                let (next, cost) = self.enter(edge.to, last, cost);
                if found.improve(next, cost, state, |new, old| new < old) {
                    heap.push(Reverse((cost, next)));
                }
            }
        }
        found
    }

    /// The walk with the most of something along an order, which goes round once in each component that it
    /// comes through; then with the most turns, then words.
    fn most(&self, starts: &[(State, Cost)], order: &Order, measure: Measure) -> Option<(Found, State)> {
        let key = |cost: Cost| if measure == Measure::Seconds { (cost.1, cost.0) } else { cost };
        let upstairs = self.graph.nodes.len() * Last::ALL.len();
        let mut found = Found::new(2 * self.graph.nodes.len());
        let mut weights = vec![0; found.best.len()];
        for &(state, cost) in starts {
            found.improve(state, key(cost), usize::MAX, |new, old| new > old);
        }
        for (floor, &node) in order.steps().filter(|(_, node)| !self.done[**node]) {
            for last in Last::ALL {
                let state = floor * upstairs + node * Last::ALL.len() + last as usize;
                let Some(cost) = found.best[state] else { continue };
                for edge in &self.graph.edges[node] {
                    let Some(floor) = order.floor(node, edge.to, floor) else { continue };
                    let (next, cost) = self.enter(edge.to, last, key(cost));
                    let next = next + floor * upstairs;
                    let weight = weights[state] + self.counter.weight(edge.to, measure);
                    let old = (weights[next], found.best[next]);
                    if (weight, Some(key(cost))) > old {
                        (weights[next], found.best[next], found.before[next]) = (weight, Some(key(cost)), state);
                    }
                }
            }
        }
        let states = self.goals().flat_map(|id| id * Last::ALL.len()..(id + 1) * Last::ALL.len());
        let states = states.flat_map(|state| [state, state + upstairs]);
        let end =
            states.filter(|&state| found.best[state].is_some()).max_by_key(|&state| (weights[state], found.best[state], Reverse(state)))?;
        Some((found, end))
    }

    /// An order of all that lies between the starts and where it is done, by a depth-first search.
    fn order(&self, starts: &[(State, Cost)], leads: &[bool]) -> Order {
        let circles = walk::circles_through(self.graph, |id| leads[id] && !self.done[id] && !self.blocked[id]);
        let mut order = Order { nodes: Vec::new(), circles, places: vec![usize::MAX; leads.len()], back: None };
        let mut is_seen = vec![false; leads.len()];
        let mut is_above = vec![false; leads.len()];
        for start in starts.iter().map(|(state, _)| state / Last::ALL.len()) {
            if std::mem::replace(&mut is_seen[start], true) {
                continue;
            }
            let mut stack = vec![(start, 0)];
            is_above[start] = true;
            while let Some((node, at)) = stack.last_mut() {
                let is_end = self.done[*node] || self.blocked[*node];
                let Some(edge) = self.graph.edges[*node].get(*at).filter(|_| !is_end) else {
                    is_above[*node] = false;
                    order.nodes.push(*node);
                    stack.pop();
                    continue;
                };
                *at += 1;
                if is_above[edge.to] {
                    order.back = order.back.or(Some((*node, edge.to)));
                } else if leads[edge.to] && !std::mem::replace(&mut is_seen[edge.to], true) {
                    is_above[edge.to] = true;
                    stack.push((edge.to, 0));
                }
            }
        }
        order.nodes.reverse();
        // Components are numbered from the last one.
        order.nodes.sort_by_key(|&node| Reverse(order.circles[node]));
        order.nodes.iter().enumerate().for_each(|(place, &node)| order.places[node] = place);
        order
    }
}

impl Order {
    /// Floors and nodes in the order in which walks come to them: each component on one floor, then on the
    /// other.
    fn steps(&self) -> impl Iterator<Item = (usize, &NodeId)> {
        let circles = self.nodes.chunk_by(|one, other| self.circles[*one] == self.circles[*other]);
        circles.flat_map(|nodes| (0..2).flat_map(move |floor| nodes.iter().map(move |node| (floor, node))))
    }

    /// On which floor a way from a floor leads to a node; `None` where it is not taken.
    fn floor(&self, from: NodeId, to: NodeId, floor: usize) -> Option<usize> {
        match self.places[to] {
            usize::MAX => None,
            _ if self.circles[from] != self.circles[to] => Some(0),
            place if self.places[from] < place => Some(floor),
            _ => (floor == 0).then_some(1),
        }
    }
}

impl Found {
    fn new(nodes: usize) -> Found {
        Found { best: vec![None; nodes * Last::ALL.len()], before: vec![usize::MAX; nodes * Last::ALL.len()] }
    }

    fn improve(&mut self, state: State, cost: Cost, before: State, is_better: impl Fn(Cost, Cost) -> bool) -> bool {
        if self.best[state].is_some_and(|old| !is_better(cost, old)) {
            return false;
        }
        (self.best[state], self.before[state]) = (Some(cost), before);
        true
    }

    /// The best state of a node.
    fn at(&self, node: NodeId) -> Option<(State, Cost)> {
        let states = node * Last::ALL.len()..(node + 1) * Last::ALL.len();
        states.filter_map(|state| self.best[state].map(|cost| (state, cost))).min_by_key(|&(state, cost)| (cost, state))
    }

    /// The states up to one, in order.
    fn walk(&self, end: State) -> Vec<State> {
        let mut walk = vec![end];
        let mut state = end;
        while self.before[state] != usize::MAX {
            state = self.before[state];
            walk.push(state);
        }
        walk.reverse();
        walk
    }
}
