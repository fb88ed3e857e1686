//! A file with five different mistakes yields five findings, each on its line and in words of the format, and
//! still a graph, in which the rest is linted: in every carrier. Together they cover every `reading/*` rule of
//! scripts.

use callint::config::Config;
use callint::lint::{Report, lint};
use callint::source::Source;
use std::collections::BTreeSet;

/// What is said in the last lines of each file, and is found although so much before it is broken.
const FAULT: &str = "outage/denial";

const MARKDOWN: &str = "\
# Rowing club

## Greeting

Agent: Rowing club, hello. Would you like to row [or watch?

- Row → [Rowing](#rowing)
- Watch → [Watching](#wacthing)

## Rowing

<!-- callint-disable-next-line outage/denial -->
Agent: Can you swim? Our caf\u{fffd} is open.

Then go to Times.

## Times

Agent: Monday at six.

## Times

Agent: Everything is fine on our end.
";

const FRONT_MATTER: &str = "\
---
title: \"Wrong in five ways
chanel: phone
flow: sequence
flow: menu
---

## Hello

Agent: Good morning, what can I do for you {name?

- Caller: A rib is broken. → go to Repair
- Caller: The cloth is torn. → go to Cloth
- Caller: I want to cancel. → go to Cloth

## Repair

Agent: It will be ready tomorrow. Goodbye.

## Cloth

Agent: Everything is fine on our end. Goodbye.
";

const YAML: &str = "\
title: Wrong in five ways
steps:
  hello:
    - agent: Good morning, Reed Boats. What can I do for you?
    - agnet: Is it about a repair?
    - choose:
        - customer: My boat leaks.
          goto: repiar
        - customer: I want to sell it.
          goto: sell
  repair:
\t- agent: Bring it in today.
    - end: true
  sell:
    - agent: What is she called?
  sell:
    - agent: \"I would love to see her.
    - agent: Everything is fine on our end.
    - end: true
";

const KEYS: &str = "\
title: Other mistakes
steps:
  hello:
    agent: One thing: your name, please
    agent: How can I help?
    # callint-disable-next-line outage/denial -- write here why these words may stay
    note: *nobody
    choose:
      - customer: A.
        goto: bye
      - customer: B.
        goto: nowhere
  bye:
    - agent: Everything is fine on our end.
    - end: true
";

const JSON: &str = "\
{
  \"title\": \"Wrong in five ways\",
  \"steps\": {
    \"hello\": {
      \"agent\": \"Good morning, Reed Boats. What can I do for you?\",
      \"agnet\": \"Is it about a repair?\",
      \"choose\": [
        { \"customer\": \"My boat leaks.\", \"goto\": \"repiar\" },
        { \"customer\": \"I want to sell it.\" \"goto\": \"sell\" }
      ]
    },
    \"repair\": {
      \"agent\": \"Bring it in today.\",
      \"agent\": \"We open at nine.\",
      \"end\": true
    },
    \"sell\": {
      \"agent\": \"I would love to see her,
      \"note\": \"Say it.\"
    },
    \"bye\": { \"agent\": \"Everything is fine on our end.\", \"end\": true }
  }
}
";

