//! The pages of docs/ and the files that they speak of: every command runs, every option exists.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The pages, in the order in which their commands build on each other.
const PAGES: [&str; 6] = [
    include_str!("../docs/ci.md"),
    include_str!("../docs/pre-commit.md"),
    include_str!("../docs/github.md"),
    include_str!("../docs/gitlab.md"),
    include_str!("../docs/container.md"),
    include_str!("../docs/shell.md"),
];

fn callint(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_callint")).args(args).current_dir(folder).output().expect("callint starts")
}

#[test]
fn every_command_runs() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("ci-{}", std::process::id()));
    fs::create_dir_all(folder.join("scripts")).expect("a folder");
    fs::write(folder.join("scripts/a.md"), "Agent: \"Hello. How can I help?\"\n").expect("a script");
    let Ok(git) = Command::new("git").args(["init", "-q"]).current_dir(&folder).status() else {
        return eprintln!("skipped: there is no git here");
    };
    assert!(git.success());
    let blocks = PAGES.iter().flat_map(|page| page.split("```").skip(1).step_by(2)).filter_map(|block| block.strip_prefix("sh\n"));
    let commands: Vec<&str> = blocks.flat_map(str::lines).collect();
    assert!(commands.len() > 10);
    for command in commands {
        let words: Vec<&str> = command.split(' ').collect();
        assert_eq!(words[0], "callint", "{command}");
        let output = callint(&folder, &words[1..]);
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
    for written in ["callint.yaml", "known.jsonl", "callint.sarif", "callint.json", "callint.xml"] {
        assert!(folder.join(written).is_file(), "{written}");
    }
    fs::remove_dir_all(folder).expect("the folder goes");
}

#[test]
fn every_option_of_the_jobs_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let help = String::from_utf8(callint(root, &["check", "--help"]).stdout).expect("text");
    for name in ["action.yml", ".pre-commit-hooks.yaml", "docs/gitlab-ci.yml"] {
        let text = fs::read_to_string(root.join(name)).expect(name);
        let _: serde_json::Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let lines = text.lines().filter(|line| line.contains("callint check") || line.contains("args+="));
        for option in lines.flat_map(|line| line.split([' ', '"', '=', '('])).filter(|word| word.starts_with("--") && word.len() > 2) {
            assert!(help.contains(option), "{name}: {option}");
        }
    }
}

#[test]
fn the_manual_has_every_command() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let man = String::from_utf8(callint(root, &["man"]).stdout).expect("text");
    for word in ["callint", "check", "explain", "baseline", "SARIF"] {
        assert!(man.contains(word), "{word}");
    }
}
