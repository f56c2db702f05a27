//! The keys of lines, by what of the API they come from. An item's key is its path from the crate's root; what is in it
//! follows after `::` (methods, variants) or `.` (fields), what hangs on it after `#` (attributes, bounds, traits).
//!
//! What is not written in the spec has a key too, and no function: `operations::ALL`, `tags::Tag.extra`.

use front_codegen::ir::{
    Api, Case, Endpoint, Field, Group, Id, Permission, RateLimit, Resource, Type,
    Variant, Webhook, WebhookScheme,
};
use front_codegen::names::Name;

/// `name`, and `type` for what is `r#type` in Rust.
fn snake(name: &Name) -> String {
    name.snake().trim_start_matches("r#").to_owned()
}

/// `tags`
#[must_use]
pub fn module(resource: &Resource) -> String {
    resource.name.plain().to_owned()
}

/// `tags::Tags`
#[must_use]
pub fn handle(resource: &Resource) -> String {
    format!("{}::{}", module(resource), resource.name.camel())
}

/// `Client::tags`: what gives the handle.
#[must_use]
pub fn accessor(resource: &Resource) -> String {
    format!("Client::{}", snake(&resource.name))
}

/// `tags::Tags::create_company`
#[must_use]
pub fn method(resource: &Resource, endpoint: &Endpoint) -> String {
    format!("{}::{}", handle(resource), snake(&endpoint.name))
}

/// `tags::Tags::create_company#bound Grants<permissions::TagsWrite>`: what the call asks of the client's grant.
#[must_use]
pub fn bound(resource: &Resource, endpoint: &Endpoint, needs: &Permission) -> String {
    format!("{}#bound Grants<{}>", method(resource, endpoint), marker(needs))
}

/// `tags::CreateCompany`
#[must_use]
pub fn request(resource: &Resource, endpoint: &Endpoint) -> String {
    format!("{}::{}", module(resource), endpoint.name.camel())
}

/// `tags::CreateCompany::highlight`
#[must_use]
pub fn setter(resource: &Resource, endpoint: &Endpoint, field: &Field) -> String {
    format!("{}::{}", request(resource, endpoint), snake(&field.name))
}

/// `tags::CreateCompany::clear_highlight`
#[must_use]
pub fn clearer(resource: &Resource, endpoint: &Endpoint, field: &Field) -> String {
    format!("{}::clear_{}", request(resource, endpoint), field.name.plain())
}

/// `tags::List::limit`: what sets a page's size.
#[must_use]
pub fn limit(resource: &Resource, endpoint: &Endpoint) -> String {
    format!("{}::limit", request(resource, endpoint))
}

/// `operations::TAGS_CREATE_COMPANY`
#[must_use]
pub fn operation(resource: &Resource, endpoint: &Endpoint) -> String {
    format!("operations::{}_{}", resource.name.shouty(), endpoint.name.shouty())
}

/// `tags::TagId`
#[must_use]
pub fn id(api: &Api, id: &Id) -> String {
    format!("{}::{}", module(&api[id.resource]), id.name.camel())
}

/// `contacts::ContactId::email`: what makes an alias; by its name in [`Id::aliases`].
#[must_use]
pub fn alias(api: &Api, of: &Id, alias: &Name) -> String {
    format!("{}::{}", id(api, of), snake(alias))
}

/// `tags::Tag`
#[must_use]
pub fn ty(api: &Api, ty: &Type) -> String {
    format!("{}::{}", module(&api[ty.resource]), ty.name.camel())
}

/// `tags::Tag.name`
#[must_use]
pub fn field(api: &Api, of: &Type, field: &Field) -> String {
    format!("{}.{}", ty(api, of), snake(&field.name))
}

/// `tags::Tag.api_links`: where a type has links.
#[must_use]
pub fn links(api: &Api, of: &Type) -> String {
    format!("{}.api_links", ty(api, of))
}

/// `tags::TagHighlight::Red`
#[must_use]
pub fn variant(api: &Api, of: &Type, variant: &Variant) -> String {
    format!("{}::{}", ty(api, of), variant.name.camel())
}

/// `events::EventSource::Teammate`: a case of a union.
#[must_use]
pub fn case(api: &Api, of: &Type, case: &Case) -> String {
    format!("{}::{}", ty(api, of), case.name.camel())
}

/// `analytics::ExportColumns::messages`: what makes a choice, by what it sends.
#[must_use]
pub fn group(api: &Api, of: &Type, group: &Group) -> String {
    format!("{}::{}", ty(api, of), snake(&group.name))
}

/// `shifts::CreateShift::new`: what makes a structure that requests hold, of what is required.
#[must_use]
pub fn new(api: &Api, of: &Type) -> String {
    format!("{}::new", ty(api, of))
}

/// `messages::ImportMessage::subject`: what sets a field of one.
#[must_use]
pub fn type_setter(api: &Api, of: &Type, field: &Field) -> String {
    format!("{}::{}", ty(api, of), snake(&field.name))
}

/// `messages::ImportMessage::clear_subject`: what sends null for one; only where no answer holds the type.
#[must_use]
pub fn type_clearer(api: &Api, of: &Type, field: &Field) -> String {
    format!("{}::clear_{}", ty(api, of), field.name.plain())
}

/// `permissions::TAGS_READ`
#[must_use]
pub fn permission(of: &Permission) -> String {
    format!("permissions::{}", of.name.shouty())
}

/// `permissions::TagsRead`: the permission as a type.
#[must_use]
pub fn marker(of: &Permission) -> String {
    format!("permissions::{}", of.name.camel())
}

/// `rate_limit_classes::SEARCH`
#[must_use]
pub fn rate_limit(of: &RateLimit) -> String {
    format!("rate_limit_classes::{}", of.name.shouty())
}

/// `webhooks::INBOUND_RECEIVED`
#[must_use]
pub fn webhook(of: &Webhook) -> String {
    format!("webhooks::{}", of.name.shouty())
}

/// `webhook_schemes::APPLICATION`
#[must_use]
pub fn webhook_scheme(of: &WebhookScheme) -> String {
    format!("webhook_schemes::{}", of.name.shouty())
}

/// `webhooks::WebhookType::InboundReceived`
#[must_use]
pub fn webhook_type(of: &Webhook) -> String {
    format!("webhooks::WebhookType::{}", of.name.camel())
}

/// `service::Plan::Starter`; by its name in [`Service::plans`](front_codegen::ir::Service::plans).
#[must_use]
pub fn plan(name: &Name) -> String {
    format!("service::Plan::{}", name.camel())
}

/// `errors::ErrorCode::NotFound`; by its name in [`Service::statuses`](front_codegen::ir::Service::statuses).
#[must_use]
pub fn error_code(name: &Name) -> String {
    format!("errors::ErrorCode::{}", name.camel())
}

/// `service::BASE_URL`: a constant of what `front.yaml` says of the API as a whole.
#[must_use]
pub fn service(constant: &str) -> String {
    format!("service::{constant}")
}

/// `service::OAUTH_TOKEN_URL`: a constant of a way to prove who calls, `oauth` and `TOKEN_URL`.
#[must_use]
pub fn auth(way: &str, constant: &str) -> String {
    let way = heck::ToShoutySnakeCase::to_shouty_snake_case(way);
    service(&format!("{way}_{constant}"))
}
