//! How Front signs and sends webhook deliveries, as data.

use std::time::Duration;

/// How Front signs and sends the deliveries of one kind of webhook.
///
/// [`webhook_schemes`](crate::webhook_schemes) has a constant for each kind.
#[derive(Debug)]
#[non_exhaustive]
pub struct WebhookScheme {
    /// The name of the kind: `application`.
    pub name: &'static str,
    /// What kind of webhook it is.
    pub about: &'static str,
    /// The keys of the object around the event. `None` where the body is the event.
    pub envelope: Option<WebhookEnvelope>,
    /// How a delivery is signed.
    pub signature: WebhookSignature,
    /// The time at which a delivery was sent. `None` where a delivery does not carry it.
    pub timestamp: Option<WebhookTimestamp>,
    /// How long Front waits for a 2xx response.
    pub deadline: Duration,
    /// The maximum number of retries after a failed delivery.
    pub retries: u32,
    /// The request that checks the receiver. `None` where Front does not send one.
    pub challenge: Option<WebhookChallenge>,
    /// How certain the facts are: `A` documented by Front, `B` observed by several clients, `C` one source,
    /// `D` inferred.
    pub certainty: char,
}

/// The keys of the object around an event. `a.b` is the key `b` of the object at `a`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct WebhookEnvelope {
    /// The name of the webhook event, a [`WebhookType`](crate::webhooks::WebhookType).
    pub kind: &'static str,
    /// The id of the company.
    pub company: &'static str,
    /// The event.
    pub payload: &'static str,
}

/// How a delivery is signed.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct WebhookSignature {
    /// The header with the signature, in lower case.
    pub header: &'static str,
    /// The algorithm.
    pub digest: SignatureDigest,
    /// How the bytes of the digest are written in the header.
    pub encoding: SignatureEncoding,
    /// The secret that is the key of the digest, in words.
    pub key: &'static str,
    /// The signed text: these parts, one after the other.
    pub signed: &'static [SignedPart],
}

/// The algorithm of a signature.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SignatureDigest {
    /// HMAC with SHA-1.
    HmacSha1,
    /// HMAC with SHA-256.
    HmacSha256,
}

/// How the bytes of a signature are written as text.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SignatureEncoding {
    /// Base64 with padding, in the standard alphabet.
    Base64,
}

/// A part of a signed text.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SignedPart {
    /// The value of the header in [`WebhookTimestamp::header`], as it was sent.
    Timestamp,
    /// The bytes of the body, as they were sent.
    Body,
    /// A fixed text.
    Text(&'static str),
}

/// The time at which a delivery was sent.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct WebhookTimestamp {
    /// The header with the time since 1970, in lower case.
    pub header: &'static str,
    /// The unit of the time.
    pub unit: TimeUnit,
}

/// The unit of a time.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TimeUnit {
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
}

/// The request by which Front checks a receiver.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct WebhookChallenge {
    /// The value that the request has at [`WebhookEnvelope::kind`].
    pub kind: &'static str,
    /// The header with the value that the response must return, in lower case.
    pub header: &'static str,
    /// The key of the value in the JSON response.
    pub response_key: &'static str,
    /// How long Front waits for the response.
    pub deadline: Duration,
}
