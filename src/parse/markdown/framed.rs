//! What stands in a frame: block quotes, fences, containers, folded parts, the ways of a template.

use super::marks;
use super::{Reader, heard, plain};
use crate::parse::assemble::{Item, choice};
use crate::parse::blocks::{Block, BlockKind};
use crate::parse::role::{self, Role};
use crate::parse::statement::{self, Statement};
use crate::parse::{line, logical};
use crate::script::{Branch, Kind, Step};
use crate::source::Text;

impl Reader<'_> {
    pub(super) fn quote(&self, block: &Block, speaker: Option<Role>, items: &mut Vec<Item>) {
        if let Some(jump) = marks::quoted_name(self.source, block, self.profile) {
            return items.push(plain(vec![jump]));
        }
        let labels_agent = self.profile.labels_agent();
        let speaker = match labels_agent && marks::are_ways(self.source, block) {
            true => None,
            false => marks::quote_role(self.source, block, labels_agent).or_else(|| framed(speaker)),
        };
        items.push(plain(self.inside(block, speaker)));
    }

    /// A fenced block is one speech: its lines are joined.
    pub(super) fn fence(&self, block: &Block, speaker: Option<Role>, items: &mut Vec<Item>) {
        let lines = logical::lines(self.source, &block.lines);
        // The ways of a tree, and where a case leads, are no speech.
        let leads = |words: &str| {
            let verbs = line::verbs(words);
            verbs.first().is_some_and(|verb| verb.1 == 0) || role::is_condition(&role::clean(words)) && !verbs.is_empty()
        };
        let is_way = |words: &str| logical::is_tree(words) || leads(words);
        let is_legend = |text: &Text| marks::is_legend(&text.value);
        if lines.first().is_some_and(|first| marks::names_legend(&first.value))
            || lines.iter().filter(|text| is_legend(text)).nth(1).is_some()
        {
            return items.push(plain(lines.into_iter().map(|text| Step::line(Kind::Note, text)).collect()));
        }
        items.extend(lines.iter().map(|text| self.line(text, framed(speaker).filter(|_| !is_way(&text.value)))));
    }

    /// `:::note`: who speaks in it is told by its name; others (`:::card`) only group.
    pub(super) fn aside(&self, name: &str, block: &Block, speaker: Option<Role>, items: &mut Vec<Item>) {
        let named = if marks::names_callout(name) { Some(Role::Note) } else { role::role(name) };
        let title = block.lines.iter().map(|line| Step::line(Kind::Note, Text::copied(&self.source.text, *line)));
        let steps = title.chain(self.inside(block, named.or(speaker))).collect();
        items.push(plain(steps));
    }

    /// What can be folded: the words over it are its condition, unless they name a note.
    pub(super) fn folded(&self, block: &Block, speaker: Option<Role>, items: &mut Vec<Item>) {
        let mut titles = logical::lines(self.source, &block.lines).into_iter().map(summary);
        let Some(mut title) = titles.next_back() else { return items.push(plain(self.inside(block, speaker))) };
        let steps = self.inside(block, speaker);
        match title.statement.branches.last_mut() {
            Some(branch) => branch.steps = steps,
            None => title.statement.steps.extend(steps),
        }
        title.statement.is_open = false;
        items.push(title);
    }

    /// The ways of a template: one of them is written out, or none where it has no `else`. (A fork with a line of its
    /// own has the answers to a question.)
    pub(super) fn fork(&self, block: &Block, speaker: Option<Role>) -> Item {
        let ways = block.children.iter().filter(|child| child.kind == BlockKind::Way);
        let mut branches: Vec<Branch> = ways.map(|way| self.way(way, speaker)).collect();
        if block.lines.is_empty() && !branches.iter().any(|branch| branch.is_otherwise) {
            branches.push(Branch { is_otherwise: true, span: block.span, ..Branch::default() });
        }
        let split = Step::Choice(choice(branches));
        plain(vec![split])
    }

    fn inside(&self, block: &Block, speaker: Option<Role>) -> Vec<Step> {
        self.blocks(&block.children.iter().collect::<Vec<_>>(), speaker)
    }

    fn way(&self, block: &Block, speaker: Option<Role>) -> Branch {
        let label = block.lines.first().map(|line| Text::copied(&self.source.text, *line));
        let is_otherwise = label.as_ref().is_some_and(|label| statement::is_otherwise(&label.value));
        Branch { span: block.span, label, is_otherwise, steps: self.inside(block, speaker), ..Branch::default() }
    }
}

/// What stands in a frame is the agent's, except where nothing is to be said.
fn framed(speaker: Option<Role>) -> Option<Role> {
    speaker.filter(|role| *role == Role::Avoid).or(Some(Role::Agent))
}

/// The words over a folded part are the condition of what stands in it, unless they name a note.
pub fn summary(text: Text) -> Item {
    if role::role(&text.value) == Some(Role::Note) {
        return plain(vec![Step::line(Kind::Note, text)]);
    }
    let is_otherwise = statement::is_otherwise(&text.value);
    let branch = Branch { span: text.span(), is_otherwise, ..Branch::default() };
    let branch = match text.value.split_once(':').map(|(label, _)| (role::role(label), label.len() + 1)) {
        Some((Some(Role::Customer), said)) => heard::said(&text.slice(said, text.value.len())),
        _ => Branch { is_heard: role::speaks_of_self(&text.value), label: Some(text), ..branch },
    };
    Item { statement: Statement { branches: vec![branch], is_open: true, ..Statement::default() }, is_block: false }
}
