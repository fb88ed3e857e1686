//! `callint eval`: how well the tagger hears, against labelled lines.

use super::custom;
use super::input::read_one;
use super::{CLEAN, Global, output, rows};
use crate::act::eval::{self, Evaluation, Row, Score};
use crate::act::{Act, Hearing, Lexicon};
use crate::config::suggestion;
use crate::error::Error;
use crate::render::tree::Format;
use crate::render::{json, safe};
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

/// How many confusions are printed for people.
const MAX_CONFUSIONS: usize = 20;

#[derive(clap::Args)]
pub(super) struct Args {
    /// JSON Lines: {"who": "agent", "text": "…", "acts": ["empathy"]}; `-` is standard input
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    /// Print the lines in which this act was missed or heard by mistake
    #[arg(long)]
    act: Option<String>,
    /// Hear by patterns only, without the model
    #[arg(long)]
    patterns_only: bool,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Shares are between 0 and 1.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    version: u32,
    lines: usize,
    /// Sorted by name.
    acts: Vec<Measured>,
    /// The mean F1 of all acts that are labelled at least once.
    macro_f1: f64,
    micro: Measured,
    confusions: Vec<Confusion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistakes: Option<Mistakes>,
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
    let config = custom::config(global.project()?);
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
    let heard = rows::hear(&rows, &hearing, config.language.as_deref());
    let evaluation = eval::evaluate(&rows, &heard, lexicon);
    let mut result = measured(&evaluation);
    result.mistakes = args.act.as_ref().map(|act| mistakes(act, &evaluation, &rows, &heard, &places));
    output(|out| match (args.format, &result.mistakes) {
        (Format::Json, _) => json::print(out, &result),
        (Format::Text, Some(mistakes)) => write_mistakes(out, mistakes, &result),
        (Format::Text, None) => write_table(out, &result),
    })?;
    Ok(CLEAN)
}

fn measured(evaluation: &Evaluation) -> Output {
    let measure = |act: &str, score: Score| Measured {
        act: act.to_string(),
        precision: score.precision(),
        recall: score.recall(),
        f1: score.f1(),
        score,
    };
    let confusions = evaluation.confusions().into_iter();
    Output {
        version: 1,
        lines: evaluation.lines,
        acts: evaluation.acts.iter().map(|(act, score)| measure(act, *score)).collect(),
        macro_f1: evaluation.macro_f1(),
        micro: measure("", evaluation.total()),
        confusions: confusions.map(|(count, missed, heard)| Confusion { missed, heard, count }).collect(),
        mistakes: None,
    }
}

fn mistakes(act: &str, evaluation: &Evaluation, rows: &[Row], heard: &[Vec<Act>], places: &[Labelled]) -> Mistakes {
    let lexicon = Lexicon::embedded();
    let mistake = |index: usize, is_missed: bool| {
        let row = &rows[index];
        let heard = heard[index].iter().filter_map(|heard| {
            let name = lexicon.names.get(usize::from(heard.id))?;
            let words = row.text.get(heard.range.clone()).unwrap_or("").to_string();
            (is_missed || name == act).then(|| (name.clone(), words))
        });
        let who = row.who.clone().unwrap_or_else(|| "agent".to_string());
        Mistake { file: places[index].file.clone(), line: places[index].line, who, text: row.text.clone(), heard: heard.collect() }
    };
    let of_act = |found: &[(usize, String)], is_missed: bool| {
        found.iter().filter(|(_, name)| name == act).map(|(index, _)| mistake(*index, is_missed)).collect()
    };
    Mistakes { act: act.to_string(), missed: of_act(&evaluation.missed, true), wrong: of_act(&evaluation.wrong, false) }
}

fn write_table(out: &mut dyn Write, result: &Output) -> io::Result<()> {
    let width = result.acts.iter().map(|measured| measured.act.chars().count()).max().unwrap_or(0).max("macro".len());
    writeln!(out, "{:width$}  precision  recall    F1  right  wrong  missed", "act")?;
    for measured in &result.acts {
        write_measured(out, &measured.act, measured, width)?;
    }
    writeln!(out)?;
    write_measured(out, "micro", &result.micro, width)?;
    writeln!(out, "{:width$}  {:>9}  {:>6}  {:4.2}", "macro", "", "", result.macro_f1)?;
    writeln!(out, "{} lines", result.lines)?;
    if !result.confusions.is_empty() {
        writeln!(out, "\nMost often confused")?;
    }
    for confusion in result.confusions.iter().take(MAX_CONFUSIONS) {
        let (missed, heard) = (safe::line(&confusion.missed), safe::line(&confusion.heard));
        writeln!(out, "{:5} × {missed} missed, {heard} heard instead", confusion.count)?;
    }
    Ok(())
}

fn write_measured(out: &mut dyn Write, name: &str, measured: &Measured, width: usize) -> io::Result<()> {
    let Measured { precision, recall, f1, score, .. } = measured;
    let name = safe::line(name);
    writeln!(out, "{name:width$}  {precision:9.2}  {recall:6.2}  {f1:4.2}  {:5}  {:5}  {:6}", score.right, score.wrong, score.missed)
}

fn write_mistakes(out: &mut dyn Write, mistakes: &Mistakes, result: &Output) -> io::Result<()> {
    match result.acts.iter().find(|measured| measured.act == mistakes.act) {
        Some(of) => {
            let Score { right, wrong, missed } = of.score;
            let shares = format!("precision {:.2}, recall {:.2}, F1 {:.2}", of.precision, of.recall, of.f1);
            writeln!(out, "{}: {shares} ({right} right, {wrong} wrong, {missed} missed)", of.act)?;
        }
        None => writeln!(out, "{}: neither labelled nor heard in these lines", mistakes.act)?,
    }
    write_list(out, "Missed", "heard", &mistakes.missed)?;
    write_list(out, "Heard by mistake", "because of", &mistakes.wrong)
}

fn write_list(out: &mut dyn Write, title: &str, why: &str, mistakes: &[Mistake]) -> io::Result<()> {
    if !mistakes.is_empty() {
        writeln!(out, "\n{title}")?;
    }
    for mistake in mistakes {
        let place = format!("{}:{}", mistake.file, mistake.line);
        writeln!(out, "  {}: {}: {}", safe::line(&place), safe::line(&mistake.who), safe::line(&mistake.text))?;
        for (act, words) in &mistake.heard {
            writeln!(out, "      {why} {act}: “{}”", safe::line(words))?;
        }
    }
    Ok(())
}
