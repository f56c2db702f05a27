//! Types: which there are, what they are called, what they are.

use crate::compare::Cx;
use crate::compare::build::{all, item, of_type, type_at};
use crate::compare::fits::{read, taken};
use crate::compare::graph::{reach, that_name_type};
use crate::finding::{Explains, Finding, Wire};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Direction, Kind, ResourceId, Ty, Type, TypeId};

rules! {
    TYPE_ADDED = "type-added", Of("type-removed"), "A type is new.";
    TYPE_REMOVED = "type-removed", Of("type-added"), "A type is gone.";
    TYPE_RENAMED = "type-renamed", Itself, "A type has another name.";
    TYPE_MOVED = "type-moved", Itself, "A type belongs to another resource.";
    TYPE_KIND_CHANGED = "type-kind-changed", Itself, "A type is of another kind: fields, values, a union or a choice.";
    TYPE_DIRECTION_CHANGED = "type-direction-changed", Itself,
        "A structure is sent or answered where it was not, and so is another thing in Rust.";
    TYPE_DEPRECATED = "type-deprecated", Of("type-undeprecated"), "A type should not be used any more.";
    TYPE_UNDEPRECATED = "type-undeprecated", Of("type-deprecated"), "A type is no longer deprecated.";
    TYPE_NEW_REORDERED = "type-new-reordered", Itself, "What `new` of a type takes has another order.";
    LINKS_ADDED = "links-added", Of("links-removed"), "A type names the addresses that it comes with.";
    LINKS_REMOVED = "links-removed", Of("links-added"), "A type does not name the addresses any more that it comes with.";
    LINKS_CHANGED = "links-changed", Itself, "A type comes with the addresses of other things.";
}

/// What a type is in Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nothing: its fields are those of a request.
    None,
    /// A structure that is built, and closed to the eye.
    Input,
    /// A structure with fields to read.
    Answer,
    /// A structure with fields to read, that can be built.
    Both,
    /// Anything else, which is the same wherever it travels.
    Any,
}

pub(crate) fn form(of: &Type) -> Form {
    match (&of.kind, of.direction.answer, of.direction.input) {
        (Kind::Struct { .. }, false, false) => Form::None,
        (Kind::Struct { .. }, false, true) => Form::Input,
        (Kind::Struct { .. }, true, false) => Form::Answer,
        (Kind::Struct { .. }, true, true) => Form::Both,
        _ => Form::Any,
    }
}

/// Whether it neither travels nor says what a request takes.
fn is_unused(of: &Type) -> bool {
    let Direction { input, answer, body, .. } = of.direction;
    !(input || answer || body)
}

impl Form {
    fn as_str(self) -> &'static str {
        match self {
            Self::None => "the fields of a request",
            Self::Input => "a value to send",
            Self::Answer => "a value of answers",
            Self::Both => "a value of answers that is also sent",
            Self::Any => "a value",
        }
    }
}

/// What a type is in the spec.
fn kind(of: &Type) -> &'static str {
    match of.kind {
        Kind::Struct { .. } => "a structure",
        Kind::Enum(_) => "an enumeration",
        Kind::Flag(_) => "a flag",
        Kind::Union { .. } => "a union",
        Kind::Choice { .. } => "a choice",
    }
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    for &pair in &cx.pairs.types {
        match pair {
            Pair::Head(id) => findings.extend(added(cx, id)),
            Pair::Base(id) => findings.extend(removed(cx, id)),
            Pair::Both(old, new) => changed(cx, old, new, findings),
        }
    }
}

fn everything(api: &Api, id: TypeId) -> [Explains; 1] {
    [all(keys::ty(api, &api[id]))]
}

/// None where its whole resource is new, which says it.
fn added(cx: &Cx<'_>, id: TypeId) -> Option<Finding> {
    let (api, of) = (cx.head, &cx.head[id]);
    if cx.is_new(of.resource) || form(of) == Form::None {
        return None;
    }
    let message = format!("`{}` is new: {}", of.name.camel(), kind(of));
    let finding = Finding::new(&TYPE_ADDED, of_type("type", api, of, None), message)
        .after(kind(of))
        .at_head(type_at(api, of, []))
        .reaching(reach(api, id))
        .accounts_for(everything(api, id));
    Some(finding)
}

fn removed(cx: &Cx<'_>, id: TypeId) -> Option<Finding> {
    let (api, of) = (cx.base, &cx.base[id]);
    if cx.is_gone(of.resource) || form(of) == Form::None {
        return None;
    }
    let message = format!("`{}` is gone: {}", of.name.camel(), kind(of));
    let finding = Finding::new(&TYPE_REMOVED, of_type("type", api, of, None), message)
        .before(kind(of))
        .at_base(type_at(api, of, []))
        .reaching(reach(api, id))
        .accounts_for(everything(api, id));
    Some(finding)
}

