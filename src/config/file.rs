//! The project file as it is written, read by serde. Unknown keys are errors with a suggestion.

use super::{Config, Project, RuleSetting};
use crate::diagnostic::Severity;
use crate::error::Error;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Unexpected, Visitor};
use serde_yaml::Spanned;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;

const LEVELS: [&str; 4] = ["off", "info", "warning", "error"];

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    rules: HashMap<Spanned<String>, Setting>,
    fail_level: Option<Severity>,
    ignore: Vec<String>,
}

#[derive(Default)]
struct Setting {
    level: Option<Level>,
    params: BTreeMap<String, f64>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Full {
    level: Option<Level>,
    #[serde(default)]
    params: BTreeMap<String, f64>,
}

#[derive(Clone, Copy, PartialEq)]
enum Level {
    Off,
    At(Severity),
}

pub(super) fn parse(path: &Path, text: &str) -> Result<Project, Error> {
    // A file of comments only is an empty project.
    let file: Option<File> = serde_yaml::from_str(text).map_err(|error| explain(path, error.without_snippet()))?;
    let file = file.unwrap_or_default();
    let mut config = Config::default();
    let mut places = BTreeMap::new();
    config.fail_level = file.fail_level.unwrap_or(config.fail_level);
    for (id, setting) in file.rules {
        let place = (id.referenced.line(), id.referenced.column());
        places.insert(id.value.clone(), (place.0 as usize, place.1 as usize));
        config.rules.insert(id.value, setting.into());
    }
    Ok(Project { config, ignore: file.ignore, path: path.to_path_buf(), places })
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
    use serde_yaml::Error::{SerdeInvalidType, SerdeInvalidValue, SerdeUnknownField};
    let message = match error {
        SerdeUnknownField { field, expected, .. } => {
            let hint = match suggestion(field, expected) {
                hint if hint.is_empty() => format!("; known keys: {}", expected.join(", ")),
                hint => hint,
            };
            format!("unknown key `{field}`{hint}")
        }
        serde_yaml::Error::SerdeUnknownVariant { variant, expected, .. } => {
            format!("`{variant}` is no level; expected {}", expected.join(", "))
        }
        SerdeInvalidType { expected, unexpected, .. } | SerdeInvalidValue { expected, unexpected, .. } => {
            format!("expected {expected}, found {unexpected}")
        }
        other => without_place(&other.to_string()),
    };
    let place = error.location().unwrap_or(serde_yaml::Location::UNKNOWN);
    Error::Project { path: path.to_path_buf(), line: place.line().max(1) as usize, column: place.column().max(1) as usize, message }
}

/// The first line of a message, without the place that is said before it, in plain words.
fn without_place(message: &str) -> String {
    let line = message.lines().next().unwrap_or(message);
    let line = line.rsplit_once(" at line ").map_or(line, |(line, _)| line);
    line.replace("mapping start", "a mapping (`key: value`)")
        .replace("sequence start", "a list")
        .replace("invalid floating point", "expected a number")
}

impl From<Setting> for RuleSetting {
    fn from(setting: Setting) -> RuleSetting {
        RuleSetting {
            is_off: setting.level == Some(Level::Off),
            level: match setting.level {
                Some(Level::At(severity)) => Some(severity),
                Some(Level::Off) | None => None,
            },
            params: setting.params,
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
        formatter.write_str("off, info, warning or error")?;
        if self.is_level {
            return Ok(());
        }
        formatter.write_str(", or a mapping with level and params")
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Setting, E> {
        let level = match word {
            "off" => Level::Off,
            "info" => Level::At(Severity::Info),
            "warning" => Level::At(Severity::Warning),
            "error" => Level::At(Severity::Error),
            _ => return Err(E::unknown_variant(word, &LEVELS)),
        };
        Ok(Setting { level: Some(level), ..Setting::default() })
    }

    /// YAML 1.1 takes a bare `off` for `false`.
    fn visit_bool<E: serde::de::Error>(self, is_on: bool) -> Result<Setting, E> {
        if is_on {
            return Err(E::invalid_value(Unexpected::Bool(true), &self));
        }
        self.visit_str("off")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Setting, A::Error> {
        if self.is_level {
            return Err(serde::de::Error::invalid_type(Unexpected::Map, &self));
        }
        let full = Full::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Setting { level: full.level, params: full.params })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        let error = parse(Path::new("callint.yaml"), text).expect_err("an error");
        error.to_string()
    }

    #[test]
    fn levels_and_parameters_are_read() {
        let text = "fail-level: warning\nignore: [drafts/]\nrules:\n  a/b: off\n  a/c: info\n  \
                    a/d: {level: error, params: {limit: 2, share: 0.5}}\n  a/e: {params: {limit: 3}}\n";
        let project = parse(Path::new("callint.yaml"), text).expect("a project");
        let rules = &project.config.rules;
        assert!(rules["a/b"].is_off);
        assert_eq!(rules["a/c"].level, Some(Severity::Info));
        assert_eq!(rules["a/d"].level, Some(Severity::Error));
        assert_eq!(rules["a/d"].params["share"], 0.5);
        assert_eq!((rules["a/e"].level, rules["a/e"].is_off), (None, false));
        assert_eq!(project.config.fail_level, Severity::Warning);
        assert_eq!(project.ignore, ["drafts/"]);
    }

    #[test]
    fn an_empty_file_changes_nothing() {
        assert!(parse(Path::new("callint.yaml"), "# nothing yet\n").is_ok());
        assert!(parse(Path::new("callint.yaml"), "").is_ok());
    }

    #[test]
    fn mistakes_are_placed_and_named() {
        let text = "rules:\n  a/b: off\nfail-levle: info\n";
        assert_eq!(message(text), "callint.yaml:3:1: unknown key `fail-levle`; did you mean `fail-level`?");
        let text = "rules:\n  a/b: {levl: off}\n";
        assert_eq!(message(text), "callint.yaml:2:9: unknown key `levl`; did you mean `level`?");
        let text = "rules:\n  a/b: loud\n";
        assert_eq!(message(text), "callint.yaml:2:3: `loud` is no level; expected off, info, warning, error");
        let text = "rules:\n  a/b: {params: {limit: many}}\n";
        assert!(message(text).starts_with("callint.yaml:2:"), "{}", message(text));
    }

    #[test]
    fn a_rule_that_is_set_twice_is_an_error() {
        let text = "rules:\n  a/b: off\n  a/b: info\n";
        assert!(message(text).starts_with("callint.yaml:3:3: duplicate"), "{}", message(text));
    }

    #[test]
    fn a_rule_that_does_not_exist_is_placed_and_named() {
        let text = "rules:\n  # loud\n  outage/denail: off\n";
        let project = parse(Path::new("callint.yaml"), text).expect("a project");
        let error = project.check_rules(&["outage/denial"]).expect_err("unknown");
        let expected = "callint.yaml:3:3: unknown rule `outage/denail`; did you mean `outage/denial`?";
        assert_eq!(error.to_string(), expected);
    }
}
