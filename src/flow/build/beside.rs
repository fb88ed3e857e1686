//! `**Green light**`, `**Red light**` under a heading, of which each leads away: ways to choose from, not stages in a row.

use super::Builder;
use crate::flow::{Edge, EdgeClass, NodeId};
use crate::script::Script;
use std::collections::HashMap;

/// Bold lines that serve as headings.
const BOLD: u8 = 7;

impl Builder<'_, '_> {
    /// Leads to a bold title behind one that leads away from wherever that one is come to.
    pub(super) fn beside(&mut self, file: usize, script: &Script) {
        let is_bold = |index: usize| script.sections[index].level == BOLD;
        let may_stand_beside = |index: &usize| is_bold(*index) && is_bold(index - 1) && !self.named.contains(&(file, *index));
        let candidates: Vec<usize> = (1..script.sections.len()).filter(may_stand_beside).collect();
        let has_parent = script.sections.iter().any(|section| (2..BOLD).contains(&section.level));
        if candidates.is_empty() || !has_parent {
            return;
        }
        let mut before = self.before_bold(file, script);
        for index in candidates {
            let (one, other) = (self.heads[&(file, index - 1)], self.heads[&(file, index)]);
            let from = before.get(&one).cloned().unwrap_or_default();
            if before.contains_key(&other) || from.is_empty() || from.iter().any(|(_, is_assumed)| !is_assumed) {
                continue;
            }
            for &(from, _) in &from {
                self.graph.edges[from].push(Edge { to: other, class: EdgeClass::Other, is_assumed: true });
            }
            before.insert(other, from);
        }
    }

    /// What leads to each bold title of a file, and whether that is assumed.
    fn before_bold(&self, file: usize, script: &Script) -> HashMap<NodeId, Vec<(NodeId, bool)>> {
        let heads =
            (0..script.sections.len()).filter(|&index| script.sections[index].level == BOLD).map(|index| self.heads[&(file, index)]);
        let heads: std::collections::HashSet<NodeId> = heads.collect();
        let mut before: HashMap<NodeId, Vec<(NodeId, bool)>> = HashMap::new();
        let nodes = (0..self.graph.nodes.len()).rev().take_while(|&node| self.graph.nodes[node].file == file);
        for (from, edge) in nodes.flat_map(|node| self.graph.edges[node].iter().map(move |edge| (node, edge))) {
            if heads.contains(&edge.to) {
                before.entry(edge.to).or_default().push((from, edge.is_assumed));
            }
        }
        before
    }
}
