//! Words without the marks around them, so that a name is one name however it is written.

use crate::parse::words::{Ends, Word};

/// Lower case, single spaces, no marks around it.
pub fn clean(name: &str) -> String {
    static MARKS: Marks = Marks::new(&[]);
    MARKS.tidy(name)
}

/// The words of a text about as [`clean`] tells them apart, without the points and commas at their ends.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    // The last bytes of a typesetter's apostrophe and of a non-breaking space are among them.
    const ENDS: Ends = Ends::new(b" *_`\"'.,;:!?()[]\n\x99\xa0");
    ENDS.words(text)
}

/// Which marks separate words. All others are dropped, but for `-` and `/`, which words are written with.
pub struct Marks {
    more: &'static [char],
    /// What becomes of each ASCII character: itself in lower case, [`GAP`] or [`DROPPED`].
    ascii: [u8; 128],
}

const GAP: u8 = b' ';
const DROPPED: u8 = 0;

impl Marks {
    /// Spaces, emphasis and quotation marks, and some more.
    pub const fn new(more: &'static [char]) -> Marks {
        let mut ascii = [DROPPED; 128];
        let mut at = 0;
        while at < ascii.len() {
            let byte = at as u8;
            ascii[at] = match byte {
                b' ' | b'*' | b'_' | b'`' | b'"' | b'\'' => GAP,
                b'-' | b'/' => byte,
                _ if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
                _ => DROPPED,
            };
            at += 1;
        }
        let mut at = 0;
        while at < more.len() {
            if more[at].is_ascii() {
                ascii[more[at] as usize] = GAP;
            }
            at += 1;
        }
        Marks { more, ascii }
    }

    /// Lower case, single spaces, no marks around it.
    pub fn tidy(&self, name: &str) -> String {
        if name.is_ascii() { self.tidy_ascii(name.as_bytes()) } else { self.tidy_any(name) }
    }

    fn tidy_ascii(&self, name: &[u8]) -> String {
        // A space is only written where a gap was read: nothing grows.
        let mut clean = vec![0; name.len()];
        let (mut length, mut is_apart) = (0, false);
        for &byte in name {
            match self.ascii[usize::from(byte)] {
                GAP => is_apart = length > 0,
                DROPPED => {}
                kept => {
                    if std::mem::take(&mut is_apart) {
                        clean[length] = GAP;
                        length += 1;
                    }
                    clean[length] = kept;
                    length += 1;
                }
            }
        }
        clean.truncate(length);
        String::from_utf8(clean).unwrap_or_default()
    }

    fn tidy_any(&self, name: &str) -> String {
        let mut clean = String::with_capacity(name.len());
        let mut is_apart = false;
        for character in name.chars() {
            let kept = match self.ascii.get(character as usize) {
                Some(kept) => char::from(*kept),
                None if matches!(character, '\u{a0}' | '’') || self.more.contains(&character) => ' ',
                None if character.is_alphanumeric() => character,
                None => continue,
            };
            if kept == ' ' {
                is_apart = !clean.is_empty();
            } else if kept != char::from(DROPPED) {
                if std::mem::take(&mut is_apart) {
                    clean.push(' ');
                }
                if kept.is_ascii() { clean.push(kept) } else { clean.extend(kept.to_lowercase()) }
            }
        }
        clean
    }
}
