//! Rules of one's own, from outside: written, checked, tried, used, and described to editors.

mod run;

use callint::act::file::ActFile;
use run::{Done, Run};
use serde_json::Value;

const PROJECT: &str = "rule-folders: [house]\n";
const HOLD: &str = "# Call\n\nAgent: \"Hello, I'm going to put you on hold.\"\n";
/// Finds nothing wrong with itself.
const RULE: &str = r#"id: house/hold-first
summary: The caller is put on hold before anybody has listened.
severity: warning
property:
  precedence:
    of: hold
    needs: [open_question, listen]
message: "the caller is put on hold before anybody has listened"
help: "Ask for the reason first."
why: "People who wait without having been heard start the call angry."
examples:
  bad:
    - script: |
        Agent: Hello. I'm going to «put you on hold».
  good:
    - script: |
        Agent: Hello. How can I help you today?
        Customer: I have a question about my bill.
        Agent: I'm going to put you on hold.
"#;

/// `callint rules COMMAND` on a rule file.
fn rules(command: &str, rule: &str) -> Done {
    let run = Run::new("rules").file("callint.yaml", PROJECT).file("house/a.yaml", rule);
    run.args(&[command, "--format=concise"]).done()
}

/// What `rules check` says of the rule with one text in the place of another.
fn checked(from: &str, to: &str) -> (i32, String) {
    assert!(RULE.contains(from), "{from}");
    let done = rules("check", &RULE.replace(from, to));
    (done.code, done.out.trim_end().to_string())
}

#[test]
fn a_new_rule_works_at_once() {
    let (done, kept) = Run::new("rules").args(&["new", "house/no-hold"]).keep(&["callint.yaml", "callint-rules/house/no-hold.yaml"]);
    assert_eq!((done.code, kept[0].as_str()), (0, "rule-folders: [callint-rules]\n"), "{done:?}");
    let run = |command: &str| {
        Run::new(command).file("callint.yaml", &kept[0]).file("callint-rules/house/no-hold.yaml", &kept[1]).file("a.md", HOLD)
    };
    for args in [&["check"][..], &["test", "--coverage"]] {
        let done = run("rules").args(args).done();
        assert_eq!((done.code, done.out.as_str()), (0, "no findings in 1 rule file\n"), "{done:?}");
    }
    let done = run("check").args(&["--format=concise"]).done();
    assert!(done.out.contains("a.md:3:29: warning[house/no-hold] the caller is put on hold\n"), "{done:?}");
    assert!(run("explain").args(&["house/no-hold"]).done().out.starts_with("house/no-hold (warning)\n"));
    assert!(run("rules").done().out.contains("\nhouse/no-hold "));
    let done = run("rules").args(&["new", "house/no-hold"]).done();
    assert_eq!(
        (done.code, done.err.as_str()),
        (2, "error: callint-rules/house/no-hold.yaml is there already; callint leaves it as it is\n")
    );
    for (id, why) in [("No Jokes", "is no id"), ("outage/denial", "comes with callint")] {
        let done = Run::new("rules").args(&["new", id]).done();
        assert!(done.code == 2 && done.err.contains(why), "{done:?}");
    }
}

#[test]
fn mistakes_are_shown_at_their_words() {
    assert_eq!(checked("house/hold-first", "house/hold-first").0, 0);
    let cases = [
        ("message:", "mesage:", "8:1: error[reading/rule-file] unknown key `mesage`; did you mean `message`?"),
        ("of: hold", "off: hold", "6:5: error[reading/rule-file] unknown key `off`; did you mean `of`?"),
        ("precedence", "precedense", "5:3: error[reading/rule-file] `precedense` cannot stand here; did you mean `precedence`?"),
        ("severity: warning", "severity: loud", "3:11: error[reading/rule-file] `loud` cannot stand here; expected info, warning, error"),
        ("open_question", "open_qestion", "7:13: error[reading/rule-file] there is no act `open_qestion`; did you mean `open_question`?"),
        ("house/hold-first", "Hold first", "1:5: error[reading/rule-file] `Hold first` is no id of a rule"),
        ("house/hold-first", "outage/denial", "1:5: error[reading/rule-file] callint comes with a rule `outage/denial`"),
        ("«put you on hold»", "put you on hold", "14:9: error[reading/rule-file] this bad example has no « » in it"),
        ("«put you on hold»", "«put you on hold", "14:36: error[reading/rule-file] this mark has no partner"),
        ("help: \"Ask", "help: \"\nAsk", "9:1: error[reading/rule-file] a quote opens here"),
    ];
    for (from, to, told) in cases {
        let (code, out) = checked(from, to);
        let first = out.lines().next().unwrap_or("");
        assert!(code == 1 && first.starts_with(&format!("house/a.yaml:{told}")), "{to}: {out}");
    }
    let (code, out) = checked("needs: [open_question, listen]", "needs: listen\nparams: {max_lines: 2}");
    assert_eq!(
        (code, out.as_str()),
        (0, "house/a.yaml:8:10: warning[reading/rule-file] nothing in the rule uses the parameter `max_lines`")
    );
    let (code, out) = checked("the caller is put on hold before anybody has listened\"\nhelp", "put on hold {cuont} times\"\nhelp");
    let told = "house/a.yaml:8:23: warning[reading/rule-file] nothing is called `cuont` here; did you mean `count`?";
    assert_eq!((code, out.as_str()), (0, told));
    let (code, out) = checked("help: \"Ask for the reason first.\"", "help: \"\"");
    assert_eq!((code, out.as_str()), (0, "house/a.yaml:9:7: warning[reading/rule-file] there are no words in `help`"));
    let (code, out) =
        checked("  precedence:\n    of: hold\n    needs: [open_question, listen]", "  run: {max_lines: $max_line}\nparams: {max_lines: 2}");
    let told = "house/a.yaml:5:20: error[reading/rule-file] the rule has no parameter `max_line`; did you mean `max_lines`?";
    assert!(code == 1 && out.lines().any(|line| line == told), "{out}");
}

