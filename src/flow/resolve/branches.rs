//! Branches that a jump may name: `→ 4b`, and `4b: "We'll be there within a day."` further down.

use crate::parse::{outline, target};
use crate::script::{Branch, Kind, Step, Target};
use crate::source::Text;

/// The names of the branches in which the agent speaks, nested ones included, in their order, with their labels.
pub fn named(steps: &[Step]) -> Vec<(String, &Text)> {
    let mut names = Vec::new();
    for branch in steps.iter().flat_map(|step| if let Step::Choice(choice) = step { &choice.branches[..] } else { &[] }) {
        names.extend(name(branch).zip(branch.label.as_ref()));
        names.extend(named(&branch.steps));
    }
    names
}

/// The name of a branch in which the agent speaks, as a key: none for one that leads itself to what is called
/// like it (`Upgrade: "Sure." → Upgrade`).
pub fn name(branch: &Branch) -> Option<String> {
    /// Nobody writes a longer one behind an arrow, in bytes.
    const LONGEST: usize = 60;
    let says = |step: &Step| matches!(step, Step::Line(line) if line.kind == Kind::Say);
    let label = branch.label.as_ref().filter(|label| label.value.len() <= LONGEST && branch.steps.iter().any(says))?;
    let key = target::key(&label.value);
    let is_it = |target: &Target| matches!(target, Target::Name { name, .. } if target::key(name) == key);
    let leads_to_it = outline::jumps(&branch.steps).into_iter().any(|jump| is_it(&jump.target));
    (!key.is_empty() && !leads_to_it).then_some(key)
}
