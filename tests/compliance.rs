//! The examples of the specifications of CommonMark and of YAML go through every stage: none stops it, and
//! what the YAML parser takes as YAML is no mistake here.
//!
//! The examples are those that the parsers themselves are tested with; they come with their sources in
//! cargo's registry, and nothing of them is copied here.

use callint::config::Config;
use callint::diagnostic::Severity;
use callint::lint::lint;
use callint::parse::parse;
use callint::render::{Format, Options, write};
use callint::source::Source;
use granit_parser::Parser;
use regex::Regex;
use std::path::{Path, PathBuf};
use std::process::Command;

const FORMATS: [Format; 4] = [Format::Pretty, Format::Json, Format::Sarif, Format::Markdown];

#[test]
fn every_example_of_commonmark_is_read_and_printed() {
    let literal = Regex::new(r##"(?s)r#+"(.*?)"#+[;)]"##).expect("a pattern");
    let mut sources = Vec::new();
    for file in rust_files(&folder("pulldown-cmark").join("tests")) {
        let text = read(&file);
        let examples = literal.captures_iter(&text).enumerate();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        sources.extend(examples.map(|(index, found)| Source::new(format!("{stem}-{index}.md"), &found[1])));
    }
    assert!(sources.len() > 652 * 2, "{} examples, and what HTML is to be made of them", sources.len());
    print_all(&sources);
}

#[test]
fn every_example_of_yaml_is_read_as_yaml_and_printed() {
    let literal = Regex::new(r#"(?s)"((?:[^"\\]|\\.)*)""#).expect("a pattern");
    let (mut sources, mut accepted) = (Vec::new(), 0);
    for file in rust_files(&folder("granit-parser").join("tests")) {
        for found in literal.captures_iter(&read(&file)) {
            let Some(text) = unescape(&found[1]).filter(|text| text.contains('\n')) else { continue };
            let source = Source::new(format!("{}.yaml", sources.len()), &*text);
            // An alias may be valid and still go round in a circle.
            if !text.contains('*') && Parser::new_from_str(&text).all(|event| event.is_ok()) {
                accepted += 1;
                let mistakes: Vec<_> = parse(&source).faults.into_iter().filter(|fault| fault.name == "syntax").collect();
                assert!(mistakes.is_empty(), "{mistakes:?} in {text}");
            }
            sources.push(source);
        }
    }
    assert!(sources.len() > 400 && accepted > 200, "{} examples, {accepted} of them are YAML", sources.len());
    print_all(&sources);
}

/// Lints the texts and prints what was found, in the forms that are made in different ways.
fn print_all(sources: &[Source]) {
    let report = lint(sources, &Config { force: true, ..Config::default() });
    for format in FORMATS {
        let options = Options { format, color: false, min_level: Severity::Info, is_quiet: false, width: Some(80), noun: "script" };
        let mut out = Vec::new();
        write(&mut out, &report, sources, &options).expect("memory takes all bytes");
        assert!(String::from_utf8(out).is_ok(), "{format:?}");
    }
}

/// The text of a Rust literal, of those escapes that JSON has as well.
fn unescape(literal: &str) -> Option<String> {
    let joined = Regex::new(r"\\\r?\n\s*").expect("a pattern");
    let line = joined.replace_all(literal, "").replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r").replace("\\'", "'");
    serde_json::from_str(&format!("\"{line}\"")).ok()
}

/// The folder of a package that this one depends on.
fn folder(package: &str) -> PathBuf {
    let about = cargo(&["-vV"]);
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("the host");
    // For one platform, because the packages of the others need not be here.
    let metadata = cargo(&["metadata", "--format-version=1", "--offline", "--filter-platform", host]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let found = packages.iter().find(|found| found["name"] == package).and_then(|found| found["manifest_path"].as_str());
    Path::new(found.expect("the package")).parent().expect("its folder").to_path_buf()
}

fn cargo(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// All Rust files under a folder, sorted.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the tests of the package").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.to_string_lossy().ends_with(".rs") || path.to_string_lossy().ends_with(".rs.inc") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("text")
}
