//! What serves as a title: headings, bold lines, words in capitals, items of a list with a bold name.

use super::capitals::Capitals;
use super::{Part, is_answers, is_stage};
use crate::parse::blocks::{Block, BlockKind};
use crate::parse::line::PieceKind;
use crate::parse::spoken::addresses;
use crate::parse::{line, role, shortcodes};
use crate::source::{Source, Span, Text};

pub(super) fn heading_text(source: &Source, block: &Block) -> Option<Text> {
    let line = block.lines.first()?.to(*block.lines.last()?);
    Some(without_marks(&shortcodes::text(source, line)))
}

fn without_marks(text: &Text) -> Text {
    let marks = ['*', '_', '`', '#', '=', ' '];
    let start = text.value.len() - text.value.trim_start_matches(marks).len();
    let end = text.value.trim_end_matches(marks).len().max(start);
    // `1️⃣ **Greet**`
    if let Some(bold) = text.value[start..end].find("**").filter(|bold| !text.value[start + bold + 2..end].contains('*')) {
        let mut words = Text::default();
        words.append_part(text, start, start + bold);
        words.append_part(text, start + bold + 2, end);
        return words;
    }
    text.slice(start + asked(&text.value[start..end]), end)
}

/// `Q: "My bill is wrong."`, `Q3. How do I leave?`: the bytes of the letter before what a caller asks.
fn asked(title: &str) -> usize {
    let Some(rest) = title.strip_prefix('Q') else { return 0 };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_letter = rest.starts_with([':', '.', ')']) && rest[1..].trim_start().starts_with(['"', '“']);
    if is_letter { title.len() - rest[1..].trim_start().len() } else { 0 }
}

/// What a jump may call such a question: `Q3`.
pub(super) fn question<'a>(source: &'a Source, block: &Block) -> Option<&'a str> {
    let words = source.slice(block.lines.first()?.to(*block.lines.last()?)).trim_matches(['*', '_', '`', '#', '=', ' ']);
    let letter = words[..asked(words)].trim_end_matches([':', '.', ')', ' ']);
    letter.ends_with(|c: char| c.is_ascii_digit()).then_some(letter)
}

/// A paragraph that is nothing but bold words, without a colon and no condition.
pub(super) fn bold_title(source: &Source, block: &Block) -> Option<Text> {
    let [line] = block.lines[..] else { return None };
    // Most paragraphs are spoken: a look at their first letter is cheaper than a copy.
    let is_marked = block.kind == BlockKind::Paragraph && source.slice(line).trim_start().starts_with(['*', '_']);
    if is_marked { title_of(&Text::copied(&source.text, line)) } else { None }
}

/// `**Guest accepts**` under a heading: a branch of that section.
pub(super) fn is_turn(title: &Text) -> bool {
    role::is_turn(&role::clean(&title.value))
}

/// `REBUTTALS` alone in a paragraph: the name of a part of the call, in capitals. In a document with
/// several of them (`are_usual`) it may have any name.
pub(super) fn capital_title(capitals: &Capitals, block: &Block, are_usual: bool) -> Option<Text> {
    let [line] = block.lines[..] else { return None };
    let words = capitals.source.slice(line);
    let is_title = capitals.are_alone(block) && line::reference(words).is_none() && (are_usual || is_answers(words) || is_stage(words));
    is_title.then(|| Text::copied(&capitals.source.text, line))
}

/// So many paragraphs that are nothing but words in capitals are a document's way to write titles.
const USUAL: usize = 3;

pub(super) fn writes_capitals(capitals: &Capitals, root: &Block) -> bool {
    root.children.iter().filter(|block| capitals.are_alone(block)).count() >= USUAL
}

/// The first paragraph before all headings, if it is one line that can be a title: a few words, not spoken and no order.
pub fn first_line(source: &Source, before: &Part) -> Option<Text> {
    const MOST_WORDS: usize = 12;
    let first = before.blocks.first().filter(|_| before.heading.is_none())?;
    let [only] = first.lines[..] else { return None };
    let text = behind_label(without_marks(&Text::copied(&source.text, only)));
    let words = &text.value;
    let is_title = words.starts_with(char::is_uppercase) && words.ends_with(|c: char| c.is_alphanumeric() || c == ')');
    let names_speaker = words.split_once(':').is_some_and(|(name, _)| role::role(name).is_some());
    let is_spoken = names_speaker || words.contains(['"', '“']) || addresses(words);
    (first.kind == BlockKind::Paragraph
        && is_title
        && !is_spoken
        && line::reference(words).is_none()
        && words.split_whitespace().count() <= MOST_WORDS)
        .then_some(text)
}

