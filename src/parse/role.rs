//! Who a label names: `Rep:`, `Caller:`, `NOTE:`, `Never say:`.

mod clean;
mod legend;

use super::words::keys;
use crate::memo::Memo;
use std::sync::LazyLock;

pub use clean::{Marks, clean, words};
pub use legend::{emoji_role, role_in_words};

/// What the words after a label are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Agent,
    Customer,
    Note,
    /// What not to say.
    Avoid,
    /// A branch: `If no:`, `Yes:`.
    Condition,
}

const AGENT: &[&str] = &[
    "team member", "staff member", "crew member", "member of staff", "agent", "rep", "representative", "csr", "csa", "advisor", "adviser",
    "operator", "you", "say", "script", "us", "me", "support", "tech", "technician", "hub", "desk", "front desk", "help desk", "helpdesk",
    "service desk", "reception", "receptionist", "caseworker", "case worker", "clerk", "host", "specialist", "associate", "consultant",
    "counsellor", "counselor", "handler", "officer", "teller", "banker", "nurse", "assistant", "dispatcher", "dispatch", "care",
    "guest care", "helpline", "hotline", "bot", "adv", "response", "opening response", "reply", "answer", "coordinator", "concierge",
    "tsr", "bureau", "booking desk", "box office", "librarian", "pharmacist", "cashier", "manager", "supervisor", "team leader", "we", "i",
    "spoken", "verbatim", "script line", "agent line", "opening line", "greeting", "closing", "voice", "ivr", "prompt", "voicebot",
    "assistant line", "member services", "customer care", "customer service", "collector", "scheduler", "fundraiser", "interviewer",
    "telemarketer", "call taker", "screener", "intake", "ask", "tell", "respond", "read out", "read", "read aloud",
    "aloud", // in other languages
    "agente", "asesor", "asesora", "operador", "operadora", "operatore", "operatrice", "mitarbeiter", "mitarbeiterin", "berater",
    "beraterin", "conseiller", "conseillère", "opérateur", "opératrice", "atendente", "medewerker", "respuesta", "antwort", "réponse",
    "resposta", "risposta", "teleoperador", "teleoperadora", "gestor", "gestora",
];

const CUSTOMER: &[&str] = &[
    "customer", "customers", "cust", "caller", "callers", "client", "clients", "member", "members", "patient", "patients", "guest",
    "guests", "passenger", "policyholder", "policy holder", "claimant", "citizen", "resident", "student", "subscriber", "user", "buyer",
    "shopper", "tenant", "owner", "pet owner", "cardholder", "card holder", "account holder", "borrower", "debtor", "consumer", "visitor",
    "viewer", "donor", "parent", "traveller", "traveler", "rider", "driver", "householder", "homeowner", "applicant", "prospect", "they",
    "them", "person", "lead", "taxpayer", "voter", "learner", "cx", "contact", "household", "reader", "player", "fan", "bidder", "seller",
    "merchant", "landlord", "leaseholder", "beneficiary", "pensioner", "investor", "saver", "motorist", "cyclist", "commuter", "listener",
    "supporter", "patron", "hirer", "renter", "leaver", "sponsor", "boater", "angler", "camper", "golfer", "skier", "complainant",
    "enquirer", "inquirer", "keyholder", "key holder", "ticket holder", "ticketholder", "keeper", "gamer", "diner", "neighbour",
    "neighbor", "holder", "family", "relative", "carer", "he", "she", // in other languages
    "cliente", "clienta", "usuario", "usuaria", "abonado", "titular", "kunde", "kundin", "anrufer", "anruferin", "klant", "appelant",
    "appelante",
];

