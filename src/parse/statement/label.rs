//! Labels: who speaks from here on, and what may begin a branch.

use super::cue::{is_otherwise, joins, label_end};
use super::{Cue, Range, Reader, leave};
use crate::parse::line::{self, Piece, PieceKind};
use crate::parse::role::{self, Role};
use crate::parse::{spoken, target};
use crate::script::{Jump, JumpKind, Step, Target};

/// `Greet: "…"`, `Ask why: "…"`: what to do in this line, not when. `Offer declined` is a case.
pub(super) fn names_an_order(label: &str) -> bool {
    const ORDERS: [&str; 27] = [
        "start", "opening", "intro", "introduction", "welcome", "goodbye", "sign-off", "greet", "introduce", "verify", "acknowledge",
        "empathise", "empathize", "apologise", "apologize", "summarise", "summarize", "thank", "recap", "close", "closing", "wrap", "end",
        "offer", "confirm", "finish", "bye",
    ];
    const WITH_OBJECT: [&str; 10] = ["ask", "explain", "reassure", "check", "give", "state", "read", "tell", "present", "repeat"];
    const OBJECTS: [&str; 23] = [
        "a", "an", "the", "one", "why", "what", "which", "how", "who", "if", "whether", "them", "him", "her", "about", "again", "for",
        "your", "our", "their", "that", "this", "it",
    ];
    let clean = role::clean(label);
    let mut words = clean.split(' ');
    let (verb, object) = (words.next().unwrap_or(""), words.next());
    let is_done = object.is_some_and(|object| object.ends_with("ed"));
    let takes_object = WITH_OBJECT.contains(&verb) && object.is_some_and(|object| OBJECTS.contains(&object));
    let count = clean.split(' ').count();
    // `Close it:` is what the customer chose.
    let is_order = ORDERS.contains(&verb) || count == 1 && WITH_OBJECT.contains(&verb);
    is_order && !is_done && count <= 4 && clean.split(' ').nth(1) != Some("it") || takes_object && count <= 12
}

/// `Voice: calm, unhurried` tells how to speak, and `Ask: the name` what to ask for: nothing to say.
fn is_told(name: &str, words: &str) -> bool {
    const MOST_WORDS: usize = 8;
    let cut = [" | ", " · "].iter().fold(words, |words, mark| words.split(mark).next().unwrap_or(words));
    let words = cut.trim_matches([' ', '*', '_', '·']);
    let is_said = words.contains(['"', '“', '‘']) || words.ends_with(['.', '!', '?']) || spoken::addresses(words);
    match role::clean(name).as_str() {
        "voice" => !is_said && words.split_whitespace().count() <= MOST_WORDS,
        // `Trigger: the account is open`
        "trigger" => !words.contains(['"', '“', '‘']),
        "ask" | "tell" | "respond" | "read out" | "read" => !is_said || words.starts_with(char::is_lowercase),
        // `**Owner:** Loyalty floor` tells of the document, and `Owner: My dog is ill.` of a call.
        "owner" | "contact" | "lead" | "reader" => !is_said && words.split_whitespace().count() <= MOST_WORDS,
        _ => false,
    }
}

/// A few words in small letters before a sentence.
fn names_case(name: &str, words: &str) -> bool {
    const MOST_WORDS: usize = 6;
    let words = words.trim_matches([' ', '*', '_']);
    let is_sentence = words.trim_start_matches(['"', '“']).starts_with(char::is_uppercase) && words.contains(' ');
    name.starts_with(char::is_lowercase) && name.split_whitespace().count() <= MOST_WORDS && is_sentence && !names_an_order(name)
}

