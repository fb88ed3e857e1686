//! From the paths on the command line to sources: first stage of the line, the part that touches files.

use super::linked;
use crate::config::{self, Project};
use crate::error::Error;
use crate::parse::import;
use crate::source::Source;
use ignore::WalkBuilder;
use ignore::gitignore::Gitignore;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// In bytes.
const MAX_SIZE: u64 = 16 << 20;
/// How much of a file with data in it is looked at, in bytes.
const BEGINNING: u64 = 64 << 10;
/// Endings of files that are read when they are met in a folder or behind a link.
const ENDINGS: [&str; 4] = ["md", "markdown", "yaml", "yml"];

/// In bytes. A single script of this size is done before other threads have begun.
const SMALL: u64 = 128 << 10;

/// All that was read, and what could not be.
pub(super) struct Input {
    /// What was asked for, sorted by path, standard input first; then what those link to.
    pub sources: Vec<Source>,
    pub errors: Vec<Error>,
    /// Sources that the user named, rather than a folder that they are in.
    named: HashSet<usize>,
    /// Files in the run, by their real path.
    seen: HashSet<PathBuf>,
    ignored: Gitignore,
    /// Real paths of folders with rules, which are no scripts.
    rule_folders: Vec<PathBuf>,
    stdin_name: String,
}

/// A file to read.
struct Place {
    path: PathBuf,
    is_named: bool,
}

/// Begins no threads for one small script.
fn stay_alone(places: &[Place]) {
    let is_small = |place: &Place| place.path.metadata().is_ok_and(|file| file.len() < SMALL);
    if matches!(places, [] | [_]) && places.iter().all(is_small) {
        // Fails where the threads are running already, as in a second run of --watch.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    }
}

impl Input {
    pub fn new(project: Option<&Project>, stdin_name: Option<&str>) -> Result<Input, Error> {
        Ok(Input {
            sources: Vec::new(),
            errors: Vec::new(),
            named: HashSet::new(),
            seen: HashSet::new(),
            ignored: project.map_or_else(|| Ok(Gitignore::empty()), Project::ignored)?,
            rule_folders: project
                .map_or(&[][..], |project| &project.rule_folders)
                .iter()
                .filter_map(|folder| folder.canonicalize().ok())
                .collect(),
            stdin_name: stdin_name.unwrap_or("<stdin>").to_string(),
        })
    }

    /// Reads files, the scripts in folders, and every file that one of them links to.
    pub fn read(&mut self, paths: &[PathBuf]) {
        let mut places = Vec::new();
        for path in paths {
            self.find(path, &mut places);
        }
        // A file that was named and met in a folder counts as named.
        places.sort_by_key(|place| !place.is_named);
        places.retain(|place| self.is_new(&place.path));
        places.sort_by_cached_key(|place| PathBuf::from(display_name(&place.path)));
        stay_alone(&places);
        let read = places.par_iter().map(|place| read_file(&place.path));
        for (place, result) in places.iter().zip(read.collect::<Vec<_>>()) {
            self.add(result, place.is_named);
        }
        linked::load(self);
    }

    /// Whether the user named this source, rather than a folder that it is in.
    pub fn is_named(&self, file: usize) -> bool {
        self.named.contains(&file)
    }

    /// Whether this file is not in the run yet; from now on it is.
    pub fn is_new(&mut self, path: &Path) -> bool {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        self.seen.insert(real)
    }

    fn add(&mut self, result: Result<Source, Error>, is_named: bool) {
        match result {
            Ok(source) => {
                if is_named {
                    self.named.insert(self.sources.len());
                }
                self.sources.push(source);
            }
            Err(error) => self.errors.push(error),
        }
    }

    fn find(&mut self, path: &Path, places: &mut Vec<Place>) {
        if path == Path::new("-") {
            let name = PathBuf::from(&self.stdin_name);
            if self.is_new(&name) {
                self.add(read_text(&self.stdin_name, std::io::stdin().lock(), &name), true);
            }
        } else if path.is_dir() {
            self.walk(path, places);
        } else if path.exists() {
            places.push(Place { path: path.to_path_buf(), is_named: true });
        } else {
            self.errors.push(Error::Missing { path: path.to_path_buf() });
        }
    }

    fn walk(&mut self, folder: &Path, places: &mut Vec<Place>) {
        let before = places.len();
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        let (ignored, rules, root) = (self.ignored.clone(), self.rule_folders.clone(), folder.to_path_buf());
        let walk = WalkBuilder::new(folder)
            .git_global(false)
            .filter_entry(move |entry| {
                let inner = entry.path().strip_prefix(&root).unwrap_or(entry.path());
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                !ignored.matched(real.join(inner), is_folder).is_ignore() && !rules.contains(&real.join(inner))
            })
            .build();
        for entry in walk {
            match entry {
                Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => {}
                Ok(entry) if entry.file_name() == config::FILE_NAME => {}
                Ok(entry) if !is_script_name(entry.path()) && !is_export(entry.path()) => {}
                Ok(entry) => places.push(Place { path: entry.into_path(), is_named: false }),
                Err(error) => self.errors.push(Error::Walk(error)),
            }
        }
        if places.len() == before {
            self.errors.push(Error::NoScripts { path: folder.to_path_buf() });
        }
    }
}

/// Whether a file is read without being named: by its ending, and never the project file.
pub(super) fn is_script_name(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)) && path.file_name() != Some(config::FILE_NAME.as_ref())
}

/// Whether a file holds a flow or a table of turns that another tool exported, by how it begins: a folder
/// may hold much other data in files with these endings.
pub(super) fn is_export(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
    let mut beginning = Vec::new();
    ["json", "csv", "tsv"].iter().any(|known| known.eq_ignore_ascii_case(ending))
        && path.metadata().is_ok_and(|data| data.len() <= MAX_SIZE)
        && File::open(path).is_ok_and(|file| file.take(BEGINNING).read_to_end(&mut beginning).is_ok())
        && import::looks_like_export(ending, &String::from_utf8_lossy(&beginning))
}

/// Reads one file, or standard input for `-`.
pub(super) fn read_one(path: &Path, stdin_name: &str) -> Result<Source, Error> {
    if path == Path::new("-") {
        return read_text(stdin_name, std::io::stdin().lock(), Path::new(stdin_name));
    }
    if path.is_dir() {
        return Err(Error::Folder { path: path.to_path_buf() });
    }
    if !path.exists() {
        return Err(Error::Missing { path: path.to_path_buf() });
    }
    read_file(path)
}

/// Reads a file under the name that the user knows it by.
pub(super) fn read_file(path: &Path) -> Result<Source, Error> {
    match File::open(path) {
        Ok(file) => read_text(&display_name(path), file, path),
        Err(source) => Err(Error::Read { path: path.to_path_buf(), source }),
    }
}

fn read_text(name: &str, file: impl Read, path: &Path) -> Result<Source, Error> {
    let mut bytes = Vec::new();
    if let Err(source) = file.take(MAX_SIZE + 1).read_to_end(&mut bytes) {
        return Err(Error::Read { path: path.to_path_buf(), source });
    }
    if bytes.len() as u64 > MAX_SIZE {
        return Err(Error::TooLarge { name: name.to_string(), limit: MAX_SIZE });
    }
    Source::from_bytes(name, bytes).ok_or_else(|| Error::NotText { name: name.to_string() })
}

/// As the user gave it, with `/`, without `.` in it.
fn display_name(path: &Path) -> String {
    let is_plain = |part: &Component| *part != Component::CurDir;
    let path: PathBuf = path.components().filter(is_plain).collect();
    let name = path.to_string_lossy();
    if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() }
}
