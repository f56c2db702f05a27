//! What a call takes: which inputs there are. What of one changed says [`facts`](super::facts).

use super::arguments;
use super::call::Call;
use super::facts;
use super::given::{Given, Set, body, touched};
use crate::compare::Cx;
use crate::compare::build::listed;
use crate::compare::findings::Findings;
use crate::compare::fits::same;
use crate::finding::{Finding, Wire};
use crate::pairs::{Matching, Pair};
use crate::rule::{Rule, rules};
use front_codegen::ir::{Api, Kind, Scalar, Ty, TypeId};

rules! {
    INPUT_ADDED_OPTIONAL = "input-added-optional", Of("input-removed"), "A call takes another input, which may be left out.",
        Wire(Additive) "";
    INPUT_ADDED_REQUIRED = "input-added-required", Waived("what is gone is gone whether or not it was required: `input-removed`"),
        "A call takes another input, which Front requires.",
        Wire(Break) "released versions do not send it, and Front refuses them";
    INPUT_REMOVED = "input-removed", Of("input-added-optional"), "A call does not take an input any more.",
        Wire(Risk) "released versions send it, which Front may ignore or refuse";
    INPUT_FIXED_ADDED = "input-fixed-added", Of("input-fixed-removed"), "A call always sends another constant.";
    INPUT_FIXED_REMOVED = "input-fixed-removed", Of("input-fixed-added"), "A call does not send a constant any more.",
        Wire(Risk) "released versions send it, which Front may ignore or refuse";
    BODY_ADDED = "body-added", Of("body-removed"), "A call that took no body takes one.";
    BODY_REMOVED = "body-removed", Of("body-added"), "A call takes no body any more.",
        Wire(Risk) "released versions send a body, which Front may ignore or refuse";
    BODY_TYPE_CHANGED = "body-type-changed", Itself, "A call takes a value of another type as its body.",
        Wire(Risk) "what released versions send may lack what Front wants now";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for call in Call::all(cx) {
        findings.extend(whole(&call));
    }
    for set in Set::all(cx) {
        let matching = matching(&set);
        let paired = matching.found();
        findings.extend(arguments::at_least_one(&set, &paired));
        if set.is_one_value() {
            // Which of its fields its `new` asks for is said at the call.
            for pair in paired {
                if pair[0].field.required == pair[1].field.required {
                    arguments::moved(&set, pair, findings);
                }
            }
            continue;
        }
        for pair in matching.pairs() {
            match pair {
                Pair::Head(given) => findings.push(added(&set, given)),
                Pair::Base(given) => findings.push(removed(&set, given)),
                Pair::Both(..) => {}
            }
        }
        facts::compare(&set, &paired, findings);
    }
}

/// The inputs of a set: by key; then by name in Rust; then what alone on both sides is of one type and as much required.
fn matching<'a, 's>(set: &'s Set<'a>) -> Matching<&'s Given<'a>> {
    Matching::new(&set.base, &set.head)
        .by(|old, new| old.wire() == new.wire())
        .by(|old, new| old.name().is_some() && old.name() == new.name())
        .by(|old, new| {
            let (before, after) = (old.field, new.field);
            old.name().is_some()
                && new.name().is_some()
                && same(set.cx, &before.ty, &after.ty)
                && before.required == after.required
                && (&before.fixed, old.place) == (&after.fixed, new.place)
        })
}

