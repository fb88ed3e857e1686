//! One logical line: who speaks in it, under which condition, and where it goes.

use super::line::{self, Piece, PieceKind, Verb};
use super::profile::{self, Profile, is_sentence};
use super::role::{self, Role};
use super::target;
use crate::script::{Branch, Jump, JumpKind, Kind, Line, Marks, Step, Target};
use crate::source::Text;

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Who speaks when nothing says so; `None` in a document that marks its speech elsewhere.
    pub speaker: Option<Role>,
    /// The line is an item of a list: its first words may be a branch.
    pub is_item: bool,
    /// Blocks belong to this line (a nested list).
    pub has_children: bool,
}

/// A line as it was understood: steps that come in any case, then branches.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    pub steps: Vec<Step>,
    pub branches: Vec<Branch>,
    /// The line was only a condition; what follows it belongs to it.
    pub is_open: bool,
}

/// Reads a line.
pub fn read(text: &Text, place: Place, profile: &Profile) -> Statement {
    let pieces = split_symbols(&text.value, line::pieces(&text.value), profile);
    let mut reader = Reader { text, pieces: &pieces, place, profile, speaker: place.speaker, is_labelled: false, run: Vec::new(), out: Statement::default(), cue: None };
    reader.lead();
    reader.read();
    reader.out
}

/// Takes symbols that name a speaker (`🎧`) out of the text around them.
fn split_symbols(text: &str, pieces: Vec<Piece>, profile: &Profile) -> Vec<Piece> {
    if profile.symbols.is_empty() {
        return pieces;
    }
    let mut split = Vec::new();
    for piece in pieces {
        if piece.kind == PieceKind::Label && text[piece.inner.0..].chars().next().is_some_and(|c| profile.symbols.contains_key(&c)) {
            split.extend(symbol_label(text, piece));
            continue;
        }
        if piece.kind != PieceKind::Text {
            split.push(piece);
            continue;
        }
        let mut from = piece.start;
        for (index, symbol) in text[piece.start..piece.end].char_indices().filter(|(_, c)| profile.symbols.contains_key(c)) {
            let at = piece.start + index;
            let after = at + symbol.len_utf8();
            let joiners: usize = text[after..piece.end].chars().take_while(|c| matches!(*c, '\u{fe0f}' | '\u{200d}' | '\u{20e3}')).map(char::len_utf8).sum();
            if !text[from..at].trim().is_empty() {
                split.push(Piece { start: from, end: at, inner: (from, at), ..piece.clone() });
            }
            split.push(Piece { kind: PieceKind::Label, start: at, end: after + joiners, inner: (at, after), ..piece.clone() });
            from = after + joiners;
        }
        if !text[from..piece.end].trim().is_empty() {
            split.push(Piece { start: from, inner: (from, piece.end), ..piece });
        }
    }
    split
}

/// `🐾 would like an appointment:` is the speaker and a label of its own.
fn symbol_label(text: &str, piece: Piece) -> Vec<Piece> {
    let name = &text[piece.inner.0..piece.inner.1];
    let symbol: usize = name.chars().take_while(|c| profile::is_symbol(*c) || matches!(*c, '\u{fe0f}' | '\u{200d}' | '\u{20e3}')).map(char::len_utf8).sum();
    let after = piece.inner.0 + symbol;
    let speaker = Piece { start: piece.inner.0, end: after, inner: (piece.inner.0, after), ..piece.clone() };
    if text[after..piece.inner.1].trim().is_empty() {
        return vec![speaker];
    }
    let words = Piece { kind: PieceKind::Text, start: after, inner: (after, piece.end), ..piece };
    vec![speaker, words]
}

struct Reader<'a> {
    text: &'a Text,
    pieces: &'a [Piece],
    place: Place,
    profile: &'a Profile,
    speaker: Option<Role>,
    /// The speaker was named on this line.
    is_labelled: bool,
    /// Words that are being gathered, as byte ranges.
    run: Vec<(usize, usize)>,
    out: Statement,
    /// The condition that the next steps stand under.
    cue: Option<(Text, bool)>,
}

