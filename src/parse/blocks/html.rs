//! HTML between Markdown blocks, as wikis export it: tables, folded parts, tags around words.
//!
//! Not a reader of HTML: it finds the words and leaves the tags out.

use super::{Block, BlockKind};
use crate::source::Span;

/// What one line of HTML is.
pub enum Row {
    /// Words, without the tags around them.
    Words(Span),
    /// `<summary>Guest hesitates</summary>`: the words over a part that can be folded.
    Summary(Span),
    /// `</details>`: such a part ends.
    End,
    /// Tags and nothing else.
    Empty,
}

/// Makes blocks of the parts that can be folded, those in others included. A part with a heading of its own, or without
/// an end, stays as it is.
pub fn fold(block: &mut Block) {
    block.children.iter_mut().for_each(fold);
    if block.children.iter().all(|child| child.kind != BlockKind::SummaryEnd) {
        return;
    }
    // The parts that are open, the outermost first, under what stands in no part.
    let mut open = vec![Block::new(block.kind.clone(), block.span)];
    for child in std::mem::take(&mut block.children) {
        match child.kind {
            BlockKind::Summary => open.push(Block { kind: BlockKind::Folded, ..child }),
            BlockKind::SummaryEnd if open.len() > 1 => close(&mut open, Some(child)),
            _ => open.last_mut().map_or((), |top| top.children.push(child)),
        }
    }
    while open.len() > 1 {
        close(&mut open, None);
    }
    block.children = open.pop().map_or(Vec::new(), |top| top.children);
}

/// Puts the last of some open parts into the one around it.
fn close(open: &mut Vec<Block>, end: Option<Block>) {
    let (Some(mut part), Some(around)) = (open.pop(), open.last_mut()) else { return };
    let has_sections = part.children.iter().any(|child| matches!(child.kind, BlockKind::Heading(_)));
    if end.is_some() && !has_sections {
        around.children.push(part);
        return;
    }
    let inside = std::mem::take(&mut part.children);
    around.children.push(Block { kind: BlockKind::Summary, ..part });
    around.children.extend(inside.into_iter().chain(end));
}

/// Reads a line of HTML.
pub fn row(text: &str, span: Span) -> Row {
    let line = text[span.start..span.end].to_ascii_lowercase();
    if let Some(at) = line.find("<summary") {
        let start = line[at..].find('>').map_or(line.len(), |close| at + close + 1);
        let end = line[start..].find("</summary").map_or(line.len(), |length| start + length);
        return Row::Summary(inner(text, Span::new(span.start + start, span.start + end)));
    }
    let words = inner(text, span);
    match words.is_empty() {
        false => Row::Words(words),
        true if line.contains("</details") => Row::End,
        true => Row::Empty,
    }
}

/// The table of a block of HTML, if it holds one; what stands around the table is left out.
pub fn table(text: &str, span: Span) -> Option<Block> {
    let raw = text[span.start..span.end].to_ascii_lowercase();
    let start = raw.find("<table")?;
    let end = raw[start..].find("</table").map_or(raw.len(), |length| start + length);
    let mut table = Block::new(BlockKind::Table, Span::new(span.start + start, span.start + end));
    for (from, to) in parts(&raw, start, end, &["<tr"]) {
        let mut row = Block::new(BlockKind::Row { is_head: false }, Span::new(span.start + from, span.start + to));
        for (from, to) in parts(&raw, from, to, &["<td", "<th"]) {
            row.kind = BlockKind::Row { is_head: raw[from..].starts_with("<th") };
            let open = raw[from..to].find('>').map_or(to, |close| from + close + 1);
            let close = raw[open..to].find("</t").map_or(to, |length| open + length);
            row.children.push(cell(text, Span::new(span.start + open, span.start + close)));
        }
        table.children.push(row);
    }
    (!table.children.is_empty()).then_some(table)
}

/// A cell with a line for each part between breaks.
fn cell(text: &str, span: Span) -> Block {
    let mut cell = Block::new(BlockKind::Cell, span);
    let raw = text[span.start..span.end].to_ascii_lowercase();
    let mut from = 0;
    while from <= raw.len() {
        let to = ["<br", "\n", "</p", "</li"].iter().filter_map(|mark| raw[from..].find(mark)).min().map_or(raw.len(), |at| from + at);
        let line = inner(text, Span::new(span.start + from, span.start + to));
        if !line.is_empty() {
            cell.lines.push(line);
        }
        let close = raw[to..].find(['>', '\n']).map_or(raw.len(), |close| to + close);
        from = close + 1;
    }
    cell
}

/// From each of some tags to the next one, in bytes, the tags not themselves followed by a letter.
fn parts(raw: &str, start: usize, end: usize, tags: &[&str]) -> Vec<(usize, usize)> {
    let mut starts: Vec<usize> = Vec::new();
    for tag in tags {
        let is_tag = |at: &usize| !raw[at + tag.len()..].starts_with(|next: char| next.is_ascii_alphanumeric());
        starts.extend(raw[start..end].match_indices(tag).map(|(at, _)| start + at).filter(is_tag));
    }
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().copied().zip(ends).collect()
}

/// Without white space, line marks and tags at either end; empty when only tags are left.
fn inner(text: &str, span: Span) -> Span {
    let (mut start, mut end) = (span.start, span.end);
    loop {
        let words = &text[start..end];
        let trimmed = words.trim_start();
        start += words.len() - trimmed.len();
        end -= trimmed.len() - trimmed.trim_end().len();
        let words = &text[start..end];
        if let Some(length) = tag_length(words) {
            start += length;
        } else if let Some(at) = words.rfind('<').filter(|&at| tag_length(&words[at..]) == Some(words.len() - at)) {
            end = start + at;
        } else {
            return Span::new(start, end);
        }
    }
}

/// The length of a tag that words begin with. Tags that dress words (`<b>`) are left to the reader of lines.
fn tag_length(words: &str) -> Option<usize> {
    const TAGS: [&str; 19] = [
        "p", "div", "details", "aside", "section", "table", "thead", "tbody", "tr", "td", "th", "ul", "ol", "li", "br", "hr", "summary",
        "center", "article",
    ];
    let bare = words.strip_prefix("</").or_else(|| words.strip_prefix('<'))?;
    let name = &bare[..bare.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(bare.len())];
    let is_tag = TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name));
    words.find('>').filter(|_| is_tag).map(|close| close + 1)
}
