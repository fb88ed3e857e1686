//! Words as numbers, for a look at each word of a text that is cheaper than comparing strings.

/// A word and where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Word {
    /// Its first eight bytes as [`key`] gives them.
    pub key: u64,
    /// In bytes of the text, end exclusive.
    pub start: usize,
    pub end: usize,
}

impl Word {
    /// The key of a word of up to eight bytes; 0 for a longer one.
    pub fn whole(&self) -> u64 {
        if self.end - self.start <= 8 { self.key } else { 0 }
    }
}

/// The first eight bytes of a word as a number, the first byte the lowest; ASCII letters count as small ones.
pub const fn key(word: &[u8]) -> u64 {
    let (mut key, mut at) = (0, 0);
    while at < word.len() && at < 8 {
        key |= (word[at] as u64 | 32) << (8 * at);
        at += 1;
    }
    key
}

/// The keys of some words.
pub const fn keys<const N: usize>(words: [&str; N]) -> [u64; N] {
    let (mut keys, mut at) = ([0; N], 0);
    while at < N {
        keys[at] = key(words[at].as_bytes());
        at += 1;
    }
    keys
}

/// Bytes at which words end.
pub struct Ends([bool; 256]);

impl Ends {
    pub const fn new(bytes: &[u8]) -> Ends {
        let (mut ends, mut at) = ([false; 256], 0);
        while at < bytes.len() {
            ends[bytes[at] as usize] = true;
            at += 1;
        }
        Ends(ends)
    }

    /// The words between such bytes, in order; none is empty.
    pub fn words<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Word> + 'a {
        let bytes = text.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            while self.0[usize::from(*bytes.get(at)?)] {
                at += 1;
            }
            let (start, mut key, mut shift) = (at, 0, 0);
            while let Some(byte) = bytes.get(at).filter(|byte| !self.0[usize::from(**byte)]) {
                if shift < 64 {
                    key |= u64::from(byte | 32) << shift;
                    shift += 8;
                }
                at += 1;
            }
            Some(Word { key, start, end: at })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_by_their_numbers() {
        const ENDS: Ends = Ends::new(b" ,");
        let found: Vec<Word> = ENDS.words(" Go on, unconditionally").collect();
        assert_eq!(found.iter().map(|word| word.whole()).collect::<Vec<_>>(), [key(b"go"), key(b"on"), 0]);
        assert_eq!((found[2].key, found[2].start, found[2].end), (key(b"uncondit"), 8, 23));
    }
}
