//! Rasa: flows (<https://rasa.com/docs/reference/primitives/flows/>) and the responses that their steps
//! utter, which may stand in the same file or in another one of the run (`domain.yml`).
//!
//! A flow is a section, and so is every step with an id, because others may lead to it. Before them all
//! stands a choice of the flows: the caller says what the call is about.

use super::{Export, as_words, elsewhere, goto, section, transfer, way};
use crate::parse::yaml::tree::Id;
use crate::script::{Branch, Choice, Jump, JumpKind, Kind, Order, Script, Section, Step, Target};
use crate::source::{Span, Text};
use std::collections::{HashMap, HashSet};

/// Reads flows; `None` for anything else.
pub fn read(export: &Export, root: Id) -> Option<Script> {
    let Some(flows) = export.get(root, &["flows"]) else { return responses(export, root) };
    let flows = export.pairs(flows);
    let has_steps = |&(_, flow): &(Id, Id)| export.get(flow, &["steps"]).is_some();
    if !flows.iter().any(has_steps) {
        return None;
    }
    let responses = export.get(root, &["responses"]).map_or(&[][..], |responses| export.pairs(responses));
    let responses = responses.iter().map(|&(name, variants)| (export.tree.value(name), variants)).collect();
    let names = flows.iter().map(|&(name, _)| export.tree.value(name)).collect();
    let mut reader = Reader { export, responses, names, flow: "", asked: "", sections: Vec::new() };
    let mut choice = Choice::default();
    for &(key, flow) in flows {
        let Some(name) = export.words(key) else { continue };
        reader.flow = export.tree.value(key);
        let heading = export.text(flow, &["name"]).unwrap_or_else(|| as_words(&name));
        // `if: False`: only other flows lead there.
        if !export.value(flow, &["if"]).eq_ignore_ascii_case("false") {
            choice.branches.push(Branch { is_heard: true, ..way(Some(heading.clone()), goto(name.clone())) });
        }
        let steps = reader.run(export.list(flow, &["steps"]), name.span().end);
        reader.sections.push(Section { heading: Some(heading), ..section(&name, steps, Vec::new()) });
    }
    let mut sections = reader.sections;
    sections.sort_by_key(|section| section.span);
    if choice.branches.len() > 1 {
        sections.insert(0, Section { steps: vec![Step::Choice(choice)], level: 1, ..Section::default() });
    }
    Some(Script { sections, order: Order::Graph, ..Script::default() })
}

/// A file with responses and no flows: each is a section that flows of other files run.
fn responses(export: &Export, root: Id) -> Option<Script> {
    let responses = export.pairs(export.get(root, &["responses"])?);
    let is_utterance = |&(name, variants): &(Id, Id)| export.tree.value(name).starts_with("utter_") && !export.items(variants).is_empty();
    if responses.is_empty() || !responses.iter().all(is_utterance) {
        return None;
    }
    let section = |&(name, variants): &(Id, Id)| {
        let steps = spoken(export, variants, name);
        Some(Section { is_shared: true, is_reference: true, ..section(&export.words(name)?, steps, Vec::new()) })
    };
    Some(Script { sections: responses.iter().filter_map(section).collect(), order: Order::Graph, ..Script::default() })
}

/// The words of a response, several of which are variants; none where it only shows pictures.
fn spoken(export: &Export, variants: Id, place: Id) -> Vec<Step> {
    let texts = export.items(variants).iter().filter_map(|&variant| export.text(variant, &["text"]));
    let mut ways: Vec<Branch> = texts.map(|text| way(None, Step::line(Kind::Say, text))).collect();
    match &mut ways[..] {
        [] => Vec::new(),
        [only] => std::mem::take(&mut only.steps),
        _ => vec![Step::Choice(Choice { branches: ways, span: export.tree.node(place).span })],
    }
}

struct Reader<'a> {
    export: &'a Export<'a>,
    responses: HashMap<&'a str, Id>,
    /// Of all flows.
    names: HashSet<&'a str>,
    /// The flow that is being read, and the slot that it asked for last.
    flow: &'a str,
    asked: &'a str,
    sections: Vec<Section>,
}

impl<'a> Reader<'a> {
    /// Steps in a row. From the first one with an id on they are sections of their own. A flow ends after
    /// its last step; `end` is the byte to say that of.
    fn run(&mut self, items: &[Id], end: usize) -> Vec<Step> {
        let mut done: Vec<(Option<Text>, Vec<Step>)> = vec![(None, Vec::new())];
        let mut has_left = false;
        for &item in items {
            let id = self.export.text(item, &["id"]);
            let mut steps = Vec::new();
            let leaves = self.step(item, &mut steps);
            if let Some(id) = id {
                if let (false, Some((_, before))) = (has_left, done.last_mut()) {
                    before.push(self.to_step(id.clone()));
                }
                done.push((Some(id), steps));
            } else if let Some((_, open)) = done.last_mut() {
                open.extend(steps);
            }
            has_left = leaves;
        }
        if let (false, Some((_, open))) = (has_left, done.last_mut()) {
            open.push(Step::End(Span::new(end, end)));
        }
        let mut done = done.into_iter();
        let first = done.next().map_or_else(Vec::new, |(_, steps)| steps);
        for (id, steps) in done {
            let own = |id: Text| Section { names: vec![self.name_of(&id.value)], ..section(&id, steps, Vec::new()) };
            self.sections.extend(id.map(own));
        }
        first
    }

