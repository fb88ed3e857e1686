//! Findings that are known and left for later, so that only new ones fail.
//!
//! A finding is known by its rule, its file, its section and its words, never by its line; how often
//! counts, too. The file holds one JSON object a line, sorted, so that changes to it can be read and
//! merged.

use crate::diagnostic::{Diagnostic, Suppressed};
use crate::fingerprint;
use crate::lint::Report;
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How often each finding is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(pub BTreeMap<Key, usize>);

/// What a finding is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// With `/`, relative to the folder of the baseline.
    pub file: String,
    pub rule: String,
    pub section: String,
    pub words: String,
}

#[derive(Serialize, Deserialize)]
struct Row {
    #[serde(flatten)]
    key: Key,
    count: usize,
}

impl Baseline {
    /// All findings of a report that nobody accepted; `names` are the files as the baseline calls
    /// them, in the order of the sources.
    pub fn of(report: &Report, sources: &[Source], names: &[String]) -> Baseline {
        let mut counts = BTreeMap::new();
        for found in &report.diagnostics {
            *counts.entry(key(found, sources, names)).or_default() += 1;
        }
        Baseline(counts)
    }

    /// Reads the lines of a file.
    ///
    /// # Errors
    /// The number of the first line that is no entry, 1-based, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Baseline, (usize, String)> {
        let mut counts = BTreeMap::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let row: Row = serde_json::from_str(line).map_err(|error| (index + 1, error.to_string()))?;
            *counts.entry(row.key).or_default() += row.count;
        }
        Ok(Baseline(counts))
    }

    /// The lines of a file, sorted.
    pub fn print(&self) -> String {
        let rows = self.0.iter().map(|(key, &count)| Row { key: key.clone(), count });
        rows.filter_map(|row| serde_json::to_string(&row).ok()).map(|row| row + "\n").collect()
    }

    /// Moves what is known from the findings of a report to the suppressed ones, the first of the file
    /// first, and returns what was known and is no longer found.
    pub fn apply(&self, report: &mut Report, sources: &[Source], names: &[String], reason: &str) -> Baseline {
        let mut left = self.0.clone();
        let (known, new): (Vec<Diagnostic>, Vec<Diagnostic>) = std::mem::take(&mut report.diagnostics)
            .into_iter()
            .partition(|found| left.get_mut(&key(found, sources, names)).is_some_and(take));
        report.diagnostics = new;
        let suppressed = Suppressed { reason: reason.to_string(), until: None, place: None };
        report.suppressed.extend(known.into_iter().map(|found| Diagnostic { suppressed: Some(suppressed.clone()), ..found }));
        report.suppressed.sort_by(|a, b| a.order().cmp(&b.order()));
        left.retain(|_, count| *count > 0);
        Baseline(left)
    }

    /// How many findings it stands for.
    pub fn count(&self) -> usize {
        self.0.values().sum()
    }
}

fn take(count: &mut usize) -> bool {
    let is_left = *count > 0;
    *count = count.saturating_sub(1);
    is_left
}

fn key(found: &Diagnostic, sources: &[Source], names: &[String]) -> Key {
    Key {
        file: names.get(found.file).cloned().unwrap_or_default(),
        rule: found.rule.clone(),
        section: found.section.clone(),
        words: fingerprint::words(found, sources),
    }
}
