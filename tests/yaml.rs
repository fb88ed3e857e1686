//! YAML scripts in, syntax trees out: spellings, places of words, and reading on after errors.

use callint::parse::yaml;
use callint::script::{Kind, Line, Order, Script, Section, Step, Target};
use callint::source::{Source, Span};

fn read(text: &str) -> (Source, Script) {
    let source = Source::new("script.yaml", text);
    let script = yaml::parse(&source);
    (source, script)
}

/// One row of text for each step, branches indented: `say Hello`, `? heard Yes`, `Goto next true`.
fn outline(steps: &[Step]) -> Vec<String> {
    let mut rows = Vec::new();
    for step in steps {
        match step {
            Step::Line(line) => rows.push(format!("{} {}", word(line.kind), line.text.value)),
            Step::End(_) => rows.push("end".to_string()),
            Step::Anchor(text) => rows.push(format!("anchor {}", text.value)),
            Step::Jump(jump) => rows.push(match &jump.target {
                Target::Name { name, is_sure } => format!("{:?} {name} {is_sure}", jump.kind),
                other => format!("{:?} {other:?}", jump.kind),
            }),
            Step::Choice(choice) => {
                for branch in &choice.branches {
                    let label = branch.label.as_ref().map_or("", |label| &label.value);
                    let mark = match (branch.is_otherwise, branch.is_heard) {
                        (true, _) => "else",
                        (_, true) => "heard",
                        _ => "if",
                    };
                    rows.push(format!("? {mark} {label}").trim_end().to_string());
                    rows.extend(outline(&branch.steps).iter().map(|row| format!("  {row}")));
                }
            }
        }
    }
    rows
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Say => "say",
        Kind::Hear => "hear",
        Kind::Note => "note",
        Kind::Collect => "collect",
        Kind::Avoid => "avoid",
    }
}

fn section<'a>(script: &'a Script, name: &str) -> &'a Section {
    let is_named = |section: &&Section| section.names.iter().any(|known| known == name);
    let found = script.sections.iter().find(is_named);
    found.unwrap_or_else(|| panic!("no section {name} in {:?}", script.sections))
}

fn rows(script: &Script, name: &str) -> Vec<String> {
    outline(&section(script, name).steps)
}

fn lines(steps: &[Step]) -> Vec<&Line> {
    let mut lines = Vec::new();
    for step in steps {
        if let Step::Line(line) = step {
            lines.push(line);
        }
    }
    lines
}

fn assert_clean(script: &Script) {
    assert!(script.is_call_script);
    assert!(script.faults.is_empty(), "{:?}", script.faults);
}

fn faults(script: &Script) -> Vec<(&str, usize)> {
    script
        .faults
        .iter()
        .map(|fault| (fault.name, fault.span.start))
        .collect()
}

fn place(text: &str, words: &str) -> usize {
    text.find(words).expect("the words are there")
}

const SPELLINGS: [&str; 4] = [
    "steps:
  a:
    - agent: Hello there
    - customer: My kettle leaks
    - ask_for: [serial number]
    - choose:
        - when: it is new
          goto: b
        - otherwise:
          end: true
  b:
    - transfer: Repairs
",
    "Nodes:
  - ID: a
    Say: Hello there
    Caller: My kettle leaks
    collect:
      - serial number
    Branches:
      - condition: it is new
        Target-Id: b
      - else:
          - hangup: true
  - id: b
    handoff: Repairs
",
    "flow:
  a:
    lines:
      - Hello there
      - client: My kettle leaks
      - gather: serial number
      - if: it is new
        then: b
        else: end
  b:
    escalate to: Repairs
",
    r#"{"states": [{"slug": "a", "rep": "Hello there", "member": "My kettle leaks",
    "fields": ["serial number"], "next": [{"when": "it is new", "go_to": "b"}, {"default": "end"}]},
    {"key": "b", "transfer_to": "Repairs"}]}"#,
];

#[test]
fn synonyms_and_spellings_give_one_tree() {
    for text in SPELLINGS {
        let (_, script) = read(text);
        assert_clean(&script);
        let expected = [
            "say Hello there",
            "hear My kettle leaks",
            "collect serial number",
            "? if it is new",
            "  Goto b true",
            "? else",
            "  end",
        ];
        assert_eq!(rows(&script, "a"), expected, "{text}");
        assert_eq!(rows(&script, "b"), ["Transfer Repairs false"], "{text}");
    }
}

#[test]
fn a_mapping_of_steps_is_a_graph_and_a_list_is_a_sequence() {
    assert_eq!(read("steps:\n  a:\n    agent: Hi\n").1.order, Order::Graph);
    assert_eq!(
        read("steps:\n  - id: a\n    agent: Hi\n").1.order,
        Order::Sequence
    );
    assert_eq!(
        read("flow: menu\nsteps:\n  a:\n    agent: Hi\n").1.order,
        Order::Menu
    );
    let (_, script) = read("- id: a\n  agent: Hi\n---\n- id: b\n  agent: Bye\n");
    assert_eq!(script.sections.len(), 2);
    assert_clean(&script);
}

