//! What a call asks of callers, as a table or as JSON.

use super::{json, safe};
use crate::effort::{Calls, Effort, Measure, Tally, Walks};
use crate::flow::NodeId;
use crate::source::Source;
use serde::Serialize;
use std::io::{self, Write};

const HEADS: [&str; 7] = ["turns", "identity items", "offers", "refusals", "transfers", "holds", "speech"];
/// In characters.
const MAX_NAME: usize = 60;

/// What was counted in a script. The struct is the JSON format, version 1: fields may be added, never
/// changed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    version: u32,
    file: String,
    intents: Vec<Row>,
    /// How many more intents there are, which were too many to be counted.
    left_out: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    name: String,
    /// `null` for an intent that callint has no kind for.
    kind: Option<&'static str>,
    /// Where the caller says so; 1-based.
    line: usize,
    /// Why nothing was counted, in words; `null` where something was.
    untold: Option<&'static str>,
    /// `null` where nothing was counted.
    shortest: Option<Count>,
    longest: Option<Count>,
    /// A call can go round without end on the way, so the longest is only the longest without going round.
    without_limit: bool,
    /// What a call can have again and again on the way.
    no_limit: Vec<&'static str>,
    /// From which line a call goes back to which.
    circle: Option<[usize; 2]>,
}

#[derive(Debug, Serialize)]
struct Count {
    #[serde(flatten)]
    tally: Tally,
    /// The lines that are spoken, in order.
    lines: Vec<usize>,
}

/// Counts what the efforts of a script come to.
pub fn table(file: usize, (efforts, left_out): &(Vec<Effort>, usize), calls: &Calls, sources: &[Source]) -> Table {
    let line = |node: NodeId| line(calls, node, sources);
    let count = |walk: &[NodeId]| {
        let spoken = walk.iter().filter(|&&id| calls.graph.nodes[id].is_spoken() || calls.graph.nodes[id].is_turn());
        Count { tally: calls.tally(walk), lines: spoken.map(|&id| line(id)).collect() }
    };
    let row = |effort: &Effort| {
        let walks = effort.walks.as_ref();
        let circle = walks.and_then(|walks: &Walks| walks.circle).map(|(from, to)| [line(from), line(to)]);
        Row {
            name: effort.name.clone(),
            kind: effort.kind,
            line: line(effort.start),
            untold: effort.untold(),
            shortest: walks.map(|walks| count(&walks.shortest)),
            longest: walks.map(|walks| count(&walks.longest)),
            without_limit: circle.is_some(),
            no_limit: walks.iter().flat_map(|walks| &walks.endless).filter_map(|measure| name_of(*measure)).collect(),
            circle,
        }
    };
    let name = sources.get(file).map_or(String::new(), |source| source.name.clone());
    Table { version: 1, file: name, intents: efforts.iter().map(row).collect(), left_out: *left_out }
}

/// The heading of what was counted.
fn name_of(measure: Measure) -> Option<&'static str> {
    let place = Measure::ALL.iter().position(|one| *one == measure)?;
    HEADS.get(place).copied()
}

/// 1-based. A node without words is in its section.
fn line(calls: &Calls, node: NodeId, sources: &[Source]) -> usize {
    let node = &calls.graph.nodes[node];
    let section = || {
        let info = calls.graph.sections.get(node.section)?;
        Some(calls.scripts[info.file].as_ref()?.sections.get(info.index)?.span)
    };
    let span = if node.text.is_some() { node.span() } else { section().unwrap_or_default() };
    sources.get(node.file).map_or(1, |source| source.position(span.start).line)
}

/// Prints a table for other programs.
///
/// # Errors
/// Only those of `out`.
pub fn json(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    json::print(out, table)
}

/// Prints a table for people.
///
/// # Errors
/// Only those of `out`.
pub fn text(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    writeln!(out, "{}: what it takes callers to get done what they want", safe::line(&table.file))?;
    if table.intents.is_empty() {
        return writeln!(out, "\nNothing in it says what callers want.");
    }
    let (told, untold): (Vec<&Row>, Vec<&Row>) = table.intents.iter().partition(|row| row.shortest.is_some());
    if !told.is_empty() {
        rows(out, &told)?;
    }
    for row in told {
        if let Some([from, to]) = row.circle {
            writeln!(out, "{}: no limit, as a call can go from line {from} back to line {to} again and again", title(row))?;
        }
    }
    for row in untold {
        writeln!(out, "can't tell: {}: {}", title(row), row.untold.unwrap_or_default())?;
    }
    if table.left_out > 0 {
        writeln!(out, "can't tell: {} more that callers may want, which are too many to count", table.left_out)?;
    }
    Ok(())
}

fn rows(out: &mut dyn Write, rows: &[&Row]) -> io::Result<()> {
    let wide = "  shortest call".len();
    let heads = HEADS.iter().map(|head| format!("  {head:>8}")).collect::<String>();
    writeln!(out, "\n{:wide$}{heads}", "")?;
    for row in rows {
        writeln!(out, "{}", title(row))?;
        for (name, count) in [("  shortest call", &row.shortest), ("  longest call", &row.longest)] {
            let Some(count) = count else { continue };
            let is_longest = name.contains("longest");
            let endless =
                |head: &str| is_longest && (row.no_limit.contains(&head) || row.without_limit && ["turns", "speech"].contains(&head));
            let cells = HEADS.iter().zip(cells(&count.tally)).map(|(head, cell)| if endless(head) { "no limit".to_string() } else { cell });
            let cells: String = HEADS.iter().zip(cells).map(|(head, cell)| format!("  {cell:>0$}", head.len().max(8))).collect();
            writeln!(out, "{name:wide$}{cells}")?;
        }
    }
    writeln!(out)
}

/// The numbers of a row.
fn cells(tally: &Tally) -> [String; 7] {
    Measure::ALL.map(|measure| match measure {
        Measure::Seconds => format!("{}:{:02}", tally.seconds / 60, tally.seconds % 60),
        _ => tally.of(measure).to_string(),
    })
}

/// What callers want, and where.
fn title(row: &Row) -> String {
    let name = safe::line(&row.name);
    let name = match row.kind {
        Some(_) => name.into_owned(),
        None if name.chars().count() > MAX_NAME => format!("“{}…”", name.chars().take(MAX_NAME).collect::<String>().trim_end()),
        None => format!("“{name}”"),
    };
    format!("{name} (line {})", row.line)
}
