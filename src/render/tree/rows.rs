//! The rows of one section, in the order of the script, with what the graph knows of each.

use super::read::Context;
use super::{At, Heard, Lead, LeadKind, Row, RowKind};
use crate::act::{combine, model};
use crate::flow::resolve::{Place, branches};
use crate::flow::{Node, NodeId, NodeKind};
use crate::script::{Branch, Choice, Jump, JumpKind, Kind, Line, Marks, Step};
use crate::source::{Span, Text};
use std::collections::HashMap;

pub(super) struct Rows<'a, 'b> {
    context: &'b Context<'a, 'b>,
    /// The node of each piece of the section, by the address of its words. Called sections are copied
    /// into the graph; the first node is the section's own.
    nodes: HashMap<*const Text, NodeId>,
    /// The fork before each label.
    forks: HashMap<NodeId, NodeId>,
    depth: usize,
    rows: Vec<Row>,
}

impl<'a, 'b> Rows<'a, 'b> {
    /// `section` is an index into the graph's sections.
    pub fn new(context: &'b Context<'a, 'b>, section: usize) -> Rows<'a, 'b> {
        let (mut nodes, mut forks) = (HashMap::new(), HashMap::new());
        for (id, node) in context.nodes[section].iter().map(|&id| (id, &context.graph.nodes[id])) {
            if let Some(text) = node.text {
                nodes.entry(std::ptr::from_ref(text)).or_insert(id);
            }
            if node.kind == NodeKind::Fork {
                let labels =
                    context.graph.edges[id].iter().filter(|edge| matches!(context.graph.nodes[edge.to].kind, NodeKind::Cue { .. }));
                forks.extend(labels.map(|edge| (edge.to, id)));
            }
        }
        Rows { context, nodes, forks, depth: 0, rows: Vec::new() }
    }

    /// `never_stops`: the walk goes back from a section that is only called, and no walk comes to one for
    /// reference.
    pub fn read(mut self, steps: &'a [Step], never_stops: bool) -> Vec<Row> {
        self.steps(steps);
        self.rows.iter_mut().for_each(|row| row.stops &= !never_stops);
        self.rows
    }

    fn steps(&mut self, steps: &'a [Step]) {
        for step in steps {
            match step {
                Step::Line(line) => self.line(line),
                Step::Choice(choice) => self.choice(choice),
                Step::Jump(jump) => self.jump(jump),
                Step::End(span) => {
                    let row = self.row(RowKind::End, *span, None);
                    self.rows.push(row);
                }
                Step::Anchor(_) => {}
            }
        }
    }

    fn node(&self, text: &Text) -> Option<NodeId> {
        self.nodes.get(&std::ptr::from_ref(text)).copied()
    }

    fn row(&self, kind: RowKind, span: Span, text: Option<&Text>) -> Row {
        let id = text.and_then(|text| self.node(text));
        let acts = id.map_or(Vec::new(), |id| self.acts(&self.context.graph.nodes[id]));
        let text = text.map_or(String::new(), |text| text.value.clone());
        let stops = id.is_some_and(|id| self.context.stops.contains(&id));
        Row { kind, at: At::new(self.context.source, span), depth: self.depth, text, acts, class: None, to: None, marks: Vec::new(), stops }
    }

    fn acts(&self, node: &Node) -> Vec<Heard> {
        let Some(text) = node.text else { return Vec::new() };
        let lexicon = self.context.input.lexicon;
        let heard = node.acts.iter().filter(|act| !lexicon.is_aside(act.id)).map(|act| Heard {
            act: lexicon.names[usize::from(act.id)].clone(),
            items: act.items.iter().map(|item| item.name.clone()).collect(),
            by: act.by,
            confidence: act.confidence,
            like: node.voice().and_then(|voice| combine::like(act, &model::Line { voice, text: &text.value })),
            span: At::new(self.context.source, text.cover(act.range.start, act.range.end)).span,
            range: [act.range.start, act.range.end],
            text: text.value.get(act.range.clone()).unwrap_or("").to_string(),
        });
        heard.collect()
    }

