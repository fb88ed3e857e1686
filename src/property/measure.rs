//! run, line by line: sentences that are too long, questions on end, words in capitals, places left to be filled in.

use super::run::Part;
use super::{Context, Found, Place};
use crate::flow::NodeId;
use crate::rule::{Limit, Run};
use regex::Regex;
use std::sync::LazyLock;

/// What a line is measured by: how much of it there is, and where, in bytes of the line; the whole line without.
type Measure = fn(&str) -> (usize, Option<(usize, usize)>);

pub fn check(context: &Context, property: &Run, part: &Part) -> Vec<Found> {
    let measures: [(&Option<Limit>, &'static str, Measure); 4] = [
        (&property.max_sentence_words, "words", longest),
        (&property.max_questions, "count", questions),
        (&property.max_capitals, "count", capitals),
        (&property.max_blanks, "count", blanks),
    ];
    let wanted = measures.into_iter().filter_map(|(limit, name, measure)| Some((limit.as_ref()?, name, measure)));
    wanted.flat_map(|(limit, name, measure)| over(context, part, context.limit(limit), name, measure)).collect()
}

/// Lines that have more than this. Where most lines do, that is how the script is written.
fn over(context: &Context, part: &Part, most: usize, name: &'static str, measure: Measure) -> Vec<Found> {
    let lines: Vec<NodeId> = (0..context.graph.nodes.len()).filter(|&id| context.reached[id] && part.has(context, id)).collect();
    let text = |id: NodeId| context.node(id).text.map_or("", |text| text.value.as_str());
    // So few bytes can't be so much.
    let count = |id: NodeId| if text(id).len() <= most { (0, None) } else { measure(text(id)) };
    let found: Vec<_> = lines.iter().map(|&id| (id, count(id))).filter(|(_, (count, _))| *count > most).collect();
    let is_habit = name == "count" && found.len() > 2 && found.len() * 2 > lines.len();
    let report = |(id, (count, at)): (NodeId, (usize, Option<(usize, usize)>))| {
        let words = at.zip(context.node(id).text).and_then(|((start, end), text)| text.spans(start, end).first().copied());
        let place = words.map_or(Place::Node(id, part.of), |words| Place::Span(context.node(id).file, words));
        let mut found = Found { place, walk: vec![id], ..Found::default() };
        found.values.insert("count", "1".to_string());
        found.values.insert(name, count.to_string());
        found
    };
    if is_habit { Vec::new() } else { found.into_iter().map(report).collect() }
}

/// Words of the longest sentence.
fn longest(text: &str) -> (usize, Option<(usize, usize)>) {
    (text.split(['.', '!', '?', ';', ':']).map(|sentence| sentence.split_ascii_whitespace().count()).max().unwrap_or(0), None)
}

/// Sentences that end in a question mark.
fn questions(text: &str) -> (usize, Option<(usize, usize)>) {
    let asked = text.split_inclusive('?').filter(|piece| piece.ends_with('?') && piece.chars().any(char::is_alphanumeric));
    (asked.count(), None)
}

/// Words of a line without a small letter; names such as `PIN` are single words.
fn capitals(text: &str) -> (usize, Option<(usize, usize)>) {
    let is_word = |word: &&str| word.chars().filter(|letter| letter.is_uppercase()).count() > 1;
    let is_shouted = !text.chars().any(char::is_lowercase) && !text.contains(['[', '{', '<', '_']);
    (if is_shouted { text.split_whitespace().filter(is_word).count() } else { 0 }, None)
}

/// Places that were left to be filled in and do not say with what; where the first one is.
fn blanks(text: &str) -> (usize, Option<(usize, usize)>) {
    static BLANK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)[\[{<(]+\s*(insert|fill in|placeholder|tbd|tbc|to ?do|xxx+|your (text|script|words)|to be (added|confirmed|decided|written))",
            r"( (here|text|text here|script|words))?\s*[\]}>)]+|\blorem ipsum\b|\b(?-i:TBD|TBC|TODO|FIXME|XXX)\b"
        ))
        .expect("a fixed pattern")
    });
    // A look at few bytes spares most lines the rest.
    let may_be = text.contains(['[', '{', '<']) || ["TB", "TODO", "FIXME", "XXX", "orem"].iter().any(|start| text.contains(start));
    let first = if may_be { BLANK.find(text) } else { None };
    (first.map_or(0, |_| BLANK.find_iter(text).count()), first.map(|found| (found.start(), found.end())))
}
