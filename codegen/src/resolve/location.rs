//! Warnings: calls that are not where a user looks for them, or not under the name that a user tries.

use std::collections::HashMap;

use super::context::{At, Context};
use crate::problem::{Code, Problem};
use crate::spec::model::{Endpoint, Resource};

/// Verbs of calls that return a list.
const LIST_VERBS: &[&str] = &["list", "search"];

/// Warns of endpoints in another resource than the one they act on, and of names that do not follow the rule.
pub(super) fn warn(cx: &mut Context<'_>) {
    let located = cx.resources.clone();
    let owners: HashMap<&str, &str> = located
        .iter()
        .rev()
        .map(|of| (noun(of.resource), of.resource.resource.as_str()))
        .collect();
    for of in located {
        let resource = of.resource;
        let endpoints = At::top(of.file).then("endpoints");
        for (name, endpoint) in &resource.endpoints {
            let at = endpoints.then(name);
            owner(cx, &owners, resource, name, endpoint, &at);
            repeated_noun(cx, &owners, resource, name, &at);
            list_verb(cx, name, endpoint, &at);
        }
    }
}

fn noun(resource: &Resource) -> &str {
    resource.noun.as_ref().unwrap_or(&resource.resource)
}

/// The endpoint is in the resource whose noun it acts on.
fn owner(
    cx: &mut Context<'_>,
    owners: &HashMap<&str, &str>,
    resource: &Resource,
    name: &str,
    endpoint: &Endpoint,
    at: &At,
) {
    let Some(acts_on) = &endpoint.acts_on else { return };
    // A noun that several resources share is this one's, too.
    if acts_on == noun(resource) {
        return;
    }
    let Some(owner) = owners.get(acts_on.as_str()) else { return };
    let title = format!("`{name}` acts on `{acts_on}`, the noun of `{owner}`");
    let acts_on = cx.value(&at.then("acts_on"));
    let problem = Problem::new(Code::MisplacedCall, title)
        .at(cx.key(at))
        .label(format!("it is in `{}`", resource.resource))
        .also(acts_on, format!("the noun of `{owner}`"));
    cx.report(problem.help(format!("move it to spec/resources/{owner}.yaml")).help(
        "if it lists what other calls here add and remove, it acts on this resource: remove `acts_on`",
    ));
}

/// The name does not repeat what the resource already says.
fn repeated_noun(
    cx: &mut Context<'_>,
    owners: &HashMap<&str, &str>,
    resource: &Resource,
    name: &str,
    at: &At,
) {
    let Some((verb, rest)) = name.split_once('_') else { return };
    let repeats = |word: &str| {
        rest.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    let plural = resource.resource.as_str();
    let singular = noun(resource).replace(' ', "_");
    // Beside a call that does the same to something else, the noun tells the two apart.
    let is_other = |of: &Endpoint| {
        of.acts_on.as_deref().is_some_and(|noun| !owners.contains_key(noun))
    };
    let mut others = resource.endpoints.iter().filter(|(_, of)| is_other(of));
    if others.any(|(name, _)| name.split('_').next() == Some(verb)) {
        return;
    }
    let Some(word) = [plural, &singular].into_iter().find(|word| repeats(word)) else {
        return;
    };
    let title = format!("`{name}` repeats the name of its resource");
    let shorter = format!("{verb}{}", &rest[word.len()..]);
    let problem = Problem::new(Code::MisplacedCall, title)
        .at(cx.key(at))
        .label(format!("callers write `{plural}().{name}(..)`"));
    cx.report(problem.help(format!("name it `{shorter}`")));
}

/// A call that returns a list says so.
fn list_verb(cx: &mut Context<'_>, name: &str, endpoint: &Endpoint, at: &At) {
    let verb = name.split('_').next().unwrap_or(name);
    if endpoint.list.is_none() || LIST_VERBS.contains(&verb) {
        return;
    }
    let title =
        format!("`{name}` returns a list, but its name does not begin with `list`");
    let list = cx.key(&at.then("list"));
    let problem =
        Problem::new(Code::MisplacedCall, title).at(cx.key(at)).also(list, "the list");
    cx.report(problem.help("name it `list`, `list_for_<parent>` or `search`"));
}
