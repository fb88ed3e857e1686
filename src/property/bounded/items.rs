//! Which data each node asks for.

use crate::act::{ActSet, Item};
use crate::flow::walk::Verdict;
use crate::flow::{Node, NodeId, walk};
use crate::property::Context;
use foldhash::{HashMap, HashMapExt};

/// The data that nodes ask for, numbered; more than 64 kinds share the last number.
pub(in crate::property) struct Items {
    by_node: HashMap<NodeId, u64>,
    names: Vec<String>,
}

impl Items {
    pub fn new(context: &Context, of: ActSet) -> Items {
        Items::named(context, of, |_, item| item.name.clone())
    }

    /// The same, with the data of somebody else (`her date of birth`) apart from the caller's own.
    pub fn by_person(context: &Context, of: ActSet) -> Items {
        let is_theirs = |node: &Node, item: &Item| {
            let before = node.text.and_then(|text| text.value.get(..item.range.start)).filter(|_| node.is_spoken());
            let behind = node.text.and_then(|text| text.value.get(item.range.end..)).unwrap_or("").trim_start();
            let is_of_other = ["of the person", "of your ", "of the patient", "of whoever"].iter().any(|of| behind.starts_with(of));
            before.is_some_and(|before| {
                // `the plumber's name`
                let whose = before.split_whitespace().next_back().unwrap_or("");
                let is_someones =
                    (whose.ends_with("'s") || whose.ends_with("’s")) && !matches!(whose, "it's" | "it’s" | "what's" | "what’s");
                is_of_other || is_someones || before.split_whitespace().rev().take(2).any(|word| matches!(word, "her" | "his" | "their"))
            })
        };
        Items::named(context, of, |node, item| if is_theirs(node, item) { format!("their {}", item.name) } else { item.name.clone() })
    }

    fn named(context: &Context, of: ActSet, name: impl Fn(&Node, &Item) -> String) -> Items {
        let mut items = Items { by_node: HashMap::new(), names: Vec::new() };
        for (id, node) in context.graph.nodes.iter().enumerate().filter(|(id, node)| context.asks(*id) && node.set & of != 0) {
            let asked = node.acts.iter().filter(|act| of & (1 << act.id) != 0).flat_map(|act| &act.items);
            let mut set = 0;
            for item in asked {
                let name = name(node, item);
                let index = items.names.iter().position(|known| *known == name).unwrap_or_else(|| {
                    items.names.push(name);
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
            .map(|(_, name)| crate::act::item_words(name.trim_start_matches("their ")))
            .collect()
    }
}
