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
    let lists = || root.children.iter().filter(|block| block.kind == BlockKind::List(None));
    let Some(list) = lists().next() else { return };
    let opens = |item: &Block| name(source, item).is_some_and(is_opening);
    let led_to = || list.children.iter().filter(|item| name(source, item).is_some_and(|name| is_led_to(source, name))).count();
    let are_sections = list.children.len() >= 2 && (list.children.first().is_some_and(opens) || led_to() * 2 >= list.children.len());
    let all_named = || list.children.iter().all(|item| name(source, item).is_some());
    if has_headings(root) || lists().count() != 1 || !are_sections || !all_named() {
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

/// `→ *Leaving*`, `go to Leaving`: the name stands behind an arrow or a jump word.
pub(super) fn is_led_to(source: &Source, name: &str) -> bool {
    source.text.match_indices(name).any(|(at, _)| {
        let before = source.text[..at].trim_end_matches(['*', '_', '"', '“', '[', ' ']);
        logical::ARROWS.iter().chain(&["go to", "Go to"]).any(|sign| before.ends_with(sign))
    })
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
