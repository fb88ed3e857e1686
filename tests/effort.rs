//! What a call asks of callers, counted from outside; and the budgets for it.

mod run;

use run::{Done, Run};
use serde_json::Value;

const GYM: &str = r#"# Harbour Gym line

## Hello

Agent: "Harbour Gym, this is Kim. What can I do for you?"

- Customer: "I want to cancel my membership." → [Leaving](#leaving)
- Customer: "The shower on the first floor is broken." → [Fault](#fault)
- Customer: "When is the pool open?" → [Hours](#hours)

## Leaving

Agent: "May I have your membership number and your date of birth?"

Agent: "I could freeze it for three months instead. Would you like that?"

- Yes: "All set, your membership is frozen. Goodbye."
- No: go to [Second](#second)

## Second

Agent: "Then what about half price until June?"

- Yes: "Great, I've put that on. Goodbye."
- No: "It's cancelled as of today. Goodbye."
- Customer: "Let me think": "I'm going to put you on hold then." Go to [Second](#second)

## Fault

Agent: "I'm logging it now, and our plumber comes tomorrow before ten. Goodbye."

## Hours

Agent: "Nobody knows. Goodbye."
"#;

fn check(project: &str, script: &str) -> Done {
    let run = Run::new("check").file("callint.yaml", project).file("gym.md", script);
    run.args(&["--format=concise", "--off=retention", "--off=empathy", "gym.md"]).done()
}

fn json(script: &str) -> Value {
    let done = Run::new("effort").file("gym.md", script).args(&["gym.md", "--format=json"]).done();
    serde_json::from_str(&done.out).unwrap_or_else(|error| panic!("{error}: {done:?}"))
}

#[test]
fn a_table_tells_people() {
    let done = Run::new("effort").file("gym.md", GYM).args(&["gym.md"]).done();
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    insta::assert_snapshot!(done.out, @r"
    gym.md: what it takes callers to get done what they want

                        turns  identity items    offers  refusals  transfers     holds    speech
    cancel (line 7)
      shortest call         9               2         2         2          0         0      0:22
      longest call   no limit               2  no limit         2          0  no limit  no limit
    fault (line 8)
      shortest call         3               0         0         0          0         0      0:13
      longest call          3               0         0         0          0         0      0:13

    cancel (line 7): no limit, as a call can go from line 26 back to line 20 again and again
    can't tell: “When is the pool open?” (line 9): callint hears no line that gets it done
    ");
}

#[test]
fn programs_are_told_the_same() {
    let table = json(GYM);
    assert_eq!((&table["version"], &table["file"]), (&1.into(), &"gym.md".into()));
    let cancel = &table["intents"][0];
    assert_eq!((&cancel["name"], &cancel["line"], &cancel["withoutLimit"]), (&"cancel".into(), &7.into(), &true.into()));
    assert_eq!((&cancel["shortest"]["offers"], &cancel["noLimit"]), (&2.into(), &serde_json::json!(["offers", "holds"])));
    assert_eq!((&cancel["shortest"]["refusals"], &cancel["shortest"]["items"]), (&2.into(), &2.into()));
    let hours = table["intents"].as_array().expect("a list").last().expect("an intent");
    assert_eq!((&hours["kind"], &hours["shortest"]), (&Value::Null, &Value::Null));
}

#[test]
fn budgets_are_checked_with_a_walk() {
    assert_eq!(check("", GYM).code, 0);
    let done = check("effort: {cancel: {max-offers: 1, max-holds: 0}, fault: {max-turns: 3}}\n", GYM);
    let told = "gym.md:22:9: error[effort/over-budget] a call about “cancel” takes 2 offers; the budget is 1\n\
                gym.md:26:30: error[effort/over-budget] a call about “cancel” can take one hold after the other without limit; the budget is 0\n";
    assert_eq!((done.code, done.out.as_str()), (1, told), "{done:?}");
    let project = "effort: {cancel: {max-offers: 1}}\nrules: {effort/over-budget: warning}\n";
    assert!(check(project, GYM).out.contains("warning[effort/over-budget]"));
    let accepted = GYM.replace("Agent: \"Then", "<!-- callint-disable-next-line effort/over-budget -- agreed -->\nAgent: \"Then");
    assert_eq!(check(project, &accepted).out, "");
    let done = check("effort: {when-is-the-pool-open?: {max-turns: 2}}\n", GYM);
    assert_eq!(done.code, 0, "{done:?}");
}

#[test]
fn mistakes_in_budgets_are_placed() {
    let done = check("effort:\n  cancle: {max-turns: 2}\n", GYM);
    assert!(done.code == 2 && done.err.contains("callint.yaml:2:3: unknown intent `cancle`; did you mean `cancel`?"), "{done:?}");
    let done = check("effort:\n  cancel: {max-turn: 2}\n", GYM);
    assert!(done.code == 2 && done.err.contains("callint.yaml:2:12: unknown key `max-turn`; did you mean `max-turns`?"), "{done:?}");
}

#[test]
fn what_cannot_be_told_is_said() {
    let script = "# Bye\n\nCustomer: \"I want to cancel my plan.\"\n\nAgent: \"Let me see what we have.\"\n";
    let run = Run::new("check").file("callint.yaml", "effort: {cancel: {max-turns: 8}}\n").file("a.md", script);
    let done = run.args(&["--off=retention", "--off=flow", "a.md"]).done();
    let told = "can't tell: a.md:3: the budget for “cancel” was not checked: callint hears no line that gets it done";
    assert!(done.out.contains(told), "{done:?}");
    assert_eq!(Run::new("effort").file("a.md", "# Notes\n\nNothing here.\n").args(&["a.md"]).done().code, 0);
    assert_eq!(Run::new("effort").args(&["gone.md"]).done().code, 2);
}

/// Each intent of a script has a row, whatever it is called.
#[test]
fn every_intent_has_a_row() {
    let script = "---\nintents: [lost_card, refund, moon_landing]\n---\n\n## Start\n\n> How can I help?\n\n- \"I've lost my card\": \"I've blocked it, and a new one is with you by Friday.\"\n- \"I'd like to be refunded\": \"May I have the order number?\"\n\n> I've refunded it to your card.\n";
    let table = json(script);
    let rows: Vec<(&str, bool)> = table["intents"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| (row["name"].as_str().unwrap_or_default(), row["shortest"].is_object()))
        .collect();
    for row in [("lost card", true), ("refund", true), ("moon landing", false)] {
        assert!(rows.contains(&row), "{row:?} in {rows:?}");
    }
    let done = Run::new("effort").file("a.md", script).args(&["a.md"]).done();
    assert!(done.out.contains("“moon landing” (line 5): nothing in the script says where calls about it begin"), "{done:?}");
}

/// Circles within circles end, and so does a long chain of choices.
#[test]
fn large_scripts_are_counted() {
    let mut script =
        String::from("title: Chain\nlanguage: en\nstart: s0\nsteps:\n  s0:\n    - customer: I want to cancel my plan.\n    - goto: s1\n");
    for step in 1..2000 {
        let (next, back) = (step + 1, step / 2);
        script += &format!(
            "  s{step}:\n    - agent: Is it number {step}?\n    - choose:\n        - customer: Blue\n          goto: s{next}\n        - customer: Green\n          goto: s{back}\n        - customer: Red\n          goto: s2000\n"
        );
    }
    script += "  s2000:\n    - agent: It's cancelled as of today. Goodbye.\n    - end: true\n";
    let done = Run::new("effort").file("a.yaml", &script).args(&["a.yaml", "--format=json"]).done();
    let table: Value = serde_json::from_str(&done.out).expect("JSON");
    let cancel = &table["intents"][0];
    assert_eq!((&cancel["shortest"]["turns"], &cancel["longest"]["turns"]), (&4.into(), &6002.into()), "{}", done.err);
    assert_eq!(cancel["withoutLimit"], true);
}
