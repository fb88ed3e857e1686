//! absence: no line does A, apart from where the rule excuses it.

use super::facts::Facts;
use super::{Context, Found, Place, bounded};
use crate::act::{Act, ActSet};
use crate::diagnostic::Severity;
use crate::flow::{NodeId, NodeKind, walk};
use crate::rule::{Absence, Acts, BoundedExistence, Count, Lines};
use crate::script::Kind;

/// Findings that show the walk to them: in a long script, those of all would take the square of its length.
const MOST_WALKS: usize = 50;

pub fn check(context: &Context, property: &Absence) -> Vec<Found> {
    let max = property.max.as_ref().filter(|max| context.limit(max) > 0);
    let Some(max) = max else { return lines(context, property) };
    let (of, after) = (property.of.clone(), property.only_after.clone());
    let none = Acts::None;
    let property = BoundedExistence {
        of,
        max: max.clone(),
        count: Count::Turns,
        hard_max: None,
        after,
        then: none.clone(),
        until: none.clone(),
        avoiding: none.clone(),
        turns: none,
        once_a_section: false,
    };
    bounded::check(context, &property)
}

/// All lines that do it.
fn lines(context: &Context, property: &Absence) -> Vec<Found> {
    let of = context.set(&property.of);
    let excused = excused(context, context.set(&property.unless_before));
    let behind = behind(context, property, of);
    let facts = (!property.facts.is_empty()).then(|| Facts::new(context, &property.facts, property.at_least.as_ref()));
    let within = property.within.as_ref().map_or(0, |within| context.limit(within));
    let after = context.reached_after(context.set(&property.only_after));
    let only_after = context.set(&property.only_after);
    let forest = (only_after != 0).then(|| walk::Forest::new(context.graph, &context.starts(only_after)));
    let mut found = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for id in (0..context.graph.nodes.len()).filter(|&id| is_line(context, property, id, of)) {
        // A called section's lines stand in the graph once for each call.
        if !seen.insert(context.spot(id)) || !property.only_after.names().is_empty() && !after[id] {
            continue;
        }
        let told = facts.as_ref().map(|facts| facts.near(context, id, within));
        let is_told = told.zip(facts.as_ref()).is_some_and(|(told, facts)| facts.is_enough(told));
        if (!excused[id] || property.softened.is_some()) && !is_told && behind != Some(false) {
            let walk = forest.as_ref().filter(|_| found.len() < MOST_WALKS).and_then(|forest| forest.walk(id)).unwrap_or_default();
            let mut one = Found { walk, ..finding(context, id, of, property.softened.filter(|_| excused[id])) };
            facts.iter().zip(told).for_each(|(facts, told)| facts.tell(told, &mut one));
            found.push(one);
        }
    }
    found
}

/// With `behind`, whether no walk comes to any of the lines without one of these.
fn behind(context: &Context, property: &Absence, of: ActSet) -> Option<bool> {
    let behind = context.set(&property.behind);
    let excused = (behind != 0).then(|| excused(context, behind))?;
    Some((0..excused.len()).filter(|&id| context.reached[id] && is_line(context, property, id, of)).all(|id| excused[id]))
}

fn is_line(context: &Context, property: &Absence, id: NodeId, of: ActSet) -> bool {
    let node = context.node(id);
    let is_place = match property.lines {
        Lines::Say => node.is_spoken() || node.kind == NodeKind::Line(Kind::Note) && context.has(id, of),
        Lines::Spoken => node.is_spoken(),
        Lines::Note => node.kind == NodeKind::Line(Kind::Note),
        Lines::Any => matches!(node.kind, NodeKind::Line(Kind::Say | Kind::Note | Kind::Collect)),
    };
    // What a line leaves out counts only where it surely does what calls for it.
    let is_heard = if property.facts.is_empty() { node.may(of) } else { context.has(id, of) };
    if !is_place || !is_heard {
        return false;
    }
    let has_one =
        |items: &[String]| node.acts.iter().any(|act| of & (1 << act.id) != 0 && act.items.iter().any(|item| items.contains(&item.name)));
    let asks = (property.items.is_empty() || has_one(&property.items)) && !has_one(&property.unless_items);
    let is_excused = node.may(context.set(&property.unless_beside)) || near(context, id, context.set(&property.unless_near));
    asks && !is_excused && !answers(context, property, id)
}

