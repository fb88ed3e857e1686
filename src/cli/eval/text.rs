//! What `callint eval` prints for people.

use super::{Measured, Miss, Mistake, Mistakes, OfWho, Output};
use crate::act::eval::Score;
use crate::render::safe;
use std::io::{self, Write};

/// How many confusions are printed.
const MAX_CONFUSIONS: usize = 20;

pub fn write_table(out: &mut dyn Write, result: &Output) -> io::Result<()> {
    let all = &result.all;
    let names = all.acts.iter().map(|measured| &measured.act).chain(result.who.iter().map(|of| &of.who));
    let width = names.map(|name| name.chars().count()).max().unwrap_or(0).max("macro".len());
    writeln!(out, "{:width$}  precision  recall    F1  right  wrong  missed", "act")?;
    for measured in &all.acts {
        write_measured(out, &measured.act, measured, width)?;
    }
    writeln!(out)?;
    write_measured(out, "micro", &all.micro, width)?;
    writeln!(out, "{:width$}  {:>9}  {:>6}  {:4.2}", "macro", "", "", all.macro_f1)?;
    writeln!(out, "{} lines", all.lines)?;
    if result.who.len() > 1 {
        writeln!(out, "\n{:width$}  precision  recall    F1  right  wrong  missed  macro F1  lines", "who")?;
    }
    for OfWho { who, shares } in result.who.iter().filter(|_| result.who.len() > 1) {
        let Measured { precision, recall, f1, score, .. } = &shares.micro;
        write!(out, "{:width$}  {precision:9.2}  {recall:6.2}  {f1:4.2}", safe::line(who))?;
        writeln!(out, "  {:5}  {:5}  {:6}  {:8.2}  {:5}", score.right, score.wrong, score.missed, shares.macro_f1, shares.lines)?;
    }
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

pub fn write_miss(out: &mut dyn Write, miss: &Miss) -> io::Result<()> {
    let place = format!("{}:{}", miss.file, miss.line);
    writeln!(out, "{}: {}: {}", safe::line(&place), safe::line(&miss.who), safe::line(&miss.text))?;
    for (title, acts) in [("missed", &miss.missed), ("heard by mistake", &miss.wrong)] {
        if !acts.is_empty() {
            writeln!(out, "    {title}: {}", safe::line(&acts.join(", ")))?;
        }
    }
    Ok(())
}

pub fn write_mistakes(out: &mut dyn Write, mistakes: &Mistakes, result: &Output) -> io::Result<()> {
    match result.all.acts.iter().find(|measured| measured.act == mistakes.act) {
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
