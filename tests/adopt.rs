//! What lets a team begin with scripts that have findings: a baseline, and only what a change brings.

mod run;

use run::{Done, Run, has_git};

const DENIAL: &str = "# Slow line\n\nCustomer: My internet keeps dropping.\n\nAgent: \"We are not seeing any problem on our end.\"\n";
const SECOND: &str = "\n# Slow mail\n\nCustomer: My mail keeps failing.\n\nAgent: \"There is no problem on our end.\"\n";
const OPTIONS: [&str; 4] = ["--format=concise", "--off=empathy", "--off=flow", "--off=consistency"];

fn check(text: &str, baseline: &str, args: &[&str]) -> (Done, String) {
    let run = Run::new("check").file("scripts/a.md", text).file("base.jsonl", baseline).args(&OPTIONS).args(args);
    let (done, mut kept) = run.keep(&["base.jsonl"]);
    (done, kept.remove(0))
}

fn baseline(text: &str) -> String {
    let run = Run::new("check").file("scripts/a.md", text).args(&OPTIONS).args(&["--write-baseline=base.jsonl"]);
    let (done, mut kept) = run.keep(&["base.jsonl"]);
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{done:?}");
    kept.remove(0)
}

#[test]
fn a_baseline_knows_findings_by_their_words() {
    let known = baseline(DENIAL);
    assert_eq!(
        known,
        "{\"file\":\"scripts/a.md\",\"rule\":\"outage/denial\",\"section\":\"slow line\",\
         \"words\":\"we are not seeing any problem on our end\",\"count\":1}\n"
    );
    let moved = format!("Agent: \"Hello.\"\n\n{}", DENIAL.replace("We are not seeing", "We are  NOT seeing"));
    let (done, _) = check(&moved, &known, &["--baseline=base.jsonl"]);
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{done:?}");
    let (done, _) = check(&format!("{DENIAL}{SECOND}"), &known, &["--baseline=base.jsonl"]);
    assert_eq!(done.code, 1);
    assert!(done.out.starts_with("scripts/a.md:11:9: error[outage/denial]") && done.out.lines().count() == 1, "{done:?}");
}

#[test]
fn a_finding_more_than_the_baseline_knows_is_new() {
    let twice = format!("{DENIAL}\nCustomer: It is down again.\n\nAgent: \"We are not seeing any problem on our end.\"\n");
    let (done, _) = check(&twice, &baseline(DENIAL), &["--baseline=base.jsonl"]);
    assert_eq!((done.code, done.out.lines().count()), (1, 1), "{done:?}");
}

#[test]
fn what_is_no_longer_found_has_to_go() {
    let both = baseline(&format!("{DENIAL}{SECOND}"));
    let (done, kept) = check(DENIAL, &both, &["--baseline=base.jsonl"]);
    assert_eq!((done.code, done.out.as_str(), &kept), (1, "", &both));
    assert!(done.err.contains("base.jsonl lists 1 that are no longer found, the first is scripts/a.md: outage/denial"), "{done:?}");
    let (done, kept) = check(DENIAL, &both, &["--baseline=base.jsonl", "--prune-baseline"]);
    assert_eq!((done.code, kept), (0, baseline(DENIAL)));
    // A run over other files says nothing about these.
    let (done, _) = check(DENIAL, &both.replace("a.md", "b.md"), &["--baseline=base.jsonl", "--exit-zero"]);
    assert!(done.err.contains("lists 2 that"), "{done:?}");
    let run = Run::new("check").file("scripts/a.md", DENIAL).file("b.md", "Agent: \"Hello.\"\n").file("base.jsonl", baseline(DENIAL));
    let done = run.args(&OPTIONS).args(&["b.md", "--baseline=base.jsonl"]).done();
    assert_eq!((done.code, done.err.as_str()), (0, ""));
}

#[test]
fn a_baseline_grows_only_when_told_to() {
    let more = format!("{DENIAL}{SECOND}");
    let (done, kept) = check(&more, &baseline(DENIAL), &["--write-baseline=base.jsonl"]);
    assert_eq!((done.code, kept, done.out.lines().count()), (1, baseline(DENIAL), 1));
    assert!(done.err.contains("1 not in base.jsonl yet, so it was left as it is; --accept-new takes them in"), "{done:?}");
    let (done, kept) = check(&more, &baseline(DENIAL), &["--write-baseline=base.jsonl", "--accept-new"]);
    assert_eq!((done.code, kept), (0, baseline(&more)));
    let (done, kept) = check(DENIAL, &baseline(&more), &["--write-baseline=base.jsonl"]);
    assert_eq!((done.code, kept), (0, baseline(DENIAL)));
}

