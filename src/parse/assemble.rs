//! Statements in a row to steps: neighbouring conditions become one choice, and what follows an open
//! condition belongs to it.

mod again;
mod lone;

use super::statement::Statement;
use crate::script::{Branch, Choice, JumpKind, Kind, Step};

/// A statement and where it came from.
pub struct Item {
    pub statement: Statement,
    /// A list or table: a choice of its own, not joined with conditions before and after it.
    pub is_block: bool,
}

/// A paragraph in which every line is a way to go on, answered on the line itself, is one choice: its
/// items from `first` on become one.
pub fn join_ways(items: &mut Vec<Item>, first: usize) {
    let is_way = |item: &Item| {
        let Statement { steps, branches, is_open } = &item.statement;
        !item.is_block && steps.iter().all(|step| matches!(step, Step::Anchor(_))) && !branches.is_empty() && !is_open
    };
    if items.len() < first + 2 || !items[first..].iter().all(is_way) {
        return;
    }
    let mut ways = Statement::default();
    for item in items.drain(first..) {
        ways.steps.extend(item.statement.steps);
        ways.branches.extend(item.statement.branches);
    }
    items.push(Item { statement: ways, is_block: false });
}

/// Puts statements in a row together.
pub fn assemble(items: Vec<Item>) -> Vec<Step> {
    let mut row = Row::default();
    let items = join_variants(items);
    let begins: Vec<Option<bool>> = items.iter().map(begins).collect();
    for (index, item) in items.into_iter().enumerate() {
        let next_begins = begins[index + 1..].iter().flatten().next().copied().unwrap_or(false);
        row.add(item, next_begins);
    }
    lone::say(part_at_turns(row.steps))
}

/// What the customer says, the answer, a jump; what else the customer may say, a jump: nothing can
/// follow a jump, so these turns are ways to choose from.
fn part_at_turns(steps: Vec<Step>) -> Vec<Step> {
    let leaves = |step: &Step| matches!(step, Step::Jump(jump) if jump.kind != JumpKind::Call) || matches!(step, Step::End(_));
    let heard = |step: &Step| matches!(step, Step::Line(line) if line.kind == Kind::Hear);
    let cut = |index: usize| leaves(&steps[index]) && steps.get(index + 1).is_some_and(heard);
    let Some(first_cut) = (0..steps.len()).find(|&index| cut(index)) else { return steps };
    // Two answers in a row that lead away at once are ways by themselves, whatever was said before them.
    let is_answer = |index: usize| steps.get(index).is_some_and(heard) && steps.get(index + 1).is_some_and(leaves);
    let at_once = first_cut.checked_sub(1).filter(|&index| is_answer(index) && is_answer(first_cut + 1));
    let Some(start) = at_once.or_else(|| (0..first_cut).find(|&index| heard(&steps[index]))) else { return steps };
    let mut parted: Vec<Step> = Vec::new();
    let mut branches: Vec<Branch> = Vec::new();
    let mut is_over = false;
    for (index, step) in steps.into_iter().enumerate() {
        let begins = index == start || (heard(&step) && branches.last().is_some_and(|branch| branch.steps.last().is_some_and(leaves)));
        match step {
            Step::Line(line) if begins && !is_over => {
                let span = line.text.span();
                branches.push(Branch { label: Some(line.text), is_heard: true, span, ..Branch::default() });
            }
            // Behind the last jump nothing belongs to a branch any more.
            step => match branches.last_mut().filter(|branch| !is_over && !branch.steps.last().is_some_and(leaves)) {
                Some(branch) => branch.steps.push(step),
                None => {
                    if !branches.is_empty() {
                        is_over = true;
                    }
                    parted.push(step);
                }
            },
        }
    }
    let at = start.min(parted.len());
    parted.insert(at, Step::Choice(choice(branches)));
    parted
}

/// `OR` on a line of its own: what stands before and after it are two ways to say the same.
fn join_variants(items: Vec<Item>) -> Vec<Item> {
    let mut joined: Vec<Item> = Vec::with_capacity(items.len());
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        let is_between = is_or(&item) && joined.last().is_some_and(is_variant) && items.peek().is_some_and(is_variant);
        match (is_between, joined.last_mut()) {
            (true, Some(first)) => {
                if first.statement.branches.is_empty() {
                    let steps = std::mem::take(&mut first.statement.steps);
                    first.statement.branches.push(variant(steps));
                    first.is_block = true;
                }
                let second = items.next().map(|item| item.statement.steps);
                first.statement.branches.extend(second.map(variant));
            }
            _ => joined.push(item),
        }
    }
    joined
}

