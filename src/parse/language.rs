//! Which languages a script is in: as it says of itself, else as it sounds.

use crate::act::{frequency, hearing};
use crate::memo::Memo;
use crate::script::{Kind, Script, Step};
use foldhash::HashSet;
use std::sync::LazyLock;
use whichlang::{Lang, detect_language};

/// At most so many lines are looked at, from the beginning to the end of the script.
const MAX_LINES: usize = 60;
/// Fewer words tell nothing: `Cancel it, por favor.`
const MIN_WORDS: usize = 6;
/// English has more of its commonest words than this, other languages have fewer. Measured: English scripts
/// from 0.62 up, their single lines of 15 words from 0.37 up; lines in seven other languages up to 0.17,
/// Hindi mixed with English up to 0.31.
const ENGLISH_SHARE: f64 = 0.33;
/// A language with this share of the words is spoken in a script, beside its main one.
const SIDE_SHARE: f64 = 0.2;
/// Fewer words of a side language are a greeting or a name.
const MIN_SIDE_WORDS: usize = 12;
/// A language that nobody can name.
pub const UNKNOWN: &str = "und";

/// The languages of a script by their codes (ISO 639-1), the main one first: what it declares, else what the
/// project does, else what its words are.
pub fn languages(script: &Script, project: Option<&str>) -> Vec<String> {
    match script.header.language.as_deref().or(project) {
        Some(declared) => codes(declared),
        None => heard(&sample(&lines(script))),
    }
}

/// The same of lines by themselves. Where callint knows none of their languages, English is as good as any.
pub fn of_lines(lines: &[&str], project: Option<&str>) -> Vec<String> {
    let languages = project.map_or_else(|| heard(&sample(lines)), codes);
    let is_known = |code: &String| hearing::code(code).is_some();
    if languages.iter().any(is_known) { languages } else { vec!["en".to_string()] }
}

fn codes(declared: &str) -> Vec<String> {
    declared.split([',', ';', '/', '+']).map(code).filter(|code| !code.is_empty()).collect()
}

/// As callint calls a language that it knows; the language of `pt-BR` is `pt`.
fn code(declared: &str) -> String {
    let bare = declared.trim().split(['-', '_']).next().unwrap_or("").to_lowercase();
    hearing::code(declared).map_or(bare, str::to_string)
}

fn heard(lines: &[&str]) -> Vec<String> {
    let english = || vec!["en".to_string()];
    let counts: Vec<Words> = lines.iter().map(|line| count(line)).collect();
    let sum = counts.iter().fold(Words::default(), |sum, one| Words { all: sum.all + one.all, english: sum.english + one.english });
    if sum.all < MIN_WORDS {
        return english();
    }
    let main = match sum.is_english() {
        true => "en",
        false => match detect_language(&lines.join("\n")) {
            Lang::Eng if sum.all < MIN_WORDS * 3 => "en",
            Lang::Eng => UNKNOWN,
            other => iso(other),
        },
    };
    let mut languages = vec![main.to_string()];
    languages.extend(sides(lines, &counts, sum.all).into_iter().filter(|side| *side != main).map(str::to_string));
    languages
}

/// Languages that some of the lines are in, of those that tell by themselves.
fn sides(lines: &[&str], counts: &[Words], words: usize) -> Vec<&'static str> {
    let mut sums: Vec<(&'static str, usize)> = Vec::new();
    for (line, count) in lines.iter().zip(counts).filter(|(_, count)| count.all >= MIN_WORDS) {
        let language = match count.is_english() {
            true => "en",
            false => match detect_language(line) {
                Lang::Eng => UNKNOWN,
                other => iso(other),
            },
        };
        match sums.iter_mut().find(|(known, _)| *known == language) {
            Some((_, sum)) => *sum += count.all,
            None => sums.push((language, count.all)),
        }
    }
    let is_spoken = |sum: usize| sum >= MIN_SIDE_WORDS && sum as f64 >= words as f64 * SIDE_SHARE;
    sums.into_iter().filter(|&(_, sum)| is_spoken(sum)).map(|(language, _)| language).collect()
}

