//! Everything in a rule or act file that its schema does not allow. The types that read the file stop at the
//! first mistake; whoever corrects a file wants to see all of them at once.

use super::file::File;
use crate::config::{nearest, suggestion};
use crate::diagnostic::Diagnostic;
use crate::parse::yaml::tree::{Data, Id};
use serde_json::Value;

pub const HELP: &str = "`callint schema rule` describes what a rule file holds.";

/// The mistakes of a file that can be read as YAML, in the order of the file.
pub fn of(file: &File, schema: &Value) -> Vec<Diagnostic> {
    let mut mistakes = Mistakes { file, schema, found: Vec::new() };
    if let Some(root) = file.root() {
        mistakes.visit(schema, root);
    }
    mistakes.found
}

struct Mistakes<'a> {
    file: &'a File<'a>,
    schema: &'a Value,
    found: Vec<Diagnostic>,
}

impl<'a> Mistakes<'a> {
    /// Goes down a schema and the tree side by side. The types do not hold themselves, so this ends.
    fn visit(&mut self, schema: &'a Value, id: Id) {
        let schema = self.resolved(schema);
        let variants: Vec<&Value> = ["oneOf", "anyOf"].iter().filter_map(|list| schema[*list].as_array()).flatten().collect();
        let data = &self.file.tree.node(id).data;
        match data {
            Data::Null => {}
            Data::Scalar(_) => self.scalar(schema, &variants, id),
            Data::List(items) => match variants.iter().copied().chain([schema]).find(|one| is(one, "array")) {
                Some(list) => items.iter().for_each(|&item| self.visit(&list["items"], item)),
                None => self.wrong(schema, &variants, id, "a list"),
            },
            Data::Map(entries) if variants.is_empty() && is(schema, "object") => self.map(schema, entries, id),
            Data::Map(entries) => match variants.iter().any(|one| is(one, "object")) {
                true => self.variant(schema, &variants, entries),
                false => self.wrong(schema, &variants, id, "a mapping (`key: value`)"),
            },
        }
    }

    /// What a reference leads to.
    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let inner = schema["allOf"].as_array().and_then(|all| all.first()).unwrap_or(schema);
        let name = inner["$ref"].as_str().and_then(|name| name.strip_prefix("#/definitions/"));
        name.map_or(inner, |name| &self.schema["definitions"][name])
    }

    fn map(&mut self, schema: &'a Value, entries: &[(Id, Id)], id: Id) {
        let Some(properties) = schema["properties"].as_object() else {
            return entries.iter().for_each(|&(_, value)| self.visit(&schema["additionalProperties"], value));
        };
        let known: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut meant: Vec<&str> = Vec::new();
        for &(key, value) in entries {
            let name = self.file.tree.value(key);
            meant.extend(nearest(name, &known));
            match properties.get(name) {
                Some(inner) => self.visit(inner, value),
                None => {
                    let hint = match suggestion(name, &known) {
                        hint if hint.is_empty() => format!("; known keys: {}", known.join(", ")),
                        hint => hint,
                    };
                    self.tell(key, &format!("unknown key `{name}`{hint}"));
                }
            }
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        // A key with a slip in it is there after all.
        let missing: Vec<String> = required.filter(|name| !meant.contains(name)).map(|name| format!("`{name}`")).collect();
        match missing.as_slice() {
            [] => {}
            [name] => self.tell(id, &format!("the key {name} is missing")),
            names => self.tell(id, &format!("the keys {} are missing", names.join(", "))),
        }
    }

    /// A mapping whose key says which of several types its value has; others may stand beside it.
    fn variant(&mut self, schema: &'a Value, variants: &[&'a Value], entries: &[(Id, Id)]) {
        let inner = |name: &str| variants.iter().chain([&schema]).find_map(|one| one["properties"].get(name));
        for &(key, value) in entries {
            let name = self.file.tree.value(key);
            match inner(name) {
                Some(schema) => self.visit(schema, value),
                None => {
                    let known: Vec<&str> = variants
                        .iter()
                        .chain([&schema])
                        .filter_map(|one| one["properties"].as_object())
                        .flatten()
                        .map(|(name, _)| name.as_str())
                        .collect();
                    self.tell(key, &format!("`{name}` cannot stand here{}", expected(name, &known)));
                }
            }
        }
    }

    fn scalar(&mut self, schema: &Value, variants: &[&Value], id: Id) {
        let word = self.file.tree.value(id);
        let all = variants.iter().copied().chain([schema]);
        let mut known: Vec<&str> = all.clone().filter_map(|one| one["const"].as_str()).collect();
        known.extend(all.clone().filter_map(|one| one["enum"].as_array()).flatten().filter_map(Value::as_str));
        if !known.is_empty() {
            if !known.contains(&word) {
                self.tell(id, &format!("`{word}` cannot stand here{}", expected(word, &known)));
            }
            return;
        }
        let fits = |one: &Value| {
            is(one, "string")
                || (is(one, "number") || is(one, "integer")) && word.parse::<f64>().is_ok()
                || is(one, "boolean") && ["true", "false"].contains(&word)
        };
        if !all.clone().any(fits) && all.clone().any(|one| one.get("type").is_some()) {
            self.wrong(schema, variants, id, "words");
        }
    }

    fn wrong(&mut self, schema: &Value, variants: &[&Value], id: Id, found: &str) {
        let names = [
            ("object", "a mapping (`key: value`)"),
            ("array", "a list"),
            ("string", "words"),
            ("number", "a number"),
            ("integer", "a number"),
            ("boolean", "true or false"),
        ];
        let is_any = |name: &str| variants.iter().copied().chain([schema]).any(|one| is(one, name));
        let wanted: Vec<&str> = names.iter().filter(|(name, _)| is_any(name)).map(|(_, told)| *told).collect();
        if !wanted.is_empty() {
            self.tell(id, &format!("expected {}, found {found}", wanted.join(" or ")));
        }
    }

    fn tell(&mut self, id: Id, message: &str) {
        self.found.push(self.file.fault(self.file.words(Some(id)), message, HELP));
    }
}

/// A schema is for values of a type, or for these among others.
fn is(schema: &Value, name: &str) -> bool {
    schema["type"] == name || schema["type"].as_array().is_some_and(|types| types.iter().any(|one| one == name))
}

fn expected(word: &str, known: &[&str]) -> String {
    match suggestion(word, known) {
        hint if hint.is_empty() => format!("; expected {}", known.join(", ")),
        hint => hint,
    }
}
