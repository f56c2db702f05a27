//! `keys` and the surface name the same things alike.

use std::collections::BTreeSet;

use front_codegen::ir::{Answer, Kind, Place};
use front_diff::surface::{self, keys};

use crate::{api, specs};

#[test]
fn all_of_an_api_is_under_its_key() {
    for spec in specs() {
        let api = api(&spec);
        let surface = surface::of(&api);
        let mut keys = BTreeSet::new();
        let mut add = |key: String| {
            assert!(surface.contains_key(&key), "`{key}` is not in the surface");
            keys.insert(key);
        };
        for resource in &api.resources {
            add(keys::module(resource));
            if !resource.endpoints.is_empty() {
                add(keys::handle(resource));
                add(keys::accessor(resource));
            }
            for endpoint in &resource.endpoints {
                add(keys::method(resource, endpoint));
                add(keys::request(resource, endpoint));
                add(keys::operation(resource, endpoint));
                if let Some(needs) = endpoint.needs() {
                    add(keys::bound(resource, endpoint, &api[needs]));
                }
                if let Answer::Page { max: Some(_), .. } = endpoint.answer {
                    add(keys::limit(resource, endpoint));
                }
                for input in &endpoint.setters {
                    add(keys::setter(resource, endpoint, &input.field));
                }
                for input in endpoint.setters.iter().chain(&endpoint.arguments) {
                    if input.place == Place::Body && input.field.nullable {
                        add(keys::clearer(resource, endpoint, &input.field));
                    }
                }
            }
        }
        for id in &api.ids {
            add(keys::id(&api, id));
            id.aliases.iter().for_each(|(name, _)| add(keys::alias(&api, id, name)));
        }
        for of in &api.types {
            let Kind::Struct { fields, required, links, .. } = &of.kind else {
                add(keys::ty(&api, of));
                continue;
            };
            let direction = of.direction;
            if direction.answer || direction.input {
                add(keys::ty(&api, of));
            }
            if direction.answer {
                fields.iter().for_each(|field| add(keys::field(&api, of, field)));
                if links.is_some() {
                    add(keys::links(&api, of));
                }
            }
            if direction.input {
                add(keys::new(&api, of));
                for (at, field) in fields.iter().enumerate() {
                    if !required.contains(&at) && field.fixed.is_none() {
                        add(keys::type_setter(&api, of, field));
                    }
                    if !direction.answer && field.nullable && field.fixed.is_none() {
                        add(keys::type_clearer(&api, of, field));
                    }
                }
            }
        }
        for of in &api.types {
            match &of.kind {
                Kind::Enum(all) | Kind::Flag(all) => {
                    all.iter().for_each(|one| add(keys::variant(&api, of, one)));
                }
                Kind::Union { cases, .. } => {
                    cases.iter().for_each(|one| add(keys::case(&api, of, one)));
                }
                Kind::Choice { cases, .. } => {
                    cases.iter().for_each(|one| add(keys::group(&api, of, one)));
                }
                Kind::Struct { .. } => {}
            }
        }
        for of in &api.permissions {
            add(keys::permission(of));
            add(keys::marker(of));
        }
        api.rate_limits.iter().for_each(|of| add(keys::rate_limit(of)));
        for of in &api.webhooks {
            add(keys::webhook(of));
            add(keys::webhook_type(of));
        }
        api.webhook_schemes.iter().for_each(|of| add(keys::webhook_scheme(of)));
        api.service.plans.iter().for_each(|of| add(keys::plan(&of.name)));
        api.service.statuses.iter().for_each(|of| add(keys::error_code(&of.name)));
        add(keys::service("BASE_URL"));
        for auth in &api.service.auth {
            if auth.token.is_some() {
                add(keys::auth(&auth.key, "TOKEN_URL"));
            }
        }
        // What is left is written by the generator and not by the spec.
        let fixed = ["ALL", "Unknown", "extra", "from_status", "requests_per_minute"];
        let fixed_types = ["WebhookType", "Plan", "ErrorCode"];
        for (key, line) in &surface {
            let last = key.rsplit(['.', ':']).next().unwrap();
            let known = keys.contains(key)
                || key.contains('#')
                || fixed.contains(&last)
                || fixed_types.contains(&last)
                || key.starts_with("service::")
                || key.starts_with("errors::")
                || line.text.starts_with("pub mod ");
            assert!(known, "no key is made for `{key}`: {}", line.text);
        }
    }
}
