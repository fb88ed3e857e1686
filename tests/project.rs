//! The project file and the options that stand in for it: what counts, and where.

mod run;

use run::{Done, Run};
use serde_json::Value;
use std::collections::BTreeSet;

const OFFERS: &str = "# Leaving\n\nCustomer: I want to cancel.\n\nRep: I can offer you 20% off — for a year.\n\nCustomer: No.\n\n\
                      Rep: I can offer you a free month instead.\n\nCustomer: No.\n\nRep: It's cancelled from today, and I've emailed you the confirmation. Goodbye.\n";
const RULE: &str = "retention/too-many-offers";

fn lint(project: &str, args: &[&str]) -> Done {
    let run = Run::new("check").file("callint.yaml", project).file("a.md", OFFERS).file("chat/b.md", OFFERS);
    run.args(&["--format=concise", "--off=flow", "--off=agent", "--min-level=info"]).args(args).done()
}

fn levels(done: &Done) -> Vec<(&str, &str)> {
    let offers = done.out.lines().filter(|line| line.contains(RULE));
    offers.filter_map(|line| Some((line.split(':').next()?, line.split(": ").nth(1)?.split('[').next()?))).collect()
}

#[test]
fn the_command_line_sets_levels() {
    assert_eq!(levels(&lint("", &[])), [("a.md", "error"), ("chat/b.md", "error")]);
    assert_eq!(levels(&lint("", &["--warn", RULE])), [("a.md", "warning"), ("chat/b.md", "warning")]);
    assert_eq!(levels(&lint("", &["--off=retention", "--info", RULE])), [("a.md", "info"), ("chat/b.md", "info")]);
    assert!(levels(&lint("", &["--off", RULE])).is_empty());
    assert!(levels(&lint("", &["--config=rules.retention/too-many-offers.max_offers=2"])).is_empty());
    let done = lint("", &["--off=retentoin"]);
    assert_eq!((done.code, done.err.as_str()), (2, "error: unknown rule `retentoin`; did you mean `retention`?\n"));
}

#[test]
fn the_exit_code_can_be_chosen() {
    assert_eq!(lint("", &["--exit-zero"]).code, 0);
    assert_eq!(lint("", &["--exit-zero", "gone.md"]).code, 2);
    let warnings = ["--warn=retention", "--warn=identity"];
    assert_eq!(lint("", &warnings).code, 0);
    assert_eq!(lint("", &[&warnings[..], &["--max-warnings=9"]].concat()).code, 0);
    let done = lint("", &[&warnings[..], &["--max-warnings=1"]].concat());
    assert_eq!(done.code, 1);
    assert!(done.err.contains(" warnings are more than the 1 of --max-warnings"), "{done:?}");
}

#[test]
fn overrides_hold_for_files_and_sections() {
    let part = |place: &str, setting: &str| format!("overrides:\n  - {place}\n    rules: {{{RULE}: {setting}}}\n");
    let params = "{params: {max_offers: 2}}";
    assert_eq!(levels(&lint(&part("files: chat/", params), &[])), [("a.md", "error")]);
    assert_eq!(levels(&lint(&part("files: '*.md'", "off"), &[])), []);
    assert_eq!(levels(&lint(&part("files: [gone/, /a.md]", "info"), &[])), [("a.md", "info"), ("chat/b.md", "error")]);
    assert_eq!(levels(&lint(&part("sections: leaving", "off"), &[])), []);
    assert_eq!(levels(&lint(&part("sections: [Joining]", "off"), &[])).len(), 2);
    assert_eq!(levels(&lint(&part("intents: cancel", "off"), &[])).len(), 2);
    let both = format!("rules: {{{RULE}: off}}\n{}", part("files: chat", "warning"));
    assert_eq!(levels(&lint(&both, &[])), [("chat/b.md", "warning")]);
    let done = lint(&part("file: chat", "off"), &[]);
    assert!(done.code == 2 && done.err.contains("callint.yaml:2:5: unknown key `file`; did you mean `files`?"), "{done:?}");
}

#[test]
fn an_override_is_for_the_same_files_wherever_callint_is_started() {
    let project = format!("overrides:\n  - files: chat/*.md\n    rules: {{{RULE}: off}}\n");
    let run = || Run::new("check").file("callint.yaml", &project).file("chat/b.md", OFFERS).args(&["--format=concise"]);
    assert!(!run().done().out.contains(RULE));
    assert!(!run().within("chat").args(&["b.md"]).done().out.contains(RULE));
    assert!(!run().within("chat").args(&["../chat/./b.md"]).done().out.contains(RULE));
}

#[test]
fn a_project_extends_others() {
    let extended = |project: &str, base: &str| {
        let run = Run::new("check").file("callint.yaml", project).file("house/base.yaml", base).file("a.md", OFFERS);
        run.args(&["--format=concise", "a.md"]).done()
    };
    let base = format!("rules: {{{RULE}: off}}\nfail-level: warning\n");
    assert!(levels(&extended("extends: house/base.yaml\n", &base)).is_empty());
    let project = format!("extends: [house/base.yaml]\nrules: {{{RULE}: warning}}\n");
    let done = extended(&project, &base);
    assert_eq!((levels(&done), done.code), (vec![("a.md", "warning")], 1));
    let done = extended("fail-level: info\nextends: house/bsae.yaml\n", &base);
    assert!(done.code == 2 && done.err.contains("callint.yaml:2:10: there is no file `house/bsae.yaml`"), "{done:?}");
    let done = extended("extends: house/base.yaml\n", "extends: ../callint.yaml\n");
    assert!(done.code == 2 && done.err.contains("base.yaml:1:10: `../callint.yaml` extends this file in turn"), "{done:?}");
    let done = extended("extends: house/base.yaml\n", "rules: {outage/denail: off}\n");
    assert!(done.code == 2 && done.err.contains("base.yaml:1:9: unknown rule `outage/denail`"), "{done:?}");
}

