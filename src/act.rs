//! Speech acts: what a line does (asks for identity, denies a fault, offers to stay, …).
//!
//! [`Ear::tag`] hears acts in the lines of a script: by the patterns of rules/acts in its languages, and by
//! what the project taught. [`model::score`] takes the lines that patterns left open, and [`combine`] says
//! what each of them is good for.

pub mod combine;
pub mod compile;
pub mod eval;
pub mod file;
pub mod filter;
pub(crate) mod frequency;
pub mod hearing;
pub mod house;
pub mod lexicon;
pub mod lists;
pub mod matcher;
pub mod model;
pub mod pattern;
pub mod program;
mod reported;
pub mod scan;
mod scratch;
pub mod spoken;
pub mod tagger;
pub mod tags;
pub mod token;
pub mod vocabulary;
pub mod walk;

pub use hearing::{Ear, Hearing};
pub use tagger::Lexicon;

/// Whose words a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    Agent,
    Note,
    Customer,
    /// A branch label or heading: the customer's words, or told of the customer.
    Cue,
}

/// An act that was heard in a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Which act; index into [`Lexicon::names`].
    pub id: ActId,
    /// The words that decided, in bytes of the line's text; the whole line for an act that was tagged
    /// by hand.
    pub range: std::ops::Range<usize>,
    /// The data that it asks for (`dob`, `postcode`, `other:pet`), each once, in the order of the words.
    pub items: Vec<Item>,
    /// `pattern`, `project` (what callint.yaml taught), `context`, `model` or `tag`.
    pub by: &'static str,
    /// 1 for all but the model.
    pub confidence: f32,
}

/// A piece of data that a line asks for, and its words, in bytes of the line's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub name: String,
    pub range: std::ops::Range<usize>,
}

pub type ActId = u8;

/// A set of acts, one bit for each [`ActId`].
pub type ActSet = u128;

/// How an item is called in a message: `dob` is `date of birth`.
pub fn item_words(name: &str) -> String {
    let known = match name {
        "dob" => "date of birth",
        "ssn_last4" => "last four of the social-security number",
        "ssn_full" => "social-security number",
        "national_id" => "national identity number",
        "driving_licence" => "driving licence",
        "card_last4" => "last four of the card",
        "card_number" => "card number",
        "cvv" => "card security code",
        "pin" => "PIN",
        "otp" => "one-time code",
        "marital_family" => "family details",
        "account_number" => "account number",
        "order_number" => "reference number",
        "security_question" => "security question",
        "last_transaction" => "last transaction",
        "phone" => "phone number",
        _ => return name.strip_prefix("other:").unwrap_or(name).replace('_', " "),
    };
    known.to_string()
}
