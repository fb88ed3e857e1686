//! Words and sentences of a line.
//!
//! Contractions are taken apart (`isn't` is `is not`, `I'm` is `i am`), typographic apostrophes are
//! plain ones, hyphens separate, and a placeholder is one word, so that a pattern need not foresee
//! how a script was typed.

use super::spoken::{plain, split_contraction};
use super::vocabulary::{SLOT, Vocabulary, WordId};
use std::ops::Range;

/// One word.
#[derive(Clone, Debug)]
pub struct Token {
    /// Bytes of the line's text.
    pub range: Range<usize>,
    /// What [`Vocabulary::kind`] says of it.
    pub kind: WordId,
}

/// Tokens of one sentence, as a range of [`Words::tokens`].
#[derive(Clone, Debug)]
pub struct Sentence {
    pub tokens: Range<usize>,
    pub is_question: bool,
}

/// A line, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    /// The word at hand, in lower case; kept for its memory only.
    lower: String,
}

/// Longest placeholder, in bytes; what is longer is text in brackets.
const SLOT_BYTES: usize = 60;

/// Takes a line apart. `text` is one line's words; ranges are bytes of it.
pub fn words(text: &str, vocabulary: &Vocabulary) -> Words {
    let mut words = Words::default();
    read(text, vocabulary, &mut words);
    words
}

/// As [`words`], into memory that another line has used before.
pub fn read(text: &str, vocabulary: &Vocabulary, words: &mut Words) {
    words.tokens.clear();
    words.sentences.clear();
    Reader { text, vocabulary, words, first: 0 }.read();
}

