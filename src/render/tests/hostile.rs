//! Scripts that would break the drawing or the terminal if they could.

use super::*;

#[test]
fn a_long_line_is_cut_to_the_words_around_the_marks() {
    let mut text = format!("first\n{} REFUND {} — and", "č word ".repeat(8000), "more ".repeat(8000));
    text.push_str(" CANCEL at the end\nlast");
    let mut refund = found(vec![span(&text, "REFUND")], "x");
    refund.label = "here".into();
    refund.related = vec![Label { file: 0, span: span(&text, "CANCEL"), message: "and there".into() }];
    let column = text[..text.find("REFUND").expect("there")].chars().count() - "first\n".len() + 1;
    let printed = print(vec![refund], &[Source::new("a.md", text)], &options(Format::Pretty));
    assert!(printed.len() < 2500, "{}", printed.len());
    assert!(printed.contains(&format!("[ a.md:2:{column} ]")), "{printed}");
    assert!(printed.contains(" 2 │ …") && printed.contains("CANCEL at the end\n"), "{printed}");
    assert!(printed.contains("here") && printed.contains("and there"), "{printed}");
}

#[test]
fn a_long_mark_is_shown_by_its_ends() {
    let text = format!("START{} STOP", " word".repeat(20000));
    let all = found(vec![Span::new(0, text.len())], "x");
    let printed = print(vec![all], &[Source::new("a.md", text)], &options(Format::Pretty));
    assert!(printed.len() < 2500 && printed.contains("START") && printed.contains("STOP"), "{printed}");
}

#[test]
fn nothing_in_a_script_or_its_name_reaches_the_terminal_raw() {
    let text = "Say: \u{1b}[2J hello \u{202e} you\u{1}0\u{1}\nAnd: \u{9b}31m";
    let mut evil = found(vec![span(text, "hello"), span(text, "31m")], "bad \u{1b}[31m\nmessage");
    evil.walk = vec![turn(Speaker::Agent, "\u{1b}]0;title\u{7}")];
    evil.label = "\u{1b}[0m".into();
    let sources = [Source::new("a\u{1b}[31m\nb.md", text)];
    let unknown = vec![Unknown { file: 0, span: Span::default(), what: "\u{1b}c".into() }];
    let report = Report { diagnostics: vec![evil], unknown, ..Report::default() };
    for format in [Format::Pretty, Format::Concise, Format::Json] {
        let mut out = Vec::new();
        write(&mut out, &report, &sources, &options(format)).expect("a buffer");
        let printed = String::from_utf8(out).expect("text");
        let raw = printed.chars().find(|&letter| letter != '\n' && safe::is_unsafe(letter));
        assert_eq!(raw, None, "{printed}");
    }
}

#[test]
fn spans_that_do_not_fit_are_drawn_all_the_same() {
    let text = "č — ž\r\n\r\n";
    let odd = [(1, 3), (0, 0), (4, 900), (900, 1000), (9, 2), (text.len(), text.len()), (8, 10)];
    for (start, end) in odd {
        for text in [text, ""] {
            let mut odd = found(vec![Span::new(start, end)], "x");
            odd.related = vec![Label { file: 7, span: Span::new(0, 1), message: "nowhere".into() }];
            let printed = print(vec![odd], &[Source::new("a.md", text)], &options(Format::Pretty));
            assert!(printed.contains("[ a.md:"), "{printed}");
        }
    }
    let mut bare = found(Vec::new(), "no place");
    bare.file = 3;
    for format in [Format::Pretty, Format::Concise, Format::Json] {
        assert!(print(vec![bare.clone()], &[], &options(format)).contains("no place"));
    }
}

#[test]
fn no_text_and_no_span_brings_the_drawing_down() {
    let words = ["a", " ", "č", "—", "\n", "\r\n", "\r", "\t", "\u{1b}", "\u{2028}", "🎉", "日本", "word "];
    let mut state = 7_u64;
    let mut next = |below: usize| {
        // Xorshift: odd enough, and the same in every run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for round in 0..2000 {
        let length = next(if round % 10 == 0 { 900 } else { 40 });
        let text: String = (0..length).map(|_| words[next(words.len())]).collect();
        let mut place = || Span::new(next(text.len() + 3), next(text.len() + 3));
        let mut odd = found(vec![place(), place()], "x");
        let label = |file| Label { file, span: place(), message: format!("label {file}") };
        odd.related = [1, 0, 1].map(label).to_vec();
        let sources = [Source::new("a.md", text.clone()), Source::new("b.md", text)];
        let printed = print(vec![odd], &sources, &options(Format::Pretty));
        assert!(printed.contains("label 0") && printed.contains("label 1"), "{printed}");
        assert!(!printed.contains(['\u{1}', '\u{2}']), "{printed}");
    }
}
