//! What a document does to mark its speech, found out before its lines are read.

mod guess;
mod legend;
mod mark;
mod speech;

use super::line::{Piece, PieceKind, dashed};
use super::outline::question_mark;
use super::role::{self, Role};
use super::spoken::{self, sounds_spoken};
use super::statement::is_said;
use foldhash::{HashMap, HashSet};
use guess::Unknown;

pub use legend::{explains_columns, picture_alone};
pub use mark::{code, is_sentence, is_symbol, leading_symbol, picture_legend, station};

/// How one document marks who speaks and what its sections are called.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Nothing marks speech: a plain paragraph is the agent's.
    pub is_plain: bool,
    /// What the agent says has a label.
    pub is_labelled: bool,
    /// Speech is marked in some places only: elsewhere a line that speaks to the customer is the agent's.
    pub is_mixed: bool,
    /// Labels that only this document explains, by their clean name.
    labels: HashMap<String, Role>,
    /// The agent rings somebody: `Caller:` is the agent.
    caller_is_agent: bool,
    /// Speakers before a dash in place of a colon, by their clean name.
    dashed: HashSet<String>,
    /// Names with a sign of the document's own before what somebody says (`Guide>`).
    marks: Vec<String>,
    /// Symbols at the start of speech (`🎧`).
    pub symbols: HashMap<char, Role>,
    /// Keys of all sections, as [`super::target::keys`] gives them.
    pub sections: HashSet<String>,
    /// Numbers of steps that a line of its own announces (`Step 2`), where headings do not.
    pub stations: HashSet<String>,
    /// What was found out, one sentence each.
    pub guesses: Vec<String>,
    /// Nobody greets, and nobody speaks under a label.
    pub is_quiet: bool,
    /// Somebody speaks under a label or a symbol.
    pub has_speakers: bool,
    /// Sections are called by names in brackets, `[Refunds]`.
    pub has_bracket_names: bool,
    /// Jumps are links to pages, `[[Refunds]]`.
    pub has_page_links: bool,
    /// Sections are called by names in capitals, `REFUNDS`.
    pub has_capital_names: bool,
    /// Code stands in it.
    pub has_code: bool,
    /// Turns have codes before them (`A1`).
    pub has_codes: bool,
    /// `A. I'm sorry.` is what the agent answers.
    pub has_answers: bool,
    /// Behind an arrow stands the name of a section.
    pub arrows_lead: bool,
    /// What the agent says is in bold.
    pub is_bold_speech: bool,
    /// Who speaks in italics, by the document's own words.
    pub italics: Option<Role>,
    /// A mark before what the agent says (`»`).
    pub speech_mark: Option<String>,
}

impl Profile {
    /// The pieces of a line with a label for each speaker before a dash; `None` where it has none.
    pub fn dashed(&self, text: &str, pieces: &[Piece]) -> Option<Vec<Piece>> {
        if !self.marks.is_empty() {
            return dashed::split_marks(text, pieces, &self.marks);
        }
        if self.dashed.is_empty() { None } else { dashed::split(text, pieces, |name| self.dashed.contains(&role::clean(name))) }
    }

    /// What the agent says has a label or a mark of its own.
    pub fn labels_agent(&self) -> bool {
        self.is_labelled || !self.marks.is_empty()
    }

    /// The role of a label; `None` for one that names no speaker.
    pub fn role(&self, name: &str) -> Option<Role> {
        match role::role(name) {
            Some(known @ (Role::Note | Role::Condition)) if !self.labels.is_empty() => {
                Some(self.labels.get(&role::clean(name)).copied().unwrap_or(known))
            }
            Some(Role::Customer) if self.caller_is_agent && role::clean(name).starts_with("caller") => Some(Role::Agent),
            Some(role) => Some(role),
            None => {
                let clean = role::clean(name);
                self.labels.get(clean.strip_prefix("then ").unwrap_or(&clean)).copied()
            }
        }
    }
}

/// `Office:`, `Staff:`: who answers there, or what is told of it.
fn is_place(name: &str) -> bool {
    matches!(role::clean(name).as_str(), "office" | "team" | "staff" | "line" | "phone")
}

