//! What a rule found: plain data, before any format.

use crate::act::Voice;
use crate::act::combine::MODEL;
use crate::act::model::{Line, like};
use crate::source::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A finding. Files are indexes into the list of sources; spans are bytes of their texts.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// `family/name`.
    pub rule: String,
    pub severity: Severity,
    /// One sentence in plain words, without a full stop.
    pub message: String,
    /// The next thing to do.
    pub help: String,
    /// Why it matters, one sentence; empty for faults of reading.
    pub why: String,
    pub file: usize,
    /// What the primary label covers: one span for each run of words, sorted, never empty.
    pub spans: Vec<Span>,
    /// What stands at the primary label, as in "offer 2, after the caller said no"; may be empty.
    pub label: String,
    /// Other places that belong to the finding, in the order in which a reader should see them.
    pub related: Vec<Label>,
    /// The shortest walk through the call that shows the fault; empty for faults of one line.
    pub walk: Vec<Turn>,
    /// Words to say in place of these.
    pub instead: Option<String>,
    pub decided: Option<Decision>,
    /// Changes that mend it, the likeliest first.
    pub fixes: Vec<Fix>,
    /// The name of the section that it stands in; empty before the first one.
    pub section: String,
    /// Somebody accepted it, and said why.
    pub suppressed: Option<Suppressed>,
}

impl Diagnostic {
    /// A finding that says no more than what is wrong and where.
    pub fn new(rule: impl Into<String>, severity: Severity, message: impl Into<String>, file: usize, spans: Vec<Span>) -> Diagnostic {
        Diagnostic {
            rule: rule.into(),
            severity,
            message: message.into(),
            help: String::new(),
            why: String::new(),
            file,
            spans,
            label: String::new(),
            related: Vec::new(),
            walk: Vec::new(),
            instead: None,
            decided: None,
            fixes: Vec::new(),
            section: String::new(),
            suppressed: None,
        }
    }

    /// From the first to the last byte of the primary label.
    pub fn span(&self) -> Span {
        let first = self.spans.first().copied().unwrap_or_default();
        self.spans.last().map_or(first, |last| first.to(*last))
    }

    /// What findings are sorted by.
    pub fn order(&self) -> (usize, Span, &str, &str) {
        (self.file, self.span(), &self.rule, &self.message)
    }
}

/// Why a finding is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    pub reason: String,
    /// The last day on which it is accepted, as in `2027-03-01`.
    pub until: Option<String>,
    /// Where the comment is that says so, in bytes of the finding's file; `None` for a baseline.
    pub place: Option<Span>,
}

/// A change to the file of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command.
    pub description: String,
    /// Does what the author meant beyond doubt; any other is a proposal to read first.
    pub is_safe: bool,
    /// Sorted, none over another.
    pub edits: Vec<Edit>,
}

/// Words to put in the place of others; an empty span only inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

#[derive(Clone, Debug)]
pub struct Label {
    pub file: usize,
    pub span: Span,
    pub message: String,
}

/// One turn of a walk, as a dialogue shows it.
#[derive(Clone, Debug)]
pub struct Turn {
    pub file: usize,
    pub span: Span,
    pub speaker: Speaker,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    Agent,
    Customer,
    /// A condition, a jump or a note: not spoken.
    Note,
}

impl Speaker {
    pub fn name(self) -> &'static str {
        match self {
            Speaker::Agent => "agent",
            Speaker::Customer => "customer",
            Speaker::Note => "note",
        }
    }
}

/// What made a rule decide.
#[derive(Clone, Debug)]
pub struct Decision {
    /// `pattern`, `model` or `tag`.
    pub by: &'static str,
    /// The words that decided.
    pub text: String,
    /// As [`crate::act::combine::trust`] has it; 1 for what the model is not asked about.
    pub confidence: f32,
    /// The act by its name, and whose line it is in.
    pub act: String,
    pub voice: Option<Voice>,
}

impl Decision {
    /// The labelled line that the line reads like, where the model decided.
    pub fn like(&self) -> Option<&'static str> {
        let voice = self.voice.filter(|_| self.by == MODEL)?;
        like::nearest(&Line { voice, text: &self.text }, &self.act)
    }
}

/// Something that could not be told, said instead of passed over in silence.
#[derive(Clone, Debug)]
pub struct Unknown {
    pub file: usize,
    pub span: Span,
    pub what: String,
}
