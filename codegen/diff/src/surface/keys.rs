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

/// Makes a function a row, which gives a key: what it is made of, and its text.
macro_rules! keys {
    ($($(#[$doc:meta])+ $name:ident($($of:ident: $ty:ty),+) = $text:literal $(, $part:expr)*;)+) => {
        $($(#[$doc])+
        #[must_use]
        pub fn $name($($of: $ty),+) -> String {
            format!($text $(, $part)*)
        })+
    };
}

keys! {
    /// `tags::Tags`
    handle(resource: &Resource) = "{}::{}", module(resource), resource.name.camel();
    /// `Client::tags`: what gives the handle.
    accessor(resource: &Resource) = "Client::{}", snake(&resource.name);
    /// `tags::Tags::create_company`
    method(resource: &Resource, endpoint: &Endpoint) = "{}::{}", handle(resource), snake(&endpoint.name);
    /// `tags::Tags::create_company#bound Grants<permissions::TagsWrite>`: what the call asks of the client's grant.
    bound(resource: &Resource, endpoint: &Endpoint, needs: &Permission) =
        "{}#bound Grants<{}>", method(resource, endpoint), marker(needs);
    /// `tags::CreateCompany`
    request(resource: &Resource, endpoint: &Endpoint) = "{}::{}", module(resource), endpoint.name.camel();
    /// `tags::CreateCompany::highlight`
    setter(resource: &Resource, endpoint: &Endpoint, field: &Field) = "{}::{}", request(resource, endpoint), snake(&field.name);
    /// `tags::CreateCompany::clear_highlight`
    clearer(resource: &Resource, endpoint: &Endpoint, field: &Field) = "{}::clear_{}", request(resource, endpoint), field.name.plain();
    /// `tags::List::limit`: what sets a page's size.
    limit(resource: &Resource, endpoint: &Endpoint) = "{}::limit", request(resource, endpoint);
    /// `operations::TAGS_CREATE_COMPANY`
    operation(resource: &Resource, endpoint: &Endpoint) = "operations::{}_{}", resource.name.shouty(), endpoint.name.shouty();
    /// `tags::TagId`
    id(api: &Api, id: &Id) = "{}::{}", module(&api[id.resource]), id.name.camel();
    /// `contacts::ContactId::email`: what makes an alias; by its name in [`Id::aliases`].
    alias(api: &Api, of: &Id, alias: &Name) = "{}::{}", id(api, of), snake(alias);
    /// `tags::Tag`
    ty(api: &Api, ty: &Type) = "{}::{}", module(&api[ty.resource]), ty.name.camel();
    /// `tags::Tag.name`
    field(api: &Api, of: &Type, field: &Field) = "{}.{}", ty(api, of), snake(&field.name);
    /// `tags::Tag.api_links`: where a type has links.
    links(api: &Api, of: &Type) = "{}.api_links", ty(api, of);
    /// `tags::TagHighlight::Red`
    variant(api: &Api, of: &Type, variant: &Variant) = "{}::{}", ty(api, of), variant.name.camel();
    /// `events::EventSource::Teammate`: a case of a union.
    case(api: &Api, of: &Type, case: &Case) = "{}::{}", ty(api, of), case.name.camel();
    /// `analytics::ExportColumns::messages`: what makes a choice, by what it sends.
    group(api: &Api, of: &Type, group: &Group) = "{}::{}", ty(api, of), snake(&group.name);
    /// `shifts::CreateShift::new`: what makes a structure that requests hold, of what is required.
    new(api: &Api, of: &Type) = "{}::new", ty(api, of);
    /// `messages::ImportMessage::subject`: what sets a field of one.
    type_setter(api: &Api, of: &Type, field: &Field) = "{}::{}", ty(api, of), snake(&field.name);
    /// `messages::ImportMessage::clear_subject`: what sends null for one; only where no answer holds the type.
    type_clearer(api: &Api, of: &Type, field: &Field) = "{}::clear_{}", ty(api, of), field.name.plain();
    /// `permissions::TAGS_READ`
    permission(of: &Permission) = "permissions::{}", of.name.shouty();
    /// `permissions::TagsRead`: the permission as a type.
    marker(of: &Permission) = "permissions::{}", of.name.camel();
    /// `rate_limit_classes::SEARCH`
    rate_limit(of: &RateLimit) = "rate_limit_classes::{}", of.name.shouty();
    /// `webhooks::INBOUND_RECEIVED`
    webhook(of: &Webhook) = "webhooks::{}", of.name.shouty();
    /// `webhook_schemes::APPLICATION`
    webhook_scheme(of: &WebhookScheme) = "webhook_schemes::{}", of.name.shouty();
    /// `webhooks::WebhookType::InboundReceived`
    webhook_type(of: &Webhook) = "webhooks::WebhookType::{}", of.name.camel();
    /// `service::Plan::Starter`; by its name in [`Service::plans`](front_codegen::ir::Service::plans).
    plan(name: &Name) = "service::Plan::{}", name.camel();
    /// `errors::ErrorCode::NotFound`; by its name in [`Service::statuses`](front_codegen::ir::Service::statuses).
    error_code(name: &Name) = "errors::ErrorCode::{}", name.camel();
    /// `service::BASE_URL`: a constant of what `front.yaml` says of the API as a whole.
    service(constant: &str) = "service::{constant}";
}

/// `tags`
#[must_use]
pub fn module(resource: &Resource) -> String {
    resource.name.plain().to_owned()
}

/// `service::OAUTH_TOKEN_URL`: a constant of a way to prove who calls, `oauth` and `TOKEN_URL`.
#[must_use]
pub fn auth(way: &str, constant: &str) -> String {
    let way = heck::ToShoutySnakeCase::to_shouty_snake_case(way);
    service(&format!("{way}_{constant}"))
}
