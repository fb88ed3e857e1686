//! `acts:` of the project file: how acts sound in this house. Checked as soon as it is read.

use super::file::place;
use super::layer::Place;
use super::suggestion;
use crate::act::Lexicon;
use crate::act::house::{self, Taught};
use crate::error::Error;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;
use std::collections::HashMap;
use std::fmt;
use std::path::Path;

/// By the act's name.
pub(super) type Acts = HashMap<Spanned<String>, Act>;

/// What is said of one act.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Act {
    phrases: Vec<Spanned<String>>,
    not: Vec<Spanned<String>>,
    #[serde(deserialize_with = "examples")]
    examples: Examples,
}

/// Lines that are labelled.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Examples {
    yes: Vec<Spanned<String>>,
    no: Vec<Spanned<String>>,
}

/// Reads `yes` and `no`, or a bare list of lines that are the act.
fn examples<'de, D: Deserializer<'de>>(written: D) -> Result<Examples, D::Error> {
    struct Either;
    impl<'de> Visitor<'de> for Either {
        type Value = Examples;

        fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
            out.write_str("a list of lines, or `yes` and `no` with a list each")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Examples, A::Error> {
            let yes = Deserialize::deserialize(SeqAccessDeserializer::new(list))?;
            Ok(Examples { yes, no: Vec::new() })
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Examples, A::Error> {
            Deserialize::deserialize(MapAccessDeserializer::new(map))
        }
    }
    written.deserialize_any(Either)
}

/// Sorted by act. Acts that callint does not come with are noted in `named`: the project may have them.
///
/// # Errors
/// A pattern that cannot be read, an example that the rest contradicts: at the first.
pub(super) fn read(path: &Path, text: &str, written: Acts, named: &mut Vec<(Place, String)>) -> Result<Vec<Taught>, Error> {
    let mut acts: Vec<(Spanned<String>, Act)> = written.into_iter().collect();
    acts.sort_by_key(|(name, _)| (name.referenced.line(), name.referenced.column()));
    let mut taught = Vec::new();
    for (name, act) in &acts {
        if Lexicon::embedded().id(&name.value).is_none() {
            named.push((place(path, name), name.value.clone()));
        }
        for phrase in act.phrases.iter().chain(&act.not) {
            if let Some((at, message)) = house::mistake(&name.value, &phrase.value) {
                let mut place = place(path, phrase);
                place.column += column_in(text, place.line, place.column, &phrase.value, at);
                return Err(place.error(message));
            }
        }
        let values = |list: &[Spanned<String>]| list.iter().map(|one| one.value.clone()).collect();
        let (yes, no) = (values(&act.examples.yes), values(&act.examples.no));
        taught.push(Taught { act: name.value.clone(), phrases: values(&act.phrases), not: values(&act.not), yes, no });
    }
    if let Some((act, line, is_example)) = house::contradicted(&taught).first() {
        let all = acts.iter().flat_map(|(_, act)| act.examples.yes.iter().chain(&act.examples.no));
        let message = match is_example {
            true => format!("this is an example of {act}, but something under `not` or another act takes it back"),
            false => format!("this is no example of {act}, but it is heard all the same"),
        };
        return all.into_iter().find(|one| one.value == *line).map_or(Ok(taught.clone()), |one| Err(place(path, one).error(message)));
    }
    Ok(taught)
}

/// # Errors
/// The first act that neither callint nor the project has, with the nearest that there is.
pub(super) fn check(named: &[(Place, String)], own: &[String]) -> Result<(), Error> {
    let known: Vec<&str> = Lexicon::embedded().names.iter().chain(own).map(String::as_str).collect();
    let Some((place, name)) = named.iter().find(|(_, name)| !known.contains(&name.as_str())) else { return Ok(()) };
    let hint = suggestion(name, &known);
    let hint = if hint.is_empty() { "; `callint show` names the acts that it hears".to_string() } else { hint };
    Err(place.error(format!("unknown act `{name}`{hint}")))
}

/// How many characters behind its beginning a byte of a value stands, where the file has the value as it is:
/// quoted or not, in one line.
fn column_in(text: &str, line: usize, column: usize, value: &str, at: usize) -> usize {
    let written = text.lines().nth(line.saturating_sub(1)).unwrap_or("");
    let from: String = written.chars().skip(column.saturating_sub(1)).collect();
    let quote = usize::from(from.starts_with(['"', '\'']));
    let is_as_it_is = from.get(quote..).is_some_and(|rest| rest.starts_with(value));
    if is_as_it_is { quote + value.get(..at).unwrap_or("").chars().count() } else { 0 }
}
