//! Acts of the user's own: heard, checked and tried as those of callint.

mod run;

use run::{Done, Run};

const PROJECT: &str = "rule-folders: [house]\n";
const VOICEMAIL: &str = r#"act: voicemail
who: agent
meaning: Sends the customer to a machine that takes a message.
words:
  machine: [tone, beep]
patterns:
  - "leave (a|your) message"
  - "(after|at) the <machine>"
unless:
  - "no need to"
examples:
  - "Please leave a message."
  - "Speak after the tone."
near:
  - "There is no need to leave a message."
"#;

/// A rule over an act of one's own.
const NO_VOICEMAIL: &str = "\
id: house/no-voicemail
summary: A caller is sent to voicemail.
severity: error
property: {absence: {of: voicemail}}
message: the caller is sent to voicemail
help: Stay with the caller.
why: Nobody listens to it.
examples:
  bad: [{script: 'Agent: Please «leave a message».'}]
  good: [{script: 'Agent: Please leave it to me.'}]
";

fn acts(args: &[&str], act: &str) -> Done {
    let run = Run::new(args[0]).file("callint.yaml", PROJECT).file("house/a.yaml", NO_VOICEMAIL).file("house/voicemail.yaml", act);
    let script = "# Out of hours\n\nAgent: \"We're closed, so please leave a message after the beep.\"\n";
    run.file("a.md", script).args(&args[1..]).done()
}

#[test]
fn acts_of_ones_own_are_heard() {
    let done = acts(&["check", "--format=concise", "--min-level=error", "a.md"], VOICEMAIL);
    assert_eq!((done.code, done.out.as_str()), (1, "a.md:3:33: error[house/no-voicemail] the caller is sent to voicemail\n"), "{done:?}");
    assert!(acts(&["show", "a.md"], VOICEMAIL).out.contains("acts: voicemail"));
    assert!(acts(&["acts", "a.md"], VOICEMAIL).out.contains("    voicemail: “"));
    assert_eq!(acts(&["rules", "check"], VOICEMAIL).out, "no findings in 2 rule files\n");
    let done = acts(&["rules", "test", "--coverage", "--format=concise"], VOICEMAIL);
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", "tried 1 rule and 1 act on 5 examples\n"), "{done:?}");
    assert!(acts(&["schema", "rule"], VOICEMAIL).out.contains("\"voicemail\""));
}

#[test]
fn known_acts_can_be_added_to() {
    let run = |act: &str| {
        let script = "# A call\n\nCustomer: My order is late.\n\nAgent: Crikey Moses.\n";
        let run = Run::new("acts").file("callint.yaml", PROJECT).file("house/empathy.yaml", act).file("a.md", script);
        run.args(&["a.md"]).done().out
    };
    assert!(!run("act: hold\n").contains("empathy: “"));
    assert!(run("act: empathy\npatterns: [\"crikey moses\"]\n").contains("empathy: “Crikey Moses”"));
}

#[test]
fn mistakes_in_acts_are_shown_at_their_words() {
    let check = |from: &str, to: &str| acts(&["rules", "check", "--format=concise"], &VOICEMAIL.replace(from, to));
    let cases = [
        ("(a|your) message", "(a|your message", "7:6: error[reading/rule-file] "),
        ("<machine>", "<machin>", "8:21: error[reading/rule-file] there is no word class <machin>"),
        ("meaning", "meening", "3:1: error[reading/rule-file] unknown key `meening`; did you mean `meaning`?"),
        ("act: voicemail", "act: Voice mail", "1:6: error[reading/rule-file] `Voice mail` is no name of an act"),
        ("unless:", "unless_acts: [emapthy]\nunless:", "9:15: error[reading/rule-file] there is no act `emapthy`; did you mean `empathy`?"),
    ];
    for (from, to, told) in cases {
        let done = check(from, to);
        let own = format!("house/voicemail.yaml:{told}");
        assert!(done.code == 1 && done.out.lines().any(|line| line.starts_with(&own)), "{to}: {done:?}");
    }
    let test =
        |from: &str, to: &str, args: &[&str]| acts(&[&["rules", "test", "--format=concise"], args].concat(), &VOICEMAIL.replace(from, to));
    let done = test("Speak after the tone", "Speak when you like", &[]);
    assert!(
        done.out.contains("house/voicemail.yaml:13:6: error[reading/rule-file] this is an example of the act, and is not heard"),
        "{done:?}"
    );
    let done = test("  - \"Speak after the tone.\"\n", "", &["--coverage"]);
    assert!(done.out.contains("house/voicemail.yaml:8:6: error[reading/rule-file] no example needs this"), "{done:?}");
}
