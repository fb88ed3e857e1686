//! `~~"Dogs will be dogs."~~ He was limping.`: words struck through, which nobody is to say, and why not.

use super::Statement;
use crate::script::{Kind, Step};
use crate::source::Text;

/// A line that begins with a quotation struck through; `None` for any other.
pub fn read(text: &Text) -> Option<Statement> {
    const MARK: &str = "~~";
    let inner = text.value.trim_start().strip_prefix(MARK)?;
    let start = text.value.len() - inner.len();
    let length = inner.find(MARK).filter(|&length| inner[..length].contains(['"', '“', '‘']))?;
    let behind = start + length + MARK.len();
    let words = text.slice(start, start + length).without(&[' ', '"', '“', '”', '‘', '’', '*', '_']);
    let mut steps = vec![Step::line(Kind::Avoid, words)];
    if !text.value[behind..].trim().is_empty() {
        steps.push(Step::line(Kind::Note, text.slice(behind, text.value.len())));
    }
    Some(Statement { steps, ..Statement::default() })
}