/// How many words a line has, and how many of them are among the commonest of English.
#[derive(Clone, Copy, Default)]
struct Words {
    all: usize,
    english: usize,
}

impl Words {
    fn is_english(self) -> bool {
        self.english as f64 / self.all.max(1) as f64 >= ENGLISH_SHARE
    }
}

fn count(line: &str) -> Words {
    static KNOWN: LazyLock<Memo<Words>> = LazyLock::new(Memo::default);
    KNOWN.get(line, || {
        let words = line.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
        words.fold(Words::default(), |sum, word| Words { all: sum.all + 1, english: sum.english + usize::from(is_english(word)) })
    })
}

fn is_english(word: &str) -> bool {
    // Words of other languages that are written alike.
    const ALIKE: [&str; 8] = ["me", "no", "a", "on", "in", "was", "come", "is"];
    static COMMON: LazyLock<HashSet<&str>> =
        LazyLock::new(|| frequency::shares().map(|(word, _)| word).filter(|word| !ALIKE.contains(word)).collect());
    COMMON.contains(&*word.to_lowercase())
}

/// Some of the lines, from all over the script.
fn sample<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    lines.iter().step_by(lines.len().div_ceil(MAX_LINES).max(1)).copied().collect()
}

/// Lines that somebody speaks or hears.
fn lines(script: &Script) -> Vec<&str> {
    let mut lines = Vec::new();
    script.sections.iter().for_each(|section| spoken(&section.steps, &mut lines));
    lines
}

fn spoken<'a>(steps: &'a [Step], lines: &mut Vec<&'a str>) {
    for step in steps {
        match step {
            Step::Line(line) if matches!(line.kind, Kind::Say | Kind::Hear) => lines.push(&line.text.value),
            Step::Choice(choice) => {
                for branch in &choice.branches {
                    lines.extend(branch.label.iter().map(|label| label.value.as_str()));
                    spoken(&branch.steps, lines);
                }
            }
            _ => {}
        }
    }
}

/// ISO 639-1 codes of the languages that can be told apart.
fn iso(language: Lang) -> &'static str {
    match language {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn of(text: &str) -> Vec<String> {
        languages(&crate::parse::parse(&Source::new("a.md", text)), None)
    }

    #[test]
    fn a_language_is_declared_or_told_by_the_words() {
        assert_eq!(of("Agente: Gracias por llamar. ¿En qué puedo ayudarle?\n\nCliente: Quiero darme de baja, por favor.\n"), ["es"]);
        assert_eq!(of("Agent: Bonjour, merci d'appeler. Que puis-je faire ?\n\nClient: Internet ne marche plus.\n"), ["fr"]);
        assert_eq!(of("---\nlanguage: nl-NL\n---\n\nAgent: Hallo.\n"), ["nl"]);
        assert_eq!(of("---\nlanguage: [English, es-MX]\n---\n\nAgent: Hallo.\n"), ["en", "es"]);
    }

    #[test]
    fn english_with_a_foreign_word_or_few_words_is_english() {
        assert_eq!(of("Agent: Thank you for calling Casa Bonita. What can I do for you?\n\nCaller: Cancel it, por favor.\n"), ["en"]);
        assert_eq!(of("Agent: Gracias!\n\nCaller: Hello.\n"), ["en"]);
        assert_eq!(of("Agent: Verify name. Verify DOB. Verify SSN. Close.\n"), ["en"]);
    }

    #[test]
    fn what_nobody_can_name_is_not_english() {
        let text = "Agent: Namaste, aapka swagat hai. Main aapki kya madad kar sakta hoon?\n\nCustomer: Mera connection band karna hai.\n\n\
                    Agent: Theek hai, main abhi band kar deta hoon.\n";
        assert_eq!(of(text), [UNKNOWN]);
    }

    #[test]
    fn a_script_may_be_in_two_languages() {
        let text = "Agent: Thank you for calling Clear Water, how can I help you today?\n\nAgent: Gracias por llamar a Agua Clara, ¿en qué \
                    puedo ayudarle hoy? Dígame, por favor.\n";
        assert_eq!(of(text), ["en", "es"]);
    }
}
