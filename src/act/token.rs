//! Words and sentences of a line.
//!
//! Contractions are taken apart (`isn't` is `is not`, `I'm` is `i am`), typographic apostrophes are
//! plain ones, hyphens separate, and a placeholder is one word, so that a pattern need not foresee
//! how a script was typed.

use std::collections::HashMap;
use std::ops::Range;

/// A word of the vocabulary. [`UNKNOWN`] for any word that no pattern names.
pub type WordId = u32;
pub const UNKNOWN: WordId = 0;
/// A word that begins with a digit.
pub const NUMBER: WordId = 1;
/// A placeholder: `[NAME]`, `{date}`, `____`.
pub const SLOT: WordId = 2;

/// One word.
#[derive(Clone, Debug)]
pub struct Token {
    /// Bytes of the line's text.
    pub range: Range<usize>,
    /// All that the word counts as: itself, the stems that patterns name with `*`, NUMBER.
    pub ids: [WordId; 4],
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
}

/// Every word that a pattern names.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: HashMap<String, WordId>,
    /// Stems (`cancel` of `cancel*`) by their first two bytes.
    stems: HashMap<[u8; 2], Vec<(String, WordId)>>,
    next: WordId,
}

impl Vocabulary {
    pub fn new() -> Vocabulary {
        Vocabulary { next: SLOT + 1, ..Vocabulary::default() }
    }

    /// The id of a word of a pattern; a trailing `*` makes it a stem.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        let id = self.next;
        self.next += 1;
        self.words.insert(word.to_string(), id);
        if let Some(stem) = word.strip_suffix('*')
            && let [first, second, ..] = *stem.as_bytes()
        {
            self.stems.entry([first, second]).or_default().push((stem.to_string(), id));
        }
        id
    }

    /// One more than the highest id.
    pub fn len(&self) -> usize {
        self.next as usize
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// All words with their ids, in no order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, WordId)> {
        self.words.iter().map(|(word, id)| (word.as_str(), *id))
    }

    fn ids(&self, word: &str) -> [WordId; 4] {
        let mut ids = [UNKNOWN; 4];
        let mut count = 0;
        let mut add = |id: WordId| {
            if count < ids.len() {
                ids[count] = id;
                count += 1;
            }
        };
        if let Some(&id) = self.words.get(word) {
            add(id);
        }
        for also in spoken_as(word) {
            if let Some(&id) = self.words.get(*also) {
                add(id);
            }
        }
        if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            add(NUMBER);
        }
        if let [first, second, ..] = *word.as_bytes() {
            for (stem, id) in self.stems.get(&[first, second]).into_iter().flatten() {
                if word.starts_with(stem.as_str()) {
                    add(*id);
                }
            }
        }
        ids
    }
}

/// What the second half of a contraction may stand for.
fn spoken_as(word: &str) -> &'static [&'static str] {
    match word {
        "'s" => &["is", "has", "us"],
        "'d" => &["would", "had"],
        _ => &[],
    }
}

/// Takes a line apart. `text` is one line's words; ranges are bytes of it.
pub fn words(text: &str, vocabulary: &Vocabulary) -> Words {
    let mut reader = Reader { text, vocabulary, words: Words::default(), first: 0, lower: String::new() };
    reader.read();
    reader.words
}

/// The words of a pattern, in the same shape as those of a line.
pub fn pattern_words(text: &str) -> Vec<String> {
    let (stem, star) = text.strip_suffix('*').map_or((text, ""), |stem| (stem, "*"));
    let mut parts = Vec::new();
    let lower = stem.to_lowercase().replace('’', "'");
    for piece in lower.split('-').filter(|piece| !piece.is_empty()) {
        split_contraction(piece, |part, _| parts.push(part.to_string()));
    }
    if let Some(last) = parts.last_mut() {
        last.push_str(star);
    }
    parts
}

/// Calls `emit` with each part of a lower-case word and the number of bytes of the word it covers.
fn split_contraction(word: &str, mut emit: impl FnMut(&str, usize)) {
    if matches!(word, "cannot" | "can't" | "cant") {
        emit("can", 3);
        emit("not", word.len() - 3);
        return;
    }
    let whole = match word {
        "won't" => Some("will"),
        "shan't" => Some("shall"),
        "ain't" => Some("is"),
        _ => None,
    };
    let Some(cut) = word.rfind('\'') else { return emit(word, word.len()) };
    if let Some(stem) = word.strip_suffix("n't") {
        emit(whole.unwrap_or(stem), stem.len());
        return emit("not", 3);
    }
    let (stem, tail) = word.split_at(cut);
    let part = match tail {
        "'m" => "am",
        "'re" => "are",
        "'ll" => "will",
        "'ve" => "have",
        "'s" | "'d" => tail,
        _ => return emit(word, word.len()),
    };
    if !stem.is_empty() {
        emit(stem, stem.len());
    }
    emit(part, tail.len());
}

