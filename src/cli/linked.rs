//! Files that scripts link to: they take part in the flow, though nobody asked to lint them.

use super::input::{Input, is_script_name, read_file};
use crate::config::tidy;
use crate::parse;
use crate::source::Source;
use std::path::{Path, PathBuf};

/// How many files are loaded because others link to them.
const MAX_FILES: usize = 200;

/// Loads what the sources link to, and what those link to in turn. A link that leads nowhere is no
/// error here: whether that is a fault is for the rules to say.
pub(super) fn load(input: &mut Input) {
    let (mut next, mut loaded) = (0, 0);
    while next < input.sources.len() && loaded < MAX_FILES {
        for path in linked_paths(&input.sources[next]) {
            if loaded == MAX_FILES || !path.is_file() || !input.is_new(&path) {
                continue;
            }
            if let Ok(mut source) = read_file(&path) {
                source.is_linked = true;
                input.sources.push(source);
                loaded += 1;
            }
        }
        next += 1;
    }
}

/// Where a source's links lead: scripts only, never by an absolute path, as a script is not trusted.
fn linked_paths(source: &Source) -> Vec<PathBuf> {
    // Most scripts link nowhere and need not be parsed twice.
    if ![".md", ".markdown", ".y"].iter().any(|ending| source.text.contains(ending)) {
        return Vec::new();
    }
    let folder = Path::new(&source.name).parent().unwrap_or(Path::new(""));
    parse::linked_files(&parse::parse(source))
        .iter()
        .map(Path::new)
        .filter(|path| path.is_relative() && !path.has_root() && is_script_name(path))
        .map(|path| tidy(&folder.join(path)))
        .collect()
}
