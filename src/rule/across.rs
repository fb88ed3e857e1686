//! How scripts agree with each other: the one property that looks at several of them.

use super::{Acts, Limit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Across {
    pub of: Acts,
    pub agree: Agree,
    /// So many may they differ by.
    #[serde(default)]
    pub max: Option<Limit>,
    /// So many times as much may it be.
    #[serde(default)]
    pub ratio: Option<Limit>,
    /// So many of `of` must there be in each script by itself; with fewer, an info.
    #[serde(default)]
    pub min: Option<Limit>,
    /// With fewer than this, the rule's own severity.
    #[serde(default)]
    pub hard_min: Option<Limit>,
    /// Scripts count as being for the same intent where so much of the intents' words is the same, from
    /// 0 to 1; without it, all.
    #[serde(default)]
    pub intent_match: Option<Limit>,
    /// With `agree: acts`: `of` is no fault where every walk to it passed one of these.
    #[serde(default)]
    pub unless_before: Acts,
    /// What no other script does where one does `of`; what is compared with `of`.
    #[serde(default)]
    pub against: Acts,
    /// Where a walk from `of` ends that is counted.
    #[serde(default)]
    pub until: Acts,
    /// Where a walk from `against` ends that is counted.
    #[serde(default)]
    pub against_until: Acts,
}

/// What scripts agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Agree {
    /// How many different data they ask for.
    Items,
    /// That of those that do `against` all do `of`, or none.
    Whether,
    /// What is given where `of` is done: the kind, the amount, the time.
    Remedies,
    /// That no sentence that does `of` stands in more than `ratio` of all scripts, whatever they are for.
    Words,
    /// That none does `of` where another does `against`.
    Acts,
    /// Which of `of` the agent does before the customer first speaks.
    Opening,
    /// How many steps it takes from `of` to `until`, and from `against` to `against_until`.
    Steps,
}
