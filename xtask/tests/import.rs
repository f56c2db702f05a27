//! `cargo xtask import` and `cargo xtask history` as a maintainer types them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

#[allow(dead_code, reason = "others use the rest")]
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

/// A project without calls, and a folder with two revisions of a document.
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
fn import_writes_what_changed_and_then_nothing() {
    let project = project();
    let first = path(&project, "past/001-2026-01-02-aaaaaaa.json");
    let words = ["import", &first, "--revision", "aaaaaaa", "--date", "2026-01-02"];
    let dry = project.xtask(&[&words[..], &["--dry-run"]].concat());
    assert_eq!((dry.code, dry.wrong.as_str()), (Some(0), ""));
    assert!(
        dry.said.contains(
            "  list-gadgets: GET /gadgets (gadgets.list, spec/resources/gadgets.yaml)\n"
        ),
        "{}",
        dry.said
    );
    assert!(!project.path("spec/resources/gadgets.yaml").exists());
    let wet = project.xtask(&words);
    assert_eq!((wet.code, wet.wrong.as_str()), (Some(0), ""));
    assert!(wet.said.starts_with(dry.said.trim_end()), "{}", wet.said);
    assert!(
        wet.said.ends_with(
            "\n2 files written: review the diff, then `cargo xtask codegen`\n"
        ),
        "{}",
        wet.said
    );
    let front = fs::read_to_string(project.path("spec/front.yaml")).unwrap();
    assert!(front.contains("  revision: aaaaaaa\n  date: 2026-01-02\n"), "{front}");
    let again = project.xtask(&["import", &first]);
    assert_eq!(
        (again.code, again.said.as_str(), again.wrong.as_str()),
        (Some(0), "No fact changed.\n", "")
    );
    let second = path(&project, "past/002-2026-02-03-bbbbbbb.json");
    let next =
        project.xtask(&["import", &second, "--revision=bbbbbbb", "--date=2026-02-03"]);
    assert_eq!(
        next.said,
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
fn what_is_no_document_is_refused_and_nothing_written() {
    let project = project();
    let before = fs::read_to_string(project.path("spec/front.yaml")).unwrap();
    fs::write(project.path("past/cut.json"), &DOCUMENT[..200]).unwrap();
    for name in ["past/cut.json", "past/nowhere.json"] {
        let path = path(&project, name);
        let ran = project.xtask(&["import", &path]);
        assert_eq!((ran.code, ran.said.as_str()), (Some(1), ""), "{name}");
        assert!(ran.wrong.starts_with(&format!("error: {path} ")), "{}", ran.wrong);
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

/// What an import may take away: the second document has no `size`, which somebody has explained.
#[test]
fn what_git_does_not_have_is_not_taken_away() {
    let project = project();
    let first = path(&project, "past/001-2026-01-02-aaaaaaa.json");
    assert_eq!(project.xtask(&["import", &first]).code, Some(0));
    let spec = "spec/resources/gadgets.yaml";
    let next = DOCUMENT.replace("\"size\"", "\"width\"");
    fs::write(project.path("past/002-2026-02-03-bbbbbbb.json"), next).unwrap();
    let second = path(&project, "past/002-2026-02-03-bbbbbbb.json");
    let refused = |why: &str| {
        let before = fs::read_to_string(project.path(spec)).unwrap();
        for words in [&["import", &second][..], &["import", &second, "--dry-run"]] {
            let ran = project.xtask(words);
            assert_eq!(ran.code, Some(1), "{}", ran.said);
            assert!(
                ran.said.contains("\nremoved\n  GadgetResponse.size: "),
                "{}",
                ran.said
            );
            assert!(ran.wrong.contains(why), "{}", ran.wrong);
            assert!(ran.wrong.ends_with("\nnothing was imported\n"), "{}", ran.wrong);
            assert_eq!(before, fs::read_to_string(project.path(spec)).unwrap());
        }
    };
    refused(
        "lies in no git repository\nhelp: put the project under git and commit spec/, and import again\n",
    );
    let file = "these files differ from what is committed\n  spec/resources/gadgets.yaml: GadgetResponse.size\nhelp: commit them, and import again; ";
    project.git(&["init", "-q"]);
    refused(file);
    project.git(&["add", "spec"]);
    refused(file);
    project.git(&["commit", "-q", "-m", "first"]);
    project.edit(spec, "type: integer\n", "type: integer\n        about: In inches.\n");
    refused(file);
    project.git(&["commit", "-q", "-a", "-m", "explained"]);
    // What is not committed elsewhere is not lost.
    project.edit("spec/webhooks.yaml", "about: ", "about: Yes. ");
    let ran = project.xtask(&["import", &second]);
    assert_eq!((ran.code, ran.wrong.as_str()), (Some(0), ""), "{}", ran.said);
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
    assert_eq!(ran.code, Some(0), "{}", ran.wrong);
    assert!(ran.said.contains("breaking(wire)[operation-path-changed]"), "{}", ran.said);
    for ours in ["spec/", "ack"] {
        assert!(
            !ran.said.contains(ours),
            "there is nothing of ours in it: {}",
            ran.said
        );
    }
    let asked = ["diff", "--published", &first, &second, "--fail-on", "breaking"];
    let ran = project.xtask(&asked);
    assert_eq!(ran.code, Some(1));
    assert!(ran.said.ends_with("closed: 1 change is that bad\n"), "{}", ran.said);
    let ran = project.xtask(&["diff", "--published", &first, "nowhere.json"]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.wrong.starts_with("error: cannot read nowhere.json: "), "{}", ran.wrong);
    let past = path(&project, "past");
    let ran = project.xtask(&["history", &past, "--report"]);
    assert_eq!(ran.code, Some(0), "{}", ran.wrong);
    assert!(ran.said.contains("breaking(wire)[operation-path-changed]"), "{}", ran.said);
    assert!(ran.said.contains("  breaking (wire 1), docs 1\n"), "{}", ran.said);
    fs::write(&second, "[]").unwrap();
    let ran = project.xtask(&["diff", "--published", &first, &second]);
    assert_eq!(ran.code, Some(4));
    assert!(ran.wrong.contains("is not a document to compare"), "{}", ran.wrong);
}

#[test]
fn history_shows_a_row_a_revision() {
    let project = project();
    let (past, kept) = (path(&project, "past"), path(&project, "kept"));
    let ran = project.xtask(&["history", &past, "--keep", &kept]);
    assert_eq!(
        (ran.code, ran.said.as_str(), ran.wrong.as_str()),
        (
            Some(0),
            "\
revision  date        operations  types  changed  new  gone  problems  verdict
aaaaaaa   2026-01-02           1      1        0    4     0         0
bbbbbbb   2026-02-03           1      1        1    0     0         0  docs 2

2 revisions, nothing wrong
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
        ran.said.contains("refused") && ran.wrong.contains("003: "),
        "{}\n{}",
        ran.said,
        ran.wrong
    );
}

#[test]
fn documents_that_differ_in_what_is_not_read_are_told_apart() {
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
        assert_eq!((ran.code, ran.wrong.as_str()), (Some(0), ""));
        ran.said
    };
    let told = diff(&[]);
    for line in [
        "needs `Idempotency-Key` (`idempotency_key`), which is new",
        "  + #/components/schemas/GadgetResponse/properties/id/minLength: 3 (the spec cannot express this limit)\n",
        "  + #/paths/~1gadgets/get/parameters/1/in: cookie (the spec cannot express cookies)\n",
    ] {
        assert!(told.contains(line), "{line} in\n{told}");
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
    assert!(import.said.contains("\nnot read\n  #/") && import.said.contains("  #/components/schemas/GadgetResponse/properties/id/minLength: `minLength` (3) is not read"), "{}", import.said);
}
