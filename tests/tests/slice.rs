//! The exact requests of fourteen operations over real HTTP. Each of them breaks a naive design.

use front_api::analytics::{
    ColumnById, EventsColumn, EventsExportColumn, ExportColumns, MessagesColumn,
    ParameterizedColumn, SmartQaColumn, SmartQaCriterion,
};
use front_api::attachments::AttachmentId;
use front_api::channels::ChannelId;
use front_api::common::SortOrder;
use front_api::contacts::{ContactHandle, HandleSource};
use front_api::conversations::{ConversationId, StatusChange, StatusFilter};
use front_api::events::EventType;
use front_api::inboxes::InboxId;
use front_api::messages::AfterReply;
use front_api::messages::MessageId;
use front_api::tags::{TagHighlight, TagId};
use front_api::teammates::TeammateId;
use front_api::{Client, Error, Timestamp, Upload, operations};
use front_test_server::{ReceivedRequest, Reply, Server};

const TOKEN: &str = "eyJ.test";

/// Makes one call. Returns the request that the server received.
async fn seen<F: Future<Output = Result<(), Error>>>(
    reply: Reply,
    call: impl FnOnce(Client) -> F,
) -> ReceivedRequest {
    let server = Server::start([reply]);
    let front = Client::builder()
        .api_token(TOKEN)
        .base_url(server.base())
        .build()
        .expect("a client");
    call(front).await.expect("a response");
    let seen = server.only();
    assert_eq!(seen.header("authorization"), Some(&*format!("Bearer {TOKEN}")));
    seen
}

/// Asserts the exact request of a call with a JSON body or none.
fn check(seen: &ReceivedRequest, operation: &str, line: &str, body: &str) {
    let known =
        operations::ALL.iter().find(|of| of.name == operation).expect("an operation");
    assert_eq!(seen.method, known.method.as_str(), "{operation}");
    assert_eq!(seen.line(), line, "{operation}");
    assert_eq!(String::from_utf8_lossy(&seen.body), body, "{operation}");
    assert_eq!(seen.header("accept"), Some("application/json"), "{operation}");
    assert_eq!(
        seen.header("content-type"),
        (!body.is_empty()).then_some("application/json"),
        "{operation}"
    );
}

