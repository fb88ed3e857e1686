//! The Markdown carrier: blocks to sections, lines to steps.

use super::assemble::{self, Item};
use super::blocks::{self, Block, BlockKind};
use super::logical;
use super::outline::{self, Part};
use super::profile::{Profile, Survey};
use super::role::{self, Role};
use super::statement::{self, Place, Statement};
use super::{line, table};
use crate::script::{Kind, Line, Marks, Order, Script, Section, Step};
use crate::source::{Source, Text};

pub fn parse(source: &Source) -> Script {
    let root = blocks::blocks(&source.text);
    let mut survey = Survey::default();
    inspect(source, &root, &mut survey);
    let mut profile = survey.profile();
    let parts = outline::parts(source, &root);
    for part in &parts {
        profile.sections.extend(part.names.iter().cloned());
    }
    let mut script = Script::default();
    for block in root.children.iter().filter(|block| block.kind == BlockKind::FrontMatter) {
        if let (Some(first), Some(last)) = (block.lines.first(), block.lines.last()) {
            let start = source.line_start(source.line_index(first.start));
            super::yaml::front_matter(source, crate::source::Span::new(start, last.end), &mut script);
        }
    }
    let declared = script.order;
    let reader = Reader { source, profile: &profile };
    script.sections = parts.iter().map(|part| reader.section(part)).collect();
    if script.title.is_none() {
        let title = parts.iter().find(|part| part.is_title).or_else(|| parts.iter().find(|part| part.level == 1));
        script.title = title.and_then(|part| part.heading.clone());
    }
    script.order = if declared == Order::Sequence { outline::order(&parts, &script) } else { declared };
    script.guesses = profile.guesses.clone();
    script.is_call_script = is_call_script(&script);
    script
}

fn is_call_script(script: &Script) -> bool {
    fn any(steps: &[Step]) -> bool {
        steps.iter().any(|step| match step {
            Step::Line(line) => matches!(line.kind, Kind::Say | Kind::Hear),
            Step::Choice(choice) => choice.branches.iter().any(|branch| any(&branch.steps)),
            _ => false,
        })
    }
    script.sections.iter().any(|section| any(&section.steps))
}

/// Looks at every line once, to find out how the document marks speech.
fn inspect(source: &Source, block: &Block, survey: &mut Survey) {
    match &block.kind {
        BlockKind::FrontMatter | BlockKind::Comment => return,
        BlockKind::Quote if !is_note_quote(source, block) => survey.framed += 1,
        BlockKind::Code(language) if is_spoken_fence(language) && !block.lines.is_empty() => survey.framed += 1,
        BlockKind::Table if table::columns(source, block).contains(&table::Column::Agent) => survey.spoken_columns += 1,
        _ => {}
    }
    for text in logical::lines(source, &block.lines) {
        survey.line(&text.value, &line::pieces(&text.value));
    }
    for child in &block.children {
        inspect(source, child, survey);
    }
}

fn is_spoken_fence(language: &str) -> bool {
    matches!(language, "" | "text" | "txt" | "script" | "plain")
}

/// `> **Note** …`: a remark in a frame, not speech.
fn is_note_quote(source: &Source, block: &Block) -> bool {
    let first = block.children.iter().flat_map(|child| &child.lines).next();
    let words = first.map_or("", |line| source.slice(*line));
    let clean = role::clean(words.split(['.', '–', '—']).next().unwrap_or(""));
    let head = clean.split(' ').next().unwrap_or("");
    let label = words.split_once(':').map(|(label, _)| label);
    matches!(head, "note" | "tip" | "warning" | "internal" | "important" | "caution" | "whatever" | "reminder") || words.trim_start().starts_with("[!")
        || label.and_then(role::role) == Some(Role::Note)
}

struct Reader<'a> {
    source: &'a Source,
    profile: &'a Profile,
}

