//! The rules that come with callint, and a user's own.

pub mod acts;
mod check;
pub mod coverage;
pub mod custom;
pub mod declared;
pub mod examples;
pub mod file;
mod mistakes;
pub mod reading;
pub mod schema;

use crate::embedded::RULES_JSON;
use crate::rule::Rule;
use std::sync::OnceLock;

/// The profiles that rules speak of, a user's own among them; sorted.
pub fn profiles(extra: &[Rule]) -> Vec<&str> {
    let named = all().iter().chain(extra).flat_map(|rule| rule.profile.iter().chain(rule.profiles.keys()));
    let mut profiles: Vec<&str> = named.map(String::as_str).collect();
    profiles.sort_unstable();
    profiles.dedup();
    profiles
}

/// Whether this could be a rule's id: `family/name`, in small letters, digits and hyphens.
pub fn is_id(id: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let is_kebab = |part: &str| !part.is_empty() && part.chars().all(is_letter);
    id.split_once('/').is_some_and(|(family, name)| is_kebab(family) && is_kebab(name))
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
