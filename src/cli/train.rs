//! `callint train`: labelled lines in, the model of src/act/model.rs out. For people who work on callint.

use super::input::read_one;
use super::{CLEAN, Global, atomic};
use crate::act::eval;
use crate::act::model::folds::{self, File};
use crate::error::Error;
use crate::source::Source;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(super) struct Args {
    /// A folder of labelled lines, as `callint eval` reads them
    #[arg(default_value = "data/acts")]
    lines: PathBuf,
    /// The folder of the model
    #[arg(default_value = "data/model")]
    model: PathBuf,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    let (mut files, mut texts) = (Vec::new(), Vec::new());
    for path in files_in(&args.lines)? {
        let source: Source = read_one(&path, "<stdin>")?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        files.push(File { name, rows: eval::rows(&source)? });
        texts.push(source.text);
    }
    let model = folds::train(&files, folds::hash(&texts));
    atomic::write(&args.model.join("weights.bin"), &model.weights)?;
    atomic::write(&args.model.join("acts.tsv"), model.table.as_bytes())?;
    global.say(&format!("{} bytes of weights", model.weights.len()));
    Ok(CLEAN)
}

/// The files of a folder that hold JSON Lines, by name.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let fail = |source| Error::Read { path: folder.to_path_buf(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        paths.push(entry.map_err(fail)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    paths.sort();
    Ok(paths)
}
