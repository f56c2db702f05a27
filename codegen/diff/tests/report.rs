//! What a reviewer reads, in each format, of changes made by hand. `BLESS=1 cargo test` writes `tests/diff`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod made;

use std::fs;

use front_diff::finding::{Finding, Rust};
use front_diff::report::{
    Axis, FailOn, MARKER, Report, Versions, changelog, github, json, markdown, oneline,
    text,
};
use front_diff::surface::Change;
use front_import::unread::{Unread, UnreadChanges};
use made::{findings, of, sample, versions};

fn golden(name: &str, text: &str) {
    let path = front_tests::root().join("codegen/diff/tests/reports").join(name);
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, text).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(known, text, "{name}: BLESS=1 writes it");
}

#[test]
fn each_format_reads_as_it_should() {
    let report = sample();
    golden("report.txt", &text(&report, false, false));
    golden("verbose.txt", &text(&report, false, true));
    golden("report.md", &markdown(&report));
    golden("report.json", &json::json(&report));
    golden("github.txt", &github(&report));
    golden("oneline.txt", &oneline(&report));
    golden("changelog.md", &changelog::render(&changelog::entries(&report)));
    golden("permission.txt", &text(&sample().only(Axis::Permission), false, false));
    golden("nothing.txt", &oneline(&of(Vec::new(), versions("0.4.2", "0.4.2"), &[])));
}

#[test]
fn the_same_report_has_the_same_bytes() {
    for draw in [markdown, json::json, github, oneline] as [fn(&Report) -> String; 4] {
        assert_eq!(draw(&sample()), draw(&sample()));
    }
    assert_eq!(text(&sample(), true, true), text(&sample(), true, true));
    assert!(markdown(&sample()).starts_with(MARKER));
}

#[test]
fn json_is_what_its_schema_says() {
    let schema = json::schema();
    let path = front_tests::root().join("codegen/diff/schema/diff.json");
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, &schema).unwrap();
    }
    assert_eq!(schema, std::fs::read_to_string(&path).unwrap());
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let mut broken = sample();
    broken.unexplained.push(Change {
        key: "tags::Tag".to_owned(),
        old: Some("pub struct Tag".to_owned()),
        new: None,
        severity: Rust::Major,
    });
    let nothing = of(Vec::new(), Versions::default(), &[]);
    for report in [sample(), broken, nothing] {
        let text = json::json(&report);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}\n{text}");
        for key in ["verdict", "bump", "findings"] {
            assert!(value.get(key).is_some(), "{key}");
        }
        let mut odd = value.clone();
        odd["verdict"] = "fine".into();
        assert!(!validator.is_valid(&odd));
    }
}

/// As many findings as no comment holds, each of a resource.
fn many(count: usize) -> Vec<Finding> {
    let each = |number: usize| {
        let mut finding = findings().swap_remove(0);
        finding.subject.id = format!("tags.number_{number}");
        finding.subject.resource = format!("resource_{}", number % 7);
        finding.message = format!("`tags.number_{number}` is gone");
        finding.old = Some(number.to_string());
        finding
    };
    (0..count).map(each).collect()
}

#[test]
fn markdown_is_cut_between_changes() {
    for count in [10, 300, 2_000] {
        let text = markdown(&of(many(count), Versions::default(), &[]));
        assert!(text.chars().count() <= 60_000, "{}", text.chars().count());
        let shown = text.matches("- **breaking(rust, wire)**").count();
        let whole = text.matches("wire: released versions call what").count();
        assert_eq!(shown, whole, "a change is shown whole or not at all");
        let opened = text.matches("<details").count();
        assert_eq!(opened, text.matches("</details>").count());
        let left = format!("**{} changes left out here**", count - shown);
        assert_eq!(text.contains(&left), shown < count, "{shown} of {count}");
    }
}

#[test]
fn one_change_longer_than_a_comment_is_counted() {
    let mut long = findings().swap_remove(0);
    long.message = "very ".repeat(20_000);
    let text = markdown(&of(vec![long], Versions::default(), &[]));
    assert!(text.chars().count() < 60_000);
    assert!(text.contains("**1 change left out here**"), "{text}");
}

#[test]
fn what_the_spec_quotes_is_no_markup() {
    let mut odd = findings().swap_remove(0);
    odd.message = "`a` is <b>bold</b> @team --> | `x".to_owned();
    odd.notes = vec![("wire", "::error::x\n::error::y%".to_owned())];
    let report = of(vec![odd], Versions::default(), &[]);
    let text = markdown(&report);
    assert!(
        text.contains("`a` is &lt;b>bold&lt;/b> @\u{200b}team --> \\| \\`x"),
        "{text}"
    );
    let text = github(&report);
    assert!(text.contains("%0Awire: ::error::x%0A::error::y%25"), "{text}");
    assert_eq!(text.lines().count(), 2);
}

#[test]
fn github_shows_ten_of_a_kind() {
    let text = github(&of(many(25), Versions::default(), &[]));
    assert_eq!(text.matches("::error ").count(), 10);
    assert!(
        text.contains("::error title=spec diff::+16 more in the summary\n"),
        "{text}"
    );
}

#[test]
fn a_changelog_takes_each_entry_once() {
    let entries = changelog::entries(&sample());
    let old = "# Changelog\n\nAll of it.\n\n## [Unreleased]\n\n### Added\n\n- The crate,\n  in two lines.\n\n### Fixed\n\n- A bug.\n\n## [0.1.0] - 2026-01-01\n\n### Added\n\n- First.\n";
    let new = changelog::insert(old, &entries);
    assert_eq!(changelog::insert(&new, &entries), new);
    golden("inserted.md", &new);
    assert_eq!(changelog::insert(old, &[]), old);
    let none = "# Changelog\n\n## [0.1.0]\n\n- First.\n";
    let new = changelog::insert(none, &entries);
    assert!(new.starts_with("# Changelog\n\n## [Unreleased]\n\n### "), "{new}");
    assert!(new.ends_with("\n\n## [0.1.0]\n\n- First.\n"), "{new}");
    assert_eq!(changelog::insert(&new, &entries), new);
}

#[test]
fn keywords_that_are_not_read_need_attention() {
    let one = |value: &str| Unread {
        at: "#/servers".to_owned(),
        value: front_codegen::spec::model::Fact::Text(value.to_owned()),
        why: "requests go to one address".to_owned(),
    };
    let unread = UnreadChanges::between(&[one("a")], &[one("b")]);
    let report = of(Vec::new(), Versions::default(), &[]).of_documents(unread);
    assert_eq!(report.headline.to_string(), "attention 1");
    let open = |fail_on| report.clone().gated(fail_on, false).gate.is_open();
    assert!(open(FailOn::Breaking) && open(FailOn::Never));
    assert!(!open(FailOn::Attention) && !open(FailOn::Additive));
    let closed = oneline(&report.gated(FailOn::Attention, false));
    assert!(closed.contains("blocked: 1 differing keyword is not read"), "{closed}");
}
