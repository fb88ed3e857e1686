//! The commands: arguments in, exit code out.
//!
//! One file each in `cli/`, holding its arguments as `Args` and its work as
//! `run(&Args, &Global) -> Result<i32, Error>`, without the globals where none applies. A new command
//! is a new file, a line in `Command` and a line in [`run`].

mod acts;
mod atomic;
mod changes;
mod check;
mod completions;
mod custom;
mod debt;
mod effort;
mod eval;
mod explain;
mod fix;
mod init;
mod input;
mod levels;
mod linked;
mod man;
mod outputs;
mod progress;
mod rows;
mod rules;
mod schema;
mod show;
mod stats;
mod train;
mod watch;

use crate::config::Project;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::render::safe;
use clap::{Parser, Subcommand, ValueEnum};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;

/// Nothing at or above the fail level.
const CLEAN: i32 = 0;
/// Findings at or above the fail level.
const FINDINGS: i32 = 1;
/// Some input could not be used, or callint could not do its work.
const UNUSABLE: i32 = 2;

/// Lint customer-service call scripts: where a call goes wrong before anyone makes it.
#[derive(Parser)]
#[command(name = "callint", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

#[derive(Subcommand)]
enum Command {
    /// Find faults in scripts
    Check(Box<check::Args>),
    /// Print how a script was read: who says what, what each line does, where the call goes on
    Show(show::Args),
    /// Count what a call asks of callers: turns, questions, offers, seconds
    Effort(show::Args),
    /// Explain a rule: why it matters, how the fault looks, how to change or allow it
    Explain(explain::Args),
    /// List the rules; write, check and try rules of your own
    Rules(rules::Args),
    /// Tag lines with the speech acts that are heard in them
    Acts(acts::Args),
    /// Measure the tagger against labelled lines
    Eval(eval::Args),
    /// Train the model again
    #[command(hide = true)]
    Train(train::Args),
    /// Write a project file to begin with
    Init,
    /// Print a JSON schema for editors
    Schema(schema::Args),
    /// Print what lets a shell complete commands and options
    Completions(completions::Args),
    /// Print the manual page
    Man,
}

/// What every command understands.
#[derive(clap::Args)]
struct Global {
    /// Do not read callint.yaml
    #[arg(long, global = true)]
    no_config: bool,
    /// Print findings and errors only
    #[arg(long, short, global = true)]
    quiet: bool,
    /// When to use colour; auto also honours NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    color: When,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, ValueEnum)]
enum Level {
    Error,
    Warning,
    Info,
}

/// Runs the command line and returns the exit code.
pub fn run() -> i32 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help that nobody reads any more is not worth a word.
            let _ = error.print();
            return error.exit_code();
        }
    };
    let result = match &cli.command {
        Command::Check(args) => check::run(args, &cli.global),
        Command::Show(args) => show::run(args, &cli.global),
        Command::Effort(args) => effort::run(args, &cli.global),
        Command::Explain(args) => explain::run(args, &cli.global),
        Command::Rules(args) => rules::run(args, &cli.global),
        Command::Acts(args) => acts::run(args, &cli.global),
        Command::Eval(args) => eval::run(args, &cli.global),
        Command::Train(args) => train::run(args, &cli.global),
        Command::Init => init::run(&cli.global),
        Command::Schema(args) => schema::run(args, &cli.global),
        Command::Completions(args) => completions::run(args),
        Command::Man => man::run(),
    };
    result.unwrap_or_else(|error| {
        complain(&error);
        UNUSABLE
    })
}

impl Global {
    /// The project file that holds for the current folder.
    fn project(&self) -> Result<Option<Project>, Error> {
        self.read_project(Project::load)
    }

    /// The project file that holds here, read in one of the ways that there are.
    fn read_project(&self, read: impl Fn(&Path) -> Result<Project, Error>) -> Result<Option<Project>, Error> {
        if self.no_config {
            return Ok(None);
        }
        let folder = std::env::current_dir().map_err(|source| Error::Read { path: ".".into(), source })?;
        Project::find(&folder).as_deref().map(read).transpose()
    }

    fn has_color(&self) -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => !is_set("NO_COLOR") && !is_dumb && std::io::stdout().is_terminal(),
        }
    }

    /// Says something beside the findings.
    fn say(&self, message: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{}", safe::line(message));
        }
    }
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info => Severity::Info,
        }
    }
}

/// Says what went wrong. `eprintln!` would panic when nobody listens.
fn complain(error: &Error) {
    let message = error.to_string();
    let _ = writeln!(std::io::stderr(), "error: {}", safe::line(&message));
}

/// Lets `print` write to standard output. A reader who has seen enough (`callint check | head`) is no
/// error.
fn output(print: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Error> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match print(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::Write(error)),
        _ => Ok(()),
    }
}
