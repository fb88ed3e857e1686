//! Flows that other tools export, onto the same [`Script`]: Amazon Connect and Twilio Studio (JSON),
//! Rasa (YAML), and tables of turns (CSV, TSV). Each is known by what stands in it, not by its name.
//!
//! JSON is YAML with fewer marks, so that all but the tables are read from the tree that the YAML
//! carrier makes, and every word keeps its place in the file.

mod columns;
mod connect;
mod join;
mod rasa;
mod twilio;

use super::yaml::tree::{Data, Id, Tree};
use crate::script::{Branch, Choice, Jump, JumpKind, Kind, Script, Section, Step, Target, any_step};
use crate::source::{Source, Span, Text};
use std::collections::HashSet;

pub use columns::{parse as table, transcript};
pub use join::join;

/// The script that a file of another tool holds; `None` for any other YAML or JSON. One in which nobody
/// speaks is empty and no call script.
pub fn flow(source: &Source, tree: &Tree) -> Option<Script> {
    let export = Export { source, tree };
    let root = *tree.roots.first()?;
    let mut script = connect::read(&export, root).or_else(|| twilio::read(&export, root)).or_else(|| rasa::read(&export, root))?;
    script.is_call_script = script.sections.iter().any(|section| speaks(&section.steps));
    Some(if script.is_call_script { script } else { Script::default() })
}

/// Whether the beginning of a file with the ending `json`, `csv` or `tsv` looks like one that this module
/// reads.
pub fn looks_like_export(ending: &str, beginning: &str) -> bool {
    let has = |words: &[&str]| words.iter().all(|word| beginning.contains(&format!("\"{word}\"")));
    match ending.to_ascii_lowercase().as_str() {
        "json" => {
            has(&["modules", "branches", "parameters"]) || has(&["StartAction", "Version"]) || has(&["states", "transitions", "trigger"])
        }
        "csv" | "tsv" => columns::has_speakers(beginning.trim_start_matches('\u{feff}')),
        _ => false,
    }
}

fn speaks(steps: &[Step]) -> bool {
    any_step(steps, &|step| match step {
        Step::Line(line) => matches!(line.kind, Kind::Say | Kind::Collect),
        Step::Jump(jump) => matches!(jump.target, Target::Elsewhere(_) | Target::Link { .. }),
        _ => false,
    })
}

/// An exported file and the tree of its keys and values.
struct Export<'a> {
    source: &'a Source,
    tree: &'a Tree,
}

impl Export<'_> {
    /// The value at the end of a path of keys.
    fn get(&self, id: Id, path: &[&str]) -> Option<Id> {
        path.iter().try_fold(id, |id, key| {
            let pair = self.pairs(id).iter().find(|(name, _)| self.tree.value(*name) == *key);
            pair.map(|&(_, value)| value)
        })
    }

    fn pairs(&self, id: Id) -> &[(Id, Id)] {
        match &self.tree.node(id).data {
            Data::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    fn items(&self, id: Id) -> &[Id] {
        match &self.tree.node(id).data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The items of the list at the end of a path of keys.
    fn list(&self, id: Id, path: &[&str]) -> &[Id] {
        self.get(id, path).map_or(&[], |list| self.items(list))
    }

    /// The words of a scalar; `None` when there are none.
    fn words(&self, id: Id) -> Option<Text> {
        let text = self.tree.text(&self.source.text, id)?;
        let text = text.slice(0, text.value.len());
        (!text.is_empty()).then_some(text)
    }

    /// The words at the end of a path of keys.
    fn text(&self, id: Id, path: &[&str]) -> Option<Text> {
        self.words(self.get(id, path)?)
    }

    /// The value at the end of a path of keys, empty where there is none.
    fn value(&self, id: Id, path: &[&str]) -> &str {
        self.get(id, path).map_or("", |id| self.tree.value(id))
    }
}

/// A step of a drawn flow: what is said in it, then its ways out, of which a single one is no choice.
fn section(id: &Text, mut steps: Vec<Step>, mut ways: Vec<Branch>) -> Section {
    // Silence, an answer that nothing matches and an error mostly go one way.
    let mut known: HashSet<String> = HashSet::new();
    ways.retain(|way| match &way.steps[..] {
        [Step::Jump(jump)] if way.label.is_none() => known.insert(jump.text.value.clone()),
        _ => true,
    });
    if let [way] = &mut ways[..] {
        steps.append(&mut way.steps);
    } else if !ways.is_empty() {
        steps.push(Step::Choice(Choice { span: id.span(), branches: ways }));
    }
    Section { names: vec![id.value.clone()], level: 1, span: id.span(), steps, ..Section::default() }
}

/// A way out under a label, or under none where the tool goes that way by itself.
fn way(label: Option<Text>, step: Step) -> Branch {
    let span = label.as_ref().map_or_else(|| place(&step), Text::span);
    Branch { label, span, steps: vec![step], ..Branch::default() }
}

fn place(step: &Step) -> Span {
    match step {
        Step::Line(line) => line.text.span(),
        Step::Jump(jump) => jump.text.span(),
        Step::End(span) => *span,
        _ => Span::default(),
    }
}

/// A jump to a step of the same flow by its id.
fn goto(id: Text) -> Step {
    let target = Target::Name { name: id.value.clone(), is_sure: true };
    Step::Jump(Jump { kind: JumpKind::Goto, target, text: id })
}

/// Words that another file of the run may hold, by their name.
fn elsewhere(name: String, text: Text) -> Step {
    Step::Jump(Jump { kind: JumpKind::Call, target: Target::Elsewhere(name), text })
}

/// The caller goes to somebody outside the flow.
fn transfer(text: Text) -> Step {
    Step::Jump(Jump { kind: JumpKind::Transfer, target: Target::Outside, text })
}

/// `CancelOrder` and `cancel_order` as words, so that they are heard like the label of a branch.
pub fn as_words(text: &Text) -> Text {
    let mut words = Text::default();
    let (mut from, mut was_small) = (0, false);
    for (at, letter) in text.value.char_indices() {
        let is_gap = matches!(letter, '_' | '-');
        if is_gap || (was_small && letter.is_uppercase()) {
            words.append(&text.part(from, at));
            let place = text.cover(at, at + letter.len_utf8()).start;
            words.push(" ", Span::new(place, place));
            from = at + usize::from(is_gap);
        }
        was_small = letter.is_lowercase();
    }
    words.append(&text.part(from, text.value.len()));
    words.slice(0, words.value.len())
}

/// Without the tags of SSML, in which a voice is told how to read.
fn without_tags(text: Text) -> Text {
    if !text.value.starts_with("<speak") {
        return text;
    }
    let mut words = Text::default();
    let mut from = 0;
    while let Some(open) = text.value[from..].find('<').map(|at| from + at) {
        words.append(&text.part(from, open));
        from = text.value[open..].find('>').map_or(text.value.len(), |close| open + close + 1);
    }
    words.append(&text.part(from, text.value.len()));
    words.slice(0, words.value.len())
}
