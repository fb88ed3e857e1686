//! The order of sections: what a section goes on with where nothing is written, and where calls begin.

use super::{Builder, Pending};
use crate::flow::resolve::Place;
use crate::flow::{Edge, EdgeClass, Node, NodeId, NodeKind};
use crate::parse::outline;
use crate::parse::{line, role, target};
use crate::script::{Kind, Line, Order, Script, Section, Step, Target};

impl Builder<'_, '_> {
    /// Ties the ends of sections to what follows them.
    pub(super) fn order(&mut self, file: usize, script: &Script, ends: Vec<Pending>) {
        for (index, pending) in ends.into_iter().enumerate() {
            if pending.is_empty() {
                continue;
            }
            let children = children(script, index);
            if self.is_fork(file, script, index, &children) {
                let head = self.heads[&(file, index)];
                for child in children {
                    let to = self.heads[&(file, child)];
                    self.graph.edges[head].push(Edge { to, class: EdgeClass::Other, is_assumed: true });
                }
                continue;
            }
            if self.branch_headings(file, script, index, &pending) {
                continue;
            }
            let sorts = |next: &Section| script.order == Order::Menu || !script.has_order && is_theirs(next);
            if script.sections.get(index + 1).is_some_and(sorts) && self.open_menu(file, script, index, &pending) {
                continue;
            }
            match self.next(file, script, index, &pending) {
                Some(next) => {
                    let to = self.heads[&(file, next)];
                    let pending: Pending = pending.into_iter().map(|(node, _)| (node, true)).collect();
                    self.tie(&pending, to, EdgeClass::Next);
                }
                None => self.graph.stops.extend(pending.iter().map(|(node, _)| *node)),
            }
        }
    }

    /// What every call begins with, an opening or words right under the title, stands before the situations of a menu
    /// and leads to each of them.
    /// Whether it did.
    fn open_menu(&mut self, file: usize, script: &Script, index: usize, pending: &Pending) -> bool {
        let sections = &script.sections;
        let opens = |at: usize| sections[at].heading.as_ref().is_some_and(|heading| outline::is_opening(&heading.value));
        let is_title = |at: usize| at == 0 && (sections[0].level == 0 || is_title(script, 0));
        let are_before = (0..index).all(|at| opens(at) || is_title(at));
        let says = |step: &Step| matches!(step, Step::Line(Line { kind: Kind::Say, .. }));
        let begins = opens(index) || is_title(index) && sections[index].steps.iter().any(says);
        if !begins || !are_before {
            return false;
        }
        let (over, open): (Pending, Pending) = pending.iter().partition(|(node, _)| self.says_goodbye(*node));
        let others: Vec<usize> = match (index + 1..sections.len()).next().filter(|&next| opens(next)) {
            Some(next) => vec![next],
            None => {
                let is_quoted = is_theirs(&sections[index + 1]);
                let is_one = |section: &Section| section.is_situation && !section.is_reference && (!is_quoted || is_theirs(section));
                (index + 1..sections.len()).filter(|&at| is_one(&sections[at])).collect()
            }
        };
        if others.len() < 2 && !others.iter().any(|&other| opens(other)) {
            return false;
        }
        for other in others {
            self.opened.insert((file, other));
            let to = self.heads[&(file, other)];
            let class = self.ids.class(self.graph.nodes[to].set);
            for &(from, _) in &open {
                self.graph.edges[from].push(Edge { to, class, is_assumed: true });
            }
        }
        self.graph.stops.extend(over.iter().map(|(node, _)| *node));
        true
    }

    /// Nothing is said before the children, and most of them name situations: they are ways to choose
    /// from, not stages in a row.
    fn is_fork(&self, file: usize, script: &Script, index: usize, children: &[usize]) -> bool {
        let is_note = |step: &Step| matches!(step, Step::Anchor(_) | Step::Line(Line { kind: Kind::Note, .. }));
        let situations = children.iter().filter(|&&child| script.sections[child].is_situation).count();
        script.order == Order::Sequence
            && children.len() >= 2
            && situations * 2 > children.len()
            && script.sections[index].steps.iter().all(is_note)
            && !children.iter().any(|&child| self.named.contains(&(file, child)))
    }

