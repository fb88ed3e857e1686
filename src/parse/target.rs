//! What a jump names, and what a section may be called.

mod known;

use super::line::{self, Piece, PieceKind, Verb};
use super::profile::Profile;
use super::role;
use crate::script::Target;
use known::{is_numbered, is_place, known_prefix};

pub use known::{is_known, is_section, own_jump};

/// All that a jump may call a section with this heading: title, title without its number, number,
/// kind and number, anchor. Keys are lower case words with single spaces.
pub fn keys(heading: &str) -> Vec<String> {
    let mut keys = vec![key(heading)];
    // `🟦 1 Opening`: a picture is no part of a name.
    let words = heading.trim_start_matches(|c: char| c == ' ' || !c.is_ascii() && !c.is_alphanumeric());
    // `[A] Opening` and `(1) Opening` are numbered like `A. Opening`.
    let bare = words.strip_prefix(['[', '(']).map_or(words.to_string(), |rest| rest.replacen([']', ')'], ".", 1));
    keys.extend(small_letter(heading).map(|(letter, rest)| [letter.to_string(), key(rest)]).into_iter().flatten());
    if let Some(reference) = line::reference(&bare) {
        if let Some(kind) = &reference.kind {
            keys.push(format!("{} {}", singular(kind), reference.number));
        }
        keys.push(reference.number.clone());
        if !reference.rest.is_empty() {
            keys.push(key(&reference.rest));
        }
    }
    keys.extend(circled(heading).into_iter().flat_map(|(sign, number, rest)| [sign.to_string(), number.to_string(), key(rest)]));
    // `Card: Whistling` is called `Whistling`, too.
    let kinded =
        words.split_once(": ").filter(|(kind, _)| matches!(key(kind).as_str(), "card" | "section" | "part" | "step" | "page" | "topic"));
    keys.extend(kinded.map(|(_, name)| key(name)));
    // `BLOCK locked`
    let labelled = words.split_once(' ').filter(|(kind, name)| line::is_capitals(kind) && name.starts_with(char::is_lowercase));
    let is_kind =
        |kind: &str| matches!(key(kind).as_str(), "block" | "node" | "card" | "section" | "part" | "step" | "page" | "state" | "scene");
    keys.extend(labelled.filter(|(kind, _)| is_kind(kind)).map(|(_, name)| key(name)));
    keys.push(anchor(heading));
    keys.retain(|key| !key.is_empty());
    keys.dedup();
    keys
}

/// `③ Still waiting`: the sign, its number, and the words behind it.
fn circled(heading: &str) -> Option<(char, u32, &str)> {
    let sign = heading.trim_start().chars().next()?;
    let first = [0x2460, 0x2776, 0x278A].into_iter().find(|first| (*first..first + 10).contains(&u32::from(sign)))?;
    Some((sign, u32::from(sign) - first + 1, &heading.trim_start()[sign.len_utf8()..]))
}

/// `b) Ask who rings`, `(b) Ask who rings`: the letter, and the words behind it.
pub fn small_letter(heading: &str) -> Option<(&str, &str)> {
    let bare = heading.trim().trim_start_matches('(');
    let rest = bare.get(1..)?.strip_prefix(['.', ')'])?.strip_prefix(' ')?;
    // `p. 3` is a page.
    let is_page = rest.starts_with(|letter: char| letter.is_ascii_digit());
    (!is_page && bare.starts_with(|letter: char| letter.is_ascii_lowercase())).then(|| (&bare[..1], rest))
}

/// A name without case, marks, pictures, and repeated spaces.
pub fn key(name: &str) -> String {
    static MARKS: role::Marks = role::Marks::new(&['–', '—', '/', '-', ':', '.', ',', '·', '&']);
    MARKS.tidy(name)
}

/// The key of a number with its kind word (`step 2`), as [`keys`] has it.
pub fn reference_keys(reference: &line::Reference) -> Vec<String> {
    let mut keys = Vec::new();
    if let Some(kind) = &reference.kind {
        keys.push(format!("{} {}", singular(kind), reference.number));
    }
    keys.push(reference.number.clone());
    keys
}

fn singular(kind: &str) -> &str {
    if kind == "steps" { "step" } else { kind.trim_end_matches('.') }
}

/// The anchor that Markdown sites make of a heading: lower case, marks dropped, spaces to hyphens.
pub fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A target that was found: what it is, its words, and the byte offset behind it.
pub struct Found {
    pub target: Target,
    pub words: (usize, usize),
    pub end: usize,
}

