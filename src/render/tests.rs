//! Reports made by hand, printed in each format.

mod hostile;

use super::*;
use crate::diagnostic::{Decision, Diagnostic, Label, Speaker, Turn, Unknown};
use crate::source::Span;

const CABLE: &str = "# Cable\r\n\r\n**Rep:** Šest měsíců — twenty dollars a month off the bill.\r\n\
                     **Customer:** No.\r\n**Rep:** How about the premium movie pack?\r\n";

fn options(format: Format) -> Options {
    Options { format, color: false, min_level: Severity::Info, is_quiet: false, width: None, noun: "script" }
}

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the words are in the text");
    Span::new(start, start + words.len())
}

fn found(spans: Vec<Span>, message: &str) -> Diagnostic {
    Diagnostic { help: "offer once".into(), ..Diagnostic::new("retention/too-many-offers", Severity::Error, message, 0, spans) }
}

fn turn(speaker: Speaker, text: &str) -> Turn {
    Turn { file: 0, span: Span::default(), speaker, text: text.into() }
}

fn offers() -> Diagnostic {
    let mut offers = found(vec![span(CABLE, "premium movie pack")], "the caller hears 2 offers; the limit is 1");
    offers.label = "offer 2, after the caller said no".into();
    offers.related = vec![Label { file: 0, span: span(CABLE, "twenty dollars a month"), message: "offer 1".into() }];
    offers.walk = vec![
        turn(Speaker::Customer, "“I want to disconnect my cable.”"),
        turn(Speaker::Agent, "Šest měsíců — twenty dollars a month off the bill, and then we will see what else there is."),
        turn(Speaker::Note, "(if the caller says no)"),
    ];
    offers.why = "wearing people out loses them".into();
    offers.instead = Some("make one offer".into());
    offers.decided =
        Some(Decision { by: "pattern", text: "how about".into(), confidence: 1.0, act: "retention_offer".into(), voice: None });
    offers
}

fn print(diagnostics: Vec<Diagnostic>, sources: &[Source], options: &Options) -> String {
    let report = Report { diagnostics, ..Report::default() };
    let mut out = Vec::new();
    write(&mut out, &report, sources, options).expect("a buffer takes everything");
    String::from_utf8(out).expect("text")
}

#[test]
fn a_finding_shows_its_words_its_call_and_what_to_do() {
    let sources = [Source::new("cable.md", CABLE), Source::new("other.md", "x")];
    let printed = print(vec![offers()], &sources, &options(Format::Pretty));
    insta::assert_snapshot!(printed);
}

#[test]
fn every_format_counts_columns_in_characters() {
    let sources = [Source::new("cable.md", CABLE)];
    let offer = found(vec![span(CABLE, "twenty dollars")], "x");
    let concise = print(vec![offer.clone()], &sources, &options(Format::Concise));
    assert_eq!(concise, "cable.md:3:24: error[retention/too-many-offers] x\n");
    let pretty = print(vec![offer], &sources, &options(Format::Pretty));
    assert!(pretty.contains("[ cable.md:3:24 ]"), "{pretty}");
}

#[test]
fn json_has_everything() {
    let source = Source::from_bytes("cable.md", [b"\xef\xbb\xbf", CABLE.as_bytes()].concat());
    let report = Report {
        diagnostics: vec![offers()],
        unknown: vec![Unknown { file: 0, span: span(CABLE, "No."), what: "an \u{202e}odd word".into() }],
        ..Report::default()
    };
    let mut out = Vec::new();
    write(&mut out, &report, &[source.expect("text")], &options(Format::Json)).expect("a buffer");
    insta::assert_snapshot!(String::from_utf8(out).expect("text"));
}

#[test]
fn a_fingerprint_does_not_depend_on_lines() {
    let print_at = |text: &str| {
        let json = print(vec![found(vec![span(text, "one OFFER")], "x")], &[Source::new("a.md", text)], &options(Format::Json));
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        json["findings"][0]["fingerprint"].clone()
    };
    assert_eq!(print_at("one OFFER"), print_at("\n\n  one OFFER"));
}