    /// `### If yes`, `### If no` under a section: its lines lead there. Whether they did.
    fn branch_headings(&mut self, file: usize, script: &Script, index: usize, pending: &Pending) -> bool {
        let children = children(script, index);
        let is_fork = script.order == Order::Sequence
            && children.len() >= 2
            && children.iter().all(|&child| is_strict_situation(&script.sections[child]))
            && !children.iter().any(|&child| self.named.contains(&(file, child)));
        if !is_fork || self.is_over(pending) {
            return false;
        }
        for child in children {
            let to = self.heads[&(file, child)];
            let class = self.ids.class(self.graph.nodes[to].set);
            for &(from, _) in pending {
                self.graph.edges[from].push(Edge { to, class, is_assumed: true });
            }
            self.branches.insert((file, child), index);
        }
        true
    }

    /// The section that a section goes on with, if any.
    fn next(&self, file: usize, script: &Script, index: usize, pending: &Pending) -> Option<usize> {
        let sections = &script.sections;
        // A line before the title belongs to it.
        let is_before = |at: usize| sections[at].level == 0 || is_title(script, at);
        let behind = sections.get(index + 1).filter(|_| index < 2 && (0..=index).all(is_before));
        let is_preamble = behind.is_some_and(|behind| !behind.is_reference);
        let says = |step: &Step| !matches!(step, Step::Line(Line { kind: Kind::Note, .. }));
        // Notes before the first page of a document whose pages do not run on.
        let is_told = index == 0 && script.order == Order::Graph && !self.sources[file].is_yaml() && !sections[0].steps.iter().any(says);
        let leads_on = is_preamble && script.order != Order::Menu && !self.is_over(pending);
        if leads_on || is_told && sections.len() > 1 {
            return Some(index + 1);
        }
        if script.order != Order::Sequence {
            return None;
        }
        let parent_fork = self.fork_parent(file, script, index);
        let next = match parent_fork {
            Some(parent) => (index + 1..sections.len()).find(|&other| sections[other].level <= sections[parent].level)?,
            None => (index + 1..sections.len()).find(|&other| !sections[other].is_reference)?,
        };
        let section = sections.get(next)?;
        if section.is_reference || section.opens_script || sections[index].is_reference || self.is_over(pending) {
            return None;
        }
        // A branch that stops among others that leave does not run on into a section of its own, nor does a case that
        // nobody wrote down.
        let is_branch = |node: &Node| node.depth > 0 || node.kind == NodeKind::Fork;
        let only_branches = pending.iter().all(|(node, _)| is_branch(&self.graph.nodes[*node]));
        let in_order = numbers_in_order(&sections[index], section) && !(only_branches && self.named.contains(&(file, next)));
        let is_free = !self.named.contains(&(file, next)) && !is_strict_situation(section);
        (self.sources[file].is_yaml() || script.has_order || in_order || is_free || parent_fork.is_some()).then_some(next)
    }

    /// The section whose children are ways to choose from, if this is one of them.
    fn fork_parent(&self, file: usize, script: &Script, index: usize) -> Option<usize> {
        if let Some(&parent) = self.branches.get(&(file, index)) {
            return Some(parent);
        }
        let level = script.sections[index].level;
        let parent = (0..index).rev().find(|&other| script.sections[other].level < level && script.sections[other].heading.is_some())?;
        let head = self.heads[&(file, parent)];
        let to = self.heads[&(file, index)];
        let forks = self.graph.edges[head].len() >= 2 && self.graph.edges[head].iter().any(|edge| edge.to == to && edge.is_assumed);
        forks.then_some(parent)
    }

    /// The call was ended in words: the last lines say goodbye.
    fn is_over(&self, pending: &Pending) -> bool {
        pending.iter().all(|(node, _)| self.says_goodbye(*node))
    }

    pub(super) fn says_goodbye(&self, node: NodeId) -> bool {
        let (node, before) = (&self.graph.nodes[node], &self.graph.nodes[..node]);
        // "Thank you for calling" ends a call, unless it is what the agent says first.
        let is_declared = self.scripts[node.file].as_ref().is_some_and(|script| script.header.start.is_some());
        let is_first = !is_declared && !before.iter().rev().take(100).any(|other| other.file == node.file && other.is_spoken());
        node.is_spoken() && node.set & self.ids.closing != 0 && !is_first
    }