impl Reader<'_> {
    fn section(&self, part: &Part) -> Section {
        let speaker = if part.is_avoid { Some(Role::Avoid) } else { None };
        let mut steps = self.blocks(&part.blocks, speaker.or(self.default_speaker()));
        if part.is_avoid {
            turn_to_avoid(&mut steps);
        }
        Section {
            names: part.names.clone(),
            heading: part.heading.clone(),
            level: part.level,
            span: part.heading.as_ref().map_or(part.span, Text::span),
            steps,
            is_reference: part.is_reference || part.is_avoid,
            is_situation: part.is_situation,
            ..Section::default()
        }
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
            BlockKind::Code(language) if is_spoken_fence(language) => self.fence(block, speaker, items),
            BlockKind::List(_) => items.push(self.list(block, lead, speaker)),
            BlockKind::Table => items.push(Item { statement: table::read(self.source, block, self.profile), is_block: true }),
            BlockKind::Comment => items.push(plain(self.comment(block))),
            BlockKind::Paragraph | BlockKind::Heading(_) => {
                for text in logical::lines(self.source, &block.lines) {
                    if is_legend(&text.value) {
                        items.push(plain(vec![note(text)]));
                        continue;
                    }
                    let place = Place { speaker: self.speaker_of(&text, speaker), is_item: false, has_children: false };
                    items.push(Item { statement: statement::read(&text, place, self.profile), is_block: false });
                }
            }
            _ => {}
        }
    }

    /// A paragraph wholly in italics is a note, whoever speaks around it; one wholly in parentheses too.
    fn speaker_of(&self, text: &Text, speaker: Option<Role>) -> Option<Role> {
        let words = text.value.trim();
        let is_italic = (words.starts_with('*') && !words.starts_with("**") && words.ends_with('*') && !words.ends_with("**") || words.starts_with('_') && words.ends_with('_') && !words.starts_with("__"))
            && !words.trim_matches(['*', '_']).starts_with(['"', '“'])
            && words[1..words.len() - 1].matches(['*', '_']).count() == 0;
        let is_told = words.starts_with("<!--");
        if (is_italic || is_told) && speaker == Some(Role::Agent) { Some(Role::Note) } else { speaker }
    }

    fn quote(&self, block: &Block, speaker: Option<Role>, items: &mut Vec<Item>) {
        let inner = if is_note_quote(self.source, block) { Some(Role::Note) } else { speaker.filter(|role| *role == Role::Avoid).or(Some(Role::Agent)) };
        let children: Vec<&Block> = block.children.iter().collect();
        items.push(plain(self.blocks(&children, inner)));
    }

    /// A fenced block is one speech: its lines are joined.
    fn fence(&self, block: &Block, speaker: Option<Role>, items: &mut Vec<Item>) {
        for text in logical::lines(self.source, &block.lines) {
            let place = Place { speaker: speaker.filter(|role| *role == Role::Avoid).or(Some(Role::Agent)), is_item: false, has_children: false };
            items.push(Item { statement: statement::read(&text, place, self.profile), is_block: false });
        }
    }

    fn comment(&self, block: &Block) -> Vec<Step> {
        let raw = self.source.slice(block.span);
        let start = raw.find("<!--").map_or(0, |at| at + 4);
        let end = raw.rfind("-->").unwrap_or(raw.len()).max(start);
        let text = Text::copied(&self.source.text, block.span).slice(start, end);
        if text.is_empty() || text.value.contains("callint") {
            return Vec::new();
        }
        vec![note(text)]
    }

    /// A list: branches, data to collect, or lines in a row.
    fn list(&self, block: &Block, lead: Option<&Block>, speaker: Option<Role>) -> Item {
        let entries: Vec<Entry> = block.children.iter().map(|item| self.entry(item, speaker, matches!(block.kind, BlockKind::List(Some(_))))).collect();
        if self.collects(lead, &entries) {
            return plain(entries.into_iter().flat_map(|entry| collect(entry.words)).collect());
        }
        let branchy = entries.iter().filter(|entry| entry.is_branch()).count();
        if self.profile.is_plain && leads_in(self.source, lead) && entries.iter().all(|entry| entry.children.is_empty() && entry.is_bare() && !entry.words.value.trim_end().ends_with(['.', '!', '?'])) {
            return plain(entries.into_iter().filter(|entry| !entry.words.is_empty()).map(|entry| note(entry.words)).collect());
        }
        // Steps in a row, some of them under a condition: whoever speaks first is not a branch.
        let is_row = entries.iter().any(|entry| entry.statement.branches.is_empty() && !entry.is_bare() && entry.speaks());
        if is_row || branchy * 2 < entries.len() || branchy == 0 || speaker == Some(Role::Avoid) {
            let items = entries.into_iter().flat_map(Entry::in_row).collect();
            return plain(assemble::assemble(items));
        }
        let mut statement = Statement::default();
        for entry in entries {
            entry.into_branches(&mut statement);
        }
        Item { statement, is_block: true }
    }

    fn entry(&self, item: &Block, speaker: Option<Role>, is_numbered: bool) -> Entry {
        let (first, rest) = match item.children.split_first() {
            Some((first, rest)) if first.kind == BlockKind::Paragraph => (Some(first), rest),
            _ => (None, &item.children[..]),
        };
        let has_children = !rest.is_empty();
        let mut lines = first.map_or(Vec::new(), |first| logical::lines(self.source, &first.lines)).into_iter();
        let words = lines.next().unwrap_or_default();
        let place = Place { speaker, is_item: true, has_children };
        let statement = statement::read(&words, place, self.profile);
        let mut items: Vec<Item> = lines.map(|text| Item { statement: statement::read(&text, Place { is_item: false, has_children: false, speaker }, self.profile), is_block: false }).collect();
        let children: Vec<&Block> = rest.iter().collect();
        for (index, child) in children.iter().enumerate() {
            let lead = index.checked_sub(1).and_then(|before| children.get(before)).copied().or(first);
            self.block(child, lead, speaker, &mut items);
        }
        Entry { words, statement, children: assemble::assemble(items), is_plain: speaker == Some(Role::Agent), is_numbered }
    }

    /// A list of data: its lead-in asks for it, and no entry speaks or jumps.
    fn collects(&self, lead: Option<&Block>, entries: &[Entry]) -> bool {
        let Some(line) = lead.and_then(|lead| lead.lines.last()) else { return false };
        let words = self.source.slice(*line).trim_end_matches(['*', '_', ' ', '"', '”']).to_lowercase();
        const ASKS: [&str; 12] = ["provide", "ask for", "collect", "verify", "confirm", "gather", "obtain", "take the following", "need the following", "following information", "following details", "have your"];
        words.ends_with(':')
            && ASKS.iter().any(|ask| words.contains(ask))
            && entries.iter().all(|entry| entry.children.is_empty() && entry.words.value.split_whitespace().count() <= 12 && entry.is_bare())
    }
}

