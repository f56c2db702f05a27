//! The golden spec, one feature a resource, against the files that are made of it. The package `front-golden` compiles them.

use front_codegen::problem::Problems;
use front_codegen::{for_tests, generate, resolve, spec, sync};

#[test]
fn golden_files_are_what_is_generated() {
    let folder = front_tests::root().join("tests/golden");
    let (read, reading) = spec::read(&folder).unwrap_or_else(|unread| {
        panic!("{}", unread.problems.render(&unread.sources, false))
    });
    let (api, meaning) = resolve::resolve(&read);
    let shown = |problems: &Problems| problems.render(&read.sources, false);
    assert!(
        reading.is_empty() && meaning.is_empty(),
        "{}{}",
        shown(&reading),
        shown(&meaning)
    );
    let api = api.expect("no problem, so an API");
    for (output, files) in
        [("src/generated", generate(&api)), ("tests/generated", for_tests(&api))]
    {
        let path = folder.join(output);
        if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
            sync::write(&path, &files).expect("golden files are written");
        }
        let drift = sync::drift(&path, &files).expect("golden files are read");
        assert!(
            drift.is_empty(),
            "what is generated is not what tests/golden/{output} holds; if that is meant, run \
             `BLESS=1 cargo test -p front-codegen --test golden` and read the diff\n{drift:#?}"
        );
    }
}
