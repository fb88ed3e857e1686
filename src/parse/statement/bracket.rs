//! Brackets: the four meanings of square ones, and asides in round ones.

use super::cue::Cue;
use super::{Place, Range, Reader, leave, read};
use crate::parse::line::{self, Piece, PieceKind, Verb};
use crate::parse::profile::Profile;
use crate::parse::role::{self, Role};
use crate::parse::spoken;
use crate::parse::target::{self, Found};
use crate::parse::{logical, outline};
use crate::script::{Choice, Jump, JumpKind, Kind, Step, Target};

impl Reader<'_> {
    pub(super) fn bracket(&mut self, index: usize) {
        let piece = self.at(index);
        let inner = self.inner(piece);
        if self.page_behind_speech(piece) {
            return;
        }
        if let Some(target) = target::wiki_link(inner).or_else(|| self.page(piece)) {
            return self.follow(piece, Some(target));
        }
        // `[Wants to leave] → 3`: the condition of the jump, although a section may be called so.
        let is_way = self.next(index).is_some_and(|next| next.kind == PieceKind::Arrow) && self.pieces.get(index + 2).is_some();
        if is_way && self.run.is_empty() && !self.is_speech() && self.may_begin_branch() && self.arrow_target(index + 2).is_some() {
            return self.begin_branch(piece.inner, false);
        }
        if self.jump_in_bracket(piece) || self.ends_behind(index) {
            return;
        }
        let labels = self.run.is_empty() && self.next(index).is_some_and(|next| matches!(next.kind, PieceKind::Dash | PieceKind::Arrow));
        if is_time(inner) {
            // `[00:00:03] AGENT: …`: when it was said is nothing to say or to do.
            return;
        }
        let is_marked = |next: &Piece| next.kind == PieceKind::Text && self.whole(next).trim_start().starts_with("> ");
        let speaks = |next: &Piece| next.kind == PieceKind::Label && self.role_of(next) == Some(Role::Agent) || is_marked(next);
        // `[New patient] Scheduler: …`, `[YES] > …`
        if self.is_fresh() && self.run.is_empty() && self.next(index).is_some_and(speaks) {
            return self.begin_branch(piece.inner, false);
        }
        match meaning(inner, self.opens_sentence(), self.profile) {
            Meaning::Slot if labels && inner.contains(' ') => self.condition_bracket(piece.inner, inner),
            Meaning::Condition if self.may_begin_branch() || self.run.is_empty() => self.condition_bracket(piece.inner, inner),
            Meaning::Heard if self.run.is_empty() => self.emit(Kind::Hear, piece.inner),
            Meaning::Direction if self.opens_sentence() => {
                self.flush();
                self.aside(piece.inner);
            }
            _ => self.gather(piece),
        }
    }

    /// `Wants to leave: [D]`, `Us: It's off, and a new one is on its way. [H]`: whether it was one.
    fn jump_in_bracket(&mut self, piece: &Piece) -> bool {
        let inner = self.inner(piece);
        let is_section = target::is_section(inner, self.profile);
        let may_lead = (self.cue.is_some() || !self.is_speech()) && self.run.is_empty();
        let is_behind = self.is_speech() && self.opens_sentence() && inner.len() <= 3;
        let found = target::marked(self.value(), piece, Verb::Goto, self.profile);
        if let Some(found) = found.filter(|_| is_section && (may_lead || is_behind)) {
            if !may_lead {
                self.flush();
            }
            self.jump(found, JumpKind::Goto);
            return true;
        }
        let is_missing = may_lead && self.cue.is_some() && self.is_missing_name(piece);
        if is_missing {
            self.follow(piece, Some(Target::Name { name: inner.trim().to_string(), is_sure: true }));
        }
        is_missing
    }

    /// `It's behind the counter. [[Bye]]`, `- Player: No, just cancel: [[Leaving]]`: whether it was a jump to a page.
    fn page_behind_speech(&mut self, piece: &Piece) -> bool {
        let Some(target) = self.page(piece).filter(|_| self.is_speech()) else { return false };
        if let Some((start, end)) = self.run.pop() {
            let words = self.value()[start..end].trim_end_matches([' ', ':']).len();
            self.run.push((start, start + words));
        }
        self.flush();
        self.end_answer();
        self.jump(Found { target, words: piece.inner, end: piece.end }, JumpKind::Goto);
        true
    }

    /// `[[Refunds]]`
    pub(super) fn page(&self, piece: &Piece) -> Option<Target> {
        target::page(self.whole(piece), self.is_last(piece), self.profile)
    }

    fn is_last(&self, piece: &Piece) -> bool {
        self.value()[piece.end..].trim_matches(['.', ' ', '`', '*']).is_empty()
    }

    /// `no: [Refund]` at the end of a line, where no section is called so, but others are called like that.
    pub(super) fn is_missing_name(&self, piece: &Piece) -> bool {
        self.profile.has_bracket_names && self.is_last(piece) && self.inner(piece).starts_with(char::is_uppercase)
    }

    pub(super) fn paren(&mut self, index: usize) {
        let piece = self.at(index);
        let inner = self.inner(piece);
        // `**If it is one of the old boxes (see the label):**`
        let is_told = self.place.is_item || piece.is_bold && self.begins_with_condition() && !leave::is_leaving(inner);
        let in_cue = self.speaker.is_none() && self.cue.is_none() && !self.run.is_empty() && is_told;
        if self.is_told_case(index) {
            self.cue = Some(Cue::new(self.text.slice(piece.inner.0, piece.inner.1), false));
        } else if let Some(target) = self.jump_in_paren(inner).or_else(|| self.look_at_end(piece)) {
            if self.run.is_empty() || self.is_speech() {
                self.flush()
            } else {
                self.last_sentence_to_cue()
            }
            self.push(Step::Jump(Jump { kind: JumpKind::Goto, target, text: self.text.slice(piece.inner.0, piece.inner.1) }));
        } else if self.is_pause(piece) && !self.opens_sentence() {
            // A pause in the middle of a sentence: told before it, so that the sentence stays whole.
            self.aside(piece.inner);
        } else if !in_cue && (self.whole(piece).starts_with("((") || self.stands_apart(index)) {
            self.flush();
            self.aside(piece.inner);
        } else {
            self.gather(piece);
        }
    }

    /// `- Caller: (two flats were mixed up) → Agent: …`: a case of which nobody says the words.
    fn is_told_case(&self, index: usize) -> bool {
        let leads_on = self.next(index).is_some_and(|next| next.kind == PieceKind::Arrow);
        self.speaker == Some(Role::Customer) && self.place.is_item && self.run.is_empty() && self.is_fresh() && leads_on
    }

    /// What stands in round brackets is no part of the sentence around it.
    fn stands_apart(&self, index: usize) -> bool {
        let inner = self.inner(self.at(index));
        let opens_next = |words: &str| words.starts_with(' ') && words.trim_start().starts_with(char::is_uppercase);
        let ends_sentence = self
            .next(index)
            .is_none_or(|next| !matches!(next.kind, PieceKind::Text | PieceKind::Stop) || opens_next(&self.value()[next.start..]));
        let is_between = self.is_speech() && ends_sentence && inner.trim_end().ends_with('.');
        self.opens_sentence() || is_between || leave::is_leaving(inner)
    }

    /// A stage direction inside words of which it is known who speaks them.
    pub(super) fn is_direction(&self, index: usize) -> bool {
        let piece = self.at(index);
        self.is_speech()
            && match piece.kind {
                PieceKind::Paren => self.is_pause(piece) || self.stands_apart(index),
                PieceKind::Bracket => self.opens_sentence() && matches!(meaning(self.inner(piece), true, self.profile), Meaning::Direction),
                _ => false,
            }
    }

    /// `(jump: 6)`, `(next: Closing)`, `(→ Closing)`, `(over to Closing)`
    fn jump_in_paren(&self, inner: &str) -> Option<Target> {
        if let Some(name) = logical::ARROWS.iter().find_map(|arrow| inner.trim().strip_prefix(arrow)) {
            return target::bare(name, self.profile).filter(|_| self.speaker != Some(Role::Avoid));
        }
        if let Some((Verb::Goto, 0, end)) = line::verbs(inner).first() {
            return target::bare(&inner[*end..], self.profile).filter(|_| self.speaker != Some(Role::Avoid));
        }
        // `(Then 6.)`
        let then = inner.trim_start().strip_prefix("Then ").or_else(|| inner.trim_start().strip_prefix("then "));
        if let Some(name) = then.map(|name| name.trim_end_matches(['.', ' '])).filter(|name| target::is_section(name, self.profile)) {
            return target::bare(name, self.profile).filter(|_| self.speaker != Some(Role::Avoid));
        }
        let (word, name) = inner.split_once(':')?;
        let is_jump = matches!(role::clean(word).as_str(), "jump" | "goto" | "go to" | "go" | "next" | "jump to");
        target::bare(name, self.profile).filter(|_| is_jump && self.speaker != Some(Role::Avoid))
    }

    /// `"Take your time." (see the card Goodbye)` at the end of a case.
    fn look_at_end(&self, piece: &Piece) -> Option<Target> {
        let (verb, start, end) = line::verbs(self.inner(piece)).first().copied()?;
        let is_case = || !self.place.has_children && self.is_fresh() && outline::tells_of_caller(self.first_words());
        let may_lead = verb == Verb::See && start == 0 && self.is_last(piece) && self.place.is_item && (self.is_speech() || is_case());
        let name = self.inner(piece)[end..].trim();
        let name = name.strip_prefix("the ").unwrap_or(name);
        let bare = name.split_once(' ').map_or(name, |(_, bare)| bare);
        let known = [name, bare].into_iter().find(|name| may_lead && target::is_section(name, self.profile));
        known.and_then(|known| target::bare(known, self.profile))
    }

    /// `*(pause 2 seconds)*`
    fn is_pause(&self, piece: &Piece) -> bool {
        let clean = role::clean(self.inner(piece));
        let is_order = matches!(clean.split(' ').next(), Some("pause" | "wait" | "breathe" | "smile" | "listen" | "nod"));
        self.is_speech() && (is_order || piece.is_italic && clean.contains(' '))
    }

    /// `[If no:] OK, …`, `[No water → 2]`, `[If yes, book the appointment.]`
    fn condition_bracket(&mut self, range: Range, inner: &str) {
        if has_arrow(inner) {
            self.flush();
            self.close();
            let place = Place { is_item: true, speaker: None, ..self.place };
            return self.take(read(&self.text.slice(range.0, range.1), place, self.profile));
        }
        match leads_behind(inner).or_else(|| inner.find([',', ':']).filter(|at| !inner[at + 1..].trim().is_empty())) {
            Some(comma) => {
                self.begin_branch((range.0, range.0 + comma), false);
                self.aside((range.0 + comma + 1, range.1));
            }
            None => {
                self.begin_branch((range.0, range.0 + inner.trim_end_matches([':', ' ']).len()), false);
                let rest = self.value().get(range.1 + 1..).unwrap_or("");
                // Whatever marks speech elsewhere, this is said to the customer.
                if self.speaker.is_none() && spoken::addresses(rest) {
                    self.speaker = Some(Role::Agent);
                }
            }
        }
    }

    /// A direction between the lines: a note, a jump, the end of the call.
    pub(super) fn aside(&mut self, range: Range) {
        let part = self.text.slice(range.0, range.1);
        let place = Place { speaker: Some(Role::Note), is_item: false, has_children: false };
        let nested = read(&part, place, self.profile);
        for step in nested.steps {
            self.push(step);
        }
        if !nested.branches.is_empty() {
            self.push(Step::Choice(Choice { branches: nested.branches, span: part.span() }));
        }
    }
}

