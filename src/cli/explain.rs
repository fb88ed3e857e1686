//! `callint explain`: what a rule finds, why, and how to change it.

use super::custom::of_project;
use super::rules::{Known, list};
use super::{CLEAN, Global, output};
use crate::config::{Vocabulary, nearest};
use crate::error::Error;
use crate::render::explain;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The id of a rule, as in `retention/too-many-offers`, or of a family
    rule: String,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    // A project file with a mistake in it must not keep anybody from reading about rules.
    let (custom, config) = of_project(global);
    let known = Known::all(&custom.rules);
    let name = args.rule.trim_end_matches('/');
    if let Some(rule) = known.iter().find(|rule| rule.id() == name) {
        output(|out| explain::text(out, &rule.page(config.rules.get(name))))?;
        return Ok(CLEAN);
    }
    let family: Vec<&Known> = known.iter().filter(|rule| rule.family() == name).collect();
    if family.is_empty() {
        return Err(unknown(name, &Known::vocabulary(&custom)));
    }
    output(|out| list(out, &family))?;
    Ok(CLEAN)
}

/// What to say of a rule that there is none of, with the nearest one that there is.
pub(super) fn unknown(name: &str, known: &Vocabulary) -> Error {
    let bare = |id| str::split_once(id, '/').map_or(id, |(_, bare)| bare);
    let ids: Vec<&str> = known.keys().map(String::as_str).collect();
    // The family may have been left out.
    let by_name = || {
        let names: Vec<&str> = ids.iter().copied().map(bare).collect();
        let near = nearest(name, &names)?;
        ids.iter().copied().find(|&id| bare(id) == near)
    };
    let families: Vec<&str> = ids.iter().filter_map(|id| id.split('/').next()).collect();
    let hint = match nearest(name, &ids).or_else(by_name).or_else(|| nearest(name, &families)) {
        Some(id) => format!("; did you mean `{id}`?"),
        None => "; `callint rules` lists all".to_string(),
    };
    Error::Unknown { what: "rule", name: name.to_string(), hint }
}
