//! Findings that callint mends itself: what changes, what does not, and that it is done once.

mod run;

use run::{Done, Run};

const JUMPS: &str = "# Start\n\nAgent: \"Hello. How can I help?\"\n\n- Customer: \"A bill.\" → [Bill](#biling)\n\
                     - Customer: \"My card is gone.\" → [Lost card](#lost-card)\n\n## Billing\n\nAgent: \"I can send it. Goodbye!\"\n\n\
                     ## Lost card\n\nAgent: \"I have blocked it. Goodbye!\"\n";
const FAULT: &str = "# Fault\n\nCustomer: \"My internet is down.\"\n\nAgent: \"What is your account number?\"\n";

fn fix(name: &str, text: &str, args: &[&str]) -> (Done, String) {
    let (done, mut kept) = Run::new("check").file(name, text).args(&["--format=concise"]).args(args).keep(&[name]);
    (done, kept.remove(0))
}

#[test]
fn a_broken_jump_with_one_near_target_is_led_there() {
    let (done, fixed) = fix("a.md", JUMPS, &["--fix"]);
    assert_eq!(fixed, JUMPS.replace("#biling", "#billing"));
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", "changed a.md\n"));
    let two = format!("{JUMPS}\n## Bilings\n\nAgent: \"Goodbye!\"\n");
    assert_eq!(fix("a.md", &two, &["--fix"]).1, two);
    let yaml = "steps:\n  hello:\n    - agent: Hello.\n    - goto: \"clsing\"\n  closing:\n    - agent: Goodbye!\n    - end: true\n";
    assert_eq!(fix("a.yaml", yaml, &["--fix"]).1, yaml.replace("clsing", "closing"));
}

#[test]
fn a_comment_that_suppresses_nothing_goes() {
    let comment = "<!-- callint-disable-next-line outage/denial -- x -->";
    let (done, fixed) =
        fix("a.md", &JUMPS.replace("## Billing\n", &format!("{comment}\n## Billing\n")).replace("biling", "billing"), &["--fix"]);
    assert_eq!((done.code, fixed), (0, JUMPS.replace("biling", "billing")), "{done:?}");
    let text = JUMPS.replace("send it. Goodbye!\"", &format!("send it. Goodbye!\" {comment}"));
    assert_eq!(fix("a.md", &text, &["--fix"]).1, JUMPS.replace("biling", "billing"));
}

#[test]
fn proposed_wording_is_put_in_only_when_asked_for() {
    assert_eq!(fix("a.md", FAULT, &["--fix"]).1, FAULT);
    let (done, fixed) = fix("a.md", FAULT, &["--fix", "--unsafe"]);
    assert_eq!(fixed, FAULT.replace("\"What", "\"I'm sorry about that, and thank you for telling me. What"));
    assert!(!done.out.contains("missing-before-process"), "{done:?}");
    let yaml = "steps:\n  - customer: My internet is down.\n  - agent: 'What is your account number?'\n";
    assert_eq!(
        fix("a.yaml", yaml, &["--fix", "--unsafe"]).1,
        yaml.replace("'What", "'I''m sorry about that, and thank you for telling me. What")
    );
    let harmful = FAULT.replace("What is your account number?", "There is no problem on our end.");
    assert_eq!(fix("a.md", &harmful, &["--fix", "--unsafe"]).1, harmful);
}

#[test]
fn fixing_twice_changes_nothing_and_keeps_line_ends_and_mark() {
    let text = format!("\u{feff}{JUMPS}\n{FAULT}").replace('\n', "\r\n");
    let (_, fixed) = fix("a.md", &text, &["--fix", "--unsafe"]);
    assert!(fixed != text && fixed.starts_with('\u{feff}'));
    assert_eq!(fixed.matches('\n').count(), fixed.matches("\r\n").count());
    let (done, again) = fix("a.md", &fixed, &["--fix", "--unsafe"]);
    assert_eq!((again, done.err.as_str()), (fixed, ""));
}

#[test]
fn a_diff_changes_nothing() {
    let (done, kept) = fix("a.md", JUMPS, &["--diff"]);
    assert_eq!((done.code, kept.as_str()), (1, JUMPS));
    assert!(done.out.starts_with("--- a/a.md\n+++ b/a.md\n@@"), "{done:?}");
    assert!(done.out.contains("\n-- Customer: \"A bill.\" → [Bill](#biling)\n+- Customer: \"A bill.\" → [Bill](#billing)\n"), "{done:?}");
    let (done, _) = fix("a.md", &JUMPS.replace("biling", "billing"), &["--diff"]);
    assert_eq!((done.code, done.out.as_str()), (0, ""));
}

