//! A YAML file of a user's rules: its text, its tree, and what is wrong with it at which words.

use super::{mistakes, schema};
use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::parse::yaml;
use crate::parse::yaml::tree::{Data, Id, Tree};
use crate::source::{Source, Span};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use std::rc::Rc;

/// The rule that findings in rule files belong to.
pub const FAULT: &str = "reading/rule-file";

/// One file.
#[derive(Clone)]
pub struct File<'a> {
    /// Index of the source.
    pub index: usize,
    pub source: &'a Source,
    pub tree: Rc<Tree>,
}

impl<'a> File<'a> {
    pub fn new(index: usize, source: &'a Source) -> File<'a> {
        File { index, source, tree: Rc::new(yaml::tree(source)) }
    }

    /// Reads the file as a type.
    ///
    /// # Errors
    /// All that keeps it from being one, at the words that do; what keeps it from being YAML comes first.
    pub fn read<T: DeserializeOwned + JsonSchema>(&self) -> Result<T, Vec<Diagnostic>> {
        if !self.tree.faults.is_empty() {
            return Err(self.tree.faults.iter().map(|fault| self.fault(fault.span, &fault.message, &fault.help)).collect());
        }
        if self.root().is_none() {
            let help = "`callint rules new ID` writes a rule to begin with.";
            return Err(vec![self.fault(Span::new(0, 0), "there is nothing in this file", help)]);
        }
        serde_yaml::from_str(&self.source.text).map_err(|error| {
            let mut mistakes = mistakes::of(self, &schema::of::<T>(""));
            if mistakes.is_empty() {
                let (line, column, message) = config::told(error.without_snippet());
                mistakes.push(self.fault(self.words_at(line, column), &message, mistakes::HELP));
            }
            mistakes
        })
    }

    /// A finding in this file.
    pub fn fault(&self, span: Span, message: &str, help: &str) -> Diagnostic {
        Diagnostic { help: help.to_string(), ..Diagnostic::new(FAULT, Severity::Error, message, self.index, vec![span]) }
    }

    /// A finding that does not keep the file from being used.
    pub fn remark(&self, span: Span, message: &str, help: &str) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..self.fault(span, message, help) }
    }

    pub fn root(&self) -> Option<Id> {
        self.tree.roots.first().copied()
    }

    /// What stands under some keys, one in the other; a number picks an entry of a list.
    pub fn find(&self, path: &[&str]) -> Option<Id> {
        path.iter().try_fold(self.root()?, |id, key| match &self.tree.node(id).data {
            Data::List(items) => key.parse().ok().and_then(|index: usize| items.get(index).copied()),
            _ => self.tree.get(id, key),
        })
    }

    /// The words there, without quotes; the beginning of the file where there are none.
    pub fn span(&self, path: &[&str]) -> Span {
        self.find(path).map_or_else(|| self.words(self.root()), |id| self.words(Some(id)))
    }

    /// A key of the mapping there.
    pub fn key(&self, path: &[&str], name: &str) -> Option<Id> {
        match &self.tree.node(self.find(path)?).data {
            Data::Map(entries) => entries.iter().map(|&(key, _)| key).find(|&key| self.tree.value(key) == name),
            _ => None,
        }
    }

    /// The first line of the words there.
    pub fn first_line(&self, path: &[&str]) -> Span {
        let words = self.find(path).map_or("", |id| self.tree.value(id));
        let end = words.find('\n').unwrap_or(words.len());
        self.part(path, Span::new(0, end))[0]
    }

    /// A part of the words there, in bytes of their value.
    pub fn part(&self, path: &[&str], part: Span) -> Vec<Span> {
        let text = self.find(path).and_then(|id| self.tree.text(&self.source.text, id));
        let spans = text.map_or(Vec::new(), |text| text.spans(part.start, part.end));
        if spans.is_empty() { vec![self.span(path)] } else { spans }
    }

    /// The id of the rule that the file is for, and its parameters, whatever else is wrong with it.
    pub fn rule_named(&self) -> Option<(String, Vec<String>)> {
        let id = self.tree.value(self.find(&["id"])?).to_string();
        let params = match self.find(&["params"]).map(|id| &self.tree.node(id).data) {
            Some(Data::Map(entries)) => entries.iter().map(|&(key, _)| self.tree.value(key).to_string()).collect(),
            _ => Vec::new(),
        };
        Some((id, params))
    }

    /// A scalar without its quotes; of a list or a mapping what it begins with.
    pub fn words(&self, id: Option<Id>) -> Span {
        let mut id = match id {
            Some(id) => id,
            None => return Span::new(0, self.source.text.len().min(1)),
        };
        loop {
            id = match &self.tree.node(id).data {
                Data::Map(entries) if !entries.is_empty() => entries[0].0,
                Data::List(items) if !items.is_empty() => items[0],
                Data::Scalar(_) => break,
                _ => return self.tree.node(id).span,
            };
        }
        let text = self.tree.text(&self.source.text, id).filter(|text| !text.is_empty());
        text.map_or(self.tree.node(id).span, |text| text.span())
    }

    /// The words at a place; line and column are 1-based, the column counts characters.
    fn words_at(&self, line: usize, column: usize) -> Span {
        let start = self.source.line_start(line.saturating_sub(1));
        let row = self.source.text.get(start..).unwrap_or("");
        let offset = start + row.char_indices().nth(column.saturating_sub(1)).map_or(row.len(), |(at, _)| at);
        self.words(self.tree.at(offset).or(self.root()))
    }
}
