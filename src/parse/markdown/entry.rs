//! An item of a list, as a step in a row or as branches of a choice.

use super::plain;
use crate::parse::assemble::Item;
use crate::parse::logical::ARROWS;
use crate::parse::role;
use crate::parse::statement::{self, Statement};
use crate::script::{Branch, Jump, Kind, Step, Target};
use crate::source::Text;

/// An item of a list: its words, what they were read as, and the blocks under it.
pub struct Entry {
    pub words: Text,
    pub statement: Statement,
    pub children: Vec<Step>,
    /// Unmarked words are speech in this document.
    pub is_plain: bool,
    /// An item of a numbered list.
    pub is_numbered: bool,
}

impl Entry {
    /// What the customer says or a condition, with what follows from it.
    pub fn is_branch(&self) -> bool {
        let has_children = !self.children.is_empty();
        match self.statement.branches.last() {
            Some(branch) => !branch.steps.is_empty() || has_children || branch.is_heard,
            // `1. Greet the caller.` with speech under it is a step; an item of bullets is a way to go.
            None => {
                has_children
                    && !self.children.iter().all(is_data)
                    && self.is_bare()
                    && !self.words.is_empty()
                    && (!self.is_numbered || role::is_condition(&role::clean(&self.words.value)))
            }
        }
    }

    /// A line of the agent and no case.
    pub fn is_line(&self) -> bool {
        self.statement.branches.is_empty() && !self.is_bare() && self.speaks()
    }

    /// Words that were taken for the customer's, because blocks stand under them: a question, or what is followed by
    /// nothing but conditions.
    pub fn asks_as_case(&self) -> bool {
        let is_condition =
            |branch: &Branch| !branch.is_heard && branch.label.as_ref().is_some_and(|label| role::is_condition(&role::clean(&label.value)));
        let is_forked = matches!(&self.children[..], [Step::Choice(choice)] if choice.branches.iter().all(is_condition));
        let asks = |label: &Text| label.value.trim_end().ends_with('?') || is_forked;
        let is_question = |branch: &Branch| branch.is_heard && branch.steps.is_empty() && branch.label.as_ref().is_some_and(asks);
        self.statement.steps.is_empty() && matches!(&self.statement.branches[..], [branch] if is_question(branch))
    }

    /// `3. "I'll send somebody today." Go to 6`: among numbered steps, a quotation that leads to one of them is said by
    /// the agent, too.
    pub fn speaks_as_case(&self) -> bool {
        let is_number =
            |step: &Step| matches!(step, Step::Jump(Jump { target: Target::Name { name, .. }, .. }) if name.trim().parse::<u32>().is_ok());
        let is_way = |branch: &Branch| branch.is_heard && branch.steps.len() == 1 && branch.steps.iter().all(is_number);
        self.statement.steps.is_empty() && matches!(&self.statement.branches[..], [branch] if is_way(branch))
    }

    /// Takes the case that it was read as for what the agent says.
    pub fn speak(&mut self) {
        for branch in std::mem::take(&mut self.statement.branches) {
            let said = branch.label.map(|label| Step::line(Kind::Say, label));
            self.statement.steps.extend(said.into_iter().chain(branch.steps));
        }
    }

    /// The customer's words open it.
    pub fn hears(&self) -> bool {
        self.statement.branches.iter().any(|branch| branch.is_heard)
    }

    /// The customer's words, where nothing else stands in it.
    pub fn only_heard(&self) -> Option<Text> {
        match &self.statement.branches[..] {
            [branch] if branch.is_heard && branch.steps.is_empty() && self.children.is_empty() && self.statement.steps.is_empty() => {
                branch.label.clone()
            }
            _ => None,
        }
    }

    /// The agent says something in it.
    pub fn speaks(&self) -> bool {
        self.statement.steps.iter().any(|step| matches!(step, Step::Line(line) if line.kind == Kind::Say))
    }

    /// A bare name over lines of its own that end with a jump: what stands behind it is another way.
    pub fn names_way(&self) -> bool {
        !self.children.is_empty() && self.statement.branches.is_empty() && self.is_bare() && !self.words.is_empty()
    }

    /// Every walk through what stands below it leads away.
    pub fn leaves(&self) -> bool {
        leave(&self.children)
    }

