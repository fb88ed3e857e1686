//! Answers kept by their text: the scripts of one house share their lines, and who edits a script asks
//! about the same lines again and again.

use foldhash::{HashMap, fast::RandomState};
use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

/// How many parts are locked by themselves; a power of two, well above the number of threads.
const SHARDS: usize = 64;
/// In texts, for each part; a full one is emptied. A script is looked through twice, and all parts together hold
/// the lines of one of 100,000.
const MOST: usize = 2048;
/// In bytes; longer texts hardly come twice.
const LONGEST: usize = 1000;

/// What a pure function answered to texts. Any number of threads may ask.
pub struct Memo<V> {
    hasher: RandomState,
    shards: Vec<Mutex<HashMap<Box<str>, V>>>,
}

impl<V> Default for Memo<V> {
    fn default() -> Memo<V> {
        Memo { hasher: RandomState::default(), shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }
}

/// A copy begins with nothing kept.
impl<V> Clone for Memo<V> {
    fn clone(&self) -> Memo<V> {
        Memo::default()
    }
}

impl<V> std::fmt::Debug for Memo<V> {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        out.write_str("Memo")
    }
}

impl<V: Clone> Memo<V> {
    /// The answer to a text, worked out where it is not known.
    pub fn get(&self, text: &str, answer: impl FnOnce() -> V) -> V {
        if text.len() > LONGEST {
            return answer();
        }
        let shard = &self.shards[self.hasher.hash_one(text) as usize % SHARDS];
        if let Some(known) = shard.lock().unwrap_or_else(PoisonError::into_inner).get(text) {
            return known.clone();
        }
        // Not locked meanwhile: two threads may work out the same answer.
        let answer = answer();
        let mut known = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(text.into(), answer.clone());
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_worked_out_once_and_much_is_forgotten() {
        let memo = Memo::default();
        let mut asked = 0;
        for _ in 0..2 {
            let length = memo.get("Good morning", || {
                asked += 1;
                12
            });
            assert_eq!(length, 12);
        }
        assert_eq!(asked, 1);
        for number in 0..SHARDS * MOST * 2 {
            memo.get(&number.to_string(), || 0);
        }
        let kept: usize = memo.shards.iter().map(|shard| shard.lock().map_or(0, |shard| shard.len())).sum();
        assert!(kept <= SHARDS * MOST);
    }
}