/// `Script: Late delivery` is about a late delivery.
fn behind_label(text: Text) -> Text {
    const LABELS: [&str; 9] = ["script", "title", "topic", "subject", "scenario", "call type", "call", "name", "document"];
    match text.value.split_once(':').filter(|(label, _)| LABELS.contains(&role::clean(label).as_str())) {
        Some((_, rest)) => without_marks(&text.slice(text.value.len() - rest.len(), text.value.len())),
        None => text,
    }
}

/// The document has headings under its title, of whatever level that is.
pub(super) fn has_headings(root: &Block) -> bool {
    let levels = || root.children.iter().filter_map(|block| if let BlockKind::Heading(level) = block.kind { Some(level) } else { None });
    levels().count() > 1 && levels().any(|level| level > 1)
}

/// Several headings begin with a number: `## 2 Supply is off`.
pub(super) fn counts_headings(source: &Source, root: &Block) -> bool {
    let headings = root.children.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    let number = |block: &Block| {
        line::reference(&heading_text(source, block)?.value).filter(|reference| reference.number.starts_with(|c: char| c.is_ascii_digit()))
    };
    headings.filter(|block| number(block).is_some()).nth(2).is_some()
}

/// A line of hyphens right under some lines makes a heading of them all; lines of talk, or several of them,
/// are a paragraph, and the hyphens part it from the next.
pub fn unmake_headings(source: &Source, root: &mut Block) {
    for block in root.children.iter_mut().filter(|block| matches!(block.kind, BlockKind::Heading(_))) {
        let words = block.lines.first().map_or("", |line| source.slice(*line));
        let talks = || words.contains(['"', '“']) && line::pieces(words).iter().any(|piece| piece.kind == PieceKind::Label);
        if !source.slice(block.span).starts_with('#') && (block.lines.len() > 1 || talks()) {
            block.kind = BlockKind::Paragraph;
        }
    }
}

/// `2.1  Second call`, alone in a paragraph: a title with a number and no mark.
fn is_numbered_title(source: &Source, block: &Block) -> bool {
    let [line] = block.lines[..] else { return false };
    let words = source.slice(line).trim();
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let title = words[digits..].trim_start_matches([')', ' ', '\t', '\u{a0}']);
    block.kind == BlockKind::Paragraph
        && words[..digits].contains(|c: char| c.is_ascii_digit())
        && words[digits..].starts_with([')', ' ', '\t', '\u{a0}'])
        && title.starts_with(char::is_uppercase)
        && (1..=6).contains(&title.split_whitespace().count())
        && title.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '?'))
        && !title.contains([':', '"', '“', '→'])
}

/// `Late parcels` over lines that name their speakers: a title that nothing marks.
fn is_bare_title(source: &Source, block: &Block) -> bool {
    let [first, second, ..] = block.lines[..] else { return false };
    let (title, next) = (source.slice(first).trim(), source.slice(second));
    let names_speaker = next.split_once(": ").is_some_and(|(name, _)| (1..=2).contains(&name.len()) || role::role(name).is_some());
    block.kind == BlockKind::Paragraph
        && names_speaker
        && title.starts_with(char::is_uppercase)
        && (1..=10).contains(&title.split_whitespace().count())
        && title.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        && !title.contains(['"', '“', '→', '*', '['])
        && title.split_once(": ").is_none_or(|(name, _)| name.len() > 2 && role::role(name).is_none())
        && !role::is_condition(&role::clean(title))
}

/// `**Late parcels** "I'm sorry, let me look."`: the bytes of a title in bold before what is said.
fn bold_lead(source: &Source, block: &Block) -> Option<usize> {
    let first = block.lines.first().filter(|_| block.kind == BlockKind::Paragraph)?;
    let words = source.slice(*first);
    let (end, name) = line::bold_start(words)?;
    let is_title = (1..=8).contains(&name.split_whitespace().count())
        && name.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '?' | '!'))
        && role::role(name).is_none_or(|role| role == role::Role::Condition);
    let rest = words[end..].trim_start();
    let has_dash = ["– ", "— ", "- "].iter().any(|dash| rest.starts_with(dash));
    (is_title && (has_dash || rest.starts_with(['"', '“', '‘']))).then_some(end)
}

