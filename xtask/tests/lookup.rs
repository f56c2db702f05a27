//! Tests of the commands that look something up: `explain` and `operations`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "other tests use the rest")]
mod project;

use project::Project;

#[test]
fn explain_prints_a_wrong_and_a_right_example() {
    let project = Project::new();
    let ran = project.xtask(&["explain", "e0123"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.starts_with("error[E0123]: A duplicate item in a list.\n\n"));
    let wrong =
        "\nWrong, in spec/resources/tags.yaml:\n\n    endpoints:\n      create:\n";
    assert!(ran.stdout.contains(wrong), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("\nRight, in spec/resources/tags.yaml:\n"),
        "{}",
        ran.stdout
    );
    let colored = project.xtask(&["explain", "E0123", "--color", "always"]);
    assert!(colored.stdout.contains("\u{1b}["));

    let all = project.xtask(&["explain"]);
    assert_eq!(all.code, Some(0));
    assert!(all.stdout.contains("\n  W0201  A public item without a description.\n"));

    let ran = project.xtask(&["explain", "E0132x"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ran.stderr,
        "error: there is no rule `E0132x`\nhelp: did you mean `E0132`?\n"
    );
    let ran = project.xtask(&["explain", "nonsense"]);
    assert_eq!(
        ran.stderr,
        "error: there is no rule `nonsense`\nhelp: `cargo xtask explain` lists the rules of the spec, `cargo xtask diff --explain` the kinds of change\n"
    );
    let ran = project.xtask(&["explain", "operation-removd"]);
    assert_eq!(
        ran.stderr,
        "error: there is no rule `operation-removd`\nhelp: did you mean `operation-removed`?\n"
    );
}

#[test]
fn operations_are_listed_and_filtered() {
    let project = Project::new();
    let all = project.xtask(&["operations"]);
    assert_eq!((all.code, all.stderr.as_str()), (Some(0), ""));
    assert!(all.stdout.starts_with("CALL "), "{}", all.stdout);
    assert!(
        !all.stdout.contains('\u{1b}') && !all.stdout.contains("no room"),
        "{}",
        all.stdout
    );
    let some =
        project.xtask(&["operations", "--method=get", "--rate-limit", "per_thing"]);
    assert!(some.stdout.contains("\nplain.get "), "{}", some.stdout);
    assert!(some.stdout.ends_with("\n\n1 operation\n"), "{}", some.stdout);

    let json = project.xtask(&["operations", "--deprecated", "--format", "json"]);
    assert!(
        json.stdout.starts_with("[\n  {\n    \"operation\": \"raw-rules\",\n"),
        "{}",
        json.stdout
    );
    let page = project.xtask(&["operations", "--search", "RAW", "--format", "markdown"]);
    assert!(
        page.stdout.starts_with("| Call | Method |") && page.stdout.lines().count() == 3
    );

    let none = ["operations", "--search", "zebra"];
    let ran = project.xtask(&none);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (Some(0), "no operation matches all of that\n")
    );
    let ran = project.xtask(&[&none[..], &["--format", "json"]].concat());
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "[]\n"));
}

#[test]
fn one_operation_is_printed_in_full() {
    let project = Project::new();
    let ran = project.xtask(&["operations", "send-rules"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(
        ran.stdout
            .starts_with("rules.send\nPOST /rules/{thing_id}\n\nSends a thing.\n\n")
    );
    for line in [
        "capability    things:write: Change things.",
        "              things:read in Front's document, which the call requires",
        "always sent   kind: \"rule\"",
        "one of        to, cc",
        "  thing: PlainId (thing_id in path)",
        "  front.rules().send(&thing).to([\"..\"]).send().await?;",
    ] {
        assert!(ran.stdout.contains(&format!("\n{line}\n")), "{line}\n{}", ran.stdout);
    }
    let same = project.xtask(&["operations", "rules.send"]);
    assert_eq!(same.stdout, ran.stdout);

    let ran = project.xtask(&["operations", "rules.snd"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(
        ran.stderr,
        "error: there is no operation `rules.snd`: did you mean `rules.send`?\n"
    );
    let ran = project.xtask(&["operations", "--capability", "things:raed"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(
        ran.stderr,
        "error: there is no capability `things:raed`: did you mean `things:read`?\n"
    );
}

#[test]
fn a_lookup_prints_no_warnings() {
    let project = Project::new();
    project.edit("spec/resources/plain.yaml", "    rate_limit: per_thing\n", "");
    let ran = project.xtask(&["operations"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    project.edit("spec/resources/plain.yaml", "things:read", "things:raed");
    let ran = project.xtask(&["operations"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("error[E0103]"), "{}", ran.stderr);
}
