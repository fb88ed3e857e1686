//! Lists: branches, data to collect, or lines in a row.

use super::entry::Entry;
use super::ours;
use super::{Reader, dialogue, heard, kinds, plain};
use crate::parse::assemble::{self, Item};
use crate::parse::blocks::{Block, BlockKind};
use crate::parse::outline::Part;
use crate::parse::role::{self, Role};
use crate::parse::statement::{self, Place, Statement};
use crate::parse::{line, logical};
use crate::script::{Kind, Step};
use crate::source::{Source, Span, Text};

impl Reader<'_> {
    /// A list: branches, data to collect, or lines in a row.
    pub(super) fn list(&self, block: &Block, lead: Option<&Block>, speaker: Option<Role>) -> Item {
        let is_numbered = matches!(block.kind, BlockKind::List(Some(_)));
        if speaker != Some(Role::Avoid) && lead.is_some_and(|lead| forbids(self.source, lead)) {
            let mut item = self.list(block, None, Some(Role::Avoid));
            kinds::turn_to(Kind::Avoid, &mut item.statement.steps);
            return item;
        }
        let mut entries = self.entries(block, speaker, is_numbered);
        if let Some(item) = self.no_steps(lead, &entries) {
            return item;
        }
        // `- If nothing is booked:` over paragraphs that are not indented: they belong to it.
        if matches!(&entries[..], [only] if only.is_open()) {
            return Item { statement: entries.swap_remove(0).statement, is_block: false };
        }
        // Nothing leads past a jump but another way; one of several may just end.
        let is_way = |entry: &&Entry| entry.names_way() && entry.leaves();
        let leaving = entries.iter().filter(is_way).count();
        let may_be_way = |entry: &Entry| entry.names_way() || entry.is_branch();
        let name_ways = || entries.iter().all(may_be_way) && leaving > 1 && leaving + usize::from(entries.len() > 2) >= entries.len();
        let is_named = self.numbered.contains_key(&block.span);
        let are_ways = entries.len() > 1
            && (name_ways() && !(is_named && leads_to_numbers(&self.source.text))
                || !is_named && !is_numbered && entries.iter().all(Entry::offers_way));
        let branchy = entries.iter().filter(|entry| are_ways || entry.is_branch()).count();
        // Steps in a row, some of them under a condition: whoever speaks first is not a branch.
        let is_row = !are_ways && entries.iter().any(Entry::is_line);
        if is_row || branchy * 2 < entries.len() || branchy == 0 || speaker == Some(Role::Avoid) {
            if is_row {
                dialogue::tell(&mut entries);
            }
            return plain(self.row(block, entries));
        }
        let mut statement = Statement::default();
        for entry in entries {
            entry.into_branches(&mut statement);
        }
        Item { statement, is_block: true }
    }

    /// A list whose items are no steps of the call: what the customer may say, data to collect, the rest of a sentence.
    fn no_steps(&self, lead: Option<&Block>, entries: &[Entry]) -> Option<Item> {
        let lead = lead?;
        let words = || entries.iter().map(|entry| entry.words.clone()).filter(|words| !words.is_empty());
        let may_say = lead.lines.last().is_some_and(|line| heard::announces(self.source.slice(*line)));
        if may_say && entries.iter().all(|entry| entry.children.is_empty()) {
            let branches = entries.iter().map(|entry| heard::said(&entry.words)).collect();
            return Some(Item { statement: Statement { branches, ..Statement::default() }, is_block: true });
        }
        if self.collects(lead, entries) {
            return Some(plain(words().map(|words| Step::line(Kind::Collect, words)).collect()));
        }
        let goes_on = self.profile.is_plain && leads_in(self.source, lead) && entries.iter().all(Entry::is_part_of_sentence);
        goes_on.then(|| plain(words().map(|words| Step::line(Kind::Note, words)).collect()))
    }

    /// Lines and branches in a row.
    fn row(&self, block: &Block, entries: Vec<Entry>) -> Vec<Step> {
        let mut items = Vec::new();
        for (entry, item) in entries.into_iter().zip(&block.children) {
            if let Some(section) = self.numbered.get(&block.span) {
                let anchor = Step::Anchor(name(self.source, section, item));
                items.push(Item { statement: Statement { steps: vec![anchor], ..Statement::default() }, is_block: false });
            }
            items.extend(entry.in_row());
        }
        assemble::assemble(items)
    }

    fn entries(&self, block: &Block, speaker: Option<Role>, is_numbered: bool) -> Vec<Entry> {
        if is_numbered && heads_steps(self.source, block) {
            return block.children.iter().map(|item| self.headed(item, speaker)).collect();
        }
        let mut entries: Vec<Entry> = block.children.iter().map(|item| self.entry(item, speaker, is_numbered, false)).collect();
        // Among steps that the agent speaks, a question with a list under it is one of them, and no case.
        if is_numbered && entries.iter().any(Entry::is_line) {
            for (entry, item) in entries.iter_mut().zip(&block.children).filter(|(entry, _)| entry.asks_as_case()) {
                *entry = self.entry(item, speaker, is_numbered, true);
            }
            entries.iter_mut().filter(|entry| entry.speaks_as_case()).for_each(Entry::speak);
        }
        entries
    }

    /// A step with a name in bold before its words; the name is a note.
    fn headed(&self, item: &Block, speaker: Option<Role>) -> Entry {
        let Some(end) = bold_head(self.source, item) else { return self.entry(item, speaker, true, true) };
        let mut rest = item.clone();
        let line = &mut rest.children[0].lines[0];
        let head = Text::copied(&self.source.text, Span::new(line.start + 2, line.start + end - 2));
        line.start += end;
        let mut entry = self.entry(&rest, speaker, true, true);
        entry.statement.steps.insert(0, Step::line(Kind::Note, head));
        entry
    }

    /// `is_step`: what stands under it are the answers to it.
    fn entry(&self, item: &Block, speaker: Option<Role>, is_numbered: bool, is_step: bool) -> Entry {
        let (first, rest) = match item.children.split_first() {
            Some((first, rest)) if first.kind == BlockKind::Paragraph => (Some(first), rest),
            _ => (None, &item.children[..]),
        };
        let has_children = !(rest.is_empty() || is_step || is_numbered && self.is_answered(rest));
        let (head, others) =
            first.map_or((&[][..], &[][..]), |first| first.lines.split_at(usize::from(is_titled(self.source, &first.lines))));
        let lines = [head, others].into_iter().flat_map(|lines| logical::lines(self.source, lines)).collect::<Vec<Text>>();
        let mut lines = lines.into_iter();
        let words = lines.next().unwrap_or_default();
        let own = speaker.or_else(|| if is_numbered { self.unmarked(&words) } else { None });
        let own = own.or_else(|| ours::asks(self.source, &words.value, rest).then_some(Role::Agent));
        let statement = statement::read(&words, Place { speaker: own, is_item: true, has_children }, self.profile);
        let mut items: Vec<Item> = lines.map(|text| self.line(&text, speaker)).collect();
        let children: Vec<&Block> = rest.iter().collect();
        for (index, child) in children.iter().enumerate() {
            let lead = index.checked_sub(1).and_then(|before| children.get(before)).copied().or(first);
            let is_answer = ours::answers(self.source, &statement, child);
            self.block(child, lead, speaker.or_else(|| is_answer.then_some(Role::Agent)), &mut items);
        }
        Entry { words, statement, children: assemble::assemble(items), is_plain: speaker == Some(Role::Agent), is_numbered }
    }

    /// The list under a step gives the answers to it (`If yes → 4`): the step asks, and is no case.
    fn is_answered(&self, under: &[Block]) -> bool {
        let answer = under.iter().find(|block| matches!(block.kind, BlockKind::List(_))).and_then(|list| list.children.first());
        let Some(line) = answer.and_then(|item| item.children.first()).and_then(|first| first.lines.first()) else { return false };
        let words = self.source.slice(*line);
        let label = role::clean(words.split(['→', '–', '—', ':', ',', '.', ';', '(', '>', '=']).next().unwrap_or(""));
        label.split(' ').count() <= 5 && label.split(' ').any(role::is_answer)
    }

    /// A list of data: its lead-in asks for it, and no entry speaks or jumps.
    fn collects(&self, lead: &Block, entries: &[Entry]) -> bool {
        let Some(line) = lead.lines.last() else { return false };
        let words = self.source.slice(*line).trim_end_matches(['*', '_', ' ', '"', '”']).to_lowercase();
        const ASKS: [&str; 14] = [
            "provide", "ask for", "collect", "verify", "confirm", "gather", "obtain", "take the following", "need the following",
            "following information", "following details", "have your", "ask the customer for", "ask the caller for",
        ];
        (words.ends_with(':') || words.ends_with(" below"))
            && ASKS.iter().any(|ask| words.contains(ask))
            && entries
                .iter()
                .all(|entry| entry.children.is_empty() && entry.words.value.split_whitespace().count() <= 12 && entry.is_bare())
    }
}

