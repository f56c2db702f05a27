//! Types: which there are, what they are called, what they are.

use super::owner::Owner;
use crate::compare::Cx;
use crate::compare::build::{
    all, come_or_gone, deprecation, item, listed, of_type, type_at,
};
use crate::compare::findings::Findings;
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
    TYPE_NEW_REORDERED = "type-new-reordered", Itself, "What `new` of a type takes has another order.",
        Rust "where two of them have one type, code compiles and swaps them";
    LINKS_ADDED = "links-added", Of("links-removed"), "A type names the addresses that it comes with.",
        Wire(Additive) "released versions have them in `extra`";
    LINKS_REMOVED = "links-removed", Of("links-added"), "A type does not name the addresses any more that it comes with.",
        Wire(Additive) "released versions have none in it, where Front sends none";
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

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for &pair in &cx.pairs.types {
        match pair {
            Pair::Head(id) => findings.extend(alone(cx, id, true)),
            Pair::Base(id) => findings.extend(alone(cx, id, false)),
            Pair::Both(old, new) => changed(&Owner::new(cx, old, new), findings),
        }
    }
}

fn everything(api: &Api, id: TypeId) -> [Explains; 1] {
    [all(keys::ty(api, &api[id]))]
}

/// None where its whole resource is on one side alone, which says it.
fn alone(cx: &Cx<'_>, id: TypeId, is_new: bool) -> Option<Finding> {
    let api = cx.side(is_new);
    let of = &api[id];
    if cx.is_alone(of.resource, is_new) || form(of) == Form::None {
        return None;
    }
    let (name, what) = (of.name.camel(), come_or_gone(is_new));
    let rule = if is_new { &TYPE_ADDED } else { &TYPE_REMOVED };
    let message = format!("`{name}` is {what}: {}", kind(of));
    let finding = Finding::new(rule, of_type("type", api, of, None), message)
        .alone(is_new, kind(of), type_at(api, of, []))
        .reaching(reach(api, id))
        .accounts_for(everything(api, id));
    Some(finding)
}

fn changed(owner: &Owner<'_>, findings: &mut Findings) {
    let (cx, old, new) = (owner.cx, owner.old, owner.new);
    let (base, head) = (cx.base, cx.head);
    let (before, after) = (owner.before(), owner.after());
    let (was, is) = (owner.old_name(), owner.name());
    let say = |rule, message, values: [&str; 2]| {
        owner
            .say(rule, message, None)
            .values(values)
            .accounts_for(everything(base, old))
            .accounts_for(everything(head, new))
    };
    let with_users = |finding: Finding| {
        finding
            .accounts_for(that_name_type(base, old))
            .accounts_for(that_name_type(head, new))
    };
    let (from, to) = (form(before), form(after));
    let is_public = from != Form::None || to != Form::None;
    if was != is && is_public {
        let message = format!("`{was}` is called `{is}` now");
        findings.push(with_users(say(&TYPE_RENAMED, message, [&was, &is])));
    } else if !is_same_resource(cx, before.resource, after.resource) && is_public {
        let was = base[before.resource].name.plain();
        let to = head[after.resource].name.plain();
        let message = format!("`{is}` belongs to `{to}` now, and not to `{was}`");
        findings.push(with_users(say(&TYPE_MOVED, message, [was, to])));
    }
    let kinds = [kind(before), kind(after)];
    if kinds[0] != kinds[1] {
        let message = format!("`{is}` is {} now, and not {}", kinds[1], kinds[0]);
        let (wire, why) = kind_on_wire(cx, old, new);
        let finding = say(&TYPE_KIND_CHANGED, message, kinds).on_wire(wire, why);
        findings.push(with_users(finding));
    } else if from != to && is_unused(after) {
        // The crate has no type that nothing uses.
        let message = format!("`{is}` is gone: nothing uses it any more");
        let mut finding = say(&TYPE_REMOVED, message, kinds);
        finding.new = is_unused(before).then(|| kinds[1].to_owned());
        findings.push(finding);
    } else if from != to && is_unused(before) {
        let message = format!("`{is}` is new: nothing used it before");
        let mut finding = say(&TYPE_ADDED, message, kinds);
        finding.old = None;
        findings.push(finding);
    } else if from != to {
        let [was, to] = [from, to].map(Form::as_str);
        let message = format!("`{is}` is {to} now; it was {was}");
        findings.push(say(&TYPE_DIRECTION_CHANGED, message, [was, to]));
    }
    if is_public {
        findings.extend(deprecated(owner));
    }
    if let (Kind::Struct { links: was, .. }, Kind::Struct { links: is, .. }) =
        owner.kinds()
    {
        findings.extend(new_reordered(owner));
        findings.extend(links(owner, [was.as_deref(), is.as_deref()]));
    }
}

