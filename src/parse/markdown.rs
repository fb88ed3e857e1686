//! The Markdown carrier: blocks to sections, lines to steps.

mod dialogue;
mod entry;
mod framed;
mod heard;
mod kinds;
mod list;
mod marks;
mod orders;
mod ours;
mod returns;
mod whole;

pub use whole::names_callers;

use super::assemble::{self, Item};
use super::attributes;
use super::blocks::{self, Block, BlockKind};
use super::heads;
use super::line::{self, Piece, PieceKind};
use super::logical;
use super::outline::{self, Part};
use super::profile::{Profile, Survey};
use super::role::Role;
use super::statement::{self, Place, Statement};
use super::{faults, frames, indent, spoken, table, target, turns};
use crate::script::{Kind, Order, Script, Section, Step};
use crate::source::{Source, Span, Text};
use std::collections::{BTreeSet, HashMap};

pub use heard::announces;
pub use marks::names_callout;

pub fn parse(source: &Source) -> Script {
    let mut root = framed_blocks(source);
    let leads = cut(source, &mut root);
    let mut survey = Survey::default();
    let mut turns = turns::split(source, &mut root, &mut survey);
    let marks: BTreeSet<&str> = leads.iter().map(|(_, mark)| *mark).collect();
    if !marks.is_empty() {
        survey.turns(marks.into_iter().map(|mark| (mark, Role::Agent)).collect());
        turns.extend(leads.into_iter().map(|(start, _)| (start, Role::Agent)));
    }
    marks::inspect(source, &root, &mut survey, false);
    let mut profile = survey.profile();
    let parts = outline::parts(source, &root);
    let numbered = learn_names(source, &root, &parts, &mut profile);
    let mut script = Script::default();
    let declared = front_matter(source, &root, &mut script);
    let reader = Reader { source, profile: &profile, numbered, turns };
    script.sections = parts.iter().map(|part| reader.section(part)).collect();
    whole::set_title(source, &parts, &mut script);
    returns::call(&mut script);
    script.guesses = profile.guesses.clone();
    let declared = declared.or(attributes::apply_to_script(&mut script, &parts));
    whole::set_order(source, &parts, declared, &mut script);
    let is_manual = profile.is_quiet && (profile.has_code || whole::names_manual(&source.name));
    script.is_call_script = !is_manual && whole::is_call_script(&script, &profile);
    if !is_manual && !script.is_call_script && orders::has(&script) {
        orders::apply(&mut script);
    }
    script.faults.extend(faults::find(source, &root, &script));
    script.faults.sort_by_key(|fault| fault.span);
    script
}

/// The blocks of a document, those in frames of a wiki or of HTML nested into them.
fn framed_blocks(source: &Source) -> Block {
    let Some((masked, frames)) = frames::find(&source.text) else { return blocks::blocks(&source.text) };
    let mut root = blocks::blocks(&masked);
    frames::nest(&mut root, &frames);
    root
}

/// Cuts blocks where the document means more or fewer of them than Markdown does. Gives the bytes at which the agent's
/// words begin behind questions and bold leads, and the mark before them.
fn cut(source: &Source, root: &mut Block) -> Vec<(usize, &'static str)> {
    indent::part(source, root);
    outline::split_letters(source, root);
    indent::nest(source, root);
    heads::split(source, root);
    outline::unmake_headings(source, root);
    outline::split_titles(source, root);
    let answers = outline::split_questions(source, root).into_iter().map(|start| (start, "A"));
    let leads = outline::split_bold_leads(source, root).into_iter().map(|start| (start, "–"));
    let macros = outline::split_macros(source, root).into_iter().map(|start| (start, "#"));
    let leads = answers.chain(leads).chain(macros).collect();
    outline::fork_answers(source, root);
    outline::split_bullets(source, root);
    outline::split_situations(source, root);
    leads
}

/// Tells the profile what sections are called. Gives the lists whose items a jump may name, and the section of each.
fn learn_names(source: &Source, root: &Block, parts: &[Part], profile: &mut Profile) -> HashMap<Span, String> {
    profile.sections.extend(parts.iter().flat_map(|part| part.names.iter().cloned()));
    let is_capital = |part: &&Part| part.level > 1 && part.heading.as_ref().is_some_and(|heading| line::is_capitals(&heading.value));
    profile.has_capital_names = parts.iter().filter(is_capital).nth(1).is_some();
    let is_bracketed = |part: &&Part| part.heading.as_ref().is_some_and(|heading| heading.value.starts_with('['));
    profile.has_bracket_names = parts.iter().filter(is_bracketed).nth(1).is_some();
    profile.sections.extend(table::row_names(source, root));
    let lists = list::named(source, root, parts);
    let names =
        |(list, section): &(&Block, String)| list.children.iter().map(|item| list::name(source, section, item).value).collect::<Vec<_>>();
    profile.sections.extend(lists.iter().flat_map(names));
    profile.has_page_links = target::links_pages(&source.text, profile);
    profile.stations.retain(|number| !profile.sections.contains(number));
    profile.sections.extend(profile.stations.iter().cloned());
    profile.arrows_lead = arrows_lead(source, profile);
    lists.into_iter().map(|(list, section)| (list.span, section)).collect()
}

