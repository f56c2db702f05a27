//! What a report must not claim: where two changes look alike, and mean something else.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use front_codegen::ir::Api;
use front_codegen::spec::Spec;
use front_codegen::{resolve, spec};
use front_diff::example::{merge, small, texts};
use front_diff::finding::{Axes, Rust, Verdict, Wire};
use front_diff::report::fingerprint::fingerprint;
use front_diff::report::{Report, Versions, markdown, report, text};
use front_diff::{Diff, Finding, catalog, diff};

/// The small spec with changes of `tags.yaml`, one after the other.
fn read(changes: &[&str]) -> (Spec, Api) {
    let mut files = small().unwrap();
    for change in changes {
        let tags = files.get_mut("resources/tags.yaml").unwrap();
        merge(tags, serde_yaml::from_str(change).unwrap());
    }
    let (spec, problems) = spec::read_texts(texts(files).unwrap()).unwrap();
    assert!(!problems.has_errors(), "{}", problems.render(&spec.sources, false));
    let (api, problems) = resolve::resolve(&spec);
    let api = api.unwrap_or_else(|| panic!("{}", problems.render(&spec.sources, false)));
    (spec, api)
}

fn compared(before: &str, after: &str) -> (Diff, Report) {
    let (old, new) = (read(&[before]), read(&[before, after]));
    let base = &old.1;
    let head = &new.1;
    let found = diff(base, head);
    assert!(found.unexplained.is_empty(), "{:#?}", found.unexplained);
    let told = report(&found, base, head, Versions::default(), &[]);
    (found, told)
}

/// The one finding of a change.
fn only(before: &str, after: &str) -> Finding {
    let (mut found, _) = compared(before, after);
    assert_eq!(found.findings.len(), 1, "{:#?}", found.findings);
    found.findings.remove(0)
}

#[test]
fn what_breaks_more_is_another_change_to_accept() {
    let before = "endpoints: {list: {query: {'q[before]': {type: string, name: before, about: Until then.}}}}";
    let after = |name: &str| {
        format!(
            "endpoints: {{list: {{query: {{'q[before]': null, 'q[until]': {{type: string, name: {name}, about: Until then.}}}}}}}}"
        )
    };
    let [kept, moved] = ["before", "until"].map(|name| only(before, &after(name)));
    assert_eq!(
        (kept.rule.id, moved.rule.id),
        ("input-key-changed", "input-key-changed")
    );
    assert_eq!((kept.axes.rust, moved.axes.rust), (Rust::None, Rust::Major));
    assert_ne!(fingerprint(&kept), fingerprint(&moved));

    let red = |value: &str| {
        format!(
            "types: {{CreateTag: {{fields: {{look: Look}}}}, Look: {{about: A look., values: [{value}]}}}}"
        )
    };
    let [kept, moved] = ["{red: {name: Crimson}}", "crimson"]
        .map(|value| only(&red("red"), &red(value)));
    assert_eq!((kept.rule.id, moved.rule.id), ("value-renamed", "value-renamed"));
    assert_eq!((kept.axes.wire, moved.axes.wire), (Wire::None, Wire::Break));
    assert_ne!(fingerprint(&kept), fingerprint(&moved));
}

#[test]
fn a_type_that_nothing_uses_any_more_is_gone() {
    let before = "
types:
  Tag: {fields: {look: Look}}
  Look: {about: What it looks like., fields: {color: string}}
";
    let (found, _) = compared(before, "types: {Tag: {fields: {look: null}}}");
    let mut told: Vec<(&str, &str)> =
        found.findings.iter().map(|of| (of.rule.id, of.message.as_str())).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("field-removed", "`Tag.look` is gone: `Look`"),
            ("type-removed", "`Look` is gone: nothing uses it any more"),
        ]
    );
}

