//! From project files to one project: what a file extends comes first, and the file itself has the
//! last word.

use super::{Budget, Config, FILE_NAME, Override, Project, RuleSetting, Vocabulary, file, nearest, suggestion, teach};
use crate::act::house::Taught;
use crate::diagnostic::Severity;
use crate::error::Error;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How deep files may extend each other.
const MAX_DEPTH: usize = 16;

/// One file as it was read. What it does not say is `None` or empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    /// Other files, relative to this one, and where they are named.
    pub extends: Vec<(Place, String)>,
    pub profiles: Vec<(Place, String)>,
    pub rules: BTreeMap<String, RuleSetting>,
    pub overrides: Vec<Override>,
    pub fail_level: Option<Severity>,
    pub ignore: Vec<String>,
    pub language: Option<String>,
    pub taught: Vec<Taught>,
    pub effort: BTreeMap<String, Budget>,
    /// Where they are, seen from where callint was started, and where they are named.
    pub rule_folders: Vec<(Place, PathBuf)>,
    pub named: Vec<Named>,
    /// Acts that callint does not come with.
    pub acts: Vec<(Place, String)>,
}

/// A rule that a file speaks of, to be checked once all rules are known.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub place: Place,
    pub id: String,
    pub params: Vec<(Place, String)>,
}

/// Line and column are 1-based.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub path: PathBuf,
    pub line: usize,
    pub column: usize,
}

impl Place {
    pub fn error(&self, message: String) -> Error {
        Error::Project { path: self.path.clone(), line: self.line.max(1), column: self.column.max(1), message }
    }
}

impl Layer {
    /// Puts another layer on top of this one.
    fn add(&mut self, other: Layer) {
        for (id, setting) in other.rules {
            self.rules.entry(id).or_default().merge(&setting);
        }
        self.profiles.extend(other.profiles);
        self.overrides.extend(other.overrides);
        self.fail_level = other.fail_level.or(self.fail_level);
        self.ignore.extend(other.ignore);
        self.language = other.language.or(self.language.take());
        self.taught.extend(other.taught);
        self.effort.extend(other.effort);
        self.rule_folders.extend(other.rule_folders);
        self.named.extend(other.named);
        self.acts.extend(other.acts);
    }

    fn put_into(self, config: &mut Config) {
        for (id, setting) in self.rules {
            config.rules.entry(id).or_default().merge(&setting);
        }
        config.profiles.extend(self.profiles.into_iter().map(|(_, profile)| profile));
        config.overrides.extend(self.overrides);
        config.fail_level = self.fail_level.unwrap_or(config.fail_level);
        config.language = self.language.or(config.language.take());
        config.taught.extend(self.taught);
        config.effort.extend(self.effort);
    }
}

/// Reads a project file and all that it extends.
pub(super) fn load(path: &Path) -> Result<Project, Error> {
    let layer = read(path, &mut Vec::new())?;
    let mut config = Config::default();
    let (ignore, named, profiles) = (layer.ignore.clone(), layer.named.clone(), layer.profiles.clone());
    let acts = layer.acts.clone();
    let missing = layer.rule_folders.iter().find(|(_, folder)| !folder.is_dir()).cloned();
    let rule_folders = layer.rule_folders.iter().map(|(_, folder)| folder.clone()).collect();
    layer.put_into(&mut config);
    let folder = path.parent().unwrap_or(Path::new(""));
    config.root = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    Ok(Project { config, ignore, path: path.to_path_buf(), rule_folders, missing, named, acts, profiles })
}

/// `above` are the files that led here, the project file first.
fn read(path: &Path, above: &mut Vec<PathBuf>) -> Result<Layer, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
    let mut top = file::parse(path, &text)?;
    above.push(path.canonicalize().unwrap_or_else(|_| path.to_path_buf()));
    let mut layer = Layer::default();
    for (place, name) in std::mem::take(&mut top.extends) {
        let base = path.parent().unwrap_or(Path::new("")).join(&name);
        let base = if base.is_dir() { base.join(FILE_NAME) } else { base };
        if !base.is_file() {
            return Err(place.error(format!("there is no file `{name}` to extend; names are relative to this file's folder")));
        }
        if above.len() >= MAX_DEPTH || base.canonicalize().is_ok_and(|real| above.contains(&real)) {
            return Err(place.error(format!("`{name}` extends this file in turn")));
        }
        layer.add(read(&base, above)?);
    }
    above.pop();
    layer.add(top);
    Ok(layer)
}

/// Sets one key of the project file from the command line: `fail-level=warning`,
/// `rules.outage/denial=off`, `rules.retention/too-many-offers.max_offers=2`.
///
/// # Errors
/// As for a project file, with the setting in the place of a file's name.
pub(crate) fn assign(config: &mut Config, setting: &str, known: &Vocabulary) -> Result<(), Error> {
    let fail = |message: String| Error::Setting { setting: setting.to_string(), message };
    let (key, value) = setting.split_once('=').ok_or_else(|| fail("expected KEY=VALUE, as in fail-level=warning".to_string()))?;
    let mut keys: Vec<&str> = key.trim().split('.').collect();
    if let ["rules", _, param] = keys.as_slice()
        && !["level", "params"].contains(param)
    {
        keys.insert(2, "params");
    }
    if ["extends", "rule-folders", "ignore"].contains(&keys[0]) {
        return Err(fail(format!("`{}` can only stand in the project file", keys[0])));
    }
    let (before, after): (String, String) = (keys.iter().skip(1).map(|key| format!("{{{key}: ")).collect(), "}".repeat(keys.len() - 1));
    let told = |error| match error {
        Error::Project { message, .. } => fail(message),
        other => other,
    };
    let layer = file::parse(Path::new("--config"), &format!("{}: {before}{value}{after}\n", keys[0])).map_err(told)?;
    check(&layer.named, known).map_err(told)?;
    teach::check(&layer.acts, &[]).map_err(told)?;
    layer.put_into(config);
    Ok(())
}

/// Checks that every rule and parameter that was named exists.
pub(super) fn check(named: &[Named], known: &Vocabulary) -> Result<(), Error> {
    let ids: Vec<&str> = known.keys().map(String::as_str).collect();
    let mut faults = Vec::new();
    for rule in named {
        let Some(params) = known.get(&rule.id) else {
            faults.push((&rule.place, format!("unknown rule `{}`{}", rule.id, suggestion(&rule.id, &ids))));
            continue;
        };
        let params: Vec<&str> = params.iter().map(String::as_str).collect();
        for (place, param) in rule.params.iter().filter(|(_, param)| !params.contains(&param.as_str())) {
            let hint = match (nearest(param, &params), params.is_empty()) {
                (Some(near), _) => format!("; did you mean `{near}`?"),
                (None, true) => "; it has none".to_string(),
                (None, false) => format!("; it has {}", params.join(", ")),
            };
            faults.push((place, format!("`{}` has no parameter `{param}`{hint}", rule.id)));
        }
    }
    faults.into_iter().min().map_or(Ok(()), |(place, message)| Err(place.error(message)))
}
