//! What the model sees of a line: its words, pairs of words near each other, and pieces of words.
//!
//! It has words of its own rather than those of [`crate::act::token`]: weights hold for one way of
//! reading only, and must not shift when patterns learn to read something better.

/// How many different features there are. Those that fall on the same number share a weight.
pub const FEATURES: usize = 1 << 16;

/// Letters of a piece of a word, counting the spaces around the word.
const PIECE: usize = 4;
/// A line of fewer words says too little by itself.
pub const LEAST_WORDS: usize = 4;
/// Longest placeholder, in bytes; what is longer is text in brackets.
const SLOT_BYTES: usize = 60;
/// Stands before the first word, for pairs with it.
const START: u32 = 0x9e37_79b9;
/// Stands for words that are not small ones.
const GAP: u32 = 1;
/// The words that a frame keeps, sorted.
const SMALL: [&[u8]; 89] = [
    b"about", b"all", b"also", b"am", b"an", b"and", b"any", b"are", b"as", b"at", b"be", b"been", b"but", b"by", b"can", b"could", b"did",
    b"do", b"does", b"down", b"for", b"from", b"had", b"has", b"have", b"he", b"her", b"here", b"him", b"his", b"how", b"if", b"in",
    b"into", b"is", b"it", b"its", b"just", b"may", b"me", b"might", b"more", b"most", b"must", b"my", b"no", b"not", b"of", b"off", b"on",
    b"only", b"or", b"our", b"out", b"over", b"she", b"should", b"so", b"some", b"than", b"that", b"the", b"their", b"them", b"then",
    b"there", b"these", b"they", b"this", b"those", b"to", b"too", b"up", b"us", b"very", b"was", b"we", b"were", b"what", b"when",
    b"where", b"which", b"who", b"why", b"will", b"with", b"would", b"you", b"your",
];

/// Tells each feature of a line, below [`FEATURES`], as often as it is there. Gives the number of words.
pub fn each(text: &str, mut tell: impl FnMut(usize)) -> usize {
    let mut count = 0;
    let (mut whole, mut stems, mut frame) = (Near::new(1), Near::new(6), Frame::default());
    words(text, |word| {
        count += 1;
        let spaced = word.as_bytes();
        let bare = &spaced[1..spaced.len() - 1];
        whole.add(hash_of(bare), &mut tell);
        stems.add(hash_of(stem(bare)), &mut tell);
        frame.add(bare, &mut tell);
        for piece in spaced.windows(PIECE) {
            tell(feature(hash_of(piece), 5));
        }
    });
    count
}

/// Words by themselves and in pairs, with up to two words between them.
struct Near {
    kind: u32,
    /// The words before, the nearest first; 0 where none is.
    before: [u32; 3],
}

impl Near {
    fn new(kind: u32) -> Near {
        Near { kind, before: [START, 0, 0] }
    }

    fn add(&mut self, this: u32, tell: &mut impl FnMut(usize)) {
        tell(feature(this, self.kind));
        for (distance, &other) in (self.kind + 1..).zip(&self.before) {
            if other != 0 {
                tell(feature(other.rotate_left(16) ^ this, distance));
            }
        }
        self.before = [this, self.before[0], self.before[1]];
    }
}

/// The small words of a line in threes, fours and fives, with one gap for all words between two of them:
/// how it is said, whatever it is about.
#[derive(Default)]
struct Frame {
    /// The last words and gaps, the nearest first; 0 where none is.
    before: [u32; 5],
}

impl Frame {
    fn add(&mut self, word: &[u8], tell: &mut impl FnMut(usize)) {
        let is_small = word.len() < 2 || word.contains(&b'\'') || SMALL.binary_search(&word).is_ok();
        let this = if is_small { hash_of(word) } else { GAP };
        if this == GAP && self.before[0] == GAP {
            return;
        }
        self.before.rotate_right(1);
        self.before[0] = this;
        let mut all = 0_u32;
        for (length, &word) in (1..).zip(self.before.iter().take_while(|word| **word != 0)) {
            all = all.rotate_left(7).wrapping_mul(0x0100_0193) ^ word;
            if length >= 3 {
                tell(feature(all, 7 + length));
            }
        }
    }
}

/// A word without its usual endings.
fn stem(word: &[u8]) -> &[u8] {
    const ENDINGS: [&[u8]; 7] = [b"'s", b"ing", b"ed", b"es", b"s", b"ly", b"er"];
    let end = ENDINGS.iter().find(|end| word.len() > end.len() + 3 && word.ends_with(end));
    &word[..word.len() - end.map_or(0, |end| end.len())]
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
