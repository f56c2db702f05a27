//! Phrases that readers stumbled over do not come back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::fs;
use std::path::{Path, PathBuf};

use front_tests::root;

/// Phrases, in lower case, and what to write instead. `stands for` and others that contain a phrase and are fine are in [`FINE`].
const PHRASES: &[(&str, &str)] = &[
    ("that cannot be one", "invalid, malformed"),
    ("which is none", "invalid"),
    ("that is none", "invalid"),
    ("what holds anyway", "the default"),
    ("all the same", "nevertheless, or nothing"),
    ("but for", "except"),
    ("whoever hands", "the caller"),
    ("who hands", "the caller"),
    ("of ours", "our"),
    ("is told", "is notified, reports"),
    ("in circles", "a cycle"),
    ("came about", "happened, was established"),
    ("said yes", "responded with success"),
    ("says yes", "responds with success"),
    ("says no", "rejects"),
    ("stands", "is"),
    ("cannot be meant", "invalid value"),
    ("is well:", "is valid"),
    ("is not well", "is invalid"),
    ("why a rule is one", "explain the rule"),
    ("where it was left", "the merge base"),
    ("there is no word of", "does not appear in"),
    ("puts none", "removes"),
    ("none yet.", "no .. set"),
    ("waits since", "has been waiting since"),
    ("held wrong", "misused"),
    ("on doubt", "when in doubt"),
    ("does not give us", "cannot be read"),
    ("wait for an entry", "need an entry"),
    ("how it went", "the result"),
    ("what it is not", "say what it is"),
    ("has a say", "decides"),
    ("and no more of", "at most"),
    ("that others do not", "the difference"),
];

/// What contains a phrase and is plain English.
const FINE: &[&str] = &["stands for", "stands alone", "standstill"];

/// Folders that are not ours or are made from others.
const SKIPPED: &[&str] = &["target", ".git", "node_modules"];

fn texts(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                texts(&path, found);
            }
        } else if [".rs", ".md", ".yaml", ".yml", ".toml", ".txt", ".stderr"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            found.push(path);
        }
    }
}

/// Whether the phrase is in the line as whole words, outside of what is fine.
fn has(line: &str, phrase: &str) -> bool {
    line.match_indices(phrase).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + phrase.len()..].chars().next();
        let is_inside =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let is_fine = FINE.iter().any(|fine| line[at..].starts_with(fine));
        !is_inside(before) && !is_inside(after) && !is_fine
    })
}

#[test]
fn no_text_has_a_phrase_that_readers_stumbled_over() {
    let root = root();
    let mut files = Vec::new();
    texts(&root, &mut files);
    assert!(files.len() > 500, "{} files", files.len());
    let mut found = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(&root).unwrap();
        if path.ends_with("tests/wording.rs") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let lower = line.to_lowercase();
            for (phrase, better) in PHRASES.iter().filter(|(of, _)| has(&lower, of)) {
                let place = format!("{}:{}", path.display(), number + 1);
                found.push(format!("{place}: `{phrase}`; better: {better}"));
            }
        }
    }
    assert!(found.is_empty(), "{} lines:\n{}", found.len(), found.join("\n"));
}

#[test]
fn phrases_are_found_as_whole_words() {
    assert!(has("it is told of that", "is told"));
    assert!(has("what stands here", "stands"));
    assert!(!has("what `{body}` stands for", "stands"));
    assert!(!has("it understands", "stands"));
}
