//! How long `callint check` takes: on one script, on a folder of a thousand scripts of 8 KB, and on single
//! scripts of up to a hundred thousand lines.
//!
//! `cargo bench` builds the scripts from pieces of examples/ and prints the times. Nothing here fails.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const FILES: usize = 1000;
/// In bytes; a script ends with the first whole piece that reaches it.
const SIZE: usize = 8 * 1024;
/// How often each measurement is taken; the middle one counts.
const RUNS: usize = 5;

fn main() {
    let folder = std::env::temp_dir().join(format!("callint-speed-{}", std::process::id()));
    let bytes = generate(&folder);
    let megabytes = bytes as f64 / 1e6;
    println!("{FILES} scripts, {megabytes:.1} MB, {} cores", std::thread::available_parallelism().map_or(1, usize::from));
    for format in ["concise", "pretty"] {
        let one = median(&folder.join("0000.md"), format);
        let all = median(&folder, format);
        println!("{format:8} one script   {:8.1} ms", one.as_secs_f64() * 1e3);
        println!("{format:8} all scripts  {:8.1} ms  {:6.1} MB/s", all.as_secs_f64() * 1e3, megabytes / all.as_secs_f64());
    }
    for lines in [1_000, 10_000, 100_000] {
        for ending in ["md", "yaml"] {
            let path = folder.join(format!("long-{lines}.{ending}"));
            fs::write(&path, long(lines / LINES_A_STEP, ending == "yaml")).expect("a script is written");
            println!("{lines:6} lines in one {ending:4} {:8.1} ms", median(&path, "concise").as_secs_f64() * 1e3);
        }
    }
    if let Err(error) = fs::remove_dir_all(&folder) {
        eprintln!("{} stays: {error}", folder.display());
    }
}

/// What the steps of a long script hold, by turns.
const SAID: [&str; 6] = [
    "Thank you, let me look at that for you.",
    "May I have your date of birth, please?",
    "I can offer you half price for three months.",
    "I'm sorry about that. Please unplug the box and wait a minute.",
    "It's cancelled as of today.",
    "We are not seeing any outage on our side.",
];
const HEARD: [&str; 5] = ["No, thanks", "I want to cancel", "Yes, please", "My internet is down", "I'd like to speak to a manager"];
/// Something that is found fault with in every step.
const FAULTS: [&str; 8] = [
    "You should have checked the date.",
    "You need to calm down.",
    "You'd be throwing away every point you've earned.",
    "You'll have to go online for that.",
    "I understand your frustration, but there's nothing I can do.",
    "I can give you half price till June.",
    "What's the password on your account?",
    "Could you confirm the postcode for me?",
];
const LINES_A_STEP: usize = 8;

/// One script of so many steps, each with a fault and two branches: one to the step that follows, one back or
/// far ahead.
fn long(steps: usize, is_yaml: bool) -> String {
    let mut text = String::from(if is_yaml { "title: Long\nstart: s0\nsteps:\n" } else { "# Long\n" });
    for step in 0..steps {
        let (said, fault) = (SAID[step * 7 % SAID.len()], FAULTS[step * 5 % FAULTS.len()]);
        let targets = [(step + 1).min(steps - 1), (step * 31 + 17) % steps];
        let branch = |index: usize| (HEARD[(step + index * 3) % HEARD.len()], targets[index]);
        text += &if is_yaml {
            format!("  s{step}:\n    - agent: \"{said}\"\n    - agent: \"{fault}\"\n    - choose:\n")
        } else {
            format!("\n## Step {step}\n\nAgent: {said}\nAgent: {fault}\n\n")
        };
        for (heard, to) in [branch(0), branch(1)] {
            text += &match is_yaml {
                true => format!("        - customer: \"{heard}\"\n          goto: s{to}\n"),
                false => format!("- Customer: \"{heard}\" → [Step {to}](#step-{to})\n"),
            };
        }
    }
    text
}

/// The middle time of several runs of `callint check`, its findings thrown away.
fn median(path: &Path, format: &str) -> Duration {
    let mut times = [Duration::ZERO; RUNS];
    for time in &mut times {
        let start = Instant::now();
        Command::new(env!("CARGO_BIN_EXE_callint"))
            .args(["check", "--no-config", "--format", format])
            .arg(path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("callint starts");
        *time = start.elapsed();
    }
    times.sort();
    times[RUNS / 2]
}

/// Writes the scripts, three of four in Markdown, and gives their size in bytes.
fn generate(folder: &Path) -> usize {
    fs::create_dir_all(folder).expect("a folder for the scripts");
    let markdown: Vec<String> = examples("md").iter().flat_map(|text| sections(text)).collect();
    let yaml = examples("yaml");
    let mut bytes = 0;
    for file in 0..FILES {
        let (name, text) = match file % 4 {
            3 => (format!("{file:04}.yaml"), steps(&yaml[file / 4 % yaml.len()])),
            _ => (format!("{file:04}.md"), document(&markdown, file)),
        };
        bytes += text.len();
        fs::write(folder.join(name), text).expect("a script is written");
    }
    bytes
}

/// The scripts of examples/ with this ending, by name.
fn examples(ending: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = fs::read_dir(folder).expect("examples/ is there");
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("text")).collect()
}

/// A Markdown script cut at its headings, without what stands before the first.
fn sections(text: &str) -> Vec<String> {
    text.split("\n#").skip(1).map(|section| format!("#{section}\n")).collect()
}

/// A script of sections, beginning with another one for each file.
fn document(sections: &[String], file: usize) -> String {
    let mut text = String::new();
    for section in sections.iter().cycle().skip(file % sections.len()) {
        text.push_str(section);
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

/// A YAML script with its steps repeated under new ids.
fn steps(text: &str) -> String {
    let (head, body) = text.split_once("steps:\n").expect("steps");
    let mut long = format!("{head}steps:\n");
    let mut copy = 0;
    while long.len() < SIZE {
        for line in body.lines() {
            let is_id = line.trim_start().starts_with("goto: ") || line.starts_with("  - id: ");
            let is_key = line.starts_with("  ") && line.ends_with(':') && line.as_bytes()[2].is_ascii_lowercase();
            match (is_id, is_key) {
                (true, _) => long.push_str(&format!("{line}_{copy}\n")),
                (_, true) => long.push_str(&format!("{}_{copy}:\n", line.trim_end_matches(':'))),
                _ => long.push_str(&format!("{line}\n")),
            }
        }
        copy += 1;
    }
    long.replacen("start: opening", "start: opening_0", 1).replacen("start: hello", "start: hello_0", 1)
}
