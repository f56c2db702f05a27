//! How webhook deliveries are signed and sent.

use crate::names::Name;

/// How deliveries of one kind of webhook are signed and sent.
#[derive(Debug)]
pub struct WebhookScheme {
    /// Its name in the spec: `application`.
    pub name: Name,
    /// The description of this kind of webhook.
    pub about: String,
    /// The keys of the object around the event. If `None`, the body is the event.
    pub envelope: Option<Envelope>,
    /// The signature.
    pub signature: Signature,
    /// The time of sending.
    pub timestamp: Option<Timestamp>,
    /// How long Front waits for a response.
    pub deadline_seconds: u32,
    /// How often Front retries a delivery that failed.
    pub retries: u32,
    /// The request that checks the receiver.
    pub challenge: Option<Challenge>,
    /// How certain the facts are, `A` to `D`; see [`CERTAINTIES`](super::CERTAINTIES).
    pub certainty: char,
}

/// The keys of the object around an event; `a.b` is key `b` of the object at `a`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The name of the webhook event.
    pub kind: String,
    /// The id of the company.
    pub company: String,
    /// The event.
    pub payload: String,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The header, in lower case.
    pub header: String,
    /// The algorithm.
    pub digest: Digest,
    /// The encoding of its bytes as text.
    pub encoding: Encoding,
    /// The secret that is the key, in words.
    pub key: String,
    /// The parts of the signed text, in order.
    pub signed: Vec<SignedPart>,
}

/// The algorithm of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// `HMAC-SHA1`
    HmacSha1,
    /// `HMAC-SHA256`
    HmacSha256,
}

/// The encoding of bytes as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `base64`, with padding.
    Base64,
}

/// A part of a signed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedPart {
    /// The value of the timestamp's header.
    Timestamp,
    /// The body, as it was sent.
    Body,
    /// This text.
    Text(String),
}

/// The time at which a delivery was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timestamp {
    /// The header, in lower case.
    pub header: String,
    /// The unit.
    pub unit: TimeUnit,
}

/// The unit of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// `milliseconds`
    Milliseconds,
    /// `seconds`
    Seconds,
}

/// The request that checks a receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The value that replaces the name of the event in the envelope.
    pub kind: String,
    /// The header with the value that the response must return, in lower case.
    pub header: String,
    /// The key of the value in the JSON response.
    pub response_key: String,
    /// How long Front waits for the response.
    pub deadline_seconds: u32,
}

impl Digest {
    /// Returns the word of the spec.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
        }
    }
}

impl Encoding {
    /// Returns the word of the spec.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
        }
    }
}

impl TimeUnit {
    /// Returns the word of the spec.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Milliseconds => "milliseconds",
            Self::Seconds => "seconds",
        }
    }
}

impl SignedPart {
    /// Returns the word of the spec.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Timestamp => "{timestamp}",
            Self::Body => "{body}",
            Self::Text(text) => text,
        }
    }
}

/// The algorithms of signatures, with their words in the spec.
pub const DIGESTS: &[(&str, Digest)] =
    &[("HMAC-SHA1", Digest::HmacSha1), ("HMAC-SHA256", Digest::HmacSha256)];

/// The encodings of bytes as text, with their words in the spec.
pub const ENCODINGS: &[(&str, Encoding)] = &[("base64", Encoding::Base64)];

/// The units of times, with their words in the spec.
pub const TIME_UNITS: &[(&str, TimeUnit)] =
    &[("milliseconds", TimeUnit::Milliseconds), ("seconds", TimeUnit::Seconds)];
