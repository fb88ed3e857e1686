//! The rules that come with callint.

pub mod declared;
pub mod reading;

use crate::act::Lexicon;
use crate::embedded::RULES_JSON;
use crate::error::Error;
use crate::rule::Rule;
use std::path::Path;
use std::sync::OnceLock;

/// Reads a folder of a user's own rules, as deep as it goes, sorted by id.
///
/// # Errors
/// The folder or a file cannot be read, or a file is no rule: then with the place in it.
pub fn load(folder: &Path) -> Result<Vec<Rule>, Error> {
    let mut rules = Vec::new();
    for entry in ignore::WalkBuilder::new(folder).sort_by_file_path(Ord::cmp).build() {
        let entry = entry.map_err(Error::Walk)?;
        let path = entry.path();
        if path.extension().is_some_and(|end| end == "yaml" || end == "yml") {
            rules.push(read(path)?);
        }
    }
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(rules)
}

fn read(path: &Path) -> Result<Rule, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
    let rule: Rule = serde_yaml::from_str(&text).map_err(|error| {
        let place = error.location().map_or((1, 1), |place| (place.line() as usize, place.column() as usize));
        let message = error.to_string().lines().next().unwrap_or("").to_string();
        Error::Rule { path: path.to_path_buf(), line: place.0, column: place.1, message }
    })?;
    match rule.unknown_acts(Lexicon::embedded()).first() {
        Some(name) => Err(Error::Rule { path: path.to_path_buf(), line: 1, column: 1, message: format!("there is no act `{name}`") }),
        None => Ok(rule),
    }
}

/// The profiles that rules speak of, a user's own among them; sorted.
pub fn profiles(extra: &[Rule]) -> Vec<&str> {
    let named = all().iter().chain(extra).flat_map(|rule| rule.profile.iter().chain(rule.profiles.keys()));
    let mut profiles: Vec<&str> = named.map(String::as_str).collect();
    profiles.sort_unstable();
    profiles.dedup();
    profiles
}

/// All of them, sorted by id.
pub fn all() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let read =
            |(path, json): &(&str, &str)| -> Rule { serde_json::from_str(json).unwrap_or_else(|error| panic!("rules/{path}: {error}")) };
        let mut rules: Vec<Rule> = RULES_JSON.iter().map(read).collect();
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules
    })
}