/// Many agents at once are spoken to, not spoken as.
const NOTE: &[&str] = &[
    "agents", "reps", "advisors", "advisers", "operators", "note", "notes", "internal", "instruction", "instructions", "action", "actions",
    "tip", "tips", "reminder", "warning", "important", "caution", "do", "ask for", "agent note", "note to agent", "tone", "pace", "style",
    "mood", "demeanour", "demeanor", "goal", "why", "remember", "attention", "hint", "background", "context", "purpose", "for",
    "owner note", "listen", "coaching", "effective", "version", "updated", "reviewed", "department", "queue", "channel", "team", "staff",
    "phone", "office", "owner", "line", "team note", "audience", "when to use", "internal only", "who uses this", "tags", "tag", "subject",
    "nota", "notas", "indicación", "indicaciones", "instrucciones", "interno", "aviso", "hinweis", "remarque", "opmerking",
];

/// A word for the customer.
pub fn is_customer(word: &str) -> bool {
    CUSTOMER.contains(&word)
}

/// The role of a label by its name alone; `None` when only the document can tell.
pub fn role(name: &str) -> Option<Role> {
    static KNOWN: LazyLock<Memo<Option<Role>>> = LazyLock::new(Memo::default);
    KNOWN.get(name, || by_name(name))
}

fn by_name(name: &str) -> Option<Role> {
    // `Agent (Maya)`, `Maya (agent)`
    if let Some((before, inner)) = name.trim().strip_suffix(')').and_then(|name| name.split_once('(')) {
        return by_name(before).or_else(|| by_name(inner));
    }
    let clean = clean(name);
    let words: Vec<&str> = clean.split(' ').collect();
    if is_condition(&clean) {
        return Some(Role::Condition);
    }
    if is_avoid(&clean) {
        return Some(Role::Avoid);
    }
    if speaks_to_staff(&words) {
        return Some(Role::Note);
    }
    if clean == "trigger" {
        return Some(Role::Customer);
    }
    let speaker = speaker(&words).map_or(clean.clone(), |words| words.join(" "));
    let speaker = speaker.trim_start_matches("then ").trim_start_matches("the ");
    // `Rep 1`
    let bare = speaker.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    for (list, role) in [(AGENT, Role::Agent), (CUSTOMER, Role::Customer), (NOTE, Role::Note)] {
        if list.contains(&bare) {
            return Some(role);
        }
    }
    if words.iter().any(|word| matches!(*word, "note" | "notes" | "internal" | "instruction" | "reminder" | "memo" | "bulletin")) {
        return Some(Role::Note);
    }
    if is_stage_line(&words) || clean.ends_with("verbatim") || clean.ends_with("word for word") {
        return Some(Role::Agent);
    }
    by_last_word(&words)
}

/// `For the desk`, `For new starters`; `For season tickets` is a case.
fn speaks_to_staff(words: &[&str]) -> bool {
    const FIRST: [&str; 14] =
        ["the", "all", "every", "our", "new", "you", "your", "internal", "info", "information", "reference", "example", "context", "us"];
    const STAFF: [&str; 10] =
        ["staff", "agents", "reps", "advisers", "advisors", "managers", "supervisors", "leads", "everyone", "everybody"];
    let ["for", first, ..] = words else { return false };
    let last = words[words.len() - 1];
    words.len() <= 4 && (FIRST.contains(first) || STAFF.contains(&last) || AGENT.contains(&last))
}

/// `Angry customer`, `Billing desk`: by what the name ends with.
fn by_last_word(words: &[&str]) -> Option<Role> {
    match words.last() {
        Some(&last) if words.len() <= 3 && !matches!(last, "you" | "them" | "they" | "he" | "she") && CUSTOMER.contains(&last) => {
            Some(Role::Customer)
        }
        // `Tier 1 agents:` speaks to many.
        Some(&("agents" | "reps" | "advisors" | "advisers" | "operators")) if words.len() <= 4 => Some(Role::Note),
        Some(&("agent" | "rep" | "advisor" | "adviser" | "operator" | "desk" | "response" | "script")) if words.len() <= 3 => {
            Some(Role::Agent)
        }
        _ => None,
    }
}

