//! Reading on after an error.
//!
//! The parser stops at the first error of a document. The text is then cut where its indentation
//! says that a new entry begins, each entry is read by itself, and those that fail are cut again,
//! down to the line that is wrong. The words of that line are kept, so that they are still linted.

use granit_parser::ErrorKind;

use crate::source::{Source, Span};

use super::keys::{self, Key};
use super::layout::{self, Row};
use super::tree::{Data, Id, MAX_DEPTH, Tree};
use super::{braces, events, syntax};

/// How many errors of one file are told.
const MAX_FAULTS: usize = 50;

/// Reads the part of a source under `span`, all documents of it.
pub fn read(source: &Source, span: Span) -> Tree {
    let mut tree = Tree::default();
    let input = source.slice(span);
    match events::read(&mut tree, input, span.start, 0) {
        Ok(roots) => tree.roots = roots,
        Err(_) => {
            // Each round reads again what failed in the round before; this bounds the rounds.
            let budget = input.len() * 8 + 4096;
            let mut recovery = Recovery { source, tree, budget, tab: None };
            recovery.report_tab(span);
            for document in layout::documents(source, span) {
                if let Some(root) = recovery.block(document, 0) {
                    recovery.tree.roots.push(root);
                }
            }
            tree = recovery.tree;
        }
    }
    tree
}

/// Why a part does not parse.
struct Failure {
    kind: ErrorKind,
    /// The byte of the source at which the parser gave up.
    at: usize,
    /// What it had read by then.
    partial: Option<Id>,
}

struct Recovery<'a> {
    source: &'a Source,
    tree: Tree,
    /// Bytes that may still be read.
    budget: usize,
    /// The line of which it was told that a tab indents it; the parser notices some lines before or behind.
    tab: Option<Span>,
}

