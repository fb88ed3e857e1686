//! Sections that are paragraphs with a letter: `B. The refund is late. Say: "…"`, `(b) Ask who rings.`, `(2) Late`.

use super::titles::has_headings;
use crate::parse::blocks::{Block, BlockKind};
use crate::source::{Source, Span};

/// Fewer are no row of sections.
const FEWEST: usize = 3;
/// More words are no title, unless nothing else stands in the line.
const LONGEST: usize = 8;
const LONGEST_ALONE: usize = 14;

/// Cuts the titles off paragraphs that are lettered in order from A on, in a document without headings.
pub fn split_letters(source: &Source, root: &mut Block) {
    let next = |letter: &mut u8, block: &Block| {
        let found = title(source, block).filter(|(found, _)| found == letter);
        *letter += u8::from(found.is_some());
        found
    };
    let mut letter = b'A';
    let count = root.children.iter().filter(|block| next(&mut letter, block).is_some()).count();
    if has_headings(root) || count < FEWEST {
        return;
    }
    let mut letter = b'A';
    let mut split: Vec<Block> = Vec::new();
    for mut block in std::mem::take(&mut root.children) {
        if let Some((_, head)) = next(&mut letter, &block) {
            let first = block.lines.remove(0);
            let rest = Span::new(head.end, first.end);
            let is_over = source.slice(rest).trim_matches(['.', ':', ' ']).is_empty();
            if !is_over {
                let words = source.slice(rest);
                let lead = words.len() - words.trim_start_matches(['.', ':', ' ']).len();
                block.lines.insert(0, Span::new(rest.start + lead, rest.end));
            }
            split.push(Block { kind: BlockKind::Heading(2), span: head, lines: vec![head], children: Vec::new() });
        }
        if block.kind != BlockKind::Paragraph || !block.lines.is_empty() {
            split.push(block);
        }
    }
    root.children = split;
}

/// The letter of a paragraph and the span of letter and title, without the mark behind it.
fn title(source: &Source, block: &Block) -> Option<(u8, Span)> {
    let first = block.lines.first().filter(|_| block.kind == BlockKind::Paragraph)?;
    let words = source.slice(*first);
    let (letter, rest) = numbered(words).or_else(|| lettered(words))?;
    let lead = words.len() - rest.len();
    let end = rest.find([':', '.', '?', '!', '"', '“']).unwrap_or(rest.trim_end().len());
    let is_alone = rest[end..].trim_matches(['.', ':', ' ']).is_empty();
    let longest = if is_alone { LONGEST_ALONE } else { LONGEST };
    let is_title = (1..=longest).contains(&rest[..end].split_whitespace().count())
        && rest.starts_with(char::is_uppercase)
        && !rest[end..].starts_with(['"', '“', '?', '!']);
    is_title.then(|| (letter, Span::new(first.start, first.start + lead + end)))
}

/// `B. Late`, `(b) Late`
fn lettered(words: &str) -> Option<(u8, &str)> {
    let bare = words.strip_prefix('(').unwrap_or(words);
    let letter = bare.bytes().next().filter(u8::is_ascii_alphabetic)?.to_ascii_uppercase();
    Some((letter, bare[1..].strip_prefix(['.', ')'])?.strip_prefix(' ')?))
}

/// `(2) Late`, as if it were the second letter.
fn numbered(words: &str) -> Option<(u8, &str)> {
    let (number, rest) = words.strip_prefix('(')?.split_once(") ")?;
    let number = number.parse::<u8>().ok().filter(|number| (1..=26).contains(number))?;
    Some((b'A' + number - 1, rest))
}