const EXPORT: &str = "\
{\"Version\":\"2019-10-30\",\"StartAction\":\"hello\",\"Actions\":[
 {\"Identifier\":\"hello\",\"Type\":\"MessageParticipant\",\"Parameters\":{\"Text\":\"Welcome.\"},\"Transitions\":{\"NextAction\":\"menu\"}},
 {\"Identifier\":\"menu\",\"Type\":\"GetParticipantInput\",\"Parameters\":{\"Text\":\"Press 1.\"} \"Transitions\":{\"NextAction\":\"nowhere\"}},
 {\"Identifier\":\"bye\",\"Type\":\"MessageParticipant\",\"Parameters\":{\"Text\":\"Everything is fine on our end.},\"Transitions\":{\"NextAction\":\"end\"}},
 {\"Identifier\":\"end\",\"Type\" \"DisconnectParticipant\",\"Parameters\":{},\"Transitions\":{}},
 {\"Identifier\":\"lost\",\"Type\":\"DisconnectParticipant\",\"Parameters\":{},\"Transitions\":{}
]}
";

const TABLE: &str = "\
Step,Agent says,Caller says,Next,Next
1,\"Good morning, Quay Parking. Is it about a fine?\",\"Yes, a fine\",2,
1,,No, a permit,3,
2,\"I can take it off your account now.,,9,
3,Permits are ready the same day.,,4,
2,Take your time.,,4,
4,Everything is fine on our end.,,End,
";

/// The mistakes that a file of this name and text is told of: line and rule, sorted.
fn mistakes(report: &Report, source: &Source) -> Vec<(usize, String)> {
    let is_mistake = |rule: &str| rule.starts_with("reading/") || rule == "flow/broken-jump";
    let found = report.diagnostics.iter().filter(|found| is_mistake(&found.rule));
    let mut mistakes: Vec<(usize, String)> = found.map(|found| (source.position(found.span().start).line, found.rule.clone())).collect();
    mistakes.sort();
    mistakes
}

fn lint_text(name: &str, text: &str) -> (Report, Source) {
    // The sign for a byte that is not text stands for one.
    let bytes = text.split('\u{fffd}').map(str::as_bytes).collect::<Vec<_>>().join(&0xe9);
    let source = Source::from_bytes(name, bytes).expect("text");
    (lint(std::slice::from_ref(&source), &Config::default()), source)
}

/// A file's name, its text, and its mistakes: line and rule.
type Case = (&'static str, &'static str, [(usize, &'static str); 5]);

fn cases() -> [Case; 7] {
    let (syntax, jump) = ("reading/syntax", "flow/broken-jump");
    let (key, id, twice) = ("reading/unknown-key", "reading/duplicate-id", "reading/duplicate-key");
    [
        ("a.md", MARKDOWN, [(5, syntax), (8, jump), (12, "reading/suppression"), (13, "reading/encoding"), (21, id)]),
        ("b.md", FRONT_MATTER, [(2, syntax), (3, key), (5, twice), (10, syntax), (14, "reading/missing-otherwise")]),
        ("a.yaml", YAML, [(5, key), (8, jump), (12, syntax), (16, id), (17, syntax)]),
        ("b.yaml", KEYS, [(4, syntax), (5, twice), (6, "reading/reason-to-write"), (7, syntax), (12, jump)]),
        ("a.json", JSON, [(6, key), (8, jump), (9, syntax), (14, twice), (18, syntax)]),
        ("b.json", EXPORT, [(3, syntax), (3, jump), (4, syntax), (5, syntax), (6, syntax)]),
        ("a.csv", TABLE, [(1, twice), (3, syntax), (4, syntax), (4, jump), (6, id)]),
    ]
}

#[test]
fn five_mistakes_are_told_in_every_carrier_and_the_rest_is_linted() {
    for (name, text, expected) in cases() {
        let (report, source) = lint_text(name, text);
        let mut expected: Vec<(usize, String)> = expected.iter().map(|(line, rule)| (*line, rule.to_string())).collect();
        expected.sort();
        let found = mistakes(&report, &source);
        let missing: Vec<_> = expected.iter().filter(|mistake| !found.contains(mistake)).collect();
        assert!(missing.is_empty(), "{name}: {missing:?} not in {found:?}");
        assert!(report.diagnostics.iter().any(|found| found.rule == FAULT), "{name}: {:?}", report.diagnostics);
        let more: Vec<_> = found.iter().filter(|mistake| !expected.contains(mistake)).collect();
        assert!(more.is_empty(), "{name}: {more:?} as well");
    }
}

#[test]
fn mistakes_are_told_in_words_of_the_format() {
    let mut rules = BTreeSet::new();
    for (name, text, _) in cases() {
        for found in lint_text(name, text).0.diagnostics.iter().filter(|found| found.rule.starts_with("reading/")) {
            let words = found.message.to_lowercase();
            for jargon in ["rule", "eoi", "token", "parse", "scalar", "mapping", "sequence", "flow ", "ascii", "char"] {
                let is_named = jargon == "rule" && found.rule == "reading/suppression";
                assert!(!words.contains(jargon) || is_named, "{name}: {}", found.message);
            }
            assert!(!found.help.is_empty(), "{name}: {}", found.message);
            rules.insert(found.rule.clone());
        }
    }
    let names =
        ["duplicate-id", "duplicate-key", "encoding", "missing-otherwise", "reason-to-write", "suppression", "syntax", "unknown-key"];
    assert_eq!(rules.into_iter().collect::<Vec<_>>(), names.map(|name| format!("reading/{name}")));
}
