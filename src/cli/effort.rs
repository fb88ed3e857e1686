//! `callint effort`: what a call asks of callers until they have what they want.

use super::custom;
use super::input::Input;
use super::{CLEAN, Global, UNUSABLE, complain, output, show};
use crate::context;
use crate::effort::Calls;
use crate::error::Error;
use crate::flow::unfold::unfold;
use crate::render::effort;
use crate::render::tree::Format;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Args {
    /// A script; `-` is standard input
    file: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What standard input is called; the ending tells Markdown from YAML
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    if args.file.is_dir() {
        return Err(Error::Folder { path: args.file.clone() });
    }
    let project = global.project()?;
    let mut input = Input::new(project.as_ref(), args.stdin_filename.as_deref())?;
    input.read(std::slice::from_ref(&args.file));
    input.errors.iter().for_each(complain);
    let config = custom::config(project);
    let sources = &input.sources;
    let table = show::with_graph(sources, config, |read, mut graph| {
        context::apply(&mut graph, read.lexicon);
        let graph = unfold(graph);
        let calls = Calls { graph: &graph, scripts: read.scripts, lexicon: read.lexicon };
        effort::table(0, &calls.efforts(0, &[], |_, _| true), &calls, sources)
    });
    let Some(table) = table else { return Ok(UNUSABLE) };
    output(|out| match args.format {
        Format::Text => effort::text(out, &table),
        Format::Json => effort::json(out, &table),
    })?;
    Ok(CLEAN)
}
