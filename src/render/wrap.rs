//! Breaking text between words.

/// The lines that a text takes when none may be longer than `width` characters; a longer word stands
/// alone. The first line begins with `first`, the others with as many spaces. Line breaks in the text
/// are spaces.
pub fn hang(first: &str, text: &str, width: usize) -> Vec<String> {
    let indent = " ".repeat(first.chars().count());
    let mut lines = vec![first.to_string()];
    let (mut length, mut is_bare) = (indent.len(), true);
    for word in text.split_whitespace() {
        let extent = word.chars().count() + usize::from(!is_bare);
        if length + extent > width && !is_bare {
            lines.push(indent.clone());
            (length, is_bare) = (indent.len(), true);
        }
        if let Some(line) = lines.last_mut() {
            if !is_bare {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += word.chars().count();
            is_bare = false;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hang_and_a_long_word_stands_alone() {
        let lines = hang("- ", "one two\nthree elephantine", 9);
        assert_eq!(lines, ["- one two", "  three", "  elephantine"]);
        assert_eq!(hang("", "", 9), [""]);
    }
}