impl Reader<'_> {
    fn value(&self) -> &str {
        &self.text.value
    }

    /// Bullets, `(a)`, `2.1` and check boxes before the first word.
    fn lead(&mut self) {
        let pieces = self.pieces;
        let Some(first) = pieces.first() else { return };
        let text = self.text;
        let words = &text.value[first.inner.0..first.inner.1];
        let is_check_box = first.kind == PieceKind::Bracket && matches!(words.trim(), "" | "x" | "X");
        if is_check_box || matches!(first.kind, PieceKind::Bullet | PieceKind::Number) {
            self.pieces = &pieces[1..];
        }
        if first.kind == PieceKind::Number {
            let end = first.inner.0 + words.trim_end_matches(['.', ')']).len();
            self.out.steps.push(Step::Anchor(self.text.slice(first.inner.0, end)));
        }
        self.place.is_item |= is_check_box || first.kind == PieceKind::Bullet || self.answers_and_leaves();
    }

    /// The customer's words and, on the same line, where they lead: a branch, in a list or not.
    fn answers_and_leaves(&self) -> bool {
        let Some((first, rest)) = self.pieces.split_first() else { return false };
        let is_theirs = first.kind == PieceKind::Label && self.role_of(first) == Some(Role::Customer);
        is_theirs && rest.iter().any(|piece| matches!(piece.kind, PieceKind::Arrow) || piece.kind == PieceKind::Text && self.starts_with_jump(piece))
    }

    fn read(&mut self) {
        let mut index = 0;
        while index < self.pieces.len() {
            index = self.piece(index);
        }
        self.flush();
        self.close();
    }

    /// Handles a piece and returns the index of the next one.
    fn piece(&mut self, index: usize) -> usize {
        let piece = &self.pieces[index];
        let inner = self.value()[piece.inner.0..piece.inner.1].to_string();
        match &piece.kind {
            PieceKind::Label => self.label(index),
            PieceKind::Quote => self.quote(index, &inner),
            PieceKind::Bracket => self.bracket(index, &inner),
            PieceKind::Paren => self.paren(index, &inner),
            PieceKind::Arrow => return self.arrow(index),
            PieceKind::Link(to) => self.link(index, to),
            PieceKind::Comment => self.comment(index),
            PieceKind::Stop | PieceKind::Dash => self.mark(index),
            PieceKind::Slot | PieceKind::Bullet | PieceKind::Number => self.run.push((piece.start, piece.end)),
            PieceKind::Text => return self.words(index),
        }
        index + 1
    }

    fn role_of(&self, label: &Piece) -> Option<Role> {
        let name = &self.value()[label.inner.0..label.inner.1];
        name.chars().next().and_then(|c| self.profile.symbols.get(&c).copied()).or_else(|| self.profile.role(name))
    }

    fn label(&mut self, index: usize) {
        let piece = &self.pieces[index];
        let role = self.role_of(piece);
        match role {
            Some(Role::Condition) if self.may_begin_branch() => self.begin_branch(piece.inner, false),
            Some(role) if role != Role::Condition && !(self.is_speech() && role == Role::Note && !piece.is_bold) => {
                self.end_cue_before_speaker();
                self.speaker = Some(role);
                self.is_labelled = true;
            }
            None if self.may_begin_branch() && !self.is_speech() && self.leads_somewhere(index) => self.begin_branch(piece.inner, false),
            _ => self.run.push((piece.start, piece.end)),
        }
    }

    /// Words before a speaker's label are the condition under which it speaks (`Yes. Tech: Sent.`).
    fn end_cue_before_speaker(&mut self) {
        let is_cue = self.speaker.is_none() && self.cue.is_none() && !self.run.is_empty() && (self.place.is_item || self.begins_with_condition());
        if is_cue {
            self.run_to_cue();
        } else if self.speaker == Some(Role::Customer) && self.place.is_item && self.cue.is_none() && self.out.branches.is_empty() && self.out.steps.is_empty() {
            self.run_to_heard_cue();
        } else {
            self.flush();
        }
    }

    fn begins_with_condition(&self) -> bool {
        let words = self.run.first().map_or("", |(start, end)| &self.value()[*start..*end]);
        role::is_condition(&role::clean(words))
    }

    /// Whether a condition may start here: nothing was said yet, or the branch before it has its jump.
    fn may_begin_branch(&self) -> bool {
        let is_fresh = self.run.is_empty() && self.is_fresh();
        let last_left = self.out.branches.last().is_some_and(|branch| branch.steps.last().is_some_and(leaves));
        is_fresh || (self.run.is_empty() && last_left) || (self.run_is_notes() && last_left)
    }

    /// Nothing was said or asked on this line yet.
    fn is_fresh(&self) -> bool {
        self.cue.is_none() && self.out.branches.is_empty() && self.out.steps.iter().all(|step| matches!(step, Step::Anchor(_)))
    }

    fn run_is_notes(&self) -> bool {
        !self.is_speech()
    }

    fn is_speech(&self) -> bool {
        matches!(self.speaker, Some(Role::Agent | Role::Customer))
    }

    /// Whether speech, a jump or blocks of its own stand behind an unknown label.
    fn leads_somewhere(&self, index: usize) -> bool {
        let rest = &self.pieces[index + 1..];
        let spoken = rest.iter().any(|piece| match &piece.kind {
            PieceKind::Quote | PieceKind::Arrow | PieceKind::Link(_) => true,
            PieceKind::Paren => is_leaving(&self.value()[piece.inner.0..piece.inner.1]),
            PieceKind::Label => self.role_of(piece).is_some(),
            PieceKind::Text => !line::verbs(&self.value()[piece.start..piece.end]).is_empty() || self.is_bare_target(piece),
            _ => false,
        });
        let is_alone = rest.is_empty() && (self.pieces[index].is_bold || self.place.has_children || self.place.is_item);
        spoken || is_alone || (self.place.is_item && self.place.has_children)
    }

    fn is_bare_target(&self, piece: &Piece) -> bool {
        let words = &self.value()[piece.start..piece.end];
        target::is_known(words, self.profile)
    }

    fn begin_branch(&mut self, words: (usize, usize), is_heard: bool) {
        self.flush();
        self.close();
        self.cue = Some((self.text.slice(words.0, words.1), is_heard));
        self.speaker = self.place.speaker;
        self.is_labelled = false;
    }

    fn quote(&mut self, index: usize, inner: &str) {
        let piece = &self.pieces[index];
        let opens_theirs = self.speaker == Some(Role::Customer) && self.is_labelled && !self.run.is_empty();
        if opens_theirs {
            // `Customer: I want your boss. "Too right."`: the quotation is the answer.
            self.end_cue_before_speaker();
            return self.emit(Kind::Say, piece.inner);
        }
        match self.speaker {
            Some(Role::Note) => self.run.push((piece.start, piece.end)),
            Some(role) if role != Role::Avoid && self.is_labelled && self.run.is_empty() && self.place.speaker.is_none() => {
                // What a label introduces in quotation marks ends with them.
                self.run.push(piece.inner);
                self.flush();
                self.speaker = None;
                self.is_labelled = false;
            }
            Some(_) => self.run.push(piece.inner),
            None if self.is_cue_quote(index) => self.begin_branch(piece.inner, true),
            None if is_sentence(inner) && !self.is_mention() => {
                self.say_after_words();
                self.emit(Kind::Say, piece.inner);
            }
            None if self.run.is_empty() && self.cue.is_some() => self.emit(Kind::Say, piece.inner),
            None => self.run.push((piece.start, piece.end)),
        }
    }

    /// The quotation is the customer's: it opens the line and something else answers it.
    fn is_cue_quote(&self, index: usize) -> bool {
        let opens = self.may_begin_branch() || (self.place.is_item && self.run.is_empty() && self.is_fresh());
        let Some(next) = self.pieces.get(index + 1) else { return opens && self.place.is_item && self.place.has_children };
        let after = &self.value()[next.start..next.end];
        let answered = match &next.kind {
            PieceKind::Arrow | PieceKind::Link(_) => self.place.is_item,
            PieceKind::Label => self.role_of(next) == Some(Role::Agent),
            PieceKind::Dash => self.pieces.get(index + 2).is_some_and(|piece| matches!(piece.kind, PieceKind::Quote | PieceKind::Label | PieceKind::Arrow | PieceKind::Link(_))),
            PieceKind::Text => after.trim_start().starts_with(':') || (self.place.is_item && self.starts_with_jump(next)),
            _ => false,
        };
        opens && answered
    }

    fn starts_with_jump(&self, piece: &Piece) -> bool {
        let words = self.value()[piece.start..piece.end].trim_start_matches([' ', ',', ':']);
        line::verbs(words).first().is_some_and(|(_, start, _)| *start == 0)
    }

    /// A quotation that is talked about, not spoken: `the word "outage"`.
    fn is_mention(&self) -> bool {
        let before = self.run.last().map_or("", |(start, end)| self.value()[*start..*end].trim());
        let last = before.to_lowercase();
        ["word", "words", "called", "titled", "marked", "labelled", "labeled", "button", "field", "screen", "reads", "named", "hear", "the", "heading", "page", "status"]
            .iter()
            .any(|word| last.ends_with(word))
    }

    /// Words before a quotation: a condition (`If they ask: "…"`, `Yes – "…"`), or an instruction.
    fn say_after_words(&mut self) {
        let is_condition = self.cue.is_none() && !self.run.is_empty() && (self.begins_with_condition() || self.place.is_item) && !self.orders_speech();
        if is_condition { self.run_to_cue() } else { self.flush() }
    }

    /// `Make no offer. Say: "…"`, `ask "…"`: an order, not a condition.
    fn orders_speech(&self) -> bool {
        let first = self.run.first().map_or("", |(start, end)| self.value()[*start..*end].trim());
        let first = role::clean(first);
        let word = first.split(' ').next().unwrap_or("");
        matches!(word, "say" | "ask" | "tell" | "read" | "offer" | "make" | "then" | "use" | "explain" | "always" | "open" | "thank" | "greet")
    }

    fn bracket(&mut self, index: usize, inner: &str) {
        let piece = &self.pieces[index];
        let labels = self.run.is_empty() && self.pieces.get(index + 1).is_some_and(|next| matches!(next.kind, PieceKind::Dash | PieceKind::Arrow));
        match bracket_kind(inner, self.opens_sentence(), self.profile) {
            BracketKind::Slot if labels && inner.contains(' ') => self.condition_bracket(piece.inner, inner),
            BracketKind::Condition if self.may_begin_branch() || self.run.is_empty() => self.condition_bracket(piece.inner, inner),
            BracketKind::Heard if self.run.is_empty() => self.emit(Kind::Hear, piece.inner),
            BracketKind::Direction if self.opens_sentence() => {
                self.flush();
                self.aside(piece.inner);
            }
            _ => self.run.push((piece.start, piece.end)),
        }
    }

    /// `[If no:] OK, …`, `[No water → 2]`, `[If yes, book the appointment.]`
    fn condition_bracket(&mut self, range: (usize, usize), inner: &str) {
        let part = self.text.slice(range.0, range.1);
        if inner.contains(['→', '➜']) || inner.contains("->") {
            self.flush();
            self.close();
            let place = Place { is_item: true, speaker: None, ..self.place };
            let nested = read(&part, place, self.profile);
            self.out.steps.extend(nested.steps);
            self.out.branches.extend(nested.branches);
            return;
        }
        match inner.find([',', ':']).filter(|at| !inner[at + 1..].trim().is_empty()) {
            Some(comma) => {
                self.begin_branch((range.0, range.0 + comma), false);
                self.aside((range.0 + comma + 1, range.1));
            }
            None => self.begin_branch((range.0, range.0 + inner.trim_end_matches([':', ' ']).len()), false),
        }
    }

    fn paren(&mut self, index: usize, inner: &str) {
        let piece = &self.pieces[index];
        let ends_sentence = self.pieces.get(index + 1).is_none_or(|next| !matches!(next.kind, PieceKind::Text | PieceKind::Stop) || self.value()[next.start..].starts_with(' ') && self.value()[next.start..].trim_start().starts_with(char::is_uppercase));
        let in_cue = self.speaker.is_none() && self.cue.is_none() && !self.run.is_empty() && self.place.is_item;
        let is_aside = !in_cue && (self.opens_sentence() || (self.is_speech() && ends_sentence && inner.trim_end().ends_with('.')) || is_leaving(inner));
        if is_aside {
            self.flush();
            self.aside(piece.inner);
        } else {
            self.run.push((piece.start, piece.end));
        }
    }

    /// Whether the next piece would open a sentence.
    fn opens_sentence(&self) -> bool {
        match self.run.last() {
            None => true,
            Some((start, end)) => self.value()[*start..*end].trim_end().ends_with(['.', '?', '!', '…']),
        }
    }

    /// A direction between the lines: a note, a jump, the end of the call.
    fn aside(&mut self, range: (usize, usize)) {
        let part = self.text.slice(range.0, range.1);
        let place = Place { speaker: Some(Role::Note), is_item: false, has_children: false };
        let nested = read(&part, place, self.profile);
        for step in nested.steps {
            self.push(step);
        }
        if !nested.branches.is_empty() {
            let span = part.span();
            self.push(Step::Choice(crate::script::Choice { branches: nested.branches, span }));
        }
    }

    fn arrow(&mut self, index: usize) -> usize {
        let Some(next) = self.pieces.get(index + 1) else { return index + 1 };
        let is_spoken = matches!(next.kind, PieceKind::Quote | PieceKind::Label);
        let found = if is_spoken { None } else { self.arrow_target(index + 1) };
        let had_words = !self.run.is_empty();
        let is_label = self.cue.is_none() && !self.is_speech() && (self.place.is_item || self.begins_with_condition() || found.is_some());
        if had_words && is_label {
            self.last_sentence_to_cue();
        } else {
            self.flush();
        }
        match found {
            Some(found) => {
                let end = found.end;
                self.jump(found, JumpKind::Goto);
                self.skip_to(index + 1, end)
            }
            None => index + 1,
        }
    }

    fn arrow_target(&self, at: usize) -> Option<target::Found> {
        let piece = &self.pieces[at];
        if piece.kind == PieceKind::Text
            && let Some((verb, _, end)) = line::verbs(&self.value()[piece.start..piece.end]).first().copied().filter(|verb| verb.1 <= 1)
        {
            return target::after(self.value(), self.pieces, at, piece.start + end, verb, self.profile);
        }
        target::marked(self.value(), piece, Verb::Goto, self.profile)
    }

    /// The last sentence that was gathered is the condition of what follows; words before it are a
    /// line of their own.
    fn last_sentence_to_cue(&mut self) {
        let ends = |(start, end): &(usize, usize)| self.value()[*start..*end].trim_end().ends_with(['.', '?', '!']);
        let cut = self.run.iter().rposition(ends).map_or(0, |at| at + 1);
        if cut < self.run.len() && cut > 0 {
            let last = self.run.split_off(cut);
            self.flush();
            self.run = last;
        }
        if self.then_only() {
            self.run.clear();
        } else {
            self.run_to_cue();
        }
    }

    /// The words gathered so far only join (`Then`, `and then`).
    fn then_only(&self) -> bool {
        let words: String = self.run.iter().map(|(start, end)| &self.value()[*start..*end]).collect();
        matches!(role::clean(&words).as_str(), "then" | "and then" | "and" | "now" | "next" | "so" | "afterwards" | "after that" | "finally" | "" | "either way" | "in any case")
    }

    fn link(&mut self, index: usize, to: &str) {
        let piece = &self.pieces[index];
        let is_only = self.place.is_item && self.run.is_empty() && self.is_fresh();
        let Some(target) = target::link(to).filter(|_| self.speaker != Some(Role::Avoid)) else { return self.run.push(piece.inner) };
        if is_only {
            let inner = self.text.slice(piece.inner.0, piece.inner.1);
            let is_heard = inner.value.starts_with(['"', '“']);
            self.cue = Some((inner, is_heard));
        } else if self.cue.is_none() && !self.is_speech() && !self.run.is_empty() && !self.then_only() {
            self.condition_from_sentence();
        } else if self.is_speech() && !self.opens_sentence() {
            // A link inside a spoken sentence is part of what is said.
            return self.run.push(piece.inner);
        } else {
            self.flush();
        }
        self.jump(target::Found { target, words: piece.inner, end: piece.end }, JumpKind::Goto);
    }

    /// The words before a jump, back to the start of their sentence, are its condition.
    fn condition_from_sentence(&mut self) {
        if self.place.is_item && self.out.branches.is_empty() && self.out.steps.is_empty() || self.begins_with_condition() {
            return self.run_to_cue();
        }
        self.flush();
    }

    fn comment(&mut self, index: usize) {
        let piece = &self.pieces[index];
        let inner = self.value()[piece.inner.0..piece.inner.1].to_string();
        if !inner.contains("callint") {
            self.emit(Kind::Note, piece.inner);
        }
    }

    /// The end of a sentence or a dash: ends a condition when speech or a jump follows.
    fn mark(&mut self, index: usize) {
        let piece = &self.pieces[index];
        let ends_cue = self.cue.is_none() && !self.is_speech() && !self.run.is_empty() && (self.place.is_item || self.begins_with_condition()) && self.answered_next(index);
        if ends_cue {
            return self.run_to_cue();
        }
        if piece.kind == PieceKind::Stop {
            self.run.push((piece.start, piece.end));
        } else if !self.run.is_empty() {
            self.run.push((piece.start, piece.end));
        }
    }

    fn answered_next(&self, index: usize) -> bool {
        let Some(next) = self.pieces.get(index + 1) else { return false };
        match &next.kind {
            PieceKind::Quote => true,
            PieceKind::Label => self.role_of(next).is_some_and(|role| role != Role::Condition),
            PieceKind::Link(to) => target::link(to).is_some(),
            PieceKind::Text => self.starts_with_jump(next) || self.is_bare_target(next),
            PieceKind::Arrow => self.pieces[index].kind == PieceKind::Dash,
            PieceKind::Paren => is_leaving(&self.value()[next.inner.0..next.inner.1]),
            _ => false,
        }
    }

    /// Running words: looks for jumps in them. Returns the index of the next piece.
    fn words(&mut self, index: usize) -> usize {
        let piece = self.pieces[index].clone();
        let words = self.value()[piece.start..piece.end].to_string();
        if self.speaker == Some(Role::Avoid) {
            self.run.push((piece.start, piece.end));
            return index + 1;
        }
        if self.opens_sentence() && self.is_bare_target(&piece) && self.ends_here(index) {
            self.bare_jump(&piece);
            return index + 1;
        }
        for (verb, start, end) in line::verbs(&words) {
            let leads = words[..start].trim_matches([' ', ',', ':', '\u{a0}', ';']);
            let opens = leads.is_empty() && self.opens_sentence() || matches!(role::clean(leads).as_str(), "then" | "and then" | "and" | "now");
            let is_label = self.speaker == Some(Role::Customer) && self.place.is_item && self.is_fresh();
            if self.is_speech() && !opens && !is_label {
                continue;
            }
            let Some(found) = target::after(self.value(), self.pieces, index, piece.start + end, verb, self.profile) else { continue };
            if start > 0 {
                self.before_verb((piece.start, piece.start + start));
            }
            self.finish_before_jump(verb);
            let kind = if verb == Verb::See && !self.place.is_item && self.cue.is_none() { JumpKind::Call } else { JumpKind::Goto };
            let (to, from) = (found.end, piece.start);
            self.jump(found, kind);
            return self.rest(index, from, to);
        }
        if !self.is_speech() && is_leaving(&words) && (self.opens_sentence() || self.begins_with_condition()) {
            return self.leave(index);
        }
        self.run.push((piece.start, piece.end));
        index + 1
    }

    fn before_verb(&mut self, range: (usize, usize)) {
        let words = self.value()[range.0..range.1].trim_matches([' ', ',', ':', ';']).to_string();
        if !words.is_empty() {
            self.run.push(range);
        }
    }

    /// What stands before a jump: its condition, or an instruction of its own.
    fn finish_before_jump(&mut self, verb: Verb) {
        if self.run.is_empty() {
            return;
        }
        if self.then_only() {
            self.run.clear();
        } else if self.cue.is_none() && !self.is_speech() && (verb != Verb::See || self.place.is_item) && !self.orders_speech() {
            self.condition_from_sentence();
        } else {
            self.flush();
        }
    }

    /// Goes on behind a jump: in the same piece when words are left there, else with the next piece.
    fn rest(&mut self, index: usize, _from: usize, to: usize) -> usize {
        let piece = &self.pieces[index];
        if to < piece.end {
            let rest = self.value()[to..piece.end].trim_matches([' ', '.', ',', ';', ':', '#']).to_string();
            let lower = role::clean(&rest);
            if let Some(at) = self.value()[to..piece.end].find("; ") {
                let tail = (to + at + 2, piece.end);
                self.close();
                return self.tail(tail, index);
            }
            if rest.chars().count() > 2 && !lower.starts_with("of ") {
                self.run.push((to, piece.end));
                self.flush();
            }
            return index + 1;
        }
        self.skip_to(index, to)
    }

    /// `…, go to 6; if it comes on, go to 7`: the second half is read as a line of its own.
    fn tail(&mut self, range: (usize, usize), index: usize) -> usize {
        let end = self.pieces.last().map_or(range.1, |piece| piece.end);
        let part = self.text.slice(range.0, end);
        let nested = read(&part, self.place, self.profile);
        self.out.steps.extend(nested.steps);
        self.out.branches.extend(nested.branches);
        let _ = index;
        self.pieces.len()
    }

    fn skip_to(&self, index: usize, end: usize) -> usize {
        (index..self.pieces.len()).find(|&at| self.pieces[at].end > end).unwrap_or(self.pieces.len()).max(index).min(self.pieces.len()).max(if self.pieces[index].end <= end { index + 1 } else { index + 1 })
    }

    fn ends_here(&self, index: usize) -> bool {
        self.pieces.get(index + 1).is_none_or(|next| matches!(next.kind, PieceKind::Stop | PieceKind::Dash))
    }

    fn bare_jump(&mut self, piece: &Piece) {
        let words = self.value()[piece.start..piece.end].to_string();
        if let Some(target) = target::bare(&words, self.profile) {
            self.flush();
            self.jump(target::Found { target, words: (piece.start, piece.end), end: piece.end }, JumpKind::Goto);
        }
    }

    /// `Transfer to billing`, `end of call`, `hand over`.
    fn leave(&mut self, index: usize) -> usize {
        let piece = self.pieces[index].clone();
        if self.begins_with_condition() {
            self.run_to_cue();
        }
        self.flush();
        let words = self.value()[piece.start..piece.end].to_string();
        let text = self.text.slice(piece.start, piece.end);
        if is_end(&words) {
            self.push(Step::End(text.span()));
        } else {
            let target = transfer_target(&words);
            self.push(Step::Jump(Jump { kind: JumpKind::Transfer, target, text }));
        }
        index + 1
    }

    fn jump(&mut self, found: target::Found, kind: JumpKind) {
        let text = self.text.slice(found.words.0, found.words.1);
        self.push(Step::Jump(Jump { kind, target: found.target, text }));
    }

    fn run_text(&mut self) -> Option<Text> {
        let mut text = Text::default();
        let mut last = 0;
        for (start, end) in std::mem::take(&mut self.run) {
            let is_apart = self.text.value.get(last..start).is_some_and(|gap| gap.contains([' ', '\n', '"', '”']));
            if !text.value.is_empty() && !text.value.ends_with(' ') && is_apart {
                text.append(&spacer(self.text, start));
            }
            text.append(&self.text.part(start, end));
            last = end;
        }
        let trimmed = text.slice(0, text.value.len());
        let lead = trimmed.value.len() - trimmed.value.trim_start_matches(['▸', '•', '‣', '◦', '▪', '►', '●', '○', '–', '—', ':', ' ', ',', '|', '\u{a0}', '-', '·', '□', '☐', '>']).len();
        let clean = trimmed.slice(lead, trimmed.value.len());
        clean.value.contains(char::is_alphanumeric).then_some(clean)
    }

    fn run_to_cue(&mut self) {
        self.run_to(false);
    }

    fn run_to_heard_cue(&mut self) {
        self.run_to(true);
    }

    fn run_to(&mut self, is_heard: bool) {
        if let Some(text) = self.run_text() {
            self.close();
            let end = text.value.trim_end_matches([':', ' ', '–', '—', ',']).len();
            self.cue = Some((text.slice(0, end), is_heard));
        }
        self.speaker = self.place.speaker;
        self.is_labelled = false;
    }

    /// Ends a run of words: it becomes a line of whoever speaks.
    fn flush(&mut self) {
        let Some(text) = self.run_text() else { return };
        if self.speaker == Some(Role::Customer) && self.place.is_item && self.is_fresh() {
            // `- Customer: I want to cancel.` opens a branch.
            self.cue = Some((text, true));
            return;
        }
        let kind = match self.speaker {
            Some(Role::Agent) if !self.is_labelled && self.profile.is_plain && tells_of_customer(&text.value) => Kind::Note,
            Some(Role::Agent) => Kind::Say,
            Some(Role::Customer) => Kind::Hear,
            Some(Role::Avoid) => Kind::Avoid,
            _ => Kind::Note,
        };
        if matches!(kind, Kind::Note) && is_end(&text.value) {
            return self.push(Step::End(text.span()));
        }
        self.push(Step::Line(Line { kind, text, marks: Marks::default() }));
    }

    fn emit(&mut self, kind: Kind, range: (usize, usize)) {
        self.flush();
        let text = self.text.slice(range.0, range.1);
        let kind = if self.speaker == Some(Role::Avoid) { Kind::Avoid } else { kind };
        if !text.is_empty() {
            self.push(Step::Line(Line { kind, text, marks: Marks::default() }));
        }
    }

    /// Adds a step under the condition at hand, or behind the last branch, or to the line itself.
    fn push(&mut self, step: Step) {
        if let Some((label, is_heard)) = self.cue.take() {
            let span = label.span();
            let is_otherwise = is_otherwise(&label.value);
            self.out.branches.push(Branch { label: Some(label), is_heard, is_otherwise, steps: vec![step], span, ..Branch::default() });
        } else if let Some(branch) = self.out.branches.last_mut() {
            branch.steps.push(step);
        } else {
            self.out.steps.push(step);
        }
    }

    /// A condition that nothing follows is a branch without steps.
    fn close(&mut self) {
        if let Some((label, is_heard)) = self.cue.take() {
            let span = label.span();
            let is_otherwise = is_otherwise(&label.value);
            self.out.branches.push(Branch { label: Some(label), is_heard, is_otherwise, span, ..Branch::default() });
            self.out.is_open = true;
        } else {
            self.out.is_open = false;
        }
    }
}