/// What square brackets mean.
enum Meaning {
    /// `[NAME]`
    Slot,
    /// `[If no:]`
    Condition,
    /// `[Wait for the line test.]`
    Direction,
    /// `[Client gives name]`
    Heard,
}

/// First words of what a customer does: `[wants to keep it]`.
const DEEDS: &[&str] = &["wants", "asks", "other", "will", "accepts", "declines", "refuses", "agrees", "needs", "cannot", "says"];

/// First words of an order to the agent.
const ORDERS: &[&str] = &[
    "listen", "pause", "wait", "let", "make", "do", "don", "never", "check", "open", "put", "take", "use", "read", "stay", "note", "type",
    "look", "ask", "give", "offer", "transfer", "hold", "verify", "confirm", "tell", "explain", "log", "enter", "record", "book", "find",
    "keep", "empathise", "empathize", "smile", "if", "go", "goto", "return", "proceed", "skip", "jump",
];

fn meaning(inner: &str, opens: bool, profile: &Profile) -> Meaning {
    let clean = role::clean(inner);
    let words = clean.split(' ').count();
    let first = clean.split(' ').next().unwrap_or("");
    let is_condition = role::is_condition(&clean) && (words > 1 || inner.trim_end().ends_with(':'));
    if is_condition || has_arrow(inner) || leads_behind(inner).is_some() || (DEEDS.contains(&first) && opens && words > 1) {
        return Meaning::Condition;
    }
    let is_capital = inner.chars().next().is_some_and(char::is_uppercase);
    // `[Trigger words: …]` is a note.
    let is_theirs = first != "trigger" && profile.role(first) == Some(Role::Customer);
    if opens && words > 1 && is_theirs && !inner.contains('/') && is_capital && !is_name(&clean) {
        return Meaning::Heard;
    }
    let is_sentence = inner.trim_end().ends_with(['.', '!']) && words > 1;
    let is_caps = inner.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if is_sentence || (ORDERS.contains(&first) && !is_caps && !inner.contains('/')) {
        return Meaning::Direction;
    }
    Meaning::Slot
}

/// `[Gate or lock trouble: proceed to "Gate"]`: the byte of the colon behind which the way is told.
fn leads_behind(inner: &str) -> Option<usize> {
    let leads = |at: &usize| line::verbs(inner[at + 1..].trim_start()).first().is_some_and(|verb| verb.1 == 0);
    inner.find(':').filter(|at| !inner[..*at].trim().is_empty() && leads(at))
}

fn is_time(inner: &str) -> bool {
    inner.contains(':')
        && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ','))
        && inner.chars().any(|c| c.is_ascii_digit())
}

fn has_arrow(inner: &str) -> bool {
    logical::ARROWS.iter().any(|arrow| inner.contains(arrow))
}

/// `customer name`, `the caller's name`: a placeholder although it begins with the customer.
fn is_name(clean: &str) -> bool {
    let words = clean.split(' ').count();
    clean.ends_with("name") && words <= 2 || clean.ends_with(" s name") || words == 1
}
