//! The words that a YAML script may use for its keys, and what each of them means.
//!
//! Case, `_`, `-` and spaces do not matter.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a key means. Where a word could mean two things, the reader of that place decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Agent,
    Customer,
    Note,
    Collect,
    Avoid,
    Choose,
    Goto,
    Call,
    Transfer,
    End,
    /// `when`, `if`, `condition`.
    Condition,
    /// Who says the words beside it.
    Speaker,
    /// `label`, `answer`: a branch's label, or the class of a branch that has one.
    Label,
    Otherwise,
    /// The body of a branch or step.
    Lines,
    Steps,
    /// `flow`: the steps, or how they follow each other.
    Flow,
    Id,
    Title,
    Acts,
    Legal,
    Keypad,
    Optional,
    Kind,
    Reason,
    Intent,
    Incident,
    Channel,
    Language,
    Start,
    /// Changes a counter or a flag.
    Set,
}

const WORDS: &[(Key, &[&str])] = &[
    (
        Key::Agent,
        &[
            "agent", "say", "rep", "csr", "advisor", "adviser", "operator", "representative", "receptionist", "clerk", "nurse", "teller",
            "consultant", "technician", "dispatcher", "script", "text", "prompt", "message", "response", "verbatim", "bot", "voicebot",
            "ivr", "assistant", "content", "frontdesk", "helpdesk", "servicedesk", "spoken", "question", "ask", "speak", "reply", "agente",
            "prompts", "texts", "phrases", "sentences", "says", "speech",
        ],
    ),
    (
        Key::Customer,
        &[
            "customer", "caller", "client", "member", "patient", "hear", "hears", "heard", "user", "tenant", "guest", "passenger",
            "traveller", "traveler", "resident", "student", "subscriber", "policyholder", "claimant", "cardholder", "donor", "shopper",
            "buyer", "applicant", "taxpayer", "learner", "visitor", "borrower", "citizen", "householder", "homeowner", "rider", "cliente",
            "examples", "utterances", "trainingphrases", "samples", "patterns", "userphrases", "sampleutterances",
        ],
    ),
    (Key::Note, &["note", "notes", "instruction", "instructions", "internal", "agentnote", "tonecue", "warning", "action", "nota"]),
    (Key::Speaker, &["speaker", "role", "who", "actor"]),
    (Key::Set, &["set"]),
    (Key::Collect, &["collect", "askfor", "fields", "gather"]),
    (Key::Avoid, &["avoid", "dontsay", "donotsay", "bad"]),
    (
        Key::Choose,
        &[
            "choose", "choice", "choices", "options", "branches", "responses", "replies", "answers", "buttons", "edges", "transitions",
            "routes", "outcomes", "paths", "outputs", "exits", "branch", "fork", "split",
        ],
    ),
    (
        Key::Goto,
        &[
            "goto", "next", "jump", "target", "targetid", "nextstep", "nextstepid", "link", "to", "leadsto", "thengoto", "gotostep",
            "nextnode", "destination", "goesto", "continuewith", "proceedto",
        ],
    ),
    (Key::Call, &["call", "include", "run"]),
    (Key::Transfer, &["transfer", "transferto", "handoff", "escalateto"]),
    (Key::End, &["end", "hangup", "endcall", "endscall", "terminal", "isterminal", "isend", "ends"]),
    (Key::Condition, &["when", "if", "elif", "elseif", "condition"]),
    (Key::Label, &["label", "answer", "on", "trigger", "input", "utterance"]),
    (Key::Otherwise, &["otherwise", "else", "default", "nomatch", "noinput", "fallback"]),
    (Key::Lines, &["then", "lines", "do", "turns", "dialogue", "dialog", "conversation", "exchange", "onenter", "onentry"]),
    (Key::Steps, &["steps", "nodes", "sections", "states", "tasks"]),
    (Key::Flow, &["flow"]),
    (Key::Id, &["id", "key", "slug", "node", "step"]),
    (Key::Title, &["title", "heading", "name", "scriptname", "scripttitle", "callscript"]),
    (Key::Acts, &["acts", "act"]),
    (Key::Legal, &["legal"]),
    (Key::Keypad, &["keypad"]),
    (Key::Optional, &["optional"]),
    (Key::Kind, &["kind", "type"]),
    (Key::Reason, &["reason"]),
    (Key::Intent, &["intent", "intents", "goal", "goals"]),
    (Key::Incident, &["incident"]),
    (Key::Channel, &["channel", "channels"]),
    (Key::Language, &["language", "languages", "lang", "locale"]),
    (Key::Start, &["start", "entry", "entrypoint", "startat", "initial", "begin", "beginat", "startsat", "beginsat", "first", "firststep"]),
];

