//! Legends: lines that explain which mark stands before whose words.

use super::mark::{is_symbol, leading_symbol, picture_legend};
use super::{Profile, Survey, describe, is_letter, is_place};
use crate::parse::line::is_capitals;
use crate::parse::role::{self, Role};

/// Most lines explain no mark: a look at their bytes is cheaper than at their parts. A legend has an equals sign,
/// a name that is set off by marks or a picture and what it *is*, or whom a name stands for behind its colon.
fn may_be_legend(words: &str) -> bool {
    let text = words.as_bytes();
    let in_capitals = || text.windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase));
    let is_set_off = || text.iter().any(|byte| matches!(byte, b'`' | b'*' | b'_' | 128..)) || in_capitals();
    let is_whom = |at: usize| {
        let words = text[at + 1..].iter().skip_while(|byte| !byte.is_ascii_alphanumeric());
        let start: Vec<u8> = words.take(2).map(u8::to_ascii_lowercase).collect();
        matches!(start.as_slice(), b"yo" | b"th" | b"us" | b"me")
    };
    let mut colons = text.iter().enumerate().filter(|(_, byte)| **byte == b':').map(|(at, _)| at);
    text.contains(&b'=') || colons.any(is_whom) || (words.contains(" is ") || words.contains(" are ")) && is_set_off()
}

/// `☻   the member says it, or means it`: set off from what it stands for.
pub fn picture_alone(text: &str) -> Option<(char, Role)> {
    const MOST_WORDS: usize = 6;
    let symbol = leading_symbol(text)?;
    let words = text.trim_start()[symbol.len_utf8()..].trim_start_matches('\u{fe0f}').strip_prefix("  ")?;
    let words = words.split([',', '(', ';']).next().unwrap_or("").trim();
    let is_brief = (2..=MOST_WORDS).contains(&words.split(' ').count()) && !words.contains(['.', '?', '!', '"', '“']);
    let verbs = ["say", "says", "said", "hear", "hears", "do", "does", "read", "speak", "speaks", "tell", "tells", "find", "finds"];
    let role = role::role_in_words(words)?;
    let is_told = is_brief && (role == Role::Note || words.split(' ').any(|word| verbs.contains(&word)));
    is_told.then_some((symbol, role))
}

/// `Q        you, the one with the headset`: names of one word, each set off from what it stands for.
fn set_apart(text: &str) -> Vec<(String, Role)> {
    const LONGEST: usize = 8;
    let gaps = text.match_indices("   ").map(|(at, _)| at).filter(|&at| !text[..at].ends_with(' '));
    let name = |gap: usize| text[..gap].rsplit(' ').next().unwrap_or("");
    let gaps: Vec<usize> =
        gaps.filter(|&gap| (1..=LONGEST).contains(&name(gap).len()) && name(gap).chars().all(char::is_alphanumeric)).collect();
    let ends = gaps.iter().skip(1).map(|&next| next - name(next).len()).chain([text.len()]);
    let told = gaps.iter().zip(ends).filter_map(|(&gap, end)| {
        let words = text[gap..end].split([',', '(', ';']).next().unwrap_or("").trim();
        let is_brief = (1..=4).contains(&words.split(' ').count()) && !words.contains(['.', '?', '!', '"', '“', ':']);
        Some((name(gap).to_string(), role::role_in_words(words).filter(|_| is_brief)?))
    });
    told.collect()
}

/// What stands in columns: cut where three spaces or more are not behind a colon.
fn columns(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let words = rest?;
        let mut gaps = words.match_indices("   ").map(|(at, _)| at).filter(|&at| !words[..at].trim_end().is_empty());
        let Some(gap) = gaps.find(|&at| !words[..at].trim_end().ends_with(':')) else { return rest.take() };
        rest = Some(words[gap..].trim_start());
        Some(&words[..gap])
    })
}

