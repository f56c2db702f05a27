//! Uploads and downloads.

use front_api::contacts::{ContactHandle, HandleSource};
use front_api::messages::AfterReply;
use front_api::{ErrorKind, Upload};

use crate::{builder, front};
use front_test_server::{ReceivedRequest, Reply, Server};

/// Returns the head and the content of each part of a form.
fn parts(seen: &ReceivedRequest) -> Vec<(String, String)> {
    let kind = seen.header("content-type").expect("a content type");
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").expect("a form");
    let body = String::from_utf8(seen.body.clone()).expect("text");
    let body = body.strip_suffix(&format!("--{boundary}--\r\n")).expect("an end");
    body.split(&format!("--{boundary}\r\n"))
        .skip(1)
        .map(|part| {
            let (head, content) = part.split_once("\r\n\r\n").expect("a head");
            (head.to_owned(), content.strip_suffix("\r\n").expect("a line").to_owned())
        })
        .collect()
}

fn field(name: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{name}\"")
}

#[tokio::test]
async fn a_body_with_a_file_is_a_form() {
    let (front, server) = front([Reply::json(202, r#"{"message_uid":"u"}"#)]);
    let accepted = front
        .messages()
        .reply(&"cnv_1".into(), "Grüße", AfterReply::KeepOpen)
        .to(["a@b.c", "d@e.f"])
        .attachments([
            Upload::new("rechnung \"märz\".pdf", "%PDF"),
            Upload::new("notes", "x").with_content_type("text/plain"),
        ])
        .send()
        .await
        .expect("accepted");
    assert_eq!(accepted.message_uid.as_deref(), Some("u"));
    let expected = [
        (field("body"), "Grüße"),
        (field("options[archive]"), "false"),
        (field("to[0]"), "a@b.c"),
        (field("to[1]"), "d@e.f"),
        (
            format!(
                "{}; filename=\"rechnung \\\"märz\\\".pdf\"\r\nContent-Type: application/pdf",
                field("attachments[0]")
            ),
            "%PDF",
        ),
        (
            format!(
                "{}; filename=\"notes\"\r\nContent-Type: text/plain",
                field("attachments[1]")
            ),
            "x",
        ),
    ];
    let found = parts(&server.only());
    assert_eq!(found, expected.map(|(head, content)| (head, content.to_owned())));
}

#[tokio::test]
async fn nested_fields_are_named_with_brackets() {
    let (front, server) = front([Reply::json(201, r#"{"id":"crd_1"}"#)]);
    front
        .contacts()
        .create([ContactHandle::new("a@b.c", HandleSource::Email)])
        .avatar(Upload::new(
            "a.png",
            vec![0x89, b'P', b'N', b'G']
                .into_iter()
                .map(|b| b & 0x7f)
                .collect::<Vec<u8>>(),
        ))
        .send()
        .await
        .expect("a contact");
    let heads: Vec<String> =
        parts(&server.only()).into_iter().map(|(head, _)| head).collect();
    assert_eq!(
        heads,
        [
            field("handles[0][handle]"),
            field("handles[0][source]"),
            format!(
                "{}; filename=\"a.png\"\r\nContent-Type: image/png",
                field("avatar")
            ),
        ]
    );
}

#[tokio::test]
async fn a_form_cannot_contain_null() {
    let (front, server) = front([]);
    let file = || Upload::new("a.txt", "a");
    let reply = || front.messages().reply(&"cnv_1".into(), "Hello", AfterReply::Archive);
    for (request, why) in [
        (
            reply().clear_signature().attachments([file()]),
            "unsupported value of `signature_id`: a request with a file cannot contain null",
        ),
        (
            reply().to(Vec::<String>::new()).attachments([file()]),
            "unsupported value of `to`: a request with a file cannot contain an empty list",
        ),
        (reply().attachments([Upload::new("a\nb", "a")]), "invalid file name"),
        (reply().attachments([file().with_content_type("none")]), "not a media type"),
    ] {
        let error = request.send().await.expect_err(why);
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains(why), "{error}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_download_is_read_in_chunks_or_whole() {
    let file = || {
        Reply::status(200)
            .header("content-type", "text/csv")
            .header("content-disposition", "attachment; filename=\"../a b.csv\"")
            .body("a,b\n1,2\n")
    };
    let (front, server) = front([
        file(),
        file(),
        Reply::status(200),
        file().half(),
        Reply::json(404, "{}"),
    ]);
    let download = || {
        front
            .attachments()
            .download_from_message(&"msg_1".into(), &"fil/1".into())
            .send()
    };
    let mut whole = Vec::new();
    let mut pieces = download().await.expect("a file");
    assert_eq!(pieces.content_type(), Some("text/csv"));
    assert_eq!(pieces.content_length(), Some(8));
    assert_eq!(pieces.file_name().as_deref(), Some("a b.csv"));
    assert!(!format!("{pieces:?}").contains("a b"));
    while let Some(chunk) = pieces.chunk().await.expect("a piece") {
        whole.extend_from_slice(&chunk);
    }
    assert_eq!(whole, b"a,b\n1,2\n");
    assert_eq!(
        download().await.expect("a file").bytes().await.expect("bytes"),
        &whole[..]
    );
    assert!(download().await.expect("a file").bytes().await.expect("none").is_empty());
    let error = download().await.expect("a head").bytes().await.expect_err("half of it");
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(
        error.to_string().starts_with("attachments.download_from_message: GET "),
        "{error}"
    );
    assert!(download().await.expect_err("none").is_not_found());
    let seen = &server.seen()[0];
    assert_eq!(seen.line(), "GET /messages/msg_1/download/fil%2F1");
    assert_eq!(seen.header("accept"), Some("*/*"));
}

#[tokio::test]
async fn a_file_on_another_host_is_fetched_without_the_token() {
    let storage = Server::start([
        Reply::moved(307, "/moved?sig=1"),
        Reply::status(200).body("bytes"),
    ]);
    let server = Server::start([
        Reply::moved(302, "{base}/own"),
        Reply::moved(302, &format!("{}/file?sig=a%2Fb", storage.base())),
    ]);
    let key = ("x-proxy-key", "secret");
    let headers = [(key.0.parse().expect("a name"), key.1.parse().expect("a value"))];
    let http = reqwest::Client::builder().default_headers(headers.into_iter().collect());
    let front = builder(&server).http(http).build().expect("a client");
    let options = front_api::RequestOptions::new().header("x-key", "secret");
    let download = front
        .attachments()
        .download_from_message(&"msg_1".into(), &"fil_1".into())
        .with(options);
    let file = download.send().await.expect("a file");
    assert_eq!(file.bytes().await.expect("bytes"), "bytes");
    assert_eq!(server.lines(), ["GET /messages/msg_1/download/fil_1", "GET /own"]);
    for seen in server.seen() {
        assert!(seen.header("authorization").is_some());
        assert_eq!(seen.header(key.0), Some(key.1));
    }
    assert_eq!(storage.lines(), ["GET /file?sig=a%2Fb", "GET /moved?sig=1"]);
    for seen in storage.seen() {
        assert_eq!(
            (seen.header("authorization"), seen.header("x-key"), seen.header("referer")),
            (None, None, None)
        );
        assert_eq!(seen.header(key.0), None);
        let agent = seen.header("user-agent").expect("a user agent");
        assert!(agent.starts_with("front-api-rust/"), "{agent}");
    }
}

#[tokio::test]
async fn a_download_follows_a_limited_number_of_redirects() {
    let hops: [Reply; 7] =
        std::array::from_fn(|n| Reply::moved(302, &format!("/{n}?sig=secret")));
    let (client, server) = front(hops);
    let download = |client: &front_api::Client| {
        client
            .attachments()
            .download_from_message(&"msg_1".into(), &"fil_1".into())
            .send()
    };
    let error = download(&client).await.expect_err("too far");
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.to_string().contains("too many redirects: more than 5"), "{error}");
    assert!(!format!("{error:?}").contains("secret"));
    assert_eq!(server.lines().len(), 6);
    let (client, _server) =
        front([Reply::moved(302, "http://storage.test/file"), Reply::status(302)]);
    for _ in 0..2 {
        assert_eq!(
            download(&client).await.expect_err("not safe").kind(),
            ErrorKind::Redirect
        );
    }
}
