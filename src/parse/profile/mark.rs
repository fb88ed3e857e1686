//! What single lines and words are marked by: numbers of steps, pictures, the end of a sentence.

use crate::parse::line;
use crate::parse::role::{self, Role};

/// The number of a line that is nothing but `Step 2`, `Stage 3:` or `#Step 4#`.
pub fn station(text: &str) -> Option<String> {
    /// No kind and number are longer, in bytes.
    const LONGEST: usize = 24;
    let words = text.trim().trim_matches(['*', '_', ':', '#', '=', '~', '[', ']']);
    let may_be = words.len() <= LONGEST && words.starts_with(char::is_uppercase) && !words.ends_with('.');
    let reference = may_be.then(|| line::reference(words)).flatten()?;
    let is_step = matches!(reference.kind.as_deref(), Some("step" | "stage" | "section" | "part" | "phase" | "card"));
    (is_step && reference.rest.is_empty()).then_some(reference.number)
}

/// The code of a turn before its words (`A1 SAY: "…"`, `B3a Below one: …`), in bytes of a text.
pub fn code(text: &str) -> Option<usize> {
    let (code, rest) = text.split_once(' ')?;
    let code = code.trim_end_matches(['.', ':', ')']);
    let digits = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = code.len() - digits.len();
    let bare = digits.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_code = (1..=2).contains(&letters)
        && (1..=2).contains(&bare.len())
        && bare.bytes().all(|byte| byte.is_ascii_digit())
        && digits.len() <= bare.len() + 1;
    (is_code && rest.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '*' | '['))).then_some(code.len())
}

/// A quotation that is more than a word or a title: three words, or a sentence.
pub fn is_sentence(words: &str) -> bool {
    let words = words.trim();
    words.split_whitespace().nth(2).is_some() || words.ends_with(['.', '?', '!', '…', ','])
}

/// `👩 You · 🐶 Owner`: pictures and whom each of them stands for; nothing for any other line.
pub fn picture_legend(text: &str) -> Vec<(char, Role)> {
    let part = |part: &str| {
        let symbol = leading_symbol(part)?;
        let words = part.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end();
        let is_brief = words.split_whitespace().count() <= 3 && !words.contains(['.', '?', '!', '"', '“', ':']);
        Some((symbol, role::role_in_words(words).filter(|_| is_brief)?))
    };
    // With a sign between them it is a legend as others are.
    if leading_symbol(text).is_none() || text.contains('=') {
        return Vec::new();
    }
    let parts: Option<Vec<(char, Role)>> = text.split(['·', '|', ',', '/']).map(part).collect();
    parts.filter(|parts| parts.len() > 1).unwrap_or_default()
}

/// An emoji or another picture that opens a run of words.
pub fn leading_symbol(text: &str) -> Option<char> {
    text.trim_start().chars().next().filter(|&c| is_symbol(c))
}

pub fn is_symbol(c: char) -> bool {
    // Squares and diamonds, without what is drawn with and the triangles that lead somewhere.
    matches!(c as u32, 0x25A0..=0x25AB | 0x25C6..=0x25C8 | 0x2100..=0x214F | 0x2300..=0x23FF | 0x2600..=0x27BF | 0x1F300..=0x1FAFF)
        && !"➜➔➙➡👉⏩⏹".contains(c)
}
