//! The build script: reads rules/ once, so that callint starts without parsing any YAML.

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
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Path below rules/, with slashes, and text.
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
    let mut sources = Vec::new();
    read(&root, "", &mut sources).map_err(|error| format!("{}: {error}", root.display()))?;
    sources.sort();
    let lexicon = postcard::to_stdvec(&lexicon(&sources)?).map_err(|error| format!("rules/acts: {error}"))?;
    write(&out.join("lexicon.bin"), &lexicon)?;
    write(&out.join("embedded.rs"), tables(&sources)?.as_bytes())
}

fn variable(name: &str) -> Result<PathBuf, String> {
    env::var_os(name).map(PathBuf::from).ok_or_else(|| format!("cargo did not set {name}"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads all YAML files of a folder and of those below it, and has cargo watch them: a folder, too,
/// for files that come or go.
fn read(folder: &Path, prefix: &str, sources: &mut Vec<Source>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let below = format!("{prefix}{name}");
        if path.is_dir() {
            read(&path, &format!("{below}/"), sources)?;
        } else if below.ends_with(".yaml") {
            println!("cargo::rerun-if-changed={}", path.display());
            sources.push((below, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

fn lexicon(sources: &[Source]) -> Result<Compiled, String> {
    let mut acts = Vec::new();
    let mut shared = Vec::new();
    for (path, text) in sources.iter().filter(|(path, _)| path.starts_with("acts/")) {
        let in_file = |error: serde_yaml::Error| format!("rules/{path}: {error}");
        if path == "acts/words.yaml" || path == "acts/items.yaml" {
            shared.push(serde_yaml::from_str::<WordsFile>(text).map_err(in_file)?);
            continue;
        }
        let file: ActFile = serde_yaml::from_str(text).map_err(in_file)?;
        if format!("acts/{}.yaml", file.act) != *path {
            return Err(format!("rules/{path}: the act is `{}`, but an act's file has its name", file.act));
        }
        acts.push(file);
    }
    Compiled::new(&acts, &shared).map_err(|error| located(&acts, &shared, error))
}

/// Says in which file a mistake is: in the one that does not compile by itself.
fn located(acts: &[ActFile], shared: &[WordsFile], error: String) -> String {
    if Compiled::new(&[], shared).is_err() {
        return format!("rules/acts/words.yaml or rules/acts/items.yaml: {error}");
    }
    let of_file = |file: &ActFile| match Compiled::new(std::slice::from_ref(file), shared) {
        Ok(_) => None,
        Err(error) => Some(format!("rules/acts/{}.yaml: {error}", file.act)),
    };
    acts.iter().find_map(of_file).unwrap_or_else(|| format!("rules/acts: {error}"))
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