/// One space that stands for nothing in the source.
fn spacer(text: &Text, start: usize) -> Text {
    let mut space = Text::default();
    let at = text.cover(start, text.value.len()).start;
    space.push(" ", crate::source::Span::new(at, at));
    space
}

fn leaves(step: &Step) -> bool {
    matches!(step, Step::Jump(_) | Step::End(_))
}

/// `Otherwise`, `else`, `anything else`.
pub fn is_otherwise(label: &str) -> bool {
    let clean = role::clean(label);
    matches!(clean.as_str(), "otherwise" | "else" | "default" | "anything else" | "any other" | "other" | "none of these" | "in all other cases" | "if not" | "everything else" | "anything" )
        || clean.starts_with("otherwise ")
}

/// Speaks of the customer and not to them: an instruction among lines that nothing marks.
fn tells_of_customer(words: &str) -> bool {
    let clean = role::clean(words);
    let has = |list: &[&str]| clean.split(' ').any(|word| list.contains(&word));
    has(&["customer", "caller", "client", "individual", "customers", "callers", "clients", "agent"]) && !has(&["you", "your", "i", "we", "our", "my", "us"])
}

enum BracketKind {
    Slot,
    Condition,
    Direction,
    /// `[Client gives name]`
    Heard,
}

/// The four things that square brackets mean.
fn bracket_kind(inner: &str, opens: bool, profile: &Profile) -> BracketKind {
    let clean = role::clean(inner);
    let words = clean.split(' ').count();
    let first = clean.split(' ').next().unwrap_or("");
    if (role::is_condition(&clean) && (words > 1 || inner.trim_end().ends_with(':'))) || inner.contains(['→', '➜']) || inner.contains("->") {
        return BracketKind::Condition;
    }
    if matches!(first, "wants" | "asks" | "other" | "will" | "accepts" | "declines" | "refuses" | "agrees" | "needs" | "cannot" | "says") && opens && words > 1 {
        return BracketKind::Condition;
    }
    if opens && words > 1 && profile.role(first) == Some(Role::Customer) && !inner.contains('/') && inner.chars().next().is_some_and(char::is_uppercase) && !is_name_slot(&clean) {
        return BracketKind::Heard;
    }
    let is_sentence = inner.trim_end().ends_with(['.', '!']) && words > 1;
    let is_caps = inner.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let orders = matches!(
        first,
        "listen" | "pause" | "wait" | "let" | "make" | "do" | "don" | "never" | "check" | "open" | "put" | "take" | "use" | "read" | "stay" | "note" | "type" | "look" | "ask" | "give" | "offer" | "transfer" | "hold" | "verify" | "confirm" | "tell" | "explain" | "log" | "enter" | "record" | "book" | "find" | "keep" | "empathise" | "empathize" | "smile" | "if"
    );
    if is_sentence || (orders && !is_caps && !inner.contains('/')) {
        return BracketKind::Direction;
    }
    BracketKind::Slot
}

