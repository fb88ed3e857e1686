//! Reading of what may be written in one of several shapes. serde's own way would try one shape after the other and
//! make a message for each that does not fit: a tenth of the time in which callint starts.

use super::{Acts, Limit};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use std::fmt;

impl<'de> Deserialize<'de> for Acts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Acts, D::Error> {
        deserializer.deserialize_any(AnyActs)
    }
}

struct AnyActs;

impl<'de> Visitor<'de> for AnyActs {
    type Value = Acts;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("an act or a list of acts")
    }

    fn visit_unit<E: Error>(self) -> Result<Acts, E> {
        Ok(Acts::None)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Acts, E> {
        Ok(Acts::One(name.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Acts, A::Error> {
        let mut names = Vec::with_capacity(list.size_hint().unwrap_or(0));
        while let Some(name) = list.next_element()? {
            names.push(name);
        }
        Ok(Acts::Many(names))
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Limit, D::Error> {
        deserializer.deserialize_any(AnyLimit)
    }
}

struct AnyLimit;

impl Visitor<'_> for AnyLimit {
    type Value = Limit;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a number, or $ and the name of a parameter")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Limit, E> {
        Ok(Limit::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Limit, E> {
        Ok(Limit::Number(number as f64))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Limit, E> {
        Ok(Limit::Number(number as f64))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Limit, E> {
        Ok(Limit::Param(name.to_string()))
    }
}
