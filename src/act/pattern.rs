//! The pattern language of the act lexicons, as written: grammar/pattern.pest to a tree.

use pest::Parser;
use pest::iterators::Pair;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/pattern.pest"]
struct PatternParser;

/// What must stand in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The first one stands for itself (`Joint::First`); the others are joined to it.
    pub clauses: Vec<(Joint, Vec<Element>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    First,
    /// `&`: somewhere in the same sentence.
    And,
    /// `&!`: nowhere in the same sentence.
    Without,
    /// `//`: in the next sentence.
    Next,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// One word or, with a hyphen or a contraction, several; `*` at the end makes it a stem.
    Word(String),
    Class(String),
    Group(Vec<Vec<Element>>),
    Optional(Box<Element>),
    /// At least and at most so many words, whichever they are.
    Gap(u8, u8),
    Number,
    Slot,
    Start,
    End,
    /// The sentence is a question.
    Question,
}

/// Where a pattern cannot be read, in bytes of it, and why, in words for a rule writer.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    pub at: usize,
    pub message: String,
}

/// As [`read`], with the message only.
pub fn parse(text: &str) -> Result<Pattern, String> {
    read(text).map_err(|mistake| mistake.message)
}

/// Reads a pattern.
pub fn read(text: &str) -> Result<Pattern, Mistake> {
    let mut pairs = PatternParser::parse(Rule::pattern, text).map_err(|error| describe(&error, text))?;
    let mut clauses = Vec::new();
    let mut joint = Joint::First;
    for pair in pairs.next().into_iter().flat_map(Pair::into_inner) {
        match pair.as_rule() {
            Rule::joint => joint = joint_of(pair.as_str()),
            Rule::sequence => clauses.push((joint, sequence(pair))),
            _ => {}
        }
    }
    Ok(Pattern { clauses })
}

/// Reads one member of a word class: a word or a sequence.
pub fn parse_words(text: &str) -> Result<Vec<Element>, String> {
    let pattern = parse(text)?;
    match <[_; 1]>::try_from(pattern.clauses) {
        Ok([(_, elements)]) => Ok(elements),
        Err(_) => Err(format!("`{text}`: a word class holds words, not `&` or `//`")),
    }
}

fn describe(error: &pest::error::Error<Rule>, text: &str) -> Mistake {
    let at = match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    };
    let rest = text.get(at..).unwrap_or("");
    let message = if rest.is_empty() { format!("`{text}` ends too early") } else { format!("`{text}`: cannot read from `{rest}` on") };
    Mistake { at, message }
}

fn joint_of(text: &str) -> Joint {
    match text {
        "&" => Joint::And,
        "&!" => Joint::Without,
        _ => Joint::Next,
    }
}

fn sequence(pair: Pair<Rule>) -> Vec<Element> {
    pair.into_inner().map(element).collect()
}

fn element(pair: Pair<Rule>) -> Element {
    let mut inner = pair.into_inner();
    let atom = inner.next().map_or(Element::Gap(0, 0), atom);
    if inner.next().is_some() { Element::Optional(Box::new(atom)) } else { atom }
}

fn atom(pair: Pair<Rule>) -> Element {
    match pair.as_rule() {
        Rule::start => Element::Start,
        Rule::finish => Element::End,
        Rule::question => Element::Question,
        Rule::number => Element::Number,
        Rule::slot => Element::Slot,
        Rule::gap => gap(pair),
        Rule::group => Element::Group(pair.into_inner().map(sequence).collect()),
        Rule::class => Element::Class(pair.into_inner().as_str().to_string()),
        _ => Element::Word(pair.as_str().to_string()),
    }
}

fn gap(pair: Pair<Rule>) -> Element {
    let counts: Vec<u8> = pair.into_inner().filter_map(|count| count.as_str().parse().ok()).collect();
    match counts[..] {
        [least, most] => Element::Gap(least, most),
        _ => Element::Gap(0, 6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_construct_is_read() {
        let pattern = parse("^ (not|never) {0,3} <fault>? cancel* # _ $ & sorry &! why ? // but").expect("reads");
        assert_eq!(pattern.clauses.len(), 4);
        assert_eq!(pattern.clauses[0].1.len(), 8);
        assert_eq!(pattern.clauses[0].1[3], Element::Optional(Box::new(Element::Class("fault".into()))));
        assert_eq!(pattern.clauses[2], (Joint::Without, vec![Element::Word("why".into()), Element::Question]));
    }

    #[test]
    fn a_mistake_is_named() {
        assert_eq!(parse("(a|b"), Err("`(a|b` ends too early".into()));
        assert_eq!(parse("a }"), Err("`a }`: cannot read from `}` on".into()));
    }
}
