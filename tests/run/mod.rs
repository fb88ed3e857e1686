//! The binary in a folder of its own, for the tests that run it from outside.
// Each test file takes in what it needs of this.
#![allow(dead_code)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whether git can be started; says so when a test is skipped without it.
pub fn has_git() -> bool {
    let has = Command::new("git").arg("--version").output().is_ok();
    if !has {
        eprintln!("skipped: there is no git here");
    }
    has
}

/// A folder of its own, and callint in it.
pub struct Run {
    folder: PathBuf,
    args: Vec<String>,
    within: PathBuf,
    envs: Vec<(String, String)>,
    input: Option<Vec<u8>>,
}

impl Run {
    /// `callint COMMAND`, in an empty folder.
    pub fn new(command: &str) -> Run {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("run-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join(".git")).expect("a folder for the test");
        Run { folder, args: vec![command.into()], within: PathBuf::new(), envs: Vec::new(), input: None }
    }

    pub fn file(self, name: &str, text: impl AsRef<[u8]>) -> Run {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder in the folder");
        fs::write(path, text).expect("a file for the test");
        self
    }

    pub fn args(mut self, args: &[&str]) -> Run {
        self.args.extend(args.iter().map(ToString::to_string));
        self
    }

    /// Runs git in the folder, with no settings of the machine.
    pub fn git(self, args: &[&str]) -> Run {
        let who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let mut git = Command::new("git");
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        let status = git.args(who).args(args).current_dir(&self.folder).status().expect("git starts");
        assert!(status.success(), "git {args:?}");
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Run {
        self.envs.push((name.into(), value.into()));
        self
    }

    /// Starts callint in a folder below.
    pub fn within(mut self, folder: &str) -> Run {
        self.within = folder.into();
        self
    }

    pub fn input(mut self, text: &str) -> Run {
        self.input = Some(text.into());
        self
    }

    pub fn done(self) -> Done {
        self.keep(&[]).0
    }

    /// What the run says, and what is then in these files; empty for one that is not there.
    pub fn keep(self, names: &[&str]) -> (Done, Vec<String>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_callint"))
            .args(&self.args)
            .current_dir(self.folder.join(&self.within))
            .env_remove("NO_COLOR")
            .envs(self.envs.iter().map(|(name, value)| (name, value)))
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
        let kept = names.iter().map(|name| fs::read_to_string(self.folder.join(name)).unwrap_or_default()).collect();
        fs::remove_dir_all(&self.folder).expect("the folder goes");
        (Done::from(output), kept)
    }
}

#[derive(Debug, PartialEq)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
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
