//! JSON schemas of rule and act files, made from the types that read them.

use super::file::File;
use crate::act::file::ActFile;
use crate::parse::yaml::tree::{Data, Id, Tree};
use crate::rule::{Acts, Rule};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a rule file holds, in draft 7, which most editors know best.
pub fn rule() -> Value {
    of::<Rule>("A rule of callint")
}

/// What an act file holds.
pub fn act() -> Value {
    of::<ActFile>("A speech act of callint")
}

/// What a file holds that is read as a type.
pub(super) fn of<T: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().to_value();
    schema["title"] = json!(title);
    schema
}

/// The schema of a rule file in which editors can offer the acts that there are.
pub fn with_acts(mut schema: Value, acts: &[String]) -> Value {
    let act = json!({ "enum": acts });
    schema["definitions"][&*Acts::schema_name()] = json!({
        "description": "An act, or a list of acts of which any will do.",
        "anyOf": [act, { "type": "array", "items": act }]
    });
    schema
}

/// The scalars of a rule file that stand where the schema has a type, with their nodes.
pub fn places<'a, T: JsonSchema>(schema: &Value, file: &'a File) -> Vec<(&'a str, Id)> {
    let wanted = T::schema_name();
    let mut places = Places { schema, tree: &file.tree, wanted: &wanted, found: BTreeSet::new() };
    if let Some(root) = file.root() {
        places.visit(schema, root);
    }
    places.found.into_iter().map(|id| (file.tree.value(id), id)).collect()
}

struct Places<'a> {
    schema: &'a Value,
    tree: &'a Tree,
    /// The name of a definition.
    wanted: &'a str,
    found: BTreeSet<Id>,
}

impl Places<'_> {
    /// Goes down a schema and the tree side by side. The types do not hold themselves, so this ends.
    fn visit(&mut self, schema: &Value, id: Id) {
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/definitions/")) {
            if name == self.wanted {
                return self.take(id);
            }
            self.visit(&self.schema["definitions"][name], id);
        }
        for member in ["allOf", "anyOf", "oneOf"].iter().filter_map(|list| schema[*list].as_array()).flatten() {
            self.visit(member, id);
        }
        match &self.tree.node(id).data {
            Data::Map(entries) => {
                for (key, value) in entries {
                    if let Some(inner) = schema["properties"].get(self.tree.value(*key)) {
                        self.visit(inner, *value);
                    }
                }
            }
            Data::List(items) => {
                if let Some(inner) = schema.get("items") {
                    items.iter().for_each(|&item| self.visit(inner, item));
                }
            }
            _ => {}
        }
    }

    /// A scalar, or those of a list.
    fn take(&mut self, id: Id) {
        match &self.tree.node(id).data {
            Data::List(items) => self.found.extend(items),
            Data::Scalar(_) => {
                self.found.insert(id);
            }
            _ => {}
        }
    }
}
