//! Where a fault is graver: the conditions of a rule's `raise`, looked at once for all that it found.

use super::{Context, Found, Place, existence};
use crate::flow::{NodeId, NodeKind, walk};
use crate::rule::{Acts, Raise};

/// Nodes that are looked at for what the customer said last; where there are more, nobody can tell.
const MOST_BEFORE: usize = 64;

/// Gives each finding that has no severity of its own that of the first condition that holds.
pub fn apply(context: &Context, found: &mut [Found]) {
    if found.iter().all(|one| one.severity.is_some()) {
        return;
    }
    for raise in &context.rule.raise {
        let test = Test::new(context, raise, found);
        for one in found.iter_mut().filter(|one| one.severity.is_none()) {
            one.severity = test.holds(context, one).then_some(raise.to);
        }
    }
}

/// A condition, with what has to be known of the graph to test it.
struct Test<'a> {
    raise: &'a Raise,
    after: Vec<bool>,
    not_after: Vec<bool>,
    repeated: Vec<bool>,
    between_scripts: Vec<bool>,
    /// From where some walk leads to one of `never`.
    leads: Vec<bool>,
}

impl<'a> Test<'a> {
    fn new(context: &Context, raise: &'a Raise, found: &[Found]) -> Test<'a> {
        let lines: Vec<NodeId> = found.iter().filter_map(node).collect();
        let helps = context.set(&raise.never);
        let is_way = |id: NodeId| matches!(context.node(id).kind, NodeKind::Transfer | NodeKind::Unknown);
        let leads = || {
            let is_helped = |id: NodeId| is_way(id) || context.asks(id) && context.may(id, helps);
            walk::leads_freely(context.graph, is_helped)
        };
        Test {
            raise,
            after: context.reached_since(context.set(&raise.after)),
            not_after: context.reached_since(context.set(&raise.not_after)),
            repeated: if raise.repeated { paired(context, &lines) } else { Vec::new() },
            between_scripts: if raise.between_scripts { between_scripts(context) } else { Vec::new() },
            leads: if helps == 0 { Vec::new() } else { leads() },
        }
    }

    fn holds(&self, context: &Context, found: &Found) -> bool {
        let (raise, node) = (self.raise, node(found));
        let at = |flags: &[bool]| node.is_some_and(|id| flags[id]);
        let does = |acts: &Acts, ids: &[NodeId]| ids.iter().any(|&id| context.has(id, context.set(acts)));
        let is_unset = |acts: &Acts| *acts == Acts::None;
        let script = context.scripts[file(context, found)].as_ref();
        let count = found.values.get("count").and_then(|count| count.parse().ok()).unwrap_or(0);
        (is_unset(&raise.after) || at(&self.after))
            && (is_unset(&raise.not_after) || !at(&self.not_after))
            && (is_unset(&raise.passing) || does(&raise.passing, &found.walk))
            && (is_unset(&raise.beside) || node.is_some_and(|id| does(&raise.beside, &[id])))
            && (is_unset(&raise.never) || node.is_some_and(|id| self.is_only_way(context, id)))
            && (raise.about.is_empty() || script.is_some_and(|script| existence::is_about(script, &raise.about)))
            && (!raise.incident || is_incident(context, found))
            && (!raise.repeated || at(&self.repeated))
            && (!raise.between_scripts || at(&self.between_scripts))
            && raise.count.as_ref().is_none_or(|least| count >= context.limit(least))
    }

    /// Whatever the customer said last, nothing else comes of it.
    fn is_only_way(&self, context: &Context, id: NodeId) -> bool {
        let (mut open, mut looked) = (vec![id], 0);
        while let Some(node) = open.pop() {
            looked += 1;
            let begins = context.graph.before[node].is_empty() || node != id && context.is_turn(node);
            if looked > MOST_BEFORE || begins && self.leads[node] {
                return false;
            }
            if !begins {
                open.extend_from_slice(&context.graph.before[node]);
            }
        }
        true
    }
}

fn node(found: &Found) -> Option<NodeId> {
    match found.place {
        Place::Node(id, _) => Some(id),
        Place::Span(..) => None,
    }
}

fn file(context: &Context, found: &Found) -> usize {
    match found.place {
        Place::Node(id, _) => context.node(id).file,
        Place::Span(file, _) => file,
    }
}

fn is_incident(context: &Context, found: &Found) -> bool {
    let file = file(context, found);
    let Some(script) = &context.scripts[file] else { return false };
    let info = node(found).and_then(|id| context.graph.sections.get(context.node(id).section)).filter(|info| info.file == file);
    script.header.incident || info.is_some_and(|info| script.sections.get(info.index).is_some_and(|section| section.incident))
}

/// By node, whether it lies on a circle that goes through several scripts.
pub(super) fn between_scripts(context: &Context) -> Vec<bool> {
    if context.files.len() < 2 {
        return vec![false; context.graph.nodes.len()];
    }
    let circles = context.circles();
    let mut files: Vec<Option<usize>> = vec![None; circles.len()];
    let mut is_between = vec![false; circles.len()];
    for (id, &circle) in circles.iter().enumerate() {
        let file = context.node(id).file;
        is_between[circle] |= *files[circle].get_or_insert(file) != file;
    }
    circles.iter().map(|&circle| is_between[circle]).collect()
}

/// By node, whether it lies on a walk with another one of some lines: in one circle with it, or before or behind it.
fn paired(context: &Context, lines: &[NodeId]) -> Vec<bool> {
    let graph = context.graph;
    let circles = context.circles();
    let mut in_circle = vec![0usize; graph.nodes.len()];
    lines.iter().for_each(|&line| in_circle[circles[line]] += 1);
    let (mut after, mut before) = (walk::Spread::new(graph, true), walk::Spread::new(graph, false));
    for (from, edges) in graph.edges.iter().enumerate() {
        for edge in edges.iter().filter(|edge| circles[edge.to] != circles[from]) {
            if in_circle[circles[from]] > 0 {
                after.mark(graph, edge.to, |_| false);
            }
            if in_circle[circles[edge.to]] > 0 {
                before.mark(graph, from, |_| false);
            }
        }
    }
    let mut paired = vec![false; graph.nodes.len()];
    lines.iter().for_each(|&line| paired[line] = in_circle[circles[line]] > 1 || after.has(line) || before.has(line));
    paired
}
