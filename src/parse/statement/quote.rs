//! Quotations: spoken by the agent, heard from the customer, or only talked about.

use super::label::names_an_order;
use super::{Range, Reader, keyed};
use crate::parse::line::PieceKind;
use crate::parse::profile::is_sentence;
use crate::parse::role::{self, Role};
use crate::parse::spoken;
use crate::script::Kind;

impl Reader<'_> {
    /// What is spoken between quotation marks: all of it but the stage directions.
    fn speak(&mut self, range: Range) {
        let words = &self.value()[range.0..range.1];
        if self.speaker == Some(Role::Avoid) || !words.contains(['[', '(']) {
            return self.emit(Kind::Say, range);
        }
        self.flush();
        for step in keyed(&self.text.slice(range.0, range.1), Kind::Say, self.profile) {
            self.push(step);
        }
    }

    pub(super) fn quote(&mut self, index: usize) {
        let piece = self.at(index);
        let opens_theirs = self.speaker == Some(Role::Customer) && self.is_labelled && !self.run.is_empty();
        if opens_theirs {
            // `Customer: I want your boss. "Too right."`: the quotation is the answer.
            self.end_cue_before_speaker();
            return self.speak(piece.inner);
        }
        match self.speaker {
            Some(Role::Note) => self.gather(piece),
            Some(role) if role != Role::Avoid && self.is_labelled && self.run.is_empty() && self.place.speaker.is_none() => {
                self.labelled(role, piece.inner);
            }
            Some(_) => self.run.push(piece.inner),
            // What must not be said stays in the note that forbids it.
            None if self.forbids() || spoken::disowns(&self.value()[piece.end..]) => self.gather(piece),
            None if self.is_cue_quote(index) => self.begin_branch(piece.inner, true),
            None if self.is_fresh() && self.introduces_cue() => {
                self.run.clear();
                self.begin_branch(piece.inner, true);
            }
            None if self.tells_whose() => {
                self.run.pop();
                self.emit(Kind::Hear, piece.inner);
            }
            None if is_sentence(self.inner(piece)) && !self.is_mention() => {
                self.say_after_words();
                self.speak(piece.inner);
            }
            None if self.run.is_empty() && self.cue.is_some() => self.speak(piece.inner),
            None => self.gather(piece),
        }
    }

    /// What a label introduces in quotation marks ends with them.
    fn labelled(&mut self, role: Role, range: Range) {
        match role {
            Role::Agent => self.speak(range),
            _ => {
                self.run.push(range);
                self.flush();
            }
        }
        self.speaker = None;
        self.is_labelled = false;
    }

    /// The quotation is the customer's: it opens the line and something else answers it.
    fn is_cue_quote(&self, index: usize) -> bool {
        let opens = self.may_begin_branch() || (self.place.is_item && self.run.is_empty() && self.is_fresh());
        let Some(next) = self.next(index) else { return opens && self.place.is_item && self.place.has_children };
        let is_answered = match &next.kind {
            // `- "I'm moving." "Good luck with it."`: theirs, and the answer.
            PieceKind::Arrow | PieceKind::Link(_) | PieceKind::Quote => self.place.is_item,
            PieceKind::Label => self.role_of(next) == Some(Role::Agent),
            PieceKind::Dash => self.next(index + 1).is_some_and(|piece| {
                matches!(piece.kind, PieceKind::Quote | PieceKind::Label | PieceKind::Arrow | PieceKind::Link(_))
                    || (self.place.is_item && self.starts_with_jump(piece))
            }),
            PieceKind::Text => self.whole(next).trim_start().starts_with(':') || (self.place.is_item && self.starts_with_jump(next)),
            _ => false,
        };
        opens && is_answered
    }

    /// `Never say "that's fine"`, `Avoid phrases like "as I said"`
    fn forbids(&self) -> bool {
        const ENDS: [&str; 14] =
            ["say", "saying", "says", "use", "using", "like", "phrase", "phrases", "words", "word", "them", "ask", "asking", "promise"];
        // What was forbidden before does not end the sentence.
        let is_quoted =
            |at: usize| self.pieces.iter().any(|piece| piece.kind == PieceKind::Quote && (piece.start..piece.end).contains(&at));
        let words: String = self.run.iter().filter(|run| !is_quoted(run.0)).map(|(start, end)| &self.value()[*start..*end]).collect();
        let last = words.trim_end_matches(['.', ' ']).rsplit(['.', ';', '!', '?']).next().unwrap_or("");
        if last.trim_end().ends_with(['✗', '✘', '❌', '🚫']) {
            return true;
        }
        let clean = role::clean(last);
        role::is_avoid(&clean) && clean.rsplit(' ').next().is_some_and(|last| ENDS.contains(&last)) && !clean.contains(" without ")
    }

    /// `If "I can't pay"`, `When they say "it's too dear"`: the quotation is what the customer says.
    fn introduces_cue(&self) -> bool {
        let words: String = self.run.iter().map(|(start, end)| &self.value()[*start..*end]).collect();
        let clean = role::clean(&words);
        let Some(rest) = clean.strip_prefix("if").or_else(|| clean.strip_prefix("when")) else { return false };
        let says = [" say", " says", " answer", " answers", " reply", " replies"].iter().find_map(|verb| rest.strip_suffix(verb));
        let is_theirs = says.is_some_and(|subject| self.profile.role(subject.trim()) == Some(Role::Customer));
        (rest.is_empty() || is_theirs) && !words.contains([',', ':', ';', '.'])
    }

    /// `They'll usually say something like "I want to leave"`: the words before it say that it is the customer's.
    fn tells_whose(&self) -> bool {
        const SAYS: [&str; 8] = ["say", "says", "ask", "asks", "like", "complain", "complains", "reply"];
        let Some((start, end)) = self.run.last() else { return false };
        let words = self.value()[*start..*end].trim_end_matches([':', ' ']);
        let is_said = words.rsplit(' ').next().is_some_and(|last| SAYS.contains(&last));
        is_said && !words.contains(['.', ';', ',']) && role::role(words) == Some(Role::Customer)
    }

    /// A quotation that is talked about, not spoken: `the word "outage"`.
    fn is_mention(&self) -> bool {
        const BEFORE: [&str; 20] = [
            "word", "words", "called", "titled", "marked", "labelled", "labeled", "button", "field", "screen", "reads", "named", "hear",
            "the", "heading", "page", "status", "said", "said,", "about",
        ];
        let before = self.run.last().map_or("", |(start, end)| self.value()[*start..*end].trim()).to_lowercase();
        // `No offer, no "see you again".`
        BEFORE.iter().any(|word| before.ends_with(word)) || before.ends_with(", no") || before.starts_with("lines in")
    }

    /// Words before a quotation: a condition (`If they ask: "…"`, `Yes – "…"`), or an instruction.
    pub(super) fn say_after_words(&mut self) {
        if let Some(&(start, end)) = self.run.last()
            && matches!(role::clean(&self.value()[start..end]).as_str(), "say" | "then say" | "ask" | "you say" | "reply" | "tell them")
        {
            self.run.pop();
        }
        let may_label = self.begins_with_condition() || self.place.is_item && self.is_fresh();
        let is_condition = self.cue.is_none()
            && !self.run.is_empty()
            && may_label
            && !self.orders_speech()
            && !self.orders_act()
            && !names_an_order(self.first_words());
        if is_condition { self.run_to_cue(false) } else { self.flush() }
    }

    /// `Call out the truck. "It'll be 40 minutes."`: what to do first, in a sentence of its own.
    pub(super) fn orders_act(&self) -> bool {
        const ACTS: [&str; 28] = [
            "call", "ring", "book", "check", "look", "put", "log", "note", "send", "give", "take", "wait", "keep", "transfer", "hand",
            "fill", "text", "email", "press", "click", "pull", "find", "confirm", "raise", "update", "stay", "apologise", "let",
        ];
        let Some((start, end)) = self.run.first() else { return false };
        let is_sentence = self.value()[*end..].starts_with('.') || self.value()[*start..*end].trim_end().ends_with('.');
        let clean = role::clean(self.first_words());
        is_sentence && clean.split(' ').nth(2).is_some() && clean.split(' ').next().is_some_and(|verb| ACTS.contains(&verb))
    }

    /// `Make no offer. Say: "…"`, `ask "…"`: an order, not a condition.
    pub(super) fn orders_speech(&self) -> bool {
        let first = role::clean(self.first_words());
        let word = first.split(' ').next().unwrap_or("");
        matches!(
            word,
            "say"
                | "ask"
                | "tell"
                | "read"
                | "offer"
                | "make"
                | "then"
                | "use"
                | "explain"
                | "always"
                | "never"
                | "don"
                | "avoid"
                | "open"
                | "thank"
                | "greet"
        )
    }
}
