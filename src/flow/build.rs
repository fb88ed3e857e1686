//! Scripts to one flow graph: lines in a row, branches, jumps, and what follows when nothing is written.

mod beside;
mod class;
mod jump;
mod order;

use super::call::{self, Call};
use super::resolve::{Place, Resolver, branches};
use super::{Edge, EdgeClass, FlowGraph, Node, NodeId, NodeKind, SectionInfo};
use crate::act::{Act, Lexicon, Voice, combine};
use crate::parse::role;
use crate::script::{Branch, Choice, Kind, Line, Order, Script, Step};
use crate::source::{Source, Span, Text};
use class::Ids;
use foldhash::{HashMap, HashSet};

/// What a graph is made of. `scripts[i]` belongs to `sources[i]`; `None` where a source is no call
/// script.
pub struct Input<'a, 'b> {
    pub sources: &'b [Source],
    pub scripts: &'a [Option<Script>],
    pub resolver: &'b Resolver<'a>,
    pub lexicon: &'b Lexicon,
    /// What every piece of each script does.
    pub acts: &'b [Heard],
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

/// What the pieces of one script do, by their place and whose words they are.
pub type Heard = HashMap<(Span, Voice), Vec<Act>>;

/// Where a walk left off: a node, and whether the way on is only assumed.
type Pending = Vec<(NodeId, bool)>;

/// How many ends an optional line leaves open before they are joined.
const MOST_OPEN: usize = 4;

struct Builder<'a, 'b> {
    sources: &'b [Source],
    scripts: &'a [Option<Script>],
    resolver: &'b Resolver<'a>,
    acts: &'b [Heard],
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
    /// Calls to be run once every section has a node.
    calls: Vec<(NodeId, Place)>,
    /// Sections that are branches of another one, and this one: file and index.
    branches: HashMap<(usize, usize), usize>,
    /// Sections that the opening of a menu leads to: file and index.
    opened: HashSet<(usize, usize)>,
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
            heads: HashMap::default(),
            anchors: HashMap::default(),
            jumps: Vec::new(),
            named: input.named,
            file: 0,
            section: 0,
            depth: 0,
            calls: Vec::new(),
            branches: HashMap::default(),
            opened: HashSet::default(),
        }
    }

    fn script(&mut self, file: usize, script: &'a Script) {
        self.file = file;
        let first = self.graph.sections.len();
        for (index, section) in script.sections.iter().enumerate() {
            self.section = self.graph.sections.len();
            let node = self.node(NodeKind::Section, section.heading.as_ref());
            if section.incident {
                self.graph.nodes[node].set |= self.ids.known_fault;
            }
            self.heads.insert((file, index), node);
            let has_lines = section.steps.iter().any(|step| !matches!(step, Step::Anchor(_)));
            let is_target = self.named.contains(&(file, index));
            self.graph.sections.push(SectionInfo {
                file,
                index,
                node,
                is_entry: false,
                is_reference: section.is_reference,
                is_target,
                is_called: false,
                has_lines,
            });
        }
        let mut ends: Vec<Pending> = Vec::new();
        for (index, section) in script.sections.iter().enumerate() {
            self.section = first + index;
            let head = self.graph.sections[self.section].node;
            ends.push(self.steps(&section.steps, vec![(head, false)]));
        }
        self.order(file, script, ends);
        self.beside(file, script);
        self.entries(file, script, first);
    }

    fn node(&mut self, kind: NodeKind, text: Option<&'a Text>) -> NodeId {
        let mut node = Node { kind, file: self.file, section: self.section, text, acts: Vec::new(), set: 0, maybe: 0, depth: self.depth };
        if let (Some(voice), Some(text)) = (node.voice(), text) {
            node.acts = self.acts[self.file].get(&(text.span(), voice)).cloned().unwrap_or_default();
            (node.set, node.maybe) = combine::sets(&node.acts);
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
            pending = self.step(step, pending, &steps[index + 1..]);
        }
        pending
    }

    fn step(&mut self, step: &'a Step, pending: Pending, rest: &[Step]) -> Pending {
        match step {
            Step::Line(line) => self.line(line, pending, rest.is_empty()),
            Step::Choice(choice) => self.choice(choice, pending, rest),
            Step::Jump(jump) => self.jump(jump, pending),
            Step::End(_) => {
                let node = self.node(NodeKind::End, None);
                self.tie(&pending, node, EdgeClass::Next);
                Vec::new()
            }
            Step::Anchor(number) => {
                // A branch that says goodbye does not run on into the next step.
                let is_over = |&(end, _): &(NodeId, bool)| self.graph.nodes[end].depth > self.depth && self.says_goodbye(end);
                let (over, open): (Pending, Pending) = pending.into_iter().partition(is_over);
                self.graph.stops.extend(over.iter().map(|(node, _)| *node));
                let node = self.fork(open);
                self.anchors.insert((self.file, self.graph.sections[self.section].index, number.value.to_lowercase()), node);
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
        if next.len() > MOST_OPEN { vec![(self.fork(next), false)] } else { next }
    }

    /// One end in place of many, so that a thousand lines that may be left out do not make a million edges.
    fn fork(&mut self, pending: Pending) -> NodeId {
        let fork = self.node(NodeKind::Fork, None);
        self.tie(&pending, fork, EdgeClass::Next);
        fork
    }

    fn choice(&mut self, choice: &'a Choice, pending: Pending, rest: &[Step]) -> Pending {
        let fork = self.fork(pending);
        let mut ends = Pending::new();
        let mut only_elsewhere = !choice.branches.is_empty();
        self.depth += 1;
        for branch in &choice.branches {
            only_elsewhere &= self.leaves_file(branch);
            ends.extend(self.branch(branch, fork));
        }
        self.depth -= 1;
        // A lone `If not: …` is the other half of a question, not of a choice.
        let is_rest =
            |branch: &Branch| branch.is_otherwise && branch.label.as_ref().is_none_or(|label| role::clean(&label.value) != "if not");
        // `See section 2 for late arrivals.`: a case that may not arise.
        let is_case = |branch: &Branch| branch.label.as_ref().is_some_and(|label| label.value.to_lowercase().starts_with("for "));
        let may_skip = choice.branches.len() == 1 && !is_rest(&choice.branches[0]) || choice.branches.iter().all(is_case);
        if may_skip || (ends.is_empty() && (only_elsewhere || self.are_exceptions(choice, fork, rest))) {
            ends.push((fork, true));
        }
        ends
    }

    /// `If it is damaged, go to 3. If they are a shop, go to 4.`, and then the agent speaks on, or a section
    /// stands below that nothing else leads to: the cases that leave are exceptions, unless they are the yes
    /// and the no to a question.
    fn are_exceptions(&self, choice: &Choice, fork: NodeId, rest: &[Step]) -> bool {
        let speaks = |step: &Step| matches!(step, Step::Line(line) if line.kind == Kind::Say);
        let answers = |edge: &Edge| matches!(edge.class, EdgeClass::Yes | EdgeClass::No);
        let is_condition = |branch: &Branch| !branch.is_heard && !branch.is_otherwise && branch.label.is_some();
        let says_when = |branch: &Branch| branch.label.as_ref().is_some_and(|label| role::is_condition(&role::clean(&label.value)));
        let goes_on = || rest.iter().take_while(|step| !matches!(step, Step::Anchor(_))).any(speaks);
        choice.branches.iter().all(is_condition)
            && (goes_on() || choice.branches.iter().all(says_when) && self.leaves_next_alone())
            && !self.graph.edges[fork].iter().any(answers)
    }

    /// No jump of the run names the section below this one, which is one to read in order.
    fn leaves_next_alone(&self) -> bool {
        let (here, file) = (self.graph.sections[self.section].index, self.file);
        let next =
            self.scripts[file].as_ref().filter(|script| script.order == Order::Sequence).and_then(|script| script.sections.get(here + 1));
        self.depth == 0
            && !self.sources[file].is_yaml()
            && !self.named.contains(&(file, here + 1))
            && next.is_some_and(|next| !next.is_reference && !order::is_strict_situation(next))
    }

    fn branch(&mut self, branch: &'a Branch, fork: NodeId) -> Pending {
        let mut pending = vec![(fork, false)];
        if let Some(label) = &branch.label {
            let cue = self.node(NodeKind::Cue { is_heard: branch.is_heard }, Some(label));
            let class = self.class(branch, cue);
            // `the board is grey, the crew has a ticket`: what the agent finds, whoever the line was given to.
            if class == EdgeClass::KnownFault && !role::speaks_of_self(&label.value) {
                self.graph.nodes[cue].kind = NodeKind::Cue { is_heard: false };
            }
            self.tie(&pending, cue, class);
            pending = vec![(cue, false)];
            if let Some(name) = branches::name(branch) {
                self.anchors.entry((self.file, self.graph.sections[self.section].index, name)).or_insert(cue);
            }
        }
        self.steps(&branch.steps, pending)
    }

    /// The nodes with which a place begins: one, but for a menu.
    fn heads(&self, place: &Place) -> Vec<NodeId> {
        match place {
            Place::Section(file, section) => self.heads.get(&(*file, *section)).copied().into_iter().collect(),
            Place::Line(file, section, number) => self.anchors.get(&(*file, *section, number.clone())).copied().into_iter().collect(),
            Place::File(file) => {
                let is_menu = self.scripts[*file].as_ref().is_some_and(|script| script.order == Order::Menu);
                let entries = self.graph.entries.iter().copied().filter(|&entry| self.graph.nodes[entry].file == *file);
                entries.take(if is_menu { usize::MAX } else { 1 }).collect()
            }
            _ => Vec::new(),
        }
    }

    fn finish(mut self) -> FlowGraph<'a> {
        for (node, place) in std::mem::take(&mut self.jumps) {
            let heads = self.heads(&place).into_iter().filter(|&to| !self.begins_anew(node, to));
            let ways: Vec<Edge> = heads.map(|to| Edge { to, class: EdgeClass::Next, is_assumed: false }).collect();
            self.graph.edges[node].splice(0..0, ways);
        }
        let calls = std::mem::take(&mut self.calls);
        let call = |(node, place): (NodeId, Place)| Call { node, heads: self.heads(&place), is_whole: matches!(place, Place::File(_)) };
        let calls = calls.into_iter().map(call).collect();
        call::run(&mut self.graph, calls, self.ids.closing);
        self.graph.tie_back();
        self.graph
    }
}
