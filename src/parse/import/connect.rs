//! Amazon Connect: a flow as the console exports it (`modules`) and as its Flow language has it
//! (`Actions`; <https://docs.aws.amazon.com/connect/latest/APIReference/flow-language.html>).

use super::{Export, as_words, goto, section, transfer, way, without_tags};
use crate::parse::yaml::tree::Id;
use crate::script::{Branch, Header, Jump, JumpKind, Kind, Order, Script, Section, Step, Target};
use crate::source::Text;

/// What the two notations call the same things.
struct Words {
    id: &'static str,
    kind: &'static str,
}

/// Reads a flow; `None` for anything else.
pub fn read(export: &Export, root: Id) -> Option<Script> {
    let (blocks, start, words) = match (export.get(root, &["modules"]), export.get(root, &["Actions"])) {
        (Some(blocks), _) => (blocks, "start", Words { id: "id", kind: "type" }),
        (_, Some(blocks)) => (blocks, "StartAction", Words { id: "Identifier", kind: "Type" }),
        _ => return None,
    };
    let start = export.text(root, &[start])?;
    let read = |&id: &Id| block(&Block { export, words: &words, id, root });
    let sections: Vec<Section> = export.items(blocks).iter().filter_map(read).collect();
    let title = export.text(root, &["metadata", "name"]).or_else(|| export.text(root, &["Metadata", "name"]));
    let header = Header { start: Some(start), ..Header::default() };
    Some(Script { title, header, sections, order: Order::Graph, ..Script::default() })
}

/// A step of the flow, called block by the console.
struct Block<'a> {
    export: &'a Export<'a>,
    words: &'a Words,
    id: Id,
    root: Id,
}

fn block(block: &Block) -> Option<Section> {
    let id = block.export.text(block.id, &[block.words.id])?;
    let mut steps: Vec<Step> = block.spoken().into_iter().map(|text| Step::line(Kind::Say, text)).collect();
    let mut ways = block.ways();
    let kind = block.kind();
    if let Some(step) = block.handover(&id) {
        ways.insert(0, way(None, step));
    } else if kind.starts_with("Disconnect") || kind.starts_with("EndFlow") {
        steps.push(Step::End(id.span()));
    }
    Some(section(&id, steps, ways))
}

impl Block<'_> {
    fn kind(&self) -> &str {
        self.export.value(self.id, &[self.words.kind])
    }

    /// A parameter: the entry of a list with this name, or the value of a key.
    fn parameter(&self, name: &str) -> Option<Id> {
        let listed = self.export.list(self.id, &["parameters"]).iter();
        let named = listed.copied().find(|&id| self.export.value(id, &["name"]) == name);
        named.or_else(|| self.export.get(self.id, &["Parameters", name]))
    }

    /// What the caller hears; words that are only known during the call are left out.
    fn spoken(&self) -> Vec<Text> {
        let mut spoken = Vec::new();
        for name in ["Text", "SSML"] {
            let Some(id) = self.parameter(name) else { continue };
            let is_dynamic = !self.export.value(id, &["namespace"]).is_empty();
            spoken.extend(self.export.text(id, &["value"]).filter(|_| !is_dynamic).or_else(|| self.export.words(id)));
        }
        for message in self.export.list(self.id, &["Parameters", "Messages"]) {
            spoken.extend(self.export.text(*message, &["Text"]).or_else(|| self.export.text(*message, &["SSML"])));
        }
        spoken.retain(|text| !text.value.starts_with("$."));
        spoken.into_iter().map(without_tags).collect()
    }

    fn ways(&self) -> Vec<Branch> {
        let mut ways = Vec::new();
        for &branch in self.export.list(self.id, &["branches"]) {
            let Some(to) = self.export.text(branch, &["transition"]) else { continue };
            match self.export.value(branch, &["condition"]) {
                "Success" => ways.push(way(None, goto(to))),
                "Evaluate" => ways.push(self.answer(self.export.text(branch, &["conditionValue"]), to)),
                _ => ways.push(Branch { is_otherwise: true, ..way(None, goto(to)) }),
            }
        }
        for &branch in self.export.list(self.id, &["Transitions", "Conditions"]) {
            let operand = self.export.list(branch, &["Condition", "Operands"]).first().copied();
            let to = self.export.text(branch, &["NextAction"]);
            ways.extend(to.map(|to| self.answer(operand.and_then(|id| self.export.words(id)), to)));
        }
        let has_conditions = !ways.is_empty();
        let next = self.export.text(self.id, &["Transitions", "NextAction"]);
        ways.extend(next.map(|to| Branch { is_otherwise: has_conditions, ..way(None, goto(to)) }));
        let errors = self.export.list(self.id, &["Transitions", "Errors"]);
        let errors = errors.iter().filter_map(|&error| self.export.text(error, &["NextAction"]));
        ways.extend(errors.map(|to| Branch { is_otherwise: true, ..way(None, goto(to)) }));
        ways
    }

    /// A way for one answer: a key pressed, an intent that was understood, a value that was looked up.
    fn answer(&self, label: Option<Text>, to: Text) -> Branch {
        let of_caller = ["Namespace", "Attribute", "ComparisonValue"].into_iter().filter_map(|name| self.parameter(name)).any(|id| {
            let value = self.export.get(id, &["value"]).unwrap_or(id);
            let value = self.export.tree.value(value).to_lowercase();
            value.contains("lex") || value.contains("stored customer input") || value.contains("storedcustomerinput")
        });
        let asks = matches!(self.kind(), "GetUserInput" | "GetParticipantInput" | "ConnectParticipantWithLexBot");
        Branch { is_heard: asks || of_caller, ..way(label.as_ref().map(as_words), goto(to)) }
    }

    /// Where the caller is handed over: to another flow, a queue, a number.
    fn handover(&self, id: &Text) -> Option<Step> {
        let kind = self.kind();
        if !kind.starts_with("Transfer") {
            return None;
        }
        let is_flow = kind == "TransferToFlow" || self.export.value(self.id, &["target"]) == "Flow";
        let name = self.parameter("ContactFlowId").and_then(|flow| self.export.text(flow, &["resourceName"]));
        let shown = ["Metadata", "ActionMetadata", &id.value, "contactFlow", "text"];
        let name = name.or_else(|| self.export.text(self.root, &shown));
        match name.filter(|_| is_flow) {
            Some(text) => {
                let target = Target::Script(as_words(&text).value);
                Some(Step::Jump(Jump { kind: JumpKind::Goto, target, text }))
            }
            None => self.export.text(self.id, &[self.words.kind]).map(|kind| transfer(as_words(&kind))),
        }
    }
}
