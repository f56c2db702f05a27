//! Walks that break off in the middle, and go on elsewhere.

use front_api::tags::Tag;
use front_api::{Client, Cursor, Error, ErrorKind, ItemStream};

use crate::front;
use crate::lists::page;
use front_test_server::{Reply, Server};

/// A list of five pages, of which the third is answered in another way the first time.
fn broken(third: Reply) -> (Client, Server) {
    front([
        page(&["tag_1", "tag_2"], Some("a")),
        page(&["tag_3"], Some("b")),
        third,
        page(&["tag_4", "tag_5"], Some("c")),
        page(&[], Some("d")),
        page(&["tag_6"], None),
    ])
}

const ALL: [&str; 6] = ["tag_1", "tag_2", "tag_3", "tag_4", "tag_5", "tag_6"];

/// What is wrong with a third page, and the kind of the error.
fn breaks() -> [(Reply, ErrorKind); 4] {
    [
        (Reply::status(500), ErrorKind::Status),
        (Reply::json(200, r#"{"_results":{"0":{"id":"tag_4"}}}"#), ErrorKind::Decode),
        (page(&["tag_4", "tag_5"], Some("c")).half(), ErrorKind::Connection),
        (Reply::lost(), ErrorKind::Connection),
    ]
}

/// Gives what there is up to the end, and the error if it is one.
async fn walk(mut stream: ItemStream<Tag>) -> (Vec<Tag>, Option<Error>, Option<Cursor>) {
    let mut tags = Vec::new();
    let error = loop {
        match stream.try_next().await {
            Ok(Some(tag)) => tags.push(tag),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    assert!(stream.items_at_hand().is_empty());
    (tags, error, stream.cursor().cloned())
}

fn ids(tags: &[Tag]) -> Vec<&str> {
    tags.iter().map(|tag| tag.id.as_str()).collect()
}

#[tokio::test]
async fn items_go_on_exactly_where_they_broke_off() {
    for ahead in [false, true] {
        for (third, kind) in breaks() {
            let (front, server) = broken(third);
            let stream = |stream: ItemStream<Tag>| match ahead {
                true => stream.read_ahead(),
                false => stream,
            };
            let (mut tags, error, cursor) =
                walk(stream(front.tags().list().stream())).await;
            assert_eq!(error.expect("it breaks off").kind(), kind);
            let cursor = cursor.expect("a place");
            assert_eq!((ids(&tags), cursor.as_str()), (ALL[..3].to_vec(), "b"));
            let (rest, error, cursor) =
                walk(stream(front.tags().list().from(&cursor).stream())).await;
            assert!(error.is_none() && cursor.is_none());
            tags.extend(rest);
            assert_eq!(ids(&tags), ALL);
            assert_eq!(server.lines().len(), 6);
        }
    }
}

#[tokio::test]
async fn pages_go_on_exactly_where_they_broke_off() {
    for (third, kind) in breaks() {
        let (front, _server) = broken(third);
        let mut items = Vec::new();
        let mut pages = front.tags().list().pages();
        let error = loop {
            match pages.try_next().await {
                Ok(page) => items.extend(page.expect("not the end").items),
                Err(error) => break error,
            }
        };
        assert_eq!((error.kind(), items.len()), (kind, 3));
        let mut rest =
            front.tags().list().from(pages.cursor().expect("a place")).pages();
        while let Some(page) = rest.try_next().await.expect("a page") {
            items.extend(page.items);
        }
        assert_eq!(ids(&items), ALL);
    }
}

#[tokio::test]
async fn the_first_page_may_break_off_too() {
    for start in [None, Some(Cursor::new("a"))] {
        let (front, server) = front([Reply::status(503), page(&["tag_1"], None)]);
        let list = || match &start {
            Some(start) => front.tags().list().from(start),
            None => front.tags().list(),
        };
        let (tags, error, cursor) = walk(list().stream()).await;
        assert!(tags.is_empty() && error.expect("a refusal").is_server_error());
        // None is the beginning here, where the walk began.
        assert_eq!(cursor, start);
        let (tags, _, _) = walk(list().stream()).await;
        assert_eq!(ids(&tags), ["tag_1"]);
        assert_eq!(server.lines()[0], server.lines()[1]);
    }
}
