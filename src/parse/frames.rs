//! Lines that say nothing themselves and only frame others: `:::note` … `:::`, `!!! tip`, the panels of wikis,
//! `{info}` … `{info}`, and the tags of templates, `{% if late %}` … `{% else %}` … `{% endif %}`.
//!
//! Markdown takes them for words of the paragraph around them. They are blanked before it reads the text,
//! and what stood between them is put into blocks of its own afterwards.

mod drawn;
mod ruled;
mod wiki;

use super::blocks::{Block, BlockKind};
use super::markdown::names_callout;
use crate::source::Span;
use std::collections::HashSet;

/// What a line of a frame does.
#[derive(Clone, Debug, PartialEq)]
enum Mark {
    /// `:::note`: the name of the container.
    Open(String),
    /// `:::`
    Close,
    /// `!!! note`: what is indented under it belongs to it.
    Remark(String),
    /// `{% if … %}`, and `{% case … %}`, which has no way of its own.
    Fork { has_way: bool },
    /// `{% elsif … %}`, `{% else %}`
    Way,
    /// `{% endif %}`
    Join,
}

/// A line of a frame: what it does, and its words (the title of a remark, the condition of a way).
#[derive(Clone, Debug)]
pub struct Frame {
    mark: Mark,
    words: Span,
}

/// The lines of frames, in order, and the text without them, as long as it was; `None` where there are none.
pub fn find(text: &str) -> Option<(String, Vec<Frame>)> {
    let wiki = wiki::Wiki::of(text);
    let is_wiki = wiki.is_any();
    let drawn = Drawn::of(text);
    if !is_wiki && !drawn.is_any() && !["\n:::", "{%", "!!! ", "{{#"].iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let (mut masked, mut frames) = (String::with_capacity(text.len()), Vec::new());
    let mut panels = wiki::Panels::default();
    let (mut at, mut in_code) = (0, false);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let words = line.trim();
        if !in_code && drawn.mask(number, line, &mut masked) {
            at += line.len();
            continue;
        }
        in_code ^= words.starts_with("```") || words.starts_with("~~~");
        let frame = match in_code {
            true => None,
            false => panels.frame(line, at).filter(|_| is_wiki).or_else(|| frame(line, at)),
        };
        if frame.is_some() || (!in_code && (is_tag(words) || is_wiki && wiki::says_nothing(words))) {
            masked.extend(line.chars().flat_map(blank));
            frames.extend(frame);
        } else if is_wiki && !in_code {
            wiki.push(line, &mut masked);
        } else {
            masked.push_str(line);
        }
        at += line.len();
    }
    Some((masked, frames))
}

/// Lines that are drawn, counted from 0.
struct Drawn {
    boxes: HashSet<usize>,
    titles: HashSet<usize>,
    rules: HashSet<usize>,
}

impl Drawn {
    fn of(text: &str) -> Drawn {
        Drawn { boxes: drawn::find(text), titles: ruled::find(text), rules: ruled::underlines(text) }
    }

    fn is_any(&self) -> bool {
        [&self.boxes, &self.titles, &self.rules].into_iter().any(|lines| !lines.is_empty())
    }

    /// Adds a line as Markdown would have it. Whether it was drawn.
    fn mask(&self, number: usize, line: &str, masked: &mut String) -> bool {
        if self.titles.contains(&number) {
            ruled::masked(line, masked);
        } else if self.rules.contains(&number) {
            masked.extend(line.chars().map(|sign| if sign.is_whitespace() { sign } else { '-' }));
        } else if self.boxes.contains(&number) {
            drawn::masked(line, masked);
        } else {
            return false;
        }
        true
    }
}

/// As many spaces as a character has bytes; line breaks stay.
fn blank(letter: char) -> impl Iterator<Item = char> {
    let is_break = matches!(letter, '\n' | '\r');
    std::iter::repeat_n(if is_break { letter } else { ' ' }, letter.len_utf8())
}

/// The frame that a line is, `at` being the byte at which the line begins.
fn frame(line: &str, at: usize) -> Option<Frame> {
    let (mark, words) = container(line.trim()).or_else(|| template(line.trim()))?;
    let start = at + line.rfind(words).unwrap_or(0);
    Some(Frame { mark, words: Span::new(start, start + words.len()) })
}

/// `:::note Speed`, `:::`, `!!! tip "Speed"`: what it does, and its title.
fn container(line: &str) -> Option<(Mark, &str)> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '-';
    let (is_remark, rest) = match line.strip_prefix(":::") {
        Some(rest) => (false, rest.trim_matches(':').trim()),
        None => (true, line.strip_prefix("!!! ")?.trim()),
    };
    if rest.is_empty() {
        return (!is_remark).then_some((Mark::Close, ""));
    }
    let end = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
    let name = rest[..end].to_lowercase();
    if is_remark && !names_callout(&name) {
        return None;
    }
    let words = rest[end..].trim().trim_matches(['[', ']', '"']);
    let words = if words.starts_with('{') { "" } else { words };
    Some((if is_remark { Mark::Remark(name) } else { Mark::Open(name) }, words))
}