#[test]
fn what_leaves_a_step_acts_last() {
    let text = "steps:
  a:
    goto: b
    agent: One moment.
    note: Wait.
  b: Done, thank you.
";
    let (_, script) = read(text);
    assert_clean(&script);
    assert_eq!(
        rows(&script, "a"),
        ["say One moment.", "note Wait.", "Goto b true"]
    );
    assert_eq!(rows(&script, "b"), ["say Done, thank you."]);
}

#[test]
fn attributes_mark_lines_and_branches() {
    let text = "steps:
  a:
    - agent:
        - {text: So sorry., acts: [empathy]}
        - Go on.
    - verbatim: Calls are recorded.
    - say: Key it in.
      keypad: true
      optional: yes
    - replies:
        - label: cancel
          customer: [I want out, Stop it]
          reason: price
          say: All right.
";
    let (_, script) = read(text);
    assert_clean(&script);
    let steps = &section(&script, "a").steps;
    let lines = lines(steps);
    assert_eq!(
        lines[0].marks.acts.as_deref(),
        Some(&["empathy".to_string()][..])
    );
    assert_eq!(lines[1].marks.acts, None);
    assert!(lines[2].marks.is_legal && lines[3].marks.is_keypad && lines[3].marks.is_optional);
    let Some(Step::Choice(choice)) = steps.last() else {
        panic!("{steps:?}")
    };
    let branch = &choice.branches[0];
    let label = branch.label.as_ref().map(|label| label.value.as_str());
    assert_eq!(label, Some("I want out / Stop it"));
    assert_eq!(branch.class.as_deref(), Some("cancel"));
    assert_eq!(branch.reason.as_deref(), Some("price"));
    assert_eq!(outline(&branch.steps), ["say All right."]);
}

#[test]
fn jumps_name_steps_files_and_the_end() {
    let text = "steps:
  a:
    - agent: Hi
    - call: verify.yaml#start
    - choose:
        \"Yes\": close.md
        \"No\": END
        default: {transfer: true}
";
    let (_, script) = read(text);
    assert_clean(&script);
    let expected = [
        "say Hi",
        "Call Link { file: Some(\"verify.yaml\"), anchor: Some(\"start\") }",
        "? heard Yes",
        "  Goto Link { file: Some(\"close.md\"), anchor: None }",
        "? heard No",
        "  end",
        "? else",
        "  Transfer Outside",
    ];
    assert_eq!(rows(&script, "a"), expected);
}

#[test]
fn words_map_to_their_bytes_in_every_style() {
    let values = [
        "we see the fault now",
        "we see the\n          fault now",
        "'we see the\n          fault now'",
        "\"we see\\u0020the\n          fault now\"",
        "|\n          we see the fault now\n",
        ">4-\n\n          we see the\n          fault now",
        ">-\n          first\n\n          we see the\n          fault now",
    ];
    for value in values {
        let text = format!("# č\nsteps:\n  a:\n    - agent: {value}\n    - end: true\n");
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let (source, script) = read(&text);
            assert_clean(&script);
            let line = lines(&section(&script, "a").steps)[0];
            let start = place(&line.text.value, "the fault");
            let spans = line.text.spans(start, start + "the fault".len());
            let words: Vec<&str> = spans.into_iter().map(|span| source.slice(span)).collect();
            assert_eq!(words.join(" "), "the fault", "{text:?}");
        }
    }
}

#[test]
fn one_bad_line_does_not_hide_the_others() {
    let text = "steps:
  a:
    - agent: One thing: your name, please
    - agent: \"Never closed
    - agent: [NAME], hello
    - customer: Fine.
  b:
    - agent: Still read.
        goto: a
  c:
\t- note: With a tab.
";
    let (_, script) = read(text);
    let expected = [
        "say One thing: your name, please",
        "say Never closed",
        "say [NAME], hello",
        "hear Fine.",
    ];
    assert_eq!(rows(&script, "a"), expected);
    assert_eq!(rows(&script, "b"), ["say Still read.", "Goto a true"]);
    assert_eq!(rows(&script, "c"), ["note With a tab."]);
    let broken: Vec<usize> = script
        .faults
        .iter()
        .map(|fault| text[..fault.span.start].lines().count())
        .collect();
    assert_eq!(broken, [3, 4, 5, 9, 11], "{:?}", script.faults);
}

