//! Tables: *They say / You say / Next* and their many cousins.

mod answers;
mod columns;
mod labels;
mod routes;
mod steps;

use super::assemble::choice;
use super::blocks::{Block, BlockKind};
use super::profile::{Profile, is_sentence};
use super::role::{self, Role};
use super::spoken::addresses;
use super::statement::{self, Place, Statement};
use super::{import, line, outline, target};
use crate::script::{Branch, Jump, JumpKind, Kind, Step, Target};
use crate::source::{Source, Span, Text};

pub use columns::{Column, column, columns, is_count};

/// The words of a cell.
pub fn cell_text(source: &Source, cell: &Block) -> Text {
    let mut text = Text::default();
    for line in &cell.lines {
        if !text.value.is_empty() {
            text.push(" ", Span::new(line.start, line.start));
        }
        text.append(&Text::copied(&source.text, *line));
    }
    text
}

/// Reads a table. Without a column for the agent's words its rows are notes.
pub fn read(source: &Source, table: &Block, profile: &Profile) -> Statement {
    if let Some(steps) = turns(source, table) {
        return Statement { steps, ..Statement::default() };
    }
    let (mut columns, headings) = (columns(source, table), columns::headings(source, table));
    let rows: Vec<&Block> = table.children.iter().filter(|row| row.kind == BlockKind::Row { is_head: false }).collect();
    // `Gate doesn't open | 1. The gate`: whatever its columns are called, it leads from what callers want to sections.
    let leads = |row: &&Block| row.children.get(1).is_some_and(|cell| names_section(&cell_text(source, cell).value, profile));
    if columns.len() == 2 && !columns.contains(&Column::Agent) && rows.len() > 1 && rows.iter().all(leads) {
        columns = vec![Column::Customer, Column::Next];
    }
    if !columns.contains(&Column::Agent) {
        columns::by_labels(source, &rows, &mut columns, profile);
    }
    if columns.contains(&Column::Avoid) && !columns::tell_of_calls(&columns, &headings) {
        return examples(source, &rows, &columns);
    }
    if !columns.contains(&Column::Agent) {
        return notes(source, &rows, &columns, profile);
    }
    let is_counted = columns.len() > 1 && counts_steps(source, table);
    let voice = voice(source, &rows, &columns);
    if let Some(first) = is_counted.then(|| first_situation(source, &rows, &columns)).flatten() {
        let table = steps::Table { source, columns: &columns, headings: &headings, voice, profile, is_counted, numbers: Vec::new() };
        let steps = table.read(&rows[..first]);
        let columns: Vec<Column> = [Column::Count].into_iter().chain(columns[1..].iter().copied()).collect();
        let cases =
            answers::group(rows[first..].iter().filter_map(|row| read_row(source, row, &columns, &headings, voice, profile)).collect());
        return Statement { steps: steps.into_iter().chain(cases.steps).collect(), ..cases };
    }
    // One column, or numbers of steps, hold nothing to choose by: the rows are lines in a row.
    if is_counted || columns.len() == 1 {
        let table = steps::Table { source, columns: &columns, headings: &headings, voice, profile, is_counted, numbers: Vec::new() };
        return Statement { steps: table.read(&rows), ..Statement::default() };
    }
    let read = rows.iter().filter_map(|row| read_row(source, row, &columns, &headings, voice, profile));
    let rows: Vec<Row> = read.collect();
    answers::group(labels::lead(rows))
}

/// `Gate`, `1. Gate`, where a section is called so.
fn names_section(words: &str, profile: &Profile) -> bool {
    let is_title = |words: &str| profile.sections.contains(&target::key(words));
    target::is_known(words, profile) || is_title(words) || line::reference(words).is_some_and(|reference| is_title(&reference.rest))
}

