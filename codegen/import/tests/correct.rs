//! Corrections of a document: their effects, and the reports on those that do not match the document.

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

/// Returns the small spec with corrections. Each line of `entries` is `locations | published | ours`, with lists in brackets.
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
    // Unnecessary quotes are the only problem.
    spec::read_texts(files).unwrap().0
}

/// Returns the facts that corrections change, as a diff, and the reports on corrections that do not match.
fn corrected(entries: &str) -> (String, String) {
    let spec = spec_with(entries);
    let found = correct::check(&spec);
    assert!(found.is_empty(), "{}", found.render(&spec.sources, false));
    let mut api = published();
    let before = facts(&api);
    let (_, corrections) = spec.corrections.as_ref().unwrap();
    let stale = correct(&mut api, &mut Vec::new(), &corrections.corrections);
    let problems = correct::problems(&spec, &stale);
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
fn applies(entries: &str, diff: &str) {
    let (found, problems) = corrected(entries);
    assert_eq!(problems, "");
    assert_eq!(found, diff);
}

#[test]
fn facts_of_a_call() {
    applies(
        "list-tags.paged | false | true
         list-tags.status | 202 | 200
         list-tags.scope | tags:read | none
         list-tags.redirects | false | true
         list-tags.query.q | string | object
         list-tags.query.sort | none | required string",
        "- list-tags: GET /tags -> 202 list of Tag scope tags:read\n-   ?q: string\n\
         + list-tags: GET /tags -> 200 list of Tag, paged redirects\n+   ?q: object\n+   ?sort: required string",
    );
    applies(
        "update-tag.body | none | UpdateTag
         update-tag.answer | none | nullable Tag
         update-tag.path | /tags/{tag_id}/ | /tags/{id}
         update-tag.method | PATCH | PUT
         update-tag.deprecated | true | false
         update-tag.status | 204 | 200",
        "- update-tag: PATCH /tags/{tag_id}/ -> 204 none deprecated\n\
         + update-tag: PUT /tags/{id} -> 200 nullable Tag\n+   <- UpdateTag",
    );
    applies(
        "list-tags.answer | list of Tag | file
         create-tag.answer | none | list of Owner
         create-tag.body | create-tag.body | none",
        "- list-tags: GET /tags -> 202 list of Tag scope tags:read\n- create-tag: POST /tags -> 204 none\n-   <- create-tag.body\n\
         + list-tags: GET /tags -> 202 file scope tags:read\n+ create-tag: POST /tags -> 204 list of Owner",
    );
    applies("old-call | none | kept", "+ old-call: kept");
}

#[test]
fn fields_and_their_limits() {
    applies(
        "Tag.id | required string | string
         Tag.owner | Owner | nullable Owner
         Tag.status | string | none
         Tag.extra | none | list of Tag
         Tag.values.value | string | nullable integer
         Tag.color | nullable string | string",
        "-   .id: required string\n-     .value: string\n-   .color: nullable string, values red, blue\n-   .status: string\n-   .owner: Owner\n\
         +     .value: nullable integer\n+   .color: string, values red, blue\n+   .owner: nullable Owner\n+   .extra: list of Tag",
    );
    applies(
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
    applies(
        "Tag.color.values | [red,blue] | none",
        "-   .color: nullable string, values red, blue\n+   .color: nullable string",
    );
}

/// Checks the report on a correction that does not match the document.
#[track_caller]
fn stale(entry: &str, title: &str, help: &str) {
    assert_eq!(corrected(entry).0, "", "nothing is corrected");
    is_reported(entry, title, help);
}

/// Checks the report on a correction whose result the spec cannot express.
#[track_caller]
fn unsupported(entry: &str, title: &str) {
    is_reported(entry, title, "change `ours`");
}

#[track_caller]
fn is_reported(entry: &str, title: &str, help: &str) {
    let (_, problems) = corrected(entry);
    let place = entry.split_whitespace().next().unwrap();
    let first = problems.lines().next().unwrap_or_default();
    assert_eq!(first, format!("error[E0301]: `{place}`: {title}"));
    assert!(problems.contains("--> spec/corrections.yaml:3:5"), "{problems}");
    assert!(problems.contains(&format!("= help: {help}")), "{problems}");
}

#[test]
fn corrections_that_do_not_match_the_document() {
    let fixed = "Front fixed its document: remove the location, and the entry if it has no other one";
    let changed = "check which value is right: remove the entry, or change `published`";
    let missing = "check the location; if Front removed the fact, remove the location";
    let adapt = "change `ours`";
    stale("list-tags.status | 200 | 202", "the document already has `202`", fixed);
    stale(
        "Tag.id | string | nullable string",
        "the document has `required string`, not `string`",
        changed,
    );
    stale(
        "Tag.color.values | [red] | [red,green]",
        "the document has `red`, `blue`, not `red`",
        changed,
    );
    stale("Tag.gone | string | none", "the document already has `none`", fixed);
    let path = "is not a path that the crate can write";
    for (entry, why) in [
        ("update-tag.method | PATCH | FETCH", "the crate does not send FETCH"),
        ("update-tag.path | /tags/{tag_id}/ | tags", &format!("`tags` {path}")),
        ("update-tag.path | /tags/{tag_id}/ | /a{b}", &format!("`/a{{b}}` {path}")),
        ("update-tag.path | /tags/{tag_id}/ | /a//b", &format!("`/a//b` {path}")),
        ("create-tag.method | POST | GET", "a GET cannot have a body"),
        ("list-tags.method | GET | POST", "POST /tags is already `create-tag`"),
    ] {
        unsupported(entry, why);
    }
    stale(
        "list-tags | none | kept",
        "the document has the call itself",
        "an import does not need the entry to keep the call: remove the location; to correct a fact of the call, write `operation.fact`, such as `list-tags.status`",
    );
    // The spec has this call, and the document does not.
    stale(
        "old-call.status | none | 200",
        "the document has no call `old-call`",
        "to keep an endpoint that the document does not have, write its operation alone, with `published: none` and `ours: kept`",
    );
    stale(
        "Gone.id | string | none",
        "the document has neither a call nor a schema `Gone`",
        "check the spelling; if Front removed it, remove the location",
    );
    stale("list-tags.colour | a | b", "a call has no fact `colour`", missing);
    stale(
        "create-tag.paged | false | true",
        "the response of `create-tag` is not a list",
        missing,
    );
    stale(
        "list-tags.status.x | a | b",
        "the document has no `list-tags.status.x`",
        missing,
    );
    stale("Tag.gone.default | a | b", "the document has no `Tag.gone`", missing);
    stale(
        "Tag.owner.id | string | none",
        "the type is `Owner`: write `Owner.id`",
        missing,
    );
    stale("Tag.data.x | string | none", "the value has several shapes", missing);
    stale("Tag.id.length | a | b", "the document has no `Tag.id.length`", missing);
    stale("Tag.id | required string | Gone", "the document has no `Gone`", adapt);
    stale(
        "Tag.id.minimum | none | 5",
        "the type is `string`, which cannot have this limit",
        adapt,
    );
    stale("Tag.delay.minimum | none | five", "a whole number is expected", adapt);
    stale("Tag.delay.allowed | [0,5] | [zero]", "a whole number is expected", adapt);
    stale("Tag.color.values | [red,blue] | red", "a list or `none` is expected", adapt);
    stale("Tag._links | [owner] | owner", "a list or `none` is expected", adapt);
    stale("list-tags.paged | false | yes", "`true` or `false` is expected", adapt);
    stale("list-tags.status | 202 | 301", "a status from 200 to 299 is expected", adapt);
    stale(
        "update-tag.body | none | required Tag",
        "`required` has no meaning here",
        adapt,
    );
    stale(
        "update-tag.body | none | object",
        "`object` cannot be a whole body or response",
        adapt,
    );
}

/// Returns the problems of corrections, without a document.
fn wrong(entries: &str) -> String {
    let spec = spec_with(entries);
    correct::check(&spec).render(&spec.sources, false)
}

#[test]
fn invalid_corrections() {
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
