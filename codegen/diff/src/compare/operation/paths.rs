//! The parts of a call's path.

use super::call::Call;
use super::operations::literal;
use crate::compare::Cx;
use crate::compare::build::Value;
use crate::compare::findings::Findings;
use crate::compare::fits::{Way, change, same};
use crate::finding::{Finding, Subject, Wire};
use crate::rule::{Rule, rules};
use front_codegen::ir::{Api, PathParam, Ty};

rules! {
    PATH_PARAMETER_ADDED = "path-parameter-added", Of("path-parameter-removed"), "A call's path has another placeholder.";
    PATH_PARAMETER_REMOVED = "path-parameter-removed", Of("path-parameter-added"), "A placeholder is gone from a call's path.";
    PATH_PARAMETER_REORDERED = "path-parameter-reordered", Itself, "Placeholders of a call's path have changed places.";
    PATH_PARAMETER_TYPE_CHANGED = "path-parameter-type-changed", Itself, "A path parameter has another type.";
    PATH_PARAMETER_RENAMED = "path-parameter-renamed", Itself, "A placeholder, or its argument, is called something else.";
}

/// A placeholder on both sides.
type Paired<'a> = (&'a PathParam, &'a PathParam);

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for call in Call::all(cx) {
        of(&call, findings);
    }
}

fn of(call: &Call<'_>, findings: &mut Findings) {
    let (old, new) = (&call.before().path_params, &call.after().path_params);
    let paired = paired(call.cx, old, new);
    for param in new {
        if !paired.iter().any(|(_, head)| head.wire == param.wire) {
            findings.push(one_side(call, &PATH_PARAMETER_ADDED, param));
        }
    }
    for param in old {
        if !paired.iter().any(|(base, _)| base.wire == param.wire) {
            findings.push(one_side(call, &PATH_PARAMETER_REMOVED, param));
        }
    }
    findings.extend(reordered(call, &paired));
    for pair in paired {
        changed(call, pair, findings);
    }
}

/// By name; where as many are left on both sides, what is left by its place. In the order of head.
fn paired<'a>(
    cx: &Cx<'_>,
    old: &'a [PathParam],
    new: &'a [PathParam],
) -> Vec<Paired<'a>> {
    let lone = |of: &'a [PathParam], other: &[PathParam]| -> Vec<&'a PathParam> {
        let known = |param: &&PathParam| !other.iter().any(|at| at.wire == param.wire);
        of.iter().filter(known).collect()
    };
    let (left, right) = (lone(old, new), lone(new, old));
    let by_place = left.len() == right.len();
    let renamed = |param: &PathParam| {
        let at = right.iter().position(|lone| lone.wire == param.wire)?;
        match by_place {
            true => Some(left[at]),
            // One of several that is left, and of a type of its own.
            false => match &left[..] {
                [one] if same(cx, &one.ty, &param.ty) => {
                    let alike = right.iter().filter(|lone| same(cx, &one.ty, &lone.ty));
                    (alike.count() == 1).then_some(*one)
                }
                _ => None,
            },
        }
    };
    new.iter()
        .filter_map(|param| {
            let own = old.iter().find(|of| of.wire == param.wire);
            Some((own.or_else(|| renamed(param))?, param))
        })
        .collect()
}

fn one_side(call: &Call<'_>, rule: &'static Rule, param: &PathParam) -> Finding {
    let (name, wire) = (call.name(), &param.wire);
    let is_new = rule.id == PATH_PARAMETER_ADDED.id;
    let message = match is_new {
        true => format!("the path of `{name}` has another placeholder, `{{{wire}}}`"),
        false => format!("`{{{wire}}}` is gone from the path of `{name}`"),
    };
    let values = [(!is_new).then_some(wire), is_new.then_some(wire)];
    // A changed path breaks released versions and is reported as such.
    say(call, rule, message, values, param)
}

fn say(
    call: &Call<'_>,
    rule: &'static Rule,
    message: String,
    values: [impl Value; 2],
    param: &PathParam,
) -> Finding {
    let mut finding = call.say(rule, message, values, "path");
    let id = format!("{} {}", call.name(), param.wire);
    finding.subject = Subject { kind: "input", id, ..finding.subject };
    finding.explains = call.methods();
    finding
}

fn reordered(call: &Call<'_>, paired: &[Paired<'_>]) -> Option<Finding> {
    let old = &call.before().path_params;
    let place = |param: &PathParam| old.iter().position(|of| of.wire == param.wire);
    if paired.is_sorted_by_key(|(base, _)| place(base)) {
        return None;
    }
    let mut before: Vec<&PathParam> = paired.iter().map(|(base, _)| *base).collect();
    before.sort_by_key(|base| place(base));
    let list = |of: Vec<&PathParam>| {
        of.iter()
            .map(|param| format!("`{{{}}}`", param.wire))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let was = list(before);
    let is = list(paired.iter().map(|(_, head)| *head).collect());
    let message = format!("`{}` takes {is} in this order, and not {was}", call.name());
    let mut finding = call.say(&PATH_PARAMETER_REORDERED, message, [was, is], "path");
    // If the path changes as well, that is reported for the path.
    if literal(&call.before().path) == literal(&call.after().path) {
        let why = "released versions put one into the place of another";
        finding = finding.on_wire(Wire::Break, why);
    }
    let alike = paired
        .iter()
        .enumerate()
        .any(|(at, (_, one))| paired[..at].iter().any(|(_, other)| one.ty == other.ty));
    let why = "code compiles where two are of one type, and means the other one";
    Some(
        finding.tells("rust", if alike { why } else { "" }).accounts_for(call.methods()),
    )
}

fn changed(call: &Call<'_>, (old, new): Paired<'_>, findings: &mut Findings) {
    let cx = call.cx;
    let name = call.name();
    if (&old.wire, &old.name) != (&new.wire, &new.name) {
        let [was, is] =
            [old, new].map(|of| format!("{{{}}} {}", of.wire, of.name.plain()));
        let message = match old.wire == new.wire {
            true => format!(
                "the argument for `{{{}}}` of `{name}` is called `{}`, and not `{}`",
                new.wire,
                new.name.plain(),
                old.name.plain()
            ),
            false => format!(
                "`{{{}}}` of `{name}` is called `{{{}}}` now",
                old.wire, new.wire
            ),
        };
        findings.push(say(call, &PATH_PARAMETER_RENAMED, message, [was, is], new));
    }
    if !same(cx, &old.ty, &new.ty) {
        let (was, is) = (cx.base.phrase(&old.ty), cx.head.phrase(&new.ty));
        let what = article(cx.head, &new.ty);
        let message =
            format!("`{{{}}}` of `{name}` is {what}`{is}`, and not `{was}`", new.wire);
        let wire = change(cx, &old.ty, &new.ty, Way::Text);
        let why = match wire {
            Wire::Break => "what released versions put there is not found any more",
            Wire::Risk => "what released versions put there may not be found any more",
            Wire::None | Wire::Additive => "on the wire both are texts",
        };
        findings.push(
            say(call, &PATH_PARAMETER_TYPE_CHANGED, message, [was, is], new)
                .on_wire(wire, why),
        );
    }
}

fn article(api: &Api, ty: &Ty) -> &'static str {
    match ty {
        Ty::Id(_) | Ty::Named(_) if !api.phrase(ty).is_empty() => "a ",
        _ => "",
    }
}
