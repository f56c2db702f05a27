//! The limit that a call falls under. What a class allows is the class's own: here a call is in another one.

use super::call::Call;
use crate::compare::Cx;
use crate::finding::{Finding, Operational};
use crate::pairs::Pair;
use crate::rule::{Mirror, Rule, rules};
use front_codegen::ir::{Limit, Rate, RateLimit};

rules! {
    OPERATION_RATE_TIGHTENED = "operation-rate-tightened",
        "A call falls under a limit that allows less.",
        Mirror::Of("operation-rate-loosened");
    OPERATION_RATE_LOOSENED = "operation-rate-loosened",
        "A call falls under a limit that allows more.",
        Mirror::Of("operation-rate-tightened");
    OPERATION_RATE_CHANGED = "operation-rate-changed",
        "A call falls under another limit, which allows as much or cannot be compared.",
        Mirror::Itself;
}

/// What of two limits allows more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
    Less,
    Equal,
    More,
    /// Less to some, more to others.
    Neither,
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    findings.extend(Call::all(cx).filter_map(|call| of(&call)));
}

fn of(call: &Call<'_>) -> Option<Finding> {
    let cx = call.cx;
    let (before, after) = (call.before().rate_limit, call.after().rate_limit);
    match (before, after) {
        (None, None) => return None,
        (Some(old), Some(new))
            if cx.pairs.rate_limits.contains(&Pair::Both(old, new)) =>
        {
            return None;
        }
        _ => {}
    }
    let old = before.map(|id| &cx.base[id]);
    let new = after.map(|id| &cx.head[id]);
    let order = order(old, new);
    let (rule, operational) = match order {
        Order::Less => (&OPERATION_RATE_TIGHTENED, Operational::Tighter),
        Order::More => (&OPERATION_RATE_LOOSENED, Operational::Looser),
        Order::Equal => (&OPERATION_RATE_CHANGED, Operational::None),
        // Somebody may call less often than before.
        Order::Neither => (&OPERATION_RATE_CHANGED, Operational::Tighter),
    };
    let message = format!(
        "`{}` falls under {}, and not under {}",
        call.name(),
        told(new),
        told(old)
    );
    let name = |of: Option<&RateLimit>| of.map(|of| of.name.plain().to_owned());
    let (was, is) = (name(old), name(new));
    let values = [was.as_deref(), is.as_deref()];
    let mut finding = call.say(rule, message, values, "rate_limit");
    finding.axes.operational = operational;
    finding.note(
        "operational",
        match order {
            Order::Less => "who calls as often as was allowed gets 429, released versions too",
            Order::More => "it may be called more often; released versions report the old figures",
            Order::Equal => {
                "the figures are the same, and the allowance is shared with the calls of another class"
            }
            Order::Neither => "the two limits count differently: who kept to the old one may get 429",
        },
    );
    Some(finding)
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

/// How `new` stands to `old`.
fn order(old: Option<&RateLimit>, new: Option<&RateLimit>) -> Order {
    let limit = |of: Option<&RateLimit>| {
        of.map_or(Limit::Company, |of| of.pace_at.map_or(of.limit, Limit::Rate))
    };
    let each = |of: Option<&RateLimit>| of.and_then(|of| of.each.clone());
    let figures = match (limit(old), limit(new)) {
        (Limit::Company, Limit::Company) => Order::Equal,
        (Limit::Company, _) => return Order::Less,
        (_, Limit::Company) => return Order::More,
        (Limit::Rate(old), Limit::Rate(new)) => rates(old, new),
        (Limit::Share(old), Limit::Share(new)) => by(old.into(), new.into()),
        _ => return Order::Neither,
    };
    match (each(old), each(new)) {
        (old, new) if old == new => figures,
        // One allowance for all is part of what each has for itself.
        (None, Some(_)) if matches!(figures, Order::Equal | Order::More) => Order::More,
        (Some(_), None) if matches!(figures, Order::Equal | Order::Less) => Order::Less,
        _ => Order::Neither,
    }
}

/// By calls a second, then by how many may come at once.
fn rates(old: Rate, new: Rate) -> Order {
    let times = |a: u32, b: u32| u64::from(a) * u64::from(b);
    let average = by(times(old.calls, new.seconds), times(new.calls, old.seconds));
    let at_once = by(old.calls.into(), new.calls.into());
    match (average, at_once) {
        (Order::Equal, order) | (order, Order::Equal) => order,
        (average, at_once) if average == at_once => average,
        _ => Order::Neither,
    }
}

fn by(old: u64, new: u64) -> Order {
    match new.cmp(&old) {
        std::cmp::Ordering::Less => Order::Less,
        std::cmp::Ordering::Equal => Order::Equal,
        std::cmp::Ordering::Greater => Order::More,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allowances_are_compared_by_what_they_let_through() {
        let order = |old: (u32, u32), new: (u32, u32)| {
            let rate = |(calls, seconds)| Rate { calls, seconds };
            rates(rate(old), rate(new))
        };
        assert_eq!(order((5, 1), (5, 1)), Order::Equal);
        assert_eq!(order((60, 60), (1, 1)), Order::Less);
        assert_eq!(order((1, 1), (60, 60)), Order::More);
        assert_eq!(order((5, 1), (10, 1)), Order::More);
        assert_eq!(order((5, 1), (10, 3600)), Order::Neither);
    }
}
