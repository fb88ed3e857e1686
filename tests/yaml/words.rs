//! Every word that a key may be called by gives the tree that the key itself gives.

use super::*;

/// A key, the words that mean the same, and a script with `KEY` in place of it.
const WORDS: [(&str, &[&str], &str); 12] = [
    (
        "agent",
        &["say", "rep", "csr", "advisor", "operator", "script", "text", "prompt", "message", "response", "verbatim"],
        "steps:\n  a:\n    - agent: Hi\n    - KEY: Good morning to you\n",
    ),
    (
        "customer",
        &["caller", "client", "member", "patient", "hear", "user"],
        "steps:\n  a:\n    - agent: Hi\n    - KEY: I have a question\n",
    ),
    (
        "note",
        &["notes", "instruction", "internal", "agent_note", "tone_cue", "warning", "action"],
        "steps:\n  a:\n    - agent: Hi\n    - KEY: Look it up first\n",
    ),
    ("collect", &["ask_for", "fields", "gather"], "steps:\n  a:\n    - agent: Hi\n    - KEY: [name, street]\n"),
    ("avoid", &["dont_say", "do_not_say", "bad"], "steps:\n  a:\n    - agent: Hi\n    - KEY: Calm down\n"),
    (
        "choose",
        &["choices", "options", "branches", "responses", "replies", "buttons", "next"],
        "steps:\n  a:\n    agent: Hi\n    KEY:\n      - customer: My bill\n        goto: a\n      - otherwise: a\n",
    ),
    (
        "goto",
        &["next", "go_to", "jump", "target", "target_id", "next_step", "next_step_id", "link"],
        "steps:\n  a:\n    - agent: Hi\n    - KEY: b\n  b:\n    - agent: Bye\n",
    ),
    ("call", &["include", "run"], "steps:\n  a:\n    - agent: Hi\n    - KEY: b\n  b:\n    - agent: Bye\n"),
    ("transfer", &["transfer_to", "handoff", "escalate_to"], "steps:\n  a:\n    - agent: Hi\n    - KEY: Front desk\n"),
    ("end", &["hangup", "end_call"], "steps:\n  a:\n    - agent: Hi\n    - KEY: true\n"),
    ("steps", &["nodes", "sections", "states", "flow", "script"], "KEY:\n  a:\n    - agent: Hi\n    - goto: b\n  b:\n    - agent: Bye\n"),
    ("id", &["name", "key", "slug", "node", "step"], "steps:\n  - KEY: a\n    agent: Hi\n    goto: b\n  - KEY: b\n    agent: Bye\n"),
];

/// What may begin a branch, and what may hold its body.
const LABELS: [&str; 7] = ["customer", "when", "if", "label", "condition", "answer", "text"];
const OTHERWISE: [&str; 3] = ["otherwise", "else", "default"];
const BODIES: [&str; 4] = ["then", "lines", "steps", "response"];

/// All spellings of a word: `end_call`, `end-call`, `End Call`.
fn spellings(word: &str) -> [String; 4] {
    let capital = word[..1].to_uppercase() + &word[1..];
    [word.to_string(), word.replace('_', "-"), capital.replace('_', " "), word.to_uppercase()]
}

#[test]
fn every_synonym_of_a_key_gives_its_tree() {
    for (key, words, text) in WORDS {
        let (_, expected) = read(&text.replace("KEY", key));
        assert_clean(&expected);
        for word in words.iter().flat_map(|word| spellings(word)) {
            let text = text.replace("KEY", &word);
            let (_, script) = read(&text);
            assert_clean(&script);
            assert_eq!(rows(&script, "a"), rows(&expected, "a"), "{text}");
        }
    }
}

#[test]
fn every_word_of_a_branch_is_one() {
    for (label, body) in LABELS.iter().flat_map(|label| BODIES.map(|body| (label, body))) {
        for (label, body) in spellings(label).into_iter().zip(spellings(body)) {
            let text = format!(
                "steps:\n  a:\n    agent: Hi\n    choose:\n      - {label}: My bill\n        {body}: Here it is\n      - else: b\n  b:\n    - agent: Bye\n"
            );
            let (_, script) = read(&text);
            assert_clean(&script);
            let mark = if ["when", "if", "condition"].contains(&&*label.to_lowercase()) { "if" } else { "heard" };
            let expected =
                ["say Hi".to_string(), format!("? {mark} My bill"), "  say Here it is".into(), "? else".into(), "  Goto b true".into()];
            assert_eq!(rows(&script, "a"), expected, "{text}");
        }
    }
    for word in OTHERWISE.iter().flat_map(|word| spellings(word)) {
        let text = format!(
            "steps:\n  a:\n    agent: Hi\n    choose:\n      - customer: My bill\n        goto: b\n      - {word}: b\n  b:\n    - agent: Bye\n"
        );
        let (_, script) = read(&text);
        assert_clean(&script);
        assert_eq!(rows(&script, "a")[3..], ["? else", "  Goto b true"], "{text}");
    }
}

#[test]
fn the_end_is_a_step_for_jumps_in_every_spelling() {
    for word in ["end", "END", "End", "hangup", "end_call"] {
        let (_, script) = read(&format!("steps:\n  a:\n    - agent: Hi\n    - goto: {word}\n"));
        assert_eq!(rows(&script, "a"), ["say Hi", "end"], "{word}");
    }
}
