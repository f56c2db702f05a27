//! Clients with fewer permissions.

use front_api::{Client, Error, ErrorKind, Everything, Grants, grant, permissions};

use crate::front;
use front_test_server::Reply;

grant! {
    /// What the reader may do.
    pub struct Reader: ConversationsRead, TagsRead;

    struct Tagger: TagsRead;

    struct Nobody;
}

async fn count<G: Grants<permissions::TagsRead>>(
    front: &Client<G>,
) -> Result<usize, Error> {
    Ok(front.tags().list().send().await?.items.len())
}

#[tokio::test]
async fn a_grant_leaves_what_it_names() {
    let page = || Reply::json(200, r#"{"_results":[{"id":"tag_1"}]}"#);
    let (front, server) =
        front([page(), page(), page(), Reply::json(200, r#"{"id":"cmp_1"}"#)]);
    let reader: Client<Reader> = front.restrict();
    let tagger = reader.restrict::<Tagger>();
    assert_eq!(count(&front).await.expect("a page"), 1);
    assert_eq!(count(&reader).await.expect("a page"), 1);
    assert_eq!(count(&tagger).await.expect("a page"), 1);
    // What takes no permission is open to everyone.
    let nobody: Client<Nobody> = tagger.restrict();
    nobody.me().get().send().await.expect("an identity");
    assert_eq!(server.lines().len(), 4);
    assert!(format!("{tagger:?}").contains("{tags:read}"), "{tagger:?}");
}

/// A grant that claims more for the compiler than it lists.
struct Liar;

impl front_api::Grant for Liar {
    const PERMISSIONS: Option<&'static [front_api::Permission]> = None;
}
impl Grants<permissions::TagsRead> for Liar {}
impl Grants<permissions::TagsWrite> for Liar {}
impl<G> front_api::SubsetOf<G> for Liar {}

#[tokio::test]
async fn the_set_is_checked_again_before_anything_is_sent() {
    let (front, server) = front([]);
    let lying: Client<Liar> = front.restrict::<Tagger>().restrict();
    let error = lying.tags().create_company("x").send().await.expect_err("not granted");
    assert_eq!(error.kind(), ErrorKind::NotGranted);
    assert!(error.is_not_granted() && error.is_unsent());
    assert_eq!(error.permission(), Some(permissions::TAGS_WRITE));
    assert!(
        error.to_string().starts_with(
            "tags.create_company: POST /company/tags: missing permission `tags:write`: this client was not granted it. "
        ),
        "{error}"
    );
    let mut stream =
        lying.restrict::<Nobody>().restrict::<Liar>().tags().list().stream();
    assert!(stream.try_next().await.expect_err("not granted").is_not_granted());
    assert!(server.seen().is_empty());
}

#[test]
fn clients_travel() {
    fn check<T: Send + Sync + Unpin + 'static>() {}
    check::<Client>();
    check::<Client<Everything>>();
    check::<Client<Reader>>();
    check::<Error>();
}
