//! What the project says about a rule at one place: for the whole project, then for the files,
//! sections and intents of its overrides, the last one that matches on top.

use super::section;
use crate::act::combine;
use crate::config::{Config, Override, RuleSetting, tidy};
use crate::diagnostic::Diagnostic;
use crate::rule::{Limit, Rule};
use crate::script::Script;
use crate::source::Source;
use std::collections::BTreeMap;

/// The numbers of a rule, by name.
pub type Params = BTreeMap<String, f64>;

pub struct Settings<'a> {
    pub config: &'a Config,
    pub scripts: &'a [Option<Script>],
    /// For each override, which files it is for.
    files: Vec<Vec<bool>>,
}

impl<'a> Settings<'a> {
    pub fn new(config: &'a Config, sources: &[Source], scripts: &'a [Option<Script>]) -> Settings<'a> {
        let files = config.overrides.iter().map(|part| sources.iter().map(|source| is_for_file(part, source, config)).collect());
        Settings { config, scripts, files: files.collect() }
    }

    /// What holds for a rule at a byte of a file.
    pub fn at(&self, rule: &str, file: usize, offset: usize) -> RuleSetting {
        let mut setting = self.config.rules.get(rule).cloned().unwrap_or_default();
        for (part, files) in self.config.overrides.iter().zip(&self.files) {
            if let Some(more) = part.rules.get(rule)
                && files.get(file) == Some(&true)
                && self.is_for_place(part, file, offset)
            {
                setting.merge(more);
            }
        }
        setting
    }

    /// The lowest number that a limit of a rule has in the project, whatever the place; 0 without a limit.
    pub fn least(&self, rule: &Rule, limit: Option<&Limit>) -> f64 {
        let name = match limit {
            Some(Limit::Param(name)) => name.trim_start_matches('$'),
            Some(Limit::Number(number)) => return *number,
            None => return 0.0,
        };
        let overrides = self.config.overrides.iter().map(|part| &part.rules);
        let settings = overrides.chain([&self.config.rules]).filter_map(|rules| rules.get(&rule.id));
        let own = settings.filter_map(|setting| setting.params.get(name)).chain(rule.params.get(name));
        own.copied().min_by(f64::total_cmp).unwrap_or(0.0)
    }

    /// The rule's numbers in a file with a setting's on top.
    fn params(&self, rule: &Rule, setting: &RuleSetting, file: usize) -> Params {
        let mut params = rule.params.clone();
        let intents = self.scripts.get(file).and_then(Option::as_ref).map_or(&[][..], |script| &script.header.intents);
        let is_for =
            |start: &str| intents.iter().any(|intent| intent.split(['-', '_', ' ']).any(|word| word.to_lowercase().starts_with(start)));
        for own in rule.intents.iter().filter(|(start, _)| is_for(start)).map(|(_, own)| own) {
            params.extend(own.clone());
        }
        for profile in self.config.profiles.iter().filter_map(|profile| rule.profiles.get(profile)) {
            params.extend(profile.iter().map(|(name, value)| (name.clone(), *value)));
        }
        params.extend(setting.params.iter().map(|(name, value)| (name.clone(), *value)));
        params
    }

    /// All numbers with which a rule has to be checked in these files, each once; none where it is off
    /// everywhere.
    pub fn variants(&self, rule: &Rule, files: &[usize]) -> Vec<Params> {
        let mut variants: Vec<Params> = Vec::new();
        if !rule.profile.is_empty() && !rule.profile.iter().any(|profile| self.config.profiles.contains(profile)) {
            return variants;
        }
        let mut add = |setting: RuleSetting, file: usize| {
            let params = self.params(rule, &setting, file);
            if !setting.is_off && !variants.contains(&params) {
                variants.push(params);
            }
        };
        let is_overridden = self.config.overrides.iter().any(|part| part.rules.contains_key(&rule.id));
        if !is_overridden && rule.intents.is_empty() {
            let first = files.first().copied().unwrap_or_default();
            add(self.config.rules.get(&rule.id).cloned().unwrap_or_default(), first);
            return variants;
        }
        for &file in files {
            add(self.at(&rule.id, file, 0), file);
            for section in self.scripts[file].iter().flat_map(|script| &script.sections).filter(|_| is_overridden) {
                add(self.at(&rule.id, file, section.span.start), file);
            }
        }
        variants
    }

    /// A finding of a check with these numbers, at the level that holds where it stands; `None` where
    /// others hold, or none.
    pub fn allow(&self, mut found: Diagnostic, rule: &Rule, params: &Params) -> Option<Diagnostic> {
        let setting = self.at(&rule.id, found.file, found.span().start);
        if setting.is_off || self.params(rule, &setting, found.file) != *params {
            return None;
        }
        found.severity = setting.level.unwrap_or(found.severity);
        combine::weigh(&mut found);
        Some(found)
    }

    fn is_for_place(&self, part: &Override, file: usize, offset: usize) -> bool {
        if part.sections.is_empty() && part.intents.is_empty() {
            return true;
        }
        let Some(script) = self.scripts.get(file).and_then(Option::as_ref) else {
            return false;
        };
        let here = section::at(script, offset);
        let is_called = |name: &String| here.is_some_and(|section| section::is_called(section, name));
        let mut intents = script.header.intents.iter().chain(here.iter().flat_map(|section| &section.intents));
        (part.sections.is_empty() || part.sections.iter().any(is_called))
            && (part.intents.is_empty() || intents.any(|intent| part.intents.contains(intent)))
    }
}

fn is_for_file(part: &Override, source: &Source, config: &Config) -> bool {
    let Some(files) = &part.files else {
        return true;
    };
    let path = tidy(&config.folder.join(&source.name));
    let inner = path.strip_prefix(&config.root).ok().filter(|inner| !inner.has_root());
    inner.is_some_and(|inner| files.matched_path_or_any_parents(inner, false).is_ignore())
}
