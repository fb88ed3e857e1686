//! What XML needs of a text. Two small formats with fixed elements are no reason for a library.

use super::safe;

/// Fit for an attribute's value, which stands between `"`. Characters that XML cannot hold and those
/// that reorder text are replaced; line breaks stay.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push(' '),
            // Plane ends are letters to Rust and none to XML 1.0.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ if safe::is_unsafe(letter) => escaped.push('\u{fffd}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}
