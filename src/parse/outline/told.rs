//! What a document says of the order of its own sections: `Pages don't run on into each other.`

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

/// Whether a document says that its sections do not run on, but are reached by jumps only.
pub fn stands_apart(text: &str) -> bool {
    let says = |sentence: &str| has(sentence, &APART) || sentence.contains("only") && has(sentence, &LED);
    any_sentence(text, |sentence| says(sentence) && has(sentence, &SECTIONS))
}

/// Whether a document says how every call ends: `Finish each of them with **Saying goodbye**.`
pub fn ends_alike(text: &str) -> bool {
    let ends = |sentence: &str| {
        has(sentence, &["finish ", "end ", "ends ", "close "]) && sentence.contains(" with ") && !sentence.contains(" or ")
    };
    let all = ["every ", "each ", "all ", "always ", "whatever "];
    any_sentence(text, |sentence| ends(sentence) && has(sentence, &all) && has(sentence, &["goodbye", "closing", "the close", "wrap"]))
}

fn has(sentence: &str, list: &[&str]) -> bool {
    list.iter().any(|words| sentence.contains(words))
}

fn any_sentence(text: &str, says: impl Fn(&str) -> bool) -> bool {
    let beginning = text.get(..BEGINNING).unwrap_or(text).to_lowercase().replace('’', "'");
    beginning.split(['.', '\n']).any(says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_the_order_is_told_from_what_is_said_of_calls() {
        for text in ["Steps don't run on into each other.", "You only pick up another card when the one in your hand names it."] {
            assert!(stands_apart(text), "{text}");
        }
        for text in ["Only the card holder may ask for it.", "Don't run on when the caller is upset.", "Read on to the next page."] {
            assert!(!stands_apart(text), "{text}");
        }
        assert!(ends_alike("Finish every one of them with *Saying goodbye*, unless you put them through."));
        assert!(!ends_alike("End the call with a smile. Every caller counts."));
    }
}
