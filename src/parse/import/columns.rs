//! Tables of turns: CSV (RFC 4180) and TSV with a column of what the agent says and one of what the
//! customer says, and maybe others for the step, the section, the next step, notes.

mod records;
mod transcript;

use crate::parse::profile::Profile;
use crate::parse::role::{self, Role};
use crate::parse::statement;
use crate::parse::table::{self, Column};
use crate::parse::target;
use crate::script::{Branch, Choice, Fault, Kind, Order, Script, Section, Step};
use crate::source::{Source, Span, Text};
use records::records;
use std::collections::HashMap;

pub use transcript::read as transcript;

/// Reads a table; an empty script where no column holds the agent's words or none the customer's.
///
/// With a column of steps and one of the next step, a step is a section. With a column of steps alone, the
/// rows are one call. Without either, every row is a situation of its own.
pub fn parse(source: &Source) -> Script {
    let (records, mut faults) = records(&source.text, usize::MAX);
    let mut records = records.into_iter();
    let head = records.next().unwrap_or_default();
    let rows: Vec<Vec<Text>> = records.collect();
    if let Some(steps) = transcript::read(&head, &rows) {
        let sections = vec![Section { level: 1, steps, ..Section::default() }];
        return Script { is_call_script: true, sections, faults, ..Script::default() };
    }
    if !speaks(&head, &rows) {
        return Script::default();
    }
    let places = Places::new(&head);
    let mut profile = Profile::default();
    let names = rows.iter().filter_map(|row| cell_of(row, places.step));
    profile.sections.extend(names.map(|name| target::key(&name.value)));
    let reader = Reader { places, profile };
    faults.extend(mistakes(&head, &rows));
    let order = if reader.places.step.is_some() { Order::Sequence } else { Order::Menu };
    let sections: Vec<Section> = reader.groups(&rows).into_iter().map(|rows| reader.section(rows)).collect();
    faults.extend(twice(&sections));
    faults.sort_by_key(|fault| fault.span);
    Script { is_call_script: true, sections, order, faults, ..Script::default() }
}

/// Whether a table that begins like this has a column for either speaker.
pub fn has_speakers(beginning: &str) -> bool {
    let (records, _) = records(beginning, 20);
    records.split_first().is_some_and(|(head, rows)| speaks(head, rows) || transcript::read(head, rows).is_some())
}

/// Columns with one name, and rows with more cells than there are columns.
fn mistakes(head: &[Text], rows: &[Vec<Text>]) -> Vec<Fault> {
    let mut first_of: HashMap<String, Span> = HashMap::new();
    let mut faults = Vec::new();
    for cell in head.iter().filter(|cell| !cell.is_empty()) {
        if let Some(first) = first_of.insert(role::clean(&cell.value), cell.span()) {
            let message = format!("two columns are called `{}`", cell.value);
            let help = "give one of them another name, or take it out".to_string();
            faults.push(Fault {
                name: "duplicate-key",
                message,
                help,
                span: cell.span(),
                related: Some((first, "the first one".to_string())),
            });
        }
    }
    for row in rows.iter().filter(|row| row.len() > head.len()) {
        let message = format!("this row has {} cells, and the first row names {}", row.len(), head.len());
        let help = "put quotation marks around words that hold a comma".to_string();
        let span = row.iter().filter(|cell| !cell.is_empty()).map(Text::span).reduce(Span::to).unwrap_or_default();
        faults.push(Fault { name: "syntax", message, help, span, related: None });
    }
    faults
}

/// Steps that begin once more further down.
fn twice(sections: &[Section]) -> Vec<Fault> {
    let mut first_of: HashMap<&str, Span> = HashMap::new();
    let mut faults = Vec::new();
    for section in sections {
        let Some(name) = section.names.first() else { continue };
        if let Some(first) = first_of.insert(name, section.span) {
            let message = format!("step {name} begins here once more");
            let help = "put the rows of one step under each other, or give it another number".to_string();
            let related = Some((first, "the first rows of it".to_string()));
            faults.push(Fault { name: "duplicate-id", message, help, span: section.span, related });
        }
    }
    faults
}

/// Both speak, and the agent in sentences: a list of calls has columns with these names as well.
fn speaks(head: &[Text], rows: &[Vec<Text>]) -> bool {
    let has = |wanted: Role| head.iter().position(|cell| speaker(&cell.value) == Some(wanted));
    let (Some(agent), Some(_)) = (has(Role::Agent), has(Role::Customer)) else { return false };
    let words = |row: &Vec<Text>| row.get(agent).map_or(0, |cell| cell.value.split_whitespace().count());
    let spoken = rows.iter().map(words).filter(|count| *count > 0);
    let (sentences, short) = spoken.partition::<Vec<usize>, _>(|count| *count >= 3);
    sentences.len() > short.len()
}

/// Whose words a column holds; `None` for their names and numbers.
fn speaker(heading: &str) -> Option<Role> {
    let clean = role::clean(heading);
    let last = clean.rsplit(' ').next().unwrap_or("");
    let says = matches!(last, "text" | "message" | "words" | "utterance" | "speech" | "turn" | "response" | "reply" | "script");
    let name = if says && clean.contains(' ') { clean[..clean.len() - last.len()].trim_end() } else { &clean };
    role::role(name).filter(|role| matches!(role, Role::Agent | Role::Customer))
}