struct Reader<'a> {
    text: &'a str,
    vocabulary: &'a Vocabulary,
    words: Words,
    /// The first token of the sentence that is being read.
    first: usize,
    lower: String,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut offset = 0;
        while let Some(character) = self.text[offset..].chars().next() {
            offset = match character {
                '[' | '{' | '<' | '_' => self.slot(offset, character),
                '.' | '!' | '?' | '…' | '\n' => self.stop(offset, character),
                '$' | '£' | '€' | '₹' => self.symbol(offset, character, "$"),
                '%' => self.symbol(offset, character, "%"),
                _ if character.is_alphanumeric() => self.word(offset),
                _ => offset + character.len_utf8(),
            };
        }
        self.end_sentence(false);
    }

    /// A placeholder, as one word; an opening bracket that closes nothing is passed over.
    fn slot(&mut self, offset: usize, opener: char) -> usize {
        let rest = &self.text[offset..];
        let length = match opener {
            '_' => rest.bytes().take_while(|&byte| byte == b'_').count(),
            '[' => rest.find(']').map_or(0, |end| end + 1),
            '{' => rest.find('}').map_or(0, |end| end + rest[end..].bytes().take_while(|&b| b == b'}').count()),
            _ => rest.find('>').map_or(0, |end| end + 1),
        };
        let is_short = length > 1 && length <= 60 && !rest[1..length].contains(['\n']);
        if !is_short {
            return offset + 1;
        }
        self.push(offset..offset + length, [SLOT, UNKNOWN, UNKNOWN, UNKNOWN]);
        offset + length
    }

    fn symbol(&mut self, offset: usize, character: char, name: &str) -> usize {
        let end = offset + character.len_utf8();
        self.push(offset..end, self.vocabulary.ids(name));
        end
    }

    /// A sentence mark; a point inside a number, an abbreviation or an address ends nothing.
    fn stop(&mut self, offset: usize, character: char) -> usize {
        let end = offset + character.len_utf8();
        let after = self.text[end..].chars().next();
        let closes = after.is_none_or(|next| !next.is_alphanumeric());
        let abbreviated = character == '.' && self.is_abbreviation();
        if (closes || character == '?') && !abbreviated {
            self.end_sentence(character == '?');
        }
        end
    }

    fn is_abbreviation(&self) -> bool {
        let Some(last) = self.words.tokens.last() else { return false };
        let word = &self.text[last.range.clone()];
        let is_letter = word.chars().count() == 1 && word != "I" && !word.starts_with(|c: char| c.is_ascii_digit());
        is_letter || matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "No" | "Nos" | "ext" | "approx" | "etc")
            && !(word == "No" && self.words.tokens.len() == self.first + 1)
    }

    fn word(&mut self, offset: usize) -> usize {
        let mut end = offset;
        let mut characters = self.text[offset..].char_indices().peekable();
        while let Some((index, character)) = characters.next() {
            let joins = matches!(character, '\'' | '’' | '.' | ',' | ':')
                && index > 0
                && characters.peek().is_some_and(|(_, next)| match character {
                    '\'' | '’' => next.is_alphabetic(),
                    _ => next.is_ascii_digit() && self.text[..offset + index].ends_with(|c: char| c.is_ascii_digit()),
                });
            if !character.is_alphanumeric() && !joins {
                break;
            }
            end = offset + index + character.len_utf8();
        }
        let mut lower = std::mem::take(&mut self.lower);
        lower.clear();
        for character in self.text[offset..end].chars() {
            match character {
                '’' => lower.push('\''),
                _ if character.is_ascii() => lower.push(character.to_ascii_lowercase()),
                _ => lower.extend(character.to_lowercase()),
            }
        }
        self.parts(&lower, offset..end);
        self.lower = lower;
        end
    }

    fn parts(&mut self, lower: &str, range: Range<usize>) {
        if !lower.contains('\'') && !lower.starts_with("can") {
            return self.push(range, self.vocabulary.ids(lower));
        }
        let mut parts: Vec<(String, usize)> = Vec::new();
        split_contraction(lower, |part, length| parts.push((part.to_string(), length)));
        let mut from = range.start;
        for (index, (part, length)) in parts.iter().enumerate() {
            let is_last = index + 1 == parts.len();
            let mut to = if is_last { range.end } else { (from + length).min(range.end) };
            while !self.text.is_char_boundary(to) {
                to += 1;
            }
            self.push(from..to, self.vocabulary.ids(part));
            from = to;
        }
    }

    fn push(&mut self, range: Range<usize>, ids: [WordId; 4]) {
        self.words.tokens.push(Token { range, ids });
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
        assert_eq!(cut("Don't. No."), [vec!["Do", "n't"], vec!["No"]]);
    }

    #[test]
    fn patterns_see_the_same_words() {
        assert_eq!(pattern_words("can't"), ["can", "not"]);
        assert_eq!(pattern_words("one-time*"), ["one", "time*"]);
        assert_eq!(pattern_words("we're"), ["we", "are"]);
    }
}
