//! A project's own rules, from their folders.

use super::Global;
use super::input::read_file;
use crate::config::{self, Config, Project};
use crate::error::Error;
use crate::lint::Report;
use crate::rules::custom::{self, Custom};
use crate::source::Source;
use std::path::{Path, PathBuf};

/// Reads rule files, and those in folders as deep as they go. The errors are of files that cannot be read at
/// all.
pub(super) fn load(paths: &[PathBuf]) -> (Custom, Vec<Error>) {
    let (mut sources, mut errors) = (Vec::new(), Vec::new());
    for path in paths {
        match files(path) {
            Ok(files) => files.iter().for_each(|file| match read_file(file) {
                Ok(source) => sources.push(source),
                Err(error) => errors.push(error),
            }),
            Err(error) => errors.push(error),
        }
    }
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    sources.dedup_by(|a, b| a.name == b.name);
    (custom::read(sources), errors)
}

/// The rules of the project that holds here. What is wrong with it or with them is for `check` to say.
pub(super) fn of_project(global: &Global) -> (Custom, Config) {
    let project = global.project().ok().flatten();
    (load(&folders(&[], project.as_ref())).0, project.map(|project| project.config).unwrap_or_default())
}

/// What a project wants, its own acts included.
///
/// # Errors
/// It teaches an act that there is not.
pub(super) fn config(project: Option<Project>) -> Result<Config, Error> {
    let custom = load(&folders(&[], project.as_ref())).0;
    if let Some(project) = &project {
        project.check_acts(&custom.act_names)?;
    }
    Ok(Config { own_acts: custom.acts, ..project.map(|project| project.config).unwrap_or_default() })
}

/// The folders of the command line and those of the project, these as seen from here.
pub(super) fn folders(named: &[PathBuf], project: Option<&Project>) -> Vec<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    let seen = |folder: &PathBuf| PathBuf::from(config::relative(&config::tidy(&here.join(folder)), &here));
    named.iter().cloned().chain(project.iter().flat_map(|project| &project.rule_folders).map(seen)).collect()
}

fn files(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.exists() {
        return Err(Error::Missing { path: path.to_path_buf() });
    }
    let mut files = Vec::new();
    for entry in ignore::WalkBuilder::new(path).sort_by_file_path(Ord::cmp).build() {
        let entry = entry?;
        let is_yaml = entry.path().extension().is_some_and(|end| end == "yaml" || end == "yml");
        let is_project = entry.file_name() == config::FILE_NAME;
        if entry.file_type().is_some_and(|kind| kind.is_file()) && (is_yaml && !is_project || entry.depth() == 0) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Puts what is wrong with rule files behind the findings of a run, and their texts behind its sources.
pub(super) fn tell(custom: &Custom, config: &Config, report: &mut Report, sources: &mut Vec<Source>) {
    let mut found = custom.findings(config, false);
    let first = sources.len();
    for one in &mut found {
        one.file += first;
        one.related.iter_mut().for_each(|label| label.file += first);
    }
    if !found.is_empty() {
        sources.extend(custom.sources.iter().cloned());
        // A file without a fault is none of those that were looked at.
        let is_faulty = |file: &usize| found.iter().any(|one| one.file == *file);
        report.skipped.extend((first..sources.len()).filter(|file| !is_faulty(file)));
        report.diagnostics.append(&mut found);
    }
}
