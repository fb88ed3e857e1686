//! What the columns of a table hold, by their headings.

use super::steps::is_name;
use super::{cell_text, is_idle};
use crate::parse::blocks::{Block, BlockKind};
use crate::parse::line::{self, PieceKind};
use crate::parse::profile::Profile;
use crate::parse::role::{self, Role};
use crate::parse::spoken::addresses;
use crate::source::{Source, Text};

/// What a column holds, by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Customer,
    Agent,
    Next,
    /// What not to say.
    Avoid,
    /// Numbers and names of the rows.
    Count,
    /// What follows from one answer, which its heading gives: `If yes`.
    Answer,
    Other,
}

/// The headings of a table.
pub fn headings(source: &Source, table: &Block) -> Vec<Text> {
    let head = table.children.iter().find(|row| row.kind == BlockKind::Row { is_head: true });
    head.into_iter().flat_map(|row| &row.children).map(|cell| cell_text(source, cell)).collect()
}

/// The columns of a table.
pub fn columns(source: &Source, table: &Block) -> Vec<Column> {
    let headings = headings(source, table);
    let mut columns: Vec<Column> = headings.iter().map(|heading| column(&heading.value)).collect();
    find_answers(source, table, &headings, &mut columns);
    // What you do may be what you say, where no other column tells it.
    let is_ours = |clean: &str| is_deed(clean) && clean.split(' ').any(|word| matches!(word, "you" | "we" | "agent" | "rep"));
    if !columns.contains(&Column::Agent)
        && let Some(deed) = headings.iter().position(|heading| is_ours(&role::clean(&heading.value)))
    {
        columns[deed] = Column::Agent;
    }
    // `Come back with`: whatever it is called, its cells speak to the customer, where another column is theirs.
    if columns.contains(&Column::Customer)
        && !columns.contains(&Column::Agent)
        && let Some(spoken) = (0..columns.len()).find(|&at| columns[at] == Column::Other && is_spoken(source, table, at))
    {
        columns[spoken] = Column::Agent;
    }
    find_next(source, table, &headings, &mut columns);
    // `Trigger`, `Topic`: whatever the first column but numbers is called, its words lead to what is said.
    if let Some(first) = headings
        .iter()
        .position(|heading| !is_count(&heading.value))
        .map(|first| first.max(usize::from(names_rows(source, table))))
        .filter(|first| *first < 2 && *first < columns.len())
        && columns[first] == Column::Other
        && (columns.contains(&Column::Agent) || matches!(columns[first + 1..], [Column::Next]))
        && !columns.contains(&Column::Customer)
    {
        columns[first] = Column::Customer;
    }
    columns
}

/// `If yes` and `If no`: one alone would be something else.
fn find_answers(source: &Source, table: &Block, headings: &[Text], columns: &mut [Column]) {
    let is_answer = |heading: &Text| matches!(role::clean(&heading.value).trim_start_matches("if "), "yes" | "no" | "y" | "n");
    if headings.iter().filter(|heading| is_answer(heading)).count() != 2 {
        return;
    }
    // `Ask / tell the caller | Yes | No`: what is answered is asked, whatever its column is called.
    if !columns.contains(&Column::Agent)
        && let Some(asked) = headings.iter().position(|heading| !is_count(&heading.value) && !is_answer(heading))
        && is_spoken(source, table, asked)
    {
        columns[asked] = Column::Agent;
    }
    if columns.contains(&Column::Agent) {
        columns.iter_mut().zip(headings).filter(|(_, heading)| is_answer(heading)).for_each(|(column, _)| *column = Column::Answer);
    }
}

/// The column of places to go on at, where its heading alone doesn't say so.
fn find_next(source: &Source, table: &Block, headings: &[Text], columns: &mut [Column]) {
    // `Land on`, `Turn`: whatever it is called, its cells name places.
    if !columns.contains(&Column::Next)
        && let Some(way) = (0..columns.len()).rev().find(|&at| columns[at] == Column::Other && leads(source, table, at))
    {
        columns[way] = Column::Next;
    }
    // `Follow-up`, whose cells are numbers of rows.
    let is_number = |cell: &str| is_idle(cell) || cell.parse::<u16>().is_ok() || cell == "end";
    if let [_, _, .., last @ Column::Other] = columns
        && headings.first().is_some_and(|heading| is_count(&heading.value))
        && has_mostly(source, table, headings.len() - 1, is_number)
    {
        *last = Column::Next;
    }
    // `Card`, behind what the caller says: the card that it leads to.
    if let [Column::Customer, .., last @ Column::Other] = columns
        && headings
            .last()
            .is_some_and(|heading| matches!(role::clean(&heading.value).as_str(), "card" | "page" | "sheet" | "section" | "part"))
    {
        *last = Column::Next;
    }
}

/// `R: It's on its way.`: whatever a column is called, most of its cells begin with the agent's label.
pub(super) fn by_labels(source: &Source, rows: &[&Block], columns: &mut [Column], profile: &Profile) {
    let is_labelled = |cell: &Block| {
        let words = cell_text(source, cell).value;
        words.split_once(':').is_some_and(|(name, _)| name.len() < 24 && profile.role(name.trim_matches(['*', '_'])) == Some(Role::Agent))
    };
    let count = |at: usize| rows.iter().filter_map(|row| row.children.get(at)).filter(|cell| is_labelled(cell)).count();
    if let Some(spoken) = (0..columns.len()).find(|&at| count(at) > 1 && count(at) * 2 >= rows.len()) {
        columns[spoken] = Column::Agent;
    }
}

