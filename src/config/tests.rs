//! Project files, as written and as understood.

use super::*;

fn parse(text: &str) -> Result<layer::Layer, Error> {
    file::parse(Path::new("callint.yaml"), text)
}

fn message(text: &str) -> String {
    let error = parse(text).expect_err("an error");
    error.to_string()
}

#[test]
fn levels_and_parameters_are_read() {
    let text = "fail-level: warning\nignore: [drafts/]\nrules:\n  a/b: off\n  a/c: info\n  \
                a/d: {level: error, params: {limit: 2, share: 0.5}}\n  a/e: {params: {limit: 3}}\n";
    let project = parse(text).expect("a project");
    let rules = &project.rules;
    assert!(rules["a/b"].is_off);
    assert_eq!(rules["a/c"].level, Some(Severity::Info));
    assert_eq!(rules["a/d"].level, Some(Severity::Error));
    assert_eq!(rules["a/d"].params["share"], 0.5);
    assert_eq!((rules["a/e"].level, rules["a/e"].is_off), (None, false));
    assert_eq!(project.fail_level, Some(Severity::Warning));
    assert_eq!(project.ignore, ["drafts/"]);
}

#[test]
fn an_empty_file_changes_nothing() {
    assert!(parse("# nothing yet\n").is_ok());
    assert!(parse("").is_ok());
}

#[test]
fn mistakes_are_placed_and_named() {
    let text = "rules:\n  a/b: off\nfail-levle: info\n";
    assert_eq!(message(text), "callint.yaml:3:1: unknown key `fail-levle`; did you mean `fail-level`?");
    let text = "rules:\n  a/b: {levl: off}\n";
    assert_eq!(message(text), "callint.yaml:2:9: unknown key `levl`; did you mean `level`?");
    let text = "rules:\n  a/b: loud\n";
    assert_eq!(message(text), "callint.yaml:2:3: `loud` cannot stand here; expected on, off, info, warning, error");
    let text = "rules:\n  a/b: {params: {limit: many}}\n";
    assert!(message(text).starts_with("callint.yaml:2:"), "{}", message(text));
}

#[test]
fn a_rule_that_is_set_twice_is_an_error() {
    let text = "rules:\n  a/b: off\n  a/b: info\n";
    assert_eq!(message(text), "callint.yaml:3:3: `a/b` is there twice; keep one of the two");
}

#[test]
fn rules_and_parameters_that_do_not_exist_are_placed_and_named() {
    let known: Vocabulary = [("outage/denial".to_string(), vec!["limit".to_string()]), ("outage/other".to_string(), Vec::new())].into();
    let message = |text: &str| {
        let layer = parse(text).expect("a project");
        layer::check(&layer.named, &known).expect_err("unknown").to_string()
    };
    let text = "rules:\n  # loud\n  outage/denail: off\n";
    assert_eq!(message(text), "callint.yaml:3:3: unknown rule `outage/denail`; did you mean `outage/denial`?");
    let text = "overrides:\n  - files: old/\n    rules:\n      outage/denial: {params: {limti: 2}}\n";
    assert_eq!(message(text), "callint.yaml:4:32: `outage/denial` has no parameter `limti`; did you mean `limit`?");
    let text = "rules: {outage/other: {params: {limit: 2}}}\n";
    assert_eq!(message(text), "callint.yaml:1:33: `outage/other` has no parameter `limit`; it has none");
}

#[test]
fn the_command_line_sets_single_keys() {
    let known: Vocabulary = [("a/b".to_string(), vec!["limit".to_string()])].into();
    let mut config = Config::default();
    for setting in ["fail-level=info", "rules.a/b=off", "rules.a/b.level=warning", "rules.a/b.limit=2"] {
        assign(&mut config, setting, &known).expect(setting);
    }
    assert_eq!(config.fail_level, Severity::Info);
    let setting = RuleSetting { level: Some(Severity::Warning), params: [("limit".to_string(), 2.0)].into(), ..RuleSetting::default() };
    assert_eq!(config.rules["a/b"], setting);
    let message = |setting| assign(&mut Config::default(), setting, &known).expect_err("an error").to_string();
    assert_eq!(message("fail-lvel=info"), "--config fail-lvel=info: unknown key `fail-lvel`; did you mean `fail-level`?");
    assert_eq!(message("rules.a/c=off"), "--config rules.a/c=off: unknown rule `a/c`; did you mean `a/b`?");
    assert_eq!(message("fail-level"), "--config fail-level: expected KEY=VALUE, as in fail-level=warning");
}

#[test]
fn a_path_loses_its_detours() {
    assert_eq!(tidy(Path::new("a/./b/../c.md")), Path::new("a/c.md"));
    assert_eq!(tidy(Path::new("a/../../c.md")), Path::new("../c.md"));
    assert_eq!(tidy(Path::new("../../c.md")), Path::new("../../c.md"));
}
