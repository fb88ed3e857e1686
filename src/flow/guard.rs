//! Counters and flags that a script names: conditions that test them, notes that set them. Read by
//! grammar/guard.pest.

use pest::Parser;
use pest::iterators::Pair;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/guard.pest"]
struct Grammar;

/// What a line does with a counter or a flag; a flag is 1 for yes and 0 for no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The walk goes on here only where this holds.
    Test {
        name: String,
        op: Op,
        value: u16,
    },
    Set {
        name: String,
        change: Change,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Less,
    AtMost,
    Equal,
    Other,
    AtLeast,
    More,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    To(u16),
    /// So many more; fewer if negative.
    By(i16),
}

impl Op {
    pub fn holds(self, left: u16, right: u16) -> bool {
        match self {
            Op::Less => left < right,
            Op::AtMost => left <= right,
            Op::Equal => left == right,
            Op::Other => left != right,
            Op::AtLeast => left >= right,
            Op::More => left > right,
        }
    }
}

impl Guard {
    /// The condition that words state, if they are one.
    pub fn test(words: &str) -> Option<Guard> {
        // Most conditions are plain words.
        if !words.contains(['<', '>', '=', '≤', '≥', '≠']) {
            return None;
        }
        let mut pairs = Grammar::parse(Rule::test, words).ok()?.next()?.into_inner();
        let name = name(&pairs.next()?);
        let op = match pairs.next()?.as_str() {
            "<" => Op::Less,
            "<=" | "=<" | "≤" => Op::AtMost,
            ">" => Op::More,
            ">=" | "≥" => Op::AtLeast,
            "=" | "==" => Op::Equal,
            _ => Op::Other,
        };
        Some(Guard::Test { name, op, value: value(&pairs.next()?)? })
    }

    /// The change that a note orders, if it is one.
    pub fn change(words: &str) -> Option<Guard> {
        if !words.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("set")) {
            return None;
        }
        let mut pairs = Grammar::parse(Rule::change, words).ok()?.next()?.into_inner();
        let name = name(&pairs.next()?);
        let what = pairs.next()?;
        let change = match what.as_rule() {
            Rule::value => Change::To(value(&what)?),
            Rule::step => Change::By(step(what)?),
            // `set tries = tries + 1`; another name's value is not known.
            Rule::step_of => {
                let mut inner = what.into_inner();
                let other = self::name(&inner.next()?);
                let step = step(inner.next()?)?;
                (other == name).then_some(Change::By(step))?
            }
            _ => return None,
        };
        Some(Guard::Set { name, change })
    }

    pub fn name(&self) -> &str {
        match self {
            Guard::Test { name, .. } | Guard::Set { name, .. } => name,
        }
    }

    /// A test that fails once a counter has grown.
    pub fn is_bound(&self) -> bool {
        matches!(self, Guard::Test { op: Op::Less | Op::AtMost, .. })
    }
}

fn name(pair: &Pair<Rule>) -> String {
    pair.as_str().trim_matches(['{', '}']).to_lowercase()
}

fn value(pair: &Pair<Rule>) -> Option<u16> {
    let inner = pair.clone().into_inner().next()?;
    match inner.as_rule() {
        Rule::yes => Some(1),
        Rule::no => Some(0),
        _ => inner.as_str().parse().ok(),
    }
}

fn step(pair: Pair<Rule>) -> Option<i16> {
    let mut inner = pair.into_inner();
    let is_more = inner.next()?.as_str() == "+";
    let number: i16 = inner.next()?.as_str().parse().ok()?;
    Some(if is_more { number } else { -number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_and_changes_are_read() {
        let test = |op, value| Some(Guard::Test { name: "attempts".to_string(), op, value });
        assert_eq!(Guard::test("attempts < 3"), test(Op::Less, 3));
        assert_eq!(Guard::test("If {attempts} ≤ 2:"), test(Op::AtMost, 2));
        assert_eq!(Guard::test("when attempts == yes"), test(Op::Equal, 1));
        assert_eq!(Guard::test("the bill is < 3 days old"), None);
        let set = |change| Some(Guard::Set { name: "offers".to_string(), change });
        assert_eq!(Guard::change("set offers + 1"), set(Change::By(1)));
        assert_eq!(Guard::change("Set: offers = offers - 2."), set(Change::By(-2)));
        assert_eq!(Guard::change("set offers to no"), set(Change::To(0)));
        assert_eq!(Guard::change("set the table"), None);
        assert_eq!(Guard::change("set offers = tries + 1"), None);
    }
}
