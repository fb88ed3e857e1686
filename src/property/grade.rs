//! Grades: how many years of school a reader needs for some words, by Flesch and Kincaid's formula
//! (Kincaid and others, 1975, report 8-75 of the US Naval Technical Training Command). For English.

/// In words; what is shorter has a grade by chance.
pub const FEWEST_WORDS: usize = 30;

/// The grade of some lines, `None` where they are too short. A line ends a sentence.
pub fn of(lines: &[&str]) -> Option<f64> {
    let sentences = lines.iter().flat_map(|line| line.split(['.', '!', '?', ';', ':']));
    let sentences: Vec<Vec<&str>> =
        sentences.map(|sentence| words(sentence).collect()).filter(|words: &Vec<&str>| !words.is_empty()).collect();
    let words: Vec<&str> = sentences.iter().flatten().copied().collect();
    if words.len() < FEWEST_WORDS {
        return None;
    }
    let count = words.len() as f64;
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    Some(0.39 * count / sentences.len() as f64 + 11.8 * syllables as f64 / count - 15.59)
}

/// Words of letters; numbers and what stands in brackets of any kind are said in ways that nobody can tell.
fn words(sentence: &str) -> impl Iterator<Item = &str> {
    let is_plain = |word: &&str| word.chars().all(char::is_alphabetic) && !word.is_empty();
    sentence.split_whitespace().map(|word| word.trim_matches(|letter: char| ",\"“”()…–—'’".contains(letter))).filter(is_plain)
}

/// Groups of vowels, without a silent *e* at the end; one at least.
fn syllables(word: &str) -> usize {
    let is_vowel = |letter: char| matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'é');
    let starts = word.chars().scan(false, |was, letter| {
        let is_start = is_vowel(letter) && !*was;
        *was = is_vowel(letter);
        Some(is_start)
    });
    let groups = starts.filter(|is_start| *is_start).count();
    let is_silent =
        word.ends_with('e') && !word.ends_with("le") || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    groups.saturating_sub(usize::from(is_silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_have_a_lower_grade() {
        let plain = ["I can do that for you now."; 8];
        let hard = ["The settlement of outstanding obligations necessitates the verification of documentation."; 8];
        assert_eq!(of(&plain[..2]), None);
        assert!(of(&plain).is_some_and(|grade| grade < 3.0), "{:?}", of(&plain));
        assert!(of(&hard).is_some_and(|grade| grade > 15.0), "{:?}", of(&hard));
        assert_eq!(["one", "table", "asked", "wanted", "verification", "the"].map(syllables), [1, 2, 1, 2, 5, 1]);
    }
}
