//! Jumps to what they name: a section of this file, a heading of another, a script by its title.

pub mod branches;
mod like;
mod paths;

use crate::parse::{line, outline, target};
use crate::script::{Jump, Script, Step, Target, any_step};
use crate::source::Source;
use foldhash::{HashMap, HashSet};
use like::{LIKE, may_be_like};
use paths::{beside, normal};
use rayon::prelude::*;

/// Where a jump leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A section of the run: file and index within its script.
    Section(usize, usize),
    /// A numbered line inside a section: file, section, number.
    Line(usize, usize, String),
    /// The start of a file.
    File(usize),
    /// The end of the call.
    End,
    Outside,
    /// Names something that is not in the run.
    Unknown,
    /// Names something that must be in this script and is not.
    Broken,
}

/// The names of one script.
struct Names {
    sections: HashMap<String, usize>,
    lines: HashMap<String, usize>,
    /// The telling words of its titles.
    titles: Vec<Vec<String>>,
}

/// Names of all scripts of a run.
pub struct Resolver<'a> {
    scripts: &'a [Option<Script>],
    files: HashMap<String, usize>,
    names: Vec<Names>,
    /// Scripts by each telling word of their titles, sorted.
    by_word: HashMap<String, Vec<usize>>,
    /// Files in which a named jump leads somewhere: there, one that leads nowhere is a mistake.
    has_named_jumps: HashSet<usize>,
}

