//! The scripts of examples/: the harmful ones show the faults they were written for, all others are clean.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What must be among the findings of a harmful script. More may be found.
const EXPECTED: &[(&str, &[&str])] = &[
    (
        "bank-line-harmful.md",
        &[
            "identity/too-many-checks", "identity/gate-before-help", "identity/repeated-check", "identity/secret-requested",
            "empathy/minimises",
        ],
    ),
    (
        "cable-harmful.md",
        &["agent/save-incentive", "retention/cancel-unreachable", "retention/loop", "retention/pressure", "retention/too-many-offers"],
    ),
    (
        "card-programme-harmful.md",
        &[
            "agent/forbids-truth", "agent/trap-words", "consent/unrequested-enrolment", "empathy/blames-customer",
            "retention/cancel-unreachable", "retention/threat",
        ],
    ),
    ("transfer-outage-harmful.yaml", &["agent/forbids-truth", "agent/punishment", "outage/denial", "outage/unrealistic-expectations"]),
    (
        "upload-portal-harmful.yaml",
        &["agent/handle-time-pressure", "empathy/blames-customer", "empathy/missing-before-process", "outage/denial"],
    ),
];

#[test]
fn harmful_scripts_show_their_faults() {
    for &(name, expected) in EXPECTED {
        let rules: BTreeSet<String> = findings(name).into_iter().map(|found| found.rule).collect();
        for rule in expected {
            assert!(rules.contains(*rule), "{name} lacks {rule}; found: {rules:?}");
        }
    }
}

#[test]
fn every_harmful_script_is_in_the_table() {
    let known: BTreeSet<&str> = EXPECTED.iter().map(|(name, _)| *name).collect();
    let found = names();
    let found: BTreeSet<&str> = found.iter().map(String::as_str).filter(|name| is_harmful(name)).collect();
    assert_eq!(found, known);
}

#[test]
fn every_harmful_script_has_a_repaired_one() {
    let names = names();
    for name in names.iter().filter(|name| is_harmful(name)) {
        let repaired = name.replace("-harmful.", "-repaired.");
        assert!(names.contains(&repaired), "{repaired} is missing");
    }
}

#[test]
fn all_other_scripts_are_clean() {
    let mut wrong = Vec::new();
    for name in names().iter().filter(|name| !is_harmful(name)) {
        let found = findings(name);
        wrong.extend(found.iter().filter(|found| found.severity != "info").map(|found| format!("{name}:{}: {}", found.line, found.rule)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

struct Finding {
    rule: String,
    severity: String,
    line: u64,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn is_harmful(name: &str) -> bool {
    name.contains("-harmful.")
}

/// The files of examples/, sorted.
fn names() -> Vec<String> {
    let files = std::fs::read_dir(folder()).expect("examples/ is there");
    let name = |file: std::io::Result<std::fs::DirEntry>| {
        file.expect("a folder that can be read").file_name().into_string().expect("a name in UTF-8")
    };
    let mut names: Vec<String> = files.map(name).collect();
    names.sort();
    names
}

/// What `callint check` says of one example, which must be read as a call script.
fn findings(name: &str) -> Vec<Finding> {
    let output = Command::new(env!("CARGO_BIN_EXE_callint"))
        .args(["check", "--no-config", "--format", "json", "--"])
        .arg(name)
        .current_dir(folder())
        .output()
        .expect("callint starts");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(report["summary"]["files"], 1, "{name} is not read as a call script");
    let text = |finding: &Value, key: &str| finding[key].as_str().expect(key).to_string();
    let finding = |finding: &Value| Finding {
        rule: text(finding, "rule"),
        severity: text(finding, "severity"),
        line: finding["line"].as_u64().expect("a line"),
    };
    report["findings"].as_array().expect("a list").iter().map(finding).collect()
}
