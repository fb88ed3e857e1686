//! What is wrong with a rule that can be read: acts and parameters that there are not, and examples that
//! show nothing.

use super::examples::Unmarked;
use super::file::File;
use super::schema;
use crate::act::Lexicon;
use crate::config::{nearest, suggestion};
use crate::diagnostic::Diagnostic;
use crate::parse::yaml::tree::Id;
use crate::property::VALUES;
use crate::rule::{Acts, Also, Example, Limit, Rule};
use crate::source::Span;
use serde_json::Value;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(schema::rule);

/// What a rule may speak of.
pub struct Names<'a> {
    /// The schema of a rule: it says where acts and limits stand.
    schema: &'static Value,
    pub acts: Vec<&'a str>,
    rules: Vec<&'a str>,
}

impl<'a> Names<'a> {
    /// With rules, by id, and acts beside those that come with callint.
    pub fn new(rules: &[&'a str], acts: &[&'a str]) -> Names<'a> {
        let acts = Lexicon::embedded().names.iter().map(String::as_str).chain(acts.iter().copied()).collect();
        let rules = super::all().iter().map(|rule| rule.id.as_str()).chain(rules.iter().copied()).collect();
        Names { schema: &SCHEMA, acts, rules }
    }
}

/// What keeps a rule from being checked as it was meant.
pub fn faults(file: &File, rule: &Rule, names: &Names) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = id(file, rule).into_iter().collect();
    faults.extend(unknown_acts(file, names));
    faults.extend(unknown_rules(file, rule, names));
    let params: Vec<&str> = rule.params.keys().map(String::as_str).collect();
    for (name, node) in schema::places::<Limit>(names.schema, file).into_iter().filter(|(name, _)| name.parse::<f64>().is_err()) {
        match name.strip_prefix('$') {
            Some(name) if params.contains(&name) => {}
            name => faults.push(parameter(file, Some(node), name, &params)),
        }
    }
    let profiles = rule.profiles.iter().map(|(profile, own)| (["profiles", profile], own));
    for (path, own) in profiles.chain(rule.intents.iter().map(|(intent, own)| (["intents", intent], own))) {
        for name in own.keys().filter(|name| !params.contains(&name.as_str())) {
            faults.push(parameter(file, file.key(&path, name), Some(name), &params));
        }
    }
    faults
}

/// Acts that there are not, in any file that is YAML.
pub fn unknown_acts(file: &File, names: &Names) -> Vec<Diagnostic> {
    let help = "An act is what a line does, as in `empathy`; `callint schema rule` lists all.";
    let unknown = schema::places::<Acts>(names.schema, file).into_iter().filter(|(act, _)| !names.acts.contains(act));
    let fault = |(act, node)| file.fault(file.words(Some(node)), &format!("there is no act `{act}`{}", suggestion(act, &names.acts)), help);
    unknown.map(fault).collect()
}

/// What else is wrong: a rule without proof, a text that is not as the others.
pub fn remarks(file: &File, rule: &Rule) -> Vec<Diagnostic> {
    let mut remarks = texts(file, rule);
    let mut texts = vec![&rule.message, &rule.label, &rule.help];
    texts.extend(&rule.instead);
    texts.extend(rule.also.iter().filter_map(|also| also.message.as_ref()));
    let limits = serde_json::to_string(&(&rule.property, &rule.also, &rule.raise)).unwrap_or_default();
    for name in rule.params.keys() {
        let is_told = texts.iter().any(|text| text.contains(&format!("{{{name}}}")));
        if !is_told && !limits.contains(&format!("\"${name}\"")) {
            let span = file.words(file.key(&["params"], name));
            remarks.push(file.remark(
                span,
                &format!("nothing in the rule uses the parameter `{name}`"),
                &format!("Write ${name} where the number stands, or delete it."),
            ));
        }
    }
    if rule.message.trim_end().ends_with('.') {
        remarks.push(file.remark(
            file.span(&["message"]),
            "a message has no full stop",
            "Delete it; the place and the help follow the message.",
        ));
    }
    remarks.extend(examples(file, "bad", &rule.examples.bad));
    remarks.extend(examples(file, "good", &rule.examples.good));
    remarks
}