/// At least half of the cells of a column, and more than one, are words to the customer.
fn is_spoken(source: &Source, table: &Block, column: usize) -> bool {
    has_mostly(source, table, column, |cell| cell.contains(['"', '“']) || addresses(cell))
}

/// The same for the number of a card or step, and words like `wait`.
fn leads(source: &Source, table: &Block, column: usize) -> bool {
    let is_place = |cell: &str| line::reference(bare(cell)).is_some_and(|reference| reference.kind.is_some() && reference.rest.is_empty());
    let is_arrow = |cell: &str| line::pieces(cell).first().is_some_and(|piece| piece.kind == PieceKind::Arrow);
    has_mostly(source, table, column, |cell| is_idle(cell) || is_place(cell) || is_arrow(cell))
}

/// `➤ Card 2`, `**SKIP TO** BOX B`: without what leads there.
fn bare(cell: &str) -> &str {
    let cell = cell.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '§');
    let behind = line::verbs(cell).first().filter(|verb| verb.1 == 0).map_or(cell, |verb| &cell[verb.2..]);
    behind.trim_matches([' ', '*', '_', '`', '.'])
}

fn has_mostly(source: &Source, table: &Block, column: usize, is_so: impl Fn(&str) -> bool) -> bool {
    let rows = table.children.iter().filter(|row| row.kind == BlockKind::Row { is_head: false });
    let cells: Vec<Text> = rows.filter_map(|row| row.children.get(column)).map(|cell| cell_text(source, cell)).collect();
    let count = cells.iter().filter(|cell| is_so(&cell.value)).count();
    count > 1 && count * 2 >= cells.len()
}

/// `What we do`, `Action`
fn is_deed(clean: &str) -> bool {
    clean == "do" || clean.ends_with(" do") || clean.split(' ').any(|word| matches!(word, "action" | "actions"))
}

/// Words in the heading of a column that the agent says.
const OURS: [&str; 15] =
    ["you", "your", "wording", "agent", "rep", "csr", "script", "response", "reply", "answer", "adviser", "advisor", "we", "speak", "our"];
/// The same for what the customer says, or the case.
const THEIRS: [&str; 17] = [
    "they", "customer", "caller", "client", "guest", "member", "patient", "reason", "situation", "if", "when", "question", "objection",
    "says", "hear", "asks", "concern",
];

/// What a column under this heading holds.
pub fn column(heading: &str) -> Column {
    let clean = role::clean(heading);
    if role::is_avoid(&clean) || heading.contains(['❌', '🚫', '✗']) || clean.contains("don t say") || clean.contains("not say") {
        return Column::Avoid;
    }
    let has = |words: &[&str]| clean.split(' ').any(|word| words.contains(&word));
    // `What the cardholder may say`
    let says = has(&["say", "says", "asks", "ask", "tells", "wants", "words"]);
    let names_them = |word: &str| role::is_customer(word) && !matches!(word, "he" | "she");
    let is_us = |word: &str| word != "say" && role::role(word) == Some(Role::Agent);
    let is_about_them = clean.starts_with("what the ") && !clean.split(' ').any(is_us);
    if says && !has(&["to"]) && (is_about_them || clean.split(' ').any(names_them)) {
        return Column::Customer;
    }
    // `You hear or see`, `What you find`
    if has(&["hear", "see", "hears", "find", "finds", "found"]) && !says {
        return Column::Customer;
    }
    // `Then say…`
    if says && has(&["then"]) {
        return Column::Agent;
    }
    if has(&["next", "goto", "then"])
        || clean.starts_with("go to")
        || matches!(clean.as_str(), "where" | "where to" | "where next")
        || clean.ends_with("goes to")
        || is_deed(&clean)
    {
        return Column::Next;
    }
    match role::role(heading) {
        _ if has(&OURS) => Column::Agent,
        Some(Role::Agent) => Column::Agent,
        _ if has(&THEIRS) => Column::Customer,
        Some(Role::Customer) => Column::Customer,
        _ => Column::Other,
    }
}

/// Beside what callers want and what is said then, a column of what not to say; where it is said *instead*, the table
/// only compares wordings.
pub fn tell_of_calls(columns: &[Column], headings: &[Text]) -> bool {
    let at = |wanted: Column| columns.iter().position(|column| *column == wanted);
    let (Some(0), Some(agent), Some(avoid)) = (at(Column::Customer), at(Column::Agent), at(Column::Avoid)) else { return false };
    let compares = ["instead", "better", "good", "try", "rather"];
    let is_compared = role::clean(&headings[agent].value).split(' ').any(|word| compares.contains(&word));
    !is_compared && (agent < avoid || at(Column::Next).is_some())
}

/// `A1`, `A2`: whatever the first column is called, it names the rows.
pub fn names_rows(source: &Source, table: &Block) -> bool {
    let rows = table.children.iter().filter(|row| row.kind == BlockKind::Row { is_head: false });
    let mut names = rows.filter_map(|row| row.children.first()).map(|cell| cell_text(source, cell).value);
    table.children.len() > 1 && names.all(|name| is_name(&name))
}

/// A heading of numbers in the order of the call.
pub fn is_count(heading: &str) -> bool {
    matches!(
        role::clean(heading).as_str(),
        "" | "step" | "stage" | "no" | "nr" | "ref" | "row" | "number" | "order" | "phase" | "part of the call"
    )
}