fn is_name_slot(clean: &str) -> bool {
    clean.ends_with("name") && clean.split(' ').count() <= 2 || clean.ends_with(" s name") || clean.split(' ').count() == 1
}

/// Words that end the walk here: the call ends or goes to somebody else.
fn is_leaving(words: &str) -> bool {
    let clean = role::clean(words);
    const STARTS: [&str; 14] = [
        "transfer", "warm transfer", "cold transfer", "hand over", "hand the", "hand them", "handover", "hand off", "connect the", "connect them", "put them through", "put the caller through", "bring the phone", "escalate to",
    ];
    is_end(words) || STARTS.iter().any(|start| clean == *start || clean.starts_with(&format!("{start} "))) || (clean.starts_with("bring ") && clean.contains(" into the call"))
}

fn is_end(words: &str) -> bool {
    let clean = role::clean(words);
    matches!(
        clean.as_str(),
        "end of call" | "end call" | "end the call" | "hang up" | "call ends" | "disconnect the call" | "the call ends" | "the call ends here" | "end of script" | "close the call" | "end of the call" | "call ends here"
    )
}

fn transfer_target(words: &str) -> Target {
    let lower = words.to_lowercase();
    match lower.find(" to ") {
        Some(at) => Target::Name { name: words[at + 4..].trim().trim_end_matches('.').to_string(), is_sure: false },
        None => Target::Outside,
    }
}

/// Whether a text begins with a picture that a document uses for a speaker.
pub fn begins_with_symbol(text: &str, profile: &Profile) -> bool {
    profile::leading_symbol(text).is_some_and(|symbol| profile.symbols.contains_key(&symbol))
}