/// `Member says`, `The motorist will often say something like`: who it is that speaks.
fn speaker<'a, 'b>(words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    const TAIL: [&str; 7] = ["something", "things", "words", "like", "this", "for", "example"];
    const VERBS: [&str; 8] = ["says", "say", "said", "line", "replies", "answers", "asks", "ask"];
    const BEFORE: [&str; 13] =
        ["ll", "d", "will", "may", "might", "can", "could", "would", "often", "usually", "mostly", "sometimes", "then"];
    let last = |list: &[&str], words: &'a [&'b str]| words.iter().rposition(|word| !list.contains(word)).map_or(0, |at| at + 1);
    let with_verb = &words[..last(&TAIL, words)];
    let (verb, rest) = with_verb.split_last()?;
    let rest = &rest[..last(&BEFORE, rest)];
    let is_bare = rest.len() + 1 == words.len();
    (VERBS.contains(verb) && (is_bare || *verb != "line") && !rest.is_empty()).then_some(rest)
}

/// `Follow-up question`, `Empathy statement`: a line named after its part in the call.
fn is_stage_line(words: &[&str]) -> bool {
    const STAGES: [&str; 14] = [
        "follow-up", "followup", "probing", "opening", "closing", "clarifying", "discovery", "empathy", "transition", "confirmation",
        "verification", "bridge", "apology", "hold",
    ];
    let is_line = matches!(words.last(), Some(&("question" | "questions" | "statement" | "phrase" | "sentence")));
    words.len() == 2 && is_line && STAGES.contains(&words[0])
}

