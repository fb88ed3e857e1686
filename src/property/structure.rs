//! structure: jumps that lead nowhere, sections that nothing leads to, branches that just stop.

use super::{Context, Found, Place};
use crate::act::ActSet;
use crate::diagnostic::Severity;
use crate::flow::{Node, NodeId, NodeKind, Problem, SectionInfo};
use crate::parse::outline;
use crate::rule::Structure;
use crate::script::{Kind, Order};
use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

pub fn check(context: &Context, property: Structure) -> Vec<Found> {
    match property {
        Structure::BrokenJump => broken(context),
        Structure::Unreachable => unreachable(context),
        Structure::DeadEnd => dead_ends(context),
    }
}

fn broken(context: &Context) -> Vec<Found> {
    let mut found = Vec::new();
    for problem in &context.graph.problems {
        let Problem::BrokenJump { file, span, name, nearest } = problem else { continue };
        let mut one = Found { place: Place::Span(*file, *span), ..Found::default() };
        one.values.insert("name", name.clone());
        one.message = is_file(name).then(|| "“{name}” does not exist".to_string());
        if let Some(nearest) = nearest {
            one.help = Some(format!("Did you mean “{nearest}”?"));
        }
        found.push(one);
    }
    let jumps = context.graph.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Jump | NodeKind::Unknown));
    doubt(&mut found, &per_file(jumps.map(|node| node.file)), [3, 2], "can't tell where “{name}” is");
    found
}

/// Where more than `most` findings of a file, and more than one in `share` of all that there is, say the same, the file
/// was more likely not understood: nobody is accused.
fn doubt(found: &mut [Found], all: &HashMap<usize, usize>, [most, share]: [usize; 2], message: &str) {
    let counts = per_file(found.iter().map(file));
    let of = |counts: &HashMap<usize, usize>, file: usize| counts.get(&file).copied().unwrap_or(0);
    for one in found {
        let count = of(&counts, file(one));
        if count > most && count * share > of(all, file(one)) {
            one.severity = Some(Severity::Info);
            one.message = Some(message.to_string());
        }
    }
}

/// How often each file comes.
fn per_file(files: impl Iterator<Item = usize>) -> HashMap<usize, usize> {
    let mut counts = HashMap::new();
    files.for_each(|file| *counts.entry(file).or_default() += 1);
    counts
}

fn file(found: &Found) -> usize {
    if let Place::Span(file, _) = found.place { file } else { usize::MAX }
}

/// A jump names a file, with or without a place in it: `verify.md#start`.
fn is_file(name: &str) -> bool {
    let path = name.split('#').next().unwrap_or(name);
    !path.contains(' ')
        && std::path::Path::new(path)
            .extension()
            .is_some_and(|end| end.len() <= 4 && end.to_str().is_some_and(|end| end.chars().all(char::is_alphabetic)))
}

/// Only where a script says itself how its sections follow: by jumps.
fn unreachable(context: &Context) -> Vec<Found> {
    let mut found = Vec::new();
    let mut speaking = vec![false; context.graph.sections.len()];
    // A called section's lines stand in the section that calls it, too.
    let is_own = |node: &&Node| node.is_spoken() && context.graph.sections[node.section].file == node.file;
    context.graph.nodes.iter().filter(is_own).for_each(|node| speaking[node.section] = true);
    // A jump may lead to a line in the middle of it.
    let mut lives = vec![false; context.graph.sections.len()];
    context.graph.nodes.iter().enumerate().filter(|(id, _)| context.reached[*id]).for_each(|(_, node)| lives[node.section] = true);
    // Where all that is said of the way is how a call ends, it was not said how it goes on.
    let leads = |other: &&SectionInfo| {
        let script = context.scripts[other.file].as_ref();
        let heading = script.and_then(|script| script.sections[other.index].heading.as_ref());
        other.is_target && heading.is_none_or(|heading| !outline::is_closing(&heading.value))
    };
    let with_jumps: HashSet<usize> = context.graph.sections.iter().filter(leads).map(|section| section.file).collect();
    for section in &context.graph.sections {
        let Some(script) = &context.scripts[section.file] else { continue };
        let has_jumps = with_jumps.contains(&section.file);
        let said = &script.sections[section.index];
        let is_loose = !lives[context.node(section.node).section]
            && !section.is_called
            && !section.is_reference
            && section.has_lines
            && !is_led_to(context, section.node, &lives)
            && (said.heading.is_some() || !said.names.is_empty());
        let speaks = speaking[context.node(section.node).section];
        let is_yaml_graph = script.order == Order::Graph;
        if is_loose && speaks && (has_jumps || is_yaml_graph) && script.order != Order::Menu {
            let mut one = Found { place: Place::Span(section.file, said.span), ..Found::default() };
            let heading = said.heading.as_ref().map(|text| text.value.clone());
            one.values.insert("name", heading.or_else(|| said.names.first().cloned()).unwrap_or_default());
            found.push(one);
        }
    }
    doubt(&mut found, &spoken_of(context), [2, 4], "can't tell what leads to “{name}”");
    found
}

