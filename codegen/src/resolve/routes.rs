//! The rules between endpoints: operations and routes are unique, variants match their base, replacements exist.

use std::collections::HashMap;

use super::context::{At, Context};
use crate::names::nearest;
use crate::problem::{Code, Problem};
use crate::spec::model;

/// An endpoint and its node.
struct Route<'a> {
    resource: &'a model::Resource,
    name: &'a str,
    endpoint: &'a model::Endpoint,
    at: At,
}

/// Checks the rules between all endpoints.
pub(super) fn check(cx: &mut Context<'_>) {
    let mut routes = Vec::new();
    for located in &cx.resources {
        let top = At::top(located.file).then("endpoints");
        for (name, endpoint) in &located.resource.endpoints {
            routes.push(Route {
                resource: located.resource,
                name,
                endpoint,
                at: top.then(name),
            });
        }
    }
    operations(cx, &routes);
    paths(cx, &routes);
    for route in &routes {
        if let Some(target) = &route.endpoint.variant_of {
            variant(cx, route, target, &routes);
        }
        if let Some(target) = &route.endpoint.replaced_by {
            replaced(cx, route, target, &routes);
        }
    }
}

/// Returns the routes that are not variants, which own an operation and a path.
fn owners<'r, 'a>(routes: &'r [Route<'a>]) -> impl Iterator<Item = &'r Route<'a>> {
    routes.iter().filter(|route| route.endpoint.variant_of.is_none())
}

fn operations(cx: &mut Context<'_>, routes: &[Route<'_>]) {
    let mut seen: HashMap<&str, &Route<'_>> = HashMap::new();
    for route in owners(routes) {
        let place = cx.value(&route.at.then("operation"));
        if let Some(first) = seen.get(route.endpoint.operation.as_str()) {
            let title = format!(
                "two endpoints have the operation `{}`",
                route.endpoint.operation
            );
            let first = cx.value(&first.at.then("operation"));
            let problem = Problem::new(Code::DuplicateOperation, title)
                .at(place)
                .label("again here");
            cx.report(
                problem
                    .also(first, "first here")
                    .help("a second form of the same call needs `variant_of`"),
            );
        } else {
            seen.insert(&route.endpoint.operation, route);
        }
    }
}

fn paths(cx: &mut Context<'_>, routes: &[Route<'_>]) {
    let mut seen: HashMap<(String, String), &Route<'_>> = HashMap::new();
    for route in owners(routes) {
        let place = cx.value(&route.at.then("path"));
        let key = (route.endpoint.method.clone(), by_position(&route.endpoint.path));
        if let Some(first) = seen.get(&key) {
            let title = format!("two endpoints call {} {}", key.0, route.endpoint.path);
            let first = cx.value(&first.at.then("path"));
            let problem =
                Problem::new(Code::DuplicateRoute, title).at(place).label("again here");
            cx.report(
                problem
                    .also(first, "first here")
                    .help("a second form of the same call needs `variant_of`"),
            );
        } else {
            seen.insert(key, route);
        }
    }
}

/// Returns a path without the names of its placeholders.
fn by_position(path: &str) -> String {
    let segments: Vec<&str> = path
        .split('/')
        .map(|segment| if segment.starts_with('{') { "{}" } else { segment })
        .collect();
    segments.join("/")
}

fn variant(cx: &mut Context<'_>, route: &Route<'_>, target: &str, routes: &[Route<'_>]) {
    let place = cx.value(&route.at.then("variant_of"));
    let same_resource = |other: &&Route<'_>| {
        std::ptr::eq(other.resource, route.resource) && other.name != route.name
    };
    let Some(of) =
        routes.iter().filter(same_resource).find(|other| other.name == target)
    else {
        let known: Vec<&str> =
            routes.iter().filter(same_resource).map(|other| other.name).collect();
        let title =
            format!("`{}` has no other endpoint `{target}`", route.resource.resource);
        cx.unknown(Code::UnknownEndpoint, title, place, target, known, "other endpoint");
        return;
    };
    if of.endpoint.variant_of.is_some() {
        let problem =
            Problem::new(Code::WrongVariant, format!("`{target}` is itself a variant"));
        let first = cx.key(&of.at.then("variant_of"));
        cx.report(
            problem
                .at(place)
                .label("write the base endpoint of both")
                .also(first, "the base endpoint"),
        );
        return;
    }
    for (key, mine, theirs) in [
        ("operation", &route.endpoint.operation, &of.endpoint.operation),
        ("method", &route.endpoint.method, &of.endpoint.method),
        ("path", &route.endpoint.path, &of.endpoint.path),
    ] {
        if mine != theirs {
            let title = format!(
                "the {key} of `{}` differs from the {key} of `{target}`",
                route.name
            );
            let problem = Problem::new(Code::WrongVariant, title)
                .at(cx.value(&route.at.then(key)));
            let theirs = cx.value(&of.at.then(key));
            cx.report(
                problem
                    .label("a variant calls the same operation, method and path")
                    .also(theirs, "the base endpoint"),
            );
        }
    }
}

fn replaced(
    cx: &mut Context<'_>,
    route: &Route<'_>,
    target: &str,
    routes: &[Route<'_>],
) {
    let full = |route: &Route<'_>| format!("{}.{}", route.resource.resource, route.name);
    let place = cx.value(&route.at.then("replaced_by"));
    if full(route) == target {
        let problem = Problem::new(
            Code::UnknownEndpoint,
            format!("`{target}` cannot replace itself"),
        );
        cx.report(problem.at(place).label("another endpoint is expected"));
    } else if !routes.iter().any(|other| full(other) == target) {
        let known: Vec<String> = routes.iter().map(full).collect();
        let problem =
            Problem::new(Code::UnknownEndpoint, format!("unknown endpoint `{target}`"))
                .at(place);
        let problem = match nearest(target, known.iter().map(String::as_str)) {
            Some(near) => problem.label(format!("did you mean `{near}`?")),
            None => problem.label("not defined in any resource"),
        };
        cx.report(problem.help("write an endpoint as `resource.endpoint`"));
    }
}
