//! `callint rules`: all rules, as a list or as pages; and what helps to write rules of one's own.

mod check;
mod new;
mod test;

use super::custom::of_project;
use super::outputs::{self, Outputs};
use super::{CLEAN, FINDINGS, Global, atomic, output};
use crate::config::Vocabulary;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::lint::Report;
use crate::render::{explain, json};
use crate::rule::{Examples, Rule};
use crate::rules;
use crate::rules::custom::Custom;
use crate::rules::reading::{self, Reading};
use crate::source::Source;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// With --format md: the folder for an index and a page for each rule
    #[arg(long, value_name = "FOLDER", required_if_eq("format", "md"))]
    output: Option<PathBuf>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Write a rule of your own to begin with, which works at once
    New(new::Args),
    /// Check rule files of your own
    Check(check::Args),
    /// Try your own rules on their examples
    Test(test::Args),
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A line each
    Text,
    /// For other programs
    Json,
    /// Pages of Markdown, into the folder of --output
    Md,
}

/// A rule that a project may set: one with a file, or one of the parser.
pub(super) enum Known<'a> {
    Checked(&'a Rule),
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
    profiles: &'a [String],
    why: &'a str,
    help: &'a str,
    instead: Option<&'a str>,
    sources: &'a [String],
    examples: Option<&'a Examples>,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    match &args.command {
        Some(Command::New(args)) => return new::run(args, global),
        Some(Command::Check(args)) => return check::run(args, global),
        Some(Command::Test(args)) => return test::run(args, global),
        None => {}
    }
    let (custom, _) = of_project(global);
    let known = Known::all(&custom.rules);
    match (args.format, &args.output) {
        (Format::Md, Some(folder)) => pages(folder, &known, global)?,
        (Format::Json, _) => {
            let rules = known.iter().map(Known::listed).collect();
            output(|out| json::print(out, &Output { version: 1, rules }))?;
        }
        _ => output(|out| list(out, &known.iter().collect::<Vec<_>>()))?,
    }
    Ok(CLEAN)
}

/// Writes an index and a page for each rule.
fn pages(folder: &Path, known: &[Known], global: &Global) -> Result<(), Error> {
    let pages: Vec<explain::Page> = known.iter().map(|rule| rule.page(None)).collect();
    let write = |path: PathBuf, print: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
        let mut text = Vec::new();
        let fail = |source| Error::WriteFile { path: path.clone(), source };
        print(&mut text).and_then(|()| fs::create_dir_all(path.parent().unwrap_or(folder))).map_err(fail)?;
        atomic::write(&path, &text)
    };
    for page in &pages {
        write(folder.join(format!("{}.md", page.id)), &|out| explain::markdown(out, page))?;
    }
    write(folder.join("index.md"), &|out| explain::index(out, &pages))?;
    global.say(&format!("wrote {} pages; begin with {}", pages.len() + 1, folder.join("index.md").display()));
    Ok(())
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

/// Prints what is wrong with rule files.
fn tell(outputs: &Outputs, found: Vec<Diagnostic>, sources: &[Source], global: &Global) -> Result<i32, Error> {
    let is_failure = found.iter().any(|one| one.severity == Severity::Error);
    outputs::write(&outputs.of("rule file"), &Report { diagnostics: found, ..Report::default() }, sources, global)?;
    Ok(if is_failure { FINDINGS } else { CLEAN })
}

impl<'a> Known<'a> {
    /// All of them and a project's own, sorted by id.
    pub fn all(extra: &'a [Rule]) -> Vec<Known<'a>> {
        let mut known: Vec<Known> = rules::all().iter().chain(extra).map(Known::Checked).collect();
        known.extend(reading::ALL.iter().map(Known::Read));
        known.sort_by(|a, b| a.id().cmp(b.id()));
        known
    }

    /// The rules that a project may speak of, its own among them, with those whose files are at fault.
    pub fn vocabulary(custom: &Custom) -> Vocabulary {
        let params = |rule: &Rule| (rule.id.clone(), rule.params.keys().cloned().collect());
        let read = reading::ALL.iter().map(|rule| (rule.id.to_string(), Vec::new()));
        custom.broken.iter().cloned().chain(rules::all().iter().chain(&custom.rules).map(params)).chain(read).collect()
    }

    pub fn id(&self) -> &str {
        match self {
            Known::Checked(rule) => &rule.id,
            Known::Read(rule) => rule.id,
        }
    }

    pub fn family(&self) -> &str {
        self.id().split('/').next().unwrap_or("")
    }

    pub fn severity(&self) -> Severity {
        match self {
            Known::Checked(rule) => rule.severity,
            Known::Read(rule) => rule.severity,
        }
    }

    pub fn summary(&self) -> &str {
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

    /// All that is said of it. `setting` is what the project says.
    pub fn page(&self, setting: Option<&crate::config::RuleSetting>) -> explain::Page {
        match self {
            Known::Checked(rule) => explain::rule(rule, setting),
            Known::Read(rule) => explain::reading(rule, setting),
        }
    }

    fn listed(&self) -> Listed<'_> {
        let (profiles, why, help, instead, sources, examples) = match self {
            Known::Checked(rule) => {
                (&rule.profile[..], &*rule.why, &*rule.help, rule.instead.as_deref(), &rule.sources[..], Some(&rule.examples))
            }
            Known::Read(rule) => (&[][..], rule.why, rule.help, None, &[][..], None),
        };
        let (id, severity, summary, params) = (self.id(), self.severity().name(), self.summary(), self.params());
        Listed { id, severity, summary, params, profiles, why, help, instead, sources, examples }
    }
}
