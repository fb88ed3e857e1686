//! A rule as text: what it finds, why that matters, how it looks, and how to change it. What the rule
//! file says, in the order in which a reader asks.

use super::{safe, wrap};
use crate::config::RuleSetting;
use crate::diagnostic::Severity;
use crate::rule::{Example, Rule};
use crate::rules::reading::Reading;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// In characters.
const WIDTH: usize = 88;

/// Explains a rule. `setting` is what the project says about it.
///
/// # Errors
/// Only those of `out`.
pub fn rule(out: &mut dyn Write, rule: &Rule, setting: Option<&RuleSetting>) -> io::Result<()> {
    head(out, &rule.id, rule.severity, &rule.summary)?;
    if let Some(first) = rule.profile.first() {
        let all = rule.profile.join(" or ");
        writeln!(out, "\nOnly with the profile {all}, as in `profiles: [{first}]` in callint.yaml, or --profile {first}")?;
    }
    if !rule.params.is_empty() {
        writeln!(out, "\nParameters")?;
        rule.params.iter().try_for_each(|(name, value)| writeln!(out, "  {name}: {value}"))?;
    }
    for (profile, params) in &rule.profiles {
        params.iter().try_for_each(|(name, value)| writeln!(out, "  {name}: {value} with the profile {profile}"))?;
    }
    part(out, "Why", &rule.why)?;
    if !rule.sources.is_empty() {
        writeln!(out, "\nSources")?;
        rule.sources.iter().try_for_each(|source| hang(out, "  - ", source))?;
    }
    example(out, "Bad (« » are round the words that a finding points at)", rule.examples.bad.first())?;
    example(out, "Good", rule.examples.good.first())?;
    part(out, "What to do", &rule.help)?;
    if let Some(instead) = &rule.instead {
        part(out, "Instead", &format!("“{instead}”"))?;
    }
    change(out, &rule.id, rule.severity, &rule.params, setting)
}

/// Explains a rule of the parser.
///
/// # Errors
/// Only those of `out`.
pub fn reading(out: &mut dyn Write, rule: &Reading, setting: Option<&RuleSetting>) -> io::Result<()> {
    head(out, rule.id, rule.severity, rule.summary)?;
    part(out, "Why", rule.why)?;
    part(out, "What to do", rule.help)?;
    change(out, rule.id, rule.severity, &BTreeMap::new(), setting)
}

fn head(out: &mut dyn Write, id: &str, severity: Severity, summary: &str) -> io::Result<()> {
    writeln!(out, "{id} ({})\n", severity.name())?;
    hang(out, "", summary)
}

fn part(out: &mut dyn Write, title: &str, text: &str) -> io::Result<()> {
    if text.trim().is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    text.trim().split("\n\n").try_for_each(|paragraph| hang(out, "  ", paragraph))
}

fn hang(out: &mut dyn Write, first: &str, text: &str) -> io::Result<()> {
    wrap::hang(first, &safe::line(text), WIDTH).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn example(out: &mut dyn Write, title: &str, example: Option<&Example>) -> io::Result<()> {
    let Some(example) = example else { return Ok(()) };
    writeln!(out, "\n{title}")?;
    for line in safe::excerpt(example.script.trim_end()).lines() {
        writeln!(out, "{}", format!("    {line}").trim_end())?;
    }
    Ok(())
}

/// How a project changes the rule, ready to be copied into callint.yaml.
fn change(out: &mut dyn Write, id: &str, usual: Severity, params: &BTreeMap<String, f64>, setting: Option<&RuleSetting>) -> io::Result<()> {
    let other = if usual == Severity::Warning { "info" } else { "warning" };
    writeln!(out, "\nTo change it, in callint.yaml\n    rules:")?;
    if params.is_empty() {
        writeln!(out, "      {id}: {other}   # or off, info, warning, error")?;
    } else {
        let params: Vec<String> = params.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        writeln!(out, "      {id}:")?;
        writeln!(out, "        level: {other}   # or off, info, warning, error")?;
        writeln!(out, "        params: {{{}}}", params.join(", "))?;
    }
    writeln!(out, "\nTo allow it in one place, on the line above it")?;
    writeln!(out, "    <!-- callint-disable-next-line {id} -- why it may stay -->")?;
    writeln!(out, "    # callint-disable-next-line {id} -- why it may stay   (in YAML)")?;
    writeln!(out, "\nTo allow it everywhere, in callint.yaml\n    rules:\n      {id}: off")?;
    setting.map_or(Ok(()), |setting| writeln!(out, "\nIn this project: {}", now(setting, usual)))
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
