//! Faults of reading as findings of the `reading/` family.

use super::settings::Settings;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::rules;
use crate::script::Fault;
use crate::source::{Source, Span};

/// What could not be read in the sources, in their order.
pub fn diagnostics(sources: &[Source], settings: &Settings) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (file, source) in sources.iter().enumerate() {
        if let Some(&first) = source.invalid.first() {
            let count = source.invalid.len();
            let fault = Fault {
                name: "encoding",
                message: format!(
                    "{count} byte{} of this file {} not UTF-8 text",
                    if count == 1 { "" } else { "s" },
                    if count == 1 { "is" } else { "are" }
                ),
                help: "Save the file as UTF-8; each of these bytes was read as a question mark.".to_string(),
                span: Span::new(first, first + 1),
                related: None,
            };
            found.extend(diagnostic(file, &fault, settings));
        }
        for fault in settings.scripts[file].iter().flat_map(|script| &script.faults) {
            found.extend(diagnostic(file, fault, settings));
        }
    }
    found
}

pub fn diagnostic(file: usize, fault: &Fault, settings: &Settings) -> Option<Diagnostic> {
    let rule = format!("reading/{}", fault.name);
    let setting = settings.at(&rule, file, fault.span.start);
    if setting.is_off {
        return None;
    }
    let usual = rules::reading::find(&rule).map_or(Severity::Warning, |rule| rule.severity);
    Some(Diagnostic {
        help: fault.help.clone(),
        related: fault.related.iter().map(|(span, message)| Label { file, span: *span, message: message.clone() }).collect(),
        ..Diagnostic::new(rule, setting.level.unwrap_or(usual), &fault.message, file, vec![fault.span])
    })
}
