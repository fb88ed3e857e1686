//! Edits on a text.

use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Source;

/// Makes the first fix of each finding of a file, the safe ones or all, and leaves out those that
/// would change words which another one changes already. Returns the new text and the findings that
/// were mended; `None` when there is nothing to do.
pub fn apply<'a>(source: &Source, findings: &[&'a Diagnostic], is_unsafe_wanted: bool) -> Option<(String, Vec<&'a Diagnostic>)> {
    let (mut edits, mut mended): (Vec<&Edit>, Vec<&Diagnostic>) = (Vec::new(), Vec::new());
    for found in findings {
        let Some(fix) = found.fixes.iter().find(|fix| fix.is_safe || is_unsafe_wanted) else { continue };
        if fix.edits.iter().all(|edit| edits.iter().all(|other| !crosses(edit, other))) {
            edits.extend(&fix.edits);
            mended.push(found);
        }
    }
    edits.sort_by_key(|edit| edit.span);
    let mut text = source.text.clone();
    for edit in edits.iter().rev() {
        text.get(edit.span.start..edit.span.end)?;
        text.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    (!mended.is_empty()).then_some((text, mended))
}

/// Two insertions at one place cross, too: which of them comes first would be left to chance.
fn crosses(one: &Edit, other: &Edit) -> bool {
    one.span == other.span || one.span.start < other.span.end && other.span.start < one.span.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Fix, Severity};
    use crate::source::Span;

    fn found(edits: &[(usize, usize, &str)], is_safe: bool) -> Diagnostic {
        let edits = edits.iter().map(|(start, end, text)| Edit { span: Span::new(*start, *end), text: text.to_string() }).collect();
        let fixes = vec![Fix { description: String::new(), is_safe, edits }];
        Diagnostic { fixes, ..Diagnostic::new("a/b", Severity::Error, "", 0, vec![Span::new(0, 1)]) }
    }

    #[test]
    fn edits_never_cross() {
        let source = Source::new("a.md", "one two three");
        let (first, second) = (found(&[(4, 7, "2")], true), found(&[(0, 3, "1"), (6, 9, "x")], true));
        let third = found(&[(8, 8, "and "), (13, 13, "!")], false);
        let fixed = |findings: &[&Diagnostic], all| apply(&source, findings, all).map(|(text, mended)| (text, mended.len()));
        assert_eq!(fixed(&[&first, &second, &third], true), Some(("one 2 and three!".into(), 2)));
        assert_eq!(fixed(&[&third, &third], true), Some(("one two and three!".into(), 1)));
        assert_eq!(fixed(&[&third], false), None);
    }
}
