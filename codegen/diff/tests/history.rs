//! What Front really changed: steps between its published documents leave no line of public Rust that nobody explains.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use front_codegen::ir::Api;
use front_codegen::spec::{self, Spec};
use front_diff::finding::Verdict;
use front_diff::{Diff, diff};
use front_import::Revision;
use front_import::history::History;

/// One in so many: `cargo xtask history` takes them all.
const SAMPLE: usize = 9;

fn compare((_, base): &(Spec, Api), (_, head): &(Spec, Api)) -> Diff {
    diff(base, head)
}

#[test]
fn every_line_is_explained() {
    let root = tempfile::tempdir().unwrap();
    let documents = match front_tests::history(root.path()) {
        Ok(documents) => documents,
        Err(why) => return front_tests::skip(why),
    };
    let (own, _) = spec::read(&front_tests::root())
        .unwrap_or_else(|_| panic!("our spec can be read"));
    let mut history = History::new(&own);
    let mut made: Vec<(Spec, Api)> = Vec::new();
    for document in documents.iter().step_by(SAMPLE) {
        let text = fs::read(document).unwrap();
        for name in ["one", "two"] {
            let revision = Revision {
                revision: Some(name.to_owned()),
                date: Some("2026-01-02".to_owned()),
            };
            // One of the documents is invalid.
            let Ok(step) = history.step(&text, &revision) else { continue };
            made.extend(step.made);
        }
    }
    assert!(made.len() > 2 * (documents.len() / SAMPLE) - 2, "{}", made.len());
    let mut told = 0;
    for (number, base) in made.iter().enumerate() {
        // The same document again, the next one, one far away.
        for head in [number, number + 1, number + 7].map(|at| at % made.len()) {
            let found = compare(base, &made[head]);
            assert!(found.unexplained.is_empty(), "{:#?}", found.unexplained);
            told += found.findings.len();
            if head == number {
                assert!(found.findings.is_empty(), "{:#?}", found.findings);
            }
        }
    }
    assert!(told > 1_000, "{told} findings");
    for pair in made.chunks_exact(2) {
        let [first, again] = pair else { continue };
        let found = compare(first, again);
        let worst = found.findings.iter().map(|of| of.axes.verdict()).max();
        assert!(worst.is_none_or(|worst| worst == Verdict::Docs), "{found:#?}");
    }
}
