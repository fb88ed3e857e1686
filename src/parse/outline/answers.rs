//! Bold words under a question that are the answers to it, and no titles: `**Close it today**`, `**Leave it**`.

use super::bullets::is_led_to;
use super::titles::{bold_title, has_headings};
use crate::parse::blocks::{Block, BlockKind};
use crate::parse::{line, logical};
use crate::source::{Source, Span};

/// Makes ways to choose from of the bold lines under a heading, where the words before the first of them ask and no jump
/// leads to any of them.
pub fn fork_answers(source: &Source, root: &mut Block) {
    if !has_headings(root) {
        return;
    }
    let mut run: Vec<Block> = Vec::new();
    for block in std::mem::take(&mut root.children) {
        if let BlockKind::Heading(_) = block.kind {
            root.children.extend(fork(source, std::mem::take(&mut run)));
            root.children.push(block);
        } else {
            run.push(block);
        }
    }
    root.children.extend(fork(source, run));
}

/// The blocks under one heading, those from the first answer on inside a fork.
fn fork(source: &Source, mut run: Vec<Block>) -> Vec<Block> {
    let title = |block: &Block| bold_title(source, block).map(|title| title.span());
    let titles: Vec<Span> = run.iter().filter_map(title).collect();
    let first = run.iter().position(|block| title(block).is_some()).filter(|&first| first > 0);
    let asks = |block: &Block| source.slice(block.span).trim_end_matches(['"', '”', '*', '_', '\n', '\r', ' ', '>']).ends_with('?');
    let is_target = |title: &Span| is_led_to(source, source.slice(*title));
    let may_fork = |first: &usize| titles.len() > 1 && asks(&run[first - 1]) && !titles.iter().any(is_target);
    let Some(first) = first.filter(may_fork) else { return run };
    let mut ways: Vec<Block> = Vec::new();
    for block in &run[first..] {
        match (title(block), ways.last_mut()) {
            (Some(title), _) => ways.push(Block { kind: BlockKind::Way, span: block.span, lines: vec![title], children: Vec::new() }),
            (None, Some(way)) => way.children.push(block.clone()),
            (None, None) => {}
        }
    }
    if !ways.iter().all(|way| leaves(source, way)) {
        return run;
    }
    run.truncate(first);
    let span = titles[0].to(titles[titles.len() - 1]);
    // What the first line asks, all ways answer.
    run.push(Block { kind: BlockKind::Fork, span, lines: vec![titles[0]], children: ways });
    run
}

/// A way whose last words lead on; words at the end of only the last one may be meant for all.
fn leaves(source: &Source, way: &Block) -> bool {
    way.children.last().is_some_and(|last| {
        let words = source.slice(last.span);
        logical::ARROWS.iter().any(|arrow| words.contains(arrow)) || !line::verbs(words).is_empty()
    })
}
