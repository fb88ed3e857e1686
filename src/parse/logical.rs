//! Lines as they were meant: a wrapped sentence is one line, two markers under each other are two.

use super::indent;
use super::role::{self, Role};
use super::shortcodes;
use crate::source::{Source, Span, Text};

/// What leads somewhere, or to an answer.
pub const ARROWS: [&str; 21] =
    ["->", "=>", "~>", "→", "➜", "➔", "⇒", "➡", "⤷", "👉", "↷", "⤵", "⇢", "↦", "–>", "—>", "⮕", "⟶", "➤", "⇨", "↪"];

/// How many of them are plain signs: most lines can have no others.
const PLAIN: usize = 3;

/// Where an arrow stands, in bytes.
fn arrow(words: &str) -> Option<usize> {
    let arrows = if words.is_ascii() { &ARROWS[..PLAIN] } else { &ARROWS[..] };
    arrows.iter().find_map(|arrow| words.find(arrow))
}

/// Words with an arrow or a jump word in them.
pub fn leads(words: &str) -> bool {
    arrow(words).is_some() || !super::line::verbs(words).is_empty()
}

/// Joins the raw lines of a paragraph where one goes on with the other.
pub fn lines(source: &Source, lines: &[Span]) -> Vec<Text> {
    let mut found: Vec<Text> = Vec::new();
    let mut before = Span::default();
    let is_each_named = lines.len() > 1 && lines.iter().all(|line| begins_with_name(source.slice(*line)));
    for line in lines {
        let text = without_bar(without_then(shortcodes::text(source, *line)));
        if is_stem(&text.value) || matches!(text.value.as_str(), "ENDIF" | "END IF" | "END-IF") {
            continue;
        }
        match found.last_mut() {
            Some(last)
                if !is_each_named && goes_on(source, last, before.end, &text, line.start) && !is_outdented(source, last, before, *line) =>
            {
                last.push(" ", Span::new(before.end, line.start));
                last.append(&text);
            }
            _ => found.push(text),
        }
        before = *line;
    }
    found
}

/// `IF no THEN`: the condition, without the word that what follows it begins with.
fn without_then(text: Text) -> Text {
    let words = text.value.trim_end();
    let condition = words.strip_suffix(" THEN").filter(|rest| rest.starts_with("IF ") || rest.starts_with("ELSE"));
    match condition.map(str::len) {
        Some(length) => text.slice(0, length),
        None => text,
    }
}

/// `│     Agent: Hello.`, under a branch of a drawn tree: without the bar that only leads on to the next branch.
fn without_bar(text: Text) -> Text {
    let words = text.value.trim_start_matches(['│', '┃', ' ', '\u{a0}']);
    let has_bar = text.value.trim_start().starts_with(['│', '┃']) && !words.is_empty() && !is_tree(words);
    if has_bar { text.slice(text.value.len() - words.len(), text.value.len()) } else { text }
}

/// `Hirer: no thanks`: where every line of a paragraph begins so, each is a turn.
fn begins_with_name(line: &str) -> bool {
    let name = line.split_once(": ").map_or("", |(name, _)| name.trim_start());
    name.starts_with(char::is_uppercase) && name.split(' ').count() <= 2 && name.chars().all(|c| c.is_alphabetic() || c == ' ')
}

fn goes_on(source: &Source, last: &Text, last_end: usize, next: &Text, next_start: usize) -> bool {
    if is_open_quote(&last.value) {
        return true;
    }
    let between = source.text.get(last_end..next_start).unwrap_or("");
    let is_broken = between.starts_with("  ") || between.starts_with('\\');
    let is_or = role::clean(&last.value) == "or";
    // `>> Hello.` and `>> How can I help?`: each of them is a turn.
    let is_turn = between.contains(">>") && last.value.trim_end().ends_with(['.', '?', '!']);
    let is_counted = || source.text.get(next_start..).is_some_and(super::shortcodes::begins_with_keycap);
    !is_turn
        && !is_broken
        && !is_counted()
        && !is_or
        && !begins_anew(&next.value)
        && !ends_whole(&last.value, &next.value)
        && !answers(&last.value, &next.value)
}

