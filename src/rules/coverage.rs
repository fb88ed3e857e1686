//! Which parts of a rule its examples need: each part is taken out in turn, and where all examples then
//! come out as before, none of them shows what it is for.

use super::examples::{Unmarked, own};
use crate::config::{Config, RuleSetting};
use crate::rule::Rule;
use crate::source::Span;
use serde_json::Value;

/// A part of what a rule looks for that no example needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Keys and places in lists that lead to it from the top of the file; empty for a rule that no example
    /// makes find anything.
    pub path: Vec<String>,
}

/// Where each finding of each example is, and how grave it is.
type Outcome = Vec<(usize, Span, &'static str, String)>;

/// The fields of a rule that say what it looks for.
const PARTS: [&str; 3] = ["property", "also", "raise"];

/// The parts of a rule that no example needs, in the order of the types. `config` has the acts of the project.
pub fn gaps(rule: &Rule, config: &Config) -> Vec<Gap> {
    let usual = outcome(rule, config);
    if usual.is_empty() {
        return vec![Gap { path: Vec::new() }];
    }
    let Ok(whole) = serde_json::to_value(rule) else { return Vec::new() };
    let mut gaps = Vec::new();
    for path in PARTS.iter().flat_map(|part| parts(part, &whole[*part])) {
        let mut other = whole.clone();
        remove(&mut other, &path);
        // What cannot be left out needs no example.
        let Ok(changed) = serde_json::from_value::<Rule>(other) else { continue };
        let is_default = serde_json::to_value(&changed).is_ok_and(|value| value == whole);
        let is_within = gaps.iter().any(|gap: &Gap| path.starts_with(&gap.path));
        if !is_default && !is_within && outcome(&changed, config) == usual {
            gaps.push(Gap { path });
        }
    }
    gaps
}

/// The paths of a field and of all keys and list entries in it, the outer ones first. A list of one is its key.
fn parts(field: &str, value: &Value) -> Vec<Vec<String>> {
    let mut parts: Vec<Vec<String>> = Vec::new();
    let mut open: Vec<(Vec<String>, &Value)> = vec![(vec![field.to_string()], value)];
    while let Some((path, value)) = open.pop() {
        let below: Vec<(String, &Value)> = match value {
            Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
            Value::Array(list) if list.len() > 1 => list.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
            _ => Vec::new(),
        };
        for (key, value) in below.into_iter().rev() {
            let path: Vec<String> = path.iter().cloned().chain([key]).collect();
            open.push((path, value));
        }
        parts.push(path);
    }
    parts
}

fn remove(value: &mut Value, path: &[String]) {
    let Some((last, above)) = path.split_last() else { return };
    let inner = above.iter().try_fold(value, |value, key| match value {
        Value::Object(map) => map.get_mut(key),
        Value::Array(list) => list.get_mut(key.parse::<usize>().ok()?),
        _ => None,
    });
    match inner {
        Some(Value::Object(map)) => {
            map.shift_remove(last);
        }
        Some(Value::Array(list)) => {
            let index = last.parse().ok().filter(|&index: &usize| index < list.len());
            index.map(|index| list.remove(index));
        }
        _ => {}
    }
}

/// What a rule finds in its examples, all other rules being off.
fn outcome(rule: &Rule, config: &Config) -> Outcome {
    let off = RuleSetting { is_off: true, ..RuleSetting::default() };
    let rules = super::all().iter().map(|other| (other.id.clone(), off.clone())).filter(|(id, _)| *id != rule.id);
    let config =
        Config { rules: rules.collect(), force: true, profiles: rule.profile.clone(), extra_rules: vec![rule.clone()], ..config.clone() };
    let mut outcome = Outcome::new();
    for (index, example) in rule.examples.bad.iter().chain(&rule.examples.good).enumerate() {
        let script = Unmarked::new(&example.script).map_or_else(|_| example.script.clone(), |unmarked| unmarked.text);
        let found = own(rule, example, &script, &config);
        outcome.extend(found.into_iter().map(|one| (index, one.span(), one.severity.name(), one.message)));
    }
    outcome
}
