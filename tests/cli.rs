//! The binary from outside: exit codes, standard input, each format, what goes to which stream.

mod run;

use run::Run;

const SCRIPT: &str = "# Billing\n\nAgent: \"Thank you for calling. How can I help you?\"\n";

fn check() -> Run {
    Run::new("check")
}

#[test]
fn a_missing_file_is_said_and_the_rest_is_linted() {
    let done = check().file("a.md", SCRIPT).args(&["a.md", "b.md", "--format", "json"]).done();
    assert_eq!(done.code, 2);
    assert_eq!(done.err, "error: no such file or folder: b.md\n");
    assert!(done.out.contains("\"findings\""), "{done:?}");
}

#[test]
fn a_missing_file_alone_prints_no_findings() {
    let done = check().args(&["b.md"]).done();
    assert_eq!((done.code, done.out.as_str()), (2, ""));
}

#[test]
fn a_folder_without_scripts_is_an_error() {
    let done = check().file("callint.yaml", "rules: {}\n").file("notes.txt", "x").done();
    assert_eq!(done.code, 2);
    assert!(done.err.starts_with("error: no scripts in .: callint looks for *.md"), "{done:?}");
}

#[test]
fn what_is_no_text_is_an_error() {
    let done = check().file("a.md", SCRIPT).file("b.md", b"\x89PNG\0\0").args(&["b.md", "a.md"]).done();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("error: b.md: this is not text"), "{done:?}");
}

#[test]
fn too_large_a_file_is_an_error() {
    let done = check().file("a.md", vec![b'a'; (16 << 20) + 1]).done();
    assert_eq!(done.code, 2);
    assert_eq!(done.err, "error: a.md: larger than 16 MiB; split it into one file per script\n");
}

#[test]
fn standard_input_has_the_name_that_it_is_given() {
    let done = check().input(SCRIPT).args(&["-", "--stdin-filename", "x/a.md", "--format=json"]).done();
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["tool"]["name"], "callint");
}

#[test]
fn every_format_ends_with_zero_for_a_clean_script() {
    for format in ["pretty", "concise", "json"] {
        let done = check().file("a.md", SCRIPT).args(&["--format", format, "--fail-level=error"]).done();
        assert_eq!(done.code, 0, "{done:?}");
    }
}

#[test]
fn colour_stays_off_on_a_pipe() {
    let done = check().file("a.md", SCRIPT).done();
    assert!(!done.out.contains('\u{1b}'), "{done:?}");
}

#[test]
fn quiet_leaves_only_findings_and_errors() {
    let done = check().file("notes.md", "").args(&["notes.md", "--quiet"]).done();
    assert_eq!((done.out.as_str(), done.err.as_str()), ("", ""));
    let done = check().args(&["gone.md", "--quiet"]).done();
    assert!(done.err.starts_with("error: "), "{done:?}");
}

#[test]
fn one_file_by_two_names_is_linted_once() {
    let args = ["a.md", "./a.md", ".", "b/../a.md"];
    let done = check().file("a.md", SCRIPT).file("b/.keep", "").args(&args).args(&["--format=json", "--force"]).done();
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(json["summary"]["files"], 1, "{done:?}");
}

#[test]
fn a_walk_obeys_gitignore_and_the_project_file() {
    let done = check()
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
    let run = || check().file("a.md", SCRIPT).file("callint.yaml", project);
    let done = run().done();
    assert_eq!(done.code, 2);
    assert!(done.err.contains("callint.yaml:2:1: unknown key `fail-lvel`; did you mean `fail-level`?"), "{done:?}");
    assert_eq!(run().args(&["--no-config"]).done().code, 0);
}

#[test]
fn wrong_arguments_end_with_two_and_help_with_zero() {
    assert_eq!(check().args(&["--format", "loud"]).done().code, 2);
    let done = check().args(&["--help"]).done();
    assert_eq!(done.code, 0);
    assert!(done.out.contains("--min-level"), "{done:?}");
}

const DENIAL: &str = "# Slow line\n\nCustomer: My internet keeps dropping.\n\n\
                      Agent: \"We are not seeing any problem on our end.\"\n";

#[test]
fn findings_end_with_one() {
    let done = check().file("a.md", DENIAL).args(&["--format=concise"]).done();
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.out.contains("a.md:5:9: error[outage/denial]"), "{done:?}");
}

#[test]
fn the_fail_level_decides_what_is_a_failure() {
    let project = "rules:\n  outage/denial: warning\n  empathy/missing-before-process: off\n";
    let run = || check().file("a.md", DENIAL).file("callint.yaml", project);
    let done = run().done();
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.out.contains("warning[outage/denial]"), "{done:?}");
    assert_eq!(run().args(&["--fail-level", "warning"]).done().code, 1);
    assert_eq!(run().args(&["--no-config"]).done().code, 1);
    let done = run().file("callint.yaml", format!("fail-level: info\n{project}")).done();
    assert_eq!(done.code, 1, "{done:?}");
}