    fn line(&mut self, line: &Line) {
        let kind = match line.kind {
            Kind::Say => RowKind::Say,
            Kind::Hear => RowKind::Hear,
            Kind::Note => RowKind::Note,
            Kind::Collect => RowKind::Collect,
            Kind::Avoid => RowKind::Avoid,
        };
        let mut row = self.row(kind, line.text.span(), Some(&line.text));
        let Marks { is_optional, is_legal, is_verbatim, is_keypad, .. } = line.marks;
        let marks = [(is_optional, "optional"), (is_legal, "legal"), (is_verbatim, "verbatim"), (is_keypad, "keypad")];
        row.marks.extend(marks.iter().filter(|(is_set, _)| *is_set).map(|(_, name)| *name));
        self.rows.push(row);
    }

    fn choice(&mut self, choice: &'a Choice) {
        for branch in &choice.branches {
            self.branch(branch);
        }
        let label = choice.branches.iter().find_map(|branch| branch.label.as_ref());
        let fork = label.and_then(|label| self.node(label)).and_then(|node| self.forks.get(&node));
        let past = fork.and_then(|&fork| self.context.graph.edges[fork].iter().find(|edge| edge.is_assumed));
        if let Some(edge) = past {
            let mut row = self.row(RowKind::Past, choice.span, None);
            row.to = Some(self.context.lead(edge.to));
            self.rows.push(row);
        }
    }

    fn branch(&mut self, branch: &'a Branch) {
        let kind = match branch {
            Branch { is_otherwise: true, .. } => RowKind::Otherwise,
            Branch { label: None, .. } => RowKind::Variant,
            Branch { is_heard: true, .. } => RowKind::Cue,
            _ => RowKind::Condition,
        };
        let span = branch.label.as_ref().map_or(branch.span, Text::span);
        let mut row = self.row(kind, span, branch.label.as_ref());
        row.class = branch.label.as_ref().and_then(|label| self.class(label));
        self.rows.push(row);
        self.depth += 1;
        self.steps(&branch.steps);
        self.depth -= 1;
    }

    fn class(&self, label: &Text) -> Option<&'static str> {
        let cue = self.node(label)?;
        let edges = &self.context.graph.edges[*self.forks.get(&cue)?];
        edges.iter().find(|edge| edge.to == cue).map(|edge| edge.class.name())
    }

    fn jump(&mut self, jump: &Jump) {
        let kind = match jump.kind {
            JumpKind::Goto => RowKind::Jump,
            JumpKind::Call => RowKind::Call,
            JumpKind::Transfer => RowKind::Transfer,
        };
        let mut row = self.row(kind, jump.text.span(), Some(&jump.text));
        row.to = Some(self.target(jump));
        self.rows.push(row);
    }

    fn target(&self, jump: &Jump) -> Lead {
        let bare = |kind| Lead { kind, name: None, file: None, line: None };
        let context = self.context;
        match context.input.resolver.resolve(context.file, &context.source.name, &jump.target) {
            Place::Section(file, index) => context.section_lead(file, index),
            Place::Line(file, index, number) => self.numbered(file, index, &number),
            Place::File(file) => {
                let title = context.input.scripts[file].as_ref().and_then(|script| script.title.as_ref());
                context.place_lead(LeadKind::File, file, Span::default(), title.map(|title| title.value.clone()))
            }
            Place::End => bare(LeadKind::End),
            Place::Outside if jump.kind == JumpKind::Transfer => bare(LeadKind::Outside),
            Place::Outside => bare(LeadKind::Nothing),
            Place::Unknown => bare(LeadKind::Unknown),
            Place::Broken => {
                let name = context.input.resolver.nearest(context.file, &context.source.name, &jump.target);
                Lead { name, ..bare(LeadKind::Nowhere) }
            }
        }
    }

    /// A numbered line of a section.
    fn numbered(&self, file: usize, index: usize, number: &str) -> Lead {
        let section = self.context.input.scripts[file].as_ref().and_then(|script| script.sections.get(index));
        let is_it = |step: &&Step| matches!(step, Step::Anchor(text) if text.value.to_lowercase() == number);
        let label = || branches::named(&section?.steps).into_iter().find(|(name, _)| name == number).map(|(_, label)| label.span());
        let place = match section.and_then(|section| section.steps.iter().find(is_it)) {
            Some(Step::Anchor(text)) => Some(text.span()),
            _ => label(),
        };
        match place {
            Some(span) => self.context.place_lead(LeadKind::Line, file, span, Some(number.to_string())),
            None => self.context.section_lead(file, index),
        }
    }
}
