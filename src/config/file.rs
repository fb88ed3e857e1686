//! The project file as it is written, read by serde. Unknown keys are errors with a suggestion.

use super::budget;
use super::layer::{Layer, Named, Place};
use super::teach::{self, Acts};
use super::{Override, RuleSetting};
use crate::diagnostic::Severity;
use crate::error::Error;
use ignore::gitignore::Gitignore;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Unexpected, Visitor};
use serde_yaml::Spanned;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;

const LEVELS: [&str; 5] = ["on", "off", "info", "warning", "error"];

/// The keys of the project file; `callint schema config` describes them to editors.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    extends: Option<Spanned<Several<String>>>,
    profiles: Vec<Spanned<String>>,
    rules: Rules,
    overrides: Vec<Part>,
    fail_level: Option<Severity>,
    ignore: Several<String>,
    language: Option<String>,
    acts: Acts,
    effort: budget::Budgets,
    rule_folders: Option<Spanned<Several<String>>>,
}

/// What holds for some files, sections or intents only.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Part {
    files: Option<Spanned<Several<String>>>,
    sections: Several<String>,
    intents: Several<String>,
    rules: Rules,
}

type Rules = HashMap<Spanned<String>, Setting>;

/// One, or a list.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Several<T> {
    Many(Vec<T>),
    One(T),
}

