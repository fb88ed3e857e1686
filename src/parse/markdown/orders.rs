//! Documents in which nobody speaks: they tell the agent what to ask and to say, in whole sentences.

use super::whole::names_callers;
use crate::parse::role;
use crate::parse::statement::{answers, is_again};
use crate::script::{Branch, Choice, Kind, Line, Script, Step};

/// Fewer orders to speak make no call script of a document: other texts have one or two.
const LEAST: usize = 2;
/// Of all notes, in hundredths, so many give orders to speak.
const SHARE: usize = 20;

/// What agents are told to do with words.
const SPEAK: [&str; 26] = [
    "ask", "tell", "explain", "offer", "apologise", "apologize", "thank", "greet", "remind", "reassure", "inform", "advise", "acknowledge",
    "say", "confirm", "suggest", "promise", "invite", "state", "welcome", "warn", "encourage", "sympathise", "sympathize", "verify",
    "persuade",
];
/// What else they are told to do.
const ACT: [&str; 30] = [
    "transfer", "put", "let", "give", "refer", "pass", "check", "book", "take", "read", "repeat", "do", "don", "cancel", "end", "send",
    "make", "direct", "schedule", "arrange", "log", "escalate", "hand", "keep", "note", "use", "listen", "connect", "try", "go",
];
/// Words that stand before an order and change nothing.
const BEFORE: [&str; 12] =
    ["please", "always", "never", "politely", "simply", "just", "then", "first", "next", "finally", "gently", "immediately"];
/// Who else rings, where others speak of members, too.
const MEMBERS: [&str; 8] = ["client", "clients", "member", "members", "passenger", "subscriber", "policyholder", "student"];

/// Whether nobody speaks in a script and the agent is told what to say to whom.
pub(super) fn has(script: &Script) -> bool {
    let (mut notes, mut orders, mut calls) = (0, 0, false);
    let each = |tell: &mut dyn FnMut(&str)| script.sections.iter().for_each(|section| each_note(&section.steps, tell));
    each(&mut |text| calls = calls || names_callers(text) || role::clean(text).split(' ').any(|word| MEMBERS.contains(&word)));
    if !calls {
        return false;
    }
    each(&mut |text| {
        notes += 1;
        orders += sentences(text).filter(|(start, end)| speaks(&text[*start..*end])).count();
    });
    orders >= LEAST && orders * 100 >= notes * SHARE
}

fn each_note(steps: &[Step], tell: &mut dyn FnMut(&str)) {
    for step in steps {
        match step {
            Step::Line(line) if line.kind == Kind::Note => tell(&line.text.value),
            Step::Choice(choice) => choice.branches.iter().for_each(|branch| each_note(&branch.steps, tell)),
            _ => {}
        }
    }
}

/// `Ask for …`, `If they mind, apologise`
fn speaks(sentence: &str) -> bool {
    let order = condition(sentence).map_or(sentence, |comma| &sentence[comma + 1..]);
    first_order(order).is_some_and(|verb| SPEAK.contains(&verb.as_str()))
}

/// The verb with which an order begins.
fn first_order(words: &str) -> Option<String> {
    let clean = role::clean(words.get(..80).unwrap_or(words));
    let verb = clean.split(' ').find(|word| !BEFORE.contains(word))?;
    (SPEAK.contains(&verb) || ACT.contains(&verb)).then(|| verb.to_string())
}

/// Where the condition of an order ends, at its comma: `If they say no, offer …`. Bytes of the sentence.
fn condition(sentence: &str) -> Option<usize> {
    let clean = role::clean(sentence.get(..80).unwrap_or(sentence));
    let subject = clean.split(' ').skip(1).find(|word| !matches!(*word, "the" | "a" | "any"))?;
    let is_told = matches!(clean.split(' ').next()?, "if" | "when" | "whenever" | "should" | "where")
        && subject != "you"
        && (role::is_customer(subject) || role::is_answer(subject));
    let mut commas = sentence.match_indices(", ").map(|(at, _)| at);
    if is_told { commas.find(|comma| first_order(&sentence[comma + 1..]).is_some()) } else { None }
}

/// The sentences of a note, as bytes of it.
fn sentences(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let is_end = |at: usize| text[at + 1..].strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase));
    let ends = text.match_indices(['.', '?', '!']).filter(move |(at, _)| is_end(*at)).map(|(at, _)| at + 1);
    let mut start = 0;
    ends.chain([text.len()]).map(move |end| (std::mem::replace(&mut start, end), end))
}

/// Takes a document for a call script of which only the agent's orders are written down.
pub(super) fn apply(script: &mut Script) {
    script.is_call_script = true;
    script.guesses.push("nobody speaks in it: it tells the agent in notes what to ask and to say".to_string());
    for section in &mut script.sections {
        section.steps = branch(std::mem::take(&mut section.steps));
    }
}

/// Makes ways of the conditions in notes: what the agent is told to say then stands behind them.
pub(super) fn branch(steps: Vec<Step>) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    for step in steps {
        match step {
            Step::Line(line)
                if line.kind == Kind::Note && sentences(&line.text.value).any(|(a, b)| condition(&line.text.value[a..b]).is_some()) =>
            {
                let (before, branches) = ways(&line);
                out.extend(before);
                let span = line.text.span();
                match out.last_mut() {
                    Some(Step::Choice(choice)) => {
                        choice.span = choice.span.to(span);
                        branches.into_iter().for_each(|way| add(&mut choice.branches, way, false));
                    }
                    _ => out.push(Step::Choice(Choice { branches, span })),
                }
            }
            Step::Choice(mut choice) => {
                choice.branches.iter_mut().for_each(|way| way.steps = branch(std::mem::take(&mut way.steps)));
                out.push(Step::Choice(choice));
            }
            other => out.push(other),
        }
    }
    out
}

/// A note's words before its first condition, and a way for each condition.
fn ways(line: &Line) -> (Option<Step>, Vec<Branch>) {
    let text = &line.text;
    let note = |start, end| Step::Line(Line { text: text.slice(start, end), ..line.clone() });
    let (mut before, mut branches): (Option<(usize, usize)>, Vec<Branch>) = (None, Vec::new());
    let mut starts: Vec<(usize, usize, usize)> = Vec::new();
    for (start, end) in sentences(&text.value) {
        match (condition(&text.value[start..end]), starts.last_mut()) {
            (Some(comma), _) => starts.push((start, start + comma, end)),
            (None, Some(last)) => last.2 = end,
            (None, None) => before = Some((0, end)),
        }
    }
    for (start, comma, end) in starts {
        let label = text.slice(start, comma);
        let steps = vec![note(comma + 1, end)];
        let way = Branch { span: label.span(), label: Some(label), steps, ..Branch::default() };
        add(&mut branches, way, true);
    }
    (before.map(|(start, end)| note(start, end)), branches)
}

/// Adds a way. Within a note, `If they say no` is one behind the way before it; `If they still say no` is anywhere.
fn add(ways: &mut Vec<Branch>, way: Branch, is_same_note: bool) {
    let is_behind = |last: &Branch| is_again(&way) || is_same_note && answers(&way) && !answers(last);
    let Some(last) = ways.last_mut().filter(|last| is_behind(last)) else { return ways.push(way) };
    match last.steps.last_mut() {
        Some(Step::Choice(choice)) => add(&mut choice.branches, way, is_same_note),
        _ => last.steps.push(Step::Choice(Choice { span: way.span, branches: vec![way] })),
    }
}
