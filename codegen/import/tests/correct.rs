//! Corrections of a document: what they reach, and what is said of those that do not bite.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod facts;

use std::fs;

use facts::{facts, lowered};
use front_codegen::spec::{self, Spec};
use front_import::correct::{self, correct};
use front_import::published::Api;

/// The facts of a small document.
fn published() -> Api {
    let text = r##"{"openapi": "3.0.0", "paths": {
        "/tags": {
            "get": {"operationId": "list-tags", "x-required-scopes": ["tags:read"],
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}, {"name": "limit", "in": "query", "schema": {}}],
                "responses": {"202": {"content": {"application/json": {"schema": {"properties": {"_results": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}}}}}}}}},
            "post": {"operationId": "create-tag", "requestBody": {"content": {"application/json": {"schema": {"required": ["name"], "properties": {"name": {"type": "string", "maxLength": 64}}}}}},
                "responses": {"204": {}}}},
        "/tags/{tag_id}/": {"patch": {"operationId": "update-tag", "deprecated": true, "responses": {"204": {}}}}},
        "components": {"schemas": {
            "Tag": {"required": ["id"], "properties": {"id": {"type": "string"}, "values": {"type": "array", "maxItems": 2, "items": {"properties": {"value": {"type": "string"}}}},
                "color": {"type": "string", "enum": ["red", "blue"], "nullable": true}, "delay": {"type": "integer", "enum": [0, 5]}, "status": {"type": "string"},
                "owner": {"$ref": "#/components/schemas/Owner"}, "data": {"oneOf": [{"type": "string"}, {"type": "integer"}]}, "_links": {"properties": {"related": {"properties": {"owner": {}}}}}}},
            "Owner": {"properties": {"id": {"type": "string"}}},
            "Kind": {"enum": ["a", "b"]},
            "Change": {"discriminator": {"propertyName": "kind", "mapping": {"one": "Owner", "two": "Owner"}}, "oneOf": [{"$ref": "#/components/schemas/Owner"}], "properties": {"at": {"type": "number"}}},
            "UpdateTag": {"properties": {"name": {"type": "string", "default": "n"}}}}}}"##;
    lowered(text.as_bytes()).unwrap()
}

/// The small spec with corrections: each line of `entries` is `places | published | ours`, lists in brackets.
fn spec_with(entries: &str) -> Spec {
    let mut text = String::from("corrections:\n");
    let quote = |text: &str| format!("'{}'", text.trim());
    for entry in entries.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = entry.split('|');
        text.push_str("- at:\n");
        for place in parts.next().unwrap().split_whitespace() {
            text.push_str(&format!("  - {}\n", quote(place)));
        }
        for (key, said) in ["published", "ours"].into_iter().zip(parts) {
            match said.trim().strip_prefix('[') {
                Some(list) => {
                    text.push_str(&format!("  {key}:\n"));
                    for value in list.trim_end_matches(']').split(',') {
                        text.push_str(&format!("  - {}\n", quote(value)));
                    }
                }
                None => text.push_str(&format!("  {key}: {}\n", quote(said))),
            }
        }
        text.push_str("  why: It was seen.\n");
    }
    let base = front_tests::root().join("codegen/tests/diagnostics/reading/base");
    let paths = ["spec/front.yaml", "spec/webhooks.yaml", "spec/resources/tags.yaml"];
    let mut files: Vec<(String, String)> = paths
        .map(|path| (path.to_owned(), fs::read_to_string(base.join(path)).unwrap()))
        .into();
    // A call that the document does not have.
    files[2].1 = files[2].1.replace("operation: create-tag", "operation: old-call");
    files.push(("spec/corrections.yaml".to_owned(), text));
    // Quotes that YAML does not need are all that may be wrong.
    spec::read_texts(files).unwrap().0
}

/// The facts that corrections change, as a diff, and what is said of those that do not bite.
fn corrected(entries: &str) -> (String, String) {
    let spec = spec_with(entries);
    let found = correct::check(&spec);
    assert!(found.is_empty(), "{}", found.render(&spec.sources, false));
    let mut api = published();
    let before = facts(&api);
    let (_, corrections) = spec.corrections.as_ref().unwrap();
    let unbitten = correct(&mut api, &mut Vec::new(), &corrections.corrections);
    let problems = correct::problems(&spec, &unbitten);
    let after = facts(&api);
    let gone = before.lines().filter(|line| !after.lines().any(|other| other == *line));
    let new = after.lines().filter(|line| !before.lines().any(|other| other == *line));
    let diff: Vec<String> = gone
        .map(|line| format!("- {line}"))
        .chain(new.map(|line| format!("+ {line}")))
        .collect();
    (diff.join("\n"), problems.render(&spec.sources, false))
}

