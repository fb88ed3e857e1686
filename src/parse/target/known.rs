//! Which words are places of the document at hand: its sections by their names, numbers and letters.

use super::{key, reference_keys};
use crate::parse::line;
use crate::parse::profile::Profile;

/// Whether a number that names no section still is a place (`Step 8` of seven), and not a measure
/// (`go to 5 stores`). A bare number is one only where sections are numbered.
pub(super) fn is_place(reference: &line::Reference, phrase: &str, profile: &Profile) -> bool {
    match &reference.kind {
        Some(kind) => {
            !matches!(kind.as_str(), "line" | "page" | "item" | "option" | "point" | "table" | "box" | "screen" | "question")
                || knows_kind(kind, profile)
        }
        None => {
            is_numbered(profile) && phrase.split_whitespace().count() == 1 && reference.number.starts_with(|c: char| c.is_ascii_digit())
                || phrase.trim().len() == 1 && phrase.trim().starts_with(|c: char| c.is_ascii_uppercase()) && is_lettered(profile)
                || profile.sections.contains(&reference.number)
        }
    }
}

/// Some section goes by a number.
pub(super) fn is_numbered(profile: &Profile) -> bool {
    profile.sections.iter().any(|key| key.starts_with(|c: char| c.is_ascii_digit()))
}

/// Two sections or more go by a letter.
fn is_lettered(profile: &Profile) -> bool {
    profile.sections.iter().filter(|key| key.len() == 1 && key.starts_with(|c: char| c.is_ascii_lowercase())).nth(1).is_some()
}

fn knows_kind(kind: &str, profile: &Profile) -> bool {
    profile.sections.iter().any(|key| key.starts_with(kind))
}

/// The longest run of words from the start that is the name of a section, in bytes.
pub(super) fn known_prefix(phrase: &str, profile: &Profile) -> Option<usize> {
    let phrase = phrase.trim_end();
    let mut ends: Vec<usize> = phrase.char_indices().filter(|(_, c)| *c == ' ' || *c == '\u{a0}').map(|(index, _)| index).collect();
    ends.push(phrase.len());
    ends.truncate(14);
    let names = |end: &usize| {
        let words = &phrase[..*end];
        // `go to a shop`
        if words == "a" && *end < phrase.len() {
            return false;
        }
        let bare = words.trim_start();
        let without = bare.strip_prefix("the ").unwrap_or(bare);
        profile.sections.contains(&key(words)) || profile.sections.contains(&key(without))
    };
    ends.into_iter().rev().find(|end| *end > 0 && names(end))
}

/// Whether words are the name or number of a section of this document, and nothing else. A number
/// alone is too little.
pub fn is_known(words: &str, profile: &Profile) -> bool {
    /// The number of a provision with its kind is not longer, in bytes.
    const LONGEST: usize = 40;
    let words = words.trim().trim_end_matches('.');
    let Some(reference) = (words.len() <= LONGEST).then(|| line::reference(words)).flatten() else { return false };
    let is_marked = reference.kind.is_some() || reference.number.contains('.');
    // `Card 9` of eight is a slip.
    let is_missing = reference.kind.as_deref().is_some_and(|kind| kind == "card" && knows_kind(kind, profile));
    is_marked && reference.rest.is_empty() && (is_missing || reference_keys(&reference).iter().any(|key| profile.sections.contains(key)))
}

/// Whether words, as they stand in brackets, are a section's name, number or letter.
pub fn is_section(words: &str, profile: &Profile) -> bool {
    let numbers = line::reference(words).filter(|reference| reference.rest.is_empty());
    profile.sections.contains(&key(words))
        || numbers.is_some_and(|reference| reference_keys(&reference).iter().any(|key| profile.sections.contains(key)))
}

/// `hop to RUN DRY`, `shoot across to Refunds`: where a jump in words of the author's own begins, and where the name of a
/// section that it ends with does, in bytes.
pub fn own_jump(words: &str, profile: &Profile) -> Option<(usize, usize)> {
    /// In bytes: no name is longer.
    const LONGEST: usize = 60;
    let whole = words.trim_end_matches([' ', '.', '*', '_', '`', ')']);
    words.match_indices(" to ").find_map(|(at, to)| {
        let from = at + to.len();
        let name = whole.get(from..).filter(|name| name.len() <= LONGEST && name.starts_with(char::is_uppercase))?;
        let start = own_verb(&words[..at]).filter(|_| profile.sections.contains(&key(name)))?;
        Some((start, from))
    })
}

/// Where the verb before a `to` begins: `hop`, `shoot across`.
fn own_verb(before: &str) -> Option<usize> {
    const BESIDE: [&str; 11] = ["on", "over", "across", "back", "down", "up", "straight", "right", "off", "along", "out"];
    /// They take a `to`, and lead nowhere.
    const OTHERS: [&str; 30] = [
        "listen", "speak", "talk", "talking", "reply", "belongs", "relates", "applies", "according", "due", "compared", "similar", "close",
        "add", "added", "respond", "want", "wants", "need", "needs", "like", "likes", "ways", "how", "have", "has", "going", "transfer",
        "here", "used",
    ];
    let start = before.rfind(|letter: char| !letter.is_alphabetic() && letter != '\'').map_or(0, |at| at + 1);
    let word = before[start..].to_lowercase();
    match word.as_str() {
        "" => None,
        beside if BESIDE.contains(&beside) => own_verb(before[..start].trim_end()),
        other => (!OTHERS.contains(&other)).then_some(start),
    }
}