/// Words that are common beside a script's own and only look like a mistyped key.
const FAMILIAR: &[&str] = &[
    "actions", "agents", "case", "clients", "code", "contact", "customers", "date", "state", "status", "line", "list", "members", "model",
    "mode", "patients", "reps", "scripts", "starts", "stage", "tag", "tags", "team", "test", "titles", "type", "types", "users",
    "warnings", "calls", "messages", "reasons", "transfers", "flows", "kinds", "links", "labels", "targets", "operators", "advisors",
    "names", "keys", "ids", "ended", "ending", "noted", "called", "started", "entry", "defaults",
];

static TABLE: LazyLock<HashMap<&'static str, Key>> = LazyLock::new(|| {
    let pairs = WORDS.iter().flat_map(|(key, words)| words.iter().map(|word| (*word, *key)));
    pairs.collect()
});

/// `customer_responses`: what the customer may say, not the agent. A normalized key.
pub fn is_theirs(word: &str) -> bool {
    TABLE.iter().any(|(known, key)| *key == Key::Customer && word.starts_with(known))
}

/// A key in lower case, without `_`, `-` and spaces.
pub fn normalize(word: &str) -> String {
    let kept = word.chars().filter(|letter| !matches!(letter, '_' | '-' | ' ' | '\u{a0}'));
    kept.flat_map(char::to_lowercase).collect()
}

/// What a normalized key means. `customer_says` and `agent_line` are what `customer` and `agent` are, and so are
/// `they_say` and `we_say`.
pub fn lookup(word: &str) -> Option<Key> {
    const ENDS: [&str; 10] = ["says", "said", "say", "line", "lines", "words", "speech", "speaks", "replies", "reply"];
    const MAY: [&str; 7] = ["might", "may", "should", "could", "can", "will", "must"];
    const WAYS: [&str; 5] = ["responses", "answers", "options", "choices", "reactions"];
    let speaker = || {
        let stem = ENDS.iter().find_map(|end| word.strip_suffix(end))?;
        // `customer_might_say`
        let stem = MAY.iter().find_map(|may| stem.strip_suffix(may)).filter(|stem| !stem.is_empty()).unwrap_or(stem);
        let stem = match stem {
            "we" | "you" | "us" => "agent",
            "they" => "customer",
            other => other,
        };
        TABLE.get(stem).copied().filter(|key| matches!(key, Key::Agent | Key::Customer))
    };
    // `customer_responses`
    let ways = || {
        let stem = WAYS.iter().find_map(|end| word.strip_suffix(end))?;
        (TABLE.get(stem) == Some(&Key::Customer)).then_some(Key::Choose)
    };
    // `they_go`, whatever they do, and `then_say`
    let theirs = || word.strip_prefix("they").filter(|rest| (2..=8).contains(&rest.len())).map(|_| Key::Choose);
    let then = || word.strip_prefix("then").and_then(|rest| TABLE.get(rest)).copied().filter(|key| *key == Key::Agent);
    TABLE.get(word).copied().or_else(speaker).or_else(ways).or_else(theirs).or_else(then)
}

/// The key that an unknown, normalized word was most likely meant to be.
pub fn nearest(word: &str) -> Option<(&'static str, Key)> {
    let length = word.chars().count();
    if !(3..=16).contains(&length) || FAMILIAR.contains(&word) {
        return None;
    }
    let limit = if length >= 7 { 2 } else { 1 };
    let candidates = WORDS.iter().flat_map(|(key, words)| words.iter().map(|known| (*known, *key)));
    candidates
        .filter(|(known, _)| known.len() >= 4 && starts_alike(word, known))
        .map(|(known, key)| (strsim::damerau_levenshtein(word, known), known, key))
        .filter(|(distance, ..)| *distance <= limit)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(_, known, key)| (known, key))
}

