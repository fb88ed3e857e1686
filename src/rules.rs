//! The rules that come with callint.

pub mod reading;

use crate::rule::Rule;
use std::sync::OnceLock;

/// All of them, sorted by id.
pub fn all() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(load)
}

fn load() -> Vec<Rule> {
    let mut rules = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for family in std::fs::read_dir(root).into_iter().flatten().flatten().filter(|e| e.path().is_dir() && e.file_name() != "acts") {
        for file in std::fs::read_dir(family.path()).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap_or_default();
            match serde_yaml::from_str::<Rule>(&text) {
                Ok(rule) => rules.push(rule),
                Err(error) => eprintln!("{}: {error}", file.path().display()),
            }
        }
    }
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    rules
}
