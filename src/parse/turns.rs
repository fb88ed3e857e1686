//! Marks of a document's own before every turn (`me)`, `@@`, `~>`): who they stand for is told by who
//! greets.

mod names;

use super::blocks::{Block, BlockKind};
use super::profile::Survey;
use super::role::{self, Role};
use super::spoken::greets;
use crate::source::{Source, Span};
use std::collections::HashMap;

pub use names::name;

/// Cuts the paragraphs before every such mark, and leaves the marks out. Gives the speaker of each
/// paragraph that had one, by the byte at which its words begin; tells the survey.
pub fn split(source: &Source, root: &mut Block, survey: &mut Survey) -> HashMap<usize, Role> {
    let mut speakers = names::split(source, root, survey);
    speakers.extend(names::dashes(source, root, survey));
    let roles = roles(source, root);
    if roles.is_empty() {
        return speakers;
    }
    for block in std::mem::take(&mut root.children) {
        if block.kind != BlockKind::Paragraph {
            root.children.push(block);
            continue;
        }
        for (index, &line) in block.lines.iter().enumerate() {
            let marked = mark(source.slice(line)).and_then(|mark| Some((mark, *roles.get(mark)?)));
            let marked = marked.filter(|(mark, _)| !is_told(&source.slice(line)[mark.len()..]));
            let words = marked.map_or(0, |(mark, _)| source.slice(line)[mark.len()..].trim_start().len());
            let from = if marked.is_some() { line.end - words } else { line.start };
            let line = Span::new(from, line.end);
            match root.children.last_mut() {
                Some(last) if index > 0 && marked.is_none() => last.lines.push(line),
                _ => root.children.push(Block { kind: BlockKind::Paragraph, span: line, lines: vec![line], children: Vec::new() }),
            }
            speakers.extend(marked.map(|(_, role)| (from, role)));
        }
    }
    survey.turns(roles.into_iter().collect());
    speakers
}

/// `STORE » is you.`: whom the mark stands for, and nothing that is said.
fn is_told(words: &str) -> bool {
    ["is ", "= ", "means "].iter().any(|says| words.trim_start().starts_with(says))
}

/// Who each mark stands for; empty where the lines of the document have no marks, or nobody greets.
fn roles<'a>(source: &'a Source, root: &Block) -> HashMap<&'a str, Role> {
    let lines = || root.children.iter().filter(|block| block.kind == BlockKind::Paragraph).flat_map(|block| &block.lines);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut agent = None;
    for words in lines().map(|line| source.slice(*line)) {
        let Some(mark) = mark(words) else { continue };
        *counts.entry(mark).or_default() += 1;
        if agent.is_none() && greets(words[mark.len()..].trim_start()) {
            agent = Some(mark);
        }
    }
    let is_known = |mark: &str| bracketed(mark) && role::role(mark.trim_matches(['[', ']', '<', '>'])).is_some();
    counts.retain(|mark, count| *count >= 2 || is_known(mark));
    let marked: usize = counts.values().sum();
    // Nothing but speech is set off so.
    let is_speech = |mark: &str| mark.chars().all(|sign| "»›❯➤►".contains(sign)) || bracketed(mark) || in_bold(mark);
    let is_usual = |agent: &str| marked >= 4 && (marked * 2 > lines().count() || is_speech(agent));
    let Some(agent) = agent.filter(|agent| counts.contains_key(agent) && is_usual(agent)) else {
        return HashMap::new();
    };
    let is_alike = |mark: &str| (in_bold(mark), bracketed(mark)) == (in_bold(agent), bracketed(agent));
    let is_pair = counts.keys().filter(|mark| is_alike(mark)).count() == 2;
    let role = |mark: &str| match role::role(mark.trim_matches(|c: char| !c.is_alphabetic())) {
        _ if mark == agent => Some(Role::Agent),
        Some(role) => Some(role),
        None => (is_pair && is_alike(mark)).then_some(Role::Customer),
    };
    counts.into_keys().filter_map(|mark| Some((mark, role(mark)?))).collect()
}

/// The mark that a line begins with: signs alone, a word and a bracket (`me)`) or a word and a sign (`Agent »`), then a space.
fn mark(line: &str) -> Option<&str> {
    const SIGNS: &str = "@~<>=:;%^&+|/\\!?.»›❯➤►";
    let (word, rest) = line.split_once(' ')?;
    // `Agent » Hello.`
    if let Some((sign, _)) =
        rest.split_once(' ').filter(|(sign, after)| matches!(*sign, "»" | "›" | ">" | "|" | "::" | "~") && !after.trim().is_empty())
        && (2..=14).contains(&word.len()) | (word.len() == 1 && word.starts_with(char::is_uppercase))
        && word.chars().all(char::is_alphabetic)
    {
        return Some(&line[..word.len() + 1 + sign.len()]);
    }
    let is_signs = (1..=4).contains(&word.chars().count())
        && word.chars().all(|sign| SIGNS.contains(sign))
        && !matches!(word, "=>" | "->" | ">>" | "..." | "&");
    let name = word.trim_matches('`').strip_suffix([')', '>', '|', ']']).unwrap_or("");
    // `A>`, and not `A)`, which counts.
    let is_letter = name.len() == 1 && name.starts_with(char::is_uppercase) && !word.ends_with([')', ']']);
    let is_name = (is_letter || (2..=12).contains(&name.len())) && name.chars().all(char::is_alphabetic) && !is_roman(name);
    ((is_signs || is_name || bracketed(word) || in_bold(word)) && !rest.trim().is_empty()).then_some(word)
}

/// `[O]`, `<Desk>`
fn bracketed(mark: &str) -> bool {
    let inner = |open, close| mark.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let name = inner('[', ']').or_else(|| inner('<', '>')).unwrap_or("");
    (1..=12).contains(&name.len()) && name.chars().all(char::is_alphabetic)
}

/// `**HD**`, before what is said.
fn in_bold(mark: &str) -> bool {
    let name = mark.strip_prefix("**").and_then(|rest| rest.strip_suffix("**")).unwrap_or("");
    (1..=12).contains(&name.len()) && name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic)
}

/// `ii)` numbers a line.
fn is_roman(name: &str) -> bool {
    name.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_before_every_turn_are_speakers() {
        let found = |text: &str| {
            let source = Source::new("a.md", text);
            let mut root = super::super::blocks::blocks(&source.text);
            let mut speakers: Vec<(usize, Role)> = split(&source, &mut root, &mut Survey::default()).into_iter().collect();
            speakers.sort_unstable();
            speakers.into_iter().map(|(at, role)| (text[at..].split(' ').next().unwrap_or("").to_string(), role)).collect::<Vec<_>>()
        };
        let pair = |a: &str, b: &str| vec![(a.to_string(), Role::Agent), (b.to_string(), Role::Customer)];
        let turns = "~> Hello there.\n<~ Cancel it.\n~> Done now.\n<~ Thanks a lot.\n";
        assert_eq!(found(turns)[..2], pair("Hello", "Cancel"));
        assert_eq!(found("a) Hello there.\nb) Cancel it.\nc) Done now.\nd) Thanks.\n"), []);
    }
}