#[test]
fn all_mistakes_of_a_file_are_shown_at_once() {
    let rule =
        RULE.replace("severity: warning", "severity: loud").replace("of: hold", "off: hold").replace("open_question", "open_qestion");
    let rule = rule.replace("help:", "hlp:").replace("why: \"People who wait without having been heard start the call angry.\"\n", "");
    let done = rules("check", &rule);
    let told: Vec<&str> = done.out.lines().filter_map(|line| line.strip_prefix("house/a.yaml:")).collect();
    let expected = [
        "1:1: error[reading/rule-file] the key `why` is missing",
        "3:11: error[reading/rule-file] `loud` cannot stand here; expected info, warning, error",
        "6:5: error[reading/rule-file] unknown key `off`; did you mean `of`?",
        "7:13: error[reading/rule-file] there is no act `open_qestion`; did you mean `open_question`?",
        "9:1: error[reading/rule-file] unknown key `hlp`; did you mean `help`?",
    ];
    assert_eq!(told, expected, "{done:?}");
}

#[test]
fn a_rule_can_be_written_before_its_folder_is_there() {
    let run = Run::new("rules").file("callint.yaml", PROJECT).args(&["new", "house/no-hold"]);
    let (done, kept) = run.keep(&["house/house/no-hold.yaml"]);
    assert!(done.code == 0 && kept[0].contains("id: house/no-hold"), "{done:?}");
}

#[test]
fn a_bad_file_does_not_sink_the_others() {
    let run = |project: &str, format: &str| {
        let run =
            Run::new("check").file("callint.yaml", project).file("house/a.yaml", RULE).file("house/b.yaml", "id: house/b\nrules: 1\n");
        run.file("house/c.yaml", RULE).file("a.md", HOLD).args(&["--format", format, "--off=consistency"])
    };
    let done = run(PROJECT, "concise").done();
    let told: Vec<&str> = done.out.lines().collect();
    assert_eq!(done.code, 1, "{done:?}");
    assert!(told[0].starts_with("a.md:3:29: warning[house/hold-first]"), "{done:?}");
    assert!(told[1].starts_with("house/b.yaml:1:1: error[reading/rule-file] the keys `summary`, `severity`, "), "{done:?}");
    assert!(told[2].starts_with("house/b.yaml:2:1: error[reading/rule-file] unknown key `rules`"), "{done:?}");
    assert_eq!(told[3], "house/c.yaml:1:5: error[reading/rule-file] there is a rule `house/hold-first` already");
    // The project may speak of a rule whose file is at fault, and set the level of faults.
    let project = format!("{PROJECT}rules:\n  house/b: off\n  reading/rule-file: warning\n");
    assert_eq!(run(&project, "concise").done().code, 0);
    let json: Value = serde_json::from_str(&run(PROJECT, "json").done().out).expect("JSON");
    assert_eq!(json["findings"][1]["file"], "house/b.yaml");
    let done = run("rule-folders: [hous]\n", "json").done();
    assert!(done.code == 2 && done.err.contains("callint.yaml:1:15: there is no folder `"), "{done:?}");
}

