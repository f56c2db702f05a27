//! Clients with fewer permissions.

use front_api::{Client, Error, ErrorKind, Everything, Grants, grant, permissions};

use crate::front;
use front_test_server::Reply;

grant! {
    /// Permissions to read conversations and tags.
    pub struct Reader: ConversationsRead, TagsRead;

    struct Tagger: TagsRead;

    struct NoPermissions;
}

async fn count<G: Grants<permissions::TagsRead>>(
    front: &Client<G>,
) -> Result<usize, Error> {
    Ok(front.tags().list().send().await?.items.len())
}

#[tokio::test]
async fn a_grant_allows_the_permissions_that_it_names() {
    let page = || Reply::json(200, r#"{"_results":[{"id":"tag_1"}]}"#);
    let (front, server) =
        front([page(), page(), page(), Reply::json(200, r#"{"id":"cmp_1"}"#)]);
    let reader: Client<Reader> = front.restrict();
    let tagger = reader.restrict::<Tagger>();
    assert_eq!(count(&front).await.expect("a page"), 1);
    assert_eq!(count(&reader).await.expect("a page"), 1);
    assert_eq!(count(&tagger).await.expect("a page"), 1);
    // Calls that need no permission are always allowed.
    let unprivileged: Client<NoPermissions> = tagger.restrict();
    unprivileged.me().get().send().await.expect("an identity");
    assert_eq!(server.lines().len(), 4);
    assert!(format!("{tagger:?}").contains("{tags:read}"), "{tagger:?}");
}

/// A grant that implements traits for more permissions than it lists.
struct FalseGrant;

impl front_api::Grant for FalseGrant {
    const PERMISSIONS: Option<&'static [front_api::Permission]> = None;
}
impl Grants<permissions::TagsRead> for FalseGrant {}
impl Grants<permissions::TagsWrite> for FalseGrant {}
impl<G> front_api::SubsetOf<G> for FalseGrant {}

#[tokio::test]
async fn permissions_are_checked_again_before_anything_is_sent() {
    let (front, server) = front([]);
    let false_client: Client<FalseGrant> = front.restrict::<Tagger>().restrict();
    let error =
        false_client.tags().create_company("x").send().await.expect_err("not granted");
    assert_eq!(error.kind(), ErrorKind::NotGranted);
    assert!(error.is_not_granted() && error.is_unsent());
    assert_eq!(error.permission(), Some(permissions::TAGS_WRITE));
    assert!(
        error.to_string().starts_with(
            "tags.create_company: POST /company/tags: missing permission `tags:write`: this client was not granted it. "
        ),
        "{error}"
    );
    let mut stream = false_client
        .restrict::<NoPermissions>()
        .restrict::<FalseGrant>()
        .tags()
        .list()
        .stream();
    assert!(stream.try_next().await.expect_err("not granted").is_not_granted());
    assert!(server.seen().is_empty());
}

#[test]
fn clients_can_be_sent_to_other_threads() {
    fn check<T: Send + Sync + Unpin + 'static>() {}
    check::<Client>();
    check::<Client<Everything>>();
    check::<Client<Reader>>();
    check::<Error>();
}
