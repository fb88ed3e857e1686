//! Places that are named without a word like *go to*, or whose title nobody has.

use super::cue::joins;
use super::{Reader, is_otherwise, leave};
use crate::parse::line::{self, PieceKind};
use crate::parse::role;
use crate::parse::target::{self, Found};
use crate::script::{Jump, JumpKind, Step, Target};

impl Reader<'_> {
    /// `Do the IDENTITY CHECK.`, `Run Closing, then …`: a section that comes back. Whether it was one; what stands behind
    /// it is gathered.
    pub(super) fn runs_section(&mut self, index: usize) -> bool {
        const RUN: [&str; 8] = ["Do the ", "Do ", "Run the ", "Run ", "Complete the ", "Complete ", "Go through the ", "Go through "];
        let piece = self.at(index);
        let words = self.whole(piece).trim_start();
        let start = piece.end - words.len();
        let may_run = (!self.is_speech() || self.is_guessed()) && self.opens_sentence() && self.speaker != Some(role::Role::Avoid);
        let behind = RUN.iter().filter(|_| may_run).find_map(|run| words.strip_prefix(run));
        let Some(title) = behind.map(|behind| behind.split([',', '.']).next().unwrap_or(behind).trim_end()) else { return false };
        if title.is_empty() || !self.profile.sections.contains(&target::key(title)) {
            return false;
        }
        let from = start + words.find(title).unwrap_or(0);
        let end = from + title.len();
        self.flush();
        let target = Target::Name { name: title.to_string(), is_sure: true };
        self.push(Step::Jump(Jump { kind: JumpKind::Call, target, text: self.text.slice(from, end) }));
        if !self.value()[end..piece.end].trim_matches([',', '.', ' ']).is_empty() {
            self.run.push((end, piece.end));
        }
        true
    }

    /// `→ Held parcels`: a title, although no section has it, where arrows lead to sections.
    pub(super) fn missing_behind_arrow(&self, index: usize) -> Option<Found> {
        const MOST_WORDS: usize = 5;
        let piece = self.at(index);
        let title = self.whole(piece).trim();
        let is_title = title.starts_with(char::is_uppercase)
            && title.split(' ').count() <= MOST_WORDS
            && !title.ends_with(['.', '?', '!', ':', ','])
            && !leave::is_leaving(title)
            && !leave::names_taker(title)
            && !joins(title);
        let is_last = piece.kind == PieceKind::Text && self.next(index).is_none();
        let target = Target::Name { name: title.to_string(), is_sure: true };
        // `▶ Wants a refund` is a case.
        let is_led = self.value()[..piece.start].contains(char::is_alphabetic);
        (self.profile.arrows_lead && is_led && is_last && is_title).then(|| Found {
            target,
            words: (piece.end - title.len(), piece.end),
            end: piece.end,
        })
    }

    /// `Then Goodbye.`: a section's title behind the word alone. Bytes of the piece before the title.
    pub(super) fn title_behind_then(&self, index: usize) -> Option<usize> {
        let words = self.whole(self.at(index));
        let title = words.trim_start().strip_prefix("Then ").or_else(|| words.trim_start().strip_prefix("then "))?;
        let is_alone = !self.is_speech() && self.opens_sentence() && self.ends_here(index);
        (is_alone && self.profile.sections.contains(&target::key(title))).then(|| words.len() - title.len())
    }

    /// `… It's booked. Then **Goodbye**`: the title stands out, so that it is none of the words around it.
    pub(super) fn is_title_behind_then(&self, index: usize) -> bool {
        let piece = self.at(index);
        let [before @ .., then] = &self.run[..] else { return false };
        let words = |range: &(usize, usize)| self.value()[range.0..range.1].trim_end();
        (piece.is_bold || piece.is_italic)
            && self.ends_here(index)
            && !words(then).is_empty()
            && joins(words(then))
            && before.last().is_none_or(|last| words(last).ends_with(['.', '?', '!', '…']))
            && self.profile.sections.contains(&target::key(self.inner(piece)))
    }

    /// `Anything else, Card 3`: the comma stands for *go to*, behind other jumps or *otherwise*. Bytes
    /// of the piece.
    pub(super) fn bare_target_behind_comma(&self, index: usize) -> Option<usize> {
        let words = self.whole(self.at(index));
        let may_begin = !self.is_speech() && self.run.is_empty() && (self.may_begin_branch() || self.has_jumped());
        let comma = may_begin.then(|| words.rfind(", ")).flatten()?;
        let label = &words[..comma];
        let is_short = (1..=6).contains(&label.split_whitespace().count());
        let is_branch = self.has_jumped() || is_otherwise(label);
        (is_short && is_branch && self.ends_here(index) && target::is_known(&words[comma + 1..], self.profile)).then_some(comma)
    }

    /// `If they ask about side effects, transfer to the pharmacist`. Bytes of the piece before the comma.
    pub(super) fn leaving_behind_comma(&self, index: usize) -> Option<usize> {
        let words = self.whole(self.at(index));
        let may_begin = !self.is_speech() && self.run.is_empty() && self.may_begin_branch() && self.speaker.is_none();
        let comma = (may_begin && self.ends_here(index)).then(|| words.rfind(", ")).flatten()?;
        (role::is_condition(&role::clean(words)) && leave::is_leaving(&words[comma + 1..])).then_some(comma)
    }

    /// `[Visa question] – proceed to Travel Documents`: a title, although no section has it.
    pub(super) fn missing_title(&self, index: usize) -> Option<Found> {
        const VERBS: [&str; 6] = ["proceed", "skip", "jump", "continue", "return", "over"];
        let piece = self.at(index);
        let words = self.whole(piece);
        let may_open = self.cue.is_some() && self.run.is_empty() && self.ends_here(index);
        let (_, start, end) = may_open.then(|| line::verbs(words)).and_then(|verbs| verbs.first().copied())?;
        let opens = words[..start].trim().is_empty();
        let verb = words[start..end].to_ascii_lowercase();
        let title = words[end..].trim();
        let is_capital =
            |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "and" | "or" | "a" | "to" | "for");
        let is_written_so = title.split(' ').all(is_capital) || verb.starts_with("over") && title.split(' ').count() > 1;
        let is_title = title.starts_with(char::is_uppercase) && title.split(' ').count() <= 5 && is_written_so;
        let at = piece.end - words[end..].trim_start().len();
        let target = Target::Name { name: title.to_string(), is_sure: true };
        let found = Found { target, words: (at, at + title.len()), end: piece.end };
        (opens && is_title && VERBS.iter().any(|word| verb.starts_with(word))).then_some(found)
    }
}
