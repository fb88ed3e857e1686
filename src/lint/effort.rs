//! Budgets of the project file: calls that ask more of a caller than it allows.

use super::finding;
use super::settings::Settings;
use crate::config::Budget;
use crate::diagnostic::{Diagnostic, Unknown};
use crate::effort::{Calls, Effort, Measure, Walks};
use crate::flow::NodeId;
use crate::rules::reading;
use crate::source::Source;

const RULE: &str = "effort/over-budget";

/// What is over budget in some scripts of a graph, and what could not be counted.
pub fn check(calls: &Calls, files: &[usize], sources: &[Source], settings: &Settings) -> (Vec<Diagnostic>, Vec<Unknown>) {
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    let budgets = &settings.config.effort;
    if budgets.is_empty() {
        return (found, unknown);
    }
    let budget_of = |name: &str, kind: Option<&str>| {
        let named = |key: &&String| Some(key.as_str()) == kind || key.replace(['-', '_'], " ") == name;
        budgets.keys().find(named).and_then(|key| budgets.get_key_value(key))
    };
    let measures: Vec<Measure> =
        Measure::ALL.into_iter().filter(|one| budgets.values().flatten().any(|(measure, _)| measure == one)).collect();
    for &file in files.iter().filter(|&&file| !sources[file].is_linked) {
        for effort in calls.efforts(file, &measures, |name, kind| budget_of(name, kind).is_some()).0 {
            let Some((name, budget)) = budget_of(&effort.name, effort.kind) else { continue };
            match &effort.walks {
                Some(walks) => found.extend(over(calls, (name, budget), &effort, walks, settings)),
                None => unknown.push(Unknown {
                    file: calls.graph.nodes[effort.start].file,
                    span: calls.graph.nodes[effort.start].span(),
                    what: format!("the budget for “{name}” was not checked: {}", effort.untold().unwrap_or_default()),
                }),
            }
        }
    }
    (found, unknown)
}

/// A finding for each measure that some walk has too much of.
fn over(calls: &Calls, (name, budget): (&String, &Budget), effort: &Effort, walks: &Walks, settings: &Settings) -> Vec<Diagnostic> {
    let finding = |&(measure, limit): &(Measure, usize)| {
        let (_, most) = walks.most.iter().find(|(one, _)| *one == measure)?;
        let is_always = calls.tally(&walks.shortest).of(measure) > limit;
        let walk = if is_always { &walks.shortest } else { most };
        let count = calls.tally(walk).of(measure);
        let message = match () {
            () if is_always => format!("a call about “{name}” takes {}; the budget is {limit}", measure.words(count)),
            () if walks.endless.contains(&measure) => {
                format!("a call about “{name}” can take one {} after the other without limit; the budget is {limit}", measure.noun())
            }
            () if count > limit => format!("a call about “{name}” can take {}; the budget is {limit}", measure.words(count)),
            () => return None,
        };
        let place = calls.crossing(walk, measure, limit.min(count.saturating_sub(1))).unwrap_or(effort.start);
        diagnostic(calls, place, walk, message, settings)
    };
    budget.iter().filter_map(finding).collect()
}

fn diagnostic(calls: &Calls, place: NodeId, walk: &[NodeId], message: String, settings: &Settings) -> Option<Diagnostic> {
    let rule = reading::find(RULE)?;
    let node = &calls.graph.nodes[place];
    let setting = settings.at(RULE, node.file, node.span().start);
    if setting.is_off {
        return None;
    }
    Some(Diagnostic {
        help: rule.help.to_string(),
        why: rule.why.to_string(),
        label: "over the budget here".to_string(),
        walk: walk.iter().filter_map(|&id| finding::turn(calls.graph, id)).collect(),
        ..Diagnostic::new(RULE, setting.level.unwrap_or(rule.severity), message, node.file, vec![node.span()])
    })
}
