//! `callint rules new`: a rule of one's own to begin with. It finds something at once, so that whoever
//! changes it sees at each step whether it still does.

use super::super::custom::folders;
use super::super::{CLEAN, Global, atomic};
use crate::config::{FILE_NAME, Project};
use crate::error::Error;
use crate::rules;
use std::path::{Path, PathBuf};

/// Where rules go in a project that names no folder.
const FOLDER: &str = "callint-rules";

const RULE: &str = r#"# yaml-language-server: $schema=../rule.schema.json
# (An editor that knows YAML schemas completes this file once there is one: `callint schema rule > FOLDER/rule.schema.json`.)
# `callint rules check` says what is not in order here, `callint rules test --coverage` tries the examples.
id: ID
summary: A caller is put on hold.
severity: warning
property:
  absence: # no line does this; `callint explain` and the rules in it show other shapes
    of: hold
message: "the caller is put on hold"
help: "Stay with the caller while you look, or offer to call back."
why: "Nobody knows how long a silence will last."
examples:
  bad: # « » stand round the words that a finding has to point at
    - script: |
        Agent: Thank you for calling. I'm going to «put you on hold» for a moment.
  good: # what only looks like it
    - script: |
        Agent: Thank you for calling. I can look that up while we speak.
"#;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Family and name, as in `house/no-jokes`
    id: String,
    /// Where to put it [default: the first of rule-folders in callint.yaml, or callint-rules]
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    if !rules::is_id(&args.id) {
        return Err(Error::RuleId { id: args.id.clone(), what: "is no id; an id is family/name in small letters, as in house/no-jokes" });
    }
    if rules::all().iter().any(|rule| rule.id == args.id) || rules::reading::find(&args.id).is_some() {
        return Err(Error::RuleId { id: args.id.clone(), what: "comes with callint; choose another id" });
    }
    let project = global.read_project(Project::begin)?;
    let known = folders(&[], project.as_ref());
    let folder = args.folder.clone().or(known.first().cloned()).unwrap_or_else(|| PathBuf::from(FOLDER));
    let path = folder.join(format!("{}.yaml", args.id));
    if path.exists() {
        return Err(Error::Exists { path });
    }
    let text = RULE.replace("FOLDER", &folder.display().to_string()).replace("ID", &args.id);
    let above = path.parent().unwrap_or(&folder);
    std::fs::create_dir_all(above).map_err(|source| Error::WriteFile { path: above.to_path_buf(), source })?;
    atomic::write(&path, text.as_bytes())?;
    global.say(&format!("wrote {}; `callint rules test` tries its examples", path.display()));
    let real = |path: &Path| path.canonicalize().ok();
    if !known.iter().any(|known| real(known) == real(&folder)) {
        name_folder(&folder, project.is_some(), global)?;
    }
    Ok(CLEAN)
}

/// Has the project file name the folder: writes one where there is none, says what to add where there is.
fn name_folder(folder: &Path, has_project: bool, global: &Global) -> Result<(), Error> {
    let line = format!("rule-folders: [{}]", folder.display());
    if has_project || Path::new(FILE_NAME).exists() {
        global.say(&format!("`callint check` uses it once {FILE_NAME} says `{line}`"));
        return Ok(());
    }
    atomic::write(Path::new(FILE_NAME), format!("{line}\n").as_bytes())?;
    global.say(&format!("wrote {FILE_NAME}, which has `callint check` use it"));
    Ok(())
}
