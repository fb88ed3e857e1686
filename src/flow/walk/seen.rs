//! What a search has come to. Most nodes are come to with few states, so that these stand in a chain for each node;
//! the table of nodes is used again by the next search, which need not clear it.

use crate::flow::NodeId;
use foldhash::{HashSet, HashSetExt};
use std::cell::RefCell;
use std::hash::Hash;

/// States of one node that are compared one by one.
const MOST_CHAINED: usize = 8;
const NONE: u32 = u32::MAX;

thread_local! {
    /// Tables that no search uses; a search inside of another one needs one more.
    static TABLES: RefCell<Vec<Table>> = const { RefCell::new(Vec::new()) };
}

/// For each node the number of the search that came to it last, and its newest state there.
#[derive(Default)]
struct Table {
    search: u32,
    heads: Vec<(u32, u32)>,
}

/// Nodes with the states that a search came to them with.
pub struct Seen<S> {
    table: Table,
    /// Each state, and the one before it at the same node.
    states: Vec<(S, u32)>,
    /// Where a chain is full.
    others: HashSet<(NodeId, S)>,
}

impl<S: Copy + Eq + Hash> Seen<S> {
    /// For a graph with so many nodes.
    pub fn new(nodes: usize) -> Seen<S> {
        let mut table = TABLES.with_borrow_mut(Vec::pop).unwrap_or_default();
        if table.heads.len() < nodes || table.search == u32::MAX {
            table = Table { search: 0, heads: vec![(0, NONE); nodes] };
        }
        table.search += 1;
        Seen { table, states: Vec::new(), others: HashSet::new() }
    }

    /// Whether a node was not come to with this state before.
    pub fn insert(&mut self, node: NodeId, state: S) -> bool {
        let head = &mut self.table.heads[node];
        let first = if head.0 == self.table.search { head.1 } else { NONE };
        let (mut at, mut compared) = (first, 0);
        while at != NONE {
            let (known, before) = self.states[at as usize];
            compared += 1;
            match known == state {
                true => return false,
                false if compared == MOST_CHAINED => return self.others.insert((node, state)),
                false => at = before,
            }
        }
        *head = (self.table.search, self.states.len() as u32);
        self.states.push((state, first));
        true
    }
}

impl<S> Drop for Seen<S> {
    fn drop(&mut self) {
        let table = std::mem::take(&mut self.table);
        // At the end of a thread the tables may be gone already.
        let _ = TABLES.try_with(|tables| tables.borrow_mut().push(table));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_is_new_once() {
        let states: Vec<u32> = (0..20).chain(0..20).collect();
        for _ in 0..2 {
            let (mut outer, mut inner) = (Seen::new(2), Seen::new(3));
            let news = states.iter().filter(|&&state| outer.insert(1, state)).count();
            assert_eq!((news, inner.insert(1, 0), inner.insert(1, 0), outer.insert(0, 3)), (20, true, false, true));
        }
    }
}
