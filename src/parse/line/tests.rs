//! Lines that are cut into pieces, and jump words and numbers that are found in them.

use super::*;

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
