//! bounded existence: no walk has more than so many of A.

mod items;

use super::{Context, Found, Place, Reported, joined};
use crate::act::ActSet;
use crate::diagnostic::Severity;
use crate::flow::walk::Verdict;
use crate::flow::{NodeId, NodeKind, walk};
use crate::rule::{Acts, BoundedExistence, Count};
use crate::script::Kind;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

pub(super) use items::Items;

pub fn check(context: &Context, property: &BoundedExistence) -> Vec<Found> {
    match property.count {
        Count::Items => items(context, property),
        Count::SameItem => same_item(context, property),
        Count::SameWords => super::repeat::check(context, property),
        Count::Turns => turns(context, property),
    }
}

/// Different data on one walk. One finding for each line that goes over the limit and cannot be
/// come to through another such line.
fn items(context: &Context, property: &BoundedExistence) -> Vec<Found> {
    let of = context.set(&property.of);
    let (max, hard) = (context.limit(&property.max), property.hard_max.as_ref().map(|limit| context.limit(limit)));
    let items = Items::new(context, of);
    let mut found: Vec<Found> = Vec::new();
    let mut over: Vec<NodeId> = Vec::new();
    let mut apart = Reported::new(context);
    let starts: Vec<(NodeId, u64)> = context.graph.entries.iter().map(|&entry| (entry, 0)).collect();
    while over.len() < 8 {
        let known = over.clone();
        let crossing = walk::search(context.graph, &starts, |id, seen: u64| {
            let now = seen | items.of(id);
            match now.count_ones() as usize > max {
                true if known.contains(&id) => Verdict::Stop,
                true => Verdict::Found,
                false => Verdict::On(now),
            }
        });
        let Some(walk) = crossing else { break };
        let last = walk[walk.len() - 1];
        over.push(last);
        if apart.is_apart(context, last) {
            found.push(report_items(context, &items, walk, hard, of));
        }
    }
    found
}

fn report_items(context: &Context, items: &Items, walk: Vec<NodeId>, hard: Option<usize>, of: ActSet) -> Found {
    let last = walk[walk.len() - 1];
    let before = walk.iter().fold(0, |seen, &id| seen | items.of(id));
    let most = items.most(context, last, before);
    let mut found = Found { place: Place::Node(last, of), ..Found::default() };
    let mut seen = 0u64;
    for &id in walk.iter().filter(|&&id| items.of(id) != 0) {
        let new = items.of(id) & !seen;
        if id != last && new != 0 {
            let first = seen.count_ones() + 1;
            found.related.push((id, format!("question {first}: {}", items.words(new).join(", "))));
        }
        seen |= new;
    }
    found.values.insert("count", most.to_string());
    found.values.insert("items", items.words(before).join(", "));
    found.values.insert("item", items.words(items.of(last)).join(", "));
    found.severity = hard.filter(|&hard| most > hard).map(|_| Severity::Error);
    found.walk = walk;
    found
}

/// A piece of data asked for by a second line on one walk.
fn same_item(context: &Context, property: &BoundedExistence) -> Vec<Found> {
    let of = context.set(&property.of);
    let avoiding = context.set(&property.avoiding);
    let items = Items::by_person(context, of);
    let mut asking: Vec<NodeId> = items.asking(context).collect();
    asking.sort_unstable();
    let mut found: Vec<Found> = Vec::new();
    let mut reported = HashSet::new();
    let mut budget = walk::Budget::default();
    for &first in &asking {
        let wanted = items.of(first);
        let again = walk::search(context.graph, &walk::after(context.graph, first, ()), |id, ()| {
            if !budget.allows(context.graph) || context.has(id, avoiding) {
                return Verdict::Stop;
            }
            // A list that names a patient and a physician asks two people's names, not one name twice.
            let is_list = is_collected(context, id) && (is_collected(context, first) || is_list_of(context, id, first));
            // A remark right behind the question tells the agent how to ask it.
            let is_remark = context.node(id).kind == NodeKind::Line(Kind::Note) && context.graph.before[id].contains(&first);
            let repeats = !is_list
                && !is_remark
                && items.of(id) & wanted != 0
                && context.spot(id) != context.spot(first)
                && !reported.contains(&context.spot(id));
            if repeats { Verdict::Found } else { Verdict::On(()) }
        });
        let Some(walk) = again else { continue };
        let last = walk[walk.len() - 1];
        reported.insert(context.spot(last));
        let item = items.words(items.of(last) & wanted).join(", ");
        let mut one =
            Found { place: Place::Node(last, of), related: vec![(first, format!("{item} is asked for here first"))], ..Found::default() };
        one.values.insert("item", item);
        one.walk = joined(vec![first], &walk);
        found.push(one);
    }
    found
}

fn is_collected(context: &Context, id: NodeId) -> bool {
    context.node(id).kind == NodeKind::Line(Kind::Collect)
}

/// A list right behind a question, which holds what the question asks for.
fn is_list_of(context: &Context, entry: NodeId, question: NodeId) -> bool {
    /// Entries of a list.
    const MOST: usize = 20;
    let before = |id: &NodeId| context.graph.before[*id].first().copied();
    let first = std::iter::successors(Some(entry), before).take(MOST).find(|&id| !is_collected(context, id));
    first == Some(question)
}