impl Reader<'_> {
    pub(super) fn label(&mut self, index: usize) {
        let piece = self.at(index);
        match self.role_of(piece) {
            // `Read the lines after **You:**.`
            Some(_) if self.is_mentioned() => self.gather(piece),
            Some(Role::Condition) if self.may_begin_branch() => self.condition(piece),
            Some(role) if role != Role::Condition && !(self.is_speech() && role == Role::Note && !piece.is_bold) => {
                self.end_cue_before_speaker();
                let is_told = is_told(self.inner(piece), &self.value()[piece.end..]);
                self.speaker = Some(if is_told { Role::Note } else { role });
                self.is_labelled = true;
            }
            // `(transfer: the duty manager)`
            None if self.run.is_empty() && self.speaker != Some(Role::Avoid) && leave::hands_over(self.inner(piece)) => {
                let to = self.text.slice(piece.end, self.value().len());
                let target = Target::Name { name: to.value.trim().trim_end_matches('.').to_string(), is_sure: false };
                self.push(Step::Jump(Jump { kind: JumpKind::Transfer, target, text: to }));
                self.pieces = &self.pieces[..=index];
            }
            // `Then: [Closing](#closing)`
            None if self.run.is_empty() && joins(self.inner(piece)) && self.leads_somewhere(index) => {}
            None if self.may_begin_branch() && !self.is_speech() && self.leads_somewhere(index) && !names_an_order(self.inner(piece)) => {
                self.begin_branch(piece.inner, false)
            }
            // `- gives name: Welcome aboard.`: in small letters, and so nothing that is said.
            None if self.place.is_item && self.may_begin_branch() && names_case(self.inner(piece), &self.value()[piece.end..]) => {
                self.begin_branch(piece.inner, false);
            }
            // `**Policy lookup:** Could I have your name?`: a name for what is said, and no part of it.
            None if index == 0 && piece.is_bold && self.speaker == Some(Role::Agent) && self.next(index).is_some() => {
                self.out.steps.push(Step::Anchor(self.text.slice(piece.inner.0, piece.inner.1)));
            }
            _ => self.gather(piece),
        }
    }

    /// `If no:`, and `If they say any of these, go to Section 2:`, which leads somewhere itself.
    fn condition(&mut self, label: &Piece) {
        let (from, to) = label.inner;
        let words = Piece { kind: PieceKind::Text, start: from, end: to, ..label.clone() };
        let verbs = line::verbs(&self.value()[from..to]);
        let found = verbs.into_iter().filter(|verb| verb.1 > 0).find_map(|(verb, start, end)| {
            Some((start, target::after(self.value(), std::slice::from_ref(&words), from + end, verb, self.profile)?))
        });
        match found {
            Some((start, found)) => {
                self.begin_branch((from, from + start), false);
                self.jump(found, JumpKind::Goto);
            }
            None => self.condition_with_speaker(label),
        }
    }

    /// `If no:`, and `If yes, Agent:`, which says who speaks then.
    fn condition_with_speaker(&mut self, label: &Piece) {
        let words = self.inner(label);
        let parts = [", ", " - ", " – ", " — "].into_iter().filter_map(|mark| words.rsplit_once(mark));
        let named = parts.filter_map(|(condition, name)| Some((condition.len(), self.profile.role(name)?)));
        let speaking =
            named.filter(|(_, role)| matches!(role, Role::Agent | Role::Customer | Role::Note)).max_by_key(|(length, _)| *length);
        let end = speaking.map_or(label.inner.1, |(length, _)| label.inner.0 + length);
        self.begin_branch((label.inner.0, end), false);
        if let Some((_, role)) = speaking {
            self.speaker = Some(role);
            self.is_labelled = true;
        }
    }

    /// The words before a label speak of it, as a legend does.
    fn is_mentioned(&self) -> bool {
        const BEFORE: [&str; 10] = ["after", "behind", "marked", "labelled", "labeled", "with", "by", "beside", "under", "called"];
        let Some((start, end)) = self.run.last() else { return false };
        let words = self.value()[*start..*end].trim_end_matches([' ', '*', '_', '`']);
        words.rsplit(' ').next().is_some_and(|word| BEFORE.contains(&word))
    }

    /// The role that a label names by its symbol or its words; `None` for one that names no speaker.
    pub(super) fn role_of(&self, label: &Piece) -> Option<Role> {
        let name = self.inner(label);
        name.chars().next().and_then(|c| self.profile.symbols.get(&c).copied()).or_else(|| self.profile.role(name))
    }

    /// The customer's words and, on the same line, where they lead: a branch, in a list or not.
    pub(super) fn answers_and_leaves(&self) -> bool {
        let Some((first, rest)) = self.pieces.split_first() else { return false };
        let is_theirs = first.kind == PieceKind::Label && self.role_of(first) == Some(Role::Customer);
        is_theirs
            && rest.iter().any(|piece| match piece.kind {
                PieceKind::Arrow => true,
                PieceKind::Text => self.starts_with_jump(piece),
                PieceKind::Bracket => self.page(piece).is_some(),
                _ => false,
            })
    }

    /// Words before a speaker's label are the condition under which it speaks (`Yes. Tech: Sent.`).
    pub(super) fn end_cue_before_speaker(&mut self) {
        // `next door too .......... Agent: …`
        let has_leader = || self.run.last().is_some_and(|run| self.value()[..run.1].trim_end().ends_with("...."));
        let may_be = self.cue.is_none() && !self.run.is_empty();
        let is_case = self.speaker.is_none() && (self.place.is_item || self.begins_with_condition());
        let is_condition = may_be && (is_case || !self.is_labelled && has_leader());
        let is_heard = self.speaker == Some(Role::Customer)
            && self.place.is_item
            && self.cue.is_none()
            && self.out.branches.is_empty()
            && self.out.steps.is_empty();
        if is_condition || is_heard { self.run_to_cue(is_heard) } else { self.flush() }
    }

    /// Whether a condition may start here: nothing was said yet, or the branch before it has its jump.
    pub(super) fn may_begin_branch(&self) -> bool {
        let is_first = self.run.is_empty() && self.is_fresh();
        let last_left = self.out.branches.last().is_some_and(|branch| matches!(branch.steps.last(), Some(Step::Jump(_) | Step::End(_))));
        is_first || last_left && (self.run.is_empty() || !self.is_speech())
    }

    pub(super) fn begin_branch(&mut self, words: Range, is_heard: bool) {
        self.flush();
        self.close();
        let end = words.0 + label_end(&self.value()[words.0..words.1]);
        self.cue = Some(Cue::new(self.text.slice(words.0, end), is_heard));
        self.speaker = self.place.speaker;
        self.is_labelled = false;
    }

    /// Whether speech, a jump or blocks of its own stand behind an unknown label.
    fn leads_somewhere(&self, index: usize) -> bool {
        let rest = &self.pieces[index + 1..];
        let is_followed = rest.iter().any(|piece| match &piece.kind {
            PieceKind::Quote | PieceKind::Arrow | PieceKind::Link(_) => true,
            PieceKind::Bracket => {
                target::is_section(self.inner(piece), self.profile) || self.is_missing_name(piece) || self.page(piece).is_some()
            }
            PieceKind::Paren => super::leave::is_leaving(self.inner(piece)),
            PieceKind::Label => self.role_of(piece).is_some(),
            PieceKind::Text => {
                !line::verbs(self.whole(piece)).is_empty() || leave::is_leaving(self.whole(piece)) || self.is_bare_target(piece)
            }
            _ => false,
        });
        let label = self.at(index);
        let is_case = label.is_bold || self.place.has_children || self.place.is_item || is_otherwise(self.inner(label));
        let is_alone = rest.is_empty() && is_case;
        is_followed || is_alone || (self.place.is_item && self.place.has_children)
    }
}
