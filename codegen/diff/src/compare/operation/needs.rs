//! What a token needs for a call.

use super::call::Call;
use crate::compare::Cx;
use crate::finding::{Finding, Permission};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use front_codegen::ir::{Api, Endpoint, PermissionId};

rules! {
    CAPABILITY_ADDED = "capability-added", Of("capability-removed"), "A call needs a permission, and needed none.";
    CAPABILITY_REMOVED = "capability-removed", Of("capability-added"), "A call needs no permission any more.";
    CAPABILITY_CHANGED = "capability-changed", Itself, "A call needs another permission.";
    GUIDE_CAPABILITY_CHANGED = "guide-capability-changed", Itself,
        "Front's guide names another permission, and what is asked for stays.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    findings.extend(Call::all(cx).filter_map(|call| of(&call)));
}

fn of(call: &Call<'_>) -> Option<Finding> {
    let (base, head) = (call.cx.base, call.cx.head);
    let (before, after) = (call.before(), call.after());
    let old = scope(base, before.needs());
    let new = scope(head, after.needs());
    let is_same = call.cx.is_same_permission(before.needs(), after.needs());
    let (name, guide) = (call.name(), guide(head, after));
    let key =
        if after.published_scope.is_some() { "published_scope" } else { "capability" };
    let say =
        |rule: &'static Rule, message: String| call.say(rule, message, [old, new], key);
    let mut finding = match (old, new) {
        (None, Some(new)) => {
            let message =
                format!("`{name}` needs `{new}`{guide}, and needed no permission");
            say(&CAPABILITY_ADDED, message)
        }
        (Some(old), None) => {
            let message = format!("`{name}` needs no permission, and needed `{old}`");
            say(&CAPABILITY_REMOVED, message)
        }
        (Some(old), Some(new)) if !is_same => {
            let message = format!("`{name}` needs `{new}`{guide}, and not `{old}`");
            say(&CAPABILITY_CHANGED, message)
        }
        _ => return guides(call),
    };
    match new {
        // Front has no order of permissions: one that reads less is another one.
        Some(new) => {
            finding.axes.permission = Permission::Wider;
            let mut note =
                format!("tokens without `{new}` get 403, released versions too");
            if old.is_none() {
                note.push_str("; unless it was needed before, and is only said now");
            }
            finding.note("permission", note);
        }
        None => finding.axes.permission = Permission::Narrower,
    }
    finding.explains = call.methods();
    Some(finding)
}

/// What the guide says, where what is needed stays.
fn guides(call: &Call<'_>) -> Option<Finding> {
    let (before, after) = (call.before(), call.after());
    if call.cx.is_same_permission(before.capability, after.capability) {
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

impl Cx<'_> {
    /// Whether both are one permission, whatever it is called, or none.
    fn is_same_permission(
        &self,
        old: Option<PermissionId>,
        new: Option<PermissionId>,
    ) -> bool {
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => {
                self.pairs.permissions.contains(&Pair::Both(old, new))
            }
            _ => false,
        }
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
