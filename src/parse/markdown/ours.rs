//! Quotations in nested lists that are the agent's by where they stand.

use crate::parse::blocks::{Block, BlockKind};
use crate::parse::statement::Statement;
use crate::script::Step;
use crate::source::Source;

const QUOTES: [char; 2] = ['"', '“'];

/// The words of a list's items.
fn items<'a>(source: &'a Source, list: &'a Block) -> impl Iterator<Item = &'a str> {
    list.children.iter().filter_map(|item| Some(source.slice(*item.children.first()?.lines.first()?)))
}

/// `- "Now, or shall he call you?"` over `- *now:* …` and `- *later:* …`: cases are answers to what the agent asks.
pub fn asks(source: &Source, words: &str, under: &[Block]) -> bool {
    let is_quote = words.starts_with(QUOTES) && words.trim_end().ends_with(['"', '”']) && words.contains('?');
    let [list] = under else { return false };
    let is_case = |item: &str| item.starts_with(['*', '_']) && !item.trim_start_matches(['*', '_']).starts_with(QUOTES);
    is_quote && matches!(list.kind, BlockKind::List(_)) && list.children.len() > 1 && items(source, list).all(is_case)
}

/// `- **stop it**` over the one item `- "It's stopped." → Bye`: nothing to choose from, and so the answer.
pub fn answers(source: &Source, over: &Statement, under: &Block) -> bool {
    let waits = over.branches.last().is_some_and(|case| case.steps.is_empty() && !case.is_heard)
        && over.steps.iter().all(|step| matches!(step, Step::Anchor(_)));
    let [item] = &under.children[..] else { return false };
    waits
        && matches!(under.kind, BlockKind::List(_))
        && item.children.len() == 1
        && items(source, under).all(|words| words.starts_with(QUOTES))
}
