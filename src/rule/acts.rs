//! Which acts a property asks for. Each struct is taken apart whole, so that a new field cannot be
//! forgotten here.

use super::*;

impl Property {
    /// All acts that the property names, in the order of its fields.
    pub fn acts(&self) -> Vec<&Acts> {
        match self {
            Property::Absence(property) => absence(property),
            Property::Existence(Existence { of, about: _ }) => vec![of],
            Property::BoundedExistence(property) => bounded(property),
            Property::Precedence(Precedence { of, needs, after, opening: _ }) => vec![of, needs, after],
            Property::Response(property) => response(property),
            Property::Reachable(Reachable { from, to, avoiding, without }) => vec![from, to, avoiding, without],
            Property::NoCycle(NoCycle { of, after, avoiding }) => vec![of, after, avoiding],
            Property::Across(Across { of, agree: _, max: _, against }) => vec![of, against],
            Property::Run(Run { of, max_lines: _, max_words: _, broken_by }) => vec![of, broken_by],
            Property::Structure(_) => Vec::new(),
        }
    }
}

fn absence(property: &Absence) -> Vec<&Acts> {
    let Absence { of, lines: _, unless_beside, unless_before, unless_near, unless_answering, only_after, softened: _, raise, items: _ } =
        property;
    let raised = raise.iter().flat_map(|Raise { to: _, after, beside, repeated: _ }| [after, beside]);
    [of, unless_beside, unless_before, unless_near, unless_answering, only_after].into_iter().chain(raised).collect()
}

fn bounded(property: &BoundedExistence) -> Vec<&Acts> {
    let BoundedExistence { of, count: _, max: _, hard_max: _, after, then, until, avoiding } = property;
    vec![of, after, then, until, avoiding]
}

fn response(property: &Response) -> Vec<&Acts> {
    let Response { after, needs, before, or_question: _, within: _, anew, only_after } = property;
    vec![after, needs, before, anew, only_after]
}
