//! `callint rules check`: what is wrong with rule files of one's own.

use super::super::custom::{folders, load};
use super::super::outputs::Outputs;
use super::super::{Global, UNUSABLE, complain};
use super::tell;
use crate::error::Error;
use crate::rules::custom::Custom;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    pub files: Files,
    #[command(flatten)]
    outputs: Outputs,
}

/// Which rule files.
#[derive(clap::Args)]
pub(super) struct Files {
    /// Rule files and folders [default: rule-folders of callint.yaml]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    let (custom, is_whole) = args.files.load(global)?;
    let found = custom.findings(&Default::default(), true);
    let code = tell(&args.outputs, found, &custom.sources, global)?;
    Ok(if is_whole { code } else { UNUSABLE })
}

impl Files {
    /// What the files hold, and whether all of them could be read.
    pub fn load(&self, global: &Global) -> Result<(Custom, bool), Error> {
        let paths = match self.paths.is_empty() {
            true => folders(&[], global.project()?.as_ref()),
            false => self.paths.clone(),
        };
        if paths.is_empty() {
            return Err(Error::NoRuleFolders);
        }
        let (custom, errors) = load(&paths);
        errors.iter().for_each(complain);
        Ok((custom, errors.is_empty()))
    }
}
