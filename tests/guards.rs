//! Counters and flags: walks honour `offers < 3`, and a loop with a bound is told apart from one without.

use callint::config::Config;
use callint::lint;
use callint::source::Source;

/// The findings of one rule, as severity and line.
fn found(name: &str, text: &str, rule: &str) -> Vec<(&'static str, usize)> {
    let source = Source::new(name, text);
    let config = Config { force: true, ..Config::default() };
    let report = lint::lint(std::slice::from_ref(&source), &config);
    let own = report.diagnostics.iter().filter(|one| one.rule == rule);
    own.map(|one| (one.severity.name(), source.position(one.span().start).line)).collect()
}

/// An offer that is made again on `condition`.
fn offer(set: &str, condition: &str) -> String {
    format!(
        "start: request
steps:
  request:
    - customer: I'd like to close my account.
    - goto: offer
  offer:
    - agent: I can give you half price till June.
{set}    - choose:
        - {condition}
          goto: offer
        - otherwise:
          goto: done
  done:
    - agent: It's closed as of today. Goodbye.
    - end: true
"
    )
}

#[test]
fn loops_with_a_bound_are_told_apart() {
    let rule = |set: &str, condition: &str| found("a.yaml", &offer(set, condition), "retention/loop");
    let once = "    - set: offers + 1\n";
    assert_eq!(rule("", "customer: \"No\""), [("error", 10)]);
    assert_eq!(rule(once, "when: offers < 3"), [("warning", 11)]);
    assert_eq!(rule("", "when: offers < 3"), [("warning", 10)]);
    assert_eq!(rule("    - note: No more than three attempts.\n", "customer: \"No\""), [("warning", 11)]);
    // The counter is at its bound before anybody comes back.
    assert_eq!(rule(once, "when: offers < 1"), []);
    assert_eq!(rule("    - set: offers = 2\n", "when: offers = 1"), []);
    // Nothing bounds a test that stays true.
    assert_eq!(rule(once, "when: offers > 0"), [("error", 11)]);
}

#[test]
fn a_flag_that_was_set_closes_the_other_way() {
    let script = |set: &str| {
        format!(
            "## Start

> How can I help?

[{set}]

- If verified = yes, go to [Account](#account).
- Otherwise: \"I can tell you the opening hours. Goodbye.\"

## Account

> May I have your date of birth?

> And your postcode?

> And your mother's maiden name, and your phone number?

> It's booked for Tuesday. Goodbye.
"
        )
    };
    let rule = |set: &str| found("a.md", &script(set), "identity/too-many-checks").len();
    assert_eq!((rule("Listen."), rule("Set verified = yes"), rule("Set verified to no")), (1, 1, 0));
}

#[test]
fn counters_without_end_stay_within_bounds() {
    let mut text = String::from("start: s0\nsteps:\n");
    for step in 0..60 {
        let counter = ["a", "b", "c", "d"][step % 4];
        let next = (step + 1) % 60;
        text += &format!("  s{step}:\n    - set: {counter} + 1\n    - agent: Step {step} of it.\n    - choose:\n");
        text += &format!(
            "        - when: {counter} >= 19\n          goto: s{next}\n        - otherwise:\n          goto: s{}\n",
            (step * 7 + 3) % 60
        );
    }
    assert_eq!(found("a.yaml", &text, "flow/dead-end"), []);
}
