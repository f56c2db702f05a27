//! Lists that read one page ahead.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use front_api::{Client, Cursor, ErrorKind};
use tokio::time::{sleep, timeout};

use crate::lists::page;
use crate::{TOKEN, front};
use front_test_server::{Reply, Server};

/// Waits until this number of requests has arrived, then asserts that no more arrive.
async fn expect_requests(server: &Server, requests: usize) {
    let enough = async {
        while server.seen().len() < requests {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(Duration::from_secs(10), enough).await.expect("the requests arrive");
    sleep(Duration::from_millis(50)).await;
    assert_eq!(server.seen().len(), requests, "{:?}", server.lines());
}

fn four_pages() -> (Client, Server) {
    front([
        page(&["tag_1", "tag_2"], Some("a")),
        page(&["tag_3", "tag_4"], Some("b")),
        page(&["tag_5", "tag_6"], Some("c")),
        page(&["tag_7", "tag_8"], None),
    ])
}

#[tokio::test]
async fn one_page_is_requested_while_items_are_handled() {
    let (front, server) = four_pages();
    let mut tags = front.tags().list().stream().read_ahead();
    expect_requests(&server, 0).await;
    for number in 1..=8 {
        let tag = tags.try_next().await.expect("a tag").expect("not the end");
        assert_eq!(tag.id.as_str(), format!("tag_{number}"));
        let in_page = usize::div_ceil(number, 2);
        expect_requests(&server, (in_page + 1).min(4)).await;
        // The cursor is of the next page, which was not returned yet.
        let next = ["a", "b", "c"].get(in_page - 1).map(|next| Cursor::new(*next));
        assert_eq!(tags.cursor(), next.as_ref());
    }
    assert!(tags.try_next().await.expect("the end").is_none());
    expect_requests(&server, 4).await;
}

#[tokio::test]
async fn one_page_is_requested_while_a_page_is_handled() {
    let (front, server) = four_pages();
    let mut pages = front.tags().list().pages().read_ahead();
    expect_requests(&server, 0).await;
    for number in 1..=4 {
        let page = pages.try_next().await.expect("a page").expect("not the end");
        assert_eq!(page.items[0].id.as_str(), format!("tag_{}", number * 2 - 1));
        expect_requests(&server, (number + 1).min(4)).await;
    }
    assert!(pages.try_next().await.expect("the end").is_none());
    assert_eq!(server.lines()[3], "GET /tags?limit=100&page_token=c");
}

#[tokio::test]
async fn by_default_no_page_is_read_ahead() {
    let (front, server) = four_pages();
    let mut pages = front.tags().list().pages();
    pages.try_next().await.expect("a page");
    expect_requests(&server, 1).await;
}

#[tokio::test]
async fn reading_ahead_can_start_in_the_middle() {
    let (front, server) = four_pages();
    let mut tags = front.tags().list().stream();
    tags.try_next().await.expect("a tag");
    let mut tags = tags.read_ahead();
    for _ in 0..2 {
        tags.try_next().await.expect("a tag");
    }
    expect_requests(&server, 3).await;
    let mut ids = Vec::new();
    while let Some(tag) = tags.try_next().await.expect("a tag") {
        ids.push(tag.id.to_string());
    }
    assert_eq!(ids, ["tag_4", "tag_5", "tag_6", "tag_7", "tag_8"]);
}

#[tokio::test]
async fn an_error_ahead_is_returned_after_the_items_before_it() {
    for (second, kind) in [
        (Reply::status(500), ErrorKind::Status),
        (Reply::lost(), ErrorKind::Connection),
        (Reply::json(200, "{}"), ErrorKind::Decode),
    ] {
        let (front, server) = front([page(&["tag_1", "tag_2"], Some("a")), second]);
        let mut tags = front.tags().list().stream().read_ahead();
        tags.try_next().await.expect("a tag").expect("the first");
        expect_requests(&server, 2).await;
        tags.try_next().await.expect("a tag").expect("the second");
        let error = tags.try_next().await.expect_err("the page ahead");
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().starts_with("tags.list: GET /tags: "), "{error}");
        assert_eq!(tags.cursor(), Some(&Cursor::new("a")));
        assert!(tags.try_next().await.expect("the end").is_none());
        expect_requests(&server, 2).await;
    }
}

#[tokio::test]
async fn a_repeated_cursor_is_reported_after_the_pages_before_it() {
    let (front, server) =
        front([page(&["tag_1"], Some("a")), page(&["tag_2"], Some("a"))]);
    let mut tags = front.tags().list().stream().read_ahead();
    for id in ["tag_1", "tag_2"] {
        let tag = tags.try_next().await.expect("a tag").expect("not the end");
        assert_eq!(tag.id.as_str(), id);
    }
    let error = tags.try_next().await.expect_err("a repeated cursor");
    assert_eq!(error.kind(), ErrorKind::Pagination);
    expect_requests(&server, 2).await;
}

#[tokio::test]
async fn empty_pages_do_not_end_a_list() {
    let (front, server) =
        front([page(&[], Some("a")), page(&[], Some("b")), page(&["tag_1"], Some("c"))]);
    let mut tags = front.tags().list().stream().read_ahead().max_items(1);
    let tag = tags.try_next().await.expect("a tag").expect("not the end");
    assert_eq!(tag.id.as_str(), "tag_1");
    expect_requests(&server, 3).await;
}

#[tokio::test]
async fn pages_that_are_not_needed_are_not_requested() {
    for (items, requests) in [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3)] {
        for first in [false, true] {
            let (front, server) = four_pages();
            let list = front.tags().list().limit(2).stream();
            let mut tags = match first {
                true => list.read_ahead().max_items(items),
                false => list.max_items(items).read_ahead(),
            };
            let mut returned = 0;
            while tags.try_next().await.expect("a tag").is_some() {
                returned += 1;
            }
            assert_eq!(returned, items);
            expect_requests(&server, requests).await;
        }
    }
}

