//! The examples of a rule, put to the test: in a bad one a finding must cover what stands between `« »`,
//! in a good one the rule must keep quiet, and the words that it proposes must lint clean.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::lint;
use crate::rule::{Example, Rule};
use crate::source::{Source, Span};

/// An example that does not show what it should.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// One sentence without a full stop.
    pub message: String,
    pub place: Place,
    /// What it is about, in bytes of the text at that place, marks included.
    pub span: Span,
}

/// A text of a rule file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Index into [`crate::rule::Examples::bad`].
    Bad(usize),
    /// Index into [`crate::rule::Examples::good`].
    Good(usize),
    Instead,
}

/// A script without its marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unmarked {
    pub text: String,
    /// What stood between the marks, in bytes of `text`.
    pub marked: Vec<Span>,
    /// Where the marks stood, in bytes of `text`, sorted.
    marks: Vec<usize>,
}

impl Unmarked {
    /// Takes the marks out.
    ///
    /// # Errors
    /// The byte of a mark that has no partner.
    pub fn new(script: &str) -> Result<Unmarked, usize> {
        let (mut unmarked, mut open) = (Unmarked::default(), None);
        for (at, letter) in script.char_indices() {
            match (letter, open) {
                ('«', None) => open = Some((at, unmarked.text.len())),
                ('»', Some((_, start))) => {
                    unmarked.marked.push(Span::new(start, unmarked.text.len()));
                    open = None;
                }
                ('«' | '»', _) => return Err(at),
                _ => {
                    unmarked.text.push(letter);
                    continue;
                }
            }
            unmarked.marks.push(unmarked.text.len());
        }
        open.map_or(Ok(unmarked), |(at, _)| Err(at))
    }

    /// A span of `text` as a span of the script with its marks.
    fn with_marks(&self, span: Span) -> Span {
        let before = |offset: usize, has_own: bool| self.marks.iter().filter(|&&mark| mark < offset || has_own && mark == offset).count();
        Span::new(span.start + before(span.start, true) * '«'.len_utf8(), span.end + before(span.end, false) * '«'.len_utf8())
    }
}

/// All that a rule has to show, in the order of its file.
pub fn places(rule: &Rule) -> Vec<Place> {
    let bad = (0..rule.examples.bad.len()).map(Place::Bad);
    let good = (0..rule.examples.good.len()).map(Place::Good);
    rule.instead.iter().map(|_| Place::Instead).chain(bad).chain(good).collect()
}

/// What an example of a rule does not show that it should. `config` has the rule in it, unless it is one
/// that comes with callint.
pub fn failures(rule: &Rule, place: Place, config: &Config) -> Vec<Failure> {
    let config = Config { force: true, profiles: rule.profile.clone(), ..config.clone() };
    match place {
        Place::Bad(index) => rule.examples.bad.get(index).map_or(Vec::new(), |example| bad(rule, example, place, &config)),
        Place::Good(index) => rule.examples.good.get(index).map_or(Vec::new(), |example| good(rule, example, place, &config)),
        Place::Instead => rule.instead.as_deref().and_then(|words| instead(words, &config)).into_iter().collect(),
    }
}

fn bad(rule: &Rule, example: &Example, place: Place, config: &Config) -> Vec<Failure> {
    let unmarked = match Unmarked::new(&example.script) {
        Ok(unmarked) if unmarked.marked.is_empty() => return vec![whole(place, &example.script, "a bad example has no « » in it")],
        Ok(unmarked) => unmarked,
        Err(at) => return vec![unpaired(place, at)],
    };
    let found = own(rule, example, &unmarked.text, config);
    let is_covered = |span: &Span| found.iter().any(|one| one.span() == *span);
    let missed: Vec<Span> = unmarked.marked.iter().copied().filter(|span| !is_covered(span)).collect();
    let stray = found.iter().map(Diagnostic::span).find(|span| !unmarked.marked.contains(span));
    let told = match stray.and_then(|span| unmarked.text.get(span.start..span.end)) {
        Some(words) => format!("{} points at “{}” and not at these words", rule.id, words.trim()),
        None => format!("{} finds no fault with these words", rule.id),
    };
    missed.into_iter().map(|span| Failure { message: told.clone(), place, span: unmarked.with_marks(span) }).collect()
}

fn good(rule: &Rule, example: &Example, place: Place, config: &Config) -> Vec<Failure> {
    let unmarked = match Unmarked::new(&example.script) {
        Ok(unmarked) if unmarked.marked.is_empty() => unmarked,
        Ok(_) => return vec![whole(place, &example.script, "a good example has « » in it, which only bad ones have")],
        Err(at) => return vec![unpaired(place, at)],
    };
    let message = format!("{} finds fault with these words of a good example", rule.id);
    let found = own(rule, example, &unmarked.text, config);
    found.into_iter().map(|one| Failure { message: message.clone(), place, span: one.span() }).collect()
}

/// The proposed words, as all that the agent says, give no finding of any rule.
fn instead(words: &str, config: &Config) -> Option<Failure> {
    let lead = "# A call\n\nAgent: ";
    let source = Source::new("instead.md", format!("{lead}{}\n", words.replace('\n', " ")));
    let found = lint::lint(&[source], &Config { profiles: Vec::new(), ..config.clone() }).diagnostics.into_iter().next()?;
    let span = found.span();
    let within = |offset: usize| offset.saturating_sub(lead.len()).min(words.len());
    let message = format!("the words to say instead are found fault with themselves: {} ({})", found.message, found.rule);
    Some(Failure { message, place: Place::Instead, span: Span::new(within(span.start), within(span.end)) })
}

/// What a rule finds in a script, checked together with the one beside it.
pub fn own(rule: &Rule, example: &Example, script: &str, config: &Config) -> Vec<Diagnostic> {
    let name = if example.format.as_deref() == Some("yaml") { "example.yaml" } else { "example.md" };
    let beside = example.beside.iter().map(|text| Source::new(format!("beside-{name}"), text.clone()));
    let sources: Vec<Source> = std::iter::once(Source::new(name, script)).chain(beside).collect();
    let found = lint::lint(&sources, config).diagnostics;
    found.into_iter().filter(|one| one.file == 0 && one.rule == rule.id).collect()
}

fn whole(place: Place, text: &str, message: &str) -> Failure {
    Failure { message: message.to_string(), place, span: Span::new(0, text.len()) }
}

fn unpaired(place: Place, at: usize) -> Failure {
    Failure { message: "this mark has no partner; « opens and » closes".to_string(), place, span: Span::new(at, at + '«'.len_utf8()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_put_back() {
        let script = "č «one» «two»";
        let unmarked = Unmarked::new(script).expect("pairs");
        assert_eq!(unmarked.text, "č one two");
        let words: Vec<&str> =
            unmarked.marked.iter().map(|&span| unmarked.with_marks(span)).map(|span| &script[span.start..span.end]).collect();
        assert_eq!(words, ["one", "two"]);
        assert_eq!(Unmarked::new("a » b"), Err(2));
        assert_eq!(Unmarked::new("a « b « c"), Err(7));
    }
}
