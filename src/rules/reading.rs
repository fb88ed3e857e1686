//! Rules without a file, as they hold no property to check: the `reading/` family, which is what the parser
//! itself reports, and the budgets of the project file. A project sets their levels like any other's.

use crate::diagnostic::Severity;

/// A rule of the family.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// With the family before it.
    pub id: &'static str,
    /// What it finds, one sentence.
    pub summary: &'static str,
    pub severity: Severity,
    pub why: &'static str,
    pub help: &'static str,
}

/// All of them, sorted by id.
pub const ALL: [Reading; 10] = [
    Reading {
        id: "effort/over-budget",
        summary: "A call asks more of a caller than callint.yaml allows.",
        severity: Severity::Error,
        why: "Every turn, question and offer between a wish and its end costs callers time, and some give up on the way.",
        help: "Take out what callers do not need, or raise the budget under `effort` in callint.yaml.",
    },
    Reading {
        id: "reading/duplicate-id",
        summary: "Two steps of a script have the same id.",
        severity: Severity::Error,
        why: "A jump to that id can lead to one of them only, and the other is never spoken.",
        help: "Give each step an id of its own and correct the jumps that meant the second one.",
    },
    Reading {
        id: "reading/duplicate-key",
        summary: "A mapping has the same key twice.",
        severity: Severity::Error,
        why: "Most YAML readers keep one of the two and drop the other without a word.",
        help: "Make a list of the two values, or delete the one that is out of date.",
    },
    Reading {
        id: "reading/encoding",
        summary: "Some bytes of the file are not UTF-8 text.",
        severity: Severity::Error,
        why: "The letters they stood for are lost, and so are findings about these words.",
        help: "Save the file as UTF-8.",
    },
    Reading {
        id: "reading/missing-otherwise",
        summary: "A choice has no branch for a caller who says something else.",
        severity: Severity::Info,
        why: "Callers say what nobody foresaw, and the agent then has nothing to say.",
        help: "Add an otherwise branch that asks again or hands the caller over.",
    },
    Reading {
        id: "reading/reason-to-write",
        summary: "A comment that is to suppress findings still has the reason that callint put there to be written.",
        severity: Severity::Info,
        why: "Nobody has said yet why the words may stay, so the findings stay, too.",
        help: "Write the reason, or delete the comment.",
    },
    Reading {
        id: "reading/rule-file",
        summary: "A file among a project's own rules is no rule that can be checked.",
        severity: Severity::Error,
        why: "The rule is left out, so nobody is told of the faults that it was written for.",
        help: "Correct the words that the finding points at; `callint rules check` looks at all rule files.",
    },
    Reading {
        id: "reading/suppression",
        summary: "A comment that suppresses findings is not in order.",
        severity: Severity::Warning,
        why: "A fault that is accepted without a rule, a reason or an end is soon forgotten, and new ones hide behind it.",
        help: "Name the rule and the reason, as in `callint-disable-next-line outage/denial -- agreed with the service desk`.",
    },
    Reading {
        id: "reading/syntax",
        summary: "Part of the file could not be read.",
        severity: Severity::Error,
        why: "Lines that cannot be read cannot be checked.",
        help: "Correct the line that the finding points at; most often a quotation mark or an indentation is off.",
    },
    Reading {
        id: "reading/unknown-key",
        summary: "A key of a YAML script means nothing to callint.",
        severity: Severity::Warning,
        why: "What stands under the key was left out, so it was not checked either.",
        help: "Correct the key's spelling, or one that the message names; `callint show` tells what each line was taken for.",
    },
];

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Reading> {
    ALL.iter().find(|rule| rule.id == id)
}
