//! Pages, and streams over all pages.

use std::future::poll_fn;
use std::pin::pin;

use front_api::{Cursor, ErrorKind, RequestOptions};
use futures_core::Stream;

use crate::front;
use front_test_server::Reply;

/// Returns a page of tags. The address of the next page is on another host, like Front's.
pub(crate) fn page(ids: &[&str], next: Option<&str>) -> Reply {
    let items: Vec<String> =
        ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    let next = match next {
        Some(cursor) => format!(
            r#""https://acme.api.frontapp.com/tags?limit=3&page_token={cursor}""#
        ),
        None => "null".to_owned(),
    };
    Reply::json(
        200,
        &format!(
            r#"{{"_pagination":{{"next":{next}}},"_results":[{}]}}"#,
            items.join(",")
        ),
    )
}

#[tokio::test]
async fn a_stream_reads_all_pages() {
    let (front, server) = front([
        page(&["tag_1", "tag_2"], Some("a%2F%3D")),
        page(&[], Some("b")),
        page(&["tag_3"], None),
    ]);
    let mut tags = front.tags().list().stream();
    let mut ids = Vec::new();
    while let Some(tag) = tags.try_next().await.expect("a tag") {
        ids.push(tag.id.to_string());
    }
    assert_eq!(ids, ["tag_1", "tag_2", "tag_3"]);
    assert!(tags.try_next().await.expect("still the end").is_none());
    assert_eq!(
        server.lines(),
        [
            "GET /tags?limit=100",
            "GET /tags?limit=100&page_token=a%2F%3D",
            "GET /tags?limit=100&page_token=b",
        ]
    );
}

