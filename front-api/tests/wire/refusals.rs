//! What an error contains of an error response, and which server sent the response.

use front_api::{Client, Error, ErrorKind, Outcome};

use crate::{TOKEN, builder, front, retrying};
use front_test_server::{Reply, Server};

/// Bodies, and the text that the error must contain.
const BODIES: &[(&[u8], &str)] = &[
    (br#"{"_error":{"status":400,"title":"Bad request","message":"Wrong body","details":["to is missing"]}}"#, ": Bad request: Wrong body (to is missing)"),
    (br#"{"errors":["Contact not found"]}"#, ": Contact not found"),
    (br#"{"errors":[{"title":"Sad","detail":"No contact"}]}"#, ": Sad: No contact"),
    (br#"{"errors":{"email":["is invalid"]}}"#, " (email: is invalid)"),
    (br#"{"error":{"message":"x marks"}}"#, ": x marks"),
    (br#"{"error":"invalid_token","error_description":"It is old"}"#, ": invalid_token: It is old"),
    (br#"{"Message":"User is not authorized"}"#, ": User is not authorized"),
    (br#"{"message":["first","second"]}"#, ": first; second"),
    (br#"{"type":"about:blank","title":"Sad","status":400,"detail":"No contact"}"#, ": Sad: No contact"),
    (br#"{"fault":{"faultstring":"quota"}}"#, r#"; the response begins: {"fault":{"faultstring":"quota"}}"#),
    (br#""just text""#, ": just text"),
    (br#"["one of them","two of them"]"#, ": one of them (two of them)"),
    (br#"{"message":"cut \ud83d"}"#, ": cut \u{fffd}"),
    (b"{\"message\":\"caf\xe9\"}", ": caf\u{fffd}"),
    (b"Sorry,\r\n\x1b[31mnot\x00 now\x7f", "; the response begins: Sorry, [31mnot now"),
    ("\u{202e}no\u{2028}way".as_bytes(), "; the response begins: no way"),
    (b"<html><head><title>403 Forbidden</title></head><body><hr>nginx</body>", "; the response begins: 403 Forbidden nginx"),
    (b"<Error><Code>AccessDenied</Code><Message>Expired</Message></Error>", "; the response begins: AccessDenied Expired"),
    (b"caf\xe9 \xff", "; the response begins: caf\u{fffd} \u{fffd}"),
];

#[tokio::test]
async fn an_error_contains_the_message_of_every_form_of_response() {
    let server = Server::start([]);
    let front = builder(&server).build().expect("a client");
    for status in [400, 404, 422, 500] {
        for (body, shown) in BODIES {
            server.then([Reply::status(status).body(*body)]);
            let error = front.tags().create_company("x").send().await.expect_err(shown);
            let text = error.to_string();
            assert!(text.contains(shown), "{text}");
            assert!(!text.contains(char::is_control) && text.len() < 1000, "{text}");
            let kept = [error.title(), error.message(), error.excerpt()];
            let kept = kept
                .into_iter()
                .flatten()
                .chain(error.details().iter().map(|text| &**text));
            assert!(
                kept.into_iter().all(|part| !format!("{error:?}").contains(part)),
                "{error:?}"
            );
        }
    }
}

#[tokio::test]
async fn no_part_of_an_error_contains_the_token() {
    let server = Server::start([]);
    let front = builder(&server).build().expect("a client");
    for (body, _) in BODIES {
        let body = String::from_utf8_lossy(body);
        let words = [
            "Wrong", "not", "first", "quota", "x marks", "text", "Sad", "is", "caf",
            "no", "Expired", "cut",
        ];
        for word in words.into_iter().filter(|word| body.contains(word)) {
            let body = body.replace(word, &format!("Bearer {TOKEN}"));
            server.then([Reply::status(400).body(body)]);
            let error = front.me().get().send().await.expect_err("400");
            let all = format!(
                "{error} {error:?} {:?} {:?} {:?} {:?}",
                error.title(),
                error.message(),
                error.details(),
                error.excerpt()
            );
            assert!(all.contains("<token>") && !all.contains("eyJ"), "{all}");
        }
    }
}

#[tokio::test]
async fn a_gateway_page_results_in_no_advice_about_permissions() {
    let page = || Reply::status(403).body("<html><title>Access denied</title>");
    let (client, _server) = front([
        page(),
        Reply::status(403).header("cf-mitigated", "challenge").body("{}"),
        Reply::json(403, r#"{"_error":{"message":"Forbidden"}}"#),
        Reply::status(502).body("<html>"),
    ]);
    let create = || client.tags().create_company("x").send();
    for _ in 0..2 {
        let error = create().await.expect_err("a gateway");
        let text = error.to_string();
        assert!(
            text.ends_with(
                "not in Front's form: a proxy or a firewall may have sent it."
            ),
            "{text}"
        );
        assert_eq!(error.outcome(), Outcome::NotDone);
    }
    let error = create().await.expect_err("Front");
    assert!(
        error.to_string().ends_with(error.code().expect("a code").action()),
        "{error}"
    );
    let error = create().await.expect_err("a gateway");
    assert!(error.to_string().ends_with("check before sending it again."), "{error}");
}

async fn download(front: &Client) -> Result<bytes::Bytes, Error> {
    front
        .attachments()
        .download_from_message(&"msg_1".into(), &"fil_1".into())
        .send()
        .await?
        .bytes()
        .await
}

#[tokio::test]
async fn an_error_of_a_file_storage_names_the_host() {
    let denied =
        "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
    let storage = Server::start([]);
    let server = Server::start([]);
    let front = builder(&server).build().expect("a client");
    let host = storage.base()["http://".len()..].to_owned();
    for status in [400, 401, 403, 404, 410, 429, 500, 503] {
        server.then([Reply::moved(302, &format!("{}/f?sig=secret", storage.base()))]);
        storage.then([Reply::status(status).body(denied)]);
        let error = download(&front).await.expect_err("a refusal");
        assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(status)));
        assert_eq!((error.host(), error.code()), (Some(&*host), None));
        assert!(!error.is_forbidden() && !error.is_unauthorized());
        assert_eq!(error.is_not_found(), status == 404);
        let text = error.to_string();
        let expected = format!(
            "attachments.download_from_message: GET /messages/{{message_id}}/download/{{attachment_link_id}}: {host} (not a \
             host of Front's) responded {status}; the response begins: AccessDenied Request has expired"
        );
        assert!(text.starts_with(&expected), "{text}");
        assert!(
            !text.contains("permission") && !text.contains("Front responded"),
            "{text}"
        );
        let advised = text
            .ends_with("The URL of the file may have expired: request the file again.");
        assert_eq!(advised, status < 500 && status != 429, "{text}");
        assert!(!format!("{text} {error:?}").contains("secret"), "{error:?}");
        assert!(format!("{error:?}").contains(&host), "{error:?}");
    }
    // An error response by Front itself.
    server.then([Reply::json(403, "{}")]);
    let error = download(&front).await.expect_err("403");
    assert!(error.is_forbidden() && error.host().is_none() && error.code().is_some());
    server.then([Reply::moved(302, "/own"), Reply::json(403, "{}")]);
    let error = download(&front).await.expect_err("403");
    assert!(error.is_forbidden() && error.host().is_none());
}

#[tokio::test]
async fn every_other_failure_of_a_file_storage_names_the_host() {
    let storage = Server::start([]);
    let server = Server::start([]);
    let front = retrying(&server).build().expect("a client");
    let host = storage.base()["http://".len()..].to_owned();
    let there = || Reply::moved(302, &format!("{}/f?sig=secret", storage.base()));
    for (reply, kind) in [
        (Reply::lost(), ErrorKind::Connection),
        (Reply::status(200).body("half of it").half(), ErrorKind::Connection),
        (Reply::status(206).body("a part"), ErrorKind::Gateway),
        (Reply::moved(302, "ftp://storage.test"), ErrorKind::Redirect),
    ] {
        server.then([there()]);
        storage.then([reply]);
        let once = front_api::RequestOptions::new().repeat(front_api::Repeat::Never);
        let file = front
            .attachments()
            .download_from_message(&"msg_1".into(), &"fil_1".into())
            .with(once);
        let error = match file.send().await {
            Ok(file) => file.bytes().await.expect_err("half of it"),
            Err(error) => error,
        };
        assert_eq!((error.kind(), error.host()), (kind, Some(&*host)), "{error}");
        assert!(error.to_string().contains(&format!("(at {host})")), "{error}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
    }
    // Front sent the redirect.
    server.then([Reply::moved(302, "ftp://storage.test")]);
    let error = download(&front).await.expect_err("not followed");
    assert_eq!((error.kind(), error.host()), (ErrorKind::Redirect, None));
}
