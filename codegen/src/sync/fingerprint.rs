//! A fingerprint of folders: it differs if a name or a byte in them differs.

use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::io;
use std::path::Path;

/// Returns a fingerprint of all names and bytes below these folders, or `None` if one of them contains a symbolic link, which is
/// not followed.
///
/// Fingerprints of different versions of a program are not comparable.
///
/// # Errors
///
/// Something below a folder cannot be read.
pub fn fingerprint<'p>(
    folders: impl IntoIterator<Item = &'p Path>,
) -> io::Result<Option<u64>> {
    let mut hasher = DefaultHasher::new();
    for folder in folders {
        if !add(&mut hasher, folder)? {
            return Ok(None);
        }
    }
    Ok(Some(hasher.finish()))
}

/// Adds a file or folder; returns false for anything else.
fn add(hasher: &mut DefaultHasher, path: &Path) -> io::Result<bool> {
    // Lengths keep names and contents apart.
    let mut field = |bytes: &[u8]| {
        hasher.write_usize(bytes.len());
        hasher.write(bytes);
    };
    field(path.as_os_str().as_encoded_bytes());
    let kind = fs::symlink_metadata(path)?.file_type();
    if kind.is_file() {
        field(&fs::read(path)?);
        return Ok(true);
    }
    if !kind.is_dir() {
        return Ok(false);
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(path)? {
        paths.push(entry?.path());
    }
    paths.sort();
    hasher.write_usize(paths.len());
    for path in paths {
        if !add(hasher, &path)? {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(folder: &Path) -> Option<u64> {
        fingerprint([folder]).expect("a folder that can be read")
    }

    #[test]
    fn every_change_below_a_folder_changes_the_fingerprint() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let write =
            |name: &str, text: &str| fs::write(path(name), text).expect("a file");
        fs::create_dir(path("below")).expect("a folder");
        write("below/a", "one");
        write("b", "two");
        let before = of(folder.path());
        assert_eq!(of(folder.path()), before);
        let mut seen = vec![before];
        let mut changed = || {
            let now = of(folder.path());
            assert!(!seen.contains(&now), "the change is not seen");
            seen.push(now);
        };
        write("below/a", "onf");
        changed();
        write("below/a", "on");
        write("b", "etwo");
        changed();
        fs::rename(path("b"), path("c")).expect("renamed");
        changed();
        fs::remove_file(path("c")).expect("removed");
        changed();
        fs::create_dir(path("empty")).expect("a folder");
        changed();
        assert!(fingerprint([path("none").as_path()]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_has_no_fingerprint() {
        let folder = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink("elsewhere", folder.path().join("link"))
            .expect("a link");
        assert_eq!(of(folder.path()), None);
    }
}
