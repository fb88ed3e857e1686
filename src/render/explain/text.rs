//! A rule in words, for a terminal.

use super::{Body, Page};
use crate::render::{safe, wrap};
use std::io::{self, Write};

/// In characters.
const WIDTH: usize = 88;

/// Prints a page.
///
/// # Errors
/// Only those of `out`.
pub fn write(out: &mut dyn Write, page: &Page) -> io::Result<()> {
    writeln!(out, "{} ({})\n", page.id, page.severity.name())?;
    hang(out, "", &page.summary)?;
    for (title, body) in &page.parts {
        writeln!(out, "\n{title}")?;
        match body {
            Body::Words(words) => words.split("\n\n").try_for_each(|paragraph| hang(out, "  ", paragraph))?,
            Body::List(list) => list.iter().try_for_each(|item| hang(out, "  - ", item))?,
            Body::Code(code, _) => {
                for line in safe::excerpt(code).lines() {
                    writeln!(out, "{}", format!("    {line}").trim_end())?;
                }
            }
        }
    }
    Ok(())
}

fn hang(out: &mut dyn Write, first: &str, text: &str) -> io::Result<()> {
    wrap::hang(first, &safe::line(text), WIDTH).iter().try_for_each(|line| writeln!(out, "{line}"))
}
