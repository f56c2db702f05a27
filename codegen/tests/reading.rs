//! Compares the diagnostics of reading an invalid spec with committed files.
//!
//! A case is a folder in `diagnostics/reading`: its files replace those of `base`, a small valid spec; paths listed in
//! `removed.txt` are removed; `expected.txt` contains the printed diagnostics. `BLESS=1 cargo test` writes it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use front_codegen::problem::{Code, Problems};
use front_codegen::source::Source;
use front_codegen::spec;

fn folder() -> PathBuf {
    front_tests::root().join("codegen/tests/diagnostics/reading")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Creates the project of a case in `root`.
fn project(case: &Path, root: &Path) {
    copy(&folder().join("base"), root);
    if case.join("spec").exists() {
        copy(&case.join("spec"), &root.join("spec"));
    }
    for path in fs::read_to_string(case.join("removed.txt")).unwrap_or_default().lines()
    {
        let path = root.join(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
    }
    // Files that git or a review could not handle are created here.
    let tags = root.join("spec/resources/tags.yaml");
    let text = fs::read_to_string(&tags).unwrap_or_default();
    let bytes: Vec<u8> = match case.file_name().unwrap().to_str().unwrap() {
        "not_utf8" => {
            [text.replace("Labels", "\u{c9}tiquettes").as_bytes(), b"note: caf\xe9\n"]
                .concat()
        }
        "byte_order_mark" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "huge_file" => text.bytes().chain(std::iter::repeat_n(b'\n', 1 << 20)).collect(),
        "unreadable_file" => {
            fs::remove_file(&tags).unwrap();
            fs::create_dir(&tags).unwrap();
            return;
        }
        _ => return,
    };
    fs::write(tags, bytes).unwrap();
}

fn read(root: &Path) -> (Problems, Vec<Source>) {
    match spec::read(root) {
        Ok((spec, problems)) => (problems, spec.sources),
        Err(unread) => {
            assert!(
                unread.problems.has_errors(),
                "nothing was read, but no error was reported"
            );
            (unread.problems, unread.sources)
        }
    }
}

#[test]
fn diagnostics_match_the_committed_files() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut failed = Vec::new();
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    for case in cases {
        let root = tempfile::tempdir().unwrap();
        project(&case, root.path());
        let (problems, sources) = read(root.path());
        let text = problems.render(&sources, false);
        let expected = case.join("expected.txt");
        if bless {
            fs::write(&expected, &text).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n")
            != text
        {
            failed.push(format!("{}\n{text}", case.display()));
        }
    }
    assert!(
        failed.is_empty(),
        "the diagnostics differ; if this is intended, run `BLESS=1 cargo test`\n\n{}",
        failed.join("\n")
    );
}

#[test]
fn every_rule_of_reading_has_a_case() {
    let mut texts = String::new();
    for entry in fs::read_dir(folder()).unwrap() {
        texts.push_str(
            &fs::read_to_string(entry.unwrap().path().join("expected.txt")).unwrap(),
        );
    }
    for code in front_codegen::problem::Code::ALL
        .iter()
        .filter(|code| code.id().starts_with("E00"))
    {
        assert!(
            texts.contains(&format!("error[{}]", code.id())),
            "no case has the diagnostic {} {}",
            code.id(),
            code.summary()
        );
    }
}

#[test]
fn only_a_limited_number_of_problems_is_printed() {
    let file =
        |number| (format!("spec/resources/r{number}.yaml"), "colour: blue\n".to_owned());
    let unread = spec::read_texts((0..100).map(file).collect()).unwrap_err();
    assert_eq!(
        unread.problems.len(),
        2 + 200,
        "two files are missing; each file lacks keys and has an unknown one"
    );
    let text = unread.problems.render(&unread.sources, false);
    assert_eq!(text.matches("error[").count(), Problems::SHOWN);
    assert!(text.ends_with("\n\n... and 152 more\n\n"), "{text}");
}

#[test]
fn colour_is_optional() {
    let unread = spec::read_texts(Vec::new()).unwrap_err();
    assert!(!unread.problems.render(&unread.sources, false).contains('\x1b'));
    assert!(unread.problems.render(&unread.sources, true).contains('\x1b'));
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let (_, text) = base("spec/resources/tags.yaml");
    let text = text.replace("noun: tag", "\"a\\e[31m\u{202e}\": x");
    let (problems, sources) =
        match spec::read_texts(vec![("spec/resources/tags.yaml".to_owned(), text)]) {
            Ok((spec, problems)) => (problems, spec.sources),
            Err(unread) => (unread.problems, unread.sources),
        };
    let printed = problems.render(&sources, false);
    assert!(!printed.contains(['\x1b', '\u{202e}']), "{printed}");
}

fn base(path: &str) -> (String, String) {
    (path.to_owned(), fs::read_to_string(folder().join("base").join(path)).unwrap())
}

fn base_files() -> Vec<(String, String)> {
    ["spec/front.yaml", "spec/webhooks.yaml", "spec/resources/tags.yaml"]
        .map(base)
        .to_vec()
}

#[test]
fn only_the_layout_depends_on_line_endings_and_nothing_on_the_order_of_files() {
    let (expected, problems) = spec::read_texts(base_files()).unwrap();
    assert!(problems.is_empty());
    let reversed = base_files()
        .into_iter()
        .rev()
        .map(|(path, text)| (path, text.replace('\n', "\r\n")));
    let (spec, problems) = spec::read_texts(reversed.collect()).unwrap();
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, vec![Code::NotCanonical; expected.sources.len()]);
    let shown = problems.render(&spec.sources, false);
    assert!(shown.contains("the lines end with CRLF; LF is expected"), "{shown}");
    assert_eq!(spec.front, expected.front);
    assert_eq!(spec.webhooks, expected.webhooks);
    assert_eq!(spec.resources, expected.resources);
}

#[test]
fn empty_collections_need_brackets() {
    let mut files = base_files();
    files[2].1 = files[2].1.replace("  Tag:\n", "  Tag:\n    links: []\n");
    let (spec, problems) = spec::read_texts(files).unwrap();
    assert!(problems.is_empty(), "{}", problems.render(&spec.sources, false));
    assert_eq!(spec.resources[0].1.types["Tag"].links, Some(Vec::new()));
}

#[test]
fn a_list_with_an_invalid_item_is_not_read() {
    // Otherwise the positions of its other items would be wrong.
    for item in ["- ~\n", "- grey: ~\n"] {
        let mut files = base_files();
        let values = format!("    values:\n    {item}    - 1x\n");
        files[2].1 = files[2].1.replace("    values:\n", &values);
        let unread = spec::read_texts(files).unwrap_err();
        assert_eq!(unread.problems.errors(), 1, "{item}");
    }
}

#[test]
fn a_spec_with_minor_problems_is_still_read() {
    let mut files = base_files();
    files[2].1 =
        files[2].1.replace("noun: tag\n", "noun: tag # singular\ncolour: blue\n");
    let (_, problems) = spec::read_texts(files).unwrap();
    assert_eq!(problems.errors(), 2);
}

/// A link may lead to any file on the reader's machine, and errors quote the file.
#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("secret.yaml"), "password: hunter2\n").unwrap();
    for path in [
        "spec/resources/teams.yaml",
        "spec/resources/tags.yaml",
        "spec/front.yaml",
        "spec/acks.yaml",
    ] {
        let root = tempfile::tempdir().unwrap();
        copy(&folder().join("base"), root.path());
        let link = root.path().join(path);
        if link.exists() {
            fs::remove_file(&link).unwrap();
        }
        std::os::unix::fs::symlink(elsewhere.path().join("secret.yaml"), &link).unwrap();
        let (problems, sources) = read(root.path());
        let printed = problems.render(&sources, false);
        assert!(printed.contains("error[E0005]: this is a symbolic link"), "{printed}");
        assert!(printed.contains(path) && !printed.contains("hunter2"), "{printed}");
        assert!(sources.iter().all(|source| !source.text.contains("hunter2")));
    }
    for path in ["spec", "spec/resources"] {
        let root = tempfile::tempdir().unwrap();
        copy(&folder().join("base"), root.path());
        fs::rename(root.path().join(path), root.path().join("moved")).unwrap();
        std::os::unix::fs::symlink(root.path().join("moved"), root.path().join(path))
            .unwrap();
        let (problems, sources) = read(root.path());
        let printed = problems.render(&sources, false);
        assert!(printed.contains("it is a symbolic link"), "{printed}");
    }
}

/// Invisible characters are rejected at every position and in every notation.
#[test]
fn invisible_characters_are_refused_everywhere() {
    for escape in [
        "\\r", "\\t", "\\x07", "\\u0085", "\\u2028", "\\u202e", "\\u2066", "\\u200f",
        "\\ufeff",
    ] {
        for (old, new) in [
            ("noun: tag\n", format!("noun: \"ta{escape}g\"\n")),
            (
                "    about: Creates a tag.\n",
                format!("    about: \"Creates{escape}a tag.\"\n"),
            ),
            ("    - asc\n", format!("    - \"a{escape}sc\"\n")),
            (
                "    - desc: The largest first.\n",
                format!("    - desc: \"a{escape}b\"\n"),
            ),
        ] {
            let mut files = base_files();
            let changed = files[2].1.replacen(old, &new, 1);
            assert_ne!(changed, files[2].1, "{old}");
            files[2].1 = changed;
            let problems = match spec::read_texts(files) {
                Ok((_, problems)) => problems,
                Err(unread) => unread.problems,
            };
            let codes: Vec<&str> =
                problems.iter().map(|problem| problem.code.id()).collect();
            assert!(codes.contains(&"E0022"), "{new}: {codes:?}");
        }
    }
}