/// `Y:` is the agent where a legend says so, and a yes elsewhere.
fn is_letter(name: &str) -> bool {
    role::clean(name).len() == 1
}

/// Counts what the lines of a document do.
#[derive(Default)]
pub struct Survey {
    agent_labels: usize,
    /// Labels like `Closing:`, which name a part of the call and not who speaks in it.
    stage_labels: usize,
    /// `Caller:`, with words behind it that only an agent says; other names for the customer.
    greeting_callers: usize,
    customer_labels: usize,
    /// The names before lines that no speaker's label marks and that speak to the customer.
    unmarked: Vec<String>,
    /// Such lines without any name.
    nameless: usize,
    quotes: usize,
    /// Lines wholly in bold that speak to the customer.
    bold: usize,
    /// Block quotes and fenced blocks.
    pub framed: usize,
    /// Fenced blocks in some other language: the mark of a manual for programmers.
    pub code: usize,
    /// Tables with a column for what the agent says.
    pub spoken_columns: usize,
    /// A line sounds as only an agent on the line speaks.
    is_spoken: bool,
    symbols: HashMap<char, usize>,
    unknown: HashMap<String, Unknown>,
    legend: Vec<(String, Role)>,
    /// Who speaks before a dash (`Desk – Hello.`), and how often.
    dashed: HashMap<String, usize>,
    /// Lines of the agent with a sign behind the name (`**You ▸**`).
    signed: usize,
    /// Numbers of provisions (`2.1`).
    numbers: HashSet<String>,
    /// Codes of turns (`A1`).
    codes: HashSet<String>,
    /// Lines that begin with `A.` or `A:`, and with `B.`.
    lettered: [usize; 2],
    /// Lines that are nothing but `Step 2`, by their number.
    stations: HashMap<String, usize>,
    /// What marks before the turns were taken for.
    guesses: Vec<String>,
    speech_mark: Option<String>,
    /// The marks before the turns, and whom they name.
    marks: Vec<(String, Role)>,
}

impl Survey {
    /// Takes in the marks that stand before the turns.
    pub fn turns(&mut self, mut roles: Vec<(&str, Role)>) {
        roles.sort_unstable();
        self.speech_mark = roles.iter().find(|(_, role)| *role == Role::Agent).map(|(mark, _)| mark.to_string());
        // `` `Us>` `` has no marks around it inside a line.
        let bare = |mark: &str| if mark.starts_with("**") { mark.to_string() } else { mark.trim_matches(['`', '*', '_']).to_string() };
        let is_signed = |mark: &String| mark.ends_with(['>', '|', ']', '»', '›']);
        let begins = |mark: &String| mark.starts_with(|c: char| c.is_alphabetic() || matches!(c, '[' | '<'));
        let is_named = |mark: &String| mark.starts_with("**") || begins(mark) && is_signed(mark);
        self.marks.extend(roles.iter().map(|(mark, role)| (bare(mark), *role)).filter(|(mark, _)| is_named(mark)));
        let words = roles.into_iter().map(|(mark, role)| format!("`{mark}` was taken for {}", describe(role)));
        self.guesses.extend(words);
    }

    /// Takes in one line that stands in no frame.
    pub fn unframed(&mut self, text: &str, pieces: &[Piece]) {
        let (name, words) = match pieces.first() {
            Some(Piece { kind: PieceKind::Label, inner, end, .. }) => (&text[inner.0..inner.1], &text[*end..]),
            Some(Piece { kind: PieceKind::Quote | PieceKind::Bullet, .. }) | None => return,
            Some(_) => ("", text),
        };
        // More of them tell nothing new.
        if name.is_empty() {
            self.nameless += usize::from(self.nameless < speech::MIXED && spoken::addresses(words));
        } else if role::role(name).is_none_or(|_| spoken::is_stage_label(name)) && spoken::addresses(words) {
            self.unmarked.push(role::clean(name));
        }
    }

