//! The decisions of a report on hand-made changes: the required version, whether they are blocked, which are reported together.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod made;

use front_codegen::spec::Ack;
use front_diff::Diff;
use front_diff::finding::{Axes, Finding, Rust};
use front_diff::report::bump::{Judged, Needs};
use front_diff::report::fingerprint::fingerprint;
use front_diff::report::{
    Axis, FailOn, Versions, gate, oneline, report, text, unexplained,
};
use front_diff::surface::Change;
use made::{REMOVED, findings, of, read, sample, versions};
use semver::Version;

#[test]
fn a_fingerprint_is_of_the_change_alone() {
    let finding = || findings().swap_remove(1);
    let known = fingerprint(&finding());
    assert_eq!(known, "d17af5b420fd");
    let mut same = finding();
    same.message = "other words".to_owned();
    same.at = None;
    same.axes = Axes::default();
    same.notes.clear();
    same.reach.operations.clear();
    same.subject.resource = "others".to_owned();
    assert_eq!(fingerprint(&same), known);
    let changes: [fn(&mut Finding); 6] = [
        |finding| finding.rule = &REMOVED,
        |finding| finding.subject.kind = "input",
        |finding| finding.subject.id.push('s'),
        |finding| finding.old = None,
        |finding| finding.new = Some("String".to_owned()),
        |finding| std::mem::swap(&mut finding.old, &mut finding.new),
    ];
    for change in changes {
        let mut other = finding();
        change(&mut other);
        assert_ne!(fingerprint(&other), known);
    }
}

#[test]
fn versions_move_by_cargos_rule() {
    for (from, patch, minor, major) in [
        ("1.2.3", "1.2.4", "1.3.0", "2.0.0"),
        ("0.4.2", "0.4.3", "0.4.3", "0.5.0"),
        ("0.0.7", "0.0.8", "0.0.8", "0.0.8"),
        ("1.0.0-beta.1", "1.0.0", "1.0.0", "1.0.0"),
    ] {
        let from = Version::parse(from).unwrap();
        for (needs, to) in
            [(Needs::Patch, patch), (Needs::Minor, minor), (Needs::Major, major)]
        {
            assert_eq!(needs.next(&from).to_string(), to, "{from} {needs:?}");
        }
        assert_eq!(Needs::Nothing.next(&from), from);
    }
}

#[test]
fn the_version_of_head_is_judged() {
    let all = findings();
    let of_axes = |from: usize| all[from..=from].to_vec();
    let (major, patch, minor) = (of_axes(1), of_axes(2), of_axes(5));
    let docs = of_axes(6);
    for (findings, base, head, needs, judged) in [
        (&major, "0.4.2", "0.4.2", "major", Judged::Kept),
        (&major, "0.4.2", "0.4.3", "major", Judged::TooSmall),
        (&major, "0.4.2", "0.5.0", "major", Judged::Enough),
        (&major, "0.4.2", "0.6.0", "major", Judged::Larger),
        (&major, "1.4.2", "1.5.0", "major", Judged::TooSmall),
        (&minor, "0.4.2", "0.4.3", "minor", Judged::Enough),
        (&minor, "1.4.2", "1.4.3", "minor", Judged::TooSmall),
        (&patch, "0.4.2", "0.4.3", "patch", Judged::Enough),
        (&docs, "1.4.2", "1.4.3", "patch", Judged::Enough),
        (&docs, "1.4.2", "1.4.1", "patch", Judged::TooSmall),
        (&Vec::new(), "1.4.2", "1.4.2", "none", Judged::Enough),
        (&Vec::new(), "1.4.2", "1.5.0", "none", Judged::Larger),
        (&major, "none", "1.5.0", "major", Judged::Unknown),
    ] {
        let report = of(findings.clone(), versions(base, head), &[]);
        let got = (report.bump.needs.as_str(), report.bump.judged);
        assert_eq!(got, (needs, judged), "{base} -> {head}");
    }
    let kept = of(docs, versions("1.4.2", "1.4.2"), &[]);
    assert!(kept.gate.is_open());
    assert!(!kept.gated(FailOn::Breaking, true).gate.is_open());
}

#[test]
fn what_nobody_explains_counts_for_the_version() {
    let base = read(None);
    let side = &base.1;
    let line = Change {
        key: "tags::Tag".to_owned(),
        old: Some("pub struct Tag".to_owned()),
        new: None,
        severity: Rust::Major,
    };
    let diff = Diff { findings: Vec::new(), unexplained: vec![line] };
    let report = report(&diff, side, side, versions("0.4.2", "0.4.2"), &[]);
    assert_eq!(report.bump.needs, Needs::Major);
    assert!(
        oneline(&report).contains("blocked: no rule explains 1 line of the public API")
    );
    assert_eq!(unexplained(&report), "tags::Tag\n  - pub struct Tag\n");
}