/// Lines of A with a customer's turn or a new section between them.
fn turns(context: &Context, property: &BoundedExistence) -> Vec<Found> {
    let of = context.set(&property.of);
    let max = context.limit(&property.max);
    let (until, avoiding, turns) = (context.set(&property.until), context.set(&property.avoiding), context.set(&property.turns));
    let turns_away = |id: NodeId| turns != 0 && context.is_turn(id) && !context.has(id, turns);
    let stops = |id: NodeId| context.has(id, until) && context.asks(id) || avoiding != 0 && context.accepted[id] || turns_away(id);
    let mut found: Vec<Found> = Vec::new();
    let (mut spots, mut apart) = (HashSet::new(), Reported::new(context));
    let mut covered = walk::Spread::new(context.graph, true);
    let mut turns = Turns::new(context, property, max);
    for start in starts(context, property) {
        // A walk from here is the end of a walk from an earlier start.
        if covered.has(start) {
            continue;
        }
        covered.mark(context.graph, start, stops);
        turns.begin();
        let first = (0usize, usize::MAX, true, turns.then == 0);
        let walk = walk::search(context.graph, &[(start, first)], |id, state| match id != start && stops(id) {
            true => Verdict::Stop,
            false => turns.judge(context, id, state),
        });
        let Some(walk) = walk else {
            turns.harmless.extend(turns.looked_at.drain(..));
            continue;
        };
        let last = walk[walk.len() - 1];
        let is_new = spots.insert(context.spot(last));
        turns.reported.insert(last);
        if apart.is_apart(context, last) && is_new {
            found.push(report_turns(context, walk, of));
        }
    }
    found
}

/// What the searches for lines that are one too many remember.
struct Turns {
    of: ActSet,
    then: ActSet,
    once_a_section: bool,
    max: usize,
    budget: walk::Budget,
    reported: HashSet<NodeId>,
    /// From here a search has come to no fault, so no other one will.
    harmless: HashSet<(NodeId, Walked)>,
    looked_at: Vec<(NodeId, Walked)>,
    /// Which lines were the last one before a node: two are enough to tell any line from one of them.
    lasts: HashMap<(NodeId, usize, bool, bool), [usize; 2]>,
}

/// Of the walk to a node: how many lines so far, the last one, whether somebody else spoke since, whether
/// `then` was passed.
type Walked = (usize, usize, bool, bool);

impl Turns {
    fn new(context: &Context, property: &BoundedExistence, max: usize) -> Turns {
        let (of, then) = (context.set(&property.of), context.set(&property.then));
        Turns {
            of,
            then,
            once_a_section: property.once_a_section,
            max,
            budget: walk::Budget::default(),
            reported: HashSet::new(),
            harmless: HashSet::default(),
            looked_at: Vec::new(),
            lasts: HashMap::new(),
        }
    }

    fn begin(&mut self) {
        self.looked_at.clear();
        // Most searches are short: clearing a table that a long one has filled would take longer.
        self.lasts = HashMap::new();
    }

    fn judge(&mut self, context: &Context, id: NodeId, walked: Walked) -> Verdict<Walked> {
        let (count, last, is_apart, is_on) = walked;
        let known = self.lasts.entry((id, count, is_apart, is_on)).or_insert([last; 2]);
        if known[0] != last && known[1] == known[0] {
            known[1] = last;
        }
        if !known.contains(&last) || self.harmless.contains(&(id, walked)) || !self.budget.allows(context.graph) {
            return Verdict::Stop;
        }
        self.looked_at.push((id, walked));
        let is_on = is_on || context.told(id, self.then);
        let is_moved = last != usize::MAX && context.node(last).section != context.node(id).section;
        // What is announced in one section and done first thing in the next is done once.
        let is_apart = is_apart
            || match self.once_a_section {
                true => is_moved && (context.is_turn(id) || context.node(id).is_spoken() && !context.has(id, self.of)),
                false => is_moved || context.is_turn(id),
            };
        let is_other = last == usize::MAX || context.spot(last) != context.spot(id);
        match is_on && context.has(id, self.of) && context.asks(id) && is_apart && is_other {
            true if count + 1 > self.max && self.reported.contains(&id) => Verdict::Stop,
            true if count + 1 > self.max => Verdict::Found,
            true => Verdict::On((count + 1, id, false, is_on)),
            // Done here, where it was announced before: what follows in this section is the same.
            false if self.once_a_section && !is_apart && context.has(id, self.of) => Verdict::On((count, id, false, is_on)),
            false => Verdict::On((count, last, is_apart, is_on)),
        }
    }
}

/// Where walks begin: where calls do, or where somebody does one of `after`, customer or agent. Where
/// the agent does what walks end at in the same breath, none begins.
fn starts(context: &Context, property: &BoundedExistence) -> Vec<NodeId> {
    let (after, until) = (context.set(&property.after), context.set(&property.until));
    if property.after == Acts::None {
        return context.graph.entries.clone();
    }
    let says = |id: NodeId| context.reached[id] && context.node(id).is_spoken() && context.has(id, after) && !context.has(id, until);
    let mut starts = context.starts(after);
    starts.extend((0..context.graph.nodes.len()).filter(|&id| says(id)));
    starts
}

fn report_turns(context: &Context, walk: Vec<NodeId>, of: ActSet) -> Found {
    let last = walk[walk.len() - 1];
    let mut found = Found { place: Place::Node(last, of), ..Found::default() };
    // A note that orders a line and the line itself are one.
    let mut is_apart = true;
    let mut lines: Vec<NodeId> = Vec::new();
    for &id in walk.iter().filter(|&&id| id != last) {
        is_apart |= context.is_turn(id) || lines.last().is_some_and(|&line| context.node(line).section != context.node(id).section);
        if context.has(id, of) && context.asks(id) && std::mem::take(&mut is_apart) {
            lines.push(id);
        }
    }
    for (index, id) in lines.iter().enumerate() {
        found.related.push((*id, context.rule.label.replace("{count}", &(index + 1).to_string())));
    }
    found.values.insert("count", (lines.len() + 1).to_string());
    found.values.insert("times", if lines.is_empty() { "once".to_string() } else { format!("{} times", lines.len() + 1) });
    found.walk = walk;
    found
}
