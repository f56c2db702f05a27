//! Lists that fail in the middle and are resumed.

use front_api::tags::Tag;
use front_api::{Client, Cursor, Error, ErrorKind, ItemStream};

use crate::front;
use crate::lists::page;
use front_test_server::{Reply, Server};

/// Returns a list of five pages. The first response for the third page is `third`.
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

/// Returns failures of the third page, and the kind of the error.
fn failures() -> [(Reply, ErrorKind); 4] {
    [
        (Reply::status(500), ErrorKind::Status),
        (Reply::json(200, r#"{"_results":{"0":{"id":"tag_4"}}}"#), ErrorKind::Decode),
        (page(&["tag_4", "tag_5"], Some("c")).half(), ErrorKind::Connection),
        (Reply::lost(), ErrorKind::Connection),
    ]
}

/// Reads a list to its end or its error. Returns the items, the error and the cursor.
async fn read_all(
    mut stream: ItemStream<Tag>,
) -> (Vec<Tag>, Option<Error>, Option<Cursor>) {
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
async fn items_are_resumed_exactly_where_they_failed() {
    for ahead in [false, true] {
        for (third, kind) in failures() {
            let (front, server) = broken(third);
            let stream = |stream: ItemStream<Tag>| match ahead {
                true => stream.read_ahead(),
                false => stream,
            };
            let (mut tags, error, cursor) =
                read_all(stream(front.tags().list().stream())).await;
            assert_eq!(error.expect("a failure").kind(), kind);
            let cursor = cursor.expect("a cursor");
            assert_eq!((ids(&tags), cursor.as_str()), (ALL[..3].to_vec(), "b"));
            let (rest, error, cursor) =
                read_all(stream(front.tags().list().from(&cursor).stream())).await;
            assert!(error.is_none() && cursor.is_none());
            tags.extend(rest);
            assert_eq!(ids(&tags), ALL);
            assert_eq!(server.lines().len(), 6);
        }
    }
}

#[tokio::test]
async fn pages_are_resumed_exactly_where_they_failed() {
    for (third, kind) in failures() {
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
async fn the_first_page_may_fail_as_well() {
    for start in [None, Some(Cursor::new("a"))] {
        let (front, server) = front([Reply::status(503), page(&["tag_1"], None)]);
        let list = || match &start {
            Some(start) => front.tags().list().from(start),
            None => front.tags().list(),
        };
        let (tags, error, cursor) = read_all(list().stream()).await;
        assert!(tags.is_empty() && error.expect("a refusal").is_server_error());
        // The cursor is still the start of the list.
        assert_eq!(cursor, start);
        let (tags, _, _) = read_all(list().stream()).await;
        assert_eq!(ids(&tags), ["tag_1"]);
        assert_eq!(server.lines()[0], server.lines()[1]);
    }
}
