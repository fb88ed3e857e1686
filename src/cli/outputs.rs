//! Where findings go: one format to standard output, and any number of them to files.

use super::{Global, Level, output};
use crate::error::Error;
use crate::lint::Report;
use crate::render::{self, Format, Options};
use crate::source::Source;
use clap::ValueEnum;
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

#[derive(Clone, clap::Args)]
pub(super) struct Outputs {
    /// How to print findings
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub format: Format,
    /// Write findings to a file, too, in a format of its own; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = destination)]
    output: Vec<Destination>,
    /// Print findings at this level or above [default: info with pretty, json and sarif, else warning]
    #[arg(long, value_enum, value_name = "LEVEL", hide_default_value = true)]
    min_level: Option<Level>,
    /// What a source is called.
    #[arg(skip = "script")]
    noun: &'static str,
}

#[derive(Clone, Debug)]
struct Destination {
    format: Format,
    path: PathBuf,
}

impl Outputs {
    /// The same for sources of another kind.
    pub fn of(&self, noun: &'static str) -> Outputs {
        Outputs { noun, ..self.clone() }
    }

    /// What is written beside standard output.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.output.iter().map(|destination| destination.path.as_path())
    }
}

/// Writes a report wherever it was asked for.
///
/// # Errors
/// A file that cannot be written, or standard output.
pub(super) fn write(outputs: &Outputs, report: &Report, sources: &[Source], global: &Global) -> Result<(), Error> {
    // Files first: a reader who closes the pipe must not keep them from being written.
    for destination in &outputs.output {
        let options = Options { color: false, width: None, ..options(outputs, destination.format, global) };
        let fail = |source| Error::WriteFile { path: destination.path.clone(), source };
        let mut file = BufWriter::new(File::create(&destination.path).map_err(fail)?);
        render::write(&mut file, report, sources, &options).and_then(|()| file.flush()).map_err(fail)?;
    }
    let options = options(outputs, outputs.format, global);
    output(|mut out| render::write(&mut out, report, sources, &options))
}

fn options(outputs: &Outputs, format: Format, global: &Global) -> Options {
    Options {
        format,
        color: global.has_color(),
        min_level: outputs.min_level.map_or(format.usual_level(), Level::severity),
        is_quiet: global.quiet,
        width: std::io::stdout().is_terminal().then_some(100),
        noun: outputs.noun,
    }
}

fn destination(text: &str) -> Result<Destination, String> {
    let (format, path) = text.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or("expected FORMAT=FILE, as in sarif=out.sarif")?;
    let format = Format::from_str(format, false).map_err(|_| {
        let known: Vec<String> =
            Format::value_variants().iter().filter_map(Format::to_possible_value).map(|value| value.get_name().to_string()).collect();
        format!("`{format}` is no format; expected {}", known.join(", "))
    })?;
    Ok(Destination { format, path: PathBuf::from(path) })
}
