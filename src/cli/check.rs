//! `callint check`: scripts in, findings out.

use super::input::Input;
use super::rules::Known;
use super::{CLEAN, FINDINGS, Global, Level, UNUSABLE, complain, output};
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::lint::{Report, lint};
use crate::render::{self, Format, Options};
use std::io::IsTerminal;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".", value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// How to print findings
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    format: Format,
    /// What standard input is called; the ending tells Markdown from YAML
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// Lint files that do not look like call scripts, too
    #[arg(long)]
    force: bool,
    /// A folder of rule files of your own, checked beside the built-in ones
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    /// Exit with 1 for findings at this level or above [default: error]
    #[arg(long, value_enum, value_name = "LEVEL", hide_default_value = true)]
    fail_level: Option<Level>,
    /// Print findings at this level or above [default: info; warning with concise]
    #[arg(long, value_enum, value_name = "LEVEL", hide_default_value = true)]
    min_level: Option<Level>,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    let project = global.project()?;
    if let Some(project) = &project {
        let known = Known::all();
        project.check_rules(&known.iter().map(Known::id).collect::<Vec<_>>())?;
    }
    let mut input = Input::new(project.as_ref(), args.stdin_filename.as_deref())?;
    input.read(&args.paths);
    input.errors.iter().for_each(complain);
    if input.sources.is_empty() && !input.errors.is_empty() {
        return Ok(UNUSABLE);
    }
    let mut config = config(args, project.map(|project| project.config));
    if let Some(folder) = &args.rules {
        config.extra_rules = crate::rules::load(folder)?;
    }
    let report = lint(&input.sources, &config);
    let options = options(args, global);
    output(|mut out| render::write(&mut out, &report, &input.sources, &options))?;
    if args.format != Format::Json {
        say_skipped(&report, &input, global);
    }
    let fails = |level: Severity| level >= config.fail_level;
    Ok(match () {
        _ if !input.errors.is_empty() => UNUSABLE,
        _ if report.diagnostics.iter().any(|found| fails(found.severity)) => FINDINGS,
        _ => CLEAN,
    })
}

/// The command line beats the project file.
fn config(args: &Args, project: Option<Config>) -> Config {
    let mut config = project.unwrap_or_default();
    config.force |= args.force;
    if let Some(level) = args.fail_level {
        config.fail_level = level.severity();
    }
    config
}

fn options(args: &Args, global: &Global) -> Options {
    let usual = match args.format {
        Format::Concise => Severity::Warning,
        Format::Pretty | Format::Json => Severity::Info,
    };
    Options {
        format: args.format,
        color: global.has_color(),
        min_level: args.min_level.map_or(usual, Level::severity),
        is_quiet: global.quiet,
        width: std::io::stdout().is_terminal().then_some(100),
    }
}

/// A word for each skipped file that was named; files met in a folder are only counted.
fn say_skipped(report: &Report, input: &Input, global: &Global) {
    let mut count = 0;
    for &file in &report.skipped {
        let Some(source) = input.sources.get(file).filter(|source| !source.is_linked) else {
            continue;
        };
        if input.is_named(file) {
            let name = &source.name;
            let why = match source.is_table() {
                true => "no column of what the agent says beside one of what the customer says",
                false => "no agent speech, customer cue or branch in it (--force lints it anyway)",
            };
            global.say(&format!("skipped {name}: {why}"));
        } else {
            count += 1;
        }
    }
    match count {
        0 => {}
        1 => global.say("skipped 1 file that is no call script (--force lints it anyway)"),
        _ => global.say(&format!("skipped {count} files that are no call scripts (--force lints them anyway)")),
    }
}
