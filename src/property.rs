//! The property vocabulary at work: one checker a file, each from the graph to what it found.

mod absence;
pub mod across;
mod bounded;
mod cycle;
mod existence;
mod facts;
mod goal;
mod grade;
mod measure;
mod precedence;
mod raise;
mod reachable;
mod repeat;
mod response;
mod run;
mod share;
mod structure;

use crate::act::{ActSet, Lexicon};
use crate::diagnostic::Severity;
use crate::flow::{FlowGraph, Node, NodeId, NodeKind, walk};
use crate::rule::{Acts, Agree, Limit, Property, Rule};
use crate::script::{Kind, Script};
use crate::source::Span;
use std::collections::BTreeMap;

/// What a rule's texts may have in braces, beside its parameters: the names of [`Found::values`].
pub const VALUES: [&str; 13] =
    ["count", "grade", "intent", "item", "items", "missing", "name", "of", "other", "parts", "this", "times", "words"];

/// What a checker found, before it becomes a diagnostic.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Where the primary label goes.
    pub place: Place,
    /// Other nodes, with what stands at them.
    pub related: Vec<(NodeId, String)>,
    /// The nodes of the walk, in order.
    pub walk: Vec<NodeId>,
    /// What `{name}` in the rule's texts stands for.
    pub values: BTreeMap<&'static str, String>,
    /// In place of the rule's own.
    pub severity: Option<Severity>,
    /// In place of the rule's own message.
    pub message: Option<String>,
    /// In place of the rule's own help.
    pub help: Option<String>,
    /// It cannot be told whether this is a fault, for this reason: no finding.
    pub unsure: Option<String>,
}

impl Found {
    /// What stands at the end of a walk: the words of one of some acts.
    fn at_end(walk: Vec<NodeId>, acts: ActSet) -> Found {
        let place = walk.last().map_or_else(Place::default, |&last| Place::Node(last, acts));
        Found { place, walk, ..Found::default() }
    }
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// The words of an act in a node; the whole node if it has none of them.
    Node(NodeId, ActSet),
    /// A span of a file.
    Span(usize, Span),
}

impl Default for Place {
    fn default() -> Place {
        Place::Span(0, Span::default())
    }
}

/// What every checker reads.
pub struct Context<'a> {
    pub graph: &'a FlowGraph<'a>,
    pub scripts: &'a [Option<Script>],
    /// The files of this graph.
    pub files: &'a [usize],
    pub lexicon: &'a Lexicon,
    pub rule: &'a Rule,
    /// The rule's parameters, with the project's changes.
    pub params: &'a BTreeMap<String, f64>,
    /// All acts that any node does.
    pub heard: ActSet,
    /// Nodes that a walk from an entry can come to.
    pub reached: &'a [bool],
    /// Nodes where the customer takes an offer or stays, as [`accepted`] finds them.
    pub accepted: &'a [bool],
    pub looks: Looks,
    pub known: &'a walk::Known,
}

/// Which of the two things a rule about several scripts looks at.
#[derive(Clone, Copy, Debug)]
pub struct Looks {
    /// Each script by itself.
    pub alone: bool,
    /// Scripts beside each other: all of the run are in the graph.
    pub compares: bool,
}

/// Runs a rule. What each of its properties finds is in the order of the script.
pub fn check(context: &Context) -> Vec<Found> {
    let is_wanted = |property: &Property| context.looks.alone || matches!(property, Property::Across(_));
    let look = |property: &Property| if is_wanted(property) { look(context, property) } else { Vec::new() };
    let mut found = look(&context.rule.property);
    for also in &context.rule.also {
        found.extend(look(&also.property).into_iter().map(|one| Found {
            severity: one.severity.or(also.severity),
            message: one.message.clone().or_else(|| also.message.clone()),
            ..one
        }));
    }
    raise::apply(context, &mut found);
    found
}

fn look(context: &Context, property: &Property) -> Vec<Found> {
    match property {
        property if !has_matter(context, property) => Vec::new(),
        Property::Absence(property) => absence::check(context, property),
        Property::Existence(property) => existence::check(context, property),
        Property::BoundedExistence(property) => bounded::check(context, property),
        Property::Precedence(property) => precedence::check(context, property),
        Property::Response(property) => response::check(context, property),
        Property::Reachable(property) => reachable::check(context, property),
        Property::NoCycle(property) => cycle::check(context, property),
        Property::Across(property) => across::check(context, property),
        Property::Run(property) => run::check(context, property),
        Property::Share(property) => share::check(context, property),
        Property::Structure(property) => structure::check(context, *property),
    }
}

/// Whether anything of what a rule looks for is heard at all: most scripts have nothing of most rules.
fn has_matter(context: &Context, property: &Property) -> bool {
    let acts = match property {
        Property::Absence(property) => &property.of,
        Property::BoundedExistence(property) => &property.of,
        Property::NoCycle(property) => &property.of,
        Property::Precedence(property) => &property.of,
        Property::Response(property) => &property.after,
        Property::Share(property) => &property.of,
        Property::Across(property) if matches!(property.agree, Agree::Acts | Agree::Remedies | Agree::Whether) => &property.of,
        Property::Reachable(property) if property.at_most.is_some() => &property.through,
        _ => return true,
    };
    context.heard & context.set(acts) != 0
}