/// `no -> 3`, and the next line stands further left: it begins anew, whatever its words are.
fn is_outdented(source: &Source, last: &Text, before: Span, next: Span) -> bool {
    arrow(&last.value).is_some() && indent::column(source, next) + indent::STEP <= indent::column(source, before)
}

fn is_open_quote(words: &str) -> bool {
    let straight = words.matches('"').count() % 2 == 1;
    let curly = words.rfind('“') > words.rfind('”');
    straight || (curly && words.contains('“'))
}

/// The line begins with something that only begins a line.
pub fn begins_anew(words: &str) -> bool {
    let bare = words.trim_start().trim_start_matches(['*', '_', '`']);
    let first = bare.chars().next().unwrap_or(' ');
    if super::profile::is_symbol(first)
        || super::shortcodes::begins_with_keycap(bare)
        || bare.starts_with(['[', '→', '➜', '▸', '•', '>', '»', '↳', '"', '“', '‘'])
        || is_tree(bare)
        || bare.starts_with("->")
        || bare.starts_with("=>")
        || bare.starts_with("((")
        || bare.strip_prefix("-- ").is_some_and(|note| note.starts_with(char::is_uppercase))
    {
        return true;
    }
    if super::line::verbs(bare).first().is_some_and(|(_, start, _)| *start == 0) {
        return true;
    }
    let word = bare.split_whitespace().next().unwrap_or("");
    let is_remark = matches!(word.to_lowercase().trim_end_matches(['*', '_', ':', ')']), "n.b." | "nb" | "p.s.");
    let says = || arrow(bare).is_some_and(|at| role::says(&bare[..at]));
    if is_remark || is_marked(bare, word) || begins_case(word) || is_enumerator(word) {
        return true;
    }
    if super::line::begins_with_speaker(bare) || names_case(bare) || tells_of_turn(bare) || says() {
        return true;
    }
    let Some((label, rest)) = bare.split_once(':') else { return false };
    let is_short = label.split_whitespace().count() <= 4 && (rest.is_empty() || rest.starts_with([' ', '\t', '*', '_', '`']));
    is_short
        && (words.trim_start().starts_with('*')
            || rest.trim_start().starts_with(['"', '“'])
            || role::role(label).is_some_and(|role| role != Role::Condition)
            || label.chars().all(|c| c.is_uppercase() || c == ' '))
}

/// `FD » Good morning.`: a name and a sign.
fn is_marked(words: &str, name: &str) -> bool {
    const LONGEST: usize = 14;
    let is_name = (1..=LONGEST).contains(&name.len()) && name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic);
    is_name && ["»", "›", "::"].iter().any(|sign| words[name.len()..].trim_start().starts_with(sign))
}

/// `If`, `Otherwise,`, `Yes:`: the first word of a case.
fn begins_case(word: &str) -> bool {
    const WORDS: [&str; 14] =
        ["If", "IF", "When", "WHEN", "OR", "Otherwise", "OTHERWISE", "ELSE", "Else", "Else-if", "Else-If", "ELSE-IF", "Elseif", "ElseIf"];
    WORDS.contains(&word.trim_end_matches([':', ','])) || matches!(word, "Yes:" | "No:" | "YES:" | "NO:")
}

/// `├── Yes`, `│   └── No`, `+--> No`
pub fn is_tree(words: &str) -> bool {
    let words = words.trim_start_matches(['│', '┃', '|', ' ', '\u{a0}']);
    words.starts_with(['├', '└', '┣', '┗', '╰']) || words.starts_with("+-") || words.starts_with("`-") || words.starts_with("\\-")
}

/// `|`, `▼`: what joins the boxes of a drawing.
fn is_stem(words: &str) -> bool {
    !words.is_empty() && words.chars().all(|sign| matches!(sign, '|' | '│' | '┃' | '▼' | '↓' | ' ' | '\u{a0}'))
}

