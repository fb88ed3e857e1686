//! `~~"Dogs will be dogs."~~ He was limping.`: words struck through, which nobody is to say, and why not.

use super::Statement;
use crate::script::{Kind, Step};
use crate::source::Text;

const MARK: &str = "~~";
const QUOTES: [char; 6] = ['"', '“', '”', '‘', '’', '«'];

/// A line with quotations struck through, and remarks around them; `None` for any other.
pub fn read(text: &Text) -> Option<Statement> {
    let mut steps = Vec::new();
    let mut from = 0;
    while let Some(open) = text.value[from..].find(MARK).map(|at| from + at) {
        let start = open + MARK.len();
        let length = text.value[start..].find(MARK).filter(|&length| text.value[start..start + length].contains(QUOTES))?;
        remark(text, from, open, &mut steps)?;
        let words = text.slice(start, start + length).without(&[' ', '"', '“', '”', '‘', '’', '*', '_']);
        steps.push(Step::line(Kind::Avoid, words));
        from = start + length + MARK.len();
    }
    remark(text, from, text.value.len(), &mut steps)?;
    (from > 0).then(|| Statement { steps, ..Statement::default() })
}

/// What stands beside them, if it holds words; nothing is read so where some of them are quoted, and may be said.
fn remark(text: &Text, from: usize, to: usize, steps: &mut Vec<Step>) -> Option<()> {
    let words = &text.value[from..to];
    if words.contains(['"', '“', '«']) {
        return None;
    }
    if words.contains(char::is_alphabetic) {
        steps.push(Step::line(Kind::Note, text.slice(from, to)));
    }
    Some(())
}
