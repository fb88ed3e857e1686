//! Sections of plain text: paragraphs that begin with a mark which some arrow points at
//! (`[2] CANCEL`, `Q3. Leaving. "Sure …"`, `**STEP B** Caller: …`), and titles behind the picture of a number.
//!
//! Only where a document has no headings below its title: those say themselves what a section is.

use super::blocks::{Block, BlockKind};
use super::{line, logical, role, shortcodes, target};
use crate::source::{Source, Span};
use std::collections::{HashMap, HashSet};

/// Those of [`logical::ARROWS`], and one that begins a turn elsewhere.
fn arrows() -> impl Iterator<Item = &'static str> {
    logical::ARROWS.into_iter().chain([">>"])
}

/// Turns such marks into headings of their own.
pub fn split(source: &Source, root: &mut Block) {
    let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(level) if level > 1);
    // One alone is the title, whatever its level is.
    let is_title = root.children.first().is_some_and(|first| is_heading(&first));
    if root.children.iter().filter(is_heading).count() > usize::from(is_title) {
        return;
    }
    let mut targets = pointed_at(&source.text);
    targets.extend(forgotten(source, root, &targets));
    let paragraphs = || root.children.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let lines = || paragraphs().flat_map(|block| &block.lines);
    let several = |is_one: &dyn Fn(&str) -> bool| lines().filter(|line| is_one(source.slice(**line))).nth(1).is_some();
    // Names that stand alone in capitals are titles by themselves.
    let is_beside = |words: &str| head_end(words, &targets).is_some_and(|end| end < words.len() || !is_capital_name(words));
    let is_named = |words: &str| is_beside(words) && words.find(['"', '“', ':']).is_some_and(|at| is_capital_name(&words[..at]));
    let any = |is_one: &dyn Fn(&str) -> bool| lines().any(|line| is_one(source.slice(*line)));
    let are_usual = || targets.len() >= 2 && several(&|words| head_end(words, &targets).is_some()) && any(&is_beside);
    let has_heads = any(&is_named) || are_usual();
    if !has_heads && !several(&is_keycap_title) {
        return;
    }
    for block in std::mem::take(&mut root.children) {
        match block.kind {
            BlockKind::Paragraph => root.children.extend(cut(source, block, &targets)),
            _ => root.children.push(block),
        }
    }
}

/// Numbers and letters behind arrows, and numbers with their kind behind jump words, as [`target::reference_keys`] has them.
fn pointed_at(text: &str) -> HashSet<String> {
    let mut keys = HashSet::new();
    for line in text.lines() {
        // `go to Step 3`: a number alone may be anything.
        let behind = line::verbs(line).into_iter().filter_map(|(_, _, end)| line::reference(&line[end..]));
        keys.extend(behind.filter(|reference| reference.kind.is_some()).flat_map(|reference| target::reference_keys(&reference)));
        // `go to LEAVE`
        let named = line::verbs(line).into_iter().filter_map(|(_, _, end)| line[end..].split(['.', ',', ';', ')']).next());
        keys.extend(named.filter(|name| is_capital_name(name)).map(target::key));
        for (at, arrow) in arrows().flat_map(|arrow| line.match_indices(arrow)) {
            let behind = line[at + arrow.len()..].trim_start_matches('>');
            // `-> cancel the plan: [2] · new card: [Cards]` names its targets behind what leads there.
            let names = behind.match_indices('[').filter(|(at, _)| behind[..*at].trim_end_matches(['`', '*', ' ']).ends_with(':'));
            let named = [0].into_iter().chain(names.map(|(at, _)| at)).filter_map(|at| bracketed(&behind[at..]));
            keys.extend(named.map(|(name, _)| target::key(name)));
            keys.extend(
                [behind]
                    .into_iter()
                    .chain(behind.split(['[', ':']).skip(1))
                    .filter_map(mark)
                    .flat_map(|reference| target::reference_keys(&reference)),
            );
        }
    }
    keys
}

