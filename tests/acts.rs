//! `callint acts` and `callint eval`, from outside.

mod run;

use run::Run;
use serde_json::Value;

const CABLE: &str = r#"# Cable

Agent: "Hello, Larch Cable. Can I have your date of birth and postcode?"

Customer: I want to cancel my service.

Never say: "It's your wiring."
"#;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn acts_are_heard_in_lines_rows_and_scripts() {
    let done = Run::new("acts").input("Can I have your date of birth?\n\nOne č.\n").args(&["-", "--format=json"]).done();
    let out = json(&done.out);
    let act = &out["lines"][0]["acts"][0];
    assert_eq!((&act["act"], &act["items"][0]), (&"identity_check".into(), &"dob".into()));
    assert_eq!((&act["confidence"], &act["like"], &act["span"][0]), (&1.0.into(), &Value::Null, &0.into()));
    assert_eq!(out["lines"][1]["text"], "One č.");
    let rows = "{\"who\": \"customer\", \"text\": \"I want to cancel my service.\"}\n";
    let done = Run::new("acts").file("a.jsonl", rows).args(&["a.jsonl"]).done();
    assert!(done.out.starts_with("customer: I want to cancel my service.\n    cancel_request: “"), "{done:?}");
    let done = Run::new("acts").file("cable.md", CABLE).args(&["cable.md", "--format=json"]).done();
    let out = json(&done.out);
    let lines = out["lines"].as_array().expect("lines");
    assert_eq!(lines[0]["who"], "agent");
    let cancel = lines.iter().find(|line| line["who"] == "customer").expect("the customer's line");
    assert_eq!(cancel["acts"][0]["act"], "cancel_request");
    assert!(lines.iter().all(|line| line["text"] != "It's your wiring."));
}

