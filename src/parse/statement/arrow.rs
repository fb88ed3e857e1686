//! Arrows: to a place, to what is said, to what to say instead.

use super::{Reader, leave};
use crate::parse::line::{self, Piece, PieceKind, Verb};
use crate::parse::outline;
use crate::parse::profile::is_sentence;
use crate::parse::role::{self, Role};
use crate::parse::spoken;
use crate::parse::target::{self, Found};
use crate::script::{Jump, JumpKind, Step, Target};

/// Words of a case before the arrow to what answers it.
const MOST_WORDS: usize = 12;

impl Reader<'_> {
    /// Returns the index of the next piece.
    pub(super) fn arrow(&mut self, index: usize) -> usize {
        let Some(next) = self.next(index) else { return index + 1 };
        let is_spoken = matches!(next.kind, PieceKind::Quote | PieceKind::Label);
        let target = || self.arrow_target(index + 1).or_else(|| self.missing_behind_arrow(index + 1));
        let found = if is_spoken || self.names_taker(index + 1) { None } else { target() };
        if found.is_none() && !is_spoken && self.is_order() {
            return index + 1;
        }
        // Where nothing marks speech, an item or a few words that lead to a section are no speech.
        let is_way = self.is_guessed() && found.is_some() && (self.place.is_item || self.is_brief());
        let may_label = self.cue.is_none() && (!self.is_speech() || is_way) && self.speaker != Some(Role::Avoid);
        let is_label = may_label && (self.place.is_item || self.begins_with_condition() || found.is_some() || self.defines(next));
        if is_label && !self.run.is_empty() {
            self.last_sentence_to_cue()
        } else {
            self.flush()
        }
        if self.speaker == Some(Role::Avoid) && found.is_none() {
            // `❌ "Calm down." → "I can hear how annoying that is."`: what to say instead, which nobody says here.
            self.speaker = Some(Role::Note);
            return index + 1;
        }
        self.end_answer();
        if self.leaves_in_a_word(index + 1) {
            return index + 2;
        }
        if found.is_none() && next.kind == PieceKind::Text && leave::is_leaving(self.whole(next)) {
            // `… I'll tell him. → Transfer to the manager`
            self.leave(next);
            return index + 2;
        }
        let Some(found) = found else {
            self.answer_behind_arrow(self.at(index), next);
            return index + 1;
        };
        let end = found.end;
        self.jump(found, JumpKind::Goto);
        self.after_jump(index + 1, end)
    }

    /// `Then ask for → the order number`: what stands behind belongs to the order.
    fn is_order(&self) -> bool {
        const ORDERS: [&str; 9] = ["ask for", "ask", "check", "verify", "confirm", "take", "collect", "get", "note"];
        let clean = role::clean(self.first_words());
        self.is_fresh() && self.run.len() == 1 && ORDERS.contains(&clean.strip_prefix("then ").unwrap_or(&clean))
    }

    /// `→ end`, `→ Supervisor`. Whether the walk ended so.
    fn leaves_in_a_word(&mut self, index: usize) -> bool {
        let piece = self.at(index);
        let (words, text) = (self.whole(piece).trim(), self.text.slice(piece.start, piece.end));
        if piece.kind == PieceKind::Text && self.next(index).is_none() && role::clean(words) == "end" {
            self.push(Step::End(text.span()));
        } else if self.names_taker(index) {
            let target = Target::Name { name: words.to_string(), is_sure: false };
            self.push(Step::Jump(Jump { kind: JumpKind::Transfer, target, text }));
        } else {
            return false;
        }
        true
    }

    /// `→ Supervisor`, where no section has that name.
    fn names_taker(&self, index: usize) -> bool {
        let piece = self.at(index);
        let words = self.whole(piece);
        let is_last = piece.kind == PieceKind::Text && self.next(index).is_none();
        is_last && leave::names_taker(words) && !self.profile.sections.contains(&target::key(words))
    }

    /// What the customer says ends with the arrow.
    pub(super) fn end_answer(&mut self) {
        if self.speaker == Some(Role::Customer) {
            self.speaker = self.place.speaker;
            self.is_labelled = false;
        }
    }

    /// `Still no » I'll take it off today.`: what the agent answers, although nothing marks it.
    fn answer_behind_arrow(&mut self, arrow: &Piece, next: &Piece) {
        let rest = &self.value()[next.start..];
        let is_mark = self.profile.speech_mark.as_deref() == Some(self.whole(arrow).trim());
        if self.speaker.is_none() && self.cue.is_some() && next.kind == PieceKind::Text && (is_mark || spoken::addresses(rest)) {
            self.speaker = Some(Role::Agent);
        }
    }

    /// `Caller wants delivery → "With pleasure."`: a few words and what answers them.
    fn defines(&self, next: &Piece) -> bool {
        let words: usize = self.run.iter().map(|(start, end)| self.value()[*start..*end].split_whitespace().count()).sum();
        let is_answer = next.kind == PieceKind::Quote && is_sentence(self.inner(next))
            || self.role_of(next) == Some(Role::Agent) && next.kind == PieceKind::Label;
        // `Greeting ⇒ "Good morning."` names what comes in any case.
        self.is_fresh() && is_answer && (1..=MOST_WORDS).contains(&words) && !(words <= 2 && outline::is_stage(self.first_words().trim()))
    }

    /// `no -> GOODBYE`: a few words without the end of a sentence, and nothing before them.
    fn is_brief(&self) -> bool {
        let words = self.first_words().trim_end();
        self.is_fresh() && self.run.len() == 1 && words.split_whitespace().count() <= 6 && !words.ends_with(['.', '!', ','])
    }

    /// `Next: §2`, `Go to: Refunds`: a label that is an arrow.
    pub(super) fn points(&self, index: usize) -> bool {
        let name = role::clean(self.inner(self.at(index)));
        let is_pointer =
            matches!(name.as_str(), "next" | "go to" | "goto" | "go" | "jump" | "jump to" | "turn to" | "continue with" | "to");
        is_pointer && self.speaker != Some(Role::Avoid) && self.next(index).is_some() && self.arrow_target(index + 1).is_some()
    }

    pub(super) fn arrow_target(&self, at: usize) -> Option<Found> {
        let piece = self.at(at);
        // `→ *See you*` names a section, whatever its first word is.
        let is_name = self.profile.sections.contains(&target::key(self.inner(piece)));
        if piece.kind == PieceKind::Text
            && !is_name
            && let Some((verb, _, end)) = line::verbs(self.whole(piece)).first().copied().filter(|verb| verb.1 <= 1)
        {
            return target::after(self.value(), &self.pieces[at..], piece.start + end, verb, self.profile);
        }
        if piece.kind == PieceKind::Text && target::only_leads(self.whole(piece)) {
            return target::after(self.value(), &self.pieces[at..], piece.start, Verb::Goto, self.profile);
        }
        let title =
            if piece.kind == PieceKind::Text { target::whole_title(self.value(), piece.start, piece.end, self.profile) } else { None };
        title.or_else(|| target::marked(self.value(), piece, Verb::Goto, self.profile))
    }
}
