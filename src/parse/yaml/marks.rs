//! What an author wrote about lines beside their words: acts, kind, who speaks.

use crate::parse::attributes::kind_of;
use crate::parse::role::{self, Role};
use crate::script::{Kind, Marks};

use super::Reader;
use super::entry::{Entry, is_no, is_true};
use super::keys::Key;

impl Reader<'_> {
    /// What an author wrote about the lines of a mapping beside their words.
    pub(super) fn marks(&self, entries: &[Entry]) -> (Marks, Option<Kind>) {
        let (mut marks, mut kind) = (Marks::default(), None);
        for entry in entries {
            match entry.key {
                Some(Key::Acts) => marks.acts = Some(self.words(entry.value)),
                Some(Key::Legal) => marks.is_legal = self.is_yes(entry.value),
                Some(Key::Keypad) => marks.is_keypad = self.is_yes(entry.value),
                Some(Key::Optional) => marks.is_optional = self.is_yes(entry.value),
                Some(Key::Speaker) => kind = kind.or(kind_of_speaker(self.tree.value(entry.value))),
                Some(Key::Kind) => {
                    let word = self.tree.value(entry.value);
                    kind = kind_of(word);
                    marks.is_legal |= matches!(word, "compliance" | "legal" | "disclosure");
                    marks.is_verbatim |= word == "verbatim";
                }
                _ if self.is_verbatim_mark(entry) => marks.is_verbatim = self.is_yes(entry.value),
                _ => {}
            }
        }
        (marks, kind)
    }

    /// `verbatim: true` marks a line, `verbatim: Calls are recorded.` is one.
    pub(super) fn is_verbatim_mark(&self, entry: &Entry) -> bool {
        let value = self.tree.value(entry.value);
        entry.word == "verbatim" && self.is_scalar(entry.value) && (is_true(value) || is_no(value))
    }
}

/// Whose words stand beside such a name.
pub(super) fn kind_of_speaker(name: &str) -> Option<Kind> {
    match role::role(name)? {
        Role::Agent => Some(Kind::Say),
        Role::Customer => Some(Kind::Hear),
        Role::Note => Some(Kind::Note),
        _ => None,
    }
}
