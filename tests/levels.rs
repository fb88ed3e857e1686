//! Where a rule has another level than usual, seen from outside.

mod run;

use run::Run;

/// What callint says of a rule's findings in a script, one line each.
fn told(rule: &str, script: &str) -> Vec<String> {
    let done = Run::new("check").file("a.md", script).args(&["--format=concise", "--min-level=info", "a.md"]).done();
    let is_of = |line: &&str| line.contains(&format!("[{rule}]"));
    let level = |line: &str| line.split(' ').nth(1).and_then(|word| word.split('[').next()).unwrap_or_default().to_string();
    done.out.lines().filter(is_of).map(level).collect()
}

#[test]
fn a_fault_is_graver_where_its_rule_says_so() {
    let known = "---\nincident: true\n---\n\n";
    let down = "## Internet is slow\n\n- The outage map shows a fault: \"Yes, there's a fault in your area. Anything else?\"\n- No fault on the map: \"Let me test your line from here.\"\n";
    let gate = "Agent: May I have your date of birth, please?\n\nAgent: Thank you. How can I help you today?\n";
    let away = "Customer: I'd like a copy of my bill.\n\nAgent: You'll have to go online for that.\n";
    let twice = "Customer: It never came.\n\nAgent: I completely understand how frustrating that must be.\n\nCustomer: And it was a present.\n\nAgent: I completely understand how frustrating that must be.\n\n";
    let cases = [
        ("outage/no-next-step", down.to_string(), "warning"),
        ("outage/no-next-step", format!("{known}{down}"), "error"),
        ("identity/gate-before-help", gate.to_string(), "warning"),
        ("identity/gate-before-help", format!("# Outage line\n\n{gate}"), "error"),
        ("flow/deflect-before-help", format!("{away}\nAgent: I've also sent it to you by post.\n"), "warning"),
        ("flow/deflect-before-help", away.to_string(), "error"),
        ("empathy/canned-repeat", twice.to_string(), "info"),
        (
            "empathy/canned-repeat",
            format!("{twice}Customer: Hm.\n\nAgent: I completely understand how frustrating that must be.\n"),
            "warning",
        ),
        (
            "flow/no-escalation",
            "# Billing dispute\n\nCustomer: I don't agree.\n\nAgent: I'm sorry. I've noted it.\n".to_string(),
            "warning",
        ),
        ("flow/no-escalation", "# Complaints\n\nCustomer: I don't agree.\n\nAgent: I'm sorry. I've noted it.\n".to_string(), "error"),
        (
            "empathy/missing-before-process",
            "Customer: There's water in the kitchen.\n\nAgent: What's your policy number?\n".to_string(),
            "warning",
        ),
        (
            "empathy/missing-before-process",
            "Customer: My father died last week.\n\nAgent: What's your policy number?\n".to_string(),
            "error",
        ),
    ];
    for (rule, script, level) in cases {
        assert_eq!(told(rule, &script), [level], "{rule} in {script}");
    }
}

#[test]
fn circles_with_a_way_out_are_told_from_circles_without() {
    let circle = |way: &str| {
        format!(
            "## Leaving\n\nCustomer: I'd like to cancel my plan.\n\nAgent: I can freeze your membership.\n\n- \"No\": [Leaving](#leaving)\n{way}"
        )
    };
    assert_eq!(told("retention/loop", &circle("- \"Still no\": \"It's cancelled as of today. Goodbye.\"\n")), ["error"]);
    assert_eq!(
        told("retention/loop", &circle("- \"Let me talk to somebody\": \"I'll put you through to my manager now.\"\n")),
        ["warning"]
    );
}

#[test]
fn explain_says_where_the_level_is_another_one() {
    let done = Run::new("explain").args(&["outage/no-next-step"]).done();
    assert!(done.out.contains("Another level\n  - error where the script says that a known fault is going on\n"), "{done:?}");
}

#[test]
fn a_ladder_is_found_with_the_number_that_the_project_allows() {
    let ladder = "Customer: I'd like my money back.\n\nAgent: It was a final sale.\n\n- If they insist:\n  - Agent: I can give you ten pounds.\n    - They insist again: \"I've refunded the whole amount to your card. Goodbye.\"\n    - That's fine: \"I've noted it. Goodbye.\"\n- They accept: \"Goodbye.\"\n";
    assert_eq!(told("flow/insist-ladder", ladder), ["error"]);
    let run = Run::new("check").file("callint.yaml", "rules: {flow/insist-ladder: {params: {max_insistence: 2}}}\n").file("a.md", ladder);
    let done = run.args(&["--format=concise", "a.md"]).done();
    assert!(!done.out.contains("insist-ladder"), "{done:?}");
}
