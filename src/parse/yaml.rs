//! The YAML carrier: from a source to a [`Script`].
//!
//! ```text
//! recover  text -> Tree, whatever is wrong with it      (layout, braces, events, tree, scalar, syntax)
//! header   what the script says about itself
//! sections steps -> Section               (drafts, steps, choice, jump, comments)
//! ```
//!
//! YAML 1.2.2 (<https://yaml.org/spec/1.2.2/>) by granit-parser. Its keys are in keys.rs.

mod braces;
mod choice;
mod comments;
mod drafts;
mod entry;
mod escape;
mod events;
mod header;
mod jump;
mod keys;
mod layout;
mod marks;
mod opening;
mod own;
mod recover;
mod said;
mod scalar;
mod sections;
mod steps;
mod syntax;
pub(crate) mod tree;
mod ways;
mod words;

use std::collections::{HashMap, HashSet};

use crate::parse::profile::Profile;
use crate::script::{Fault, Kind, Order, Script};
use crate::source::{Source, Span};

pub use header::order;

use comments::Comments;
use keys::Key;
use tree::Tree;

/// A file of YAML as a tree, as much of it as can be read.
pub(crate) fn tree(source: &Source) -> Tree {
    recover::read(source, Span::new(0, source.text.len()))
}

/// Reads a script. A file that is not one gives an empty script without faults.
pub fn parse(source: &Source) -> Script {
    let span = Span::new(0, source.text.len());
    let mut tree = recover::read(source, span);
    if let Some(mut script) = super::import::flow(source, &tree) {
        script.faults = tree.faults;
        return script;
    }
    let long_scalars = std::mem::take(&mut tree.long_scalars);
    let mut script = Script { faults: std::mem::take(&mut tree.faults), ..Script::default() };
    let mut reader = Reader::new(source, &tree, &mut script);
    reader.comments = Comments::find(source, span, long_scalars);
    sections::read(&mut reader);
    let is_call_script = reader.evidence.is_call_script();
    if !is_call_script {
        script = Script::default();
    }
    script.is_call_script = is_call_script;
    script.faults.sort_by_key(|fault| fault.span);
    script
}

/// Reads the front matter of a Markdown script under `span`, without its `---` lines, into the
/// script's title and header. Gives the order of the sections that `flow` asks for.
pub fn front_matter(source: &Source, span: Span, script: &mut Script) -> Option<Order> {
    let mut tree = recover::read(source, span);
    script.faults.append(&mut tree.faults);
    let mut reader = Reader::new(source, &tree, script);
    let mut order = None;
    for &root in &tree.roots {
        if matches!(tree.node(root).data, tree::Data::Scalar(_)) {
            reader.script.faults.push(syntax::no_key(tree.node(root).span));
        }
        let entries = reader.entries(root, entry::Scope::Known);
        order = order.or(header::read(&mut reader, &entries));
    }
    order
}

/// What the readers of the parts of a script share.
struct Reader<'a> {
    source: &'a Source,
    tree: &'a Tree,
    script: &'a mut Script,
    comments: Comments,
    evidence: Evidence,
    /// Names of all steps, to tell `then: confirm` from a sentence.
    ids: HashSet<String>,
    /// Names that steps of the document at hand share with those of documents before it.
    shared: HashSet<String>,
    /// The number of that document, from 0.
    document: usize,
    /// What the line grammar may take for the name of a step.
    profile: Profile,
    /// Keys whose words were left out; each is told once.
    left_out: HashSet<String>,
    /// The ways at hand stand under a key of the customer's (`customer_responses`): a `response` is theirs.
    are_theirs: bool,
    /// Keys of the file's own, and what each of them means.
    own: HashMap<String, Key>,
    /// Who speaks under the others.
    said: HashMap<String, Kind>,
}

/// What speaks for a file being a call script and not the settings of some program.
#[derive(Debug, Default)]
struct Evidence {
    /// Lines under keys like `agent` and `customer`.
    telling: usize,
    /// Lines under keys like `text` and `message`.
    lines: usize,
    /// Branches, jumps, endings, a channel or an intent.
    structure: usize,
}

impl Evidence {
    fn is_call_script(&self) -> bool {
        self.telling > 0 || (self.lines > 0 && self.structure > 0)
    }
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source, tree: &'a Tree, script: &'a mut Script) -> Reader<'a> {
        let own = own::learn(tree);
        Reader {
            source,
            tree,
            script,
            comments: Comments::default(),
            evidence: Evidence::default(),
            ids: HashSet::new(),
            shared: HashSet::new(),
            document: 0,
            profile: Profile::default(),
            left_out: HashSet::new(),
            are_theirs: false,
            said: said::learn(tree, &own),
            own,
        }
    }

    fn fault(&mut self, name: &'static str, message: String, help: String, span: Span, related: Option<(Span, String)>) {
        self.script.faults.push(Fault { name, message, help, span, related });
    }

    fn guess(&mut self, at: usize, words: String) {
        let line = self.source.position(at).line;
        self.script.guesses.push(format!("line {line}: {words}"));
    }

    /// What a step of the document at hand is called in the whole file: its name, unless an earlier document
    /// has a step of that name.
    fn own_name(&self, name: &str) -> String {
        let name = name.trim();
        if self.shared.contains(name) { format!("{name} of script {}", self.document + 1) } else { name.to_string() }
    }

    /// What a normalized key means in this file.
    fn meaning(&self, word: &str) -> Option<Key> {
        keys::lookup(word).or_else(|| self.own.get(word).copied())
    }

    fn is_step(&self, name: &str) -> bool {
        self.ids.contains(name.trim())
    }
}
