//! Speech in bold, in a document that marks what is said so.

use super::Reader;
use crate::parse::line::PieceKind;
use crate::parse::role::{self, Role};

impl Reader<'_> {
    /// `**Rep** "Good morning."`: a name before what is said, without a colon. Whether it was one.
    pub(super) fn bold_speaker(&mut self, index: usize) -> bool {
        let piece = self.at(index);
        let is_name = piece.kind == PieceKind::Text && piece.is_bold && self.run_is_time();
        let is_before_quote = self.next(index).is_some_and(|next| next.kind == PieceKind::Quote);
        if !is_name || !is_before_quote || self.place.speaker.is_some() {
            return false;
        }
        let role = self.profile.role(self.whole(piece)).filter(|role| matches!(role, Role::Agent | Role::Customer));
        if role.is_some() {
            self.run.clear();
            self.speaker = role;
            self.is_labelled = true;
        }
        role.is_some()
    }

    /// Nothing was said before but when it is said (`0:40`).
    fn run_is_time(&self) -> bool {
        let words: String = self.run.iter().map(|(start, end)| &self.value()[*start..*end]).collect();
        self.is_fresh() && words.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ' ' | '(' | ')' | '[' | ']'))
    }

    /// Bold words that make a sentence are the agent's. Returns the index of the piece behind them;
    /// `None` where they are something else.
    pub(super) fn bold_speech(&mut self, index: usize) -> Option<usize> {
        let first = self.at(index);
        let names_somebody = first.kind == PieceKind::Label && self.role_of(first).is_some();
        if !self.profile.is_bold_speech || self.speaker.is_some() || !first.is_bold || names_somebody {
            return None;
        }
        let is_part = |kind: &PieceKind| !matches!(kind, PieceKind::Arrow | PieceKind::Link(_) | PieceKind::Comment);
        let count = self.pieces[index..].iter().take_while(|piece| piece.is_bold && is_part(&piece.kind)).count();
        let end = index + count;
        let words = &self.value()[first.start..self.pieces[end - 1].end];
        let clean = role::clean(words);
        // `No problem.` is no answer of the customer's.
        let is_condition = role::is_condition(&clean) && !clean.starts_with("no ") && !clean.starts_with("yes ");
        if !is_said(words) || is_condition {
            return None;
        }
        self.say_after_words();
        for piece in &self.pieces[index..end] {
            self.gather(piece);
        }
        let outer = self.speaker.replace(Role::Agent);
        self.flush();
        self.speaker = outer;
        Some(end)
    }
}

/// Three words or more that end as a sentence does.
pub fn is_said(words: &str) -> bool {
    let words = words.trim_end_matches([' ', '"', '”']);
    words.ends_with(['.', '?', '!', '…']) && words.split_whitespace().nth(2).is_some()
}
