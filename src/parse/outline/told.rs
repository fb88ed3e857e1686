//! What a document says of the order of its own sections: `Pages don't run on into each other.`

use regex::Regex;
use std::sync::LazyLock;

/// In bytes: it is said before the first call, if at all.
const BEGINNING: usize = 3_000;

const SECTIONS: [&str; 12] = ["section", "step", "card", "page", "part", "heading", "box", "block", "stage", "sheet", "screen", "each one"];

/// They do not follow each other.
const APART: [&str; 16] = [
    "not run on", "n't run on", "never run on", "not run into", "n't run into", "not follow on", "n't follow on", "not lead on",
    "n't lead on", "not read on", "n't read on", "never read on", "not go on to the next", "not flow into", "n't flow into",
    "ends where it says",
];

/// They are only reached by these.
const LED: [&str; 14] = [
    "entered through", "entered by", "entered from", "entered when", "reached through", "reached by", "reached from", "reached when",
    "sent there", "sent to it", "names it", "names them", "sends you", "leads to it",
];

/// One of them is looked for: `Find the heading that fits the first thing they tell you.`
static SORTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(find|pick|choose|take|open|use|read|look (for|up)|(go|turn|flip|jump|move) (on )?to) (the |whichever )?",
        r"(section|card|page|part|heading|box|block|sheet|screen|situation|table|topic|tab|reason)( (below|here|underneath))? ",
        r"((that|which) )?(best )?(fits|matches|suits|applies|sounds like|(comes|is) (nearest|closest))\b"
    ))
    .expect("a fixed pattern")
});

/// Without one of these it is not worth a look.
const FITTING: [&str; 7] = ["fits", "matches", "suits", "applies", "sounds like", "nearest", "closest"];

/// What calls end with.
const CLOSINGS: [&str; 4] = ["goodbye", "closing", "the close", "wrap"];

/// What a document says of itself.
#[derive(Debug, PartialEq)]
pub struct Told {
    /// Its sections do not run on, but are reached by jumps only.
    pub stands_apart: bool,
    /// Each is a situation: the one is read that fits what the caller says.
    pub is_sorted: bool,
    /// Every call ends in the same way: `Finish each of them with **Saying goodbye**.`
    pub ends_alike: bool,
}

pub fn told(text: &str) -> Told {
    let end = (0..=BEGINNING.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let beginning = text[..end].to_lowercase().replace('’', "'");
    let any = |says: fn(&str) -> bool| beginning.split(['.', '\n']).any(says);
    // Most say nothing of it, and are not looked at by the sentence.
    let is_apart = (has(&beginning, &APART) || has(&beginning, &LED)) && any(stands_apart);
    let is_sorted = has(&beginning, &FITTING) && SORTED.is_match(&beginning);
    Told { stands_apart: is_apart, is_sorted, ends_alike: has(&beginning, &CLOSINGS) && any(ends_alike) }
}

fn stands_apart(sentence: &str) -> bool {
    (has(sentence, &APART) || sentence.contains("only") && has(sentence, &LED)) && has(sentence, &SECTIONS)
}

fn ends_alike(sentence: &str) -> bool {
    has(sentence, &["finish ", "end ", "ends ", "close "])
        && sentence.contains(" with ")
        && !sentence.contains(" or ")
        && has(sentence, &["every ", "each ", "all ", "always ", "whatever "])
        && has(sentence, &CLOSINGS)
}

fn has(sentence: &str, list: &[&str]) -> bool {
    list.iter().any(|words| sentence.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_the_order_is_told_from_what_is_said_of_calls() {
        for text in ["Steps don't run on into each other.", "You only pick up another card when the one in your hand names it."] {
            assert!(told(text).stands_apart, "{text}");
        }
        for text in ["Only the card holder may ask for it.", "Don't run on when the caller is upset.", "Read on to the next page."] {
            assert!(!told(text).stands_apart, "{text}");
        }
        assert!(told("Find the heading that fits the first thing they tell you.").is_sorted);
        assert!(!told("Pick the row that fits, and find the page they want.").is_sorted);
        assert!(told("Finish every one of them with *Saying goodbye*, unless you put them through.").ends_alike);
        assert!(!told("End the call with a smile. Every caller counts.").ends_alike);
    }
}
