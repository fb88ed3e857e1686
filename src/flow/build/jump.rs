//! Jumps and calls: where they lead, and what is reported when they lead nowhere.

use super::{Builder, Pending};
use crate::flow::resolve::Place;
use crate::flow::{EdgeClass, NodeId, NodeKind, Problem};
use crate::script::{Branch, Jump, JumpKind, Step, Target};

/// How deep calls are followed, and how many nodes a run may have before calls are no longer copied.
const MAX_CALLS: usize = 4;
const MAX_NODES: usize = 2_000_000;

impl<'a> Builder<'a, '_> {
    /// The branch ends in a jump to another file or to something that cannot be told.
    pub(super) fn leaves_file(&self, branch: &Branch) -> bool {
        let Some(Step::Jump(jump)) = branch.steps.last() else { return false };
        match self.resolver.resolve(self.file, &self.sources[self.file].name, &jump.target) {
            Place::File(file) | Place::Section(file, _) | Place::Line(file, ..) => file != self.file,
            Place::Unknown => true,
            _ => false,
        }
    }

    pub(super) fn jump(&mut self, jump: &'a Jump, pending: Pending) -> Pending {
        let mut place = self.resolver.resolve(self.file, &self.sources[self.file].name, &jump.target);
        // `Transfer to the manager` under *The manager* leads to somebody, not back to its own section.
        let here = self.graph.sections[self.section].index;
        if jump.kind == JumpKind::Transfer && place == Place::Section(self.file, here) {
            place = Place::Outside;
        }
        let kind = match (&place, jump.kind) {
            (Place::Outside, JumpKind::Transfer) => NodeKind::Transfer,
            // What is reported as broken can't be told either: it is one fault, not two.
            (Place::Unknown | Place::Broken, _) => NodeKind::Unknown,
            (Place::End, _) => NodeKind::End,
            _ => NodeKind::Jump,
        };
        let node = self.node(kind, Some(&jump.text));
        self.tie(&pending, node, EdgeClass::Next);
        self.report(jump, &place);
        match place {
            Place::End | Place::Unknown | Place::Broken => Vec::new(),
            Place::Outside if jump.kind == JumpKind::Transfer => Vec::new(),
            // Not a place in any script: the words were no jump after all.
            Place::Outside => vec![(node, false)],
            Place::Section(file, section) if jump.kind == JumpKind::Call => self.call(file, section, node),
            // A script that is called begins with its first section.
            Place::File(file) if jump.kind == JumpKind::Call && file != self.file => self.call(file, 0, node),
            place => {
                // In YAML every way is written out; in Markdown a menu may repeat its own name.
                let is_loop =
                    !self.sources[self.file].is_yaml() && (place == Place::Section(self.file, here) || place == Place::File(self.file));
                self.jumps.push((node, place));
                if is_loop { vec![(node, true)] } else { Vec::new() }
            }
        }
    }

    fn report(&mut self, jump: &Jump, place: &Place) {
        let (file, span) = (self.file, jump.text.span());
        // A link's words may be right while what it leads to is not.
        let name = match &jump.target {
            Target::Link { file, anchor } => {
                let anchor = anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"));
                format!("{}{anchor}", file.as_deref().unwrap_or_default())
            }
            _ => jump.text.value.clone(),
        };
        match place {
            Place::Broken => {
                let nearest = self.resolver.nearest(file, &self.sources[file].name, &jump.target);
                self.graph.problems.push(Problem::BrokenJump { file, span, name, nearest });
            }
            Place::Unknown => self.graph.problems.push(Problem::UnknownTarget { file, span, name }),
            _ => {}
        }
    }

    /// A call runs the other section's lines here and comes back.
    fn call(&mut self, file: usize, section: usize, node: NodeId) -> Pending {
        let script = self.scripts.get(file).and_then(Option::as_ref);
        let Some(target) = script.and_then(|script| script.sections.get(section)) else { return vec![(node, false)] };
        if self.calls >= MAX_CALLS || self.graph.nodes.len() > MAX_NODES {
            return vec![(node, false)];
        }
        if let Some(called) = self.graph.sections.iter_mut().find(|info| info.file == file && info.index == section) {
            called.is_called = true;
        }
        let (from, problems) = (self.file, self.graph.problems.len());
        self.file = file;
        self.calls += 1;
        let mut ends = self.steps(&target.steps, vec![(node, false)]);
        self.calls -= 1;
        self.file = from;
        self.graph.problems.truncate(problems);
        if ends.is_empty() {
            ends.push((node, true));
        }
        ends
    }
}
