//! Pictures by their names, as chats and wikis write them: `:headphones:` is 🎧.

use crate::source::{Source, Span, Text};

/// Those that tell who speaks, or what to make of a line; others are words like any.
const NAMES: [(&str, &str); 42] = [
    ("headphones", "🎧"),
    ("headphone", "🎧"),
    ("telephone", "☎"),
    ("phone", "☎"),
    ("telephone_receiver", "📞"),
    ("speaking_head", "🗣"),
    ("speaking_head_in_silhouette", "🗣"),
    ("speech_balloon", "💬"),
    ("studio_microphone", "🎙"),
    ("microphone", "🎤"),
    ("woman", "👩"),
    ("man", "👨"),
    ("raising_hand", "🙋"),
    ("raising_hand_woman", "🙋"),
    ("raising_hand_man", "🙋"),
    ("bust_in_silhouette", "👤"),
    ("busts_in_silhouette", "👥"),
    ("adult", "🧑"),
    ("feet", "🐾"),
    ("pouting_face", "🙎"),
    ("angry", "😠"),
    ("rage", "😡"),
    ("left_speech_bubble", "🗨"),
    ("memo", "📝"),
    ("pencil", "📝"),
    ("spiral_notepad", "🗒"),
    ("information_source", "ℹ"),
    ("warning", "⚠"),
    ("bulb", "💡"),
    ("pushpin", "📌"),
    ("bell", "🔔"),
    ("eyes", "👀"),
    ("pencil2", "✏"),
    ("clipboard", "📋"),
    ("x", "❌"),
    ("no_entry_sign", "🚫"),
    ("no_entry", "⛔"),
    ("heavy_multiplication_x", "✘"),
    ("thumbsdown", "👎"),
    ("-1", "👎"),
    ("arrow_right", "→"),
    ("white_check_mark", "✅"),
];

/// The words of a span, with pictures in place of their names.
pub fn text(source: &Source, span: Span) -> Text {
    let words = source.slice(span);
    let Some((mut at, mut length, mut picture)) = next(words, 0) else { return Text::copied(&source.text, span) };
    let mut text = Text::default();
    let mut from = 0;
    loop {
        let part = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
        text.push(&words[from..at], part(from, at));
        text.push(picture, part(at, at + length));
        from = at + length;
        match next(words, from) {
            Some(found) => (at, length, picture) = found,
            None => {
                text.push(&words[from..], part(from, words.len()));
                return text;
            }
        }
    }
}

/// The first name at or behind a byte: where it begins, its length with the colons, its picture.
fn next(words: &str, from: usize) -> Option<(usize, usize, &'static str)> {
    let colons = words[from..].match_indices(':').map(|(at, _)| from + at);
    colons.filter_map(|at| Some((at, named(&words[at + 1..])?))).map(|(at, (length, picture))| (at, length + 2, picture)).next()
}

fn named(rest: &str) -> Option<(usize, &'static str)> {
    /// No name is longer, in bytes.
    const LONGEST: usize = 28;
    let first = *rest.as_bytes().first()?;
    if !(first.is_ascii_lowercase() || first == b'-') {
        return None;
    }
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b':')?;
    NAMES.iter().find(|(name, _)| *name == &rest[..end]).map(|(name, picture)| (name.len(), *picture))
}
