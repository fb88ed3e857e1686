//! Comments that speak to callint, as they are written: `callint-disable-next-line RULE -- reason` in
//! an HTML comment of Markdown, or behind the `#` of YAML.

use crate::source::{Source, Span};

/// A comment that begins with `callint-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// With its marks, `<!--` and `-->` or `#`.
    pub span: Span,
    /// What it says, without white space around it.
    pub words: Span,
    pub command: Piece,
    pub rules: Vec<Piece>,
    /// What stands behind `until`, whether it is a date or not.
    pub until: Option<Piece>,
    /// What stands behind the dashes; may be empty.
    pub reason: String,
}

/// A word, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub span: Span,
}

/// All of them, in the order of the file.
pub fn find(source: &Source) -> Vec<Comment> {
    // Most scripts have none.
    if !source.text.contains("callint-") {
        return Vec::new();
    }
    let spans = if source.is_yaml() { hashes(&source.text) } else { markups(&source.text) };
    spans.into_iter().filter_map(|(span, words)| read(&source.text, span, words)).collect()
}

/// HTML comments and what is in them.
fn markups(text: &str) -> Vec<(Span, Span)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = text[at..].find("<!--").map(|start| at + start) {
        let inner = start + 4;
        let end = text[inner..].find("-->").map(|end| inner + end);
        at = end.map_or(text.len(), |end| end + 3);
        found.push((Span::new(start, at), Span::new(inner, end.unwrap_or(at))));
    }
    found
}

/// From the first `#` of each line that begins a comment to the end of the line.
fn hashes(text: &str) -> Vec<(Span, Span)> {
    let (mut found, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let is_comment = |hash: &usize| {
            let is_apart = words[..*hash].chars().next_back().is_none_or(char::is_whitespace);
            is_apart && words[hash + 1..].trim_start().starts_with("callint-")
        };
        if let Some(hash) = words.match_indices('#').map(|(hash, _)| hash).find(is_comment) {
            let end = at + words.len();
            found.push((Span::new(at + hash, end), Span::new(at + hash + 1, end)));
        }
        at += line.len();
    }
    found
}

fn read(text: &str, span: Span, inner: Span) -> Option<Comment> {
    let words = trim(text, inner);
    if !text[words.start..words.end].starts_with("callint-") {
        return None;
    }
    let (head, reason) = split_reason(&text[words.start..words.end]);
    let mut pieces = pieces(head, words.start).into_iter();
    let command = pieces.next()?;
    let (mut rules, mut until) = (Vec::new(), None);
    while let Some(piece) = pieces.next() {
        if piece.text == "until" {
            until = Some(pieces.next().unwrap_or(piece));
        } else {
            rules.push(piece);
        }
    }
    Some(Comment { span, words, command, rules, until, reason: reason.split_whitespace().collect::<Vec<_>>().join(" ") })
}

/// Some editors make a long dash of two short ones.
fn split_reason(words: &str) -> (&str, &str) {
    let dashes = ["--", "—", "–"].iter().filter_map(|dash| words.find(&format!(" {dash}")).map(|at| (at, dash.len() + 1)));
    match dashes.min() {
        Some((at, length)) => (&words[..at], words[at + length..].trim()),
        None => (words, ""),
    }
}

/// Words between white space and commas; `start` is where the text begins.
fn pieces(text: &str, start: usize) -> Vec<Piece> {
    let words = text.split(|letter: char| letter.is_whitespace() || letter == ',').filter(|word| !word.is_empty());
    let mut at = 0;
    let piece = |word: &str| {
        at += text[at..].find(word).unwrap_or(0);
        let span = Span::new(start + at, start + at + word.len());
        at += word.len();
        Piece { text: word.to_string(), span }
    };
    words.map(piece).collect()
}

fn trim(text: &str, span: Span) -> Span {
    let words = &text[span.start..span.end];
    let start = span.start + words.len() - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, text: &str) -> Vec<(String, Vec<String>, Option<String>, String)> {
        let texts = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.clone()).collect();
        let told = |comment: Comment| {
            (comment.command.text.clone(), texts(&comment.rules), comment.until.clone().map(|until| until.text), comment.reason.clone())
        };
        find(&Source::new(name, text)).into_iter().map(told).collect()
    }

    #[test]
    fn comments_are_read_in_both_carriers() {
        let expected = ("callint-disable".to_string(), vec!["a/b".into(), "c/d".into()], Some("2027-03-01".into()), "we may".to_string());
        let words = "callint-disable a/b, c/d until 2027-03-01 -- we\n may";
        assert_eq!(told("a.md", &format!("x <!-- {words} --> y <!-- other -->")), std::slice::from_ref(&expected));
        let words = words.replace('\n', "");
        assert_eq!(told("a.yaml", &format!("a: 'x # y' #{words}  \nb: c#callint-d")), std::slice::from_ref(&expected));
        assert_eq!(told("a.md", &format!("<!--{}", words.replace("--", "—"))), [expected]);
    }

    #[test]
    fn every_piece_keeps_its_place() {
        let text = "č\n<!-- callint-disable  a/b -- x -->";
        let comment = find(&Source::new("a.md", text)).remove(0);
        assert_eq!(&text[comment.rules[0].span.start..comment.rules[0].span.end], "a/b");
        assert_eq!(&text[comment.words.start..comment.words.end], "callint-disable  a/b -- x");
    }
}
