//! One line of a script, read by grammar/line.pest.

use crate::script::{Kind, Line, Marks, Step};
use crate::source::Text;

/// Reads words whose speaker is known (the value of `agent:`).
pub fn keyed(text: &Text, kind: Kind) -> Vec<Step> {
    vec![Step::Line(Line { kind, text: text.clone(), marks: Marks::default() })]
}

/// Reads words that must say themselves who speaks; without a marker they are the agent's.
pub fn plain(text: &Text) -> Vec<Step> {
    keyed(text, Kind::Say)
}
