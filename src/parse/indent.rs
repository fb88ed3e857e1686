//! Nesting by indentation alone, without the marks of a list:
//!
//! ```text
//! If yes:
//!     Agent: Please turn the tap. Did it stop?
//!     If it stops:
//!         Agent: Well done.
//! If no:
//!     Agent: When did you see it first?
//! ```
//!
//! Markdown joins such lines to one paragraph, or takes them for code. They are put into lists here, as
//! they would stand in with marks.

use super::blocks::{Block, BlockKind};
use super::line::{self, PieceKind};
use super::logical;
use super::markdown::announces;
use super::profile;
use super::role::{self, Role};
use crate::source::{Source, Span};

/// A line is under another one when it stands so many columns further right.
pub const STEP: usize = 2;

/// A line and where it begins, in columns; a tab counts for four.
#[derive(Clone, Copy)]
struct Row {
    line: Span,
    column: usize,
    /// A blank line stands before it.
    is_apart: bool,
}

/// Turns paragraphs that are nested by indentation into lists.
pub fn nest(source: &Source, root: &mut Block) {
    let mut done: Vec<Block> = Vec::new();
    let mut open: Vec<Block> = Vec::new();
    for block in std::mem::take(&mut root.children) {
        if is_loose(source, &block) {
            open.push(block);
        } else {
            done.extend(nested(source, std::mem::take(&mut open)));
            done.push(block);
        }
    }
    done.extend(nested(source, open));
    root.children = done;
}

/// Takes lines out of the last item of a list that Markdown joins to it although they stand at the margin and
/// begin anew (`→ Closing` under the answers to a question): they follow the list.
pub fn part(source: &Source, root: &mut Block) {
    let mut parted = Vec::new();
    for block in std::mem::take(&mut root.children) {
        let line = &source.text[source.line_start(source.line_index(block.span.start))..];
        let lead = line.len() - line.trim_start_matches([' ', '\t']).len();
        let start = block.span.start.max(source.line_start(source.line_index(block.span.start)) + lead);
        let margin = column(source, Span::new(start, start));
        let mut left = Some(block);
        while let Some(mut block) = left.take() {
            let is_list = matches!(block.kind, BlockKind::List(_));
            let (behind, rest) = if is_list { cut(source, &mut block, margin) } else { (Vec::new(), None) };
            parted.push(block);
            if let (Some(first), Some(last)) = (behind.first(), behind.last()) {
                parted.push(Block { kind: BlockKind::Paragraph, span: first.to(*last), lines: behind, children: Vec::new() });
            }
            left = rest;
        }
    }
    root.children = parted;
}

/// The lines that follow a list, or the first of its items with lines further left than the list; and then the other items.
fn cut(source: &Source, list: &mut Block, margin: usize) -> (Vec<Span>, Option<Block>) {
    let is_left = |line: &Span| column(source, *line) < margin && logical::begins_anew(source.slice(*line));
    for at in 0..list.children.len().saturating_sub(1) {
        let last = last_block(&mut list.children[at]);
        if let Some(first) = last.lines.iter().skip(1).position(is_left).filter(|_| last.kind == BlockKind::Paragraph) {
            let behind = last.lines.split_off(first + 1);
            let children = list.children.split_off(at + 1);
            let span = children.iter().map(|item| item.span).reduce(Span::to).unwrap_or(list.span);
            return (behind, Some(Block { kind: list.kind.clone(), span, lines: Vec::new(), children }));
        }
    }
    (behind_items(source, list, margin), None)
}

fn last_block(mut block: &mut Block) -> &mut Block {
    while let Some(last) = block.children.len().checked_sub(1) {
        block = &mut block.children[last];
    }
    block
}

/// Such lines, in order.
fn behind_items(source: &Source, list: &mut Block, margin: usize) -> Vec<Span> {
    let is_anew = |line: &Span| column(source, *line) <= margin && logical::begins_anew(source.slice(*line));
    // Where other items have such lines, too, they are how the document writes its items.
    let others = list.children.split_last().map_or(&[][..], |(_, others)| others);
    if others.iter().flat_map(|item| &item.children).any(|child| child.lines.iter().skip(1).any(is_anew)) || others.is_empty() {
        return Vec::new();
    }
    let block = last_block(list);
    match block.lines.iter().skip(1).position(is_anew) {
        Some(at) if block.kind == BlockKind::Paragraph => block.lines.split_off(at + 1),
        _ => Vec::new(),
    }
}