/// The line right before or right after does one of these.
fn near(context: &Context, id: NodeId, set: ActSet) -> bool {
    let after = context.graph.edges[id].iter().map(|edge| edge.to);
    let mut lines = context.graph.before[id].iter().copied().chain(after);
    set != 0 && lines.any(|line| context.asks(line) && context.may(line, set))
}

/// The line is the agent's first answer to customers who all do what the rule asks for, and who were
/// asked: `Shall I? - Yes. - Done.`
fn answers(context: &Context, property: &Absence, id: NodeId) -> bool {
    let wanted = context.set(&property.unless_answering);
    if wanted == 0 {
        return false;
    }
    if context.node(id).may(context.set(&property.beyond)) {
        return false;
    }
    let refused = context.lexicon.set(&["cancel_request", "refusal"]);
    let turns = turns_before(context, id);
    let is_answered = |turn: NodeId| {
        let lines = context.graph.answered(turn);
        let words = |id: NodeId| context.node(id).text.map_or("", |text| text.value.as_str());
        let was_asked = lines.is_empty() || lines.iter().any(|&line| words(line).contains('?'));
        let does = context.has(turn, wanted) && was_asked || lines.iter().any(|&line| chooses(words(turn), words(line)));
        does && !context.has(turn, refused)
    };
    !turns.is_empty() && turns.iter().all(|&turn| is_answered(turn))
}

/// `Replacement`, where a refund or a replacement was offered.
fn chooses(answer: &str, asked: &str) -> bool {
    const MOST_WORDS: usize = 3;
    let Some(question) = asked.split(['.', '!']).find(|part| part.contains(" or ") && part.contains('?')) else { return false };
    let offered = super::repeat::words(question);
    let words = super::repeat::words(answer);
    (1..=MOST_WORDS).contains(&words.len()) && words.iter().all(|word| word.len() > 2 && offered.contains(word))
}

/// In steps: what stands farther before a line is not what it answers.
const NEAR: usize = 8;

/// The customer's turns right before a line; none when the agent said something in between.
fn turns_before(context: &Context, id: NodeId) -> Vec<NodeId> {
    let mut open = vec![id];
    let mut turns = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for _ in 0..NEAR {
        let before = open.iter().flat_map(|&at| context.graph.before[at].iter().copied());
        let before: Vec<NodeId> = before.filter(|id| seen.insert(*id)).collect();
        open.clear();
        for node in before {
            match context.node(node).kind {
                _ if context.is_turn(node) => turns.push(node),
                NodeKind::Line(Kind::Say) => return Vec::new(),
                _ => open.push(node),
            }
        }
    }
    turns
}

/// Nodes that no walk comes to without having passed one of some acts; none for no acts.
pub(super) fn excused(context: &Context, before: ActSet) -> Vec<bool> {
    if before == 0 {
        return vec![false; context.graph.nodes.len()];
    }
    let without = walk::reach(context.graph, &context.graph.entries, |id| context.may(id, before));
    context.reached.iter().zip(&without).map(|(reached, without)| *reached && !without).collect()
}

fn finding(context: &Context, id: NodeId, of: ActSet, severity: Option<Severity>) -> Found {
    let mut found = Found { place: Place::Node(id, of), severity, ..Found::default() };
    // The item among the words that decided: a line may ask for harmless ones beside it.
    let decided = |act: &Act| {
        let within = act.items.iter().rfind(|item| act.range.start < item.range.end && item.range.start < act.range.end);
        within.or(act.items.first()).map(|item| item.name.clone())
    };
    let item = context.node(id).acts.iter().filter(|act| of & (1 << act.id) != 0).find_map(decided);
    found.values.insert("item", crate::act::item_words(item.as_deref().unwrap_or("secret")));
    found
}
