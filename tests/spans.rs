//! Every word keeps its place: a word is planted in random text, written in every style of a YAML scalar
//! and every container of Markdown, and must be found in the script at the very bytes where it stands.

use callint::parse::parse;
use callint::script::{Script, Step};
use callint::source::{Source, Text};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const PLANTED: &str = "quokka";

/// How the lines of a file end, and whether it begins with a byte order mark.
#[derive(Clone, Copy, Debug)]
struct Dress {
    break_: &'static str,
    has_mark: bool,
}

fn dress() -> impl Strategy<Value = Dress> {
    (prop_oneof![Just("\n"), Just("\r\n")], any::<bool>()).prop_map(|(break_, has_mark)| Dress { break_, has_mark })
}

/// Lines of words around the planted one; no line is empty, and none begins with a mark.
fn lines(palette: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(palette);
    let line = prop::collection::vec(word, 1..5).prop_map(|words| format!("so {} then", words.join(" ")));
    (prop::collection::vec(line, 1..4), any::<prop::sample::Index>(), any::<bool>()).prop_map(|(mut lines, at, is_first)| {
        let line = at.index(lines.len());
        lines[line] = if is_first { format!("{PLANTED} {}", lines[line]) } else { format!("{} {PLANTED}", lines[line]) };
        lines
    })
}

const WORDS: &[&str] = &["hello", "č—x", "it's", "“yes”", "{name}", "[NAME]", "£4.50", "naïve", "👋", "a/b", "well,", "thanks.", "why?"];

/// The text of a file as bytes, and the script in it.
fn read(name: &str, text: &str, dress: Dress) -> (Source, Script) {
    let text = text.replace('\n', dress.break_);
    let bytes = [if dress.has_mark { "\u{feff}" } else { "" }, &text].concat().into_bytes();
    let source = Source::from_bytes(name, bytes).expect("text");
    let script = parse(&source);
    (source, script)
}

fn texts(steps: &[Step]) -> Vec<&Text> {
    steps.iter().flat_map(texts_of).collect()
}

fn texts_of(step: &Step) -> Vec<&Text> {
    match step {
        Step::Line(line) => vec![&line.text],
        Step::Choice(choice) => choice.branches.iter().flat_map(|branch| branch.label.iter().chain(texts(&branch.steps))).collect(),
        Step::Jump(jump) => vec![&jump.text],
        Step::Anchor(text) => vec![text],
        Step::End(_) => Vec::new(),
    }
}

/// Finds the planted word in every text of the script, and compares places.
fn assert_found(source: &Source, script: &Script) {
    let headings = script.sections.iter().filter_map(|section| section.heading.as_ref());
    let lines = script.sections.iter().flat_map(|section| texts(&section.steps));
    let place = source.text.find(PLANTED).expect("it was planted");
    let mut count = 0;
    for text in headings.chain(lines) {
        let Some(at) = text.value.find(PLANTED) else { continue };
        let spans = text.spans(at, at + PLANTED.len());
        assert_eq!(spans.len(), 1, "one run: {text:?}\n{}", source.text);
        assert_eq!((spans[0].start, source.slice(spans[0])), (place, PLANTED), "{text:?}\n{}", source.text);
        count += 1;
    }
    assert!(count > 0, "nowhere in the script:\n{}\n{script:#?}", source.text);
}