/// Paragraphs, and what Markdown takes for code because it is indented.
fn is_loose(source: &Source, block: &Block) -> bool {
    let is_indented = || block.lines.first().is_some_and(|line| column(source, *line) > 0);
    match &block.kind {
        BlockKind::Paragraph => true,
        BlockKind::Code(language) => language.is_empty() && is_indented() && !source.slice(block.span).starts_with(['`', '~']),
        _ => false,
    }
}

fn nested(source: &Source, blocks: Vec<Block>) -> Vec<Block> {
    let rows: Vec<Row> = blocks.iter().flat_map(|block| rows(source, block)).collect();
    let deepens = rows.windows(2).any(|pair| pair[1].column >= pair[0].column + STEP);
    if !deepens {
        return blocks;
    }
    let mut tree = Tree { source, has_items: false };
    let nested = tree.blocks(&rows, 0);
    if tree.has_items { nested } else { blocks }
}

fn rows(source: &Source, block: &Block) -> Vec<Row> {
    let row = |(index, line): (usize, &Span)| Row { line: *line, column: column(source, *line), is_apart: index == 0 };
    block.lines.iter().enumerate().map(row).collect()
}

/// How many columns stand before the line; 0 where something else stands there.
pub fn column(source: &Source, line: Span) -> usize {
    let begin = source.line_start(source.line_index(line.start));
    let lead = source.slice(Span::new(begin, line.start));
    if lead.trim().is_empty() { lead.chars().map(|space| if space == '\t' { 4 } else { 1 }).sum() } else { 0 }
}

struct Tree<'a> {
    source: &'a Source,
    has_items: bool,
}

