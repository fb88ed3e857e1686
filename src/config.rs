//! The project file, `callint.yaml`.

use crate::diagnostic::Severity;
use std::collections::BTreeMap;

/// What a project wants.
#[derive(Clone, Debug)]
pub struct Config {
    /// By rule id.
    pub rules: BTreeMap<String, RuleSetting>,
    /// Findings at this level or above make the run fail.
    pub fail_level: Severity,
    /// Lint files that do not look like call scripts, too.
    pub force: bool,
}

/// What a project changes about one rule.
#[derive(Clone, Debug, Default)]
pub struct RuleSetting {
    pub is_off: bool,
    pub level: Option<Severity>,
    /// By the parameter's name; whole numbers and fractions.
    pub params: BTreeMap<String, f64>,
}

impl Default for Config {
    fn default() -> Config {
        Config { rules: BTreeMap::new(), fail_level: Severity::Error, force: false }
    }
}
