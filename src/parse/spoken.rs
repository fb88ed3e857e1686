//! Whether words are said to a customer, by the words alone.

use super::role;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Words that only an agent on the line would say.
pub fn sounds_spoken(text: &str) -> bool {
    const SIGNS: [&str; 26] = [
        "thank you for calling", "thanks for calling", "can i help", "may i help", "may i have", "my name is", "can i do for you",
        "thanks for ringing", "anything else i can", "may i speak", "am i speaking", "calling from", "this is [", "this is {", "this is <",
        "i'm calling", "i am calling", "how are you today", "i'm sorry to hear", "would you like me to", "how are you doing", "is this mr",
        "the reason for my call", "you're all set", "this is __", "have a great day",
    ];
    static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(SIGNS).ok());
    let is_found = |text: &str| FINDER.as_ref().is_some_and(|finder| finder.is_match(text));
    if text.contains('’') { is_found(&text.replace('’', "'")) } else { is_found(text) }
}

/// Words that begin a call.
pub fn greets(text: &str) -> bool {
    const GREETINGS: [&str; 7] = ["hello", "hi", "hey", "good morning", "good afternoon", "good evening", "welcome"];
    let clean = role::clean(text.split([',', '.', '!', '?']).next().unwrap_or(""));
    sounds_spoken(text)
        || GREETINGS.iter().any(|word| clean.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Words of somebody who rings somebody else in the name of a company.
pub fn rings(text: &str) -> bool {
    let lower = text.to_ascii_lowercase().replace('’', "'");
    [
        "on behalf of", "calling from", "calling about", "may i speak", "am i speaking", "is that {", "is that [", "i'm calling",
        "is this mr", "reason for my call",
    ]
    .iter()
    .any(|sign| lower.contains(sign))
}

/// `Closing:`, `Greeting:`: a part of the call, and what is said in it.
pub fn is_stage_label(name: &str) -> bool {
    matches!(role::clean(name).as_str(), "greeting" | "closing" | "opening line" | "prompt")
}

/// What a word may tell of who is spoken to.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    /// Names the customer or the agent: somebody speaks about them.
    Told,
    They,
    ToYou,
    FromMe,
    Nothing,
}

fn sign(word: &str) -> Sign {
    match word {
        "customer" | "caller" | "client" | "guest" | "member" | "patient" | "agent" | "agents" | "customers" | "callers" => Sign::Told,
        "they" => Sign::They,
        "you" | "your" => Sign::ToYou,
        "i" | "my" | "we" | "our" | "me" | "us" => Sign::FromMe,
        _ => Sign::Nothing,
    }
}

/// A sentence to the customer: a greeting, a thank-you, a question, or *you* beside *I*; not an order to the
/// agent, and not about the customer. For lines that nothing else marks.
pub fn addresses(text: &str) -> bool {
    const ORDERS: [&str; 36] = [
        "ask", "tell", "offer", "say", "explain", "verify", "confirm", "check", "note", "do", "don", "never", "always", "if", "when",
        "use", "read", "make", "wait", "remember", "remind", "keep", "be", "listen", "avoid", "for", "once", "after", "before", "unless",
        "see", "go", "transfer", "try", "give", "mention",
    ];
    const QUESTIONS: [&str; 22] = [
        "is", "are", "was", "were", "do", "does", "did", "can", "could", "would", "will", "have", "has", "may", "what", "when", "where",
        "which", "who", "why", "how", "and",
    ];
    const OPENINGS: [&str; 6] = ["i m ", "i ll ", "i ve ", "i can ", "let s ", "let me "];
    let clean = role::clean(text);
    let (mut signs, mut count) = ([false; 5], 0);
    for word in clean.split(' ') {
        signs[sign(word) as usize] = true;
        count += 1;
    }
    let has = |sign: Sign| signs[sign as usize];
    let first = clean.split(' ').next().unwrap_or("");
    let asks = text.trim_end().trim_end_matches(['*', '_', ')']).ends_with('?') && count >= 4;
    let is_question = asks && QUESTIONS.contains(&first);
    let is_order = ORDERS.contains(&first) && !is_question;
    let is_told = has(Sign::Told) || is_question && has(Sign::They);
    if is_order || is_told || count < 3 {
        return false;
    }
    let opens = OPENINGS.iter().any(|opening| clean.starts_with(opening));
    let thanks = || clean.contains("thank you") && clean.split(' ').zip(clean.split(' ').skip(1)).any(|pair| pair == ("thank", "you"));
    is_question || opens || has(Sign::ToYou) && (has(Sign::FromMe) || asks) || thanks() || greets(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_to_the_customer_are_told_from_orders() {
        for words in
            ["Could I have your name?", "Thank you for that.", "I've sent it to you.", "When did it happen?", "Hi, this is [NAME]."]
        {
            assert!(addresses(words), "{words}");
        }
        for words in ["Ask for your supervisor.", "You may credit up to 20 dollars.", "Is the caller upset?", "Airport or station?"] {
            assert!(!addresses(words), "{words}");
        }
    }
}
