//! The classes of edges: which way out of a fork a branch is.

use super::Builder;
use crate::act::{ActSet, Lexicon};
use crate::flow::{EdgeClass, NodeId};
use crate::script::Branch;

/// Acts that decide about edges.
pub(super) struct Ids {
    yes: ActSet,
    no: ActSet,
    cancel: ActSet,
    pub(super) known_fault: ActSet,
    fault: ActSet,
    complaint: ActSet,
    reason: ActSet,
    fail: ActSet,
    insist: ActSet,
    pub closing: ActSet,
    pub opening: ActSet,
    pub transfer: ActSet,
}

impl Ids {
    pub fn new(lexicon: &Lexicon) -> Ids {
        let set = |names: &[&str]| lexicon.set(names);
        Ids {
            yes: set(&["acceptance", "withdraws"]),
            no: set(&["refusal"]),
            cancel: set(&["cancel_request"]),
            known_fault: set(&["known_fault"]),
            fault: set(&["reports_fault"]),
            complaint: set(&["complaint", "upset"]),
            reason: set(&["hardship"]),
            fail: set(&["fails_check"]),
            insist: set(&["insist", "wants_human"]),
            closing: set(&["closing"]),
            opening: set(&["greeting", "open_question"]),
            transfer: set(&["transfer"]),
        }
    }

    pub fn class(&self, acts: ActSet) -> EdgeClass {
        let order = [
            (self.known_fault, EdgeClass::KnownFault),
            (self.cancel, EdgeClass::Cancel),
            (self.no, EdgeClass::No),
            (self.yes, EdgeClass::Yes),
            (self.fail, EdgeClass::Fail),
            (self.fault, EdgeClass::Fault),
            (self.complaint, EdgeClass::Complaint),
            (self.insist, EdgeClass::Insist),
            (self.reason, EdgeClass::Reason),
        ];
        order.into_iter().find(|(set, _)| set & acts != 0).map_or(EdgeClass::Other, |(_, class)| class)
    }
}

impl Builder<'_, '_> {
    /// What the author gave, else what the label was heard to say.
    pub(super) fn class(&self, branch: &Branch, cue: NodeId) -> EdgeClass {
        let given = match branch.class.as_deref() {
            Some("yes") => Some(EdgeClass::Yes),
            Some("no") => Some(EdgeClass::No),
            Some("cancel") => Some(EdgeClass::Cancel),
            Some("fault") => Some(EdgeClass::Fault),
            Some("complaint") => Some(EdgeClass::Complaint),
            Some(_) => Some(EdgeClass::Other),
            None if branch.reason.is_some() => Some(EdgeClass::Reason),
            None => None,
        };
        given.unwrap_or_else(|| self.ids.class(self.graph.nodes[cue].set))
    }
}