/// At least three lines end with an arrow to a section, and hardly any with one to something else.
fn arrows_lead(source: &Source, profile: &Profile) -> bool {
    const LEAST: usize = 3;
    let arrows: Vec<&str> = logical::ARROWS.into_iter().filter(|arrow| source.text.contains(arrow)).collect();
    let behind = |line: &'_ str| arrows.iter().find_map(|arrow| line.rsplit_once(arrow)).map(|(_, behind)| behind.to_string());
    let names: Vec<String> = source.text.lines().filter_map(behind).filter(|name| name.split_whitespace().count() <= 5).collect();
    let known = names.iter().filter(|name| target::is_section(name.trim_matches([' ', '.', '*', '_', ')', '|']), profile)).count();
    known >= LEAST && known * 5 >= names.len() * 4
}

/// Reads what stands before the document; the order that it declares.
fn front_matter(source: &Source, root: &Block, script: &mut Script) -> Option<Order> {
    let mut declared = None;
    for block in root.children.iter().filter(|block| block.kind == BlockKind::FrontMatter) {
        if let (Some(first), Some(last)) = (block.lines.first(), block.lines.last()) {
            let start = source.line_start(source.line_index(first.start));
            declared = super::yaml::front_matter(source, Span::new(start, last.end), script);
        }
    }
    declared
}

struct Reader<'a> {
    source: &'a Source,
    profile: &'a Profile,
    /// The lists whose items a jump may name.
    numbered: HashMap<Span, String>,
    /// Speakers of paragraphs that had a mark of the document's own, by the byte at which they begin.
    turns: HashMap<usize, Role>,
}

