//! One test for each row of the table.

use indexmap::IndexMap;

use super::*;
use crate::published::{Api, Cases, Field, Limits};
use front_codegen::spec::model::Resource;

fn shape(kind: Kind) -> Shape {
    Shape { nullable: false, kind, limits: Limits::default() }
}

fn object(keys: &[&str]) -> Object {
    let field = || Field { required: false, shape: shape(Kind::String) };
    let fields = keys.iter().map(|key| ((*key).to_owned(), field())).collect();
    Object { fields, links: None, cases: None }
}

fn words(values: &[&str]) -> Kind {
    Kind::Enum(values.iter().map(|value| (*value).to_owned()).collect())
}

fn root(name: &str) -> Kind {
    Kind::Named(name.to_owned())
}

/// `Tag`, `Event` and `Other` are objects, `Colour` is an enumeration, `Figure` a union.
fn api() -> Api {
    let mut event = object(&["id"]);
    event.fields.insert(
        "meta".to_owned(),
        Field { required: false, shape: shape(Kind::Object(object(&["type", "more"]))) },
    );
    event
        .fields
        .insert("data".to_owned(), Field { required: false, shape: shape(root("Tag")) });
    let roots = IndexMap::from([
        ("Tag".to_owned(), shape(Kind::Object(object(&["id", "name", "colour"])))),
        ("Event".to_owned(), shape(Kind::Object(event))),
        ("Other".to_owned(), shape(Kind::Object(object(&["id", "size"])))),
        ("Twin".to_owned(), shape(Kind::Object(object(&["id", "name", "colour"])))),
        ("Colour".to_owned(), shape(words(&["red", "blue", "green"]))),
        (
            "Figure".to_owned(),
            shape(Kind::OneOf(vec![shape(Kind::String), shape(Kind::Integer)])),
        ),
    ]);
    Api { roots, ..Api::default() }
}

const OURS: &str = "
resource: tags
about: Labels.
id:
  type: TagId
types:
  Tag:
    published: Tag
    fields:
      id: TagId
      name: string
      colour: Colour
  Renamed:
    published: Gone
    fields:
      id: TagId
      name: string
  Curated:
    fields:
      whatever: string
  Event:
    published: Event
    union:
      tag: meta.type
      content: data
      cases:
        tag: Tag
  Colour:
    published: Colour
    values:
    - red
    - blue
    - green
  Mood:
    values:
    - good
  Far:
    published: Colour
    values:
    - far
  Figure:
    union:
      by: kind
      cases:
        string: string
        integer: integer
  Map:
    published: here
    fields:
      a: string
  Choice:
    choice:
      tag: type
      cases:
        one:
          a: string
";

/// Returns the types and locations if this phrase is valid at the location `here`. Otherwise returns `None`.
fn occurrences(ours: &str, published: Kind) -> Option<Vec<String>> {
    let api = api();
    let resources: Vec<Resource> = vec![serde_yaml::from_str(OURS).unwrap()];
    let known = Known::new(&api, &resources);
    let shape = shape(published);
    let (_, ty) = known.read(ours).unwrap();
    let occurrences = refines(&known, &ty, &Location::new("here", &shape))?;
    Some(
        occurrences
            .iter()
            .map(|occurrence| {
                format!("{} at {}", occurrence.ty, occurrence.location.place)
            })
            .collect(),
    )
}

/// Returns the phrases that are valid there.
fn fits(published: &Kind, ours: &[&str]) -> Vec<String> {
    let fit = |phrase: &&&str| occurrences(phrase, published.clone()).is_some();
    ours.iter().filter(fit).map(|phrase| (*phrase).to_owned()).collect()
}

const ALL: &[&str] = &[
    "string",
    "text",
    "secret",
    "integer",
    "number",
    "boolean",
    "timestamp",
    "json",
    "file",
    "TagId",
    "Tag",
    "Mood",
    "Figure",
    "Event",
    "Choice",
    "list of string",
    "map of json",
];

#[test]
fn text() {
    let expected = ["string", "text", "secret", "TagId", "Mood"];
    assert_eq!(fits(&Kind::String, ALL), expected);
    assert_eq!(fits(&words(&[]), ALL), expected, "no values are no enumeration");
    let texts = Kind::OneOf(vec![shape(Kind::String), shape(words(&["a"]))]);
    assert_eq!(fits(&texts, ALL), expected, "texts of two sorts are texts");
}

#[test]
fn numbers() {
    assert_eq!(fits(&Kind::Integer, ALL), ["integer", "timestamp"]);
    assert_eq!(fits(&Kind::Number, ALL), ["number", "timestamp"]);
    let both = Kind::OneOf(vec![shape(Kind::Integer), shape(Kind::Number)]);
    assert_eq!(fits(&both, ALL), ["number", "timestamp"]);
}

