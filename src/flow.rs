//! The flow graph: every line of every script is a node, every way on is an edge.
//!
//! [`build::build`] makes it from scripts and the acts of their lines; rules search walks in it.

pub mod build;
mod call;
pub mod guard;
pub mod resolve;
pub mod unfold;
pub mod walk;

use crate::act::{Act, ActSet, Voice};
use crate::script::Kind;
use crate::source::{Span, Text};
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

/// Index into [`FlowGraph::nodes`].
pub type NodeId = usize;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Where a section begins; its text is the heading.
    Section,
    Line(Kind),
    /// A branch's label: the customer's words (`is_heard`) or a condition.
    Cue {
        is_heard: bool,
    },
    /// Where branches part; has no words.
    Fork,
    /// A jump as written; the walk goes on at its target.
    Jump,
    /// The caller is handed to somebody outside the run.
    Transfer,
    End,
    /// A jump whose target cannot be told.
    Unknown,
}

/// A place in a call.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    pub kind: NodeKind,
    /// Index of the source.
    pub file: usize,
    /// Index into [`FlowGraph::sections`].
    pub section: usize,
    pub text: Option<&'a Text>,
    pub acts: Vec<Act>,
    /// The acts again, as bits, without those that only the model hears: these are in `maybe`.
    pub set: ActSet,
    pub maybe: ActSet,
    /// How many branches this node stands inside of.
    pub depth: usize,
}

impl Node<'_> {
    /// Whose words these are, if anybody's.
    pub fn voice(&self) -> Option<Voice> {
        match self.kind {
            NodeKind::Line(Kind::Say | Kind::Collect) => Some(Voice::Agent),
            NodeKind::Line(Kind::Hear) => Some(Voice::Customer),
            NodeKind::Line(Kind::Note) => Some(Voice::Note),
            NodeKind::Section | NodeKind::Cue { .. } => Some(Voice::Cue),
            _ => None,
        }
    }

    /// The agent says it or asks for it.
    pub fn is_spoken(&self) -> bool {
        matches!(self.kind, NodeKind::Line(Kind::Say | Kind::Collect))
    }

    /// The customer's turn: heard words or a branch.
    pub fn is_turn(&self) -> bool {
        matches!(self.kind, NodeKind::Line(Kind::Hear) | NodeKind::Cue { .. })
    }

    /// Whether the line does one of some acts, for all that anybody can tell.
    pub fn may(&self, set: ActSet) -> bool {
        (self.set | self.maybe) & set != 0
    }

    /// One more act that the line does.
    pub fn hear(&mut self, act: Act) {
        if self.acts.iter().any(|known| known.id == act.id && known.by != crate::act::combine::MODEL) {
            return;
        }
        self.set |= 1 << act.id;
        self.acts.push(act);
        self.acts.sort_by_key(|act| act.id);
    }

    pub fn span(&self) -> Span {
        self.text.map(Text::span).unwrap_or_default()
    }
}

/// What a way on stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeClass {
    Next,
    Yes,
    No,
    Cancel,
    Fault,
    KnownFault,
    Complaint,
    Reason,
    Insist,
    Fail,
    Other,
}

impl EdgeClass {
    pub fn name(self) -> &'static str {
        match self {
            EdgeClass::Next => "next",
            EdgeClass::Yes => "yes",
            EdgeClass::No => "no",
            EdgeClass::Cancel => "cancel",
            EdgeClass::Fault => "fault",
            EdgeClass::KnownFault => "known fault",
            EdgeClass::Complaint => "complaint",
            EdgeClass::Reason => "reason",
            EdgeClass::Insist => "insist",
            EdgeClass::Fail => "fail",
            EdgeClass::Other => "other",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Edge {
    pub to: NodeId,
    pub class: EdgeClass,
    /// Nobody wrote this way down; it follows from the order of the lines.
    pub is_assumed: bool,
}

/// A section of any script of the run.
#[derive(Clone, Debug)]
pub struct SectionInfo {
    pub file: usize,
    /// Index within its script.
    pub index: usize,
    pub node: NodeId,
    pub is_entry: bool,
    pub is_reference: bool,
    /// Another section or line jumps or calls here.
    pub is_target: bool,
    /// Its lines are run from elsewhere and come back.
    pub is_called: bool,
    /// Holds something to say, hear or do.
    pub has_lines: bool,
}

/// What is wrong with the shape of a script.
#[derive(Clone, Debug)]
pub enum Problem {
    BrokenJump {
        file: usize,
        span: Span,
        name: String,
        nearest: Option<String>,
    },
    /// A jump that names something which is not in the run.
    UnknownTarget {
        file: usize,
        span: Span,
        name: String,
    },
}

/// All scripts of a run as one graph.
#[derive(Debug, Default)]
pub struct FlowGraph<'a> {
    pub nodes: Vec<Node<'a>>,
    /// Ways on, by node, in the order of the script.
    pub edges: Vec<Vec<Edge>>,
    /// Nodes that lead here, by node.
    pub before: Vec<Vec<NodeId>>,
    pub sections: Vec<SectionInfo>,
    /// Where calls begin: a start, a first section, every section of a menu.
    pub entries: Vec<NodeId>,
    /// Nodes where a walk stops although nothing says that the call ends.
    pub stops: Vec<NodeId>,
    pub problems: Vec<Problem>,
    /// Where counters are followed: how many nodes were written. The others are copies of these.
    pub written: Option<usize>,
    /// A search had to stop before it had looked at every way.
    is_cut: AtomicBool,
}

impl FlowGraph<'_> {
    /// Remembers that not every way was looked at.
    pub fn cut(&self) {
        self.is_cut.store(true, Ordering::Relaxed);
    }