/// `Q11` behind ten others that arrows point at: a head as they are, although no arrow leads to it.
fn forgotten(source: &Source, root: &Block, targets: &HashSet<String>) -> Vec<String> {
    const USUAL: usize = 3;
    let first = |block: &Block| block.lines.first().filter(|_| block.kind == BlockKind::Paragraph).copied();
    let heads = root.children.iter().filter_map(first).filter_map(|line| {
        let words = source.slice(line);
        mark(&words[..words.find(['.', ':', ' '])?])
    });
    let mut kinds: HashMap<&str, usize> = HashMap::new();
    targets.iter().filter_map(|target| target.split_once(' ')).for_each(|(kind, _)| *kinds.entry(kind).or_default() += 1);
    let is_usual = |kind: &String| kinds.get(kind.as_str()).is_some_and(|&count| count >= USUAL);
    let of_kind = heads.filter(|head| head.kind.as_ref().is_some_and(is_usual));
    of_kind.flat_map(|head| target::reference_keys(&head)).collect()
}

fn mark(words: &str) -> Option<line::Reference> {
    let bare = words.trim().trim_start_matches(['[', '*', ' ']);
    let bare = &bare[..bare.find([']', '*']).unwrap_or(bare.len())];
    line::reference(bare.trim_end_matches(['.', ' ']))
}

/// Where the heading at the start of a line ends, in bytes of the line.
fn head_end(words: &str, targets: &HashSet<String>) -> Option<usize> {
    if is_keycap_title(words) {
        return Some(keycap_lead(words).unwrap_or(words.len()));
    }
    if let Some((name, end)) = bracketed(words) {
        let rest = words[end..].trim_start();
        // Alone in its line, it is called like the others, although no arrow leads to it.
        let is_kin = rest.is_empty() || line::is_capitals(name) && arrows().any(|arrow| rest.starts_with(arrow));
        return (targets.contains(&target::key(name)) || is_kin).then_some(end);
    }
    // `LEAVE: Of course.`, `LEAVE   "Of course."`
    let named = [":", "  ", " \"", " “"].into_iter().filter_map(|mark| words.split_once(mark)).map(|(name, _)| name);
    let name = named.min_by_key(|name| name.len()).unwrap_or(words);
    // `CASE A  (new unit)` goes on as a name.
    let ends = !words[name.len()..].trim_start().starts_with('(');
    if ends && is_capital_name(name) && targets.contains(&target::key(name)) {
        return Some(name.len());
    }
    let close = match words {
        _ if words.starts_with('[') => words.find(']')? + 1,
        _ if words.starts_with("**") => words[2..].find("**")? + 4,
        _ => numbered_kind(words).or_else(|| words.find(['.', ':', ' ']))?,
    };
    let reference = mark(&words[..close])?;
    let stands_out = words.starts_with(['[', '*']) || reference.kind.is_some();
    let is_pointed_at = target::reference_keys(&reference).iter().any(|key| targets.contains(key));
    // Where a jump leads to `Step 3`, `Step 1` is one, too.
    let is_kin = |kind: &String| targets.iter().any(|key| key.strip_prefix(kind.as_str()).is_some_and(|rest| rest.starts_with(' ')));
    if !stands_out || !is_pointed_at && !reference.kind.as_ref().is_some_and(is_kin) {
        return None;
    }
    match words.find(['"', '“']) {
        Some(quote) if quote > close && !words[close..quote].contains(':') => Some(quote),
        None if !words[close..].contains(':') && words.split_whitespace().count() <= 8 => Some(words.len()),
        _ => Some(close),
    }
}

fn is_capital_name(name: &str) -> bool {
    let name = name.trim();
    let is_plain = name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '\'' | '’' | '-' | '&'));
    name.len() > 2 && is_plain && line::is_capitals(name) && name.split_whitespace().count() <= 3 && role::role(name).is_none()
}