/// `1. **Greet.** "…"`: most items of a numbered list are steps with a name of their own in bold, as few of them
/// lead away.
fn heads_steps(source: &Source, list: &Block) -> bool {
    const USUAL: usize = 3;
    let heads = list.children.iter().filter(|item| bold_head(source, item).is_some()).count();
    let leads = |item: &&Block| {
        let last = item.children.first().and_then(|first| first.lines.last());
        last.is_some_and(|line| logical::leads(source.slice(*line)))
    };
    heads >= USUAL && heads * 3 >= list.children.len() * 2 && list.children.iter().filter(leads).count() * 2 < list.children.len()
}

/// Bytes of the bold words that an item begins with, where more stands behind them; `None` for a condition, or for
/// who speaks.
fn bold_head(source: &Source, item: &Block) -> Option<usize> {
    let words = source.slice(*item.children.first().filter(|first| first.kind == BlockKind::Paragraph)?.lines.first()?);
    let (end, head) = line::bold_start(words)?;
    let clean = role::clean(head);
    // `**Answer.** "…"` is what to do, and `**Agent:** "…"` who speaks.
    let is_speaker = head.ends_with(':') && role::role(head.trim_end_matches(':')).is_some();
    let is_head = head.ends_with(['.', ':']) && clean.split(' ').count() <= 6 && !is_speaker;
    (is_head && !role::is_condition(&clean) && !role::is_turn(&clean) && !words[end..].trim().is_empty()).then_some(end)
}

