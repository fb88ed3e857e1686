//! `--since` and `--staged`: only what a change in git brings. The scripts are linted twice, as they
//! were and as they are, and what was there before is left out.

use crate::baseline::Baseline;
use crate::config::{Config, relative, tidy};
use crate::error::Error;
use crate::lint::{Report, lint};
use crate::source::Source;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(clap::Args)]
pub(super) struct Changes {
    /// Report only findings that are not there in this git revision, or where the branch left it
    #[arg(long, value_name = "REV", conflicts_with = "staged")]
    since: Option<String>,
    /// Lint what is staged in git, and report only findings that it brings
    #[arg(long)]
    staged: bool,
}

/// Where to read files in git: from a commit, from the index, or nowhere yet.
enum Tree {
    Commit(String),
    Index,
    Empty,
}

/// How each file that changed was called before; `None` for a new one. Paths begin at the top of the
/// repository.
type Names = BTreeMap<String, Option<String>>;

/// Puts the staged texts in the place of those on disk. Files that git does not know count as empty.
///
/// # Errors
/// When git is not there, or this is no repository.
pub(super) fn stage(changes: &Changes, sources: &mut [Source]) -> Result<(), Error> {
    if !changes.staged {
        return Ok(());
    }
    let top = top()?;
    let unstaged = paths(&git(&["diff", "--name-only", "-z", "--no-renames"])?);
    let unknown = untracked()?;
    for source in sources {
        let Some(path) = in_repository(source, &top) else { continue };
        if unknown.contains(&path) {
            *source = Source::new(source.name.clone(), "");
            source.is_linked = true;
        } else if unstaged.contains(&path)
            && let Some(staged) = read(&Tree::Index, &path, source)
        {
            *source = staged;
        }
    }
    Ok(())
}

/// Takes out of a report what was there before the change.
///
/// # Errors
/// When git is not there, this is no repository, or it does not have the revision.
pub(super) fn apply(changes: &Changes, report: &mut Report, sources: &[Source], config: &Config) -> Result<(), Error> {
    let (tree, names) = match &changes.since {
        Some(revision) => {
            let commit = branch_point(revision)?;
            let mut names = renamed(&git(&["diff", "--name-status", "-z", "-M", &commit, "--"])?);
            names.extend(untracked()?.into_iter().map(|path| (path, None)));
            (Tree::Commit(commit), names)
        }
        None if changes.staged => match git(&["rev-parse", "--verify", "--quiet", "HEAD"]) {
            Ok(commit) => {
                (Tree::Commit(commit.trim().to_string()), renamed(&git(&["diff", "--cached", "--name-status", "-z", "-M", "--"])?))
            }
            Err(_) => (Tree::Empty, BTreeMap::new()),
        },
        None => return Ok(()),
    };
    let before = before(sources, &tree, &names)?;
    let of = |sources: &[Source]| sources.iter().map(|source| source.name.clone()).collect::<Vec<_>>();
    let known = Baseline::of(&lint(&before, config), &before, &of(&before));
    let accepted = std::mem::take(&mut report.suppressed);
    known.apply(report, sources, &of(sources), "there before");
    report.suppressed = accepted;
    Ok(())
}

/// The scripts as they were, under the names that they have now. What is gone is there as well, as a
/// jump may have led to it.
fn before(sources: &[Source], tree: &Tree, names: &Names) -> Result<Vec<Source>, Error> {
    let top = top()?;
    let mut before = Vec::new();
    for source in sources {
        let path = in_repository(source, &top);
        match (tree, path.and_then(|path| names.get(&path))) {
            (Tree::Empty, _) | (_, Some(None)) => {}
            (_, Some(Some(old))) => before.extend(read(tree, old, source)),
            (_, None) => before.push(source.clone()),
        }
    }
    let here = std::env::current_dir().and_then(|folder| folder.canonicalize()).unwrap_or_default();
    for old in names.values().flatten().filter(|old| !names.contains_key(*old) || !top.join(old).exists()) {
        let mut gone = Source::new(relative(&top.join(old), &here), "");
        gone.is_linked = true;
        before.extend(read(tree, old, &gone));
    }
    Ok(before)
}

/// Where the branch left a revision: what happened there since is not the change's doing.
fn branch_point(revision: &str) -> Result<String, Error> {
    // Without a repository, that is what is missing, not the revision.
    top()?;
    let asked = format!("{revision}^{{commit}}");
    let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &asked])
        .map_err(|_| Error::Git(format!("there is no revision `{revision}`; in a shallow clone, fetch it first")))?;
    let commit = commit.trim().to_string();
    Ok(git(&["merge-base", &commit, "HEAD"]).map_or(commit, |base| base.trim().to_string()))
}

fn read(tree: &Tree, path: &str, source: &Source) -> Option<Source> {
    let object = match tree {
        Tree::Commit(commit) => format!("{commit}:{path}"),
        Tree::Index => format!(":{path}"),
        Tree::Empty => return None,
    };
    let output = Command::new("git").args(["cat-file", "blob", &object]).output().ok().filter(|output| output.status.success())?;
    let mut read = Source::from_bytes(source.name.clone(), output.stdout)?;
    read.is_linked = source.is_linked;
    Some(read)
}

/// A path as git has it, from the top of the repository.
fn in_repository(source: &Source, top: &Path) -> Option<String> {
    let path = PathBuf::from(&source.name);
    let real = path.canonicalize().or_else(|_| std::env::current_dir().map(|folder| tidy(&folder.join(&path)))).ok()?;
    Some(real.strip_prefix(top).ok()?.to_string_lossy().replace('\\', "/"))
}

fn top() -> Result<PathBuf, Error> {
    let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?.trim_end());
    Ok(top.canonicalize().unwrap_or(top))
}

fn untracked() -> Result<Vec<String>, Error> {
    Ok(paths(&git(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"])?))
}

fn paths(output: &str) -> Vec<String> {
    output.split('\0').filter(|path| !path.is_empty()).map(str::to_string).collect()
}

/// What `git diff --name-status -z` says: for each new name the old one, if there was any.
fn renamed(output: &str) -> Names {
    let mut names = BTreeMap::new();
    let mut fields = output.split('\0');
    while let (Some(status), Some(first)) = (fields.next(), fields.next()) {
        let (new, old) = match status.chars().next() {
            Some('A') => (first, None),
            Some('R' | 'C') => (fields.next().unwrap_or(first), Some(first)),
            _ => (first, Some(first)),
        };
        names.insert(new.to_string(), old.map(str::to_string));
    }
    names
}

fn git(args: &[&str]) -> Result<String, Error> {
    let output = Command::new("git").args(args).output().map_err(|error| Error::Git(format!("cannot start git: {error}")))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        let first = words.lines().next().unwrap_or("it failed without a word");
        return Err(Error::Git(format!("git says: {}", first.trim_start_matches("fatal: "))));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
