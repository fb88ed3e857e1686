//! One logical line: who speaks in it, under which condition, and where it goes.
//!
//! `line` cuts the words into pieces; the reader goes over them once, gathers words until something
//! ends them, and decides then whose words they were.

mod answers;
mod arrow;
mod bare;
mod behind;
mod bold;
mod bracket;
mod cue;
mod jump;
mod keyed;
mod label;
mod leave;
mod pointers;
mod quote;
mod run;
mod struck;
mod symbols;
mod template;
mod ways;

use super::attributes;
use super::line::{self, Piece, PieceKind};
use super::outline;
use super::profile::{self, Profile};
use super::role::{self, Role};
use crate::script::{Branch, Kind, Step};
use crate::source::Text;
use cue::Cue;

pub use answers::{answers, is_again};
pub use bold::is_said;
pub use cue::is_otherwise;
pub use keyed::keyed;
pub use leave::is_end;

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
    if let Some(anchor) = station(text, &place, profile) {
        return Statement { steps: vec![anchor], ..Statement::default() };
    }
    if let Some(length) = profile::code(&text.value).filter(|_| profile.has_codes) {
        let words = text.slice(length, text.value.len());
        let lead = words.value.len() - words.value.trim_start_matches(['.', ':', ')', ' ']).len();
        let mut rest = read(&words.slice(lead, words.value.len()), place, profile);
        rest.steps.insert(0, Step::Anchor(text.slice(0, length)));
        return rest;
    }
    if let Some(start) = outline::question_mark(&text.value, 'A').filter(|_| profile.has_answers) {
        // `A: Ask the name. "It's back."`: the quotation marks tell what is spoken.
        let speaker = Some(Role::Agent).filter(|_| !text.value[start..].contains(['"', '“']));
        return read(&text.slice(start, text.value.len()), Place { speaker, ..place }, profile);
    }
    if let Some((words, attributes)) = attributes::split(text) {
        return attributes::apply_to_statement(read(&words, place, profile), &attributes);
    }
    if let Some(ways) = behind::read(text, profile).or_else(|| template::read_ways(text, place, profile)) {
        return ways;
    }
    if let Some(statement) = struck::read(text) {
        return statement;
    }
    let pieces = line::pieces(&text.value);
    let split = symbols::split(&text.value, &pieces, profile)
        .or_else(|| profile.dashed(&text.value, &pieces))
        .or_else(|| pointers::split(&text.value, &pieces, profile));
    let mut reader = Reader::new(text, split.as_deref().unwrap_or(&pieces), place, profile);
    reader.lead();
    if let Some(role) = profile.italics.filter(|_| pieces.iter().all(|piece| piece.is_italic)) {
        reader.speaker = Some(role);
        reader.is_labelled = true;
    }
    reader.read();
    reader.out.branches = answers::nest(reader.out.branches);
    reader.out.steps = ways::fork(reader.out.steps);
    reader.out
}

/// `Step 2`, alone on a line.
fn station(text: &Text, place: &Place, profile: &Profile) -> Option<Step> {
    let may_be = !place.is_item && place.speaker != Some(Role::Note);
    let number = profile::station(&text.value).filter(|number| may_be && profile.stations.contains(number))?;
    let start = text.value.to_lowercase().rfind(&number).unwrap_or(0);
    Some(Step::Anchor(text.slice(start, start + number.len())))
}

