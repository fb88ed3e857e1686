//! The front matter of a Markdown script.

use super::*;
use callint::script::Order;
use callint::source::Span;

#[test]
fn front_matter_fills_the_header() {
    let text = "---
title: Closing an account
intents: [cancel, close]
flow: menu
chanel: phone
lang: en
---
# Text
";
    let source = Source::new("a.md", text);
    let mut script = Script::default();
    let span = Span::new(4, text.rfind("---").expect("there"));
    let order = yaml::front_matter(&source, span, &mut script);
    let title = script.title.as_ref().expect("a title");
    assert_eq!(source.slice(title.span()), "Closing an account");
    assert_eq!(script.header.intents, ["cancel", "close"]);
    assert_eq!(script.header.channel.as_deref(), Some("phone"));
    assert_eq!(script.header.language.as_deref(), Some("en"));
    assert_eq!(order, Some(Order::Menu));
    assert_eq!(faults(&script), [("unknown-key", place(text, "chanel"))]);
}
