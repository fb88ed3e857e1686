//! The project file, `callint.yaml`.

mod budget;
mod file;
mod layer;
mod teach;

use crate::act::file::ActFile;
use crate::act::house::Taught;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::rule::Rule;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

pub use budget::Budget;
pub(crate) use file::{nearest, suggestion, told};
pub(crate) use layer::assign;

pub const FILE_NAME: &str = "callint.yaml";
/// The JSON schema of the project file, without the rules that there are.
pub const SCHEMA: &str = include_str!("config/schema.json");

/// What a project wants.
#[derive(Clone, Debug)]
pub struct Config {
    /// By rule id.
    pub rules: BTreeMap<String, RuleSetting>,
    /// What holds in some places only; a later one beats an earlier one.
    pub overrides: Vec<Override>,
    /// Sets of rules that are off unless named here, in the order in which their numbers hold.
    pub profiles: Vec<String>,
    /// Findings at this level or above make the run fail.
    pub fail_level: Severity,
    /// Lint files that do not look like call scripts, too.
    pub force: bool,
    /// Hear by patterns only, without the model.
    pub is_by_patterns: bool,
    /// The language of scripts that do not say theirs; without it, it is told by their words.
    pub language: Option<String>,
    /// What the project says of how acts sound.
    pub taught: Vec<Taught>,
    /// By intent, what a call about it may ask of a caller.
    pub effort: BTreeMap<String, Budget>,
    /// Rules of the user's own, beside those that come with callint.
    pub extra_rules: Vec<Rule>,
    /// Act files of the user's own.
    pub own_acts: Vec<ActFile>,
    /// What the files of overrides are relative to: the folder of the project file.
    pub root: PathBuf,
    /// What the names of sources are relative to.
    pub folder: PathBuf,
    /// As in `2027-03-01`; without it no suppression is out of date.
    pub today: Option<String>,
}

/// What a project changes about one rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleSetting {
    pub is_off: bool,
    /// The rule's own levels hold, whatever was said before.
    pub is_on: bool,
    pub level: Option<Severity>,
    /// By the parameter's name; whole numbers and fractions.
    pub params: BTreeMap<String, f64>,
}

/// What holds where every list that is not empty matches.
#[derive(Clone, Debug, Default)]
pub struct Override {
    /// `None` for all files.
    pub files: Option<Gitignore>,
    /// Ids or headings.
    pub sections: Vec<String>,
    pub intents: Vec<String>,
    pub rules: BTreeMap<String, RuleSetting>,
}

/// The rules that there are, by id, with the names of their parameters.
pub type Vocabulary = BTreeMap<String, Vec<String>>;

/// A project file as it was read, and all that it extends.
#[derive(Clone, Debug)]
pub struct Project {
    pub config: Config,
    /// Files to leave alone when they are met in a folder, written as in `.gitignore`.
    pub ignore: Vec<String>,
    pub path: PathBuf,
    /// Folders of the project's own rules.
    pub rule_folders: Vec<PathBuf>,
    /// The first of them that is not there, and where it is named.
    missing: Option<(layer::Place, PathBuf)>,
    named: Vec<layer::Named>,
    acts: Vec<(layer::Place, String)>,
    profiles: Vec<(layer::Place, String)>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            rules: BTreeMap::new(),
            overrides: Vec::new(),
            profiles: Vec::new(),
            fail_level: Severity::Error,
            force: false,
            is_by_patterns: false,
            language: None,
            taught: Vec::new(),
            effort: BTreeMap::new(),
            extra_rules: Vec::new(),
            own_acts: Vec::new(),
            root: PathBuf::new(),
            folder: PathBuf::new(),
            today: None,
        }
    }
}

impl RuleSetting {
    /// Puts another setting on top of this one; what it does not say stays.
    pub fn merge(&mut self, other: &RuleSetting) {
        if other.is_on || other.is_off || other.level.is_some() {
            (self.is_on, self.is_off, self.level) = (other.is_on, other.is_off, other.level);
        }
        self.params.extend(other.params.iter().map(|(name, value)| (name.clone(), *value)));
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

    /// Reads a project file and all that it extends.
    ///
    /// # Errors
    /// When one of them cannot be read, is no YAML, or has a key or value that callint does not know.
    pub fn load(path: &Path) -> Result<Project, Error> {
        let project = Project::begin(path)?;
        project.missing_folder().map_or(Ok(project), Err)
    }

    /// As [`Project::load`], but the folders of its rules need not be there yet.
    ///
    /// # Errors
    /// As those of `load`, but for the folders.
    pub fn begin(path: &Path) -> Result<Project, Error> {
        layer::load(path)
    }

    /// Checks that the project file speaks of rules and parameters that exist.
    ///
    /// # Errors
    /// At the first that does not, with the nearest one that does.
    pub fn check_rules(&self, known: &Vocabulary) -> Result<(), Error> {
        layer::check(&self.named, known)
    }

    /// Checks that every act that the project teaches is one of callint or one of its own.
    ///
    /// # Errors
    /// At the first that is not, with the nearest one that is.
    pub fn check_acts(&self, own: &[String]) -> Result<(), Error> {
        teach::check(&self.acts, own)
    }

    /// Checks that every profile that the project names is one of some rule.
    ///
    /// # Errors
    /// At the first that is not, with the nearest one that is.
    pub fn check_profiles(&self, known: &[&str]) -> Result<(), Error> {
        let unknown = self.profiles.iter().find(|(_, profile)| !known.contains(&profile.as_str()));
        unknown.map_or(Ok(()), |(place, profile)| Err(place.error(format!("unknown profile `{profile}`{}", suggestion(profile, known)))))
    }

    /// The first folder of rules that is not there.
    fn missing_folder(&self) -> Option<Error> {
        let (place, folder) = self.missing.as_ref()?;
        let message = format!("there is no folder `{}` with rules; names are relative to this file's folder", folder.display());
        Some(place.error(message))
    }

    /// What `ignore` matches, relative to the project file's folder.
    pub(crate) fn ignored(&self) -> Result<Gitignore, Error> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        globs(&real, &self.ignore)
    }
}

/// Without `.`, and without `..` after a folder's name, so that a file has one name however it was
/// reached.
pub(crate) fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        let is_after_name = matches!(tidy.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if is_after_name => {
                tidy.pop();
            }
            _ => tidy.push(part),
        }
    }
    tidy
}

/// A path as it is written in a folder, with `/`; both are tidy and begin at the same place.
pub(crate) fn relative(path: &Path, folder: &Path) -> String {
    let shared = path.components().zip(folder.components()).take_while(|(one, two)| one == two).count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    let parts = up.chain(path.components().skip(shared));
    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

/// Patterns as in `.gitignore`, below a folder.
pub(crate) fn globs(root: &Path, patterns: &[String]) -> Result<Gitignore, Error> {
    let mut builder = GitignoreBuilder::new(root);
    for pattern in patterns {
        builder.add_line(None, pattern)?;
    }
    Ok(builder.build()?)
}

#[cfg(test)]
mod tests;
