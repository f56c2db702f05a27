//! How webhook deliveries are signed and sent: `schemes` of `webhooks.yaml`.

use super::context::{At, Context};
use super::service::named;
use super::wire::{header, key};
use crate::ir::{
    self, CERTAINTIES, DIGESTS, Digest, ENCODINGS, Encoding, SignedPart, TIME_UNITS,
    TimeUnit,
};
use crate::spec::model;

/// The placeholders of a signed text.
const PLACEHOLDERS: [(&str, SignedPart); 2] =
    [("{timestamp}", SignedPart::Timestamp), ("{body}", SignedPart::Body)];

/// Reads the schemes.
pub(super) fn schemes(cx: &mut Context<'_>) -> Vec<ir::WebhookScheme> {
    let at = cx.webhooks().then("schemes");
    let schemes = &cx.spec.webhooks.1.schemes;
    named(cx, schemes, &at, "scheme")
        .into_iter()
        .map(|(name, written, scheme)| {
            let at = at.then(written);
            cx.non_empty(&at.then("about"), &scheme.about);
            lasts(cx, &at, scheme.deadline_seconds);
            let certainty = at.then("certainty");
            ir::WebhookScheme {
                name,
                about: scheme.about.clone(),
                envelope: envelope(cx, scheme, &at.then("envelope")),
                signature: signature(cx, scheme, &at.then("signature")),
                timestamp: timestamp(cx, scheme, &at.then("timestamp")),
                deadline_seconds: scheme.deadline_seconds,
                retries: scheme.retries,
                challenge: challenge(cx, scheme, &at.then("challenge")),
                certainty: cx
                    .word(&certainty, &scheme.certainty, CERTAINTIES)
                    .unwrap_or('D'),
            }
        })
        .collect()
}

fn lasts(cx: &mut Context<'_>, at: &At, deadline_seconds: u32) {
    if deadline_seconds == 0 {
        cx.invalid_value(&at.then("deadline_seconds"), "at least 1 is expected");
    }
}

fn envelope(
    cx: &mut Context<'_>,
    scheme: &model::WebhookScheme,
    at: &At,
) -> Option<ir::Envelope> {
    let envelope = scheme.envelope.as_ref()?;
    for (name, path) in [
        ("type", &envelope.kind),
        ("company", &envelope.company),
        ("payload", &envelope.payload),
    ] {
        path.split('.').for_each(|part| key(cx, &at.then(name), part));
    }
    Some(ir::Envelope {
        kind: envelope.kind.clone(),
        company: envelope.company.clone(),
        payload: envelope.payload.clone(),
    })
}

fn signature(
    cx: &mut Context<'_>,
    scheme: &model::WebhookScheme,
    at: &At,
) -> ir::Signature {
    let signature = &scheme.signature;
    header(cx, &at.then("header"), &signature.header);
    cx.non_empty(&at.then("key"), &signature.key);
    let signed = parts(&signature.signed);
    let count = |part: &SignedPart| signed.iter().filter(|of| *of == part).count();
    let timestamps = usize::from(scheme.timestamp.is_some());
    let is_literal = |part: &SignedPart| !matches!(part, SignedPart::Text(text) if text.contains(['{', '}']));
    if !signed.iter().all(is_literal) {
        let expected = "only `{body}` and `{timestamp}` are filled in";
        cx.invalid_value(&at.then("signed"), expected);
    } else if count(&SignedPart::Body) != 1 {
        cx.invalid_value(&at.then("signed"), "`{body}` is expected once");
    } else if count(&SignedPart::Timestamp) != timestamps {
        let expected = match timestamps {
            0 => "`{timestamp}` needs a `timestamp` beside `signature`",
            _ => "`{timestamp}` is expected once, because a delivery contains it",
        };
        cx.invalid_value(&at.then("signed"), expected);
    }
    let digest = cx.word(&at.then("digest"), &signature.digest, DIGESTS);
    let encoding = cx.word(&at.then("encoding"), &signature.encoding, ENCODINGS);
    ir::Signature {
        header: signature.header.clone(),
        digest: digest.unwrap_or(Digest::HmacSha256),
        encoding: encoding.unwrap_or(Encoding::Base64),
        key: signature.key.clone(),
        signed,
    }
}

/// Splits a signed text into its parts.
fn parts(signed: &str) -> Vec<SignedPart> {
    let mut parts = Vec::new();
    let mut rest = signed;
    while !rest.is_empty() {
        let next = PLACEHOLDERS
            .iter()
            .filter_map(|(word, part)| Some((rest.find(word)?, word.len(), part)))
            .min_by_key(|(at, ..)| *at);
        let (before, length) = next.as_ref().map_or((rest.len(), 0), |of| (of.0, of.1));
        if before > 0 {
            parts.push(SignedPart::Text(rest[..before].to_owned()));
        }
        parts.extend(next.map(|(.., part)| part.clone()));
        rest = &rest[before + length..];
    }
    parts
}

fn timestamp(
    cx: &mut Context<'_>,
    scheme: &model::WebhookScheme,
    at: &At,
) -> Option<ir::Timestamp> {
    let timestamp = scheme.timestamp.as_ref()?;
    header(cx, &at.then("header"), &timestamp.header);
    let unit = cx.word(&at.then("unit"), &timestamp.unit, TIME_UNITS);
    let unit = unit.unwrap_or(TimeUnit::Seconds);
    Some(ir::Timestamp { header: timestamp.header.clone(), unit })
}

fn challenge(
    cx: &mut Context<'_>,
    scheme: &model::WebhookScheme,
    at: &At,
) -> Option<ir::Challenge> {
    let challenge = scheme.challenge.as_ref()?;
    cx.non_empty(&at.then("type"), &challenge.kind);
    header(cx, &at.then("header"), &challenge.header);
    key(cx, &at.then("response_key"), &challenge.response_key);
    lasts(cx, at, challenge.deadline_seconds);
    Some(ir::Challenge {
        kind: challenge.kind.clone(),
        header: challenge.header.clone(),
        response_key: challenge.response_key.clone(),
        deadline_seconds: challenge.deadline_seconds,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_texts_have_parts() {
        let text = |text: &str| SignedPart::Text(text.to_owned());
        assert_eq!(
            parts("{timestamp}:{body}"),
            [SignedPart::Timestamp, text(":"), SignedPart::Body]
        );
        assert_eq!(parts("{body}"), [SignedPart::Body]);
        assert_eq!(parts("a{time}"), [text("a{time}")]);
        assert_eq!(parts(""), []);
    }
}
