//! Running words: how much of a line is nothing but sentences. The grammar reads such words several times as
//! fast as others, to the same pieces.

/// In bytes; fewer are read with what stands before them.
const LEAST: usize = 24;

/// The part of a line that holds all its marks, in bytes: before it stand whole sentences, each with its end, and
/// behind it running words. Empty at the end of a line without marks.
pub(super) fn around_marks(text: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let start = match last_mark(bytes) {
        None if is_opening(bytes) => 0,
        Some(at) if is_closed(bytes, at) => at + 1,
        _ => bytes.len(),
    };
    let marked = if bytes.len() - start < LEAST { bytes.len() } else { start };
    let opening = if marked > LEAST && is_opening(bytes) { whole_sentences(&bytes[..marked]) } else { 0 };
    (opening, marked)
}

/// How many bytes of whole sentences stand before the first mark; 0 where it is not worth telling them apart.
fn whole_sentences(bytes: &[u8]) -> usize {
    // The point in `p. 8` ends no sentence.
    let is_page = |at: usize| bytes[..at].ends_with(b" p") && bytes.get(at + 2).is_some_and(u8::is_ascii_digit);
    let ends = |&at: &usize| matches!(bytes[at..], [b'.' | b'?' | b'!', b' ', ..]) && !(bytes[at] == b'.' && is_page(at));
    let last = first_mark(bytes).saturating_sub(1);
    let end = (0..last).rev().find(ends).map_or(0, |at| at + 1);
    if end < LEAST { 0 } else { end }
}

/// Bytes of which the grammar makes nothing but words and the ends of sentences.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut at = 0;
    while at < plain.len() {
        plain[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    let (more, mut at) = (b" .?!,;'%$&/+@#\n", 0);
    while at < more.len() {
        plain[more[at] as usize] = true;
        at += 1;
    }
    plain
};

/// The last byte of the last character that the grammar may look at.
fn last_mark(bytes: &[u8]) -> Option<usize> {
    let mut end = bytes.len();
    loop {
        let at = bytes[..end].iter().rposition(|byte| !PLAIN[usize::from(*byte)])?;
        end = match bytes[at] {
            b'-' if is_inside_word(bytes, at) => at,
            // The apostrophe of typesetters, and Latin letters with an accent.
            b'\x99' if bytes[..at].ends_with(b"\xe2\x80") => at - 2,
            0x80.. if bytes[..at].ends_with(b"\xc3") => at - 1,
            _ => return Some(at),
        };
    }
}

/// The first byte of the first such character, or the length.
fn first_mark(bytes: &[u8]) -> usize {
    let mut start = 0;
    while let Some(found) = bytes[start..].iter().position(|byte| !PLAIN[usize::from(*byte)]) {
        let at = start + found;
        start = match bytes[at] {
            b'-' if is_inside_word(bytes, at) => at + 1,
            0xe2 if bytes[at..].starts_with(b"\xe2\x80\x99") => at + 3,
            0xc3 => at + 2,
            _ => return at,
        };
    }
    bytes.len()
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
    use super::super::{LineParser, Rule, add, cut, dash_labels};
    use super::*;
    use pest::Parser;
    use proptest::prelude::*;

    fn by_the_whole_grammar(text: &str) -> String {
        let rule = if text.contains(':') { Rule::line } else { Rule::plain_line };
        let mut pieces = Vec::new();
        add(&mut pieces, LineParser::parse(rule, text).expect("a line"), 0, &mut (false, false));
        dash_labels(text, &mut pieces);
        format!("{pieces:?}")
    }

    #[test]
    fn running_words_are_told_by_their_bytes() {
        for (text, marked) in [
            ("May I have your name, please? It's for the file.", ""),
            ("**Agent:** We’ll ring you back at half-past five.", "**Agent:**"),
            ("1. A number may be that of a step, so it counts.", "1. A number may be that of a step, so it counts."),
            ("That is all for today - or is there more?", "That is all for today - or is there more?"),
            ("That is all we need for today. Or is *that* all that we can do for you?", " Or is *that*"),
            ("Agent: short", "Agent: short"),
        ] {
            let (start, end) = around_marks(text);
            assert_eq!(&text[start..end], marked);
        }
    }

    proptest! {
        #[test]
        fn they_are_cut_as_by_the_whole_grammar(
            text in "(1\\) |a\\. |\\(b\\) |• |Agent: |\\*\\*Rep:\\*\\* |\\[If no:\\] |\"[a-z ]{1,9}\" |\\{name\\} |We will look at it today[.?!] |Let us see what we have there, [a-z]{1,3}[.] )?\
                     ([a-zA-Z]{1,6}|é|’s| |\\. |\\.|\\?!? |\\.\\.\\.|-|\\*|:|\"|10:30|\\)|”|\n|,){1,24}( and so on and so on| we will see to it.)?"
        ) {
            prop_assert_eq!(format!("{:?}", cut(&text)), by_the_whole_grammar(&text));
        }
    }
}
