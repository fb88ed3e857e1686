//! What the model sees of a line: its words, pairs of words near each other, and pieces of words.
//!
//! It has words of its own rather than those of [`crate::act::token`]: weights hold for one way of
//! reading only, and must not shift when patterns learn to read something better.

/// How many different features there are. Those that fall on the same number share a weight.
pub const FEATURES: usize = 1 << 15;

/// Letters of a piece of a word, counting the spaces around the word.
const PIECE: usize = 4;
/// A line of fewer words says too little by itself.
pub const LEAST_WORDS: usize = 4;
/// Longest placeholder, in bytes; what is longer is text in brackets.
const SLOT_BYTES: usize = 60;
/// Stands before the first word, for pairs with it.
const START: u32 = 0x9e37_79b9;

/// Tells each feature of a line, below [`FEATURES`], as often as it is there. Gives the number of words.
pub fn each(text: &str, mut tell: impl FnMut(usize)) -> usize {
    let mut count = 0;
    // The words before, the nearest first; 0 where none is.
    let mut before = [START, 0, 0];
    words(text, |word| {
        count += 1;
        let spaced = word.as_bytes();
        let this = hash_of(&spaced[1..spaced.len() - 1]);
        tell(feature(this, 1));
        for (distance, &other) in (2..).zip(&before) {
            if other != 0 {
                tell(feature(other.rotate_left(16) ^ this, distance));
            }
        }
        before = [this, before[0], before[1]];
        for piece in spaced.windows(PIECE) {
            tell(feature(hash_of(piece), 5));
        }
    });
    count
}

/// Words in lower case, a space around each: numbers as `0`, placeholders as `[]`, question marks as words of
/// their own.
fn words(text: &str, mut tell: impl FnMut(&str)) {
    let mut word = " ".to_string();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let slot = slot(rest);
        if letter.is_ascii_alphanumeric() {
            word.push(letter.to_ascii_lowercase());
        } else if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        } else if matches!(letter, '\'' | '’') && word.len() > 1 {
            word.push('\'');
        } else {
            end(&mut word, &mut tell);
            if slot > 0 {
                tell(" [] ");
            } else if letter == '?' {
                tell(" ? ");
            }
        }
        rest = &rest[slot.max(letter.len_utf8())..];
    }
    end(&mut word, &mut tell);
}

fn end(word: &mut String, tell: &mut impl FnMut(&str)) {
    if word.len() == 1 {
        return;
    }
    word.truncate(word.trim_end_matches('\'').len());
    word.push(' ');
    tell(if word.as_bytes()[1].is_ascii_digit() { " 0 " } else { word });
    word.truncate(1);
}

/// Bytes of the placeholder that a text begins with, 0 for none.
fn slot(text: &str) -> usize {
    let bytes = text.as_bytes();
    let closer = match bytes[0] {
        b'[' => b']',
        b'{' => b'}',
        b'_' => return bytes.iter().take_while(|&&byte| byte == b'_').count(),
        _ => return 0,
    };
    bytes.iter().take(SLOT_BYTES).position(|&byte| byte == closer).map_or(0, |end| end + 1)
}

/// FNV-1a.
fn hash_of(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The end of MurmurHash3, so that all bits count for the few that are kept.
fn feature(hash: u32, kind: u32) -> usize {
    let mut mixed = hash ^ kind.wrapping_mul(0x9e37_79b9);
    mixed = (mixed ^ mixed >> 16).wrapping_mul(0x85eb_ca6b);
    mixed = (mixed ^ mixed >> 13).wrapping_mul(0xc2b2_ae35);
    (mixed ^ mixed >> 16) as usize % FEATURES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_alike_however_they_are_typed() {
        let read = |text| {
            let mut all = Vec::new();
            words(text, |word| all.push(word.trim().to_string()));
            all
        };
        assert_eq!(read("Don’t ask [the NAME], 4pm?"), ["don't", "ask", "[]", "0", "?"]);
        assert_eq!(read("ČAU ____ 'so' [open"), ["čau", "[]", "so", "open"]);
        assert_eq!(read("[é"), ["é"]);
        assert!(read("").is_empty());
    }
}
