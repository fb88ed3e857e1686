//! What a jump or a heading names by number: `step 3`, `4a`, `2. First offer`.

use super::{LineParser, Rule};
use crate::memo::Memo;
use pest::Parser;
use std::sync::LazyLock;

/// `paso 3` is `step 3`.
fn in_english(kind: String) -> String {
    match kind.as_str() {
        "paso" => "step".to_string(),
        "sección" | "seccion" | "apartado" => "section".to_string(),
        _ => kind,
    }
}

/// A section named by number: the kind word (`step`, lower case), the number (lower case) and the
/// words after it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reference {
    pub kind: Option<String>,
    pub number: String,
    pub rest: String,
}

/// Reads `step 3`, `4a`, `2. First offer`; `None` for anything else.
pub fn reference(text: &str) -> Option<Reference> {
    static KNOWN: LazyLock<Memo<Option<Reference>>> = LazyLock::new(Memo::default);
    let text = text.trim();
    if may_refer(text) { KNOWN.get(text, || refers(text)) } else { None }
}

pub(super) fn refers(text: &str) -> Option<Reference> {
    let mut pairs = LineParser::parse(Rule::reference, text).ok()?;
    let mut reference = Reference::default();
    let mut closed = true;
    for pair in pairs.next()?.into_inner() {
        match pair.as_rule() {
            Rule::kind => reference.kind = Some(in_english(pair.as_str().to_lowercase())),
            Rule::number => {
                closed = is_closed(&text[pair.as_span().end()..]);
                reference.number = pair.as_str().to_lowercase();
            }
            Rule::rest => reference.rest = pair.as_str().trim().to_string(),
            _ => {}
        }
    }
    // "A refund" begins with an article, not with section A; `K9 Goodbye` is numbered.
    let is_word = reference.kind.is_none() && !closed && !reference.number.contains(|c: char| c.is_ascii_digit());
    (!is_word).then_some(reference)
}

/// Whether what stands behind a letter says that it is a number: `A. Refunds`, `A · Refunds`, `A`.
fn is_closed(behind: &str) -> bool {
    let is_set_off =
        |rest: &str| rest.strip_prefix(['–', '—', '-', '·', '|']).is_some_and(|rest| rest.trim_start().starts_with(char::is_uppercase));
    behind.is_empty() || behind.starts_with(['.', ':', ')', '#', '–']) || is_set_off(behind.trim_start())
}

/// Most words name no section: it takes a number or a capital by itself, at first or behind one of few words.
pub(super) fn may_refer(text: &str) -> bool {
    const KINDS: [&str; 29] = [
        "ste", "sec", "par", "car", "pag", "que", "box", "sta", "pha", "tab", "blo", "scr", "ite", "poi", "pro", "cha", "nod", "opt",
        "lin", "pas", "apa", "she", "sce", "sli", "pan", "ent", "til", "cas", "sit",
    ];
    const ARTICLES: [&str; 3] = ["the", "la", "el"];
    let text = text.trim_start_matches([' ', '#', '\u{a0}', '§']);
    let (first, rest) = text.split_at(text.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(text.len()));
    match first.as_bytes() {
        [] => rest.starts_with(|letter: char| letter.is_ascii_digit()),
        [one] => one.is_ascii_uppercase() || *one == b'q' || *one == b'p' && rest.starts_with('.'),
        _ if ARTICLES.iter().any(|article| first.eq_ignore_ascii_case(article)) => rest.starts_with([' ', '\u{a0}']) && may_refer(rest),
        _ => first.get(..3).is_some_and(|start| KINDS.contains(&start.to_ascii_lowercase().as_str())) && holds_number(rest),
    }
}

/// Near its beginning.
fn holds_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    bytes.iter().take(24).enumerate().any(|(at, byte)| byte.is_ascii_digit() || byte.is_ascii_uppercase() && !is_letter(at + 1))
}
