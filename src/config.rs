//! The project file, `callint.yaml`.

mod file;

use crate::diagnostic::Severity;
use crate::error::Error;
use crate::rule::Rule;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(crate) use file::{nearest, suggestion};

pub const FILE_NAME: &str = "callint.yaml";

/// What a project wants.
#[derive(Clone, Debug)]
pub struct Config {
    /// By rule id.
    pub rules: BTreeMap<String, RuleSetting>,
    /// Findings at this level or above make the run fail.
    pub fail_level: Severity,
    /// Lint files that do not look like call scripts, too.
    pub force: bool,
    /// Rules of the user's own, beside those that come with callint.
    pub extra_rules: Vec<Rule>,
}

/// What a project changes about one rule.
#[derive(Clone, Debug, Default)]
pub struct RuleSetting {
    pub is_off: bool,
    pub level: Option<Severity>,
    /// By the parameter's name; whole numbers and fractions.
    pub params: BTreeMap<String, f64>,
}

/// A project file as it was read.
#[derive(Clone, Debug)]
pub struct Project {
    pub config: Config,
    /// Files to leave alone when they are met in a folder, written as in `.gitignore`.
    pub ignore: Vec<String>,
    pub path: PathBuf,
    /// Where each rule id stands: line and column, 1-based.
    places: BTreeMap<String, (usize, usize)>,
}

impl Default for Config {
    fn default() -> Config {
        Config { rules: BTreeMap::new(), fail_level: Severity::Error, force: false, extra_rules: Vec::new() }
    }
}

impl Project {
    /// The nearest project file, in this folder or above it, but not above a git repository.
    pub fn find(folder: &Path) -> Option<PathBuf> {
        for folder in folder.ancestors() {
            let path = folder.join(FILE_NAME);
            if path.is_file() {
                return Some(path);
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        None
    }

    /// Reads a project file.
    ///
    /// # Errors
    /// When it cannot be read, is no YAML, or has a key or value that callint does not know.
    pub fn load(path: &Path) -> Result<Project, Error> {
        match std::fs::read_to_string(path) {
            Ok(text) => file::parse(path, &text),
            Err(source) => Err(Error::Read { path: path.to_path_buf(), source }),
        }
    }

    /// Checks that the project file speaks of rules that exist.
    ///
    /// # Errors
    /// At the first id in the file that is not among `known`, with the nearest one that is.
    pub fn check_rules(&self, known: &[&str]) -> Result<(), Error> {
        let is_unknown = |id: &&String| !known.contains(&id.as_str());
        let places = self.places.iter().filter(|(id, _)| is_unknown(id));
        let Some((id, &(line, column))) = places.min_by_key(|(_, place)| **place) else {
            return Ok(());
        };
        let message = format!("unknown rule `{id}`{}", file::suggestion(id, known));
        Err(Error::Project { path: self.path.clone(), line, column, message })
    }

    /// What `ignore` matches, relative to the project file's folder.
    pub(crate) fn ignored(&self) -> Result<Gitignore, Error> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        let mut builder = GitignoreBuilder::new(real);
        for glob in &self.ignore {
            builder.add_line(Some(self.path.clone()), glob)?;
        }
        Ok(builder.build()?)
    }
}