#[test]
fn versions_are_read_from_manifests() {
    let workspace = "[workspace]\nmembers = []\n\n[workspace.package]\nversion = \"0.1.0\"\n\n[workspace.dependencies]\nserde = { version = \"1\" }\n";
    let package = "[package]\nname = \"x\"\nrust-version = \"1.88\"\nversion   =  \"2.0.0-rc.1\" # soon\n[dependencies.y]\nversion = \"9.9.9\"\n";
    let versions = Versions::of(Some(workspace), Some(package));
    assert_eq!(versions.base, Some(Version::new(0, 1, 0)));
    assert_eq!(versions.head, Version::parse("2.0.0-rc.1").ok());
    let inherited = "[package]\nversion.workspace = true\n";
    assert_eq!(Versions::of(None, Some(inherited)), Versions::default());
}

#[test]
fn an_acknowledgement_opens_the_gate_and_leaves_the_bump() {
    let findings = || findings()[1..2].to_vec();
    let closed = of(findings(), versions("0.4.2", "0.4.2"), &[]);
    assert_eq!(closed.gate.waiting, [0]);
    let mut entry = closed.entries().remove(0);
    assert_eq!(entry.reason, "", "which is refused until somebody writes it");
    entry.reason = "Front made it so.".to_owned();
    let open = of(findings(), versions("0.4.2", "0.4.2"), std::slice::from_ref(&entry));
    assert!(open.gate.is_open() && open.unused.is_empty());
    assert_eq!(open.findings[0].ack.as_deref(), Some("Front made it so."));
    assert_eq!(open.bump, closed.bump);
    assert!(text(&open, false, false).contains("acknowledged: Front made it so."));
    let other = Ack { subject: "CreateTag.colour".to_owned(), ..entry };
    let still = of(findings(), versions("0.4.2", "0.4.2"), std::slice::from_ref(&other));
    assert!(!still.gate.is_open(), "an entry is of what it says");
    assert_eq!(still.unused, [other]);
}

#[test]
fn the_gate_closes_where_it_is_told_to() {
    let count = |fail_on| sample().gated(fail_on, false).gate.waiting.len();
    assert_eq!(count(FailOn::Never), 0);
    assert_eq!(count(FailOn::Breaking), 4);
    assert_eq!(count(FailOn::Attention), 5);
    assert_eq!(count(FailOn::Additive), 6);
    assert!(sample().gated(FailOn::Never, true).gate.is_open());
    let wire = sample().only(Axis::Wire);
    assert_eq!(wire.gate.waiting.len(), 1, "only one breaks on the wire");
    assert_eq!(wire.bump, sample().bump, "the version is for all of it");
    assert!(!wire.gate.version, "and Rust's alone");
}

#[test]
fn one_change_of_many_is_told_once() {
    let report = sample();
    let several: Vec<usize> = report
        .groups
        .iter()
        .map(|group| group.count())
        .filter(|count| *count > 1)
        .collect();
    assert_eq!(several, [2]);
    assert_eq!(text(&report, false, false).matches("[capability-changed]").count(), 1);
    assert_eq!(report.words.len(), 1);
}

#[test]
fn what_is_told_at_once_is_accepted_at_once() {
    let closed = sample();
    let entries = closed.entries();
    assert_eq!((closed.gate.waiting.len(), entries.len()), (4, 3));
    let subject = "tags.list and 1 more";
    let mut entry = entries.into_iter().find(|ack| ack.subject == subject).unwrap();
    entry.reason = "Front asks for it.".to_owned();
    let acked = |acks: &[Ack]| of(findings(), Versions::default(), acks);
    let open = acked(std::slice::from_ref(&entry));
    assert_eq!((open.gate.waiting.len(), open.unused.len()), (2, 0));
    // Accepting one of them does not accept the other. Its entry comes before the entry for both.
    let several = open.groups.iter().find(|group| group.count() > 1).unwrap();
    let mut own = gate::entry(&open.findings[several.lead]);
    own.reason = "We asked Front.".to_owned();
    let of_one = acked(std::slice::from_ref(&own));
    assert_eq!((of_one.gate.waiting.len(), of_one.entries().len()), (3, 3));
    let of_both = acked(&[own, entry.clone()]);
    let reasons: Vec<&str> =
        of_both.findings.iter().filter_map(|told| told.ack.as_deref()).collect();
    assert_eq!(reasons, ["We asked Front.", "Front asks for it."]);
    // Of one more, it is another change.
    let mut more = findings();
    let mut another =
        more.iter().find(|finding| finding.rule.id == entry.rule).cloned().unwrap();
    another.subject.id = "tags.another".to_owned();
    more.push(another);
    let closed = of(more, Versions::default(), std::slice::from_ref(&entry));
    assert_eq!((closed.gate.waiting.len(), closed.unused.len()), (5, 1));
}
