//! `Customer response (any of the below):` and the quotations under it: ways to say one thing.

use crate::parse::assemble::{Item, choice};
use crate::parse::role::{self, Role};
use crate::parse::statement::Statement;
use crate::script::{Branch, Step};
use crate::source::Text;

/// Whether words announce what the customer may say.
pub fn announces(words: &str) -> bool {
    if !words.trim_end().trim_end_matches(['*', '_']).ends_with(':') {
        return false;
    }
    let clean = role::clean(words);
    let is_any = ["any of the", "any of these", "one of the", "one of these", "either of"].iter().any(|any| clean.contains(any));
    let is_list = ["below", "following", "these", "this"].iter().any(|word| clean.split(' ').any(|other| other == *word));
    let is_theirs = role::is_condition(&clean) && ["say", "says", "answers", "replies", "responds"].iter().any(|verb| clean.contains(verb))
        || clean.split(' ').take(3).any(|word| word != "you" && role::role(word) == Some(Role::Customer));
    is_any && is_list && is_theirs
}

/// One condition, and in it a choice of what they may say; it waits for the answer. `read` is what the cue
/// was read as.
pub fn any_of(cue: &Text, mut read: Statement, theirs: &[Text]) -> Item {
    if read.branches.len() != 1 {
        let end = cue.value.trim_end_matches([':', '*', '_', ' ']).len();
        let start = cue.value.len() - cue.value.trim_start_matches(['*', '_', ' ']).len();
        let label = cue.slice(start, end);
        read.branches = vec![Branch { span: label.span(), label: Some(label), ..Branch::default() }];
        read.steps.clear();
    }
    if let (Some(branch), false) = (read.branches.first_mut(), theirs.is_empty()) {
        branch.steps.insert(0, Step::Choice(choice(theirs.iter().map(said).collect())));
    }
    Item { statement: Statement { is_open: true, ..read }, is_block: false }
}

/// A branch of something that the customer may say, without its quotation marks.
pub fn said(words: &Text) -> Branch {
    let label = words.without(&['"', '“', '”', ' ', '*', '_']);
    Branch { span: label.span(), label: Some(label), is_heard: true, ..Branch::default() }
}
