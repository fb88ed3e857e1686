//! Sections that are the items of one list: `- Opening`, and what is said there as a list below it.

use super::is_opening;
use super::titles::has_headings;
use crate::parse::blocks::{Block, BlockKind};
use crate::parse::{line, logical, role};
use crate::source::Source;

/// Makes headings of the items of the only list of a document without headings, where each of them has a brief name
/// and lines of its own, and the first is how a call opens or half of them are jumped to. (Answers to what was said
/// before are no sections, and items with numbers are known by them.)
pub fn split_bullets(source: &Source, root: &mut Block) {
    let mut lists = root.children.iter().filter(|block| block.kind == BlockKind::List(None));
    let (Some(list), None) = (lists.next(), lists.next()) else { return };
    let names: Option<Vec<&str>> = list.children.iter().map(|item| name(source, item)).collect();
    let Some(names) = names.filter(|names| names.len() > 1 && !has_headings(root)) else { return };
    let led_to = || {
        let ways = Ways::new(source);
        names.iter().filter(|name| ways.lead_to(name)).count()
    };
    if !is_opening(names[0]) && led_to() * 2 < names.len() {
        return;
    }
    for block in std::mem::take(&mut root.children) {
        if block.kind != BlockKind::List(None) {
            root.children.push(block);
            continue;
        }
        for mut item in block.children {
            if let Some(head) = (!item.children.is_empty()).then(|| item.children.remove(0)) {
                root.children.push(Block { kind: BlockKind::Heading(2), ..head });
            }
            root.children.extend(item.children);
        }
    }
}

/// What stands behind the arrows and jump words of a document, up to the end of the line, sorted: `→ *Leaving*`, `go to Leaving`.
pub(super) struct Ways<'a>(Vec<&'a str>);

impl<'a> Ways<'a> {
    pub fn new(source: &'a Source) -> Ways<'a> {
        let signs = logical::ARROWS.into_iter().chain(["go to", "Go to"]);
        let behind =
            signs.flat_map(|sign| source.text.match_indices(sign)).filter_map(|(at, sign)| source.text[at + sign.len()..].lines().next());
        let mut ways: Vec<&str> = behind.map(|rest| rest.trim_start_matches(['*', '_', '"', '“', '[', ' '])).collect();
        ways.sort_unstable();
        Ways(ways)
    }

    /// Whether a name stands right behind one of them.
    pub fn lead_to(&self, name: &str) -> bool {
        let first = self.0.partition_point(|way| *way < name);
        self.0.get(first).is_some_and(|way| way.starts_with(name))
    }
}

/// The words of an item that has something below it, if they can be a title.
fn name<'a>(source: &'a Source, item: &Block) -> Option<&'a str> {
    let [head, _, ..] = &item.children[..] else { return None };
    let [only] = head.lines[..] else { return None };
    let words = source.slice(only).trim().trim_matches(['*', '_', ':']);
    let is_title = words.starts_with(char::is_uppercase) || words.starts_with(|c: char| c.is_ascii_digit());
    let ends = words.ends_with(|c: char| c.is_alphanumeric() || c == ')');
    let speaks = words.contains(['"', '“', '→', ':']) || role::role(words) == Some(role::Role::Condition);
    (head.kind == BlockKind::Paragraph
        && is_title
        && ends
        && !speaks
        && line::verbs(words).is_empty()
        && words.split_whitespace().count() <= 8)
        .then_some(words)
}