struct Reader<'a> {
    text: &'a str,
    vocabulary: &'a Vocabulary,
    words: &'a mut Words,
    /// The first token of the sentence that is being read.
    first: usize,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut offset = 0;
        while let Some(&byte) = self.text.as_bytes().get(offset) {
            offset = match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => self.word(offset),
                b'[' | b'{' | b'<' | b'_' => self.slot(offset, byte),
                b'.' | b'!' | b'?' | b'\n' => self.stop(offset, char::from(byte)),
                b'$' | b'%' => self.symbol(offset, char::from(byte)),
                0..128 => offset + 1,
                _ => self.beyond_ascii(offset),
            };
        }
        self.end_sentence(false);
    }

    fn character(&self, offset: usize) -> Option<char> {
        self.text[offset..].chars().next()
    }

    fn beyond_ascii(&mut self, offset: usize) -> usize {
        match self.character(offset) {
            Some('…') => self.stop(offset, '…'),
            Some(sign @ ('£' | '€' | '₹')) => self.symbol(offset, sign),
            Some(letter) if letter.is_alphanumeric() => self.word(offset),
            Some(other) => offset + other.len_utf8(),
            None => self.text.len(),
        }
    }

    /// A placeholder, as one word; an opening bracket that closes nothing is passed over.
    fn slot(&mut self, offset: usize, opener: u8) -> usize {
        let rest = self.text.as_bytes()[offset..].iter().take(SLOT_BYTES + 1);
        let run = |byte: u8, from: usize| rest.clone().skip(from).take_while(|&&next| next == byte).count();
        let closed = |byte: u8| rest.clone().position(|&next| next == byte).map_or(0, |end| end + 1);
        let length = match opener {
            b'_' => run(b'_', 0),
            b'[' => closed(b']'),
            b'{' => closed(b'}') + run(b'}', closed(b'}')),
            _ => closed(b'>'),
        };
        if !(2..=SLOT_BYTES).contains(&length) || rest.take(length).any(|&byte| byte == b'\n') {
            return offset + 1;
        }
        self.push(offset..offset + length, SLOT);
        offset + length
    }

    /// A percent sign, or any currency.
    fn symbol(&mut self, offset: usize, sign: char) -> usize {
        let end = offset + sign.len_utf8();
        self.push(offset..end, self.vocabulary.kind(if sign == '%' { "%" } else { "$" }));
        end
    }

    /// A sentence mark; a point inside a number, an abbreviation or an address ends nothing.
    fn stop(&mut self, offset: usize, mark: char) -> usize {
        let end = offset + mark.len_utf8();
        let closes = self.character(end).is_none_or(|next| !next.is_alphanumeric());
        let abbreviated = mark == '.' && self.is_abbreviation();
        if (closes || mark == '?') && !abbreviated {
            self.end_sentence(mark == '?');
        }
        end
    }

    fn is_abbreviation(&self) -> bool {
        let Some(last) = self.words.tokens.last() else { return false };
        let word = &self.text[last.range.clone()];
        let is_letter = word.chars().count() == 1 && word != "I" && !word.starts_with(|c: char| c.is_ascii_digit());
        is_letter
            || matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "No" | "Nos" | "ext" | "approx" | "etc" | "Sr" | "Sra" | "Ud" | "Uds")
                && !(word == "No" && self.words.tokens.len() == self.first + 1)
    }

    fn word(&mut self, offset: usize) -> usize {
        let (end, is_plain) = self.word_end(offset);
        let mut lower = std::mem::take(&mut self.words.lower);
        lower.clear();
        if is_plain {
            lower.push_str(&self.text[offset..end]);
            lower.make_ascii_lowercase();
        } else {
            let lowered = self.text[offset..end].chars().flat_map(char::to_lowercase);
            lower.extend(lowered.map(plain));
        }
        self.parts(&lower, offset..end);
        self.words.lower = lower;
        end
    }

    /// Where a word ends, and whether it is all ASCII.
    fn word_end(&self, offset: usize) -> (usize, bool) {
        let mut end = offset;
        let mut is_plain = true;
        while let Some(&byte) = self.text.as_bytes().get(end) {
            if byte.is_ascii_alphanumeric() {
                end += 1;
                continue;
            }
            if byte.is_ascii() && !matches!(byte, b'\'' | b'.' | b',' | b':') {
                break;
            }
            match self.character(end) {
                Some(character) if character.is_alphanumeric() || end > offset && self.joins(end, character) => {
                    end += character.len_utf8();
                }
                _ => break,
            }
            is_plain &= byte.is_ascii();
        }
        (end, is_plain)
    }

    /// Whether a mark goes on with the word before it (`don't`, `4.99`).
    fn joins(&self, at: usize, mark: char) -> bool {
        let Some(next) = self.character(at + mark.len_utf8()) else { return false };
        match mark {
            '\'' | '’' => next.is_alphabetic(),
            '.' | ',' | ':' => next.is_ascii_digit() && self.text.as_bytes()[at - 1].is_ascii_digit(),
            _ => false,
        }
    }

    fn parts(&mut self, lower: &str, range: Range<usize>) {
        if !lower.contains('\'') && !lower.starts_with("can") {
            return self.push(range, self.vocabulary.kind(lower));
        }
        let mut from = range.start;
        split_contraction(lower, |part, length| {
            let mut to = (from + length).min(range.end);
            while !self.text.is_char_boundary(to) {
                to += 1;
            }
            self.push(from..to, self.vocabulary.kind(part));
            from = to;
        });
        // A typographic apostrophe has more bytes than the plain one that was counted.
        if let Some(last) = self.words.tokens.last_mut() {
            last.range.end = range.end;
        }
    }

    fn push(&mut self, range: Range<usize>, kind: WordId) {
        self.words.tokens.push(Token { range, kind });
    }

    fn end_sentence(&mut self, is_question: bool) {
        let tokens = self.first..self.words.tokens.len();
        self.first = tokens.end;
        if !tokens.is_empty() {
            self.words.sentences.push(Sentence { tokens, is_question });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Vec<&str>> {
        let words = words(text, &Vocabulary::new());
        words.sentences.iter().map(|s| words.tokens[s.tokens.clone()].iter().map(|t| &text[t.range.clone()]).collect()).collect()
    }

    #[test]
    fn a_line_is_cut_into_sentences_and_words() {
        assert_eq!(cut("I can’t see it. Is [NAME] in?"), [vec!["I", "can", "’t", "see", "it"], vec!["Is", "[NAME]", "in"]]);
        assert_eq!(cut("It's $4.99 at 9 a.m. today"), [vec!["It", "'s", "$", "4.99", "at", "9", "a", "m", "today"]]);
        assert_eq!(cut("¿Me da Ud. su contraseña? ¡Sí!"), [vec!["Me", "da", "Ud", "su", "contraseña"], vec!["Sí"]]);
        assert_eq!(cut("Don't. No."), [vec!["Do", "n't"], vec!["No"]]);
    }
}
