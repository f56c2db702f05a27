//! Invented responses with the size and form of Front's.

use serde_json::{Value, json};

pub(crate) fn identity() -> String {
    json!({
        "_links": {"self": "https://northwind.api.frontapp.com/me"},
        "id": "cmp_4k2q",
        "name": "Northwind Bicycles",
    })
    .to_string()
}

/// Returns a page of 100 conversations, about 130 KB.
pub(crate) fn page() -> Vec<u8> {
    let results: Vec<Value> = (0..100).map(conversation).collect();
    let page = json!({
        "_pagination": {"next": null},
        "_links": {"self": "https://northwind.api.frontapp.com/conversations?limit=100"},
        "_results": results,
    });
    page.to_string().into_bytes()
}

/// A part of the target of requests for [`unexpected_page`].
pub(crate) const UNEXPECTED: &str = "unassigned";

/// Returns the same page with an unexpected value in each conversation.
pub(crate) fn unexpected_page() -> Vec<u8> {
    let mut page: Value = serde_json::from_slice(&page()).expect("a page");
    for conversation in page["_results"].as_array_mut().expect("a list") {
        conversation["subject"] = json!({"text": conversation["subject"]});
    }
    page.to_string().into_bytes()
}

fn link(path: &str) -> String {
    format!("https://nw.api.frontapp.com/{path}")
}

fn conversation(number: u32) -> Value {
    let id = format!("cnv_{:x}", 0x1a_2b00 + number);
    let at = 1_760_000_000.125 + f64::from(number) * 61.5;
    json!({
        "_links": {
            "self": link(&format!("conversations/{id}")),
            "related": {
                "events": link(&format!("conversations/{id}/events")),
                "followers": link(&format!("conversations/{id}/followers")),
                "messages": link(&format!("conversations/{id}/messages")),
                "last_message": link(&format!("messages/msg_{number:x}?referer=conversation")),
            },
        },
        "id": id,
        "type": "email",
        "subject": format!("Order {number}: the saddle does not fit the frame"),
        "status": if number.is_multiple_of(3) { "archived" } else { "assigned" },
        "ticket_ids": [format!("TICKET-{number}")],
        "assignee": {
            "_links": {"self": link("teammates/tea_5n1")},
            "id": "tea_5n1",
            "email": "mira@northwind.test",
            "username": "mira",
            "first_name": "Mira",
            "last_name": "Olsen",
            "is_admin": false,
            "is_available": true,
            "is_blocked": false,
            "type": "user",
            "custom_fields": {},
        },
        "recipient": {
            "_links": {"related": {"contact": link("contacts/crd_77p")}},
            "name": "Jonas Lind",
            "handle": "jonas.lind@mail.test",
            "role": "from",
        },
        "tags": [tag(number % 7)],
        "links": [],
        "custom_fields": {"Region": "North", "Order value": 249.5},
        "created_at": at,
        "updated_at": at + 60.25,
        "waiting_since": at + 30.0,
        "is_private": false,
        "scheduled_reminders": [],
        "metadata": {},
    })
}

fn tag(number: u32) -> Value {
    let id = format!("tag_{number}f");
    json!({
        "_links": {"self": link(&format!("tags/{id}"))},
        "id": id,
        "name": "returns",
        "description": null,
        "highlight": "blue",
        "is_private": false,
        "is_visible_in_conversation_lists": true,
        "created_at": 1_700_000_000.5,
        "updated_at": 1_700_000_100.5,
    })
}
