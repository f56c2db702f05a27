//! `format` formats valid files and leaves the others unchanged.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

const TAGS: &str = "spec/resources/tags.yaml";

fn project() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("spec/resources")).unwrap();
    for path in ["spec/front.yaml", "spec/webhooks.yaml", TAGS] {
        fs::write(root.path().join(path), base(path)).unwrap();
    }
    root
}

fn base(path: &str) -> String {
    fs::read_to_string(
        front_tests::root().join("codegen/tests/diagnostics/reading/base").join(path),
    )
    .unwrap()
}

#[test]
fn layout_is_corrected() {
    let root = project();
    let tags = base(TAGS)
        .replace("    arguments:\n    - name\n", "    arguments: ['name']\n\n")
        .replace(
            "    method: POST\n    path: /tags\n",
            "    path: \"/tags\"\n    method: POST\n",
        )
        .replace("about: Creates a tag.", "about: >-\n      Creates\n      a tag.")
        .replace(
            "      status: 201\n      type: Tag\n",
            "        type: Tag\n        status: 201\n",
        );
    assert_ne!(tags, base(TAGS));
    fs::write(root.path().join(TAGS), tags).unwrap();
    let report = front_codegen::format::format(root.path()).unwrap();
    assert_eq!((report.written, report.unchanged), (vec![TAGS.to_owned()], 2));
    assert!(report.problems.is_empty());
    assert_eq!(fs::read_to_string(root.path().join(TAGS)).unwrap(), base(TAGS));
}

#[test]
fn crlf_becomes_lf() {
    let root = project();
    fs::write(root.path().join(TAGS), base(TAGS).replace('\n', "\r\n")).unwrap();
    let report = front_codegen::format::format(root.path()).unwrap();
    assert_eq!((report.written, report.unchanged), (vec![TAGS.to_owned()], 2));
    assert!(report.problems.is_empty());
    assert_eq!(fs::read_to_string(root.path().join(TAGS)).unwrap(), base(TAGS));
}

#[test]
fn the_line_for_editors_is_added() {
    let line = "# yaml-language-server: $schema=../schema/resource.json\n";
    let rest = base(TAGS).strip_prefix(line).unwrap().to_owned();
    for written in
        [rest.clone(), format!("# yaml-language-server: $schema=../tags.json\n\n{rest}")]
    {
        let root = project();
        fs::write(root.path().join(TAGS), written).unwrap();
        let report = front_codegen::format::format(root.path()).unwrap();
        assert_eq!(report.written, [TAGS]);
        assert_eq!(fs::read_to_string(root.path().join(TAGS)).unwrap(), base(TAGS));
    }
    let front = base("spec/front.yaml");
    assert!(front.starts_with("# yaml-language-server: $schema=schema/front.json\n"));
}

#[test]
fn a_file_that_would_lose_content_is_left_unchanged() {
    for (from, to) in [
        ("noun: tag\n", "noun:   tag # one of them\n"),
        ("noun: tag\n", "noun:   tag\ncolour: blue\n"),
        ("noun: tag\n", "noun:   tag\nnoun: label\n"),
        ("noun: tag\n", "noun:   ~\n"),
        ("noun: tag\n", "noun:   &noun tag\n"),
        ("noun: tag\n", "noun:   [tag]\n"),
        ("noun: tag\n", "noun:   tag: tag\n"),
        ("      description: nullable", "      \"des\\u2028cription\":   nullable"),
    ] {
        let root = project();
        let text = base(TAGS).replace(from, to);
        fs::write(root.path().join(TAGS), &text).unwrap();
        let report = front_codegen::format::format(root.path()).unwrap();
        assert!(report.written.is_empty(), "{to}");
        assert!(report.problems.has_errors(), "{to}");
        assert_eq!(fs::read_to_string(root.path().join(TAGS)).unwrap(), text);
    }
}

#[test]
fn an_invalid_file_does_not_prevent_formatting_of_others() {
    let root = project();
    fs::write(root.path().join("spec/front.yaml"), "api: [").unwrap();
    fs::write(root.path().join(TAGS), base(TAGS).replace("noun: tag", "noun: 'tag'"))
        .unwrap();
    let report = front_codegen::format::format(root.path()).unwrap();
    assert_eq!(report.written, [TAGS]);
    assert_eq!(report.problems.errors(), 1);
}
