//! Tests of `cargo xtask import` and `cargo xtask history`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "other tests use the rest")]
mod project;

use std::fs;

use project::Project;

const DOCUMENT: &str = r##"{
  "openapi": "3.0.0",
  "paths": {
    "/gadgets": {
      "get": {
        "operationId": "list-gadgets",
        "tags": ["Gadgets"],
        "x-required-scopes": ["gadgets:read"],
        "responses": {"200": {"content": {"application/json": {"schema": {
          "type": "object",
          "properties": {"_results": {"type": "array", "items": {"$ref": "#/components/schemas/GadgetResponse"}}}
        }}}}}
      }
    }
  },
  "components": {"schemas": {"GadgetResponse": {
    "type": "object",
    "properties": {"id": {"type": "string"}, "size": {"type": "integer", "maximum": 9}}
  }}}
}"##;

/// Creates a project without calls, and a folder with two revisions of a document.
fn project() -> Project {
    let project = Project::new();
    fs::remove_dir_all(project.path("spec/resources")).unwrap();
    fs::create_dir(project.path("spec/resources")).unwrap();
    let webhooks = fs::read_to_string(project.path("spec/webhooks.yaml")).unwrap();
    let about: Vec<&str> = webhooks
        .lines()
        .filter(|line| line.starts_with('#') || line.starts_with("about: "))
        .collect();
    let text = format!("{}\nevents: {{}}\n", about.join("\n"));
    fs::write(project.path("spec/webhooks.yaml"), text).unwrap();
    fs::create_dir(project.path("past")).unwrap();
    fs::write(project.path("past/001-2026-01-02-aaaaaaa.json"), DOCUMENT).unwrap();
    let next = DOCUMENT.replace("\"maximum\": 9", "\"maximum\": 12");
    fs::write(project.path("past/002-2026-02-03-bbbbbbb.json"), next).unwrap();
    project
}

fn path(project: &Project, name: &str) -> String {
    project.path(name).to_str().unwrap().to_owned()
}

#[test]
fn import_writes_changes_once() {
    let project = project();
    let first = path(&project, "past/001-2026-01-02-aaaaaaa.json");
    let words = ["import", &first, "--revision", "aaaaaaa", "--date", "2026-01-02"];
    let dry = project.xtask(&[&words[..], &["--dry-run"]].concat());
    assert_eq!((dry.code, dry.stderr.as_str()), (Some(0), ""));
    assert!(
        dry.stdout.contains(
            "  list-gadgets: GET /gadgets (gadgets.list, spec/resources/gadgets.yaml)\n"
        ),
        "{}",
        dry.stdout
    );
    assert!(!project.path("spec/resources/gadgets.yaml").exists());
    let written = project.xtask(&words);
    assert_eq!((written.code, written.stderr.as_str()), (Some(0), ""));
    assert!(written.stdout.starts_with(dry.stdout.trim_end()), "{}", written.stdout);
    assert!(
        written.stdout.ends_with(
            "\n2 files written: review the diff, then `cargo xtask codegen`\n"
        ),
        "{}",
        written.stdout
    );
    let front = fs::read_to_string(project.path("spec/front.yaml")).unwrap();
    assert!(front.contains("  revision: aaaaaaa\n  date: 2026-01-02\n"), "{front}");
    let again = project.xtask(&["import", &first]);
    assert_eq!(
        (again.code, again.stdout.as_str(), again.stderr.as_str()),
        (Some(0), "No fact changed.\n", "")
    );
    let second = path(&project, "past/002-2026-02-03-bbbbbbb.json");
    let next =
        project.xtask(&["import", &second, "--revision=bbbbbbb", "--date=2026-02-03"]);
    assert_eq!(
        next.stdout,
        "\
revision aaaaaaa of 2026-01-02 -> bbbbbbb of 2026-02-03

changed
  GadgetResponse.size: maximum 9 -> 12 (Gadget.size, spec/resources/gadgets.yaml)

2 files written: review the diff, then `cargo xtask codegen`
"
    );
    assert_eq!(project.xtask(&["codegen"]).code, Some(0));
}

