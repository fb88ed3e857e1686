//! The model: what it hears that patterns leave open, and that it is what its lines make it.

mod run;

use callint::act::model::{self, folds, table, train};
use callint::act::{Voice, eval};
use callint::source::Source;
use run::Run;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// No pattern hears these; should one learn to, take others.
const LEAVER: &str = "Scoreboard's back up on Monday. Green for whoever talked them out of leaving lol";
const LABEL: &str = "Well, the label was in your own hand, so.";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files() -> Vec<(String, Source)> {
    let mut paths: Vec<_> = fs::read_dir(root().join("data/acts")).expect("data/acts").map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("labelled lines");
        (path.file_stem().expect("a name").to_string_lossy().into_owned(), Source::new("lines", text))
    };
    paths.iter().map(read).collect()
}

#[test]
fn the_stored_model_was_made_from_the_labelled_lines() {
    let texts: Vec<String> = files().into_iter().map(|(_, source)| source.text).collect();
    let stored = fs::read_to_string(root().join("data/model/acts.tsv")).expect("the table");
    let told = stored.lines().next().and_then(|line| line.strip_prefix("# lines ")).expect("a hash");
    assert_eq!(told, format!("{:016x}", folds::hash(&texts)), "run `cargo run --release -- train`");
}

/// One act, as training all of them takes a minute.
#[test]
fn training_gives_the_stored_weights() {
    let rows: Vec<eval::Row> = files().iter().flat_map(|(_, source)| eval::rows(source).expect("rows")).collect();
    let rows: Vec<&eval::Row> = rows.iter().filter(|row| row.voice() == Voice::Customer).collect();
    let features: Vec<train::Features> = rows.iter().map(|row| train::features(&row.text)).collect();
    let rarity = train::rarity(features.iter());
    let lines: Vec<_> = features.iter().zip(&rows).map(|(features, row)| (features, row.acts.iter().any(|act| act == "refusal"))).collect();
    let learned = train::learn(&lines, &rarity);
    let stored = fs::read(root().join("data/model/weights.bin")).expect("the weights");
    let acts = fs::read_to_string(root().join("data/model/acts.tsv")).expect("the table");
    let table = table::Table::read(acts.leak(), stored.len());
    let speaker = table.speaker(Voice::Customer).expect("customers");
    let at = speaker.columns.iter().position(|column| column.act == "refusal").expect("an act that is on");
    assert_eq!((speaker.columns[at].scale, speaker.columns[at].bias), (learned.scale, learned.bias));
    let width = speaker.columns.len() + 1;
    for (feature, (&weight, &rare)) in learned.bytes.iter().zip(&rarity).enumerate() {
        let row = &stored[speaker.start + feature * width..][..width];
        assert_eq!((row[0], row[at + 1].cast_signed()), (rare, weight), "feature {feature}");
    }
}

#[test]
fn every_line_is_scored_without_a_fault() {
    for text in ["", "?", "[", "{{{{", "ß’’’ — 中文 [č]", &"a ".repeat(10_000), &"_".repeat(10_000)] {
        for voice in [Voice::Agent, Voice::Note, Voice::Customer, Voice::Cue] {
            let scored = model::score(&[model::Line { voice, text }], 0, 0..text.len());
            assert!(scored.iter().all(|scored| scored.confidence >= model::BARS[0]));
        }
    }
    assert!(model::score(&[], 0, 0..0).is_empty());
}

#[test]
fn what_no_pattern_foresees_reads_like_a_labelled_line() {
    let acts = |args: &[&str]| {
        let done = Run::new("acts").input(LEAVER).args(&["-", "--who=note", "--format=json"]).args(args).done();
        serde_json::from_str::<Value>(&done.out).expect("JSON")["lines"][0]["acts"].clone()
    };
    let heard = acts(&[]);
    assert_eq!((&heard[0]["act"], &heard[0]["by"]), (&"save_incentive".into(), &"model".into()));
    assert!(heard[0]["confidence"].as_f64().is_some_and(|sure| (0.7..1.0).contains(&sure)));
    assert!(heard[0]["like"].as_str().is_some_and(|like| like.starts_with("Leaderboard's back up.")), "{heard}");
    assert_eq!(acts(&["--patterns-only"]), Value::Array(Vec::new()));
}

#[test]
fn a_finding_rests_on_no_more_than_was_heard() {
    let script = format!("Customer: My parcel is broken.\n\nAgent: {LABEL}\n");
    let check = |args: &[&str]| Run::new("check").file("a.md", &script).args(&["a.md", "--format=json"]).args(args).done();
    let done = check(&[]);
    let out: Value = serde_json::from_str(&done.out).expect("JSON");
    let findings = out["findings"].as_array().expect("findings");
    let found = findings.iter().find(|found| found["rule"] == "empathy/blames-customer").expect("a finding");
    assert_ne!(found["severity"], "error", "the rule says error after a problem, the model is not so sure");
    assert_eq!((&found["decidedBy"]["by"], &found["decidedBy"]["text"]), (&"model".into(), &LABEL.trim_end_matches('.').into()));
    assert!(found["decidedBy"]["like"].is_string());
    assert!(!check(&["--patterns-only"]).out.contains("blames-customer"));
}

#[test]
fn what_the_project_takes_back_is_not_guessed_either() {
    let line = format!("{{\"who\": \"agent\", \"text\": \"{LABEL}\"}}\n");
    let heard = |project: &str| Run::new("acts").file("callint.yaml", project).file("a.jsonl", &line).args(&["a.jsonl"]).done().out;
    assert!(heard("").contains("blame, perhaps: reads like “"));
    assert!(!heard("phrases:\n  blame:\n    unless: [\"in your own hand\"]\n").contains("perhaps"));
}
