//! A rule in words: what it finds, why that matters, how it looks, and how to change or allow it. What
//! the rule file says, in the order in which a reader asks; printed as text or as Markdown.

mod markdown;
mod text;

pub use markdown::{index, write as markdown};
pub use text::write as text;

use crate::config::RuleSetting;
use crate::diagnostic::Severity;
use crate::rule::{Acts, Also, Example, Limit, Raise, Rule};
use crate::rules::reading::Reading;
use std::collections::BTreeMap;

/// All that is said of a rule.
#[derive(Clone, Debug)]
pub struct Page {
    pub id: String,
    pub severity: Severity,
    pub summary: String,
    /// Looked at only with one of these profiles; empty: always.
    pub profiles: Vec<String>,
    /// Headings with what stands below them.
    parts: Vec<(&'static str, Body)>,
}

#[derive(Clone, Debug)]
enum Body {
    Words(String),
    List(Vec<String>),
    /// Lines to be kept as they are, and their language.
    Code(String, &'static str),
}

type Params = BTreeMap<String, f64>;

/// Explains a rule. `setting` is what the project says about it.
pub fn rule(rule: &Rule, setting: Option<&RuleSetting>) -> Page {
    let mut page = Page::new(&rule.id, rule.severity, &rule.summary);
    page.profiles.clone_from(&rule.profile);
    if let Some(first) = rule.profile.first() {
        let all = rule.profile.join(" or ");
        page.words("Profile", &format!("Only with the profile {all}, as in `profiles: [{first}]` in callint.yaml, or --profile {first}."));
    }
    page.list("Parameters", params(rule));
    page.list("Another level", rule.raise.iter().map(raised).collect());
    page.list("It finds as well", rule.also.iter().filter_map(|also| other(rule, also)).collect());
    page.words("Why", &rule.why);
    page.list("Sources", rule.sources.clone());
    page.example("Bad (« » are round the words that a finding points at)", rule.examples.bad.first());
    page.example("Good", rule.examples.good.first());
    page.words("What to do", &rule.help);
    if let Some(instead) = &rule.instead {
        page.words("Instead", &format!("“{instead}”"));
    }
    page.change(&rule.params, setting);
    page
}

/// Explains a rule of the parser.
pub fn reading(rule: &Reading, setting: Option<&RuleSetting>) -> Page {
    let mut page = Page::new(rule.id, rule.severity, rule.summary);
    page.words("Why", rule.why);
    page.words("What to do", rule.help);
    page.change(&Params::new(), setting);
    page
}

fn params(rule: &Rule) -> Vec<String> {
    let mut lines: Vec<String> = rule.params.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    for (profile, params) in &rule.profiles {
        lines.extend(params.iter().map(|(name, value)| format!("{name}: {value} with the profile {profile}")));
    }
    for (intent, params) in &rule.intents {
        lines.extend(
            params.iter().map(|(name, value)| format!("{name}: {value} in a script whose intent has a word that begins with {intent}")),
        );
    }
    lines
}

/// What a rule finds beside its main fault, with the level, where it has words of its own.
fn other(rule: &Rule, also: &Also) -> Option<String> {
    // What is filled in where it is found.
    let mut parts = also.message.as_ref()?.split('{');
    let first = parts.next().unwrap_or_default().to_string();
    let message = parts.fold(first, |message, part| message + "…" + part.split_once('}').map_or("", |(_, rest)| rest));
    Some(format!("{message} ({})", also.severity.unwrap_or(rule.severity).name()))
}

/// Where a rule has another level, in words.
fn raised(raise: &Raise) -> String {
    let acts = |told: &str, acts: &Acts| {
        let names: Vec<String> = acts.names().iter().map(|name| name.replace('_', " ")).collect();
        (!names.is_empty()).then(|| format!("{told} {}", names.join(", ")))
    };
    let holds = |holds: bool, told: &str| holds.then(|| told.to_string());
    let count = raise.count.as_ref().map(|count| match count {
        Limit::Number(number) => format!("{number} or more were counted"),
        Limit::Param(name) => format!("{} or more were counted", name.trim_start_matches('$')),
    });
    let conditions = [
        acts("the call had one of these before:", &raise.after),
        acts("the call had none of these before:", &raise.not_after),
        acts("the call that is shown has one of these:", &raise.passing),
        acts("the line also does one of these:", &raise.beside),
        acts("nothing that comes of it is one of these:", &raise.never),
        (!raise.about.is_empty())
            .then(|| format!("the script's title or intent has a word that begins with one of these: {}", raise.about.join(", "))),
        holds(raise.incident, "the script says that a known fault is going on"),
        holds(raise.repeated, "one call can have it more than once"),
        holds(raise.between_scripts, "scripts lead to each other and back, without end"),
        count,
    ];
    format!("{} where {}", raise.to.name(), conditions.into_iter().flatten().collect::<Vec<_>>().join("; and "))
}

impl Page {
    fn new(id: &str, severity: Severity, summary: &str) -> Page {
        let summary = summary.split_whitespace().collect::<Vec<_>>().join(" ");
        Page { id: id.to_string(), severity, summary, profiles: Vec::new(), parts: Vec::new() }
    }

    fn words(&mut self, title: &'static str, words: &str) {
        if !words.trim().is_empty() {
            self.parts.push((title, Body::Words(words.trim().to_string())));
        }
    }

    fn list(&mut self, title: &'static str, list: Vec<String>) {
        if !list.is_empty() {
            self.parts.push((title, Body::List(list)));
        }
    }

    fn example(&mut self, title: &'static str, example: Option<&Example>) {
        if let Some(example) = example {
            let language = if example.format.as_deref() == Some("yaml") { "yaml" } else { "markdown" };
            self.parts.push((title, Body::Code(example.script.trim_end().to_string(), language)));
        }
    }

    /// How a project changes the rule, ready to be copied into callint.yaml, and how it allows a finding.
    fn change(&mut self, params: &Params, setting: Option<&RuleSetting>) {
        let (id, usual) = (self.id.clone(), self.severity);
        let other = if usual == Severity::Warning { "info" } else { "warning" };
        let level = format!("{other}   # or off, info, warning, error");
        let change = if params.is_empty() {
            format!("rules:\n  {id}: {level}")
        } else {
            let params: Vec<String> = params.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            format!("rules:\n  {id}:\n    level: {level}\n    params: {{{}}}", params.join(", "))
        };
        let allow = format!("callint-disable-next-line {id} -- why it may stay");
        self.parts.push(("To change it, in callint.yaml", Body::Code(change, "yaml")));
        self.parts.push(("To allow it in one place, on the line above it", Body::Code(format!("<!-- {allow} -->"), "markdown")));
        self.parts.push(("In a script in YAML", Body::Code(format!("# {allow}"), "yaml")));
        self.parts.push(("To allow it everywhere, in callint.yaml", Body::Code(format!("rules:\n  {id}: off"), "yaml")));
        if let Some(setting) = setting {
            self.words("In this project", &now(setting, usual));
        }
    }
}

/// What holds in a project, in words.
fn now(setting: &RuleSetting, usual: Severity) -> String {
    if setting.is_off {
        return "off".to_string();
    }
    let mut facts = vec![setting.level.unwrap_or(usual).name().to_string()];
    facts.extend(setting.params.iter().map(|(name, value)| format!("{name}: {value}")));
    facts.join(", ")
}
