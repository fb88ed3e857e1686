//! Where a suppression holds, in bytes of the file.

use super::comment::{Comment, Piece};
use crate::config::nearest;
use crate::lint::section;
use crate::script::{Fault, Script};
use crate::source::{Source, Span};

const COMMANDS: [&str; 5] =
    ["callint-disable", "callint-enable", "callint-disable-next-line", "callint-disable-section", "callint-disable-file"];

/// The range of the comment at `index`; `None` for one that only ends another.
pub fn of(comments: &[Comment], index: usize, source: &Source, script: &Script) -> Result<Option<Span>, Fault> {
    let comment = &comments[index];
    let start = comment.span.end;
    match comment.command.text.as_str() {
        "callint-disable-file" => Ok(Some(Span::new(0, usize::MAX))),
        "callint-disable-section" => match section::range(script, comment.span.start) {
            Some(range) => Ok(Some(range)),
            None => Err(fault(
                comment,
                "this comment stands in no section".to_string(),
                "Move it below the heading of the section that it is for.",
            )),
        },
        "callint-disable-next-line" => Ok(Some(next_line(comments, start, source, script))),
        "callint-disable" => match comments[index + 1..].iter().find(|end| ends(end, comment)) {
            Some(end) => Ok(Some(Span::new(start, end.span.start))),
            None => {
                let help = "Add `callint-enable` with the same rules where the block ends, or use `callint-disable-file`.";
                Err(fault(comment, "this block has no end, so nothing is suppressed".to_string(), help))
            }
        },
        "callint-enable" if comments[..index].iter().any(|begin| begin.command.text == "callint-disable" && ends(comment, begin)) => {
            Ok(None)
        }
        "callint-enable" => Err(fault(
            comment,
            "no block of these rules begins before this".to_string(),
            "Delete it, or add the `callint-disable` that is missing.",
        )),
        other => {
            let hint = nearest(other, &COMMANDS).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            let help = format!("It can be {}.", COMMANDS.join(", "));
            Err(fault(comment, format!("`{other}` is nothing that a comment can ask for{hint}"), &help))
        }
    }
}

fn fault(comment: &Comment, message: String, help: &str) -> Fault {
    super::suppression(message, help, comment.command.span)
}

/// Whether a comment ends a block: it names the same rules, or none.
fn ends(end: &Comment, begin: &Comment) -> bool {
    let is_named = |rule: &Piece| end.rules.iter().any(|other| other.text == rule.text);
    end.command.text == "callint-enable" && (end.rules.is_empty() || begin.rules.iter().all(is_named))
}

/// The next line with words in it that is no comment to callint, and the whole of what begins there:
/// a sentence may go on for several lines.
fn next_line(comments: &[Comment], start: usize, source: &Source, script: &Script) -> Span {
    let mut index = source.line_index(start) + 1;
    let line = |index: usize| Span::new(source.line_start(index), source.line_start(index + 1));
    let is_passed = |line: Span| {
        let is_comment = comments.iter().any(|comment| comment.span.start >= line.start && comment.span.start < line.end);
        source.slice(line).trim().is_empty() || is_comment
    };
    while !line(index).is_empty() && is_passed(line(index)) {
        index += 1;
    }
    let mut range = line(index);
    // The words of a YAML block begin on the line after its mark.
    let marks = source.slice(range).trim_end().trim_end_matches(|letter: char| "+-0123456789".contains(letter));
    let first = if source.is_yaml() && marks.ends_with(['|', '>']) { range.to(line(index + 1)) } else { range };
    for text in section::texts(script) {
        let span = text.span();
        if first.start <= span.start && span.start < first.end {
            range = range.to(span);
        }
    }
    range
}
