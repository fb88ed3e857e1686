//! The commands beside `check`, from outside.

mod run;

use run::Run;
use serde_json::Value;

const CABLE: &str = r#"# Cable

## Opening

Agent: "Hello, Larch Cable. Can I have your date of birth and postcode?"

Customer: I want to cancel my service.

- If the customer says "No thanks": go to [Closing](#closing)
- If they accept the offer:
  Agent: "All right."

Anything else: follow the Provider Script

## Codes

NOTE: Read nothing out of this.

## Closing

Agent: "Goodbye."
Never say: "It's your wiring."
"#;

const ACCOUNT: &str = "\
title: Close an account
channel: phone
intent: cancel
start: greeting
steps:
  greeting:
    - agent: Good morning. How can I help?
    - call: verify
    - choose:
        - customer: No thanks
          goto: closed
        - otherwise:
          goto: clsed
  verify:
    - collect: [date of birth, postcode]
  closed:
    - agent: Goodbye.
    - end: true
  spare:
    - agent: One moment.
      tone: warm
";

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn show_prints_how_markdown_was_read() {
    let done = Run::new("show").file("cable.md", CABLE).args(&["cable.md"]).done();
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    insta::assert_snapshot!(done.out, @r#"
    cable.md: Cable
    A section goes on with the next one unless it says where to go.

    Cable (line 1): calls begin here
          then on to Opening (line 3), as nothing else is written

    Opening (line 3)
       5  agent says “Hello, Larch Cable. Can I have your date of birth and postcode?”
              acts: identity check (date of birth, postcode)
       7  customer says “I want to cancel my service.”
              acts: cancel request
       9  if the customer says “No thanks”
              class: no · acts: refusal
       9    → Closing (line 19)
      10  condition: If they accept the offer
              class: yes · acts: acceptance
      11    agent says “All right.”
      13  otherwise: Anything else
              class: other
      13    → ? can't tell: “the Provider Script”

    Codes (line 15): reference, no part of the call
      17  note: Read nothing out of this.

    Closing (line 19)
      21  agent says “Goodbye.”
              acts: closing · the call ends with these words
      22  not to say: It's your wiring.
    "#);
}

#[test]
fn show_prints_how_yaml_was_read() {
    let done = Run::new("show").file("account.yaml", ACCOUNT).args(&["account.yaml"]).done();
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    insta::assert_snapshot!(done.out, @r"
    account.yaml: Close an account
    channel: phone · about: cancel
    A section stops unless it says where to go.

    greeting (line 6): calls begin here
       7  agent says “Good morning. How can I help?”
              acts: greeting, open question
       8  → verify (line 14), and back
      10  if the customer says “No thanks”
              class: no · acts: refusal
      11    → closed (line 16)
      12  otherwise
      13    → nowhere (did you mean “closed”?): “clsed”

    verify (line 14): called from elsewhere
      15  data to collect: date of birth
              acts: identity check (date of birth)
      15  data to collect: postcode
              acts: identity check (postcode)

    closed (line 16)
      17  agent says “Goodbye.”
              acts: closing
      18  end of the call

    spare (line 19): nothing leads here
      20  agent says “One moment.”
              acts: hold · nothing says where the call goes on

    Guessed
      - line 21: the key `tone` is not one I know; its words were left out
    ");
}

#[test]
fn show_tells_programs_the_same() {
    let done = Run::new("show").file("account.yaml", ACCOUNT).args(&["account.yaml", "--format=json"]).done();
    assert_eq!(done.code, 0, "{done:?}");
    let tree = json(&done.out);
    assert_eq!((&tree["version"], &tree["order"]), (&1.into(), &"graph".into()));
    let greeting = &tree["sections"][0];
    assert_eq!((&greeting["name"], &greeting["entry"]), (&"greeting".into(), &true.into()));
    let say = &greeting["lines"][0];
    assert_eq!((&say["kind"], &say["line"], &say["column"]), (&"say".into(), &7.into(), &14.into()));
    let span = |value: &Value| value["span"][0].as_u64().expect("a byte") as usize..value["span"][1].as_u64().expect("a byte") as usize;
    assert_eq!(&ACCOUNT[span(say)], say["text"].as_str().expect("text"));
    let act = &say["acts"][0];
    assert_eq!(&ACCOUNT[span(act)], act["text"].as_str().expect("text"));
    let is_refusal = |edge: &&Value| edge["class"] == "no";
    let edge = tree["edges"].as_array().expect("edges").iter().find(is_refusal).expect("a way for a refusal");
    assert_eq!((&edge["to"]["line"], &edge["assumed"]), (&10.into(), &false.into()));
}

#[test]
fn show_follows_links_and_explains_what_check_skips() {
    let start = "# Start\n\nAgent: \"Let me see.\"\n\nGo to [closing](cable.md#closing).\n";
    let done = Run::new("show").file("a.md", start).file("cable.md", CABLE).args(&["a.md"]).done();
    assert!(done.out.contains("→ Closing (cable.md, line 19)"), "{done:?}");
    let done = Run::new("show").file("notes.md", "# Notes\n\nSee [it](it.md).\n").args(&["notes.md"]).done();
    assert!(done.out.contains("`check` skips it"), "{done:?}");
    let done = Run::new("show").args(&["."]).done();
    assert_eq!((done.code, done.err.as_str()), (2, "error: .: this is a folder; name one file\n"));
    let done = Run::new("show").input(CABLE).args(&["-"]).done();
    assert!(done.out.starts_with("<stdin>: Cable\n"), "{done:?}");
}

#[test]
fn no_escape_sequence_leaves_a_script() {
    let evil = "# A\u{1b}[31m\n\nAgent: \"Hello\u{202e} there.\"\n";
    for args in [&["show", "a.md"][..], &["acts", "a.md"], &["show", "a.md", "--format=json"]] {
        let done = Run::new(args[0]).file("a.md", evil).args(&args[1..]).done();
        assert_eq!(done.code, 0, "{done:?}");
        assert!(!done.out.contains(['\u{1b}', '\u{202e}']), "{done:?}");
    }
}

#[test]
fn explain_says_all_that_the_rule_file_says() {
    let rule = callint::rules::all().iter().find(|rule| rule.id == "retention/too-many-offers").expect("the rule");
    let project = "rules: {retention/too-many-offers: {level: info, params: {max_offers: 2}}}\n";
    let done = Run::new("explain").file("callint.yaml", project).args(&["retention/too-many-offers"]).done();
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let out = flat(&done.out);
    assert!(out.starts_with("retention/too-many-offers (error) "), "{done:?}");
    let instead = rule.instead.as_deref().unwrap_or("");
    for part in [&rule.summary, &rule.why, &rule.help, instead, "max_offers: 1", "level: warning # or off"] {
        assert!(out.contains(&flat(part)), "{part} in {done:?}");
    }
    for example in rule.examples.bad.iter().take(1).chain(rule.examples.good.iter().take(1)) {
        assert!(out.contains(&flat(&example.script)), "{done:?}");
    }
    assert!(done.out.ends_with("In this project\n  info, max_offers: 2\n"), "{done:?}");
    assert!(done.out.lines().all(|line| line.starts_with("    ") || line.chars().count() <= 88), "{done:?}");
}

/// What `explain` and the project file say must agree.
#[test]
fn what_explain_proposes_is_a_project_file() {
    for id in ["retention/too-many-offers", "outage/denial", "reading/unknown-key"] {
        let done = Run::new("explain").args(&[id]).done();
        let proposed: Vec<&str> = done
            .out
            .split("To change it, in callint.yaml\n")
            .nth(1)
            .expect("a proposal")
            .lines()
            .take_while(|line| !line.is_empty())
            .collect();
        let project: String = proposed.iter().map(|line| format!("{}\n", &line[4..])).collect();
        let done = Run::new("check").file("callint.yaml", &project).file("a.md", CABLE).args(&["a.md"]).done();
        assert_ne!(done.code, 2, "{project}{done:?}");
    }
}

#[test]
fn explain_lists_families_and_helps_with_typing_errors() {
    let done = Run::new("explain").args(&["outage"]).done();
    assert_eq!(done.code, 0);
    assert!(done.out.lines().all(|line| line.starts_with("outage/")), "{done:?}");
    for (typed, near) in [("outage/denail", "outage/denial"), ("too-many-offers", "retention/too-many-offers")] {
        let done = Run::new("explain").args(&[typed]).done();
        assert_eq!((done.code, done.out.as_str()), (2, ""));
        assert_eq!(done.err, format!("error: unknown rule `{typed}`; did you mean `{near}`?\n"));
    }
    assert_eq!(Run::new("explain").args(&["reading/syntax"]).done().code, 0);
}

#[test]
fn rules_are_listed_in_order() {
    let done = Run::new("rules").done();
    let ids: Vec<&str> = done.out.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(ids.is_sorted() && ids.contains(&"outage/denial") && ids.contains(&"reading/syntax"), "{done:?}");
    let listed = json(&Run::new("rules").args(&["--format=json"]).done().out);
    let rules = listed["rules"].as_array().expect("rules");
    assert_eq!(rules.iter().map(|rule| rule["id"].as_str().expect("an id")).collect::<Vec<_>>(), ids);
}