#[test]
fn booleans_and_bytes() {
    assert_eq!(fits(&Kind::Boolean, ALL), ["boolean"]);
    assert_eq!(fits(&Kind::File, ALL), ["file"]);
}

#[test]
fn anything() {
    assert_eq!(fits(&Kind::Any, ALL), ALL);
    assert_eq!(
        occurrences("Tag", Kind::Any),
        Some(vec![]),
        "it has no specific location"
    );
    assert!(
        occurrences("Missing", Kind::Boolean).is_some(),
        "the resolver reports that it is missing"
    );
}

#[test]
fn any_object() {
    assert_eq!(fits(&Kind::Map, ALL), ["json", "map of json"]);
    assert_eq!(fits(&Kind::Map, &["Map"]), ["Map"], "a structure whose origin is here");
    let empty = Kind::Object(object(&[]));
    assert_eq!(fits(&empty, ALL), ["json", "map of json"]);
}

#[test]
fn values() {
    let colours = words(&["red", "blue", "green"]);
    let ours = ["string", "Colour", "Mood", "Far", "Tag"];
    assert_eq!(fits(&colours, &ours), ["Colour", "Mood", "Far"]);
    let fewer = words(&["red", "blue"]);
    assert_eq!(fits(&fewer, &ours), ["Colour", "Mood"], "Far was made from others");
    assert_eq!(occurrences("Colour", colours), Some(vec!["Colour at here".to_owned()]));
    assert_eq!(
        occurrences("Colour", root("Colour")),
        Some(vec!["Colour at Colour".to_owned()])
    );
    let half = words(&["red", "blue", "grey"]);
    assert!(occurrences("Colour", half).is_some(), "half is shared");
    assert!(occurrences("Colour", words(&["red", "pink", "grey"])).is_none());
}

#[test]
fn lists() {
    let list = Kind::List(Box::new(shape(root("Tag"))));
    assert_eq!(
        fits(&list, &["Tag", "list of Tag", "list of string", "json"]),
        ["list of Tag"]
    );
    assert_eq!(occurrences("list of Tag", list), Some(vec!["Tag at Tag".to_owned()]));
}

#[test]
fn objects() {
    let ours = [
        "json",
        "map of json",
        "Tag",
        "Renamed",
        "Curated",
        "Event",
        "Figure",
        "Colour",
    ];
    assert_eq!(fits(&root("Tag"), &ours), ["Tag", "Renamed", "Curated"]);
    assert_eq!(fits(&root("Twin"), &["Tag"]), ["Tag"], "the same under another name");
    assert_eq!(fits(&root("Other"), &["Tag", "Renamed"]), [""; 0], "something else");
    assert_eq!(fits(&root("Event"), &["Event"]), ["Event"], "it has tag and content");
    let part = Kind::Object(object(&["id", "name"]));
    assert_eq!(
        fits(&part, &["Tag", "Renamed"]),
        ["Tag", "Renamed"],
        "in place a part will do"
    );
}

#[test]
fn cases() {
    let cases = IndexMap::from([("one".to_owned(), object(&["a"]))]);
    let tagged = Object {
        cases: Some(Cases { tag: "type".to_owned(), cases }),
        ..object(&["start"])
    };
    assert_eq!(fits(&Kind::Object(tagged), &["Curated", "Choice"]), ["Curated"]);
}

#[test]
fn unions() {
    let ours = ["json", "string", "Tag", "Figure", "Event"];
    assert_eq!(fits(&root("Figure"), &ours), ["json", "Figure", "Event"]);
    let any = Kind::OneOf(vec![shape(Kind::String), shape(Kind::Any)]);
    assert_eq!(fits(&any, ALL), ALL, "a member may be anything");
}

#[test]
fn members() {
    let api = api();
    let resources: Vec<Resource> = vec![serde_yaml::from_str(OURS).unwrap()];
    let known = Known::new(&api, &resources);
    let union = known.of_name("Figure").unwrap().union.as_ref().unwrap();
    let case = |kind: Kind| {
        let shape = shape(kind);
        case_of(&known, union, &Location::new("here", &shape))
            .map(|(key, fits)| (key.to_owned(), fits.is_some()))
    };
    assert_eq!(case(Kind::String), Some(("string".to_owned(), true)));
    assert_eq!(case(Kind::Integer), Some(("integer".to_owned(), true)));
    assert_eq!(case(Kind::Number), None);
    assert_eq!(
        case(words(&["a"])),
        Some(("string".to_owned(), false)),
        "values want an enumeration"
    );
}