#[test]
fn what_is_known_or_accepted_is_left_alone() {
    let accepted = JUMPS.replace("# Start\n", "# Start\n\n<!-- callint-disable-file flow/broken-jump -- to come -->\n");
    assert_eq!(fix("a.md", &accepted, &["--fix"]).1, accepted);
    let done = Run::new("check").input(JUMPS).args(&["-", "--fix"]).done();
    assert_eq!((done.code, done.err.as_str()), (2, "error: standard input cannot be changed; --diff shows what --fix would do\n"));
}

#[test]
fn a_caller_who_wants_to_leave_gets_a_branch_to_begin_with() {
    const LEAVER: &str = "Customer: Please close my account.\n\nAgent: I can give you half price till June. Would you like that?\n\n\
                          - Yes: \"Great, that's set up for you. Goodbye.\"\n- No: \"All right. Thank you for calling, goodbye.\"\n";
    let list = "- Customer: I want to cancel my plan.\n- Agent: May I offer you a free month?\n- Agent: Goodbye, then.\n";
    let quote = "Customer: Please cancel my plan.\n\n> May I offer you\n> a free month?\n>\n> Goodbye, then.\n";
    let two = format!("# One\n\n{LEAVER}\n# Two\n\n{quote}");
    let steps = "steps:\n  start:\n    - customer: Please cancel my plan.\n    - agent: >-\n        May I offer you\n        a free month?\n\n    - agent: Goodbye.\n";
    let keys = "steps:\n  start:\n    customer: Please cancel my plan.\n    say: May I offer you a free month?\n";
    let texts = [("a.md", LEAVER), ("a.md", list), ("a.md", quote), ("a.md", &two), ("a.yaml", steps), ("a.yaml", keys)];
    for (name, text) in texts {
        for text in [text.to_string(), text.replace('\n', "\r\n"), text.trim_end().to_string()] {
            assert!(fix(name, &text, &["--fix"]).0.out.contains("cancel-unreachable"), "{text}");
            let (done, fixed) = fix(name, &text, &["--fix", "--unsafe"]);
            assert!(!done.out.contains("cancel-unreachable") && !done.out.contains("reading/"), "{done:?}\n{fixed}");
            assert_eq!(fixed.matches('\n').count() == fixed.matches("\r\n").count(), text.contains('\r'), "{fixed:?}");
            assert_eq!(fix(name, &fixed, &["--fix", "--unsafe"]).1, fixed);
        }
    }
    let fixed = fix("a.md", LEAVER, &["--fix", "--unsafe"]).1;
    assert!(fixed.contains("that?\n\n- If the caller still wants to cancel: \"That's cancelled"), "{fixed}");
}

#[test]
fn a_missing_reason_gets_room_and_hides_nothing() {
    let head = "# Slow line\n\nCustomer: My internet keeps dropping.\n\n";
    for (comment, fixed) in [
        ("<!-- callint-disable-next-line outage/denial -->", "denial -- write here why these words may stay -->"),
        ("<!-- callint-disable-next-line outage/denial -- -->", "denial -- write here why these words may stay -->"),
        ("<!-- callint-disable-file outage/denial until 2999-01-01 -->", "2999-01-01 -- write here why these words may stay -->"),
    ] {
        let text = format!("{head}{comment}\nAgent: \"We are not seeing any problem on our end.\"\n");
        let (done, kept) = fix("a.md", &text, &["--fix", "--min-level=info"]);
        assert!(kept.contains(fixed), "{kept}");
        assert!(done.out.contains("info[reading/reason-to-write]") && !done.out.contains("reading/suppression"), "{done:?}");
        assert!(done.out.contains("error[outage/denial]"), "{done:?}");
        assert_eq!(fix("a.md", &kept, &["--fix"]).1, kept);
        let written = kept.replace("write here why these words may stay", "agreed with the legal team");
        assert!(!fix("a.md", &written, &["--fix"]).0.out.contains("outage/denial"), "{written}");
    }
}