    /// Takes in one line, wherever it stands.
    pub fn line(&mut self, text: &str, pieces: &[Piece]) {
        self.legend(text);
        if let Some(number) = pieces.first().filter(|piece| piece.kind == PieceKind::Number) {
            self.numbers.insert(text[number.inner.0..number.inner.1].trim_end_matches(['.', ')']).to_string());
        }
        if let Some(length) = code(text) {
            self.codes.insert(text[..length].to_string());
        }
        for (count, letter) in self.lettered.iter_mut().zip(['A', 'B']) {
            *count += usize::from(question_mark(text, letter).is_some() && !text.starts_with('*'));
        }
        if let Some(number) = station(text) {
            *self.stations.entry(number).or_default() += 1;
        }
        self.is_spoken = self.is_spoken || sounds_spoken(text);
        let is_bold = pieces.first().is_some_and(|piece| piece.kind != PieceKind::Quote) && pieces.iter().all(|piece| piece.is_bold);
        let words = text.trim_matches(['*', '_', ' ']);
        self.bold += usize::from(is_bold && is_said(words) && spoken::addresses(words));
        for (name, has_sign) in dashed::names(text, pieces) {
            if let Some(role) = guess::by_dash(name) {
                self.signed += usize::from(has_sign && role == Role::Agent);
                *self.dashed.entry(role::clean(name)).or_default() += 1;
            }
        }
        for (index, piece) in pieces.iter().enumerate() {
            match piece.kind {
                PieceKind::Label => self.label(text, pieces, index),
                PieceKind::Quote if is_sentence(&text[piece.inner.0..piece.inner.1]) => self.quotes += 1,
                PieceKind::Text => {
                    if let Some(symbol) = leading_symbol(&text[piece.start..piece.end]) {
                        *self.symbols.entry(symbol).or_default() += 1;
                    }
                }
                _ => {}
            }
        }
    }

    fn label(&mut self, text: &str, pieces: &[Piece], index: usize) {
        let name = &text[pieces[index].inner.0..pieces[index].inner.1];
        match role::role(name) {
            Some(Role::Agent) if spoken::is_stage_label(name) => self.stage_labels += 1,
            Some(Role::Agent) => self.agent_labels += 1,
            Some(Role::Customer) if role::clean(name).starts_with("caller") => {
                self.greeting_callers += usize::from(spoken::rings(&text[pieces[index].end..]));
            }
            Some(Role::Customer) => self.customer_labels += 1,
            Some(Role::Note) if is_place(name) => self.unknown(text, pieces, index),
            Some(Role::Condition) if is_letter(name) => self.unknown(text, pieces, index),
            None if name.split(' ').count() <= 3 => self.unknown(text, pieces, index),
            _ => {}
        }
    }

    /// Draws the conclusions.
    pub fn profile(mut self) -> Profile {
        let has_turns = !self.guesses.is_empty();
        let guesses = std::mem::take(&mut self.guesses);
        let mut profile = Profile { guesses, speech_mark: self.speech_mark.take(), ..Profile::default() };
        profile.labels.extend(self.marks.iter().map(|(mark, role)| (role::clean(dashed::named(mark)), *role)));
        profile.marks = self.marks.drain(..).map(|(mark, _)| mark).collect();
        self.told(&mut profile);
        self.pictures(&mut profile);
        self.talk_by_dashes(&mut profile);
        self.questions(&mut profile);
        self.speech_bubble(&mut profile);
        profile.sections.extend(self.numbers.iter().cloned());
        if self.codes.len() >= CODES {
            profile.sections.extend(self.codes.iter().map(|code| code.to_lowercase()));
            profile.has_codes = true;
        }
        // An `A.` without a `B.` is no choice but the answer.
        profile.has_answers = self.lettered[0] >= ANSWERS && self.lettered[1] == 0;
        profile.stations.extend(self.stations.iter().filter(|(_, count)| **count == 1).map(|(number, _)| number.clone()));
        self.recurring(&mut profile);
        self.agents_words(has_turns, &mut profile);
        self.unmarked_words(&mut profile);
        profile
    }
}

/// As many turns with a code are how a document numbers them.
const CODES: usize = 4;

/// As many lines behind `A.` answer a question each.
const ANSWERS: usize = 2;

fn describe(role: Role) -> &'static str {
    match role {
        Role::Agent => "the agent",
        Role::Customer => "the customer",
        Role::Note => "a note",
        Role::Avoid => "what not to say",
        Role::Condition => "a condition",
    }
}
