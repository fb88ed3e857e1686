//! YAML events to a tree of nodes, each with its span.
//!
//! An alias becomes a second way to the node that it names. What aliases add up to is bounded, and
//! so is the depth, counted through aliases: whoever walks the tree may recurse and takes linear time.

use std::collections::HashMap;

use granit_parser::ScalarStyle;

use crate::script::Fault;
use crate::source::{Span, Text};

use super::scalar;

/// How deep lists and mappings may stand in each other.
pub const MAX_DEPTH: usize = 64;
/// How many nodes aliases may add to a file.
pub const MAX_EXPANDED: usize = 10_000;

/// An index into [`Tree`].
pub type Id = usize;

#[derive(Clone, Debug)]
pub struct Node {
    pub data: Data,
    /// From the first to the last byte of what it holds; empty for a value that is not there.
    pub span: Span,
    /// Nodes below it and itself, through aliases.
    pub(super) size: usize,
    /// Levels below it and its own, through aliases; 1 for a scalar.
    pub(super) height: usize,
}

#[derive(Clone, Debug)]
pub enum Data {
    /// Nothing after the colon, `~` or `null`.
    Null,
    Scalar(Scalar),
    List(Vec<Id>),
    /// Keys and values in the order of the file, `<<` among them.
    Map(Vec<(Id, Id)>),
}

#[derive(Clone, Debug)]
pub struct Scalar {
    pub value: String,
    pub style: ScalarStyle,
    /// The column of a block scalar's content.
    pub(super) indent: usize,
}

/// All documents of a file.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    /// One for each document that holds anything.
    pub roots: Vec<Id>,
    pub faults: Vec<Fault>,
    /// Spans of scalars over several lines, which may hold lines that look like comments.
    pub long_scalars: Vec<Span>,
    pub(super) anchors: HashMap<String, Id>,
    pub(super) expanded: usize,
}

impl Tree {
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    /// All keys of all mappings and what stands under them, in no special order.
    pub fn pairs(&self) -> impl Iterator<Item = (Id, Id)> {
        self.maps().flatten().copied()
    }

    /// All mappings, in no special order.
    pub fn maps(&self) -> impl Iterator<Item = &[(Id, Id)]> {
        self.nodes.iter().filter_map(|node| match &node.data {
            Data::Map(pairs) => Some(pairs.as_slice()),
            _ => None,
        })
    }

    /// The items of all lists, in no special order.
    pub fn lists(&self) -> impl Iterator<Item = &[Id]> {
        self.nodes.iter().filter_map(|node| match &node.data {
            Data::List(items) => Some(items.as_slice()),
            _ => None,
        })
    }

    /// The words of all that is no key, in no special order.
    pub fn scalars(&self) -> impl Iterator<Item = &str> {
        let values = |node: &Node| match &node.data {
            Data::Map(pairs) => pairs.iter().map(|pair| pair.1).collect(),
            Data::List(items) => items.clone(),
            _ => Vec::new(),
        };
        self.nodes.iter().flat_map(values).map(|id| self.value(id)).filter(|words| !words.is_empty())
    }

    /// What stands under a key of a mapping.
    pub fn get(&self, id: Id, key: &str) -> Option<Id> {
        match &self.node(id).data {
            Data::Map(entries) => entries.iter().find(|(name, _)| self.value(*name) == key).map(|&(_, value)| value),
            _ => None,
        }
    }

    /// The smallest scalar, or else the smallest node, that a byte stands in.
    pub fn at(&self, offset: usize) -> Option<Id> {
        let holds = |&id: &Id| (self.nodes[id].span.start..=self.nodes[id].span.end).contains(&offset);
        let extent = |id: &Id| (self.nodes[*id].height, self.nodes[*id].span.end - self.nodes[*id].span.start);
        (0..self.nodes.len()).filter(holds).min_by_key(extent)
    }

    /// The words of a scalar with their places; `None` for anything else.
    pub fn text(&self, source: &str, id: Id) -> Option<Text> {
        let node = self.node(id);
        let Data::Scalar(scalar) = &node.data else {
            return None;
        };
        Some(scalar::text(source, &scalar.value, scalar.style, node.span, scalar.indent))
    }

    /// The value of a scalar, empty for anything else.
    pub fn value(&self, id: Id) -> &str {
        match &self.node(id).data {
            Data::Scalar(scalar) => &scalar.value,
            _ => "",
        }
    }

    pub fn push(&mut self, data: Data, span: Span) -> Id {
        let children: Vec<Id> = match &data {
            Data::Null | Data::Scalar(_) => Vec::new(),
            Data::List(items) => items.clone(),
            Data::Map(entries) => entries.iter().flat_map(|&(key, value)| [key, value]).collect(),
        };
        let size = children.iter().map(|&child| self.nodes[child].size).fold(1, usize::saturating_add);
        let height = children.iter().map(|&child| self.nodes[child].height).max().unwrap_or(0) + 1;
        self.nodes.push(Node { data, span, size, height });
        self.nodes.len() - 1
    }

    /// A plain scalar that the parser did not see as one.
    pub fn push_words(&mut self, text: &str, span: Span) -> Id {
        let value = scalar::folded(text.get(span.start..span.end).unwrap_or(""), span.start).value;
        let scalar = Scalar { value, style: ScalarStyle::Plain, indent: 0 };
        self.push(Data::Scalar(scalar), span)
    }
}