fn changed(cx: &Cx<'_>, old: TypeId, new: TypeId, findings: &mut Vec<Finding>) {
    let (base, head) = (cx.base, cx.head);
    let (before, after) = (&base[old], &head[new]);
    let (was, is) = (before.name.camel(), after.name.camel());
    let say = |rule: &'static Rule, message: String, below: &[&'static str]| {
        Finding::new(rule, of_type("type", head, after, None), message)
            .at_base(type_at(base, before, below.iter().copied()))
            .at_head(type_at(head, after, below.iter().copied()))
            .reaching(reach(head, new))
    };
    let both_whole = || everything(base, old).into_iter().chain(everything(head, new));
    let users =
        || that_name_type(base, old).into_iter().chain(that_name_type(head, new));
    let (from, to) = (form(before), form(after));
    let is_public = from != Form::None || to != Form::None;
    if was != is && is_public {
        let message = format!("`{was}` is called `{is}` now");
        findings.push(
            say(&TYPE_RENAMED, message, &[])
                .before(was.as_str())
                .after(is.as_str())
                .accounts_for(both_whole())
                .accounts_for(users()),
        );
    } else if !is_same_resource(cx, before.resource, after.resource) && is_public {
        let place = |api: &Api, of: &Type| api[of.resource].name.plain().to_owned();
        let (was, to) = (place(base, before), place(head, after));
        let message = format!("`{is}` belongs to `{to}` now, and not to `{was}`");
        findings.push(
            say(&TYPE_MOVED, message, &[])
                .before(was)
                .after(to)
                .accounts_for(both_whole())
                .accounts_for(users()),
        );
    }
    if kind(before) != kind(after) {
        let (was, now) = (kind(before), kind(after));
        let message = format!("`{is}` is {now} now, and not {was}");
        let (wire, why) = kind_on_wire(cx, old, new);
        findings.push(
            say(&TYPE_KIND_CHANGED, message, &[])
                .before(was)
                .after(now)
                .on_wire(wire, why)
                .accounts_for(both_whole())
                .accounts_for(users()),
        );
    } else if from != to && (is_unused(before) || is_unused(after)) {
        // The crate has no type that nothing uses.
        let (rule, why) = match is_unused(after) {
            true => (&TYPE_REMOVED, "gone: nothing uses it any more"),
            false => (&TYPE_ADDED, "new: nothing used it before"),
        };
        let mut finding = say(rule, format!("`{is}` is {why}"), &[]);
        finding.old = is_unused(after).then(|| kind(before).to_owned());
        finding.new = is_unused(before).then(|| kind(after).to_owned());
        findings.push(finding.accounts_for(both_whole()));
    } else if from != to {
        let message = format!("`{is}` is {} now; it was {}", to.as_str(), from.as_str());
        findings.push(
            say(&TYPE_DIRECTION_CHANGED, message, &[])
                .before(from.as_str())
                .after(to.as_str())
                .accounts_for(both_whole()),
        );
    }
    let name = || item(keys::ty(head, after));
    match (&before.deprecated, &after.deprecated) {
        (None, Some(why)) if is_public => findings.push(
            say(
                &TYPE_DEPRECATED,
                format!("`{is}` is deprecated: {why}"),
                &["deprecated"],
            )
            .after(why)
            .accounts_for([name()]),
        ),
        (Some(why), None) if is_public => findings.push(
            say(
                &TYPE_UNDEPRECATED,
                format!("`{is}` is no longer deprecated"),
                &["deprecated"],
            )
            .before(why)
            .accounts_for([name()]),
        ),
        _ => {}
    }
    if let (Kind::Struct { .. }, Kind::Struct { .. }) = (&before.kind, &after.kind) {
        findings.extend(new_reordered(cx, old, new));
        findings.extend(links(cx, old, new));
    }
}

/// Whether a resource of base is one of head, whatever it is called.
pub(crate) fn is_same_resource(cx: &Cx<'_>, old: ResourceId, new: ResourceId) -> bool {
    cx.pairs.resources.contains(&Pair::Both(old, new))
}