impl Tree<'_> {
    fn blocks(&mut self, rows: &[Row], depth: usize) -> Vec<Block> {
        /// Deeper lines are read as if they stood here.
        const MAX_DEPTH: usize = 24;
        let mut blocks: Vec<Block> = Vec::new();
        let are_ways = depth > 0 || self.are_ways(rows);
        let are_cases = self.are_cases(rows);
        let mut at = 0;
        while let Some(&row) = rows.get(at) {
            let under = rows[at + 1..].iter().take_while(|other| other.column >= row.column + STEP).count();
            let inner = &rows[at + 1..at + 1 + under];
            let begins = inner.first().is_some_and(|first| self.begins(first.line)) && depth < MAX_DEPTH;
            let hook = self.hook(row.line);
            let is_theirs = (depth > 0 || !inner.is_empty()) && depth < MAX_DEPTH && self.is_theirs(row.line);
            if is_theirs || are_cases || hook.is_some() || begins && self.heads(row.line, are_ways) {
                self.has_items = true;
                let line = hook.unwrap_or(row.line);
                let mut item = leaf(BlockKind::Item, line);
                item.lines.clear();
                item.children = vec![leaf(BlockKind::Paragraph, line)];
                item.children.extend(self.blocks(inner, depth + 1));
                add_item(&mut blocks, item);
            } else {
                add_line(&mut blocks, row);
                let has_hooks =
                    inner.first().is_some_and(|row| self.hook(row.line).is_some() || self.is_theirs(row.line)) && depth < MAX_DEPTH;
                if has_hooks || begins && self.asks(row.line) || depth < MAX_DEPTH && self.are_cases(inner) {
                    blocks.extend(self.blocks(inner, depth + 1));
                } else if depth == 0 && self.is_title(row) {
                    blocks.extend(self.blocks(inner, depth));
                } else {
                    inner.iter().for_each(|row| add_line(&mut blocks, *row));
                }
            }
            at += 1 + under;
        }
        blocks
    }

    /// The words behind `↳`, which hangs a line on the one above it.
    fn hook(&self, line: Span) -> Option<Span> {
        let words = self.source.slice(line).strip_prefix('↳')?.trim_start();
        (!words.is_empty()).then(|| Span::new(line.end - words.len(), line.end))
    }

    /// Whether a line begins with a sign of the customer's (`□ it is green`), as the document explains it.
    fn is_theirs(&self, line: Span) -> bool {
        let sign = profile::leading_symbol(self.source.slice(line));
        let told = |sign: char| self.source.text.lines().filter_map(profile::picture_alone).find(|(symbol, _)| *symbol == sign);
        sign.and_then(told).is_some_and(|(_, role)| role == Role::Customer)
    }

    /// A line that only begins a line, and goes on with no sentence: speech, a condition, an arrow.
    fn begins(&self, line: Span) -> bool {
        let words = self.source.slice(line).trim_start_matches(['*', '_']);
        let is_mark = words.starts_with(['"', '“', '→', '➜']) || words.starts_with("->") || words.starts_with("=>");
        is_mark || self.speaker(line).is_some() || role::is_condition(&role::clean(words)) && words.trim_end().ends_with(':')
    }

    /// A few words that what is indented under them hangs on: a condition, or the name of a case.
    fn heads(&self, line: Span, are_ways: bool) -> bool {
        let words = self.source.slice(line).trim().trim_matches(['*', '_']);
        match self.speaker(line) {
            Some(Role::Customer) => return are_ways,
            Some(_) => return false,
            None if announces(words) => return false,
            None => {}
        }
        let is_short = words.split_whitespace().count() <= 9 && !words.contains(['"', '“', '→']);
        let is_condition = role::is_condition(&role::clean(words));
        is_short && !words.ends_with(['.', '!', '?', ',']) && (is_condition || words.starts_with(char::is_uppercase))
    }

    /// The customer's lines do not follow each other: they stand side by side, and what is indented under one of
    /// them leads away.
    fn are_ways(&self, rows: &[Row]) -> bool {
        let Some(column) = rows.first().map(|row| row.column) else { return false };
        let is_under = |row: &&Row| row.column >= column + STEP;
        // A line without a body is a turn before them.
        let bodies = rows.iter().enumerate().filter(|(_, row)| row.column == column && self.speaker(row.line) == Some(Role::Customer));
        let bodies = bodies.map(|(at, _)| rows[at + 1..].iter().take_while(is_under).last());
        let leads = |row: &Row| {
            let words = self.source.slice(row.line).trim_start_matches(['-', '=', '>', '→', '➜', ' ', '[', '(']);
            words.len() < row.line.end - row.line.start || line::verbs(words).first().is_some_and(|verb| verb.1 == 0)
        };
        let bodies: Vec<&Row> = bodies.flatten().collect();
        bodies.len() >= 2 && bodies.into_iter().any(leads)
    }

    /// `5  MOVING OUT`, at the margin: what is indented under it is its part of the document.
    fn is_title(&self, row: Row) -> bool {
        row.column == 0 && line::is_capitals(self.source.slice(row.line))
    }

    /// A few words each, and under all of them what is said then or where it leads: the cases of a choice.
    fn are_cases(&self, rows: &[Row]) -> bool {
        let Some(column) = rows.first().map(|row| row.column) else { return false };
        let is_under = |row: &Row| row.column >= column + STEP;
        let heads: Vec<usize> = (0..rows.len()).filter(|at| !is_under(&rows[*at])).collect();
        let is_case = |at: &usize| {
            let (words, body) = (self.source.slice(rows[*at].line).trim(), rows.get(at + 1).filter(|row| is_under(row)));
            let is_head = words.split_whitespace().count() <= 6 && !words.ends_with(['.', '!', ',', ':', '"', '”']);
            is_head && self.speaker(rows[*at].line).is_none() && body.is_some_and(|row| self.is_whole(row.line))
        };
        heads.len() >= 2 && heads.iter().all(is_case)
    }

    /// A sentence of more than a word or two, or a jump.
    fn is_whole(&self, line: Span) -> bool {
        let words = self.source.slice(line).trim();
        let is_sentence = words.ends_with(['.', '?', '!', '"', '”']) && words.split_whitespace().nth(2).is_some();
        is_sentence || self.begins(line) || line::verbs(words).first().is_some_and(|verb| verb.1 == 0)
    }

    /// A question, or the agent's words: what is indented under them answers them.
    fn asks(&self, line: Span) -> bool {
        self.speaker(line).is_some()
    }

    /// Who a label at the start of a line names.
    fn speaker(&self, line: Span) -> Option<Role> {
        let words = self.source.slice(line);
        let pieces = line::pieces(words);
        let label = pieces.first().filter(|piece| piece.kind == PieceKind::Label)?;
        role::role(&words[label.inner.0..label.inner.1]).filter(|role| *role != Role::Condition)
    }
}

fn leaf(kind: BlockKind, line: Span) -> Block {
    Block { kind, span: line, lines: vec![line], children: Vec::new() }
}

fn add_item(blocks: &mut Vec<Block>, item: Block) {
    match blocks.last_mut().filter(|last| matches!(last.kind, BlockKind::List(_))) {
        Some(list) => {
            list.span = list.span.to(item.span);
            list.children.push(item);
        }
        None => blocks.push(Block { kind: BlockKind::List(None), span: item.span, lines: Vec::new(), children: vec![item] }),
    }
}

fn add_line(blocks: &mut Vec<Block>, row: Row) {
    match blocks.last_mut().filter(|last| last.kind == BlockKind::Paragraph && !row.is_apart) {
        Some(paragraph) => {
            paragraph.lines.push(row.line);
            paragraph.span = paragraph.span.to(row.line);
        }
        None => blocks.push(leaf(BlockKind::Paragraph, row.line)),
    }
}