/// The turns of a table with a column of who speaks.
pub fn turns(source: &Source, table: &Block) -> Option<Vec<Step>> {
    let cells = |row: &Block| row.children.iter().map(|cell| cell_text(source, cell)).collect::<Vec<Text>>();
    let (head, rows): (Vec<&Block>, Vec<&Block>) = table.children.iter().partition(|row| row.kind == BlockKind::Row { is_head: true });
    import::transcript(&cells(head.first()?), &rows.into_iter().map(cells).collect::<Vec<_>>())
}

/// Who speaks in a cell of the agent's column that has no quotation marks: nobody, where other cells have
/// them (`Transfer to the desk` among `"Of course, one moment."`).
fn voice(source: &Source, rows: &[&Block], columns: &[Column]) -> Role {
    let cells = rows.iter().flat_map(|row| row.children.iter().zip(columns)).filter(|(_, column)| **column == Column::Agent);
    let opens = |cell: &Block| cell_text(source, cell).value.trim_start_matches(['*', '_']).starts_with(['"', '“']);
    if cells.filter(|(cell, _)| opens(cell)).count() >= 2 { Role::Note } else { Role::Agent }
}

/// The first column is `Step`, `#` or the like, or names the rows.
fn counts_steps(source: &Source, table: &Block) -> bool {
    let head = table.children.iter().find(|row| row.kind == BlockKind::Row { is_head: true });
    let is_counted = head.and_then(|head| head.children.first()).is_some_and(|cell| is_count(&cell_text(source, cell).value));
    is_counted || columns::names_rows(source, table)
}

/// The names of rows (`B1`) in tables whose first column counts them, in small letters: what a jump may call them.
pub fn row_names(source: &Source, root: &Block) -> Vec<String> {
    let tables = root.children.iter().filter(|block| block.kind == BlockKind::Table && counts_steps(source, block));
    let cells = tables.flat_map(|table| &table.children).filter_map(|row| row.children.first());
    let names = cells.map(|cell| cell_text(source, cell).value).filter(|name| steps::is_name(name));
    names.map(|name| name.to_lowercase()).collect()
}

/// `2 Lost card`, `3 Fraud`: the rows are counted, and still most of them are what callers come for. The first of these
/// rows; what stands before it begins every call.
fn first_situation(source: &Source, rows: &[&Block], columns: &[Column]) -> Option<usize> {
    let theirs = columns.iter().position(|column| *column == Column::Customer)?;
    let has_words = |text: &Text| text.value.contains(char::is_alphabetic);
    let is_situation = |row: &Block| {
        let name = row.children.first().map_or(Text::default(), |cell| bare_label(&cell_text(source, cell)));
        let words = line::reference(&name.value).map_or(name.value, |reference| reference.rest);
        let says = row.children.get(theirs).is_some_and(|cell| has_words(&cell_text(source, cell)));
        says && words.contains(char::is_alphabetic) && !steps::is_name(&words) && !outline::is_stage(&words)
    };
    let count = rows.iter().filter(|row| is_situation(row)).count();
    if count >= 3 && count * 2 > rows.len() { rows.iter().position(|row| is_situation(row)) } else { None }
}

/// A table of good and bad wordings: nobody says either on a call. What to say instead is told as a note.
fn examples(source: &Source, rows: &[&Block], columns: &[Column]) -> Statement {
    let cells = rows.iter().flat_map(|row| row.children.iter().zip(columns));
    let texts = cells.map(|(cell, column)| (cell_text(source, cell), *column)).filter(|(text, _)| !text.is_empty());
    let kind = |column: Column| if column == Column::Avoid { Kind::Avoid } else { Kind::Note };
    let steps = texts.map(|(text, column)| Step::line(kind(column), text)).collect();
    Statement { steps, ..Statement::default() }
}