/// The block before a list ends with a colon: the list goes on with its sentence.
fn leads_in(source: &Source, lead: Option<&Block>) -> bool {
    lead.and_then(|lead| lead.lines.last()).is_some_and(|line| source.slice(*line).trim_end_matches(['*', '_', ' ']).ends_with(':'))
}

/// An item of a list: its words, what they were read as, and the blocks under it.
struct Entry {
    words: Text,
    statement: Statement,
    children: Vec<Step>,
    /// Unmarked words are speech in this document.
    is_plain: bool,
    /// An item of a numbered list.
    is_numbered: bool,
}

impl Entry {
    fn is_branch(&self) -> bool {
        let has_children = !self.children.is_empty();
        match self.statement.branches.last() {
            Some(branch) => !branch.steps.is_empty() || has_children || branch.is_heard,
            // `1. Greet the caller.` with speech under it is a step; an item of bullets is a way to go.
            None => has_children && self.is_bare() && !self.words.is_empty() && (!self.is_numbered || role::is_condition(&role::clean(&self.words.value))),
        }
    }

    fn speaks(&self) -> bool {
        self.statement.steps.iter().any(|step| matches!(step, Step::Line(line) if line.kind == Kind::Say))
    }

    /// Only words: nobody speaks, nothing jumps.
    fn is_bare(&self) -> bool {
        let is_words = |kind: Kind| kind == Kind::Note || (kind == Kind::Say && self.is_plain);
        let is_note = |step: &Step| matches!(step, Step::Line(line) if is_words(line.kind) && !line.text.value.contains('?'));
        self.statement.branches.iter().all(|branch| branch.steps.is_empty()) && self.statement.steps.iter().all(is_note)
    }

    fn in_row(self) -> Vec<Item> {
        let mut items = vec![Item { statement: self.statement, is_block: false }];
        if !self.children.is_empty() {
            items.push(plain(self.children));
        }
        items
    }

    /// Adds this item to a choice: as the branches it already is, or as one branch that its words label.
    fn into_branches(mut self, choice: &mut Statement) {
        if self.statement.branches.is_empty() {
            let bare = self.is_bare() && !self.words.is_empty();
            let mut branch = crate::script::Branch { span: self.words.span(), ..Default::default() };
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

/// ``Tech:` is us, `Customer:` is them``: explains the marks, speaks with none of them.
fn is_legend(words: &str) -> bool {
    let clean = role::clean(words);
    let names_roles = [" you", " them", " us"].iter().any(|word| clean.contains(word)) && words.split(['.', '·']).next().is_some_and(|first| {
        first.split_once(':').is_some_and(|(name, rest)| role::role(name).is_some() && matches!(role::clean(rest).as_str(), "you" | "them" | "us" | "me" | "they"))
    });
    let opens_with_symbol = super::profile::leading_symbol(words).is_some();
    names_roles || (words.starts_with('`') && words.contains(":`")) || (opens_with_symbol && words.split_whitespace().nth(1) == Some("="))
}

fn note(text: Text) -> Step {
    Step::Line(Line { kind: Kind::Note, text, marks: Marks::default() })
}

fn label(words: &Text) -> Text {
    let marks = ['*', '_', '`', ' ', ':'];
    let start = words.value.len() - words.value.trim_start_matches(marks).len();
    let end = words.value.trim_end_matches(marks).len().max(start);
    words.slice(start, end)
}

fn collect(words: Text) -> Vec<Step> {
    if words.is_empty() { Vec::new() } else { vec![Step::Line(Line { kind: Kind::Collect, text: words, marks: Marks::default() })] }
}

fn plain(steps: Vec<Step>) -> Item {
    Item { statement: Statement { steps, ..Statement::default() }, is_block: true }
}

fn turn_to_avoid(steps: &mut [Step]) {
    for step in steps {
        match step {
            Step::Line(line) => line.kind = Kind::Avoid,
            Step::Choice(choice) => choice.branches.iter_mut().for_each(|branch| turn_to_avoid(&mut branch.steps)),
            _ => {}
        }
    }
}
