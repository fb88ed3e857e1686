//! `callint acts`: lines in, the speech acts that are heard in each of them out.

use super::custom;
use super::input::{is_script_name, read_one};
use super::{CLEAN, Global, UNUSABLE, output, rows, show};
use crate::act::eval::{self, Row};
use crate::act::{Act, Hearing, Lexicon, combine, item_words, model};
use crate::config::Config;
use crate::error::Error;
use crate::render::tree::{self, Format, RowKind};
use crate::render::{json, safe};
use crate::source::Source;
use serde::Serialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Plain lines, JSON Lines ({"who": "agent", "text": "…"}), or a script (.md, .yaml); `-` is
    /// standard input
    file: PathBuf,
    /// Hear by patterns only, without the model
    #[arg(long)]
    patterns_only: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Who speaks in plain lines: agent, customer or note
    #[arg(long, default_value = "agent", value_parser = ["agent", "customer", "note"])]
    who: String,
    /// What standard input is called; the ending tells a script from lines
    #[arg(long, value_name = "NAME", default_value = "<stdin>", hide_default_value = true)]
    stdin_filename: String,
}

#[derive(Serialize)]
struct Output {
    /// Of this format, as in the other commands.
    version: u32,
    lines: Vec<Line>,
}

/// A line and what it does.
#[derive(Serialize)]
struct Line {
    who: String,
    text: String,
    acts: Vec<Heard>,
}

#[derive(Serialize)]
struct Heard {
    act: String,
    items: Vec<String>,
    by: &'static str,
    /// 1 unless the model decides: of so many such lines, at least, it is right in this share.
    confidence: f32,
    /// Bytes of `text`, the end exclusive.
    span: [usize; 2],
    /// The labelled line that it reads like, where the model decides.
    like: Option<&'static str>,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    let mut config = custom::config(global.project()?)?;
    config.is_by_patterns = args.patterns_only;
    let source = read_one(&args.file, &args.stdin_filename)?;
    let lines = if is_script_name(Path::new(&source.name)) {
        let Some(lines) = of_script(source, config) else { return Ok(UNUSABLE) };
        lines
    } else {
        let rows = if is_json_lines(&source) { eval::rows(&source)? } else { plain(&source, &args.who) };
        let hearing = Hearing::new(&config.taught, &config.own_acts).by_patterns(args.patterns_only);
        let heard = rows::hear(&rows, &hearing, config.language.as_deref());
        rows.into_iter().zip(heard).map(|(row, acts)| line(row, acts, hearing.names())).collect()
    };
    let result = Output { version: 1, lines };
    output(|out| match args.format {
        Format::Json => json::print(out, &result),
        Format::Text => result.lines.iter().try_for_each(|line| write_line(out, line)),
    })?;
    Ok(CLEAN)
}

/// The lines of a script, in its order. What is not to say does nothing.
fn of_script(source: Source, config: Config) -> Option<Vec<Line>> {
    let tree = show::read(&[source], config)?;
    let rows = tree.sections.into_iter().flat_map(|section| section.lines);
    let line = |row: tree::Row| {
        let who = match row.kind {
            RowKind::Say | RowKind::Collect => "agent",
            RowKind::Hear | RowKind::Cue => "customer",
            RowKind::Note => "note",
            RowKind::Condition | RowKind::Otherwise if !row.text.is_empty() => "condition",
            _ => return None,
        };
        let heard = |act: tree::Heard| Heard {
            act: act.act,
            items: act.items,
            by: act.by,
            confidence: act.confidence,
            span: act.range,
            like: act.like,
        };
        Some(Line { who: who.to_string(), text: row.text, acts: row.acts.into_iter().map(heard).collect() })
    };
    Some(rows.filter_map(line).collect())
}

/// Whether the first line that is not blank is a JSON object.
fn is_json_lines(source: &Source) -> bool {
    let first = source.text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    first.trim_start().starts_with('{') && serde_json::from_str::<serde_json::Value>(first).is_ok()
}

fn plain(source: &Source, who: &str) -> Vec<Row> {
    let lines = source.text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| Row { who: Some(who.to_string()), text: line.to_string(), acts: Vec::new(), call: None }).collect()
}

fn line(row: Row, acts: Vec<Act>, lexicon: &Lexicon) -> Line {
    let heard = |act: Act| Heard {
        like: combine::like(&act, &model::Line { voice: row.voice(), text: &row.text }),
        act: lexicon.names[usize::from(act.id)].clone(),
        items: act.items.into_iter().map(|item| item.name).collect(),
        by: act.by,
        confidence: act.confidence,
        span: [act.range.start, act.range.end],
    };
    let acts = acts.into_iter().map(heard).collect();
    Line { who: row.who.unwrap_or_else(|| "agent".to_string()), text: row.text, acts }
}

fn write_line(out: &mut dyn Write, line: &Line) -> io::Result<()> {
    writeln!(out, "{}: {}", safe::line(&line.who), safe::line(&line.text))?;
    for heard in &line.acts {
        let items: Vec<String> = heard.items.iter().map(|item| item_words(item)).collect();
        let items = if items.is_empty() { String::new() } else { format!(" ({})", items.join(", ")) };
        let words = line.text.get(heard.span[0]..heard.span[1]).unwrap_or("");
        match heard.like {
            Some(like) => writeln!(out, "    {}{items}, perhaps: reads like “{}”", heard.act, safe::line(like))?,
            None => writeln!(out, "    {}{items}: “{}”", heard.act, safe::line(words))?,
        }
    }
    Ok(())
}