/// The target that begins at byte `from` of a line, which the first of the pieces holds.
/// `None` when the words there name no place to go.
pub fn after(text: &str, pieces: &[Piece], from: usize, verb: Verb, profile: &Profile) -> Option<Found> {
    let piece = pieces.first()?;
    let rest = text.get(from..piece.end).unwrap_or("");
    let bare = rest.trim_start_matches([' ', '\u{a0}', '\n']);
    if only_leads(bare)
        && let Some(next) = pieces.get(1).filter(|next| next.start >= piece.end)
    {
        return marked(text, next, verb, profile);
    }
    let start = from + rest.len() - bare.len();
    let found = whole_title(text, start, piece.end, profile)
        .or_else(|| in_words(text, start, piece.end, verb, profile))
        .or_else(|| beginning(text, start, piece.end));
    found.filter(|found| !is_explained(&text[found.end..]))
}

/// What a script's first section is called, wherever it is.
pub const BEGINNINGS: [&str; 6] = ["start", "top", "beginning", "the start", "the top", "the beginning"];

/// `back to the start`, at the end of a sentence.
fn beginning(text: &str, start: usize, end: usize) -> Option<Found> {
    let words = text.get(start..end)?.trim_end_matches([' ', '.', ';', ')', '*', '_']);
    let name = words.to_lowercase();
    let words = (start, start + words.len());
    BEGINNINGS.contains(&name.as_str()).then_some(Found { target: Target::Name { name, is_sure: false }, words, end: words.1 })
}

/// `` `ON TO 30` means line 30 ``: says what the words stand for, and sends nobody anywhere.
fn is_explained(behind: &str) -> bool {
    let words = behind.trim_start_matches(['`', '*', '_', '"', '”', ' ']);
    ["means ", "stands for ", "leads to ", "tells you "].iter().any(|says| words.starts_with(says))
}

/// Nothing, or `the card`: the name comes next.
pub fn only_leads(words: &str) -> bool {
    let lower = words.trim().to_lowercase();
    let kind = lower.strip_prefix("the ").unwrap_or(&lower);
    matches!(kind, "" | "the" | "la" | "el" | "section" | "step" | "card" | "part" | "page" | "screen" | "box" | "sheet")
}

/// In bytes: more is no title, and is not read anew behind each of many arrows.
const LONGEST_TITLE: usize = 120;

/// `2. Refunds`: all of a title, although its number looks like the end of a sentence; `end` is where that piece ends.
pub fn whole_title(text: &str, start: usize, end: usize, profile: &Profile) -> Option<Found> {
    let title = text[start..].trim_end_matches(['.', ' ', '*', '_', '`']);
    let is_longer = start + title.len() > text[..end].trim_end().len() && title.len() <= LONGEST_TITLE;
    let words = (start, start + title.len());
    (is_longer && profile.sections.contains(&key(title))).then(|| Found {
        target: Target::Name { name: title.trim().to_string(), is_sure: true },
        words,
        end: words.1,
    })
}

/// A target set off from the words around it: a link, quoted, in bold or italics, in brackets.
pub fn marked(text: &str, piece: &Piece, verb: Verb, profile: &Profile) -> Option<Found> {
    let inner = text.get(piece.inner.0..piece.inner.1)?.trim();
    let found = |target| Some(Found { target, words: piece.inner, end: piece.end });
    let name = |is_sure| Target::Name { name: inner.to_string(), is_sure };
    let is_known = profile.sections.contains(&key(inner));
    match &piece.kind {
        PieceKind::Link(to) => link(to).and_then(found),
        PieceKind::Bracket if wiki_link(inner).is_some() => wiki_link(inner).and_then(found),
        PieceKind::Quote if is_known || verb == Verb::Goto && may_be_title(inner) => found(name(true)),
        PieceKind::Text if piece.is_bold || piece.is_italic => found(name(verb != Verb::Follow || is_known)),
        PieceKind::Text => in_words(text, piece.start, piece.end, verb, profile),
        PieceKind::Slot if verb == Verb::Goto && inner.starts_with("{script") => {
            found(Target::Script(inner.trim_matches(['{', '}']).replace('_', " ")))
        }
        PieceKind::Paren if is_section(inner, profile) => found(name(true)),
        PieceKind::Bracket | PieceKind::Slot if is_known || line::reference(inner).is_some() => found(name(true)),
        _ => None,
    }
}

/// `start with "I'm sorry. What happened?"` names words to say, and no section; so does `"Of course, I'll see to it"`.
fn may_be_title(words: &str) -> bool {
    const MOST_WORDS: usize = 8;
    let is_said = words.contains(", ") || role::speaks_of_self(words);
    !is_said && !words.contains(['?', '!', '.']) && words.split_whitespace().count() <= MOST_WORDS
}

/// Where a link leads, if it is a file or an anchor and not an address on the net.
pub fn link(to: &str) -> Option<Target> {
    if to.contains("://") || to.starts_with("mailto:") || to.starts_with("tel:") || to.is_empty() {
        return None;
    }
    let (file, anchor) = to.split_once('#').map_or((to, None), |(file, anchor)| (file, Some(anchor.to_string())));
    let file = (!file.is_empty()).then(|| file.replace("%20", " "));
    Some(Target::Link { file, anchor })
}