/// A YAML scalar of some lines, behind `- agent: ` at this indentation.
fn scalar(style: usize, lines: &[String], indent: usize) -> String {
    let deeper = format!("\n{}", " ".repeat(indent + 4));
    let joined = lines.join(&deeper);
    let block = |header: &str| format!("{header}{deeper}{joined}");
    match style {
        0 => joined,
        1 => format!("'{}'", joined.replace('\'', "''")),
        2 => format!("\"{}\"", joined.replace('č', "\\u010d").replace('👋', "\\U0001F44B").replace(['“', '”'], "\\\"")),
        3 => format!("\"{}\"", lines.join(&format!(" \\{deeper}"))),
        4 => block("|"),
        5 => block("|-"),
        6 => format!("{}\n", block("|+")),
        7 => block(">"),
        8 => block(">-"),
        9 => format!(">{}{deeper}", 2) + &lines.join(&format!("{deeper}  ")),
        10 => format!("|{}{deeper}", 2) + &lines.join(&format!("\n{deeper}")),
        // The indentation indicator leaves deeper lines their spaces; it may stand on either side of the dash.
        11 => format!("|2-{deeper}  {}", lines.join(&format!("{deeper}    "))),
        12 => format!(">-2{deeper}{}", lines.join(&format!("\n{deeper}    "))),
        13 => format!(">+{deeper}{}\n\n", lines.join(&format!("\n\n{deeper}"))),
        14 => format!("\"{}\"", escaped(&lines.join(" "))),
        15 => format!("\"\\\n{}\\\n{}\"", " ".repeat(indent + 4), joined.replace('\n', " \\\n")).replace(['“', '”'], ""),
        16 => format!("&words {joined}"),
        _ => format!("!text {joined}"),
    }
}

/// With every escape that a double quoted scalar has, between the words.
fn escaped(words: &str) -> String {
    let spaces = ["\\t", "\\x20", "\\u0020", "\\ ", "\\U00000020", "\\N", "\\_", "\\\"", "\\/", "\\\\", "\\e"];
    let mut parts = words.split(' ');
    let first = parts.next().unwrap_or("").to_string();
    parts.zip(spaces.iter().cycle()).fold(first, |text, (part, space)| format!("{text} {space} {part}"))
}

/// A YAML script around `- agent: `, and the indentation of that dash.
fn yaml(shape: usize, scalar: impl Fn(usize) -> String) -> String {
    match shape {
        0 => format!("steps:\n  hello:\n    - agent: {}\n    - end: true\n", scalar(4)),
        1 => format!("---\n# words\nsteps:\n- id: a\n  lines:\n  - agent: {}\n  - customer: Yes.\n", scalar(2)),
        2 => {
            format!(
                "steps:\n  a:\n    - choose:\n        - customer: Well\n          then:\n            - agent: {}\n        - otherwise: b\n  b:\n    - agent: Bye.\n",
                scalar(12)
            )
        }
        3 => format!("steps:\n  a:\n    - agent: Hello.\n    - &again\n      agent: {}\n    - *again\n", scalar(4)),
        4 => format!("steps:\n  a:\n    - agent:\n        - Hello.\n        - {}\n        - Bye.\n", scalar(6)),
        _ => format!("steps:\n- id: a\n  choose:\n  - - agent: Hello.\n    - agent: {}\n  - [\"Bye.\"]\n", scalar(4)),
    }
}

/// Without quotation marks of its own.
fn plain(words: &str) -> String {
    words.replace(['“', '”'], "")
}