/// Texts with nothing in them, or with a name in braces that stands for nothing.
fn texts(file: &File, rule: &Rule) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    let also =
        |(index, also): (usize, &Also)| also.message.clone().map(|text| (vec!["also".into(), index.to_string(), "message".into()], text));
    let named = [("summary", &rule.summary), ("message", &rule.message), ("label", &rule.label), ("help", &rule.help), ("why", &rule.why)];
    let own = named.into_iter().map(|(key, text)| (vec![key.to_string()], text.clone()));
    for (path, text) in own.chain(rule.also.iter().enumerate().filter_map(also)) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        if text.trim().is_empty() && path != ["label"] {
            remarks.push(file.remark(
                file.span(&path),
                &format!("there are no words in `{}`", path[path.len() - 1]),
                "Whoever reads a finding needs them.",
            ));
        }
        if path != ["why"] {
            remarks.extend(braces(file, rule, &path, &text));
        }
    }
    remarks
}

/// Names in braces that stand for nothing.
fn braces(file: &File, rule: &Rule, path: &[&str], text: &str) -> Vec<Diagnostic> {
    let known: Vec<&str> = VALUES.into_iter().chain(rule.params.keys().map(String::as_str)).collect();
    let names = text.match_indices('{').filter_map(|(at, _)| text[at + 1..].find('}').map(|len| (at, &text[at + 1..at + 1 + len])));
    let help = "In braces stands a parameter of the rule, or what it counted, as in {count}.";
    let remark = |(at, name): (usize, &str)| {
        let spans = file.part(path, Span::new(at, at + name.len() + 2));
        let told = format!("nothing is called `{name}` here{}", suggestion(name, &known));
        Diagnostic { spans, ..file.remark(Span::default(), &told, help) }
    };
    names.filter(|(_, name)| !known.contains(name)).map(remark).collect()
}

/// Rules to yield to that there are not.
fn unknown_rules(file: &File, rule: &Rule, names: &Names) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (list, ids) in [("same_words", &rule.yields_to.same_words), ("same_file", &rule.yields_to.same_file)] {
        for (index, id) in ids.iter().enumerate().filter(|(_, id)| !names.rules.contains(&id.as_str())) {
            let span = file.span(&["yields_to", list, &index.to_string()]);
            faults.push(file.fault(
                span,
                &format!("there is no rule `{id}`{}", suggestion(id, &names.rules)),
                "`callint rules` lists all.",
            ));
        }
    }
    faults
}

fn id(file: &File, rule: &Rule) -> Option<Diagnostic> {
    let message = format!("`{}` is no id of a rule", rule.id);
    (!super::is_id(&rule.id))
        .then(|| file.fault(file.span(&["id"]), &message, "An id is family/name in small letters, as in `house/no-jokes`."))
}

fn parameter(file: &File, node: Option<Id>, name: Option<&str>, params: &[&str]) -> Diagnostic {
    let span = file.words(node);
    let Some(name) = name else {
        return file.fault(span, "a limit is a number, or $ and the name of a parameter", "Write the number, or define it under `params`.");
    };
    let hint = match (nearest(name, params), params.is_empty()) {
        (Some(near), _) => format!("; did you mean `{near}`?"),
        (None, true) => "; it has none".to_string(),
        (None, false) => format!("; it has {}", params.join(", ")),
    };
    file.fault(span, &format!("the rule has no parameter `{name}`{hint}"), "Define it with its usual value under `params`.")
}

/// What is wrong with examples at first sight. What they show is for `rules test` to say.
fn examples(file: &File, kind: &str, examples: &[Example]) -> Vec<Diagnostic> {
    let help = "« » stand round the words that the finding must cover, in bad examples only.";
    if examples.is_empty() {
        let told = if kind == "bad" { "that is wrong" } else { "that only looks wrong" };
        return vec![file.fault(
            file.span(&["examples"]),
            &format!("the rule has no {kind} example"),
            &format!("Give at least one script {told}."),
        )];
    }
    let mut remarks = Vec::new();
    for (index, example) in examples.iter().enumerate() {
        let path = ["examples", kind, &index.to_string(), "script"];
        let told = match Unmarked::new(&example.script) {
            Ok(unmarked) if kind == "bad" && unmarked.marked.is_empty() => "this bad example has no « » in it",
            Ok(unmarked) if kind == "good" && !unmarked.marked.is_empty() => "this good example has « » in it",
            Ok(_) => continue,
            Err(at) => {
                let mark = Span::new(at, at + '«'.len_utf8());
                let spans = file.part(&path, mark);
                remarks.push(Diagnostic { spans, ..file.fault(mark, "this mark has no partner", help) });
                continue;
            }
        };
        remarks.push(file.fault(file.first_line(&path), told, help));
    }
    remarks
}