/// `If …`, `When …`, `Otherwise`, `Yes`, `No`.
pub fn is_condition(clean: &str) -> bool {
    let first = clean.split(' ').next().unwrap_or("").trim_end_matches(['…', '.']);
    let is_foreign = matches!(first, "si" | "cuando" | "wenn" | "falls") && clean != first;
    is_foreign
        || names_some(clean)
        || ["on a yes", "on a no"]
            .iter()
            .any(|answer| clean.strip_prefix(answer).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
        || matches!(clean, "still no" | "still not" | "still yes" | "sí" | "en caso contrario" | "de lo contrario" | "en otro caso")
        || clean.starts_with("en caso de que ")
        || matches!(
            first,
            "if" | "when" | "whenever" | "unless" | "otherwise" | "else" | "else-if" | "elseif" | "where" | "should" | "yes" | "no"
        ) && !(matches!(first, "where" | "should") && clean.split(' ').count() < 4)
            && !matches!(clean, "if you like" | "when" | "no problem" | "no worries" | "no trouble" | "no bother")
}

/// `Anybody who asks for Ines`
fn names_some(clean: &str) -> bool {
    const SOME: [&str; 5] = ["anybody", "anyone", "everybody", "everyone", "those"];
    let mut words = clean.split(' ');
    words.next().is_some_and(|first| SOME.contains(&first)) && words.next() == Some("who") && words.next().is_some()
}

/// `I've lost my card`, without quotation marks: nobody but the customer says so of themselves.
pub fn speaks_of_self(words: &str) -> bool {
    let clean = clean(words);
    !is_condition(&clean) && clean.split(' ').any(|word| matches!(word, "i" | "my" | "me"))
}

/// The word in which the customer agrees or declines.
pub fn is_answer(word: &str) -> bool {
    const ANSWERS: [&str; 20] = [
        "yes", "no", "agree", "agrees", "agreed", "accept", "accepts", "accepted", "decline", "declines", "declined", "refuse", "refuses",
        "refused", "correct", "wrong", "sí", "acepta", "rechaza", "nope",
    ];
    ANSWERS.contains(&word)
}

/// `Guest accepts`, `Caller is still unhappy`: what the customer does next.
pub fn is_turn(clean: &str) -> bool {
    const DOES: &[&str] = &[
        "wants", "asks", "says", "accepts", "agrees", "declines", "refuses", "hesitates", "objects", "insists", "is", "has", "does",
        "doesn", "can", "cannot", "won", "pushes", "still", "disputes", "complains", "chooses", "picks", "gives", "provides", "confirms",
        "denies", "answers", "needs", "reports", "isn", "hasn", "keeps", "gets", "hangs", "knows", "already", "prefers", "not",
    ];
    let mut words = clean.strip_prefix("the ").unwrap_or(clean).split(' ');
    let subject = words.next().unwrap_or("");
    subject != "you" && CUSTOMER.contains(&subject) && words.next().is_some_and(|verb| DOES.contains(&verb))
}

/// Says that what follows must not be said.
pub fn is_avoid(clean: &str) -> bool {
    const STARTS: &[&str] = &[
        "never", "avoid", "do not say", "don t say", "dont say", "not to say", "please avoid", "bad response", "bad", "wrong",
        "not like this", "not on these", "instead of", "what not to say", "things not to say", "phrases to avoid", "words to avoid",
        "please don t", "please do not", "we don t say", "don t", "do not", "not this", "rather not", "no go", "banned", "taboo",
        "old wording", "no diga", "no decir", "nunca diga", "evite decir", "do not use", "don t use", "what we don t say", "never say",
        "lines to avoid", "stay away from",
    ];
    let starts = |start: &str| clean.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    !tells_of_fault(clean) && STARTS.iter().any(|start| starts(start))
        || matches!(clean, "not" | "out")
        || clean.ends_with("not to say")
        || clean.ends_with("never say")
        || clean.ends_with("to avoid")
        || ["leave them cut", "struck out", "never again"].iter().any(|words| clean.ends_with(words))
}

/// `Wrong colour`, `Never arrived`: what went wrong, and not what must not be said.
fn tells_of_fault(clean: &str) -> bool {
    const WORDINGS: [&str; 14] = [
        "response", "responses", "example", "examples", "way", "answer", "answers", "wording", "phrase", "phrases", "line", "lines",
        "reply", "version",
    ];
    const HAPPENED: [&str; 16] =
        ["came", "got", "sent", "went", "told", "rang", "had", "was", "heard", "left", "saw", "shown", "met", "said", "paid", "made"];
    let (first, second) = clean.split_once(' ').map_or((clean, ""), |(first, rest)| (first, rest.split(' ').next().unwrap_or("")));
    match first {
        "wrong" | "bad" => !second.is_empty() && !WORDINGS.contains(&second) && !clean.split(' ').any(|word| WORDINGS.contains(&word)),
        "never" => second.ends_with("ed") || HAPPENED.contains(&second),
        _ => false,
    }
}

/// `Say`, `Then ask`, `You say`: an order to speak, in place of who speaks.
pub fn says(name: &str) -> bool {
    let clean = clean(name);
    let words = clean.strip_prefix("then ").or_else(|| clean.strip_prefix("you ")).unwrap_or(&clean);
    // `You could say`
    let words = ["could ", "can ", "might ", "may ", "should "].iter().find_map(|may| words.strip_prefix(may)).unwrap_or(words);
    matches!(words, "say" | "ask" | "reply" | "answer" | "tell them" | "read" | "read out" | "respond" | "offer" | "explain" | "close")
}

/// Speaks of the customer and not to them: an instruction among lines that nothing marks.
pub fn tells_of_customer(text: &str) -> bool {
    const THEM: [u64; 7] = keys(["customer", "caller", "client", "individual", "callers", "clients", "agent"]);
    const US: [u64; 7] = keys(["you", "your", "i", "we", "our", "my", "us"]);
    let mut tells = false;
    for word in words(text) {
        if US.contains(&word.key) {
            return false;
        }
        tells |= THEM.contains(&word.key);
    }
    tells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_apart() {
        assert_eq!(role("Rep"), Some(Role::Agent));
        assert_eq!(role("Member says"), Some(Role::Customer));
        assert_eq!(role("Guest care"), Some(Role::Agent));
        assert_eq!(role("Team lead's pencil note"), Some(Role::Note));
        assert_eq!(role("Never say"), Some(Role::Avoid));
        assert_eq!(role("IF no for the third time"), Some(Role::Condition));
        assert_eq!(role("Save target"), None);
        assert_eq!(role_in_words("what you speak"), Some(Role::Agent));
        assert_eq!(role_in_words("subscriber"), Some(Role::Customer));
    }
}
