//! Warnings about unused types and entries, and about types without a description.

use super::context::Context;
use super::index::Index;
use crate::ir::{Api, PermissionId, RateLimitId};
use crate::problem::{Code, Problem};

/// Warns of types without a description, of unused types, and of unused entries of `front.yaml`.
pub(super) fn warn(cx: &mut Context<'_>, index: &Index<'_>, api: &Api) {
    // After an error, the part that could not be resolved may be the one that uses an entry.
    let is_whole = !cx.problems.has_errors();
    for ((of, at), written) in api.types.iter().zip(&index.types_at).zip(&index.written)
    {
        let (direction, name) = (of.direction, of.name.camel());
        let is_used = direction.input || direction.body || direction.answer;
        // A type that is only a whole body is not public: its fields become setters of the request.
        let is_seen = direction.input || direction.answer;
        if is_seen && written.about.is_none() {
            let title = format!("`{name}` has no description");
            let problem = Problem::new(Code::MissingAbout, title).at(cx.key(at));
            cx.report(
                problem.help("describe it under `about`, the first key of the type"),
            );
        } else if !is_used && is_whole {
            let problem =
                Problem::new(Code::UnusedType, format!("unused type `{name}`"));
            let place = cx.key(at);
            cx.report(problem.at(place).label("no endpoint and no webhook uses it"));
        }
    }
    if is_whole {
        entries(cx, api);
    }
}

/// Warns of the entries of `front.yaml` that no call and no field uses.
fn entries(cx: &mut Context<'_>, api: &Api) {
    let mut warn = |code, key: &str, entry: &str, title: String, label: &str| {
        let place = cx.key(&cx.front().then(key).then(entry));
        cx.report(Problem::new(code, title).at(place).label(label));
    };
    let calls = || api.resources.iter().flat_map(|resource| &resource.endpoints);
    for (number, class) in api.rate_limits.iter().enumerate() {
        if !calls().any(|call| call.rate_limit == Some(RateLimitId(number))) {
            let title = format!("unused rate-limit class `{}`", class.key);
            let label = "no call has this class";
            warn(Code::UnusedRateLimit, "rate_limits", &class.key, title, label);
        }
    }
    for (number, permission) in api.permissions.iter().enumerate() {
        let id = Some(PermissionId(number));
        if !calls().any(|call| call.capability == id || call.published_scope == id) {
            let title = format!("unused permission `{}`", permission.scope);
            let label = "no call needs this permission";
            warn(
                Code::UnusedPermission,
                "capabilities",
                &permission.scope,
                title,
                label,
            );
        }
    }
    let unused: Vec<&String> = cx
        .spec
        .front
        .1
        .words
        .keys()
        .filter(|word| !cx.words_taken.contains(word.as_str()))
        .collect();
    for word in unused {
        let title = format!("unused description of `{word}`");
        let place = cx.key(&cx.front().then("words").then(word));
        let label = "every field with this name has its own description, or no field has this name";
        cx.report(Problem::new(Code::UnusedWords, title).at(place).label(label));
    }
}
