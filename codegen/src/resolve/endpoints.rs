//! Endpoints: the facts, permissions and events of each call.

use super::context::{At, Context, Located};
use super::index::Index;
use super::inputs::{Inputs, Taken};
use super::{answers, docs, path, types as of_types};
use crate::ir::{
    self, Access, Deprecation, EndpointId, MERGED_CONVERSATION, Method, PermissionId,
    RateLimitId, Repeat, WebhookId,
};
use crate::problem::{Code, Problem};
use crate::spec::model;
use crate::vocabulary::is_day;

/// The class of an endpoint without a rate limit, if `front.yaml` has this class.
const STANDARD: &str = "standard";

/// Resolves the resources and their endpoints. Amends the types that become inputs of a call.
pub(super) fn resources(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    ids: &[ir::Id],
    types: &mut [ir::Type],
) -> Vec<ir::Resource> {
    let mut taken = Taken::default();
    let mut all = Vec::new();
    for (number, located) in cx.resources.clone().into_iter().enumerate() {
        let top = At::top(located.file);
        let resource = located.resource;
        let place = cx.value(&top.then("resource"));
        let name = cx.snake(&resource.resource, place);
        cx.non_empty(&top.then("about"), &resource.about);
        if let Some(noun) = &resource.noun {
            cx.non_empty(&top.then("noun"), noun);
        }
        let endpoints = resource
            .endpoints
            .iter()
            .map(|(key, written)| {
                let at = top.then("endpoints").then(key);
                endpoint(cx, index, types, &mut taken, located, key, written, &at)
            })
            .collect();
        let belongs = |resource: ir::ResourceId| resource.0 == number;
        all.push(ir::Resource {
            source: cx.node(&top),
            name,
            file: cx.spec.sources[located.file.0].path.clone(),
            about: resource.about.clone(),
            noun: resource.noun.clone(),
            note: resource.note.clone(),
            id: ids.iter().position(|id| belongs(id.resource)).map(ir::IdId),
            endpoints,
            types: (0..types.len())
                .filter(|of| belongs(types[*of].resource))
                .map(ir::TypeId)
                .collect(),
        });
    }
    taken.missing.report(cx);
    all
}

#[expect(clippy::too_many_arguments, reason = "the state of the walk, and the position")]
fn endpoint(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    types: &mut [ir::Type],
    taken: &mut Taken,
    located: Located<'_>,
    key: &str,
    written: &model::Endpoint,
    at: &At,
) -> ir::Endpoint {
    let place = cx.key(at);
    let name = cx.snake(key, place.clone());
    if written.about.is_none() {
        let problem =
            Problem::new(Code::MissingAbout, format!("`{key}` has no description"));
        cx.report(
            problem.at(place).help("describe the call under `about`, after `path`"),
        );
    }
    let method = cx.word(&at.then("method"), &written.method, Method::WORDS);
    let path_params = path::params(cx, index, written, at);
    let capability = capability(cx, index, &written.capability, &at.then("capability"));
    let published_scope = written.published_scope.as_ref().and_then(|scope| {
        self::capability(cx, index, scope, &at.then("published_scope"))
    });
    if written.published_scope.as_ref() == Some(&written.capability) {
        cx.redundant(&at.then("published_scope"), "the same as `capability`");
    }
    cx.non_empty(&at.then("operation"), &written.operation);
    if let Some(about) = &written.about {
        cx.non_empty(&at.then("about"), about);
    }
    let answer = answers::answer(cx, index, written, at);
    let owner = format!("{}.{key}", located.resource.resource);
    let Inputs { arguments, input, body, setters, fixed, at_least_one } =
        taken.inputs(cx, index, types, &owner, written, at, &path_params, &answer);
    if let (Some(Method::Get), Some(_)) = (method, &written.body) {
        let problem = Problem::new(Code::BodyOnGet, "a GET has no body")
            .at(cx.key(&at.then("body")));
        let method = cx.value(&at.then("method"));
        cx.report(
            problem.label("move the inputs to `query`").also(method, "the method"),
        );
    }
    let method = method.unwrap_or(Method::Get);
    ir::Endpoint {
        source: cx.node(at),
        name,
        operation: written.operation.clone(),
        method,
        path: written.path.clone(),
        about: written.about.as_deref().map(docs::paragraphs).unwrap_or_default(),
        search_words: search_words(cx, key, written, &at.then("search_words")),
        note: written.note.clone(),
        capability,
        published_scope,
        access: access(cx, written, method, at),
        acts_on: acts_on(cx, written, located.resource, at),
        rate_limit: rate_limit(cx, index, key, written, &path_params, at),
        webhook: webhook(cx, index, &written.webhook, &at.then("webhook")),
        since: since(cx, written, &at.then("since")),
        deprecated: deprecated(cx, written, at),
        variant_of: written
            .variant_of
            .as_ref()
            .and_then(|name| call(cx, &located.resource.resource, name)),
        repeat: repeat(cx, written, method, at),
        redirects: written.redirects.as_ref().is_some_and(|word| {
            cx.word(&at.then("redirects"), word, &[(MERGED_CONVERSATION, ())]).is_some()
        }),
        accept: accept(cx, written, at),
        docs: cx.spec.front.1.docs.replace("{operation}", &written.operation),
        path_params,
        arguments,
        input,
        body,
        setters,
        fixed,
        at_least_one,
        answer,
        status: answers::status(written),
    }
}