/// `[CLOSE]`, `` `[Offer 2]` ``: a name in brackets at the start of some words, and the byte behind it.
fn bracketed(words: &str) -> Option<(&str, usize)> {
    const MARKS: [char; 3] = [' ', '`', '*'];
    let open = words.len() - words.trim_start_matches(MARKS).len();
    let inner = words[open..].strip_prefix('[')?;
    let name = &inner[..inner.find(']')?];
    let is_name =
        name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= 4 && mark(&words[..open + name.len() + 2]).is_none();
    let behind = &inner[name.len() + 1..];
    let end = words.len() - behind.trim_start_matches(['`', '*']).len();
    (is_name && !behind.starts_with('(')).then_some((name, end))
}

/// `Step 3.`, `CARD 2:` at the start of a line, in bytes: no part of a sentence.
fn numbered_kind(words: &str) -> Option<usize> {
    let number = words.find(' ')? + 1;
    let end = words[number..].find(|letter: char| !letter.is_ascii_alphanumeric()).map_or(words.len(), |length| number + length);
    let mark = words[end..].chars().next().map_or(0, |mark| if matches!(mark, '.' | ':' | ')') { 1 } else { 0 });
    let is_set_off = mark > 0 || end == words.len() || words[end..].trim_start().starts_with(['-', '–', '—', '"', '“', '(']);
    let reference = line::reference(&words[..end]).filter(|_| is_set_off)?;
    (reference.kind.is_some() && reference.rest.is_empty()).then_some(end + mark)
}

/// `2️⃣ Find the order`: a few words behind the picture of a number, and nothing that is said.
fn is_keycap_title(words: &str) -> bool {
    if !shortcodes::begins_with_keycap(words) || keycap_lead(words).is_some() {
        return shortcodes::begins_with_keycap(words);
    }
    words.split_whitespace().count() <= 8
        && !words.contains(['"', '“', '→', '?'])
        && !words.trim_end().ends_with(['.', '!'])
        && !words.contains(": ")
}

/// Where the title ends in `2️⃣ **Listen** – let them finish.`, in bytes.
fn keycap_lead(words: &str) -> Option<usize> {
    const MOST_BEFORE: usize = 9;
    let open = words.find("**").filter(|open| *open <= MOST_BEFORE)? + 2;
    let close = open + words[open..].find("**")?;
    words[close + 2..].trim_start().starts_with(['–', '—', '-', ':', '"', '“']).then_some(close + 2)
}

/// A paragraph as headings and the paragraphs between them.
fn cut(source: &Source, block: Block, targets: &HashSet<String>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let leaf = |kind: BlockKind, line: Span| Block { kind, span: line, lines: vec![line], children: Vec::new() };
    for line in &block.lines {
        let end = head_end(source.slice(*line), targets);
        let rest = match end {
            Some(end) => {
                blocks.push(leaf(BlockKind::Heading(2), Span::new(line.start, line.start + end)));
                let behind = source.slice(Span::new(line.start + end, line.end));
                Span::new(line.end - behind.trim_start_matches(['–', '—', ':', ' ']).len(), line.end)
            }
            None => *line,
        };
        if source.slice(rest).trim().is_empty() {
            continue;
        }
        match blocks.last_mut().filter(|last| last.kind == BlockKind::Paragraph) {
            Some(last) => {
                last.lines.push(rest);
                last.span = last.span.to(rest);
            }
            None => blocks.push(leaf(BlockKind::Paragraph, rest)),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(text: &str) -> Vec<String> {
        let source = Source::new("a.md", text);
        let mut root = super::super::blocks::blocks(&source.text);
        split(&source, &mut root);
        root.children
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Heading(2)))
            .map(|block| source.slice(block.span).trim().to_string())
            .collect()
    }

    #[test]
    fn marks_that_arrows_point_at_are_headings() {
        assert_eq!(headings("[1] HELLO\nAgent: Hi.\n-> leaving: [2]\n\n[2] LEAVING\nAgent: Sure.\n-> [1]\n"), ["[1] HELLO", "[2] LEAVING"]);
        assert_eq!(headings("Q1. Hello. \"Hi, what is it?\" => Q2\n\nQ2. Bye. \"Bye.\" => Q1\n"), ["Q1. Hello.", "Q2. Bye."]);
        assert!(headings("[1] HELLO\nAgent: Hi.\n\n[2] LEAVING\nAgent: Sure.\n").is_empty());
    }
}
