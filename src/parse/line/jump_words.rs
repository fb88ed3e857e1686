//! Jump words in running text. Most text holds none: only where its words say so does the grammar look.

use super::{LineParser, Rule, Verb};
use crate::parse::words::{Ends, key, keys};
use pest::Parser;

/// Jump words that need no other one.
const ALONE: [u64; 3] = keys(["goto", "see", "follow"]);

/// How the grammar's `goto` begins: one of these, then any of [`ON`], then one of [`WHERE`].
const GOING: [u64; 36] = keys([
    "cuts", "cut", "goes", "go", "moves", "move", "jump", "skip", "turns", "turn", "flip", "returns", "return", "proceeds", "proceed",
    "continues", "continue", "back", "taken", "sent", "routed", "start", "begin", "pick", "carry", "advance", "switch", "head", "over",
    "finish", "end", "on", "loops", "loop", "refer", "resume",
]);
const ON: [u64; 10] = keys(["on", "back", "straight", "directly", "ahead", "down", "up", "over", "again", "right"]);
const WHERE: [u64; 4] = keys(["to", "with", "at", "from"]);

/// `pick up REFUNDS`: its `follow`, in two words.
const PICK: u64 = key(b"pick");
const UP: [u64; 1] = keys(["up"]);

/// How the first word of its `va` begins, and what follows it.
const VA: [u64; 9] = keys(["ir", "va", "pa", "vo", "vu", "re", "sa", "co", "se"]);
const A: [u64; 3] = keys(["a", "al", "con"]);

/// Bytes that end a word: both of a non-breaking space are among them.
const ENDS: Ends = Ends::new(b" \n\t#\xc2\xa0");

/// For each first letter, a bit for each second letter of a word that a jump may begin with.
const PAIRS: [u32; 256] = {
    let mut pairs = [0; 256];
    let (lists, mut list): ([&[u64]; 3], usize) = ([&ALONE, &GOING, &VA], 0);
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let word = lists[list][at];
            pairs[(word & 255) as usize] |= 1 << ((word >> 8) & 31);
            at += 1;
        }
        list += 1;
    }
    pairs
};

/// A word that a jump may begin with: the byte at which it stands, and which words may come next.
struct Opening {
    start: usize,
    next: &'static [u64],
}

/// Jump words with their byte ranges, in order.
pub(super) fn find(text: &str) -> Vec<(Verb, usize, usize)> {
    let (mut found, mut openings): (Vec<(Verb, usize, usize)>, Vec<Opening>) = (Vec::new(), Vec::new());
    for word in ENDS.words(text) {
        let begins = PAIRS[usize::from(word.key as u8)] >> ((word.key >> 8) & 31) & 1 == 1;
        if !begins && openings.is_empty() {
            continue;
        }
        // `continues` is a byte too long for a key of its own.
        let is_one_longer = word.end - word.start == 9 && text.as_bytes()[word.end - 1] | 32 == b's';
        let (whole, start) = (if is_one_longer { word.key } else { word.whole() }, word.start);
        let places = openings.iter().filter(|opening| opening.next.contains(&whole)).map(|opening| opening.start);
        let verb = places.chain(ALONE.contains(&whole).then_some(start)).find_map(|at| read(text, at));
        let is_free = |verb: &(Verb, usize, usize)| found.last().is_none_or(|last| last.2 <= verb.1);
        found.extend(verb.filter(is_free));
        if !ON.contains(&whole) {
            openings.clear();
        }
        openings.extend(GOING.contains(&whole).then_some(Opening { start, next: &WHERE }));
        openings.extend((whole == PICK).then_some(Opening { start, next: &UP }));
        openings.extend(VA.contains(&(word.key & 0xffff)).then_some(Opening { start, next: &A }));
    }
    found
}

/// The jump word at a byte.
fn read(text: &str, at: usize) -> Option<(Verb, usize, usize)> {
    let pair = LineParser::parse(Rule::verb, text.get(at..)?).ok()?.next()?;
    let end = at + pair.as_span().end();
    // `moving on to March` goes nowhere: it takes a sentence of its own, or capitals.
    let is_led = text[..at].trim_end().chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == ',');
    let words = &text[at..end];
    let is_on = words.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on"));
    if is_on && (!words[2..].trim_start().eq_ignore_ascii_case("to") || is_led && !words.starts_with("ON")) {
        return None;
    }
    let verb = match pair.into_inner().next()?.as_rule() {
        Rule::follow => Verb::Follow,
        Rule::see => Verb::See,
        _ => Verb::Goto,
    };
    Some((verb, at, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By the grammar, at the beginning of each word behind the last jump word.
    fn by_the_grammar(text: &str) -> Vec<(Verb, usize, usize)> {
        let mut found: Vec<(Verb, usize, usize)> = Vec::new();
        for (at, _) in text.char_indices() {
            let opens = text[..at].chars().next_back().is_none_or(|before| [' ', '\n', '\t', '#', '\u{a0}'].contains(&before));
            if opens && found.last().is_none_or(|last| last.2 <= at) {
                found.extend(read(text, at));
            }
        }
        found
    }

    proptest! {
        #[test]
        fn no_jump_word_is_overlooked(
            text in "((#)?(go|Goes|back|move|on|straight|to|with|ir|vaya|con|al|see|follow|GOTO|it|seen|continúe|É|£[amount]|§amounts)( |\u{a0}|\n|\t|, |#)){1,8}"
        ) {
            prop_assert_eq!(find(&text), by_the_grammar(&text), "{}", text);
        }
    }
}