/// Cuts such titles off what is said under them, where a document without headings has several. Gives the
/// bytes at which the words behind them begin, if most of these are spoken to the customer.
pub fn split_bold_leads(source: &Source, root: &mut Block) -> Vec<usize> {
    let leads = || root.children.iter().filter_map(|block| Some((block, bold_lead(source, block)?)));
    let speaks = |(block, end): &(&Block, usize)| {
        let words = source.slice(Span::new(block.lines[0].start + end, block.span.end));
        addresses(words.trim_start_matches([' ', '–', '—', '-']))
    };
    let (count, spoken) = (leads().count(), leads().filter(speaks).count());
    let (mut split, mut starts) = (Vec::new(), Vec::new());
    if count < USUAL || has_headings(root) {
        return starts;
    }
    for mut block in std::mem::take(&mut root.children) {
        if let Some(end) = bold_lead(source, &block) {
            let line = &mut block.lines[0];
            let title = Span::new(line.start, line.start + end);
            line.start = title.end;
            block.span.start = title.end;
            let is_marked = source.slice(block.span).trim_start().starts_with(['"', '“', '‘']);
            starts.extend((spoken * 2 >= count && !is_marked).then_some(title.end));
            split.push(Block { kind: BlockKind::Heading(2), span: title, lines: vec![title], children: Vec::new() });
        }
        split.push(block);
    }
    root.children = split;
    starts
}

/// Cuts a title, bold or in capitals, off the paragraph that follows it without a blank line, where a
/// document without headings does so more than once.
pub fn split_titles(source: &Source, root: &mut Block) {
    // Beside short titles, a long one is a title, too.
    const FEW_WORDS: usize = 5;
    const MANY_WORDS: usize = 9;
    let (has_headings, capitals) = (has_headings(root), Capitals::new(source));
    let are_numbered = root.children.iter().filter(|block| is_numbered_title(source, block)).count() >= USUAL;
    let are_bare = root.children.iter().filter(|block| is_bare_title(source, block)).count() >= USUAL;
    let title = |most_words: usize, block: &Block| {
        if are_bare && is_bare_title(source, block) || are_numbered && is_numbered_title(source, block) {
            return Some(false);
        }
        let first = block.lines.first().filter(|_| block.kind == BlockKind::Paragraph && block.lines.len() > 1)?;
        let text = Text::copied(&source.text, *first);
        let is_bold = title_of(&text).is_some();
        (is_bold || capitals.are_up_to(most_words, &text.value)).then_some(is_bold)
    };
    if has_headings || root.children.iter().filter(|block| title(FEW_WORDS, block).is_some()).count() < 2 {
        return;
    }
    let mut split: Vec<Block> = Vec::new();
    for mut block in std::mem::take(&mut root.children) {
        if let Some(is_bold) = title(MANY_WORDS, &block) {
            let first = block.lines.remove(0);
            let kind = if is_bold { BlockKind::Paragraph } else { BlockKind::Heading(2) };
            split.push(Block { kind, span: first, lines: vec![first], children: Vec::new() });
        } else if split.is_empty() && capitals.are_alone(&block) {
            block.kind = BlockKind::Heading(1);
        }
        split.push(block);
    }
    root.children = split;
}

fn title_of(text: &Text) -> Option<Text> {
    let words = text.value.trim();
    let inner = words
        .strip_prefix("**")
        .and_then(|rest| rest.strip_suffix("**"))
        .or_else(|| words.strip_prefix("__").and_then(|rest| rest.strip_suffix("__")))?;
    // `**Q2. "No, still nothing."**`
    let is_card = line::reference(inner).is_some_and(|reference| reference.kind.is_some() && !reference.rest.is_empty());
    let is_title = !inner.contains("**")
        && !inner.trim_end().ends_with([':', ','])
        && (is_card || !role::is_condition(&role::clean(inner)))
        && inner.split_whitespace().count() <= if asked(inner) > 0 { 30 } else { 10 };
    let is_numbered = line::reference(inner).is_some();
    (is_title && (is_numbered || !inner.trim_end().ends_with(['.', '!', '?']))).then(|| without_marks(text))
}

/// The items of a numbered list that each begin with a bold title and hold more.
pub(super) fn titled_items<'a>(source: &Source, block: &'a Block) -> Option<Vec<(Text, u64, &'a Block)>> {
    let BlockKind::List(Some(first)) = block.kind else { return None };
    let mut items = Vec::new();
    for (index, item) in block.children.iter().enumerate() {
        let head = item.children.first().filter(|head| head.kind == BlockKind::Paragraph && head.lines.len() == 1)?;
        let title = title_of(&Text::copied(&source.text, head.lines[0]))?;
        if item.children.len() < 2 {
            return None;
        }
        items.push((title, first + index as u64, item));
    }
    (items.len() >= 2).then_some(items)
}
