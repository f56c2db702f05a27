//! The reader never panics, and formatting is idempotent.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use front_codegen::spec;
use proptest::collection::vec;
use proptest::prelude::*;

const PATHS: [&str; 3] =
    ["spec/front.yaml", "spec/webhooks.yaml", "spec/resources/tags.yaml"];

fn base(path: &str) -> String {
    fs::read_to_string(
        front_tests::root().join("codegen/tests/diagnostics/reading/base").join(path),
    )
    .unwrap()
}

/// Reads a spec and prints its problems. The test passes if nothing panics.
fn read(texts: [String; 3]) {
    let files = PATHS.map(str::to_owned).into_iter().zip(texts).collect();
    match spec::read_texts(files) {
        Ok((spec, problems)) => {
            let _printed = problems.render(&spec.sources, false);
        }
        Err(unread) => {
            assert!(
                unread.problems.has_errors(),
                "nothing was read, but no error was reported"
            );
            let _printed = unread.problems.render(&unread.sources, true);
        }
    }
}

/// One change to a valid text.
#[derive(Debug, Clone)]
enum Edit {
    Drop(prop::sample::Index),
    Double(prop::sample::Index),
    Indent(prop::sample::Index, usize),
    Insert(prop::sample::Index, String),
}

fn edit() -> impl Strategy<Value = Edit> {
    let piece = prop::sample::select(vec![
        ":", " ", "\n", "- ", "#", " # x", "'", "\"", "[", "]", "{", "}", "&a ", "*a",
        "!t ", "|", "|-\n", ">", "?", "---\n", "\t", "é", "\u{2028}", "\u{feff}", "\r",
        "\0", "%", "<<: ", "~", "1e9", "true", ",", "\\", "@", "`", "...\n", "🏷",
    ]);
    prop_oneof![
        any::<prop::sample::Index>().prop_map(Edit::Drop),
        any::<prop::sample::Index>().prop_map(Edit::Double),
        (any::<prop::sample::Index>(), 0..9_usize)
            .prop_map(|(line, by)| Edit::Indent(line, by)),
        (any::<prop::sample::Index>(), piece)
            .prop_map(|(at, piece)| Edit::Insert(at, piece.to_owned())),
    ]
}

fn apply(text: &str, edits: Vec<Edit>) -> String {
    let mut text = text.to_owned();
    for edit in edits {
        let mut lines: Vec<String> =
            text.split_inclusive('\n').map(str::to_owned).collect();
        if lines.is_empty() {
            return text;
        }
        match edit {
            Edit::Drop(at) => drop(lines.remove(at.index(lines.len()))),
            Edit::Double(at) => {
                let at = at.index(lines.len());
                lines.insert(at, lines[at].clone());
            }
            Edit::Indent(at, by) => {
                let at = at.index(lines.len());
                lines[at] = format!("{}{}", " ".repeat(by), lines[at].trim_start());
            }
            Edit::Insert(at, piece) => {
                let positions: Vec<usize> =
                    text.char_indices().map(|(at, _)| at).collect();
                let at = positions[at.index(positions.len())];
                lines = vec![format!("{}{piece}{}", &text[..at], &text[at..])];
            }
        }
        text = lines.concat();
    }
    text
}

fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(256);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn reading_any_text_does_not_panic(text in any::<String>(), yaml in "[a-c:\\-\\[\\]{}#&*!|>'\"%@` \n\t,?~.é]{0,60}") {
        read([text.clone(), yaml.clone(), text]);
        read([yaml.clone(), base(PATHS[1]), yaml]);
    }

    #[test]
    fn reading_any_bytes_returns_an_error(bytes in vec(any::<u8>(), 0..200)) {
        let root = tempfile::tempdir().unwrap();
        for path in PATHS {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &bytes).unwrap();
        }
        assert!(spec::read(root.path()).is_err());
    }

    #[test]
    fn reading_after_any_edit_does_not_panic(edits in vec(edit(), 1..6), file in 0..3_usize) {
        let mut texts = PATHS.map(base);
        texts[file] = apply(&texts[file], edits);
        read(texts);
    }

    #[test]
    fn formatting_is_idempotent_and_changes_only_the_layout(edits in vec(edit(), 0..4), file in 0..3_usize) {
        let mut texts = PATHS.map(base);
        texts[file] = apply(&texts[file], edits);
        let root = tempfile::tempdir().unwrap();
        for (path, text) in PATHS.iter().zip(&texts) {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let before = spec::read(root.path()).ok();
        let first = front_codegen::format::format(root.path()).unwrap();
        let after = spec::read(root.path()).ok();
        let second = front_codegen::format::format(root.path()).unwrap();
        prop_assert!(second.written.is_empty(), "{:?} was written twice", second.written);
        prop_assert_eq!(first.written.len() + first.unchanged, second.unchanged);
        if let (Some((before, _)), Some((after, problems))) = (before, after) {
            prop_assert_eq!(before.front.1, after.front.1);
            prop_assert_eq!(before.webhooks.1, after.webhooks.1);
            prop_assert_eq!(before.resources[0].1.clone(), after.resources[0].1.clone());
            let remaining = problems.render(&after.sources, false);
            prop_assert_eq!(first.problems.render(&first.sources, false), remaining, "formatting reports the problems that reading reports afterwards");
        } else {
            prop_assert!(first.problems.has_errors());
        }
    }
}
