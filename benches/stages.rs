//! How many bytes a second each stage takes in, on one core, of scripts in which no line comes twice.
//!
//! `cargo bench --bench stages` makes the scripts from the labelled lines in data/acts; with `-- YAML` only those.
//! Nothing here fails.

use callint::act::{Hearing, tags};
use callint::flow::build::{Heard, Input, build};
use callint::flow::resolve::{Resolver, links};
use callint::parse::{language, parse};
use callint::script::Script;
use callint::source::Source;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// As in the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// In bytes; a set ends with the first whole script that reaches it.
const SET: usize = 2_000_000;
/// In bytes; a script ends with the first whole section that reaches it.
const SIZE: usize = 16 * 1024;
/// How often each set is measured; the middle one counts.
const RUNS: usize = 5;

fn main() {
    let mut lines = Lines::read();
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-')).unwrap_or_default();
    for (name, ending, section) in
        [("loose Markdown", "md", loose as fn(usize, &mut Lines) -> String), ("dense Markdown", "md", dense), ("YAML", "yaml", graph)]
    {
        if !name.contains(&wanted) {
            continue;
        }
        let sources = sources(ending, section, &mut lines);
        let megabytes = sources.iter().map(|source| source.text.len()).sum::<usize>() as f64 / 1e6;
        let rate = |time: Duration| megabytes / time.as_secs_f64();
        // A set of its own for each run: what was read once is kept by its text.
        let mut runs: Vec<[Duration; 3]> = (0..RUNS).map(|_| stages(&self::sources(ending, section, &mut lines))).collect();
        let mut middle = |stage: usize| {
            runs.sort_by_key(|times| times[stage]);
            rate(runs[RUNS / 2][stage])
        };
        println!("{name:15} parse and graph {:6.1} MB/s, parse {:6.1} MB/s, acts {:6.1} MB/s", middle(0), middle(1), middle(2));
    }
}

/// The times of reading with the graph, of reading alone, and of hearing.
fn stages(sources: &[Source]) -> [Duration; 3] {
    let start = Instant::now();
    let mut scripts: Vec<Option<Script>> = sources.iter().map(|source| Some(parse(source))).collect();
    let parsed = start.elapsed();
    let silent: Vec<Heard> = sources.iter().map(|_| Heard::default()).collect();
    let hearing = Hearing::default();
    let resolver = Resolver::new(sources, &scripts);
    let (named, groups) = links(sources, &scripts, &resolver);
    let input = Input { sources, scripts: &scripts, resolver: &resolver, lexicon: hearing.names(), acts: &silent, named: &named };
    groups.iter().for_each(|files| drop(black_box(build(files, &input))));
    let read = start.elapsed();
    for script in scripts.iter_mut().flatten() {
        script.languages = language::languages(script, Some("en"));
    }
    let start = Instant::now();
    for script in scripts.iter().flatten() {
        black_box(tags::tag(script, &hearing.ear(&script.languages)));
    }
    [read, parsed, start.elapsed()]
}

fn sources(ending: &str, section: fn(usize, &mut Lines) -> String, lines: &mut Lines) -> Vec<Source> {
    let (mut sources, mut bytes) = (Vec::new(), 0);
    while bytes < SET {
        let mut text = if ending == "yaml" { String::from("title: Calls\nsteps:\n") } else { String::from("# Calls\n") };
        for number in 1.. {
            text += &section(number, lines);
            if text.len() >= SIZE {
                break;
            }
        }
        bytes += text.len();
        sources.push(Source::new(format!("{:04}.{ending}", sources.len()), text));
    }
    sources
}

/// A heading, and paragraphs that the agent speaks.
fn loose(number: usize, lines: &mut Lines) -> String {
    let mut paragraph = || format!("{} {} {}\n\n", lines.next(), lines.next(), lines.next());
    format!("\n## Part {number}\n\n{}{}{}", paragraph(), paragraph(), paragraph())
}

/// Labels, branches with jumps, a note and a table.
fn dense(number: usize, lines: &mut Lines) -> String {
    let mut line = || lines.next();
    format!(
        "\n## {number}. {}\n\n**Agent:** \"{}\"\n\n- **If they agree:** \"{}\" → go to step {}\n- Customer: \"{}\" → [Step {number}](#part)\n\n\
         > NOTE: {} *(pause)*\n\n| Customer says | You say |\n|---|---|\n| {} | {} |\n| {} | {} |\n",
        line().chars().take(20).collect::<String>(),
        line(),
        line(),
        number + 1,
        line(),
        line(),
        line(),
        line(),
        line(),
        line()
    )
}

/// A step of an id graph.
fn graph(number: usize, lines: &mut Lines) -> String {
    let mut line = || lines.next().replace(['"', '\\'], "");
    let next = number + 1;
    format!(
        "  s{number}:\n    - agent: \"{}\"\n    - note: \"{}\"\n    - choose:\n        - customer: \"{}\"\n          goto: s{next}\n        \
         - customer: \"{}\"\n          then:\n            - agent: \"{}\"\n            - end: true\n",
        line(),
        line(),
        line(),
        line(),
        line()
    )
}

/// Lines of calls, none of them twice: from the second round on with a word of another line.
struct Lines {
    known: Vec<String>,
    next: usize,
}

impl Lines {
    fn read() -> Lines {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/acts");
        let files = fs::read_dir(folder).expect("data/acts is there");
        let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        paths.sort();
        let texts: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).expect("text")).collect();
        let rows = texts.iter().flat_map(|text| text.lines()).map(|row| serde_json::from_str(row).expect("a row"));
        let known = rows.filter_map(|row: serde_json::Value| row["text"].as_str().map(str::to_string)).collect();
        Lines { known, next: 0 }
    }

    fn next(&mut self) -> String {
        let (round, at) = (self.next / self.known.len(), self.next % self.known.len());
        self.next += 1;
        let line = self.known[at].replace('\n', " ");
        if round == 0 {
            return line;
        }
        let other = &self.known[(at * 31 + round) % self.known.len()];
        let word = other.split(' ').nth(round % 7).unwrap_or("well");
        match line.split_once(' ') {
            Some((first, rest)) => format!("{first} {word} {rest}"),
            None => format!("{line} {word}"),
        }
    }
}
