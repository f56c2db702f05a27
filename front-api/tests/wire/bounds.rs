//! Walks that are to give so many items and no more.

use front_api::tags::Tag;
use front_api::{Cursor, ItemStream, RequestOptions};

use crate::front;
use crate::lists::page;
use front_test_server::Reply;

/// The ids of all items to the end.
async fn ids(stream: &mut ItemStream<Tag>) -> Vec<String> {
    let mut ids = Vec::new();
    while let Some(tag) = stream.try_next().await.expect("a tag") {
        ids.push(tag.id.to_string());
    }
    assert!(stream.try_next().await.expect("still the end").is_none());
    ids
}

fn at_hand(stream: &ItemStream<Tag>) -> Vec<&str> {
    stream.items_at_hand().iter().map(|tag| tag.id.as_str()).collect()
}

#[tokio::test]
async fn ends_with_a_page_of_just_so_many() {
    let (front, server) =
        front([page(&["tag_1", "tag_2"], Some("a")), page(&["tag_3"], None)]);
    let mut tags = front.tags().list().stream().max_items(2);
    assert_eq!(ids(&mut tags).await, ["tag_1", "tag_2"]);
    assert_eq!(server.lines(), ["GET /tags?limit=2"]);
    assert!(tags.items_at_hand().is_empty());
    // Nothing lies between what was given and this.
    let rest = front.tags().list().from(tags.cursor().expect("a place"));
    assert_eq!(ids(&mut rest.stream()).await, ["tag_3"]);
}

#[tokio::test]
async fn what_is_sent_beyond_it_stays_at_hand() {
    let (front, server) = front([
        page(&["tag_1", "tag_2", "tag_3"], Some("a")),
        page(&["tag_4", "tag_5"], Some("b")),
        page(&["tag_6"], None),
    ]);
    let mut tags = front.tags().list().stream().max_items(1);
    assert_eq!(ids(&mut tags).await, ["tag_1"]);
    assert_eq!(at_hand(&tags), ["tag_2", "tag_3"]);
    assert_eq!(tags.cursor(), Some(&Cursor::new("a")));
    // A limit counts from where it is set, and replaces the one before.
    let mut tags = tags.max_items(1);
    assert_eq!(ids(&mut tags).await, ["tag_2"]);
    assert_eq!(server.lines(), ["GET /tags?limit=1"]);
    let mut tags = tags.max_items(50).max_items(2);
    assert_eq!(ids(&mut tags).await, ["tag_3", "tag_4"]);
    assert_eq!(at_hand(&tags), ["tag_5"]);
    assert_eq!(ids(&mut tags.max_items(usize::MAX)).await, ["tag_5", "tag_6"]);
    assert_eq!(
        server.lines(),
        [
            "GET /tags?limit=1",
            // One of the two was at hand.
            "GET /tags?page_token=a&limit=1",
            "GET /tags?page_token=b&limit=100",
        ]
    );
}

#[tokio::test]
async fn none_are_had_without_asking() {
    let (front, server) = front([page(&["tag_1"], None)]);
    let start = Cursor::new("a");
    let mut tags = front.tags().list().from(&start).stream().max_items(0);
    assert!(ids(&mut tags).await.is_empty());
    assert_eq!(tags.cursor(), Some(&start));
    assert!(server.lines().is_empty());
}

#[tokio::test]
async fn no_page_is_asked_for_beyond_them() {
    let first = page(&["tag_1", "tag_2"], Some("a"));
    let (front, server) = front([first, page(&["tag_3", "tag_4"], Some("b"))]);
    let mut tags = front.tags().list().limit(2).stream().max_items(4);
    assert_eq!(ids(&mut tags).await, ["tag_1", "tag_2", "tag_3", "tag_4"]);
    assert_eq!(tags.cursor(), Some(&Cursor::new("b")));
    assert_eq!(server.lines(), ["GET /tags?limit=2", "GET /tags?limit=2&page_token=a"]);
}

#[tokio::test]
async fn a_size_of_the_callers_stays() {
    let (front, server) = front([page(&["tag_1"], None), page(&["tag_1"], None)]);
    ids(&mut front.tags().list().limit(50).stream().max_items(3)).await;
    let options = RequestOptions::new().query("limit", "20");
    ids(&mut front.tags().list().with(options).stream().max_items(3)).await;
    assert_eq!(server.lines(), ["GET /tags?limit=50", "GET /tags?limit=20"]);
}

#[tokio::test]
async fn no_page_is_larger_than_the_largest() {
    let (front, server) = front([page(&["tag_1"], None), page(&[], None)]);
    ids(&mut front.tags().list().stream().max_items(101)).await;
    assert!(
        front
            .events()
            .list()
            .stream()
            .max_items(16)
            .try_next()
            .await
            .expect("a page")
            .is_none()
    );
    assert_eq!(server.lines(), ["GET /tags?limit=100", "GET /events?limit=15"]);
}

/// A filter may leave one item of a hundred: as many small pages would be as many calls.
#[tokio::test]
async fn what_a_small_page_lacks_is_sought_in_large_ones() {
    let (front, server) = front([
        page(&[], Some("a")),
        page(&["tag_1"], Some("b")),
        page(&["tag_2", "tag_3"], Some("c")),
    ]);
    let mut tags = front.tags().list().stream().max_items(2);
    assert_eq!(ids(&mut tags).await, ["tag_1", "tag_2"]);
    assert_eq!(at_hand(&tags), ["tag_3"]);
    assert_eq!(
        server.lines(),
        [
            "GET /tags?limit=2",
            "GET /tags?page_token=a&limit=100",
            "GET /tags?limit=100&page_token=b",
        ]
    );
}

#[tokio::test]
async fn an_error_counts_as_no_item() {
    let (front, server) = front([page(&["tag_1"], Some("a")), Reply::status(500)]);
    let mut tags = front.tags().list().stream().max_items(2);
    tags.try_next().await.expect("a tag").expect("the first");
    assert!(tags.try_next().await.expect_err("a refusal").is_server_error());
    assert!(tags.try_next().await.expect("the end").is_none());
    // A new limit does not wake what an error ended.
    let mut tags = tags.max_items(2);
    assert!(tags.try_next().await.expect("the end").is_none());
    assert_eq!(server.lines().len(), 2);
}
