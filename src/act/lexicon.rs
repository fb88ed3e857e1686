//! The act lexicons: rules/acts/*.yaml, compiled.

use super::ActId;
use super::compile::{Classes, Compiler};
pub use super::file::{ActFile, Who, WordsFile};
use super::pattern;
use super::program::Program;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a pattern says when it matches.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Role {
    Says(ActId, List),
    Unless(ActId),
    UnlessLine(ActId),
    /// Index into [`Lexicon::items`].
    Item(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum List {
    Patterns,
    Orders,
    Cues,
}

/// The compiled lexicons, as they are stored in the binary.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Compiled {
    /// Names of the acts, by [`ActId`]; sorted.
    pub(super) names: Vec<String>,
    pub(super) whos: Vec<Who>,
    pub(super) asks_items: Vec<bool>,
    pub(super) asides: Vec<bool>,
    pub(super) items: Vec<String>,
    pub(super) program: Program,
    pub(super) roles: Vec<Role>,
    /// Each act that gives way, with the act that it gives way to.
    pub(super) gives_way: Vec<(ActId, ActId)>,
}

impl Compiled {
    /// Compiles lexicons. The error names the act and the pattern.
    pub fn new(files: &[ActFile], shared: &[WordsFile]) -> Result<Compiled, String> {
        let mut files: Vec<&ActFile> = files.iter().collect();
        files.sort_by(|a, b| a.act.cmp(&b.act));
        Compiled::in_order(&files, shared)
    }

    /// The same, with the acts numbered as they come.
    pub(super) fn in_order(files: &[&ActFile], shared: &[WordsFile]) -> Result<Compiled, String> {
        let mut lexicon = Compiled::default();
        let mut compiler = Compiler::new();
        let classes = shared_classes(shared)?;
        for (name, phrases) in shared.iter().flat_map(|file| &file.items) {
            let index = lexicon.items.len();
            lexicon.items.push(name.clone());
            lexicon.add_all(&mut compiler, &format!("item {name}"), phrases, Role::Item(index), &classes)?;
        }
        for file in files {
            lexicon.add_file(&mut compiler, file, &classes)?;
        }
        for file in files {
            lexicon.add_giving_way(file)?;
        }
        lexicon.program = compiler.finish();
        Ok(lexicon)
    }

    fn add_file(&mut self, compiler: &mut Compiler, file: &ActFile, shared: &Classes) -> Result<(), String> {
        let id = self.id_of(file)?;
        let mut classes = shared.clone();
        add_classes(&mut classes, &file.words).map_err(|error| format!("{}: {error}", file.act))?;
        compiler.enter_scope();
        let lists = [
            (&file.patterns, Role::Says(id, List::Patterns)),
            (&file.orders, Role::Says(id, List::Orders)),
            (&file.cues, Role::Says(id, List::Cues)),
            (&file.unless, Role::Unless(id)),
            (&file.unless_line, Role::UnlessLine(id)),
        ];
        for (patterns, role) in lists {
            self.add_all(compiler, &file.act, patterns, role, &classes)?;
        }
        Ok(())
    }

    /// The number of a file's act: that of its first file, where a long act is told in several.
    fn id_of(&mut self, file: &ActFile) -> Result<ActId, String> {
        if let Some(id) = self.names.iter().position(|known| *known == file.act) {
            let is_one = (self.whos[id], self.asks_items[id], self.asides[id]) == (file.who, file.asks_items, file.aside);
            return if is_one { Ok(id as ActId) } else { Err(format!("{}: its files do not agree who performs it", file.act)) };
        }
        if self.names.len() >= u128::BITS as usize {
            return Err(format!("there are {} acts already, as many as a run can have", self.names.len()));
        }
        self.names.push(file.act.clone());
        self.whos.push(file.who);
        self.asks_items.push(file.asks_items);
        self.asides.push(file.aside);
        Ok(self.names.len() as ActId - 1)
    }

    /// Once all names are known: `files` may name each other.
    fn add_giving_way(&mut self, file: &ActFile) -> Result<(), String> {
        let id = |name: &String| {
            let known = self.names.iter().position(|known| known == name);
            known.map(|id| id as ActId).ok_or_else(|| format!("{}: there is no act {name}", file.act))
        };
        for strong in &file.unless_acts {
            let pair = (id(&file.act)?, id(strong)?);
            self.gives_way.push(pair);
        }
        Ok(())
    }

    fn add_all(&mut self, compiler: &mut Compiler, owner: &str, patterns: &[String], role: Role, classes: &Classes) -> Result<(), String> {
        for text in patterns {
            // What cannot be read is shown by the parser itself.
            let pattern = pattern::parse(text).map_err(|error| format!("{owner}: {error}"))?;
            compiler.add(&pattern, classes).map_err(|error| format!("{owner}: `{text}`: {error}"))?;
            self.roles.push(role);
        }
        Ok(())
    }
}

fn shared_classes(shared: &[WordsFile]) -> Result<Classes, String> {
    let mut classes = Classes::new();
    for file in shared {
        add_classes(&mut classes, &file.words)?;
        let all: Vec<String> = file.items.values().flatten().cloned().collect();
        if !all.is_empty() {
            add_classes(&mut classes, &BTreeMap::from([("item".to_string(), all)]))?;
        }
        for (name, phrases) in &file.items {
            add_classes(&mut classes, &BTreeMap::from([(format!("item-{name}"), phrases.clone())]))?;
        }
    }
    Ok(classes)
}

fn add_classes(classes: &mut Classes, words: &BTreeMap<String, Vec<String>>) -> Result<(), String> {
    for (name, members) in words {
        let mut sequences = Vec::new();
        for member in members {
            sequences.push(pattern::parse_words(member).map_err(|error| format!("word class <{name}>: {error}"))?);
        }
        classes.entry(name.clone()).or_default().extend(sequences);
    }
    Ok(())
}
