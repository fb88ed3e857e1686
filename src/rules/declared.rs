//! What a run declares about its rules: enough to show a finding's rule without its file.

use super::reading;
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::rule::Rule;

/// A rule that was checked.
#[derive(Clone, Debug)]
pub struct Declared {
    /// `family/name`.
    pub id: String,
    /// What it finds, one sentence.
    pub summary: String,
    pub why: String,
    pub help: String,
    /// As the project wants it.
    pub severity: Severity,
}

/// Every rule that is on somewhere, sorted by id.
pub fn all(config: &Config) -> Vec<Declared> {
    let is_asked_for = |rule: &&Rule| rule.profile.is_empty() || rule.profile.iter().any(|profile| config.profiles.contains(profile));
    let rules = super::all().iter().chain(&config.extra_rules).filter(is_asked_for);
    let checked = rules.map(|rule| (rule.id.as_str(), rule.severity, &*rule.summary, &*rule.why, &*rule.help));
    let read = reading::ALL.iter().map(|rule| (rule.id, rule.severity, rule.summary, rule.why, rule.help));
    let mut declared = Vec::new();
    for (id, severity, summary, why, help) in checked.chain(read) {
        let setting = config.rules.get(id);
        let is_on_somewhere = config.overrides.iter().any(|part| part.rules.get(id).is_some_and(|setting| !setting.is_off));
        if setting.is_some_and(|setting| setting.is_off) && !is_on_somewhere {
            continue;
        }
        let severity = setting.and_then(|setting| setting.level).unwrap_or(severity);
        declared.push(Declared {
            id: id.to_string(),
            summary: summary.to_string(),
            why: why.to_string(),
            help: help.to_string(),
            severity,
        });
    }
    declared.sort_by(|a, b| a.id.cmp(&b.id));
    declared
}
