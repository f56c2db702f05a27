//! Compares the files generated from the golden spec, which has one feature per resource, with the committed files. The package
//! `front-golden` compiles them.

use front_codegen::problem::Problems;
use front_codegen::{for_tests, generate, resolve, spec, sync};

#[test]
fn golden_files_are_up_to_date() {
    let folder = front_tests::root().join("tests/golden");
    let (read, reading) = spec::read(&folder).unwrap_or_else(|unread| {
        panic!("{}", unread.problems.render(&unread.sources, false))
    });
    let (api, meaning) = resolve::resolve(&read);
    let render = |problems: &Problems| problems.render(&read.sources, false);
    assert!(
        reading.is_empty() && meaning.is_empty(),
        "{}{}",
        render(&reading),
        render(&meaning)
    );
    let api = api.expect("a spec without problems resolves");
    for (output, files) in
        [("src/generated", generate(&api)), ("tests/generated", for_tests(&api))]
    {
        let path = folder.join(output);
        if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
            sync::write(&path, &files).expect("golden files can be written");
        }
        let drift = sync::drift(&path, &files).expect("golden files can be read");
        assert!(
            drift.is_empty(),
            "the generated files differ from tests/golden/{output}; if this is intended, run \
             `BLESS=1 cargo test -p front-codegen --test golden` and read the diff\n{drift:#?}"
        );
    }
}
