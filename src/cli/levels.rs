//! What counts as a failure, and what the command line changes about rules.

use super::Level;
use super::explain::unknown;
use crate::config::{self, Config, RuleSetting, Vocabulary};
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::lint::Report;

#[derive(clap::Args)]
pub(super) struct Levels {
    /// Exit with 1 for findings at this level or above [default: error]
    #[arg(long, value_enum, value_name = "LEVEL", hide_default_value = true)]
    fail_level: Option<Level>,
    /// Exit with 1 for more warnings than this
    #[arg(long, value_name = "N")]
    max_warnings: Option<usize>,
    /// Exit with 0 whatever is found; only what could not be read still fails
    #[arg(long)]
    pub exit_zero: bool,
    /// Make a rule or a family of rules an error
    #[arg(long, value_name = "RULE")]
    error: Vec<String>,
    /// Make a rule or a family of rules a warning
    #[arg(long, value_name = "RULE")]
    warn: Vec<String>,
    /// Make a rule or a family of rules an info
    #[arg(long, value_name = "RULE")]
    info: Vec<String>,
    /// Switch a rule or a family of rules off
    #[arg(long, value_name = "RULE")]
    off: Vec<String>,
    /// Set a key of callint.yaml for this run, as in fail-level=warning or
    /// rules.retention/too-many-offers.max_offers=2
    #[arg(long, value_name = "KEY=VALUE")]
    config: Vec<String>,
}

impl Levels {
    /// The command line beats the project file, `off` beats the levels, and a rule beats its family.
    ///
    /// # Errors
    /// A rule or a key that callint does not know.
    pub fn apply(&self, config: &mut Config, known: &Vocabulary) -> Result<(), Error> {
        for setting in &self.config {
            config::assign(config, setting, known)?;
        }
        if let Some(level) = self.fail_level {
            config.fail_level = level.severity();
        }
        let at = |level| RuleSetting { level: Some(level), ..RuleSetting::default() };
        let off = RuleSetting { is_off: true, ..RuleSetting::default() };
        let groups =
            [(&self.info, at(Severity::Info)), (&self.warn, at(Severity::Warning)), (&self.error, at(Severity::Error)), (&self.off, off)];
        let mut named = Vec::new();
        for (names, setting) in &groups {
            for name in *names {
                let ids = ids(name, known)?;
                named.extend(ids.into_iter().map(|id| (id == name, id, setting)));
            }
        }
        named.sort_by_key(|(is_exact, ..)| *is_exact);
        for (_, id, setting) in named {
            config.rules.entry(id.to_string()).or_default().merge(setting);
        }
        Ok(())
    }

    /// Why the run fails, in words where the findings alone do not tell; `None` when it does not.
    pub fn failure(&self, report: &Report, fail_level: Severity) -> Option<String> {
        if report.diagnostics.iter().any(|found| found.severity >= fail_level) {
            return Some(String::new());
        }
        let warnings = report.diagnostics.iter().filter(|found| found.severity == Severity::Warning).count();
        let limit = self.max_warnings.filter(|&limit| warnings > limit)?;
        Some(format!("{warnings} warnings are more than the {limit} of --max-warnings"))
    }
}

/// The rule of that name, or the rules of the family.
fn ids<'a>(name: &str, known: &'a Vocabulary) -> Result<Vec<&'a str>, Error> {
    let family = format!("{}/", name.trim_end_matches('/'));
    let ids: Vec<&str> = known.keys().map(String::as_str).filter(|id| *id == name || id.starts_with(&family)).collect();
    if ids.is_empty() { Err(unknown(name, known)) } else { Ok(ids) }
}
