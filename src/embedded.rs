//! What the build script made of rules/: the compiled lexicons, and the files as they were written.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Labelled lines of the acts that the model hears, one a line: who speaks, act and text, with tabs between.
pub(crate) static EXAMPLES: &str = include_str!(concat!(env!("OUT_DIR"), "/examples.tsv"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_there_once() {
        assert!(FILES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(FILES.iter().any(|(path, text)| *path == "acts/apology.yaml" && text.starts_with("act: apology")));
        assert!(RULES_JSON.iter().all(|(path, json)| !path.starts_with("acts/") && json.starts_with(['{', '['])));
    }
}
