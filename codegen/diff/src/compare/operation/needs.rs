//! What a token needs for a call.

use super::call::Call;
use crate::compare::Cx;
use crate::compare::findings::Findings;
use crate::finding::{Finding, Permission};
use crate::pairs::is_pair;
use crate::rule::{Rule, rules};
use front_codegen::ir::{Api, Endpoint, PermissionId};

rules! {
    CAPABILITY_ADDED = "capability-added", Of("capability-removed"), "A call needs a permission, and needed none.";
    CAPABILITY_REMOVED = "capability-removed", Of("capability-added"), "A call needs no permission any more.",
        Permission(Narrower) "";
    CAPABILITY_CHANGED = "capability-changed", Itself, "A call needs another permission.";
    GUIDE_CAPABILITY_CHANGED = "guide-capability-changed", Itself,
        "Front's guide names another permission, and what is asked for stays.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    findings.extend(Call::all(cx).filter_map(|call| of(&call)));
}

fn of(call: &Call<'_>) -> Option<Finding> {
    let (base, head) = (call.cx.base, call.cx.head);
    let (before, after) = (call.before(), call.after());
    let old = scope(base, before.needs());
    let new = scope(head, after.needs());
    let is_same = call.is_same_permission(before.needs(), after.needs());
    let (name, guide) = (call.name(), guide(head, after));
    let key =
        if after.published_scope.is_some() { "published_scope" } else { "capability" };
    let (rule, message): (&'static Rule, _) = match (old, new) {
        (None, Some(new)) => (
            &CAPABILITY_ADDED,
            format!("`{name}` needs `{new}`{guide}, and needed no permission"),
        ),
        (Some(old), None) => (
            &CAPABILITY_REMOVED,
            format!("`{name}` needs no permission, and needed `{old}`"),
        ),
        (Some(old), Some(new)) if !is_same => (
            &CAPABILITY_CHANGED,
            format!("`{name}` needs `{new}`{guide}, and not `{old}`"),
        ),
        _ => return guides(call),
    };
    let finding = call.say(rule, message, [old, new], key).accounts_for(call.methods());
    // Front has no order of permissions: one that reads less is another one.
    let Some(new) = new else { return Some(finding) };
    let unless = match old {
        None => "; unless it was needed before, and is only said now",
        Some(_) => "",
    };
    let why = format!("tokens without `{new}` get 403, released versions too{unless}");
    Some(finding.on_tokens(Permission::Wider, why))
}

/// What the guide says, where what is needed stays.
fn guides(call: &Call<'_>) -> Option<Finding> {
    let (before, after) = (call.before(), call.after());
    if call.is_same_permission(before.capability, after.capability) {
        return None;
    }
    let old = scope(call.cx.base, before.capability);
    let new = scope(call.cx.head, after.capability);
    let word = |scope: Option<&str>| {
        scope.map_or_else(|| "no permission".to_owned(), |scope| format!("`{scope}`"))
    };
    let message = format!(
        "Front's guide names {} for `{}`, and not {}; {} is needed as before",
        word(new),
        call.name(),
        word(old),
        word(scope(call.cx.head, after.needs())),
    );
    Some(call.say(&GUIDE_CAPABILITY_CHANGED, message, [old, new], "capability"))
}

impl Call<'_> {
    /// Whether both are one permission, whatever it is called, or none.
    fn is_same_permission(
        &self,
        old: Option<PermissionId>,
        new: Option<PermissionId>,
    ) -> bool {
        is_pair(&self.cx.pairs.permissions, old, new)
    }
}

fn scope(api: &Api, permission: Option<PermissionId>) -> Option<&str> {
    permission.map(|id| api[id].scope.as_str())
}

/// What the guide names, where that is not what is asked for.
fn guide(api: &Api, endpoint: &Endpoint) -> String {
    if endpoint.published_scope.is_none() {
        return String::new();
    }
    match scope(api, endpoint.capability) {
        Some(scope) => format!(" (Front's guide says `{scope}`)"),
        None => " (Front's guide names none)".to_owned(),
    }
}
