//! `effort:` of the project file: what a call may ask of a caller, by what the caller wants.

use super::file::place;
use super::nearest;
use crate::effort::{KINDS, Measure};
use crate::error::Error;
use serde_yaml::Spanned;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// The most of each measure, in the order of [`Measure::ALL`].
pub type Budget = Vec<(Measure, usize)>;

/// By what the caller wants.
pub(super) type Budgets = HashMap<Spanned<String>, Limits>;

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Limits {
    max_turns: Option<usize>,
    max_items: Option<usize>,
    max_offers: Option<usize>,
    max_refusals: Option<usize>,
    max_transfers: Option<usize>,
    max_holds: Option<usize>,
    max_seconds: Option<usize>,
}

/// # Errors
/// A name that is nearly, but not quite, that of a kind. Any other may be an intent of some script.
pub(super) fn read(path: &Path, written: Budgets) -> Result<BTreeMap<String, Budget>, Error> {
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let mut budgets = BTreeMap::new();
    for (name, limits) in written {
        let is_known = kinds.contains(&name.value.as_str());
        if let Some(near) = nearest(&name.value, &kinds).filter(|_| !is_known) {
            return Err(place(path, &name).error(format!("unknown intent `{}`; did you mean `{near}`?", name.value)));
        }
        budgets.insert(name.value, limits.list());
    }
    Ok(budgets)
}

impl Limits {
    fn list(&self) -> Budget {
        let limit = |measure| match measure {
            Measure::Turns => self.max_turns,
            Measure::Items => self.max_items,
            Measure::Offers => self.max_offers,
            Measure::Refusals => self.max_refusals,
            Measure::Transfers => self.max_transfers,
            Measure::Holds => self.max_holds,
            Measure::Seconds => self.max_seconds,
        };
        Measure::ALL.into_iter().filter_map(|measure| Some((measure, limit(measure)?))).collect()
    }
}
