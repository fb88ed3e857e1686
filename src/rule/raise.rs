//! Where a rule's fault is graver than usual.

use super::{Acts, Limit};
use crate::diagnostic::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Another severity, where all that is said here holds.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Raise {
    pub to: Severity,
    /// Some walk to the place passed one of these.
    #[serde(default)]
    pub after: Acts,
    /// No walk to the place passed one of these.
    #[serde(default)]
    pub not_after: Acts,
    /// The walk that shows the fault passes one of these.
    #[serde(default)]
    pub passing: Acts,
    /// The line also does one of these.
    #[serde(default)]
    pub beside: Acts,
    /// From what the customer said last, no walk leads to one of these, nor to another person.
    #[serde(default)]
    pub never: Acts,
    /// The script's title or intent has a word that begins with one of these.
    #[serde(default)]
    pub about: Vec<String>,
    /// The script or the section says itself that a known fault is going on.
    #[serde(default)]
    pub incident: bool,
    /// Another finding of the rule can stand on the same walk.
    #[serde(default)]
    pub repeated: bool,
    /// Walks go round through the place and through other scripts, without end.
    #[serde(default)]
    pub between_scripts: bool,
    /// The rule counted so many or more.
    #[serde(default)]
    pub count: Option<Limit>,
}
