//! The acts of every piece of a script, heard once.

use super::{Act, ActId, ActSet, Ear, Lexicon, Voice, combine, model};
use crate::parse::role::{self, Role};
use crate::script::{Kind, Line, Script, Step};
use crate::source::{Span, Text};

/// A piece of a script and what it does.
pub type Tagged = ((Span, Voice), Vec<Act>);

/// Tags all lines, labels and headings of a script; lines that patterns leave open by the model, too.
pub fn tag(script: &Script, ear: &Ear) -> Vec<Tagged> {
    let lexicon = ear.names();
    let told =
        lexicon.set(&["cancel_request", "reports_fault", "complaint", "upset", "hardship", "known_fault", "wants_human", "ends_visit"]);
    let wish = lexicon.set(&["cancel_request"]);
    let mut tagger = Tagger { lexicon, told, wish, ear, tagged: Vec::new(), lines: Vec::new(), open: Vec::new() };
    for section in &script.sections {
        if let Some(heading) = &section.heading {
            tagger.heading(heading);
        }
        tagger.steps(&section.steps);
    }
    for (at, line) in tagger.open {
        combine::hear(ear, &tagger.lines, line, &mut tagger.tagged[at].1);
    }
    tagger.tagged
}

struct Tagger<'a> {
    /// For the names of acts.
    lexicon: &'a Lexicon,
    /// What a heading can tell of the caller.
    told: ActSet,
    wish: ActSet,
    ear: &'a Ear<'a>,
    tagged: Vec<Tagged>,
    /// What is said, heard or noted, in the order of the script.
    lines: Vec<model::Line<'a>>,
    /// Lines whose acts nobody gave by hand: indexes into `tagged` and `lines`.
    open: Vec<(usize, usize)>,
}

impl<'a> Tagger<'a> {
    fn add(&mut self, voice: Voice, text: &Text) {
        let acts = self.ear.tag(voice, &text.value);
        self.tagged.push(((text.span(), voice), acts));
    }

    /// A heading names what the caller wants or what happened; it answers nothing, and `Closing` is a
    /// stage of the call, not a wish.
    fn heading(&mut self, text: &Text) {
        let mut acts = self.ear.tag(Voice::Cue, &text.value);
        let is_stage = !acts.is_empty() && crate::parse::outline::is_closing(&text.value);
        let kept = if is_stage { self.told & !self.wish } else { self.told };
        acts.retain(|act| kept & (1 << act.id) != 0);
        self.tagged.push(((text.span(), Voice::Cue), acts));
    }

    fn steps(&mut self, steps: &'a [Step]) {
        let mut index = 0;
        while index < steps.len() {
            match &steps[index] {
                Step::Line(line) if line.kind == Kind::Collect => {
                    let run =
                        steps[index..].iter().take_while(|step| matches!(step, Step::Line(line) if line.kind == Kind::Collect)).count();
                    self.collect(&steps[index..index + run]);
                    index += run - 1;
                }
                Step::Line(line) => self.line(line),
                Step::Choice(choice) => {
                    for branch in &choice.branches {
                        if let Some(label) = &branch.label {
                            self.add(Voice::Cue, label);
                        }
                        self.steps(&branch.steps);
                    }
                }
                _ => {}
            }
            index += 1;
        }
    }

    fn line(&mut self, line: &'a Line) {
        let voice = match line.kind {
            Kind::Say | Kind::Collect => Voice::Agent,
            Kind::Hear => Voice::Cue,
            Kind::Note => Voice::Note,
            Kind::Avoid => return,
        };
        let given = self.given(line);
        let mut acts = match given {
            Some(names) => self.by_hand(names, &line.text),
            None => self.ear.tag(voice, &line.text.value),
        };
        if line.kind == Kind::Note && given.is_none() {
            self.told(&line.text, &mut acts);
        }
        self.marked(line, &mut acts);
        let key = if line.kind == Kind::Hear { Voice::Customer } else { voice };
        if given.is_none() {
            self.open.push((self.tagged.len(), self.lines.len()));
        }
        self.lines.push(model::Line { voice: key, text: &line.text.value });
        self.tagged.push(((line.text.span(), key), acts));
    }

