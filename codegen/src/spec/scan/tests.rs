//! Tests of the places of keys and values.

use super::scan;
use crate::problem::FileId;
use crate::source::{Source, Step, at};

fn source(text: &str) -> Source {
    let scan = scan(FileId(0), text);
    assert!(scan.sound, "{:?}", scan.problems);
    Source::new("spec/resources/tags.yaml".to_owned(), text.to_owned(), scan.root)
}

#[test]
fn everything_has_its_place() {
    let source = source(
        "about: été 🏷\nfields:\n  'é': \"naïve\"  # x\n  b:\n    type: string\n  c: |-\n    one\n    two\nvalues:\n- x\n- y: why\n",
    );
    let key = |path: &[Step]| &source.text[source.key(path)];
    let value = |path: &[Step]| &source.text[source.value(path)];
    assert_eq!((key(&at!["about"]), value(&at!["about"])), ("about", "été 🏷"));
    assert_eq!(
        (key(&at!["fields", "é"]), value(&at!["fields", "é"])),
        ("'é'", "\"naïve\"")
    );
    assert_eq!(
        (key(&at!["fields", "b"]), value(&at!["fields", "b"])),
        ("b", "b"),
        "a block's value is its key"
    );
    assert_eq!(value(&at!["fields", "b", "type"]), "string");
    assert_eq!(
        value(&at!["fields", "é", "type"]),
        "\"naïve\"",
        "a phrase alone is its own `type`"
    );
    assert_eq!(value(&at!["fields", "c"]), "one", "a caret points at one line");
    assert_eq!((key(&at!["values", 0]), key(&at!["values", 0, "x"])), ("x", "x"));
    assert_eq!(
        (key(&at!["values", 1, "y"]), value(&at!["values", 1, "y"])),
        ("y", "why")
    );
    assert_eq!(key(&at!["fields", "b", "nothing", 3]), "b", "the nearest that is there");
    assert_eq!(key(&at!["nothing"]), "about", "or the file's beginning");
}

#[test]
fn the_errors_of_the_parser_are_explained() {
    let mut wrong = Vec::new();
    for (text, title) in [
        ("a: b: c\n", "a `:` where no value can begin"),
        ("a:\n\tb: c\n", "a tab where only spaces are allowed"),
        ("a:\n  b: c\n d: e\n", "a key is expected on this line"),
        ("a: 'b\n", "a quoted text without its closing quote"),
        ("a: \"\\q\"\n", "an invalid escape sequence"),
        ("a: `b`\n", "a text cannot begin with this character"),
        ("a: [b\n", "brackets that are not closed"),
        ("a: - b\n", "a list item is not allowed here"),
        ("a: *b\n", "an alias (`*name`) without an anchor"),
        ("a\nb: c\n", "a `:` where no value can begin"),
        ("a:b\nc: d\n", "a `:` where no value can begin"),
    ] {
        let scan = scan(FileId(0), text);
        let found: Vec<_> =
            scan.problems.iter().map(|of| (&*of.title, of.help.len())).collect();
        if found != [(&*format!("invalid YAML: {title}"), 1)] {
            wrong.push(format!("{text:?}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
