//! Lists whose items are turns of a talk.

use super::entry::Entry;
use crate::parse::role;
use crate::parse::statement::Statement;
use crate::script::{Kind, Step};
use crate::source::Text;

/// `- Guest: "…"`, `- Host: "…"`: one customer's line before those that answer it is told, and no way to
/// choose.
pub fn tell(entries: &mut [Entry]) {
    if let Some(theirs) = takes_turns(entries) {
        entries.iter_mut().skip(theirs).step_by(2).for_each(take_for_told);
        return;
    }
    if let Some(first) = entries.iter().position(Entry::hears).filter(|first| opens(&entries[*first..])) {
        take_for_told(&mut entries[first]);
        return;
    }
    let heard: Vec<usize> = (0..entries.len()).filter(|&at| entries[at].hears()).collect();
    // Whoever gives the only answer between two lines of the agent chooses nothing.
    if let [only] = heard[..]
        && only > 0
        && entries[only - 1].is_line()
        && entries.get(only + 1).is_some_and(Entry::is_line)
    {
        return take_for_told(&mut entries[only]);
    }
    let [first, second, rest @ ..] = entries else { return };
    if second.is_line() && !rest.iter().any(Entry::hears) {
        take_for_told(first);
    }
}

/// `- Host: …`, `- Guest: …`, `- Host: …` and so on: a yes or a no answers the line before it, and only the last line may
/// lead somewhere, and does where the guest begins. The place of the guest's first line.
fn takes_turns(entries: &[Entry]) -> Option<usize> {
    let leads = |entry: &Entry| !matches!(entry.statement.steps[..], [Step::Line(_)]) || !entry.children.is_empty();
    let first = |text: &Text| role::clean(&text.value).split(' ').next().is_some_and(role::is_answer);
    let is_theirs = |entry: &Entry| entry.only_heard().is_some_and(|text| !first(&text));
    let last = entries.len().saturating_sub(1);
    let theirs = usize::from(entries.first().is_some_and(Entry::is_line));
    let is_turn = |(index, entry): (usize, &Entry)| match index % 2 == theirs {
        false => entry.is_line() && (index == last || !leads(entry)),
        true => is_theirs(entry) || index > 0 && entry.only_heard().is_some() && said(&entries[index - 1]).is_some_and(asks_whether),
    };
    let is_talk = if theirs == 1 { last >= 4 } else { last >= 3 && entries[last].is_line() && leads(&entries[last]) };
    (is_talk && entries.iter().enumerate().all(is_turn)).then_some(theirs)
}

/// What was taken for the customer's answer is a line of a dialogue.
fn take_for_told(entry: &mut Entry) {
    if let Some(text) = entry.only_heard() {
        entry.statement = Statement { steps: vec![Step::line(Kind::Hear, text)], ..Statement::default() };
    }
}

/// `- Guest: I'd like to leave.`, `- Host: Today, or at the end of the month?`, `- Guest: Today.` and so on: the first of
/// them says what the call is about, and the others answer what it is asked.
fn opens(entries: &[Entry]) -> bool {
    /// In bytes: shorter words than this tell nothing.
    const SHORTEST: usize = 4;
    let groups: Vec<(&Entry, &[Entry])> = entries.chunk_by(|_, next| !next.hears()).filter_map(<[Entry]>::split_first).collect();
    let Some(((first, body), others)) = groups.split_first() else { return false };
    let question = body.iter().rev().find_map(said).filter(|question| question.trim_end().ends_with('?'));
    let (Some(question), Some(_)) = (question, first.only_heard()) else { return false };
    let asked = role::clean(question);
    let answers = |label: &Text| {
        let label = role::clean(&label.value);
        let is_echo = |word: &str| word.len() >= SHORTEST && asked.split(' ').any(|known| known.trim_end_matches(['?', ',', '.']) == word);
        label.split(' ').next().is_some_and(|word| role::is_answer(word.trim_matches(',')))
            || label.split(' ').any(|word| is_echo(word.trim_matches([',', '.', '?'])))
    };
    let labels: Vec<Option<Text>> = others.iter().map(|(heard, _)| heard.only_heard()).collect();
    let is_told = |label: &&Option<Text>| label.as_ref().is_some_and(|label| !label.value.trim_end().ends_with('?'));
    let goes_on =
        |(_, body): &(&Entry, &[Entry])| body.last().is_some_and(|last| !said(last).is_some_and(|words| words.trim_end().ends_with('?')));
    let answered = labels.iter().flatten().filter(|label| answers(label)).count();
    !others.is_empty() && labels.iter().all(|label| is_told(&label)) && others.iter().all(goes_on) && answered * 2 >= labels.len()
}

/// A question that a yes or a no answers: `Would that do?`, `And what about a freeze?`
fn asks_whether(words: &str) -> bool {
    const OPEN: [&str; 7] = ["what", "which", "when", "where", "who", "why", "how"];
    let last = words.trim_end().rsplit(['.', '!']).next().unwrap_or("");
    let clean = role::clean(last);
    let is_offer = ["what about", "how about", "what if", "how does", "how would"].iter().any(|words| clean.contains(words));
    last.ends_with('?') && (is_offer || !clean.split(' ').take(3).any(|word| OPEN.contains(&word)))
}

/// What the agent says in an item that leads nowhere.
fn said(entry: &Entry) -> Option<&str> {
    match (&entry.statement.steps[..], &entry.children[..]) {
        ([Step::Line(line)], []) if line.kind == Kind::Say => Some(&line.text.value),
        _ => None,
    }
}
