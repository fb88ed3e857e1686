//! The binary from outside: exit codes, standard input, each format, what goes to which stream.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of its own, and callint in it.
struct Run {
    folder: PathBuf,
    args: Vec<String>,
    input: Option<Vec<u8>>,
}

const SCRIPT: &str = "# Billing\n\nAgent: \"Thank you for calling. How can I help you?\"\n";

impl Run {
    fn new() -> Run {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "run-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join(".git")).expect("a folder for the test");
        Run {
            folder,
            args: vec!["check".into()],
            input: None,
        }
    }

    fn file(self, name: &str, text: impl AsRef<[u8]>) -> Run {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder in the folder");
        fs::write(path, text).expect("a file for the test");
        self
    }

    fn args(mut self, args: &[&str]) -> Run {
        self.args.extend(args.iter().map(ToString::to_string));
        self
    }

    fn input(mut self, text: &str) -> Run {
        self.input = Some(text.into());
        self
    }

    fn done(self) -> Done {
        let mut child = Command::new(env!("CARGO_BIN_EXE_callint"))
            .args(&self.args)
            .current_dir(&self.folder)
            .env_remove("NO_COLOR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("callint starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A command that reads no input may be gone by now.
        let _ = stdin.write_all(&self.input.unwrap_or_default());
        drop(stdin);
        let output = child.wait_with_output().expect("callint ends");
        fs::remove_dir_all(&self.folder).expect("the folder goes");
        Done::from(output)
    }
}

#[derive(Debug)]
struct Done {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Done {
        Done {
            code: output.status.code().expect("no signal"),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }
}

#[test]
fn a_missing_file_is_said_and_the_rest_is_linted() {
    let done = Run::new()
        .file("a.md", SCRIPT)
        .args(&["a.md", "b.md", "--format", "json"])
        .done();
    assert_eq!(done.code, 2);
    assert_eq!(done.err, "error: no such file or folder: b.md\n");
    assert!(done.out.contains("\"findings\""), "{done:?}");
}

#[test]
fn a_missing_file_alone_prints_no_findings() {
    let done = Run::new().args(&["b.md"]).done();
    assert_eq!((done.code, done.out.as_str()), (2, ""));
}

#[test]
fn a_folder_without_scripts_is_an_error() {
    let done = Run::new()
        .file("callint.yaml", "rules: {}\n")
        .file("notes.txt", "x")
        .done();
    assert_eq!(done.code, 2);
    assert!(
        done.err
            .starts_with("error: no scripts in .: callint looks for *.md"),
        "{done:?}"
    );
}

#[test]
fn what_is_no_text_is_an_error() {
    let done = Run::new()
        .file("a.md", SCRIPT)
        .file("b.md", b"\x89PNG\0\0")
        .args(&["b.md", "a.md"])
        .done();
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("error: b.md: this is not text"),
        "{done:?}"
    );
}

#[test]
fn too_large_a_file_is_an_error() {
    let done = Run::new().file("a.md", vec![b'a'; (16 << 20) + 1]).done();
    assert_eq!(done.code, 2);
    assert_eq!(
        done.err,
        "error: a.md: larger than 16 MiB; split it into one file per script\n"
    );
}

#[test]
fn standard_input_has_the_name_that_it_is_given() {
    let done = Run::new()
        .input(SCRIPT)
        .args(&["-", "--stdin-filename", "x/a.md", "--format=json"])
        .done();
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["tool"]["name"], "callint");
}

#[test]
fn every_format_ends_with_zero_for_a_clean_script() {
    for format in ["pretty", "concise", "json"] {
        let done = Run::new()
            .file("a.md", SCRIPT)
            .args(&["--format", format, "--fail-level=error"])
            .done();
        assert_eq!(done.code, 0, "{done:?}");
    }
}

#[test]
fn colour_stays_off_on_a_pipe() {
    let done = Run::new().file("a.md", SCRIPT).done();
    assert!(!done.out.contains('\u{1b}'), "{done:?}");
}

#[test]
fn quiet_leaves_only_findings_and_errors() {
    let done = Run::new()
        .file("notes.md", "")
        .args(&["notes.md", "--quiet"])
        .done();
    assert_eq!((done.out.as_str(), done.err.as_str()), ("", ""));
    let done = Run::new().args(&["gone.md", "--quiet"]).done();
    assert!(done.err.starts_with("error: "), "{done:?}");
}

#[test]
fn one_file_by_two_names_is_linted_once() {
    let args = ["a.md", "./a.md", ".", "b/../a.md"];
    let done = Run::new()
        .file("a.md", SCRIPT)
        .file("b/.keep", "")
        .args(&args)
        .args(&["--format=json", "--force"])
        .done();
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(json["summary"]["files"], 1, "{done:?}");
}

#[test]
fn a_walk_obeys_gitignore_and_the_project_file() {
    let done = Run::new()
        .file(".gitignore", "build/\n")
        .file("callint.yaml", "ignore: [drafts/, 'old-*.md']\n")
        .file("a.md", SCRIPT)
        .file("build/b.md", SCRIPT)
        .file("drafts/c.md", SCRIPT)
        .file("in/old-d.md", SCRIPT)
        .file("in/e.yml", "steps: []\n")
        .args(&["--format=json", "--force"])
        .done();
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(json["summary"]["files"], 2, "{done:?}");
}

#[test]
fn a_mistake_in_the_project_file_is_placed() {
    let project = "rules: {}\nfail-lvel: info\n";
    let run = || {
        Run::new()
            .file("a.md", SCRIPT)
            .file("callint.yaml", project)
    };
    let done = run().done();
    assert_eq!(done.code, 2);
    assert!(
        done.err
            .contains("callint.yaml:2:1: unknown key `fail-lvel`; did you mean `fail-level`?"),
        "{done:?}"
    );
    assert_eq!(run().args(&["--no-config"]).done().code, 0);
}

#[test]
fn wrong_arguments_end_with_two_and_help_with_zero() {
    assert_eq!(Run::new().args(&["--format", "loud"]).done().code, 2);
    let done = Run::new().args(&["--help"]).done();
    assert_eq!(done.code, 0);
    assert!(done.out.contains("--min-level"), "{done:?}");
}
