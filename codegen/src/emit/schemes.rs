//! `webhook_schemes.rs`: how webhook deliveries are signed and sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Ident, Item, parse_quote};

use super::File;
use super::module::Module;
use super::tree::ident;
use crate::ir::{
    Api, Challenge, Digest, Encoding, Envelope, Signature, SignedPart, TimeUnit,
    Timestamp, WebhookScheme,
};
use crate::markdown::code;

/// Creates the file.
pub(crate) fn emit(api: &Api) -> File {
    let module = Module::new(api, None);
    let scheme = module.rt("WebhookScheme");
    let constants: Vec<Ident> =
        api.webhook_schemes.iter().map(|of| ident(&of.name.shouty())).collect();
    let mut items: Vec<Item> = vec![parse_quote! {
        /// All schemes.
        pub static ALL: &[&#scheme] = &[#(&#constants),*];
    }];
    let schemes = api.webhook_schemes.iter().zip(&constants);
    items.extend(schemes.map(|(of, constant)| constant_item(&module, of, constant)));
    let about =
        "How Front signs and sends webhook deliveries, for each kind of webhook.";
    let path = "webhook_schemes.rs".to_owned();
    module.file(path, "spec/webhooks.yaml", about.to_owned(), items)
}

fn constant_item(module: &Module<'_>, of: &WebhookScheme, constant: &Ident) -> Item {
    let scheme = module.rt("WebhookScheme");
    let duration = module.import("std::time", "Duration");
    let doc = module.docs(0, [of.about.clone(), sentences(of)]);
    let (name, about, certainty) = (of.name.plain(), &of.about, of.certainty);
    let envelope = optional(of.envelope.as_ref().map(|of| envelope(module, of)));
    let signature = signature(module, &of.signature);
    let timestamp = optional(of.timestamp.as_ref().map(|of| timestamp(module, of)));
    let challenge = optional(of.challenge.as_ref().map(|of| challenge(module, of)));
    let deadline = Literal::u32_unsuffixed(of.deadline_seconds);
    let retries = Literal::u32_unsuffixed(of.retries);
    parse_quote! {
        #doc
        pub static #constant: #scheme = #scheme {
            name: #name,
            about: #about,
            envelope: #envelope,
            signature: #signature,
            timestamp: #timestamp,
            deadline: #duration::from_secs(#deadline),
            retries: #retries,
            challenge: #challenge,
            certainty: #certainty,
        };
    }
}

fn optional(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

fn envelope(module: &Module<'_>, of: &Envelope) -> TokenStream {
    let name = module.rt("WebhookEnvelope");
    let Envelope { kind, company, payload } = of;
    quote!(#name { kind: #kind, company: #company, payload: #payload })
}

fn signature(module: &Module<'_>, of: &Signature) -> TokenStream {
    let name = module.rt("WebhookSignature");
    let (digests, encodings) =
        (module.rt("SignatureDigest"), module.rt("SignatureEncoding"));
    let digest = match of.digest {
        Digest::HmacSha1 => quote!(#digests::HmacSha1),
        Digest::HmacSha256 => quote!(#digests::HmacSha256),
    };
    let encoding = match of.encoding {
        Encoding::Base64 => quote!(#encodings::Base64),
    };
    let parts = module.rt("SignedPart");
    let signed = of.signed.iter().map(|part| match part {
        SignedPart::Timestamp => quote!(#parts::Timestamp),
        SignedPart::Body => quote!(#parts::Body),
        SignedPart::Text(text) => quote!(#parts::Text(#text)),
    });
    let (header, key) = (&of.header, &of.key);
    quote! {
        #name {
            header: #header,
            digest: #digest,
            encoding: #encoding,
            key: #key,
            signed: &[#(#signed),*],
        }
    }
}

fn timestamp(module: &Module<'_>, of: &Timestamp) -> TokenStream {
    let (name, units) = (module.rt("WebhookTimestamp"), module.rt("TimeUnit"));
    let unit = match of.unit {
        TimeUnit::Milliseconds => quote!(#units::Milliseconds),
        TimeUnit::Seconds => quote!(#units::Seconds),
    };
    let header = &of.header;
    quote!(#name { header: #header, unit: #unit })
}

fn challenge(module: &Module<'_>, of: &Challenge) -> TokenStream {
    let name = module.rt("WebhookChallenge");
    let duration = module.import("std::time", "Duration");
    let Challenge { kind, header, response_key, deadline_seconds } = of;
    let deadline = Literal::u32_unsuffixed(*deadline_seconds);
    quote! {
        #name {
            kind: #kind,
            header: #header,
            response_key: #response_key,
            deadline: #duration::from_secs(#deadline),
        }
    }
}

/// Returns sentences with the facts of a scheme.
pub(crate) fn sentences(of: &WebhookScheme) -> String {
    let mut all = Vec::new();
    all.push(match &of.envelope {
        Some(Envelope { kind, company, payload }) => format!(
            "The body is an object: {} is the name of the webhook event, {} the id of the company, {} the event.",
            code(kind),
            code(company),
            code(payload)
        ),
        None => "The body is the event.".to_owned(),
    });
    let Signature { header, digest, encoding, key, signed } = &of.signature;
    let signed: Vec<String> = signed
        .iter()
        .map(|part| match (part, &of.timestamp) {
            (SignedPart::Timestamp, Some(Timestamp { header, unit })) => {
                format!("the {} in {}", unit.as_str(), code(header))
            }
            (SignedPart::Timestamp, None) => "the timestamp".to_owned(),
            (SignedPart::Body, _) => "the raw body".to_owned(),
            (SignedPart::Text(text), _) => code(text),
        })
        .collect();
    all.push(format!(
        "The header {} contains an {} in {}, with {key} as the key, over {}.",
        code(header),
        digest.as_str(),
        encoding.as_str(),
        listed(&signed)
    ));
    let retries = match of.retries {
        0 => "does not retry".to_owned(),
        1 => "retries once".to_owned(),
        retries => format!("retries up to {retries} times"),
    };
    all.push(format!(
        "Front waits {} for a 2xx response, and {retries}.",
        seconds(of.deadline_seconds)
    ));
    if let Some(Challenge { kind, header, response_key, deadline_seconds }) =
        &of.challenge
    {
        let response = code(&format!("{{\"{response_key}\": \"..\"}}"));
        all.push(format!(
            "To check the receiver, Front posts a body of the type {} with the header {}. The receiver must respond within {} with {response}, where `..` is the value of that header.",
            code(kind),
            code(header),
            seconds(*deadline_seconds)
        ));
    }
    all.join(" ")
}

fn seconds(count: u32) -> String {
    if count == 1 { "1 second".to_owned() } else { format!("{count} seconds") }
}

fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
