//! How much a call asks of a caller: for everything that callers want, the shortest and the longest walk to
//! where it is done, counted in turns, questions, offers and seconds.

mod tally;
mod walks;
mod wants;

pub use tally::{Measure, Tally};
pub use wants::KINDS;

use crate::act::Lexicon;
use crate::flow::{FlowGraph, NodeId};
use crate::property;
use crate::script::Script;
use tally::Counter;
use walks::Ways;

/// How many nodes may be looked at for all wishes of a script, each of which takes a search of its graph; and how
/// many wishes are looked at in any case.
const MOST_LOOKS: usize = 20_000_000;
const FEW: usize = 40;

/// What callers want, and what it takes them.
#[derive(Clone, Debug)]
pub struct Effort {
    /// `cancel`, `fault`, …; an intent of the script; or the caller's own words.
    pub name: String,
    /// One of [`KINDS`], if it is one of these.
    pub kind: Option<&'static str>,
    /// Where the caller says so, or where calls about it begin.
    pub start: NodeId,
    /// Something says where calls about it begin.
    pub is_told: bool,
    /// `None` where no line is heard to get it done.
    pub walks: Option<Walks>,
}

impl Effort {
    /// Why there is nothing to count, if so.
    pub fn untold(&self) -> Option<&'static str> {
        match self.walks {
            Some(_) => None,
            None if self.is_told => Some("callint hears no line that gets it done"),
            None => Some("nothing in the script says where calls about it begin"),
        }
    }
}

/// Walks from where the call begins to where it is done, both ends included.
#[derive(Clone, Debug)]
pub struct Walks {
    /// With the fewest turns, and of those with the fewest words.
    pub shortest: Vec<NodeId>,
    /// With the most turns among those that come nowhere twice.
    pub longest: Vec<NodeId>,
    /// By what was asked for, a walk with the most of it.
    pub most: Vec<(Measure, Vec<NodeId>)>,
    /// Where a call can go round without end on the way: from the first node back to the second.
    pub circle: Option<(NodeId, NodeId)>,
    /// What a call can have again and again on the way.
    pub endless: Vec<Measure>,
}

/// A graph and what is needed to count in it.
pub struct Calls<'a> {
    pub graph: &'a FlowGraph<'a>,
    pub scripts: &'a [Option<Script>],
    pub lexicon: &'a Lexicon,
}

impl Calls<'_> {
    /// What the callers of a script want, in the order of [`KINDS`] and then of the script; of those that are
    /// asked for, by name and kind; and how many more there are, which would take too long. `measures` are those
    /// of which the most is looked for.
    pub fn efforts(&self, file: usize, measures: &[Measure], is_asked: impl Fn(&str, Option<&str>) -> bool) -> (Vec<Effort>, usize) {
        let counter = Counter::new(self);
        // Who takes the offer does not leave.
        let (accepted, none) = (property::accepted(self.graph, self.lexicon), vec![false; self.graph.nodes.len()]);
        let entries = self.entries(file);
        let effort = |want: wants::Want| {
            let kind = want.kind.map(|kind| kind.name);
            let blocked = if kind == Some("cancel") { &accepted } else { &none };
            let done = wants::done(self, &want);
            let ways = Ways { graph: self.graph, counter: &counter, done: &done, blocked };
            let walks = if want.is_told { ways.walks(&entries, &want.starts, measures) } else { None };
            let start = walks.as_ref().and_then(|walks| walks.shortest.iter().find(|node| want.starts.contains(node)));
            Effort { start: start.copied().unwrap_or(want.starts[0]), name: want.name, kind, is_told: want.is_told, walks }
        };
        let mut wants = wants::of(self, file, &entries);
        wants.retain(|want| is_asked(&want.name, want.kind.map(|kind| kind.name)));
        let most = FEW.max(MOST_LOOKS / self.graph.nodes.len().max(1));
        let left_out = wants.len().saturating_sub(most);
        (wants.into_iter().take(most).map(effort).collect(), left_out)
    }

    /// What a walk asks of a caller.
    pub fn tally(&self, walk: &[NodeId]) -> Tally {
        Counter::new(self).tally(walk)
    }

    /// The node of a walk with which one measure goes over a limit; the last one if none does.
    pub fn crossing(&self, walk: &[NodeId], measure: Measure, limit: usize) -> Option<NodeId> {
        let counter = Counter::new(self);
        let (mut within, mut over) = (0, walk.len());
        while within + 1 < over {
            let middle = within.midpoint(over);
            if counter.tally(&walk[..middle]).of(measure) > limit { over = middle } else { within = middle }
        }
        walk.get(over.checked_sub(1)?).copied()
    }

    /// Where calls of a script begin; of a page of another script, where that begins.
    fn entries(&self, file: usize) -> Vec<NodeId> {
        let own: Vec<NodeId> = self.graph.entries.iter().copied().filter(|&entry| self.graph.nodes[entry].file == file).collect();
        if own.is_empty() { self.graph.entries.clone() } else { own }
    }
}
