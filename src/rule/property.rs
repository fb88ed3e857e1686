//! What a rule asks for: the property vocabulary as types.

use super::{Across, Acts, Limit};
use crate::diagnostic::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The property vocabulary: the specification patterns of Dwyer, Avrunin and Corbett, over walks of
/// the flow graph. A checker for each is in property/.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
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
    /// Scripts with the same intent agree.
    Across(Across),
    /// No more than so many lines or words of this in one go.
    Run(Run),
    /// No more than such a part of what the agent says is this.
    Share(Share),
    /// The shape of the script itself.
    Structure(Structure),
}

/// One of several things to be told, of which a rule asks for some.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Fact {
    /// Whoever does one of these tells it.
    pub does: Acts,
    /// What is not told where it is missing, in the words of a message: `from when`.
    pub words: String,
}

/// Whose lines a property looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lines {
    /// What the agent says, and notes that surely have the agent say it.
    #[default]
    Say,
    /// Only what is spoken in these very words.
    Spoken,
    Note,
    Any,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
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
    /// The same line also does this, and more than the customer's words asked for: `unless_answering` excuses it not.
    pub beyond: Acts,
    /// A fault only where some walk passed one of these.
    pub only_after: Acts,
    /// A fault only where no walk comes to any such line without one of these before.
    pub behind: Acts,
    /// Report with this severity in place of not at all when `unless_before` holds.
    pub softened: Option<Severity>,
    /// So many of them may stand on one walk; without it, none.
    pub max: Option<Limit>,
    /// No fault where so many different ones of `facts` are told in the line or `within` so many of the
    /// agent's lines before and after it.
    pub facts: Vec<Fact>,
    pub at_least: Option<Limit>,
    pub within: Option<Limit>,
    /// Only when one of these data is asked for.
    pub items: Vec<String>,
    /// Not when one of these data is asked for.
    pub unless_items: Vec<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Existence {
    pub of: Acts,
    /// Only in scripts whose title or intent has a word that begins with one of these.
    pub about: Vec<String>,
    /// A hand-over to whoever is called by one of these words, in small letters, does it, too.
    pub handed_to: Vec<String>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Lines, a customer's turn or a new section apart.
    #[default]
    Turns,
    /// Different data asked for.
    Items,
    /// The same piece of data.
    SameItem,
    /// The same sentence, word for word.
    SameWords,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
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
    /// A walk ends at a turn of the customer that does none of these; without it, at none.
    #[serde(default)]
    pub turns: Acts,
    /// Lines of one section count once, whatever the customer says between them: what was offered is done.
    #[serde(default)]
    pub once_a_section: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Precedence {
    /// What must not come first.
    pub of: Acts,
    /// What must come before it.
    pub needs: Acts,
    /// Walks begin behind one of these; without it, where calls begin.
    pub after: Acts,
    /// A fault only where some walk passed one of these, agent's acts included.
    pub only_after: Acts,
    /// So many different ones of `facts` must come before it, in place of `needs`.
    pub facts: Vec<Fact>,
    pub at_least: Option<Limit>,
    /// Only the opening of a call is looked at, up to the customer's first turn.
    pub opening: bool,
    /// In place of lines before which `needs` does not come: those before which it asks for fewer different data
    /// than this.
    pub min_items: Option<Limit>,
    /// One piece of data fewer is enough where the walk has one of these.
    pub passive: Acts,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
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
    /// So many different ones of `facts` must every walk tell, before or after; `needs` spares them.
    pub facts: Vec<Fact>,
    pub at_least: Option<Limit>,
    /// Told once and answered once; these count anew.
    pub anew: Acts,
    /// Only where some walk passed one of these before.
    pub only_after: Acts,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Reachable {
    pub from: Acts,
    pub to: Acts,
    /// Walks that pass one of these do not count.
    pub avoiding: Acts,
    /// Neither do walks on which the agent does one of these first; a fault only where some walk does.
    pub without: Acts,
    /// With `at_most`: turns of the customer that do one of these are counted.
    pub through: Acts,
    /// Each line of `to` that some walk leads to is come to on a walk with no more of `through` than this.
    pub at_most: Option<Limit>,
    /// In place of `from`: what a script's intents or its first branches say that people call about.
    pub goals: bool,
    /// With `goals`: a fault only where each line that the agent says does one of these or of `idle`,
    /// and some line one of these. Any other line may be the one that gets it done.
    pub ends_in: Acts,
    /// With `goals`: what an agent says that neither helps nor sends away.
    pub idle: Acts,
    /// Between `from` and `to`: a fault only where some walk meets one of these. Without them a line that was not
    /// understood may be the one that gets it done.
    pub hindered_by: Acts,
    /// A fault only where no walk meets one of `hindered_by`.
    pub unhindered: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NoCycle {
    pub of: Acts,
    /// Only cycles that can be come to after one of these.
    pub after: Acts,
    pub avoiding: Acts,
    /// Only cycles that go through several scripts.
    pub between_scripts: bool,
    /// Lines that say how often a cycle is gone round, beside conditions such as `attempts < 3`.
    pub bounded_by: Acts,
    /// The severity of a cycle that ends after so many rounds.
    pub bounded: Option<Severity>,
    /// What an exit to a person sounds like, beside handing the caller over.
    pub person: Acts,
    /// The severity of a cycle that has an exit to a person.
    pub exited: Option<Severity>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Run {
    /// Without it, whatever the agent says.
    pub of: Acts,
    pub max_lines: Option<Limit>,
    pub max_words: Option<Limit>,
    /// In one sentence.
    pub max_sentence_words: Option<Limit>,
    /// In one line.
    pub max_questions: Option<Limit>,
    /// Words of a line all in capitals, where most lines are not.
    pub max_capitals: Option<Limit>,
    /// Places in one line that were left to be filled in and do not say with what: `[INSERT]`, `TBD`.
    pub max_blanks: Option<Limit>,
    /// Years of school that a reader needs for what is said in one go.
    pub max_grade: Option<Limit>,
    /// Lines that also do one of these end a run.
    pub broken_by: Acts,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    pub of: Acts,
    /// From 0 to 1.
    pub max: Limit,
    /// Lines that do one of these are not counted.
    #[serde(default)]
    pub apart_from: Acts,
    /// No fault in a script in which anybody does one of these.
    #[serde(default)]
    pub unless: Acts,
    /// Where one of these is told, `unless` has to be on a way through each telling.
    #[serde(default)]
    pub around: Acts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Structure {
    BrokenJump,
    Unreachable,
    DeadEnd,
}