#[track_caller]
fn bites(entries: &str, diff: &str) {
    let (found, problems) = corrected(entries);
    assert_eq!(problems, "");
    assert_eq!(found, diff);
}

#[test]
fn facts_of_a_call() {
    bites(
        "list-tags.paged | false | true
         list-tags.status | 202 | 200
         list-tags.scope | tags:read | none
         list-tags.redirects | false | true
         list-tags.query.q | string | object
         list-tags.query.sort | none | required string",
        "- list-tags: GET /tags -> 202 list of Tag scope tags:read\n-   ?q: string\n\
         + list-tags: GET /tags -> 200 list of Tag, paged redirects\n+   ?q: object\n+   ?sort: required string",
    );
    bites(
        "update-tag.body | none | UpdateTag
         update-tag.answer | none | nullable Tag
         update-tag.path | /tags/{tag_id}/ | /tags/{id}
         update-tag.method | PATCH | PUT
         update-tag.deprecated | true | false
         update-tag.status | 204 | 200",
        "- update-tag: PATCH /tags/{tag_id}/ -> 204 none deprecated\n\
         + update-tag: PUT /tags/{id} -> 200 nullable Tag\n+   <- UpdateTag",
    );
    bites(
        "list-tags.answer | list of Tag | file
         create-tag.answer | none | list of Owner
         create-tag.body | create-tag.body | none",
        "- list-tags: GET /tags -> 202 list of Tag scope tags:read\n- create-tag: POST /tags -> 204 none\n-   <- create-tag.body\n\
         + list-tags: GET /tags -> 202 file scope tags:read\n+ create-tag: POST /tags -> 204 list of Owner",
    );
    bites("old-call | none | kept", "+ old-call: kept");
}

#[test]
fn fields_and_what_is_said_of_them() {
    bites(
        "Tag.id | required string | string
         Tag.owner | Owner | nullable Owner
         Tag.status | string | none
         Tag.extra | none | list of Tag
         Tag.values.value | string | nullable integer
         Tag.color | nullable string | string",
        "-   .id: required string\n-     .value: string\n-   .color: nullable string, values red, blue\n-   .status: string\n-   .owner: Owner\n\
         +     .value: nullable integer\n+   .color: string, values red, blue\n+   .owner: nullable Owner\n+   .extra: list of Tag",
    );
    bites(
        "create-tag.body.name.max_length | 64 | none
         Tag.values.max_items | 2 | 3
         Tag.values.min_items | none | 1
         UpdateTag.name.default | n | m
         Tag.color.values | [blue,red] | [red,green]
         Tag.delay.allowed | [0,5] | none
         Tag.delay.minimum | none | -1
         Tag.delay.maximum | none | 5
         Tag._links | [owner] | none
         Owner._links | none | [tags]
         Kind.values | [a,b] | [a,b,c]
         Owner.id.values | none | [x,y]
         Change.one.id | string | none",
        "-   .values: list of object, max_items 2\n-   .color: nullable string, values red, blue\n-   .delay: integer, allowed 0, 5\n-   ._links: owner\n- Kind: string, values a, b\n-   .name: string, default n\n-   .name: required string, max_length 64\n\
         +   .values: list of object, min_items 1, max_items 3\n+   .color: nullable string, values red, green\n+   .delay: integer, minimum -1, maximum 5\n+   .id: string, values x, y\n+   ._links: tags\n+ Kind: string, values a, b, c\n+   .name: string, default m\n+   .name: required string",
    );
    bites(
        "Tag.color.values | [red,blue] | none",
        "-   .color: nullable string, values red, blue\n+   .color: nullable string",
    );
}

/// What is said of a correction that does not bite.
#[track_caller]
fn unbitten(entry: &str, title: &str, help: &str) {
    assert_eq!(corrected(entry).0, "", "nothing is corrected");
    is_told(entry, title, help);
}

/// What is said of one that bites, and makes what the spec cannot say.
#[track_caller]
fn cannot_hold(entry: &str, title: &str) {
    is_told(entry, title, "adapt `ours`");
}