/// The words, each of which rustdoc takes for an alias: lower case, and neither the name nor the operation.
fn search_words(
    cx: &mut Context<'_>,
    key: &str,
    written: &model::Endpoint,
    at: &At,
) -> Vec<String> {
    of_types::twice(cx, &written.search_words, at);
    for (item, word) in written.search_words.iter().enumerate() {
        let at = at.then(item);
        let letters = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if !word.split(' ').all(letters) {
            let title = format!("`{word}` is not a search word");
            let problem = Problem::new(Code::WrongName, title).at(cx.value(&at));
            cx.report(
                problem
                    .label("lower-case words with one space between them are expected"),
            );
        } else if word.replace(' ', "_") == key || *word == written.operation {
            cx.redundant(&at, "the name and the operation are found anyway");
        }
    }
    written.search_words.clone()
}

fn capability(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    scope: &str,
    at: &At,
) -> Option<PermissionId> {
    if scope == "none" {
        return None;
    }
    let found = index.permissions.get(scope).copied();
    if found.is_none() {
        let known =
            cx.spec.front.1.capabilities.keys().map(String::as_str).chain(["none"]);
        let title = format!("unknown capability `{scope}`");
        cx.unknown(
            Code::UnknownCapability,
            title,
            cx.value(at),
            scope,
            known,
            "capability",
        );
    }
    found
}

/// Returns the value in the spec, otherwise the noun of the resource, otherwise its name.
fn acts_on(
    cx: &mut Context<'_>,
    written: &model::Endpoint,
    resource: &model::Resource,
    at: &At,
) -> String {
    let noun = resource.noun.as_ref().unwrap_or(&resource.resource);
    if let Some(said) = &written.acts_on {
        cx.non_empty(&at.then("acts_on"), said);
        if said == noun {
            cx.redundant(&at.then("acts_on"), "the noun of the resource");
        }
    }
    written.acts_on.as_ref().unwrap_or(noun).clone()
}

/// Returns the value in the spec, otherwise the default of the capability's level, otherwise that of the method.
fn access(
    cx: &mut Context<'_>,
    written: &model::Endpoint,
    method: Method,
    at: &At,
) -> Access {
    let said = written
        .access
        .as_ref()
        .and_then(|word| cx.word(&at.then("access"), word, Access::WORDS));
    let (derived, why) = match written.capability.rsplit_once(':') {
        Some((_, "read")) => {
            (Access::Read, "the default that follows from the level of the capability")
        }
        Some(_) => {
            (Access::Write, "the default that follows from the level of the capability")
        }
        None if method == Method::Get => {
            (Access::Read, "the default that follows from the method")
        }
        None => (Access::Write, "the default that follows from the method"),
    };
    if said == Some(derived) {
        cx.redundant(&at.then("access"), why);
    }
    said.unwrap_or(derived)
}

/// Returns the value in the spec, otherwise the default of the method.
fn repeat(
    cx: &mut Context<'_>,
    written: &model::Endpoint,
    method: Method,
    at: &At,
) -> Repeat {
    let said = written
        .repeat
        .as_ref()
        .and_then(|word| cx.word(&at.then("repeat"), word, Repeat::WORDS));
    let derived = match method {
        Method::Get | Method::Put | Method::Delete => Repeat::Safe,
        Method::Post | Method::Patch => Repeat::Never,
    };
    if said == Some(derived) {
        cx.redundant(&at.then("repeat"), "the default that follows from the method");
    }
    said.unwrap_or(derived)
}

