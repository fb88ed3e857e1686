//! Words that become the condition of a branch.

use super::{Reader, leave};
use crate::parse::line::{self, Piece, PieceKind};
use crate::parse::role::{self, Role};
use crate::parse::target;
use crate::script::{Branch, Kind, Step};
use crate::source::Text;

/// The condition of a branch before its first step.
pub(super) struct Cue {
    pub label: Text,
    /// The customer says it.
    pub is_heard: bool,
    /// What it forbids in the same breath.
    pub order: Option<Text>,
}

/// `*Yes:* send it`: without the end of the emphasis behind the answer.
fn undressed(label: &Text) -> Text {
    let Some(at) = [":*", ":_"].iter().find_map(|mark| label.value.find(mark)) else { return label.clone() };
    let mut text = label.slice(0, at + 1);
    text.append_part(label, at + 2, label.value.len());
    text
}

impl Cue {
    pub fn new(label: Text, is_heard: bool) -> Cue {
        Cue { label, is_heard, order: None }
    }

    /// `If they ask for a manager, don't put them through; say`: the case, and what not to do then.
    fn forbidding(label: Text, is_heard: bool) -> Cue {
        let forbids = [", don't ", ", don’t ", ", do not ", ", never "].into_iter().filter_map(|order| label.value.find(order)).min();
        let Some(at) = forbids.filter(|_| role::is_condition(&role::clean(&label.value))) else { return Cue::new(label, is_heard) };
        let order = label.slice(at + 2, label.value.len());
        let end = ["; say", ". Say", ", say", "; just say", ". Just say"].into_iter().find_map(|say| order.value.strip_suffix(say));
        let order = order.slice(0, end.unwrap_or(&order.value).len());
        Cue { label: label.slice(0, at), is_heard, order: Some(order) }
    }

    pub fn branch(self, mut steps: Vec<Step>) -> Branch {
        if let Some(order) = self.order {
            steps.insert(0, Step::line(Kind::Note, order));
        }
        let (span, is_otherwise) = (self.label.span(), is_otherwise(&self.label.value));
        let is_heard = self.is_heard || role::speaks_of_self(&self.label.value);
        Branch { label: Some(self.label), is_heard, is_otherwise, steps, span, ..Branch::default() }
    }
}

/// `Otherwise`, `else`, `anything else`.
pub fn is_otherwise(label: &str) -> bool {
    const WORDS: [&str; 18] = [
        "otherwise", "else", "default", "anything else", "any other", "other", "none of these", "none of those", "none of the above",
        "in all other cases", "if not", "everything else", "anything", "si no", "en caso contrario", "de lo contrario", "en otro caso",
        "cualquier otra cosa",
    ];
    let clean = role::clean(label);
    WORDS.contains(&clean.as_str())
        || clean.starts_with("otherwise ")
        || clean.strip_prefix("else ").is_some_and(|rest| !rest.starts_with("if "))
}

/// Where the words of a condition end, without a last `, say:` or `then`.
pub(super) fn label_end(words: &str) -> usize {
    let marks = [':', ' ', '–', '—', ','];
    let words = if words.ends_with("...") { words.trim_end_matches('.') } else { words }.trim_end_matches(marks);
    let order = [", say", ", ask", ", then say", ", tell them", ", you say", " then", " THEN"]
        .into_iter()
        .find_map(|order| words.strip_suffix(order));
    order.unwrap_or(words).trim_end_matches(marks).len()
}

