//! Titles between rules: `----- Refunds -----`, `>>> REFUNDS <<<`, `+=== B === Refunds ===+`.

use super::blank;
use std::collections::HashSet;

/// What a rule is drawn with.
const SIGNS: [char; 13] = ['-', '=', '~', '─', '═', '━', '+', '<', '>', '/', '█', '▬', '•'];
/// Longer ones are sentences, in words.
const LONGEST: usize = 10;

/// The lines that are such titles, counted from 0; one alone is none.
pub(super) fn find(text: &str) -> HashSet<usize> {
    let may_be = |line: &str| line.starts_with(SIGNS) && line.ends_with(SIGNS);
    let lines = text.lines().enumerate().filter(|(_, line)| may_be(line.trim()));
    let found: HashSet<usize> = lines.filter(|(_, line)| title(line.trim()).is_some()).map(|(number, _)| number).collect();
    if found.len() > 1 { found } else { HashSet::new() }
}

/// The rules right under a title of their own width (`Refunds`, `~~~~~~~`) that Markdown takes for something else.
pub(super) fn underlines(text: &str) -> HashSet<usize> {
    const FEWEST: usize = 3;
    let is_rule = |line: &str| line.len() >= FEWEST && ["~", "^", "*", "\""].iter().any(|sign| line.replace(sign, "").is_empty());
    let lines: Vec<&str> =
        if text.contains("~~~") || text.contains("^^^") || text.contains("***") { text.lines().collect() } else { Vec::new() };
    let is_under = |number: &usize| {
        let (title, rule) = (lines[number - 1].trim_end(), lines[*number].trim_end());
        let is_apart = *number == 1 || lines[number - 2].trim().is_empty();
        is_rule(rule) && is_apart && title.starts_with(char::is_alphanumeric) && title.chars().count().abs_diff(rule.len()) <= 1
    };
    (1..lines.len()).filter(is_under).collect()
}

/// The words between two rules.
fn title(line: &str) -> Option<&str> {
    let behind = line.trim_start_matches(SIGNS);
    let words = behind.trim_end_matches(SIGNS);
    let (before, after) = (line.len() - behind.len(), behind.len() - words.len());
    let is_apart = words.starts_with(' ') && words.ends_with(' ') && before >= 3 && after >= 3;
    let words = words.trim();
    let is_title = words.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && !words.contains(['"', '“', ':', '→', '|']);
    // `== Refunds ==` is what wikis write.
    let is_wiki = line[..before].chars().all(|sign| sign == '=');
    (is_apart && is_title && !is_wiki && words.split(' ').count() <= LONGEST).then_some(words)
}

/// The line as a heading, as long as it was.
pub(super) fn masked(line: &str, masked: &mut String) {
    let Some(words) = title(line.trim()) else { return masked.push_str(line) };
    let start = line.find(words).unwrap_or(0);
    let rule: String = line[..start].chars().flat_map(blank).collect();
    masked.push_str("##");
    masked.push_str(&rule[2..]);
    masked.push_str(words);
    masked.extend(line[start + words.len()..].chars().flat_map(blank));
}