/// What another kind of type means for released versions, by where its values travel on both sides.
fn kind_on_wire(cx: &Cx<'_>, old: TypeId, new: TypeId) -> (Wire, &'static str) {
    let (before, after) = (cx.base[old].direction, cx.head[new].direction);
    let (old, new) = (Ty::Named(old), Ty::Named(new));
    let mut wire = Wire::None;
    if before.answer && after.answer {
        wire = wire.max(read(cx, &old, &new));
    }
    if (before.input || before.body) && (after.input || after.body) {
        wire = wire.max(taken(cx, &old, &new));
    }
    let why = match wire {
        Wire::None => "",
        Wire::Additive => "released versions read it as what it was, and miss something",
        Wire::Risk => "released versions may not understand it, or not be understood",
        Wire::Break => "released versions read or send another kind of value",
    };
    (wire, why)
}

/// The order of `new`'s arguments is that of the required fields. Those that only one side has are told by their fields.
fn new_reordered(cx: &Cx<'_>, old: TypeId, new: TypeId) -> Option<Finding> {
    let (base, head) = (cx.base, cx.head);
    let (before, after) = (&base[old], &head[new]);
    if !(before.direction.input && after.direction.input) {
        return None;
    }
    let (was, is) = (taken_by_new(before), taken_by_new(after));
    let common = |list: &[String], other: &[String]| -> Vec<String> {
        list.iter().filter(|name| other.contains(name)).cloned().collect()
    };
    let (was, is) = (common(&was, &is), common(&is, &was));
    (was != is).then(|| {
        let name = after.name.camel();
        let (was, is) = (was.join(", "), is.join(", "));
        let message =
            format!("`{name}::new` takes `{is}` in this order, and not `{was}`");
        Finding::new(&TYPE_NEW_REORDERED, of_type("type", head, after, None), message)
            .before(was)
            .after(is)
            .at_base(type_at(base, before, ["fields"]))
            .at_head(type_at(head, after, ["fields"]))
            .reaching(reach(head, new))
            .tells(
                "rust",
                "where two of them have one type, code compiles and swaps them",
            )
            .accounts_for([item(keys::new(head, after))])
    })
}

fn taken_by_new(of: &Type) -> Vec<String> {
    match &of.kind {
        Kind::Struct { fields, required, .. } => {
            required.iter().map(|&index| fields[index].name.plain().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

fn links(cx: &Cx<'_>, old: TypeId, new: TypeId) -> Option<Finding> {
    let (base, head) = (cx.base, cx.head);
    let (before, after) = (&base[old], &head[new]);
    let (Kind::Struct { links: was, .. }, Kind::Struct { links: is, .. }) =
        (&before.kind, &after.kind)
    else {
        return None;
    };
    if !(before.direction.answer && after.direction.answer) {
        return None;
    }
    let name = after.name.camel();
    let say = |rule: &'static Rule, message: String| {
        Finding::new(rule, of_type("type", head, after, None), message)
            .at_base(type_at(base, before, ["links"]))
            .at_head(type_at(head, after, ["links"]))
            .reaching(reach(head, new))
    };
    let field = || [item(keys::links(head, after))];
    match (was, is) {
        (None, Some(is)) => Some(
            say(&LINKS_ADDED, format!("`{name}` has `api_links` now"))
                .after(is.join(", "))
                .on_wire(Wire::Additive, "released versions have them in `extra`")
                .accounts_for(field()),
        ),
        (Some(was), None) => Some(
            say(&LINKS_REMOVED, format!("`{name}` has no `api_links` any more"))
                .before(was.join(", "))
                .on_wire(
                    Wire::Additive,
                    "released versions have none in it, where Front sends none",
                )
                .accounts_for(field()),
        ),
        (Some(was), Some(is)) => {
            let only = |list: &[String], other: &[String]| -> Vec<String> {
                let own = list.iter().filter(|name| !other.contains(name));
                own.map(|name| format!("`{name}`")).collect()
            };
            let (gone, come) = (only(was, is), only(is, was));
            if gone.is_empty() && come.is_empty() {
                return None;
            }
            let mut parts = Vec::new();
            if !come.is_empty() {
                parts.push(format!("comes with the address of {}", come.join(", ")));
            }
            if !gone.is_empty() {
                parts.push(format!("comes no more with that of {}", gone.join(", ")));
            }
            let message = format!("`{name}` {}", parts.join(", and "));
            let (wire, missing) = if gone.is_empty() {
                (Wire::Additive, "")
            } else {
                (
                    Wire::Risk,
                    "`api_links.get` gives none for what is gone, which compiles as it did",
                )
            };
            Some(
                say(&LINKS_CHANGED, message)
                    .before(was.join(", "))
                    .after(is.join(", "))
                    .on_wire(wire, missing),
            )
        }
        (None, None) => None,
    }
}