    /// Steps of two flows may have one id.
    fn name_of(&self, id: &str) -> String {
        format!("{} {id}", self.flow)
    }

    fn to_step(&self, id: Text) -> Step {
        let target = Target::Name { name: self.name_of(&id.value), is_sure: true };
        Step::Jump(Jump { kind: JumpKind::Goto, target, text: id })
    }

    /// One step; whether it says itself where the flow goes on.
    fn step(&mut self, item: Id, steps: &mut Vec<Step>) -> bool {
        let export = self.export;
        if let Some(slot) = export.get(item, &["collect"]) {
            self.asked = export.tree.value(slot);
            let custom = export.value(item, &["utter"]);
            let utter = if custom.is_empty() { format!("utter_ask_{}", self.asked) } else { custom.to_string() };
            if !self.utter(&utter, slot, steps) {
                // Only one of the two stays, when all files are known.
                steps.extend(export.words(slot).map(|text| elsewhere(utter, text)));
                steps.extend(export.words(slot).map(|slot| Step::line(Kind::Collect, as_words(&slot))));
            }
        }
        if let Some(action) = export.get(item, &["action"]) {
            self.action(action, steps);
        }
        if let Some(flow) = export.text(item, &["call"]) {
            let target = Target::Name { name: flow.value.clone(), is_sure: self.names.contains(&*flow.value) };
            steps.push(Step::Jump(Jump { kind: JumpKind::Call, target, text: flow }));
        }
        if let Some(flow) = export.text(item, &["link"]) {
            steps.push(self.link(flow));
            return true;
        }
        match export.get(item, &["next"]) {
            Some(next) => self.next(next, steps),
            None => return false,
        }
        true
    }

    /// `utter_…` says something; what other actions do is known to their program alone.
    fn action(&mut self, action: Id, steps: &mut Vec<Step>) {
        let name = self.export.tree.value(action);
        if name.contains("handoff") {
            steps.extend(self.export.words(action).map(transfer));
        } else if !self.utter(name, action, steps) && name.starts_with("utter_") {
            steps.extend(self.export.words(action).map(|text| elsewhere(name.to_string(), text)));
        }
    }

    /// Adds the words of a response. Whether they are in this file.
    fn utter(&self, name: &str, place: Id, steps: &mut Vec<Step>) -> bool {
        let said = self.responses.get(name).map_or(Vec::new(), |&variants| spoken(self.export, variants, place));
        let is_found = !said.is_empty();
        steps.extend(said);
        is_found
    }

    /// Another flow, which may be in another file; those called `pattern_…` come with Rasa itself.
    fn link(&self, flow: Text) -> Step {
        let name = flow.value.clone();
        let (kind, target) = match &*name {
            "pattern_human_handoff" => (JumpKind::Transfer, Target::Outside),
            _ if self.names.contains(&*name) => (JumpKind::Goto, Target::Name { name, is_sure: true }),
            _ => (JumpKind::Goto, Target::Script(as_words(&flow).value)),
        };
        Step::Jump(Jump { kind, target, text: flow })
    }

    /// `next: END`, `next: step`, or a list of conditions.
    fn next(&mut self, next: Id, steps: &mut Vec<Step>) {
        if let Some(to) = self.export.words(next) {
            return steps.push(if to.value == "END" { Step::End(to.span()) } else { self.to_step(to) });
        }
        let mut choice = Choice { branches: Vec::new(), span: self.export.tree.node(next).span };
        for &item in self.export.items(next) {
            let label = self.export.text(item, &["if"]);
            let body = self.export.get(item, &["then"]).or_else(|| self.export.get(item, &["else"]));
            let mut branch = Branch { is_otherwise: label.is_none(), class: self.class(label.as_ref()), label, ..Branch::default() };
            branch.span = self.export.tree.node(item).span;
            if let Some(body) = body {
                match self.export.items(body) {
                    [] => self.next(body, &mut branch.steps),
                    items => branch.steps = self.run(items, branch.span.end),
                }
            }
            choice.branches.push(branch);
        }
        if !choice.branches.is_empty() {
            steps.push(Step::Choice(choice));
        }
    }

    /// `if: slots.confirmed` behind the question for that slot is a yes.
    fn class(&self, label: Option<&Text>) -> Option<String> {
        let words = label?.value.trim().replace("slots.", "");
        let (is_not, words) = words.strip_prefix("not ").map_or((false, &*words), |rest| (true, rest));
        let (slot, is_false) = match words.split_once([' ', '=']) {
            None => (words, false),
            Some((slot, test)) => match test.trim_matches(['=', ' ', '"', '\'']).trim_start_matches("is ").to_lowercase().as_str() {
                "true" | "yes" => (slot, false),
                "false" | "no" => (slot, true),
                _ => return None,
            },
        };
        (slot == self.asked).then(|| if is_not == is_false { "yes" } else { "no" }.to_string())
    }
}
