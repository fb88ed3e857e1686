//! Scripts to one flow graph: lines in a row, branches, jumps, and what follows when nothing is written.

use super::resolve::{Place, Resolver};
use super::{Edge, EdgeClass, FlowGraph, Node, NodeId, NodeKind, Problem, SectionInfo};
use crate::act::{Act, ActSet, Lexicon, Voice};
use crate::parse::role;
use crate::script::{Branch, Choice, Jump, JumpKind, Kind, Line, Order, Script, Section, Step};
use crate::source::{Source, Span, Text};
use std::collections::{HashMap, HashSet};

/// How deep calls are followed, and how many nodes a run may have before calls are no longer copied.
const MAX_CALLS: usize = 4;
const MAX_NODES: usize = 2_000_000;

/// What a graph is made of. `scripts[i]` belongs to `sources[i]`; `None` where a source is no call
/// script.
pub struct Input<'a, 'b> {
    pub sources: &'b [Source],
    pub scripts: &'a [Option<Script>],
    pub resolver: &'b Resolver<'a>,
    pub lexicon: &'b Lexicon,
    /// What every piece of every script does.
    pub acts: &'b HashMap<TextKey, Vec<Act>>,
    /// Sections that some jump or call of the run names: file and index.
    pub named: &'b HashSet<(usize, usize)>,
}

/// Builds the graph of some files of the run: of those that jump into each other.
pub fn build<'a>(files: &[usize], input: &Input<'a, '_>) -> FlowGraph<'a> {
    let mut builder = Builder::new(input);
    for &file in files {
        if let Some(script) = &input.scripts[file] {
            builder.script(file, script);
        }
    }
    builder.finish()
}

/// A piece of a source that was tagged: file, place, and whose words they are.
pub type TextKey = (usize, Span, Voice);

/// Where a walk left off: a node, and whether the way on is only assumed.
type Pending = Vec<(NodeId, bool)>;

struct Builder<'a, 'b> {
    sources: &'b [Source],
    scripts: &'a [Option<Script>],
    resolver: &'b Resolver<'a>,
    acts: &'b HashMap<TextKey, Vec<Act>>,
    ids: Ids,
    graph: FlowGraph<'a>,
    /// First node of each section, by file and index.
    heads: HashMap<(usize, usize), NodeId>,
    /// Nodes of numbered lines.
    anchors: HashMap<(usize, usize, String), NodeId>,
    /// Jumps to be tied once every section has a node.
    jumps: Vec<(NodeId, Place)>,
    /// Sections that a jump or call of the run names.
    named: &'b HashSet<(usize, usize)>,
    file: usize,
    section: usize,
    depth: usize,
    calls: usize,
}

/// Acts that decide about edges.
struct Ids {
    yes: ActSet,
    no: ActSet,
    cancel: ActSet,
    known_fault: ActSet,
    fault: ActSet,
    complaint: ActSet,
    reason: ActSet,
    fail: ActSet,
    insist: ActSet,
    closing: ActSet,
    transfer: ActSet,
}

