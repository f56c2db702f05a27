//! The small spec into which tests import, the document that it says the same as, and importing.

#![allow(dead_code, reason = "each test uses what it needs")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use front_codegen::spec::model::Corrections;
use front_codegen::spec::{Spec, canonical, read_texts};
use front_diff::example::texts;
use front_import::{Imported, Refused, Revision, import};
use serde_yaml::Value;

/// Files by their paths.
pub(crate) type Texts = BTreeMap<String, String>;

pub(crate) fn here() -> PathBuf {
    front_tests::root().join("codegen/import/tests/merge_cases")
}

pub(crate) fn document() -> Value {
    let text = fs::read_to_string(here().join("base/document.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// The base spec, in canonical form.
pub(crate) fn base() -> Texts {
    let mut texts = Texts::new();
    for folder in ["", "resources/"] {
        for entry in fs::read_dir(here().join("base/spec").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_str().unwrap();
                let value =
                    serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
                texts.extend([text(&format!("{folder}{name}"), value)]);
            }
        }
    }
    texts
}

/// A file as it is committed: its path and canonical text.
pub(crate) fn text(name: &str, value: Value) -> (String, String) {
    if name == "corrections.yaml" {
        let path = format!("spec/{name}");
        let corrections: Corrections = serde_yaml::from_value(value).unwrap();
        let text = canonical(&path, &corrections);
        return (path, text);
    }
    texts(BTreeMap::from([(name.to_owned(), value)])).unwrap().remove(0)
}

pub(crate) fn spec(texts: &Texts) -> Spec {
    let files = texts.iter().map(|(path, text)| (path.clone(), text.clone())).collect();
    let (spec, problems) = match read_texts(files) {
        Ok(read) => read,
        Err(unread) => panic!("{}", unread.problems.render(&unread.sources, false)),
    };
    assert!(problems.is_empty(), "{}", problems.render(&spec.sources, false));
    spec
}

pub(crate) fn bytes(document: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(document).unwrap()
}

pub(crate) fn revision() -> Revision {
    Revision {
        revision: Some("abcdef0".to_owned()),
        date: Some("2026-12-24".to_owned()),
    }
}

pub(crate) fn applied(texts: &Texts, imported: &Imported) -> Texts {
    let mut after = texts.clone();
    after.extend(imported.files.iter().cloned());
    for path in &imported.removed {
        assert!(after.remove(path).is_some(), "{path} is there to be removed");
    }
    after
}

/// Imports, and sees that importing again changes nothing.
pub(crate) fn imported(
    texts: &Texts,
    document: &[u8],
) -> Result<(Imported, Texts), Refused> {
    let imported = import(&spec(texts), document, &revision())?;
    let after = applied(texts, &imported);
    let again = import(&spec(&after), document, &revision())?;
    assert!(again.files.is_empty() && again.removed.is_empty(), "{}", again.report);
    assert!(again.report.changes.is_empty(), "{}", again.report);
    Ok((imported, after))
}
