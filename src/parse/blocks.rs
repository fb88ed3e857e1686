//! Markdown blocks, found by pulldown-cmark: headings, paragraphs, lists, quotes, tables.
//!
//! Only the frame comes from Markdown. The words of a line are the raw source between the first and
//! the last inline event of that line, so that container marks vanish and offsets stay absolute.

mod html;

use crate::source::Span;
use pulldown_cmark::{CodeBlockKind, Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

/// Deeper nesting is read as if it stood at this depth.
const MAX_DEPTH: usize = 48;

#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    Root,
    /// 1 to 6
    Heading(u8),
    Paragraph,
    Quote,
    /// The first number of an ordered list.
    List(Option<u64>),
    Item,
    /// A fenced or indented block; the language word after the fence, empty if none.
    Code(String),
    Table,
    Row {
        is_head: bool,
    },
    Cell,
    Comment,
    /// The words over a part that can be folded, and the end of such a part.
    Summary,
    SummaryEnd,
    FrontMatter,
    Break,
    /// A container (`:::note`) by its name; its title is its only line.
    Aside(String),
    /// Ways of a template, or answers to a question (its line), and one of them; its condition is its only line.
    Fork,
    Way,
    /// What can be folded; the words over it are its only line.
    Folded,
}

/// A block, its lines (for a leaf) and the blocks inside it.
#[derive(Clone, Debug)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
    /// Raw source of each line of a leaf, without container marks; sorted.
    pub lines: Vec<Span>,
    pub children: Vec<Block>,
}

impl Block {
    fn new(kind: BlockKind, span: Span) -> Block {
        Block { kind, span, lines: Vec::new(), children: Vec::new() }
    }
}

/// The blocks of a Markdown text, under one root.
pub fn blocks(text: &str) -> Block {
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    // Two lines between the parts of a script are no front matter.
    options.set(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS, text.trim_start_matches('\u{feff}').trim_start().starts_with("---"));
    let mut builder = Builder {
        text,
        stack: vec![Block::new(BlockKind::Root, Span::new(0, text.len()))],
        line: None,
        deeper: 0,
        in_code: false,
        in_table: false,
        in_comment: false,
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        builder.event(event, Span::new(range.start, range.end));
    }
    builder.finish()
}

struct Builder<'a> {
    text: &'a str,
    stack: Vec<Block>,
    /// The line that is being read.
    line: Option<Span>,
    /// Containers that were not opened because of the depth.
    deeper: usize,
    in_code: bool,
    /// Inside a table of HTML, which was read as a whole.
    in_table: bool,
    /// A comment of HTML that did not end yet.
    in_comment: bool,
}

