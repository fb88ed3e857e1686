//! Pictures by their names, as chats and wikis write them: `:headphones:` is 🎧; and numbers as pictures: 2️⃣ is 2.

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

/// The words of a span, with pictures in place of their names, and numbers in place of their pictures.
pub fn text(source: &Source, span: Span) -> Text {
    let words = source.slice(span);
    let next = |words: &'_ str, from: usize| named_from(words, from).into_iter().chain(keycap(words, from)).min();
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
fn named_from(words: &str, from: usize) -> Option<(usize, usize, &'static str)> {
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

/// The picture of a number (`3️⃣`, `🔟`) that a text begins with, or has behind a mark: in bytes, and the number.
fn keycap(words: &str, from: usize) -> Option<(usize, usize, &'static str)> {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    if words.is_ascii() {
        return None;
    }
    let rest = &words[from..];
    let cap = rest.find('\u{20e3}').and_then(|at| {
        let bare = rest[..at].trim_end_matches('\u{fe0f}');
        let digit = bare.chars().next_back().and_then(|letter| letter.to_digit(10))?;
        let start = bare.len() - 1;
        Some((from + start, at + '\u{20e3}'.len_utf8() - start, DIGITS[digit as usize]))
    });
    let ten = rest.find('🔟').map(|at| (from + at, '🔟'.len_utf8(), "10"));
    cap.into_iter().chain(ten).min()
}

/// Whether a line begins with the picture of a number.
pub fn begins_with_keycap(words: &str) -> bool {
    let mut letters = words.chars();
    match letters.next() {
        Some('🔟') => true,
        Some(first) if first.is_ascii_digit() => letters.find(|letter| *letter != '\u{fe0f}') == Some('\u{20e3}'),
        _ => false,
    }
}
