//! Small documents, of which a test says only what it is about.

use front_import::Refused;
use front_import::published::Api;

use super::{facts, lowered};

/// The facts of the document whose calls and components are given.
pub(crate) fn small(paths: &str, components: &str) -> Result<Api, Refused> {
    let text = format!(
        r#"{{"openapi": "3.0.0", "paths": {{{paths}}}, "components": {{{components}}}}}"#
    );
    lowered(text.as_bytes())
}

/// A call that says nothing.
pub(crate) const CALL: &str =
    r#""/a": {"get": {"operationId": "a", "responses": {"204": {}}}}"#;

/// The facts of schemas, without those of the one call.
#[track_caller]
pub(crate) fn schemas(schemas: &str) -> String {
    let api = small(CALL, &format!(r#""schemas": {{{schemas}}}"#)).unwrap();
    let all = facts(&api);
    all.strip_prefix("a: GET /a -> 204 none\n").unwrap().to_owned()
}

/// The facts of a call that is written out, and what it brings along.
#[track_caller]
pub(crate) fn call(method: &str, json: &str, components: &str) -> String {
    facts(&small(&format!(r#""/a": {{"{method}": {json}}}"#), components).unwrap())
}
