//! Comments that accept findings, in both carriers, and what is said of those that are not in order.

mod run;

use run::{Done, Run};
use serde_json::Value;

const DENIAL: &str = "Agent: \"We are not seeing any problem on our end.\"\n";
const NEXT: &str = "callint-disable-next-line outage/denial";

fn markdown(body: &str) -> Done {
    lint("a.md", &format!("# Slow line\n\nCustomer: My internet keeps dropping.\n\n{body}"))
}

fn yaml(steps: &str) -> Done {
    lint("a.yaml", &format!("title: Slow line\nsteps:\n  hello:\n    - customer: My internet keeps dropping.\n{steps}"))
}

fn lint(name: &str, text: &str) -> Done {
    let off = ["--off=empathy", "--off=flow"];
    Run::new("check").file(name, text).args(&["--format=concise", "--fail-level=info", "--min-level=info"]).args(&off).done()
}

/// The lines and words of what is said of the comments.
fn said(done: &Done) -> Vec<(usize, &str)> {
    let said = done.out.lines().filter_map(|line| line.split_once(": warning[reading/suppression] "));
    said.map(|(place, words)| (place.split(':').nth(1).and_then(|line| line.parse().ok()).expect("a line"), words)).collect()
}

#[test]
fn the_next_line_is_all_that_begins_there() {
    let long = "Agent: \"We are not\nseeing any problem on our end.\"\n";
    for body in [DENIAL, long, "> We are not seeing\n> any problem on our end.\n", "- Agent: \"No, there is no problem\n  on our end.\"\n"]
    {
        assert_eq!(markdown(body).code, 1, "{body}");
        let done = markdown(&format!("<!-- {NEXT} -- agreed -->\n\n{body}"));
        assert_eq!((done.code, done.out.as_str()), (0, ""), "{body}");
    }
    let done = markdown(&format!("<!-- {NEXT} -- agreed -->\nAgent: \"One moment.\"\n\n{DENIAL}"));
    assert!(done.out.contains("error[outage/denial]"), "{done:?}");
    assert_eq!(said(&done), [(5, "nothing is suppressed here: outage/denial finds no fault where this comment holds")]);
}

#[test]
fn yaml_comments_do_the_same() {
    let folded = "    - agent: >-\n        We are not seeing\n        any problem on our end.\n";
    let plain = "    - agent: We are not seeing any problem on our end.\n";
    for steps in [folded, plain] {
        assert_eq!(yaml(steps).code, 1, "{steps}");
        let done = yaml(&format!("    # {NEXT} until 2999-01-01 -- agreed\n{steps}"));
        assert_eq!((done.code, done.out.as_str()), (0, ""), "{steps}");
    }
    assert_eq!(yaml(&format!("    # callint-disable outage/denial -- x\n{plain}    # callint-enable\n")).code, 0);
    assert_eq!(yaml(&format!("{plain}# callint-disable-file outage/denial -- x\n")).code, 0);
    assert_eq!(yaml(&format!("    # callint-disable-section outage/denial -- x\n{plain}")).code, 0);
}

#[test]
fn blocks_sections_and_files_have_their_bounds() {
    let block = format!("<!-- callint-disable outage/denial -- x -->\n\n{DENIAL}\n<!-- callint-enable outage/denial -->\n");
    assert_eq!(markdown(&block).code, 0);
    assert_eq!(markdown(&format!("{block}\n{DENIAL}")).out.lines().count(), 1);
    let section = format!("# A\n\n<!-- callint-disable-section outage/denial -- x -->\n\n## In A\n\n{DENIAL}\n");
    assert_eq!(markdown(&section).code, 0);
    let two = format!("{section}# B\n\nCustomer: It keeps dropping.\n\n{DENIAL}");
    assert_eq!(markdown(&two).out.lines().count(), 1);
    assert_eq!(markdown(&format!("{two}\n<!-- callint-disable-file outage/denial -- x -->\n")).code, 0);
}

#[test]
fn a_comment_needs_a_rule_that_exists_a_reason_and_a_day_to_come() {
    for (comment, words) in [
        ("callint-disable-next-line -- x", "`callint-disable-next-line` does not say which rule it is for"),
        ("callint-disable-next-line outage/denail -- x", "there is no rule `outage/denail`; did you mean `outage/denial`?"),
        (NEXT, "this suppression gives no reason, so it does not count"),
        ("callint-disable-next-line outage/denial until May -- x", "`May` is no date, so nothing is suppressed"),
        ("callint-disable-next-line outage/denial until 2020-03-01 -- x", "this suppression ended on 2020-03-01"),
        ("callint-disable outage/denial -- x", "this block has no end, so nothing is suppressed"),
        ("callint-enable outage/denial", "no block of these rules begins before this"),
        (
            "callint-disable-nextline outage/denial -- x",
            "`callint-disable-nextline` is nothing that a comment can ask for; did you mean `callint-disable-next-line`?",
        ),
    ] {
        let done = markdown(&format!("<!-- {comment} -->\n{DENIAL}"));
        assert_eq!(said(&done), [(5, words)]);
        assert!(done.out.contains("a.md:6:9: error[outage/denial]"), "{done:?}");
    }
}

#[test]
fn a_rule_that_is_off_makes_no_comment_useless() {
    let text = format!("# Slow line\n\nCustomer: My internet keeps dropping.\n\n<!-- {NEXT} -- x -->\n{DENIAL}");
    let done = Run::new("check").file("a.md", text).args(&["--format=concise", "--off=outage/denial"]).done();
    assert!(said(&done).is_empty(), "{done:?}");
}

#[test]
fn suppressed_findings_stay_in_json_and_sarif() {
    let text = format!("# Slow line\n\nCustomer: It keeps dropping.\n\n<!-- {NEXT} until 2999-01-01 -- by the law -->\n{DENIAL}");
    let run = |format| Run::new("check").file("a.md", &text).args(&[format, "--off=empathy", "--off=flow"]).done();
    let json: Value = serde_json::from_str(&run("--format=json").out).expect("JSON");
    let expected = serde_json::json!({ "reason": "by the law", "until": "2999-01-01", "line": 5 });
    assert_eq!((&json["findings"][0]["suppressed"], &json["summary"]["suppressed"]), (&expected, &1.into()));
    assert_eq!(json["summary"]["errors"], 0);
    let sarif: Value = serde_json::from_str(&run("--format=sarif").out).expect("JSON");
    let suppression = &sarif["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["justification"]), (&"inSource".into(), &"by the law".into()));
    let done = run("--format=pretty");
    assert_eq!((done.code, done.out.as_str()), (0, "no findings in 1 script · 1 suppressed\n"));
}
