//! Words that end the walk: the call ends, or goes to somebody else.

use super::Reader;
use crate::parse::line::Piece;
use crate::parse::role;
use crate::script::{Jump, JumpKind, Step, Target};

/// In bytes, the marks around it included: no longer words end a call.
const LONGEST: usize = 80;

/// How words begin that hand the call over.
const HANDS_OVER: [&str; 20] = [
    "transfer", "warm transfer", "cold transfer", "hand over", "hand the", "hand them", "handover", "hand off", "connect the",
    "connect them", "put them through", "put the caller through", "put through", "put the call through", "pass the call to",
    "pass them to", "pass the caller to", "pass to", "bring the phone", "escalate to",
];

/// Words that end the call.
const ENDS: [&str; 16] = [
    "end of call", "end call", "end the call", "hang up", "call ends", "disconnect the call", "the call ends", "the call ends here",
    "end of script", "close the call", "end of the call", "call ends here", "end", "fin de la llamada", "fin de llamada", "cuelgue",
];

impl Reader<'_> {
    /// `Goodbye. [end]`: whether the brackets end the call.
    pub(super) fn ends_behind(&mut self, index: usize) -> bool {
        let piece = self.at(index);
        let is_over = self.is_speech() && self.next(index).is_none() && is_end(self.inner(piece));
        if is_over {
            self.end(piece);
        }
        is_over
    }

    /// The call ends behind what was said.
    pub(super) fn end(&mut self, piece: &Piece) {
        self.flush();
        self.push(Step::End(self.text.slice(piece.start, piece.end).span()));
    }

    /// `Transfer to billing`, `end of call`, `hand over`.
    pub(super) fn leave(&mut self, piece: &Piece) {
        if self.begins_with_condition() {
            self.run_to_cue(false);
        }
        self.flush();
        let words = self.whole(piece);
        let text = self.text.slice(piece.start, piece.end);
        self.push(match is_end(words) {
            true => Step::End(text.span()),
            false => Step::Jump(Jump { kind: JumpKind::Transfer, target: transfer_target(words), text }),
        });
    }
}

/// `⏹`, alone or behind the last words: the call is over.
pub fn is_end_sign(words: &str) -> bool {
    matches!(words.trim().trim_end_matches('\u{fe0f}'), "⏹" | "■" | "◼" | "⏏" | "🔚")
}

/// `transfer`, `Hand over`: a name that says that the call goes to whoever stands behind it.
pub fn hands_over(name: &str) -> bool {
    matches!(
        role::clean(name).as_str(),
        "transfer" | "transfer to" | "hand over" | "hand over to" | "handover" | "hand off" | "escalate to"
    )
}

/// Whether words end the call or hand it to somebody else.
pub fn is_leaving(words: &str) -> bool {
    if !may_leave(words) {
        return false;
    }
    // Only how the words begin counts.
    let clean = role::clean(words.get(..LONGEST).unwrap_or(words));
    let starts = |start: &&str| clean.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    is_end(words) || HANDS_OVER.iter().any(starts) || (clean.starts_with("bring ") && words.contains(" into the call"))
}

/// `Supervisor`, `the billing team`: who takes the call behind an arrow.
pub fn names_taker(words: &str) -> bool {
    const TAKERS: [&str; 12] = [
        "manager", "supervisor", "leader", "lead", "team", "department", "dept", "specialist", "human", "desk", "escalations", "colleague",
    ];
    const MOST_WORDS: usize = 4;
    let clean = role::clean(words);
    let mut last = clean.rsplit(' ').take(MOST_WORDS + 1);
    !words.contains(['.', '?', '!', ':']) && last.next().is_some_and(|word| TAKERS.contains(&word)) && last.count() < MOST_WORDS
}

/// Whether words say that the call ends here, and nothing else.
pub fn is_end(words: &str) -> bool {
    words.len() <= LONGEST && may_leave(words) && ENDS.contains(&role::clean(words).as_str())
}

/// Whether the first word may be one of those that end the walk, by two letters of it: a look that spares most
/// words the rest.
fn may_leave(words: &str) -> bool {
    let bytes = words.trim_start_matches(|mark: char| !mark.is_alphanumeric()).as_bytes();
    let Some(start) = bytes.first_chunk::<2>() else { return false };
    HANDS_OVER.iter().chain(&ENDS).any(|known| known.as_bytes()[..2].eq_ignore_ascii_case(start))
}

fn transfer_target(words: &str) -> Target {
    // Lower case in ASCII only: other letters may change their length, and the offset is used in `words`.
    match words.to_ascii_lowercase().find(" to ") {
        Some(at) => Target::Name { name: words[at + 4..].trim().trim_end_matches('.').to_string(), is_sure: false },
        None => Target::Outside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_ends_a_walk_is_heard() {
        assert!(HANDS_OVER.iter().all(|start| is_leaving(&format!("**{}** billing", start.to_uppercase()))));
        assert!(ENDS.iter().all(|end| is_end(&format!("({end}.)"))));
        assert!(!is_leaving("Say that the call may take a while"));
    }
}