/// Nodes where the customer takes the offer or stays: a yes right after an offer, or words that say so.
pub fn accepted(graph: &FlowGraph, lexicon: &Lexicon) -> Vec<bool> {
    let set = |names: &[&str]| lexicon.set(names);
    let (against, stays) = (set(&["cancel_request", "refusal"]), set(&["withdraws"]));
    let (yes, offer) = (set(&["acceptance"]), set(&["retention_offer"]));
    let accepts = |(id, node): (NodeId, &Node)| {
        let takes = || node.set & yes != 0 && graph.answered(id).iter().any(|&line| graph.nodes[line].set & offer != 0);
        node.is_turn() && node.set & against == 0 && (node.set & stays != 0 || takes())
    };
    graph.nodes.iter().enumerate().map(accepts).collect()
}

impl Context<'_> {
    fn set(&self, acts: &Acts) -> ActSet {
        self.lexicon.set(&acts.names())
    }

    fn limit(&self, limit: &Limit) -> usize {
        self.number(limit).max(0.0) as usize
    }

    fn number(&self, limit: &Limit) -> f64 {
        match limit {
            Limit::Number(number) => *number,
            Limit::Param(name) => self.params.get(name.trim_start_matches('$')).copied().unwrap_or(0.0),
        }
    }

    fn node(&self, id: NodeId) -> &Node<'_> {
        &self.graph.nodes[id]
    }

    fn has(&self, id: NodeId, set: ActSet) -> bool {
        self.graph.nodes[id].set & set != 0
    }

    /// As [`Context::has`], or the model takes it so: enough to excuse a line, not to count it.
    fn may(&self, id: NodeId, set: ActSet) -> bool {
        self.graph.nodes[id].may(set)
    }

    /// The customer's words, a branch's label or heading that tells of them, with one of these acts.
    fn told(&self, id: NodeId, set: ActSet) -> bool {
        let is_theirs = matches!(self.node(id).kind, NodeKind::Line(Kind::Hear | Kind::Note) | NodeKind::Cue { .. } | NodeKind::Section);
        is_theirs && self.has(id, set)
    }

    /// Nodes where the customer does one of these, that some walk comes to, in order.
    fn anchors(&self, set: ActSet) -> Vec<NodeId> {
        (0..self.graph.nodes.len()).filter(|&id| self.reached[id] && self.told(id, set)).collect()
    }

    /// Where walks begin that are about one of these acts: where the customer does it, or, when nobody
    /// does in this run but a script's title says so, where the call begins.
    fn starts(&self, set: ActSet) -> Vec<NodeId> {
        let anchors = self.anchors(set);
        if !anchors.is_empty() || set & self.lexicon.set(&["cancel_request"]) == 0 {
            return anchors;
        }
        let is_about = |entry: &NodeId| self.scripts[self.node(*entry).file].as_ref().is_some_and(|script| script.is_about_leaving);
        self.graph.entries.iter().copied().filter(is_about).collect()
    }

    /// Nodes that some walk comes to after one of these acts; none for no acts.
    fn reached_after(&self, set: ActSet) -> Vec<bool> {
        if set == 0 { vec![false; self.graph.nodes.len()] } else { walk::reach(self.graph, &self.starts(set), |_| false) }
    }

    /// Nodes that some walk comes to after one of these acts, whoever does it; all for no acts.
    fn reached_since(&self, set: ActSet) -> Vec<bool> {
        if set == 0 {
            return vec![true; self.graph.nodes.len()];
        }
        let does = |id: &NodeId| self.reached[*id] && (self.told(*id, set) || self.node(*id).is_spoken() && self.has(*id, set));
        let starts: Vec<NodeId> = (0..self.graph.nodes.len()).filter(does).collect();
        walk::reach(self.graph, &starts, |_| false)
    }

    /// Where a node's words stand: a called section's lines are in the graph once for each call.
    fn spot(&self, id: NodeId) -> (usize, Span) {
        (self.node(id).file, self.node(id).span())
    }

    /// Said by the agent, or ordered by a note.
    fn asks(&self, id: NodeId) -> bool {
        matches!(self.node(id).kind, NodeKind::Line(Kind::Say | Kind::Note | Kind::Collect))
    }

    /// The customer's turn: heard words or a branch.
    fn is_turn(&self, id: NodeId) -> bool {
        self.node(id).is_turn()
    }

    /// A walk from an entry to a node, both included.
    fn walk_to(&self, node: NodeId) -> Vec<NodeId> {
        self.known.forest(self.graph).walk(node).unwrap_or_else(|| vec![node])
    }

    /// As [`walk::circles`].
    fn circles(&self) -> &[usize] {
        self.known.circles(self.graph)
    }
}

/// Nodes that were reported, with all nodes that lie on a walk with one of them.
struct Reported {
    after: walk::Spread,
    before: walk::Spread,
}

impl Reported {
    fn new(context: &Context) -> Reported {
        Reported { after: walk::Spread::new(context.graph, true), before: walk::Spread::new(context.graph, false) }
    }

    /// Takes a node down. Whether no walk passes it and one that was taken down before.
    fn is_apart(&mut self, context: &Context, node: NodeId) -> bool {
        let is_apart = !self.after.has(node) && !self.before.has(node);
        self.after.mark(context.graph, node, |_| false);
        self.before.mark(context.graph, node, |_| false);
        is_apart
    }
}

/// Two walks where the second begins at the end of the first.
fn joined(mut first: Vec<NodeId>, second: &[NodeId]) -> Vec<NodeId> {
    let skip = usize::from(first.last() == second.first());
    first.extend_from_slice(&second[skip.min(second.len())..]);
    first
}
