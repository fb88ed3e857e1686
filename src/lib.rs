//! callint lints customer-service call scripts.
//!
//! ```text
//! source -> parse -> acts -> flow -> context -> rules -> diagnostics -> render
//! bytes     Script   labels  graph   labels     findings  sorted        terminal, JSON
//! ```
//!
//! Each arrow is one public function from plain data to plain data; [`lint::lint`] is the only one
//! that knows the whole order. The command line, the tests and later the editor all enter there.
//! Nothing between `source` and `render` touches files, the clock, the environment or the terminal.

pub mod act;
pub mod baseline;
pub mod cli;
pub mod config;
pub mod context;
pub mod diagnostic;
pub mod effort;
pub mod embedded;
pub mod error;
pub mod fingerprint;
pub mod fix;
pub mod flow;
pub mod lint;
mod memo;
pub mod parse;
pub mod property;
pub mod render;
pub mod rule;
pub mod rules;
pub mod script;
pub mod source;
