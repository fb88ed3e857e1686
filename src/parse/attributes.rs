//! What an author writes about a heading or a line beside its words: `{#id .act key=value}` in Markdown, the
//! same keys in YAML.

use super::line::{LineParser, Rule};
use super::outline::Part;
use super::role;
use super::statement::Statement;
use crate::script::{Branch, Kind, Line, Marks, Order, Script, Section, Step};
use crate::source::Text;
use pest::Parser;
use pest::iterators::Pair;

/// One of the attributes, in the order of the author.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    Id(String),
    /// `.empathy`: an act, or a class of somebody's style sheet.
    Class(String),
    Pair(String, String),
}

/// Takes attributes off the end of a heading or a line: the words before them, and the attributes; `None`
/// where no brackets stand there, or hold something else (`Hello {name}`).
pub fn split(text: &Text) -> Option<(Text, Vec<Attribute>)> {
    let words = text.value.trim_end();
    let at = words.strip_suffix('}').and_then(|words| words.rfind('{'))?;
    let attributes = read(&words[at..]);
    (!attributes.is_empty()).then(|| (text.slice(0, at), attributes))
}

/// Reads `{#id .act key=value}`; empty for anything else.
fn read(text: &str) -> Vec<Attribute> {
    let Some(pairs) = LineParser::parse(Rule::attributes, text).ok().and_then(|mut pairs| pairs.next()) else { return Vec::new() };
    let read = |pair: Pair<Rule>| {
        let rule = pair.as_rule();
        let mut words = pair.into_inner().map(word);
        match rule {
            Rule::id => Some(Attribute::Id(words.next()?)),
            Rule::class => Some(Attribute::Class(words.next()?)),
            Rule::pair => Some(Attribute::Pair(words.next()?, words.next()?)),
            _ => None,
        }
    };
    pairs.into_inner().filter_map(read).collect()
}

/// A name or a value, without its quotes.
fn word(pair: Pair<Rule>) -> String {
    let inner = pair.clone().into_inner().next();
    inner.unwrap_or(pair).as_str().to_string()
}

/// The marks that attributes put on lines, and the kind that they make of them.
pub fn marks(attributes: &[Attribute]) -> (Marks, Option<Kind>) {
    let (mut marks, mut kind) = (Marks::default(), None);
    let mut acts: Vec<String> = Vec::new();
    for attribute in attributes {
        match attribute {
            Attribute::Class(name) if name == "legal" => marks.is_legal = true,
            Attribute::Class(name) if name == "verbatim" => marks.is_verbatim = true,
            Attribute::Class(name) if name == "keypad" => marks.is_keypad = true,
            Attribute::Class(name) if name == "optional" => marks.is_optional = true,
            Attribute::Class(name) => acts.push(name.replace('-', "_")),
            Attribute::Pair(key, value) => match &*key.to_lowercase() {
                "acts" | "act" => acts.extend(words(value)),
                "legal" => marks.is_legal = is_yes(value),
                "verbatim" => marks.is_verbatim = is_yes(value),
                "keypad" => marks.is_keypad = is_yes(value),
                "optional" => marks.is_optional = is_yes(value),
                "kind" => kind = kind_of(value),
                _ => {}
            },
            Attribute::Id(_) => {}
        }
    }
    marks.acts = (!acts.is_empty()).then_some(acts);
    (marks, kind)
}

/// Puts marks on a line. Those that it has itself count more.
fn apply(line: &mut Line, marks: &Marks, kind: Option<Kind>) {
    if line.kind != Kind::Collect {
        line.kind = kind.unwrap_or(line.kind);
    }
    line.marks.acts = line.marks.acts.take().or_else(|| marks.acts.clone());
    line.marks.is_legal |= marks.is_legal;
    line.marks.is_verbatim |= marks.is_verbatim;
    line.marks.is_keypad |= marks.is_keypad;
    line.marks.is_optional |= marks.is_optional;
}

/// `I'm so sorry. {.apology}`, `If not {label=no}`: what the author says of a line, or of its last branch.
pub fn apply_to_statement(mut statement: Statement, attributes: &[Attribute]) -> Statement {
    let (marks, kind) = marks(attributes);
    let steps = match statement.branches.last_mut() {
        Some(branch) => {
            apply_to_branch(branch, attributes);
            &mut branch.steps
        }
        None => &mut statement.steps,
    };
    apply_to_lines(steps, &marks, kind);
    statement
}