#[track_caller]
fn is_told(entry: &str, title: &str, help: &str) {
    let (_, problems) = corrected(entry);
    let place = entry.split_whitespace().next().unwrap();
    let first = problems.lines().next().unwrap_or_default();
    assert_eq!(first, format!("error[E0301]: `{place}`: {title}"));
    assert!(problems.contains("--> spec/corrections.yaml:3:5"), "{problems}");
    assert!(problems.contains(&format!("= help: {help}")), "{problems}");
}

#[test]
fn what_does_not_bite() {
    let mended = "Front has mended it: remove the place, or the entry with its last one";
    let changed = "Front has changed it: remove the entry, or adapt `published`";
    let moved = "Front has changed it: remove the place, or adapt it";
    let adapt = "adapt `ours`";
    unbitten(
        "list-tags.status | 200 | 202",
        "the document says `202` by itself",
        mended,
    );
    unbitten(
        "Tag.id | string | nullable string",
        "the document says `required string`, not `string`",
        changed,
    );
    unbitten(
        "Tag.color.values | [red] | [red,green]",
        "the document says `red`, `blue`, not `red`",
        changed,
    );
    unbitten("Tag.gone | string | none", "the document says `none` by itself", mended);
    let path = "is not a path that the crate can write";
    for (said, why) in [
        ("update-tag.method | PATCH | FETCH", "the crate does not send FETCH"),
        ("update-tag.path | /tags/{tag_id}/ | tags", &format!("`tags` {path}")),
        ("update-tag.path | /tags/{tag_id}/ | /a{b}", &format!("`/a{{b}}` {path}")),
        ("update-tag.path | /tags/{tag_id}/ | /a//b", &format!("`/a//b` {path}")),
        ("create-tag.method | POST | GET", "a GET has no body"),
        ("list-tags.method | GET | POST", "POST /tags is `create-tag` already"),
    ] {
        cannot_hold(said, why);
    }
    unbitten(
        "list-tags | none | kept",
        "the document says `there`, not `none`",
        changed,
    );
    unbitten(
        "Gone.id | string | none",
        "the document has neither a call nor a schema `Gone`",
        moved,
    );
    unbitten("list-tags.colour | a | b", "a call has no `colour`", moved);
    unbitten(
        "create-tag.paged | false | true",
        "`create-tag` answers with no list",
        moved,
    );
    unbitten("list-tags.status.x | a | b", "there is no `list-tags.status.x`", moved);
    unbitten("Tag.gone.default | a | b", "there is no `Tag.gone`", moved);
    unbitten(
        "Tag.owner.id | string | none",
        "`Owner` stands there; its own is `Owner.id`",
        moved,
    );
    unbitten("Tag.data.x | string | none", "several shapes stand there", moved);
    unbitten("Tag.id.length | a | b", "there is no `Tag.id.length`", moved);
    unbitten("Tag.id | required string | Gone", "the document has no `Gone`", adapt);
    unbitten(
        "Tag.id.minimum | none | 5",
        "`string` stands there, which has no such limit",
        adapt,
    );
    unbitten("Tag.delay.minimum | none | five", "a whole number belongs here", adapt);
    unbitten("Tag.delay.allowed | [0,5] | [zero]", "a whole number belongs here", adapt);
    unbitten(
        "Tag.color.values | [red,blue] | red",
        "a list or `none` belongs here",
        adapt,
    );
    unbitten("Tag._links | [owner] | owner", "a list or `none` belongs here", adapt);
    unbitten("list-tags.paged | false | yes", "`true` or `false` belongs here", adapt);
    unbitten("list-tags.status | 202 | 301", "a status of success belongs here", adapt);
    unbitten(
        "update-tag.body | none | required Tag",
        "`required` says nothing here",
        adapt,
    );
    unbitten(
        "update-tag.body | none | object",
        "`object` says nothing of a whole body or answer",
        adapt,
    );
}

/// What is wrong with corrections, whatever the document says.
fn wrong(entries: &str) -> String {
    let spec = spec_with(entries);
    correct::check(&spec).render(&spec.sources, false)
}

#[test]
fn corrections_that_cannot_be_meant() {
    let text = wrong(
        "Tag. | string | none
         Tag.id | text | timestamp
         Tag.id | string | string
         list-tags Tag.name | none | kept
         list-tags.status | [200] | 202
         Tag.name | two words | none
         Tag.color.default | two words | none
         gone-call | none | kept",
    );
    let expected = front_tests::root().join("codegen/tests/diagnostics/corrections.txt");
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        fs::write(&expected, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(expected).unwrap_or_default());
}
