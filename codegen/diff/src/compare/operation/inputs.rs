//! What a call takes: which inputs there are. What of one changed says [`facts`](super::facts).

use super::arguments;
use super::call::Call;
use super::facts;
use super::given::{Given, Set, body, touched};
use super::kinds::holds_file;
use crate::compare::Cx;
use crate::compare::fits::same;
use crate::finding::{Finding, Wire};
use crate::rule::{Rule, rules};
use front_codegen::ir::{Api, Ty, TypeId};

rules! {
    INPUT_ADDED_OPTIONAL = "input-added-optional", Of("input-removed"), "A call takes another input, which may be left out.";
    INPUT_ADDED_REQUIRED = "input-added-required", Waived("what is gone is gone whether or not it was required: `input-removed`"),
        "A call takes another input, which Front requires.";
    INPUT_REMOVED = "input-removed", Of("input-added-optional"), "A call does not take an input any more.";
    INPUT_FIXED_ADDED = "input-fixed-added", Of("input-fixed-removed"), "A call always sends another constant.";
    INPUT_FIXED_REMOVED = "input-fixed-removed", Of("input-fixed-added"), "A call does not send a constant any more.";
    BODY_ADDED = "body-added", Of("body-removed"), "A call that took no body takes one.";
    BODY_REMOVED = "body-removed", Of("body-added"), "A call takes no body any more.";
    BODY_TYPE_CHANGED = "body-type-changed", Itself, "A call takes a value of another type as its body.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    for call in Call::all(cx) {
        findings.extend(whole(&call));
    }
    for set in Set::all(cx) {
        let pairing = Pairing::of(&set);
        findings.extend(arguments::at_least_one(&set, &pairing.paired));
        if set.is_one_value() {
            // Which of its fields its `new` asks for is said at the call.
            for &pair in &pairing.paired {
                if pair[0].field.required == pair[1].field.required {
                    arguments::moved(&set, pair, findings);
                }
            }
            continue;
        }
        for given in pairing.added {
            findings.push(added(&set, given));
        }
        for given in pairing.removed {
            findings.push(removed(&set, given));
        }
        facts::compare(&set, &pairing.paired, findings);
    }
}

/// The inputs of a set: on both sides, and on one.
struct Pairing<'a, 's> {
    paired: Vec<[&'s Given<'a>; 2]>,
    added: Vec<&'s Given<'a>>,
    removed: Vec<&'s Given<'a>>,
}

impl<'a, 's> Pairing<'a, 's> {
    /// By key; then by name in Rust; then what alone on both sides is of one type and as much required.
    fn of(set: &'s Set<'a>) -> Self {
        let mut found: Vec<[&Given<'_>; 2]> = Vec::new();
        pair(set, &mut found, |old, new| old.wire() == new.wire());
        pair(set, &mut found, |old, new| {
            old.name().is_some() && old.name() == new.name()
        });
        pair(set, &mut found, |old, new| {
            let (before, after) = (old.field, new.field);
            old.name().is_some()
                && new.name().is_some()
                && same(set.cx, &before.ty, &after.ty)
                && before.required == after.required
                && (&before.fixed, old.place) == (&after.fixed, new.place)
        });
        let is_in = |side: usize, given: &Given<'_>| {
            found.iter().any(|pair| std::ptr::eq(pair[side], given))
        };
        let added = set.head.iter().filter(|given| !is_in(1, given)).collect();
        let removed = set.base.iter().filter(|given| !is_in(0, given)).collect();
        Self { added, removed, paired: found }
    }
}

