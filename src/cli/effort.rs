//! `callint effort`: what a call asks of callers until they have what they want.

use super::show::{self, Args};
use super::{CLEAN, Global, UNUSABLE, output};
use crate::effort::Calls;
use crate::error::Error;
use crate::flow::unfold::unfold;
use crate::render::effort;
use crate::render::tree::Format;

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    let table = show::of_file(args, global, |read, graph| {
        let graph = unfold(graph);
        let calls = Calls { graph: &graph, scripts: read.scripts, lexicon: read.lexicon };
        effort::table(0, &calls.efforts(0, &[], |_, _| true), &calls, read.sources)
    })?;
    let Some(table) = table else { return Ok(UNUSABLE) };
    output(|out| match args.format {
        Format::Text => effort::text(out, &table),
        Format::Json => effort::json(out, &table),
    })?;
    Ok(CLEAN)
}
