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