/// A Markdown script with these lines in some container.
fn markdown(shape: usize, lines: &[String]) -> String {
    let joined = |between: &str| lines.join(between);
    let one = joined(" ");
    match shape {
        0 => format!("# Call\n\nAgent: {}\n\nCustomer: Yes.\n", joined("\n")),
        1 => format!("# Call\n\n- **Agent:** {one}\n- Customer: \"Well\" -> go to More\n\n## More\n\nAgent: Bye.\n"),
        2 => format!("# Call\n\nAgent: Hello.\n\n> {}\n", joined("\n> ")),
        3 => format!("# Call\n\nAgent: Hello.\n\n- If yes:\n  - Agent: {}\n- If no: bye\n", joined("\n    ")),
        4 => format!("# Call\n\n| They say | You say |\n|---|---|\n| Yes | {one} |\n| No | Bye then. |\n"),
        5 => format!("# Call\n\nAgent: Hello.\n\n```\n{}\n```\n", joined("\n")),
        6 => format!("# Call {one}\n\nAgent: Hello.\n\n## More\n\nAgent: Bye.\n"),
        7 => format!("# Call\n\nThanks for calling. How can I help?\n\n{}\n", joined("\n")),
        8 => format!("# Call\n\nAgent: *{}* &amp; more \\* of it\n", joined("\n")),
        9 => format!("# Call\n\n1. Agent: Hello.\n2. If they ask: \"{}\"\n", plain(&one)),
        10 => format!("# Call\n\nAgent: Hello.\n\n<!-- {one} -->\n"),
        11 => format!("---\ntitle: x\n---\n\n> 1. > Agent: {}\n", joined("\n>    > ")),
        12 => format!("# Call\n\nAgent: Hello.\n\n1. Ask first.\n   1. If yes:\n      - Agent: \"{}\"\n", plain(&one)),
        13 => format!("# Call\n\n| They say | You say |\n|---|---|\n| \"Yes \\| no\" | \"{}\" |\n", plain(&one)),
        14 => {
            format!("# Call\n\n<table>\n<tr><th>Customer</th><th>Agent</th></tr>\n<tr><td>Yes &amp; no</td><td>{one}</td></tr>\n</table>\n")
        }
        15 => format!("# Call\n\nAgent: &quot;Well&quot; \\[so\\] &mdash; {one} &#8212; *and* \\_that\\_\n"),
        16 => format!("# Call\n\nAgent: Hello.\n\n:::note Title\n{}\n:::\n", joined("\n")),
        17 => format!("# Call\n\nAgent: Hello.\n\n{{% if late %}}\n\nAgent: {one}\n\n{{% endif %}}\n"),
        18 => format!("# Call\n\nAgent: Hello.\n\nIf yes:\n    Agent: {}\n", joined("\n    ")),
        19 => format!("# Call\n\n:headphones: Hello.\n\n:headphones: {one}\n"),
        _ => format!("# Call\n\nAgent: Hello.\n\n<details>\n<summary>{one}</summary>\n\nAgent: Bye.\n\n</details>\n"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn a_word_keeps_its_place_in_every_yaml_scalar(lines in lines(WORDS), style in 0..18usize, shape in 0..6usize, dress in dress()) {
        let text = yaml(shape, |indent| scalar(style, &lines, indent));
        let (source, script) = read("a.yaml", &text, dress);
        assert_found(&source, &script);
    }

    #[test]
    fn a_word_keeps_its_place_in_every_markdown_container(lines in lines(WORDS), shape in 0..21usize, dress in dress()) {
        let (source, script) = read("a.md", &markdown(shape, &lines), dress);
        assert_found(&source, &script);
    }

    #[test]
    fn a_word_keeps_its_place_in_tables_of_turns(lines in lines(WORDS), is_quoted in any::<bool>(), dress in dress()) {
        let cell = if is_quoted { format!("\"{}, \"\"ok\"\"\"", lines.join("\n")) } else { lines.join(" ").replace(',', "") };
        let (source, script) = read("a.csv", &format!("Caller says,Agent says\nHello there,{cell}\n"), dress);
        assert_found(&source, &script);
    }

    #[test]
    fn a_word_keeps_its_place_in_json_whole_or_with_a_mistake(lines in lines(WORDS), has_mistake in any::<bool>(), dress in dress()) {
        let words = escaped(&lines.join(" "));
        let comma = if has_mistake { "" } else { "," };
        let text = format!("{{\n\t\"steps\": {{\n\t\t\"a\": [\n{{\"agent\": \"{words}\"}}{comma}\n{{\"end\": true}}\n]}}}}\n");
        let (source, script) = read("a.json", &text, dress);
        assert_eq!(script.faults.is_empty(), !has_mistake, "{:?}", script.faults);
        assert_found(&source, &script);
    }
}
