//! Which data each node asks for.

use crate::act::ActSet;
use crate::flow::walk::Verdict;
use crate::flow::{NodeId, walk};
use crate::property::Context;
use foldhash::{HashMap, HashMapExt};

/// The data that nodes ask for, numbered; more than 64 kinds share the last number.
pub(in crate::property) struct Items {
    by_node: HashMap<NodeId, u64>,
    names: Vec<String>,
}

impl Items {
    pub fn new(context: &Context, of: ActSet) -> Items {
        let mut items = Items { by_node: HashMap::new(), names: Vec::new() };
        for (id, node) in context.graph.nodes.iter().enumerate().filter(|(id, node)| context.asks(*id) && node.set & of != 0) {
            let asked = node.acts.iter().filter(|act| of & (1 << act.id) != 0).flat_map(|act| &act.items);
            let mut set = 0;
            for item in asked {
                let index = items.names.iter().position(|name| *name == item.name).unwrap_or_else(|| {
                    items.names.push(item.name.clone());
                    items.names.len() - 1
                });
                set |= 1 << index.min(63);
            }
            if set != 0 {
                items.by_node.insert(id, set);
            }
        }
        items
    }

    pub fn of(&self, node: NodeId) -> u64 {
        self.by_node.get(&node).copied().unwrap_or(0)
    }

    /// The nodes on some walk that ask for any, in no order.
    pub fn asking(&self, context: &Context) -> impl Iterator<Item = NodeId> {
        self.by_node.keys().copied().filter(|&id| context.reached[id])
    }

    /// The first line of a file that asks for any.
    pub fn first(&self, context: &Context, file: usize) -> Option<NodeId> {
        self.asking(context).filter(|&id| context.node(id).file == file).min()
    }

    /// The most different data on any walk that goes on behind a node.
    pub fn most(&self, context: &Context, from: NodeId, seen: u64) -> usize {
        let mut most = seen.count_ones() as usize;
        let starts = walk::after(context.graph, from, seen);
        walk::search(context.graph, &starts, |id, seen: u64| {
            let now = seen | self.of(id);
            most = most.max(now.count_ones() as usize);
            Verdict::<u64>::On(now)
        });
        most
    }

    pub fn words(&self, set: u64) -> Vec<String> {
        self.names
            .iter()
            .enumerate()
            .filter(|(index, _)| set & (1 << index.min(&63)) != 0)
            .map(|(_, name)| crate::act::item_words(name))
            .collect()
    }
}
