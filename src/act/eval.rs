//! How well the tagger hears: precision, recall and F1 against labelled lines.

use super::{Act, Lexicon, Voice};
use crate::error::Error;
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A labelled line, as in `{"who": "agent", "text": "…", "acts": ["empathy"]}`.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    #[serde(default)]
    pub who: Option<String>,
    pub text: String,
    #[serde(default)]
    pub acts: Vec<String>,
    /// Rows with the same name here are one call, in their order.
    #[serde(default)]
    pub call: Option<serde_json::Value>,
}

impl Row {
    /// Who speaks, by name.
    pub fn who(&self) -> &str {
        self.who.as_deref().unwrap_or("agent")
    }

    pub fn voice(&self) -> Voice {
        match self.who.as_deref() {
            Some("note") => Voice::Note,
            Some("customer") => Voice::Customer,
            _ => Voice::Agent,
        }
    }
}

/// Counts for one act. F1 and its parts are 0 where nothing was there to find.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Score {
    pub right: usize,
    /// Heard, but not labelled.
    pub wrong: usize,
    pub missed: usize,
}

impl Score {
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    pub fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What came out for some lines: all, or those of one speaker.
#[derive(Debug, Default)]
pub struct Part {
    pub lines: usize,
    pub acts: BTreeMap<String, Score>,
}

/// What came out for a set of lines.
#[derive(Debug, Default)]
pub struct Evaluation {
    pub all: Part,
    /// By who speaks.
    pub by_who: BTreeMap<String, Part>,
    /// Row index and act, for lines that were labelled but not heard, and the other way round.
    pub missed: Vec<(usize, String)>,
    pub wrong: Vec<(usize, String)>,
}

impl Part {
    /// The mean F1 of all acts that are labelled at least once.
    pub fn macro_f1(&self) -> f64 {
        let labelled: Vec<f64> = self.acts.values().filter(|s| s.right + s.missed > 0).map(|s| s.f1()).collect();
        labelled.iter().sum::<f64>() / labelled.len().max(1) as f64
    }

    /// All acts' counts together.
    pub fn total(&self) -> Score {
        let mut total = Score::default();
        for score in self.acts.values() {
            total.right += score.right;
            total.wrong += score.wrong;
            total.missed += score.missed;
        }
        total
    }
}

impl Evaluation {
    /// How often an act was missed in lines where another was heard by mistake: count, missed, heard;
    /// the most frequent first.
    pub fn confusions(&self) -> Vec<(usize, String, String)> {
        let mut wrong: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (row, act) in &self.wrong {
            wrong.entry(*row).or_default().push(act);
        }
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (row, missed) in &self.missed {
            for heard in wrong.get(row).into_iter().flatten() {
                *counts.entry((missed, heard)).or_default() += 1;
            }
        }
        let mut confusions: Vec<_> =
            counts.into_iter().map(|((missed, heard), count)| (count, missed.to_string(), heard.to_string())).collect();
        confusions.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
        confusions
    }
}

/// The labelled lines of a JSON Lines text, each with its line, 1-based; blank lines are left out.
///
/// # Errors
/// At the first line that is no object with a `text`.
pub fn numbered_rows(source: &Source) -> Result<Vec<(usize, Row)>, Error> {
    let lines = source.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(index, line): (usize, &str)| match serde_json::from_str(line) {
        Ok(row) => Ok((index + 1, row)),
        Err(error) => {
            let message = error.to_string();
            let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message).to_string();
            Err(Error::Row { name: source.name.clone(), line: index + 1, message })
        }
    };
    lines.map(read).collect()
}

/// The same without the numbers.
///
/// # Errors
/// As [`numbered_rows`].
pub fn rows(source: &Source) -> Result<Vec<Row>, Error> {
    Ok(numbered_rows(source)?.into_iter().map(|(_, row)| row).collect())
}

/// Compares the labels of rows with what was heard in each of them. `lexicon` names the acts.
pub fn evaluate(rows: &[Row], heard: &[Vec<Act>], lexicon: &Lexicon) -> Evaluation {
    let mut evaluation = Evaluation::default();
    for (index, (row, tagged)) in rows.iter().zip(heard).enumerate() {
        let heard: BTreeSet<&str> = tagged.iter().map(|act| lexicon.names[act.id as usize].as_str()).collect();
        let labelled: BTreeSet<&str> = row.acts.iter().map(String::as_str).collect();
        let Evaluation { all, by_who, missed, wrong } = &mut evaluation;
        for part in [all, by_who.entry(row.who().to_string()).or_default()] {
            part.lines += 1;
            for act in heard.union(&labelled) {
                let score = part.acts.entry(act.to_string()).or_default();
                match (heard.contains(act), labelled.contains(act)) {
                    (true, true) => score.right += 1,
                    (true, false) => score.wrong += 1,
                    _ => score.missed += 1,
                }
            }
        }
        missed.extend(labelled.difference(&heard).map(|act| (index, act.to_string())));
        wrong.extend(heard.difference(&labelled).map(|act| (index, act.to_string())));
    }
    evaluation
}
