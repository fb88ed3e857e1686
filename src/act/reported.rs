//! Reported speech: a note that orders `Tell them their line is fine` has the agent say that your line is fine.
//!
//! What the agent is to say is read as it will be said, with "you" for the caller.

use super::spoken::plain;
use crate::parse::role;
use std::ops::Range;

/// Words that a note has the agent say.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    pub words: String,
    /// Where each word begins in `words`, and its bytes in the note; in the order of the words.
    places: Vec<(usize, Range<usize>)>,
}

impl Reported {
    /// The bytes of the note that stand for some bytes of the words.
    pub fn in_note(&self, words: &Range<usize>) -> Range<usize> {
        let covered = |(start, _): &&(usize, Range<usize>)| *start < words.end;
        let last = self.places.iter().rfind(covered).map_or(0, |(_, bytes)| bytes.end);
        let first = self.places.iter().rfind(|(start, _)| *start <= words.start).map_or(0, |(_, bytes)| bytes.start);
        first..last.max(first)
    }
}

/// Acts that a note does by having the agent say them so; for the others, notes have words of their own.
pub const ACTS: [&str; 11] = [
    "acknowledge_issue", "blame", "cancel_confirm", "consent_ask", "denial", "empathy", "hold", "hollow_empathy", "next_step",
    "retention_pressure", "threat",
];
const TELL: [&str; 10] = ["tell", "telling", "remind", "reminding", "inform", "informing", "advise", "advising", "assure", "assuring"];
const SAY: [&str; 2] = ["say", "saying"];
/// The same, where "that" follows.
const STATE: [&str; 9] = ["explain", "stress", "insist", "state", "repeat", "claim", "answer", "reply", "mention"];
const THEM: [&str; 8] = ["them", "him", "her", "everyone", "everybody", "anyone", "people", "callers"];
const EACH: [&str; 7] = ["the", "any", "every", "each", "your", "all", "a"];
const HOW: [&str; 12] =
    ["firmly", "politely", "nicely", "calmly", "clearly", "plainly", "simply", "gently", "kindly", "again", "once", "only"];
/// What may stand between the beginning of an order and its verb.
const BEFORE: [&str; 16] =
    ["and", "then", "please", "just", "also", "always", "or", "to", "should", "must", "simply", "first", "only", "instead", "by", "start"];
/// Whoever says no such thing is told what not to say, or when.
const NEGATED: [&str; 12] = ["not", "never", "don't", "dont", "nobody", "stop", "avoid", "without", "rather", "cannot", "can't", "won't"];
/// Faults that an order has the agent commit, and that the same order forbids behind "never".
pub const FAULTS: [&str; 11] = [
    "asks_reason", "blame", "bullying", "deflect", "demands_reason", "denial", "dismissive", "retention_pressure", "threat", "turns_away",
    "unconsented",
];
const FORBIDS: [&str; 8] = ["not", "never", "don't", "dont", "avoid", "rather", "instead", "no"];
/// Behind these a negation is a circumstance: `if they do not pay`.
const CIRCUMSTANCE: [&str; 9] = ["if", "when", "where", "unless", "who", "they", "he", "she", "because"];
/// In words: between "never" and what it forbids (`no agent should ever`).
const REACH: usize = 4;
/// Behind these comes no sentence: a question, an order, a word to say.
const NO_SENTENCE: [&str; 24] = [
    "to", "so", "sorry", "nothing", "yes", "no", "hello", "goodbye", "how", "what", "when", "why", "where", "which", "whether", "who",
    "if", "about", "thank", "thanks", "this", "at", "before", "by",
];
/// In words: less is a name or a greeting.
const SHORTEST: usize = 3;

/// A word of a note: its bytes, and how it is spoken.
struct Word {
    bytes: Range<usize>,
    lower: String,
    /// A mark behind it ends the sentence, or only the part.
    ends: bool,
    pauses: bool,
}

/// All that a note in English has the agent tell the caller.
pub fn reported(note: &str) -> Vec<Reported> {
    let words = words(note);
    let mut reported = Vec::new();
    let (mut at, mut start) = (0, 0);
    while at < words.len() {
        if at > 0 && words[at - 1].ends {
            start = at;
        }
        let begins = at == start || words[at - 1].pauses || BEFORE.contains(&words[at - 1].lower.as_str());
        let is_denied = || words[start..at].iter().any(|word| NEGATED.contains(&word.lower.as_str()));
        let said = if begins && !is_denied() { behind_order(&words, at) } else { None };
        at = match said.filter(|&said| said < words.len() && !NO_SENTENCE.contains(&words[said].lower.as_str())) {
            Some(said) => {
                let end = words[said..].iter().position(|word| word.ends).map_or(words.len(), |end| said + end + 1);
                reported.extend((end - said >= SHORTEST).then(|| as_said(note, &words[said..end])));
                end
            }
            None => at + 1,
        };
    }
    reported
}

/// Whether a note forbids what begins at one of its bytes.
pub fn is_forbidden(note: &str, start: usize) -> bool {
    let words = words(note);
    let before = words.partition_point(|word| word.bytes.start < start);
    let clause = words[..before].iter().rev().take_while(|word| !word.ends && !word.pauses).map(|word| word.lower.as_str());
    let clause: Vec<&str> = clause.collect();
    let is_circumstance = || clause.iter().any(|word| CIRCUMSTANCE.contains(word));
    clause.iter().take(REACH).any(|word| FORBIDS.contains(word)) && !is_circumstance()
}

