//! Timeouts, in virtual time where one must expire.

use std::net::TcpListener;
use std::time::Duration;

use front_api::{Client, ErrorKind, FileDownload, RequestOptions, Retries};
use tokio::time::Instant;

use crate::{TOKEN, builder};
use front_test_server::{Reply, Server};

const LONG: Duration = Duration::from_secs(120);

async fn download(front: &Client) -> Result<FileDownload, front_api::Error> {
    front
        .attachments()
        .download_from_message(&"msg_1".into(), &"fil_1".into())
        .send()
        .await
}

#[tokio::test]
async fn times_out() {
    let server = Server::start([Reply::silence(), Reply::silence()]);
    let soon = Duration::from_millis(20);
    let front = builder(&server).timeout(soon).build().expect("a client");
    let error = front.me().get().send().await.expect_err("too late");
    assert!(error.is_timeout() && !error.is_unsent());
    assert_eq!(error.status(), None);

    let front = builder(&server).idle_timeout(soon).build().expect("a client");
    assert!(download(&front).await.expect_err("too late").is_timeout());
}

#[tokio::test(start_paused = true)]
async fn a_longer_timeout_is_not_shortened() {
    let server = Server::start([Reply::silence(), Reply::silence()]);
    let builder = || builder(&server).connect_timeout(Duration::MAX);
    let started = Instant::now();
    let front = builder().timeout(LONG).build().expect("a client");
    assert!(front.me().get().send().await.expect_err("too late").is_timeout());
    assert!(started.elapsed() >= LONG, "{:?}", started.elapsed());

    let started = Instant::now();
    let front = builder().build().expect("a client");
    let patient = RequestOptions::new().timeout(LONG);
    let call = front.tags().create_company("x").with(patient);
    assert!(call.send().await.expect_err("too late").is_timeout());
    assert!(started.elapsed() >= LONG, "{:?}", started.elapsed());
}

#[tokio::test]
async fn the_idle_timeout_applies_to_downloads() {
    let server =
        Server::start([Reply::json(200, r#"{"id":"cmp_1"}"#), Reply::silence()]);
    let front = builder(&server).idle_timeout(Duration::ZERO).build().expect("a client");
    front.me().get().send().await.expect("an identity");
    assert!(download(&front).await.expect_err("too late").is_timeout());
}

#[tokio::test]
async fn a_stalled_download_times_out() {
    let server = Server::start([Reply::status(200).body("half of it").stall()]);
    let front = builder(&server).build().expect("a client");
    let mut file = download(&front).await.expect("a head");
    // The time between two reads of the caller does not count.
    tokio::time::pause();
    tokio::time::advance(LONG).await;
    tokio::time::resume();
    assert_eq!(file.chunk().await.expect("a piece").expect("bytes"), "half ");
    tokio::time::pause();
    let started = Instant::now();
    let error = file.chunk().await.expect_err("no data");
    assert!(error.is_timeout());
    assert!(started.elapsed() < LONG, "{:?}", started.elapsed());
    assert_eq!(error.status(), Some(200));
    assert!(
        error.to_string().starts_with("attachments.download_from_message: GET "),
        "{error}"
    );
    // After the error, the file never appears complete.
    for _ in 0..2 {
        let again = file.chunk().await.expect_err("cut off");
        assert_eq!((again.kind(), again.status()), (error.kind(), Some(200)));
    }
}

#[tokio::test]
async fn no_timeout_is_too_long() {
    let server = Server::start([
        Reply::json(200, r#"{"id":"cmp_1"}"#),
        Reply::status(200).body("bytes"),
    ]);
    let front = builder(&server)
        .connect_timeout(Duration::MAX)
        .timeout(Duration::MAX)
        .idle_timeout(Duration::MAX)
        .build()
        .expect("a client");
    front.me().get().send().await.expect("an identity");
    let file = download(&front).await.expect("a file");
    assert_eq!(file.bytes().await.expect("bytes"), "bytes");
}

#[tokio::test]
async fn a_connect_timeout_means_nothing_was_sent() {
    // The listener accepts connections and never starts TLS.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = silent.local_addr().expect("an address");
    let front = Client::builder()
        .api_token(TOKEN)
        .base_url(format!("https://{address}"))
        .connect_timeout(Duration::from_millis(20))
        .retry(Retries::none())
        .build()
        .expect("a client");
    let error = front.tags().create_company("x").send().await.expect_err("too late");
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.is_unsent());
    assert!(error.to_string().contains("Nothing was sent"), "{error}");
}
