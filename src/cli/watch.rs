//! `--watch`: lints again whenever something changes that the findings depend on.

use super::{CLEAN, Global, complain, input};
use crate::config::{FILE_NAME, tidy};
use crate::error::Error;
use notify::{Event, EventKind, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// Programs save in several steps that come right after each other.
const PAUSE: Duration = Duration::from_millis(15);
/// Where one change follows another without end, this many are enough to lint.
const MOST_PAUSES: usize = 3;

/// What a run reads, and what it writes.
pub(super) struct Places<'a> {
    /// Files and folders.
    pub scripts: &'a [PathBuf],
    pub rules: &'a [PathBuf],
    pub project: Option<&'a Path>,
    /// Never a reason to lint again.
    pub written: Vec<&'a Path>,
}

/// Lints once, then after each change. Ends with the process only. A run that fails is said and
/// waits for the next change, as somebody may be in the middle of a sentence.
///
/// # Errors
/// When the system cannot watch a place.
pub(super) fn run(places: &Places, global: &Global, lint: impl Fn() -> Result<i32, Error>) -> Result<i32, Error> {
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(Error::Watch)?;
    for (folder, mode) in folders(places) {
        watcher.watch(&folder, mode).map_err(Error::Watch)?;
    }
    let again = || {
        lint().unwrap_or_else(|error| {
            complain(&error);
            CLEAN
        })
    };
    again();
    global.say("watching for changes; Ctrl-C ends");
    while let Some(changed) = next(&changes, places) {
        global.say(&format!("{changed} changed"));
        again();
    }
    Ok(CLEAN)
}

/// Folders to watch; of a file its folder, as many programs save into a new file that takes its place.
fn folders(places: &Places) -> Vec<(PathBuf, RecursiveMode)> {
    let folder = |path: &Path| match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let whole = places.scripts.iter().chain(places.rules).map(PathBuf::as_path);
    let mut folders: Vec<(PathBuf, RecursiveMode)> = whole
        .map(
            |path| if path.is_dir() { (path.to_path_buf(), RecursiveMode::Recursive) } else { (folder(path), RecursiveMode::NonRecursive) },
        )
        .collect();
    folders.extend(places.project.map(|path| (folder(path), RecursiveMode::NonRecursive)));
    // One watch for each folder, and the wider one where there are two.
    folders.sort_by_key(|(path, mode)| (path.clone(), *mode == RecursiveMode::NonRecursive));
    folders.dedup_by(|later, first| later.0 == first.0);
    folders
}

/// Waits until something changed, and for what comes right after it. Returns the name of the first in
/// the alphabet; `None` when no more can come.
fn next(changes: &Receiver<notify::Result<Event>>, places: &Places) -> Option<String> {
    let mut changed = BTreeSet::new();
    while changed.is_empty() {
        note(changes.recv().ok()?, places, &mut changed);
    }
    for _ in 0..MOST_PAUSES {
        let Ok(first) = changes.recv_timeout(PAUSE) else { break };
        note(first, places, &mut changed);
        changes.try_iter().for_each(|change| note(change, places, &mut changed));
    }
    changed.pop_first()
}

/// Takes down the files of a change that a run reads.
fn note(change: notify::Result<Event>, places: &Places, changed: &mut BTreeSet<String>) {
    // Reading is an event, too.
    let Some(event) = change.ok().filter(|event| !matches!(event.kind, EventKind::Access(_))) else { return };
    let here = std::env::current_dir().unwrap_or_default();
    let whole = |path: &Path| tidy(&here.join(path));
    let is_read = |path: &&PathBuf| {
        let is_known = input::is_script_name(path) || path.file_name() == Some(FILE_NAME.as_ref());
        let is_named = places.scripts.iter().any(|named| whole(named) == whole(path));
        (is_known || is_named || input::is_export(path)) && !places.written.iter().any(|written| whole(written) == whole(path))
    };
    changed.extend(event.paths.iter().filter(is_read).map(|path| {
        let path = whole(path);
        path.strip_prefix(&here).unwrap_or(&path).display().to_string()
    }));
}
