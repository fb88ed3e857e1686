//! Macros of a chat desk: `` `#late` So sorry your order is late! ``. What stands behind a shortcut is what the agent
//! sends, in a situation of its own.

use crate::parse::blocks::{Block, BlockKind};
use crate::source::{Source, Span};

/// Fewer are no list of macros.
const FEWEST: usize = 3;

/// Makes headings of the shortcuts. Gives the bytes at which the agent's words begin.
pub fn split_macros(source: &Source, root: &mut Block) -> Vec<usize> {
    let is_macro = |block: &&Block| words(source, block).is_some();
    if root.children.iter().filter(is_macro).count() < FEWEST {
        return Vec::new();
    }
    let mut starts = Vec::new();
    for mut block in std::mem::take(&mut root.children) {
        if let Some(words) = words(source, &block) {
            let name = Span::new(block.span.start, block.lines[0].end - words.len());
            let name = Span::new(name.start, name.start + source.slice(name).trim_end_matches([' ', ':', '–', '—', '-']).len());
            root.children.push(Block { kind: BlockKind::Heading(2), span: name, lines: vec![name], children: Vec::new() });
            block.lines[0].start = block.lines[0].end - words.len();
            block.span.start = block.lines[0].start;
            starts.push(block.span.start);
        }
        root.children.push(block);
    }
    starts
}

/// What stands behind a shortcut at the start of a paragraph.
fn words<'a>(source: &'a Source, block: &Block) -> Option<&'a str> {
    let first = block.lines.first().filter(|_| block.kind == BlockKind::Paragraph)?;
    let (name, rest) = source.slice(*first).strip_prefix('`')?.split_once('`')?;
    let is_name = name.starts_with(['#', '/', ';', ':', '!']) && (2..=24).contains(&name.len()) && !name.contains(' ');
    let rest = rest.trim_start_matches([' ', ':', '–', '—', '-']);
    (is_name && rest.contains(' ')).then_some(rest)
}