/// Bytes of the line's text, end exclusive.
type Range = (usize, usize);
/// Where the reading of a line has come to. The modules below add what each kind of piece does.
struct Reader<'a> {
    text: &'a Text,
    pieces: &'a [Piece],
    place: Place,
    profile: &'a Profile,
    speaker: Option<Role>,
    /// The speaker was named on this line.
    is_labelled: bool,
    /// Words that are being gathered.
    run: Vec<Range>,
    out: Statement,
    /// The condition that the next steps stand under.
    cue: Option<Cue>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a Text, pieces: &'a [Piece], place: Place, profile: &'a Profile) -> Reader<'a> {
        let out = Statement::default();
        Reader { text, pieces, place, profile, speaker: place.speaker, is_labelled: false, run: Vec::new(), out, cue: None }
    }

    /// Bullets, `(a)`, `2.1` and check boxes before the first word.
    fn lead(&mut self) {
        let Some((first, rest)) = self.pieces.split_first() else { return };
        let words = self.inner(first);
        let is_check_box = first.kind == PieceKind::Bracket && matches!(words.trim(), "" | "x" | "X");
        if is_check_box || matches!(first.kind, PieceKind::Bullet | PieceKind::Number) {
            self.pieces = rest;
        }
        if first.kind == PieceKind::Number {
            let end = first.inner.0 + words.trim_end_matches(['.', ')']).len();
            self.out.steps.push(Step::Anchor(self.text.slice(first.inner.0, end)));
        }
        if first.kind == PieceKind::Arrow && self.is_beat(rest) {
            // `→ When they say what it does:` only says when the next line comes.
            self.pieces = &[];
            return self.emit(Kind::Note, (first.end, self.value().len()));
        }
        // `1.2 "The videos won't play." → 3`, where the agent's words have a label.
        let is_quote = rest.first().is_some_and(|quote| quote.kind == PieceKind::Quote);
        let is_way = first.kind == PieceKind::Number && is_quote && rest.get(1).is_some_and(|arrow| arrow.kind == PieceKind::Arrow);
        let is_answer = is_way && self.profile.labels_agent() && words.trim_end_matches(['.', ')']).contains('.');
        self.place.is_item |= is_check_box || is_answer || first.kind == PieceKind::Bullet || self.answers_and_leaves();
    }

    fn read(&mut self) {
        let mut index = 0;
        while index < self.pieces.len() {
            index = self.piece(index);
        }
        if self.is_bold_condition() || self.is_shouted_condition() || self.names_case_above() {
            self.run_to_cue(false);
        }
        self.answer_to_cue();
        self.flush();
        self.close();
    }

    /// Handles a piece and returns the index of the next one.
    fn piece(&mut self, index: usize) -> usize {
        let piece = self.at(index);
        if let Some(next) = self.bold_speech(index) {
            return next;
        }
        match &piece.kind {
            PieceKind::Label if self.points(index) => return self.arrow(index),
            PieceKind::Label => self.label(index),
            PieceKind::Quote => self.quote(index),
            PieceKind::Bracket => self.bracket(index),
            PieceKind::Paren => self.paren(index),
            PieceKind::Arrow => return self.arrow(index),
            PieceKind::Link(to) => self.link(piece, to),
            PieceKind::Comment => self.comment(piece),
            PieceKind::Stop | PieceKind::Dash => self.mark(index),
            PieceKind::Slot | PieceKind::Bullet | PieceKind::Number => self.gather(piece),
            PieceKind::Text if self.bold_speaker(index) => {}
            PieceKind::Text if leave::is_end_sign(self.whole(piece)) => self.end(piece),
            PieceKind::Text => return self.words(index),
        }
        index + 1
    }

    fn value(&self) -> &'a str {
        &self.text.value
    }

    fn at(&self, index: usize) -> &'a Piece {
        &self.pieces[index]
    }

    fn next(&self, index: usize) -> Option<&'a Piece> {
        self.pieces.get(index + 1)
    }

    fn whole(&self, piece: &Piece) -> &'a str {
        &self.text.value[piece.start..piece.end]
    }

    fn inner(&self, piece: &Piece) -> &'a str {
        &self.value()[piece.inner.0..piece.inner.1]
    }

    fn is_speech(&self) -> bool {
        matches!(self.speaker, Some(Role::Agent | Role::Customer))
    }

    /// Nothing was said or asked on this line yet.
    fn is_fresh(&self) -> bool {
        self.cue.is_none() && self.out.branches.is_empty() && self.out.steps.iter().all(|step| matches!(step, Step::Anchor(_)))
    }

    /// Whether the next piece would open a sentence.
    fn opens_sentence(&self) -> bool {
        self.run.last().is_none_or(|(start, end)| self.value()[*start..*end].trim_end().ends_with(['.', '?', '!', '…']))
    }

    fn comment(&mut self, piece: &Piece) {
        if !self.inner(piece).contains("callint") {
            self.emit(Kind::Note, piece.inner);
        }
    }

    /// Ends a run of words: it becomes a line of whoever speaks.
    fn flush(&mut self) {
        let Some(text) = self.take_run() else { return };
        if self.speaker == Some(Role::Customer) && self.place.is_item && self.is_fresh() {
            // `- Customer: I want to cancel.` opens a branch.
            self.cue = Some(Cue::new(text, true));
            return;
        }
        self.say(text);
    }

    fn say(&mut self, text: Text) {
        let kind = match self.speaker {
            Some(Role::Agent) if !self.is_labelled && self.profile.is_plain && role::tells_of_customer(&text.value) => Kind::Note,
            // `Front desk: 204` is a number to ring.
            Some(Role::Agent) if !text.value.contains(char::is_alphabetic) => Kind::Note,
            Some(Role::Agent) => Kind::Say,
            Some(Role::Customer) => Kind::Hear,
            Some(Role::Avoid) => Kind::Avoid,
            _ => Kind::Note,
        };
        if kind == Kind::Note && leave::is_end(&text.value) {
            return self.push(Step::End(text.span()));
        }
        self.push(Step::line(kind, text));
    }

    fn emit(&mut self, kind: Kind, range: Range) {
        self.flush();
        let text = self.text.slice(range.0, range.1);
        let kind = if self.speaker == Some(Role::Avoid) { Kind::Avoid } else { kind };
        if !text.is_empty() {
            self.push(Step::line(kind, text));
        }
    }

    /// Adds a step under the condition at hand, or behind the last branch, or to the line itself.
    fn push(&mut self, step: Step) {
        if let Some(cue) = self.cue.take() {
            self.out.branches.push(cue.branch(vec![step]));
        } else if let Some(branch) = self.out.branches.last_mut() {
            branch.steps.push(step);
        } else {
            self.out.steps.push(step);
        }
    }

    /// A condition that nothing follows is a branch without steps.
    fn close(&mut self) {
        let cue = self.cue.take();
        self.out.is_open |= cue.is_some();
        self.out.branches.extend(cue.map(|cue| cue.branch(Vec::new())));
    }

    /// Takes over what a part of this line says, read as a line of its own.
    fn take(&mut self, nested: Statement) {
        self.out.steps.extend(nested.steps);
        self.out.branches.extend(nested.branches);
    }
}