/// Puts marks on the lines among some steps, not on those of their choices.
pub fn apply_to_lines(steps: &mut [Step], marks: &Marks, kind: Option<Kind>) {
    for step in steps {
        if let Step::Line(line) = step {
            apply(line, marks, kind);
        }
    }
}

/// `label=no reason=bereavement`: the class and the reason of a branch.
fn apply_to_branch(branch: &mut Branch, attributes: &[Attribute]) {
    branch.class = value(attributes, &["label"]).map(str::to_lowercase).or(branch.class.take());
    branch.reason = value(attributes, &["reason"]).map(str::to_string).or(branch.reason.take());
}

/// `intent=cancel incident=true`: what a section is about.
pub fn apply_to_section(section: &mut Section, attributes: &[Attribute]) {
    section.intents.extend(["intent", "intents", "goal", "goals"].iter().filter_map(|key| value(attributes, &[key])).flat_map(words));
    section.incident |= value(attributes, &["incident"]).is_some_and(is_yes);
}

/// `channel=chat flow=menu` behind the title, `start=true` behind any heading. What the front matter says
/// counts more. Gives the order that `flow` asks for.
pub fn apply_to_script(script: &mut Script, parts: &[Part]) -> Option<Order> {
    let header = &mut script.header;
    let opens = parts.iter().find(|part| value(&part.attributes, &["start"]).is_some_and(is_yes));
    header.start = header.start.take().or(opens.and_then(|part| part.heading.clone()));
    let title = parts.iter().find(|part| part.is_title)?;
    let own = |key: &str| value(&title.attributes, &[key]).map(str::to_string);
    header.channel = header.channel.take().or(own("channel"));
    header.language = header.language.take().or(own("language")).or(own("lang"));
    header.intents.extend(own("intent").iter().flat_map(|value| words(value)));
    header.incident |= value(&title.attributes, &["incident"]).is_some_and(is_yes);
    own("flow").and_then(|word| super::yaml::order(&word))
}

/// The value of the first attribute with one of these keys.
pub fn value<'a>(attributes: &'a [Attribute], keys: &[&str]) -> Option<&'a str> {
    attributes.iter().find_map(|attribute| match attribute {
        Attribute::Pair(key, value) if keys.contains(&&*key.to_lowercase()) => Some(&**value),
        _ => None,
    })
}

/// The kind of line that a word names.
pub fn kind_of(word: &str) -> Option<Kind> {
    match &*role::clean(word) {
        "say" => Some(Kind::Say),
        "hear" => Some(Kind::Hear),
        "note" | "instruction" | "internal" | "analysis" => Some(Kind::Note),
        "collect" => Some(Kind::Collect),
        "avoid" => Some(Kind::Avoid),
        _ => None,
    }
}

/// Anything but a no.
pub fn is_yes(word: &str) -> bool {
    !matches!(&*role::clean(word), "false" | "no" | "off" | "0" | "none")
}

fn words(value: &str) -> impl Iterator<Item = String> {
    value.split([',', ' ']).filter(|word| !word.is_empty()).map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn split_off(words: &str) -> (String, Vec<Attribute>) {
        let text = Text::copied(words, Span::new(0, words.len()));
        let (text, attributes) = split(&text).unwrap_or((text, Vec::new()));
        (text.value, attributes)
    }

    #[test]
    fn attributes_are_taken_off_and_placeholders_stay() {
        let pair = |key: &str, value: &str| Attribute::Pair(key.into(), value.into());
        let found = split_off("Leaving {#cancel .closing intent=cancel title=\"A b\"}");
        let close = Attribute::Class("closing".into());
        assert_eq!(found, ("Leaving".into(), vec![Attribute::Id("cancel".into()), close, pair("intent", "cancel"), pair("title", "A b")]));
        for words in ["Hello {name}", "Hello {{name}}", "Pay {X-Y}", "{}", "a }", "{#"] {
            assert_eq!(split_off(words), (words.into(), Vec::new()));
        }
    }
}