impl<'a> Resolver<'a> {
    pub fn new(sources: &[Source], scripts: &'a [Option<Script>]) -> Resolver<'a> {
        let files = sources.iter().enumerate().map(|(index, source)| (normal(&source.name), index)).collect();
        let names: Vec<Names> = scripts.par_iter().zip(sources).map(|(script, source)| names(script.as_ref(), source)).collect();
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::default();
        for (index, names) in names.iter().enumerate() {
            for word in names.titles.iter().flatten() {
                let known = by_word.entry(word.clone()).or_default();
                if known.last() != Some(&index) {
                    known.push(index);
                }
            }
        }
        let mut resolver = Resolver { scripts, files, names, by_word, has_named_jumps: HashSet::default() };
        let has_named_jump = |&file: &usize| {
            let mut jumps = scripts[file].iter().flat_map(|script| &script.sections).flat_map(|section| outline::jumps(&section.steps));
            let leads = |jump: &Jump| match &jump.target {
                Target::Name { name, .. } => resolver.named(file, name).is_some(),
                Target::Link { .. } => true,
                _ => false,
            };
            sources[file].is_yaml() || jumps.any(leads)
        };
        resolver.has_named_jumps = (0..scripts.len()).into_par_iter().filter(has_named_jump).collect();
        resolver
    }

    /// Where a jump in a file leads.
    pub fn resolve(&self, file: usize, from: &str, target: &Target) -> Place {
        match target {
            Target::Outside | Target::Elsewhere(_) => Place::Outside,
            Target::Script(title) => self.script(title).map_or(Place::Unknown, Place::File),
            Target::Link { file: other, anchor } => self.link(file, from, other.as_deref(), anchor.as_deref()),
            Target::Name { name, is_sure } => self.name(file, name, *is_sure),
        }
    }

    fn name(&self, file: usize, name: &str, is_sure: bool) -> Place {
        if let Some(place) = self.named(file, name) {
            return place;
        }
        if matches!(target::key(name).as_str(), "end" | "end of call" | "end call" | "hang up" | "hangup") {
            return Place::End;
        }
        if target::BEGINNINGS.contains(&target::key(name).as_str()) {
            return Place::File(file);
        }
        // `Transfer to billing` in a script about billing leads out of it.
        if let Some(other) = self.script(name).filter(|&other| is_sure || other != file) {
            return Place::File(other);
        }
        match is_sure && self.has_named_jumps.contains(&file) {
            true if self.names_branch(file, name) => Place::Unknown,
            true => Place::Broken,
            false => Place::Outside,
        }
    }

    /// `go to *End it*`, and `- End it: …` is one of the answers.
    fn names_branch(&self, file: usize, name: &str) -> bool {
        let key = target::key(name);
        let is_it = |step: &Step| match step {
            Step::Choice(choice) => choice.branches.iter().flat_map(|branch| &branch.label).any(|label| target::key(&label.value) == key),
            _ => false,
        };
        self.scripts[file].iter().flat_map(|script| &script.sections).any(|section| any_step(&section.steps, &is_it))
    }

    fn named(&self, file: usize, name: &str) -> Option<Place> {
        let names = self.names.get(file)?;
        let mut keys = vec![target::key(name), name.to_string(), target::anchor(name)];
        keys.extend(name.strip_prefix("the ").map(target::key));
        if let Some(reference) = line::reference(name) {
            let numbers = target::reference_keys(&reference);
            // `step 4` is an item of a list, although *Part 4* is called 4 as well.
            let item = names.lines.get(&reference.number).filter(|_| reference.kind.is_some() && !names.sections.contains_key(&numbers[0]));
            if item.is_some() {
                return item.map(|&section| Place::Line(file, section, reference.number));
            }
            keys.extend(numbers);
            keys.push(target::key(&reference.rest));
        }
        let whole = keys.iter().find_map(|key| names.sections.get(key)).map(|&section| Place::Section(file, section));
        whole.or_else(|| {
            let number = name.trim().trim_end_matches(['.', ')']).to_lowercase();
            let step = line::reference(name).filter(|reference| reference.kind.is_some()).map(|reference| reference.number);
            let mut numbers = [Some(number), step].into_iter().flatten();
            let line = |number: String| names.lines.get(&number).map(|&section| Place::Line(file, section, number));
            numbers.find_map(line).or_else(|| line(target::key(name)))
        })
    }

    fn link(&self, file: usize, from: &str, other: Option<&str>, anchor: Option<&str>) -> Place {
        let target_file = match other {
            None => Some(file),
            Some(name) => self.files.get(&normal(&beside(from, name))).copied(),
        };
        let Some(target_file) = target_file else {
            let is_script = other.is_some_and(|name| [".md", ".markdown", ".yaml", ".yml"].iter().any(|end| name.ends_with(end)));
            return if is_script { Place::Broken } else { Place::Outside };
        };
        match anchor.filter(|anchor| !anchor.is_empty()) {
            None => Place::File(target_file),
            Some(anchor) => self.anchor(target_file, anchor).unwrap_or(Place::Broken),
        }
    }

    /// An anchor as a site makes it of a heading, or any of a section's names; `2-export` for a
    /// heading that has more words behind these is forgiven.
    fn anchor(&self, file: usize, anchor: &str) -> Option<Place> {
        let names = self.names.get(file)?;
        let folded = anchor.to_lowercase();
        let spaced = target::key(&folded.replace(['-', '_'], " "));
        let squeezed: String = folded.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        let found = [&folded, &spaced, &squeezed].into_iter().find_map(|key| names.sections.get(key));
        found.map(|&section| Place::Section(file, section))
    }

    /// The one script whose title or file name has the words of this title.
    fn script(&self, title: &str) -> Option<usize> {
        let wanted = words(title);
        if wanted.is_empty() {
            return None;
        }
        let fits = |index: usize| self.names[index].titles.iter().any(|known| is_same_title(&wanted, known));
        let mut only = None;
        for index in wanted.iter().filter_map(|word| self.by_word.get(word)).flatten().copied() {
            if only != Some(index) && fits(index) && only.replace(index).is_some() {
                return None;
            }
        }
        only
    }

    /// The name that is most like that of a broken jump.
    pub fn nearest(&self, file: usize, from: &str, target: &Target) -> Option<String> {
        match target {
            Target::Name { name, .. } => self.nearest_name(file, name),
            Target::Link { file: other, anchor: Some(anchor) } => {
                let file = other.as_deref().map_or(Some(file), |name| self.files.get(&normal(&beside(from, name))).copied())?;
                self.nearest_name(file, &anchor.replace('-', " "))
            }
            _ => None,
        }
    }

    fn nearest_name(&self, file: usize, name: &str) -> Option<String> {
        let key = target::key(name);
        let script = self.scripts.get(file)?.as_ref()?;
        let best = self.names[file]
            .sections
            .iter()
            .filter(|(known, _)| may_be_like(known, &key))
            .map(|(known, section)| (strsim::jaro_winkler(known, &key), known, *section))
            .filter(|(score, ..)| *score > LIKE);
        let (_, known, section) = best.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
        let heading = script.sections[section].heading.as_ref().map(|text| text.value.clone());
        Some(heading.unwrap_or_else(|| known.clone()))
    }
}

fn names(script: Option<&Script>, source: &Source) -> Names {
    let mut names = Names { sections: HashMap::default(), lines: HashMap::default(), titles: Vec::new() };
    let Some(script) = script else { return names };
    for (index, section) in script.sections.iter().enumerate() {
        for name in &section.names {
            names.sections.entry(name.clone()).or_insert(index);
            names.sections.entry(target::key(name)).or_insert(index);
            let squeezed: String = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
            names.sections.entry(squeezed).or_insert(index);
        }
        for step in &section.steps {
            if let Step::Anchor(number) = step {
                names.lines.entry(number.value.to_lowercase()).or_insert(index);
            }
        }
    }
    for (index, section) in script.sections.iter().enumerate() {
        for (name, _) in branches::named(&section.steps) {
            names.lines.entry(name).or_insert(index);
        }
    }
    names.titles.extend(script.title.as_ref().map(|title| words(&title.value)));
    let stem = source.name.rsplit(['/', '\\']).next().unwrap_or("").split('.').next().unwrap_or("");
    names.titles.push(words(&stem.replace(['-', '_'], " ")));
    names.titles.retain(|title| !title.is_empty());
    names
}

/// Words of a title that tell it from others.
fn words(title: &str) -> Vec<String> {
    let key = target::key(title);
    let generic = ["script", "the", "flow", "procedure", "selection", "call", "scripts", "calls", "a", "page"];
    key.split(' ')
        .filter(|word| !word.is_empty() && !generic.contains(word) && !word.chars().all(|c| c.is_ascii_digit()))
        .map(str::to_string)
        .collect()
}

fn is_same_title(wanted: &[String], known: &[String]) -> bool {
    let holds = |a: &[String], b: &[String]| a.len() <= b.len() + 1 && b.iter().all(|word| a.contains(word));
    !known.is_empty() && (wanted == known || holds(known, wanted) || holds(wanted, known))
}

/// Every section that a jump or call names, and the groups of files that jump into each other, each
/// sorted, in the order of their first files.
pub fn links(sources: &[Source], scripts: &[Option<Script>], resolver: &Resolver) -> (HashSet<(usize, usize)>, Vec<Vec<usize>>) {
    let places_of = |file: usize| -> Vec<(usize, usize)> {
        let jumps = scripts[file].iter().flat_map(|script| &script.sections).flat_map(|section| outline::jumps(&section.steps));
        let place = |jump: &Jump| match resolver.resolve(file, &sources[file].name, &jump.target) {
            Place::Section(other, index) | Place::Line(other, index, _) => Some((other, index)),
            Place::File(other) => Some((other, 0)),
            _ => None,
        };
        jumps.filter_map(place).collect()
    };
    let places: Vec<Vec<(usize, usize)>> = (0..scripts.len()).into_par_iter().map(places_of).collect();
    let mut joined = petgraph::unionfind::UnionFind::<usize>::new(scripts.len());
    for (file, places) in places.iter().enumerate() {
        for &(other, _) in places {
            joined.union(file, other);
        }
    }
    let named = places.into_iter().flatten().collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut places: HashMap<usize, usize> = HashMap::default();
    for file in 0..scripts.len() {
        let place = *places.entry(joined.find(file)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push(file);
    }
    (named, groups)
}
