//! Calls by method and path.

use front_api::{ErrorKind, Method, Repeat, RequestOptions, Retries};
use serde_json::{Value, json};

use crate::{front, retrying};
use front_test_server::Reply;

#[tokio::test]
async fn sends_the_method_path_query_and_body() {
    let (front, server) =
        front([Reply::json(200, r#"{"a":1}"#), Reply::status(204), Reply::status(204)]);
    let response = front
        .raw(Method::Post, "/new/{thing}/parts/", ["a/b ?é"])
        .query("q[a]", "1")
        .query("q[a]", "2")
        .body_field("name", "x")
        .with(RequestOptions::new().header("x-trace", "1"))
        .body(json!({"options": {"archive": true}}))
        .send()
        .await
        .expect("a response");
    assert_eq!(response, json!({"a": 1}));
    let delete = front.raw(Method::Delete, "/new/{thing}", ["1"]);
    assert_eq!(delete.clone().send().await.expect("nothing"), Value::Null);
    delete.send_as::<()>().await.expect("nothing");
    let seen = server.seen();
    assert_eq!(
        seen[0].line(),
        "POST /new/a%2Fb%20%3F%C3%A9/parts/?q%5Ba%5D=1&q%5Ba%5D=2"
    );
    assert_eq!(seen[0].json(), json!({"name": "x", "options": {"archive": true}}));
    assert_eq!(seen[0].header("x-trace"), Some("1"));
    assert_eq!(seen[0].header("authorization"), Some("Bearer eyJ.secret-token"));
    assert_eq!(seen[1].line(), "DELETE /new/1");
    assert!(seen[1].body.is_empty());
}

#[tokio::test]
async fn a_path_of_the_spec_keeps_the_rules_of_its_operation() {
    let (front, server) = front([
        Reply::moved(301, "{base}/conversations/cnv_2"),
        Reply::json(200, r#"{"id":"cnv_2"}"#),
    ]);
    let call = front.raw(Method::Get, "/conversations/{x}", ["cnv_1"]);
    let (_, meta) = call.send().with_meta().await.expect("the survivor");
    assert_eq!(meta.merged_into(), Some("cnv_2"));
    assert_eq!(server.lines(), ["GET /conversations/cnv_1", "GET /conversations/cnv_2"]);

    let name = |path: &str| {
        let call = front.raw(Method::Get, path, []);
        front_api::Call::into_parts(call).operation().name
    };
    assert_eq!(name("/conversations/cnv_1"), "conversations.get");
    assert_eq!(name("/conversations/search/x"), "conversations.search");
    assert_eq!(name("/conversations"), "conversations.list");
    assert_eq!(name("/conversations/"), "raw");
    assert_eq!(name("/conversations/cnv_1/new"), "raw");
}

#[tokio::test]
async fn a_path_not_in_the_spec_is_sent_once_except_for_get() {
    let server = front_test_server::Server::start((0..9).map(|_| Reply::status(503)));
    let front = retrying(&server).build().expect("a client");
    front.raw(Method::Get, "/new", []).send().await.expect_err("503");
    assert_eq!(server.seen().len(), 4);
    let post = front.raw(Method::Post, "/new", []);
    let error = post.clone().send().await.expect_err("503");
    assert_eq!(server.seen().len(), 5);
    assert!(error.to_string().starts_with("raw: POST (not in the spec): "), "{error}");
    let twice = Retries::new().attempts(2).first(std::time::Duration::ZERO);
    let options = RequestOptions::new().repeat(Repeat::Safe).retry(twice);
    post.with(options).send().await.expect_err("503");
    assert_eq!(server.seen().len(), 7);
}

#[tokio::test]
async fn reads_all_pages_of_a_list() {
    let (front, server) = front([
        Reply::json(
            200,
            r#"{"_results":[1],"_pagination":{"next":"https://x.test/new?page_token=b"}}"#,
        ),
        Reply::json(200, r#"{"_results":[2],"_pagination":{"next":null}}"#),
    ]);
    let mut numbers =
        front.raw(Method::Get, "/new", []).query("limit", "1").stream::<u8>();
    assert_eq!(numbers.try_next().await.expect("a number"), Some(1));
    assert_eq!(numbers.try_next().await.expect("a number"), Some(2));
    assert_eq!(numbers.try_next().await.expect("the end"), None);
    assert_eq!(server.lines(), ["GET /new?limit=1", "GET /new?page_token=b&limit=1"]);
}

#[tokio::test]
async fn refuses_invalid_paths() {
    let (front, server) = front([]);
    for (path, values, why) in [
        ("new", &[][..], "must begin with a slash"),
        ("/new?a=b", &[], "a special character"),
        ("/new/../me", &[], "a special character"),
        ("/new/%2e", &[], "a special character"),
        ("https://evil.test/", &[], "must begin with a slash"),
        ("//evil.test?", &[], "a special character"),
        ("/new/{a}", &[], "more placeholders"),
        ("/new/{a}", &["1", "2"], "fewer placeholders"),
        ("/new/{a}", &[".."], "which would change the path"),
        ("/new/{a}", &[""], "it is empty"),
    ] {
        let call = front.raw(Method::Get, path, values.iter().copied());
        let error = call.send().await.expect_err(path);
        assert_eq!(error.kind(), ErrorKind::Request, "{path}");
        assert!(error.to_string().contains(why), "{path}: {error}");
    }
    let error =
        front.raw(Method::Post, "/new", []).body(json!([1])).send().await.expect_err("");
    assert!(error.to_string().contains("not a JSON object"), "{error}");
    assert!(server.seen().is_empty());
}
