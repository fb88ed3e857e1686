//! From the stages of the line to a [`Tree`].

use super::rows::Rows;
use super::{At, Fault, Lead, LeadKind, Section, Spot, Tree, Way};
use crate::flow::build::Input;
use crate::flow::{EdgeClass, FlowGraph, NodeId, NodeKind, walk};
use crate::script::{self, Order, Script};
use crate::source::{Source, Span};
use std::collections::HashSet;

/// What the readers of sections share.
pub(super) struct Context<'a, 'b> {
    pub file: usize,
    pub source: &'b Source,
    pub script: &'a Script,
    pub input: &'b Input<'a, 'b>,
    pub graph: &'b FlowGraph<'a>,
    /// Nodes where a walk stops although nothing ends it.
    pub stops: HashSet<NodeId>,
    /// The nodes of each section, in order.
    pub nodes: Vec<Vec<NodeId>>,
}

/// How one file of a run was read. `graph` must have been built of `input`, with this file in it;
/// `None` when the file is no call script.
pub fn read<'a>(file: usize, input: &Input<'a, '_>, graph: &FlowGraph<'a>) -> Option<Tree> {
    let script = input.scripts.get(file)?.as_ref()?;
    let stops = graph.stops.iter().copied().collect();
    let mut nodes = vec![Vec::new(); graph.sections.len()];
    for (id, node) in graph.nodes.iter().enumerate() {
        if let Some(section) = nodes.get_mut(node.section) {
            section.push(id);
        }
    }
    let context = Context { file, source: &input.sources[file], script, input, graph, stops, nodes };
    Some(Tree {
        version: 1,
        file: context.source.name.clone(),
        title: script.title.as_ref().map(|title| title.value.clone()),
        channel: script.header.channel.clone(),
        language: script.header.language.clone().or_else(|| (script.languages != ["en"]).then(|| script.languages.join(", "))),
        intents: script.header.intents.clone(),
        incident: script.header.incident,
        call_script: script.is_call_script,
        order: match script.order {
            Order::Sequence => "sequence",
            Order::Graph => "graph",
            Order::Menu => "menu",
        },
        sections: sections(&context),
        edges: context.edges(),
        guesses: script.guesses.clone(),
        faults: script.faults.iter().map(|fault| context.fault(fault)).collect(),
    })
}

fn sections(context: &Context) -> Vec<Section> {
    let reached = walk::reach(context.graph, &context.graph.entries, |_| false);
    let infos = context.graph.sections.iter().enumerate().filter(|(_, info)| info.file == context.file);
    let section = |(index, info): (usize, &crate::flow::SectionInfo)| {
        let said = &context.script.sections[info.index];
        let rows = Rows::new(context, index);
        // What is called is copied to where it is called from.
        let called = !reached[info.node] && info.is_called;
        Section {
            heading: said.heading.as_ref().map(|heading| heading.value.clone()),
            name: name(said),
            at: At::new(context.source, said.span),
            entry: info.is_entry,
            // A jump may lead to a line in the middle of it.
            reached: called || context.nodes[index].iter().any(|&node| reached[node]),
            called,
            reference: info.is_reference,
            lines: rows.read(&said.steps, called || info.is_reference),
            follows: if called { Vec::new() } else { context.follows(index) },
        }
    };
    infos.map(section).collect()
}

/// What a reader or a jump calls a section.
fn name(section: &script::Section) -> Option<String> {
    let heading = section.heading.as_ref().map(|heading| heading.value.clone());
    heading.or_else(|| section.names.first().cloned())
}

impl Context<'_, '_> {
    /// The sections that a section goes on with because nothing else is written.
    fn follows(&self, section: usize) -> Vec<Lead> {
        let mut found: Vec<Lead> = Vec::new();
        for edge in self.nodes[section].iter().flat_map(|&node| &self.graph.edges[node]).filter(|edge| edge.is_assumed) {
            // A script that is called runs inside of the section.
            if self.graph.nodes[edge.to].kind == NodeKind::Section && self.graph.nodes[edge.to].section != section {
                let lead = self.lead(edge.to);
                if !found.contains(&lead) {
                    found.push(lead);
                }
            }
        }
        found
    }

