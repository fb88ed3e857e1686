//! What hears the lines of a run: the lexicons of its languages, and what the project taught.

use super::file::ActFile;
use super::house::{self, Taught};
use super::model::{self, Line, Scored};
use super::tagger::merge;
use super::{Act, Item, Lexicon, Voice, reported};
use crate::embedded::LEXICONS;
use std::ops::Range;
use std::sync::OnceLock;

/// What a run hears by.
#[derive(Clone, Debug, Default)]
pub struct Hearing {
    /// What the project taught.
    house: Option<Lexicon>,
    /// Without the model.
    is_by_patterns: bool,
}

/// What hears the lines of one script. All its lexicons number the acts as [`Lexicon::embedded`] does;
/// acts of the project come behind those.
#[derive(Clone, Debug)]
pub struct Ear<'a> {
    /// Of the script's languages, as far as callint knows them.
    lexicons: Vec<&'static Lexicon>,
    house: Option<&'a Lexicon>,
    /// Knows English only.
    has_model: bool,
}

impl Hearing {
    /// `own` are act files of the project.
    pub fn new(taught: &[Taught], own: &[ActFile]) -> Hearing {
        // All of it was checked when it was read; what cannot be compiled has been said there.
        let is_plain = taught.is_empty() && own.is_empty();
        Hearing { house: (!is_plain).then(|| house::lexicon(taught, own).ok()).flatten(), is_by_patterns: false }
    }

    /// What names and numbers the acts of the run.
    pub fn names(&self) -> &Lexicon {
        self.house.as_ref().unwrap_or_else(|| Lexicon::embedded())
    }

    /// The same by patterns only, or with the model, too.
    pub fn by_patterns(self, is_by_patterns: bool) -> Hearing {
        Hearing { is_by_patterns, ..self }
    }

    /// For a script in some languages, by their codes.
    pub fn ear(&self, languages: &[String]) -> Ear<'_> {
        let has_model = !self.is_by_patterns && languages.iter().any(|code| code == "en");
        Ear { lexicons: languages.iter().filter_map(|code| of_language(code)).collect(), house: self.house.as_ref(), has_model }
    }

    /// In all languages that callint knows.
    pub fn polyglot(&self) -> Ear<'_> {
        let codes: Vec<String> = LEXICONS.iter().filter_map(|(names, _)| names.first()).map(|code| code.to_string()).collect();
        self.ear(&codes)
    }
}

/// The code by which callint knows a language, if it has a lexicon of it: `es` for `es-MX` or `Spanish`.
pub fn code(language: &str) -> Option<&'static str> {
    let language = language.trim().to_lowercase();
    let first = language.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or("");
    LEXICONS.iter().find(|(names, _)| names.contains(&first)).and_then(|(names, _)| names.first().copied())
}

/// The lexicon of a language, made ready when a script first needs it.
fn of_language(code: &str) -> Option<&'static Lexicon> {
    static READY: OnceLock<Vec<OnceLock<Lexicon>>> = OnceLock::new();
    let at = LEXICONS.iter().position(|(names, _)| names.first() == Some(&code))?;
    let ready = READY.get_or_init(|| LEXICONS.iter().map(|_| OnceLock::new()).collect());
    Some(ready.get(at)?.get_or_init(|| Lexicon::stored(LEXICONS[at].1)))
}

impl Lexicon {
    /// The lexicon of English, which numbers the acts.
    pub fn embedded() -> &'static Lexicon {
        static NOTHING: OnceLock<Lexicon> = OnceLock::new();
        of_language("en").unwrap_or_else(|| NOTHING.get_or_init(Lexicon::default))
    }
}

