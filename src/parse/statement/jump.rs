//! Jumps inside a line: arrows, links, jump words, names of sections.

use super::cue::{holds_for_all, joins};
use super::{Cue, Reader, leave, read};
use crate::parse::line::{self, Piece, PieceKind, Verb};
use crate::parse::role::{self, Role};
use crate::parse::target::{self, Found};
use crate::script::{Branch, Choice, Jump, JumpKind, Kind, Step, Target};

/// A line that goes on for more bytes behind a jump is no list of ways, and is not read again from there.
const LONGEST_REST: usize = 2_000;

impl Reader<'_> {
    /// Running words: looks for jumps in them. Returns the index of the next piece.
    pub(super) fn words(&mut self, index: usize) -> usize {
        let piece = self.at(index);
        let words = self.whole(piece);
        if self.speaker == Some(Role::Avoid) {
            self.gather(piece);
        } else if self.runs_section(index) {
            return index + 1;
        } else if self.opens_sentence() && self.is_bare_target(piece) && self.ends_here(index) {
            self.bare_jump(piece);
        } else if let Some(then) = self.title_behind_then(index) {
            self.bare_jump(&Piece { start: piece.start + then, inner: (piece.start + then, piece.end), ..piece.clone() });
        } else if self.is_title_behind_then(index) {
            self.run.pop();
            self.flush();
            self.bare_jump(piece);
        } else if let Some(comma) = self.bare_target_behind_comma(index) {
            let rest = self.behind_cue(piece, comma);
            self.bare_jump(&rest);
        } else if let Some(comma) = self.leaving_behind_comma(index) {
            let rest = self.behind_cue(piece, comma);
            self.leave(&rest);
        } else if self.ends_in_dots() && !self.is_speech() && self.profile.sections.contains(&target::key(words)) {
            self.run_to_cue(false);
            self.bare_jump(piece);
        } else if let Some(next) = self.jump_in_words(index) {
            return next;
        } else if let Some(found) = self.missing_title(index) {
            self.jump(found, JumpKind::Goto);
        } else if (!self.is_speech() || self.is_guessed())
            && leave::is_leaving(words)
            && (self.opens_sentence() || self.begins_with_condition())
        {
            self.leave(piece);
        } else {
            self.gather(piece);
        }
        index + 1
    }

    /// Takes the words before a comma for a condition; the piece behind it.
    fn behind_cue(&mut self, piece: &Piece, comma: usize) -> Piece {
        let from = piece.start + comma;
        self.run.push((piece.start, from));
        self.run_to_cue(false);
        Piece { start: from + 1, inner: (from + 1, piece.end), ..piece.clone() }
    }

    /// The agent speaks only because nothing else was said.
    pub(super) fn is_guessed(&self) -> bool {
        self.profile.is_plain && !self.is_labelled
    }

    pub(super) fn has_jumped(&self) -> bool {
        let last = self.out.branches.last().map_or(&self.out.steps, |branch| &branch.steps);
        matches!(last.last(), Some(Step::Jump(_)))
    }

    pub(super) fn link(&mut self, piece: &Piece, to: &str) {
        self.follow(piece, target::link(to));
    }

    /// A link that leads to a place in the call, or to none.
    pub(super) fn follow(&mut self, piece: &Piece, target: Option<Target>) {
        let is_only = self.place.is_item && self.run.is_empty() && self.is_fresh();
        let Some(target) = target.filter(|_| self.speaker != Some(Role::Avoid)) else { return self.run.push(piece.inner) };
        if is_only {
            let label = self.text.slice(piece.inner.0, piece.inner.1);
            let is_heard = label.value.starts_with(['"', '“']);
            self.cue = Some(Cue::new(label, is_heard));
        } else if self.cue.is_none() && !self.is_speech() && !self.run.is_empty() && !self.then_only() {
            self.condition_from_sentence();
        } else if self.is_speech() && !self.opens_sentence() {
            // A link inside a spoken sentence is part of what is said.
            return self.run.push(piece.inner);
        } else if self.then_only() {
            // `Then [Closing](#closing).`
            self.run.clear();
        } else {
            self.flush();
        }
        self.jump(Found { target, words: piece.inner, end: piece.end }, JumpKind::Goto);
    }

    pub(super) fn starts_with_jump(&self, piece: &Piece) -> bool {
        let words = self.whole(piece).trim_start_matches([' ', ',', ':']);
        line::verbs(words).first().is_some_and(|(_, start, _)| *start == 0)
    }

    pub(super) fn is_bare_target(&self, piece: &Piece) -> bool {
        target::is_known(self.whole(piece), self.profile)
    }

    /// The first jump word of a piece that leads somewhere, its byte, and where to.
    fn first_jump(&self, index: usize) -> Option<(Verb, usize, Found)> {
        let piece = self.at(index);
        let words = self.whole(piece);
        let is_label = self.speaker == Some(Role::Customer) && self.place.is_item && self.is_fresh();
        let may_jump = |start: usize| {
            let lead = words[..start].trim_matches([' ', ',', ':', '\u{a0}', ';']);
            // `Whatever they say, always finish with Closing`: a rule for all calls, and no way from here.
            let verb = words[start..].trim_start().get(..3).unwrap_or_default();
            if !joins(lead) && (verb.eq_ignore_ascii_case("fin") || verb.eq_ignore_ascii_case("end")) {
                return false;
            }
            let opens = if lead.is_empty() { self.opens_sentence() } else { joins(lead) };
            !self.is_speech() || opens || is_label
        };
        let own = || target::own_jump(words, self.profile).filter(|_| !self.is_speech()).map(|(start, end)| (Verb::Goto, start, end));
        let verbs = line::verbs(words).into_iter().filter(|(_, start, _)| may_jump(*start));
        verbs.chain(std::iter::once_with(own).flatten()).find_map(|(verb, start, end)| {
            let found = target::after(self.value(), &self.pieces[index..], piece.start + end, verb, self.profile)?;
            Some((verb, start, found))
        })
    }

    /// Goes where the first jump word leads. Returns the index of the next piece.
    fn jump_in_words(&mut self, index: usize) -> Option<usize> {
        let (verb, start, found) = self.first_jump(index)?;
        let piece = self.at(index);
        let words = self.whole(piece);
        if !words[..start].trim_matches([' ', ',', ':', ';']).is_empty() {
            self.run.push((piece.start, piece.start + start));
        }
        // `A late bag goes to 4`: what goes there is the condition.
        let verb_word = words[start..].get(..4).unwrap_or_default().to_ascii_lowercase();
        let is_led = matches!(verb_word.as_str(), "goes" | "take" | "sent" | "rout");
        let is_subject = is_led && !self.is_speech() && self.cue.is_none() && !self.run.is_empty();
        if is_subject {
            self.last_sentence_to_cue()
        } else {
            self.finish_before_jump(verb)
        }
        // `For details see Section 2`: a look at it, and back.
        let is_look = self.cue.as_ref().is_none_or(|cue| !words[..start].trim_end().ends_with(',') && cue.label.value.starts_with("For "));
        let kind = if verb == Verb::See && !self.place.is_item && is_look { JumpKind::Call } else { JumpKind::Goto };
        let end = found.end;
        if !self.out.branches.is_empty() && holds_for_all(&role::clean(&words[..start])) {
            self.jump_from_all(found);
            return Some(self.after_jump(index, end));
        }
        if let Some(under) = self.condition_of_half() {
            let text = self.text.slice(found.words.0, found.words.1);
            let branch = under.branch(vec![Step::Jump(Jump { kind, target: found.target, text })]);
            self.push(Step::Choice(Choice { span: branch.span, branches: vec![branch] }));
            return Some(self.after_jump(index, end));
        }
        if let Some(condition) = self.condition_behind(piece, end, verb) {
            self.cue = Some(condition);
            self.jump(found, kind);
            return Some(index + 1);
        }
        self.jump(found, kind);
        Some(self.after_jump(index, end))
    }

    /// `If they want it in writing: "…" Either way, go to 4`: from each case of the line, and from none of them.
    fn jump_from_all(&mut self, found: Found) {
        let text = self.text.slice(found.words.0, found.words.1);
        let span = text.span();
        let jump = Step::Jump(Jump { kind: JumpKind::Goto, target: found.target, text });
        let stays = |branch: &&mut Branch| !matches!(branch.steps.last(), Some(Step::Jump(_) | Step::End(_)));
        self.out.branches.iter_mut().filter(stays).for_each(|branch| branch.steps.push(jump.clone()));
        if self.out.steps.iter().any(|step| matches!(step, Step::Line(_))) {
            self.out.branches.push(Branch { is_otherwise: true, steps: vec![jump], span, ..Branch::default() });
        }
    }

    /// `Back to Card 1 if they have another ride`, `See Card 2 for lost cards`: the condition of a jump may
    /// stand behind it.
    fn condition_behind(&self, piece: &Piece, end: usize, verb: Verb) -> Option<Cue> {
        let rest = self.value().get(end..piece.end)?;
        let words = rest.trim_start_matches([' ', ',', '\u{a0}']);
        let first = words.split(' ').next().unwrap_or("");
        let is_condition =
            (matches!(first, "if" | "when" | "unless") || verb == Verb::See && first == "for") && !words.contains([';', '→']);
        let may_begin = self.is_fresh() && self.run.is_empty() && !self.is_speech();
        let from = end + rest.len() - words.len();
        (is_condition && may_begin).then(|| Cue::new(self.text.slice(from, piece.end), false))
    }

    /// `offer the bar; if they refuse, skip to 4` behind a condition: only the second half leads there.
    fn condition_of_half(&mut self) -> Option<Cue> {
        let half = match self.out.branches.last_mut() {
            _ if self.cue.is_some() => None,
            Some(branch) => branch.steps.last_mut(),
            None => None,
        };
        let Some(Step::Line(line)) = half.filter(|step| matches!(step, Step::Line(line) if line.kind == Kind::Note)) else { return None };
        let at = ["; if ", "; when ", "; unless "].iter().find_map(|mark| line.text.value.find(mark))?;
        let label = line.text.slice(at + 1, line.text.value.trim_end_matches([',', ' ']).len());
        line.text = line.text.slice(0, at);
        Some(Cue::new(label, false))
    }

    /// What stands before a jump: its condition, or an instruction of its own.
    fn finish_before_jump(&mut self, verb: Verb) {
        if self.run.is_empty() {
            return;
        }
        if self.then_only() {
            self.run.clear();
        } else if self.orders_behind_speech() {
            self.flush();
        } else if self.cue.is_none()
            && !self.is_speech()
            && (verb != Verb::See || self.place.is_item || self.begins_with_condition() || self.names_a_case())
            && !self.orders_speech()
        {
            self.condition_from_sentence();
        } else {
            self.flush();
        }
    }

    /// `*Yes.* "They are." Change them and say so. Go to Curtain.`: what to do behind what is said, and no case.
    pub(super) fn orders_behind_speech(&self) -> bool {
        let says = |step: &Step| matches!(step, Step::Line(line) if line.kind == Kind::Say);
        let has_spoken = self.out.branches.last().is_some_and(|branch| branch.steps.last().is_some_and(says));
        let words: String = self.run.iter().map(|(start, end)| &self.value()[*start..*end]).collect();
        has_spoken && !words.trim_end().ends_with([',', '?', ':']) && !role::is_condition(&role::clean(&words))
    }

    /// Goes on behind a jump that ends at byte `end`: in the same piece when words are left there,
    /// else with a later one, whose index it returns.
    pub(super) fn after_jump(&mut self, index: usize, end: usize) -> usize {
        let piece = self.at(index);
        if end >= piece.end {
            let next = self.skip_to(index, end);
            // The target was the beginning of a later piece: `*Return to* Booking if they need it`.
            return match self.pieces.get(next).filter(|piece| piece.start < end) {
                Some(rest) => {
                    if self.value()[end..rest.end].trim().contains(' ') {
                        self.emit(Kind::Note, (end, rest.end));
                    }
                    next + 1
                }
                None => next,
            };
        }
        let rest = &self.value()[end..piece.end];
        let is_brief = self.value().len() - end <= LONGEST_REST;
        let other = ["; ", " / "].iter().filter_map(|mark| rest.find(mark).map(|at| at + mark.len())).min();
        if let Some(at) = other.filter(|_| is_brief) {
            return self.second_half(end + at);
        }
        let words = rest.trim_matches([' ', '.', ',', ';', ':', '#']);
        if words.chars().count() > 2 && !role::clean(words).starts_with("of ") {
            self.run.push((end, piece.end));
            self.flush();
        }
        index + 1
    }

    /// `…, go to 6; if it comes on, go to 7`: the second half is read as a line of its own.
    fn second_half(&mut self, from: usize) -> usize {
        self.close();
        let end = self.pieces.last().map_or(from, |piece| piece.end);
        self.take(read(&self.text.slice(from, end), self.place, self.profile));
        self.pieces.len()
    }

    /// The first piece behind `index` that goes on after byte `end`.
    pub(super) fn skip_to(&self, index: usize, end: usize) -> usize {
        (index + 1..self.pieces.len()).find(|&at| self.at(at).end > end).unwrap_or(self.pieces.len())
    }

    pub(super) fn ends_here(&self, index: usize) -> bool {
        self.next(index).is_none_or(|next| matches!(next.kind, PieceKind::Stop | PieceKind::Dash))
    }

    fn bare_jump(&mut self, piece: &Piece) {
        if let Some(target) = target::bare(self.whole(piece), self.profile) {
            self.flush();
            self.jump(Found { target, words: (piece.start, piece.end), end: piece.end }, JumpKind::Goto);
        }
    }

    pub(super) fn jump(&mut self, found: Found, kind: JumpKind) {
        let text = self.text.slice(found.words.0, found.words.1);
        self.push(Step::Jump(Jump { kind, target: found.target, text }));
    }
}
