//! Rules in words, as pages of Markdown: one a rule, and an index.

use super::{Body, Page};
use std::io::{self, Write};

/// Prints a page.
///
/// # Errors
/// Only those of `out`.
pub fn write(out: &mut dyn Write, page: &Page) -> io::Result<()> {
    writeln!(out, "# {}\n\n**{}** · {}", page.id, page.severity.name(), plain(&page.summary))?;
    for (title, body) in &page.parts {
        writeln!(out, "\n## {title}\n")?;
        match body {
            Body::Words(words) => writeln!(out, "{}", plain(words))?,
            Body::List(list) => list.iter().try_for_each(|item| writeln!(out, "- {}", plain(item)))?,
            Body::Code(code, language) => {
                let fence = fence(code);
                writeln!(out, "{fence}{language}\n{code}\n{fence}")?;
            }
        }
    }
    Ok(())
}

/// Prints what leads to the pages, family by family; they are sorted by id.
///
/// # Errors
/// Only those of `out`.
pub fn index(out: &mut dyn Write, pages: &[Page]) -> io::Result<()> {
    writeln!(out, "# Rules of callint")?;
    for family in pages.chunk_by(|one, next| self::family(one) == self::family(next)) {
        writeln!(out, "\n## {}\n\n| rule | level | finds |\n|---|---|---|", self::family(&family[0]))?;
        for page in family {
            let profiles = match page.profiles.is_empty() {
                true => String::new(),
                false => format!(" (profile {})", page.profiles.join(", ")),
            };
            let summary = plain(&page.summary).replace('|', "\\|");
            writeln!(out, "| [{0}]({0}.md) | {1} | {summary}{profiles} |", page.id, page.severity.name())?;
        }
    }
    Ok(())
}

fn family(page: &Page) -> &str {
    page.id.split('/').next().unwrap_or("")
}

/// Without what Markdown would take for a tag.
fn plain(words: &str) -> String {
    words.replace('<', "&lt;")
}

/// Longer than any run of backticks in the code.
fn fence(code: &str) -> String {
    let longest = code.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(3.max(longest + 1))
}