impl Ids {
    fn new(lexicon: &Lexicon) -> Ids {
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
            transfer: set(&["transfer"]),
        }
    }

    fn class(&self, acts: ActSet) -> EdgeClass {
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

impl<'a, 'b> Builder<'a, 'b> {
    fn new(input: &Input<'a, 'b>) -> Self {
        Builder {
            sources: input.sources,
            scripts: input.scripts,
            resolver: input.resolver,
            acts: input.acts,
            ids: Ids::new(input.lexicon),
            graph: FlowGraph::default(),
            heads: HashMap::new(),
            anchors: HashMap::new(),
            jumps: Vec::new(),
            named: input.named,
            file: 0,
            section: 0,
            depth: 0,
            calls: 0,
        }
    }

    fn script(&mut self, file: usize, script: &'a Script) {
        self.file = file;
        let first = self.graph.sections.len();
        for (index, section) in script.sections.iter().enumerate() {
            self.section = self.graph.sections.len();
            let node = self.node(NodeKind::Section, section.heading.as_ref());
            self.heads.insert((file, index), node);
            let has_lines = section.steps.iter().any(|step| !matches!(step, Step::Anchor(_)));
            let is_target = self.named.contains(&(file, index));
            self.graph.sections.push(SectionInfo { file, index, node, is_entry: false, is_reference: section.is_reference, is_target, is_called: false, has_lines });
        }
        let mut ends: Vec<Pending> = Vec::new();
        for (index, section) in script.sections.iter().enumerate() {
            self.section = first + index;
            let head = self.graph.sections[self.section].node;
            ends.push(self.steps(&section.steps, vec![(head, false)]));
        }
        self.order(file, script, ends);
        self.entries(file, script, first);
    }

    fn node(&mut self, kind: NodeKind, text: Option<&'a Text>) -> NodeId {
        let mut node = Node { kind, file: self.file, section: self.section, text, acts: Vec::new(), set: 0, depth: self.depth };
        if let (Some(voice), Some(text)) = (node.voice(), text) {
            node.acts = self.acts.get(&(self.file, text.span(), voice)).cloned().unwrap_or_default();
            node.set = node.acts.iter().fold(0, |set, act| set | 1 << act.id);
        }
        self.graph.nodes.push(node);
        self.graph.edges.push(Vec::new());
        self.graph.nodes.len() - 1
    }

    fn tie(&mut self, pending: &Pending, to: NodeId, class: EdgeClass) {
        for &(from, is_assumed) in pending {
            self.graph.edges[from].push(Edge { to, class, is_assumed });
        }
    }

    /// Adds steps behind the pending ends, and returns the ends of these.
    fn steps(&mut self, steps: &'a [Step], mut pending: Pending) -> Pending {
        for (index, step) in steps.iter().enumerate() {
            let is_last = index + 1 == steps.len();
            pending = self.step(step, pending, is_last);
        }
        pending
    }

    fn step(&mut self, step: &'a Step, pending: Pending, is_last: bool) -> Pending {
        match step {
            Step::Line(line) => self.line(line, pending, is_last),
            Step::Choice(choice) => self.choice(choice, pending),
            Step::Jump(jump) => self.jump(jump, pending),
            Step::End(_) => {
                let node = self.node(NodeKind::End, None);
                self.tie(&pending, node, EdgeClass::Next);
                Vec::new()
            }
            Step::Anchor(number) => {
                let node = self.node(NodeKind::Fork, None);
                self.anchors.insert((self.file, self.graph.sections[self.section].index, number.value.to_lowercase()), node);
                self.tie(&pending, node, EdgeClass::Next);
                vec![(node, false)]
            }
        }
    }

    fn line(&mut self, line: &'a Line, pending: Pending, is_last: bool) -> Pending {
        let node = self.node(NodeKind::Line(line.kind), Some(&line.text));
        if line.kind == Kind::Avoid {
            // Nobody says it, so no walk passes it.
            return pending;
        }
        self.tie(&pending, node, EdgeClass::Next);
        // An order to hand the caller over is the end of a branch, written as a note.
        let hands_over = line.kind == Kind::Note && is_last && self.graph.nodes[node].set & self.ids.transfer != 0;
        if hands_over {
            let end = self.node(NodeKind::Transfer, Some(&line.text));
            self.tie(&vec![(node, false)], end, EdgeClass::Next);
            return Vec::new();
        }
        let mut next = vec![(node, false)];
        if line.marks.is_optional {
            next.extend(pending);
        }
        next
    }

    fn choice(&mut self, choice: &'a Choice, pending: Pending) -> Pending {
        let fork = self.node(NodeKind::Fork, None);
        self.tie(&pending, fork, EdgeClass::Next);
        let mut ends = Pending::new();
        let mut only_elsewhere = !choice.branches.is_empty();
        self.depth += 1;
        for branch in &choice.branches {
            only_elsewhere &= self.leaves_file(branch);
            ends.extend(self.branch(branch, fork));
        }
        self.depth -= 1;
        let may_skip = choice.branches.len() == 1 && !choice.branches[0].is_otherwise;
        if may_skip || (ends.is_empty() && only_elsewhere) {
            ends.push((fork, true));
        }
        ends
    }

    fn branch(&mut self, branch: &'a Branch, fork: NodeId) -> Pending {
        let mut pending = vec![(fork, false)];
        if let Some(label) = &branch.label {
            let cue = self.node(NodeKind::Cue { is_heard: branch.is_heard }, Some(label));
            let class = self.class(branch, cue);
            self.tie(&pending, cue, class);
            pending = vec![(cue, false)];
        }
        self.steps(&branch.steps, pending)
    }

    fn class(&self, branch: &Branch, cue: NodeId) -> EdgeClass {
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

    /// The branch ends in a jump to another file or to something that cannot be told.
    fn leaves_file(&self, branch: &Branch) -> bool {
        let Some(Step::Jump(jump)) = branch.steps.last() else { return false };
        match self.resolver.resolve(self.file, &self.sources[self.file].name, &jump.target) {
            Place::File(file) | Place::Section(file, _) | Place::Line(file, ..) => file != self.file,
            Place::Unknown => true,
            _ => false,
        }
    }

    fn jump(&mut self, jump: &'a Jump, pending: Pending) -> Pending {
        let place = self.resolver.resolve(self.file, &self.sources[self.file].name, &jump.target);
        let kind = match (&place, jump.kind) {
            (Place::Outside, JumpKind::Transfer) => NodeKind::Transfer,
            (Place::Unknown, _) => NodeKind::Unknown,
            (Place::End, _) => NodeKind::End,
            _ => NodeKind::Jump,
        };
        let node = self.node(kind, Some(&jump.text));
        self.tie(&pending, node, EdgeClass::Next);
        self.report(jump, &place);
        match place {
            Place::End => Vec::new(),
            Place::Unknown => Vec::new(),
            Place::Outside if jump.kind == JumpKind::Transfer => Vec::new(),
            // Not a place in any script: the words were no jump after all.
            Place::Outside => vec![(node, false)],
            Place::Broken(_) => Vec::new(),
            Place::Section(file, section) if jump.kind == JumpKind::Call => self.call(file, section, node),
            place => {
                let is_loop = matches!(place, Place::Section(file, section) if file == self.file && section == self.graph.sections[self.section].index)
                    || matches!(place, Place::File(file) if file == self.file);
                self.jumps.push((node, place));
                if is_loop { vec![(node, true)] } else { Vec::new() }
            }
        }
    }

    fn report(&mut self, jump: &Jump, place: &Place) {
        let (file, span, name) = (self.file, jump.text.span(), jump.text.value.clone());
        match place {
            Place::Broken(nearest) => self.graph.problems.push(Problem::BrokenJump { file, span, name, nearest: nearest.clone() }),
            Place::Unknown => self.graph.problems.push(Problem::UnknownTarget { file, span, name }),
            _ => {}
        }
    }

    /// A call runs the other section's lines here and comes back.
    fn call(&mut self, file: usize, section: usize, node: NodeId) -> Pending {
        let script = self.scripts.get(file).and_then(Option::as_ref);
        let Some(target) = script.and_then(|script| script.sections.get(section)) else { return vec![(node, false)] };
        if self.calls >= MAX_CALLS || self.graph.nodes.len() > MAX_NODES {
            return vec![(node, false)];
        }
        let called = self.graph.sections.iter_mut().find(|info| info.file == file && info.index == section);
        called.into_iter().for_each(|info| info.is_called = true);
        let (from, problems) = (self.file, self.graph.problems.len());
        self.file = file;
        self.calls += 1;
        let mut ends = self.steps(&target.steps, vec![(node, false)]);
        self.calls -= 1;
        self.file = from;
        self.graph.problems.truncate(problems);
        if ends.is_empty() {
            ends.push((node, true));
        }
        ends
    }

    /// Ties the ends of sections to what follows them.
    fn order(&mut self, file: usize, script: &'a Script, ends: Vec<Pending>) {
        for (index, pending) in ends.into_iter().enumerate() {
            if pending.is_empty() {
                continue;
            }
            let children = children(script, index);
            let head = self.heads[&(file, index)];
            let is_bare = script.sections[index].steps.iter().all(|step| matches!(step, Step::Anchor(_) | Step::Line(Line { kind: Kind::Note, .. })));
            if is_bare && children.len() >= 2 && script.order == Order::Sequence && !children.iter().any(|&child| self.named.contains(&(file, child))) && self.is_fork(script, &children) {
                for child in children {
                    let to = self.heads[&(file, child)];
                    self.graph.edges[head].push(Edge { to, class: EdgeClass::Other, is_assumed: true });
                }
                continue;
            }
            match self.next(file, script, index, &pending) {
                Some(next) => {
                    let to = self.heads[&(file, next)];
                    let pending: Pending = pending.into_iter().map(|(node, _)| (node, true)).collect();
                    self.tie(&pending, to, EdgeClass::Next);
                }
                None => self.graph.stops.extend(pending.iter().map(|(node, _)| *node)),
            }
        }
    }

    /// Children that name situations are ways to choose from, not stages in a row.
    fn is_fork(&self, script: &Script, children: &[usize]) -> bool {
        let situations = children.iter().filter(|&&child| script.sections[child].is_situation).count();
        situations * 2 > children.len()
    }

    /// The section that a section goes on with, if any.
    fn next(&self, file: usize, script: &Script, index: usize, pending: &Pending) -> Option<usize> {
        let sections = &script.sections;
        let is_preamble = index == 0 && sections.len() > 1 && (sections[0].level == 0 || is_title(script, 0)) && !sections[1].is_reference;
        if is_preamble && script.order != Order::Menu {
            return Some(1);
        }
        if script.order != Order::Sequence {
            return None;
        }
        let is_yaml = sections[index].level == 1 && self.sources[file].name.ends_with('l') && sections[index].names.len() <= 2 && !self.sources[file].name.ends_with(".md");
        let parent_fork = self.fork_parent(file, script, index);
        let next = match parent_fork {
            Some(parent) => (index + 1..sections.len()).find(|&other| sections[other].level <= sections[parent].level)?,
            None => index + 1,
        };
        let section = sections.get(next)?;
        if section.is_reference || self.is_over(pending) {
            return None;
        }
        // A branch that stops among others that leave does not run on into a section of its own.
        let only_branches = pending.iter().all(|(node, _)| self.graph.nodes[*node].depth > 0);
        let in_order = numbers_in_order(&sections[index], section) && !(only_branches && self.named.contains(&(file, next)));
        let is_free = !self.named.contains(&(file, next)) && !is_strict_situation(section);
        (is_yaml || in_order || is_free || parent_fork.is_some()).then_some(next)
    }

    /// The section whose children are ways to choose from, if this is one of them.
    fn fork_parent(&self, file: usize, script: &Script, index: usize) -> Option<usize> {
        let level = script.sections[index].level;
        let parent = (0..index).rev().find(|&other| script.sections[other].level < level && script.sections[other].heading.is_some())?;
        let head = self.heads[&(file, parent)];
        let to = self.heads[&(file, index)];
        let forks = self.graph.edges[head].len() >= 2 && self.graph.edges[head].iter().any(|edge| edge.to == to && edge.is_assumed);
        forks.then_some(parent)
    }

    /// The call was ended in words: the last lines say goodbye.
    fn is_over(&self, pending: &Pending) -> bool {
        pending.iter().all(|(node, _)| {
            let node = &self.graph.nodes[*node];
            node.is_spoken() && node.set & self.ids.closing != 0
        })
    }

    fn entries(&mut self, file: usize, script: &Script, first: usize) {
        let start = script.header.start.as_ref().and_then(|start| match self.resolver.resolve(file, &self.sources[file].name, &crate::script::Target::Name { name: start.value.clone(), is_sure: true }) {
            Place::Section(_, index) => Some(index),
            _ => None,
        });
        for index in 0..script.sections.len() {
            let section = &script.sections[index];
            let is_first = start.map_or(index == 0, |start| start == index);
            let is_menu = script.order == Order::Menu && !section.is_reference;
            let may_come_any_time = is_strict_situation(section) && !section.is_reference && !self.named.contains(&(file, index)) && start.is_none();
            if is_first || is_menu || may_come_any_time {
                let info = &mut self.graph.sections[first + index];
                info.is_entry = true;
                self.graph.entries.push(info.node);
            }
        }
    }

    fn finish(mut self) -> FlowGraph<'a> {
        for (node, place) in std::mem::take(&mut self.jumps) {
            let to = match &place {
                Place::Section(file, section) => self.heads.get(&(*file, *section)).copied(),
                Place::Line(file, section, number) => self.anchors.get(&(*file, *section, number.clone())).copied(),
                Place::File(file) => self.graph.entries.iter().copied().find(|&entry| self.graph.nodes[entry].file == *file),
                _ => None,
            };
            if let Some(to) = to {
                self.graph.edges[node].insert(0, Edge { to, class: EdgeClass::Next, is_assumed: false });
            }
        }
        self.graph.before = vec![Vec::new(); self.graph.nodes.len()];
        for (from, edges) in self.graph.edges.iter().enumerate() {
            for edge in edges {
                self.graph.before[edge.to].push(from);
            }
        }
        self.graph
    }
}

/// Sections one level under this one, up to the next of its own level.
fn children(script: &Script, index: usize) -> Vec<usize> {
    let level = script.sections[index].level;
    let under: Vec<usize> = (index + 1..script.sections.len()).take_while(|&other| script.sections[other].level > level).collect();
    let top = under.iter().map(|&other| script.sections[other].level).min();
    under.into_iter().filter(|&other| Some(script.sections[other].level) == top && level > 0 && !is_title(script, index)).collect()
}

fn is_title(script: &Script, index: usize) -> bool {
    index == 0 && script.sections[0].level <= 1 && script.sections.len() > 1 && script.sections[1..].iter().all(|section| section.level > script.sections[0].level)
}

/// `If the caller is upset`, `"My aid is late"`: may come at any time, follows from nothing.
fn is_strict_situation(section: &Section) -> bool {
    section.heading.as_ref().is_some_and(|heading| role::is_condition(&role::clean(&heading.value)) || heading.value.starts_with(['"', '“']))
}

/// Both headings are numbered, and the second number follows the first.
fn numbers_in_order(one: &Section, other: &Section) -> bool {
    let number = |section: &Section| section.heading.as_ref().and_then(|text| crate::parse::line::reference(&text.value)).map(|reference| reference.number);
    let (Some(a), Some(b)) = (number(one), number(other)) else { return false };
    match (a.parse::<u32>(), b.parse::<u32>()) {
        (Ok(a), Ok(b)) => b == a + 1,
        _ => a.len() == 1 && b.len() == 1 && b.bytes().next() == a.bytes().next().map(|byte| byte + 1),
    }
}
