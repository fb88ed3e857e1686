//! The sections of a Markdown document, whatever opens them: headings, bold lines, numbered list
//! items with a bold title.

mod answers;
mod bullets;
mod capitals;
mod headings;
mod letters;
mod macros;
mod numbered;
mod questions;
mod titles;
mod told;

use super::attributes::{self, Attribute};
use super::blocks::{Block, BlockKind};
use super::{role, target};
use crate::script::{Jump, Kind, Order, Script, Section, Step};
use crate::source::{Source, Span, Text};
use capitals::Capitals;
use headings::{is_for_staff, is_reference_heading};
use titles::{bold_title, capital_title, heading_text, is_turn, titled_items};

pub use answers::fork_answers;
pub use bullets::split_bullets;
pub use headings::{
    holds_answers, is_answers, is_avoid_heading, is_closing, is_heard, is_opening, is_situation, is_stage, is_theirs, tells_of_caller,
};
pub use letters::split_letters;
pub use macros::split_macros;
pub use numbered::split_situations;
pub use questions::{mark as question_mark, split_questions};
pub use titles::{first_line, split_bold_leads, split_titles, unmake_headings};
pub use told::told;

/// A section before its lines are read.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// Without marks and attributes.
    pub heading: Option<Text>,
    pub names: Vec<String>,
    pub level: u8,
    pub span: Span,
    pub blocks: Vec<&'a Block>,
    pub is_title: bool,
    pub is_reference: bool,
    pub is_avoid: bool,
    pub is_for_staff: bool,
    pub is_situation: bool,
    /// What stands in curly brackets behind the heading.
    pub attributes: Vec<Attribute>,
}

/// Cuts a document into sections. Words before the first heading are a section without one.
pub fn parts<'a>(source: &Source, root: &'a Block) -> Vec<Part<'a>> {
    let has_headings = titles::has_headings(root);
    let capitals = Capitals::new(source);
    let writes_capitals = titles::writes_capitals(&capitals, root);
    let bold = root.children.iter().filter(|block| bold_title(source, block).is_some()).count();
    let counts = titles::counts_headings(source, root);
    // Beside numbered headings, the number of an item is no place to go on at.
    let listed = |block| {
        let items = if counts { None } else { titled_items(source, block) };
        items.or_else(|| if has_headings { None } else { numbered::situations(source, block) })
    };
    let mut parts = vec![Part::new(None, 0, root.span)];
    for block in &root.children {
        if let BlockKind::Heading(level) = block.kind {
            parts.push(Part::new(heading_text(source, block), level, block.span).called(titles::question(source, block)));
        } else if let Some(title) = bold_title(source, block)
            .filter(|title| bold >= 2 && !(has_headings && is_turn(title)))
            .or_else(|| capital_title(&capitals, block, writes_capitals).filter(|_| !has_headings))
        {
            parts.push(Part::new(Some(title), 7, block.span).called(titles::question(source, block)));
        } else if let Some(items) = listed(block) {
            for (title, number, item) in items {
                let mut part = Part::new(Some(title), 7, item.span);
                part.names.insert(0, number.to_string());
                part.blocks = item.children.iter().skip(1).collect();
                parts.push(part);
            }
        } else if !matches!(block.kind, BlockKind::FrontMatter)
            && let Some(part) = parts.last_mut()
        {
            part.blocks.push(block);
        }
    }
    mark_title(&mut parts);
    mark_bold_title(&mut parts);
    mark_what_went_wrong(&mut parts);
    inherit(&mut parts);
    parts.retain(|part| part.heading.is_some() || !part.blocks.is_empty());
    parts
}

impl<'a> Part<'a> {
    /// With one more name.
    fn called(mut self, name: Option<&str>) -> Part<'a> {
        self.names.extend(name.into_iter().flat_map(target::keys));
        self
    }

    fn new(heading: Option<Text>, level: u8, span: Span) -> Part<'a> {
        let (heading, attributes) = match heading.as_ref().and_then(attributes::split) {
            Some((words, attributes)) => (Some(words), attributes),
            None => (heading, Vec::new()),
        };
        let words = heading.as_ref().map_or("", |heading| &heading.value);
        let mut names = target::keys(words);
        names.extend(attributes.iter().filter_map(|attribute| match attribute {
            Attribute::Id(id) => Some(target::key(id)),
            _ => None,
        }));
        Part {
            is_avoid: is_avoid_heading(words),
            is_reference: is_reference_heading(words),
            is_for_staff: is_for_staff(words),
            is_situation: is_situation(words),
            names,
            heading,
            level,
            span,
            blocks: Vec::new(),
            is_title: false,
            attributes,
        }
    }
}

/// The first heading of the highest level is the title when it stands alone there and others follow.
fn mark_title(parts: &mut [Part]) {
    let levels: Vec<u8> = parts.iter().filter(|part| part.heading.is_some()).map(|part| part.level).collect();
    let Some(&first) = levels.first() else { return };
    // The only heading names the whole script, whatever its words.
    if let (1, Some(only)) = (levels.len(), parts.iter_mut().find(|part| part.heading.is_some())) {
        only.is_reference = false;
    }
    let is_alone =
        levels.iter().filter(|&&level| level == first).count() == 1 && levels.len() > 1 && levels.iter().all(|&level| level >= first);
    if is_alone
        && first <= 2
        && let Some(title) = parts.iter_mut().find(|part| part.heading.is_some())
    {
        title.is_title = true;
        // `Appointment reminders` names the whole script, whatever its words.
        title.is_reference = false;
    }
}

