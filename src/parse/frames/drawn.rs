//! Boxes drawn with signs, with a title and lines to remember:
//!
//! ```text
//! +---------------------------+
//! | LEAVE THESE IN THE DRAWER |
//! | "You should have known."  |
//! +---------------------------+
//! ```

use super::blank;
use std::collections::HashSet;

/// The sides of a line within a box.
const SIDES: [char; 3] = ['|', '│', '║'];

/// The lines of boxes, with those of their frames, counted from 0.
pub(super) fn find(text: &str) -> HashSet<usize> {
    if !["+--", "┌─", "╔═", "+=="].iter().any(|corner| text.contains(corner)) {
        return HashSet::new();
    }
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let (mut boxes, mut at) = (HashSet::new(), 0);
    while at < lines.len() {
        let inner = lines[at + 1..].iter().take_while(|line| is_inside(line)).count();
        let end = at + 1 + inner;
        // A box with one line is a title, and one that is crossed has columns.
        if is_border(lines[at]) && inner > 1 && lines.get(end).is_some_and(|line| is_border(line)) {
            boxes.extend(at..=end);
            at = end;
        }
        at += 1;
    }
    boxes
}

/// `+------+`, `┌──────┐`
fn is_border(line: &str) -> bool {
    let is_drawn = |sign: char| matches!(sign, '-' | '=' | '─' | '═' | '━');
    let inner =
        line.strip_prefix(['+', '┌', '╔', '└', '╚', '╭', '╰']).and_then(|rest| rest.strip_suffix(['+', '┐', '╗', '┘', '╝', '╮', '╯']));
    inner.is_some_and(|inner| inner.chars().count() >= 8 && inner.chars().all(is_drawn))
}

fn is_inside(line: &str) -> bool {
    line.strip_prefix(SIDES).and_then(|rest| rest.strip_suffix(SIDES)).is_some_and(|inner| !inner.contains(SIDES))
}

/// A line of a box, as long as it was: nothing where the frame is drawn, and within it a line of a block quote.
pub(super) fn masked(line: &str, masked: &mut String) {
    let is_drawn = is_border(line.trim());
    let mut sides = line.match_indices(SIDES).map(|(at, _)| at);
    let first = sides.next().filter(|_| !is_drawn);
    for (at, letter) in line.char_indices() {
        match letter {
            _ if Some(at) == first => {
                masked.push('>');
                masked.extend(std::iter::repeat_n(' ', letter.len_utf8() - 1));
            }
            _ if is_drawn || SIDES.contains(&letter) => masked.extend(blank(letter)),
            _ => masked.push(letter),
        }
    }
}
