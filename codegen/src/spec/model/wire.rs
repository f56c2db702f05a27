//! Names on the wire that all calls share, and how webhook deliveries are sent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words;

/// The headers of responses, in lower case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseHeaders {
    /// The number of requests that the company may make in one window.
    pub rate_limit: String,
    /// The number of requests that remain in the window.
    pub rate_limit_remaining: String,
    /// When the window ends, in seconds since 1970.
    pub rate_limit_reset: String,
    /// The size of the burst allowance, in requests.
    pub burst_limit: String,
    /// The number of requests that remain of the burst allowance.
    pub burst_remaining: String,
    /// How long to wait after a 429, in seconds.
    pub retry_after: String,
    /// The name of the tighter limit that refused a call.
    pub tier: String,
    /// The id of the request, for support; the first that is present counts.
    pub request_id: Vec<String>,
}

/// The keys that responses of all calls share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseKeys {
    /// The keys of a page of a list.
    pub page: PageKeys,
    /// The keys of an object's addresses.
    pub links: LinkKeys,
    /// The keys of an error.
    pub error: ErrorKeys,
    /// Keys that only Front's own objects have: an object with one is not the error of a proxy.
    pub objects: Vec<String>,
}

/// The keys of a page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageKeys {
    /// The list of items.
    pub items: String,
    /// The object that describes the position of the page.
    pub pagination: String,
    /// The URL of the next page, inside that object.
    pub next: String,
    /// The number of items on all pages.
    pub total: String,
}

/// The keys of an object's addresses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinkKeys {
    /// The object that holds the addresses.
    pub object: String,
    /// The address of the object itself, inside it.
    #[serde(rename = "self")]
    pub this: String,
    /// The addresses of related objects by name, inside it.
    pub related: String,
}

/// The keys of an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ErrorKeys {
    /// The object that holds the error.
    pub object: String,
    /// The HTTP status, inside it.
    pub status: String,
    /// The short name of the error, inside it.
    pub title: String,
    /// The sentence that describes the error, inside it.
    pub message: String,
    /// The list of remarks on single fields, inside it.
    pub details: String,
}

/// How deliveries of one kind of webhook are signed and sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookScheme {
    /// The kind of webhook.
    pub about: String,
    /// The keys of the object around the event; absent: the body is the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<WebhookEnvelope>,
    /// The signature that proves that Front sent the delivery.
    pub signature: WebhookSignature,
    /// The time of sending; absent: a delivery does not contain it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<WebhookTimestamp>,
    /// How long Front waits for a response, in seconds.
    pub deadline_seconds: u32,
    /// How often Front sends a delivery again that failed.
    pub retries: u32,
    /// The request that checks the receiver before the first delivery; absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<WebhookChallenge>,
    /// The certainty: `A` documented by Front, `B` observed by several users, `C` by one, `D` inferred.
    #[schemars(with = "words::Certainty")]
    pub certainty: String,
}

/// The keys of the object around an event. `a.b` is key `b` of the object at `a`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookEnvelope {
    /// The name of the webhook event.
    #[serde(rename = "type")]
    pub kind: String,
    /// The id of the company.
    pub company: String,
    /// The event.
    pub payload: String,
}

/// How a delivery is signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookSignature {
    /// The header with the signature, in lower case.
    pub header: String,
    /// The algorithm: `HMAC-SHA1` or `HMAC-SHA256`.
    #[schemars(with = "words::Digest")]
    pub digest: String,
    /// How the bytes of the digest are written: `base64`.
    #[schemars(with = "words::Encoding")]
    pub encoding: String,
    /// The secret that is the key, in words.
    pub key: String,
    /// The signed text, with `{body}` for the body as it was sent and `{timestamp}` for the header of that name.
    pub signed: String,
}

/// The time at which a delivery was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookTimestamp {
    /// The header with the time since 1970, in lower case.
    pub header: String,
    /// The unit: `milliseconds` or `seconds`.
    #[schemars(with = "words::TimeUnit")]
    pub unit: String,
}

/// The request that checks the receiver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookChallenge {
    /// The value in the envelope in place of the name of an event.
    #[serde(rename = "type")]
    pub kind: String,
    /// The header with the value that the response must return, in lower case.
    pub header: String,
    /// The key of the JSON response that holds the value.
    pub response_key: String,
    /// How long Front waits for the response, in seconds.
    pub deadline_seconds: u32,
}
