//! What a script says about itself: title, channel, intents, language, start, order.

use crate::script::Order;

use super::Reader;
use super::entry::Entry;
use super::keys::{Key, normalize};

/// Takes over the keys of a script's top level; the first document that has a key wins. Gives the
/// order that `flow` asks for.
pub fn read(reader: &mut Reader, entries: &[Entry]) -> Option<Order> {
    let mut flow = None;
    let title = entries.iter().find(|entry| entry.word == "title");
    let title = title.or(entries.iter().find(|entry| entry.key == Some(Key::Title) || entry.word == "script"));
    let title = title.and_then(|entry| reader.text(entry.value));
    reader.script.title = reader.script.title.take().or(title);
    for entry in entries {
        let (words, text, is_yes) = (reader.words(entry.value), reader.text(entry.value), reader.is_yes(entry.value));
        let header = &mut reader.script.header;
        match entry.key {
            Some(Key::Channel) => header.channel = header.channel.take().or(words.into_iter().next()),
            Some(Key::Intent) => header.intents.extend(words),
            Some(Key::Language) => header.language = header.language.take().or((!words.is_empty()).then(|| words.join(", "))),
            Some(Key::Start) => header.start = header.start.take().or(text),
            Some(Key::Incident) => header.incident |= is_yes,
            Some(Key::Flow) => flow = flow.or(words.first().and_then(|word| order(word))),
            _ => continue,
        }
        let is_telling = matches!(entry.key, Some(Key::Channel | Key::Intent | Key::Incident));
        reader.evidence.structure += usize::from(is_telling);
    }
    flow
}

/// How sections follow each other, by the value of `flow`.
pub fn order(word: &str) -> Option<Order> {
    match normalize(word).as_str() {
        "sequence" => Some(Order::Sequence),
        "graph" => Some(Order::Graph),
        "menu" => Some(Order::Menu),
        _ => None,
    }
}