    /// The acts that an author gave a line by hand; `None` for a class of somebody's style sheet.
    fn given(&self, line: &'a Line) -> Option<&'a Vec<String>> {
        line.marks.acts.as_ref().filter(|names| names.is_empty() || names.iter().any(|name| self.lexicon.id(name).is_some()))
    }

    /// `legal: true`, `verbatim: true`: the line is that. What the law has agents say threatens nobody.
    fn marked(&self, line: &Line, acts: &mut Vec<Act>) {
        if line.marks.is_legal {
            let harsh = self.lexicon.set(&["threat", "retention_pressure"]);
            acts.retain(|act| harsh & (1 << act.id) == 0);
        }
        let marks = [(line.marks.is_legal, "legal"), (line.marks.is_verbatim, "verbatim")];
        let ids = marks.iter().filter(|(is_set, _)| *is_set).filter_map(|(_, name)| self.lexicon.id(name));
        for id in ids.filter(|id| acts.iter().all(|act| act.id != *id)).collect::<Vec<_>>() {
            acts.push(Act { id, range: 0..line.text.value.len(), items: Vec::new(), by: "tag", confidence: 1.0 });
        }
        acts.sort_by_key(|act| act.id);
    }

    /// A note that tells of the customer (`The caller reports …`) does what it tells; any note may say
    /// that a fault is known.
    fn told(&self, text: &Text, acts: &mut Vec<Act>) {
        let clean = role::clean(&text.value);
        let subject = clean.strip_prefix("the ").unwrap_or(&clean).split(' ').next().unwrap_or("");
        let is_told = role::role(subject) == Some(Role::Customer) && subject != "you";
        let known_fault = self.lexicon.id("known_fault");
        if !is_told && role::is_condition(&clean) {
            return;
        }
        for act in self.ear.tag(Voice::Cue, &text.value) {
            let counts = is_told || Some(act.id) == known_fault;
            if counts && acts.iter().all(|known| known.id != act.id) {
                acts.push(act);
            }
        }
        acts.sort_by_key(|act| act.id);
    }

    fn by_hand(&self, names: &[String], text: &Text) -> Vec<Act> {
        let ids = names.iter().filter_map(|name| self.lexicon.id(name));
        ids.map(|id| Act { id, range: 0..text.value.len(), items: self.ear.items(&text.value), by: "tag", confidence: 1.0 }).collect()
    }

    /// A list of data proves who calls when one of its entries does; contact data alone does not.
    fn collect(&mut self, steps: &'a [Step]) {
        const PROVES: [&str; 11] = [
            "dob", "ssn_last4", "ssn_full", "account_number", "pin", "password", "otp", "security_question", "national_id", "passport",
            "driving_licence",
        ];
        let lines: Vec<&Line> = steps.iter().filter_map(|step| if let Step::Line(line) = step { Some(line) } else { None }).collect();
        let items: Vec<_> = lines.iter().map(|line| self.ear.items(&line.text.value)).collect();
        let proves = items.iter().flatten().any(|item| PROVES.contains(&item.name.as_str()));
        let act = self.lexicon.id(if proves { "identity_check" } else { "data_collection" });
        for (line, items) in lines.iter().zip(items) {
            let acts = match (self.given(line), act) {
                (Some(names), _) => self.by_hand(names, &line.text),
                (None, Some(id)) if !items.is_empty() => self.asked(id, line, items),
                _ => Vec::new(),
            };
            self.tagged.push(((line.text.span(), Voice::Agent), acts));
        }
    }

    fn asked(&self, id: ActId, line: &Line, items: Vec<super::Item>) -> Vec<Act> {
        const SECRETS: [&str; 5] = ["pin", "password", "cvv", "ssn_full", "otp"];
        let secret = items.iter().any(|item| SECRETS.contains(&item.name.as_str()));
        let range = 0..line.text.value.len();
        let mut acts = vec![Act { id, range: range.clone(), items: items.clone(), by: combine::PATTERN, confidence: 1.0 }];
        if secret && let Some(id) = self.lexicon.id("secret_request") {
            acts.push(Act { id, range, items, by: combine::PATTERN, confidence: 1.0 });
        }
        acts
    }
}
