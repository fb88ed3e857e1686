//! A user's own rules and acts, from the texts of their files. Each file is checked by itself, so that a bad one
//! never sinks the rest.

use super::acts;
use super::check::{self, Names};
use super::file::{FAULT, File};
use crate::act::file::ActFile;
use crate::act::{ActSet, Lexicon};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Label};
use crate::embedded::FILES;
use crate::rule::Rule;
use crate::source::{Source, Span};
use std::collections::HashMap;

/// What a user's rule files hold.
#[derive(Clone, Debug, Default)]
pub struct Custom {
    /// Those that can be used, sorted by id.
    pub rules: Vec<Rule>,
    /// The file of each rule: index into `sources`.
    pub files: HashMap<String, usize>,
    /// Acts, and what is added to known ones, in the order of their files.
    pub acts: Vec<ActFile>,
    /// The names of all acts that have a file, those at fault included.
    pub act_names: Vec<String>,
    /// The file of each act: index into `sources`.
    pub act_files: HashMap<String, usize>,
    pub sources: Vec<Source>,
    /// Why other files cannot be used; `file` is an index into `sources`.
    pub faults: Vec<Diagnostic>,
    /// What these files say of their rules all the same: id and parameters.
    pub broken: Vec<(String, Vec<String>)>,
    /// What else is wrong: with examples, with texts.
    pub remarks: Vec<Diagnostic>,
}

/// Reads rule files.
pub fn read(sources: Vec<Source>) -> Custom {
    let mut custom = Custom::default();
    if sources.is_empty() {
        return custom;
    }
    let mut rules: Vec<(File, Rule)> = Vec::new();
    let mut acts: Vec<(File, ActFile)> = Vec::new();
    let mut broken: Vec<File> = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        // callint's own file, where its repository is the project.
        if FILES.iter().any(|(_, text)| *text == source.text) {
            continue;
        }
        let file = File::new(index, source);
        let act = file.find(&["act"]);
        custom.act_names.extend(act.map(|act| file.tree.value(act).to_string()));
        let read = match act {
            Some(_) => file.read().map(|act| acts.push((file.clone(), act))),
            None => file.read().map(|rule| rules.push((file.clone(), rule))),
        };
        if let Err(faults) = read {
            custom.broken.extend(file.rule_named());
            custom.faults.extend(faults);
            broken.push(file);
        }
    }
    let names: Vec<String> = acts.iter().map(|(_, act)| act.act.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let known = Names::new(&[], &names);
    custom.faults.extend(broken.iter().flat_map(|file| check::unknown_acts(file, &known)));
    custom.add_acts(acts, &names);
    custom.add(rules, &names);
    custom.sources = sources;
    custom
}

/// All that is wrong with the text of a rule file by itself.
pub fn problems(source: &Source) -> Vec<Diagnostic> {
    let file = File::new(0, source);
    let rule: Rule = match file.read() {
        Ok(rule) => rule,
        Err(faults) => return faults,
    };
    let mut problems = check::faults(&file, &rule, &Names::new(&[], &[]));
    problems.extend(check::remarks(&file, &rule));
    problems
}

/// A rule of the same id, in a file before this one or among those that come with callint.
fn duplicate(file: &File, rule: &Rule, ids: &HashMap<&str, (usize, Span)>) -> Option<Diagnostic> {
    let help = "Give this rule another id; to change a rule that comes with callint, set it in callint.yaml.";
    let span = file.span(&["id"]);
    if let Some(&(first, place)) = ids.get(rule.id.as_str()) {
        let mut fault = file.fault(span, &format!("there is a rule `{}` already", rule.id), help);
        fault.related.push(Label { file: first, span: place, message: "the first one".to_string() });
        return Some(fault);
    }
    let is_taken = super::all().iter().any(|known| known.id == rule.id) || super::reading::find(&rule.id).is_some();
    is_taken.then(|| file.fault(span, &format!("callint comes with a rule `{}`", rule.id), help))
}

impl Custom {
    /// Checks acts that could be read, and takes in those without a fault.
    fn add_acts(&mut self, acts: Vec<(File, ActFile)>, names: &[&str]) {
        let known = Names::new(&[], names).acts;
        for (file, act) in acts {
            let mut faults = acts::faults(&file, &act, &known);
            if let Some(first) = self.acts.iter().find(|first| first.act == act.act).and_then(|first| self.act_files.get(&first.act)) {
                let help = "Put what both say into one file.";
                let mut fault = file.fault(file.span(&["act"]), &format!("there is a file of the act `{}` already", act.act), help);
                fault.related.push(Label { file: *first, span: Span::new(0, 0), message: "the first one".to_string() });
                faults.push(fault);
            }
            faults.extend(self.is_full(&act).then(|| {
                let help = "Put acts that your rules always name together into one.";
                file.fault(file.span(&["act"]), &format!("this is one act too many: a run can have {}", ActSet::BITS), help)
            }));
            if faults.is_empty() {
                self.act_files.insert(act.act.clone(), file.index);
                self.acts.push(act);
            }
            self.faults.extend(faults);
        }
    }

    /// Whether an act has no number any more beside those of callint and of the project.
    fn is_full(&self, act: &ActFile) -> bool {
        let english = Lexicon::embedded();
        let is_new = |act: &ActFile| english.id(&act.act).is_none();
        is_new(act) && english.names.len() + self.acts.iter().filter(|act| is_new(act)).count() >= ActSet::BITS as usize
    }

    /// Checks rules that could be read, and takes in those without a fault.
    fn add(&mut self, rules: Vec<(File, Rule)>, acts: &[&str]) {
        let broken = self.broken.clone();
        let all: Vec<&str> = rules.iter().map(|(_, rule)| rule.id.as_str()).chain(broken.iter().map(|(id, _)| id.as_str())).collect();
        let names = Names::new(&all, acts);
        let mut found: Vec<(Vec<Diagnostic>, Vec<Diagnostic>)> = Vec::new();
        let mut ids: HashMap<&str, (usize, Span)> = HashMap::new();
        for (file, rule) in &rules {
            let mut faults = check::faults(file, rule, &names);
            faults.extend(duplicate(file, rule, &ids));
            ids.entry(&rule.id).or_insert((file.index, file.span(&["id"])));
            found.push((faults, check::remarks(file, rule)));
        }
        for ((file, rule), (faults, remarks)) in rules.into_iter().zip(found) {
            if faults.is_empty() {
                self.files.insert(rule.id.clone(), file.index);
                self.rules.push(rule);
            } else {
                self.broken.extend(file.rule_named());
            }
            self.faults.extend(faults);
            self.remarks.extend(remarks);
        }
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// The faults, and with `is_strict` the remarks, at the level that the project gives them, in the order
    /// of the files.
    pub fn findings(&self, config: &Config, is_strict: bool) -> Vec<Diagnostic> {
        let setting = config.rules.get(FAULT).cloned().unwrap_or_default();
        if setting.is_off {
            return Vec::new();
        }
        let remarks = self.remarks.iter().filter(|_| is_strict);
        let mut found: Vec<Diagnostic> = self.faults.iter().chain(remarks).cloned().collect();
        for one in &mut found {
            one.severity = setting.level.unwrap_or(one.severity);
        }
        found.sort_by(|a, b| a.order().cmp(&b.order()));
        found
    }
}
