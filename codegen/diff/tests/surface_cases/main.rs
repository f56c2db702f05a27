//! The surface of a spec: what it holds, under which keys, and what of it a change of the spec changes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops"
)]

mod changing;
mod keyed;
mod public;

use std::path::{Path, PathBuf};

use front_codegen::ir::Api;
use front_codegen::spec::Spec;
use front_codegen::{resolve, spec};
use front_diff::surface::{self, LineKind, changes};

pub(crate) fn root() -> PathBuf {
    front_tests::root()
}

pub(crate) fn read(root: &Path) -> Spec {
    let read = spec::read(root);
    read.unwrap_or_else(|of| panic!("{}", of.problems.render(&of.sources, false))).0
}

pub(crate) fn api(spec: &Spec) -> Api {
    let (api, problems) = resolve::resolve(spec);
    api.unwrap_or_else(|| panic!("{}", problems.render(&spec.sources, false)))
}

/// Our own spec, and the one that has every feature.
pub(crate) fn specs() -> [Spec; 2] {
    [read(&root()), read(&root().join("tests/golden"))]
}

#[test]
fn no_two_lines_have_one_key() {
    for spec in specs() {
        for key in surface::of(&api(&spec)).keys() {
            let number = key.rsplit_once('#').map_or("", |(_, last)| last);
            assert!(number.parse::<u32>().is_err(), "`{key}` had to be numbered");
        }
    }
}

/// A structure that others can make, or an enumeration that they can match to its end, would break them with a line that is
/// only new. The surface does not look for that, as there is none.
#[test]
fn what_can_grow_is_non_exhaustive() {
    for spec in specs() {
        let surface = surface::of(&api(&spec));
        for (key, line) in &surface {
            let grows =
                line.text.starts_with("pub enum") || line.text.ends_with("{ .. }");
            // A flag has two values, and can never have more.
            let is_flag = surface.contains_key(&format!("{key}#flag"));
            if grows && line.kind == LineKind::Item && !key.contains('#') && !is_flag {
                assert!(surface.contains_key(&format!("{key}#non_exhaustive")), "{key}");
            }
        }
    }
}

#[test]
fn lines_read_as_rust() {
    let surface = surface::of(&api(&read(&root())));
    let line = |key: &str| {
        let line = surface.get(key).unwrap_or_else(|| panic!("no line `{key}`"));
        (line.kind, line.text.as_str())
    };
    for (key, kind, text) in [
        ("tags", LineKind::Item, "pub mod tags"),
        ("tags::Tags", LineKind::Item, "pub struct Tags<'a, G> { .. }"),
        ("tags::Tags#handle", LineKind::Item, "rt::handle!(Tags)"),
        ("Client::tags", LineKind::Item, "pub fn tags(&self) -> Tags<'_, G>"),
        ("Client::tags#must_use", LineKind::MustUse, "#[must_use]"),
        (
            "tags::Tags::create_child",
            LineKind::Item,
            "pub fn create_child(&self, _: &TagId, _: impl Into<String>) -> CreateChild",
        ),
        (
            "tags::Tags::create_child#bound Grants<permissions::TagsWrite>",
            LineKind::Bound,
            "G: Grants<permissions::TagsWrite>",
        ),
        ("tags::CreateChild#call", LineKind::Item, "rt::call!(CreateChild, Tag)"),
        (
            "conversations::ListForTag::status_ids",
            LineKind::Item,
            "pub fn status_ids<'a>(self, _: impl IntoIterator<Item = &'a StatusId>) -> Self",
        ),
        ("tags::TagId", LineKind::Item, "pub struct TagId { .. }"),
        ("tags::TagId#non_exhaustive", LineKind::NonExhaustive, "private fields"),
        ("tags::Tag", LineKind::Item, "pub struct Tag { .. }"),
        ("tags::Tag#non_exhaustive", LineKind::NonExhaustive, "#[non_exhaustive]"),
        ("tags::Tag#derive Debug", LineKind::Item, "impl Debug for Tag"),
        ("tags::Tag.name", LineKind::Item, "pub name: Option<String>"),
        ("tags::TagHighlight::Red", LineKind::Item, "Red"),
        ("tags::TagHighlight::Unknown", LineKind::Item, "Unknown(UnknownValue)"),
        (
            "tags::TagHighlight#impl OpenEnum",
            LineKind::Item,
            "impl OpenEnum for TagHighlight",
        ),
        ("service::Plan::Professional", LineKind::Item, "Professional = 1"),
        ("service::Plan#derive Copy", LineKind::Copy, "impl Copy for Plan"),
        ("service::BASE_URL", LineKind::Item, "pub const BASE_URL: &str"),
        ("errors::ErrorCode::ALL", LineKind::Item, "pub const ALL: &[Self]"),
        ("permissions::TAGS_READ", LineKind::Item, "pub const TAGS_READ: Permission"),
        ("permissions::TagsRead", LineKind::Item, "pub struct TagsRead;"),
        ("operations::TAGS_LIST", LineKind::Item, "pub static TAGS_LIST: Operation"),
    ] {
        assert_eq!(line(key), (kind, text), "{key}");
    }
    assert_eq!(surface["tags::Tags::create_child"].arguments, ["tag", "name"]);
}

/// The surface takes two macros of the runtime for what they write that others see.
#[test]
fn macros_write_what_the_surface_says() {
    let runtime = root().join("front-api/src");
    let text = std::fs::read_to_string(runtime.join("rt/body.rs")).unwrap();
    let written = |name: &str| {
        let (_, rest) = text.split_once(&format!("macro_rules! {name} {{")).unwrap();
        let (body, _) = rest.split_once(&format!("use {name};")).unwrap();
        let lines = body.lines().map(str::trim);
        let lines = lines.filter(|of| {
            of.starts_with("impl")
                || of.starts_with("$crate")
                || of.starts_with("pub fn")
        });
        lines.map(|of| of.trim_end_matches(" {").to_owned()).collect::<Vec<_>>()
    };
    let hidden = [
        "impl From<$name> for $crate::rt::Fields",
        "impl From<$name> for $crate::rt::Field",
        "impl From<&$name> for $crate::rt::Field",
    ];
    let input = [
        "impl ::serde::Serialize for $name",
        "impl<'de> ::serde::Deserialize<'de> for $name",
    ];
    assert_eq!(written("input"), [&hidden[..2], &input].concat());
    assert_eq!(written("both"), ["$crate::rt::json_field!($name);"]);
    assert_eq!(written("json_field"), hidden[1..]);
    let root = std::fs::read_to_string(runtime.join("lib.rs")).unwrap();
    assert!(!root.contains("Field"), "what the runtime keeps to itself is public");
}

#[test]
fn a_spec_does_not_differ_from_itself() {
    for spec in specs() {
        let api = api(&spec);
        assert_eq!(changes(&surface::of(&api), &surface::of(&api)), []);
    }
}

#[test]
fn order_is_not_surface() {
    for spec in specs() {
        let mut turned = spec.clone();
        turned.resources.reverse();
        for (_, resource) in &mut turned.resources {
            resource.types.reverse();
            resource.endpoints.reverse();
        }
        turned.front.1.capabilities.reverse();
        turned.front.1.errors.reverse();
        turned.front.1.rate_limits.reverse();
        turned.webhooks.1.events.reverse();
        assert_eq!(changes(&surface::of(&api(&spec)), &surface::of(&api(&turned))), []);
    }
}
