//! The build script: reads rules/ and data/ once, so that callint starts without parsing any YAML.

// Of the modules that it shares with callint it needs only what compiles patterns.
#[allow(dead_code)]
mod act {
    pub mod compile;
    pub mod file;
    pub mod frequency;
    pub mod lexicon;
    pub mod lists;
    pub mod pattern;
    pub mod program;
    pub mod spoken;
    pub mod vocabulary;

    pub type ActId = u8;
}

use act::file::{ActFile, WordsFile};
use act::lexicon::Compiled;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Path below the folder that was read, with slashes, and text.
type Source = (String, String);

fn main() {
    if let Err(error) = run() {
        for line in error.lines() {
            println!("cargo::error={line}");
        }
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let root = variable("CARGO_MANIFEST_DIR")?.join("rules");
    let out = variable("OUT_DIR")?;
    write(&out.join("examples.tsv"), examples(&root.with_file_name("data"))?.as_bytes())?;
    let sources = files(&root, ".yaml")?;
    let mut tables = tables(&sources)?;
    tables.push_str(
        "/// The lexicon of each language: what it is called, its code first, and its bytes. English, which numbers\n\
                     /// the acts, is the first.\n\
                     pub static LEXICONS: &[(&[&str], &[u8])] = &[\n",
    );
    let english = Language::read(&sources, "")?;
    for folder in folders(&sources) {
        let language = Language::read(&sources, &folder)?;
        let language = if folder.is_empty() { language } else { language.beside(&english)? };
        let compiled = language.compile()?;
        let bytes = postcard::to_stdvec(&compiled).map_err(|error| format!("rules/acts/{folder}: {error}"))?;
        let name = format!("lexicon-{}.bin", language.names().first().map_or("unnamed", |name| name.as_str()));
        write(&out.join(&name), &bytes)?;
        let _ = writeln!(tables, "    (&{:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), {:?}))),", language.names(), format!("/{name}"));
    }
    tables.push_str("];\n");
    write(&out.join("embedded.rs"), tables.as_bytes())
}

/// The acts of a language: the files of rules/acts for English, of a folder in it for another.
struct Language {
    /// Below rules/acts, with a slash at the end; empty for English.
    folder: String,
    acts: Vec<ActFile>,
    shared: Vec<WordsFile>,
}

/// The folders of all languages, English first.
fn folders(sources: &[Source]) -> Vec<String> {
    let folder = |(path, _): &Source| {
        path.strip_prefix("acts/")?.rsplit_once('/').map_or(Some(String::new()), |(folder, _)| Some(format!("{folder}/")))
    };
    sources.iter().filter_map(folder).collect::<BTreeSet<_>>().into_iter().collect()
}

impl Language {
    fn read(sources: &[Source], folder: &str) -> Result<Language, String> {
        let mut language = Language { folder: folder.to_string(), acts: Vec::new(), shared: Vec::new() };
        for (path, text) in sources {
            let Some(name) = path.strip_prefix("acts/").and_then(|below| below.strip_prefix(folder)).filter(|name| !name.contains('/'))
            else {
                continue;
            };
            let in_file = |error: serde_yaml::Error| format!("rules/{path}: {error}");
            if name == "words.yaml" || name == "items.yaml" {
                language.shared.push(serde_yaml::from_str::<WordsFile>(text).map_err(in_file)?);
                continue;
            }
            let file: ActFile = serde_yaml::from_str(text).map_err(in_file)?;
            let is_named = |rest: &str| rest == ".yaml" || folder.is_empty() && rest.starts_with('-');
            if !name.strip_prefix(&file.act).is_some_and(is_named) {
                return Err(format!("rules/{path}: the act is `{}`, but an act's file begins with its name", file.act));
            }
            language.acts.push(file);
        }
        // `denial.yaml` before `denial-account.yaml`: the first one of an act has what is said once.
        language.acts.sort_by_key(|file| (file.act.clone(), file.meaning.is_empty()));
        Ok(language)
    }

    fn names(&self) -> Vec<&String> {
        self.shared.iter().flat_map(|shared| &shared.names).collect()
    }

    /// With all acts of English, in the same order, so that their numbers are the same; who performs an act,
    /// and what goes before it, is the same in every language.
    fn beside(mut self, english: &Language) -> Result<Language, String> {
        let mut own: BTreeMap<String, ActFile> = self.acts.drain(..).map(|file| (file.act.clone(), file)).collect();
        let mut acts: Vec<&ActFile> = english.acts.iter().collect();
        acts.dedup_by(|a, b| a.act == b.act);
        for known in acts {
            let file = own.remove(&known.act).unwrap_or_default();
            let unless_acts = known.unless_acts.clone();
            let (act, who, asks_items, aside) = (known.act.clone(), known.who, known.asks_items, known.aside);
            self.acts.push(ActFile { act, who, asks_items, aside, unless_acts, ..file });
        }
        match own.into_keys().next() {
            Some(act) => Err(format!("rules/acts/{}{act}.yaml: English has no act of this name", self.folder)),
            None => Ok(self),
        }
    }

    fn compile(&self) -> Result<Compiled, String> {
        Compiled::new(&self.acts, &self.shared).map_err(|error| self.located(error))
    }

    /// Says in which file a mistake is: in the one that does not compile by itself.
    fn located(&self, error: String) -> String {
        let folder = &self.folder;
        if Compiled::new(&[], &self.shared).is_err() {
            return format!("rules/acts/{folder}words.yaml or rules/acts/{folder}items.yaml: {error}");
        }
        let fails_alike = |file: &&ActFile| Compiled::new(std::slice::from_ref(*file), &self.shared).is_err_and(|alone| alone == error);
        let act = self.acts.iter().find(fails_alike).map_or(String::new(), |file| format!("{}.yaml", file.act));
        format!("rules/acts/{folder}{act}: {error}")
    }
}

fn variable(name: &str) -> Result<PathBuf, String> {
    env::var_os(name).map(PathBuf::from).ok_or_else(|| format!("cargo did not set {name}"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// All files of a folder and of those below it that have an ending, sorted by path.
fn files(folder: &Path, ending: &str) -> Result<Vec<Source>, String> {
    let mut files = Vec::new();
    read(folder, "", ending, &mut files).map_err(|error| format!("{}: {error}", folder.display()))?;
    files.sort();
    Ok(files)
}

/// Reads them, and has cargo watch them: a folder, too, for files that come or go.
fn read(folder: &Path, prefix: &str, ending: &str, sources: &mut Vec<Source>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let below = format!("{prefix}{name}");
        if path.is_dir() {
            read(&path, &format!("{below}/"), ending, sources)?;
        } else if below.ends_with(ending) {
            println!("cargo::rerun-if-changed={}", path.display());
            sources.push((below, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// The Rust source of the tables in src/embedded.rs.
fn tables(sources: &[Source]) -> Result<String, String> {
    let mut files = String::new();
    let mut rules = String::new();
    for (path, text) in sources {
        let full = format!("/rules/{path}");
        let _ = writeln!(files, "    ({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {full:?}))),");
        if !path.starts_with("acts/") {
            let value: serde_json::Value = serde_yaml::from_str(text).map_err(|error| format!("rules/{path}: {error}"))?;
            let _ = writeln!(rules, "    ({path:?}, {:?}),", value.to_string());
        }
    }
    Ok(format!(
        "/// Every file of rules/: its path there, and its text. Sorted by path.\n\
         pub const FILES: &[(&str, &str)] = &[\n{files}];\n\
         /// The rules, as JSON: path below rules/ and text. Sorted by path; rules/acts is left out.\n\
         pub const RULES_JSON: &[(&str, &str)] = &[\n{rules}];\n"
    ))
}

/// The labelled lines of the acts that the model hears: who speaks, act and text.
fn examples(data: &Path) -> Result<String, String> {
    let table = data.join("model/acts.tsv");
    println!("cargo::rerun-if-changed={}", table.display());
    let table = fs::read_to_string(&table).map_err(|error| format!("{}: {error}", table.display()))?;
    let on: Vec<Vec<&str>> = table.lines().filter(|row| !row.ends_with("\t-")).map(|row| row.split('\t').take(2).collect()).collect();
    let mut examples = String::new();
    for (path, text) in files(&data.join("acts"), ".jsonl")? {
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).map_err(|error| format!("data/acts/{path}: {error}"))?;
            let (who, text) = (row["who"].as_str().unwrap_or("agent"), row["text"].as_str().unwrap_or(""));
            let acts = row["acts"].as_array().into_iter().flatten().filter_map(|act| act.as_str());
            for act in acts.filter(|act| on.contains(&vec![who, act])) {
                let _ = writeln!(examples, "{who}\t{act}\t{text}");
            }
        }
    }
    Ok(examples)
}
