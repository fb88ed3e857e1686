//! Tables of steps: the rows follow each other, or lead to each other by their numbers.

use super::{Column, answers, bare_label, cell_text, next, routes, spoken};
use crate::parse::assemble::choice;
use crate::parse::blocks::Block;
use crate::parse::outline;
use crate::parse::profile::Profile;
use crate::parse::role::{self, Role};
use crate::parse::target;
use crate::script::{Branch, Jump, JumpKind, Kind, Step, Target};
use crate::source::{Source, Text};

/// A row and the rows below it that have no number of their own: further answers to the same words.
struct Group<'a> {
    number: Option<Text>,
    rows: Vec<&'a Block>,
}

pub(super) struct Table<'a> {
    pub source: &'a Source,
    pub columns: &'a [Column],
    pub headings: &'a [Text],
    pub voice: Role,
    pub profile: &'a Profile,
    /// The first column numbers the rows.
    pub is_counted: bool,
    /// Those numbers, in small letters, once the rows are grouped.
    pub numbers: Vec<String>,
}

impl Table<'_> {
    pub(super) fn read(mut self, rows: &[&Block]) -> Vec<Step> {
        let mut groups = self.groups(rows);
        let numbers = groups.iter().filter_map(|group| group.number.as_ref());
        self.numbers = numbers.map(|number| number.value.trim_matches('.').to_lowercase()).collect();
        let mut steps = Vec::new();
        let named = self.named(&groups);
        let is_case =
            |group: &Group| self.leaves(group) && !group.number.as_ref().is_some_and(|number| named.contains(&number.value.to_lowercase()));
        // Where each row says where its answers lead, what other rows lead to may stand between the cases.
        if self.is_counted && self.columns.contains(&Column::Answer) {
            groups.sort_by_key(|group| !is_case(group));
        }
        let mut groups = groups.into_iter().peekable();
        while let Some(group) = groups.next() {
            if is_case(&group) && groups.peek().is_some_and(is_case) {
                let mut cases = vec![group];
                cases.extend(std::iter::from_fn(|| groups.next_if(is_case)));
                self.cases(cases, &mut steps);
                continue;
            }
            steps.extend(group.number.map(Step::Anchor));
            let answers = group.rows.iter().filter(|row| self.cell(row, Column::Customer).is_some()).count();
            if answers < 2 || !self.columns.contains(&Column::Next) {
                group.rows.iter().for_each(|row| steps.extend(self.row(row)));
                continue;
            }
            self.answers(&group.rows, &mut steps);
        }
        steps
    }

    /// Rows that are further answers to the same words.
    fn answers(&self, rows: &[&Block], steps: &mut Vec<Step>) {
        let mut branches = Vec::new();
        for row in rows {
            let Some(label) = self.cell(row, Column::Customer) else {
                steps.extend(self.row(row));
                continue;
            };
            // What is said beside the first answer asks for all of them.
            let mut answer = self.said(row);
            if branches.is_empty() {
                steps.append(&mut answer);
            }
            answer.extend(self.way(row));
            branches.push(Branch { steps: answer, ..branch(&label) });
        }
        steps.push(Step::Choice(choice(branches)));
    }

    fn groups<'a>(&self, rows: &[&'a Block]) -> Vec<Group<'a>> {
        let mut groups: Vec<Group> = Vec::new();
        let cells = rows.iter().flat_map(|row| row.children.iter().zip(self.columns)).filter(|(_, column)| **column == Column::Next);
        let led_to: Vec<String> = cells.flat_map(|(cell, _)| routes::names(&cell_text(self.source, cell).value)).collect();
        let is_named = |name: &Text| is_number(name) || led_to.contains(&name.value.trim().to_lowercase());
        for &row in rows {
            let number = row.children.first().filter(|_| self.is_counted).map(|cell| cell_text(self.source, cell));
            match (number.filter(|number| !number.is_empty()), groups.last_mut()) {
                (None, Some(group)) if self.is_counted => group.rows.push(row),
                (number, _) => groups.push(Group { number: number.filter(is_named), rows: vec![row] }),
            }
        }
        groups
    }

    /// The rows that other rows lead to: what the customer says there answers those.
    fn named(&self, groups: &[Group]) -> Vec<String> {
        let ways = groups.iter().flat_map(|group| &group.rows).flat_map(|row| self.way(row));
        ways.flat_map(names).collect()
    }

    /// A row of its own with what the customer says, whose way leads to other rows.
    fn leaves(&self, group: &Group) -> bool {
        let [row] = group.rows[..] else { return false };
        if self.columns.iter().position(|column| *column == Column::Customer).is_some_and(|at| self.sorts_calls(at)) {
            return false;
        }
        self.cell(row, Column::Customer).is_some_and(|label| !is_told(&label))
            && self.way(row).first().is_some_and(|way| match way {
                Step::Jump(_) => true,
                Step::Choice(choice) => choice.branches.iter().all(|way| way.label.is_some()),
                _ => false,
            })
    }

    /// `2 "My line is dead" … 5`, `3 "I want to leave" … 5`: no row comes to the next one, so that they are cases.
    fn cases(&self, groups: Vec<Group>, steps: &mut Vec<Step>) {
        let case = |row: &Block| {
            let label = self.cell(row, Column::Customer).unwrap_or_default();
            Branch { steps: self.said(row).into_iter().chain(self.way(row)).collect(), ..branch(&label) }
        };
        let branches = groups.iter().flat_map(|group| &group.rows).map(|row| case(row)).collect();
        steps.extend(groups.into_iter().filter_map(|group| group.number).map(Step::Anchor));
        steps.push(Step::Choice(choice(branches)));
    }

    /// `When`: the column tells at what point a row is come to.
    fn sorts_calls(&self, column: usize) -> bool {
        self.headings.get(column).is_some_and(|heading| role::clean(&heading.value) == "when")
    }

    /// All cells in their order.
    fn row(&self, row: &Block) -> Vec<Step> {
        let first = usize::from(self.is_counted);
        let mut steps = Vec::new();
        for ((at, cell), column) in row.children.iter().enumerate().zip(self.columns).skip(first) {
            let text = cell_text(self.source, cell);
            match column {
                _ if text.is_empty() => {}
                Column::Agent => steps.extend(spoken(&text, self.voice, self.profile)),
                Column::Next => steps.extend(self.lead(&text)),
                Column::Customer if !text.value.contains(char::is_alphabetic) => {}
                Column::Customer if !text.value.contains(['"', '“']) && (self.sorts_calls(at) || outline::is_stage(&text.value)) => {
                    steps.push(Step::line(Kind::Note, text));
                }
                Column::Customer if !is_told(&text) => steps.push(Step::line(Kind::Hear, bare_label(&text))),
                Column::Other if !text.value.contains(char::is_alphabetic) => {}
                Column::Answer => {}
                _ => steps.push(Step::line(Kind::Note, text)),
            }
        }
        steps.extend(self.answered(row));
        steps
    }

    fn cell(&self, row: &Block, wanted: Column) -> Option<Text> {
        let place = self.columns.iter().position(|column| *column == wanted)?;
        row.children.get(place).map(|cell| cell_text(self.source, cell)).filter(|text| !text.is_empty())
    }

    /// What the agent says.
    fn said(&self, row: &Block) -> Vec<Step> {
        self.cell(row, Column::Agent).map_or(Vec::new(), |text| spoken(&text, self.voice, self.profile))
    }

    fn way(&self, row: &Block) -> Vec<Step> {
        self.cell(row, Column::Next).map_or_else(|| self.answered(row), |text| self.lead(&text))
    }

    /// Where the columns of the answers lead; `Next 7` in the first of them is the only way.
    fn answered(&self, row: &Block) -> Vec<Step> {
        let only = self.cell(row, Column::Answer).filter(|text| text.value.starts_with("Next "));
        match only {
            Some(text) => self.lead(&text.slice("Next ".len(), text.value.len())),
            None => answers(self.source, row, self.columns, self.headings, |text| self.lead(text)).into_iter().collect(),
        }
    }

    /// `4`, `→ 4`, `step 4`, `2, 5 or 8`, `yes → 4, no → 6`: rows of this table; else as in any other table.
    fn lead(&self, text: &Text) -> Vec<Step> {
        if let Some(ways) = routes::read(text, &self.numbers) {
            return vec![Step::Choice(choice(ways))];
        }
        let whole = text.value.trim().trim_end_matches('.');
        let is_count = |word: &str| word.len() <= 3 && word.parse::<u16>().is_ok();
        // `7` of six rows is a slip.
        let is_slip = self.is_counted && is_count(whole) && self.numbers.iter().all(|number| is_count(number));
        if self.numbers.contains(&whole.to_lowercase()) || is_slip {
            return vec![jump(text, whole)];
        }
        let is_mark = |letter: char| !letter.is_alphanumeric() && letter != '.';
        let words = text.value.split(is_mark).map(|word| word.trim_matches('.'));
        let is_filler =
            |word: &&str| matches!(word.to_lowercase().as_str(), "" | "or" | "and" | "row" | "rows" | "step" | "steps" | "to" | "go");
        let words: Vec<&str> = words.filter(|word| !is_filler(word)).collect();
        // A row of this table, or of another one whose rows have such names.
        let is_row = |word: &&str| {
            self.numbers.contains(&word.to_lowercase()) || self.is_counted && (is_name(word) || target::is_section(word, self.profile))
        };
        if words.is_empty() || !words.iter().all(is_row) {
            return next(text, self.profile);
        }
        let jumps: Vec<Step> = words.into_iter().map(|number| jump(text, number)).collect();
        if jumps.len() < 2 {
            return jumps;
        }
        let branch = |step: Step| Branch { steps: vec![step], span: text.span(), ..Branch::default() };
        vec![Step::Choice(choice(jumps.into_iter().map(branch).collect()))]
    }
}

