//! `--baseline`: what is known already does not fail.

use super::Global;
use crate::baseline::Baseline;
use crate::config::{relative, tidy};
use crate::error::Error;
use crate::lint::Report;
use crate::source::Source;
use std::path::{Path, PathBuf};

const REASON: &str = "known since the baseline";

#[derive(clap::Args)]
pub(super) struct Debt {
    /// Leave findings alone that this file lists
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Take out of the baseline what is no longer found
    #[arg(long, requires = "baseline", conflicts_with_all = ["fix", "diff"])]
    prune_baseline: bool,
    /// List all findings in this file; refuses new ones where it exists
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    write_baseline: Option<PathBuf>,
    /// Let the baseline grow
    #[arg(long, requires = "write_baseline")]
    accept_new: bool,
}

/// Takes out of a report what the baseline knows, and writes the baseline where that is asked for.
/// Returns why the run fails, if it does.
///
/// # Errors
/// A baseline that is not there, cannot be read, or holds what is no entry.
pub(super) fn apply(debt: &Debt, report: &mut Report, sources: &[Source], global: &Global) -> Result<Option<String>, Error> {
    if let Some(path) = &debt.write_baseline {
        return write(debt, path, report, sources, global);
    }
    let Some(path) = &debt.baseline else {
        return Ok(None);
    };
    let baseline = read(path)?;
    let names = names(path, sources);
    let left = baseline.apply(report, sources, &names, REASON);
    let stale = Baseline(left.0.into_iter().filter(|(key, _)| !is_elsewhere(path, &key.file, &names)).collect());
    if stale.0.is_empty() {
        return Ok(None);
    }
    let (count, shown) = (stale.count(), path.display());
    if debt.prune_baseline {
        let mut pruned = baseline;
        for (key, gone) in &stale.0 {
            pruned.0.entry(key.clone()).and_modify(|count| *count -= gone);
        }
        pruned.0.retain(|_, count| *count > 0);
        save(path, &pruned)?;
        global.say(&format!("took {count} out of {shown} that {} mended", if count == 1 { "is" } else { "are" }));
        return Ok(None);
    }
    let first = stale.0.keys().next().map_or(String::new(), |key| format!("{}: {}", key.file, key.rule));
    Ok(Some(format!("{shown} lists {count} that are no longer found, the first is {first}; --prune-baseline takes them out")))
}

fn write(debt: &Debt, path: &Path, report: &mut Report, sources: &[Source], global: &Global) -> Result<Option<String>, Error> {
    let names = names(path, sources);
    let old = if path.exists() { Some(read(path)?) } else { None };
    let mut new = Baseline::of(report, sources, &names);
    if let Some(old) = &old {
        let kept = old.0.iter().filter(|(key, _)| is_elsewhere(path, &key.file, &names));
        new.0.extend(kept.map(|(key, count)| (key.clone(), *count)));
        old.apply(report, sources, &names, REASON);
        if !report.diagnostics.is_empty() && !debt.accept_new {
            let count = report.diagnostics.len();
            return Ok(Some(format!("{count} not in {} yet, so it was left as it is; --accept-new takes them in", path.display())));
        }
    }
    save(path, &new)?;
    new.apply(report, sources, &names, REASON);
    global.say(&format!("{} lists {} findings", path.display(), new.count()));
    Ok(None)
}

fn read(path: &Path) -> Result<Baseline, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
    Baseline::parse(&text).map_err(|(line, message)| Error::Row { name: path.display().to_string(), line, message })
}

fn save(path: &Path, baseline: &Baseline) -> Result<(), Error> {
    super::atomic::write(path, baseline.print().as_bytes())
}

/// A file that this run did not look at says nothing about its findings, unless it is gone.
fn is_elsewhere(path: &Path, name: &str, names: &[String]) -> bool {
    !names.iter().any(|known| known == name) && path.parent().unwrap_or(Path::new("")).join(name).exists()
}

/// The files of sources as a baseline calls them: relative to its folder, with `/`.
fn names(path: &Path, sources: &[Source]) -> Vec<String> {
    let here = std::env::current_dir().unwrap_or_default();
    let folder = tidy(&here.join(path.parent().unwrap_or(Path::new(""))));
    sources.iter().map(|source| relative(&tidy(&here.join(&source.name)), &folder)).collect()
}
