//! Whether a script is in English, the only language whose words callint knows.

use crate::script::{Kind, Script, Step};
use crate::source::Text;

/// Short words that nearly every sentence of their language has, and that English has not.
const OTHER: &[&str] = &[
    "que", "el", "los", "las", "una", "para", "usted", "su", "por", "est", "und", "der", "das", "ist", "sie", "ich", "nicht", "wir",
    "ihnen", "vous", "je", "les", "pour", "votre", "nous", "avec", "não", "você", "uma", "seu", "il", "che", "sono", "suo", "het", "een",
    "uw", "ik", "voor", "kan",
];
const ENGLISH: &[&str] = &["the", "you", "your", "is", "and", "to", "of", "it", "we", "that", "can", "have", "this", "what", "for", "are"];
/// As many words of English settle it.
const ENOUGH: usize = 24;

/// By what it says of itself, else by its commonest words: at least three of another language, and more
/// than twice as many as of English.
pub fn is_foreign(script: &Script) -> bool {
    if let Some(language) = &script.header.language {
        return !language.to_lowercase().starts_with("en");
    }
    let (mut english, mut other) = (0, 0);
    for text in script.sections.iter().flat_map(|section| spoken(&section.steps)) {
        for word in text.value.split(|letter: char| !letter.is_alphabetic()) {
            let word = word.to_lowercase();
            english += usize::from(ENGLISH.contains(&&*word));
            other += usize::from(OTHER.contains(&&*word));
        }
        if english >= ENOUGH {
            return false;
        }
    }
    other >= 3 && other > english * 2
}

fn spoken(steps: &[Step]) -> Vec<&Text> {
    steps.iter().flat_map(spoken_in).collect()
}

fn spoken_in(step: &Step) -> Vec<&Text> {
    match step {
        Step::Line(line) if matches!(line.kind, Kind::Say | Kind::Hear) => vec![&line.text],
        Step::Choice(choice) => choice.branches.iter().flat_map(|branch| branch.label.iter().chain(spoken(&branch.steps))).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_language_is_told_by_its_small_words() {
        let foreign = |text: &str| is_foreign(&crate::parse::parse(&Source::new("a.md", text)));
        assert!(foreign("Agente: Gracias por llamar. ¿En qué puedo ayudarle?\n\nCliente: Quiero que cancelen el contrato, por favor.\n"));
        assert!(foreign("---\nlanguage: nl\n---\n\nAgent: Hallo.\n"));
        assert!(!foreign("Agent: Thank you for calling. What can I do for you?\n\nCaller: Cancel it, por favor.\n"));
        assert!(!foreign("Agent: Hello.\n"));
    }
}
