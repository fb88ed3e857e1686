//! A rule file as a type: `rules/<family>/<name>.yaml`, and a user's own.

use crate::diagnostic::Severity;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One rule. The file is also its documentation and its tests.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    pub property: Property,
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

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Examples {
    pub bad: Vec<Example>,
    /// Near misses: scripts that look like the fault and are none.
    pub good: Vec<Example>,
}

/// A script in which `« »` marks what the primary label must cover.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub script: String,
    /// `yaml` for a YAML script; Markdown otherwise.
    #[serde(default)]
    pub format: Option<String>,
}

/// One act or several.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Limit {
    Number(f64),
    Param(String),
}

/// The property vocabulary: the specification patterns of Dwyer, Avrunin and Corbett, over walks of
/// the flow graph. A checker for each is in property/.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    /// No line does this.
    Absence(Absence),
    /// Somewhere in the script somebody does this.
    Existence(Existence),
    /// No walk has more than so many of these.
    BoundedExistence(BoundedExistence),
    /// No walk has this before that.
    Precedence(Precedence),
    /// After this, that comes before anything else.
    Response(Response),
    /// From each of these some walk leads to one of those.
    Reachable(Reachable),
    /// No walk comes back to the same one of these.
    NoCycle(NoCycle),
    /// The shape of the script itself.
    Structure(Structure),
}

/// Whose lines a property looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lines {
    #[default]
    Say,
    Note,
    Any,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Absence {
    pub of: Acts,
    #[serde(rename = "in")]
    pub lines: Lines,
    /// The same line also does this: no fault.
    pub unless_beside: Acts,
    /// No fault when every walk to the line passed one of these.
    pub unless_before: Acts,
    /// The agent's line right before or right after it does one of these: no fault.
    pub unless_near: Acts,
    /// No fault when the customer's last words before the line do this.
    pub unless_answering: Acts,
    /// A fault only where some walk passed one of these.
    pub only_after: Acts,
    /// Report with this severity in place of not at all when `unless_before` holds.
    pub softened: Option<Severity>,
    pub raise: Option<Raise>,
    /// Only when one of these data is asked for.
    pub items: Vec<String>,
}

/// A higher severity under a condition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raise {
    pub to: Severity,
    /// Some walk passed one of these before.
    #[serde(default)]
    pub after: Acts,
    /// The line also does this.
    #[serde(default)]
    pub beside: Acts,
    /// So many of these lines can stand on one walk.
    #[serde(default)]
    pub repeated: Option<f64>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Existence {
    pub of: Acts,
    /// Only in scripts whose title or intent has a word that begins with one of these.
    pub about: Vec<String>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Lines, a customer's turn or a new section apart.
    #[default]
    Turns,
    /// Different data asked for.
    Items,
    /// The same piece of data.
    SameItem,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundedExistence {
    pub of: Acts,
    #[serde(default)]
    pub count: Count,
    pub max: Limit,
    /// Above this the finding is an error.
    #[serde(default)]
    pub hard_max: Option<Limit>,
    /// Walks begin at one of these; without it, where calls begin.
    #[serde(default)]
    pub after: Acts,
    /// After `after`, the walk must also have passed one of these before counting.
    #[serde(default)]
    pub then: Acts,
    #[serde(default)]
    pub until: Acts,
    /// Walks that pass one of these do not count.
    #[serde(default)]
    pub avoiding: Acts,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Precedence {
    /// What must not come first.
    pub of: Acts,
    /// What must come before it.
    pub needs: Acts,
    /// Walks begin behind one of these; without it, where calls begin.
    pub after: Acts,
    /// Only the opening of a call is looked at, up to the customer's first turn.
    pub opening: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Response {
    pub after: Acts,
    pub needs: Acts,
    /// What must not come before `needs`; without it, the end of the walk.
    pub before: Acts,
    /// A question counts as one of `before`; without `before`, none is looked at.
    pub or_question: bool,
    /// Lines of the agent within which `needs` may still come.
    pub within: Option<Limit>,
    /// Told once and answered once; these count anew.
    pub anew: Acts,
    /// Only where some walk passed one of these before.
    pub only_after: Acts,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reachable {
    pub from: Acts,
    pub to: Acts,
    /// Walks that pass one of these do not count.
    pub avoiding: Acts,
    /// Neither do walks on which the agent does one of these first; a fault only where some walk does.
    pub without: Acts,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoCycle {
    pub of: Acts,
    /// Only cycles that can be come to after one of these.
    pub after: Acts,
    pub avoiding: Acts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Structure {
    BrokenJump,
    Unreachable,
    DeadEnd,
}
