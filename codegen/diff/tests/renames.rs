//! What of `front.yaml` is taken for another name of the same thing, and what is not.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use front_codegen::ir::Api;
use front_codegen::spec::Spec;
use front_codegen::{resolve, spec};
use front_diff::example::{Files, merge, small, texts};
use front_diff::finding::{Permission, Rust, Wire};
use front_diff::{Diff, Finding, diff};

/// Two classes that allow the same, of which nobody says more.
const TWINS: &str = "
rate_limits:
  one: {about: Some., allow: 2, per: second, certainty: A}
  two: {about: Some., allow: 2, per: second, certainty: A}
";
const OTHER_TWINS: &str = "
rate_limits:
  one: null
  two: null
  three: {about: Some., allow: 2, per: second, certainty: A}
  four: {about: Some., allow: 2, per: second, certainty: A}
";

/// The small spec with changes: of `front.yaml`, then of the endpoints of `resources/tags.yaml`.
fn with(mut files: Files, [front, endpoints]: [&str; 2]) -> Files {
    let endpoints = format!("endpoints: {{{endpoints}}}");
    for (file, change) in [("front.yaml", front), ("resources/tags.yaml", &endpoints)] {
        let change: serde_yaml::Value = serde_yaml::from_str(change).unwrap();
        if change.is_mapping() {
            merge(files.get_mut(file).unwrap(), change);
        }
    }
    files
}

fn read(files: Files) -> (Spec, Api) {
    let (spec, problems) = spec::read_texts(texts(files).unwrap()).unwrap();
    assert!(!problems.has_errors(), "{}", problems.render(&spec.sources, false));
    let (api, problems) = resolve::resolve(&spec);
    let api = api.unwrap_or_else(|| panic!("{}", problems.render(&spec.sources, false)));
    (spec, api)
}

fn compared(before: [&str; 2], after: [&str; 2]) -> Diff {
    let old = with(small().unwrap(), before);
    let new = read(with(old.clone(), after));
    let old = read(old);
    let found = diff(&old.1, &new.1);
    assert!(found.unexplained.is_empty(), "{:#?}", found.unexplained);
    found
}

/// Rules and subjects of what is found, in order of their names.
fn found(before: [&str; 2], after: [&str; 2]) -> Vec<String> {
    let found = compared(before, after);
    let name = |of: &Finding| format!("{} {}", of.rule.id, of.subject.id);
    let mut names: Vec<String> = found.findings.iter().map(name).collect();
    names.sort();
    names
}

#[test]
fn a_permission_is_known_by_its_calls_and_then_by_its_sentence() {
    let calls = "list: {capability: 'labels:read'}, get: {capability: 'labels:read'}";
    let renamed = "capabilities: {'tags:read': null, 'labels:read': Read tags.}";
    assert_eq!(found([""; 2], [renamed, calls]), ["permission-renamed labels:read"]);
    // Its sentence besides.
    let reworded = "capabilities: {'tags:read': null, 'labels:read': See labels.}";
    assert_eq!(
        found([""; 2], [reworded, calls]),
        ["permission-renamed labels:read", "text-changed capabilities.labels:read"]
    );
    // One of its calls besides.
    assert_eq!(
        found(
            [""; 2],
            [renamed, "list: {capability: 'labels:read'}, get: {capability: none}"]
        ),
        ["capability-removed tags.get", "permission-renamed labels:read"]
    );
    // Other calls, and other words.
    assert_eq!(
        found(
            [""; 2],
            [reworded, "list: {capability: 'labels:read'}, get: {capability: none}"]
        ),
        [
            "capability-changed tags.list",
            "capability-removed tags.get",
            "permission-added labels:read",
            "permission-removed tags:read",
        ]
    );
}

#[test]
fn another_level_is_another_permission_unless_it_is_described_alike() {
    let calls = "create: {capability: 'tags:make'}";
    let reworded = "capabilities: {'tags:write': null, 'tags:make': Make tags.}";
    assert_eq!(
        found([""; 2], [reworded, calls]),
        [
            "capability-changed tags.create",
            "permission-added tags:make",
            "permission-removed tags:write",
        ]
    );
    let same = "capabilities: {'tags:write': null, 'tags:make': Make and change tags.}";
    assert_eq!(found([""; 2], [same, calls]), ["permission-renamed tags:make"]);
    // What only reads now does something else.
    let reads =
        "capabilities: {'tags:write': null, 'labels:read': Make and change tags.}";
    assert_eq!(
        found([""; 2], [reads, "create: {capability: 'labels:read'}"]),
        [
            "capability-changed tags.create",
            "permission-added labels:read",
            "permission-removed tags:write",
        ]
    );
}

#[test]
fn where_the_guide_names_a_permission_it_is_the_same_one() {
    let before = [
        "capabilities: {'old:read': Old.}",
        "get: {capability: 'old:read', published_scope: 'tags:read'}",
    ];
    let after = [
        "capabilities: {'old:read': null, 'new:read': Old.}",
        "get: {capability: 'new:read'}",
    ];
    let found = compared(before, after);
    let [one] = &found.findings[..] else { panic!("{:#?}", found.findings) };
    assert_eq!(one.rule.id, "permission-renamed");
    // No token has needed it.
    assert_eq!(one.axes.permission, Permission::None);
    assert!(one.reach.operations.is_empty());
}