/// `NO - "Thanks for your time."`, `NOT INTERESTED – end the call`
fn names_case(words: &str) -> bool {
    let label = [" - ", " – ", " — "].iter().find_map(|dash| words.split_once(dash)).map_or("", |(label, _)| label);
    let is_short = (1..=4).contains(&label.split_whitespace().count());
    is_short && (super::line::is_capitals(label) && label.len() > 1 || matches!(label, "Yes" | "No"))
}

/// `Customer states reason.`: what happens, and nothing that is said.
fn tells_of_turn(words: &str) -> bool {
    let mut first = words.strip_prefix("The ").unwrap_or(words).split(' ');
    let (who, verb) = (first.next().unwrap_or(""), first.next().unwrap_or(""));
    let is_verb = verb.len() > 3 && verb.ends_with('s') && verb.chars().all(char::is_alphabetic);
    is_verb && who.starts_with(char::is_uppercase) && role::is_customer(&who.to_lowercase()) && role::tells_of_customer(words)
}

/// `Tickets => 2`, `tickets ........ >>2` under a finished sentence.
fn answers(last: &str, next: &str) -> bool {
    let is_short = arrow(next).or_else(|| next.find("....")).is_some_and(|at| (1..=8).contains(&next[..at].split_whitespace().count()));
    (is_short || super::line::dashed::leads(next).is_some())
        && last.trim_end_matches(['*', '_', ' ']).ends_with(['.', '?', '!', ':', '"', '”'])
}

/// `(a)`, `1.2`, `3)`
fn is_enumerator(word: &str) -> bool {
    let is_letter = word.len() <= 4 && word.starts_with('(') && word.ends_with(')');
    let digits = word.trim_end_matches(['.', ')']);
    let is_lettered = matches!(word.as_bytes(), [letter, b'.' | b')'] if letter.is_ascii_lowercase());
    is_letter
        || is_lettered
        || (digits.contains('.') && digits.chars().all(|c| c.is_ascii_digit() || c == '.') && digits.len() >= 3)
        || (word.ends_with(')') && (1..=3).contains(&digits.len()) && is_numbered(digits))
}

/// `3`, `12`, `2a`, `c2`
fn is_numbered(word: &str) -> bool {
    let is_small = |c: char| c.is_ascii_lowercase();
    let number = word.strip_suffix(is_small).or_else(|| word.strip_prefix(is_small)).unwrap_or(word);
    !number.is_empty() && number.len() <= 2 && number.chars().all(|c| c.is_ascii_digit())
}

/// A quotation that ends a line is a whole line when another begins the next; so are two lines that
/// each have an arrow.
fn ends_whole(last: &str, next: &str) -> bool {
    /// An arrow and the words of a name.
    const MOST_NAMED: usize = 4;
    let points = |words: &str| arrow(words).is_some() || words.contains("....");
    let is_quote = last.trim_end().ends_with(['"', '”']) && next.starts_with(char::is_uppercase);
    // `… and tell them. → Part F` over `All are gone: …`
    let is_led = || arrow(last).is_some_and(|at| last[at..].split_whitespace().count() <= MOST_NAMED);
    is_quote
        || points(last) && points(next)
        || next.starts_with(char::is_uppercase) && is_led()
        || super::line::dashed::leads(last).is_some()
        || last.trim_end().ends_with("))")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_sentences_are_joined_and_markers_are_not() {
        let source = Source::new("a.md", "I will look\nat it now.\nIf not, go on.\n[No → 2]\nRep: Hi\n");
        let spans: Vec<Span> = source
            .text
            .split_inclusive('\n')
            .scan(0, |at, line| {
                let span = Span::new(*at, *at + line.trim_end().len());
                *at += line.len();
                Some(span)
            })
            .collect();
        let texts: Vec<String> = lines(&source, &spans).into_iter().map(|text| text.value).collect();
        assert_eq!(texts, ["I will look at it now.", "If not, go on.", "[No → 2]", "Rep: Hi"]);
    }
}
