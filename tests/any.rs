//! Any text is read to its end: pieces of Markdown, YAML, JSON and tables in every order stop nothing, and
//! what the YAML parser takes as YAML is no mistake here.

use callint::config::Config;
use callint::lint::lint;
use callint::parse::parse;
use callint::source::Source;
use granit_parser::Parser;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const MARKDOWN: &[&str] = &[
    "# ", "\n## ", "\n> ", "\n- ", "\n1. ", "\n   ", "\n```\n", "\n~~~ text\n", "\n| a | You say |\n|---|---|\n| ", " | ", "<!-- ", " -->",
    "[x](#y)", "[x](y.md#z)", "**", "*", "__", "`", "\\", "&amp;", "&#0;", "\n\n", "\t", "Agent: ", "**Customer:** ", "If yes: ",
    "If no, ", "OR", " → ", " -> ", "{name}", "[", "]", "(", ")", "“", "”", "\"", "Step 2", " go to ", "\u{a0}", "👋 ", "İ", "\n---\n",
    "\r\n", "\n===\n", "<b>", "[^1]: ", "~> ", "me) ", "\u{202e}", "a", "#Proceed to Step 2#", "❌ ", "=", ":", "£[amount] ", "§amounts ",
    "éé", "½", "tell them ", "say that ",
];
const YAML: &[&str] = &[
    "steps:\n", "  a:\n", "\n    - agent: ", "\n    - ", "\n  - id: b\n", "'", "\"", "|\n", ">-\n", "|2\n", "&x ", "*x", "\n<<: *x\n", "{",
    "}", "[", "]", ", ", ": ", "? ", "!t ", "%YAML 1.2\n", "\n---\n", "\n...\n", "\t", " # c\n", "hello", "goto: a\n", "\n", "  ",
    "\u{85}", "č", "choose:\n", "      - customer: Yes\n", "then:", "\\u00e9", "\r\n", "flows:\n", "next: END\n", "\"Actions\": ", "~",
    "- ",
];
const TABLE: &[&str] =
    &["Caller says", "Agent says", "Step", "Next", ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "\r", "hello there you", "2", " "];

fn text(palette: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(palette), 0..60).prop_map(|pieces| pieces.concat())
}

/// Reads and lints a text, whatever it is.
fn lint_any(name: &str, text: &str) {
    let config = Config { force: true, ..Config::default() };
    let source = Source::new(name, text);
    for found in lint(std::slice::from_ref(&source), &config).diagnostics {
        let span = found.span();
        assert!(source.text.get(span.start..span.end).is_some(), "{found:?} in {text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_is_read(text in text(MARKDOWN)) {
        lint_any("a.md", &text);
    }

    #[test]
    fn any_words_are_read(text in "(#|-|>|[|])?( ?(go|on|back|continue|see|tell them|say|If|[£§\u{a0}][a-z]{8}|\\PC{1,10})[ \n.:,]){0,20}") {
        lint_any("a.md", &text);
    }

    #[test]
    fn any_yaml_is_read(text in text(YAML)) {
        lint_any("a.yaml", &text);
    }

    #[test]
    fn any_table_is_read(text in text(TABLE)) {
        lint_any("a.csv", &text);
    }

    #[test]
    fn what_is_yaml_is_no_mistake(text in text(YAML)) {
        // An alias may be valid and still go round in a circle.
        let is_yaml = !text.contains('*') && Parser::new_from_str(&text).all(|event| event.is_ok());
        let script = parse(&Source::new("a.yaml", &*text));
        let mistakes: Vec<_> = script.faults.iter().filter(|fault| fault.name == "syntax").collect();
        prop_assert!(!is_yaml || mistakes.is_empty(), "{mistakes:?}");
    }
}
