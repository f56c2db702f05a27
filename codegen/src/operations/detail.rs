//! All facts about one call.

use serde::Serialize;
use serde_json::Value;

use super::Row;
use crate::emit::docs::facts;
use crate::emit::example::example;
use crate::ir::{
    Answer, Api, DefaultValue, Endpoint, Facts, Field, Fixed, Place, Resource, Scalar,
    Ty, ValueLimits,
};

/// A call, with the keys of its JSON: those of a [`Row`], then these.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Detail<'a> {
    /// Its summary.
    #[serde(flatten)]
    pub row: Row<'a>,
    /// What the permission allows.
    #[serde(skip)]
    pub capability_about: Option<&'a str>,
    /// The limit in words.
    #[serde(skip)]
    pub rate_limit_about: Option<&'a str>,
    /// What the webhook event reports.
    #[serde(skip)]
    pub webhook_signals: Option<&'a str>,
    /// `safe` or `never`: whether it is safe to send it twice.
    pub repeat: &'static str,
    /// Whether Front may redirect it to the conversation that this one was merged into.
    pub redirects: bool,
    /// The media type of its `Accept` header, if it is not JSON.
    pub accept: Option<&'a str>,
    /// The placeholders in the path, in order. They are the first arguments.
    pub path_parameters: Vec<Input<'a>>,
    /// The other arguments, in their order.
    pub arguments: Vec<Input<'a>>,
    /// The optional inputs.
    pub setters: Vec<Input<'a>>,
    /// The constants that are always sent.
    pub fixed: Vec<Constant<'a>>,
    /// The setters of which at least one must be called.
    pub at_least_one: Vec<String>,
    /// The body's type.
    pub body: Option<String>,
    /// The type of a successful response as a phrase, or null if it has no content.
    pub answer: Option<String>,
    /// The status of a successful response.
    pub status: u16,
    /// Whether the response is a page, which further pages may follow.
    pub paged: bool,
    /// The largest page size, if the size can be chosen.
    pub max_page: Option<u32>,
    /// The statuses with which Front may refuse any call.
    pub errors: Vec<Status<'a>>,
    /// The call in Rust, with its imports and arguments.
    pub rust: String,
}

/// An argument or a setter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input<'a> {
    /// Its name in Rust.
    pub name: String,
    /// Its key on the wire.
    pub key: &'a str,
    /// `path`, `query`, `header` or `body`.
    #[serde(rename = "in")]
    pub place: &'static str,
    /// Its type as a phrase.
    #[serde(rename = "type")]
    pub phrase: String,
    /// Why it is deprecated.
    pub deprecated: Option<&'a str>,
    /// Its description.
    pub about: Option<String>,
    /// The limits on its values, if any are known.
    pub limits: Option<Limits<'a>>,
    /// Front's default if it is left out: a value, or words.
    pub default: Option<Value>,
    /// Its description, with its limits and its default as sentences.
    #[serde(skip)]
    pub description: Option<String>,
}

/// The limits on values, in addition to their type. Unknown limits are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limits<'a> {
    /// The maximum length in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// The minimum number of items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// The maximum number of items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// The smallest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<i64>,
    /// The largest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<i64>,
    /// The only integers that Front accepts.
    #[serde(skip_serializing_if = "<[i64]>::is_empty")]
    pub allowed: &'a [i64],
}

/// A constant that is always sent, and that the caller does not set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Constant<'a> {
    /// Its key on the wire.
    pub key: &'a str,
    /// `query`, `header` or `body`.
    #[serde(rename = "in")]
    pub place: &'static str,
    /// Its value.
    pub value: Value,
}

/// A status that a caller handles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status<'a> {
    /// Its number.
    pub status: u16,
    /// Its short name.
    pub code: &'a str,
    /// Its meaning.
    pub meaning: &'a str,
    /// What to do about it.
    pub action: &'a str,
}

