//! `callint show`: how a script was read.

use super::custom;
use super::input::Input;
use super::{CLEAN, Global, UNUSABLE, complain, output};
use crate::act::Hearing;
use crate::config::Config;
use crate::context;
use crate::error::Error;
use crate::flow::FlowGraph;
use crate::flow::build::{self, build};
use crate::flow::resolve::{self, Resolver};
use crate::lint;
use crate::render::tree::{self, Format, Tree};
use crate::source::Source;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Args {
    /// A script; `-` is standard input
    file: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// What standard input is called; the ending tells Markdown from YAML
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    let Some(tree) = of_file(args, global, |input, graph| tree::read(0, input, &graph))?.flatten() else { return Ok(UNUSABLE) };
    output(|out| tree::write(out, &tree, args.format))?;
    Ok(CLEAN)
}

/// Has something done with the graph of the file that is named; `None` where it can't be read.
pub(super) fn of_file<T>(args: &Args, global: &Global, work: impl FnOnce(&build::Input, FlowGraph) -> T) -> Result<Option<T>, Error> {
    if args.file.is_dir() {
        return Err(Error::Folder { path: args.file.clone() });
    }
    let project = global.project()?;
    let mut input = Input::new(project.as_ref(), args.stdin_filename.as_deref())?;
    input.read(std::slice::from_ref(&args.file));
    input.errors.iter().for_each(complain);
    Ok(with_graph(&input.sources, custom::config(project)?, work))
}

/// Reads the first source; the others are those that it links to.
pub(super) fn read(sources: &[Source], config: Config) -> Option<Tree> {
    with_graph(sources, config, |input, graph| tree::read(0, input, &graph)).flatten()
}

/// Has something done with the graph of the first source and of all that belongs to it.
fn with_graph<T>(sources: &[Source], mut config: Config, work: impl FnOnce(&build::Input, FlowGraph) -> T) -> Option<T> {
    let hearing = Hearing::new(&config.taught, &config.own_acts).by_patterns(config.is_by_patterns);
    let lexicon = hearing.names();
    let mut scripts = lint::scripts(sources, &hearing, &config);
    if scripts.first()?.is_none() {
        // `check` skips it; why, is a fair question.
        config.force = true;
        scripts = lint::scripts(sources, &hearing, &config);
    }
    let acts = lint::heard(&scripts, &hearing, &|_| {});
    let resolver = Resolver::new(sources, &scripts);
    let (named, groups) = resolve::links(sources, &scripts, &resolver);
    let input = build::Input { sources, scripts: &scripts, resolver: &resolver, lexicon, acts: &acts, named: &named };
    let files = groups.iter().find(|files| files.contains(&0))?;
    let mut graph = build(files, &input);
    context::apply(&mut graph, lexicon);
    Some(work(&input, graph))
}
