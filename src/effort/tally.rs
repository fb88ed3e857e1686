//! What a walk asks of a caller, counted node by node.

use super::Calls;
use crate::act::ActSet;
use crate::flow::{FlowGraph, Node, NodeId, NodeKind};
use crate::script::Kind;
use std::collections::BTreeSet;

/// How fast people speak on the phone, in words a minute: a usual figure for clear speech.
const PACE: usize = 150;

/// What a walk asks of a caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// How often somebody begins to speak. A question counts as answered.
    pub turns: usize,
    /// Different data that the caller has to prove who they are with.
    pub items: usize,
    /// Offers to stay.
    pub offers: usize,
    /// How often the caller has to say no.
    pub refusals: usize,
    pub transfers: usize,
    pub holds: usize,
    /// Of speech, of both sides, at 150 words a minute.
    pub seconds: usize,
}

/// One thing that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Turns,
    Items,
    Offers,
    Refusals,
    Transfers,
    Holds,
    Seconds,
}

impl Measure {
    pub const ALL: [Measure; 7] =
        [Measure::Turns, Measure::Items, Measure::Offers, Measure::Refusals, Measure::Transfers, Measure::Holds, Measure::Seconds];

    /// One of it, in words.
    pub fn noun(self) -> &'static str {
        match self {
            Measure::Turns => "turn",
            Measure::Items => "identity item",
            Measure::Offers => "offer",
            Measure::Refusals => "refusal",
            Measure::Transfers => "transfer",
            Measure::Holds => "hold",
            Measure::Seconds => "second",
        }
    }

    /// So many of it, in words.
    pub fn words(self, count: usize) -> String {
        let noun = self.noun();
        let more = if self == Measure::Seconds { " of speech" } else { "" };
        format!("{count} {noun}{}{more}", if count == 1 { "" } else { "s" })
    }
}

impl Tally {
    pub fn of(&self, measure: Measure) -> usize {
        match measure {
            Measure::Turns => self.turns,
            Measure::Items => self.items,
            Measure::Offers => self.offers,
            Measure::Refusals => self.refusals,
            Measure::Transfers => self.transfers,
            Measure::Holds => self.holds,
            Measure::Seconds => self.seconds,
        }
    }
}

/// Who spoke last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Last {
    #[default]
    Nobody,
    Agent,
    /// The agent, with a question.
    Asked,
    Caller,
}

impl Last {
    pub const ALL: [Last; 4] = [Last::Nobody, Last::Agent, Last::Asked, Last::Caller];
}

pub struct Counter<'a> {
    graph: &'a FlowGraph<'a>,
    identity: ActSet,
    data: ActSet,
    offer: ActSet,
    refusal: ActSet,
    transfer: ActSet,
    hold: ActSet,
}

impl<'a> Counter<'a> {
    pub fn new(calls: &Calls<'a>) -> Counter<'a> {
        let set = |name: &str| calls.lexicon.set(&[name]);
        Counter {
            graph: calls.graph,
            identity: set("identity_check"),
            data: set("data_collection"),
            offer: set("retention_offer"),
            refusal: set("refusal"),
            transfer: set("transfer"),
            hold: set("hold"),
        }
    }

    /// Who has spoken after a node, and how many turns that makes more.
    pub fn speak(&self, id: NodeId, last: Last) -> (Last, usize) {
        let node = &self.graph.nodes[id];
        if is_callers(node) {
            return (Last::Caller, usize::from(last != Last::Caller));
        }
        if !node.is_spoken() {
            return (last, 0);
        }
        let turns = match last {
            Last::Agent => 0,
            Last::Nobody | Last::Caller => 1,
            // The answer, which nobody wrote down, and this.
            Last::Asked => 2,
        };
        (if self.asks(node) { Last::Asked } else { Last::Agent }, turns)
    }

    /// How many words are spoken at a node.
    pub fn words(&self, id: NodeId) -> usize {
        let node = &self.graph.nodes[id];
        let is_said = node.is_spoken() || matches!(node.kind, NodeKind::Line(Kind::Hear) | NodeKind::Cue { is_heard: true });
        node.text.filter(|_| is_said).map_or(0, |text| text.value.split_whitespace().count())
    }

    /// How much one line adds to a measure, turns and words apart.
    pub fn weight(&self, id: NodeId, measure: Measure) -> usize {
        let node = &self.graph.nodes[id];
        let does = |set: ActSet| usize::from(node.is_spoken() && node.set & set != 0);
        match measure {
            Measure::Turns | Measure::Seconds => 0,
            Measure::Items => self.items(node).count(),
            Measure::Offers => does(self.offer),
            Measure::Refusals => usize::from(is_callers(node) && node.set & self.refusal != 0),
            Measure::Transfers => does(self.transfer).max(usize::from(node.kind == NodeKind::Transfer)),
            Measure::Holds => does(self.hold),
        }
    }

    /// Counts a walk. What is done in two lines of one turn is done once.
    pub fn tally(&self, walk: &[NodeId]) -> Tally {
        let (mut tally, mut last, mut words) = (Tally::default(), Last::Nobody, 0);
        let mut items: BTreeSet<&str> = BTreeSet::new();
        let mut in_turn: Vec<Measure> = Vec::new();
        for &id in walk {
            let node = &self.graph.nodes[id];
            let turns;
            (last, turns) = self.speak(id, last);
            if turns > 0 {
                in_turn.clear();
            }
            tally.turns += turns;
            words += self.words(id);
            items.extend(self.items(node));
            for measure in [Measure::Offers, Measure::Refusals, Measure::Transfers, Measure::Holds] {
                if self.weight(id, measure) > 0 && !in_turn.contains(&measure) {
                    in_turn.push(measure);
                    tally.add(measure);
                }
            }
        }
        tally.items = items.len();
        tally.seconds = (words * 60).div_ceil(PACE);
        tally
    }

    /// The data that a line has the caller prove who they are with.
    fn items<'n>(&self, node: &'n Node) -> impl Iterator<Item = &'n str> {
        let is_asked = matches!(node.kind, NodeKind::Line(Kind::Say | Kind::Note | Kind::Collect));
        let identity = self.identity;
        let acts = node.acts.iter().filter(move |act| is_asked && identity & (1 << act.id) != 0);
        acts.flat_map(|act| act.items.iter().map(|item| item.name.as_str()))
    }

    /// Something that the caller has to answer.
    fn asks(&self, node: &Node) -> bool {
        let ends_asking = |words: &str| words.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '?').ends_with('?');
        node.set & (self.identity | self.data) != 0 || node.text.is_some_and(|text| ends_asking(&text.value))
    }
}

impl Tally {
    fn add(&mut self, measure: Measure) {
        match measure {
            Measure::Offers => self.offers += 1,
            Measure::Refusals => self.refusals += 1,
            Measure::Transfers => self.transfers += 1,
            Measure::Holds => self.holds += 1,
            Measure::Turns | Measure::Items | Measure::Seconds => {}
        }
    }
}

/// The caller's own words, or a branch that tells of them (*If they say no*).
fn is_callers(node: &Node) -> bool {
    match node.kind {
        NodeKind::Line(Kind::Hear) | NodeKind::Cue { is_heard: true } => true,
        NodeKind::Cue { is_heard: false } => node.set != 0,
        _ => false,
    }
}