/// The lines of a new project file, the commented ones as if they were not.
fn uncommented(project: &str) -> String {
    let is_code = |line: &&str| line.starts_with("#  ") || line.ends_with(':') && line.starts_with("# ") && !line.contains('`');
    let bare = |line: &str| if is_code(&line) { line[2..].to_string() } else { line.to_string() };
    project.replace("ignore: []\n#  - archive/", "ignore:\n#  - archive/").lines().map(|line| bare(line) + "\n").collect()
}

#[test]
fn a_new_project_file_says_how_things_are() {
    let (done, kept) = Run::new("init").keep(&["callint.yaml"]);
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{done:?}");
    let plain = lint("", &[]);
    assert_eq!(lint(&kept[0], &[]), plain);
    let written = uncommented(&kept[0]);
    assert!(
        written.contains("\nrules:\n")
            && written.contains("\n  retention/too-many-offers: { level: on, params: { max_offers: 1 } } # error"),
        "{written}"
    );
    assert_eq!(lint(&written, &[]), plain);
    let done = Run::new("init").file("callint.yaml", "").done();
    assert_eq!((done.code, done.err.as_str()), (2, "error: callint.yaml is there already; callint leaves it as it is\n"));
}

#[test]
fn on_keeps_the_levels_of_a_rule() {
    let script = "Customer: I'd like to cancel my plan.\nAgent: You'd be throwing away every point.\nCustomer: No.\n\
                  Agent: You'll regret it by Christmas.\nAgent: It's cancelled as of today.\n";
    let errors = |project: &str| {
        let done = Run::new("check").file("a.md", script).file("callint.yaml", project).args(&["--format=concise", "a.md"]).done();
        done.out.matches("error[retention/pressure]").count()
    };
    assert_eq!(errors(""), 2);
    assert_eq!(errors("rules: {retention/pressure: warning}\n"), 0);
    assert_eq!(errors(&uncommented(&Run::new("init").keep(&["callint.yaml"]).1[0])), 2);
    assert_eq!(errors("rules: {retention/pressure: off}\noverrides: [{files: a.md, rules: {retention/pressure: on}}]\n"), 2);
}

#[test]
fn a_house_may_want_callers_heard_in_every_script() {
    let opening = "Agent: Thank you for calling Tern Cable, this is Jo. What's happened?\nCustomer: My line is dead.\n";
    let heard = "[Let them finish.]\n\nAgent: So it's been dead since noon, is that right?\n";
    let found = |project: &str, heard: &str| {
        let script = format!("{opening}\n{heard}\nAgent: I'm sorry. I'll take it step by step. Please unplug the box.\n");
        let run = Run::new("check").file("a.md", &script).file("callint.yaml", project);
        run.args(&["--format=concise", "a.md"]).done().out.contains("before anybody waits for the answer")
    };
    let strict = "rules: {empathy/no-room-to-listen: {params: {min_heard: 2}}}\n";
    assert!(!found("", ""));
    assert!(found(strict, ""));
    assert!(!found(strict, heard));
}

#[test]
fn the_schema_and_the_reader_know_the_same_keys() {
    let schema = schema();
    let keys = |schema: &Value| schema["properties"].as_object().expect("keys").keys().cloned().collect::<BTreeSet<String>>();
    let known = |project: &str| {
        let err = lint(project, &[]).err;
        let list = err.trim().split("known keys: ").nth(1).expect("a list of keys");
        list.split(", ").map(str::to_string).collect::<BTreeSet<String>>()
    };
    assert_eq!(keys(&schema), known("xxxxxxxx: 1\n"));
    assert_eq!(keys(&schema["properties"]["overrides"]["items"]), known("overrides: [{xxxxxxxx: 1}]\n"));
    assert_eq!(keys(&schema["definitions"]["setting"]["anyOf"][1]), known("rules: {outage/denial: {xxxxxxxx: 1}}\n"));
}

#[test]
fn the_schema_holds_for_project_files() {
    let schema = jsonschema::validator_for(&schema()).expect("a schema");
    let is_valid = |project: &str| schema.is_valid(&serde_yaml::from_str::<Value>(project).expect("YAML"));
    let written = uncommented(&Run::new("init").keep(&["callint.yaml"]).1[0]);
    assert!(is_valid(&written), "{written}");
    for project in ["rules: {outage/denial: loud}", "fail-level: off", "rules: {denial: error}", "overrides: [{file: a}]", "ignroe: a"] {
        assert!(!is_valid(project), "{project}");
    }
}

fn schema() -> Value {
    serde_json::from_str(&Run::new("schema").args(&["config"]).done().out).expect("JSON")
}