/// What follows from each answer, by the columns that have one as their heading.
fn answers(source: &Source, row: &Block, columns: &[Column], headings: &[Text], lead: impl Fn(&Text) -> Vec<Step>) -> Option<Step> {
    let cells = row.children.iter().zip(columns).zip(headings).filter(|((_, column), _)| **column == Column::Answer);
    let texts = cells.map(|((cell, _), heading)| (heading, cell_text(source, cell))).filter(|(_, text)| !text.is_empty());
    let branches: Vec<Branch> = texts
        .map(|(heading, text)| Branch { span: heading.span(), label: Some(heading.clone()), steps: lead(&text), ..Branch::default() })
        .filter(|branch| !branch.steps.is_empty())
        .collect();
    (!branches.is_empty()).then(|| Step::Choice(choice(branches)))
}

struct Row {
    branch: Branch,
    /// The label tells of the call (`(picks up)`), it is not what the customer says.
    is_told: bool,
    goes_on: bool,
    /// Its last cell says to listen: rows below answer it.
    waits: bool,
    /// Its last words are a question: a *yes* or *no* right below answers it.
    asks: bool,
}

fn read_row(source: &Source, row: &Block, columns: &[Column], headings: &[Text], voice: Role, profile: &Profile) -> Option<Row> {
    let mut branch = Branch { span: row.span, ..Branch::default() };
    let (mut is_told, mut waits) = (false, false);
    for (cell, column) in row.children.iter().zip(columns) {
        let text = cell_text(source, cell);
        if text.is_empty() {
            continue;
        }
        match column {
            Column::Customer if branch.label.is_none() => {
                is_told = text.value.trim_start_matches('*').starts_with('(');
                let label = bare_label(&text);
                branch.is_heard = text.value.contains(['"', '“']) || role::speaks_of_self(&label.value);
                branch.is_otherwise = statement::is_otherwise(&label.value);
                branch.span = label.span();
                branch.label = Some(label);
            }
            Column::Agent => branch.steps.extend(spoken(&text, voice, profile)),
            Column::Next => {
                let steps = next(&text, profile);
                // `(look at the route)`: what comes of it stands below.
                let is_deed = text.value.starts_with('(') && text.value.ends_with(')');
                waits = is_idle(&text.value) || is_deed && steps.iter().all(|step| matches!(step, Step::Line(_)));
                branch.steps.extend(steps);
            }
            Column::Count | Column::Answer => {}
            Column::Other | Column::Customer if !text.value.contains(char::is_alphabetic) => {}
            Column::Other => branch.steps.extend(next(&text, profile)),
            Column::Avoid => branch.steps.push(Step::line(Kind::Avoid, text.without(&['"', '“', '”', ' ']))),
            _ => branch.steps.push(Step::line(Kind::Note, text)),
        }
    }
    branch.steps.extend(answers(source, row, columns, headings, |text| next(text, profile)));
    let goes_on = !branch.steps.iter().any(|step| matches!(step, Step::Jump(_) | Step::End(_)));
    let asks = matches!(branch.steps.last(), Some(Step::Line(line)) if line.kind == Kind::Say && line.text.value.trim_end_matches(['"', '”', '*']).ends_with('?'));
    (branch.label.is_some() || !branch.steps.is_empty()).then_some(Row { branch, is_told, goes_on, waits, asks })
}

fn bare_label(text: &Text) -> Text {
    if let Some(open) = text.value.find(['"', '“'])
        && let Some(length) = text.value[open..].char_indices().skip(1).find(|(_, c)| matches!(c, '"' | '”')).map(|(at, _)| at)
    {
        let start = open + text.value[open..].chars().next().map_or(1, char::len_utf8);
        return text.slice(start, open + length);
    }
    text.without(&['*', '_', '(', ')', '"', '“', '”', ' ', '`'])
}