#[test]
fn where_tokens_are_refused_released_versions_do_not_keep_working() {
    let (_, told) = compared(
        "endpoints: {list: {capability: none}}",
        "endpoints: {list: {capability: 'tags:read'}}",
    );
    let shown = text(&told, false, true) + &markdown(&told);
    assert!(!shown.contains("keep working"), "{shown}");
    assert!(
        shown.contains("still work? | yes, with the permissions that calls need now |"),
        "{shown}"
    );
}

#[test]
fn a_link_that_is_gone_is_worth_attention() {
    let links = |links: &str| format!("types: {{Tag: {{links: [{links}]}}}}");
    let wire = |before: &str, after: &str| only(&links(before), &links(after)).axes.wire;
    assert_eq!(wire("owner", "owner, parent"), Wire::Additive);
    assert_eq!(wire("owner, parent", "owner"), Wire::Risk);
}

#[test]
fn placeholders_that_move_with_their_path_are_told_of_the_path() {
    let call = |path: &str| {
        format!(
            "endpoints: {{move_below: {{operation: move-tag, method: POST, path: '{path}', about: Moves a tag., \
             capability: 'tags:write', rate_limit: standard, webhook: none, params: {{parent: TagId}}}}}}"
        )
    };
    let axes = |after: &str| -> Axes {
        let (found, _) = compared(&call("/tags/{tag_id}/below/{parent}"), &call(after));
        let of =
            found.findings.iter().find(|of| of.rule.id == "path-parameter-reordered");
        of.unwrap().axes
    };
    assert_eq!(axes("/tags/{parent}/below/{tag_id}").wire, Wire::Break);
    let moved = axes("/above/{parent}/tags/{tag_id}");
    assert_eq!((moved.rust, moved.wire), (Rust::Major, Wire::None));
}

#[test]
fn released_versions_know_a_type_by_its_old_name() {
    let before = "types: {Tag: {fields: {look: Look}}, Look: {about: A look., published: Tag.look, values: [grey, red]}}";
    let after = "types: {Tag: {fields: {look: Colour}}, Look: null, Colour: {about: A look., published: Tag.look, values: [gray, red]}}";
    let (found, _) = compared(before, after);
    let value = found.findings.iter().find(|of| of.rule.id == "value-renamed").unwrap();
    assert!(value.message.starts_with("`Look::Grey` is called `Colour::Gray` now"));
    assert_eq!(
        value.notes,
        [("wire", "released versions have `gray` as `Look::Unknown`".to_owned())]
    );
}

#[test]
fn a_field_that_is_sent_and_answered_is_told_once() {
    let before = "
endpoints:
  put:
    operation: put-tag
    method: PUT
    path: /tags/{tag_id}
    about: Replaces a tag.
    capability: tags:write
    rate_limit: standard
    webhook: none
    body: Look
    returns: {type: Look}
types:
  Look: {about: What it looks like., fields: {color: string, size: integer}}
";
    let field = |change: &str| format!("types: {{Look: {{fields: {{{change}}}}}}}");
    let changed = only(before, &field("color: integer"));
    assert_eq!(changed.rule.id, "field-type-changed");
    assert_eq!((changed.axes.rust, changed.axes.wire), (Rust::Major, Wire::Break));
    let wire: Vec<&str> = changed
        .notes
        .iter()
        .filter(|(axis, _)| *axis == "wire")
        .map(|(_, note)| note.as_str())
        .collect();
    assert_eq!(
        wire,
        [
            "released versions cannot read an answer with the new type",
            "what released versions send is not what Front takes"
        ]
    );
    for (change, rule) in [
        ("color: null", "field-removed"),
        ("depth: integer", "field-added"),
        ("color: null, colour: string", "field-renamed"),
        ("color: {type: string, name: colour, about: Which.}", "field-renamed"),
        ("size: nullable integer", "field-nullable-added"),
    ] {
        let (found, _) = compared(before, &field(change));
        let told: Vec<&str> = found
            .findings
            .iter()
            .filter(|finding| finding.axes != Axes::default())
            .map(|finding| finding.rule.id)
            .collect();
        assert_eq!(told, [rule], "{change}");
    }
}