impl Reader<'_> {
    fn section(&self, part: &Part) -> Section {
        let speaker = part.is_avoid.then_some(Role::Avoid).or(self.default_speaker());
        let mut steps = self.blocks(&part.blocks, speaker);
        if part.is_avoid {
            kinds::turn_to(Kind::Avoid, &mut steps);
        } else if part.is_for_staff {
            steps = kinds::as_notes(steps);
        } else if part.heading.as_ref().is_some_and(|heading| outline::is_heard(&heading.value)) {
            kinds::hear(&mut steps);
        }
        let (marks, kind) = attributes::marks(&part.attributes);
        attributes::apply_to_lines(&mut steps, &marks, kind);
        let mut section = Section {
            names: part.names.clone(),
            heading: part.heading.clone(),
            level: part.level,
            span: part.heading.as_ref().map_or(part.span, Text::span),
            steps,
            is_reference: part.is_reference || part.is_avoid,
            is_situation: part.is_situation,
            ..Section::default()
        };
        attributes::apply_to_section(&mut section, &part.attributes);
        section
    }

    fn default_speaker(&self) -> Option<Role> {
        self.profile.is_plain.then_some(Role::Agent)
    }

    fn blocks(&self, blocks: &[&Block], speaker: Option<Role>) -> Vec<Step> {
        let mut items = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let lead = index.checked_sub(1).and_then(|before| blocks.get(before));
            self.block(block, lead.copied(), speaker, &mut items);
        }
        assemble::assemble(items)
    }

    fn block(&self, block: &Block, lead: Option<&Block>, speaker: Option<Role>, items: &mut Vec<Item>) {
        match &block.kind {
            BlockKind::Quote => self.quote(block, speaker, items),
            BlockKind::Aside(name) => self.aside(name, block, speaker, items),
            BlockKind::Fork => items.push(self.fork(block, speaker)),
            BlockKind::Code(language) if marks::is_spoken_fence(language) => self.fence(block, speaker, items),
            BlockKind::List(_) => items.push(self.list(block, lead, speaker)),
            BlockKind::Table => items.push(Item { statement: table::read(self.source, block, self.profile), is_block: true }),
            BlockKind::Comment => items.push(plain(self.comment(block))),
            BlockKind::Summary => items.extend(logical::lines(self.source, &block.lines).into_iter().map(framed::summary)),
            BlockKind::Folded => self.folded(block, speaker, items),
            BlockKind::SummaryEnd => items.push(Item { statement: Statement::default(), is_block: false }),
            BlockKind::Paragraph | BlockKind::Heading(_) => {
                self.paragraph(block, speaker, items);
            }
            _ => {}
        }
    }

    fn paragraph(&self, block: &Block, speaker: Option<Role>, items: &mut Vec<Item>) {
        let (attributes, lines): (Vec<Span>, Vec<Span>) =
            block.lines.iter().partition(|line| marks::is_attributes(self.source.slice(**line)));
        let is_callout = attributes.iter().any(|line| marks::names_callout(self.source.slice(*line)));
        let marked = block.lines.first().and_then(|line| self.turns.get(&line.start)).copied();
        let speaker = if is_callout { Some(Role::Note) } else { marked.or(speaker) };
        let first = items.len();
        let lines = logical::lines(self.source, &lines);
        if let Some((cue, theirs)) = lines.split_first().filter(|(cue, _)| heard::announces(&cue.value)) {
            items.push(heard::any_of(cue, self.line(cue, None).statement, theirs));
            return;
        }
        let explains = lines.first().is_some_and(|first| marks::names_legend(&first.value));
        for text in lines {
            items.push(match explains || marks::is_legend(&text.value) {
                true => plain(vec![Step::line(Kind::Note, text)]),
                // `+-- wants to leave: go to LEAVE`
                false if logical::is_tree(&text.value) => self.line(&text, speaker.filter(|_| line::verbs(&text.value).is_empty())),
                false => self.line(&text, marks::speaker_of(&text, speaker).or_else(|| self.unmarked(&text))),
            });
        }
        assemble::join_ways(items, first);
        // A condition that its own paragraph answers does not wait for the next one.
        let opened = items[first..].iter().rposition(|item| item.statement.is_open);
        if opened.is_some_and(|at| first + at + 1 < items.len()) {
            items.push(Item { statement: Statement::default(), is_block: false });
        }
    }

    /// Who speaks in a line that nothing marks: the agent, in a document that has such lines.
    fn unmarked(&self, text: &Text) -> Option<Role> {
        if !self.profile.is_mixed {
            return None;
        }
        let pieces = line::pieces(&text.value);
        let first = pieces.first()?;
        let words = match first.kind {
            // What leads somewhere is mostly the customer's, and quotation marks say themselves what is spoken.
            _ if pieces.iter().any(|piece| matches!(piece.kind, PieceKind::Arrow | PieceKind::Quote)) => return None,
            PieceKind::Label if self.profile.role(&text.value[first.inner.0..first.inner.1]).is_none_or(|role| role == Role::Condition) => {
                &text.value[first.end..]
            }
            PieceKind::Label | PieceKind::Quote | PieceKind::Bracket => return None,
            _ => &text.value,
        };
        spoken::addresses(words).then_some(Role::Agent)
    }

    fn line(&self, text: &Text, speaker: Option<Role>) -> Item {
        let place = Place { speaker, is_item: speaker.is_none() && self.is_way(text), has_children: false };
        Item { statement: statement::read(text, place, self.profile), is_block: false }
    }

    /// `“The battery is flat.” → B`: what is quoted is the customer's where the agent's lines have a label.
    fn is_way(&self, text: &Text) -> bool {
        let kinds =
            |pieces: &[Piece]| matches!(pieces, [quote, arrow, _] if quote.kind == PieceKind::Quote && arrow.kind == PieceKind::Arrow);
        self.profile.is_labelled && kinds(&line::pieces(&text.value))
    }

    fn comment(&self, block: &Block) -> Vec<Step> {
        let raw = self.source.slice(block.span);
        let start = raw.find("<!--").map_or(0, |at| at + 4);
        let end = raw.rfind("-->").unwrap_or(raw.len()).max(start);
        let text = Text::copied(&self.source.text, block.span).slice(start, end);
        if text.is_empty() || text.value.contains("callint") {
            return Vec::new();
        }
        vec![Step::line(Kind::Note, text)]
    }
}

fn plain(steps: Vec<Step>) -> Item {
    Item { statement: Statement { steps, ..Statement::default() }, is_block: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_marks_and_letters_stop_nothing() {
        for text in ["_", "*", "**", "__", "(Transfer İİİİ to ü)", "Agent: İİİİ follow the İİ Aa script ü"] {
            let script = parse(&Source::new("a.md", text));
            assert!(!script.sections.is_empty(), "{text}");
        }
    }
}
