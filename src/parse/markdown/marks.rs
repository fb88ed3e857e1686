//! The marks by which a Markdown document tells speech from remarks: frames, fences, legends.

use crate::parse::blocks::{Block, BlockKind};
use crate::parse::profile::{self, Profile, Survey, leading_symbol, picture_legend};
use crate::parse::role::{self, Role};
use crate::parse::{line, logical, outline, spoken, table, target};
use crate::script::{Jump, JumpKind, Step, Target};
use crate::source::{Source, Span, Text};

/// Looks at every line once, to find out how the document marks speech. Bullets count as frames: they may
/// hold what the customer says.
pub fn inspect(source: &Source, block: &Block, survey: &mut Survey, is_framed: bool) {
    match &block.kind {
        BlockKind::FrontMatter | BlockKind::Comment => return,
        BlockKind::Quote if !is_note_quote(source, block) => survey.framed += 1,
        BlockKind::Code(language) if is_spoken_fence(language) && !block.lines.is_empty() => survey.framed += 1,
        BlockKind::Table if table::columns(source, block).contains(&table::Column::Agent) || table::turns(source, block).is_some() => {
            survey.spoken_columns += 1;
        }
        _ => {}
    }
    if let BlockKind::Code(language) = &block.kind
        && !language.is_empty()
    {
        survey.code += usize::from(!is_spoken_fence(language));
        return;
    }
    for text in logical::lines(source, &block.lines) {
        let pieces = line::pieces(&text.value);
        survey.line(&text.value, &pieces);
        if !is_framed && block.kind == BlockKind::Paragraph {
            survey.unframed(&text.value, &pieces);
        }
    }
    let is_bullet = block.kind == BlockKind::List(None);
    let is_framed =
        is_framed || is_bullet || matches!(block.kind, BlockKind::Quote | BlockKind::Code(_) | BlockKind::Table | BlockKind::Aside(_));
    for child in &block.children {
        inspect(source, child, survey, is_framed);
    }
}

/// Whether a fenced block in this language is speech.
pub fn is_spoken_fence(language: &str) -> bool {
    matches!(language, "" | "text" | "txt" | "script" | "plain")
}

/// `> **Note** …`: a remark in a frame, not speech.
pub fn is_note_quote(source: &Source, block: &Block) -> bool {
    let first = block.children.iter().flat_map(|child| &child.lines).next();
    let words = first.map_or("", |line| source.slice(*line));
    let clean = role::clean(words.split(['.', '–', '—']).next().unwrap_or(""));
    let head = clean.split(' ').next().unwrap_or("");
    let is_for_few = clean.ends_with(" only") && clean.split(' ').count() <= 3;
    let label = words.split_once(':').map(|(label, _)| label);
    matches!(head, "note" | "tip" | "warning" | "internal" | "important" | "caution" | "whatever" | "reminder")
        || is_for_few
        || words.contains(['"', '“']) && words.rsplit(['"', '”']).next().is_some_and(spoken::disowns)
        || words.trim_start().starts_with("[!")
        || label.and_then(role::role) == Some(Role::Note)
}

/// `> late parcel -> 2`: a few words and an arrow in each line, which are no speech where that has a label.
pub fn are_ways(source: &Source, block: &Block) -> bool {
    const MOST_WORDS: usize = 8;
    let lines: Vec<&str> = block.children.iter().flat_map(|child| &child.lines).map(|line| source.slice(*line)).collect();
    let is_way = |line: &&str| {
        let arrow = logical::ARROWS.iter().find_map(|arrow| line.find(arrow));
        arrow.is_some_and(|at| (1..=MOST_WORDS).contains(&line[..at].split_whitespace().count()) && !line[..at].contains(':'))
    };
    !lines.is_empty() && lines.iter().all(is_way)
}

/// `>>BYE`, alone on a line: Markdown takes it for a block quote, and it leads to the section of that name.
pub fn quoted_name(source: &Source, block: &Block, profile: &Profile) -> Option<Step> {
    let mut inner = block;
    while let [only] = &inner.children[..] {
        inner = only;
    }
    let [line] = inner.lines[..] else { return None };
    let is_led_to = source.text[..line.start].ends_with(">>") && target::is_section(source.slice(line), profile);
    let text = Text::copied(&source.text, line);
    let target = Target::Name { name: text.value.clone(), is_sure: true };
    is_led_to.then_some(Step::Jump(Jump { kind: JumpKind::Goto, target, text }))
}