#[test]
fn a_value_is_known_by_what_is_said_of_it() {
    let before = "
types:
  Tag: {fields: {look: Look}}
  Look: {about: What it looks like., values: [{red: The red one.}, green]}
";
    let after = "types: {Look: {values: [blue, {crimson: The red one.}, green]}}";
    let (found, _) = compared(before, after);
    let rules: Vec<&str> =
        found.findings.iter().map(|finding| finding.rule.id).collect();
    assert_eq!(rules, ["value-renamed", "value-added"]);
}

#[test]
fn arguments_of_one_value_change_places_in_its_type() {
    let before = "
endpoints: {create: {arguments: [name, a, b, c, d]}}
types:
  CreateTag:
    fields: {a: required string, b: required string, c: required string, d: required string}
";
    let reordered = only(before, "endpoints: {create: {arguments: [a, name, b, c, d]}}");
    assert_eq!(reordered.rule.id, "type-new-reordered");
}

#[test]
fn what_logs_hid_is_pointed_out_and_needs_no_version() {
    let shown = only(
        "types: {Tag: {fields: {name: text}}}",
        "types: {Tag: {fields: {name: string}}}",
    );
    assert_eq!(shown.axes.verdict(), Verdict::Attention);
    assert_eq!(shown.axes.rust, Rust::None);
    let (_, told) = compared(
        "types: {Tag: {fields: {name: text}}}",
        "types: {Tag: {fields: {name: string}}}",
    );
    let row =
        "| Did limits get tighter? | no, but logs may show what they hid: 1 exposed |";
    assert!(markdown(&told).contains(row), "{}", markdown(&told));
}

#[test]
fn calls_that_moved_are_not_new() {
    let files = |with: &str| {
        let mut files = small().unwrap();
        let tags = files.get_mut("resources/tags.yaml").unwrap();
        let list = tags["endpoints"]["list"].clone();
        if with == "labels" {
            tags["endpoints"].as_mapping_mut().unwrap().shift_remove("list");
            let head = "resource: labels\nabout: Labels.\nendpoints: {}\ntypes: {Contour: {about: An outline., values: [round, flat]}}";
            let mut labels: serde_yaml::Value = serde_yaml::from_str(head).unwrap();
            labels["endpoints"]["list"] = list;
            files.insert("resources/labels.yaml".to_owned(), labels);
        }
        let (spec, _) = spec::read_texts(texts(files).unwrap()).unwrap();
        let (api, problems) = resolve::resolve(&spec);
        let api =
            api.unwrap_or_else(|| panic!("{}", problems.render(&spec.sources, false)));
        (spec, api)
    };
    let (old, new) = (files("tags"), files("labels"));
    let (old, new) = (&old.1, &new.1);
    for (base, head, message) in [
        (
            old,
            new,
            "`labels` is new: 0 calls, 1 type, and 1 call that another resource had",
        ),
        (
            new,
            old,
            "`labels` is gone: 0 calls, 1 type, and 1 call that another resource has now",
        ),
    ] {
        let found = diff(base, head);
        let messages: Vec<&str> =
            found.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert!(messages.contains(&message), "{messages:#?}");
        assert!(found.unexplained.is_empty(), "{:#?}", found.unexplained);
    }
}

#[test]
fn what_breaks_code_says_what_mends_it() {
    let general = "does not compile any more, or means something else";
    for rule in catalog::all() {
        let example = rule.example().unwrap();
        let read = |texts| {
            let (spec, _) = spec::read_texts(texts).unwrap();
            let api = resolve::resolve(&spec).0.unwrap();
            (spec, api)
        };
        let (old, new) = (read(example.before), read(example.after));
        let base = &old.1;
        let head = &new.1;
        let told = report(&diff(base, head), base, head, Versions::default(), &[]);
        let said = text(&told, false, true);
        assert!(!said.contains(general), "{}: {said}", rule.id);
    }
}
