//! A rule file as a type: `rules/<family>/<name>.yaml`, and a user's own.

mod across;
mod either;
mod property;
mod raise;

pub use across::{Across, Agree};
pub use property::*;
pub use raise::Raise;

use crate::diagnostic::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One rule. The file is also its documentation and its tests.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `family/name`, equal to the file's place.
    pub id: String,
    /// What it finds, one sentence.
    pub summary: String,
    pub severity: Severity,
    /// Numbers that a project may change, with their defaults.
    #[serde(default)]
    pub params: BTreeMap<String, f64>,
    /// Looked at only where the project names one of these profiles: what some law or trade asks for.
    /// Empty: always.
    #[serde(default)]
    pub profile: Vec<String>,
    /// By profile, other defaults of parameters.
    #[serde(default)]
    pub profiles: BTreeMap<String, BTreeMap<String, f64>>,
    /// By how a word of a script's intent begins, other defaults of parameters.
    #[serde(default)]
    pub intents: BTreeMap<String, BTreeMap<String, f64>>,
    pub property: Property,
    /// Other properties, each of which finds the same fault in another shape.
    #[serde(default)]
    pub also: Vec<Also>,
    /// Where the fault is graver; the first that holds counts.
    #[serde(default)]
    pub raise: Vec<Raise>,
    /// Rules that say it better.
    #[serde(default)]
    pub yields_to: YieldsTo,
    /// One sentence without a full stop; `{name}` is filled in.
    pub message: String,
    /// What stands at the primary label; `{name}` is filled in.
    #[serde(default)]
    pub label: String,
    /// The next thing to do.
    pub help: String,
    /// Words to say in place of these; must lint clean.
    #[serde(default)]
    pub instead: Option<String>,
    /// Why it matters, one sentence first.
    pub why: String,
    #[serde(default)]
    pub sources: Vec<String>,
    pub examples: Examples,
}

impl Rule {
    /// All properties that it looks at.
    pub fn properties(&self) -> impl Iterator<Item = &Property> {
        std::iter::once(&self.property).chain(self.also.iter().map(|also| &also.property))
    }
}

/// Another property of a rule.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Also {
    /// How grave what it finds is, in place of the rule's own severity.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// In place of the rule's own message.
    #[serde(default)]
    pub message: Option<String>,
    #[serde(flatten)]
    pub property: Property,
}

/// Rules in favour of which a finding is left out.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct YieldsTo {
    /// Where a finding of one of these overlaps it.
    pub same_words: Vec<String>,
    /// Where one of these has a finding in the file.
    pub same_file: Vec<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Examples {
    pub bad: Vec<Example>,
    /// Near misses: scripts that look like the fault and are none.
    pub good: Vec<Example>,
}

/// A script in which `« »` marks what the primary label must cover.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub script: String,
    /// Another script of the same run.
    #[serde(default)]
    pub beside: Option<String>,
    /// `yaml` for YAML scripts; Markdown otherwise.
    #[serde(default)]
    pub format: Option<String>,
}

/// One act or several.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Acts {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

impl Acts {
    pub fn names(&self) -> Vec<&str> {
        match self {
            Acts::None => Vec::new(),
            Acts::One(name) => vec![name],
            Acts::Many(names) => names.iter().map(String::as_str).collect(),
        }
    }
}

/// A number, or `$name` of a parameter.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Limit {
    Number(f64),
    Param(String),
}
