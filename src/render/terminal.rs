//! Findings for a reader at a terminal: the words, the call that leads there, and what to do.
//!
//! ariadne draws the excerpt between the header and the notes; both of those are written here. It
//! is given characters, is asked for no colour unless wanted, and never sees a text that was not made
//! harmless before. Its own file headers are replaced, as their columns are those of the cut lines.

use super::excerpt::{Page, Pages};
use super::mark::{Mark, marks};
use super::notes::notes;
use super::{Options, file_name, safe, shown, summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Report;
use crate::source::Source;
use ariadne::{Color, Config, IndexType, Label, ReportKind};
use rayon::prelude::*;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::rc::Rc;

/// Stands before and after the number of a page where ariadne writes a file's name. No text that is
/// drawn has it.
const TOKEN: char = '\u{1}';
/// Stands for the words of a label that has none: ariadne draws no underline without any.
const WORDLESS: &str = "\u{2}";

/// Prints every finding at or above the options' level, then a summary.
pub fn write(out: &mut impl Write, report: &Report, sources: &[Source], options: &Options) -> io::Result<()> {
    let shown: Vec<&Diagnostic> = shown(report, options).collect();
    let drawn: io::Result<Vec<Vec<u8>>> =
        shown.par_chunk_by(|one, next| one.file == next.file).map(|found| draw_file(found, sources, options)).collect();
    for text in drawn? {
        out.write_all(&text)?;
    }
    if options.is_quiet {
        return Ok(());
    }
    summary::write(out, report, sources, options)
}

/// The findings of one file. Drawing takes long, so that many files are drawn at once.
fn draw_file(all: &[&Diagnostic], sources: &[Source], options: &Options) -> io::Result<Vec<u8>> {
    let mut pages = Pages::new(sources);
    let mut out = Vec::new();
    for found in all {
        write_finding(&mut out, found, &mut pages, sources, options)?;
    }
    Ok(out)
}

fn write_finding(out: &mut impl Write, found: &Diagnostic, pages: &mut Pages, sources: &[Source], options: &Options) -> io::Result<()> {
    write_header(out, found, options)?;
    let (marks, extra) = marks(found, sources);
    let drawn = draw(found, &marks, pages, options)?;
    let mut lines: Vec<String> = Vec::new();
    for line in drawn.lines().skip(1) {
        match lines.last_mut() {
            // The underline alone, without an arrow to nothing.
            Some(underline) if line.ends_with(WORDLESS) => *underline = underline.replace('┬', "─"),
            _ => lines.push(place(line, &marks, found, sources)),
        }
    }
    // The corner below the excerpt comes after the notes; it tells how wide the margin is.
    let corner = lines.pop().unwrap_or_default();
    for line in lines {
        writeln!(out, "{}", line.trim_end())?;
    }
    let margin = " ".repeat(corner.matches('─').count());
    let bar = paint("│", "38;5;246", options);
    for note in extra.into_iter().chain(notes(found, options)) {
        writeln!(out, "{margin}{bar} {note}")?;
    }
    writeln!(out, "{corner}\n")
}

/// `error[family/rule]: message`.
fn write_header(out: &mut impl Write, found: &Diagnostic, options: &Options) -> io::Result<()> {
    let code = match found.severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Info => "1;34",
    };
    let kind = format!("{}[{}]", found.severity.name(), safe::line(&found.rule));
    writeln!(out, "{}: {}", paint(&kind, code, options), safe::line(&found.message))
}

fn paint(text: &str, code: &str, options: &Options) -> String {
    match options.color {
        true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        false => text.to_string(),
    }
}

/// Lets ariadne draw the marks, which are grouped by file.
fn draw(found: &Diagnostic, marks: &[Mark], pages: &mut Pages, options: &Options) -> io::Result<String> {
    let (mut drawn, mut labels) = (Vec::new(), Vec::new());
    for (index, marks) in marks.chunk_by(|one, two| one.file == two.file).enumerate() {
        let page = pages.page(marks[0].file, marks);
        for ((mark, span), words) in marks.iter().zip(&page.spans).zip(words(marks, &page)) {
            let mut label = Label::new((index, page.letters(*span)));
            if !words.is_empty() {
                label = label.with_message(words);
            }
            let color = if mark.is_primary { primary_color(found) } else { Color::Cyan };
            labels.push(if options.color { label.with_color(color) } else { label });
        }
        drawn.push(page);
    }
    let config = Config::default().with_index_type(IndexType::Char).with_color(options.color);
    let start: (usize, Range<usize>) = (0, 0..0);
    let report = ariadne::Report::build(ReportKind::Error, start).with_config(config);
    let mut buffer = Vec::new();
    report.with_labels(labels).finish().write(Drawing(drawn), &mut buffer)?;
    Ok(String::from_utf8_lossy(&buffer).into_owned())
}

/// What each mark says. Of the marks on a line one at least says something.
fn words<'a>(marks: &'a [Mark], page: &Page) -> Vec<&'a str> {
    let line = |index: usize| page.line(page.spans[index].start);
    let mut words: Vec<&str> = marks.iter().map(|mark| mark.message.as_str()).collect();
    for index in 0..words.len() {
        let is_silent = |other: usize| line(other) != line(index) || words[other].is_empty();
        if (0..words.len()).all(is_silent) {
            words[index] = WORDLESS;
        }
    }
    words
}

fn primary_color(found: &Diagnostic) -> Color {
    match found.severity {
        Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Info => Color::Blue,
    }
}

/// Puts `file:line:column` in the place of a page's token and of what ariadne wrote after it.
fn place(line: &str, marks: &[Mark], found: &Diagnostic, sources: &[Source]) -> String {
    let mut parts = line.splitn(3, TOKEN);
    let (Some(before), Some(page), Some(after)) = (parts.next(), parts.next(), parts.next()) else {
        return line.to_string();
    };
    let page: usize = page.parse().unwrap_or(0);
    let mut groups = marks.chunk_by(|one, two| one.file == two.file);
    let first = groups.nth(page).and_then(|group| {
        let is_primary = |mark: &&Mark| mark.is_primary && mark.file == found.file;
        group.iter().find(is_primary).or(group.first())
    });
    let after = after.trim_start_matches(|letter: char| letter == ':' || letter.is_ascii_digit());
    let Some(mark) = first else {
        return format!("{before}{after}");
    };
    let start = sources[mark.file].position(mark.span.start);
    let name = safe::line(file_name(sources, mark.file));
    format!("{before}{name}:{}:{}{after}", start.line, start.column)
}

/// The pages of one finding, as ariadne asks for them.
struct Drawing(Vec<Page>);

impl ariadne::Cache<usize> for Drawing {
    type Storage = String;

    fn fetch(&mut self, id: &usize) -> Result<&ariadne::Source<String>, impl fmt::Debug> {
        let page = self.0.get(*id).map(|page| Rc::as_ref(&page.text));
        page.ok_or("no such page")
    }

    fn display<'a>(&self, id: &'a usize) -> Option<impl fmt::Display + 'a> {
        Some(format!("{TOKEN}{id}{TOKEN}"))
    }
}