#[test]
fn an_invalid_document_is_rejected_and_nothing_is_written() {
    let project = project();
    let before = fs::read_to_string(project.path("spec/front.yaml")).unwrap();
    fs::write(project.path("past/cut.json"), &DOCUMENT[..200]).unwrap();
    for name in ["past/cut.json", "past/nowhere.json"] {
        let path = path(&project, name);
        let ran = project.xtask(&["import", &path]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{name}");
        assert!(
            ran.stderr.starts_with("error: ") && ran.stderr.contains(&path),
            "{}",
            ran.stderr
        );
    }
    assert_eq!(before, fs::read_to_string(project.path("spec/front.yaml")).unwrap());
    for words in [
        &["import"][..],
        &["import", "a", "b"],
        &["import", "a", "--date", "1.1."],
        &["history"],
    ] {
        assert_eq!(project.xtask(words).code, Some(2), "{words:?}");
    }
}

/// An import removes facts only if git can restore them. The second document has no `size`, which has an edited description.
#[test]
fn facts_that_git_cannot_restore_are_not_removed() {
    let project = project();
    let first = path(&project, "past/001-2026-01-02-aaaaaaa.json");
    assert_eq!(project.xtask(&["import", &first]).code, Some(0));
    let spec = "spec/resources/gadgets.yaml";
    let next = DOCUMENT.replace("\"size\"", "\"width\"");
    fs::write(project.path("past/002-2026-02-03-bbbbbbb.json"), next).unwrap();
    let second = path(&project, "past/002-2026-02-03-bbbbbbb.json");
    let expect_refusal = |why: &str| {
        let before = fs::read_to_string(project.path(spec)).unwrap();
        for words in [&["import", &second][..], &["import", &second, "--dry-run"]] {
            let ran = project.xtask(words);
            assert_eq!(ran.code, Some(1), "{}", ran.stdout);
            assert!(
                ran.stdout.contains("\nremoved\n  GadgetResponse.size: "),
                "{}",
                ran.stdout
            );
            assert!(ran.stderr.contains(why), "{}", ran.stderr);
            assert!(ran.stderr.ends_with("\nnothing was imported\n"), "{}", ran.stderr);
            assert_eq!(before, fs::read_to_string(project.path(spec)).unwrap());
        }
    };
    expect_refusal(
        "is not in a git repository\nhelp: put the project under git and commit spec/, and import again\n",
    );
    let file = "these files have uncommitted changes\n  spec/resources/gadgets.yaml: GadgetResponse.size\nhelp: commit them, and import again; ";
    project.git(&["init", "-q"]);
    expect_refusal(file);
    project.git(&["add", "spec"]);
    expect_refusal(file);
    project.git(&["commit", "-q", "-m", "first"]);
    project.edit(spec, "type: integer\n", "type: integer\n        about: In inches.\n");
    expect_refusal(file);
    project.git(&["commit", "-q", "-a", "-m", "explained"]);
    // Uncommitted changes of other files are not lost.
    project.edit("spec/webhooks.yaml", "about: ", "about: Yes. ");
    let ran = project.xtask(&["import", &second]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    let text = fs::read_to_string(project.path(spec)).unwrap();
    assert!(text.contains("width:") && !text.contains("inches"), "{text}");
}

#[test]
fn two_documents_and_every_step_are_reported_on() {
    let project = project();
    let first = path(&project, "past/001-2026-01-02-aaaaaaa.json");
    let moved = DOCUMENT.replace("\"/gadgets\"", "\"/company/gadgets\"");
    fs::write(project.path("past/002-2026-02-03-bbbbbbb.json"), moved).unwrap();
    let second = path(&project, "past/002-2026-02-03-bbbbbbb.json");
    let ran = project.xtask(&["diff", "--published", &first, &second]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("breaking(wire)[operation-path-changed]"),
        "{}",
        ran.stdout
    );
    for ours in ["spec/", "ack"] {
        assert!(
            !ran.stdout.contains(ours),
            "the report contains no fact of this project: {}",
            ran.stdout
        );
    }
    let arguments = ["diff", "--published", &first, &second, "--fail-on", "breaking"];
    let ran = project.xtask(&arguments);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stdout.ends_with("blocked: 1 change reaches the level of `--fail-on`\n"),
        "{}",
        ran.stdout
    );
    let ran = project.xtask(&["diff", "--published", &first, "nowhere.json"]);
    assert_eq!(ran.code, Some(3));
    assert!(
        ran.stderr.starts_with("error: cannot read nowhere.json: "),
        "{}",
        ran.stderr
    );
    let past = path(&project, "past");
    let ran = project.xtask(&["history", &past, "--report"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("breaking(wire)[operation-path-changed]"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("  breaking (wire 1), docs 1\n"), "{}", ran.stdout);
    fs::write(&second, "[]").unwrap();
    let ran = project.xtask(&["diff", "--published", &first, &second]);
    assert_eq!(ran.code, Some(4));
    assert!(ran.stderr.contains("is not a valid document"), "{}", ran.stderr);
}

#[test]
fn history_prints_a_row_for_each_revision() {
    let project = project();
    let (past, kept) = (path(&project, "past"), path(&project, "kept"));
    let ran = project.xtask(&["history", &past, "--keep", &kept]);
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (
            Some(0),
            "\
revision  date        operations  types  changed  new  gone  problems  verdict
aaaaaaa   2026-01-02           1      1        0    4     0         0
bbbbbbb   2026-02-03           1      1        1    0     0         0  docs 2

2 revisions, no problems
",
            ""
        )
    );
    assert!(
        project.path("kept/002-2026-02-03-bbbbbbb/src/generated/gadgets.rs").exists()
    );
    fs::write(project.path("past/003.json"), "[]").unwrap();
    let ran = project.xtask(&["history", &past]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stdout.contains("refused") && ran.stderr.contains("003: "),
        "{}\n{}",
        ran.stdout,
        ran.stderr
    );
}

#[test]
fn changes_that_the_import_does_not_read_are_reported() {
    let project = project();
    let first = path(&project, "past/001-2026-01-02-aaaaaaa.json");
    let second = path(&project, "past/003.json");
    let header = r#""parameters": [{"name": "Idempotency-Key", "in": "header", "required": true, "schema": {"type": "string"}}, {"name": "s", "in": "cookie"}], "tags""#;
    let next = DOCUMENT.replace("\"tags\"", header).replace(
        "\"id\": {\"type\": \"string\"",
        "\"id\": {\"type\": \"string\", \"minLength\": 3",
    );
    fs::write(&second, next).unwrap();
    let diff = |more: &[&str]| {
        let ran =
            project.xtask(&[&["diff", "--published", &first, &second], more].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        ran.stdout
    };
    let report = diff(&[]);
    for line in [
        "needs `Idempotency-Key` (`idempotency_key`), which is new",
        "  + #/components/schemas/GadgetResponse/properties/id/minLength: 3 (the spec cannot express this limit)\n",
        "  + #/paths/~1gadgets/get/parameters/1/in: cookie (the spec cannot express cookies)\n",
    ] {
        assert!(report.contains(line), "{line} in\n{report}");
    }
    assert!(diff(&["--format", "oneline"]).contains("; not read: 2 keywords"));
    assert!(diff(&["--format", "markdown"]).contains("id/minLength: 3 ("));
    assert!(diff(&["--format", "json"]).contains(
        "\"at\": \"#/components/schemas/GadgetResponse/properties/id/minLength\""
    ));
    assert!(
        diff(&["--format", "github"])
            .contains("::warning title=not read::+ #/components")
    );
    let import = project.xtask(&["import", &second, "--dry-run"]);
    assert!(import.stdout.contains("\nnot read\n  #/") && import.stdout.contains("  #/components/schemas/GadgetResponse/properties/id/minLength: `minLength` (3) is not read"), "{}", import.stdout);
}