#[test]
fn a_baseline_that_cannot_be_read_is_an_error() {
    let (done, _) = check(DENIAL, "", &["--baseline=gone.jsonl"]);
    assert!(done.code == 2 && done.err.starts_with("error: gone.jsonl: "), "{done:?}");
    let (done, _) = check(DENIAL, "\n{\"rule\": 1}\n", &["--baseline=base.jsonl"]);
    assert!(done.code == 2 && done.err.starts_with("error: base.jsonl:2: "), "{done:?}");
}

#[test]
fn statistics_stand_beside_the_findings() {
    if !has_git() {
        return;
    }
    let text = format!("{DENIAL}{SECOND}\n<!-- callint-disable-section outage/denial -- to be mended -->\n");
    let (done, _) = check(&text, "", &["--stats"]);
    assert_eq!((done.out.lines().count(), done.err.as_str()), (1, "     1  outage/denial (1 suppressed)\n"));
}

/// A repository whose first commit has `a.md` and `c.md`.
fn repository() -> Run {
    let link = "# Start\n\nAgent: \"Hello. How can I help?\"\n\nGo to [the line](a.md#slow-line).\n";
    let run = Run::new("check").file("a.md", DENIAL).file("c.md", link).args(&OPTIONS);
    run.git(&["init", "-q", "-b", "main"]).git(&["add", "."]).git(&["commit", "-qm", "First"])
}

#[test]
fn a_change_answers_only_for_what_it_brings() {
    if !has_git() {
        return;
    }
    let changed = || repository().file("a.md", format!("{DENIAL}{SECOND}")).file("new.md", DENIAL);
    let done = changed().args(&["--since=HEAD"]).done();
    let places: Vec<&str> = done.out.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!((done.code, places), (1, vec!["a.md:11:9", "new.md:5:9"]), "{done:?}");
    let done = repository().args(&["--since=HEAD"]).done();
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{done:?}");
    let done = repository().git(&["mv", "a.md", "b.md"]).args(&["--since=main", "--error=flow"]).done();
    assert_eq!(done.out.lines().filter(|line| line.contains("outage/denial")).count(), 0, "{done:?}");
}

#[test]
fn a_branch_does_not_answer_for_what_others_did_since() {
    if !has_git() {
        return;
    }
    let run = repository().git(&["checkout", "-qb", "mine"]).git(&["checkout", "-q", "main"]).file("a.md", "Agent: \"Hello.\"\n");
    let run = run.git(&["commit", "-qam", "Second"]).git(&["checkout", "-q", "mine"]);
    let done = run.args(&["--since=main"]).done();
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{done:?}");
}

#[test]
fn a_file_that_is_gone_breaks_jumps_to_it() {
    if !has_git() {
        return;
    }
    let args = ["--format=concise", "--since=HEAD", "--error=flow/broken-jump"];
    let run = Run::new("check").file("a.md", DENIAL).file("c.md", "Agent: \"Hello.\"\n\nGo to [the line](a.md#slow-line).\n");
    let run = run.git(&["init", "-q"]).git(&["add", "."]).git(&["commit", "-qm", "First"]).git(&["rm", "-q", "a.md"]);
    let done = run.args(&args).done();
    assert!(done.out.starts_with("c.md:3:8: error[flow/broken-jump]"), "{done:?}");
}

#[test]
fn what_is_staged_is_linted_as_it_is_staged() {
    if !has_git() {
        return;
    }
    let more = format!("{DENIAL}{SECOND}");
    let staged = || repository().file("a.md", &more).git(&["add", "a.md"]).file("a.md", DENIAL).file("new.md", DENIAL);
    let done = staged().args(&["--staged"]).done();
    assert!(done.code == 1 && done.out.starts_with("a.md:11:9: error") && done.out.lines().count() == 1, "{done:?}");
    let done = repository().file("a.md", &more).args(&["--staged"]).done();
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{done:?}");
    let fresh = Run::new("check").file("a.md", DENIAL).git(&["init", "-q"]).git(&["add", "."]).args(&OPTIONS).args(&["--staged"]);
    assert_eq!(fresh.done().code, 1);
}

#[test]
fn what_git_cannot_tell_is_an_error() {
    if !has_git() {
        return;
    }
    let done = repository().args(&["--since=nowhere"]).done();
    assert_eq!((done.code, done.err.as_str()), (2, "error: there is no revision `nowhere`; in a shallow clone, fetch it first\n"));
    assert_eq!(repository().args(&["--since=--output=x"]).done().code, 2);
    let done =
        Run::new("check").file("a.md", DENIAL).args(&["--since=main"]).env("GIT_CEILING_DIRECTORIES", env!("CARGO_TARGET_TMPDIR")).done();
    assert!(done.code == 2 && done.err.starts_with("error: git says: "), "{done:?}");
}
