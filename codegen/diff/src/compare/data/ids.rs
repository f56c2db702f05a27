//! Types of ids, and what stands for an id.

use super::types::is_same_resource;
use crate::compare::Cx;
use crate::compare::build::{all, come_or_gone, item};
use crate::compare::findings::Findings;
use crate::compare::graph::that_name_id;
use crate::finding::{At, Finding, Subject};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Id, IdId};
use front_codegen::source::at;

rules! {
    ID_ADDED = "id-added", Of("id-removed"), "A type of ids is new.";
    ID_REMOVED = "id-removed", Of("id-added"), "A type of ids is gone.";
    ID_RENAMED = "id-renamed", Itself, "A type of ids has another name, or belongs to another resource.";
    ID_PREFIX_CHANGED = "id-prefix-changed", Itself, "Ids begin with something else.";
    ALIAS_ADDED = "alias-added", Of("alias-removed"), "Something else stands for an id.", Wire(Additive) "";
    ALIAS_REMOVED = "alias-removed", Of("alias-added"), "What stood for an id does not any more.",
        Wire(Break) "Front does not find what released versions ask for by it";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for &pair in &cx.pairs.ids {
        match pair {
            Pair::Head(id) => findings.extend(alone(cx, id, true)),
            Pair::Base(id) => findings.extend(alone(cx, id, false)),
            Pair::Both(old, new) => changed(cx, old, new, findings),
        }
    }
}

fn subject(api: &Api, of: &Id) -> Subject {
    let resource = api[of.resource].name.plain().to_owned();
    Subject { kind: "id", id: of.name.camel(), resource }
}

fn place(api: &Api, of: &Id, key: &str) -> At {
    At { file: api[of.resource].file.clone(), path: at!["id", key] }
}

/// `the id of an event`
fn names(of: &Id) -> String {
    let article =
        if of.noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("the id of {article} {}", of.noun)
}

/// None where its whole resource is on one side alone, which says it.
fn alone(cx: &Cx<'_>, id: IdId, is_new: bool) -> Option<Finding> {
    let api = cx.side(is_new);
    let of = &api[id];
    (!cx.is_alone(of.resource, is_new)).then(|| {
        let (name, what) = (of.name.camel(), come_or_gone(is_new));
        let rule = if is_new { &ID_ADDED } else { &ID_REMOVED };
        let message = format!("`{name}` is {what}: {}", names(of));
        Finding::new(rule, subject(api, of), message)
            .alone(is_new, name, place(api, of, "type"))
            .accounts_for([all(keys::id(api, of))])
    })
}

fn changed(cx: &Cx<'_>, old: IdId, new: IdId, findings: &mut Findings) {
    let (base, head) = (cx.base, cx.head);
    let (before, after) = (&base[old], &head[new]);
    let (was, is) = (before.name.camel(), after.name.camel());
    let say = |rule: &'static Rule, message: String, key: &str| {
        Finding::new(rule, subject(head, after), message)
            .located([place(base, before, key), place(head, after, key)])
    };
    let is_moved = !is_same_resource(cx, before.resource, after.resource);
    if was != is || is_moved {
        let whole = |api: &Api, of: &Id| {
            format!("{}::{}", api[of.resource].name.plain(), of.name.camel())
        };
        let (message, old_name, new_name) = if was == is {
            let (was, is) = (whole(base, before), whole(head, after));
            (format!("`{was}` is `{is}` now"), was, is)
        } else {
            (format!("`{was}` is called `{is}` now"), was, is.clone())
        };
        findings.push(
            say(&ID_RENAMED, message, "type")
                .values([old_name, new_name])
                .accounts_for([all(keys::id(base, before)), all(keys::id(head, after))])
                .accounts_for(that_name_id(base, old))
                .accounts_for(that_name_id(head, new)),
        );
    }
    if before.prefix != after.prefix {
        let shown = |prefix: &Option<String>| match prefix {
            Some(prefix) => format!("begin with `{prefix}_`"),
            None => "begin with nothing of their own".to_owned(),
        };
        let (was, now) = (shown(&before.prefix), shown(&after.prefix));
        let message = format!("values of `{is}` {now}; it said that they {was}");
        findings.push(
            say(&ID_PREFIX_CHANGED, message, "prefix")
                .values([before.prefix.as_ref(), after.prefix.as_ref()]),
        );
    }
    let has =
        |of: &Id, source: &str| of.aliases.iter().any(|(_, known)| known == source);
    let alt = &head.wire.alias_prefix;
    for (is_new, api, of, other) in
        [(true, head, after, before), (false, base, before, after)]
    {
        let (rule, located): (&'static Rule, _) = match is_new {
            true => (&ALIAS_ADDED, "stands for an id"),
            false => (&ALIAS_REMOVED, "does not stand for an id any more"),
        };
        for (name, source) in of.aliases.iter().filter(|(_, of)| !has(other, of)) {
            let (id, what) = (format!("{is}::{}", name.plain()), come_or_gone(is_new));
            let message = format!("`{id}` is {what}: `{alt}:{source}:` {located}");
            findings.push(
                Finding::new(rule, Subject { id, ..subject(head, after) }, message)
                    .alone(is_new, source, place(api, of, "aliases"))
                    .accounts_for([item(keys::alias(api, of, name))]),
            );
        }
    }
}
