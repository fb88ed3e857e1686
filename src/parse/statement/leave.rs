//! Words that end the walk: the call ends, or goes to somebody else.

use super::Reader;
use crate::parse::line::Piece;
use crate::parse::role;
use crate::script::{Jump, JumpKind, Step, Target};

/// In bytes, the marks around it included: no longer words end a call.
const LONGEST: usize = 80;

impl Reader<'_> {
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

/// Whether words end the call or hand it to somebody else.
pub fn is_leaving(words: &str) -> bool {
    const STARTS: [&str; 20] = [
        "transfer", "warm transfer", "cold transfer", "hand over", "hand the", "hand them", "handover", "hand off", "connect the",
        "connect them", "put them through", "put the caller through", "put through", "put the call through", "pass the call to",
        "pass them to", "pass the caller to", "pass to", "bring the phone", "escalate to",
    ];
    if !may_leave(words) {
        return false;
    }
    // Only how the words begin counts.
    let clean = role::clean(words.get(..LONGEST).unwrap_or(words));
    let starts = |start: &&str| clean.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    is_end(words) || STARTS.iter().any(starts) || (clean.starts_with("bring ") && words.contains(" into the call"))
}

/// Whether words say that the call ends here, and nothing else.
pub fn is_end(words: &str) -> bool {
    const WORDS: [&str; 15] = [
        "end of call", "end call", "end the call", "hang up", "call ends", "disconnect the call", "the call ends", "the call ends here",
        "end of script", "close the call", "end of the call", "call ends here", "fin de la llamada", "fin de llamada", "cuelgue",
    ];
    words.len() <= LONGEST && may_leave(words) && WORDS.contains(&role::clean(words).as_str())
}

/// Whether the first word may be one of those that end the walk, by two letters of it.
fn may_leave(words: &str) -> bool {
    const STARTS: [&[u8; 2]; 14] = [b"tr", b"wa", b"co", b"ha", b"pu", b"br", b"es", b"en", b"di", b"ca", b"th", b"cl", b"fi", b"cu"];
    let bytes = words.trim_start_matches(|mark: char| !mark.is_alphanumeric()).as_bytes();
    let Some(start) = bytes.first_chunk::<2>() else { return false };
    STARTS.contains(&&start.map(|byte| byte.to_ascii_lowercase()))
}

fn transfer_target(words: &str) -> Target {
    // Lower case in ASCII only: other letters may change their length, and the offset is used in `words`.
    match words.to_ascii_lowercase().find(" to ") {
        Some(at) => Target::Name { name: words[at + 4..].trim().trim_end_matches('.').to_string(), is_sure: false },
        None => Target::Outside,
    }
}