/// A caller that cancels `try_next` (a `select!`, a timeout) and calls it again gets the same page. It is requested once.
#[tokio::test]
async fn a_cancelled_try_next_loses_nothing() {
    for ahead in [false, true] {
        let (front, server) = four_pages();
        let mut tags = front.tags().list().stream();
        if ahead {
            tags = tags.read_ahead();
        }
        let mut returned = 0;
        loop {
            // Polled once, and dropped.
            tokio::select! {
                biased;
                tag = tags.try_next() => match tag.expect("a tag") {
                    Some(_) => returned += 1,
                    None => break,
                },
                () = std::future::ready(()) => tokio::task::yield_now().await,
            }
        }
        assert_eq!((returned, server.lines().len()), (8, 4));
    }
}

/// Responds to the first request with a page. Reports when the second request has arrived, and when the client has
/// closed its connection.
fn watched_server() -> (String, mpsc::Receiver<&'static str>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let (report, reports) = mpsc::channel();
    thread::spawn(move || {
        let (connection, _) = listener.accept().expect("a connection");
        let mut reader = BufReader::new(&connection);
        let head = |reader: &mut BufReader<_>| {
            let mut line = String::new();
            while reader.read_line(&mut line).expect("a head") > 2 {
                line.clear();
            }
        };
        head(&mut reader);
        let body =
            r#"{"_results":[{"id":"tag_1"}],"_pagination":{"next":"?page_token=a"}}"#;
        write!(
            &connection,
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("the client reads");
        head(&mut reader);
        report.send("requested").expect("the test listens");
        // Nothing more arrives: the read ends when the client closes the connection.
        let _closed = reader.read(&mut [0]);
        report.send("closed").expect("the test listens");
    });
    (base, reports)
}

#[tokio::test]
async fn dropping_the_stream_cancels_the_request() {
    let (base, reports) = watched_server();
    let expect_report = async |word| {
        let received = async {
            loop {
                match reports.try_recv() {
                    Ok(received) => break received,
                    Err(_) => sleep(Duration::from_millis(1)).await,
                }
            }
        };
        let received = timeout(Duration::from_secs(10), received).await;
        assert_eq!(received.expect("a report"), word);
    };
    let front = Client::builder().api_token(TOKEN).base_url(base).build();
    let mut tags = front.expect("a client").tags().list().stream().read_ahead();
    tags.try_next().await.expect("a tag").expect("the first");
    expect_report("requested").await;
    sleep(Duration::from_millis(100)).await;
    assert!(reports.try_recv().is_err(), "it waits for the response");
    drop(tags);
    expect_report("closed").await;
}