#[test]
fn a_rule_that_is_off_says_nothing() {
    let project = "rules: {outage/denial: off, empathy/missing-before-process: off}\n";
    let done = check().file("a.md", DENIAL).file("callint.yaml", project).args(&["--fail-level=info"]).done();
    assert_eq!(done.code, 0, "{done:?}");
}

#[test]
fn an_unknown_rule_in_the_project_file_is_an_error() {
    let project = "rules:\n  reading/unknown-key: off\n  outage/denail: off\n";
    let done = check().file("a.md", SCRIPT).file("callint.yaml", project).done();
    assert_eq!(done.code, 2);
    let expected = "callint.yaml:3:3: unknown rule `outage/denail`; did you mean `outage/denial`?";
    assert!(done.err.contains(expected), "{done:?}");
}

#[test]
fn what_is_no_call_script_is_skipped_with_a_word() {
    let notes = "# Minutes\n\nSee the [plan](plan.md) of last week.\n";
    let done = check().file("notes.md", notes).args(&["notes.md"]).done();
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.err.starts_with("skipped notes.md: no agent speech"), "{done:?}");
    let done = check().file("a.md", SCRIPT).file("notes.md", notes).file("more.md", notes).done();
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.err.starts_with("skipped 2 files"), "{done:?}");
}

#[test]
fn of_other_data_in_a_folder_only_exports_are_read() {
    let calls = "agent,customer,minutes\nDana Fox,Lee Ash,3\n";
    let turns = "Caller says,Agent says\nMy box is late,It must be something you did.\n";
    let folder = || check().file("a.md", SCRIPT).file("package.json", "{\"name\": \"x\"}").file("calls.csv", calls);
    let done = folder().done();
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{done:?}");
    let done = folder().file("turns.csv", turns).args(&["--format=concise", "."]).done();
    assert!(done.out.starts_with("turns.csv:2:") && done.out.contains("empathy/blames-customer"), "{done:?}");
    let done = folder().args(&["calls.csv", "package.json"]).done();
    assert!(
        done.err.contains("skipped calls.csv: no column of what the agent says") && done.err.contains("skipped package.json"),
        "{done:?}"
    );
}

#[test]
fn a_linked_file_takes_part_and_is_not_reported_on() {
    let start = |anchor: &str| format!("# Start\n\nAgent: \"Let me see.\"\n\nGo to [the line](parts/line.md#{anchor}).\n");
    let run = |anchor: &str| check().file("a.md", start(anchor)).file("parts/line.md", DENIAL).args(&["a.md", "--format=json"]).done();
    let done = run("slow-line");
    assert_eq!(done.code, 0, "{done:?}");
    let done = run("fast-lane");
    assert_eq!(done.code, 1, "{done:?}");
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(json["findings"][0]["rule"], "flow/broken-jump", "{done:?}");
    assert_eq!(json["findings"][0]["file"], "a.md", "{done:?}");
}

#[test]
fn a_language_without_words_is_said_and_never_passed_as_clean() {
    let french = "Agent: Bonjour, merci d'appeler Eau Claire. Que puis-je faire pour vous ?\n\nClient: Je veux résilier mon contrat.\n\n\
                  Agent: Calmez-vous, il n'y a aucun problème chez nous.\n";
    let done = check().file("fr.md", french).args(&["fr.md"]).done();
    assert!(done.out.contains("can't tell: fr.md:1: line rules skipped: language fr is not covered; path rules ran on tags, and no line"));
    assert!(done.out.contains("no findings in 1 script, which is in a language that callint does not cover"), "{done:?}");
    let done = check().file("fr.md", french).args(&["fr.md", "--format=github"]).done();
    assert_eq!(done.err, "scripts in a language that callint does not cover, checked in part: 1\n");
    let tagged = "language: fr\nsteps:\n  a:\n    - {customer: Je pars., acts: [cancel_request]}\n    - {agent: Une offre., acts: [retention_offer]}\n    \
                  - customer: Non.\n    - {agent: Bien. Au revoir.}\n";
    let done = check().file("a.yaml", tagged).args(&["a.yaml"]).done();
    assert!(done.out.contains("a.yaml:4") && done.out.contains("retention/cancel-unreachable"), "{done:?}");
    assert!(done.out.contains("line rules skipped: language fr is not covered; path rules ran on tags\n"), "{done:?}");
    let done = check().file("fr.md", french).args(&["fr.md", "--format=json"]).done();
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(json["summary"]["uncovered"], 1, "{done:?}");
    let done =
        check().file("callint.yaml", "language: es\n").file("a.md", "Agente: Deme su PIN.\n").args(&["a.md", "--format=concise"]).done();
    assert!(done.out.contains("identity/secret-requested"), "{done:?}");
}
