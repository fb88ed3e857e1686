//! Whom a picture or the words of a legend stand for.

use super::{Role, by_name, clean, role};

/// The role that an emoji at the start of a line plays in most scripts; a legend may overrule it.
pub fn emoji_role(symbol: char) -> Option<Role> {
    Some(match symbol {
        '🎧' | '☎' | '📞' | '🗣' | '💬' | '🎙' | '🎤' | '👩' | '👨' => Role::Agent,
        '☻' | '☺' | '🙂' | '🙋' | '👤' | '🧑' | '🐾' | '👥' | '🙎' | '😠' | '😡' | '🗨' => Role::Customer,
        '✎' | '✐' | '✍' | '🖊' | '📝' | '🗒' | 'ℹ' | '⚠' | '💡' | '📌' | '🔔' | '👀' | '✏' | '📋' | '🛈' => {
            Role::Note
        }
        '❌' | '🚫' | '⛔' | '✗' | '✘' | '👎' => Role::Avoid,
        _ => return None,
    })
}

/// The role that a legend gives in words: `what you speak`, `subscriber`, `for your eyes only`.
pub fn role_in_words(words: &str) -> Option<Role> {
    let clean = clean(words);
    // `where you go next`
    if clean.starts_with("where ") {
        return None;
    }
    let has = |list: &[&str]| list.iter().any(|word| clean.split(' ').any(|w| w == *word));
    if has(&["eyes", "internal", "note", "notes", "instruction", "instructions", "screen"])
        || clean.ends_with("for you")
        || ["for you alone", "for you only", "between us"].iter().any(|words| clean.contains(words))
        || clean.starts_with("you do")
        || clean.starts_with("between you and")
    {
        return Some(Role::Note);
    }
    // `what the supporter says`: who is not one of us is a customer, whatever the word.
    let said = |words: &'_ str| [" says", " tells you", " tells us", " asks"].iter().find_map(|end| words.strip_suffix(end)).map(str::len);
    if let Some(who) = clean.strip_prefix("what the ").and_then(|words| Some(&words[..said(words)?])) {
        return Some(by_name(who).filter(|role| *role == Role::Agent).unwrap_or(Role::Customer));
    }
    if clean.contains("picks up") || clean.contains("answers") || has(&["office", "team", "staff", "shop"]) {
        return Some(Role::Agent);
    }
    if has(&["you", "speak", "say", "spoken", "us", "agent", "we", "your"]) && !has(&["hear", "they", "them"]) {
        return Some(Role::Agent);
    }
    if has(&["hear", "them", "they", "whoever", "person", "ringing"]) {
        return Some(Role::Customer);
    }
    role(&clean)
}