/// `M:   member          R:   you, out loud`: at least two columns, of which each sets a sign off from what it stands for.
pub fn explains_columns(words: &str) -> bool {
    const SIGN: usize = 8;
    let is_told = |part: &str| part.split_once([':', '=']).is_some_and(|(sign, rest)| sign.trim().len() <= SIGN && rest.starts_with("  "));
    words.contains("   ") && columns(words).filter(|part| is_told(part)).nth(1).is_some()
}

impl Survey {
    /// `🎧 = what you speak · 🙋 = subscriber`, `Front desk: you. Member: them.`, "`Hub:` is what you say".
    pub(super) fn legend(&mut self, text: &str) {
        self.legend.extend(picture_legend(text).into_iter().map(|(symbol, role)| (symbol.to_string(), role)));
        self.legend.extend(set_apart(text));
        self.legend.extend(picture_alone(text).map(|(symbol, role)| (symbol.to_string(), role)));
        if !may_be_legend(text) {
            return;
        }
        for part in columns(text)
            .flat_map(|part| part.split(['·', ',', ';']))
            .flat_map(|part| part.split(". "))
            .flat_map(|part| part.split(" and "))
        {
            // `How it works: *Office* is you`
            let part = part.rsplit_once(": *").map_or(part, |(lead, _)| &part[lead.len() + 2..]);
            let first = part.trim_start().split(' ').next().unwrap_or("");
            let tells_of_italics = part.contains("talics");
            let is_set_off = tells_of_italics
                || first.starts_with(['`', '*', '_'])
                || leading_symbol(part).is_some()
                || first.len() > 1 && is_capitals(first);
            let in_words = || part.split_once(" is ").or_else(|| part.split_once(" are ")).filter(|_| is_set_off);
            // `M:   member`, in a legend with columns
            let is_set_apart = |words: &str| words.starts_with("  ") && role::role(words).is_some();
            let names_somebody =
                |words: &str| matches!(role::clean(words).as_str(), "you" | "them" | "they" | "us" | "me") || is_set_apart(words);
            let in_brief = || part.split_once(':').filter(|(_, words)| words.len() < 16 && names_somebody(words));
            let Some((name, words)) = part.split_once('=').or_else(in_words).or_else(in_brief) else { continue };
            let name = name.trim().trim_matches(['*', '`', '_', ':', '"', ' ']);
            let is_short = !name.is_empty()
                && (leading_symbol(name).is_none() || name.chars().count() <= 3)
                && name.split_whitespace().count() <= 3
                && words.split_whitespace().count() <= 7;
            if let (true, Some(role)) = (is_short, role::role_in_words(words)) {
                self.legend.push((name.to_string(), role));
            }
        }
    }

    /// Takes in whom legends name.
    pub(super) fn told(&self, profile: &mut Profile) {
        for (name, role) in &self.legend {
            match name.chars().next() {
                _ if name.contains("talics") => profile.italics = Some(*role),
                Some(symbol) if is_symbol(symbol) => {
                    profile.symbols.entry(symbol).or_insert(*role);
                    profile.guesses.push(format!("{symbol} was taken for {}", describe(*role)));
                }
                _ if role::role(name).is_none_or(|_| is_place(name) || is_letter(name))
                    && self.unknown.contains_key(&role::clean(name)) =>
                {
                    profile.labels.insert(role::clean(name), *role);
                    profile.guesses.push(format!("`{name}:` was taken for {}", describe(*role)));
                }
                _ => {}
            }
        }
    }

    /// Takes in the pictures that come back.
    pub(super) fn pictures(&self, profile: &mut Profile) {
        for (symbol, count) in &self.symbols {
            // A speaker comes back; a note or a bad example may stand alone.
            let role = role::emoji_role(*symbol).filter(|role| *count >= 2 || matches!(role, Role::Note | Role::Avoid));
            if let Some(role) = role {
                profile.symbols.entry(*symbol).or_insert(role);
            }
        }
    }
}
