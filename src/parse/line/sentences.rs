//! Running words: how much of a line is nothing but sentences. The grammar reads such words several times as
//! fast as others, to the same pieces.

/// In bytes; fewer are read with what stands before them.
const LEAST: usize = 24;

/// Where the running words at the end of a line begin, in bytes: at 0 if the whole line is such words, at its
/// length if there are none worth telling apart.
pub(super) fn start(text: &str) -> usize {
    let bytes = text.as_bytes();
    let start = match last_mark(bytes) {
        None if is_opening(bytes) => 0,
        Some(at) if is_closed(bytes, at) => at + 1,
        _ => bytes.len(),
    };
    if bytes.len() - start < LEAST { bytes.len() } else { start }
}

/// The last byte of the last character that the grammar may look at.
fn last_mark(bytes: &[u8]) -> Option<usize> {
    let mut end = bytes.len();
    while let Some(at) = end.checked_sub(1) {
        end = match bytes[at] {
            b'-' if is_inside_word(bytes, at) => at,
            byte if byte.is_ascii_alphanumeric() || b" .?!,;'%$&/+@#\n".contains(&byte) => at,
            // The apostrophe of typesetters, and Latin letters with an accent.
            b'\x99' if bytes[..at].ends_with(b"\xe2\x80") => at - 2,
            0x80.. if bytes[..at].ends_with(b"\xc3") => at - 1,
            _ => return Some(at),
        };
    }
    None
}

fn is_inside_word(bytes: &[u8], at: usize) -> bool {
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    at > 0 && is_letter(at - 1) && is_letter(at + 1)
}

/// No number and no letter of a list.
fn is_opening(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) != Some(&b'.')
}

/// Whether a piece of the line ends with a mark, whatever follows.
fn is_closed(bytes: &[u8], mark: usize) -> bool {
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_word_next = bytes.get(mark + 1) == Some(&b' ') && is_letter(mark + 2);
    match bytes[mark] {
        b'*' | b'`' => is_word_next || is_letter(mark + 1),
        // `1) ` and `(a) ` open an item.
        b')' => is_word_next && mark > 8,
        b':' | b'"' | b']' | b'}' | b'>' => is_word_next,
        b'\x9d' => is_word_next && bytes[..mark].ends_with(b"\xe2\x80"),
        _ => false,
    }
}

/// Words that end in `ext` or `Dr`, behind which a full stop ends no sentence.
pub(super) fn ends_short(words: &str) -> bool {
    let last = words.rsplit([' ', '(', '\u{a0}']).next().unwrap_or("");
    ["ext", "tel", "approx", "dept", "mr", "mrs", "ms", "dr", "vs", "e.g", "i.e"].iter().any(|short| last.eq_ignore_ascii_case(short))
}

#[cfg(test)]
mod tests {
    use super::super::{LineParser, Rule, add, cut, dash_label};
    use super::*;
    use pest::Parser;
    use proptest::prelude::*;

    fn by_the_whole_grammar(text: &str) -> String {
        let rule = if text.contains(':') { Rule::line } else { Rule::plain_line };
        let mut pieces = Vec::new();
        add(&mut pieces, LineParser::parse(rule, text).expect("a line"), 0, &mut (false, false));
        dash_label(text, &mut pieces);
        format!("{pieces:?}")
    }

    #[test]
    fn running_words_are_told_by_their_bytes() {
        for (text, running) in [
            ("May I have your name, please? It's for the file.", "May I have your name, please? It's for the file."),
            ("**Agent:** We’ll ring you back at half-past five.", " We’ll ring you back at half-past five."),
            ("1. A number may be that of a step, so it counts.", ""),
            ("That is all for today - or is there more?", ""),
            ("Agent: short", ""),
        ] {
            assert_eq!(&text[start(text)..], running);
        }
    }

    proptest! {
        #[test]
        fn they_are_cut_as_by_the_whole_grammar(
            text in "(1\\) |a\\. |\\(b\\) |• |Agent: |\\*\\*Rep:\\*\\* |\\[If no:\\] |\"[a-z ]{1,9}\" |\\{name\\} )?\
                     ([a-zA-Z]{1,6}|é|’s| |\\. |\\.|\\?!? |\\.\\.\\.|-|\\*|:|\"|10:30|\\)|”|\n|,){1,24}( and so on and so on| we will see to it.)?"
        ) {
            prop_assert_eq!(format!("{:?}", cut(&text)), by_the_whole_grammar(&text));
        }
    }
}
