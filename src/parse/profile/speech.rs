//! How a document marks what the agent says.

use super::{Profile, Survey};
use crate::parse::role::Role;

/// As many unmarked lines that speak to the customer are no slip any more.
pub(super) const MIXED: usize = 3;
/// As many lines with the agent's label are how a document marks what the agent says.
const LABELLED: usize = 3;
/// The same for lines in bold.
const BOLD: usize = 3;

impl Survey {
    /// How the agent's words are marked; they are not, where nothing marks them. `has_turns`: marks before the turns were found.
    pub(super) fn agents_words(&self, has_turns: bool, profile: &mut Profile) {
        profile.is_bold_speech = self.bold >= BOLD && self.agent_labels == 0 && self.quotes.max(self.framed) < self.bold;
        if profile.is_bold_speech {
            profile.guesses.push("sentences in bold were taken for the agent's".to_string());
        }
        let labelled = profile.labels.values().chain(profile.symbols.values()).any(|role| *role == Role::Agent);
        let marks = has_turns
            || labelled
            || profile.is_bold_speech
            || self.agent_labels > 0
            || self.quotes >= 2
            || self.framed > 0
            || self.spoken_columns > 0;
        let named: usize = profile
            .labels
            .iter()
            .filter(|(_, role)| **role == Role::Agent)
            .map(|(name, _)| self.unknown.get(name).map_or(0, |label| label.count))
            .sum();
        profile.is_labelled = self.agent_labels + named >= LABELLED;
        profile.caller_is_agent = self.agent_labels == 0 && self.greeting_callers > 0;
        if profile.caller_is_agent {
            profile.guesses.push("`Caller:` was taken for the agent, who rings somebody here".to_string());
        }
        let marks = marks || profile.caller_is_agent;
        profile.is_quiet = !has_turns && self.agent_labels < 2 && !self.is_spoken;
        profile.has_speakers = has_turns || labelled || self.agent_labels + self.customer_labels + self.stage_labels > 0;
        profile.has_code = self.code > 0;
        profile.is_plain = !marks && self.stage_labels == 0 && self.is_spoken;
    }

    /// What is said of lines that nothing marks.
    pub(super) fn unmarked_words(&self, profile: &mut Profile) {
        let unmarked = self.unmarked.iter().filter(|name| !profile.labels.contains_key(*name));
        profile.is_mixed = !profile.is_plain && !profile.is_bold_speech && self.is_spoken && self.nameless + unmarked.count() >= MIXED;
        if profile.is_mixed {
            profile.guesses.push("some lines speak to the customer and nothing marks them; they were taken for the agent's".to_string());
        }
        if profile.is_plain {
            profile.guesses.push("nothing marks speech in this document, so plain paragraphs were taken for the agent's".to_string());
        }
    }
}