#[derive(Default)]
struct Setting {
    level: Option<Level>,
    params: HashMap<Spanned<String>, f64>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Full {
    level: Option<Level>,
    #[serde(default)]
    params: HashMap<Spanned<String>, f64>,
}

#[derive(Clone, Copy, PartialEq)]
enum Level {
    On,
    Off,
    At(Severity),
}

/// Reads the text of a project file.
pub(super) fn parse(path: &Path, text: &str) -> Result<Layer, Error> {
    // A file of comments only is an empty project.
    let file: Option<File> = serde_yaml::from_str(text).map_err(|error| explain(path, error.without_snippet()))?;
    let file = file.unwrap_or_default();
    let mut layer = Layer { fail_level: file.fail_level, ignore: file.ignore.list(), ..Layer::default() };
    if let Some(extends) = file.extends {
        let place = place(path, &extends);
        layer.extends = extends.value.list().into_iter().map(|base| (place.clone(), base)).collect();
    }
    if let Some(folders) = file.rule_folders {
        let (place, above) = (place(path, &folders), path.parent().unwrap_or(Path::new("")));
        layer.rule_folders = folders.value.list().into_iter().map(|folder| (place.clone(), above.join(folder))).collect();
    }
    layer.profiles = file.profiles.into_iter().map(|profile| (place(path, &profile), profile.value)).collect();
    layer.rules = rules(path, file.rules, &mut layer.named);
    layer.language = file.language;
    layer.taught = teach::read(path, text, file.acts, &mut layer.acts)?;
    layer.effort = budget::read(path, file.effort)?;
    for part in file.overrides {
        let rules = rules(path, part.rules, &mut layer.named);
        layer.overrides.push(Override {
            files: part.files.map(|files| globs(path, files)).transpose()?,
            sections: part.sections.list(),
            intents: part.intents.list(),
            rules,
        });
    }
    Ok(layer)
}

fn rules(path: &Path, written: Rules, named: &mut Vec<Named>) -> BTreeMap<String, RuleSetting> {
    let mut rules = BTreeMap::new();
    for (id, setting) in written {
        let params = setting.params.keys().map(|param| (place(path, param), param.value.clone())).collect();
        named.push(Named { place: place(path, &id), id: id.value.clone(), params });
        rules.insert(id.value, setting.into());
    }
    rules
}

fn globs(path: &Path, patterns: Spanned<Several<String>>) -> Result<Gitignore, Error> {
    let place = place(path, &patterns);
    super::globs(Path::new(""), &patterns.value.list()).map_err(|error| place.error(error.to_string()))
}

pub(super) fn place<T>(path: &Path, word: &Spanned<T>) -> Place {
    Place { path: path.to_path_buf(), line: word.referenced.line() as usize, column: word.referenced.column() as usize }
}

impl<T> Several<T> {
    fn list(self) -> Vec<T> {
        match self {
            Several::Many(list) => list,
            Several::One(one) => vec![one],
        }
    }
}

impl<T> Default for Several<T> {
    fn default() -> Several<T> {
        Several::Many(Vec::new())
    }
}

/// `; did you mean …?` when one of the known words is near, else nothing.
pub(crate) fn suggestion(word: &str, known: &[&str]) -> String {
    nearest(word, known).map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

/// The known word that is most like this one, if any is near.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let distance = |known: &&&str| strsim::damerau_levenshtein(word, known);
    known.iter().min_by_key(distance).filter(|near| distance(near) <= 1 + word.len() / 4).copied()
}

fn explain(path: &Path, error: &serde_yaml::Error) -> Error {
    let (line, column, message) = told(error);
    Error::Project { path: path.to_path_buf(), line, column, message }
}

/// Why a file is not what it should be: line and column, 1-based, and a sentence without a full stop.
pub(crate) fn told(error: &serde_yaml::Error) -> (usize, usize, String) {
    use serde_yaml::Error::{SerdeInvalidType, SerdeInvalidValue, SerdeMissingField, SerdeUnknownField};
    let message = match error {
        SerdeUnknownField { field, expected, .. } => {
            let hint = match suggestion(field, expected) {
                hint if hint.is_empty() => format!("; known keys: {}", expected.join(", ")),
                hint => hint,
            };
            format!("unknown key `{field}`{hint}")
        }
        serde_yaml::Error::SerdeUnknownVariant { variant, expected, .. } => {
            let hint = match suggestion(variant, expected) {
                hint if hint.is_empty() => format!("; expected {}", expected.join(", ")),
                hint => hint,
            };
            format!("`{variant}` cannot stand here{hint}")
        }
        SerdeMissingField { field, .. } => format!("the key `{field}` is missing"),
        SerdeInvalidType { expected, unexpected, .. } | SerdeInvalidValue { expected, unexpected, .. } => {
            format!("expected {expected}, found {unexpected}")
        }
        other => without_place(&other.to_string()),
    };
    let place = error.location().unwrap_or(serde_yaml::Location::UNKNOWN);
    (place.line().max(1) as usize, place.column().max(1) as usize, message)
}

/// The first line of a message, without the place that is said before it, in plain words.
fn without_place(message: &str) -> String {
    let line = message.lines().next().unwrap_or(message);
    let line = line.rsplit_once(" at line ").map_or(line, |(line, _)| line);
    if let Some(key) = line.strip_prefix("duplicate mapping key: ") {
        return format!("`{}` is there twice; keep one of the two", key.split(", set ").next().unwrap_or(key));
    }
    line.replace("mapping start", "a mapping (`key: value`)")
        .replace("sequence start", "a list")
        .replace("string scalar", "words")
        .replace("invalid floating point", "expected a number")
}

impl From<Setting> for RuleSetting {
    fn from(setting: Setting) -> RuleSetting {
        RuleSetting {
            is_off: setting.level == Some(Level::Off),
            is_on: setting.level == Some(Level::On),
            level: match setting.level {
                Some(Level::At(severity)) => Some(severity),
                Some(Level::On | Level::Off) | None => None,
            },
            params: setting.params.into_iter().map(|(name, value)| (name.value, value)).collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Level, D::Error> {
        let setting = deserializer.deserialize_any(SettingVisitor { is_level: true })?;
        Ok(setting.level.unwrap_or(Level::Off))
    }
}

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Setting, D::Error> {
        deserializer.deserialize_any(SettingVisitor { is_level: false })
    }
}

/// Reads a level, or where more is allowed a mapping with a level in it.
struct SettingVisitor {
    is_level: bool,
}

impl<'de> Visitor<'de> for SettingVisitor {
    type Value = Setting;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("on, off, info, warning or error")?;
        if self.is_level {
            return Ok(());
        }
        formatter.write_str(", or a mapping with level and params")
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Setting, E> {
        let level = match word {
            "on" => Level::On,
            "off" => Level::Off,
            "info" => Level::At(Severity::Info),
            "warning" => Level::At(Severity::Warning),
            "error" => Level::At(Severity::Error),
            _ => return Err(E::unknown_variant(word, &LEVELS)),
        };
        Ok(Setting { level: Some(level), ..Setting::default() })
    }

    /// YAML 1.1 takes a bare `on` for `true`, and `off` for `false`.
    fn visit_bool<E: serde::de::Error>(self, is_on: bool) -> Result<Setting, E> {
        self.visit_str(if is_on { "on" } else { "off" })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Setting, A::Error> {
        if self.is_level {
            return Err(serde::de::Error::invalid_type(Unexpected::Map, &self));
        }
        let full = Full::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Setting { level: full.level, params: full.params })
    }
}