/// To a row that a cell names.
fn jump(cell: &Text, number: &str) -> Step {
    let from = number.as_ptr() as usize - cell.value.as_ptr() as usize;
    let target = Target::Name { name: number.to_lowercase(), is_sure: true };
    Step::Jump(Jump { kind: JumpKind::Goto, target, text: cell.slice(from, from + number.len()) })
}

/// The names of rows that steps lead to.
fn names(step: Step) -> Vec<String> {
    match step {
        Step::Jump(Jump { target: Target::Name { name, .. }, .. }) => vec![name],
        // `2, 5 or 8` lists cases.
        Step::Choice(choice) => {
            choice.branches.into_iter().filter(|way| way.label.is_some()).flat_map(|way| way.steps).flat_map(names).collect()
        }
        _ => Vec::new(),
    }
}

/// `3`, `3b`, `2.1`, `OP1`; a name of a stage leads nowhere.
fn is_number(text: &Text) -> bool {
    text.value.len() <= 4 && text.value.starts_with(|letter: char| letter.is_ascii_digit()) || is_name(&text.value)
}

/// `OP1`, `S20`
pub(super) fn is_name(word: &str) -> bool {
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    word.len() <= 5
        && (1..=3).contains(&(word.len() - digits.len()))
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `(gives both)`, `Patient gives both`: tells of the call, and is not what the customer says.
fn is_told(text: &Text) -> bool {
    text.value.trim_start_matches('*').starts_with('(') || role::is_turn(&role::clean(&text.value))
}

fn branch(label: &Text) -> Branch {
    let words = bare_label(label);
    Branch { span: words.span(), is_heard: !is_told(label), label: Some(words), ..Branch::default() }
}