    /// A node as somewhere to go.
    pub fn lead(&self, node: NodeId) -> Lead {
        let node = self.first_words(node);
        let to = &self.graph.nodes[node];
        match to.kind {
            NodeKind::Section => {
                let info = &self.graph.sections[to.section];
                self.section_lead(info.file, info.index)
            }
            NodeKind::End if to.text.is_none() => Lead { kind: LeadKind::End, name: None, file: None, line: None },
            _ => self.place_lead(LeadKind::Line, to.file, to.span(), None),
        }
    }

    /// Forks and numbers have no words: the first node behind them that has.
    fn first_words(&self, mut node: NodeId) -> NodeId {
        for _ in 0..8 {
            match self.graph.edges[node].first() {
                Some(edge) if self.graph.nodes[node].kind == NodeKind::Fork => node = edge.to,
                _ => break,
            }
        }
        node
    }

    /// A section of the run as somewhere to go.
    pub fn section_lead(&self, file: usize, index: usize) -> Lead {
        let section = self.input.scripts.get(file).and_then(Option::as_ref).and_then(|script| script.sections.get(index));
        let name = section.and_then(name);
        self.place_lead(LeadKind::Section, file, section.map(|section| section.span).unwrap_or_default(), name)
    }

    pub fn place_lead(&self, kind: LeadKind, file: usize, span: Span, name: Option<String>) -> Lead {
        let source = &self.input.sources[file];
        let other = (file != self.file).then(|| source.name.clone());
        Lead { kind, name, file: other, line: Some(source.position(span.start).line) }
    }

    /// Every way on from this file's lines, forks and numbers left out.
    fn edges(&self) -> Vec<Way> {
        let (mut ways, mut seen) = (Vec::new(), HashSet::new());
        for (id, node) in self.graph.nodes.iter().enumerate() {
            if self.graph.sections[node.section].file != self.file || node.kind == NodeKind::Fork {
                continue;
            }
            for (to, class, assumed) in self.ways(id) {
                let way = Way {
                    from: self.spot(id),
                    to: (self.graph.nodes[to].kind != NodeKind::End).then(|| self.spot(to)),
                    class: class.name(),
                    assumed,
                };
                // The order to hand over is a line and its own end.
                if way.to.as_ref() != Some(&way.from) && seen.insert(way.clone()) {
                    ways.push(way);
                }
            }
        }
        ways
    }

    /// The nodes with words that follow a node, and by what sort of way.
    fn ways(&self, node: NodeId) -> Vec<(NodeId, EdgeClass, bool)> {
        let (mut ways, mut forks) = (Vec::new(), HashSet::new());
        let edges = |node: NodeId| self.graph.edges[node].iter().rev();
        let mut stack: Vec<_> = edges(node).map(|edge| (edge.to, edge.class, edge.is_assumed)).collect();
        while let Some((to, class, assumed)) = stack.pop() {
            if self.graph.nodes[to].kind != NodeKind::Fork {
                ways.push((to, class, assumed));
            } else if forks.insert(to) {
                let class_of = |edge: EdgeClass| if edge == EdgeClass::Next { class } else { edge };
                stack.extend(edges(to).map(|edge| (edge.to, class_of(edge.class), assumed || edge.is_assumed)));
            }
        }
        ways
    }

    fn spot(&self, node: NodeId) -> Spot {
        let node = &self.graph.nodes[node];
        let info = &self.graph.sections[node.section];
        let (file, span) = match (&node.kind, &self.input.scripts[info.file]) {
            (NodeKind::Section, Some(script)) => (info.file, script.sections[info.index].span),
            _ => (node.file, node.span()),
        };
        let source = &self.input.sources[file];
        let start = source.position(span.start);
        Spot { file: source.name.clone(), line: start.line, column: start.column }
    }

    fn fault(&self, fault: &script::Fault) -> Fault {
        let (message, help) = (fault.message.clone(), fault.help.clone());
        Fault { rule: format!("reading/{}", fault.name), message, help, at: At::new(self.source, fault.span) }
    }
}
