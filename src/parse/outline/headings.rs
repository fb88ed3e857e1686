//! What a heading is over, by its words: a stage of every call, a situation, reference matter.

use crate::parse::{line, role};
use crate::script::{Kind, Line, Section, Step};

pub fn is_avoid_heading(words: &str) -> bool {
    let clean = role::clean(words);
    role::is_avoid(&clean)
        || ["never say", "never again", "struck out", "struck from", "no longer say", "leave them cut", "words we dropped"]
            .iter()
            .any(|words| clean.contains(words))
        || ["what we never", "what you never", "things we never", "never "].iter().any(|start| clean.starts_with(start))
        || clean.contains("not to say")
        || clean.contains("do not say")
        || clean.contains("don t say")
        || clean.contains("taped to the")
        || clean.contains("that hurt")
        || ["not in our mouth", "not our words", "not from us", "not from our", "we don t say", "nobody here says"]
            .iter()
            .any(|words| clean.contains(words))
        || clean.contains("not like this")
        || is_left_out(&clean)
}

/// `Words that stay in the drawer`, `Lines to leave at home`, `Leave these in the drawer`
fn is_left_out(clean: &str) -> bool {
    const WORDS: [&str; 7] = ["words", "lines", "phrases", "sentences", "wordings", "sayings", "things"];
    const LEFT: [&str; 17] = [
        "drawer", "at home", " bin", "retire", "dropped", "no longer", "not used", "never", "leave out", "unsaid", "banned", "forbidden",
        "off limits", "keep out", "stay out", "not here", "make it worse",
    ];
    // `H. Words …`
    let mut words = clean.split(' ').skip_while(|word| word.len() <= 2 || *word == "the");
    let names_words = words.next().is_some_and(|first| WORDS.contains(&first))
        || ["these", "those"].iter().any(|word| clean.split(' ').take(3).any(|w| w == *word));
    names_words && LEFT.iter().any(|words| clean.contains(words))
}

pub(super) fn is_reference_heading(words: &str) -> bool {
    let clean = role::clean(words);
    let has = |list: &[&str]| clean.split(' ').any(|word| list.contains(&word));
    has(&[
        "reference", "contacts", "glossary", "appendix", "abbreviations", "legend", "changelog", "revision", "notes", "faq", "codes",
        "metrics", "scorecard", "policy", "reminders", "tips", "purpose", "overview", "scope", "included", "includes", "attachments",
        "prerequisites",
    ]) || clean.starts_with("good to know")
        || clean.starts_with("about this")
        || is_for_staff(words)
        || clean.starts_with("how to use")
        || clean.starts_with("before you start")
        || clean.starts_with("what you may")
        || clean.starts_with("what we may")
        || clean.starts_with("house rules")
}

/// `For the team`, `For agents only`: whom the words under it are for.
pub(super) fn is_for_staff(words: &str) -> bool {
    /// In bytes; no title of this kind is longer, but for what follows `House rules`.
    const LONGEST: usize = 60;
    let clean = role::clean(words.get(..LONGEST).unwrap_or(words));
    const STAFF: [&str; 16] = [
        "agents", "agent", "team", "staff", "advisers", "advisors", "reps", "floor", "desk", "handlers", "operators", "colleagues",
        "supervisors", "managers", "crew", "shift",
    ];
    let names_staff = matches!(clean.as_str(), "team" | "staff" | "staff only" | "agents" | "wallboard" | "the wall" | "back office");
    if names_staff
        || clean.starts_with("house rules")
        || clean.ends_with("floor rules")
        || clean.ends_with("desk rules")
        || clean.starts_with("staff notes")
        || clean.starts_with("team notes")
    {
        return true;
    }
    let whom = clean.strip_prefix("for ").map(|rest| rest.strip_prefix("the ").or(rest.strip_prefix("our ")).unwrap_or(rest));
    whom.is_some_and(|whom| whom.split(' ').count() <= 3 && whom.split(' ').next().is_some_and(|word| STAFF.contains(&word)))
}

/// `What you'll hear`, `What callers say`: a heading over the customer's words.
pub fn is_heard(words: &str) -> bool {
    const HEARD: [&str; 10] = [
        "you ll hear", "you will hear", "you may hear", "you might hear", "they say", "callers say", "customers say", "they may say",
        "they might say", "customer may say",
    ];
    let clean = role::clean(words);
    !role::is_condition(&clean) && HEARD.iter().any(|heard| clean.ends_with(heard))
}

