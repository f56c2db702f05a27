//! Checks that each entry of `spec/corrections.yaml` is needed: without it, an import of Front's document changes this fact and no
//! other.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use front_codegen::spec;
use front_import::report::{Change, ChangeKind, Report};
use front_import::{self, Revision};

#[test]
fn without_an_entry_an_import_changes_only_this_fact() {
    let folder = match front_tests::published() {
        Ok(folder) => folder,
        Err(why) => return front_tests::skip(why),
    };
    let document = fs::read(folder.join("core-api.json")).unwrap();
    let root = front_tests::root();
    let (spec, _) = spec::read(&root).unwrap_or_else(|unread| {
        panic!("{}", unread.problems.render(&unread.sources, false))
    });
    let report = |spec: &spec::Spec| {
        let imported = front_import::import(spec, &document, &Revision::default());
        imported.unwrap_or_else(|refused| panic!("{refused}")).report
    };
    let all = report(&spec);
    assert_eq!(
        (all.changes, all.todo, all.unread),
        (vec![], vec![], vec![]),
        "with every entry nothing changes"
    );
    let entries = &spec.corrections.as_ref().unwrap().1.corrections;
    assert!(!entries.is_empty());
    let mut wrong = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let mut without = spec.clone();
        without.corrections.as_mut().unwrap().1.corrections.remove(index);
        let Report { changes: changed, todo, unread, .. } = report(&without);
        // A keyword that the spec cannot express is reported instead.
        let told = |place: &str| {
            unread.iter().any(|unread| unread.at == place)
                || place
                    .rsplit_once('.')
                    .is_some_and(|(owner, _)| todo.iter().any(|todo| todo.at == owner))
        };
        let missing = entry.at.iter().filter(|place| {
            !told(place) && !changed.iter().any(|change| is_of(change, place))
        });
        wrong.extend(missing.map(|place| format!("{place}: nothing changes")));
        let others = changed
            .iter()
            .filter(|change| !entry.at.iter().any(|place| is_of(change, place)))
            // Types that are then unused are removed with it.
            .filter(|change| {
                change.kind != ChangeKind::Gone || !change.what.starts_with("type ")
            });
        wrong.extend(others.map(|change| format!("{:?}: {change}", entry.at)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns whether a change is about the fact at a location. The report lists facts of a call or a field below it, and the keys of an
/// object in brackets separately. A removed body also removes its type.
fn is_of(change: &Change, place: &str) -> bool {
    let (owner, fact) = place.rsplit_once('.').unwrap_or((place, ""));
    // A schema whose fields the spec sets on the call itself is reported below the call's body.
    let key = owner.rsplit_once('.').map(|(_, key)| format!(".{key}"));
    let is_inlined = key.is_some_and(|key| change.at.ends_with(&*key));
    change.at == place
        || (change.at == owner && change.what.contains(fact))
        || (change.at == owner && fact == "values" && change.what.starts_with("value "))
        || (is_inlined && change.what.starts_with(fact))
        // A status may change with or without the response.
        || (change.at == owner && fact == "answer" && change.what.starts_with("status "))
        || change.at.strip_prefix(place).is_some_and(|key| key.starts_with('['))
}
