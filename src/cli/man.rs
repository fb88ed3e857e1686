//! `callint man`: the manual page, all commands on one.

use super::{CLEAN, Cli, output};
use crate::error::Error;
use clap::{Command, CommandFactory};
use clap_mangen::Man;

pub(super) fn run() -> Result<i32, Error> {
    let mut command = Cli::command();
    command.build();
    output(|out| {
        let whole = Man::new(command.clone());
        whole.render_title(out)?;
        whole.render_name_section(out)?;
        whole.render_synopsis_section(out)?;
        whole.render_options_section(out)?;
        let mut parts: Vec<&Command> = command.get_subcommands().collect();
        parts.reverse();
        while let Some(part) = parts.pop() {
            if part.get_name() == "help" {
                continue;
            }
            parts.extend(part.get_subcommands().collect::<Vec<_>>().into_iter().rev());
            let page = Man::new(part.clone());
            page.render_name_section(out)?;
            page.render_synopsis_section(out)?;
            page.render_options_section(out)?;
        }
        Ok(())
    })?;
    Ok(CLEAN)
}