/// A jump in a part that calls come to leads there, even where no walk was found to the jump.
fn is_led_to(context: &Context, head: NodeId, lives: &[bool]) -> bool {
    let leads = |&id: &NodeId| context.node(id).kind == NodeKind::Jump && lives[context.node(id).section];
    context.graph.before[head].iter().any(leads)
}

/// How many sections of each file have lines.
fn spoken_of(context: &Context) -> HashMap<usize, usize> {
    per_file(context.graph.sections.iter().filter(|section| section.has_lines).map(|section| section.file))
}

/// Findings that show the walk to them; with more, it is long and says nothing new.
const MOST_WALKS: usize = 20;

/// What a branch may have done before it stops.
const DONE: [&str; 22] = [
    "unconsented", "resolve", "next_step", "compensate", "closing", "transfer", "escalate", "cancel_confirm", "retention_offer",
    "consent_ask", "account_change", "deflect", "open_question", "troubleshoot", "identity_check", "data_collection", "hold", "sell",
    "check_status", "enrolled", "private_data", "other_way",
];

fn dead_ends(context: &Context) -> Vec<Found> {
    let done = context.lexicon.set(&DONE);
    let mut found = Vec::new();
    // An `end` right behind a no leaves the caller hanging as well.
    let is_end = |id: &NodeId| context.node(*id).kind == NodeKind::End;
    let ends = (0..context.graph.nodes.len()).filter(is_end).flat_map(|id| context.graph.before[id].iter().copied());
    let ends = ends.filter(|&id| says_no(context, id));
    let all = context.graph.stops.iter().copied().chain(ends);
    let leading = leading(context);
    let section = |id: NodeId| &context.graph.sections[context.node(id).section];
    let goes_on = |id: NodeId| context.scripts[context.node(id).file].as_ref().is_some_and(|script| script.ends_alike);
    let is_lone = |stop: NodeId| section(stop).is_target && leading.contains(&section(stop).file);
    let mut leaves = vec![false; context.graph.sections.len()];
    context.graph.nodes.iter().filter(|node| node.kind == NodeKind::Jump).for_each(|node| leaves[node.section] = true);
    let is_open = |stop: &NodeId| context.reached[*stop] && !context.graph.is_copy(*stop) && !goes_on(*stop);
    let mut stops: Vec<NodeId> = all.filter(|stop| is_open(stop) && (context.node(*stop).depth > 0 || is_lone(*stop))).collect();
    stops.sort_unstable();
    stops.dedup();
    for stop in stops.into_iter().filter(|&stop| hangs(context, stop, done, &leaves)) {
        let walk = if found.len() < MOST_WALKS { context.walk_to(stop) } else { vec![stop] };
        found.push(Found { place: Place::Node(stop, 0), walk, ..Found::default() });
    }
    found
}

/// Nothing is done, promised, asked or ordered where the call stops, and something is said.
fn hangs(context: &Context, stop: NodeId, done: ActSet, leaves: &[bool]) -> bool {
    let branch = branch(context, stop);
    let closes = |id: NodeId| context.has(id, done) || is_question(context, id) || promises(context, id);
    let speaks = branch.iter().any(|&id| context.node(id).is_spoken());
    let is_done = branch.iter().any(|&id| context.node(id).is_spoken() && closes(id));
    // What the agent is told to do last may be the end of it; nobody can tell.
    let ordered = context.node(stop).kind == NodeKind::Line(Kind::Note);
    let is_answer = !leaves[context.node(stop).section] && is_answer(context, stop);
    let may_hang = speaks && !is_done && !ordered && !is_answer && context.node(stop).text.is_some();
    may_hang && !takes_no(context, &branch) && !is_aside(context, &branch)
}

/// Stands among answers to what may come up at any time.
fn is_answer(context: &Context, stop: NodeId) -> bool {
    let section = &context.graph.sections[context.node(stop).section];
    let script = context.scripts[section.file].as_ref();
    script.is_some_and(|script| outline::holds_answers(&script.sections[section.index]))
}

/// Files in which nearly all steps say how they go on: graphs, and those in which no step runs on into the next.
fn leading(context: &Context) -> HashSet<usize> {
    const LEAST: usize = 5;
    let section = |id: NodeId| context.node(id).section;
    let runs_on = |id: &NodeId| context.graph.edges[*id].iter().any(|edge| edge.is_assumed && section(edge.to) != section(*id));
    let running = per_file((0..context.graph.nodes.len()).filter(runs_on).map(|id| context.node(id).file));
    let is_graph = |file: usize| {
        let order = context.scripts[file].as_ref().map(|script| script.order);
        order == Some(Order::Graph) || order == Some(Order::Sequence) && !running.contains_key(&file)
    };
    // Goodbyes are where calls are meant to end.
    let closing = context.lexicon.set(&["closing"]);
    let is_loose = |id: NodeId| context.node(id).depth == 0 && context.reached[id] && !context.has(id, closing);
    let at_top = context.graph.stops.iter().filter(|&&id| is_loose(id));
    let loose = per_file(at_top.map(|&id| context.node(id).file));
    let leads = |&(file, steps): &(usize, usize)| steps >= LEAST && loose.get(&file).is_none_or(|count| count * LEAST <= steps);
    spoken_of(context).into_iter().filter(leads).map(|(file, _)| file).filter(|&file| is_graph(file)).collect()
}