impl<'a> Reader<'a> {
    /// The first words that were gathered.
    pub(super) fn first_words(&self) -> &'a str {
        self.run.first().map_or("", |(start, end)| &self.value()[*start..*end])
    }

    pub(super) fn begins_with_condition(&self) -> bool {
        let words = self.first_words();
        // Only the first words count.
        role::is_condition(&role::clean(words.get(..80).unwrap_or(words)))
    }

    /// `**When the car is ready**` alone on a line: what stands under it belongs to it.
    pub(super) fn is_bold_condition(&self) -> bool {
        let is_bold = self.pieces.iter().all(|piece| piece.is_bold && matches!(piece.kind, PieceKind::Text | PieceKind::Paren));
        is_bold && !self.is_speech() && self.is_fresh() && (self.begins_with_condition() || role::is_turn(&role::clean(self.first_words())))
    }

    /// `Breakdown?` over what is said then.
    pub(super) fn names_case_above(&self) -> bool {
        const MOST_WORDS: usize = 4;
        let words = self.first_words().trim();
        let is_alone = self.run.len() == 1 && self.pieces.iter().all(|piece| piece.kind == PieceKind::Text);
        let asks = [
            "what", "how", "who", "where", "when", "which", "can", "could", "may", "is", "are", "do", "does", "did", "would", "any",
            "anything",
        ];
        let is_numbered = !self.out.steps.is_empty();
        is_alone
            && (self.place.has_children || is_numbered && !asks.contains(&role::clean(words).split(' ').next().unwrap_or("")))
            && self.speaker.is_none()
            && self.is_fresh()
            && words.ends_with('?')
            && words.split(' ').count() <= MOST_WORDS
    }

    /// `IF the caravan isn't ready` alone on a line, over what to say then.
    pub(super) fn is_shouted_condition(&self) -> bool {
        const MOST_WORDS: usize = 12;
        let words = self.value().trim();
        let is_plain = |piece: &Piece| matches!(piece.kind, PieceKind::Text | PieceKind::Stop | PieceKind::Slot);
        let is_alone = self.pieces.iter().all(is_plain) && !self.run.is_empty() && !self.is_speech() && self.is_fresh();
        is_alone
            && ["IF ", "IF…", "IF..."].iter().any(|start| words.starts_with(start))
            && words.split(' ').count() <= MOST_WORDS
            && !words.ends_with(['.', '!', '?'])
            && !words.contains(',')
            && line::verbs(words).is_empty()
    }

    /// `If yes, ask for the reference.`: an answer, a comma, and what to do then.
    pub(super) fn answer_to_cue(&mut self) {
        let Some(comma) = self.first_words().find(", ").filter(|_| self.speaker.is_none() && self.is_fresh()) else { return };
        let label = role::clean(&self.first_words()[..comma]);
        let is_answer = label.split(' ').next_back().is_some_and(|word| role::is_answer(word) || matches!(word, "so" | "not"))
            && label.split(' ').count() <= 5;
        // `No, end it` over what is said then: all of it is the answer.
        let rest = self.first_words()[comma..].trim();
        let is_whole = self.place.has_children
            && matches!(label.as_str(), "yes" | "no")
            && rest.split(' ').count() <= 5
            && !rest.ends_with([':', '.']);
        if is_whole || !(is_answer && role::is_condition(&label)) {
            return;
        }
        let (start, end) = self.run[0];
        let rest = self.run.split_off(1);
        self.run = vec![(start, start + comma)];
        self.run_to_cue(false);
        self.run = vec![(start + comma + 1, end)];
        // What the agent says when told to comes next.
        self.out.is_open = self.orders_speech();
        self.run.extend(rest);
    }

    /// The words gathered so far only join (`Then`, `and then`).
    pub(super) fn then_only(&self) -> bool {
        let words: String = self.run.iter().map(|(start, end)| &self.value()[*start..*end]).collect();
        joins(&words)
    }

    /// The words gathered so far are the condition of what follows.
    pub(super) fn run_to_cue(&mut self, is_heard: bool) {
        if let Some(text) = self.take_run() {
            self.close();
            let end = label_end(&text.value);
            self.cue = Some(Cue::forbidding(undressed(&text.slice(0, end)), is_heard));
        }
        self.speaker = self.place.speaker;
        self.is_labelled = false;
    }

    /// The last sentence that was gathered is the condition of what follows; words before it are a
    /// line of their own.
    pub(super) fn last_sentence_to_cue(&mut self) {
        let ends = |(start, end): &(usize, usize)| self.value()[*start..*end].trim_end().ends_with(['.', '?', '!']);
        let cut = self.run.iter().rposition(ends).map_or(0, |at| at + 1);
        if cut < self.run.len() && cut > 0 {
            let last = self.run.split_off(cut);
            self.flush();
            self.run = last;
        }
        if self.then_only() { self.run.clear() } else { self.run_to_cue(false) }
    }

    /// The words before a jump are its condition when they open an item or say so.
    pub(super) fn condition_from_sentence(&mut self) {
        let opens_item = self.place.is_item && self.out.branches.is_empty() && self.out.steps.is_empty();
        if opens_item || self.begins_with_condition() || self.names_a_case() || self.ends_in_dots() {
            self.run_to_cue(false);
        } else if self.last_is_condition() {
            self.last_sentence_to_cue();
        } else if self.ends_in_question() {
            self.question_to_cue();
        } else {
            self.flush();
        }
    }

    /// `Listen. If the flight was cancelled, go to Step 3. Anything else, go to Step 7.`
    fn last_is_condition(&self) -> bool {
        let last = self.run.last().map_or("", |(start, end)| &self.value()[*start..*end]).trim_end();
        let (words, clean) = (last.trim_end_matches([' ', ',']), role::clean(last));
        role::is_condition(&clean) || is_otherwise(words) || last.ends_with(',') && is_case(&clean)
    }

    /// `For a lost booking, see section 3`, `In case of a leak, go to 2`
    pub(super) fn names_a_case(&self) -> bool {
        is_case(&role::clean(self.first_words())) && self.run.len() == 1
    }

    /// The pieces are a condition and a colon, and nothing else.
    pub(super) fn is_beat(&self, pieces: &[Piece]) -> bool {
        let Some(first) = pieces.first() else { return false };
        let words = &self.value()[first.start..];
        words.trim_end().ends_with(':') && role::is_condition(&role::clean(words)) && line::verbs(words).is_empty()
    }

    /// `Somebody else ........ go to B`
    pub(super) fn ends_in_dots(&self) -> bool {
        let (Some(first), Some(last)) = (self.run.first(), self.run.last()) else { return false };
        let words = self.value()[first.0..last.1].trim_end();
        words.ends_with("...") && words.split_whitespace().count() <= 8
    }

    fn ends_in_question(&self) -> bool {
        self.run.last().is_some_and(|(start, end)| self.value()[*start..*end].trim_end().ends_with('?'))
    }

    /// `Airport or station? Turn to Card 2.`: the question that the agent asks himself is the condition.
    fn question_to_cue(&mut self) {
        let before = &self.run[..self.run.len() - 1];
        let ends = |(start, end): &(usize, usize)| self.value()[*start..*end].trim_end().ends_with(['.', '?', '!']);
        let cut = before.iter().rposition(ends).map_or(0, |at| at + 1);
        let question = self.run.split_off(cut);
        self.flush();
        self.run = question;
        self.run_to_cue(false);
    }

    /// The end of a sentence or a dash: ends a condition when speech or a jump follows.
    pub(super) fn mark(&mut self, index: usize) {
        let piece = self.at(index);
        let ends_cue = self.cue.is_none()
            && !self.is_speech()
            && !self.run.is_empty()
            && !self.orders_act()
            && (self.place.is_item || self.begins_with_condition() || piece.kind == PieceKind::Dash && self.is_in_capitals())
            && self
                .next(index)
                .is_some_and(|next| self.answers(piece, next) && !(next.kind == PieceKind::Text && self.orders_behind_speech()));
        if ends_cue {
            self.run_to_cue(false);
        } else if !self.run.is_empty() {
            self.gather(piece);
        }
    }

    /// `NOT INTERESTED - "I appreciate your honesty."`: a case, by how it is written.
    fn is_in_capitals(&self) -> bool {
        self.is_fresh()
            && self.run.len() == 1
            && line::is_capitals(self.first_words())
            && self.first_words().split_whitespace().count() <= 5
    }

    /// Whether the piece behind a mark is speech or a jump.
    fn answers(&self, mark: &Piece, next: &Piece) -> bool {
        match &next.kind {
            PieceKind::Quote => true,
            PieceKind::Label => self.role_of(next).is_some_and(|role| role != Role::Condition),
            PieceKind::Link(to) => target::link(to).is_some(),
            PieceKind::Text => self.starts_with_jump(next) || self.is_bare_target(next),
            PieceKind::Arrow => mark.kind == PieceKind::Dash,
            PieceKind::Paren => leave::is_leaving(self.inner(next)),
            _ => false,
        }
    }
}

fn is_case(clean: &str) -> bool {
    ["for ", "in case ", "in the case "].iter().any(|start| clean.starts_with(start))
}

/// `Then`, `After that`: leads on, and is no condition.
pub(super) fn joins(words: &str) -> bool {
    const JOINING: [&str; 10] = ["", "then", "and then", "and", "now", "next", "so", "afterwards", "after that", "finally"];
    let clean = role::clean(words);
    JOINING.contains(&clean.as_str()) || holds_for_all(&clean)
}

/// `either way`: what comes next holds for every case before it.
pub(super) fn holds_for_all(clean: &str) -> bool {
    matches!(clean, "either way" | "in either case" | "in both cases" | "in any case" | "in all cases" | "whatever they say")
}