/// `**Please don't**`, `Never say:`: what is listed below it is not to be said, nor done.
fn forbids(source: &Source, lead: &Block) -> bool {
    let [line] = lead.lines[..] else { return false };
    let words = source.slice(line);
    let clean = role::clean(words);
    let is_title = words.trim_end().ends_with([':', '*', '_']) && !words.contains(['"', '“']);
    lead.kind == BlockKind::Paragraph && is_title && clean.split(' ').count() <= 6 && role::is_avoid(&clean)
}

/// The block before a list ends with a colon: the list goes on with its sentence.
fn leads_in(source: &Source, lead: &Block) -> bool {
    lead.lines.last().is_some_and(|line| source.slice(*line).trim_end_matches(['*', '_', ' ']).ends_with(':'))
}

/// `2. Not registered with us` over a line that begins anew, although no mark says so.
fn is_titled(source: &Source, lines: &[Span]) -> bool {
    const MOST_WORDS: usize = 6;
    let [first, second, ..] = lines else { return false };
    let (title, next) = (source.slice(*first).trim(), source.slice(*second).trim());
    let is_title = (1..=MOST_WORDS).contains(&title.split_whitespace().count())
        && title.ends_with(char::is_alphanumeric)
        && !title.contains(['"', '“', ':', '→', '*'])
        && title.starts_with(char::is_uppercase);
    let first_word = next.split(' ').next().unwrap_or("");
    let is_anew = first_word.len() > 1 && first_word.starts_with(char::is_uppercase) && !first_word.contains('\'');
    is_title && is_anew && (next.ends_with(['.', '?', '!', '"', '”']) || logical::leads(next))
}

