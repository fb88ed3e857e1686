//! The rules that come with callint.

pub mod reading;

use crate::embedded::RULES_JSON;
use crate::rule::Rule;
use std::sync::OnceLock;

/// All of them, sorted by id.
pub fn all() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let read = |(path, json): &(&str, &str)| -> Rule {
            serde_json::from_str(json).unwrap_or_else(|error| panic!("rules/{path}: {error}"))
        };
        let mut rules: Vec<Rule> = RULES_JSON.iter().map(read).collect();
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules
    })
}
