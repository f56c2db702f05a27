//! Changes of a spec, and what of the surface they change.

use front_codegen::resolve::resolve;
use front_codegen::spec::read_texts;
use front_diff::example::{merge, small, texts};
use front_diff::finding::Rust::{self, Major, Minor, None};
use front_diff::surface::{self, Change, Surface, changes};

/// The surface of the small spec with changes to its files, each the YAML that is merged in.
fn surface(changes: &[(&str, &str)]) -> Surface {
    let mut files = small().unwrap();
    for (name, change) in changes {
        merge(files.get_mut(*name).unwrap(), serde_yaml::from_str(change).unwrap());
    }
    let (spec, _) = read_texts(texts(files).unwrap())
        .unwrap_or_else(|of| panic!("{}", of.problems.render(&of.sources, false)));
    let (api, problems) = resolve(&spec);
    let api = api.unwrap_or_else(|| panic!("{}", problems.render(&spec.sources, false)));
    surface::of(&api)
}

const TAGS: &str = "resources/tags.yaml";

/// What differs between two changes of `tags.yaml`.
fn of_tags(base: &str, head: &str) -> Vec<Change> {
    changes(&surface(&[(TAGS, base)]), &surface(&[(TAGS, head)]))
}

fn told(changes: &[Change]) -> Vec<(&str, Rust)> {
    changes.iter().map(|change| (change.key.as_str(), change.severity)).collect()
}

const NOTHING: &str = "{}";

#[test]
fn a_value_more_is_new() {
    let found = of_tags(NOTHING, "types: {SortOrder: {values: [asc, middle, desc]}}");
    assert_eq!(told(&found), [("tags::SortOrder::Middle", Minor)]);
    let found = of_tags("types: {SortOrder: {values: [asc, middle, desc]}}", NOTHING);
    assert_eq!(told(&found), [("tags::SortOrder::Middle", Major)]);
}

#[test]
fn a_field_of_another_type_breaks() {
    let found = of_tags(NOTHING, "types: {Tag: {fields: {name: integer}}}");
    assert_eq!(told(&found), [("tags::Tag.name", Major)]);
    assert_eq!(found[0].old.as_deref(), Some("pub name: Option<String>"));
    assert_eq!(found[0].new.as_deref(), Some("pub name: Option<i64>"));
}

/// Such a type writes its `Debug` by hand.
#[test]
fn text_that_is_hidden_changes_nothing() {
    assert_eq!(of_tags(NOTHING, "types: {Tag: {fields: {name: text}}}"), []);
}

#[test]
fn arguments_that_change_places_break() {
    let with = |order: &str| {
        format!(
            "endpoints: {{create: {{arguments: {order}}}}}
types: {{CreateTag: {{fields: {{note: required string}}}}}}"
        )
    };
    let found = of_tags(&with("[name, note]"), &with("[note, name]"));
    assert_eq!(told(&found), [("tags::Tags::create", Major)]);
    let method =
        |arguments: &str| format!("pub fn create(&self, {arguments}) -> Create");
    let text = "impl Into<String>";
    assert_eq!(found[0].old, Some(method(&format!("name: {text}, note: {text}"))));
    assert_eq!(found[0].new, Some(method(&format!("note: {text}, name: {text}"))));
}

#[test]
fn another_permission_is_another_bound() {
    let found = of_tags(NOTHING, "endpoints: {get: {capability: 'tags:write'}}");
    let method = "tags::Tags::get#bound Grants<permissions::";
    assert_eq!(
        told(&found),
        [
            (format!("{method}TagsRead>").as_str(), Minor),
            (format!("{method}TagsWrite>").as_str(), Major),
        ]
    );
}

#[test]
fn a_call_may_be_deprecated() {
    let why = "endpoints: {get: {deprecated: Call list instead.}}";
    for (base, head, severity) in [(NOTHING, why, Minor), (why, NOTHING, None)] {
        let found = of_tags(base, head);
        assert_eq!(told(&found), [("tags::Tags::get#deprecated", severity)]);
    }
}

#[test]
fn a_call_more_is_new_with_all_that_hangs_on_it() {
    let found = of_tags("endpoints: {get: null}", NOTHING);
    assert!(found.iter().all(|change| change.severity == Minor), "{found:#?}");
    let keys: Vec<&str> = found.iter().map(|change| change.key.as_str()).collect();
    for key in ["operations::TAGS_GET", "tags::Get", "tags::Get#call", "tags::Tags::get"]
    {
        assert!(keys.contains(&key), "{key}: {keys:?}");
    }
}

/// What requests alone hold has its fields hidden, and can do no more than what answers hold too.
#[test]
fn an_input_that_answers_hold_too_loses_nothing() {
    let part = "Part: {about: A part., fields: {size: required integer, name: string}}";
    let with = |of_tag: &str| {
        format!(
            "types: {{{part}, CreateTag: {{fields: {{part: Part}}}}, Tag: {{fields: {{{of_tag}}}}}}}"
        )
    };
    let found = of_tags(&with(""), &with("part: Part"));
    let keys: Vec<&str> = found.iter().map(|change| change.key.as_str()).collect();
    assert!(found.iter().all(|change| change.severity < Major), "{found:#?}");
    for key in ["tags::Part.size", "tags::Tag.part", "tags::Part#derive Default"] {
        assert!(keys.contains(&key), "{key}: {keys:?}");
    }
}

#[test]
fn a_type_that_moves_changes_its_own_lines_alone() {
    let order = "{about: Which end of a list comes first., values: [asc, desc]}";
    let head = surface(&[
        (TAGS, "types: {SortOrder: null}"),
        ("resources/events.yaml", &format!("types: {{SortOrder: {order}}}")),
    ]);
    for change in changes(&surface(&[]), &head) {
        let (module, rest) = change.key.split_once("::").unwrap();
        assert!(rest.starts_with("SortOrder"), "{change:?}");
        let stays = module == "events" || rest.ends_with("#non_exhaustive");
        assert_eq!(change.severity, if stays { Minor } else { Major }, "{change:?}");
    }
}

/// `as` gives the number of a plan, which has no variant for what is not known.
#[test]
fn a_plan_that_goes_renumbers_those_behind_it() {
    let two = "plans: {first: {per_minute: 50, about: One.}, second: {per_minute: 60, about: Two.}}";
    let base = surface(&[("front.yaml", two)]);
    let plans: Vec<&String> =
        base.keys().filter(|key| key.starts_with("service::Plan::")).collect();
    assert!(plans.len() > 2, "{plans:?}");
    let more = surface(&[
        ("front.yaml", two),
        ("front.yaml", "plans: {third: {per_minute: 70, about: Three.}}"),
    ]);
    assert_eq!(told(&changes(&base, &more)), [("service::Plan::Third", Minor)]);
    let less = surface(&[("front.yaml", two), ("front.yaml", "plans: {first: null}")]);
    assert_eq!(
        told(&changes(&base, &less)),
        [("service::Plan::First", Major), ("service::Plan::Second", Major)]
    );
}
