//! Parser events to nodes of a [`Tree`]: aliases resolved, depth and size bounded.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle, options};

use crate::script::Fault;
use crate::source::Span;

use super::syntax;
use super::tree::{Data, Id, MAX_DEPTH, MAX_EXPANDED, Node, Scalar, Tree};

/// Reads `input` into `tree`, in which byte 0 is byte `base` of the source, below `depth` levels of others.
///
/// # Errors
///
/// The first error of the parser, with the tree as far as it was read.
pub fn read(tree: &mut Tree, input: &str, base: usize, depth: usize) -> Result<Vec<Id>, (ScanError, Option<Id>)> {
    let options = options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        emit_comments: false,
    };
    let before = (tree.faults.len(), tree.expanded);
    let mut builder =
        Builder { tree, base, depth, open: Vec::new(), roots: Vec::new(), skipped: 0, ids: HashMap::new(), names: HashMap::new() };
    for event in Parser::new_from_str_with_options(input, options) {
        match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                while !builder.open.is_empty() {
                    builder.close(None);
                }
                let partial = builder.roots.pop();
                tree.faults.truncate(before.0);
                tree.expanded = before.1;
                return Err((error, partial));
            }
        }
    }
    Ok(builder.roots)
}
struct Open {
    is_map: bool,
    /// Flow collections end at their bracket, block collections with their last node.
    is_flow: bool,
    start: usize,
    /// Where the last thing in it ends.
    end: usize,
    children: Vec<Id>,
    anchor: usize,
}

struct Builder<'a> {
    tree: &'a mut Tree,
    base: usize,
    depth: usize,
    open: Vec<Open>,
    roots: Vec<Id>,
    /// Collections open below the depth limit.
    skipped: usize,
    ids: HashMap<usize, Id>,
    names: HashMap<usize, String>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event, span: granit_parser::Span) {
        let range = span.byte_range().unwrap_or(0..0);
        let place = Span::new(range.start + self.base, range.end + self.base);
        if self.skipped > 0 {
            match event {
                Event::SequenceStart(..) | Event::MappingStart(..) => self.skipped += 1,
                Event::SequenceEnd | Event::MappingEnd => self.skipped -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Scalar(value, style, anchor, _) => {
                let indent = span.indent.unwrap_or(span.start.col());
                let is_long = span.end.line() > span.start.line();
                let id = self.scalar(value.into_owned(), style, indent, place);
                if is_long {
                    self.tree.long_scalars.push(place);
                }
                self.define(anchor, id);
                self.add(id, place.end);
            }
            Event::SequenceStart(style, anchor, _) => self.start(false, style, anchor, place),
            Event::MappingStart(style, anchor, _) => self.start(true, style, anchor, place),
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(place.end)),
            Event::Anchor(anchor, name) => {
                if let Some(&id) = self.ids.get(&anchor) {
                    self.tree.anchors.insert(name.to_string(), id);
                }
                self.names.insert(anchor, name.into_owned());
            }
            Event::Alias(anchor) => self.alias(self.ids.get(&anchor).copied(), place, true),
            Event::UnresolvedAlias(name) => self.alias(self.tree.anchors.get(&*name).copied(), place, false),
            _ => {}
        }
    }

    fn scalar(&mut self, value: String, style: ScalarStyle, indent: usize, place: Span) -> Id {
        let is_null = style == ScalarStyle::Plain && (place.is_empty() || matches!(value.as_str(), "~" | "null" | "Null" | "NULL"));
        let data = if is_null { Data::Null } else { Data::Scalar(Scalar { value, style, indent }) };
        self.tree.push(data, place)
    }

    fn start(&mut self, is_map: bool, style: StructureStyle, anchor: usize, place: Span) {
        if self.depth + self.open.len() >= MAX_DEPTH {
            self.skipped = 1;
            self.refuse(syntax::too_deep(place));
            return;
        }
        let is_flow = style == StructureStyle::Flow;
        self.open.push(Open { is_map, is_flow, start: place.start, end: place.start, children: Vec::new(), anchor });
    }

    fn close(&mut self, end: Option<usize>) {
        let Some(mut open) = self.open.pop() else {
            return;
        };
        let end = end.filter(|_| open.is_flow).unwrap_or(open.end);
        let span = Span::new(open.start, end);
        let data = if open.is_map {
            if open.children.len() % 2 == 1 {
                let missing = self.tree.push(Data::Null, Span::new(end, end));
                open.children.push(missing);
            }
            Data::Map(open.children.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
        } else {
            Data::List(open.children)
        };
        let id = self.tree.push(data, span);
        self.define(open.anchor, id);
        self.add(id, end);
    }

    fn define(&mut self, anchor: usize, id: Id) {
        if anchor > 0 {
            self.ids.insert(anchor, id);
            if let Some(name) = self.names.get(&anchor) {
                self.tree.anchors.insert(name.clone(), id);
            }
        }
    }

    /// `is_known` when the name was seen: an anchor without a node is then one that is still open.
    fn alias(&mut self, target: Option<Id>, place: Span, is_known: bool) {
        let Some(target) = target else {
            self.refuse(if is_known { syntax::cycle(place) } else { syntax::unknown_alias(place) });
            return;
        };
        let Node { size, height, .. } = *self.tree.node(target);
        let too_big = self.tree.expanded.saturating_add(size) > MAX_EXPANDED;
        if too_big || self.depth + self.open.len() + height > MAX_DEPTH {
            self.refuse(if too_big { syntax::too_many_aliases(place) } else { syntax::too_deep(place) });
            return;
        }
        self.tree.expanded += size;
        self.add(target, place.end);
    }

    fn refuse(&mut self, fault: Fault) {
        let span = fault.span;
        self.tree.faults.push(fault);
        let id = self.tree.push(Data::Null, Span::new(span.start, span.start));
        self.add(id, span.start);
    }

    /// `end` is where its notation ends, which for an alias is not the end of what it names.
    fn add(&mut self, id: Id, end: usize) {
        match self.open.last_mut() {
            Some(open) => {
                open.children.push(id);
                open.end = open.end.max(end);
            }
            None => self.roots.push(id),
        }
    }
}