/// The numbered lists of a document whose items a jump may name (`go to step 4`): the only one, or several that count on
/// where the one before ended.
fn numbered(root: &Block) -> Vec<&Block> {
    const LEAST: usize = 3;
    let lists: Vec<&Block> = root.children.iter().filter(|block| matches!(block.kind, BlockKind::List(Some(_)))).collect();
    let mut next = None;
    let goes_on = lists.iter().all(|list| {
        let BlockKind::List(Some(first)) = list.kind else { return false };
        next.replace(first + list.children.len() as u64).is_none_or(|next| next == first)
    });
    let items: usize = lists.iter().map(|list| list.children.len()).sum();
    if goes_on && items >= LEAST { lists } else { Vec::new() }
}

/// The lists whose items a jump may name, and what stands in the name before the number: nothing, or the section's own
/// number (`go to 4.3`).
pub fn named<'a>(source: &Source, root: &'a Block, parts: &[Part<'a>]) -> Vec<(&'a Block, String)> {
    let of_section = |part: &Part<'a>| {
        let reference = line::reference(&part.heading.as_ref()?.value)?;
        let is_list = |block: &&&Block| matches!(block.kind, BlockKind::List(Some(_)));
        let is_step = reference.kind.as_ref().is_none_or(|kind| kind == "step");
        let is_number = reference.number.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && is_step).then(|| (part.blocks.iter().find(is_list).copied(), format!("{}.", reference.number)))
    };
    let sections: Vec<(Option<&Block>, String)> = parts.iter().filter_map(of_section).collect();
    if sections.is_empty() {
        return numbered(root).into_iter().map(|list| (list, String::new())).collect();
    }
    let lists = sections.into_iter().filter_map(|(list, section)| list.zip(Some(section)));
    if leads_to_items(&source.text) { lists.collect() } else { Vec::new() }
}

/// `go to step 4`, `→ 4`, `(3)`: a number near behind what leads there.
fn leads_to_numbers(text: &str) -> bool {
    const NEAR: usize = 12;
    let is_near = |words: &str| words.chars().take(NEAR).any(|letter| letter.is_ascii_digit());
    let leads = |line: &str| {
        let arrows = logical::ARROWS.iter().filter_map(|arrow| line.find(arrow).map(|at| at + arrow.len()));
        let verbs = line::verbs(line).into_iter().map(|(_, _, end)| end);
        line.contains(|letter: char| letter.is_ascii_digit()) && arrows.chain(verbs).any(|end| is_near(&line[end..]))
    };
    text.lines().any(leads)
}

/// `go to 4.3`, `→ 4.3`
fn leads_to_items(text: &str) -> bool {
    let is_item = |words: &str| {
        let number = &words[..words.len() - words.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.').len()];
        let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
        matches!(parts[..], [section, item] if !section.is_empty() && section.len() < 3 && !item.is_empty() && item.len() < 3)
    };
    ["to ", "→ ", "> "].iter().any(|lead| text.match_indices(lead).any(|(at, _)| is_item(&text[at + lead.len()..])))
}

/// What a jump calls an item: the number before it, behind that of its section.
pub fn name(source: &Source, section: &str, item: &Block) -> Text {
    let words = source.slice(item.span);
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut name = Text::default();
    if !section.is_empty() {
        name.push(section, Span::new(item.span.start, item.span.start));
    }
    name.append(&Text::copied(&source.text, Span::new(item.span.start, item.span.start + digits)));
    name
}
