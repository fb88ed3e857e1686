//! The README against the tool and the repository: commands, files, scripts and the picture.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const README: &str = include_str!("../README.md");

/// What a name in the README begins with when it names a file of the repository.
const ROOTS: [&str; 10] = ["docs/", "src/", "examples/", "grammar/", "rules/", "tests/", "benches/", ".ci/", ".github/", "LICENSE"];

#[test]
fn every_command_exists() {
    let output = Command::new(env!("CARGO_BIN_EXE_callint")).arg("--help").output().expect("callint starts");
    let help = String::from_utf8(output.stdout).expect("text");
    let commands: Vec<&str> =
        help.lines().filter(|line| line.starts_with("  ")).filter_map(|line| line.split_whitespace().next()).collect();
    let named: Vec<&str> =
        code().iter().filter_map(|code| code.strip_prefix("callint ")).filter_map(|code| code.split(' ').next()).collect();
    assert!(named.contains(&"check"), "the README names no command");
    for name in named {
        assert!(commands.contains(&name), "callint has no command {name}");
    }
}

#[test]
fn every_file_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in code() {
        // Names in capitals stand for any file.
        let is_file = ROOTS.iter().any(|start| name.starts_with(start)) && !name.contains("NAME");
        assert!(!is_file || root.join(name).exists(), "{name} does not exist");
    }
}

#[test]
fn its_scripts_are_clean() {
    for (language, ending) in [("markdown", "md"), ("yaml", "yaml")] {
        let script = blocks(language).into_iter().next().expect("a script");
        let mut child = Command::new(env!("CARGO_BIN_EXE_callint"))
            .args(["check", "--no-config", "--fail-level", "info", "-", "--stdin-filename"])
            .arg(format!("script.{ending}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("callint starts");
        child.stdin.take().expect("a pipe").write_all(script.as_bytes()).expect("the script is read");
        let output = child.wait_with_output().expect("callint ends");
        assert!(output.status.success(), "{language}:\n{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn its_picture_shows_lines_of_the_examples() {
    let picture = blocks("text").into_iter().next().expect("a picture");
    let mut script = String::new();
    for line in picture.lines() {
        if let Some((_, place)) = line.split_once("─[ ") {
            let name = place.split(':').next().expect("a name");
            script = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect(name);
        }
        let Some((number, words)) = line.split_once(" │ ") else { continue };
        if let Ok(number) = number.trim().parse::<usize>() {
            assert_eq!(script.lines().nth(number - 1), Some(words));
        }
    }
}

/// What stands between backticks in running text, and the lines of shell blocks.
fn code() -> Vec<&'static str> {
    let outside = README.split("```").step_by(2);
    let mut code: Vec<&str> = outside.flat_map(|text| text.split('`').skip(1).step_by(2)).collect();
    code.extend(blocks("sh").iter().flat_map(|block| block.lines()));
    code
}

/// The fenced blocks of a language, without their fences.
fn blocks(language: &str) -> Vec<&'static str> {
    let fenced = README.split("```").skip(1).step_by(2);
    fenced.filter_map(|block| block.split_once('\n')).filter(|block| block.0 == language).map(|block| block.1).collect()
}