#[tokio::test]
async fn pages_are_requested_when_they_are_needed() {
    let (front, server) =
        front([page(&["tag_1", "tag_2"], Some("a")), page(&["tag_3"], None)]);
    let mut tags = front.tags().list().limit(2).stream();
    tags.try_next().await.expect("a tag").expect("the first");
    tags.try_next().await.expect("a tag").expect("the second");
    assert_eq!(server.lines(), ["GET /tags?limit=2"]);
    tags.try_next().await.expect("a tag").expect("the third");
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn a_list_can_start_at_a_page() {
    let (front, server) =
        front([page(&["tag_1"], Some("a")), page(&["tag_2"], None), page(&[], None)]);
    let first = front.tags().list().send().await.expect("a page");
    assert_eq!((first.items.len(), first.next.as_ref()), (1, Some(&Cursor::new("a"))));
    let next = first.next.expect("a cursor");
    let second = front.tags().list().from(&next).send().await.expect("a page");
    assert_eq!(second.next, None);
    front
        .tags()
        .list()
        .from(&"stored".parse().expect("a cursor"))
        .stream()
        .try_next()
        .await
        .expect("a page");
    assert_eq!(
        server.lines(),
        ["GET /tags", "GET /tags?page_token=a", "GET /tags?page_token=stored&limit=100"]
    );
}

#[tokio::test]
async fn a_list_requests_its_largest_page_size() {
    let (front, server) = front([page(&[], None)]);
    front.events().list().stream().try_next().await.expect("a page");
    assert_eq!(server.lines(), ["GET /events?limit=15"]);
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error() {
    let (front, server) = front([
        page(&["tag_1"], Some("a")),
        page(&["tag_2"], Some("b")),
        page(&["tag_3"], Some("a")),
    ]);
    let mut pages = front.tags().list().pages();
    for id in ["tag_1", "tag_2", "tag_3"] {
        let page = pages.try_next().await.expect("a page").expect("not the end");
        assert_eq!(page.items[0].id.as_str(), id);
    }
    let error = pages.try_next().await.expect_err("a repeated cursor");
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert!(
        error.to_string().starts_with("tags.list: GET /tags: duplicate cursor"),
        "{error}"
    );
    assert!(pages.try_next().await.expect("the end").is_none());
    assert_eq!(server.lines().len(), 3);
}

#[tokio::test]
async fn a_repeated_start_cursor_is_an_error() {
    let (front, server) = front([page(&["tag_1"], Some("a"))]);
    let mut tags = front.tags().list().from(&Cursor::new("a")).stream();
    tags.try_next().await.expect("a tag").expect("the first");
    let error = tags.try_next().await.expect_err("a repeated cursor");
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn an_error_ends_a_stream() {
    let (front, server) =
        front([page(&["tag_1"], Some("a")), Reply::status(500), page(&["tag_2"], None)]);
    let mut tags = front.tags().list().stream();
    tags.try_next().await.expect("a tag");
    assert!(tags.try_next().await.expect_err("a refusal").is_server_error());
    assert!(tags.try_next().await.expect("the end").is_none());
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn a_list_can_be_resumed_at_its_cursor() {
    let (front, server) = front([
        page(&["tag_1"], Some("a")),
        page(&["tag_2"], Some("b")),
        Reply::status(500),
        page(&["tag_3"], None),
    ]);
    let mut tags = front.tags().list().stream();
    assert_eq!(tags.cursor(), None);
    tags.try_next().await.expect("a tag");
    assert_eq!(tags.cursor(), Some(&Cursor::new("a")));
    tags.try_next().await.expect("a tag");
    tags.try_next().await.expect_err("a refusal");
    let cursor = tags.cursor().expect("a cursor").clone();
    assert_eq!(cursor, Cursor::new("b"));
    let mut pages = front.tags().list().from(&cursor).pages();
    assert_eq!(pages.cursor(), Some(&cursor));
    let rest = pages.try_next().await.expect("a page").expect("not the end");
    assert_eq!(rest.items[0].id.as_str(), "tag_3");
    assert_eq!(pages.cursor(), None);
    assert_eq!(server.lines()[3], "GET /tags?page_token=b&limit=100");
}

#[tokio::test]
async fn a_list_may_start_at_the_cursor_of_an_option() {
    let (front, server) = front([page(&["tag_1"], Some("b")), page(&["tag_2"], None)]);
    let options = RequestOptions::new().query("page_token", "a");
    let mut pages = front.tags().list().with(options).pages();
    assert_eq!(pages.cursor(), Some(&Cursor::new("a")));
    while pages.try_next().await.expect("a page").is_some() {}
    assert_eq!(
        server.lines(),
        ["GET /tags?limit=100&page_token=a", "GET /tags?limit=100&page_token=b"]
    );
}

#[tokio::test]
async fn a_next_page_without_a_cursor_is_not_the_end() {
    let body =
        r#"{"_results":[],"_pagination":{"next":"https://acme.api.frontapp.com/tags"}}"#;
    let (front, _server) = front([Reply::json(200, body)]);
    let page = front.tags().list().send().await.expect("a page");
    assert!(page.next.expect("there is more").is_malformed());
}

#[tokio::test]
async fn implements_the_stream_trait() {
    fn check<T: Stream + Send + Unpin>(stream: T) -> T {
        stream
    }
    let (front, _server) = front([page(&["tag_1"], None), page(&["tag_1"], None)]);
    let mut stream = pin!(check(front.tags().list().stream()));
    let first = poll_fn(|context| stream.as_mut().poll_next(context)).await;
    assert_eq!(first.expect("an item").expect("a tag").id.as_str(), "tag_1");
    assert!(poll_fn(|context| stream.as_mut().poll_next(context)).await.is_none());
    let mut pages = pin!(check(front.tags().list().pages()));
    let first = poll_fn(|context| pages.as_mut().poll_next(context)).await;
    assert_eq!(first.expect("an item").expect("a page").items.len(), 1);
}

#[tokio::test]
async fn a_search_returns_the_total() {
    let (front, _server) = front([Reply::json(
        200,
        r#"{"_total":3,"_results":[{"id":"cnv_1"}],"_links":{}}"#,
    )]);
    let page = front.conversations().search("x").send().await.expect("a page");
    assert_eq!((page.total, page.items.len()), (Some(3), 1));
}
