//! `--stats`: how often each rule found something, the most frequent first.

use super::Global;
use crate::lint::Report;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Says a line for each rule with findings, beside the findings themselves so that every format stays
/// what it is.
pub(super) fn say(report: &Report, global: &Global) {
    // By rule: how many stand, and how many were accepted.
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for found in &report.diagnostics {
        counts.entry(&found.rule).or_default().0 += 1;
    }
    for found in &report.suppressed {
        counts.entry(&found.rule).or_default().1 += 1;
    }
    let mut counts: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
    counts.sort_by_key(|(rule, (found, suppressed))| (Reverse(*found), Reverse(*suppressed), *rule));
    for (rule, (found, suppressed)) in counts {
        let more = if suppressed > 0 { format!(" ({suppressed} suppressed)") } else { String::new() };
        global.say(&format!("{found:6}  {rule}{more}"));
    }
}
