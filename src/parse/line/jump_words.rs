//! Whether running text may hold a jump word. Most hold none: a look at the words is cheaper than a parse.

/// Jump words that need no other one.
const ALONE: [u64; 3] = [key(b"goto"), key(b"see"), key(b"follow")];

/// How the grammar's `goto` begins: one of these, then any of [`ON`], then one of [`WHERE`].
const GOING: [u64; 18] = [
    key(b"goes"),
    key(b"go"),
    key(b"move"),
    key(b"jump"),
    key(b"skip"),
    key(b"turn"),
    key(b"flip"),
    key(b"return"),
    key(b"proceed"),
    key(b"continue"),
    key(b"back"),
    key(b"start"),
    key(b"begin"),
    key(b"pick"),
    key(b"carry"),
    key(b"advance"),
    key(b"switch"),
    key(b"head"),
];
const ON: [u64; 10] = [
    key(b"on"),
    key(b"back"),
    key(b"straight"),
    key(b"directly"),
    key(b"ahead"),
    key(b"down"),
    key(b"up"),
    key(b"over"),
    key(b"again"),
    key(b"right"),
];
const WHERE: [u64; 4] = [key(b"to"), key(b"with"), key(b"at"), key(b"from")];

/// How the first word of its `va` begins, and what follows it.
const VA: [u64; 9] = [key(b"ir"), key(b"va"), key(b"pa"), key(b"vo"), key(b"vu"), key(b"re"), key(b"sa"), key(b"co"), key(b"se")];
const A: [u64; 3] = [key(b"a"), key(b"al"), key(b"con")];

/// A word of up to eight bytes in small letters, as a number; 0 for a longer one.
const fn key(word: &[u8]) -> u64 {
    let (mut key, mut at) = (0, 0);
    while at < word.len() && word.len() <= 8 {
        key = key << 8 | (word[at] | 32) as u64;
        at += 1;
    }
    key
}

/// Whether a parse may find a jump word.
pub(super) fn may_be_in(text: &str) -> bool {
    let (mut goes, mut va) = (false, false);
    // The second byte of a non-breaking space ends a word, too.
    let words = text.as_bytes().split(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'#' | 0xa0)).filter(|word| !word.is_empty());
    for word in words {
        // Its first byte may be left at the word's end.
        let word = word.strip_suffix(b"\xc2").unwrap_or(word);
        let whole = key(word);
        if ALONE.contains(&whole) || goes && WHERE.contains(&whole) || va && A.contains(&whole) {
            return true;
        }
        goes = GOING.contains(&whole) || goes && ON.contains(&whole);
        va = VA.contains(&key(&word[..word.len().min(2)]));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::read_verbs;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_jump_word_is_overlooked(
            text in "((#)?(go|Goes|back|move|on|straight|to|with|ir|vaya|con|al|see|follow|GOTO|it|seen|continúe)( |\u{a0}|\n|\t|, |#)){1,8}"
        ) {
            prop_assert!(may_be_in(&text) || read_verbs(&text).is_empty(), "{text}");
        }
    }
}
