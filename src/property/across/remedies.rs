//! Remedies: what callers get for the same complaint, in one script and in another.

use super::{Context, Found, Place};
use crate::act::ActSet;
use crate::flow::{NodeId, NodeKind};
use crate::rule::Across;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Scripts for one intent that are looked at; each is compared with each.
const MOST: usize = 50;

/// What a line gives, by kind, amount and time; each in the script's own words, in small letters.
type Remedy = [Option<String>; 3];

/// Two scripts that give different things with no condition before them.
pub fn check(context: &Context, property: &Across, files: &BTreeSet<usize>) -> Option<Found> {
    let of = context.set(&property.of);
    let given: Vec<(NodeId, Remedy)> = files.iter().filter_map(|&file| only(context, of, file)).take(MOST).collect();
    let pairs = given.iter().enumerate().flat_map(|(at, one)| given[at + 1..].iter().map(move |other| (one, other)));
    let ((here, there), (this, other)) = pairs.filter_map(|(one, other)| Some(((one.0, other.0), differ(&one.1, &other.1)?))).next()?;
    let mut found = Found { place: Place::Node(here, of), related: vec![(there, format!("{other} here"))], ..Found::default() };
    found.values.insert("this", this);
    found.values.insert("other", other);
    Some(found)
}

/// What a script gives, where it gives one thing to everybody: what stands behind a condition is for some.
fn only(context: &Context, of: ActSet, file: usize) -> Option<(NodeId, Remedy)> {
    let gives = |&id: &NodeId| context.node(id).file == file && context.reached[id] && context.node(id).is_spoken() && context.has(id, of);
    let mut lines = (0..context.graph.nodes.len()).filter(gives);
    let line = lines.next()?;
    let is_condition = |&id: &NodeId| context.node(id).kind == NodeKind::Cue { is_heard: false };
    if lines.next().is_some() || context.walk_to(line).iter().any(is_condition) {
        return None;
    }
    Some((line, remedy(&context.node(line).text?.value)))
}

fn remedy(words: &str) -> Remedy {
    static PARTS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
        [
            r"(?i)\b(refund|credit|voucher|replacement|discount|waive)",
            r"(?i)([£$€] ?\d[\d.,]*\d|[£$€] ?\d|\b\d+ ?(%|per ?cent|pounds|dollars|euros)|\b(half|the whole|the full|all of it)\b)",
            r"(?i)\b(\d+|an?|one|two|three|four|five|six|seven|ten|fourteen) (working |business )?(hours?|days?|weeks?|months?)\b",
        ]
        .map(|part| Regex::new(part).expect("a fixed pattern"))
    });
    PARTS.each_ref().map(|part| part.find(words).map(|found| found.as_str().to_lowercase()))
}

/// The first thing that both say and that is not the same.
fn differ(one: &Remedy, other: &Remedy) -> Option<(String, String)> {
    let both = one.iter().zip(other).filter_map(|(one, other)| one.clone().zip(other.clone()));
    both.into_iter().find(|(one, other)| one != other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remedies_differ_in_kind_amount_or_time() {
        let differs = |one, other| differ(&remedy(one), &remedy(other));
        let told = |one: &str, other: &str| Some((one.to_string(), other.to_string()));
        assert_eq!(differs("I've refunded £5.", "I've refunded the lot."), None);
        assert_eq!(differs("I've refunded £5.", "I'll refund £12.50 now."), told("£5", "£12.50"));
        assert_eq!(differs("A refund of £5.", "A voucher for £5."), told("refund", "voucher"));
        assert_eq!(differs("Your refund takes 3 days.", "The refund takes two weeks."), told("3 days", "two weeks"));
    }
}
