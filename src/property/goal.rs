//! Goals: what customers call about can be done on some walk. Only what is heard for sure counts
//! against a script: a line that nobody has a pattern for may be the one that gets it done.

use super::{Context, Found, Place, joined};
use crate::act::ActSet;
use crate::act::combine::MODEL;
use crate::flow::{NodeId, NodeKind, walk};
use crate::rule::Reachable;
use crate::script::Kind;
use std::collections::BTreeSet;

/// Goals that are looked at closely; where more are out of reach, the first ones say it all.
const MOST: usize = 50;

/// What some customers call about.
struct Goal {
    name: String,
    /// Where their calls begin.
    starts: Vec<NodeId>,
    /// The script says itself that it is for this; it was not read off a branch.
    is_declared: bool,
}

/// What the walks of a goal come to.
enum Outcome {
    /// The node that sends the caller away.
    SentAway(NodeId),
    /// Some line may get it done, or not.
    Untold,
}

pub fn check(context: &Context, property: &Reachable) -> Vec<Found> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let to = context.set(&property.to);
    // Most goals are reached: one look at the graph tells which.
    let is_done = walk::leads_freely(context.graph, |id| context.asks(id) && context.may(id, to));
    for goal in goals(context).into_iter().filter(|goal| !goal.starts.iter().any(|&start| is_done[start])).take(MOST) {
        let one = match outcome(context, property, &goal) {
            Outcome::SentAway(away) => report(context, property, &goal, away),
            Outcome::Untold if goal.is_declared => {
                let what = format!("nothing that is heard here says whether “{}” gets done", goal.name);
                Found { place: Place::Node(goal.starts[0], 0), unsure: Some(what), ..Found::default() }
            }
            _ => continue,
        };
        let Place::Node(place, _) = one.place else { continue };
        if seen.insert(context.spot(place)) {
            found.push(one);
        }
    }
    found
}

/// What the customer asks for, and the line that sends them away.
fn report(context: &Context, property: &Reachable, goal: &Goal, away: NodeId) -> Found {
    let words = context.set(&property.ends_in);
    let starts: Vec<(NodeId, ())> = goal.starts.iter().map(|&start| (start, ())).collect();
    let on = walk::search(context.graph, &starts, |id, ()| if id == away { walk::Verdict::Found } else { walk::Verdict::On(()) });
    let on = on.unwrap_or_else(|| vec![away]);
    let mut found = Found { place: Place::Node(if goal.is_declared { away } else { goal.starts[0] }, words), ..Found::default() };
    if !goal.is_declared {
        found.related.push((away, "all that comes of it".to_string()));
    }
    found.walk = joined(context.walk_to(on[0]), &on);
    found.values.insert("name", goal.name.clone());
    found
}

/// Declared goals of scripts and sections, and the branches by which calls begin.
fn goals(context: &Context) -> Vec<Goal> {
    let mut goals = Vec::new();
    for &file in context.files {
        let Some(script) = &context.scripts[file] else { continue };
        let mine = |&entry: &NodeId| context.node(entry).file == file;
        let entries: Vec<NodeId> = context.graph.entries.iter().copied().filter(mine).collect();
        let is_led = context.graph.sections.iter().any(|info| info.file == file && info.index == 0 && info.is_target);
        if let ([intent], false, false) = (script.header.intents.as_slice(), entries.is_empty(), is_led) {
            goals.push(Goal { name: intent.replace(['-', '_'], " "), starts: entries.clone(), is_declared: true });
        }
        for info in context.graph.sections.iter().filter(|info| info.file == file && context.reached[info.node]) {
            let intents = script.sections[info.index].intents.iter();
            goals.extend(intents.map(|intent| Goal { name: intent.replace(['-', '_'], " "), starts: vec![info.node], is_declared: true }));
        }
        let cues = entries.first().map_or(Vec::new(), |&entry| first_branches(context, entry));
        goals.extend(cues.into_iter().filter_map(|cue| {
            let name = context.node(cue).text?.value.clone();
            Some(Goal { name, starts: vec![cue], is_declared: false })
        }));
    }
    goals
}

/// The customers' words at the first fork behind the agent's opening question.
fn first_branches(context: &Context, entry: NodeId) -> Vec<NodeId> {
    let asks = context.lexicon.set(&["open_question"]);
    let opening = context.graph.opening(entry);
    let is_asked = opening.iter().any(|&id| context.node(id).is_spoken() && context.node(id).set & asks != 0);
    let fork = opening.last().filter(|&&last| is_asked && context.graph.is_fork(last));
    fork.map_or(Vec::new(), |&fork| context.graph.heard_at(fork))
}

fn outcome(context: &Context, property: &Reachable, goal: &Goal) -> Outcome {
    let (away, idle) = (context.set(&property.ends_in), context.set(&property.idle));
    let reached = walk::reach(context.graph, &goal.starts, |_| false);
    let mut sent: Option<NodeId> = None;
    let mut is_told = true;
    for id in (0..reached.len()).filter(|&id| reached[id]) {
        let set: ActSet = context.node(id).set;
        match context.node(id).kind {
            NodeKind::Transfer | NodeKind::Unknown => is_told = false,
            NodeKind::Line(Kind::Say | Kind::Note | Kind::Collect) => {
                is_told &= set & !(away | idle) == 0 && is_heard_whole(context, id);
                sent = sent.or((set & away != 0).then_some(id));
            }
            _ => {}
        }
    }
    match sent {
        Some(away) if is_told => Outcome::SentAway(away),
        _ => Outcome::Untold,
    }
}

/// Each sentence of a line does something that was heard.
fn is_heard_whole(context: &Context, id: NodeId) -> bool {
    let node = context.node(id);
    let Some(text) = node.text else { return true };
    let sure = node.acts.iter().filter(|act| act.by != MODEL);
    let mut start = 0;
    text.value.split_inclusive(['.', '?', '!', ';']).all(|sentence| {
        let range = start..start + sentence.len();
        start = range.end;
        !sentence.contains(char::is_alphanumeric) || sure.clone().any(|act| act.range.start < range.end && range.start < act.range.end)
    })
}