fn is_or(item: &Item) -> bool {
    /// With all its marks, in bytes.
    const LONGEST: usize = 16;
    let Statement { steps, branches, .. } = &item.statement;
    let is_or = |words: &str| words.len() <= LONGEST && super::role::clean(words) == "or";
    matches!(&steps[..], [Step::Line(line)] if branches.is_empty() && is_or(&line.text.value))
}

/// Only speech, or variants that were joined before.
fn is_variant(item: &Item) -> bool {
    let Statement { steps, branches, .. } = &item.statement;
    let speaks = !steps.is_empty() && steps.iter().all(|step| matches!(step, Step::Line(line) if line.kind == Kind::Say));
    let is_joined = steps.is_empty() && item.is_block && !branches.is_empty() && branches.iter().all(|branch| branch.label.is_none());
    (speaks && branches.is_empty() && !is_or(item)) || is_joined
}

fn variant(steps: Vec<Step>) -> Branch {
    let span = steps.iter().find_map(|step| if let Step::Line(line) = step { Some(line.text.span()) } else { None });
    Branch { steps, span: span.unwrap_or_default(), ..Branch::default() }
}

/// Whether an item begins with a condition; `None` for the mark that a paragraph ends.
fn begins(item: &Item) -> Option<bool> {
    let Statement { steps, branches, .. } = &item.statement;
    let is_mark = !item.is_block && steps.is_empty() && branches.is_empty();
    (!is_mark).then_some(!item.is_block && !branches.is_empty() && steps.is_empty())
}

#[derive(Default)]
struct Row {
    steps: Vec<Step>,
    /// The last step is a choice that may get more branches.
    is_growing: bool,
    /// The last branch of it waits for its lines.
    is_open: bool,
    /// It holds an order already (`If yes, ask which town.`) and waits for one line, the words to say.
    is_brief: bool,
}

impl Row {
    fn add(&mut self, item: Item, next_begins: bool) {
        let Statement { steps, branches, is_open } = item.statement;
        if !item.is_block && steps.is_empty() && branches.is_empty() {
            // The end of a paragraph that held a condition and its answer.
            self.is_open = false;
            return;
        }
        // A numbered line is a place of its own, under no condition before it.
        if !item.is_block && branches.is_empty() && matches!(steps[..], [Step::Anchor(_)]) {
            self.is_open = false;
        }
        if item.is_block {
            let says = |branch: &Branch| branch.is_heard && branch.steps.is_empty();
            let are_ways_to_say = self.is_open && branches.iter().all(says);
            if steps.is_empty() && !branches.is_empty() && (self.asks() || are_ways_to_say) {
                return self.answer(choice(branches));
            }
            // `Then check the account.`, and what may come out of it in a frame below.
            if branches.is_empty() && self.looks() && matches!(&steps[..], [Step::Choice(choice)] if choice.branches.len() > 1) {
                return self.open_branch().into_iter().for_each(|branch| branch.steps.extend(steps.clone()));
            }
            let mut all = steps;
            all.extend(rungs(branches));
            return self.plain(all, next_begins);
        }
        if !steps.is_empty() {
            let leaves_too = branches.is_empty();
            self.plain(steps, next_begins && leaves_too);
        }
        if !is_open && self.is_open && again::are_answers(&branches) && self.open_branch().is_some_and(again::asks_first) {
            return self.answer(choice(branches));
        }
        if !branches.is_empty() {
            // Ways to say one thing are no answer to it.
            self.is_brief = branches.last().is_some_and(|branch| !matches!(branch.steps[..], [] | [Step::Choice(_)]));
            self.branches(branches);
            self.is_open = is_open;
        }
    }

    /// The last branch ends with a question: a list of answers behind it belongs to it.
    fn asks(&self) -> bool {
        let Some(Step::Choice(choice)) = self.steps.last().filter(|_| self.is_growing) else { return false };
        let last = choice.branches.last().and_then(|branch| branch.steps.last());
        matches!(last, Some(Step::Line(line)) if line.kind == Kind::Say && line.text.value.trim_end().ends_with('?'))
    }

    /// The last branch ends with what the agent has to do, not to say.
    fn looks(&self) -> bool {
        let Some(Step::Choice(choice)) = self.steps.last().filter(|_| self.is_growing) else { return false };
        let last = choice.branches.last().and_then(|branch| branch.steps.last());
        matches!(last, Some(Step::Line(line)) if line.kind == Kind::Note)
    }

