//! Findings that a comment in the script accepts: with the rule's id, a reason, and if need be a last
//! day. What such a comment gets wrong is a finding itself, `reading/suppression`.

mod comment;
mod scope;

use super::reading;
use super::settings::Settings;
use crate::config::suggestion;
use crate::diagnostic::{Diagnostic, Edit, Fix, Suppressed};
use crate::lint::Report;
use crate::script::{Fault, Script};
use crate::source::{Source, Span};
use comment::{Comment, Piece};

/// What `--fix` writes where a reason is missing. It is none, so nothing is hidden by it.
const TEMPLATE: &str = "write here why these words may stay";

/// One rule that one comment accepts.
struct Suppression {
    comment: Comment,
    rule: Piece,
    /// Where a finding begins that is accepted.
    scope: Span,
    is_used: bool,
}

/// Moves what is accepted from the findings of a report to the suppressed ones, and adds what is
/// wrong with the comments. Not sorted.
pub fn apply(report: &mut Report, sources: &[Source], settings: &Settings) {
    let known = known(settings);
    for (file, source) in sources.iter().enumerate().filter(|(_, source)| !source.is_linked) {
        let Some(script) = &settings.scripts[file] else { continue };
        let comments = comment::find(source);
        if comments.is_empty() {
            continue;
        }
        let mut faults = Vec::new();
        let mut suppressions = read(&comments, source, script, settings, &known, &mut faults);
        accept(report, file, &mut suppressions);
        let is_checked = |rule: &Piece| report.rules.iter().any(|known| known.id == rule.text);
        for unused in suppressions.iter().filter(|one| !one.is_used && is_checked(&one.rule)) {
            faults.push(unused_fault(unused, source));
        }
        for (fault, fix) in faults {
            report
                .diagnostics
                .extend(reading::diagnostic(file, &fault, settings).map(|found| Diagnostic { fixes: fix.into_iter().collect(), ..found }));
        }
    }
}

fn known<'a>(settings: &Settings<'a>) -> Vec<&'a str> {
    let rules = crate::rules::all().iter().chain(&settings.config.extra_rules).map(|rule| rule.id.as_str());
    rules.chain(crate::rules::reading::ALL.iter().map(|rule| rule.id)).collect()
}

type Faults = Vec<(Fault, Option<Fix>)>;

/// The comments that hold, one rule at a time; what is wrong with the others goes to `faults`.
fn read(
    comments: &[Comment],
    source: &Source,
    script: &Script,
    settings: &Settings,
    known: &[&str],
    faults: &mut Faults,
) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    for (index, comment) in comments.iter().enumerate() {
        let scope = match scope::of(comments, index, source, script) {
            Ok(Some(scope)) => scope,
            Ok(None) => continue,
            Err(fault) => {
                faults.push((fault, None));
                continue;
            }
        };
        if let Some(fault) = fault(comment, source, known, settings.config.today.as_deref()) {
            faults.push(fault);
            continue;
        }
        let one = |rule: &Piece| Suppression { comment: comment.clone(), rule: rule.clone(), scope, is_used: false };
        suppressions.extend(comment.rules.iter().map(one));
    }
    suppressions
}