const LABELLED: &str = "\
{\"who\": \"agent\", \"text\": \"Can I have your date of birth?\", \"acts\": [\"identity_check\"]}
{\"who\": \"agent\", \"text\": \"The sky is blue.\", \"acts\": [\"empathy\"]}

{\"who\": \"customer\", \"text\": \"I want to cancel my service.\", \"acts\": [\"refusal\"]}
";

#[test]
fn eval_measures_and_shows_mistakes() {
    let run = || Run::new("eval").file("a.jsonl", LABELLED).args(&["a.jsonl"]);
    let done = run().done();
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    insta::assert_snapshot!(done.out, @r"
    act             precision  recall    F1  right  wrong  missed
    cancel_request       0.00    0.00  0.00      0      1       0
    empathy              0.00    0.00  0.00      0      0       1
    identity_check       1.00    1.00  1.00      1      0       0
    refusal              0.00    0.00  0.00      0      0       1

    micro                0.50    0.33  0.40      1      1       2
    macro                              0.33
    3 lines

    who             precision  recall    F1  right  wrong  missed  macro F1  lines
    agent                1.00    0.50  0.67      1      0       1      0.50      2
    customer             0.00    0.00  0.00      0      1       1      0.00      1

    Most often confused
        1 × refusal missed, cancel_request heard instead
    ");
    let done = run().args(&["--act", "cancel_request"]).done();
    insta::assert_snapshot!(done.out, @r"
    cancel_request: precision 0.00, recall 0.00, F1 0.00 (0 right, 1 wrong, 0 missed)

    Heard by mistake
      a.jsonl:4: customer: I want to cancel my service.
          because of cancel_request: “I want to cancel my service”
    ");
    let done = run().args(&["--act", "refusal", "--format=json"]).done();
    let out = json(&done.out);
    assert_eq!(out["mistakes"]["missed"][0]["line"], 4);
    assert_eq!(out["mistakes"]["missed"][0]["heard"][0][0], "cancel_request");
    assert_eq!(out["confusions"][0]["count"], 1);
    let customer = &out["who"][1];
    assert_eq!((&customer["who"], &customer["lines"], &customer["micro"]["wrong"]), (&"customer".into(), &1.into(), &1.into()));
    assert_eq!((&customer["acts"][0]["act"], &out["acts"][2]["f1"]), (&"cancel_request".into(), &1.0.into()));
}

#[test]
fn eval_counts_what_a_warning_may_rest_on() {
    let row = "{\"who\": \"customer\", \"text\": \"I'd rather have my money back.\", \"acts\": []}\n";
    let run = |args: &[&str]| Run::new("eval").file("a.jsonl", row).args(&["a.jsonl"]).args(args).done().out;
    assert!(run(&[]).contains("cancel_request"), "a pattern hears it");
    assert!(!run(&["--sure"]).contains("cancel_request"), "and the line is unlike all that do it");
}

#[test]
fn eval_lists_every_line_with_a_mistake() {
    let done = Run::new("eval").file("a.jsonl", LABELLED).args(&["a.jsonl", "--misses"]).done();
    insta::assert_snapshot!(done.out, @r"
    a.jsonl:2: agent: The sky is blue.
        missed: empathy
    a.jsonl:4: customer: I want to cancel my service.
        missed: refusal
        heard by mistake: cancel_request
    ");
}

/// In answer to a customer who reports a fault, "I can open it fine" denies it.
#[test]
fn rows_of_one_call_are_heard_together() {
    let rows = r#"{"who": "customer", "text": "My bill does not open.", "call": "a"}
{"who": "agent", "text": "I can open it fine from here."}
{"who": "agent", "text": "I can open it fine from here.", "call": "b"}
{"who": "agent", "text": "I can open it fine from here.", "call": "a"}
{"who": "agent", "text": "", "call": "a"}
"#;
    let done = Run::new("acts").file("a.jsonl", rows).args(&["a.jsonl", "--format=json"]).done();
    let out = json(&done.out);
    let heard: Vec<&Value> = out["lines"].as_array().expect("lines").iter().map(|line| &line["acts"][0]["by"]).collect();
    assert_eq!(heard, [&"pattern".into(), &Value::Null, &Value::Null, &"context".into(), &Value::Null]);
}

#[test]
fn eval_places_a_bad_line_and_knows_its_acts() {
    let done = Run::new("eval").file("a.jsonl", "\n{\"who\": \"agent\"}\n").args(&["a.jsonl"]).done();
    assert_eq!((done.code, done.err.as_str()), (2, "error: a.jsonl:2: missing field `text`\n"));
    let done = Run::new("eval").file("a.jsonl", LABELLED).args(&["a.jsonl", "--act=empaty"]).done();
    assert_eq!((done.code, done.err.as_str()), (2, "error: unknown act `empaty`; did you mean `empathy`?\n"));
}

const HOUSE: &str = "\
acts:
  empathy:
    phrases: [\"(sair|fair) fecht\"]
    not: [bless your heart]
    examples: { yes: [\"Och! A dreich week.\"], no: [I know how it feels.] }
";

#[test]
fn a_project_teaches_acts() {
    let lines = "Sair fecht.\nWell: och! A dreich week.\nOch! A dreich week. Hm.\nI know how it feels.\n\
                 Sair fecht, bless your heart.\n";
    let done = Run::new("acts").file("callint.yaml", HOUSE).input(lines).args(&["-", "--format=json"]).done();
    let out = json(&done.out);
    let empathy = |line: &Value| line["acts"].as_array().into_iter().flatten().any(|act| act["act"] == "empathy" && act["by"] == "project");
    let heard: Vec<bool> = out["lines"].as_array().expect("lines").iter().map(empathy).collect();
    assert_eq!(heard, [true, false, true, false, false], "{done:?}");
    let labelled = "{\"text\": \"Sair fecht.\", \"acts\": [\"empathy\"]}\n";
    let eval = |project: &str| Run::new("eval").file("callint.yaml", project).file("a.jsonl", labelled).args(&["a.jsonl"]).done().out;
    assert!(eval(HOUSE).contains("1.00"), "{}", eval(HOUSE));
    assert!(!eval("").contains("1.00"), "{}", eval(""));
    let script = "Customer: The line is down.\n\nAgent: You must have set it up wrong.\n";
    let check =
        |project: &str| Run::new("check").file("callint.yaml", project).file("a.md", script).args(&["a.md", "--format=concise"]).done().out;
    assert!(check("").contains("empathy/blames-customer"), "{}", check(""));
    assert!(!check("acts: {blame: {not: [must have set it up]}}\n").contains("blames-customer"));
    assert!(eval("acts: {empathy: {examples: [Sair fecht.]}}\n").contains("1.00"), "a bare list of examples is heard");
}

#[test]
fn acts_of_a_project_of_its_own_can_be_taught_more() {
    let act = "act: house_word\nwho: agent\nmeaning: Says the word of the house.\npatterns: [abracadabra]\nexamples: [Abracadabra.]\n";
    let project = |act: &str| format!("rule-folders: [house]\nacts:\n  {act}:\n    phrases: [open sesame]\n");
    let run = |act_named: &str| {
        Run::new("acts").file("callint.yaml", project(act_named)).file("house/a.yaml", act).input("Open sesame.\n").args(&["-"]).done()
    };
    assert!(run("house_word").out.contains("house_word: “Open sesame”"), "{:?}", run("house_word"));
    assert!(
        run("house_wort").err.contains("callint.yaml:3:3: unknown act `house_wort`; did you mean `house_word`?"),
        "{:?}",
        run("house_wort")
    );
}

#[test]
fn mistakes_in_what_a_project_teaches_are_placed() {
    let error = |project: &str| Run::new("acts").file("callint.yaml", project).input("Hello.\n").args(&["-"]).done().err;
    let project = |act: &str, what: &str| format!("acts:\n  {act}:\n    {what}\n");
    assert_eq!(
        error(&project("empaty", "not: [a]")).lines().next().unwrap_or("").split_once("yaml:").map(|(_, told)| told),
        Some("2:3: unknown act `empaty`; did you mean `empathy`?")
    );
    let told = |project: &str| error(project).split_once("yaml:").map(|(_, told)| told.trim().to_string()).unwrap_or_default();
    assert_eq!(told(&project("empathy", "phrases: [\"so (sad|sorry } you\"]")), "3:30: `so (sad|sorry } you`: cannot read from `} you` on");
    assert_eq!(told(&project("empathy", "phrases: [what a <pity>]")), "3:22: there is no word class <pity>");
    assert_eq!(told(&project("empathy", "phrase: [a]")), "3:5: unknown key `phrase`; did you mean `phrases`?");
    assert_eq!(
        told(&project("empathy", "{not: [lamb], examples: {yes: [You poor lamb.]}}")),
        "3:36: this is an example of empathy, but something under `not` or another act takes it back"
    );
}