/// Something is not so, not possible or not known.
fn says_no(context: &Context, id: NodeId) -> bool {
    let words = context.node(id).text.map_or(String::new(), |text| text.value.to_lowercase().replace('’', "'"));
    ["n't", " not ", "cannot", "afraid", "nothing", "without "].iter().any(|sign| words.contains(sign))
}

fn is_question(context: &Context, id: NodeId) -> bool {
    context.node(id).text.is_some_and(|text| text.value.trim_end().ends_with('?'))
}

/// `If the customer asks …`: an answer on the way, after which the call goes on where it was.
fn is_aside(context: &Context, branch: &[NodeId]) -> bool {
    let asks = context.lexicon.set(&["asks_info", "asks_status"]);
    let Some(&label) = branch.last() else { return false };
    let forks = context.graph.before[label].iter();
    // Nothing more is wanted: "Anything else?" was the question.
    if context.graph.answered(label).iter().any(|&line| context.has(line, context.lexicon.set(&["closing"]))) {
        return true;
    }
    let siblings = forks.flat_map(|&fork| context.graph.edges[fork].iter()).filter(|edge| edge.to != label).count();
    // `the balance is still open` is no question.
    let words = context.node(label).text.map_or(String::new(), |text| text.value.to_lowercase());
    let is_asked = ["ask", "want", "wonder", "quer", "question", "?", "know", "how ", "what ", "when ", "why "]
        .iter()
        .any(|sign| words.contains(sign));
    matches!(context.node(label).kind, NodeKind::Cue { is_heard: false }) && is_asked && context.has(label, asks) && siblings > 0
}

/// The customer wants nothing more, and that is fine.
fn takes_no(context: &Context, branch: &[NodeId]) -> bool {
    static FINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\W*(that['’]s (quite |perfectly |absolutely )?(fine|okay|ok|all right|no problem)|no problem|no worries|not a problem|of course|understood|fair enough)\b")
            .expect("a fixed pattern")
    });
    let refuses = context.lexicon.set(&["refusal"]);
    let is_fine = |&id: &NodeId| context.node(id).is_spoken() && context.node(id).text.is_some_and(|text| FINE.is_match(&text.value));
    branch.last().is_some_and(|&label| context.has(label, refuses)) && branch.iter().any(is_fine)
}

/// Says what comes, in words that no lexicon has.
fn promises(context: &Context, id: NodeId) -> bool {
    static PROMISE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            // What comes.
            r"(?i)\b(i|we|you|she|he|they|it)['’]ll\b|\b(un)?till?\b|\b(i|we)['’](m|re) (putting|sending|getting|calling|on it)\b",
            r"|\b(is|are|['’]s|['’]re) (on (its|the|their|his|her) way|in the (post|mail))\b|\b(call|dial|ring) (911|999|112|000|111|988)\b",
            // What was done.
            r"|\b(i|we)(['’]ve| have) (told|sent|put|asked|passed|written|noted|booked|made|done|given|taken|set|moved|added|let|logged|marked)\b",
            r"|\b(leave|leaving|keep|stays?|remains?) ([a-z]+ ){0,3}(as|at|the same)\b|\bnothing changes\b|\bowe nothing\b",
            // What the customer does next.
            r"|^\W*([a-z]+,? ){0,2}please (ring|call|bring|take|come|try|write|tell|keep|send|have|use|stay|go|ask|let|check|look|press)\b",
            r"|\b(i|we) can (still |also |always )?(call|ring|tell|send|post|text|show|help)\b|\btell me again\b|\byou can (pick|collect|find|get|keep|use|call|ring|come|start|see|take|reach|write|go|read)\b",
            // Nothing more is wanted.
            r"|\b(glad|happy) (it|that|you|to)\b|\bgood to (hear|know)\b|^\W*welcome\b|[.!] welcome\b"
        ))
        .expect("a fixed pattern")
    });
    // How long something is good or gone for promises nothing.
    static STATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(valid|runs|ran|good|expires?|(none|no more|nothing|not any|no [a-z]+s) [^.!?]*(left|free|available)|none [^.!?]*) (un)?till?\b")
            .expect("a fixed pattern")
    });
    context.node(id).text.is_some_and(|text| PROMISE.is_match(&STATE.replace_all(&text.value, "")))
}

/// The nodes of the branch that stops here, back to its label.
fn branch(context: &Context, stop: NodeId) -> Vec<NodeId> {
    let depth = context.node(stop).depth;
    let mut nodes = Vec::new();
    for id in (0..=stop).rev() {
        let node = context.node(id);
        if node.section != context.node(stop).section || node.depth < depth {
            break;
        }
        nodes.push(id);
        if node.depth == depth && matches!(node.kind, NodeKind::Cue { .. }) {
            break;
        }
    }
    nodes
}
