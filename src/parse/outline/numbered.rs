//! Situations as the items of a numbered list: `2. Tablets are missing`, what is said then below it.

use super::headings::tells_of_caller;
use super::titles::has_headings;
use crate::parse::blocks::{Block, BlockKind};
use crate::parse::{line, role};
use crate::source::{Source, Span, Text};
use std::collections::HashSet;

/// Longer names are sentences, in words.
const LONGEST: usize = 7;

/// Puts the name of each item of such a list into a paragraph of its own, in a document without headings.
pub fn split_situations(source: &Source, root: &mut Block) {
    if has_headings(root) {
        return;
    }
    for list in root.children.iter_mut().filter(|block| are_situations(source, block)) {
        for item in &mut list.children {
            let Some(end) = name_end(source, item) else { continue };
            let Some(head) = item.children.first_mut() else { continue };
            let mut rest = head.clone();
            head.lines.truncate(1);
            head.lines[0].end = end;
            head.span = head.lines[0];
            rest.lines[0] = behind(source, Span::new(end, rest.lines[0].end));
            rest.lines.retain(|line| !source.slice(*line).trim().is_empty());
            if let (Some(first), Some(last)) = (rest.lines.first(), rest.lines.last()) {
                rest.span = first.to(*last);
                item.children.insert(1, rest);
            }
        }
    }
}

/// The situations of a numbered list with their numbers, once their names stand alone.
pub(super) fn situations<'a>(source: &Source, block: &'a Block) -> Option<Vec<(Text, u64, &'a Block)>> {
    let BlockKind::List(Some(first)) = block.kind else { return None };
    let title = |item: &Block| item.children.first().and_then(|head| head.lines.first()).map(|line| Text::copied(&source.text, *line));
    let numbered = block.children.iter().zip(first..).filter_map(|(item, number)| Some((title(item)?, number, item)));
    are_situations(source, block).then(|| numbered.collect())
}

/// Every item has a name with something behind it: steps with its number, or none but the first and the last name is an
/// order, and several tell what callers come for.
fn are_situations(source: &Source, list: &Block) -> bool {
    const FEWEST: usize = 3;
    let BlockKind::List(Some(first)) = list.kind else { return false };
    let names: Option<Vec<&str>> = list.children.iter().map(|item| name(source, item)).collect();
    let Some(names) = names.filter(|names| names.len() > 1) else { return false };
    if list.children.iter().zip(first..).all(|(item, number)| has_own_steps(source, item, number)) {
        return true;
    }
    if are_led_to(source, list, first) {
        return true;
    }
    if names.len() <= FEWEST {
        return false;
    }
    let are_orders = names[1..names.len() - 1].iter().any(|name| is_order(name));
    let told = names.iter().filter(|name| tells_of_caller(name) || tells_of_trouble(name)).count();
    !are_orders && told * 3 >= names.len() && told > 1
}

/// `-> 3`, `go to 2`: at least half of the items, and more than one, are places to go on at, and each begins with who
/// speaks.
fn are_led_to(source: &Source, list: &Block, first: u64) -> bool {
    const LEADS: [&str; 7] = ["-> ", "→ ", "=> ", "~> ", "go to ", "go to step ", "jump to "];
    let speaks = |item: &Block| {
        let second = item.children.iter().flat_map(|block| &block.lines).nth(1);
        second.is_some_and(|line| line::pieces(source.slice(*line)).first().is_some_and(|piece| piece.kind == line::PieceKind::Label))
    };
    let number = |at: usize| {
        let rest = &source.text[at..];
        let digits = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
        digits.parse::<u64>().ok().filter(|_| !rest[digits.len()..].starts_with(char::is_alphanumeric))
    };
    let named: HashSet<u64> =
        LEADS.iter().flat_map(|lead| source.text.match_indices(lead).filter_map(move |(at, _)| number(at + lead.len()))).collect();
    let led_to = (first..).take(list.children.len()).filter(|number| named.contains(number)).count();
    led_to > 1 && led_to * 2 >= list.children.len() && list.children.iter().all(speaks)
}

/// `2.1 Say sorry` under `2. Leak`.
fn has_own_steps(source: &Source, item: &Block, number: u64) -> bool {
    let rest = item.children.iter().flat_map(|block| &block.lines).nth(1).map_or("", |line| source.slice(*line));
    rest.trim_start().strip_prefix(&format!("{number}.")).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn name<'a>(source: &'a Source, item: &Block) -> Option<&'a str> {
    let start = item.children.first()?.lines.first()?.start;
    let words = source.slice(Span::new(start, name_end(source, item)?)).trim();
    let is_name = words.starts_with(char::is_uppercase) && words.ends_with(|c: char| c.is_alphanumeric() || c == ')');
    let marks = words.contains(['"', '“', '*', '→', '[', ':']) || role::is_condition(&role::clean(words)) || role::role(words).is_some();
    (is_name && !marks && words.split_whitespace().count() <= LONGEST).then_some(words)
}

/// The byte behind the name: the end of the first line, or the colon before what is said. `None` where nothing follows.
fn name_end(source: &Source, item: &Block) -> Option<usize> {
    let head = item.children.first().filter(|head| head.kind == BlockKind::Paragraph)?;
    let first = head.lines.first()?;
    let words = source.slice(*first);
    let colon = [": \"", ": “"].iter().find_map(|sign| words.find(sign));
    let has_more = head.lines.len() > 1 || item.children.len() > 1;
    colon.map(|at| first.start + at).or(has_more.then_some(first.end))
}

fn behind(source: &Source, rest: Span) -> Span {
    let words = source.slice(rest);
    Span::new(rest.end - words.trim_start_matches([':', ' ']).len(), rest.end)
}

/// `Check the booking`: a step of every call.
fn is_order(name: &str) -> bool {
    const ORDERS: [&str; 36] = [
        "ask", "check", "listen", "offer", "explain", "confirm", "verify", "greet", "tell", "make", "give", "find", "look", "take", "get",
        "say", "thank", "apologise", "apologize", "read", "log", "note", "send", "open", "close", "wait", "keep", "transfer", "identify",
        "collect", "book", "pull", "summarise", "summarize", "hand", "set",
    ];
    role::clean(name).split(' ').next().is_some_and(|word| ORDERS.contains(&word)) || line::reference(name).is_some()
}

/// `Prescription not ready`, `Upset`: what may go wrong, and how callers may feel.
fn tells_of_trouble(name: &str) -> bool {
    const WORDS: [&str; 40] = [
        "not", "no", "wrong", "lost", "missing", "late", "broken", "damaged", "upset", "angry", "unhappy", "complaint", "complaints",
        "complains", "died", "death", "cancel", "cancels", "cancelling", "leave", "leaving", "refund", "refunds", "problem", "fault",
        "stolen", "delayed", "wants", "can", "cannot", "won", "stuck", "charged", "twice", "double", "leak", "outage", "down", "dispute",
        "hurt",
    ];
    role::clean(name).split(' ').any(|word| WORDS.contains(&word))
}
