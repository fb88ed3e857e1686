//! Escapes of double-quoted scalars (YAML 1.2.2, chapter 5.7).

/// The character that an escape stands for, and the escape's length in bytes.
pub fn unescape(words: &str) -> (char, usize) {
    let wide = |len: usize| {
        let letter = hex(words, 2, len).and_then(char::from_u32);
        (letter.unwrap_or('\u{fffd}'), 2 + len)
    };
    let Some(mark) = words[1..].chars().next() else {
        return ('\\', 1);
    };
    match mark {
        'x' => wide(2),
        'U' => wide(8),
        'u' => surrogates(words).unwrap_or_else(|| wide(4)),
        _ => (simple(mark), 1 + mark.len_utf8()),
    }
}

/// Two escapes that make one letter, as JSON writes emoji.
fn surrogates(words: &str) -> Option<(char, usize)> {
    match (hex(words, 2, 4), words.get(6..8), hex(words, 8, 4)) {
        (Some(high @ 0xD800..=0xDBFF), Some("\\u"), Some(low @ 0xDC00..=0xDFFF)) => {
            let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            char::from_u32(code).map(|letter| (letter, 12))
        }
        _ => None,
    }
}

fn hex(words: &str, from: usize, len: usize) -> Option<u32> {
    let digits = words.get(from..from + len)?;
    u32::from_str_radix(digits, 16).ok()
}

fn simple(mark: char) -> char {
    match mark {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        other => other,
    }
}
