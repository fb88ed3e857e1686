//! How like two names are: a broken jump may mean the one most like it.

/// The Jaro-Winkler similarity above which one name may be meant for the other.
pub(super) const LIKE: f64 = 0.82;

/// Whether two names can be as like as that: what they share at most is counted quicker than how like
/// they are. Exact for ASCII; all others may be.
pub(super) fn may_be_like(a: &str, b: &str) -> bool {
    if !a.is_ascii() || !b.is_ascii() || a.is_empty() || b.is_empty() {
        return true;
    }
    let letters = |name: &str| name.bytes().fold(0_u128, |set, byte| set | 1 << byte);
    let (in_a, in_b) = (letters(a), letters(b));
    let shared = |name: &str, letters: u128| name.bytes().filter(|byte| letters >> byte & 1 == 1).count();
    let matches = shared(a, in_b).min(shared(b, in_a)) as f64;
    let prefix = a.bytes().zip(b.bytes()).take(4).take_while(|(a, b)| a == b).count() as f64;
    let jaro = (matches / a.len() as f64 + matches / b.len() as f64 + 1.0) / 3.0;
    jaro + 0.1 * prefix * (1.0 - jaro) > LIKE - 1e-9
}