/// Hardly anybody mistypes a first letter; without this, `mode` would be a mistyped `node`.
fn starts_alike(word: &str, known: &str) -> bool {
    let swapped = |a: &str, b: &str| {
        let (a, b) = (a.as_bytes(), b.as_bytes());
        a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0]
    };
    word.chars().next() == known.chars().next() || swapped(word, known) || known.get(1..) == Some(word) || word.get(1..) == Some(known)
}

/// What a tool reports of its own step, and no customer says: `success`, `error`.
pub fn is_outcome(word: &str) -> bool {
    matches!(
        normalize(word).as_str(),
        "success"
            | "failure"
            | "error"
            | "done"
            | "timeout"
            | "invalid"
            | "complete"
            | "completed"
            | "failed"
            | "ok"
            | "noinput"
            | "nomatch"
    )
}

/// All answers that have no way of their own: `routes: {yes: pay, any: bye}`.
pub fn is_rest(word: &str) -> bool {
    matches!(word, "any" | "other" | "others" | "rest" | "*" | "_")
}

/// Bytes before the answer in a key that is one: 0 of `yes`, 3 of `if_no`.
pub fn answer(written: &str) -> Option<usize> {
    let bare = written.trim_end();
    let at = bare.len() - if bare.to_ascii_lowercase().ends_with("yes") { 3 } else { 2.min(bare.len()) };
    let (lead, word) = bare.split_at_checked(at)?;
    let is_answer = matches!(normalize(word).as_str(), "yes" | "no");
    (is_answer && matches!(normalize(lead).as_str(), "" | "if" | "on" | "when")).then_some(at)
}

/// `if_not_on_board`, `when-open`: a way in words of its own.
pub fn is_case(written: &str) -> bool {
    let words = written.trim().to_ascii_lowercase();
    let rest = ["if", "when", "unless"].iter().find_map(|start| words.strip_prefix(start));
    rest.is_some_and(|rest| rest.len() > 1 && rest.starts_with(['_', '-', ' '])) && answer(written).is_none()
}

/// Keys that nobody uses in settings files, so that they alone show a call script.
pub fn is_telling(word: &str) -> bool {
    let weak = [
        "script", "text", "prompt", "message", "response", "verbatim", "user", "operator", "member", "client", "guest", "student",
        "resident", "passenger", "visitor", "buyer", "subscriber", "donor", "applicant", "learner", "traveler", "consultant", "rider",
        "question", "content", "examples", "utterances", "trainingphrases", "samples", "patterns", "prompts", "texts", "phrases",
        "sentences", "says", "speech",
    ];
    matches!(lookup(word), Some(Key::Agent | Key::Customer)) && !weak.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_of_a_key_does_not_matter() {
        for word in ["go_to", "Go To", "GOTO", "go-to"] {
            assert_eq!(lookup(&normalize(word)), Some(Key::Goto));
        }
        assert_eq!(lookup(&normalize("do_not_say")), Some(Key::Avoid));
    }

    #[test]
    fn a_yes_and_a_no_are_answers_behind_if() {
        let answers = ["yes", "No", "if_yes", "on-no", "casino", "s", "", "é"].map(answer);
        assert_eq!(answers, [Some(0), Some(0), Some(3), Some(3), None, None, None, None]);
    }

    #[test]
    fn only_a_likely_slip_is_taken_for_a_mistyped_key() {
        assert_eq!(nearest("agnet").map(|found| found.0), Some("agent"));
        assert_eq!(nearest("custommer").map(|found| found.0), Some("customer"));
        assert_eq!(nearest("gotoo").map(|found| found.0), Some("goto"));
        assert_eq!(nearest("stpes").map(|found| found.0), Some("steps"));
        let metadata = ["version", "owner", "reviewed", "queue", "author", "date", "tags", "team", "status"];
        for word in metadata.into_iter().chain(["mode", "code", "type", "description", "updated", "test"]) {
            assert_eq!(nearest(word), None, "{word}");
        }
    }
}
