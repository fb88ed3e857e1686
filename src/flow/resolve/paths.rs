//! Names of files as jumps write them.

/// A path relative to the folder of the file that names it.
pub fn beside(from: &str, name: &str) -> String {
    match from.rfind('/') {
        Some(at) if !name.starts_with('/') => format!("{}/{name}", &from[..at]),
        _ => name.to_string(),
    }
}

/// Takes `.` and `..` out of a path.
pub fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
