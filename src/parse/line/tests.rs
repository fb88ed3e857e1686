//! Lines that are cut into pieces, and jump words and numbers that are found in them.

use super::reference::{may_refer, refers};
use super::*;
use proptest::prelude::*;

fn shown(text: &str) -> Vec<(PieceKind, &str)> {
    pieces(text).iter().map(|piece| (piece.kind.clone(), text[piece.inner.0..piece.inner.1].trim())).collect()
}

#[test]
fn a_line_is_cut_into_pieces() {
    use PieceKind::*;
    assert_eq!(
        shown("**Rep:** Hi, [NAME]! See *Money*"),
        [(Label, "Rep"), (Text, "Hi,"), (Bracket, "NAME"), (Stop, "!"), (Text, "See"), (Text, "Money")]
    );
    assert_eq!(
        shown("Yes: \"Fine. Bye.\" → [Wrap](#wrap)"),
        [(Label, "Yes"), (Quote, "Fine. Bye."), (Arrow, "→"), (Link("#wrap".into()), "Wrap")]
    );
    assert_eq!(
        shown("Over the line. ☎️ Bring him. (End of call.)"),
        [(Text, "Over the line"), (Stop, "."), (Text, "☎️ Bring him"), (Stop, "."), (Paren, "End of call.")]
    );
}

#[test]
fn jump_words_and_numbers_are_found() {
    assert_eq!(verbs("If not, go back to Step 2; see the map"), [(Verb::Goto, 8, 18), (Verb::See, 27, 30)]);
    assert_eq!(reference("the Step 2a.").map(|r| (r.kind, r.number)), Some((Some("step".into()), "2a".into())));
    assert_eq!(reference("2. First offer").map(|r| (r.number, r.rest)), Some(("2".into(), "First offer".into())));
    assert_eq!(reference("A refund"), None);
    assert_eq!(reference("Closing"), None);
}

proptest! {
    #[test]
    fn no_reference_is_overlooked(
        text in "[ #§]{0,2}((the|La|el)[ \u{a0}])?(steps?|Section|sec[.]|CARD|page|question|box|stage|phase|table|block|screen|item|point|provision|\
                 paragraph|chapter|script|node|option|line|part|paso|sección|apartado|q|a|Any)?[ \u{a0}]{0,2}([0-9]{1,3}([.][0-9]){0,2}[a-c]?|[A-Z][0-9]?|way)?\
                 ([.:),–-] ?[a-z]{0,4})?"
    ) {
        let text = text.trim();
        prop_assert!(may_refer(text) || refers(text).is_none(), "{text:?}");
    }
}