/// A cell of the agent's column: quoted or not, it is speech; quotations inside an instruction
/// (`Make no offer. Say: "…"`) are told apart by the line reader.
fn spoken(text: &Text, voice: Role, profile: &Profile) -> Vec<Step> {
    let is_instruction = quotes(&text.value).any(is_sentence);
    let is_spoken = voice == Role::Agent || text.value.contains(['"', '“']) || addresses(&text.value);
    let speaker = (!is_instruction && is_spoken).then_some(Role::Agent);
    let place = Place { speaker, is_item: false, has_children: false };
    let read = statement::read(text, place, profile);
    let mut steps = read.steps;
    if !read.branches.is_empty() {
        steps.push(Step::Choice(choice(read.branches)));
    }
    steps
}

/// What stands between quotation marks.
fn quotes(words: &str) -> impl Iterator<Item = &str> {
    words.split(['"', '“', '”']).skip(1).step_by(2)
}

/// A cell of the next column: a target by itself, or words with a jump in them.
pub fn next(text: &Text, profile: &Profile) -> Vec<Step> {
    let words = text.value.trim_start_matches(['>', '→', '➜', '=', '-', ' ', '»']);
    let lead = text.value.len() - words.len();
    let bare = text.slice(lead, text.value.len());
    if role::clean(words) == "end" {
        return vec![Step::End(bare.span())];
    }
    if let Some(target) = target::bare(behind_kind(words), profile) {
        return vec![Step::Jump(Jump { kind: JumpKind::Goto, target, text: bare })];
    }
    if let Some(ways) = routes::sections(text, profile) {
        return vec![Step::Choice(choice(ways))];
    }
    let place = Place { speaker: Some(Role::Note), is_item: false, has_children: false };
    let read = statement::read(text, place, profile);
    let mut steps = read.steps;
    match read.branches.len() {
        0 | 1 => steps.extend(read.branches.into_iter().flat_map(|branch| branch.steps)),
        _ => steps.push(Step::Choice(choice(read.branches))),
    }
    // `See Returns` in a cell leads there for good.
    for step in &mut steps {
        if let Step::Jump(Jump { kind: kind @ JumpKind::Call, .. }) = step {
            *kind = JumpKind::Goto;
        }
    }
    let is_arrow = lead > 0 && !words.is_empty() && !steps.iter().any(|step| matches!(step, Step::Jump(_) | Step::End(_)));
    if is_arrow {
        let target = Target::Name { name: words.to_string(), is_sure: true };
        return vec![Step::Jump(Jump { kind: JumpKind::Goto, target, text: bare })];
    }
    steps.retain(|step| !matches!(step, Step::Line(line) if is_idle(&line.text.value)));
    steps
}

/// Words of a cell by which the call stays where it is.
fn is_idle(words: &str) -> bool {
    matches!(
        role::clean(words).as_str(),
        "listen" | "wait" | "none" | "n/a" | "stay here" | "stay" | "wait for the answer" | "wait for answer"
    )
}

/// `row "Moving"`: the title alone.
fn behind_kind(words: &str) -> &str {
    const KINDS: [&str; 12] = ["row", "rows", "table", "section", "part", "card", "tab", "page", "block", "box", "sheet", "heading"];
    match words.trim_start().split_once(' ') {
        Some((kind, title)) if KINDS.contains(&&*role::clean(kind)) && title.starts_with(['"', '“', '*', '\'']) => title,
        _ => words,
    }
}

/// A table without speech: each row is a note; one with a customer and a next column routes.
fn notes(source: &Source, rows: &[&Block], columns: &[Column], profile: &Profile) -> Statement {
    let routes = columns.contains(&Column::Customer) && columns.contains(&Column::Next);
    if routes {
        let rows = rows.iter().filter_map(|row| read_row(source, row, columns, &[], Role::Agent, profile)).collect();
        return answers::group(rows);
    }
    let mut statement = Statement::default();
    for row in rows {
        let mut text = Text::default();
        for cell in &row.children {
            if !text.value.is_empty() {
                text.push(": ", Span::new(cell.span.start, cell.span.start));
            }
            text.append(&cell_text(source, cell));
        }
        if !text.is_empty() {
            statement.steps.push(Step::line(Kind::Note, text));
        }
    }
    statement
}
