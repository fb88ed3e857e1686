//! data/model/acts.tsv: what the folds said of each act, and from which score on it is heard.
//!
//! `callint train` writes it, and this is the one place where an act of the model is switched on or
//! off: an act without a first bar is off. A later hand may switch one off by a `-` there.

use super::super::Voice;
use super::{BARS, feature::FEATURES};
use std::fmt::Write;

/// Who speaks, in the order of the columns.
pub const SPEAKERS: [(&str, Voice); 3] = [("agent", Voice::Agent), ("note", Voice::Note), ("customer", Voice::Customer)];

/// All columns of the model.
#[derive(Debug, Default)]
pub struct Table {
    speakers: Vec<(Voice, Speaker)>,
}

/// The columns of one speaker, in the order of their weights.
#[derive(Debug, Default)]
pub struct Speaker {
    /// Where its weights begin, in bytes.
    pub start: usize,
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub act: &'static str,
    /// By [`BARS`]: the least margin, in thousandths.
    pub bars: [Option<i32>; BARS.len()],
    /// What a weight of one stands for.
    pub scale: f32,
    pub bias: f32,
}

/// A line of the table, before it is written.
pub struct Row {
    pub speaker: &'static str,
    pub act: String,
    /// How many lines are labelled with it.
    pub lines: usize,
    /// Lines at the first bar that the folds got right, and wrong.
    pub right: usize,
    pub wrong: usize,
    pub bars: [Option<i32>; BARS.len()],
    pub scale: f32,
    pub bias: f32,
}

impl Table {
    /// Reads the table. Speakers for whom there are not enough `weights`, in bytes, are left out.
    pub fn read(text: &'static str, weights: usize) -> Table {
        let mut table = Table::default();
        let mut start = 0;
        for (name, voice) in SPEAKERS {
            let rows = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
            let columns: Vec<Column> = rows.filter(|cells| cells[0] == name).filter_map(|cells| column(&cells)).collect();
            let bytes = (columns.len() + 1) * FEATURES;
            if !columns.is_empty() && start + bytes <= weights {
                table.speakers.push((voice, Speaker { start, columns }));
                start += bytes;
            }
        }
        table
    }

    pub fn speaker(&self, voice: Voice) -> Option<&Speaker> {
        self.speakers.iter().find(|(of, _)| *of == voice).map(|(_, speaker)| speaker)
    }
}

/// A line with weights; one without is of an act that was never on.
fn column(cells: &[&'static str]) -> Option<Column> {
    let [_, act, _, _, _, bars @ .., scale, bias] = cells else { return None };
    let mut numbers = [None; BARS.len()];
    for (number, bar) in numbers.iter_mut().zip(bars) {
        *number = bar.parse().ok();
    }
    // Without the first bar the others do not count, either.
    let bars = if numbers[0].is_some() { numbers } else { [None; BARS.len()] };
    Some(Column { act, bars, scale: scale.parse().ok()?, bias: bias.parse().ok()? })
}

/// The table as text. `lines` tells by a hash which labelled lines it was made from.
pub fn write(rows: &[Row], lines: u64) -> String {
    let mut text = format!("# lines {lines:016x}\n# speaker\tact\tlines\tright\twrong");
    for bar in BARS {
        let _ = write!(text, "\tat {bar:.2}");
    }
    text.push_str("\tscale\tbias\n");
    for row in rows {
        let _ = write!(text, "{}\t{}\t{}\t{}\t{}", row.speaker, row.act, row.lines, row.right, row.wrong);
        for bar in row.bars {
            let _ = write!(text, "\t{}", bar.map_or("-".to_string(), |bar| bar.to_string()));
        }
        let _ = match row.bars[0] {
            Some(_) => writeln!(text, "\t{}\t{}", row.scale, row.bias),
            None => writeln!(text, "\t-\t-"),
        };
    }
    text
}
