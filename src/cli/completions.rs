//! `callint completions SHELL`: what lets a shell complete commands and options.

use super::{CLEAN, Cli, output};
use crate::error::Error;
use clap::CommandFactory;
use clap_complete::Shell;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The shell to write for
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Result<i32, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "callint", &mut script);
    output(|out| out.write_all(&script))?;
    Ok(CLEAN)
}
