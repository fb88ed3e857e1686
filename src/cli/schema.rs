//! `callint schema`: JSON schemas, for editors that complete and check what is typed.

use super::custom::of_project;
use super::rules::Known;
use super::{CLEAN, Global, output};
use crate::act::Lexicon;
use crate::config;
use crate::error::Error;
use crate::render::json;
use crate::rule::Rule;
use crate::rules::schema;
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(super) struct Args {
    /// What to describe
    #[arg(value_enum)]
    what: What,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum What {
    /// The project file, callint.yaml
    Config,
    /// A file of a rule
    Rule,
    /// A file of a speech act
    Act,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    let schema = match args.what {
        What::Config => config(&of_project(global).0.rules),
        What::Rule => schema::with_acts(schema::rule(), &acts(global)),
        What::Act => schema::act(),
    };
    output(|out| json::print(out, &schema))?;
    Ok(CLEAN)
}

/// The acts that rules may speak of, a project's own behind those of callint.
fn acts(global: &Global) -> Vec<String> {
    let own = of_project(global).0.acts.into_iter().map(|act| act.act);
    let known = &Lexicon::embedded().names;
    known.iter().cloned().chain(own.filter(|name| !known.contains(name))).collect()
}

/// The schema of the project file, with every rule and what it finds, so that an editor can offer them.
fn config(extra: &[Rule]) -> Value {
    let mut schema: Value = serde_json::from_str(config::SCHEMA).unwrap_or_default();
    for rule in Known::all(extra) {
        let summary = rule.summary().split_whitespace().collect::<Vec<_>>().join(" ");
        let text = format!("{summary} ({} unless set)", rule.severity().name());
        schema["definitions"]["rules"]["properties"][rule.id()] = json!({ "$ref": "#/definitions/setting", "description": text });
    }
    schema
}