#[test]
fn examples_are_tried() {
    let test = |from: &str, to: &str| rules("test", &RULE.replace(from, to));
    assert_eq!(test("", "").code, 0);
    let done = test("«put you on hold»", "put «you on hold»");
    let told = "house/a.yaml:14:41: error[reading/rule-file] house/hold-first points at “put you on hold” and not at these words\n";
    assert_eq!((done.code, done.out.as_str()), (1, told), "{done:?}");
    let done = test("Hello. I'm going to «put you on hold»", "How can I help? I'm going to «put you on hold»");
    assert!(
        done.code == 1 && done.out.contains("14:46: error[reading/rule-file] house/hold-first finds no fault with these words"),
        "{done:?}"
    );
    let done = test("How can I help you today?", "Good morning.");
    assert!(
        done.code == 1 && done.out.contains("19:29: error[reading/rule-file] house/hold-first finds fault with these words"),
        "{done:?}"
    );
    assert_eq!(done.err, "tried 1 rule on 2 examples\n");
    // The project's own file stands in the folder, and is no rule.
    let done = Run::new("rules").file("callint.yaml", PROJECT).file("house/a.yaml", RULE).args(&["test", "."]).done();
    assert_eq!((done.code, done.err.as_str()), (0, "tried 1 rule on 2 examples\n"), "{done:?}");
}

#[test]
fn coverage_tells_what_no_example_needs() {
    let run = |rule: &str| {
        Run::new("rules").file("callint.yaml", PROJECT).file("house/a.yaml", rule).args(&["test", "--coverage", "--format=concise"]).done()
    };
    let done = run(RULE);
    let told = "house/a.yaml:7:28: error[reading/rule-file] no example needs this: without it each one comes out the same\n";
    assert_eq!((done.code, done.out.as_str()), (1, told), "{done:?}");
    assert_eq!(run(&RULE.replace(", listen", "")).code, 0);
    let done = run(&RULE.replace("«put you on hold»", "let you talk"));
    assert!(done.code == 1 && done.out.contains("1:5: error[reading/rule-file] no example makes this rule find anything"), "{done:?}");
}

#[test]
fn rule_files_are_no_scripts() {
    let done =
        Run::new("check").file("callint.yaml", PROJECT).file("house/a.yaml", RULE).file("a.md", HOLD).args(&["--format=json"]).done();
    let json: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(json["summary"]["files"], 1, "{done:?}");
    let done =
        Run::new("check").file("callint.yaml", PROJECT).file("house/a.yaml", RULE).file("a.md", HOLD).args(&["--format=concise"]).done();
    assert_eq!(done.err, "");
    let done = Run::new("rules").args(&["check"]).done();
    assert!(done.code == 2 && done.err.starts_with("error: there are no rules of your own"), "{done:?}");
}

#[test]
fn pages_are_written_for_all_rules() {
    let (done, kept) = Run::new("rules").args(&["--format=md", "--output=out"]).keep(&["out/index.md", "out/outage/denial.md"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(kept[0].contains("| [outage/denial](outage/denial.md) | error | "), "{}", kept[0]);
    assert!(kept[1].starts_with("# outage/denial\n") && kept[1].contains("\n## Why\n"), "{}", kept[1]);
    assert_eq!(Run::new("rules").args(&["--format=md"]).done().code, 2);
}

/// The schemas are made from the types; this holds what a type cannot say, and that real files are valid.
#[test]
fn the_schemas_hold_for_the_files_of_callint() {
    let schema = |what: &str| serde_json::from_str(&Run::new("schema").args(&[what]).done().out).expect("JSON");
    let (rule, act): (Value, Value) = (schema("rule"), schema("act"));
    let (rule, act) = (jsonschema::validator_for(&rule).expect("a schema"), jsonschema::validator_for(&act).expect("a schema"));
    for (path, text) in callint::embedded::FILES.iter().filter(|(path, _)| !path.contains("/words") && !path.contains("/items")) {
        // A bare `no` is a word where the types ask for one.
        let read = || serde_yaml::from_str::<ActFile>(text).ok().and_then(|file| serde_json::to_value(file).ok());
        let (schema, value) = match path.starts_with("acts/") {
            true => (&act, read().expect("an act")),
            false => (&rule, serde_yaml::from_str(text).expect("YAML")),
        };
        assert!(schema.is_valid(&value), "{path}: {:?}", schema.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>());
    }
    let is_valid = |from: &str, to: &str| rule.is_valid(&serde_yaml::from_str::<Value>(&RULE.replace(from, to)).expect("YAML"));
    assert!(is_valid("", ""));
    for (from, to) in [("of: hold", "off: hold"), ("of: hold", "of: holt"), ("warning", "loud"), ("precedence", "before"), ("why:", "wy:")]
    {
        assert!(!is_valid(from, to), "{to}");
    }
}