/// Pairs what is left where each fits one of the other side and no more.
fn pair<'a, 's>(
    set: &'s Set<'a>,
    found: &mut Vec<[&'s Given<'a>; 2]>,
    fits: impl Fn(&Given<'_>, &Given<'_>) -> bool,
) {
    let left = |side: usize, all: &'s [Given<'a>]| -> Vec<&'s Given<'a>> {
        let is_in =
            |given: &Given<'_>| found.iter().any(|pair| std::ptr::eq(pair[side], given));
        all.iter().filter(|given| !is_in(given)).collect()
    };
    let (base, head) = (left(0, &set.base), left(1, &set.head));
    for new in &head {
        let mut olds = base.iter().filter(|old| fits(old, new));
        if let (Some(old), None) = (olds.next(), olds.next())
            && head.iter().filter(|other| fits(old, other)).count() == 1
        {
            found.push([old, new]);
        }
    }
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
    match (before.body, after.body) {
        (None, Some(new)) => {
            let inputs = body(cx.head, new);
            let keys: Vec<String> = inputs.iter().map(Given::shown).collect();
            let mut finding = say(
                &BODY_ADDED,
                format!("`{name}` takes a body, with {}", keys.join(", ")),
            );
            if inputs.iter().any(|given| given.field.required) {
                finding.axes.wire = Wire::Break;
                finding.note(
                    "wire",
                    "released versions do not send what Front requires in it",
                );
            } else {
                finding.axes.wire = Wire::Additive;
            }
            finding.explains = call.methods();
            for given in &inputs {
                touched(cx.head, call.new, given, &mut finding.explains);
            }
            Some(finding)
        }
        (Some(old), None) => {
            let inputs = body(cx.base, old);
            let keys: Vec<String> = inputs.iter().map(Given::shown).collect();
            let mut finding = say(
                &BODY_REMOVED,
                format!("`{name}` takes no body any more; it took {}", keys.join(", ")),
            );
            finding.axes.wire = Wire::Risk;
            finding.note(
                "wire",
                "released versions send a body, which Front may ignore or refuse",
            );
            finding.explains = call.methods();
            for given in &inputs {
                touched(cx.base, call.old, given, &mut finding.explains);
            }
            Some(finding)
        }
        (Some(old), Some(new))
            if before.input.is_some()
                && after.input.is_some()
                && !same(cx, &Ty::Named(old), &Ty::Named(new)) =>
        {
            let (was, is) =
                (was.clone().unwrap_or_default(), is.clone().unwrap_or_default());
            let message = format!("`{name}` takes a `{is}`, and not a `{was}`");
            let mut finding = say(&BODY_TYPE_CHANGED, message);
            finding.axes.wire = Wire::Risk;
            finding.note(
                "wire",
                "what released versions send may lack what Front wants now",
            );
            finding.explains = call.methods();
            Some(finding)
        }
        _ => None,
    }
}

fn added(set: &Set<'_>, given: &Given<'_>) -> Finding {
    let (owner, shown) = (set.owner(), given.shown());
    if let Some(fixed) = &given.field.fixed {
        let value = facts::constant(fixed);
        let message = format!("{owner} always sends {shown} as {value}");
        let mut finding =
            set.say(&INPUT_FIXED_ADDED, message, [None, Some(given)], None);
        finding.new = Some(value);
        finding.axes.wire = Wire::Additive;
        if given.field.required {
            finding.axes.wire = Wire::Break;
            finding
                .note("wire", "released versions do not send it, and Front requires it");
        }
        return finding;
    }
    let mut finding = if given.field.required {
        let message = format!("{owner} needs {shown}, which is new");
        let mut finding =
            set.say(&INPUT_ADDED_REQUIRED, message, [None, Some(given)], None);
        finding.axes.wire = Wire::Break;
        finding.note("wire", "released versions do not send it, and Front refuses them");
        finding
    } else {
        let message = format!("{owner} takes {shown}, which is new");
        let mut finding =
            set.say(&INPUT_ADDED_OPTIONAL, message, [None, Some(given)], None);
        finding.axes.wire = Wire::Additive;
        let arguments =
            set.calls.iter().filter(|call| given.is_argument(set.cx.head, call.after()));
        let arguments: Vec<String> =
            arguments.map(|call| format!("`{}`", call.name())).collect();
        if !arguments.is_empty() {
            let note = format!("it is an argument of {}", arguments.join(", "));
            finding.note("rust", note);
        }
        finding
    };
    finding.new = Some(facts::phrase(set.cx.head, given));
    if given.place.is_body() && holds_file(set.cx.head, &given.field.ty) {
        finding.note(
            "wire",
            "with it the request goes out as a form, without it as JSON as before",
        );
    }
    finding.explains = set.touched([None, Some(given)]);
    finding
}

fn removed(set: &Set<'_>, given: &Given<'_>) -> Finding {
    let (owner, shown) = (set.owner(), given.shown());
    let (rule, message) = match &given.field.fixed {
        Some(_) => (
            &INPUT_FIXED_REMOVED,
            format!("{owner} does not send the constant {shown} any more"),
        ),
        None => (&INPUT_REMOVED, format!("{owner} does not take {shown} any more")),
    };
    let mut finding = set.say(rule, message, [Some(given), None], None);
    finding.old = Some(match &given.field.fixed {
        Some(fixed) => facts::constant(fixed),
        None => facts::phrase(set.cx.base, given),
    });
    finding.axes.wire = Wire::Risk;
    finding.note("wire", "released versions send it, which Front may ignore or refuse");
    finding.explains = set.touched([Some(given), None]);
    finding
}
