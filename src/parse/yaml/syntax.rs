//! What is wrong with the YAML, in words for people who write scripts and not programs.

use granit_parser::ErrorKind;

use crate::script::Fault;
use crate::source::Span;

/// A fault for an error of the YAML parser.
pub fn fault(kind: &ErrorKind, span: Span) -> Fault {
    let (message, help) = explain(kind);
    syntax(message, help, span)
}

pub fn too_deep(span: Span) -> Fault {
    let help = "move the inner part into a step of its own and go there with `goto`";
    syntax("this is nested too deeply to be read", help, span)
}

pub fn cycle(span: Span) -> Fault {
    syntax("this repeats the very part that it stands in", "name the step with `goto` to go round again", span)
}

pub fn unknown_alias(span: Span) -> Fault {
    let help = "a name with `*` repeats a part marked with `&` further up; put quotes around words that begin with `*`";
    syntax("nothing above is marked with this name", help, span)
}

pub fn too_many_aliases(span: Span) -> Fault {
    let help = "use `call` or `goto` for what many steps share";
    syntax("the parts repeated with `*` add up to more than can be read", help, span)
}

pub fn no_key(span: Span) -> Fault {
    let help = "begin the line with `agent:`, `customer:`, `note:` or another key, as its neighbours do";
    syntax("this line has no key in front of its words", help, span)
}

pub fn bracket(span: Span) -> Fault {
    syntax("these words begin with a bracket, which YAML takes for the start of a list", QUOTE_ALL, span)
}

fn syntax(message: &str, help: &str, span: Span) -> Fault {
    Fault { name: "syntax", message: message.to_string(), help: help.to_string(), span, related: None }
}

const QUOTE_ALL: &str = "put the whole sentence in quotes";

type Words = (&'static str, &'static str);

fn explain(kind: &ErrorKind) -> Words {
    let found = keys(kind).or_else(|| quotes(kind)).or_else(|| indentation(kind)).or_else(|| brackets(kind));
    found.unwrap_or(("this is not valid YAML", QUOTE_ALL))
}

fn keys(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind::*;
    Some(match kind {
        MappingValueNotAllowed
        | MappingKeyNotAllowed
        | InvalidSimpleKey
        | InvalidColonPlacement
        | InvalidMappingValueWhitespace
        | FlowMappingValueAdjacentCollection => ("these words hold a colon or are indented so that they read as another key", QUOTE_ALL),
        SimpleKeyExpected | ExpectedBlockMappingKey | UnexpectedEndOfPlainScalar => {
            ("a key with a colon was expected here", "write `key: words`, indented like its neighbours")
        }
        ExpectedBlockSequenceEntry | BlockSequenceEntryNotAllowed | InvalidBlockEntryWhitespace | BlockEntryInFlowCollection => {
            ("a `-` is missing here or stands where none can", "begin each item of a list with `- `, all indented alike")
        }
        UnexpectedCharacter { .. } | PlainScalarStartsWithDashFlowIndicator | MissingAnchorOrAliasName => {
            ("a sentence cannot begin with this character", QUOTE_ALL)
        }
        ExpectedDocumentStart | ExpectedNodeContent | InvalidDocumentEnd => {
            ("these words do not belong to what stands before them", QUOTE_ALL)
        }
        _ => return None,
    })
}

fn quotes(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind::*;
    Some(match kind {
        UnclosedQuotedScalar | DocumentIndicatorInQuotedScalar => {
            ("a quote opens here and is never closed", "close the quote at the end of the sentence")
        }
        InvalidTrailingSingleQuotedScalar | InvalidTrailingDoubleQuotedScalar => (
            "words follow the closing quote",
            "put the whole sentence in one pair of quotes; inside, write `''` in single or `\\\"` in double quotes",
        ),
        UnknownQuotedScalarEscape | InvalidQuotedScalarHexEscape | InvalidUnicodeEscape => {
            ("a backslash stands before a letter that it cannot stand before", "write `\\\\`, or use single quotes")
        }
        _ => return None,
    })
}

/// Whether the parser stumbled over a tab.
pub fn is_tab(kind: &ErrorKind) -> bool {
    use ErrorKind::*;
    matches!(kind, TabNotAllowed | TabInBlockIndentation | TabInIndentation | TabAtBlockScalarStart | TabInPlainScalar)
}

fn indentation(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind::*;
    Some(match kind {
        TabNotAllowed | TabInBlockIndentation | TabInIndentation | TabAtBlockScalarStart | TabInPlainScalar => {
            ("this line is indented with a tab", "indent with spaces")
        }
        InvalidIndentation | InvalidBlockScalarIndent | InvalidQuotedScalarIndent | InvalidFlowScalarIndent => {
            ("this line is indented differently from what it belongs to", "indent it like its neighbours")
        }
        RecursionLimitExceeded => ("this is nested too deeply to be read", "move the inner part into a step of its own"),
        _ => return None,
    })
}

fn brackets(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind::*;
    Some(match kind {
        UnclosedFlowCollection { .. } | UnexpectedEofFlowSequence | UnexpectedEofFlowMapping | UnexpectedEofImplicitFlowMapping => {
            ("a bracket opens here and is never closed", "close the bracket")
        }
        MisplacedFlowCollectionEnd | MismatchedFlowCollectionEnd { .. } => {
            ("this bracket closes nothing that is open", "take it out, or put the sentence in quotes")
        }
        ExpectedFlowMappingSeparator | ExpectedFlowSequenceSeparator => {
            ("a comma or the closing bracket is missing", "separate items with commas, and put sentences in quotes")
        }
        _ => return None,
    })
}
