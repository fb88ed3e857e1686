//! What may reach a terminal. Scripts and file names come from anyone: an escape sequence in them
//! must not recolour the screen, move the cursor, or reorder what a reader sees.

use std::borrow::Cow;

/// One line: without control and bidirectional characters; line breaks and tabs become spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    let flat = |letter: char| {
        if letter.is_whitespace() { ' ' } else { shown(letter) }
    };
    if text.chars().all(|letter| flat(letter) == letter) {
        return Cow::Borrowed(text);
    }
    text.chars().map(flat).collect::<String>().into()
}

/// Lines of a script: as long as before in bytes, so that spans still hold. Tabs and the line breaks
/// of [`crate::source`] stay; whatever else a terminal takes for one does not.
pub fn excerpt(text: &str) -> String {
    let keep = |letter: char| match letter {
        '\t' | '\n' | '\r' => letter,
        _ => shown(letter),
    };
    text.chars().map(keep).collect()
}

/// Whether a character does something to a terminal other than appear.
pub fn is_unsafe(letter: char) -> bool {
    let is_reordering =
        matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}') || matches!(letter, '\u{2066}'..='\u{2069}');
    let is_break = matches!(letter, '\u{2028}' | '\u{2029}');
    letter.is_control() || is_reordering || is_break || letter == '\u{feff}'
}

/// A character as it is shown, of the same length in bytes.
fn shown(letter: char) -> char {
    match letter.len_utf8() {
        _ if !is_unsafe(letter) => letter,
        1 => '?',
        2 => '¿',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_through_and_no_byte_moves() {
        let evil = "a\u{1b}[31m\u{7}\u{7f}\u{9b}\u{61c}\u{202e}\u{2028}\u{feff}z\tč\r\n";
        let tame = excerpt(evil);
        assert_eq!(tame, "a?[31m??¿¿\u{fffd}\u{fffd}\u{fffd}z\tč\r\n");
        assert_eq!(tame.len(), evil.len());
        assert_eq!(line("a\nb\u{1b}\tč"), "a b? č");
        assert!(matches!(line("Čau — ahoj"), Cow::Borrowed(_)));
    }
}
