//! Scripts that call and jump into each other, and scripts for the same intent, seen from outside.

mod run;

use run::Run;

const VERIFY: &str = "# Verifying\n\n## Start\n\n> May I have your date of birth?\n\n- They give it: [More](#more)\n- The details don't match: \"Let me ring you back on the number we have. Goodbye.\"\n\n## More\n\n> And your postcode, and your account number?\n\nGo to [Thanks](#thanks).\n\n## Thanks\n\n> Thank you, that's you.\n";

/// A script for a lost card, which asks for more behind a call.
fn card(call: &str) -> String {
    format!(
        "title: Lost card\nintents: [lost_card]\nsteps:\n  hello:\n    - agent: Good morning, Tern Bank, this is Jo. How can I help?\n    - customer: I've lost my card.\n    - agent: Oh no, I'm sorry.\n    - {call}\n    - agent: And what was the amount of your last bill?\n    - agent: It's blocked, and a new one is with you by Friday. Goodbye.\n    - end: true\n"
    )
}

/// The findings of these files, each with its file and line.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let run = files.iter().fold(Run::new("check"), |run, (name, text)| run.file(name, text));
    let done = run.args(&["--format=concise", "--min-level=warning", "."]).done();
    assert!(done.code < 2, "{done:?}");
    done.out.lines().map(|line| line.split(']').next().unwrap_or_default().to_string()).collect()
}

#[test]
fn what_a_called_script_asks_counts_and_the_walk_comes_back() {
    let card = card("call: verify.md");
    let told = found(&[("card.yaml", &card), ("verify.md", VERIFY)]);
    assert_eq!(told, ["card.yaml:9:14: warning[identity/too-many-checks"]);
    // A section of it ends where the next one begins.
    let only = "## Start\n\n> May I have your date of birth?\n\n## More\n\n> And your postcode, and your account number?\n";
    assert_eq!(found(&[("card.yaml", &card.replace("verify.md", "verify.md#start")), ("verify.md", only)]), Vec::<String>::new());
}

#[test]
fn a_script_that_is_jumped_to_goes_on_as_it_flows() {
    let told = found(&[("card.yaml", &card("goto: verify.md")), ("verify.md", VERIFY)]);
    assert!(!told.iter().any(|line| line.contains("too-many-checks")), "the walk does not come back: {told:?}");
    let more = VERIFY.replace("> Thank you, that's you.", "> And the amount of your last bill, and your mother's maiden name?");
    let told = found(&[("card.yaml", &card("goto: verify.md")), ("verify.md", &more)]);
    assert!(told.iter().any(|line| line.starts_with("verify.md:18") && line.contains("too-many-checks")), "{told:?}");
}

#[test]
fn scripts_may_call_each_other() {
    let script = |name: &str, other: &str| {
        format!(
            "title: {name}\nsteps:\n  a:\n    - agent: Good morning, Tern Bank, this is Jo. How can I help?\n    - call: {other}.yaml\n    - call: {name}.yaml\n    - agent: Goodbye.\n"
        )
    };
    assert_eq!(found(&[("a.yaml", &script("a", "b")), ("b.yaml", &script("b", "a"))]), Vec::<String>::new());
    // Each step calls all others: the copies are bounded.
    let steps: String = (0..60)
        .map(|step| {
            let calls: String = (0..60).map(|other| format!("    - call: s{other}\n")).collect();
            format!("  s{step}:\n    - agent: Step {step}.\n{calls}")
        })
        .collect();
    let done = Run::new("check").file("a.yaml", format!("title: Many\nsteps:\n{steps}")).args(&["a.yaml"]).done();
    assert!(done.code < 2, "{}", done.err);
}

#[test]
fn scripts_for_the_same_intent_are_compared() {
    let chat =
        card("note: The chat knows who they are.").replace("And what was the amount of your last bill?", "What's your date of birth?");
    let told = found(&[("card.yaml", &card("call: verify.md")), ("chat.yaml", &chat), ("verify.md", VERIFY)]);
    assert!(told.contains(&"card.yaml:9:14: warning[consistency/identity-differs".to_string()), "{told:?}");
    let late = |answer: &str| {
        format!(
            "title: Late\nintents: [late_transfer]\nsteps:\n  a:\n    - agent: Good morning, Tern Bank, this is Jo. How can I help?\n    - customer: My transfer never arrived.\n    - agent: I'm sorry. {answer}\n    - end: true\n"
        )
    };
    let (denies, admits) =
        (late("I'm not showing any issues on our side."), late("There is an outage at our end. Please try again after ten."));
    let told = found(&[("denies.yaml", &denies), ("admits.yaml", &admits)]);
    assert!(told.iter().any(|line| line.contains("denies.yaml:7:25: error[consistency/same-complaint")), "{told:?}");
    let looked = late("Let me check the board. I'm not showing any issues on our side.");
    let told = found(&[("denies.yaml", &looked), ("admits.yaml", &admits)]);
    assert!(!told.iter().any(|line| line.contains("same-complaint")), "{told:?}");
}