impl Ear<'_> {
    /// What names and numbers the acts.
    pub fn names(&self) -> &Lexicon {
        self.house.unwrap_or_else(|| Lexicon::embedded())
    }

    /// What a line does, by itself: acts in the order of their ids, each once.
    pub fn tag(&self, voice: Voice, text: &str) -> Vec<Act> {
        let taken_back = self.house.map_or(Vec::new(), |house| house.taken_back(text));
        let mut heard = self.lexicons.iter().map(|lexicon| lexicon.tag_unless(voice, text, &taken_back));
        let mut acts = heard.next().unwrap_or_default();
        heard.for_each(|more| add(&mut acts, more));
        if voice == Voice::Note {
            self.told(text, &mut acts);
        }
        if let Some(house) = self.house {
            let taught = house.tag_unless(voice, text, &taken_back);
            add(&mut acts, taught.into_iter().map(|act| self.of_project(act, text)).collect());
        }
        if self.lexicons.len() + usize::from(self.house.is_some()) > 1 {
            acts.sort_by_key(|act| act.id);
            Lexicon::embedded().give_way(&mut acts);
            self.names().give_way(&mut acts);
        }
        acts
    }

    /// Adds what a note has the agent tell the caller, and drops what it forbids.
    fn told(&self, note: &str, acts: &mut Vec<Act>) {
        let names = Lexicon::embedded();
        let holds_back = names.set(&["do_not_say", "forbids_truth"]);
        if !self.lexicons.iter().any(|lexicon| std::ptr::eq(*lexicon, names)) {
            return;
        }
        let faults = names.set(&reported::FAULTS);
        acts.retain(|act| faults >> act.id & 1 == 0 || !reported::is_forbidden(note, act.range.start));
        if acts.iter().any(|act| holds_back >> act.id & 1 == 1) {
            return;
        }
        for told in reported::reported(note) {
            let heard = names.tag(Voice::Agent, &told.words).into_iter();
            let heard = heard.filter(|act| reported::ACTS.contains(&names.names[usize::from(act.id)].as_str()));
            add(acts, heard.map(|act| Act { range: told.in_note(&act.range), ..act }).collect());
        }
        acts.sort_by_key(|act| act.id);
    }

    /// What a part of a line does, perhaps, by the model: to be asked where [`Ear::tag`] hears nothing. `part` is bytes
    /// of the line, whole sentences. What a lexicon takes back is not guessed either.
    pub fn guess(&self, lines: &[Line], at: usize, part: Range<usize>) -> Vec<Scored> {
        if !self.has_model {
            return Vec::new();
        }
        let names = Lexicon::embedded();
        let text = &lines[at].text[part.clone()];
        let mut guessed = model::score(lines, at, part);
        if !guessed.is_empty() {
            let all = self.lexicons.iter().copied().chain(self.house);
            let taken_back = all.flat_map(|lexicon| lexicon.taken_back(text)).fold(0, |all, acts| all | acts);
            guessed.retain(|scored| names.set(&[scored.act]) & taken_back == 0);
        }
        guessed
    }

    fn of_project(&self, act: Act, text: &str) -> Act {
        let items = if self.names().asks_items(act.id) { self.items(text) } else { Vec::new() };
        Act { by: "project", items, ..act }
    }

    /// The data that a bare list entry names (`Date of birth`), whatever is said around it.
    pub fn items(&self, text: &str) -> Vec<Item> {
        let mut items = Vec::new();
        self.lexicons.iter().for_each(|lexicon| merge(&mut items, lexicon.items(text)));
        items
    }
}

/// Adds the acts that are not there yet.
fn add(acts: &mut Vec<Act>, more: Vec<Act>) {
    for act in more {
        if acts.iter().all(|known| known.id != act.id) {
            acts.push(act);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_go_by_several_names() {
        assert_eq!(["en-GB", "English", "es_MX", "Español"].map(code), [Some("en"), Some("en"), Some("es"), Some("es")]);
        assert_eq!(["fr", "", "enochian"].map(code), [None; 3]);
    }

    #[test]
    fn all_lexicons_number_the_acts_alike() {
        let english = Lexicon::embedded();
        assert!(!english.names.is_empty());
        for (names, _) in LEXICONS {
            assert_eq!(of_language(names[0]).expect("a lexicon").names, english.names);
        }
    }
}