/// `**Claims script**` before the first bold section: the title of a document without headings.
fn mark_bold_title(parts: &mut [Part]) {
    let is_bold = parts.iter().all(|part| part.heading.is_none() || part.level == 7);
    let count = parts.iter().filter(|part| part.heading.is_some()).count();
    let Some(first) = parts.iter_mut().find(|part| part.heading.is_some() || !part.blocks.is_empty()) else { return };
    let names_script = |heading: &Text| {
        let clean = role::clean(&heading.value);
        clean.split(' ').any(|word| matches!(word, "script" | "guide" | "flow" | "playbook" | "scripts"))
    };
    if is_bold && count > 1 && first.heading.as_ref().is_some_and(names_script) {
        first.is_title = true;
        first.is_reference = false;
        first.level = 1;
    }
}

/// `Wrong` without a `Right` beside it is over what went wrong, and not over what not to say.
fn mark_what_went_wrong(parts: &mut [Part]) {
    let is_named =
        |part: &Part, names: &[&str]| part.heading.as_ref().is_some_and(|heading| names.contains(&role::clean(&heading.value).as_str()));
    let has_right = parts.iter().any(|part| is_named(part, &["right", "good", "better", "correct", "instead", "like this", "best"]));
    for part in parts.iter_mut().filter(|part| !has_right && is_named(part, &["wrong", "bad"])) {
        part.is_avoid = false;
    }
}

/// What stands under a heading of what not to say, or of reference matter, is that too.
fn inherit(parts: &mut [Part]) {
    let mut above: Option<(u8, bool)> = None;
    for part in parts {
        if let Some((level, is_avoid)) = above {
            if part.level > level {
                part.is_reference = true;
                part.is_avoid |= is_avoid;
                continue;
            }
            above = None;
        }
        if (part.is_avoid || part.is_reference) && !part.is_title {
            above = Some((part.level, part.is_avoid));
        }
    }
}

/// How the sections follow each other, from their names and jumps.
pub fn order(parts: &[Part], script: &Script) -> Order {
    let jumps =
        script.sections.iter().flat_map(|section| jumps(&section.steps)).filter(|jump| jump.kind != crate::script::JumpKind::Call).count();
    let named: Vec<&Part> =
        parts.iter().filter(|part| part.heading.is_some() && !part.is_title && !part.is_reference && !part.is_avoid).collect();
    if jumps > 0 || named.len() < 2 {
        return Order::Sequence;
    }
    let says = |section: &Section| section.steps.iter().any(|step| matches!(step, Step::Line(line) if line.kind == Kind::Say));
    let title = parts.iter().zip(&script.sections).filter(|(part, section)| part.is_title && says(section));
    let spoken: Vec<&Part> = title.map(|(part, _)| part).collect();
    let hangs = |index: usize| hangs_under(&named[..index], named[index]) || hangs_under(&spoken, named[index]);
    let named: Vec<&Part> = (0..named.len()).filter(|&index| !hangs(index)).map(|index| named[index]).collect();
    if named.len() < 2 {
        return Order::Sequence;
    }
    // Each begins with what somebody rings about.
    let hears = |section: &Section| matches!(section.steps.first(), Some(Step::Line(line)) if line.kind == Kind::Hear);
    let is_named = |part: &Part| named.iter().any(|known| known.span == part.span);
    let mut sections = parts.iter().zip(&script.sections).filter(|(part, _)| is_named(part));
    if sections.all(|(_, section)| hears(section)) {
        return Order::Menu;
    }
    let stages = named.iter().filter(|part| part.heading.as_ref().is_some_and(|text| is_stage(&text.value))).count();
    let told = named.iter().filter(|part| part.heading.as_ref().is_some_and(|text| tells_of_caller(&text.value))).count();
    // Behind an opening, one more section is what comes next.
    if (stages * 3 >= named.len() * 2 || stages + 1 == named.len() && stages > 0) && told * 3 < named.len() {
        Order::Sequence
    } else {
        Order::Menu
    }
}

/// `### If yes` under a section: a branch of it, no section in its own right.
fn hangs_under(before: &[&Part], part: &Part) -> bool {
    let is_condition = part.heading.as_ref().is_some_and(|text| role::is_condition(&role::clean(&text.value)));
    is_condition && before.iter().any(|other| other.level < part.level)
}

/// All jumps of some steps, nested ones included, in order.
pub fn jumps(steps: &[Step]) -> Vec<&Jump> {
    let mut found = Vec::new();
    for step in steps {
        match step {
            Step::Jump(jump) => found.push(jump),
            Step::Choice(choice) => choice.branches.iter().for_each(|branch| found.extend(jumps(&branch.steps))),
            _ => {}
        }
    }
    found
}
