//! The limit that a call falls under. What a class allows is the class's own: here a call is in another one.

use std::cmp::Ordering;

use super::call::Call;
use crate::compare::Cx;
use crate::compare::findings::Findings;
use crate::compare::service::budgets::limits_compared;
use crate::finding::{Finding, Operational};
use crate::pairs::is_pair;
use crate::rule::{Rule, rules};
use front_codegen::ir::{Limit, Rate, RateLimit};

rules! {
    OPERATION_RATE_TIGHTENED = "operation-rate-tightened", Of("operation-rate-loosened"),
        "A call falls under a limit that allows less.",
        Operational(Tighter) "who calls as often as was allowed gets 429, released versions too";
    OPERATION_RATE_LOOSENED = "operation-rate-loosened", Of("operation-rate-tightened"),
        "A call falls under a limit that allows more.",
        Operational(Looser) "it may be called more often; released versions report the old figures";
    OPERATION_RATE_CHANGED = "operation-rate-changed", Itself,
        "A call falls under another limit, which allows as much or cannot be compared.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    findings.extend(Call::all(cx).filter_map(|call| of(&call)));
}

fn of(call: &Call<'_>) -> Option<Finding> {
    let cx = call.cx;
    let (before, after) = (call.before().rate_limit, call.after().rate_limit);
    if is_pair(&cx.pairs.rate_limits, before, after) {
        return None;
    }
    let old = before.map(|id| &cx.base[id]);
    let new = after.map(|id| &cx.head[id]);
    let (rule, operational, why) = match order(old, new) {
        Some(Ordering::Less) => (&OPERATION_RATE_TIGHTENED, Operational::Tighter, ""),
        Some(Ordering::Greater) => (&OPERATION_RATE_LOOSENED, Operational::Looser, ""),
        Some(Ordering::Equal) => (
            &OPERATION_RATE_CHANGED,
            Operational::None,
            "the figures are the same, and the allowance is shared with the calls of another class",
        ),
        // Somebody may call less often than before.
        None => (
            &OPERATION_RATE_CHANGED,
            Operational::Tighter,
            "the two limits count differently: who kept to the old one may get 429",
        ),
    };
    let message = format!(
        "`{}` falls under {}, and not under {}",
        call.name(),
        told(new),
        told(old)
    );
    let values = [old, new].map(|of| of.map(|of| of.name.plain()));
    let finding = call.say(rule, message, values, "rate_limit");
    Some(finding.limits(operational).tells("operational", why))
}

/// A class with what it allows.
fn told(of: Option<&RateLimit>) -> String {
    let Some(of) = of else { return "no class".to_owned() };
    let rate = |rate: Rate| match rate.seconds {
        1 => format!("{} a second", rate.calls),
        60 => format!("{} a minute", rate.calls),
        3600 => format!("{} an hour", rate.calls),
        seconds => format!("{} in {seconds} seconds", rate.calls),
    };
    let figure = match (of.pace_at, of.limit) {
        (Some(pace), _) => rate(pace),
        (None, Limit::Rate(limit)) => rate(limit),
        (None, Limit::Share(percent)) => format!("{percent}% of the company's"),
        (None, Limit::Company) => "the company's budget alone".to_owned(),
    };
    let each = match &of.each {
        Some(each) => format!(" for each `{each}`"),
        None => String::new(),
    };
    format!("`{}` ({figure}{each})", of.name.plain())
}

/// Compares `new` with `old`; `None` if it allows less to some calls and more to others.
fn order(old: Option<&RateLimit>, new: Option<&RateLimit>) -> Option<Ordering> {
    let limit = |of: Option<&RateLimit>| {
        of.map_or(Limit::Company, |of| of.pace_at.map_or(of.limit, Limit::Rate))
    };
    let each = |of: Option<&RateLimit>| of.and_then(|of| of.each.clone());
    let (was, is) = (limit(old), limit(new));
    let figures = limits_compared(was, is);
    if (was == Limit::Company) != (is == Limit::Company) {
        return figures;
    }
    match (each(old), each(new)) {
        (old, new) if old == new => figures,
        // One allowance for all is part of what each has for itself.
        (None, Some(_)) if figures?.is_ge() => Some(Ordering::Greater),
        (Some(_), None) if figures?.is_le() => Some(Ordering::Less),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Ordering, Rate};
    use crate::compare::service::budgets::compared;

    #[test]
    fn allowances_are_compared_by_what_they_let_through() {
        let order = |old: (u32, u32), new: (u32, u32)| {
            let rate = |(calls, seconds)| Rate { calls, seconds };
            compared(rate(old), rate(new))
        };
        assert_eq!(order((5, 1), (5, 1)), Some(Ordering::Equal));
        assert_eq!(order((60, 60), (1, 1)), Some(Ordering::Less));
        assert_eq!(order((1, 1), (60, 60)), Some(Ordering::Greater));
        assert_eq!(order((5, 1), (10, 1)), Some(Ordering::Greater));
        assert_eq!(order((5, 1), (10, 3600)), None);
    }
}
