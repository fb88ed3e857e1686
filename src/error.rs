//! What can go wrong outside a script: files, the project file, rule files.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: {source}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("no such file or folder: {}", path.display())]
    Missing { path: PathBuf },
    #[error("{name}: this is not text; save it as UTF-8 Markdown or YAML (a Word or PDF file has to be exported first)")]
    NotText { name: String },
    #[error("{name}: larger than {} MiB; split it into one file per script", limit >> 20)]
    TooLarge { name: String, limit: u64 },
    #[error("no scripts in {}: callint looks for *.md, *.markdown, *.yaml and *.yml, and for exported flows; name any other file itself", path.display())]
    NoScripts { path: PathBuf },
    #[error("{0}")]
    Walk(#[from] ignore::Error),
    /// Line and column are 1-based.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Project { path: PathBuf, line: usize, column: usize, message: String },
    #[error("`{id}` {what}")]
    RuleId { id: String, what: &'static str },
    #[error("there are no rules of your own: name a folder, or say `rule-folders: [NAME]` in callint.yaml")]
    NoRuleFolders,
    #[error("{} is there already; callint leaves it as it is", path.display())]
    Exists { path: PathBuf },
    #[error("{}: this is a folder; name one file", path.display())]
    Folder { path: PathBuf },
    /// A line of a JSON Lines file that does not hold what it should; 1-based.
    #[error("{name}:{line}: {message}")]
    Row { name: String, line: usize, message: String },
    /// Something that a command was asked for and that callint does not have; `hint` says what else
    /// there is.
    #[error("unknown {what} `{name}`{hint}")]
    Unknown { what: &'static str, name: String, hint: String },
    /// A `KEY=VALUE` of the command line.
    #[error("--config {setting}: {message}")]
    Setting { setting: String, message: String },
    #[error("standard input cannot be changed; --diff shows what --fix would do")]
    FixStdin,
    #[error("standard input cannot be watched; name the files or folders to watch")]
    WatchStdin,
    #[error("cannot watch for changes: {0}")]
    Watch(notify::Error),
    #[error("{0}")]
    Git(String),
    #[error("cannot write the result: {0}")]
    Write(std::io::Error),
    #[error("cannot write {}: {source}", path.display())]
    WriteFile { path: PathBuf, source: std::io::Error },
}
