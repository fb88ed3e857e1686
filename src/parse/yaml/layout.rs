//! Where the lines of a YAML text stand: all that can be told of one that does not parse.

use crate::source::{Source, Span};

/// A line that is neither blank nor a comment.
#[derive(Clone, Copy)]
pub struct Row {
    /// From its first word to its end, without the break.
    pub span: Span,
    /// Of the first word, in bytes; a tab counts for four, as most editors show it.
    pub column: usize,
}

/// The parts between the lines `---` and `...`.
pub fn documents(source: &Source, span: Span) -> Vec<Span> {
    let (mut documents, mut start, mut at) = (Vec::new(), span.start, span.start);
    for line in source.slice(span).split_inclusive('\n') {
        let word = line.trim_end();
        if word == "---" || word == "..." || line.starts_with("--- ") || line.starts_with('%') {
            documents.push(Span::new(start, at));
            let keeps_words = line.starts_with("--- ") && !word[3..].trim_start().starts_with('#');
            start = at + if keeps_words { 4 } else { line.len() };
        }
        at += line.len();
    }
    documents.push(Span::new(start, span.end));
    documents.retain(|document| !rows(source, *document).is_empty());
    documents
}

/// The lines of a part; the first may begin within a line of the source.
pub fn rows(source: &Source, span: Span) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = span.start;
    for line in source.slice(span).split_inclusive(['\n', '\r']) {
        let words = line.trim();
        if !words.is_empty() && !words.starts_with('#') {
            let start = at + line.len() - line.trim_start().len();
            let begin = source.line_start(source.line_index(start));
            let tabs = source.slice(Span::new(begin, start)).matches('\t').count();
            rows.push(Row { span: Span::new(start, start + words.len()), column: start - begin + 3 * tabs });
        }
        at += line.len();
    }
    rows
}

/// Cuts at every line that stands as far left as the first one.
pub fn groups(source: &Source, rows: &[Row], end: usize) -> Vec<Span> {
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let is_item = |row: &Row| is_item(source.slice(row.span));
    let mut starts = Vec::new();
    for row in rows.iter().filter(|row| row.column <= first.column) {
        // A list may stand as far left as the key that it belongs to.
        if starts.is_empty() || !is_item(row) || is_item(first) {
            starts.push(row.span.start);
        }
    }
    let ends = starts[1..].iter().map(|&next| source.line_start(source.line_index(next)));
    let ends: Vec<usize> = ends.chain([end]).collect();
    starts.iter().zip(ends).map(|(&start, end)| Span::new(start, end.max(start))).collect()
}

/// Whether a line begins an item or has a key, and so is more than words.
pub fn is_structure(source: &Source, row: &Row) -> bool {
    is_item(source.slice(row.span)) || key(source, row.span).is_some()
}

/// The key of a line without its quotes, and what follows the colon.
pub fn key(source: &Source, row: Span) -> Option<(Span, Span)> {
    let line = source.slice(row);
    let colon = line.match_indices(':').map(|(at, _)| at).find(|at| {
        let next = line[at + 1..].chars().next();
        next.is_none_or(char::is_whitespace)
    })?;
    let quotes = ['"', '\''];
    let word = line[..colon].trim_end();
    let inner = word.trim_matches(quotes);
    let start = row.start + word.len() - word.trim_start_matches(quotes).len();
    let value = line[colon + 1..].trim_start();
    let from = row.end - value.len();
    let ends = value.starts_with(['#', '&', '!']) && !value.contains(' ') || value.starts_with('#');
    let value = if ends { Span::new(row.end, row.end) } else { Span::new(from, row.end) };
    (!inner.is_empty() && inner.len() < 200).then_some((Span::new(start, start + inner.len()), value))
}

/// Whether a line begins an item of a list.
pub fn is_item(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}
