//! The words that patterns name, and what a word of a line counts as.

use super::lists::{Lists, packed};
use serde::{Deserialize, Serialize};

/// A word of the vocabulary. [`UNKNOWN`] for any word that no pattern names.
pub type WordId = u32;
pub const UNKNOWN: WordId = 0;
/// A word that begins with a digit.
pub const NUMBER: WordId = 1;
/// A placeholder: `[NAME]`, `{date}`, `____`.
pub const SLOT: WordId = 2;

/// Every word that a pattern names. Stems (`cancel*`) are words that end in `*`: no line has those.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// All words, one after the other.
    text: String,
    /// Where each word ends in `text`, in bytes; index is the [`WordId`].
    #[serde(with = "packed")]
    ends: Vec<u32>,
    /// Words by hash, with open addressing; [`UNKNOWN`] where free. The length is a power of two.
    #[serde(with = "packed")]
    table: Vec<WordId>,
    /// Stems, sorted by their text.
    #[serde(with = "packed")]
    stems: Vec<WordId>,
    /// For each of `stems`, the longest other one that it begins with: its index plus one, or 0.
    #[serde(with = "packed")]
    parents: Vec<u32>,
    /// All that a word counts as, by its [`WordId`].
    senses: Lists,
}

impl Vocabulary {
    pub fn new() -> Vocabulary {
        Vocabulary { ends: vec![0; SLOT as usize + 1], table: vec![UNKNOWN; 1024], ..Vocabulary::default() }
    }

    /// The id of a word of a pattern; a trailing `*` makes it a stem.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.find(word) {
            return id;
        }
        let id = self.ends.len() as WordId;
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        if self.ends.len() * 2 > self.table.len() {
            self.table = vec![UNKNOWN; self.table.len() * 2];
            (SLOT + 1..id).for_each(|known| self.file(known));
        }
        self.file(id);
        id
    }

    fn file(&mut self, id: WordId) {
        let mask = self.table.len() - 1;
        let mut place = hash(self.word(id)) & mask;
        while self.table[place] != UNKNOWN {
            place = (place + 1) & mask;
        }
        self.table[place] = id;
    }

    /// One more than the highest id.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text of a word; empty for [`NUMBER`] and [`SLOT`].
    pub fn word(&self, id: WordId) -> &str {
        let start = (id as usize).checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[id as usize] as usize]
    }

    /// A word by its text, as it was interned.
    pub fn find(&self, word: &str) -> Option<WordId> {
        let mask = self.table.len().checked_sub(1)?;
        let mut place = hash(word) & mask;
        loop {
            match self.table[place] {
                UNKNOWN => return None,
                id if self.word(id) == word => return Some(id),
                _ => place = (place + 1) & mask,
            }
        }
    }

    /// What a lower-case word of a line is known as: the word, its longest stem, NUMBER or UNKNOWN.
    pub fn kind(&self, word: &str) -> WordId {
        let number = if word.as_bytes().first().is_some_and(u8::is_ascii_digit) { NUMBER } else { UNKNOWN };
        self.find(word).or_else(|| self.longest_stem(word)).unwrap_or(number)
    }

    /// All that a kind of word counts as: itself, what it may be short for, NUMBER, its stems.
    pub fn senses(&self, kind: WordId) -> &[WordId] {
        self.senses.get(kind)
    }

    fn longest_stem(&self, word: &str) -> Option<WordId> {
        // Every stem that the word begins with is a beginning of the last stem that sorts before it.
        let mut after = self.stems.partition_point(|&stem| self.stem(stem) <= word);
        while let Some(index) = after.checked_sub(1) {
            if word.starts_with(self.stem(self.stems[index])) {
                return Some(self.stems[index]);
            }
            after = self.parents[index] as usize;
        }
        None
    }

    fn stem(&self, id: WordId) -> &str {
        let word = self.word(id);
        word.strip_suffix('*').unwrap_or(word)
    }

    /// To be called once all words are interned, before lines are read.
    pub fn finish(&mut self) {
        let ids = SLOT + 1..self.len() as WordId;
        let mut stems: Vec<WordId> = ids.filter(|&id| self.word(id).ends_with('*') && self.stem(id).len() > 1).collect();
        stems.sort_by(|a, b| self.stem(*a).cmp(self.stem(*b)));
        self.parents = vec![0; stems.len()];
        self.stems = stems;
        for index in 1..self.stems.len() {
            let stem = self.stem(self.stems[index]);
            let mut after = index;
            while after > 0 && !stem.starts_with(self.stem(self.stems[after - 1])) {
                after = self.parents[after - 1] as usize;
            }
            self.parents[index] = after as u32;
        }
        let mut senses = Lists::default();
        for id in 0..self.len() as WordId {
            senses.push(self.all_senses(id));
        }
        self.senses = senses;
    }

    fn all_senses(&self, id: WordId) -> Vec<WordId> {
        match id {
            UNKNOWN => return Vec::new(),
            NUMBER | SLOT => return vec![id],
            _ => {}
        }
        let word = self.word(id);
        let mut senses = vec![id];
        senses.extend(spoken_as(word).iter().filter_map(|also| self.find(also)));
        if word.starts_with(|first: char| first.is_ascii_digit()) {
            senses.push(NUMBER);
        }
        let begins = |stem: &&WordId| **stem != id && word.starts_with(self.stem(**stem));
        senses.extend(self.stems.iter().filter(begins));
        senses
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

/// Eight bytes at a time; the words are our own, so nobody can choose them to collide.
fn hash(word: &str) -> usize {
    let mut hash = word.len() as u64;
    for chunk in word.as_bytes().chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (hash >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_as_all_its_stems() {
        let mut vocabulary = Vocabulary::new();
        let [can, cancel, cat] = ["can*", "cancel*", "cat*"].map(|stem| vocabulary.intern(stem));
        let cancelled = vocabulary.intern("cancelled");
        let four = vocabulary.intern("4");
        vocabulary.finish();
        assert_eq!(vocabulary.senses(vocabulary.kind("cancelled")), [cancelled, can, cancel]);
        assert_eq!(vocabulary.senses(vocabulary.kind("cancelling")), [cancel, can]);
        assert_eq!(vocabulary.senses(vocabulary.kind("canine")), [can]);
        assert_eq!(vocabulary.senses(vocabulary.kind("cats")), [cat]);
        assert_eq!(vocabulary.senses(vocabulary.kind("4")), [four, NUMBER]);
        assert_eq!(vocabulary.senses(vocabulary.kind("47")), [NUMBER]);
        assert_eq!(vocabulary.kind("dog"), UNKNOWN);
    }
}