    /// Adds answers to the last branch, before it leaves. They are not what it waits for.
    fn answer(&mut self, answers: Choice) {
        let Some(branch) = self.open_branch() else { return };
        let leaving = branch.steps.iter().rev().take_while(|step| matches!(step, Step::Jump(_) | Step::End(_))).count();
        branch.steps.insert(branch.steps.len() - leaving, Step::Choice(answers));
        self.is_open &= leaving == 0;
    }

    /// Steps without a condition: into the open branch, or behind the choice.
    fn plain(&mut self, steps: Vec<Step>, next_begins: bool) {
        let only_leaves = !steps.is_empty() && steps.iter().all(|step| matches!(step, Step::Jump(_) | Step::End(_)));
        if self.is_open
            && !(only_leaves && self.ends_all_branches(next_begins))
            && (!self.is_brief || steps.iter().all(is_said))
            && let Some(branch) = self.open_branch()
        {
            branch.steps.extend(steps);
            self.is_open = !self.is_brief;
            return;
        }
        self.is_open = false;
        self.is_growing = false;
        self.steps.extend(steps);
    }

    /// A jump on a line of its own behind the last of several conditions is for all of them, unless
    /// the others have jumps of their own.
    fn ends_all_branches(&self, next_begins: bool) -> bool {
        let Some(Step::Choice(choice)) = self.steps.last() else { return false };
        let (last, others) = match choice.branches.split_last() {
            Some(split) => split,
            None => return false,
        };
        let others_leave = others.iter().any(|branch| branch.steps.iter().any(|step| matches!(step, Step::Jump(_) | Step::End(_))));
        !next_begins && !others.is_empty() && !others_leave && !last.steps.is_empty()
    }

    fn open_branch(&mut self) -> Option<&mut Branch> {
        match self.steps.last_mut() {
            Some(Step::Choice(choice)) => choice.branches.last_mut(),
            _ => None,
        }
    }

    /// Ways that all stay here, and in the next paragraph ways that lead on: what is asked second comes
    /// after what was asked first.
    fn asks_again(&self, branches: &[Branch]) -> bool {
        let Some(Step::Choice(last)) = self.steps.last() else { return false };
        let leaves = |branch: &Branch| matches!(branch.steps.last(), Some(Step::Jump(_) | Step::End(_)));
        let are_several = last.branches.len() >= 2 && branches.len() >= 2;
        are_several && branches.iter().any(leaves) && !last.branches.iter().any(|branch| leaves(branch) || branch.steps.is_empty())
    }

    fn branches(&mut self, branches: Vec<Branch>) {
        if self.is_growing
            && !self.asks_again(&branches)
            && let Some(Step::Choice(last)) = self.steps.last_mut()
            && !branches.iter().any(|branch| again::is_repeated(last, branch))
        {
            for branch in branches {
                last.span = last.span.to(branch.span);
                last.branches.push(branch);
            }
            return;
        }
        self.steps.push(Step::Choice(choice(branches)));
        self.is_growing = true;
    }
}

/// The branches of a list. `No`, an answer, and then `Still no`: the second no is heard behind the answer.
fn rungs(branches: Vec<Branch>) -> Vec<Step> {
    let mut choices: Vec<Vec<Branch>> = Vec::new();
    for branch in branches {
        match choices.last_mut() {
            Some(last) if !last.last().is_some_and(|no| insists(no, &branch)) => last.push(branch),
            _ => choices.push(vec![branch]),
        }
    }
    choices.into_iter().map(|branches| Step::Choice(choice(branches))).collect()
}

/// Whether a branch is heard behind the answer to the one before it: a plain no that the agent answers and does not
/// leave by, and then no again.
fn insists(before: &Branch, branch: &Branch) -> bool {
    let words = |branch: &Branch| branch.label.as_ref().map_or(String::new(), |label| super::role::clean(&label.value));
    let (first, label) = (words(before), words(branch));
    let says_no = first == "no" || first.starts_with("no ") || first.ends_with(" no") || first.ends_with("declines");
    let is_again = label.split(' ').take(4).any(|word| matches!(word, "still" | "again" | "insists"));
    before.steps.last().is_some_and(is_said) && (says_no && is_again || again::holds_out(&label))
}

fn is_said(step: &Step) -> bool {
    matches!(step, Step::Line(line) if line.kind == Kind::Say)
}

pub fn choice(branches: Vec<Branch>) -> Choice {
    let span = branches.iter().map(|branch| branch.span).reduce(|a, b| a.to(b)).unwrap_or_default();
    Choice { branches, span }
}