/// Returns all facts about a call.
pub(super) fn detail<'a>(
    api: &'a Api,
    row: Row<'a>,
    resource: &'a Resource,
    endpoint: &'a Endpoint,
) -> Detail<'a> {
    let about = |id| {
        let permission: &crate::ir::Permission = &api[id];
        permission.about.as_str()
    };
    let inputs = |inputs: &'a [crate::ir::Input]| {
        inputs.iter().map(|input| of_input(api, input)).collect()
    };
    let type_name = |id| {
        let ty: &crate::ir::Type = &api[id];
        ty.name.camel()
    };
    let (answer, paged, max_page) = match &endpoint.answer {
        Answer::Nothing => (None, false, None),
        Answer::One(ty) => (Some(api.phrase(ty)), false, None),
        Answer::Page { item, max } => {
            (Some(format!("list of {}", api.phrase(item))), true, *max)
        }
        Answer::File => (Some("file".to_owned()), false, None),
    };
    Detail {
        capability_about: endpoint.capability.map(about),
        rate_limit_about: endpoint.rate_limit.map(|id| api[id].about.as_str()),
        webhook_signals: endpoint.webhook.map(|id| api[id].signals.as_str()),
        repeat: endpoint.repeat.as_str(),
        redirects: endpoint.redirects,
        accept: endpoint.accept.as_deref(),
        path_parameters: endpoint
            .path_params
            .iter()
            .map(|param| Input {
                name: param.name.snake(),
                key: &param.wire,
                place: "path",
                phrase: api.phrase(&param.ty),
                deprecated: None,
                about: joined(&param.about),
                limits: limits(&param.limits),
                default: param.default.as_ref().map(|of| default(of, &param.ty)),
                description: description(param.facts()),
            })
            .collect(),
        arguments: inputs(&endpoint.arguments),
        setters: inputs(&endpoint.setters),
        fixed: endpoint
            .fixed
            .iter()
            .filter_map(|input| {
                Some(Constant {
                    key: &input.field.wire,
                    place: of_place(input.place),
                    value: constant(input.field.fixed.as_ref()?),
                })
            })
            .collect(),
        at_least_one: endpoint
            .at_least_one
            .iter()
            .map(|(_, name)| name.snake())
            .collect(),
        body: endpoint.body.map(type_name),
        answer,
        status: endpoint.status,
        paged,
        max_page,
        errors: api
            .service
            .statuses
            .iter()
            .map(|of| Status {
                status: of.number,
                code: &of.code,
                meaning: &of.meaning,
                action: &of.action,
            })
            .collect(),
        rust: rust(&example(api, resource, endpoint)),
        row,
    }
}

fn of_input<'a>(api: &Api, input: &'a crate::ir::Input) -> Input<'a> {
    let Field { wire, name, nullable, ty, deprecated, .. } = &input.field;
    let nullable = if *nullable { "nullable " } else { "" };
    Input {
        name: name.snake(),
        key: wire,
        place: of_place(input.place),
        phrase: format!("{nullable}{}", api.phrase(ty)),
        deprecated: deprecated.as_deref(),
        about: joined(&input.field.about),
        limits: limits(&input.field.limits),
        default: input.field.default.as_ref().map(|of| default(of, ty)),
        description: input.field.facts().and_then(description),
    }
}

/// Joins paragraphs into one; returns `None` if there are none.
fn joined(paragraphs: &[String]) -> Option<String> {
    (!paragraphs.is_empty()).then(|| paragraphs.join(" "))
}

fn description(facts: Facts<'_>) -> Option<String> {
    joined(&facts::paragraphs(facts))
}

fn limits(of: &ValueLimits) -> Option<Limits<'_>> {
    let &ValueLimits { max_length, min_items, max_items, minimum, maximum, ref allowed } =
        of;
    (!of.is_empty()).then_some(Limits {
        max_length,
        min_items,
        max_items,
        minimum,
        maximum,
        allowed,
    })
}

/// Returns a default as a value, or as a text if it consists of words.
fn default(of: &DefaultValue, ty: &Ty) -> Value {
    let number = || match ty {
        Ty::Scalar(Scalar::Number) => of.text.parse::<f64>().ok().map(Value::from),
        _ => None,
    };
    let value = of.value.as_ref().map(constant).or_else(number);
    value.unwrap_or_else(|| of.text.as_str().into())
}

fn of_place(place: Place) -> &'static str {
    match place {
        Place::Query => "query",
        Place::Header => "header",
        Place::Body | Place::Choice => "body",
    }
}

fn constant(value: &Fixed) -> Value {
    match value {
        Fixed::Boolean(value) => (*value).into(),
        Fixed::Integer(value) => (*value).into(),
        Fixed::Null => Value::Null,
        Fixed::String(value) => value.as_str().into(),
    }
}

/// Returns the visible lines of an example in the documentation, without the hidden lines that make it compile.
fn rust(example: &str) -> String {
    let hidden = |line: &&str| {
        !line.starts_with("```") && *line != "#" && !line.starts_with("# ")
    };
    let lines: Vec<&str> = example.lines().filter(hidden).collect();
    lines.join("\n").trim().to_owned()
}
