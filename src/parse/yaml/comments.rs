//! Comments on lines of their own: for the people who use the script they are notes.

use crate::source::{Source, Span, Text};

use super::keys::{self, Key};

/// Comments of a file in its order, taken one after another as the steps around them are read.
#[derive(Debug, Default)]
pub struct Comments {
    found: Vec<Comment>,
    next: usize,
}

/// Comment lines that follow each other at one column.
#[derive(Debug)]
pub struct Comment {
    pub text: Text,
    /// Of the `#`, in bytes.
    pub column: usize,
    start: usize,
}

impl Comments {
    /// Finds the comments outside `scalars`, the spans of scalars over several lines.
    pub fn find(source: &Source, span: Span, mut scalars: Vec<Span>) -> Comments {
        scalars.sort_unstable();
        let mut found: Vec<Comment> = Vec::new();
        let (mut at, mut inside, mut is_joined) = (span.start, 0, false);
        let mut scalars = scalars.into_iter().peekable();
        for line in source.slice(span).split_inclusive('\n') {
            let words = line.trim();
            let start = at + line.len() - line.trim_start().len();
            while let Some(scalar) = scalars.next_if(|scalar| scalar.start <= start) {
                inside = scalar.end.max(inside);
            }
            let column = start - at;
            at += line.len();
            if !words.starts_with('#') || start < inside {
                is_joined = false;
                continue;
            }
            let note = words.trim_start_matches('#').trim_start();
            let place = Span::new(start + words.len() - note.len(), start + words.len());
            let is_above = is_joined;
            is_joined = is_note(note);
            if !is_joined {
                continue;
            }
            let above = found.last_mut().filter(|_| is_above);
            match above.filter(|above| above.column == column) {
                Some(last) => last.join(note, place),
                None => {
                    let text = Text::copied(&source.text, place);
                    found.push(Comment { text, column, start });
                }
            }
        }
        Comments { found, next: 0 }
    }

    /// The next comment, if it stands before `offset`.
    pub fn before(&mut self, offset: usize) -> Option<&Comment> {
        let comment = self.found.get(self.next).filter(|comment| comment.start < offset)?;
        self.next += 1;
        Some(comment)
    }

    /// Passes over every comment before `offset`.
    pub fn skip_to(&mut self, offset: usize) {
        while self.before(offset).is_some() {}
    }
}

impl Comment {
    fn join(&mut self, words: &str, place: Span) {
        self.text.push(" ", Span::new(place.start, place.start));
        self.text.push(words, place);
    }
}

/// Words for people: not for a program, not a ruler, and not a line of the script that was taken out.
fn is_note(words: &str) -> bool {
    let programs = ["callint", "yaml-language-server", "yamllint", "prettier-ignore", "vim:", "-*-"];
    if programs.iter().any(|program| words.contains(program)) || !words.contains(char::is_alphabetic) {
        return false;
    }
    if words.starts_with("- ") {
        return false;
    }
    let key = words.split_once(": ").map(|(key, _)| key).or(words.strip_suffix(':'));
    let key = key.and_then(|key| keys::lookup(&keys::normalize(key)));
    matches!(key, None | Some(Key::Note))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_for_people_are_found_and_joined() {
        let yaml = "# callint-disable-file x -- y\na: |\n  # words\nb:\n  # First\n  # second.\n  # - agent: out\n";
        let source = Source::new("a.yaml", yaml);
        let scalar = yaml.find("# words").expect("there");
        let mut comments = Comments::find(&source, Span::new(0, yaml.len()), vec![Span::new(scalar, scalar + 8)]);
        assert_eq!(comments.before(yaml.len()).map(|comment| comment.text.value.as_str()), Some("First second."));
        assert!(comments.before(yaml.len()).is_none());
    }
}
