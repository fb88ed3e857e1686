//! Bold words under a question that are the answers to it, and no titles: `**Close it today**`, `**Leave it**`.

use super::bullets::Ways;
use super::titles::{bold_title, has_headings};
use crate::parse::blocks::{Block, BlockKind};
use crate::parse::logical;
use crate::source::{Source, Span};
use std::cell::LazyCell;

/// Makes ways to choose from of the bold lines under a heading, where the words before the first of them ask and no jump
/// leads to any of them.
pub fn fork_answers(source: &Source, root: &mut Block) {
    if !has_headings(root) {
        return;
    }
    let ways = LazyCell::new(|| Ways::new(source));
    let mut run: Vec<Block> = Vec::new();
    for block in std::mem::take(&mut root.children) {
        if let BlockKind::Heading(_) = block.kind {
            root.children.extend(fork(source, std::mem::take(&mut run), &|name| ways.lead_to(name)));
            root.children.push(block);
        } else {
            run.push(block);
        }
    }
    root.children.extend(fork(source, run, &|name| ways.lead_to(name)));
}

/// The blocks under one heading, those from the first answer on inside a fork.
fn fork(source: &Source, mut run: Vec<Block>, is_led_to: &dyn Fn(&str) -> bool) -> Vec<Block> {
    let titles: Vec<Option<Span>> = run.iter().map(|block| bold_title(source, block).map(|title| title.span())).collect();
    let answers: Vec<Span> = titles.iter().flatten().copied().collect();
    let first = titles.iter().position(Option::is_some).filter(|&first| first > 0 && answers.len() > 1);
    let asks = |block: &Block| source.slice(block.span).trim_end_matches(['"', '”', '*', '_', '\n', '\r', ' ', '>']).ends_with('?');
    let may_fork = |first: &usize| asks(&run[first - 1]) && !answers.iter().any(|title| is_led_to(source.slice(*title)));
    let Some(first) = first.filter(may_fork) else { return run };
    let mut ways: Vec<Block> = Vec::new();
    for (block, title) in run.iter().zip(titles).skip(first) {
        match (title, ways.last_mut()) {
            (Some(title), _) => ways.push(Block { kind: BlockKind::Way, span: block.span, lines: vec![title], children: Vec::new() }),
            (None, Some(way)) => way.children.push(block.clone()),
            (None, None) => {}
        }
    }
    if !ways.iter().all(|way| leaves(source, way)) {
        return run;
    }
    run.truncate(first);
    let span = answers[0].to(answers[answers.len() - 1]);
    // What the first line asks, all ways answer.
    run.push(Block { kind: BlockKind::Fork, span, lines: vec![answers[0]], children: ways });
    run
}

/// A way whose last words lead on; words at the end of only the last one may be meant for all.
fn leaves(source: &Source, way: &Block) -> bool {
    way.children.last().is_some_and(|last| logical::leads(source.slice(last.span)))
}