    /// A condition with a colon, and nothing below it.
    pub fn is_open(&self) -> bool {
        self.children.is_empty()
            && self.statement.is_open
            && self.statement.steps.is_empty()
            && self.words.value.trim_end_matches(['*', '_', ' ']).ends_with(':')
    }

    /// `IVR: For a lost card, press 2. => 2`: says something, and leads somewhere.
    pub fn offers_way(&self) -> bool {
        self.statement.branches.is_empty()
            && self.children.is_empty()
            && self.speaks()
            && matches!(self.statement.steps.last(), Some(Step::Jump(_)))
    }

    /// `IF the machine leaks`, without a colon, over what to do then.
    fn is_condition(&self) -> bool {
        let words = self.words.value.trim_end();
        let is_told = words.ends_with(['.', '?', '!']);
        !self.children.is_empty()
            && self.statement.branches.is_empty()
            && self.is_bare()
            && !is_told
            && role::is_condition(&role::clean(words))
    }

    /// Only words: nobody speaks, nothing jumps.
    pub fn is_bare(&self) -> bool {
        let is_words = |kind: Kind| kind == Kind::Note || (kind == Kind::Say && self.is_plain);
        let is_note = |step: &Step| matches!(step, Step::Line(line) if is_words(line.kind) && !line.text.value.contains('?'));
        self.statement.branches.iter().all(|branch| branch.steps.is_empty()) && self.statement.steps.iter().all(is_note)
    }

    /// Goes on with the sentence that leads into the list.
    pub fn is_part_of_sentence(&self) -> bool {
        self.children.is_empty() && self.is_bare() && !self.words.value.trim_end().ends_with(['.', '!', '?'])
    }

    /// This item as a line and the blocks under it.
    pub fn in_row(mut self) -> Vec<Item> {
        if self.is_condition() {
            let mut statement = Statement::default();
            self.into_branches(&mut statement);
            return vec![Item { statement, is_block: false }];
        }
        // What stands under a condition is all that belongs to it: the next item is no part of it.
        if let (true, Some(last)) = (self.statement.is_open && !self.children.is_empty(), self.statement.branches.last_mut()) {
            last.steps.append(&mut self.children);
            self.statement.is_open = false;
        }
        let mut items = vec![Item { statement: self.statement, is_block: false }];
        if !self.children.is_empty() {
            items.push(plain(self.children));
        }
        items
    }

    /// Adds this item to a choice: as the branches it already is, or as one branch that its words label.
    pub fn into_branches(mut self, choice: &mut Statement) {
        if self.statement.branches.is_empty() {
            let bare = self.is_bare() && !self.words.is_empty();
            let mut branch = Branch { span: self.words.span(), ..Branch::default() };
            if bare {
                let label = label(&self.words);
                branch.is_otherwise = statement::is_otherwise(&label.value);
                branch.label = Some(label);
            } else {
                branch.steps = std::mem::take(&mut self.statement.steps);
            }
            branch.steps.extend(self.children);
            choice.branches.push(branch);
            return;
        }
        let lead = std::mem::take(&mut self.statement.steps);
        if let Some(first) = self.statement.branches.first_mut() {
            first.steps.splice(0..0, lead);
        }
        if let Some(last) = self.statement.branches.last_mut() {
            last.steps.extend(self.children);
        }
        choice.branches.extend(self.statement.branches);
    }
}

fn leave(steps: &[Step]) -> bool {
    match steps.last() {
        Some(Step::Choice(choice)) => choice.branches.len() > 1 && choice.branches.iter().all(|branch| leave(&branch.steps)),
        last => matches!(last, Some(Step::Jump(_) | Step::End(_))),
    }
}

fn is_data(step: &Step) -> bool {
    matches!(step, Step::Line(line) if line.kind == Kind::Collect)
}

fn label(words: &Text) -> Text {
    let marks = ['*', '_', '`', ' ', ':'];
    let signs = |letter: char| marks.contains(&letter) || matches!(letter, '\u{25A0}'..='\u{25AB}' | '\u{25C6}'..='\u{25C8}');
    let start = words.value.len() - words.value.trim_start_matches(signs).len();
    let bare = words.value.trim_end_matches(marks);
    // What is said stands below: the arrow leads there.
    let bare = ARROWS.iter().find_map(|arrow| bare.strip_suffix(arrow)).unwrap_or(bare);
    words.slice(start, bare.trim_end_matches(marks).len().max(start))
}