/// What is true of a call's body as a whole.
fn whole(call: &Call<'_>) -> Option<Finding> {
    let (cx, before, after) = (call.cx, call.before(), call.after());
    let shown = |api: &Api, id: Option<TypeId>| id.map(|id| api[id].name.camel());
    let (was, is) = (shown(cx.base, before.body), shown(cx.head, after.body));
    let say = |rule: &'static Rule, message: String| {
        call.say(rule, message, [was.as_deref(), is.as_deref()], "body")
    };
    let name = call.name();
    // With all the inputs that the body gives on the side that has one.
    let inputs = |api, id| {
        let inputs = body(api, id);
        let keys: Vec<String> = inputs.iter().map(Given::shown).collect();
        (inputs, keys.join(", "))
    };
    let mut lines = call.methods();
    let finding = match (before.body, after.body) {
        (None, Some(new)) => {
            let (inputs, keys) = inputs(cx.head, new);
            for given in &inputs {
                touched(cx.head, call.new, given, &mut lines);
            }
            let (wire, why) = match inputs.iter().any(|given| given.field.required) {
                true => (
                    Wire::Break,
                    "released versions do not send what Front requires in it",
                ),
                false => (Wire::Additive, ""),
            };
            let message = format!("`{name}` takes a body, with {keys}");
            say(&BODY_ADDED, message).on_wire(wire, why)
        }
        (Some(old), None) => {
            let (inputs, keys) = inputs(cx.base, old);
            for given in &inputs {
                touched(cx.base, call.old, given, &mut lines);
            }
            let message = format!("`{name}` takes no body any more; it took {keys}");
            say(&BODY_REMOVED, message)
        }
        (Some(old), Some(new))
            if before.input.is_some()
                && after.input.is_some()
                && !same(cx, &Ty::Named(old), &Ty::Named(new)) =>
        {
            let (was, is) =
                (was.as_deref().unwrap_or_default(), is.as_deref().unwrap_or_default());
            say(
                &BODY_TYPE_CHANGED,
                format!("`{name}` takes a `{is}`, and not a `{was}`"),
            )
        }
        _ => return None,
    };
    Some(finding.accounts_for(lines))
}

fn added(set: &Set<'_>, given: &Given<'_>) -> Finding {
    let (owner, shown) = (set.owner(), given.shown());
    let (both, api) = ([None, Some(given)], set.cx.head);
    if let Some(fixed) = &given.field.fixed {
        let value = facts::constant(fixed);
        let message = format!("{owner} always sends {shown} as {value}");
        let (wire, why) = match given.field.required {
            true => {
                (Wire::Break, "released versions do not send it, and Front requires it")
            }
            false => (Wire::Additive, ""),
        };
        return set
            .say(&INPUT_FIXED_ADDED, message, both, None)
            .values([None, Some(value)])
            .on_wire(wire, why);
    }
    let (rule, verb, rust): (&'static Rule, _, _) = if given.field.required {
        (&INPUT_ADDED_REQUIRED, "needs", String::new())
    } else {
        let calls = set.calls.iter();
        let arguments = calls.filter(|call| given.is_argument(api, call.after()));
        let arguments: Vec<String> = arguments.map(Call::name).collect();
        let rust = match listed(&arguments) {
            list if list.is_empty() => list,
            list => format!("it is an argument of {list}"),
        };
        (&INPUT_ADDED_OPTIONAL, "takes", rust)
    };
    let makes_form = given.place.is_body() && holds_file(api, &given.field.ty);
    let why = "with it the request goes out as a form, without it as JSON as before";
    set.say(rule, format!("{owner} {verb} {shown}, which is new"), both, None)
        .values([None, Some(facts::phrase(api, given))])
        .tells("rust", rust)
        .tells("wire", if makes_form { why } else { "" })
        .accounts_for(set.touched(both))
}

fn removed(set: &Set<'_>, given: &Given<'_>) -> Finding {
    let (owner, shown) = (set.owner(), given.shown());
    let both = [Some(given), None];
    let (rule, message, old): (&'static Rule, _, _) = match &given.field.fixed {
        Some(fixed) => (
            &INPUT_FIXED_REMOVED,
            format!("{owner} does not send the constant {shown} any more"),
            facts::constant(fixed),
        ),
        None => (
            &INPUT_REMOVED,
            format!("{owner} does not take {shown} any more"),
            facts::phrase(set.cx.base, given),
        ),
    };
    set.say(rule, message, both, None)
        .values([Some(old), None])
        .accounts_for(set.touched(both))
}

/// Whether values of a type are, list or hold bytes: with one, a request goes out as a form.
fn holds_file(api: &Api, ty: &Ty) -> bool {
    match ty {
        Ty::List(item) | Ty::Map(item) => holds_file(api, item),
        Ty::Scalar(scalar) => *scalar == Scalar::File,
        Ty::Id(_) => false,
        // A structure that holds itself holds no file by that, and files in structures are none of Front's.
        Ty::Named(id) => match &api[*id].kind {
            Kind::Choice { cases, .. } => cases.iter().any(|case| {
                case.fields.iter().any(|field| {
                    !matches!(field.ty, Ty::Named(_)) && holds_file(api, &field.ty)
                })
            }),
            _ => false,
        },
    }
}