    pub fn is_cut(&self) -> bool {
        self.is_cut.load(Ordering::Relaxed)
    }

    /// Notes for each node which ones lead there.
    fn tie_back(&mut self) {
        self.before = vec![Vec::new(); self.nodes.len()];
        for (from, edges) in self.edges.iter().enumerate() {
            for edge in edges {
                self.before[edge.to].push(from);
            }
        }
    }

    /// Whether a node is there once more, for other values of a counter.
    pub fn is_copy(&self, node: NodeId) -> bool {
        self.written.is_some_and(|written| node >= written)
    }

    /// The agent's lines that a turn of the customer answers: the nearest ones before it.
    pub fn answered(&self, turn: NodeId) -> Vec<NodeId> {
        self.nearest_said(turn, |id| self.before[id].to_vec())
    }

    /// The agent's lines that answer a turn of the customer: the nearest ones after it.
    pub fn answers(&self, turn: NodeId) -> Vec<NodeId> {
        self.nearest_said(turn, |id| self.edges[id].iter().map(|edge| edge.to).collect())
    }

    /// The nodes from where a call begins to its first fork or turn, that one included. Greetings are
    /// short: a fork behind twelve nodes is not about why somebody calls.
    pub fn opening(&self, entry: NodeId) -> Vec<NodeId> {
        let is_last = |&id: &NodeId| self.nodes[id].is_turn() || self.edges[id].len() != 1;
        let mut nodes = vec![entry];
        while let Some(last) = nodes.last().filter(|last| nodes.len() < 12 && !is_last(last)) {
            nodes.push(self.edges[*last][0].to);
        }
        nodes
    }

    /// What customers say at a fork: its branches that are their own words.
    pub fn heard_at(&self, fork: NodeId) -> Vec<NodeId> {
        let heard = |id: &NodeId| self.nodes[*id].kind == NodeKind::Cue { is_heard: true };
        self.edges[fork].iter().map(|edge| edge.to).filter(heard).collect()
    }

    /// Whether the call divides at a node.
    pub fn is_fork(&self, node: NodeId) -> bool {
        self.nodes[node].kind == NodeKind::Fork && self.edges[node].len() > 1
    }

    fn nearest_said(&self, turn: NodeId, beside: impl Fn(NodeId) -> Vec<NodeId>) -> Vec<NodeId> {
        /// Steps: so far apart, one hardly answers the other.
        const NEAR: usize = 8;
        let mut lines = Vec::new();
        let mut open = vec![turn];
        let mut seen = HashSet::new();
        for _ in 0..NEAR {
            let next: Vec<NodeId> = std::mem::take(&mut open).into_iter().flat_map(&beside).filter(|id| seen.insert(*id)).collect();
            for id in next {
                match self.nodes[id].kind {
                    NodeKind::Line(Kind::Say) => lines.push(id),
                    NodeKind::Fork | NodeKind::Jump | NodeKind::Section | NodeKind::Line(Kind::Note) => open.push(id),
                    _ => {}
                }
            }
        }
        lines
    }

    /// Whether the walk ends at this node.
    pub fn is_last(&self, node: NodeId) -> bool {
        self.edges[node].is_empty()
    }
}
