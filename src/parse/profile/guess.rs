//! What recurring labels and pictures stand for, where no list and no legend knows them.

use super::{Profile, Survey, is_place};
use crate::parse::line::{Piece, PieceKind};
use crate::parse::role::{self, Role};
use crate::parse::spoken::{self, sounds_spoken};

/// What stands behind a label that names no speaker of itself.
#[derive(Default)]
pub(super) struct Unknown {
    pub(super) count: usize,
    /// How often words that only an agent says stand behind it.
    greets: usize,
    /// How often the words behind it speak to the customer.
    addresses: usize,
    /// How often they sound like the customer's own.
    answers: usize,
}

/// As many of the agent's lines with a sign of their own need no customer's beside them.
const SIGNED: usize = 4;

/// Who a name before a dash is, or one in bold with its full stop: `**Q.** It's cold. **A.** I'm sorry.`
pub(super) fn by_dash(name: &str) -> Option<Role> {
    match name {
        "Q" | "q" => Some(Role::Customer),
        "A" | "a" => Some(Role::Agent),
        _ => role::role(name).filter(|role| matches!(role, Role::Agent | Role::Customer)),
    }
}

impl Unknown {
    fn speaks(&self) -> bool {
        self.greets > 0 || self.addresses * 2 >= self.count && !self.is_caller()
    }

    /// In hundredths of what stands behind it, how much more of it an agent says than a caller.
    fn likeness(&self) -> isize {
        let share = |part: usize| (part * 100 / self.count.max(1)) as isize;
        share(self.greets + self.addresses) - 2 * share(self.answers)
    }

    fn is_caller(&self) -> bool {
        self.greets == 0 && self.answers * 2 >= self.count
    }
}

impl Survey {
    /// `Q:` and `A:`, which come in pairs: the customer asks.
    pub(super) fn questions(&self, profile: &mut Profile) {
        let count = |name: &str| self.unknown.get(name).map_or(0, |unknown| unknown.count);
        if count("q") >= 2 && count("a") >= 2 && !profile.labels.contains_key("a") {
            profile.labels.extend([("q".to_string(), Role::Customer), ("a".to_string(), Role::Agent)]);
            profile.guesses.push("`Q:` was taken for the customer, and `A:` for the agent".to_string());
        }
    }

    /// `Desk – Hello.`, `Guest – Hi.`: both sides come back before a dash.
    pub(super) fn talk_by_dashes(&mut self, profile: &mut Profile) {
        let count = |wanted: Role| self.dashed.iter().filter(|(name, _)| by_dash(name) == Some(wanted)).map(|(_, count)| count).sum();
        let (ours, theirs): (usize, usize) = (count(Role::Agent), count(Role::Customer));
        if ours >= 2 && theirs >= 1 || ours >= 3 || self.signed >= SIGNED {
            self.agent_labels += ours;
            self.customer_labels += theirs;
            profile.labels.extend(self.dashed.keys().filter_map(|name| Some((name.clone(), by_dash(name)?))));
            profile.dashed = self.dashed.drain().map(|(name, _)| name).collect();
        }
    }

    /// `🎧` and `💬`: beside a sign for the agent, and none for the customer, the bubble is the customer's.
    pub(super) fn speech_bubble(&self, profile: &mut Profile) {
        let is_told = self.legend.iter().any(|(name, _)| name.starts_with('💬'));
        let roles = |wanted: Role| profile.symbols.values().filter(|role| **role == wanted).count();
        if !is_told && roles(Role::Agent) == 2 && roles(Role::Customer) == 0 && profile.symbols.contains_key(&'💬') {
            profile.symbols.insert('💬', Role::Customer);
            profile.guesses.push("💬 was taken for the customer, beside another sign for the agent".to_string());
        }
    }

    /// A label that comes back and that no list knows: it is the agent if it greets, or speaks to the customer
    /// every other time.
    pub(super) fn recurring(&self, profile: &mut Profile) {
        // Beside the customer, `Staff:` need not come back.
        let fewest = |name: &str| if is_place(name) && self.customer_labels > 0 { 1 } else { 3 };
        let mut names: Vec<(&String, &Unknown)> = self.unknown.iter().filter(|(name, unknown)| unknown.count >= fewest(name)).collect();
        names.sort_by_key(|(name, _)| *name);
        let has_agent = self.agent_labels > 0 || profile.caller_is_agent || profile.labels.values().any(|role| *role == Role::Agent);
        // Who sounds most like an agent comes first: callers may greet, too.
        let mut speakers: Vec<_> = names.iter().filter(|(_, unknown)| !has_agent && unknown.speaks()).collect();
        speakers.sort_by_key(|(_, unknown)| std::cmp::Reverse(unknown.likeness()));
        for (name, _) in speakers {
            if !profile.labels.contains_key(*name) {
                profile.labels.insert(name.to_string(), Role::Agent);
                profile.guesses.push(format!("`{name}:` was taken for the agent, because of what it says"));
                self.other_half(name, profile);
            }
        }
        self.counterpart(&names, profile);
    }

    /// A label that may name a speaker of this document.
    pub(super) fn unknown(&mut self, text: &str, pieces: &[Piece], index: usize) {
        let label = &pieces[index];
        let until = pieces[index + 1..].iter().find(|piece| piece.kind == PieceKind::Label).map_or(text.len(), |next| next.start);
        let words = &text[label.end..until];
        let next = pieces.get(index + 1).map_or("", |next| &text[next.start..next.end]);
        let entry = self.unknown.entry(role::clean(&text[label.inner.0..label.inner.1])).or_default();
        entry.count += 1;
        entry.greets += usize::from(sounds_spoken(words) || sounds_spoken(next));
        entry.addresses += usize::from(spoken::addresses(words.trim_start()));
        entry.answers += usize::from(spoken::sounds_like_a_caller(words));
    }

    /// Beside the agent, where no label is the customer's, the only other one that comes back and sounds like it.
    fn counterpart(&self, names: &[(&String, &Unknown)], profile: &mut Profile) {
        let has = |wanted: Role| profile.labels.values().any(|role| *role == wanted);
        let is_alone = self.customer_labels == 0 && !has(Role::Customer) && (self.agent_labels > 0 || has(Role::Agent));
        let mut others = names.iter().filter(|(name, unknown)| is_alone && unknown.is_caller() && !profile.labels.contains_key(*name));
        if let (Some((name, _)), None) = (others.next(), others.next()) {
            profile.guesses.push(format!("`{name}:` was taken for the customer, because of what it says"));
            profile.labels.insert(name.to_string(), Role::Customer);
        }
    }

    /// Beside the agent's label of one letter (`A:`), the only other one is the customer's.
    fn other_half(&self, agent: &str, profile: &mut Profile) {
        let mut others = self.unknown.iter().filter(|(name, unknown)| name.len() == 1 && *name != agent && unknown.count >= 2);
        if let (1, Some((name, _)), None) = (agent.len(), others.next(), others.next()) {
            profile.labels.insert(name.clone(), Role::Customer);
            profile.guesses.push(format!("`{name}:` was taken for the customer, who speaks with the agent"));
        }
    }
}
