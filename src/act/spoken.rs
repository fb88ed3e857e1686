//! Words as they are spoken: lower case, contractions in two, hyphens apart.

/// A lower-case letter as everybody types it: many leave accents out, and apostrophes come in two shapes.
pub fn plain(letter: char) -> char {
    match letter {
        '’' => '\'',
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        _ => letter,
    }
}

/// The words of a pattern, in the same shape as those of a line.
pub fn pattern_words(text: &str) -> Vec<String> {
    let (stem, star) = text.strip_suffix('*').map_or((text, ""), |stem| (stem, "*"));
    let mut parts = Vec::new();
    let lower: String = stem.chars().flat_map(char::to_lowercase).map(plain).collect();
    for piece in lower.split('-').filter(|piece| !piece.is_empty()) {
        split_contraction(piece, |part, _| parts.push(part.to_string()));
    }
    if let Some(last) = parts.last_mut() {
        last.push_str(star);
    }
    parts
}

/// Calls `emit` with each part of a lower-case word and the number of bytes of the word it covers.
pub fn split_contraction(word: &str, mut emit: impl FnMut(&str, usize)) {
    if matches!(word, "cannot" | "can't" | "cant") {
        emit("can", 3);
        emit("not", word.len() - 3);
        return;
    }
    let whole = match word {
        "won't" => Some("will"),
        "shan't" => Some("shall"),
        "ain't" => Some("is"),
        _ => None,
    };
    let Some(cut) = word.rfind('\'') else { return emit(word, word.len()) };
    if let Some(stem) = word.strip_suffix("n't") {
        emit(whole.unwrap_or(stem), stem.len());
        return emit("not", 3);
    }
    let (stem, tail) = word.split_at(cut);
    let part = match tail {
        "'m" => "am",
        "'re" => "are",
        "'ll" => "will",
        "'ve" => "have",
        "'s" | "'d" => tail,
        _ => return emit(word, word.len()),
    };
    if !stem.is_empty() {
        emit(stem, stem.len());
    }
    emit(part, tail.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_see_the_same_words() {
        assert_eq!(pattern_words("can't"), ["can", "not"]);
        assert_eq!(pattern_words("one-time*"), ["one", "time*"]);
        assert_eq!(pattern_words("we're"), ["we", "are"]);
        assert_eq!(pattern_words("Contraseña"), ["contrasena"]);
    }
}