    pub(super) fn entries(&mut self, file: usize, script: &Script, first: usize) {
        let start = script.header.start.as_ref().and_then(|start| {
            let target = Target::Name { name: start.value.clone(), is_sure: true };
            match self.resolver.resolve(file, &self.sources[file].name, &target) {
                Place::Section(_, index) => Some(index),
                _ => None,
            }
        });
        let opening = script.sections.iter().position(|section| !section.is_reference).unwrap_or(0);
        for (index, section) in script.sections.iter().enumerate() {
            let is_first = start.map_or(index == opening, |start| start == index) || section.opens_script;
            let is_opened = self.opened.contains(&(file, index));
            let is_led_to = self.named.contains(&(file, index)) || self.branches.contains_key(&(file, index));
            let is_menu = script.order == Order::Menu && !section.is_reference && !is_opened && !is_led_to;
            let may_come_any_time = !is_opened
                && (is_strict_situation(section) || outline::holds_answers(section) || tells_of_caller(section))
                && !section.is_reference
                && !is_led_to
                && start.is_none();
            if is_first || is_menu || may_come_any_time {
                let info = &mut self.graph.sections[first + index];
                info.is_entry = true;
                self.graph.entries.push(info.node);
            }
        }
    }
}

/// Sections one level under this one, up to the next of its own level.
fn children(script: &Script, index: usize) -> Vec<usize> {
    let level = script.sections[index].level;
    let under: Vec<usize> = (index + 1..script.sections.len()).take_while(|&other| script.sections[other].level > level).collect();
    let top = under.iter().map(|&other| script.sections[other].level).min();
    let speaks = |step: &Step| matches!(step, Step::Line(Line { kind: Kind::Say, .. }));
    let may_lead = level > 0 && (!is_title(script, index) || script.sections[index].steps.iter().any(speaks));
    under.into_iter().filter(|&other| Some(script.sections[other].level) == top && may_lead).collect()
}

fn is_title(script: &Script, index: usize) -> bool {
    let (before, behind) = script.sections.split_at(index);
    let Some((title, behind)) = behind.split_first() else { return false };
    before.iter().all(|section| section.level == 0)
        && title.level <= 1
        && !behind.is_empty()
        && behind.iter().all(|section| section.level > title.level)
}

fn is_theirs(section: &Section) -> bool {
    section.heading.as_ref().is_some_and(|heading| outline::is_theirs(&heading.value))
}

/// `If the caller is upset`, `"My aid is late"`: may come at any time, follows from nothing.
pub(super) fn is_strict_situation(section: &Section) -> bool {
    section.heading.as_ref().is_some_and(|heading| role::is_condition(&role::clean(&heading.value)) || outline::is_theirs(&heading.value))
}

/// `The customer is unhappy`, and what begins with no more than `If the customer asks about the price:`.
fn tells_of_caller(section: &Section) -> bool {
    let is_turn = |words: &str| {
        let clean = role::clean(words);
        role::is_turn(clean.trim_start_matches("if ").trim_start_matches("when "))
    };
    let first = section.steps.iter().find(|step| !matches!(step, Step::Anchor(_) | Step::Line(Line { kind: Kind::Note, .. })));
    let sorts = match first {
        Some(Step::Choice(choice)) => choice.branches.iter().all(|branch| branch.label.as_ref().is_some_and(|label| is_turn(&label.value))),
        _ => false,
    };
    sorts || section.heading.as_ref().is_some_and(|heading| is_turn(&heading.value))
}

/// Both headings are numbered, and the second number follows the first.
fn numbers_in_order(one: &Section, other: &Section) -> bool {
    let of = |heading: &str| target::small_letter(heading).map(|(letter, _)| letter.to_string());
    let titled = |section: &Section| {
        let heading = &section.heading.as_ref()?.value;
        line::reference(heading).map(|reference| reference.number).or_else(|| of(heading))
    };
    // An item of a numbered list has its number beside its title.
    let listed = |section: &Section| {
        section.names.first().filter(|name| section.level == 7 && name.bytes().all(|byte| byte.is_ascii_digit())).cloned()
    };
    let number = |section: &Section| titled(section).or_else(|| listed(section));
    let (Some(a), Some(b)) = (number(one), number(other)) else { return false };
    match (a.parse::<u32>(), b.parse::<u32>()) {
        (Ok(a), Ok(b)) => b == a + 1,
        _ => a.len() == 1 && b.len() == 1 && b.bytes().next() == a.bytes().next().map(|byte| byte + 1),
    }
}
