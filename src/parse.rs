//! Bytes to [`Script`]: second stage of the line. Never gives up; what it cannot read becomes a fault.

pub mod assemble;
mod attributes;
pub mod blocks;
pub mod faults;
mod frames;
mod heads;
pub mod import;
mod indent;
pub mod language;
pub mod line;
pub mod logical;
pub mod markdown;
pub mod outline;
pub mod profile;
pub mod role;
mod shortcodes;
pub mod spoken;
pub mod statement;
pub mod table;
pub mod target;
mod turns;
mod words;
pub mod yaml;

use crate::script::{Script, Target};
use crate::source::Source;

/// Reads a script, by the ending of its name: YAML for `.yaml`, `.yml` and `.json`, a table for `.csv`
/// and `.tsv`, else Markdown.
pub fn parse(source: &Source) -> Script {
    let mut script = match () {
        _ if source.is_yaml() => yaml::parse(source),
        _ if source.is_table() => import::table(source),
        _ => markdown::parse(source),
    };
    let open = faults::open_choices(&script);
    if !open.is_empty() {
        script.faults.extend(open);
        script.faults.sort_by_key(|fault| fault.span);
    }
    script
}

pub use import::join;

/// The files that a script's links name, as written, in order, each once.
pub fn linked_files(script: &Script) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    for jump in script.sections.iter().flat_map(|section| outline::jumps(&section.steps)) {
        if let Target::Link { file: Some(file), .. } = &jump.target
            && !files.contains(file)
        {
            files.push(file.clone());
        }
    }
    files
}
