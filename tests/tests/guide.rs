//! Twenty-three calls, the webhooks and the errors of the crate match Front's reference guide.

use front_api::{
    Access, Limit, Operation, errors, operations, rate_limit_classes, webhooks,
};

/// Method, path, access, capability, what it acts on, rate limit, webhook event.
const ROWS: &str = "
GET   /conversations                              read  conversations:read  conversation standard         none
GET   /conversations/{conversation_id}            read  conversations:read  conversation standard         none
PATCH /conversations/{conversation_id}            write conversations:write conversation standard         assignee_changed
POST  /channels/{channel_id}/messages             write messages:send       message      5/1s:channel_id  outbound_sent
POST  /conversations/{conversation_id}/messages   write messages:send       message      5/1s:conversation_id outbound_sent
POST  /inboxes/{inbox_id}/imported_messages       write messages:send       message      standard         none
GET   /conversations/{conversation_id}/comments   read  comments:read       comment      standard         none
POST  /conversations/{conversation_id}/comments   write comments:write      comment      standard         new_comment_added
GET   /conversations/{conversation_id}/drafts     read  drafts:read         draft        standard         none
POST  /channels/{channel_id}/drafts               write drafts:write        draft        standard         none
GET   /contacts                                   read  contacts:read       contact      standard         none
GET   /contacts/{contact_id}                      read  contacts:read       contact      standard         none
POST  /contacts                                   write contacts:write      contact      standard         none
PATCH /contacts/{contact_id}                      write contacts:write      contact      standard         none
GET   /inboxes                                    read  inboxes:read        inbox        standard         none
GET   /inboxes/{inbox_id}                         read  inboxes:read        inbox        standard         none
GET   /channels                                   read  channels:read       channel      standard         none
GET   /channels/{channel_id}                      read  channels:read       channel      standard         none
GET   /tags                                       read  tags:read           tag          standard         none
POST  /company/tags                               write tags:write          tag          standard         none
GET   /teammates                                  read  teammates:read      teammate     standard         none
GET   /teammates/{teammate_id}                    read  teammates:read      teammate     standard         none
PATCH /teammates/{teammate_id}                    write teammates:write     teammate     standard         none
";

/// Returns an operation as a row.
fn row(operation: &Operation) -> [String; 7] {
    let access = match operation.access {
        Access::Read => "read",
        Access::Write => "write",
        _ => "another",
    };
    let limit =
        operation.rate_limit.map_or_else(String::new, |class| match class.limit {
            Limit::Company => class.name.to_owned(),
            Limit::Rate(rate) => format!(
                "{}/{}s:{}",
                rate.calls,
                rate.seconds,
                class.each.unwrap_or_default()
            ),
            Limit::Share { percent } => format!("{percent}%"),
            _ => "another".to_owned(),
        });
    [
        operation.method.as_str().to_owned(),
        operation.path.to_owned(),
        access.to_owned(),
        operation.capability.map_or("none", |of| of.as_str()).to_owned(),
        operation.acts_on.to_owned(),
        limit,
        operation.webhook.unwrap_or("none").to_owned(),
    ]
}

#[test]
fn twenty_three_calls_match_the_guide() {
    let rows: Vec<Vec<&str>> = ROWS
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(rows.len(), 23);
    for expected in rows {
        let found = operations::ALL
            .iter()
            .find(|of| of.method.as_str() == expected[0] && of.path == expected[1])
            .unwrap_or_else(|| panic!("no operation for {expected:?}"));
        assert_eq!(row(found), expected[..], "{}", found.name);
        assert_eq!(found.since, "base", "{}", found.name);
    }
}

/// To import a message, the document requires a weaker permission than the guide. The crate requires the document's.
#[test]
fn importing_does_not_need_the_permission_to_send() {
    let import = operations::ALL.iter().find(|of| of.id == "import-inbox-message");
    let import = import.expect("an operation");
    assert_eq!(import.capability.map(|of| of.as_str()), Some("messages:send"));
    assert_eq!(import.needs().map(|of| of.as_str()), Some("messages:write"));
}

#[test]
fn events_are_triggered_by_the_calls_in_the_guide() {
    let events = [
        ("inbound_received", &[][..]),
        (
            "outbound_sent",
            &[
                "/channels/{channel_id}/messages",
                "/conversations/{conversation_id}/messages",
            ],
        ),
        ("message_delivery_failed", &[]),
        ("assignee_changed", &["/conversations/{conversation_id}"]),
        ("new_comment_added", &["/conversations/{conversation_id}/comments"]),
        ("conversation_archived", &[]),
        ("conversation_reopened", &[]),
        ("conversation_moved", &[]),
        ("tag_added", &[]),
        ("tag_removed", &[]),
    ];
    for (name, paths) in events {
        let event = webhooks::ALL.iter().find(|event| event.name == name);
        let event = event.unwrap_or_else(|| panic!("no event {name}"));
        let mut triggered_by: Vec<&str> =
            event.triggered_by.iter().map(|operation| operation.path).collect();
        triggered_by.sort_unstable();
        assert_eq!(triggered_by, paths, "{name}");
    }
}

#[test]
fn error_codes_match_the_guide() {
    let codes = [
        (400, "bad_request"),
        (401, "unauthorized"),
        (403, "forbidden"),
        (404, "not_found"),
        (409, "conflict"),
        (422, "unprocessable_entity"),
        (429, "too_many_requests"),
        (500, "server_error"),
    ];
    for (status, code) in codes {
        let found = errors::ErrorCode::from_status(status);
        assert_eq!(found.map(errors::ErrorCode::name), Some(code), "{status}");
    }
}

/// The limits have the guide's numbers, and the stricter pace where one is known.
#[test]
fn rate_limit_classes_match_the_guide() {
    let limits: Vec<(&str, Limit)> =
        rate_limit_classes::ALL.iter().map(|class| (class.name, class.limit)).collect();
    let rate = |calls, seconds| Limit::Rate(front_api::Rate { calls, seconds });
    for expected in [
        ("analytics", rate(1, 1)),
        ("messages_per_channel", rate(5, 1)),
        ("messages_per_conversation", rate(5, 1)),
        ("seen", rate(10, 3600)),
        ("search", Limit::Share { percent: 40 }),
    ] {
        assert!(limits.contains(&expected), "{expected:?} in {limits:?}");
    }
    assert!(rate_limit_classes::ANALYTICS.pace_at.is_some_and(|pace| pace.seconds == 3));
}