impl Recovery<'_> {
    /// Reads a part as one piece; `Err` also when too much was read again already.
    fn attempt(&mut self, span: Span, depth: usize) -> Result<Vec<Id>, Option<Failure>> {
        let begin = self.source.line_start(self.source.line_index(span.start));
        let cost = span.end - begin;
        if cost > self.budget {
            return Err(None);
        }
        self.budget -= cost;
        // What stands before the part in its first line still counts for its indentation.
        let before = self.source.slice(Span::new(begin, span.start)).bytes();
        let mut input: String = before.map(|byte| if byte == b'\t' { '\t' } else { ' ' }).collect();
        input.push_str(self.source.slice(span));
        events::read(&mut self.tree, &input, begin, depth).map_err(|(error, partial)| {
            let at = begin + error.marker().byte_offset().unwrap_or(0);
            Some(Failure { kind: error.kind().clone(), at, partial })
        })
    }

    fn block(&mut self, span: Span, depth: usize) -> Option<Id> {
        if depth >= MAX_DEPTH {
            self.add_fault(syntax::too_deep(span));
            return None;
        }
        let rows = layout::rows(self.source, span);
        let error = match self.attempt(span, depth) {
            Ok(roots) => return roots.first().copied(),
            Err(error) => error,
        };
        let first = *rows.first()?;
        let is_flow = self.source.slice(first.span).starts_with(['{', '[']);
        if is_flow && depth == 0 {
            let (root, faults) = braces::read(&mut self.tree, self.source, span);
            faults.into_iter().for_each(|fault| self.add_fault(fault));
            return root;
        }
        let faults = self.tree.faults.len();
        let groups = if is_flow { Vec::new() } else { layout::groups(self.source, &rows, span.end) };
        let root = if groups.is_empty() {
            error.as_ref().and_then(|failure| failure.partial)
        } else if groups.len() == 1 {
            return self.entry(groups[0], depth, error);
        } else {
            let parts: Vec<Id> = groups.iter().filter_map(|group| self.part(*group, depth)).collect();
            self.combine(&parts)
        };
        self.report_if_untold(error.as_ref(), faults, &rows);
        root
    }

    fn part(&mut self, span: Span, depth: usize) -> Option<Id> {
        match self.attempt(span, depth) {
            Ok(roots) => roots.first().copied(),
            Err(error) => self.entry(span, depth, error),
        }
    }

    /// Reads one entry of a list or mapping that does not parse as a whole.
    fn entry(&mut self, span: Span, depth: usize, error: Option<Failure>) -> Option<Id> {
        let rows = layout::rows(self.source, span);
        let first = *rows.first()?;
        let line = self.source.slice(first.span);
        let rest = rows.get(1).map(|row| Span::new(row.span.start, span.end));
        let faults = self.tree.faults.len();
        let root = if layout::is_item(line) {
            let start = first.span.start + line.len() - line[1..].trim_start().len();
            let item = self.block(Span::new(start, span.end), depth + 1)?;
            Some(self.tree.push(Data::List(vec![item]), span))
        } else {
            match (layout::key(self.source, first.span), rest) {
                (Some((key, value)), Some(rest)) if value.is_empty() => {
                    let key = self.tree.push_words(&self.source.text, key);
                    let child = self.block(rest, depth + 1);
                    let child = child.unwrap_or_else(|| self.tree.push(Data::Null, value));
                    Some(self.tree.push(Data::Map(vec![(key, child)]), span))
                }
                (Some(_), Some(rest)) if rows[1..].iter().any(|row| layout::is_structure(self.source, row)) => {
                    let parts = [self.part(first.span, depth), self.block(rest, depth + 1)];
                    self.combine(&parts.into_iter().flatten().collect::<Vec<_>>())
                }
                _ => {
                    self.report_line(error.as_ref(), first, rows.len() == 1);
                    return self.salvage(first, rows[rows.len() - 1].span.end, error);
                }
            }
        };
        self.report_if_untold(error.as_ref(), faults, &rows);
        root
    }

    /// Keeps the words of an entry that cannot be read: a key and its sentence, or a sentence.
    fn salvage(&mut self, first: Row, end: usize, error: Option<Failure>) -> Option<Id> {
        let Some((key, value)) = layout::key(self.source, first.span) else {
            return Some(self.tree.push_words(&self.source.text, Span::new(first.span.start, end)));
        };
        let word = keys::normalize(self.source.slice(key));
        let words = self.source.slice(Span::new(value.start, end));
        let is_speech = matches!(keys::lookup(&word), Some(Key::Agent | Key::Customer | Key::Note));
        if words.starts_with(['{', '[']) && !is_speech {
            return error.and_then(|failure| failure.partial);
        }
        let start = value.start + words.len() - words.trim_start_matches(['"', '\'', '|', '>', '@', '`', '%', ' ']).len();
        let words = self.source.slice(Span::new(start, end)).trim_end_matches(['"', '\'', ' ']);
        let key = self.tree.push_words(&self.source.text, key);
        let value = self.tree.push_words(&self.source.text, Span::new(start, start + words.len()));
        Some(self.tree.push(Data::Map(vec![(key, value)]), first.span))
    }

    /// Puts entries that were read one by one back together, as what the first of them is.
    fn combine(&mut self, parts: &[Id]) -> Option<Id> {
        let first = *parts.first()?;
        let span = parts.iter().fold(self.tree.node(first).span, |span, part| span.to(self.tree.node(*part).span));
        let is_map = parts.iter().any(|&part| matches!(self.tree.node(part).data, Data::Map(_)));
        let is_list = matches!(self.tree.node(first).data, Data::List(_));
        let (mut entries, mut items) = (Vec::new(), Vec::new());
        for &part in parts {
            match self.tree.node(part).data.clone() {
                Data::List(found) => items.extend(found),
                Data::Map(found) if !is_list => entries.extend(found),
                Data::Map(_) => items.push(part),
                Data::Scalar(_) if is_list || !is_map => items.push(part),
                Data::Scalar(_) => self.add_fault(syntax::no_key(self.tree.node(part).span)),
                Data::Null => {}
            }
        }
        let data = if is_map && !is_list { Data::Map(entries) } else { Data::List(items) };
        Some(self.tree.push(data, span))
    }

    /// Reports the one line that an error was narrowed down to. What the parser says is then often
    /// the consequence of something that can be named.
    fn report_line(&mut self, error: Option<&Failure>, row: Row, is_alone: bool) {
        let value = layout::key(self.source, row.span).map_or(row.span, |(_, value)| value);
        let is_bracket = self.source.slice(value).starts_with(['{', '[']);
        match error.map(|failure| &failure.kind) {
            Some(ErrorKind::InvalidQuotedScalarIndent) if is_alone => {
                self.add_fault(syntax::fault(&ErrorKind::UnclosedQuotedScalar, row.span));
            }
            Some(ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey) if is_bracket => {
                self.add_fault(syntax::bracket(value));
            }
            _ => self.report(error, row),
        }
    }

    /// Reports an error of the whole when none of its parts had one; there were `faults` before.
    fn report_if_untold(&mut self, error: Option<&Failure>, faults: usize, rows: &[Row]) {
        let at = error.map_or(0, |failure| failure.at);
        let row = rows.iter().rev().find(|row| row.span.start <= at).or(rows.first());
        let is_told = self.tree.faults.len() > faults || rows.iter().any(|row| Some(row.span) == self.tab);
        if let (false, Some(row)) = (is_told, row) {
            self.report(error, *row);
        }
    }

    /// Points at the first line that is indented with a tab.
    fn report_tab(&mut self, span: Span) {
        let rows = layout::rows(self.source, span);
        let is_tabbed = |row: &&Row| {
            let begin = self.source.line_start(self.source.line_index(row.span.start));
            self.source.text[begin..].starts_with('\t')
        };
        // In brackets, tabs are white space like any.
        let is_flow = rows.first().is_some_and(|row| self.source.slice(row.span).starts_with(['{', '[']));
        if let Some(row) = rows.iter().find(is_tabbed).copied().filter(|_| !is_flow) {
            self.tab = Some(row.span);
            self.add_fault(syntax::fault(&ErrorKind::TabInIndentation, row.span));
        }
    }

    fn report(&mut self, error: Option<&Failure>, row: Row) {
        let Some(failure) = error else { return };
        if self.tab.is_some() && syntax::is_tab(&failure.kind) {
            return;
        }
        self.add_fault(syntax::fault(&failure.kind, row.span));
    }

    fn add_fault(&mut self, fault: crate::script::Fault) {
        if self.tree.faults.len() < MAX_FAULTS {
            self.tree.faults.push(fault);
        }
    }
}
