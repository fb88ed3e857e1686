//! The formats for other programs, from outside: they hold to what their readers expect, and none of
//! them changes what the run says of the scripts.

mod run;

use run::{Done, Run};
use serde_json::Value;

const FORMATS: [&str; 10] = ["pretty", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown"];

const CANCEL: &str = "# Číst & \"rušit\" <b>\r\n\r\nCustomer: I want to cancel.\r\n\r\nRep: I can offer you 20% off — for a year.\r\n\r\n\
                      Customer: No.\r\n\r\nRep: I can offer you a free month instead.\r\n\r\nCustomer: No!\r\n\r\nRep: It's cancelled. Goodbye.\r\n";

fn check(args: &[&str]) -> Done {
    Run::new("check").file("č a.md", CANCEL).file("clean.md", "Agent: \"Hello. How can I help?\"\n").args(args).done()
}

#[test]
fn no_format_changes_the_exit_code() {
    for format in FORMATS {
        let done = check(&["--format", format]);
        assert_eq!(done.code, 1, "{format}: {done:?}");
        assert!(!done.out.is_empty() && done.err.is_empty(), "{format}: {done:?}");
    }
}

#[test]
fn every_format_tells_the_severity() {
    for format in FORMATS {
        let done = check(&["--format", format]);
        assert!(done.out.to_lowercase().contains("error"), "{format}: {done:?}");
        let done = check(&["--format", format, "--info", "retention", "--min-level=info"]);
        assert!(["info", "notice", "note"].iter().any(|word| done.out.to_lowercase().contains(word)), "{format}: {done:?}");
    }
}

/// The schema is that of OASIS without its descriptions, and without a stray bracket in a pattern,
/// <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json>.
#[test]
fn sarif_is_valid() {
    let schema: Value = serde_json::from_str(include_str!("sarif-2.1.0.json")).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let comment = "<!-- callint-disable-file flow/broken-jump -- to come -->\n<!-- callint-disable-file outage/denial -- x -->\n";
    let jump = format!("# A\n\n{comment}\nAgent: \"Hello.\"\n\n[More](#mroe)\n\n## More\n\nAgent: \"Goodbye!\"\n");
    let done = Run::new("check").file("č a.md", CANCEL).file("jump.md", jump).args(&["--format=sarif"]).done();
    for key in ["fixes", "suppressions", "codeFlows", "relatedLocations"] {
        assert!(done.out.contains(&format!("\"{key}\"")), "{key}");
    }
    let sarif: Value = serde_json::from_str(&done.out).expect("JSON");
    let faults: Vec<String> = validator.iter_errors(&sarif).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(!rules[index]["help"]["text"].as_str().expect("help").is_empty());
        assert!(result["partialFingerprints"]["callint/v1"].is_string());
    }
    let offers = run["results"].as_array().expect("results").iter().find(|result| result["ruleId"] == "retention/too-many-offers");
    let offers = offers.expect("two offers");
    let place = &offers["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%C4%8D%20a.md");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&9.into(), &6.into()));
    assert!(offers["codeFlows"][0]["threadFlows"][0]["locations"].as_array().expect("a walk").len() > 2);
}

#[test]
fn sarif_declares_the_rules_that_are_on() {
    let declares = |args: &[&str], rule: &str| {
        let sarif: Value = serde_json::from_str(&check(&[&["--format=sarif"], args].concat()).out).expect("JSON");
        sarif["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules").iter().any(|known| known["id"] == rule)
    };
    assert!(declares(&[], "outage/denial") && !declares(&["--off=outage"], "outage/denial"));
    let asked_for = callint::rules::all().iter().find(|rule| !rule.profile.is_empty()).expect("a rule of a profile");
    assert!(!declares(&[], &asked_for.id) && declares(&["--profile", &asked_for.profile[0]], &asked_for.id));
}

