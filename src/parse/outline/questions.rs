//! What callers ask, behind a `Q`, over what is answered, behind an `A`: each question is a situation of its own.

use crate::parse::blocks::{Block, BlockKind};
use crate::parse::markdown::names_callers;
use crate::parse::role;
use crate::source::{Source, Span};

/// As many questions and answers are how a document is written.
const USUAL: usize = 2;

/// Makes headings of the questions, where most of them are in the caller's words and nothing else is a heading: under one,
/// questions and answers are the turns of a talk. Gives the bytes at which the answers begin.
pub fn split_questions(source: &Source, root: &mut Block) -> Vec<usize> {
    let mut starts = Vec::new();
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(2..)) && source.slice(block.span).starts_with('#');
    if root.children.iter().any(is_heading) {
        return starts;
    }
    let paragraphs = || root.children.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let behind = |letter: char| {
        let lines = paragraphs().flat_map(|block| &block.lines).map(|line| source.slice(*line));
        lines.filter_map(move |words| Some(&words[mark(words, letter)?..]))
    };
    let tells = |words: &str| role::speaks_of_self(words) || names_callers(words) || role::is_turn(&role::clean(words));
    let theirs = behind('Q').filter(|words| tells(words)).count();
    if theirs < USUAL || theirs * 2 < behind('Q').count() || behind('A').count() < USUAL || behind('B').next().is_some() {
        return starts;
    }
    for block in std::mem::take(&mut root.children) {
        match block.kind {
            BlockKind::Paragraph => root.children.extend(parted(source, &block, &mut starts)),
            _ => root.children.push(block),
        }
    }
    starts
}

/// A paragraph with its questions as headings, and without the letters before its answers.
fn parted(source: &Source, block: &Block, starts: &mut Vec<usize>) -> Vec<Block> {
    let mut parts: Vec<Block> = Vec::new();
    for &line in &block.lines {
        let words = source.slice(line);
        let (question, answer) = (mark(words, 'Q'), mark(words, 'A'));
        if question.or(answer).is_none()
            && let Some(last) = parts.last_mut()
        {
            last.lines.push(line);
            last.span.end = line.end;
            continue;
        }
        // `Q3.` without marks around it is what a jump may call it by.
        let start = question.filter(|_| words.starts_with('*')).or(answer).unwrap_or(0);
        let line = Span::new(line.start + start, line.end);
        starts.extend(answer.map(|_| line.start));
        let kind = if question.is_some() { BlockKind::Heading(2) } else { BlockKind::Paragraph };
        parts.push(Block { kind, span: line, lines: vec![line], children: Vec::new() });
    }
    parts
}

/// The bytes of a letter before words: of `Q: `, `Q3. `, `**A.** `.
pub fn mark(words: &str, letter: char) -> Option<usize> {
    let rest = words.trim_start_matches('*').strip_prefix(letter)?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ':', ')'])?.trim_start_matches('*');
    let said = rest.trim_start();
    (said.len() < rest.len()).then(|| words.len() - said.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_before_words() {
        assert_eq!(mark("Q: Where?", 'Q'), Some(3));
        assert_eq!(mark("**A12.** Here.", 'A'), Some(9));
        assert_eq!(mark("Question: Where?", 'Q'), None);
        assert_eq!(mark("A.m. or p.m.", 'A'), None);
    }
}