#[test]
fn labels_never_share_an_underline() {
    let text = "one two three\nfour five\n";
    let mut crossed = found(vec![span(text, "one two")], "x");
    crossed.label = "first".into();
    let label = |words, message: &str| Label { file: 0, span: span(text, words), message: message.into() };
    crossed.related = vec![label("one two", "first"), label("two three", "second"), label("three\nfour five", "third")];
    insta::assert_snapshot!(print(vec![crossed], &[Source::new("a.md", text)], &options(Format::Pretty)));
}

#[test]
fn words_without_a_label_are_underlined() {
    let text = "one two\nthree four\n";
    let bare = found(vec![span(text, "two"), span(text, "three")], "x");
    insta::assert_snapshot!(print(vec![bare], &[Source::new("a.md", text)], &options(Format::Pretty)));
}

#[test]
fn other_files_have_headers_of_their_own() {
    let sources = [Source::new("a.md", "x\n\nhere we go\n"), Source::new("b.md", "č there\nit is\n")];
    let mut over = found(vec![span(&sources[0].text, "we go")], "x");
    over.related = vec![
        Label { file: 1, span: span(&sources[1].text, "it"), message: "second".into() },
        Label { file: 1, span: span(&sources[1].text, "there"), message: "first".into() },
        Label { file: 0, span: span(&sources[0].text, "x"), message: "above".into() },
    ];
    let printed = print(vec![over], &sources, &options(Format::Pretty));
    assert!(printed.contains("[ a.md:3:6 ]") && printed.contains("[ b.md:1:3 ]"), "{printed}");
}

#[test]
fn colour_comes_only_when_asked_for() {
    let sources = [Source::new("cable.md", CABLE)];
    let mut colored = options(Format::Pretty);
    colored.color = true;
    assert!(print(vec![offers()], &sources, &colored).contains("\u{1b}[1;31merror["));
}

#[test]
fn long_calls_and_long_notes_are_shortened() {
    let mut long = found(vec![Span::new(0, 1)], "x");
    long.walk = (0..20).map(|index| turn(Speaker::Agent, &format!("turn {index}"))).collect();
    let mut narrow = options(Format::Pretty);
    narrow.width = Some(40);
    let printed = print(vec![long], &[Source::new("a.md", "x")], &narrow);
    assert!(printed.lines().all(|line| line.chars().count() < 50), "{printed}");
    let flat = printed.replace("\n   │  ", "");
    assert!(flat.contains("“turn 2” · … · Agent “turn 15”") && flat.contains("“turn 19”"), "{flat}");
    assert_eq!(notes::shorten(&"word, ".repeat(30)), "word, word, word, word, word, word, word, word, word, word…");
}

#[test]
fn the_last_line_says_where_to_begin() {
    let sources = [Source::new("a.md", "x"), Source::new("b.md", "x"), Source::new("c.md", "x")];
    let mut warning = found(vec![Span::new(0, 1)], "a small thing");
    warning.severity = Severity::Warning;
    let mut error = found(vec![Span::new(0, 1)], "a caller cannot leave");
    error.file = 1;
    let mut hidden = options(Format::Pretty);
    hidden.min_level = Severity::Error;
    let printed = print(vec![warning, error], &sources, &hidden);
    let last = "1 error, 1 warning in 2 of 3 scripts · worst: b.md, a caller cannot leave · 1 not shown (--min-level info)";
    assert_eq!(printed.lines().last(), Some(last));
    assert!(!printed.contains("a small thing"));
    assert_eq!(print(Vec::new(), &sources, &options(Format::Pretty)), "no findings in 3 scripts\n");
}

#[test]
fn what_could_not_be_told_is_listed_while_it_is_little() {
    let sources = [Source::new("a.md", "x\ny")];
    let unknown = |count| vec![Unknown { file: 0, span: Span::new(2, 3), what: "who speaks".into() }; count];
    let print = |count| {
        let report = Report { unknown: unknown(count), ..Report::default() };
        let mut out = Vec::new();
        write(&mut out, &report, &sources, &options(Format::Pretty)).expect("a buffer");
        String::from_utf8(out).expect("text")
    };
    assert_eq!(print(1), "can't tell: a.md:2: who speaks\nno findings in 1 script\n");
    assert!(print(9).starts_with("could not tell: 9 places (callint check --format json lists them)\n"));
}
