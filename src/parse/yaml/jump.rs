//! Where `goto`, `call` and `transfer` lead, and `end`.

use crate::parse::statement;
use crate::script::{Jump, JumpKind, Kind, Step, Target};
use crate::source::{Span, Text};

use super::Reader;
use super::entry::{Entry, Scope, is_no, is_true};
use super::keys::normalize;
use super::tree::Id;

/// The endings of file names that a jump may name.
const FILES: [&str; 6] = [".md", ".markdown", ".yaml", ".yml", ".json", ".txt"];

impl Reader<'_> {
    /// A jump by its key; several for a list of targets.
    pub fn jump(&mut self, kind: JumpKind, entry: &Entry) -> Vec<Step> {
        let place = self.span(entry.key_id);
        if kind == JumpKind::Transfer && self.is_null(entry.value) {
            return vec![outside(Text::copied(&self.source.text, place))];
        }
        let mut steps = Vec::new();
        for item in self.items(entry.value) {
            let named = self.named_target(item);
            let Some(text) = named.and_then(|id| self.text(id)) else {
                continue;
            };
            let is_web = text.value.contains("://");
            if entry.word == "link" && is_web {
                self.guess(place.start, "a web address is not a place in the call; it was left out".to_string());
                continue;
            }
            steps.extend(self.leap(kind, text, place));
        }
        // Build files have `run` and `include` as well.
        if !matches!(entry.word.as_str(), "run" | "include") {
            self.evidence.structure += steps.len();
        }
        steps
    }

    /// A scalar, or the first scalar of a mapping such as `{to: Supervisor}`.
    fn named_target(&mut self, id: Id) -> Option<Id> {
        if self.is_scalar(id) {
            return Some(id);
        }
        let entries = self.entries(id, Scope::Names);
        entries.into_iter().map(|entry| entry.value).find(|&value| self.is_scalar(value))
    }

    fn leap(&self, kind: JumpKind, text: Text, key: Span) -> Option<Step> {
        let name = text.value.trim().to_string();
        if name.is_empty() || (is_no(&name) && !self.is_step(&name)) {
            return None;
        }
        if kind == JumpKind::Transfer && is_true(&name) {
            return Some(outside(Text::copied(&self.source.text, key)));
        }
        if kind == JumpKind::Goto && is_end(&name) && !self.is_step(&name) {
            return Some(Step::End(text.span()));
        }
        let is_sure = kind != JumpKind::Transfer;
        let target = link(&name).unwrap_or(Target::Name { name: self.own_name(&name), is_sure });
        Some(Step::Jump(Jump { kind, target, text }))
    }

    /// A scalar that names a step or a file and so is a jump and not a sentence.
    pub fn bare_jump(&mut self, id: Id) -> Option<Step> {
        let text = self.text(id)?;
        let is_target = self.is_step(&text.value) || link(text.value.trim()).is_some();
        if !is_target && !is_end(&text.value) {
            return None;
        }
        self.evidence.structure += 1;
        self.leap(JumpKind::Goto, text, self.span(id))
    }

    /// `end: true`; words under it are kept as a note.
    pub fn end(&mut self, entry: &Entry) -> Vec<Step> {
        let mut steps = Vec::new();
        if let Some(text) = self.text(entry.value) {
            if is_no(&text.value) {
                return steps;
            }
            if text.value.trim().contains(' ') {
                steps.extend(statement::keyed(&text, Kind::Note, &self.profile));
            }
        }
        self.evidence.structure += 1;
        steps.push(Step::End(entry.span(self)));
        steps
    }
}

fn outside(text: Text) -> Step {
    Step::Jump(Jump { kind: JumpKind::Transfer, target: Target::Outside, text })
}

/// `end` and its like in place of a step's name.
pub fn is_end(name: &str) -> bool {
    matches!(normalize(name.trim()).as_str(), "end" | "hangup" | "endcall")
}

/// `file.yaml#step`, `file.md`, `#step`.
fn link(name: &str) -> Option<Target> {
    if name.contains(char::is_whitespace) && !name.contains('#') {
        return None;
    }
    let (file, anchor) = match name.split_once('#') {
        Some((file, anchor)) => (file, Some(anchor.to_string())),
        None => (name, None),
    };
    let lower = file.to_lowercase();
    let is_file = FILES.iter().any(|ending| lower.ends_with(ending)) || file.starts_with("./") || file.starts_with("../");
    let is_anchor = file.is_empty() && anchor.as_ref().is_some_and(|anchor| !anchor.is_empty());
    if !is_file && !is_anchor {
        return None;
    }
    let file = (!file.is_empty()).then(|| file.to_string());
    Some(Target::Link { file, anchor })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_anchors_are_links_and_names_are_not() {
        let parts = |name| match link(name) {
            Some(Target::Link { file, anchor }) => Some((file.unwrap_or_default(), anchor.unwrap_or_default())),
            _ => None,
        };
        assert_eq!(parts("verify.yaml#start"), Some(("verify.yaml".into(), "start".into())));
        assert_eq!(parts("../common/verify.MD"), Some(("../common/verify.MD".into(), String::new())));
        assert_eq!(parts("#start"), Some((String::new(), "start".into())));
        assert_eq!(parts("Supervisor desk #2"), None);
        assert_eq!(parts("closing"), None);
    }
}
