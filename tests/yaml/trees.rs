//! Spellings and attributes give one tree, and every word keeps its place.

use super::*;
use callint::script::Order;

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
        let expected =
            ["say Hello there", "hear My kettle leaks", "collect serial number", "? if it is new", "  Goto b true", "? else", "  end"];
        assert_eq!(rows(&script, "a"), expected, "{text}");
        assert_eq!(rows(&script, "b"), ["Transfer Repairs false"], "{text}");
    }
}

#[test]
fn a_mapping_of_steps_is_a_graph_and_a_list_is_a_sequence() {
    assert_eq!(read("steps:\n  a:\n    agent: Hi\n").1.order, Order::Graph);
    assert_eq!(read("steps:\n  - id: a\n    agent: Hi\n").1.order, Order::Sequence);
    assert_eq!(read("flow: menu\nsteps:\n  a:\n    agent: Hi\n").1.order, Order::Menu);
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
    assert_eq!(rows(&script, "a"), ["say One moment.", "note Wait.", "Goto b true"]);
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
    assert_eq!(lines[0].marks.acts.as_deref(), Some(&["empathy".to_string()][..]));
    assert_eq!(lines[1].marks.acts, None);
    assert!(lines[2].marks.is_verbatim && lines[3].marks.is_keypad && lines[3].marks.is_optional);
    let Some(Step::Choice(choice)) = steps.last() else { panic!("{steps:?}") };
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
    let expected = ["note Speak slowly, and smile.", "say Hi", "note last words", "Goto b true"];
    assert_eq!(rows(&script, "a"), expected);
    let rows = rows(&script, "b");
    assert_eq!(rows[0], "note about b");
    assert_eq!(rows.len(), 3, "{rows:?}");
}