/// A heading over answers to what may come up at any time, after which the call goes on where it was.
pub fn is_answers(words: &str) -> bool {
    const KINDS: [&str; 8] = ["other", "common", "frequent", "frequently asked", "general", "quick", "further", "usual"];
    let clean = role::clean(words);
    let asked = clean.strip_suffix(" questions").or(clean.strip_suffix(" questions and answers"));
    clean.split(' ').any(|word| matches!(word, "rebuttal" | "rebuttals" | "objection" | "objections" | "faq" | "faqs"))
        || asked.is_some_and(|kind| KINDS.contains(&kind))
}

/// The same for a section: its heading says so, or a note above the answers does.
pub fn holds_answers(section: &Section) -> bool {
    let says_when = |step: &Step| match step {
        Step::Line(Line { kind: Kind::Note, text, .. }) => {
            let clean = role::clean(&text.value);
            ["at any point", "at any time", "at any stage", "whenever they come up"].iter().any(|when| clean.contains(when))
        }
        _ => false,
    };
    section.heading.as_ref().is_some_and(|heading| is_answers(&heading.value)) || section.steps.first().is_some_and(says_when)
}

/// A heading that names what a caller wants or says, rather than a stage of the call.
pub fn is_situation(words: &str) -> bool {
    let clean = role::clean(words);
    role::is_condition(&clean) || is_theirs(words) || !is_stage(words)
}

/// `"My aid is late"`, `Scene: "My aid is late"`: a heading in the customer's words.
pub fn is_theirs(words: &str) -> bool {
    let is_quote = |words: &str| words.trim_start().starts_with(['"', '“']);
    is_quote(words) || words.split_once(':').is_some_and(|(kind, rest)| kind.split_whitespace().count() <= 2 && is_quote(rest))
}

/// A heading that names a stage of every call: greeting, verification, closing, or a numbered step.
pub fn is_stage(words: &str) -> bool {
    const STAGES: &[&str] = &[
        "greeting", "greet", "opening", "open", "intro", "introduction", "welcome", "verification", "verify", "verifying", "identity",
        "security", "authentication", "authenticate", "identification", "close", "closing", "wrap", "goodbye", "bye", "end", "ending",
        "finish", "finishing", "summary", "resolution", "resolve", "discovery", "probing", "confirm", "confirmation", "start", "hello",
        "pre-call", "precall", "body", "outro", "post-call", "answering", "pick", "hang", "next", "lookup", "needs", "listen",
        "acknowledge", "document", "documentation", "call", "offer", "offers",
    ];
    // `Case 2` is one of the situations, however they are counted.
    let is_case = |kind: &str| matches!(kind, "case" | "scenario" | "situation");
    let has_number = line::reference(words).is_some_and(|reference| !reference.kind.as_deref().is_some_and(is_case));
    has_number || !is_theirs(words) && role::clean(words).split(' ').any(|word| STAGES.contains(&word))
}

/// `5. They want to move`, `3. It's not there`: a situation, numbered or not.
pub fn tells_of_caller(words: &str) -> bool {
    let rest = line::reference(words).map_or_else(|| words.to_string(), |reference| reference.rest);
    let clean = role::clean(&rest);
    let first = clean.split(' ').next().unwrap_or("");
    is_theirs(&rest) || matches!(first, "they" | "it" | "i" | "my" | "wants" | "if") || role::is_turn(&clean)
}

/// A heading over what every call begins with, before it is known what it is about.
pub fn is_opening(words: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "greeting", "greet", "opening", "open", "intro", "introduction", "welcome", "hello", "answering", "start", "verification",
        "verify", "verifying", "identity", "security", "identification", "authentication",
    ];
    let is_theirs = words.trim_start().starts_with(['"', '“']);
    let clean = role::clean(words);
    let any = |list: &[&str]| clean.split(' ').any(|word| list.contains(&word));
    // `How every call begins`
    let is_start = any(&["call", "calls"]) && any(&["begin", "begins", "start", "starts", "opens"]);
    !is_theirs
        && !role::is_condition(&clean)
        && clean.split(' ').count() <= 5
        && (is_start || clean.split(' ').count() <= 4 && any(OPENINGS))
}

/// A heading that only says that the call ends.
pub fn is_closing(words: &str) -> bool {
    let rest = line::reference(words).map_or_else(|| role::clean(words), |reference| role::clean(&reference.rest));
    matches!(
        rest.as_str(),
        "close" | "closing" | "close the call" | "closing the call" | "wrap up" | "end" | "ending" | "the close" | "hang up" | "goodbye"
    )
}