#[test]
fn double_names_show_both_places() {
    let text = "steps:\n  a:\n    agent: Hi\n    agent: Hello\n  a:\n    say: Bye\n";
    let (_, script) = read(text);
    let second = text.rfind("agent").expect("there");
    let step = text.rfind("  a:").expect("there") + 2;
    assert_eq!(
        faults(&script),
        [("duplicate-key", second), ("duplicate-id", step)]
    );
    let related = script
        .faults
        .iter()
        .filter_map(|fault| fault.related.as_ref());
    let related: Vec<usize> = related.map(|(span, _)| span.start).collect();
    assert_eq!(related, [place(text, "agent"), place(text, "a:")]);
}

#[test]
fn a_mistyped_key_is_told_and_read() {
    let text = "title: x
owner: Team Blue
status: approved
steps:
  a:
    - agnet: Hello
    - customer: Hi
      mood: calm
";
    let (_, script) = read(text);
    assert_eq!(faults(&script), [("unknown-key", place(text, "agnet"))]);
    assert_eq!(script.faults[0].help, "did you mean `agent`?");
    assert_eq!(rows(&script, "a"), ["say Hello", "hear Hi"]);
    let guess = "line 8: the key `mood` is not one I know; its words were left out";
    assert_eq!(script.guesses, [guess]);
}

#[test]
fn comments_beside_lines_are_notes() {
    let text = "# Owned by the north desk.
steps:
  a:
    # Speak slowly,
    # and smile.
    - agent: Hi
    # callint-disable-next-line x/y -- tested
    - goto: b
    # last words
  # about b
  b:
    - agent: |
        # no comment
    # - agent: taken out
    - end: true
";
    let (_, script) = read(text);
    assert_clean(&script);
    let expected = [
        "note Speak slowly, and smile.",
        "say Hi",
        "note last words",
        "Goto b true",
    ];
    assert_eq!(rows(&script, "a"), expected);
    let rows = rows(&script, "b");
    assert_eq!(rows[0], "note about b");
    assert_eq!(rows.len(), 3, "{rows:?}");
}

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
    assert_eq!(
        rows(&script, "b"),
        ["note Look it up.", "say Thank you.", "end"]
    );

    let text = "steps:\n  a: &a\n    - agent: Hi\n    - choose: *a\n";
    assert_eq!(faults(&read(text).1), [("syntax", place(text, "*a"))]);

    let mut bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_string();
    for level in 1..12 {
        let items = vec![format!("*l{}", level - 1); 10].join(", ");
        bomb += &format!("l{level}: &l{level} [{items}]\n");
    }
    let (_, script) = read(&format!(
        "{bomb}steps:\n  a:\n    - agent: Hi\n    - choose: *l11\n"
    ));
    assert!(script.is_call_script && !script.faults.is_empty());
}

#[test]
fn depth_is_bounded() {
    for open in ["[", "{a: ", "- ", "? "] {
        let open = open.repeat(20_000);
        read(&open);
        let (_, script) = read(&format!(
            "steps:\n  a:\n    - agent: Hi\n    - choose: {open}"
        ));
        assert!(script.is_call_script && !script.faults.is_empty());
    }
    let nested: String = (0..400)
        .map(|depth| "  ".repeat(depth) + "- choose:\n")
        .collect();
    read(&format!("steps:\n{nested}"));
}

#[test]
fn settings_of_programs_are_not_scripts() {
    let settings = [
        "on: push\njobs:\n  build:\n    steps:\n      - uses: a/checkout@v4\n      - run: make\n",
        "trigger: main\nsteps:\n  - script: make\n    displayName: x\n    condition: succeeded()\n",
        "services:\n  web:\n    image: x\n    ports: [\"80:80\"]\n",
        "version: \"3.1\"\nresponses:\n  utter_hi:\n    - text: Hi\n",
        "rules:\n  - rule: greet\n    steps:\n      - intent: greet\n      - action: utter_greet\n",
        "script:\n  - cargo test\nlanguage: rust\n",
        "{{ if .Values.x }}\nkey: value\n{{ end }}\n",
        "",
    ];
    for text in settings {
        let (_, script) = read(text);
        assert!(
            !script.is_call_script && script.sections.is_empty(),
            "{text}"
        );
        assert!(script.faults.is_empty(), "{:?}", script.faults);
    }
}

#[test]
fn front_matter_fills_the_header() {
    let text = "---
title: Closing an account
intents: [cancel, close]
flow: menu
chanel: phone
lang: en
---
# Text
";
    let source = Source::new("a.md", text);
    let mut script = Script::default();
    let span = Span::new(4, text.rfind("---").expect("there"));
    yaml::front_matter(&source, span, &mut script);
    let title = script.title.as_ref().expect("a title");
    assert_eq!(source.slice(title.span()), "Closing an account");
    assert_eq!(script.header.intents, ["cancel", "close"]);
    assert_eq!(script.header.channel.as_deref(), Some("phone"));
    assert_eq!(script.header.language.as_deref(), Some("en"));
    assert_eq!(script.order, Order::Menu);
    assert_eq!(faults(&script), [("unknown-key", place(text, "chanel"))]);
}