#[test]
fn several_formats_at_once_say_the_same() {
    let run = || Run::new("check").file("a.md", CANCEL);
    let done = run().args(&["--format=concise", "--output", "json=out.json", "--output=junit=out.xml"]).keep(&["out.json", "out.xml"]);
    assert_eq!(done.0.code, 1);
    let json: Value = serde_json::from_str(&done.1[0]).expect("JSON");
    assert_eq!(json["findings"].as_array().expect("findings").len(), done.0.out.lines().count(), "{:?}", done.0);
    assert_eq!(done.1[1].matches("<failure").count(), done.0.out.lines().count());
    let done = run().args(&["--output=json=gone/out.json"]).done();
    assert!(done.code == 2 && done.err.starts_with("error: cannot write gone/out.json: "), "{done:?}");
    let done = run().args(&["--output=jsn=out.json"]).done();
    assert!(done.code == 2 && done.err.contains("`jsn` is no format; expected pretty, "), "{done:?}");
}

#[test]
fn fingerprints_of_gitlab_are_each_there_once() {
    let twice = format!("{CANCEL}\n# Again\n\n{CANCEL}");
    let done = Run::new("check").file("a.md", twice).args(&["--format=gitlab"]).done();
    let issues: Vec<Value> = serde_json::from_str(&done.out).expect("a list");
    let mut prints: Vec<&str> = issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
    assert!(prints.len() > 1);
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), issues.len(), "{done:?}");
}

#[test]
fn github_marks_stay_on_a_line_each() {
    let done = check(&["--format=github"]);
    let first = done.out.lines().find(|line| line.contains("too-many-offers")).expect("two offers");
    assert!(first.starts_with("::error file=č a.md,line=9,endLine=9,col=6,endColumn="), "{first}");
    assert!(done.out.lines().all(|line| line.starts_with("::")), "{done:?}");
}

#[test]
fn reviewdog_counts_bytes() {
    let text = CANCEL.replace("Rep: I can offer you a free", "Rep: Č, I can offer you a free");
    let done = Run::new("check").file("a.md", text).args(&["--format=rdjson"]).done();
    let json: Value = serde_json::from_str(&done.out).expect("JSON");
    let is_offers = |found: &&Value| found["code"]["value"] == "retention/too-many-offers";
    let offers = json["diagnostics"].as_array().expect("a list").iter().find(is_offers).expect("two offers");
    assert_eq!(offers["location"]["range"]["start"]["column"], 10, "{offers}");
}

#[test]
fn markdown_takes_no_markup_from_a_script() {
    let evil = CANCEL.replace("I can offer you a free", "@team <img src=x> #1 [how](http://x) I can offer you a free");
    let done = Run::new("check").input(&evil).args(&["-", "--format=markdown"]).done();
    assert!(!done.out.contains('@') && !done.out.contains("<img") && !done.out.contains("[how]"), "{done:?}");
}

#[test]
fn output_is_the_same_whatever_the_machine() {
    let mut order = vec!["b.md", "č a.md", "sub/c.yaml", "sub"];
    let mut run = |format: &str, threads: &str, locale: &str| {
        order.rotate_left(1);
        let run = Run::new("check").file("sub/d.md", CANCEL).file("b.md", CANCEL.replace("month", "year")).file("č a.md", CANCEL);
        let run = run.file("sub/c.yaml", "steps:\n  - customer: I want to cancel.\n  - agent: No.\n  - goto: nowhere\n");
        let run = run.env("RAYON_NUM_THREADS", threads).env("LC_ALL", locale).env("TZ", "Asia/Tokyo");
        run.args(&["--format", format, "--min-level=info"]).args(&order).done()
    };
    for format in FORMATS {
        let first = run(format, "1", "C");
        for (threads, locale) in [("2", "cs_CZ.UTF-8"), ("7", "tr_TR.UTF-8"), ("16", "C")] {
            assert_eq!(run(format, threads, locale), first, "{format} with {threads} threads");
        }
    }
}
