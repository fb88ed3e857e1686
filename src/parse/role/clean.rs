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
/// A letter that is no ASCII.
const WRITTEN: u8 = 1;

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
        let mut clean = Vec::with_capacity(name.len());
        let (mut is_apart, mut at) = (false, 0);
        while let Some(&byte) = name.as_bytes().get(at) {
            let kept = match self.ascii.get(usize::from(byte)) {
                Some(kept) => *kept,
                None => {
                    let Some(character) = name[at..].chars().next() else { break };
                    at += character.len_utf8() - 1;
                    self.tidy_foreign(character, is_apart, &mut clean)
                }
            };
            match kept {
                GAP => is_apart = !clean.is_empty(),
                DROPPED => {}
                WRITTEN => is_apart = false,
                kept => {
                    if std::mem::take(&mut is_apart) {
                        clean.push(GAP);
                    }
                    clean.push(kept);
                }
            }
            at += 1;
        }
        String::from_utf8(clean).unwrap_or_default()
    }

    /// Writes a letter that is not in ASCII, and says what became of it.
    fn tidy_foreign(&self, character: char, is_apart: bool, clean: &mut Vec<u8>) -> u8 {
        if matches!(character, '\u{a0}' | '’') || self.more.contains(&character) {
            return GAP;
        }
        if !character.is_alphanumeric() {
            return DROPPED;
        }
        clean.extend(is_apart.then_some(GAP));
        for letter in character.to_lowercase().filter(|letter| letter.is_alphanumeric()) {
            clean.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
        WRITTEN
    }
}
