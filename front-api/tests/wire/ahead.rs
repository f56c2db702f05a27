//! Reading one page ahead.

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

/// Waits until so many requests were made, and then whether there are more.
async fn asked(server: &Server, requests: usize) {
    let enough = async {
        while server.seen().len() < requests {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(Duration::from_secs(10), enough).await.expect("it is asked for");
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
async fn one_page_is_on_its_way_while_items_are_handled() {
    let (front, server) = four_pages();
    let mut tags = front.tags().list().stream().read_ahead();
    asked(&server, 0).await;
    for number in 1..=8 {
        let tag = tags.try_next().await.expect("a tag").expect("not the end");
        assert_eq!(tag.id.as_str(), format!("tag_{number}"));
        let in_page = usize::div_ceil(number, 2);
        asked(&server, (in_page + 1).min(4)).await;
        // It speaks of the page ahead, which was not given.
        let next = ["a", "b", "c"].get(in_page - 1).map(|next| Cursor::new(*next));
        assert_eq!(tags.cursor(), next.as_ref());
    }
    assert!(tags.try_next().await.expect("the end").is_none());
    asked(&server, 4).await;
}

#[tokio::test]
async fn one_page_is_on_its_way_while_a_page_is_handled() {
    let (front, server) = four_pages();
    let mut pages = front.tags().list().pages().read_ahead();
    asked(&server, 0).await;
    for number in 1..=4 {
        let page = pages.try_next().await.expect("a page").expect("not the end");
        assert_eq!(page.items[0].id.as_str(), format!("tag_{}", number * 2 - 1));
        asked(&server, (number + 1).min(4)).await;
    }
    assert!(pages.try_next().await.expect("the end").is_none());
    assert_eq!(server.lines()[3], "GET /tags?limit=100&page_token=c");
}

#[tokio::test]
async fn without_it_no_page_is() {
    let (front, server) = four_pages();
    let mut pages = front.tags().list().pages();
    pages.try_next().await.expect("a page");
    asked(&server, 1).await;
}

#[tokio::test]
async fn it_can_begin_in_the_middle() {
    let (front, server) = four_pages();
    let mut tags = front.tags().list().stream();
    tags.try_next().await.expect("a tag");
    let mut tags = tags.read_ahead();
    for _ in 0..2 {
        tags.try_next().await.expect("a tag");
    }
    asked(&server, 3).await;
    let mut ids = Vec::new();
    while let Some(tag) = tags.try_next().await.expect("a tag") {
        ids.push(tag.id.to_string());
    }
    assert_eq!(ids, ["tag_4", "tag_5", "tag_6", "tag_7", "tag_8"]);
}

#[tokio::test]
async fn an_error_ahead_waits_for_its_turn() {
    for (second, kind) in [
        (Reply::status(500), ErrorKind::Status),
        (Reply::lost(), ErrorKind::Connection),
        (Reply::json(200, "{}"), ErrorKind::Decode),
    ] {
        let (front, server) = front([page(&["tag_1", "tag_2"], Some("a")), second]);
        let mut tags = front.tags().list().stream().read_ahead();
        tags.try_next().await.expect("a tag").expect("the first");
        asked(&server, 2).await;
        tags.try_next().await.expect("a tag").expect("the second");
        let error = tags.try_next().await.expect_err("the page ahead");
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().starts_with("tags.list: GET /tags: "), "{error}");
        assert_eq!(tags.cursor(), Some(&Cursor::new("a")));
        assert!(tags.try_next().await.expect("the end").is_none());
        asked(&server, 2).await;
    }
}

#[tokio::test]
async fn a_circle_is_told_after_the_pages_before_it() {
    let (front, server) =
        front([page(&["tag_1"], Some("a")), page(&["tag_2"], Some("a"))]);
    let mut tags = front.tags().list().stream().read_ahead();
    for id in ["tag_1", "tag_2"] {
        let tag = tags.try_next().await.expect("a tag").expect("not the end");
        assert_eq!(tag.id.as_str(), id);
    }
    let error = tags.try_next().await.expect_err("a circle");
    assert_eq!(error.kind(), ErrorKind::Pagination);
    asked(&server, 2).await;
}

#[tokio::test]
async fn empty_pages_are_no_end() {
    let (front, server) =
        front([page(&[], Some("a")), page(&[], Some("b")), page(&["tag_1"], Some("c"))]);
    let mut tags = front.tags().list().stream().read_ahead().max_items(1);
    let tag = tags.try_next().await.expect("a tag").expect("not the end");
    assert_eq!(tag.id.as_str(), "tag_1");
    asked(&server, 3).await;
}

#[tokio::test]
async fn what_is_not_needed_is_not_asked_for() {
    for (items, requests) in [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3)] {
        for first in [false, true] {
            let (front, server) = four_pages();
            let list = front.tags().list().limit(2).stream();
            let mut tags = match first {
                true => list.read_ahead().max_items(items),
                false => list.max_items(items).read_ahead(),
            };
            let mut given = 0;
            while tags.try_next().await.expect("a tag").is_some() {
                given += 1;
            }
            assert_eq!(given, items);
            asked(&server, requests).await;
        }
    }
}

/// A caller who stops waiting (a `select!`, a timeout) and asks again gets the same page, asked for once.
#[tokio::test]
async fn a_wait_given_up_loses_nothing() {
    for ahead in [false, true] {
        let (front, server) = four_pages();
        let mut tags = front.tags().list().stream();
        if ahead {
            tags = tags.read_ahead();
        }
        let mut given = 0;
        loop {
            // Polled once, and dropped.
            tokio::select! {
                biased;
                tag = tags.try_next() => match tag.expect("a tag") {
                    Some(_) => given += 1,
                    None => break,
                },
                () = std::future::ready(()) => tokio::task::yield_now().await,
            }
        }
        assert_eq!((given, server.lines().len()), (8, 4));
    }
}

/// Answers the first request with a page and says when the second has come, and when its connection
/// was closed by the client.
fn watched() -> (String, mpsc::Receiver<&'static str>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let (say, said) = mpsc::channel();
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
        say.send("asked").expect("the test listens");
        // Nothing more comes: this ends when the client closes, in whichever way.
        let _closed = reader.read(&mut [0]);
        say.send("closed").expect("the test listens");
    });
    (base, said)
}

#[tokio::test]
async fn dropping_the_stream_gives_the_page_up() {
    let (base, said) = watched();
    let hears = async |word| {
        let heard = async {
            loop {
                match said.try_recv() {
                    Ok(heard) => break heard,
                    Err(_) => sleep(Duration::from_millis(1)).await,
                }
            }
        };
        let heard = timeout(Duration::from_secs(10), heard).await;
        assert_eq!(heard.expect("something is heard"), word);
    };
    let front = Client::builder().api_token(TOKEN).base_url(base).build();
    let mut tags = front.expect("a client").tags().list().stream().read_ahead();
    tags.try_next().await.expect("a tag").expect("the first");
    hears("asked").await;
    sleep(Duration::from_millis(100)).await;
    assert!(said.try_recv().is_err(), "it waits for the answer");
    drop(tags);
    hears("closed").await;
}
