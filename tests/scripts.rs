//! How every notation is read: for each file in `tests/scripts/`, what `callint show` prints and what
//! `callint check` finds, as a snapshot. `broken/` holds scripts with mistakes in them, which must be
//! told and read all the same.
//!
//! The acts of the lines are left out here: they have tests of their own, in the files of the acts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn every_notation_is_read_as_it_was_meant() {
    insta::glob!("scripts/**/*.{md,txt,yaml,json,csv,tsv}", |path| {
        if path.ends_with("README.md") {
            return;
        }
        let tree = without_acts(&callint(&["show"], path));
        let findings = callint(&["check", "--no-config", "--format", "concise"], path);
        insta::assert_snapshot!(format!("{tree}\n{findings}"));
    });
}

#[test]
fn every_script_stands_in_the_table_of_notations() {
    let table = std::fs::read_to_string(folder().join("README.md")).expect("the table");
    let cells = table.lines().filter_map(|row| row.strip_suffix(" |")?.rsplit_once(" | ")).map(|(_, cell)| cell);
    let named: BTreeSet<String> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_string).collect();
    let mut found = BTreeSet::new();
    insta::glob!("scripts/**/*.{md,txt,yaml,json,csv,tsv}", |path| {
        found.insert(name_of(path));
    });
    found.remove("README.md");
    assert_eq!(named, found, "left: named in README.md, right: in the folder");
}

#[test]
fn five_mistakes_are_told_as_five_and_the_rest_is_read() {
    let markdown = [
        "2:1: error[reading/syntax] a quote opens here",
        "3:1: error[reading/syntax] a bracket opens here",
        "13:12: error[flow/broken-jump]",
        "14:18: error[flow/broken-jump] “Step 9”",
        "26:4: error[reading/duplicate-id]",
    ];
    let yaml = [
        "6:7: warning[reading/unknown-key]",
        "9:17: error[flow/broken-jump]",
        "13:2: error[reading/syntax] this line is indented with a tab",
        "17:3: error[reading/duplicate-id]",
        "19:7: error[reading/syntax] a quote opens here",
    ];
    for (name, mistakes) in [("broken/five-mistakes.md", markdown), ("broken/five-mistakes.yaml", yaml)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts").join(name);
        let findings = callint(&["check", "--no-config", "--format", "concise"], &path);
        for mistake in mistakes {
            assert!(findings.contains(&format!("{name}:{mistake}")), "{mistake}: {findings}");
        }
        let tree = callint(&["show"], &path);
        assert!(tree.contains("→") && tree.contains("agent says"), "{name}: {tree}");
    }
}

#[test]
fn what_a_chatbot_says_is_found_in_another_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts/import/rasa");
    let findings = callint(&["check", "--no-config", "--format", "concise"], &folder);
    assert!(findings.contains("domain.yaml:9:27: warning[empathy/blames-customer]"), "{findings}");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts").canonicalize().expect("the folder of the scripts")
}

/// A script's path within the folder.
fn name_of(path: &Path) -> String {
    let path = path.canonicalize().expect("a script");
    path.strip_prefix(folder()).expect("a script in the folder").to_string_lossy().replace('\\', "/")
}

/// What the binary prints, run in the folder of the scripts.
fn callint(args: &[&str], path: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_callint"));
    let output = command.args(args).arg(name_of(path)).current_dir(folder()).output().expect("callint starts");
    String::from_utf8(output.stdout).expect("text")
}

/// Takes `acts: greeting, apology` out of the lines that tell of a row.
fn without_acts(tree: &str) -> String {
    let mut text = String::new();
    for line in tree.lines() {
        let parts: Vec<&str> = line.trim_start().split(" · ").collect();
        let kept: Vec<&str> = parts.iter().copied().filter(|part| !part.starts_with("acts: ")).collect();
        if kept.is_empty() {
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        text.push_str(&format!("{indent}{}\n", kept.join(" · ")));
    }
    text
}
