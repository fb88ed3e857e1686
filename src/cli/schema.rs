//! `callint schema`: JSON schemas, for editors that complete and check what is typed.

use super::rules::Known;
use super::{CLEAN, output};
use crate::config;
use crate::error::Error;
use crate::render::json;
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
}

pub(super) fn run(args: &Args) -> Result<i32, Error> {
    let schema = match args.what {
        What::Config => config(),
    };
    output(|out| json::print(out, &schema))?;
    Ok(CLEAN)
}

/// The schema of the project file, with every rule and what it finds, so that an editor can offer them.
fn config() -> Value {
    let mut schema: Value = serde_json::from_str(config::SCHEMA).unwrap_or_default();
    for rule in Known::all() {
        let summary = rule.summary().split_whitespace().collect::<Vec<_>>().join(" ");
        let text = format!("{summary} ({} unless set)", rule.severity().name());
        schema["definitions"]["rules"]["properties"][rule.id()] = json!({ "$ref": "#/definitions/setting", "description": text });
    }
    schema
}
