//! The syntax tree: what a script says, whichever carrier it was written in.
//!
//! `parse` makes it, `flow` reads it. Every piece keeps its place in the source.

use crate::source::{Span, Text};

/// One call script.
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub title: Option<Text>,
    pub header: Header,
    /// In the order of the file.
    pub sections: Vec<Section>,
    /// How sections follow each other.
    pub order: Order,
    /// The author wrote the order down; it was not inferred.
    pub has_order: bool,
    /// It says that every call ends in the same words, wherever it stops.
    pub ends_alike: bool,
    /// What could not be read, in the order of the file.
    pub faults: Vec<Fault>,
    /// What the reader had to guess, one sentence each, for `callint show`.
    pub guesses: Vec<String>,
    /// Whether anything in it is spoken, heard or branched on.
    pub is_call_script: bool,
    /// What it is spoken in, as ISO 639-1 codes, the main language first; set once the project is known.
    pub languages: Vec<String>,
    /// The title or intent says that callers want to leave.
    pub is_about_leaving: bool,
}

/// What a script says about itself.
#[derive(Clone, Debug, Default)]
pub struct Header {
    pub channel: Option<String>,
    pub intents: Vec<String>,
    pub language: Option<String>,
    pub start: Option<Text>,
    /// A known fault is going on while this script is in use.
    pub incident: bool,
}

/// How sections follow each other where nothing else is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// A section goes on with the next one (YAML: a list of steps).
    #[default]
    Sequence,
    /// A section stops unless it says where to go (YAML: a mapping of steps).
    Graph,
    /// Sections are situations; each is an entry of its own.
    Menu,
}

#[derive(Clone, Debug, Default)]
pub struct Section {
    /// What a jump may call it: id, number, title. Normalised by [`crate::parse::target::key`] later.
    pub names: Vec<String>,
    pub heading: Option<Text>,
    /// 1 to 6 as in Markdown, 7 for a bold line that serves as a heading; 1 in YAML.
    pub level: u8,
    /// The place to point at: the heading, or the key of a YAML step.
    pub span: Span,
    pub steps: Vec<Step>,
    /// Contacts, tables of codes, what not to say: nothing leads there and nothing has to.
    pub is_reference: bool,
    /// The heading is what the customer says or a condition (`If the caller is upset`).
    pub is_situation: bool,
    /// Other files of the run may run it by its name.
    pub is_shared: bool,
    /// The first step of another script in the same file.
    pub opens_script: bool,
    pub intents: Vec<String>,
    pub incident: bool,
}

/// A piece of a section, in the order of the call.
#[derive(Clone, Debug)]
pub enum Step {
    Line(Line),
    Choice(Choice),
    Jump(Jump),
    /// The call ends here.
    End(Span),
    /// A name inside a section that a jump may use (`2.1`).
    Anchor(Text),
}

impl Step {
    /// A line of which its author says nothing beside its words.
    pub fn line(kind: Kind, text: Text) -> Step {
        Step::Line(Line { kind, text, marks: Marks::default() })
    }
}

/// Whether something holds for one of some steps that is no choice, nested ones included.
pub fn any_step(steps: &[Step], is_so: &impl Fn(&Step) -> bool) -> bool {
    let in_branches = |step: &Step| match step {
        Step::Choice(choice) => choice.branches.iter().any(|branch| any_step(&branch.steps, is_so)),
        _ => false,
    };
    steps.iter().any(|step| is_so(step) || in_branches(step))
}

/// Something said, heard or noted.
#[derive(Clone, Debug)]
pub struct Line {
    pub kind: Kind,
    pub text: Text,
    pub marks: Marks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The agent speaks it.
    Say,
    /// The customer says it, or a cue for what the customer says.
    Hear,
    /// An instruction to the agent, never spoken.
    Note,
    /// One piece of data in a list that the agent must obtain.
    Collect,
    /// An example of what not to say.
    Avoid,
}

/// What the author wrote about a line beside its words.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Speech acts given by the author, in place of those that the tagger hears.
    pub acts: Option<Vec<String>>,
    /// Words that the law asks for.
    pub is_legal: bool,
    /// To be said as written.
    pub is_verbatim: bool,
    /// Typed by the customer, not spoken.
    pub is_keypad: bool,
    /// The walk may skip it.
    pub is_optional: bool,
}

/// A fork. A walk goes through one of its branches; a single branch may also be passed by.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub branches: Vec<Branch>,
    pub span: Span,
}

#[derive(Clone, Debug, Default)]
pub struct Branch {
    /// The customer's words or the condition; `None` for the other of two variants.
    pub label: Option<Text>,
    /// The label is what the customer says, not a condition about the call.
    pub is_heard: bool,
    /// `otherwise`, `else`, `default`.
    pub is_otherwise: bool,
    /// The class that the author gave (`yes`, `no`, `cancel`, …).
    pub class: Option<String>,
    /// The reason that the author gave (`bereavement`).
    pub reason: Option<String>,
    pub steps: Vec<Step>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Jump {
    pub kind: JumpKind,
    pub target: Target,
    /// The words that name the target, or the whole jump where nothing does.
    pub text: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JumpKind {
    Goto,
    /// Comes back to the next line.
    Call,
    /// Hands the caller over; the walk ends there unless the target is a section or file of the run.
    Transfer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A section by id, number or title. `is_sure` when the notation leaves no doubt that this is a
    /// jump, so that a name that does not exist is a fault and not a guess gone wrong.
    Name { name: String, is_sure: bool },
    /// A link: a file, a heading's anchor in it, or an anchor of this file.
    Link { file: Option<String>, anchor: Option<String> },
    /// Another script by its title (*Follow Provider Script*).
    Script(String),
    /// What another file of the run may hold, by its name: the words of a chatbot's response. Only until
    /// [`crate::parse::join`] has looked for it.
    Elsewhere(String),
    /// A team or person outside the script.
    Outside,
}

/// Something in the file that could not be read as it was meant.
#[derive(Clone, Debug)]
pub struct Fault {
    /// `syntax`, `unknown-key`, `duplicate-id`, `duplicate-key`, `encoding`, `missing-otherwise`, `reason-to-write`,
    /// `suppression`: the name within the `reading/` family.
    pub name: &'static str,
    pub message: String,
    pub help: String,
    pub span: Span,
    /// Another place that belongs to it, with a word on it (the first of two equal keys).
    pub related: Option<(Span, String)>,
}
