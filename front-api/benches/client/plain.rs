//! The same types with plain derives, which do not keep unknown fields and do not accept null for an empty list.

#![allow(dead_code, reason = "the values are decoded and not used")]

use std::collections::BTreeMap;

use front_api::conversations::{ConversationId, ConversationStatus, ConversationType};
use front_api::messages::RecipientRole;
use front_api::statuses::{StatusCategory, StatusId};
use front_api::tags::{TagHighlight, TagId};
use front_api::teammates::{TeammateId, TeammateType};
use front_api::{ApiLinks, Timestamp};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(crate) struct Page {
    #[serde(rename = "_results")]
    results: Vec<Conversation>,
    #[serde(rename = "_pagination")]
    pagination: Pagination,
}

#[derive(Deserialize)]
struct Pagination {
    next: Option<String>,
}

#[derive(Deserialize)]
struct Conversation {
    #[serde(rename = "_links", default)]
    api_links: ApiLinks,
    id: ConversationId,
    #[serde(rename = "type")]
    kind: Option<ConversationType>,
    subject: Option<String>,
    status: Option<ConversationStatus>,
    status_id: Option<StatusId>,
    status_category: Option<StatusCategory>,
    #[serde(default)]
    ticket_ids: Vec<String>,
    assignee: Option<Teammate>,
    recipient: Option<Recipient>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    links: Vec<Value>,
    #[serde(default)]
    custom_fields: BTreeMap<String, Value>,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    waiting_since: Option<Timestamp>,
    is_private: Option<bool>,
    #[serde(default)]
    scheduled_reminders: Vec<Value>,
    description: Option<String>,
    due_at: Option<Timestamp>,
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {}

#[derive(Deserialize)]
struct Teammate {
    #[serde(rename = "_links", default)]
    api_links: ApiLinks,
    id: TeammateId,
    email: Option<String>,
    username: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    is_admin: Option<bool>,
    is_available: Option<bool>,
    is_blocked: Option<bool>,
    #[serde(rename = "type")]
    kind: Option<TeammateType>,
    #[serde(default)]
    custom_fields: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Recipient {
    #[serde(rename = "_links", default)]
    api_links: ApiLinks,
    name: Option<String>,
    handle: Option<String>,
    role: Option<RecipientRole>,
}

#[derive(Deserialize)]
struct Tag {
    #[serde(rename = "_links", default)]
    api_links: ApiLinks,
    id: TagId,
    name: Option<String>,
    description: Option<String>,
    highlight: Option<TagHighlight>,
    is_private: Option<bool>,
    is_visible_in_conversation_lists: Option<bool>,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
}
