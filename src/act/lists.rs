//! Lists of numbers end to end in one vector: compiled lexicons load by copying, not by allocating.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashMap;
use std::ops::Range;

/// Many lists. A list is named by its place in the order in which lists were added.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lists {
    #[serde(with = "packed")]
    numbers: Vec<u32>,
    /// Where each list ends in `numbers`.
    #[serde(with = "packed")]
    ends: Vec<u32>,
}

impl Lists {
    /// Adds a list; answers its place.
    pub fn push(&mut self, list: impl IntoIterator<Item = u32>) -> u32 {
        self.numbers.extend(list);
        self.ends.push(self.numbers.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// A list; empty for a place that there is not.
    pub fn get(&self, place: u32) -> &[u32] {
        &self.numbers[self.range(place)]
    }

    /// Where a list is among the numbers of all lists; empty for a place that there is not.
    pub fn range(&self, place: u32) -> Range<usize> {
        let place = place as usize;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.ends.get(place).map_or(0..0, |end| start..*end as usize)
    }

    /// The numbers of all lists, end to end.
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl FromIterator<Vec<u32>> for Lists {
    fn from_iter<I: IntoIterator<Item = Vec<u32>>>(all: I) -> Lists {
        let mut lists = Lists::default();
        for list in all {
            lists.push(list);
        }
        lists
    }
}

/// [`Lists`] in which equal lists share a place.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    pub lists: Lists,
    known: HashMap<Vec<u32>, u32>,
}

impl Interner {
    pub fn place(&mut self, list: Vec<u32>) -> u32 {
        let lists = &mut self.lists;
        match self.known.get(&list) {
            Some(&place) => place,
            None => {
                let place = lists.push(list.iter().copied());
                self.known.insert(list, place);
                place
            }
        }
    }
}

/// Numbers as four little-endian bytes each.
pub mod packed {
    use super::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(numbers: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        let number = |four: &[u8]| four.try_into().map_or(0, u32::from_le_bytes);
        Ok(bytes.chunks_exact(4).map(number).collect())
    }
}
