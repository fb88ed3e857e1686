//! `--fix`: findings that can be mended are, and the files are written.

use super::{Global, atomic, output};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::fix;
use crate::lint::Report;
use crate::render::safe;
use crate::source::Source;
use similar::TextDiff;
use std::path::Path;

/// A fix can make room for the next one.
const MAX_ROUNDS: usize = 10;

#[derive(clap::Args)]
pub(super) struct Fixes {
    /// Mend what can be mended without doubt: a jump with one near target, a comment that accepts nothing or has no reason
    #[arg(long, conflicts_with_all = ["staged", "write_baseline"])]
    fix: bool,
    /// Put in proposed wording, too, to be read before it is used
    #[arg(long = "unsafe")]
    is_unsafe_wanted: bool,
    /// Show what --fix would change, and leave the files as they are
    #[arg(long, conflicts_with_all = ["staged", "write_baseline"])]
    diff: bool,
}

impl Fixes {
    pub fn is_wanted(&self) -> bool {
        self.fix || self.diff
    }

    /// Whether the changes are all that is to be shown.
    pub fn is_only_shown(&self) -> bool {
        self.diff
    }
}

/// Mends the sources of a report as long as that makes it better; `find` lints them.
///
/// # Errors
/// Those of `find`.
pub(super) fn mend(fixes: &Fixes, sources: &mut [Source], find: impl Fn(&[Source]) -> Result<Report, Error>) -> Result<(), Error> {
    let mut spoilt = Vec::new();
    let mut report = find(sources)?;
    for _ in 0..MAX_ROUNDS {
        let mut changed = Vec::new();
        for findings in report.diagnostics.chunk_by(|one, two| one.file == two.file) {
            let (file, findings) = (findings[0].file, findings.iter().collect::<Vec<_>>());
            // Where a byte was not UTF-8, what stands in the file is not known.
            if spoilt.contains(&file) || !sources[file].invalid.is_empty() {
                continue;
            }
            if let Some((text, mended)) = fix::apply(&sources[file], &findings, fixes.is_unsafe_wanted) {
                let fixed = sources[file].with_text(text);
                changed.push((file, std::mem::replace(&mut sources[file], fixed), mended));
            }
        }
        if changed.is_empty() {
            break;
        }
        let mut after = find(sources)?;
        let failed: Vec<(usize, Source)> = changed
            .into_iter()
            .filter(|(file, before, mended)| !is_better(*file, mended, (&report, before), (&after, &sources[*file])))
            .map(|(file, before, _)| (file, before))
            .collect();
        for (file, before) in failed {
            sources[file] = before;
            spoilt.push(file);
            after = find(sources)?;
        }
        report = after;
    }
    Ok(())
}

/// Whether what was mended is gone, and no part of the file became harder to read. Other findings may
/// come: a jump that leads somewhere again shows what it leads to, and a rule that speaks once of a
/// file then speaks of the next place in it.
fn is_better(file: usize, mended: &[&Diagnostic], before: (&Report, &Source), after: (&Report, &Source)) -> bool {
    let count = |(report, _): (&Report, &Source), is_meant: &dyn Fn(&Diagnostic) -> bool| {
        report.diagnostics.iter().filter(|found| found.file == file && is_meant(found)).count()
    };
    let is_reading = |found: &Diagnostic| found.rule.starts_with("reading/");
    mended.iter().all(|gone| {
        let is_same = |one: &Diagnostic| one.rule == gone.rule && one.section == gone.section;
        let words = |found: &Diagnostic, source: &Source| source.slice(found.span()).to_string();
        let lost = words(gone, before.1);
        let alike = mended.iter().filter(|one| is_same(one) && words(one, before.1) == lost).count();
        let left = count(after, &|found| is_same(found) && words(found, after.1) == lost);
        left + alike <= count(before, &|found| is_same(found) && words(found, before.1) == lost)
    }) && count(after, &is_reading) <= count(before, &is_reading)
}

/// Writes what changed, or shows it. Returns whether anything did.
///
/// # Errors
/// A file that cannot be written; those before it are.
pub(super) fn save(fixes: &Fixes, before: &[Source], after: &[Source], global: &Global) -> Result<bool, Error> {
    let changed: Vec<(&Source, &Source)> = before.iter().zip(after).filter(|(before, after)| before.text != after.text).collect();
    for (before, after) in &changed {
        if fixes.diff {
            output(|out| out.write_all(diff(before, after).as_bytes()))?;
        } else {
            let mark = "\u{feff}".repeat(before.skipped / 3);
            atomic::write(Path::new(&before.name), format!("{mark}{}", after.text).as_bytes())?;
            global.say(&format!("changed {}", before.name));
        }
    }
    Ok(!changed.is_empty())
}

fn diff(before: &Source, after: &Source) -> String {
    let name = safe::line(before.name.trim_start_matches('/'));
    let diff = TextDiff::from_lines(&before.text, &after.text);
    let diff = diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    safe::excerpt(&diff)
}
