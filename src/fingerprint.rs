//! What tells a finding from others after lines were moved: its rule, its file, its section and the
//! words that it points at; not where they stand.

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// 16 hexadecimal digits: FNV-1a in 64 bits, <http://www.isthe.com/chongo/tech/comp/fnv/>. Two
/// findings by the same words in one section have the same.
pub fn of(found: &Diagnostic, sources: &[Source]) -> String {
    let name = sources.get(found.file).map_or("?", |source| &source.name);
    let text = format!("{}\n{name}\n{}\n{}", found.rule, found.section, words(found, sources));
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

/// The words that a finding points at, in small letters, with single spaces.
pub fn words(found: &Diagnostic, sources: &[Source]) -> String {
    let slice = |span: &Span| sources.get(found.file).map_or("", |source| source.slice(*span));
    let words = found.spans.iter().map(slice).collect::<Vec<_>>().join(" ").to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
