//! Aliases and depth stay within bounds, and other programs' files are left alone.

use super::*;

#[test]
fn aliases_and_merge_keys_are_resolved_within_bounds() {
    let text = "steps:
  a: &a
    note: Look it up.
    agent: Gladly.
    end: true
  b:
    <<: *a
    agent: Thank you.
";
    let (_, script) = read(text);
    assert_clean(&script);
    assert_eq!(rows(&script, "b"), ["note Look it up.", "say Thank you.", "end"]);

    let text = "steps:\n  a: &a\n    - agent: Hi\n    - choose: *a\n";
    assert_eq!(faults(&read(text).1), [("syntax", place(text, "*a"))]);

    let mut bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_string();
    for level in 1..12 {
        let items = vec![format!("*l{}", level - 1); 10].join(", ");
        bomb += &format!("l{level}: &l{level} [{items}]\n");
    }
    let (_, script) = read(&format!("{bomb}steps:\n  a:\n    - agent: Hi\n    - choose: *l11\n"));
    assert!(script.is_call_script && !script.faults.is_empty());
}

#[test]
fn depth_is_bounded() {
    for open in ["[", "{a: ", "- ", "? "] {
        let open = open.repeat(20_000);
        read(&open);
        let (_, script) = read(&format!("steps:\n  a:\n    - agent: Hi\n    - choose: {open}"));
        assert!(script.is_call_script && !script.faults.is_empty());
    }
    let nested: String = (0..400).map(|depth| "  ".repeat(depth) + "- choose:\n").collect();
    read(&format!("steps:\n{nested}"));
}

#[test]
fn settings_of_programs_are_not_scripts() {
    let settings = [
        "on: push\njobs:\n  build:\n    steps:\n      - uses: a/checkout@v4\n      - run: make\n",
        "trigger: main\nsteps:\n  - script: make\n    displayName: x\n    condition: succeeded()\n",
        "services:\n  web:\n    image: x\n    ports: [\"80:80\"]\n",
        "version: \"3.1\"\nresponses:\n  ok:\n    - text: Hi\n",
        "on: push\njobs:\n  tell:\n    steps:\n      - id: say\n        uses: a/say@v1\n        with: {message: It is done, next: x}\n",
        "rules:\n  - rule: greet\n    steps:\n      - intent: greet\n      - action: utter_greet\n",
        "script:\n  - cargo test\nlanguage: rust\n",
        "{{ if .Values.x }}\nkey: value\n{{ end }}\n",
        "",
    ];
    for text in settings {
        let (_, script) = read(text);
        assert!(!script.is_call_script && script.sections.is_empty(), "{text}");
        assert!(script.faults.is_empty(), "{:?}", script.faults);
    }
}