/// Who speaks in a block quote, by its title: `NOT FROM US` over what not to say; quotations under other words in
/// capitals are nobody's where the agent has a label.
pub fn quote_role(source: &Source, block: &Block, labels_agent: bool) -> Option<Role> {
    // `>>NAME   carry on under that name`
    let mut inner = block;
    while let [only] = &inner.children[..] {
        inner = only;
    }
    let explains = |line: &Span| source.text[..line.start].ends_with(">>") && source.slice(*line).contains("   ");
    if is_note_quote(source, block) || matches!(&inner.lines[..], [line] if explains(line)) {
        return Some(Role::Note);
    }
    let lines: Vec<&str> = block.children.iter().flat_map(|child| &child.lines).map(|line| source.slice(*line).trim()).collect();
    let (title, rest) = lines.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let is_bold = title.starts_with("**") && title.trim_end_matches(['.', ':']).ends_with("**") || title.ends_with(":**");
    let is_title = !title.contains(['"', '“']) && (line::is_capitals(title) || is_bold || title.ends_with(':'));
    if is_title && outline::is_avoid_heading(title) {
        return Some(Role::Avoid);
    }
    let is_boxed = |line: &Span| source.text[..line.start].trim_end().ends_with(['|', '│', '║']);
    if block.children.iter().flat_map(|child| &child.lines).all(is_boxed) {
        return Some(Role::Note);
    }
    let is_quote = |words: &&str| words.starts_with(['"', '“', '‘']);
    (is_title && labels_agent && rest.iter().all(is_quote)).then_some(Role::Note)
}

/// `HOW TO READ THIS`: what stands under it explains the marks.
pub fn names_legend(words: &str) -> bool {
    matches!(
        role::clean(words).as_str(),
        "how to read this" | "how to read it" | "legend" | "key" | "signs" | "symbols" | "key to signs" | "marks"
    )
}

/// ``Tech:` is us, `Customer:` is them``: explains the marks, speaks with none of them.
pub fn is_legend(words: &str) -> bool {
    let first = words.split(['.', '·']).next().and_then(|first| first.split_once(':'));
    let names_roles = first.is_some_and(|(name, rest)| {
        is_told(&role::clean(rest))
            && role::role(name).is_some()
            && [" you", " them", " us", " aloud"].iter().any(|word| role::clean(words).contains(word))
    });
    let opens_with_symbol = leading_symbol(words).is_some();
    // `"→ 4" means go to section 4.`
    let explains_arrow = [" means ", " stands for ", " leads to "].iter().any(|says| words.contains(says))
        && logical::ARROWS.iter().any(|arrow| ["\"", "“", "`", "**"].iter().any(|mark| words.contains(&format!("{mark}{arrow}"))));
    names_roles
        || profile::explains_columns(words)
        || profile::picture_alone(words).is_some()
        || explains_arrow
        || (words.starts_with('`') && words.contains(":`"))
        || (opens_with_symbol && (words.split_whitespace().nth(1) == Some("=") || words.matches(" is ").count() > 1))
        || !picture_legend(words).is_empty()
}

/// `{: .note }`, `[!NOTE]`: attributes of a paragraph, as Jekyll's and GitHub's Markdown have them.
pub fn is_attributes(line: &str) -> bool {
    line.starts_with("{:") && line.ends_with('}') || line.starts_with("[!") && line.ends_with(']')
}

/// Whether such attributes make a remark of a paragraph.
pub fn names_callout(attributes: &str) -> bool {
    ["note", "warning", "important", "tip", "caution", "info", "highlight", "danger", "hint", "attention", "admonition"]
        .iter()
        .any(|name| attributes.to_ascii_lowercase().contains(name))
}

/// What a legend says of a name: who it is, or that it is read out.
fn is_told(words: &str) -> bool {
    matches!(words, "you" | "them" | "us" | "me" | "they")
        || words.ends_with("aloud")
        || words.starts_with("what you ")
        || words.starts_with("what they ")
}

/// A paragraph wholly in italics is a note, whoever speaks around it.
pub fn speaker_of(text: &Text, speaker: Option<Role>) -> Option<Role> {
    let words = text.value.trim();
    let is_between =
        |mark: char, double: &str| words.len() > 1 && words.starts_with(mark) && words.ends_with(mark) && !words.starts_with(double);
    let is_italic = (is_between('*', "**") && !words.ends_with("**") || is_between('_', "__"))
        && !words.trim_matches(['*', '_']).starts_with(['"', '“'])
        && words[1..words.len() - 1].matches(['*', '_']).count() == 0;
    let is_told = words.starts_with("<!--");
    match speaker {
        Some(Role::Agent) if is_italic || is_told => Some(Role::Note),
        Some(Role::Agent) if is_case(words) => None,
        _ => speaker,
    }
}

/// `Account up to date: "You're right, I've cancelled it."`: what is quoted is spoken, and the words before it are not.
fn is_case(words: &str) -> bool {
    let Some((case, quote)) = words.split_once(':') else { return false };
    let quote = quote.trim_matches([' ', '*', '_']);
    let is_quoted = quote.len() > 1 && quote.starts_with(['"', '“']) && quote.ends_with(['"', '”']);
    role::role(case).is_none() && !case.contains(['"', '“']) && is_quoted
}
