//! Files that are written whole or not at all.

use crate::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes beside the file first, then puts the new one in its place. A link stays a link, and the
/// permissions stay as they were.
///
/// # Errors
/// When the folder or the file cannot be written; the file is then as it was.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let beside = beside(&real);
    let replace = || {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        if let Ok(known) = fs::metadata(&real) {
            file.set_permissions(known.permissions())?;
        }
        fs::rename(&beside, &real)
    };
    replace().map_err(|source| {
        let _ = fs::remove_file(&beside);
        Error::WriteFile { path: path.to_path_buf(), source }
    })
}

/// In the same folder, as a file can only be renamed within a disk.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    path.with_file_name(format!(".{name}.{}.new", std::process::id()))
}