fn rate_limit(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    key: &str,
    written: &model::Endpoint,
    path_params: &[ir::PathParam],
    at: &At,
) -> Option<RateLimitId> {
    let Some(class) = &written.rate_limit else {
        let problem =
            Problem::new(Code::MissingRateLimit, format!("`{key}` has no rate limit"));
        let place = cx.key(at);
        cx.report(problem.at(place).help(format!(
            "write `rate_limit: {STANDARD}`, or the class that limits the call"
        )));
        return index.rate_limits.get(STANDARD).copied();
    };
    let classes = &cx.spec.front.1.rate_limits;
    let place = cx.value(&at.then("rate_limit"));
    let Some((row, found)) =
        classes.get(class).zip(index.rate_limits.get(class.as_str()).copied())
    else {
        let title = format!("unknown rate-limit class `{class}`");
        let known = classes.keys().map(String::as_str);
        cx.unknown(
            Code::UnknownRateLimit,
            title,
            place,
            class,
            known,
            "rate-limit class",
        );
        return None;
    };
    if let Some(each) = &row.each
        && !path_params.iter().any(|param| param.wire == *each)
    {
        let title = format!(
            "the class `{class}` counts for each `{{{each}}}`, which the path does not have"
        );
        let each = cx.value(&cx.front().then("rate_limits").then(class).then("each"));
        let path = cx.value(&at.then("path"));
        let problem = Problem::new(Code::StrayLimit, title).at(place).label("the class");
        cx.report(problem.also(path, "the path").also(each, "the parameter"));
    }
    Some(found)
}

fn webhook(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    event: &str,
    at: &At,
) -> Option<WebhookId> {
    if event == "none" {
        return None;
    }
    let found = index.webhooks.get(event).copied();
    if found.is_none() {
        let known = cx.spec.webhooks.1.events.keys().map(String::as_str).chain(["none"]);
        let title = format!("unknown webhook event `{event}`");
        cx.unknown(
            Code::UnknownEvent,
            title,
            cx.value(at),
            event,
            known,
            "webhook event",
        );
    }
    found
}

fn since(cx: &mut Context<'_>, written: &model::Endpoint, at: &At) -> String {
    match &written.since {
        None => crate::ir::BASE.to_owned(),
        Some(day) => {
            if !is_day(day) {
                let problem =
                    Problem::new(Code::InvalidValue, format!("invalid date `{day}`"));
                let place = cx.value(at);
                cx.report(problem.at(place).label(
                    "a date such as `2026-10-31` is expected; remove `since` if it is unknown",
                ));
            }
            day.clone()
        }
    }
}

fn deprecated(
    cx: &mut Context<'_>,
    written: &model::Endpoint,
    at: &At,
) -> Option<Deprecation> {
    if let (None, Some(other)) = (&written.deprecated, &written.replaced_by) {
        let title = format!("`replaced_by: {other}` needs `deprecated`");
        let problem = Problem::new(Code::StrayReplacement, title)
            .at(cx.key(&at.then("replaced_by")));
        cx.report(
            problem
                .label("the endpoint is not deprecated")
                .help("write under `deprecated` why the call should not be used"),
        );
    }
    written.deprecated.as_deref().map(|why| Deprecation {
        reason: docs::sentence(why),
        replaced_by: written
            .replaced_by
            .as_ref()
            .and_then(|name| name.split_once('.'))
            .and_then(|(resource, name)| call(cx, resource, name)),
    })
}

/// Finds the call with a name in a resource. [`super::routes`] reports unknown names.
fn call(cx: &Context<'_>, resource: &str, name: &str) -> Option<EndpointId> {
    let of = cx.resources.iter().position(|of| of.resource.resource == resource)?;
    let position = cx.resources[of].resource.endpoints.get_index_of(name)?;
    Some((ir::ResourceId(of), position))
}

fn accept(cx: &mut Context<'_>, written: &model::Endpoint, at: &At) -> Option<String> {
    let accept = written.accept.as_ref()?;
    let halves = accept.split_once('/');
    if !halves.is_some_and(|(left, right)| !left.is_empty() && !right.is_empty())
        || accept.contains(' ')
    {
        let problem =
            Problem::new(Code::InvalidValue, format!("invalid media type `{accept}`"));
        let place = cx.value(&at.then("accept"));
        cx.report(
            problem.at(place).label("a media type such as `message/rfc822` is expected"),
        );
    }
    if accept == "application/json" {
        cx.redundant(&at.then("accept"), "the default of every call");
    }
    Some(accept.clone())
}
