//! Whether words are said to a customer, by the words alone.

use super::role;
use super::words::{key, keys};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::sync::LazyLock;

/// Words that only an agent on the line would say.
pub fn sounds_spoken(text: &str) -> bool {
    const SIGNS: [&str; 35] = [
        "thank you for calling", "thanks for calling", "can i help", "may i help", "may i have", "my name is", "can i do for you",
        "thanks for ringing", "anything else i can", "may i speak", "am i speaking", "calling from", "this is [", "this is {", "this is <",
        "i'm calling", "i am calling", "how are you today", "i'm sorry to hear", "would you like me to", "how are you doing", "is this mr",
        "the reason for my call", "you're all set", "this is __", "have a great day", "you're talking to", "you're speaking to",
        "you're through to", "] speaking", "} speaking", "what can we do for you", "could i have your", "could i take your",
        "can i take your",
    ];
    // The quickest kind takes longer to build than all else that one small script needs.
    static FINDER: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::ContiguousNFA)).build(SIGNS).ok());
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

/// Words that begin as a customer's do, or as what is told of one (`wants to leave`).
pub fn sounds_like_a_caller(text: &str) -> bool {
    const FIRST: [u64; 26] = keys([
        "i", "my", "yes", "yeah", "no", "nope", "nothing", "ok", "okay", "wants", "asks", "says", "gives", "sounds", "refuses",
        "complains", "hesitates", "agrees", "accepts", "declines", "insists", "needs", "reports", "would", "it", "we",
    ]);
    role::words(text).next().is_some_and(|word| FIRST.contains(&word.key)) && !text.trim_end().ends_with("you?")
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

fn sign(word: u64) -> Sign {
    const TOLD: [u64; 9] = keys(["customer", "caller", "client", "guest", "member", "patient", "agent", "agents", "callers"]);
    const TO_YOU: [u64; 2] = keys(["you", "your"]);
    const FROM_ME: [u64; 6] = keys(["i", "my", "we", "our", "me", "us"]);
    const THEY: u64 = key(b"they");
    match word {
        THEY => Sign::They,
        _ if FROM_ME.contains(&word) => Sign::FromMe,
        _ if TO_YOU.contains(&word) => Sign::ToYou,
        _ if TOLD.contains(&word) => Sign::Told,
        _ => Sign::Nothing,
    }
}

/// A sentence to the customer: a greeting, a thank-you, a question, or *you* beside *I*; not an order to the
/// agent, and not about the customer. For lines that nothing else marks.
pub fn addresses(text: &str) -> bool {
    const ORDERS: [u64; 36] = keys([
        "ask", "tell", "offer", "say", "explain", "verify", "confirm", "check", "note", "do", "don", "never", "always", "if", "when",
        "use", "read", "make", "wait", "remember", "remind", "keep", "be", "listen", "avoid", "for", "once", "after", "before", "unless",
        "see", "go", "transfer", "try", "give", "mention",
    ]);
    const QUESTIONS: [u64; 22] = keys([
        "is", "are", "was", "were", "do", "does", "did", "can", "could", "would", "will", "have", "has", "may", "what", "when", "where",
        "which", "who", "why", "how", "and",
    ]);
    const OPENINGS: [[u64; 2]; 6] =
        [keys(["i", "m"]), keys(["i", "ll"]), keys(["i", "ve"]), keys(["i", "can"]), keys(["let", "s"]), keys(["let", "me"])];
    const YOU: u64 = key(b"you");
    const THANK: u64 = key(b"thank");
    let (mut signs, mut count, mut thanks, mut last) = ([false; 5], 0, false, 0);
    let mut first = [0; 2];
    for word in role::words(text) {
        first.get_mut(count).into_iter().for_each(|first| *first = word.key);
        signs[sign(word.key) as usize] = true;
        count += 1;
        thanks |= word.key == YOU && last == THANK;
        last = word.key;
    }
    let has = |sign: Sign| signs[sign as usize];
    let asks = text.trim_end().trim_end_matches(['*', '_', ')']).ends_with('?') && count >= 4;
    let is_question = asks && QUESTIONS.contains(&first[0]);
    let is_order = ORDERS.contains(&first[0]) && !is_question;
    let is_told = has(Sign::Told) || is_question && has(Sign::They);
    if is_order || is_told || count < 3 {
        return false;
    }
    let opens = OPENINGS.contains(&first);
    is_question || opens || has(Sign::ToYou) && (has(Sign::FromMe) || asks) || thanks || greets(text)
}

/// `… and "nobody else rang" aren't things we say.`: the first of some sentences says that what it quotes is not said.
pub fn disowns(words: &str) -> bool {
    const NOT: [&str; 3] = ["n't ", " not ", " never "];
    const SAID: [&str; 5] = ["things we say", "what we say", "something we say", "our words", "how we talk"];
    let lower = words.to_lowercase().replace('’', "'");
    let sentence = lower.split(['.', '!', '?']).next().unwrap_or("");
    let is_said = |said: &str| sentence.find(said).is_some_and(|at| NOT.iter().any(|not| sentence[..at].ends_with(not)));
    SAID.iter().any(|said| is_said(said)) || sentence.contains("we don't say") || sentence.contains("we never say")
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
