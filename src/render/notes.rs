//! What stands under the excerpt of a finding: the call, why it matters, what to do.

use super::{Options, safe};
use crate::diagnostic::{Decision, Diagnostic, Speaker, Turn};

/// In characters.
const MAX_TURN: usize = 60;
/// A longer call is shown by its first three turns and its last five: the fault is at the end.
const MAX_TURNS: usize = 8;
const FIRST_TURNS: usize = 3;

/// The notes of a finding, each as the lines that it takes.
pub fn notes(found: &Diagnostic, options: &Options) -> Vec<String> {
    let mut notes = Vec::new();
    if !found.walk.is_empty() {
        notes.push(format!("The call: {}", dialogue(&found.walk)));
    }
    if let Some(like) = found.decided.as_ref().and_then(Decision::like) {
        notes.push(format!("It reads like: “{like}”"));
    }
    if !found.why.is_empty() {
        notes.push(format!("Why: {} (callint explain {})", sentence(&found.why), found.rule));
    }
    match &found.instead {
        Some(instead) => notes.push(format!("Instead: {instead}")),
        None if !found.help.is_empty() => notes.push(format!("Help: {}", found.help)),
        None => {}
    }
    notes.iter().flat_map(|note| wrap(&safe::line(note), options.width)).collect()
}

/// `Caller “…” · Agent “…” · (a note)`.
fn dialogue(walk: &[Turn]) -> String {
    let mut turns: Vec<String> = Vec::new();
    for turn in walk {
        let said = said(turn);
        if turns.last() != Some(&said) {
            turns.push(said);
        }
    }
    if turns.len() > MAX_TURNS {
        let last = turns.len() - (MAX_TURNS - FIRST_TURNS);
        turns.splice(FIRST_TURNS..last, ["…".to_string()]);
    }
    turns.join(" · ")
}

fn said(turn: &Turn) -> String {
    let is_around = |letter: char| letter.is_whitespace() || "\"“”".contains(letter);
    let text = shorten(turn.text.trim_matches(is_around));
    match turn.speaker {
        Speaker::Customer => format!("Caller “{text}”"),
        Speaker::Agent => format!("Agent “{text}”"),
        Speaker::Note => {
            let bare = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
            format!("({})", bare.unwrap_or(&text))
        }
    }
}

/// At most about [`MAX_TURN`] characters, cut between words.
pub fn shorten(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = flat.char_indices().nth(MAX_TURN) else {
        return flat;
    };
    let (head, tail) = flat.split_at(cut);
    let end = if tail.starts_with(' ') { None } else { head.rfind(' ') };
    let head = &head[..end.filter(|end| end * 2 > cut).unwrap_or(cut)];
    format!("{}…", head.trim_end_matches(|letter: char| " ,;:.—–-".contains(letter)))
}

/// With a full stop, unless it ends in one already.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let stop = if text.ends_with(['.', '!', '?', '”', ')']) { "" } else { "." };
    format!("{text}{stop}")
}

/// Breaks a note between words; all lines but the first are indented.
fn wrap(note: &str, width: Option<usize>) -> Vec<String> {
    let Some(width) = width else {
        return vec![note.to_string()];
    };
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in note.split(' ') {
        let extent = word.chars().count() + 1;
        if length + extent > width && length > 0 {
            lines.push(" ".to_string());
            length = 1;
        }
        if let Some(line) = lines.last_mut() {
            if length > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
        length += extent;
    }
    lines
}
