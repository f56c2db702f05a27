//! Plans: which there are, how much they allow, and the order that numbers them.

use crate::compare::Cx;
use crate::compare::build::{come_or_gone, front_at, item, of_service};
use crate::compare::findings::Findings;
use crate::finding::{At, Finding};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::Plan;

rules! {
    PLAN_ADDED = "plan-added", Of("plan-removed"), "There is another plan.";
    PLAN_REMOVED = "plan-removed", Of("plan-added"), "A plan is gone.";
    PLAN_RENAMED = "plan-renamed", Itself, "A plan has another name.";
    PLAN_REORDERED = "plan-reordered", Itself, "Plans have another order.";
    PLAN_LIMIT_TIGHTENED = "plan-limit-tightened", Of("plan-limit-loosened"), "A plan allows fewer requests a minute.",
        Operational(Tighter) "released versions that pace by this plan send too much, and wait for Front to say so";
    PLAN_LIMIT_LOOSENED = "plan-limit-loosened", Of("plan-limit-tightened"), "A plan allows more requests a minute.",
        Operational(Looser) "released versions that pace by this plan keep to the old number";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    findings.extend(plans(cx));
}

fn plans(cx: &Cx<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (was, is) = (&cx.base.service.plans, &cx.head.service.plans);
    let (mut moved, mut added, mut removed) = (Vec::new(), None, None);
    for &pair in &cx.pairs.plans {
        match pair {
            Pair::Head(new) => {
                added = Some(findings.len());
                findings.push(plan(&is[new], true));
            }
            Pair::Base(old) => {
                removed = Some(findings.len());
                findings.push(plan(&was[old], false));
            }
            Pair::Both(old, new) => {
                findings.extend(plan_changed(&was[old], &is[new]));
                moved.extend((old != new).then(|| item(keys::plan(&is[new].name))));
            }
        }
    }
    if moved.is_empty() {
        return findings;
    }
    // A change of the numbers of others is reported with its cause.
    let cause = match (removed, added) {
        (Some(removed), _) => removed,
        (None, Some(added)) => {
            let note = "plans after it get other numbers, which `as` gives: at the end of `plans` it breaks nothing";
            findings[added].notes.push(("rust", note.to_owned()));
            added
        }
        (None, None) => {
            let message =
                "plans have another order, and other numbers, which `as` gives";
            let subject = of_service("plan", "plans");
            findings.push(
                Finding::new(&PLAN_REORDERED, subject, message.to_owned())
                    .values([order(was), order(is)])
                    .located([front_at(["plans"]), front_at(["plans"])]),
            );
            findings.len() - 1
        }
    };
    findings[cause].explains.extend(moved);
    findings
}

/// `starter, professional`
fn order(plans: &[Plan]) -> String {
    let names: Vec<&str> = plans.iter().map(|of| of.name.plain()).collect();
    names.join(", ")
}

fn plan_at(of: &Plan) -> At {
    front_at(["plans", of.name.plain()])
}

/// `Plan::Starter`
fn plan_label(of: &Plan) -> String {
    format!("Plan::{}", of.name.camel())
}

fn say_plan(rule: &'static Rule, of: &Plan, message: String) -> Finding {
    Finding::new(rule, of_service("plan", of.name.plain()), message)
        .accounts_for([item(keys::plan(&of.name))])
}

fn plan(of: &Plan, is_new: bool) -> Finding {
    let (label, allows, what) = (plan_label(of), of.per_minute, come_or_gone(is_new));
    let rule = if is_new { &PLAN_ADDED } else { &PLAN_REMOVED };
    let message = format!("`{label}` is {what}: {allows} requests a minute");
    say_plan(rule, of, message).alone(is_new, allows, plan_at(of))
}

/// That it is called something else, or that it allows another number: one with both is another plan.
fn plan_changed(old: &Plan, new: &Plan) -> Option<Finding> {
    let (was, is) = (old.per_minute, new.per_minute);
    let label = plan_label(new);
    let say = |rule: &'static Rule, message: String| {
        say_plan(rule, new, message).located([plan_at(old), plan_at(new)])
    };
    if old.name != new.name {
        let message = format!("`{}` is called `{label}` now", plan_label(old));
        let finding = say(&PLAN_RENAMED, message)
            .values([old.name.plain(), new.name.plain()])
            .accounts_for([item(keys::plan(&old.name))]);
        return Some(finding);
    }
    (was != is).then(|| {
        let message = format!("`{label}` allows {is} requests a minute, and not {was}");
        let rule = if is < was { &PLAN_LIMIT_TIGHTENED } else { &PLAN_LIMIT_LOOSENED };
        say(rule, message).values([was, is])
    })
}
