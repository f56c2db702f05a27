//! Types of ids, and what stands for an id.

use super::types::is_same_resource;
use crate::compare::Cx;
use crate::compare::build::{all, item};
use crate::compare::graph::that_name_id;
use crate::finding::{At, Finding, Subject, Wire};
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
    ALIAS_ADDED = "alias-added", Of("alias-removed"), "Something else stands for an id.";
    ALIAS_REMOVED = "alias-removed", Of("alias-added"), "What stood for an id does not any more.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    for &pair in &cx.pairs.ids {
        match pair {
            Pair::Head(id) => findings.extend(added(cx, id)),
            Pair::Base(id) => findings.extend(removed(cx, id)),
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

/// None where its whole resource is new, which says it.
fn added(cx: &Cx<'_>, id: IdId) -> Option<Finding> {
    let (api, of) = (cx.head, &cx.head[id]);
    (!cx.is_new(of.resource)).then(|| {
        let name = of.name.camel();
        let message = format!("`{name}` is new: {}", names(of));
        Finding::new(&ID_ADDED, subject(api, of), message)
            .after(name)
            .at_head(place(api, of, "type"))
            .accounts_for([all(keys::id(api, of))])
    })
}

fn removed(cx: &Cx<'_>, id: IdId) -> Option<Finding> {
    let (api, of) = (cx.base, &cx.base[id]);
    (!cx.is_gone(of.resource)).then(|| {
        let name = of.name.camel();
        let message = format!("`{name}` is gone: {}", names(of));
        Finding::new(&ID_REMOVED, subject(api, of), message)
            .before(name)
            .at_base(place(api, of, "type"))
            .accounts_for([all(keys::id(api, of))])
    })
}

fn changed(cx: &Cx<'_>, old: IdId, new: IdId, findings: &mut Vec<Finding>) {
    let (base, head) = (cx.base, cx.head);
    let (before, after) = (&base[old], &head[new]);
    let (was, is) = (before.name.camel(), after.name.camel());
    let say = |rule: &'static Rule, message: String, key: &str| {
        Finding::new(rule, subject(head, after), message)
            .at_base(place(base, before, key))
            .at_head(place(head, after, key))
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
                .before(old_name)
                .after(new_name)
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
        let mut finding = say(&ID_PREFIX_CHANGED, message, "prefix");
        (finding.old, finding.new) = (before.prefix.clone(), after.prefix.clone());
        findings.push(finding);
    }
    let has =
        |of: &Id, source: &str| of.aliases.iter().any(|(_, known)| known == source);
    let alt = &head.wire.alias_prefix;
    for (name, source) in after.aliases.iter().filter(|(_, of)| !has(before, of)) {
        let message = format!(
            "`{is}::{}` is new: `{alt}:{source}:` stands for an id",
            name.plain()
        );
        let mut finding = say(&ALIAS_ADDED, message, "aliases");
        finding.was = None;
        finding.subject.id = format!("{is}::{}", name.plain());
        findings.push(
            finding
                .after(source)
                .on_wire(Wire::Additive, "")
                .accounts_for([item(keys::alias(head, after, name))]),
        );
    }
    for (name, source) in before.aliases.iter().filter(|(_, of)| !has(after, of)) {
        let message = format!(
            "`{is}::{}` is gone: `{alt}:{source}:` does not stand for an id any more",
            name.plain()
        );
        let mut finding = say(&ALIAS_REMOVED, message, "aliases");
        finding.at = None;
        finding.subject.id = format!("{is}::{}", name.plain());
        findings.push(
            finding
                .before(source)
                .on_wire(
                    Wire::Break,
                    "Front does not find what released versions ask for by it",
                )
                .accounts_for([item(keys::alias(base, before, name))]),
        );
    }
}
