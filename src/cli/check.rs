//! `callint check`: scripts in, findings out.

use super::changes::{self, Changes};
use super::custom;
use super::debt::{self, Debt};
use super::fix::{self, Fixes};
use super::input::Input;
use super::levels::Levels;
use super::outputs::{self, Outputs};
use super::progress::Progress;
use super::rules::Known;
use super::{CLEAN, FINDINGS, Global, UNUSABLE, complain, stats, watch};
use crate::config::{Config, Project};
use crate::error::Error;
use crate::lint::{Report, STEPS, lint_telling};
use crate::rule::Rule;
use crate::rules::custom::Custom;
use crate::source::Source;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".", value_name = "PATHS")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    outputs: Outputs,
    /// What standard input is called; the ending tells Markdown from YAML
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// Lint files that do not look like call scripts, too
    #[arg(long)]
    force: bool,
    /// A folder of rule files of your own, beside those that callint.yaml names; may be given several times
    #[arg(long, value_name = "FOLDER")]
    rules: Vec<PathBuf>,
    /// Also check what a law or a trade asks for, as in us-ca or pci; may be given several times
    #[arg(long, value_name = "NAME")]
    profile: Vec<String>,
    #[command(flatten)]
    levels: Levels,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    debt: Debt,
    #[command(flatten)]
    fixes: Fixes,
    /// Hear by patterns only, without the model that reads lines no pattern foresees
    #[arg(long)]
    patterns_only: bool,
    /// Say how often each rule found something
    #[arg(long)]
    stats: bool,
    /// Go on: lint again whenever a script or callint.yaml changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "diff", "staged", "write_baseline", "prune_baseline"])]
    watch: bool,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<i32, Error> {
    if !args.watch {
        return once(args, global);
    }
    if args.paths.iter().any(|path| path == Path::new("-")) {
        return Err(Error::WatchStdin);
    }
    let project = if global.no_config { None } else { std::env::current_dir().ok().as_deref().and_then(Project::find) };
    let folders = project.as_deref().and_then(|path| Project::load(path).ok()).map_or(Vec::new(), |project| project.rule_folders);
    let rules: Vec<PathBuf> = args.rules.iter().cloned().chain(folders).collect();
    let places =
        watch::Places { scripts: &args.paths, rules: &rules, project: project.as_deref(), written: args.outputs.files().collect() };
    watch::run(&places, global, || once(args, global))
}

fn once(args: &Args, global: &Global) -> Result<i32, Error> {
    let project = global.project()?;
    if args.fixes.is_wanted() && !args.fixes.is_only_shown() && args.paths.iter().any(|path| path == Path::new("-")) {
        return Err(Error::FixStdin);
    }
    let mut input = Input::new(project.as_ref(), args.stdin_filename.as_deref())?;
    let (custom, errors) = custom::load(&custom::folders(&args.rules, project.as_ref()));
    input.errors.extend(errors);
    let config = config(args, project, &custom)?;
    input.read(&args.paths);
    input.errors.iter().for_each(complain);
    if input.sources.is_empty() && !input.errors.is_empty() {
        return Ok(UNUSABLE);
    }
    changes::stage(&args.changes, &mut input.sources)?;
    let find = |sources: &[Source]| find(args, sources, &config, global);
    if args.fixes.is_wanted() {
        let before = input.sources.clone();
        fix::mend(&args.fixes, &mut input.sources, |sources| find(sources).map(|(report, _)| report))?;
        let is_changed = fix::save(&args.fixes, &before, &input.sources, global)?;
        if args.fixes.is_only_shown() {
            return Ok(if is_changed { FINDINGS } else { CLEAN });
        }
    }
    let (mut report, debt) = find(&input.sources)?;
    custom::tell(&custom, &config, &mut report, &mut input.sources);
    outputs::write(&args.outputs, &report, &input.sources, global)?;
    say_skipped(args, &report, &input, global);
    if args.stats {
        stats::say(&report, global);
    }
    let is_failure = tell_failures([debt, args.levels.failure(&report, config.fail_level)], global) && !args.levels.exit_zero;
    Ok(match input.errors.is_empty() {
        false => UNUSABLE,
        true if is_failure => FINDINGS,
        true => CLEAN,
    })
}

/// Says why the check fails; whether it does.
fn tell_failures(reasons: [Option<String>; 2], global: &Global) -> bool {
    let mut fails = false;
    for reason in reasons.into_iter().flatten() {
        fails = true;
        if !reason.is_empty() {
            global.say(&reason);
        }
    }
    fails
}

/// Findings that count, and why the baseline fails, if it does.
fn find(args: &Args, sources: &[Source], config: &Config, global: &Global) -> Result<(Report, Option<String>), Error> {
    let progress = Progress::new(sources.len() * STEPS, global);
    let mut report = lint_telling(sources, config, &|steps| progress.advance(steps));
    drop(progress);
    changes::apply(&args.changes, &mut report, sources, config)?;
    let debt = debt::apply(&args.debt, &mut report, sources, global)?;
    Ok((report, debt))
}

/// What holds for this run: the command line beats the project file.
fn config(args: &Args, project: Option<Project>, custom: &Custom) -> Result<Config, Error> {
    let known = Known::vocabulary(custom);
    if let Some(project) = &project {
        project.check_rules(&known)?;
        project.check_acts(&custom.act_names)?;
        project.check_profiles(&crate::rules::profiles(&custom.rules))?;
    }
    let mut config = project.map(|project| project.config).unwrap_or_default();
    config.force |= args.force;
    config.is_by_patterns = args.patterns_only;
    config.folder = std::env::current_dir().and_then(|folder| folder.canonicalize()).unwrap_or_default();
    config.extra_rules = custom.rules.clone();
    config.own_acts = custom.acts.clone();
    config.today = Some(today());
    config.profiles.extend(profiles(&args.profile, &config.extra_rules)?);
    args.levels.apply(&mut config, &known)?;
    // Those of `--config`, too.
    profiles(&config.profiles, &config.extra_rules)?;
    Ok(config)
}

/// The profiles of the command line, if some rule knows them.
fn profiles(named: &[String], extra: &[Rule]) -> Result<Vec<String>, Error> {
    let known = crate::rules::profiles(extra);
    match named.iter().find(|name| !known.contains(&name.as_str())) {
        Some(name) => {
            let near = crate::config::suggestion(name, &known);
            let hint = if near.is_empty() { format!("; there are {}", known.join(", ")) } else { near };
            Err(Error::Unknown { what: "profile", name: name.clone(), hint })
        }
        None => Ok(named.to_vec()),
    }
}

/// A word for each skipped file that was named; files met in a folder are only counted. Formats for machines have no
/// summary: what was checked in part is said here, as silence would read as clean.
fn say_skipped(args: &Args, report: &Report, input: &Input, global: &Global) {
    if !args.outputs.format.is_for_people() {
        let count = report.uncovered.len();
        if count > 0 {
            global.say(&format!("scripts in a language that callint does not cover, checked in part: {count}"));
        }
        return;
    }
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

/// The day in UTC, as in `2027-03-01`. SOURCE_DATE_EPOCH stands in for the clock, as in builds that
/// must come out the same: <https://reproducible-builds.org/specs/source-date-epoch/>.
fn today() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let now = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    date((fixed.unwrap_or_else(now) / 86_400) as i64)
}

/// From days since 1970: <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn date(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    format!("{:04}-{month:02}-{day:02}", year_of_era + era * 400 + i64::from(month <= 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!((date(0).as_str(), date(11_016).as_str(), date(20_878).as_str()), ("1970-01-01", "2000-02-29", "2027-03-01"));
    }
}
