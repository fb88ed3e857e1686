//! `callint init`: a project file to begin with, in which everything is explained and little is set.

use super::rules::Known;
use super::{CLEAN, Global, atomic};
use crate::config::FILE_NAME;
use crate::error::Error;
use std::fmt::Write;
use std::path::Path;

const HEAD: &str = "\
# What callint checks in this folder and below. Everything in here may be changed or left out.
# An editor that knows YAML schemas completes it after `callint schema config > callint.schema.json`:
# yaml-language-server: $schema=callint.schema.json

# Findings at this level or above make `callint check` fail: error, warning or info.
fail-level: error

# Files and folders to leave alone, written as in .gitignore.
ignore: []
#  - archive/

# Folders with rules of your own; `callint rules new ID` writes the first one.
# rule-folders: [callint-rules]

# What a call may ask of a caller, as in `effort: { cancel: { max-turns: 8 } }`; `callint effort FILE` counts it.

# Another project file that holds here, too; this one has the last word.
# extends: ../house-rules.yaml

# The language of scripts that do not say theirs; without it, it is told by their words.
# language: en

# How acts sound in this house: patterns that are heard, patterns that are not, and lines as they stand.
# acts:
#   empathy:
#     phrases: [what rotten luck, (poor|rotten) you]
#     not: [bless your heart]
#     examples: { yes: [Not again!], no: [We hear you.] }

# What holds for some scripts or sections only.
# overrides:
#   - files: chat/
#     sections: [Verification]
#     rules:
#       identity/too-many-checks: warning

# Each rule is shown as it is. To change one, take the # away before `rules:` and before the rule.
# `on` keeps a rule's own levels, which may be others in graver or lighter cases; error, warning or info
# is one level for all that it finds, off for nothing; `callint explain RULE` says more.
# rules:
";

pub(super) fn run(global: &Global) -> Result<i32, Error> {
    let path = Path::new(FILE_NAME);
    if path.exists() {
        return Err(Error::Exists { path: path.to_path_buf() });
    }
    atomic::write(path, text().as_bytes())?;
    global.say(&format!("wrote {FILE_NAME}; `callint check` reads it from now on"));
    Ok(CLEAN)
}

fn text() -> String {
    let mut text = HEAD.to_string();
    for rule in Known::all(&[]) {
        let summary = rule.summary().split_whitespace().collect::<Vec<_>>().join(" ");
        let level = rule.severity().name();
        let params: Vec<String> = rule.params().iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let setting = match params.is_empty() {
            true => "on".to_string(),
            false => format!("{{ level: on, params: {{ {} }} }}", params.join(", ")),
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "#   # {summary}\n#   {}: {setting} # {level}\n", rule.id());
    }
    text
}
