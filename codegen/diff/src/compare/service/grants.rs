//! What tokens can be allowed to do, and the statuses that Front refuses a call with.

use crate::compare::Cx;
use crate::compare::build::{all, come_or_gone, front_at, item, of_service};
use crate::compare::findings::Findings;
use crate::compare::operation::call::Call;
use crate::finding::{At, Finding, Permission, Wire};
use crate::pairs::{Matching, Pair};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{PermissionId, Status};

rules! {
    PERMISSION_ADDED = "permission-added", Of("permission-removed"), "Tokens can be given another permission.";
    PERMISSION_REMOVED = "permission-removed", Of("permission-added"), "A permission is gone.";
    PERMISSION_RENAMED = "permission-renamed", Itself, "A permission is another word.";
    ERROR_ADDED = "error-added", Of("error-removed"), "Front refuses calls with another status.", Wire(Additive) "";
    ERROR_REMOVED = "error-removed", Of("error-added"), "Front does not refuse calls with a status any more.";
    ERROR_RENAMED = "error-renamed", Itself, "A status has another name.";
    ERROR_STATUS_CHANGED = "error-status-changed", Itself, "An error has another status.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    permissions(cx, findings);
    errors(cx, findings);
}

fn permissions(cx: &Cx<'_>, findings: &mut Findings) {
    for &pair in &cx.pairs.permissions {
        let (of, is_new) = match pair {
            Pair::Head(id) => (&cx.head[id], true),
            Pair::Base(id) => (&cx.base[id], false),
            Pair::Both(old, new) => {
                findings.extend(permission_renamed(cx, old, new));
                continue;
            }
        };
        let scope = &of.scope;
        let (rule, what) = if is_new {
            (&PERMISSION_ADDED, "is a permission now")
        } else {
            (&PERMISSION_REMOVED, "is no permission any more")
        };
        let subject = of_service("permission", scope);
        findings.push(
            Finding::new(rule, subject, format!("`{scope}` {what}"))
                .alone(is_new, scope, front_at(["capabilities", scope]))
                .accounts_for([item(keys::permission(of)), all(keys::marker(of))]),
        );
    }
}

fn permission_renamed(
    cx: &Cx<'_>,
    old: PermissionId,
    new: PermissionId,
) -> Option<Finding> {
    let (base, head) = (cx.base, cx.head);
    let (before, after) = (&base[old], &head[new]);
    let (was, is) = (before.scope.as_str(), after.scope.as_str());
    if was == is {
        return None;
    }
    let message = format!("`{was}` is called `{is}` now");
    let mut finding =
        Finding::new(&PERMISSION_RENAMED, of_service("permission", is), message)
            .values([was, is])
            .located([was, is].map(|scope| front_at(["capabilities", scope])))
            .accounts_for([item(keys::permission(before)), all(keys::marker(before))])
            .accounts_for([item(keys::permission(after)), all(keys::marker(after))]);
    // A call that needs it on only one side is reported by itself.
    let needs = |call: &Call<'_>| {
        call.before().needs() == Some(old) && call.after().needs() == Some(new)
    };
    for call in Call::all(cx).filter(needs) {
        finding.reach.operations.push(call.name());
        finding.explains.extend([
            item(keys::bound(&base[call.old.0], call.before(), before)),
            item(keys::bound(&head[call.new.0], call.after(), after)),
        ]);
    }
    // Tokens hold the word. Whether Front goes on taking the old one is not ours to know.
    if finding.reach.operations.is_empty() {
        return Some(finding);
    }
    let why = format!(
        "tokens without `{is}` get 403, unless Front takes `{was}` for it; released versions too"
    );
    Some(finding.on_tokens(Permission::Wider, why))
}

fn errors(cx: &Cx<'_>, findings: &mut Findings) {
    let (was, is) = (&cx.base.service.statuses, &cx.head.service.statuses);
    let pairs = Matching::new(was, is)
        .by(|old, new| old.number == new.number)
        .by(|old, new| old.name == new.name)
        .pairs();
    for pair in pairs {
        match pair {
            Pair::Head(new) => findings.push(error(new, true)),
            Pair::Base(old) => findings.push(error(old, false)),
            Pair::Both(old, new) => {
                findings.extend(error_changed(old, new));
            }
        }
    }
}

fn at(status: u16, key: Option<&str>) -> At {
    let status = status.to_string();
    front_at(["errors", status.as_str()].into_iter().chain(key))
}

/// `ErrorCode::NotFound`
fn label(of: &Status) -> String {
    format!("ErrorCode::{}", of.name.camel())
}

fn error(of: &Status, is_new: bool) -> Finding {
    let (label, status) = (label(of), of.number);
    let (rule, rust): (&'static Rule, _) = match is_new {
        true => (
            &ERROR_ADDED,
            format!("until now an error with status {status} had no code"),
        ),
        false => (&ERROR_REMOVED, format!("an error with status {status} has no code")),
    };
    let message = format!("`{label}` is {}: {status}", come_or_gone(is_new));
    Finding::new(rule, of_service("error", &of.code), message)
        .alone(is_new, status, at(status, None))
        .tells("rust", rust)
        .accounts_for([item(keys::error_code(&of.name))])
}

fn error_changed(old: &Status, new: &Status) -> Option<Finding> {
    let (was, is) = (label(old), label(new));
    let say = |rule: &'static Rule, key: Option<&str>, message: String| {
        Finding::new(rule, of_service("error", &new.code), message)
            .located([at(old.number, key), at(new.number, key)])
            .accounts_for([old, new].map(|of| item(keys::error_code(&of.name))))
    };
    if old.number != new.number {
        let message = format!("`{is}` is {}, and not {}", new.number, old.number);
        let why = format!("released versions give {} no code", new.number);
        return Some(
            say(&ERROR_STATUS_CHANGED, None, message)
                .values([old.number, new.number])
                .on_wire(Wire::Risk, why),
        );
    }
    (old.code != new.code).then(|| {
        let message = format!("`{was}` is called `{is}` now");
        say(&ERROR_RENAMED, Some("code"), message)
            .values([&old.code, &new.code])
            .tells("rust", format!("its `name` is `{}`", new.code))
    })
}
