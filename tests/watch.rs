//! `--watch` from outside: it lints, waits, and lints again when a file changes.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// So long that only a run that hangs takes it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Ends the run whatever becomes of the test.
struct Watching {
    child: Child,
    folder: PathBuf,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    lines
}

#[test]
fn a_change_is_linted_and_nothing_else_is() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("watch-{}", std::process::id()));
    fs::create_dir_all(folder.join(".git")).expect("a folder");
    fs::write(folder.join("a.md"), "Agent: \"Hello. How can I help?\"\n").expect("a script");
    let child = Command::new(env!("CARGO_BIN_EXE_callint"))
        .args(["check", "--watch", "--format=concise", "--output=markdown=found.md", "."])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("callint starts");
    let mut watching = Watching { child, folder };
    let out = lines(watching.child.stdout.take().expect("a pipe"));
    let said = lines(watching.child.stderr.take().expect("a pipe"));
    assert_eq!(said.recv_timeout(PATIENCE).as_deref(), Ok("watching for changes; Ctrl-C ends"));
    let faulty = "Customer: My internet is down.\n\nAgent: \"We are not seeing any problem on our end.\"\n";
    fs::write(watching.folder.join("b.md"), faulty).expect("a script");
    while !out.recv_timeout(PATIENCE).expect("a finding").contains("error[outage/denial]") {}
    assert_eq!(said.recv_timeout(PATIENCE).as_deref(), Ok("b.md changed"));
    // A project file that cannot be read is said, and the next change is waited for.
    fs::write(watching.folder.join("callint.yaml"), "rule: {}\n").expect("a project file");
    while !said.recv_timeout(PATIENCE).expect("an error").starts_with("error: ") {}
    fs::write(watching.folder.join("callint.yaml"), "rules: { outage/denial: warning }\n").expect("a project file");
    while !out.recv_timeout(PATIENCE).expect("a finding").contains("warning[outage/denial]") {}
    assert!(watching.child.try_wait().expect("it can be asked").is_none());
}
