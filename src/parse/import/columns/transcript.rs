//! A table with a turn in each row: who speaks, and what is said.

use crate::parse::role::{self, Role};
use crate::script::{Kind, Step};
use crate::source::Text;

/// The turns of a table, in order; `None` for a table without a column of speakers, two of whom speak.
pub fn read(head: &[Text], rows: &[Vec<Text>]) -> Option<Vec<Step>> {
    let named = |words: &[&str]| head.iter().position(|cell| words.contains(&role::clean(&cell.value).as_str()));
    let speaker = named(&["speaker", "who", "who speaks", "role", "participant", "from"])?;
    let said =
        named(&["text", "line", "words", "what is said", "said", "says", "message", "utterance", "transcript", "dialogue", "content"])
            .unwrap_or(speaker + 1);
    let role = |row: &Vec<Text>| role::role(&row.get(speaker)?.value);
    let speaks = |wanted: Role| rows.iter().any(|row| role(row) == Some(wanted));
    if !speaks(Role::Agent) || !speaks(Role::Customer) || said >= head.len() {
        return None;
    }
    let turn = |row: &Vec<Text>| {
        let text = row.get(said).filter(|text| !text.is_empty())?.clone();
        let kind = match role(row) {
            Some(Role::Agent) => Kind::Say,
            Some(Role::Customer) => Kind::Hear,
            _ => Kind::Note,
        };
        Some(Step::line(kind, text))
    };
    Some(rows.iter().filter_map(turn).collect())
}
