//! Twilio Studio: a flow's definition (<https://www.twilio.com/docs/studio/flow-definition>), in which
//! every widget is a state with transitions to others by name.

use super::{Export, goto, section, transfer, way, without_tags};
use crate::parse::yaml::tree::Id;
use crate::script::{Branch, Header, Kind, Order, Script, Section, Step};
use crate::source::Text;

/// Reads a flow; `None` for anything else.
pub fn read(export: &Export, root: Id) -> Option<Script> {
    let start = export.text(root, &["initial_state"])?;
    let states = export.list(root, &["states"]);
    if !states.iter().any(|&state| export.get(state, &["transitions"]).is_some()) {
        return None;
    }
    let sections: Vec<Section> = states.iter().filter_map(|&state| widget(export, state)).collect();
    let header = Header { start: Some(start), ..Header::default() };
    Some(Script { title: export.text(root, &["description"]), header, sections, order: Order::Graph, ..Script::default() })
}

fn widget(export: &Export, state: Id) -> Option<Section> {
    let name = export.text(state, &["name"])?;
    let kind = export.value(state, &["type"]);
    let words = ["say", "body", "text"].iter().filter_map(|key| export.text(state, &["properties", key]));
    let mut steps: Vec<Step> = words.map(|text| Step::line(Kind::Say, without_tags(text))).collect();
    let is_heard = hears(export, state, kind);
    let transitions = export.list(state, &["transitions"]);
    let mut ways: Vec<Branch> = transitions.iter().filter_map(|&to| leave(export, to, is_heard)).collect();
    if matches!(kind, "connect-call-to" | "connect-virtual-agent" | "enqueue-call" | "send-to-flex" | "send-to-autopilot") {
        ways.insert(0, way(None, transfer(export.text(state, &["type"]).unwrap_or_else(|| name.clone()))));
    } else if ways.is_empty() && kind != "trigger" {
        steps.push(Step::End(name.span()));
    }
    Some(section(&name, steps, ways))
}

/// Whether the conditions of a widget are about what the customer answered.
fn hears(export: &Export, state: Id, kind: &str) -> bool {
    let input = export.value(state, &["properties", "input"]).to_lowercase();
    kind == "split-based-on" && ["body", "speech", "digits"].iter().any(|word| input.contains(word))
}

/// A transition. One that names no other widget ends the call where it is an answer or a silence, and
/// is nothing where it tells of a failure or of a kind of contact that the flow does not serve.
fn leave(export: &Export, transition: Id, is_heard: bool) -> Option<Branch> {
    let event = export.text(transition, &["event"])?;
    let step = match export.text(transition, &["next"]) {
        Some(next) => goto(next),
        None if matches!(event.value.as_str(), "noMatch" | "match" | "timeout") => Step::End(event.span()),
        None => return None,
    };
    let value = |&condition: &Id| export.text(condition, &["value"]);
    let label: Option<Text> = export.list(transition, &["conditions"]).iter().find_map(value);
    let is_otherwise = matches!(event.value.as_str(), "noMatch" | "timeout") || is_failure(&event.value);
    Some(Branch { is_heard: is_heard && label.is_some(), is_otherwise, ..way(label, step) })
}

fn is_failure(event: &str) -> bool {
    let event = event.to_lowercase();
    ["fail", "error", "busy", "noanswer", "hangup"].iter().any(|word| event.contains(word))
}