/// `#Refunds`, `the refund page|#Refunds`: where a link leads as wikis write it, without its brackets.
pub fn wiki_link(inner: &str) -> Option<Target> {
    let to = inner.split_once('|').map_or(inner, |(_, to)| to).trim();
    let name = to.strip_prefix('#').filter(|name| name.starts_with(char::is_alphanumeric))?;
    Some(Target::Name { name: name.trim().to_string(), is_sure: true })
}

/// `[[Refunds]]`, `[[Refunds|the page on refunds]]`: a page by its name; a missing one only at the end of a line
/// (`is_last`), where others are called so.
pub fn page(words: &str, is_last: bool, profile: &Profile) -> Option<Target> {
    let inner = words.strip_prefix("[[")?.strip_suffix("]]")?;
    let name = inner.split('|').next().unwrap_or(inner).trim();
    let is_page = profile.has_page_links && is_last || profile.sections.contains(&key(name));
    is_page.then(|| Target::Name { name: name.to_string(), is_sure: true })
}

/// Whether names of sections stand in a text like that, twice at least.
pub fn links_pages(text: &str, profile: &Profile) -> bool {
    let names = text.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
    names.filter(|(name, _)| profile.sections.contains(&key(name))).nth(1).is_some()
}

/// A target in running words: a number with or without its kind, a known title, a script's title.
fn in_words(text: &str, from: usize, to: usize, verb: Verb, profile: &Profile) -> Option<Found> {
    let words = text.get(from..to)?;
    // `Yes -> 7 / No -> 6`
    let words = words.split(" / ").next().unwrap_or(words);
    let cut = words.find([',', ';', '(', '\n']).unwrap_or(words.len());
    let phrase = words[..cut].trim_end_matches(['.', ' ', ':', '#']);
    let found = |target: Target, length: usize| Some(Found { target, words: (from, from + length), end: from + length });
    let named = |name: &str| Target::Name { name: name.trim().to_string(), is_sure: true };
    let sentence = words[..words.find(['(', '\n']).unwrap_or(words.len())].trim_end_matches(['.', ' ', ':', '#']);
    if let Some(length) = known_prefix(sentence, profile) {
        return found(named(&sentence[..length]), length);
    }
    // `follow step 19` of fifteen is a slip.
    let leads = |kind: &Option<String>| verb != Verb::Follow || kind.as_deref() == Some("step") && is_numbered(profile);
    if let Some(reference) = line::reference(phrase)
        && leads(&reference.kind)
        && (reference.kind.is_some() || reference.rest.is_empty())
        && is_place(&reference, phrase, profile)
    {
        let length = phrase.trim_end().len() - reference.rest.len();
        return found(named(phrase[..length].trim_end()), length);
    }
    if verb != Verb::See
        && let Some(name) = capital_name(phrase, profile)
    {
        let end = from + phrase.len();
        return Some(Found { target: named(name), words: (end - name.len(), end), end });
    }
    let lower = phrase.to_ascii_lowercase();
    let end = ["script", "flow", "procedure"].iter().filter_map(|word| lower.find(word).map(|at| at + word.len())).min()?;
    let title = phrase[..end].trim_start_matches("the ");
    let is_title = verb != Verb::See
        && title.split_whitespace().count() >= 2
        && title.split_whitespace().count() <= 6
        && title.starts_with(char::is_uppercase);
    is_title.then(|| found(Target::Script(title.to_string()), end)).flatten()
}

/// `go to REFUNDS`, where sections are called like that, and none so: the name at the end of the words.
fn capital_name<'a>(phrase: &'a str, profile: &Profile) -> Option<&'a str> {
    let name = phrase.trim_start();
    let is_name = name.len() > 2 && line::is_capitals(name) && name.split_whitespace().count() <= 4;
    (profile.has_capital_names && is_name && !name.contains(|letter: char| letter.is_ascii_digit())).then_some(name)
}

/// A whole cell or sentence that is nothing but a target: `2. First offer`, `Part 6`, `>> Closing`,
/// `back to 2. First offer`.
pub fn bare(words: &str, profile: &Profile) -> Option<Target> {
    let words = words.trim().trim_matches(['*', '_', '`', '"', '“', '”', '[', ']', '(', ')']).trim_end_matches('.').trim();
    let is_known = profile.sections.contains(&key(words))
        || line::reference(words).is_some_and(|r| reference_keys(&r).iter().any(|key| profile.sections.contains(key)));
    let named = Target::Name { name: words.to_string(), is_sure: true };
    if is_known {
        return Some(named);
    }
    let reference = line::reference(words)?;
    let is_next = reference.kind.is_none() && reference.number.starts_with(|c: char| c.is_ascii_digit()) && is_numbered(profile);
    (is_next || is_place(&reference, words, profile))
        .then_some(named)
        .filter(|_| reference.kind.is_some() || reference.rest.split_whitespace().count() <= 4)
}