fn page() -> Reply {
    Reply::json(200, r#"{"_results":[],"_pagination":{"next":null}}"#)
}

fn object() -> Reply {
    Reply::json(200, r#"{"id":"x_1"}"#)
}

#[tokio::test]
async fn tags() {
    let list = seen(page(), |front| async move {
        front.tags().list().limit(25).sort_order(SortOrder::Asc).send().await.map(drop)
    });
    check(&list.await, "tags.list", "GET /tags?limit=25&sort_order=asc", "");
    let create = seen(object(), |front| async move {
        let create = front
            .tags()
            .create_company("Refunds \"€\"")
            .highlight(TagHighlight::LightBlue);
        create.is_visible_in_conversation_lists(true).send().await.map(drop)
    });
    let body = r#"{"name":"Refunds \"€\"","highlight":"light-blue","is_visible_in_conversation_lists":true}"#;
    check(&create.await, "tags.create_company", "POST /company/tags", body);
}

#[tokio::test]
async fn conversations() {
    let list = seen(page(), |front| async move {
        let statuses = [StatusFilter::Unassigned, StatusFilter::Archived];
        front.conversations().list().statuses(statuses).send().await.map(drop)
    });
    let line = "GET /conversations?q%5Bstatuses%5D%5B%5D=unassigned&q%5Bstatuses%5D%5B%5D=archived";
    check(&list.await, "conversations.list", line, "");

    let id = ConversationId::from("cnv_1");
    let get = seen(object(), |front| async move {
        front.conversations().get(&id).send().await.map(drop)
    });
    check(&get.await, "conversations.get", "GET /conversations/cnv_1", "");

    let id = ConversationId::from("cnv_1");
    let update = seen(Reply::status(204), |front| async move {
        let update = front
            .conversations()
            .update(&id)
            .clear_assignee()
            .status(StatusChange::Open);
        update.tags_replace([&TagId::from("tag_1")]).clear_due_at().send().await
    });
    let body =
        r#"{"assignee_id":null,"status":"open","tag_ids":["tag_1"],"due_at":null}"#;
    check(&update.await, "conversations.update", "PATCH /conversations/cnv_1", body);

    let id = ConversationId::from("cnv_1");
    let emptied = seen(Reply::status(204), |front| async move {
        front
            .conversations()
            .update(&id)
            .tags_replace([])
            .custom_fields_replace([("VIP", true)])
            .send()
            .await
    });
    let body = r#"{"tag_ids":[],"custom_fields":{"VIP":true}}"#;
    check(&emptied.await, "conversations.update", "PATCH /conversations/cnv_1", body);

    let search =
        seen(Reply::json(200, r#"{"_results":[],"_total":212}"#), |front| async move {
            let page =
                front.conversations().search("is:open a/b?#%").limit(10).send().await?;
            assert_eq!(page.total, Some(212));
            Ok(())
        });
    let line = "GET /conversations/search/is:open%20a%2Fb%3F%23%25?limit=10";
    check(&search.await, "conversations.search", line, "");

    let id = ConversationId::from("alt:ref:a/b");
    let remove = seen(Reply::status(204), |front| async move {
        front
            .conversations()
            .remove_tags(&id, [&TagId::from("tag_1"), &TagId::from("tag_2")])
            .send()
            .await
    });
    let line = "DELETE /conversations/alt:ref:a%2Fb/tags";
    check(
        &remove.await,
        "conversations.remove_tags",
        line,
        r#"{"tag_ids":["tag_1","tag_2"]}"#,
    );
}

#[tokio::test]
async fn a_reply_sends_whether_it_archives() {
    let id = ConversationId::from("cnv_1");
    let reply = seen(
        Reply::json(202, r#"{"status":"accepted","message_uid":"abc"}"#),
        |front| async move {
            let reply = front
                .messages()
                .reply(&id, "Hello", AfterReply::KeepOpen)
                .tags([&TagId::from("tag_1")])
                .to(["a@b.c"]);
            let accepted = reply.clear_signature().send().await?;
            assert_eq!(accepted.message_uid.as_deref(), Some("abc"));
            Ok(())
        },
    );
    let body = r#"{"body":"Hello","options":{"archive":false,"tag_ids":["tag_1"]},"to":["a@b.c"],"signature_id":null}"#;
    check(&reply.await, "messages.reply", "POST /conversations/cnv_1/messages", body);
}

#[tokio::test]
async fn a_reply_with_files_is_multipart() {
    let id = ConversationId::from("cnv_1");
    let seen = seen(Reply::json(202, r#"{"status":"accepted"}"#), |front| async move {
        let files = [Upload::new("a.txt", "first"), Upload::new("b.txt", "second")];
        front
            .messages()
            .reply(&id, "Hello", AfterReply::Archive)
            .to(["a@b.c", "d@e.f"])
            .attachments(files)
            .send()
            .await
            .map(drop)
    });
    let seen = seen.await;
    assert_eq!(seen.line(), "POST /conversations/cnv_1/messages");
    let kind = seen.header("content-type").expect("a content type");
    let boundary =
        kind.strip_prefix("multipart/form-data; boundary=").expect("multipart");
    let body = String::from_utf8(seen.body.clone()).expect("text");
    let parts: Vec<(&str, &str)> = body
        .split(&format!("--{boundary}"))
        .filter_map(|part| part.trim_matches(['\r', '\n']).split_once("\r\n\r\n"))
        .map(|(head, value)| (head.lines().next().unwrap_or_default(), value))
        .collect();
    assert_eq!(
        parts,
        [
            (r#"Content-Disposition: form-data; name="body""#, "Hello"),
            (r#"Content-Disposition: form-data; name="options[archive]""#, "true"),
            (r#"Content-Disposition: form-data; name="to[0]""#, "a@b.c"),
            (r#"Content-Disposition: form-data; name="to[1]""#, "d@e.f"),
            (
                r#"Content-Disposition: form-data; name="attachments[0]"; filename="a.txt""#,
                "first"
            ),
            (
                r#"Content-Disposition: form-data; name="attachments[1]"; filename="b.txt""#,
                "second"
            ),
        ]
    );
}

#[tokio::test]
async fn a_download_is_bytes() {
    let reply = Reply::status(200)
        .header("content-type", "image/png")
        .body([0x89, b'P', 0, 255]);
    let download = seen(reply, |front| async move {
        let (message, file) = (MessageId::from("msg_1"), AttachmentId::from("fil_1"));
        let file =
            front.attachments().download_from_message(&message, &file).send().await?;
        assert_eq!(file.content_type(), Some("image/png"));
        assert_eq!(file.bytes().await?, [0x89, b'P', 0, 255][..]);
        Ok(())
    });
    let seen = download.await;
    assert_eq!(seen.line(), "GET /messages/msg_1/download/fil_1");
    assert_eq!((seen.header("accept"), seen.body.len()), (Some("*/*"), 0));
}

#[tokio::test]
async fn contacts() {
    let create = seen(object(), |front| async move {
        let handles = [ContactHandle::new("ann@example.com", HandleSource::Email)];
        front.contacts().create(handles).name("Ann").send().await.map(drop)
    });
    let body =
        r#"{"handles":[{"handle":"ann@example.com","source":"email"}],"name":"Ann"}"#;
    check(&create.await, "contacts.create", "POST /contacts", body);

    let avatar = seen(object(), |front| async move {
        let handles = [ContactHandle::new("ann@example.com", HandleSource::Email)];
        front
            .contacts()
            .create(handles)
            .avatar(Upload::new("ann.png", vec![1, 2, 3]))
            .send()
            .await
            .map(drop)
    });
    let body = avatar.await.body;
    let body = String::from_utf8_lossy(&body);
    for name in
        ["handles[0][handle]", "handles[0][source]", "avatar\"; filename=\"ann.png"]
    {
        assert!(body.contains(&format!("name=\"{name}\"")), "{name} in {body}");
    }
}

#[tokio::test]
async fn events() {
    let list = seen(page(), |front| async move {
        let list =
            front.events().list().after(Timestamp::from_millis(1_700_000_000_250));
        list.types([EventType::Inbound])
            .inboxes([&InboxId::from("inb_1")])
            .send()
            .await
            .map(drop)
    });
    let line = "GET /events?q%5Bafter%5D=1700000000.25&q%5Btypes%5D%5B%5D=inbound&q%5Binboxes%5D%5B%5D=inb_1";
    check(&list.await, "events.list", line, "");
}

#[tokio::test]
async fn analytics() {
    let (start, end) =
        (Timestamp::from_secs(1_700_000_000), Timestamp::from_secs(1_700_086_400));
    let messages = seen(object(), |front| async move {
        let columns = ExportColumns::messages([MessagesColumn::MessageId]);
        front
            .analytics()
            .create_export(start, end, columns)
            .tags([&TagId::from("tag_1")])
            .inboxes([&InboxId::from("inb_1")])
            .send()
            .await
            .map(drop)
    });
    let body = r#"{"start":1700000000,"end":1700086400,"filters":{"tag_ids":["tag_1"],"inbox_ids":["inb_1"]},"type":"messages","columns":["Message ID"]}"#;
    check(&messages.await, "analytics.create_export", "POST /analytics/exports", body);

    let events = seen(object(), |front| async move {
        let columns = ExportColumns::events([
            EventsExportColumn::from(EventsColumn::ActivityId),
            ParameterizedColumn::CustomField(Box::new(ColumnById::new("fld_1"))).into(),
            ParameterizedColumn::SmartQaScore(Box::new(SmartQaColumn::new(
                SmartQaCriterion::Tone,
            )))
            .into(),
        ]);
        front.analytics().create_export(start, end, columns).send().await.map(drop)
    });
    let body = r#"{"start":1700000000,"end":1700086400,"type":"events","columns":["Activity ID",{"id":"fld_1","name":"Custom Field"},{"id":"Tone","name":"Smart QA score"}]}"#;
    check(&events.await, "analytics.create_export", "POST /analytics/exports", body);
}

#[tokio::test]
async fn drafts() {
    let edit = seen(object(), |front| async move {
        let (draft, channel) = (MessageId::from("msg_1"), ChannelId::from("cha_1"));
        let edit = front.drafts().edit(&draft, &channel, "Better").version("v1");
        edit.author(&TeammateId::email("ann@example.com")).send().await.map(drop)
    });
    let body = r#"{"channel_id":"cha_1","body":"Better","version":"v1","author_id":"alt:email:ann@example.com"}"#;
    check(&edit.await, "drafts.edit", "PATCH /drafts/msg_1/", body);
}

#[tokio::test]
async fn me() {
    let get =
        seen(object(), |front| async move { front.me().get().send().await.map(drop) });
    check(&get.await, "me.get", "GET /me", "");
}
