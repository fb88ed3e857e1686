//! The cells of a table: CSV (RFC 4180) and its cousins with tabs and semicolons.

use crate::script::Fault;
use crate::source::{Span, Text};

/// The records of a table, at most `limit`, each with the words of its cells, and the quotation marks that
/// are never closed. Blank lines are left out.
pub fn records(text: &str, limit: usize) -> (Vec<Vec<Text>>, Vec<Fault>) {
    let head = text.lines().next().unwrap_or("");
    let mark = ['\t', ';', ','].into_iter().max_by_key(|mark| head.matches(*mark).count()).unwrap_or(',');
    let (mut records, mut faults) = (Vec::new(), Vec::new());
    let (mut record, mut at) = (Vec::new(), 0);
    while at < text.len() && records.len() < limit {
        let (cell, end, is_closed) = cell(text, at, mark);
        faults.extend((!is_closed).then(|| unclosed(cell.span())));
        record.push(cell);
        let ends_cell = text[end..].starts_with(mark);
        at = end + usize::from(ends_cell);
        if !ends_cell || at == text.len() {
            at += text[at..].len() - text[at..].trim_start_matches(['\r', '\n']).len();
            let record = std::mem::take(&mut record);
            if record.iter().any(|cell: &Text| !cell.is_empty()) {
                records.push(record);
            }
        }
    }
    (records, faults)
}

fn unclosed(span: Span) -> Fault {
    let message = "a quotation mark opens here and is never closed".to_string();
    let help = "close it at the end of the cell; inside a cell, write `\"\"` for one mark".to_string();
    Fault { name: "syntax", message, help, span, related: None }
}

/// The words of the cell that begins at byte `start`, where it ends, and whether a quotation mark that opens
/// it is closed.
fn cell(text: &str, start: usize, mark: char) -> (Text, usize, bool) {
    let rest = &text[start..];
    let blank = rest.len() - rest.trim_start_matches(' ').len();
    let plain = rest.find([mark, '\n', '\r']).map_or(text.len(), |at| start + at);
    if !rest[blank..].starts_with('"') {
        return (Text::copied(text, Span::new(start, plain)).slice(0, plain - start), plain, true);
    }
    let mut words = Text::default();
    let mut from = start + blank + 1;
    loop {
        let close = text[from..].find('"').map(|at| from + at);
        // A quote that words follow closes nothing: it opens a later cell.
        let Some(quote) = close.filter(|&quote| may_close(&text[start..], quote - start, mark)) else {
            let start = start + blank + 1;
            return (Text::copied(text, Span::new(start, plain.max(start))), plain.max(start), false);
        };
        let is_escape = text[quote + 1..].starts_with('"');
        let end = quote + usize::from(is_escape);
        words.push(&text[from..end], Span::new(from, end));
        from = quote + 1 + usize::from(is_escape);
        if !is_escape {
            let end = text[from..].find([mark, '\n', '\r']).map_or(text.len(), |at| from + at);
            return (words.slice(0, words.value.len()), end, true);
        }
    }
}

/// Whether the quote at a byte closes a cell or stands for itself; behind a line break, words right after it
/// say that it opens another one.
fn may_close(cell: &str, quote: usize, mark: char) -> bool {
    let behind = &cell[quote + 1..];
    let is_apart = behind.is_empty() || behind.starts_with([mark, '"', '\n', '\r', ' ']);
    is_apart || !cell[..quote].contains('\n')
}