/// Where the columns stand.
struct Places {
    /// `None` for a column that holds nothing spoken or told.
    columns: Vec<Option<Column>>,
    /// The column that numbers or names the steps.
    step: Option<usize>,
    /// The column that names what the rows are about.
    title: Option<usize>,
    has_next: bool,
    /// The agent's column stands before the customer's: a row is a question and its answer.
    agent_first: bool,
}

impl Places {
    fn new(head: &[Text]) -> Places {
        let kind = |cell: &Text| match (speaker(&cell.value), table::column(&cell.value)) {
            (Some(Role::Agent), _) => Some(Column::Agent),
            (Some(_), _) => Some(Column::Customer),
            (None, Column::Next) => Some(Column::Next),
            (None, _) => (role::role(&cell.value) == Some(Role::Note)).then_some(Column::Other),
        };
        let columns: Vec<Option<Column>> = head.iter().map(kind).collect();
        let place = |wanted: Column| columns.iter().position(|column| *column == Some(wanted));
        let named = |words: &[&str]| head.iter().position(|cell| words.contains(&role::clean(&cell.value).as_str()));
        let counted = head.iter().position(|cell| !cell.is_empty() && table::is_count(&cell.value));
        let step = counted.or_else(|| named(&["id", "step id", "node", "turn"]));
        Places {
            step: step.filter(|step| columns[*step] != Some(Column::Next)),
            title: named(&["section", "topic", "category", "scenario", "situation", "title"]),
            has_next: place(Column::Next).is_some(),
            agent_first: place(Column::Agent) < place(Column::Customer),
            columns,
        }
    }
}

fn cell_of(row: &[Text], place: Option<usize>) -> Option<&Text> {
    row.get(place?).filter(|cell| !cell.is_empty())
}

struct Reader {
    places: Places,
    profile: Profile,
}

impl Reader {
    /// The rows of each section. A row without a step belongs to the step above it.
    fn groups<'r>(&self, rows: &'r [Vec<Text>]) -> Vec<&'r [Vec<Text>]> {
        let step = |row: &Vec<Text>| cell_of(row, self.places.step).map(|cell| cell.value.clone());
        match (self.places.step, self.places.has_next) {
            (None, _) => rows.chunks(1).collect(),
            (_, false) => vec![rows],
            _ => rows.chunk_by(|above, row| step(row).is_none_or(|name| step(above) == Some(name))).collect(),
        }
    }

    fn section(&self, rows: &[Vec<Text>]) -> Section {
        let first = rows.first().map_or(&[][..], Vec::as_slice);
        let name = cell_of(first, self.places.step).filter(|_| self.places.has_next);
        let heading = cell_of(first, self.places.title).cloned();
        let spans = first.iter().map(Text::span).filter(|span| !span.is_empty());
        let span = name.map(Text::span).or(spans.reduce(Span::to)).unwrap_or_default();
        let is_turn = rows.len() == 1 || name.is_none();
        let steps = if is_turn { rows.iter().flat_map(|row| self.turn(row)).collect() } else { self.choice(rows, span) };
        // Level 7 is that of a numbered item: what has the next number comes next.
        Section {
            names: name.map_or_else(Vec::new, |name| target::keys(&name.value)),
            heading,
            level: 7,
            span,
            steps,
            ..Section::default()
        }
    }

    /// A row as one turn of each speaker, in the order of the columns.
    fn turn(&self, row: &[Text]) -> Vec<Step> {
        row.iter().zip(&self.places.columns).flat_map(|(cell, column)| self.cell(cell, *column)).collect()
    }

    fn cell(&self, cell: &Text, column: Option<Column>) -> Vec<Step> {
        let line = |kind: Kind| vec![Step::line(kind, cell.clone())];
        match column.filter(|_| !cell.is_empty()) {
            Some(Column::Customer) => line(Kind::Hear),
            Some(Column::Agent) => line(Kind::Say),
            Some(Column::Next) => table::next(cell, &self.profile),
            Some(_) => line(Kind::Note),
            None => Vec::new(),
        }
    }

    /// The rows of one step: what the customer may answer, and what follows from each answer.
    fn choice(&self, rows: &[Vec<Text>], span: Span) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut choice = Choice { branches: Vec::new(), span };
        for row in rows {
            let mut branch = Branch { is_heard: true, ..Branch::default() };
            for (cell, column) in row.iter().zip(&self.places.columns).filter(|(cell, _)| !cell.is_empty()) {
                match column {
                    Some(Column::Customer) => branch.label = Some(cell.clone()),
                    Some(Column::Agent) if self.places.agent_first => steps.extend(self.cell(cell, *column)),
                    _ => branch.steps.extend(self.cell(cell, *column)),
                }
            }
            branch.span = branch.label.as_ref().map_or(span, Text::span);
            branch.is_otherwise = branch.label.as_ref().is_none_or(|label| statement::is_otherwise(&label.value));
            choice.branches.push(branch);
        }
        steps.push(Step::Choice(choice));
        steps
    }
}