/// `{% if late %}`, `{{else}}`: what it does, and its condition.
fn template(line: &str) -> Option<(Mark, &str)> {
    let inner = tag(line).filter(|_| is_tag(line))?.trim_start_matches(['#', '^']);
    let mark = match inner.split_whitespace().next()? {
        "if" | "unless" => Mark::Fork { has_way: true },
        "case" => Mark::Fork { has_way: false },
        "elsif" | "elif" | "elseif" | "else" | "when" => Mark::Way,
        "endif" | "endunless" | "endcase" | "/if" | "/unless" => Mark::Join,
        _ => return None,
    };
    Some((mark, inner))
}

/// Whether a line is one tag of a template and nothing else.
fn is_tag(words: &str) -> bool {
    tag(words).is_some_and(|inner| !inner.contains("%}") && !inner.contains("}}"))
}

/// What stands inside a tag: `{% … %}`, or `{{#if …}}`, `{{else}}`, `{{/if}}`.
fn tag(words: &str) -> Option<&str> {
    let liquid = words.strip_prefix("{%").and_then(|rest| rest.strip_suffix("%}"));
    let mustache = || words.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    let is_block = |inner: &&str| inner.starts_with(['#', '/', '^']) || inner.trim() == "else" || inner.starts_with("else if ");
    let inner = liquid.or_else(|| mustache().filter(is_block))?;
    Some(inner.trim_matches(['-', ' ']))
}

/// Puts what stands between the lines of frames into blocks of its own. A frame that is never closed ends
/// with its parent, or before the next heading.
pub fn nest(parent: &mut Block, frames: &[Frame]) {
    if frames.is_empty() {
        return;
    }
    let mut left = frames.iter().peekable();
    let mut open = Nest::default();
    for mut child in std::mem::take(&mut parent.children) {
        while let Some(frame) = left.next_if(|frame| frame.words.start < child.span.start) {
            open.mark(frame);
        }
        let end = end(&child);
        let inner: Vec<Frame> = std::iter::from_fn(|| left.next_if(|frame| frame.words.start < end).cloned()).collect();
        if matches!(child.kind, BlockKind::Quote | BlockKind::List(_) | BlockKind::Item) {
            nest(&mut child, &inner);
        }
        open.block(child);
    }
    left.for_each(|frame| open.mark(frame));
    parent.children = open.finish();
}

/// Where the last words of a block end. Blank lines behind an item belong to it, and a frame there does not.
fn end(block: &Block) -> usize {
    let inner = block.children.iter().map(end).chain(block.lines.iter().map(|line| line.end)).max();
    inner.unwrap_or(block.span.end)
}

/// Blocks in a row, and the frames that are open around the next one.
#[derive(Default)]
struct Nest {
    done: Vec<Block>,
    open: Vec<Block>,
    /// The next block, if it is indented, is a remark of this name.
    remark: Option<Block>,
}

impl Nest {
    fn mark(&mut self, frame: &Frame) {
        let lines = if frame.words.is_empty() { Vec::new() } else { vec![frame.words] };
        let new = |kind: BlockKind| Block { kind, span: frame.words, lines: lines.clone(), children: Vec::new() };
        match &frame.mark {
            Mark::Open(name) => self.open.push(new(BlockKind::Aside(name.clone()))),
            Mark::Remark(name) => self.remark = Some(new(BlockKind::Aside(name.clone()))),
            Mark::Close => self.close(|kind| matches!(kind, BlockKind::Aside(_))),
            Mark::Fork { has_way } => {
                self.open.push(Block { lines: Vec::new(), ..new(BlockKind::Fork) });
                self.open.extend(has_way.then(|| new(BlockKind::Way)));
            }
            Mark::Way if self.open.iter().any(|block| block.kind == BlockKind::Fork) => {
                while self.open.last().is_some_and(|block| block.kind != BlockKind::Fork) {
                    self.pop();
                }
                self.open.push(new(BlockKind::Way));
            }
            Mark::Join => self.close(|kind| *kind == BlockKind::Fork),
            Mark::Way => {}
        }
    }

    fn block(&mut self, block: Block) {
        if let BlockKind::Heading(_) = block.kind {
            self.close_to(0);
        }
        let block = match (self.remark.take(), &block.kind) {
            (Some(remark), BlockKind::Code(_)) => {
                let inner = Block { kind: BlockKind::Paragraph, ..block };
                Block { span: remark.span.to(inner.span), children: vec![inner], ..remark }
            }
            _ => block,
        };
        self.push(block);
    }

    fn push(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(parent) => {
                parent.span = parent.span.to(block.span);
                parent.children.push(block);
            }
            None => self.done.push(block),
        }
    }

    fn pop(&mut self) {
        if let Some(block) = self.open.pop() {
            self.push(block);
        }
    }

    /// Closes the innermost of some frames, and all inside of it.
    fn close(&mut self, is_meant: impl Fn(&BlockKind) -> bool) {
        if let Some(last) = self.open.iter().rposition(|block| is_meant(&block.kind)) {
            self.close_to(last);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.pop();
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.close_to(0);
        self.done
    }
}
