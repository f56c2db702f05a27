//! Lists with a maximum number of items.

use front_api::tags::Tag;
use front_api::{Cursor, ItemStream, RequestOptions};

use crate::front;
use crate::lists::page;
use front_test_server::Reply;

/// Returns the ids of all items to the end.
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
async fn ends_after_a_page_of_the_exact_size() {
    let (front, server) =
        front([page(&["tag_1", "tag_2"], Some("a")), page(&["tag_3"], None)]);
    let mut tags = front.tags().list().stream().max_items(2);
    assert_eq!(ids(&mut tags).await, ["tag_1", "tag_2"]);
    assert_eq!(server.lines(), ["GET /tags?limit=2"]);
    assert!(tags.items_at_hand().is_empty());
    // The rest of the list starts right after the returned items.
    let rest = front.tags().list().from(tags.cursor().expect("a cursor"));
    assert_eq!(ids(&mut rest.stream()).await, ["tag_3"]);
}

#[tokio::test]
async fn items_beyond_the_maximum_stay_at_hand() {
    let (front, server) = front([
        page(&["tag_1", "tag_2", "tag_3"], Some("a")),
        page(&["tag_4", "tag_5"], Some("b")),
        page(&["tag_6"], None),
    ]);
    let mut tags = front.tags().list().stream().max_items(1);
    assert_eq!(ids(&mut tags).await, ["tag_1"]);
    assert_eq!(at_hand(&tags), ["tag_2", "tag_3"]);
    assert_eq!(tags.cursor(), Some(&Cursor::new("a")));
    // A maximum counts from the item where it is set, and replaces the previous maximum.
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
            // One of the two items had been received before.
            "GET /tags?page_token=a&limit=1",
            "GET /tags?page_token=b&limit=100",
        ]
    );
}

#[tokio::test]
async fn a_maximum_of_zero_sends_no_request() {
    let (front, server) = front([page(&["tag_1"], None)]);
    let start = Cursor::new("a");
    let mut tags = front.tags().list().from(&start).stream().max_items(0);
    assert!(ids(&mut tags).await.is_empty());
    assert_eq!(tags.cursor(), Some(&start));
    assert!(server.lines().is_empty());
}

#[tokio::test]
async fn no_page_is_requested_beyond_the_maximum() {
    let first = page(&["tag_1", "tag_2"], Some("a"));
    let (front, server) = front([first, page(&["tag_3", "tag_4"], Some("b"))]);
    let mut tags = front.tags().list().limit(2).stream().max_items(4);
    assert_eq!(ids(&mut tags).await, ["tag_1", "tag_2", "tag_3", "tag_4"]);
    assert_eq!(tags.cursor(), Some(&Cursor::new("b")));
    assert_eq!(server.lines(), ["GET /tags?limit=2", "GET /tags?limit=2&page_token=a"]);
}

#[tokio::test]
async fn a_page_size_of_the_caller_is_kept() {
    let (front, server) = front([page(&["tag_1"], None), page(&["tag_1"], None)]);
    ids(&mut front.tags().list().limit(50).stream().max_items(3)).await;
    let options = RequestOptions::new().query("limit", "20");
    ids(&mut front.tags().list().with(options).stream().max_items(3)).await;
    assert_eq!(server.lines(), ["GET /tags?limit=50", "GET /tags?limit=20"]);
}

#[tokio::test]
async fn no_page_is_larger_than_the_largest_page_size() {
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

/// A filter may leave one item of a hundred, so small pages would need many calls.
#[tokio::test]
async fn after_a_small_page_large_pages_are_requested() {
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
async fn an_error_does_not_count_as_an_item() {
    let (front, server) = front([page(&["tag_1"], Some("a")), Reply::status(500)]);
    let mut tags = front.tags().list().stream().max_items(2);
    tags.try_next().await.expect("a tag").expect("the first");
    assert!(tags.try_next().await.expect_err("a refusal").is_server_error());
    assert!(tags.try_next().await.expect("the end").is_none());
    // A new maximum does not continue a list that an error has ended.
    let mut tags = tags.max_items(2);
    assert!(tags.try_next().await.expect("the end").is_none());
    assert_eq!(server.lines().len(), 2);
}