/// Why a comment accepts nothing.
fn fault(comment: &Comment, source: &Source, known: &[&str], today: Option<&str>) -> Option<(Fault, Option<Fix>)> {
    let say = |message: String, help: &str, span: Span| Some((suppression(message, help, span), None));
    if comment.rules.is_empty() {
        let help = "Write the rule's id behind it, as in `callint-disable-next-line outage/denial -- reason`.";
        return say(format!("`{}` does not say which rule it is for", comment.command.text), help, comment.command.span);
    }
    if let Some(rule) = comment.rules.iter().find(|rule| !known.contains(&rule.text.as_str())) {
        let message = format!("there is no rule `{}`{}", rule.text, suggestion(&rule.text, known));
        return say(message, "Use an id that `callint rules` lists.", rule.span);
    }
    if let Some(until) = comment.until.as_ref().filter(|until| !is_date(&until.text)) {
        let message = format!("`{}` is no date, so nothing is suppressed", until.text);
        return say(message, "Write the last day as in `until 2027-03-01`.", until.span);
    }
    if comment.reason.is_empty() {
        let message = "this suppression gives no reason, so it does not count".to_string();
        let help = "Add two dashes and why the words may stay, as in `-- agreed with the legal team`.";
        let dashes = if source.slice(comment.words).ends_with(['-', '—', '–']) { "" } else { " --" };
        let edit = Edit { span: Span::new(comment.words.end, comment.words.end), text: format!("{dashes} {TEMPLATE}") };
        let fix = Fix { description: "Make room for the reason".to_string(), is_safe: true, edits: vec![edit] };
        return Some((suppression(message, help, comment.words), Some(fix)));
    }
    if comment.reason == TEMPLATE {
        let message = "the reason of this suppression is still to be written, so it does not count".to_string();
        let help = "Put why the words may stay in the place of these words, as in `-- agreed with the legal team`.".to_string();
        return Some((Fault { name: "reason-to-write", message, help, span: comment.words, related: None }, None));
    }
    let until = comment.until.as_ref()?;
    if today.is_some_and(|today| until.text.as_str() < today) {
        let message = format!("this suppression ended on {}", until.text);
        return say(message, "Mend what it was for, or agree on a new day.", comment.words);
    }
    None
}

fn suppression(message: String, help: &str, span: Span) -> Fault {
    Fault { name: "suppression", message, help: help.to_string(), span, related: None }
}

/// `2027-03-01`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number =
        |part: &str, length| (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().unwrap_or(0));
    let (year, month, day): (Option<u32>, Option<u32>, Option<u32>) = (number(year, 4), number(month, 2), number(day, 2));
    year.is_some() && month.is_some_and(|month| (1..=12).contains(&month)) && day.is_some_and(|day| (1..=31).contains(&day))
}

fn accept(report: &mut Report, file: usize, suppressions: &mut [Suppression]) {
    let (suppressed, left): (Vec<Diagnostic>, Vec<Diagnostic>) = std::mem::take(&mut report.diagnostics).into_iter().partition(|found| {
        let start = found.span().start;
        let holds =
            |one: &Suppression| found.file == file && one.rule.text == found.rule && one.scope.start <= start && start < one.scope.end;
        suppressions.iter().any(holds)
    });
    report.diagnostics = left;
    for mut found in suppressed {
        let start = found.span().start;
        // The nearest comment is the one that was meant; all that hold are of use.
        let holds = |one: &&mut Suppression| one.rule.text == found.rule && one.scope.start <= start && start < one.scope.end;
        for one in suppressions.iter_mut().filter(holds) {
            one.is_used = true;
            let until = one.comment.until.as_ref().map(|until| until.text.clone());
            found.suppressed = Some(Suppressed { reason: one.comment.reason.clone(), until, place: Some(one.comment.span) });
        }
        report.suppressed.push(found);
    }
}

fn unused_fault(unused: &Suppression, source: &Source) -> (Fault, Option<Fix>) {
    let message = format!("nothing is suppressed here: {} finds no fault where this comment holds", unused.rule.text);
    let fault = suppression(message, "Delete the comment, or move it to the line above the finding.", unused.rule.span);
    // A block has a second comment, and whether that is right is for the author to say.
    let is_alone = unused.comment.rules.len() == 1 && unused.comment.command.text != "callint-disable";
    let edit = Edit { span: whole_line(unused.comment.span, source), text: String::new() };
    let fix = Fix { description: "Delete the comment".to_string(), is_safe: true, edits: vec![edit] };
    (fault, is_alone.then_some(fix))
}

/// With its line where it stands alone on one, else without the space before it.
fn whole_line(span: Span, source: &Source) -> Span {
    let (first, last) = (source.line_index(span.start), source.line_index(span.end));
    let line = Span::new(source.line_start(first), source.line_start(last + 1));
    let before = source.slice(Span::new(line.start, span.start));
    if before.trim().is_empty() && source.slice(Span::new(span.end, line.end)).trim().is_empty() {
        return line;
    }
    Span::new(line.start + before.trim_end().len(), span.end)
}
