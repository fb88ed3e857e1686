//! `callint eval`: how well the tagger hears, against labelled lines.

mod text;

use super::custom;
use super::input::read_one;
use super::{CLEAN, Global, output, rows};
use crate::act::eval::{self, Evaluation, Part, Row, Score};
use crate::act::model::Line;
use crate::act::{Act, Hearing, Lexicon, combine};
use crate::config::suggestion;
use crate::error::Error;
use crate::render::json;
use crate::render::tree::Format;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Args {
    /// JSON Lines: {"who": "agent", "text": "…", "acts": ["empathy"]}; `-` is standard input
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    /// Print the lines in which this act was missed or heard by mistake
    #[arg(long)]
    act: Option<String>,
    /// Print every line in which something was missed or heard by mistake
    #[arg(long, conflicts_with = "act")]
    misses: bool,
    /// Hear by patterns only, without the model
    #[arg(long)]
    patterns_only: bool,
    /// Count only acts that a warning may rest on
    #[arg(long)]
    sure: bool,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Shares are between 0 and 1.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    version: u32,
    #[serde(flatten)]
    all: Shares,
    /// Sorted by who speaks.
    who: Vec<OfWho>,
    confusions: Vec<Confusion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistakes: Option<Mistakes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    misses: Option<Vec<Miss>>,
}

/// What came out for all lines, or for those of one speaker.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shares {
    lines: usize,
    /// Sorted by name.
    acts: Vec<Measured>,
    /// The mean F1 of all acts that are labelled at least once.
    macro_f1: f64,
    micro: Measured,
}

#[derive(Serialize)]
struct OfWho {
    who: String,
    #[serde(flatten)]
    shares: Shares,
}

/// A line with acts that were missed or heard by mistake.
#[derive(Serialize)]
struct Miss {
    file: String,
    /// 1-based.
    line: usize,
    who: String,
    text: String,
    missed: Vec<String>,
    wrong: Vec<String>,
}

#[derive(Serialize)]
struct Measured {
    #[serde(skip_serializing_if = "String::is_empty")]
    act: String,
    precision: f64,
    recall: f64,
    f1: f64,
    #[serde(flatten)]
    score: Score,
}

/// An act that was missed in lines where another was heard by mistake.
#[derive(Serialize)]
struct Confusion {
    missed: String,
    heard: String,
    count: usize,
}

#[derive(Serialize)]
struct Mistakes {
    act: String,
    missed: Vec<Mistake>,
    wrong: Vec<Mistake>,
}

/// A line in which an act was missed or heard by mistake.
#[derive(Serialize)]
struct Mistake {
    file: String,
    /// 1-based.
    line: usize,
    who: String,
    text: String,
    /// What was heard, and the words that decided: in a missed line all acts, else the act itself.
    heard: Vec<(String, String)>,
}

/// A labelled line and where it stands.
struct Labelled {
    file: String,
    line: usize,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    let config = custom::config(global.project()?)?;
    let hearing = Hearing::new(&config.taught, &config.own_acts).by_patterns(args.patterns_only);
    let lexicon = hearing.names();
    if let Some(act) = args.act.as_ref().filter(|act| lexicon.id(act).is_none()) {
        let known: Vec<&str> = lexicon.names.iter().map(String::as_str).collect();
        return Err(Error::Unknown { what: "act", name: act.clone(), hint: suggestion(act, &known) });
    }
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    for path in &args.files {
        let source = read_one(path, "<stdin>")?;
        for (line, row) in eval::numbered_rows(&source)? {
            places.push(Labelled { file: source.name.clone(), line });
            rows.push(row);
        }
    }
    let mut heard = rows::hear(&rows, &hearing, config.language.as_deref());
    if args.sure {
        heard.iter_mut().zip(&rows).for_each(|(acts, row)| {
            let line = Line { voice: row.voice(), text: &row.text };
            acts.retain(|act| combine::is_sure(act, &line, lexicon));
        });
    }
    let evaluation = eval::evaluate(&rows, &heard, lexicon);
    let mut result = measured(&evaluation);
    result.mistakes = args.act.as_ref().map(|act| mistakes(act, &evaluation, &rows, &heard, &places, hearing.names()));
    result.misses = args.misses.then(|| misses(&evaluation, &rows, &places));
    output(|out| match (args.format, &result) {
        (Format::Json, _) => json::print(out, &result),
        (Format::Text, Output { mistakes: Some(mistakes), .. }) => text::write_mistakes(out, mistakes, &result),
        (Format::Text, Output { misses: Some(misses), .. }) => misses.iter().try_for_each(|miss| text::write_miss(out, miss)),
        (Format::Text, _) => text::write_table(out, &result),
    })?;
    Ok(CLEAN)
}

fn measured(evaluation: &Evaluation) -> Output {
    let who = evaluation.by_who.iter().map(|(who, part)| OfWho { who: who.clone(), shares: shares(part) });
    let confusions = evaluation.confusions().into_iter();
    Output {
        version: 1,
        all: shares(&evaluation.all),
        who: who.collect(),
        confusions: confusions.map(|(count, missed, heard)| Confusion { missed, heard, count }).collect(),
        mistakes: None,
        misses: None,
    }
}

fn shares(part: &Part) -> Shares {
    let measure = |act: &str, score: Score| Measured {
        act: act.to_string(),
        precision: score.precision(),
        recall: score.recall(),
        f1: score.f1(),
        score,
    };
    Shares {
        lines: part.lines,
        acts: part.acts.iter().map(|(act, score)| measure(act, *score)).collect(),
        macro_f1: part.macro_f1(),
        micro: measure("", part.total()),
    }
}

/// Every line with a mistake, in the order of the files.
fn misses(evaluation: &Evaluation, rows: &[Row], places: &[Labelled]) -> Vec<Miss> {
    let mut lines: BTreeMap<usize, (Vec<String>, Vec<String>)> = BTreeMap::new();
    evaluation.missed.iter().for_each(|(at, act)| lines.entry(*at).or_default().0.push(act.clone()));
    evaluation.wrong.iter().for_each(|(at, act)| lines.entry(*at).or_default().1.push(act.clone()));
    let miss = |(at, (missed, wrong)): (usize, (Vec<String>, Vec<String>))| Miss {
        file: places[at].file.clone(),
        line: places[at].line,
        who: rows[at].who().to_string(),
        text: rows[at].text.clone(),
        missed,
        wrong,
    };
    lines.into_iter().map(miss).collect()
}

fn mistakes(act: &str, evaluation: &Evaluation, rows: &[Row], heard: &[Vec<Act>], places: &[Labelled], lexicon: &Lexicon) -> Mistakes {
    let mistake = |index: usize, is_missed: bool| {
        let row = &rows[index];
        let heard = heard[index].iter().filter_map(|heard| {
            let name = lexicon.names.get(usize::from(heard.id))?;
            let words = row.text.get(heard.range.clone()).unwrap_or("").to_string();
            (is_missed || name == act).then(|| (name.clone(), words))
        });
        Mistake {
            file: places[index].file.clone(),
            line: places[index].line,
            who: row.who().to_string(),
            text: row.text.clone(),
            heard: heard.collect(),
        }
    };
    let of_act = |found: &[(usize, String)], is_missed: bool| {
        found.iter().filter(|(_, name)| name == act).map(|(index, _)| mistake(*index, is_missed)).collect()
    };
    Mistakes { act: act.to_string(), missed: of_act(&evaluation.missed, true), wrong: of_act(&evaluation.wrong, false) }
}
