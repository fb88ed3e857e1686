//! YAML scripts in, syntax trees out: spellings, places of words, and reading on after errors.

mod bounds;
mod faults;
mod header;
mod trees;
mod words;

use callint::parse::yaml;
use callint::script::{Kind, Line, Script, Section, Step, Target};
use callint::source::Source;

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
    script.faults.iter().map(|fault| (fault.name, fault.span.start)).collect()
}

fn place(text: &str, words: &str) -> usize {
    text.find(words).expect("the words are there")
}
