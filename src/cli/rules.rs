//! `callint rules`: all rules, a line each.

use super::{CLEAN, output};
use crate::config::Vocabulary;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::render::json;
use crate::render::tree::Format;
use crate::rule::Rule;
use crate::rules;
use crate::rules::reading::{self, Reading};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(clap::Args)]
pub(super) struct Args {
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A rule that a project may set: one with a file, or one of the parser.
pub(super) enum Known {
    Checked(&'static Rule),
    Read(&'static Reading),
}

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    rules: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    severity: &'static str,
    summary: &'a str,
    params: BTreeMap<String, f64>,
}

pub(super) fn run(args: &Args) -> Result<i32, Error> {
    let known = Known::all();
    let rules: Vec<&Known> = known.iter().collect();
    match args.format {
        Format::Text => output(|out| list(out, &rules))?,
        Format::Json => {
            let rules = known.iter().map(Known::listed).collect();
            output(|out| json::print(out, &Output { version: 1, rules }))?;
        }
    }
    Ok(CLEAN)
}

/// Rules a line each, the ids and severities as wide as the widest.
pub(super) fn list(out: &mut dyn Write, rules: &[&Known]) -> io::Result<()> {
    let id = rules.iter().map(|rule| rule.id().len()).max().unwrap_or(0);
    let severity = rules.iter().map(|rule| rule.severity().name().len()).max().unwrap_or(0);
    for rule in rules {
        let summary = rule.summary().split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(out, "{:id$}  {:severity$}  {summary}", rule.id(), rule.severity().name())?;
    }
    Ok(())
}

impl Known {
    /// All of them, sorted by id.
    pub fn all() -> Vec<Known> {
        let mut known: Vec<Known> = rules::all().iter().map(Known::Checked).collect();
        known.extend(reading::ALL.iter().map(Known::Read));
        known.sort_by(|a, b| a.id().cmp(b.id()));
        known
    }

    /// The rules that a project may speak of, a user's own among them.
    pub fn vocabulary(extra: &[Rule]) -> Vocabulary {
        let params = |rule: &Rule| (rule.id.clone(), rule.params.keys().cloned().collect());
        let read = reading::ALL.iter().map(|rule| (rule.id.to_string(), Vec::new()));
        rules::all().iter().chain(extra).map(params).chain(read).collect()
    }

    pub fn id(&self) -> &'static str {
        match self {
            Known::Checked(rule) => &rule.id,
            Known::Read(rule) => rule.id,
        }
    }

    pub fn family(&self) -> &'static str {
        self.id().split('/').next().unwrap_or("")
    }

    pub fn severity(&self) -> Severity {
        match self {
            Known::Checked(rule) => rule.severity,
            Known::Read(rule) => rule.severity,
        }
    }

    pub fn summary(&self) -> &'static str {
        match self {
            Known::Checked(rule) => &rule.summary,
            Known::Read(rule) => rule.summary,
        }
    }

    /// The numbers that a project may change, with their defaults.
    pub fn params(&self) -> BTreeMap<String, f64> {
        match self {
            Known::Checked(rule) => rule.params.clone(),
            Known::Read(_) => BTreeMap::new(),
        }
    }

    fn listed(&self) -> Listed<'_> {
        Listed { id: self.id(), severity: self.severity().name(), summary: self.summary(), params: self.params() }
    }
}