fn words(note: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let mut from = 0;
    while let Some(start) = note[from..].find(is_part).map(|start| from + start) {
        let end = note[start..].find(|c| !is_part(c)).map_or(note.len(), |end| start + end);
        let behind = note[end..].find(is_part).map_or(&note[end..], |next| &note[end..end + next]);
        let ends = behind.contains(['.', '!', '?', ';', '"', '”', '\n']) && !behind.starts_with(": ");
        let lower = note[start..end].trim_matches('\'').chars().flat_map(char::to_lowercase).map(plain).collect();
        words.push(Word { bytes: start..end, lower, ends, pauses: behind.contains([',', ':', '–', '—', '(']) });
        from = end;
    }
    words
}

/// The word behind an order to tell: `tell them firmly that`, `let the caller know`, `say to him`.
fn behind_order(words: &[Word], at: usize) -> Option<usize> {
    let lower = |at: usize| words.get(at).map_or("", |word| word.lower.as_str());
    let how = |at: usize| at + usize::from(HOW.contains(&lower(at)));
    let behind = match lower(at) {
        verb if TELL.contains(&verb) => how(listener(words, at + 1)?),
        "let" => listener(words, at + 1).filter(|&at| matches!(lower(at), "know" | "understand"))? + 1,
        "point" if lower(at + 1) == "out" => at + 2,
        verb if SAY.contains(&verb) || STATE.contains(&verb) => match how(at + 1) {
            to if lower(to) == "to" => listener(words, to + 1)?,
            behind => behind,
        },
        _ => return None,
    };
    let has_that = lower(behind) == "that";
    (has_that || !STATE.contains(&lower(at))).then_some(behind + usize::from(has_that))
}

/// The word behind whom the agent speaks to.
fn listener(words: &[Word], at: usize) -> Option<usize> {
    let lower = |at: usize| words.get(at).map_or("", |word| word.lower.as_str());
    let is_customer = |at: usize| role::is_customer(lower(at)) || role::is_customer(lower(at).trim_end_matches('s'));
    match lower(at) {
        them if THEM.contains(&them) || is_customer(at) => Some(at + 1),
        each if EACH.contains(&each) => (at + 1..at + 3).find(|&at| is_customer(at)).map(|at| at + 1),
        _ => None,
    }
}

/// Words of a note with "you" for the caller.
fn as_said(note: &str, words: &[Word]) -> Reported {
    let mut said = Reported { words: String::new(), places: Vec::with_capacity(words.len()) };
    for (at, word) in words.iter().enumerate() {
        said.places.push((said.words.len(), word.bytes.clone()));
        said.words.push_str(turned(&word.lower).unwrap_or(&note[word.bytes.clone()]));
        let next = words.get(at + 1).map_or(word.bytes.end, |next| next.bytes.start);
        said.words.push_str(&note[word.bytes.end..next]);
    }
    said.words.push('.');
    said
}

fn turned(word: &str) -> Option<&'static str> {
    Some(match word {
        "they" | "them" | "he" | "she" | "him" => "you",
        "their" | "his" | "her" => "your",
        "theirs" => "yours",
        "they're" | "he's" | "she's" => "you're",
        "they've" => "you've",
        "they'll" | "he'll" | "she'll" => "you'll",
        "they'd" | "he'd" | "she'd" => "you'd",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(note: &str) -> Vec<String> {
        reported(note).into_iter().map(|reported| reported.words).collect()
    }

    #[test]
    fn what_the_agent_is_to_tell_is_read_as_said() {
        assert_eq!(said("Tell them that their line is fine and they'll be back."), ["your line is fine and you'll be back."]);
        assert_eq!(said("Let the caller know nobody else has rung. Then stop."), ["nobody else has rung."]);
        assert_eq!(said("First, say \"it's your router\" and wait."), ["it's your router."]);
        assert_eq!(said("Remind the angry customer, politely, they signed it."), ["you signed it."]);
    }

    #[test]
    fn what_nobody_is_to_say_is_left_alone() {
        for note in [
            "Never tell them that it's their fault.",
            "If they say it is broken, look.",
            "Tell them how to reset it.",
            "Say sorry first.",
            "Don't just say it works here.",
            "The customer says that the bill is wrong.",
        ] {
            assert_eq!(said(note), Vec::<String>::new(), "{note}");
        }
    }

    #[test]
    fn an_order_forbids_what_stands_behind_its_never() {
        let is_forbidden = |note: &str, what: &str| super::is_forbidden(note, note.find(what).expect("there"));
        assert!(is_forbidden("Never just send callers to the website.", "send"));
        assert!(is_forbidden("No agent should ever send callers to the website.", "send"));
        assert!(!is_forbidden("If they do not pay send them to the website.", "send"));
        assert!(!is_forbidden("Do not wait, send them to the website.", "send"));
    }

    #[test]
    fn words_are_found_in_the_note() {
        let note = "Tell them their line is fine.";
        let reported = reported(note).remove(0);
        let at = reported.words.find("line is").expect("there");
        assert_eq!(&note[reported.in_note(&(at..at + 7))], "line is");
        assert_eq!(&note[reported.in_note(&(0..4))], "their");
    }
}
