//! What cannot be read is told, and the rest is read on.

use super::*;

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
    let expected = ["say One thing: your name, please", "say Never closed", "say [NAME], hello", "hear Fine."];
    assert_eq!(rows(&script, "a"), expected);
    assert_eq!(rows(&script, "b"), ["say Still read.", "Goto a true"]);
    assert_eq!(rows(&script, "c"), ["note With a tab."]);
    let broken: Vec<usize> = script.faults.iter().map(|fault| text[..fault.span.start].lines().count()).collect();
    assert_eq!(broken, [3, 4, 5, 9, 11], "{:?}", script.faults);
}

#[test]
fn double_names_show_both_places() {
    let text = "steps:\n  a:\n    agent: Hi\n    agent: Hello\n  a:\n    say: Bye\n";
    let (_, script) = read(text);
    let second = text.rfind("agent").expect("there");
    let step = text.rfind("  a:").expect("there") + 2;
    assert_eq!(faults(&script), [("duplicate-key", second), ("duplicate-id", step)]);
    let related = script.faults.iter().filter_map(|fault| fault.related.as_ref());
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