#[test]
fn permissions_that_nobody_needs_and_that_are_described_alike_are_told_apart() {
    let before = "capabilities: {'a:read': Read., 'b:read': Read.}";
    let after = "capabilities: {'a:read': null, 'b:read': null, 'c:read': Read.}";
    assert_eq!(
        found([before, ""], [after, ""]),
        [
            "permission-added c:read",
            "permission-removed a:read",
            "permission-removed b:read",
        ]
    );
}

#[test]
fn a_class_is_known_by_what_it_allows_with_its_calls_or_its_sentence() {
    // Its calls tell one from its twin.
    let calls = "get: {rate_limit: three}, list: {rate_limit: four}";
    assert_eq!(
        found(
            [TWINS, "get: {rate_limit: one}, list: {rate_limit: two}"],
            [OTHER_TWINS, calls]
        ),
        ["rate-limit-renamed four", "rate-limit-renamed three"]
    );
    assert_eq!(
        found([TWINS, ""], [OTHER_TWINS, ""]),
        [
            "rate-limit-added four",
            "rate-limit-added three",
            "rate-limit-removed one",
            "rate-limit-removed two",
        ]
    );
    let certain = "rate_limits:
      each_tag: null
      by_tag: {about: Each., allow: 5, per: second, each: tag_id, certainty: B}";
    assert_eq!(
        found(
            ["", "get: {rate_limit: each_tag}"],
            [certain, "get: {rate_limit: by_tag}"]
        ),
        [
            "rate-limit-certainty-changed by_tag",
            "rate-limit-renamed by_tag",
            "text-changed rate_limits.by_tag.about",
        ]
    );
    // Another number is another class.
    let tighter = "rate_limits:
      each_tag: null
      by_tag: {about: 5 a second for each tag., allow: 3, per: second, each: tag_id, certainty: A}";
    assert_eq!(
        found(
            ["", "get: {rate_limit: each_tag}"],
            [tighter, "get: {rate_limit: by_tag}"]
        ),
        [
            "operation-rate-tightened tags.get",
            "rate-limit-added by_tag",
            "rate-limit-removed each_tag",
        ]
    );
}

#[test]
fn a_plan_is_known_by_its_number_and_of_several_by_its_sentence() {
    let reworded = "plans: {starter: null, small: {about: Few., per_minute: 50}}";
    assert_eq!(
        found([""; 2], [reworded, ""]),
        ["plan-renamed small", "text-changed plans.small.about"]
    );
    let larger = "plans: {starter: null, small: {about: Small teams., per_minute: 60}}";
    assert_eq!(
        found([""; 2], [larger, ""]),
        ["plan-added small", "plan-removed starter"]
    );
    let two = "plans: {trial: {about: To try., per_minute: 50}}";
    let others = "plans:
      starter: null
      trial: null
      small: {about: Small teams., per_minute: 50}
      free: {about: For nothing., per_minute: 50}";
    assert_eq!(
        found([two, ""], [others, ""]),
        ["plan-renamed free", "plan-renamed small", "text-changed plans.free.about"]
    );
    let neither = "plans:
      starter: null
      trial: null
      free: {about: For nothing., per_minute: 50}";
    assert_eq!(
        found([two, ""], [neither, ""]),
        ["plan-added free", "plan-removed starter", "plan-removed trial"]
    );
}

#[test]
fn a_plan_before_others_numbers_them_anew_in_one_finding() {
    let files = |names: &[&str]| {
        let mut files = small().unwrap();
        let plans = names.iter().enumerate().map(|(at, name)| {
            let plan = format!("{{about: A plan., per_minute: {}}}", 50 + at);
            format!("{name}: {plan}")
        });
        let plans = format!("plans: {{{}}}", plans.collect::<Vec<_>>().join(", "));
        let front = files.get_mut("front.yaml").unwrap();
        front.as_mapping_mut().unwrap().remove("plans");
        merge(front, serde_yaml::from_str(&plans).unwrap());
        read(files)
    };
    let found = |before: &[&str], after: &[&str]| {
        let (old, new) = (files(before), files(after));
        let found = diff(&old.1, &new.1);
        assert!(found.unexplained.is_empty(), "{:#?}", found.unexplained);
        let told = |of: &Finding| (of.rule.id, of.axes.rust);
        let mut told: Vec<_> = found.findings.iter().map(told).collect();
        told.retain(|(rule, _)| !rule.starts_with("plan-limit"));
        told
    };
    assert_eq!(found(&["a", "b"], &["a", "b", "c"]), [("plan-added", Rust::Minor)]);
    assert_eq!(found(&["a", "b"], &["c", "a", "b"]), [("plan-added", Rust::Major)]);
    assert_eq!(found(&["c", "a", "b"], &["a", "b"]), [("plan-removed", Rust::Major)]);
}

#[test]
fn a_second_form_that_is_gone_leaves_released_versions_working() {
    let again = "again: {operation: list-tags, method: GET, path: /tags, about: Lists tags., capability: 'tags:read', \
                 rate_limit: standard, webhook: none, variant_of: list, list: Tag}";
    let found = compared(["", again], ["", "again: null"]);
    let [gone] = &found.findings[..] else { panic!("{:#?}", found.findings) };
    assert_eq!((gone.rule.id, gone.axes.wire), ("operation-removed", Wire::None));
    assert_eq!(
        gone.notes,
        [("wire", "released versions keep working: `tags.list` goes there".to_owned())]
    );
}
