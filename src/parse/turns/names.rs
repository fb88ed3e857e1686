//! Turns as a play has them: the speaker's name on a line of its own, or a dash before every turn.

use crate::parse::blocks::{Block, BlockKind};
use crate::parse::line;
use crate::parse::profile::Survey;
use crate::parse::role::{self, Role};
use crate::parse::spoken::greets;
use crate::source::{Source, Span};
use std::collections::HashMap;

/// Takes names that stand alone out of the paragraphs. Gives the speaker of each paragraph that had one, by
/// the byte at which its words begin; tells the survey. Nothing where fewer than three names stand so, or
/// only one of the two speaks.
pub fn split(source: &Source, root: &mut Block, survey: &mut Survey) -> HashMap<usize, Role> {
    let mut speakers = HashMap::new();
    let paragraphs = || root.children.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let found: Vec<(&str, Role)> = paragraphs().flat_map(|block| &block.lines).filter_map(|line| name(source.slice(*line))).collect();
    // In small letters, a name begins its paragraph.
    let heads = || paragraphs().filter_map(|block| block.lines.first()).filter_map(|line| any_name(source.slice(*line)));
    let are_small = !are_usual(&found);
    let mut found = if are_small { heads().collect() } else { found };
    if !are_usual(&found) {
        return speakers;
    }
    let mut speaker = None;
    for block in std::mem::take(&mut root.children) {
        if block.kind != BlockKind::Paragraph {
            speaker = None;
            root.children.push(block);
            continue;
        }
        let mut is_new = true;
        for (index, &line) in block.lines.iter().enumerate() {
            let named = if are_small && index == 0 { any_name(source.slice(line)) } else { name(source.slice(line)) };
            if let Some((_, role)) = named {
                speaker = Some(role);
                is_new = true;
            } else {
                // `:   My sofa hasn't come.`, as in a list of definitions.
                let words = source.slice(line).strip_prefix(':').filter(|rest| rest.starts_with([' ', '\t']) && index > 0);
                let line = Span::new(line.end - words.map_or(line.end - line.start, |words| words.trim_start().len()), line.end);
                add(root, line, is_new);
                speakers.extend(speaker.take().map(|role| (line.start, role)));
                is_new = false;
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    survey.turns(found);
    speakers
}

/// Both speak, and come back.
fn are_usual(found: &[(&str, Role)]) -> bool {
    let has = |wanted: Role| found.iter().any(|(_, role)| *role == wanted);
    found.len() >= 3 && has(Role::Agent) && has(Role::Customer)
}

/// The same for paragraphs in which every line begins with a dash: whoever greets is the agent, and the two
/// take turns.
pub fn dashes(source: &Source, root: &mut Block, survey: &mut Survey) -> HashMap<usize, Role> {
    let mut speakers = HashMap::new();
    let begins = |line: &Span| source.slice(*line).starts_with(['—', '–']);
    let is_dialogue = |block: &Block| block.kind == BlockKind::Paragraph && block.lines.iter().all(begins);
    let turns: Vec<Span> = root.children.iter().filter(|block| is_dialogue(block)).flat_map(|block| block.lines.clone()).collect();
    let words = |line: Span| {
        let words = source.slice(line).trim_start_matches(['—', '–', ' ']);
        Span::new(line.end - words.len(), line.end)
    };
    let Some(first) = turns.iter().position(|line| greets(source.slice(words(*line)))).filter(|_| turns.len() >= 4) else {
        return speakers;
    };
    for (index, line) in turns.iter().enumerate() {
        let role = if index % 2 == first % 2 { Role::Agent } else { Role::Customer };
        speakers.insert(words(*line).start, role);
    }
    for block in std::mem::take(&mut root.children) {
        if is_dialogue(&block) {
            block.lines.iter().for_each(|line| add(root, words(*line), true));
        } else {
            root.children.push(block);
        }
    }
    survey.turns(vec![("—", Role::Agent), ("— in answer", Role::Customer)]);
    speakers
}

/// `AGENT`, `**Caller**`: a speaker and nothing else.
pub fn name(words: &str) -> Option<(&str, Role)> {
    let bare = words.trim().trim_matches(['*', '_', ':']).trim();
    let stands_out = line::is_capitals(bare) || words.trim().starts_with("**") && words.trim().ends_with("**");
    any_name(words).filter(|_| stands_out)
}

/// The same without a mark of its own: `Caller`.
fn any_name(words: &str) -> Option<(&str, Role)> {
    /// In bytes, with the marks around it.
    const LONGEST: usize = 60;
    if words.len() > LONGEST {
        return None;
    }
    let bare = words.trim().trim_matches(['*', '_', ':']).trim();
    let is_short = bare.split_whitespace().count() <= 2 && bare.len() > 1;
    let role = (is_short && bare.starts_with(char::is_uppercase)).then(|| role::role(bare)).flatten()?;
    let is_person = !matches!(
        role::clean(bare).as_str(),
        "greeting" | "closing" | "opening line" | "prompt" | "script" | "response" | "answer" | "reply"
    );
    (matches!(role, Role::Agent | Role::Customer) && is_person).then_some((bare, role))
}

fn add(root: &mut Block, line: Span, is_new: bool) {
    match root.children.last_mut().filter(|last| !is_new && last.kind == BlockKind::Paragraph) {
        Some(last) => {
            last.span = last.span.to(line);
            last.lines.push(line);
        }
        None => root.children.push(Block { kind: BlockKind::Paragraph, span: line, lines: vec![line], children: Vec::new() }),
    }
}
