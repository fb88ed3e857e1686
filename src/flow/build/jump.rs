//! Jumps and calls: where they lead, and what is reported when they lead nowhere.

use super::{Builder, Pending};
use crate::flow::resolve::Place;
use crate::flow::{EdgeClass, NodeId, NodeKind, Problem};
use crate::script::{Branch, Jump, JumpKind, Step, Target};

/// Broken jumps for which the nearest name is looked for, among all that there are.
const MOST_SUGGESTED: usize = 50;

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
            place @ (Place::Section(..) | Place::File(_)) if jump.kind == JumpKind::Call && place != Place::File(self.file) => {
                self.calls.push((node, place));
                vec![(node, false)]
            }
            place => {
                // In YAML every way is written out; in Markdown a menu may repeat its own name.
                let is_loop =
                    !self.sources[self.file].is_yaml() && (place == Place::Section(self.file, here) || place == Place::File(self.file));
                self.jumps.push((node, place));
                if is_loop { vec![(node, true)] } else { Vec::new() }
            }
        }
    }

    /// `Anything else? – Yes: back to the start`: what comes then is another call, and no part of this one.
    pub(super) fn begins_anew(&self, jump: NodeId, to: NodeId) -> bool {
        let nodes = &self.graph.nodes;
        let section = nodes[jump].section;
        let mut before = nodes[..jump].iter().rev().take_while(|node| node.section == section);
        let asked = before.find(|node| node.depth < nodes[jump].depth && node.is_spoken());
        let asks_for_more = asked
            .is_some_and(|node| node.set & self.ids.closing != 0 && node.text.is_some_and(|text| text.value.trim_end().ends_with('?')));
        let (from, section) = (section, nodes[to].section);
        let first = || nodes.iter().find(|node| node.section == section && node.is_spoken());
        section < from && asks_for_more && first().is_some_and(|node| node.set & self.ids.opening != 0)
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
                let is_one_of_few = self.graph.problems.len() < MOST_SUGGESTED;
                let nearest = is_one_of_few.then(|| self.resolver.nearest(file, &self.sources[file].name, &jump.target)).flatten();
                self.graph.problems.push(Problem::BrokenJump { file, span, name, nearest });
            }
            Place::Unknown => self.graph.problems.push(Problem::UnknownTarget { file, span, name }),
            _ => {}
        }
    }
}