fn deprecated(owner: &Owner<'_>) -> Option<Finding> {
    let values = [owner.before(), owner.after()].map(|of| of.deprecated.as_ref());
    let rules = [&TYPE_DEPRECATED, &TYPE_UNDEPRECATED];
    let (rule, says) = deprecation(rules, values)?;
    let message = format!("`{}` is {says}", owner.name());
    Some(
        owner
            .say(rule, message, Some("deprecated"))
            .values(values)
            .accounts_for([item(keys::ty(owner.cx.head, owner.after()))]),
    )
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
fn new_reordered(owner: &Owner<'_>) -> Option<Finding> {
    if !owner.sent {
        return None;
    }
    let (was, is) = (taken_by_new(owner.before()), taken_by_new(owner.after()));
    let common = |list: &[&str], other: &[&str]| -> Vec<String> {
        let both = list.iter().filter(|name| other.contains(name));
        both.map(|name| (*name).to_owned()).collect()
    };
    let (was, is) = (common(&was, &is), common(&is, &was));
    (was != is).then(|| {
        let (was, is) = (was.join(", "), is.join(", "));
        let name = owner.name();
        let message =
            format!("`{name}::new` takes `{is}` in this order, and not `{was}`");
        owner
            .say(&TYPE_NEW_REORDERED, message, Some("fields"))
            .values([was, is])
            .accounts_for([item(keys::new(owner.cx.head, owner.after()))])
    })
}

fn taken_by_new(of: &Type) -> Vec<&str> {
    match &of.kind {
        Kind::Struct { fields, required, .. } => {
            required.iter().map(|&index| fields[index].name.plain()).collect()
        }
        _ => Vec::new(),
    }
}

fn links(owner: &Owner<'_>, [was, is]: [Option<&[String]>; 2]) -> Option<Finding> {
    if !owner.answered {
        return None;
    }
    let name = owner.name();
    let say = |rule, message| {
        let values = [was, is].map(|list| list.map(|list| list.join(", ")));
        owner.say(rule, message, Some("links")).values(values)
    };
    let field = [item(keys::links(owner.cx.head, owner.after()))];
    let (was, is) = match (was, is) {
        (None, None) => return None,
        (None, Some(_)) => {
            let message = format!("`{name}` has `api_links` now");
            return Some(say(&LINKS_ADDED, message).accounts_for(field));
        }
        (Some(_), None) => {
            let message = format!("`{name}` has no `api_links` any more");
            return Some(say(&LINKS_REMOVED, message).accounts_for(field));
        }
        (Some(was), Some(is)) => (was, is),
    };
    let only = |list: &[String], other: &[String]| {
        listed(list.iter().filter(|name| !other.contains(name)))
    };
    let (gone, come) = (only(was, is), only(is, was));
    let mut parts = Vec::new();
    if !come.is_empty() {
        parts.push(format!("comes with the address of {come}"));
    }
    if !gone.is_empty() {
        parts.push(format!("comes no more with that of {gone}"));
    }
    let (wire, why) = match (parts.is_empty(), gone.is_empty()) {
        (true, _) => return None,
        (_, true) => (Wire::Additive, ""),
        _ => (
            Wire::Risk,
            "`api_links.get` gives none for what is gone, which compiles as it did",
        ),
    };
    let message = format!("`{name}` {}", parts.join(", and "));
    Some(say(&LINKS_CHANGED, message).on_wire(wire, why))
}
