//! Facts: several things of which some have to be told, on a walk or near a line.

use super::{Context, Found};
use crate::embedded::FILES;
use crate::flow::walk::{self, Verdict};
use crate::flow::{NodeId, NodeKind};
use crate::parse::language::UNKNOWN;
use crate::rule::{Fact, Limit};
use crate::script::Script;

/// Facts that are told apart; more would count as the last one. So many sets of them fit in 64 bits.
const MOST: usize = 6;
/// Nodes that are looked at around a line.
const MOST_NEAR: usize = 32;

/// A set of facts, one bit for each.
pub(super) type Set = u8;
/// Sets of facts: the bit of each set that there is.
type Sets = u64;

/// Who tells which facts, and how many are needed.
pub(super) struct Facts<'a> {
    facts: &'a [Fact],
    by_node: Vec<Set>,
    least: usize,
}

impl<'a> Facts<'a> {
    pub fn new(context: &Context, facts: &'a [Fact], at_least: Option<&Limit>) -> Facts<'a> {
        let acts: Vec<_> = facts.iter().map(|fact| context.set(&fact.does)).collect();
        let untold: Vec<Set> = context.scripts.iter().map(|script| untold(facts, script.as_ref())).collect();
        let names = context.lexicon.set(&["names_team"]);
        let told = |id: NodeId| {
            // What the customer asked for need not be told to them.
            let is_told = |set: crate::act::ActSet| context.asks(id) && context.may(id, set) || context.told(id, set);
            let tells = acts.iter().enumerate().filter(|(_, set)| is_told(**set) || **set & names != 0 && is_named(context, id));
            tells.fold(untold[context.node(id).file], |told, (index, _)| told | 1 << index.min(MOST - 1))
        };
        let by_node = (0..context.graph.nodes.len()).map(told).collect();
        Facts { facts, by_node, least: at_least.map_or(1, |least| context.limit(least)) }
    }

    /// What a node tells.
    pub fn at(&self, id: NodeId) -> Set {
        self.by_node[id]
    }

    pub fn is_enough(&self, set: Set) -> bool {
        set.count_ones() as usize >= self.least
    }

    /// Writes down how many are told, and which ones are not.
    pub fn tell(&self, set: Set, found: &mut Found) {
        let missing = self.facts.iter().enumerate().filter(|(index, _)| set & (1 << (*index).min(MOST - 1)) == 0);
        let missing: Vec<&str> = missing.map(|(_, fact)| fact.words.as_str()).collect();
        let words = match missing.as_slice() {
            [] => String::new(),
            [one] => (*one).to_string(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        };
        found.values.insert("count", set.count_ones().to_string());
        found.values.insert("missing", words);
    }

    /// What is told in a line and in so many of the agent's lines before and after it.
    pub fn near(&self, context: &Context, line: NodeId, within: usize) -> Set {
        let ahead = |id: NodeId| context.graph.edges[id].iter().map(|edge| edge.to).collect();
        let back = |id: NodeId| context.graph.before[id].clone();
        self.by_node[line] | self.beside(context, line, within, ahead) | self.beside(context, line, within, back)
    }

    fn beside(&self, context: &Context, line: NodeId, within: usize, ways: impl Fn(NodeId) -> Vec<NodeId>) -> Set {
        let (mut told, mut looked) = (0, 0);
        let mut open = vec![(line, 0)];
        while let Some((id, lines)) = open.pop() {
            looked += 1;
            if looked > MOST_NEAR {
                break;
            }
            told |= self.by_node[id];
            let on = ways(id).into_iter().map(|to| (to, lines + usize::from(context.node(to).is_spoken())));
            open.extend(on.filter(|&(_, lines)| lines <= within));
        }
        told
    }

    /// For each node what is told on walks that come to it, and on walks from it to an end, the node itself left
    /// out. No walk goes through a blocked node.
    pub fn around(&self, context: &Context, blocked: &[bool]) -> Around {
        let graph = context.graph;
        let mut before = vec![0; blocked.len()];
        graph.entries.iter().for_each(|&entry| before[entry] = 1);
        self.spread(&mut before, graph.entries.clone(), blocked, |id, each| graph.edges[id].iter().for_each(|edge| each(edge.to)));
        let ends: Vec<NodeId> = (0..blocked.len()).filter(|&id| graph.is_last(id)).collect();
        let mut after = vec![0; blocked.len()];
        ends.iter().for_each(|&end| after[end] = 1);
        self.spread(&mut after, ends, blocked, |id, each| graph.before[id].iter().for_each(|&from| each(from)));
        Around { before, after }
    }

    fn spread(&self, sets: &mut [Sets], mut open: Vec<NodeId>, blocked: &[bool], ways: impl Fn(NodeId, &mut dyn FnMut(NodeId))) {
        while let Some(id) = open.pop() {
            if blocked[id] {
                continue;
            }
            let on = with(sets[id], self.by_node[id]);
            ways(id, &mut |to| {
                if sets[to] | on != sets[to] {
                    sets[to] |= on;
                    open.push(to);
                }
            });
        }
    }

    /// The fewest facts on a walk through a node, those told before it and all of them; `None` where no walk from
    /// it ends.
    pub fn fewest(&self, around: &Around, node: NodeId) -> Option<(Set, Set)> {
        let own = self.by_node[node];
        let both =
            each(around.before[node]).flat_map(|before| each(around.after[node]).map(move |after| (before | own, before | own | after)));
        both.min_by_key(|(_, all)| all.count_ones())
    }

    /// The shortest walk behind a node to an end on which too few are told.
    pub fn walk(&self, context: &Context, node: NodeId, told: Set, blocked: &[bool]) -> Vec<NodeId> {
        let on = walk::search(context.graph, &[(node, told)], |id, told: Set| {
            let told = told | self.by_node[id];
            match () {
                () if blocked[id] || self.is_enough(told) => Verdict::Stop,
                () if context.graph.is_last(id) => Verdict::Found,
                () => Verdict::On(told),
            }
        });
        on.unwrap_or_else(|| vec![node])
    }
}

/// `transfer: Billing desk`: the way out names who takes over. An order such as “transfer the caller” is a line
/// of its own, which stands before the way out with the same words.
fn is_named(context: &Context, id: NodeId) -> bool {
    let is_order = || context.graph.before[id].iter().any(|&line| context.spot(line) == context.spot(id));
    context.node(id).kind == NodeKind::Transfer && !is_order()
}

/// The facts that nobody hears in a script's language: for want of words they may be told anywhere.
fn untold(facts: &[Fact], script: Option<&Script>) -> Set {
    let language = script.and_then(|script| script.languages.first()).filter(|language| *language != "en" && *language != UNKNOWN);
    let Some(language) = language else { return 0 };
    let is_heard = |act: &&str| FILES.binary_search_by_key(&&*format!("acts/{language}/{act}.yaml"), |(path, _)| path).is_ok();
    let untold = facts.iter().enumerate().filter(|(_, fact)| !fact.does.names().iter().any(is_heard));
    untold.fold(0, |set, (index, _)| set | 1 << index.min(MOST - 1))
}

/// What is told on walks to and from each node.
pub(super) struct Around {
    before: Vec<Sets>,
    after: Vec<Sets>,
}

/// Each of some sets with more facts.
fn with(sets: Sets, more: Set) -> Sets {
    if more == 0 { sets } else { each(sets).fold(0, |all, set| all | 1 << (set | more)) }
}

fn each(sets: Sets) -> impl Iterator<Item = Set> {
    (0..64).filter(move |set| sets & (1 << set) != 0)
}

/// Nodes behind which nobody can tell what is said, or nothing more is asked for.
pub(super) fn blocked(context: &Context, needs: crate::act::ActSet) -> Vec<bool> {
    let is_blocked = |node: &crate::flow::Node| node.is_spoken() && node.may(needs) || node.kind == NodeKind::Unknown;
    context.graph.nodes.iter().map(is_blocked).collect()
}