impl Builder<'_> {
    fn event(&mut self, event: Event, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::SoftBreak | Event::HardBreak => self.end_line(),
            Event::Rule => self.leaf(BlockKind::Break, span),
            Event::Html(_) if self.in_table => {}
            Event::Html(_) => self.html(span),
            Event::Text(_) if self.in_code => self.code(span),
            _ => self.inline(span),
        }
    }

    fn start(&mut self, tag: Tag, span: Span) {
        let kind = match tag {
            Tag::Heading { level, .. } => BlockKind::Heading(level as u8),
            Tag::Paragraph => BlockKind::Paragraph,
            Tag::BlockQuote(_) => BlockKind::Quote,
            Tag::List(first) => BlockKind::List(first),
            Tag::Item => BlockKind::Item,
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                BlockKind::Code(language(kind))
            }
            Tag::Table(_) => BlockKind::Table,
            Tag::TableHead => BlockKind::Row { is_head: true },
            Tag::TableRow => BlockKind::Row { is_head: false },
            Tag::TableCell => BlockKind::Cell,
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => {
                self.in_code = true;
                BlockKind::FrontMatter
            }
            Tag::HtmlBlock => return self.html_block(span),
            // Emphasis and links may go on over lines, and each line has its own part of them.
            _ => return self.inline(Span::new(span.start, span.start + 1)),
        };
        self.end_line();
        if self.stack.len() >= MAX_DEPTH && matches!(kind, BlockKind::Quote | BlockKind::List(_) | BlockKind::Item) {
            self.deeper += 1;
            return;
        }
        self.stack.push(Block::new(kind, span));
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::HtmlBlock => {
                self.in_table = false;
                return self.end_line();
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.in_code = false,
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item if self.deeper > 0 => {
                self.deeper -= 1;
                return self.end_line();
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {}
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {}
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => {
                return self.inline(Span::new(span.end - 1, span.end));
            }
            _ => return,
        }
        self.end_line();
        self.close();
    }

    fn close(&mut self) {
        if self.stack.len() > 1
            && let Some(block) = self.stack.pop()
            && let Some(parent) = self.stack.last_mut()
        {
            parent.children.push(block);
        }
    }

    fn inline(&mut self, span: Span) {
        self.line = Some(self.line.map_or(span, |line| line.to(span)));
    }

    /// Ends a line. In a tight list item the line becomes a paragraph of its own.
    fn end_line(&mut self) {
        let Some(line) = self.line.take() else { return };
        let Some(top) = self.stack.last_mut() else { return };
        if matches!(top.kind, BlockKind::Item | BlockKind::Root | BlockKind::Quote) {
            match top.children.last_mut() {
                Some(last) if last.kind == BlockKind::Paragraph && touches(self.text, last.span.end, line.start) => {
                    last.lines.push(line);
                    last.span.end = line.end;
                }
                _ => {
                    let mut paragraph = Block::new(BlockKind::Paragraph, line);
                    paragraph.lines.push(line);
                    top.children.push(paragraph);
                }
            }
        } else {
            top.lines.push(line);
        }
    }

    fn leaf(&mut self, kind: BlockKind, span: Span) {
        self.end_line();
        if let Some(top) = self.stack.last_mut() {
            top.children.push(Block::new(kind, span));
        }
    }

    fn html_block(&mut self, span: Span) {
        self.end_line();
        if let (Some(table), Some(top)) = (html::table(self.text, span), self.stack.last_mut()) {
            top.children.push(table);
            self.in_table = true;
        }
    }

    /// A line of HTML: a comment, or a placeholder that stands alone on a line.
    fn html(&mut self, span: Span) {
        let words = self.text[span.start..span.end].trim();
        let is_comment = words.starts_with("<!--");
        let Some(top) = self.stack.last_mut() else { return };
        let is_open = self.in_comment;
        if let Some(last) = top.children.last_mut().filter(|last| is_open && last.kind == BlockKind::Comment) {
            last.span.end = span.end;
            self.in_comment = !words.contains("-->");
            return;
        }
        if is_comment {
            self.in_comment = !words.contains("-->");
            top.children.push(Block::new(BlockKind::Comment, span));
            return;
        }
        match html::row(self.text, span) {
            html::Row::Words(words) => {
                self.line = Some(words);
                self.end_line();
            }
            html::Row::Summary(words) => {
                self.leaf(BlockKind::Summary, words);
                self.stack.last_mut().and_then(|top| top.children.last_mut()).into_iter().for_each(|leaf| leaf.lines.push(words));
            }
            html::Row::End => self.leaf(BlockKind::SummaryEnd, span),
            html::Row::Empty => self.end_line(),
        }
    }

    /// One text event of a fenced block may hold several lines.
    fn code(&mut self, span: Span) {
        let Some(top) = self.stack.last_mut() else { return };
        let mut start = span.start;
        for line in self.text[span.start..span.end].split_inclusive('\n') {
            let trimmed = line.trim();
            let lead = line.len() - line.trim_start().len();
            if !trimmed.is_empty() {
                top.lines.push(Span::new(start + lead, start + lead + trimmed.len()));
            }
            start += line.len();
        }
    }

    fn finish(mut self) -> Block {
        self.end_line();
        while self.stack.len() > 1 {
            self.close();
        }
        let mut root = self.stack.pop().unwrap_or_else(|| Block::new(BlockKind::Root, Span::default()));
        html::fold(&mut root);
        root
    }
}

/// Whether two places are on neighbouring lines of one paragraph.
fn touches(text: &str, end: usize, start: usize) -> bool {
    text.get(end..start)
        .is_some_and(|between| between.matches('\n').count() <= 1 && between.trim_matches(['>', ' ', '\t', '\r', '\n', '\\']).is_empty())
}

fn language(kind: CodeBlockKind) -> String {
    match kind {
        CodeBlockKind::Fenced(language) => language.trim().to_string(),
        CodeBlockKind::Indented => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<&str> {
        fn collect<'a>(text: &'a str, block: &Block, found: &mut Vec<&'a str>) {
            found.extend(block.lines.iter().map(|line| &text[line.start..line.end]));
            block.children.iter().for_each(|child| collect(text, child, found));
        }
        let mut found = Vec::new();
        collect(text, &blocks(text), &mut found);
        found
    }

    #[test]
    fn container_marks_vanish() {
        assert_eq!(
            lines("> a **b**\n> c\n\n- *d*\n  - e\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"),
            ["a **b**", "c", "*d*", "e", "x", "y", "1", "2"]
        );
        assert_eq!(lines("> a *b\n> c* [d\n> e](f) g\n"), ["a *b", "c* [d", "e](f) g"]);
        assert_eq!(lines("```\nHi [NAME].\n```\n<name>\n"), ["Hi [NAME].", "<name>"]);
    }
}
