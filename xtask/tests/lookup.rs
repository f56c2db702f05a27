//! The commands that look something up: what they say, and how.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

#[allow(dead_code, reason = "others use the rest")]
mod project;

use project::Project;

#[test]
fn explain_says_why_and_shows_both() {
    let project = Project::new();
    let ran = project.xtask(&["explain", "e0123"]);
    assert_eq!((ran.code, ran.wrong.as_str()), (Some(0), ""));
    assert!(ran.said.starts_with("error[E0123]: A duplicate item in a list.\n\n"));
    let wrong =
        "\nWrong, in spec/resources/tags.yaml:\n\n    endpoints:\n      create:\n";
    assert!(ran.said.contains(wrong), "{}", ran.said);
    assert!(
        ran.said.contains("\nRight, in spec/resources/tags.yaml:\n"),
        "{}",
        ran.said
    );
    let colored = project.xtask(&["explain", "E0123", "--color", "always"]);
    assert!(colored.said.contains("\u{1b}["));

    let all = project.xtask(&["explain"]);
    assert_eq!(all.code, Some(0));
    assert!(all.said.contains("\n  W0201  A public item without a description.\n"));

    let ran = project.xtask(&["explain", "E0132x"]);
    assert_eq!((ran.code, ran.said.as_str()), (Some(2), ""));
    assert_eq!(
        ran.wrong,
        "error: there is no rule `E0132x`\nhelp: did you mean `E0132`?\n"
    );
    let ran = project.xtask(&["explain", "nonsense"]);
    assert_eq!(
        ran.wrong,
        "error: there is no rule `nonsense`\nhelp: `cargo xtask explain` lists those of the spec, `cargo xtask diff --explain` those of its changes\n"
    );
    let ran = project.xtask(&["explain", "operation-removd"]);
    assert_eq!(
        ran.wrong,
        "error: there is no rule `operation-removd`\nhelp: did you mean `operation-removed`?\n"
    );
}

#[test]
fn operations_are_listed_and_filtered() {
    let project = Project::new();
    let all = project.xtask(&["operations"]);
    assert_eq!((all.code, all.wrong.as_str()), (Some(0), ""));
    assert!(all.said.starts_with("CALL "), "{}", all.said);
    assert!(
        !all.said.contains('\u{1b}') && !all.said.contains("no room"),
        "{}",
        all.said
    );
    let some =
        project.xtask(&["operations", "--method=get", "--rate-limit", "per_thing"]);
    assert!(some.said.contains("\nplain.get "), "{}", some.said);
    assert!(some.said.ends_with("\n\n1 operation\n"), "{}", some.said);

    let json = project.xtask(&["operations", "--deprecated", "--format", "json"]);
    assert!(
        json.said.starts_with("[\n  {\n    \"operation\": \"raw-rules\",\n"),
        "{}",
        json.said
    );
    let page = project.xtask(&["operations", "--search", "RAW", "--format", "markdown"]);
    assert!(
        page.said.starts_with("| Call | Method |") && page.said.lines().count() == 3
    );

    let none = ["operations", "--search", "zebra"];
    let ran = project.xtask(&none);
    assert_eq!(
        (ran.code, ran.said.as_str()),
        (Some(0), "no operation matches all of that\n")
    );
    let ran = project.xtask(&[&none[..], &["--format", "json"]].concat());
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), "[]\n"));
}

#[test]
fn one_operation_is_shown_whole() {
    let project = Project::new();
    let ran = project.xtask(&["operations", "send-rules"]);
    assert_eq!((ran.code, ran.wrong.as_str()), (Some(0), ""));
    assert!(
        ran.said.starts_with("rules.send\nPOST /rules/{thing_id}\n\nSends one.\n\n")
    );
    for line in [
        "capability    things:write: Change things.",
        "              things:read by Front's document, which is what is asked for",
        "always sent   kind: \"rule\"",
        "one of        to, cc",
        "  thing: PlainId (thing_id in path)",
        "  front.rules().send(&thing).to([\"..\"]).send().await?;",
    ] {
        assert!(ran.said.contains(&format!("\n{line}\n")), "{line}\n{}", ran.said);
    }
    let same = project.xtask(&["operations", "rules.send"]);
    assert_eq!(same.said, ran.said);

    let ran = project.xtask(&["operations", "rules.snd"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(
        ran.wrong,
        "error: there is no operation `rules.snd`: did you mean `rules.send`?\n"
    );
    let ran = project.xtask(&["operations", "--capability", "things:raed"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(
        ran.wrong,
        "error: there is no capability `things:raed`: did you mean `things:read`?\n"
    );
}

#[test]
fn looking_up_says_no_warnings() {
    let project = Project::new();
    project.edit("spec/resources/plain.yaml", "    rate_limit: per_thing\n", "");
    let ran = project.xtask(&["operations"]);
    assert_eq!((ran.code, ran.wrong.as_str()), (Some(0), ""));
    project.edit("spec/resources/plain.yaml", "things:read", "things:raed");
    let ran = project.xtask(&["operations"]);
    assert_eq!((ran.code, ran.said.as_str()), (Some(1), ""));
    assert!(ran.wrong.contains("error[E0103]"), "{}", ran.wrong);
}
