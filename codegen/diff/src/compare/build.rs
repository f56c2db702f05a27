//! How a finding is put together, and where the parts of the spec stand.

use crate::finding::{
    At, Axes, Explains, Finding, Operational, Permission, Reach, Subject, Wire,
};
use crate::rule::{Effect, Rule};
use front_codegen::ir::{Api, Type};
use front_codegen::source::{Step, at};

impl Finding {
    /// A finding with what every change of its kind means.
    pub(crate) fn new(rule: &'static Rule, subject: Subject, message: String) -> Self {
        let mut finding = Self {
            rule,
            subject,
            axes: Axes::default(),
            old: None,
            new: None,
            at: None,
            was: None,
            reach: Reach::default(),
            message,
            notes: Vec::new(),
            explains: Vec::new(),
        };
        for &(effect, why) in rule.effects {
            finding = match effect {
                Effect::Rust => finding.tells("rust", why),
                Effect::Wire(wire) => finding.on_wire(wire, why),
                Effect::Permission(permission) => finding.on_tokens(permission, why),
                Effect::Operational(of) => finding.limits(of).tells("operational", why),
            };
        }
        finding
    }

    /// What it was, and what it is.
    pub(crate) fn values(mut self, [old, new]: [impl Value; 2]) -> Self {
        (self.old, self.new) = (old.text(), new.text());
        self
    }

    /// What it was called, and is, with the words on the wire where those changed, too: that is more to accept.
    pub(crate) fn called(self, names: [&str; 2], words: [&str; 2]) -> Self {
        let [[was, is], [old, new]] = [names, words];
        if old == new {
            return self.values(names);
        }
        self.values([format!("{old} as {was}"), format!("{new} as {is}")])
    }

    /// Its location before and after.
    pub(crate) fn located(mut self, [was, at]: [impl Into<Option<At>>; 2]) -> Self {
        (self.was, self.at) = (was.into(), at.into());
        self
    }

    /// What one side alone has: what it is there, and where.
    pub(crate) fn alone(self, is_new: bool, value: impl Value, at: At) -> Self {
        let (value, at) = (value.text(), Some(at));
        if is_new {
            self.values([None, value]).located([None, at])
        } else {
            self.values([value, None]).located([at, None])
        }
    }

    /// What it means for released versions, and why; nothing is said where it means nothing.
    pub(crate) fn on_wire(mut self, wire: Wire, why: impl Into<String>) -> Self {
        self.axes.wire = self.axes.wire.max(wire);
        self.tells("wire", why)
    }

    /// What it means for tokens.
    pub(crate) fn on_tokens(mut self, of: Permission, why: impl Into<String>) -> Self {
        self.axes.permission = of;
        self.tells("permission", why)
    }

    pub(crate) fn limits(mut self, operational: Operational) -> Self {
        self.axes.operational = operational;
        self
    }

    /// Says what follows on an axis, unless there is nothing to say.
    pub(crate) fn tells(mut self, axis: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.notes.push((axis, text));
        }
        self
    }

    pub(crate) fn reaching(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    pub(crate) fn accounts_for(
        mut self,
        lines: impl IntoIterator<Item = Explains>,
    ) -> Self {
        self.explains.extend(lines);
        self
    }
}

/// What something was or is, as text; none where it is not there.
pub(crate) trait Value {
    fn text(self) -> Option<String>;
}

impl<T: Value> Value for Option<T> {
    fn text(self) -> Option<String> {
        self.and_then(T::text)
    }
}

macro_rules! values {
    ($($ty:ty),*) => {
        $(impl Value for $ty {
            fn text(self) -> Option<String> {
                Some(self.to_string())
            }
        })*
    };
}
values!(&str, &String, String, bool, u16, u32, u64, i64, i128);

/// Which rule says that something is deprecated now, or no longer, and how; none where it says so on both sides or neither.
pub(crate) fn deprecation(
    [deprecated, undeprecated]: [&'static Rule; 2],
    [was, is]: [Option<&String>; 2],
) -> Option<(&'static Rule, String)> {
    match (was, is) {
        (None, Some(why)) => Some((deprecated, format!("deprecated: {why}"))),
        (Some(_), None) => Some((undeprecated, "no longer deprecated".to_owned())),
        _ => None,
    }
}

/// The same of what is an input or a call: another reason is a change of its own.
pub(crate) fn deprecation_or_reason(
    [deprecated, undeprecated, changed]: [&'static Rule; 3],
    [was, is]: [Option<&str>; 2],
) -> Option<(&'static Rule, String)> {
    match (was, is) {
        _ if was == is => None,
        (None, Some(why)) => Some((deprecated, format!("deprecated: {why}"))),
        (_, None) => Some((undeprecated, "not deprecated any more".to_owned())),
        (_, Some(why)) => Some((changed, format!("deprecated as before: {why}"))),
    }
}

/// `new` or `gone`
pub(crate) fn come_or_gone(is_new: bool) -> &'static str {
    if is_new { "new" } else { "gone" }
}

/// `` `a`, `b` ``
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    let names = names.into_iter().map(|name| format!("`{name}`"));
    names.collect::<Vec<_>>().join(", ")
}

/// The line of this key, alone.
pub(crate) fn item(key: String) -> Explains {
    Explains::Item(key)
}

/// The line of this key, and what is in it.
pub(crate) fn all(key: String) -> Explains {
    Explains::All(key)
}

/// What is said of a type, or of a part of it.
pub(crate) fn of_type(
    kind: &'static str,
    api: &Api,
    of: &Type,
    part: Option<&str>,
) -> Subject {
    let name = of.name.camel();
    let id = part.map_or_else(|| name.clone(), |part| format!("{name}.{part}"));
    Subject { kind, id, resource: api[of.resource].name.plain().to_owned() }
}

/// What is said of the API as a whole.
pub(crate) fn of_service(kind: &'static str, id: impl Into<String>) -> Subject {
    Subject { kind, id: id.into(), resource: String::new() }
}

/// A type's place, or that of what lies below it.
pub(crate) fn type_at<'a>(
    api: &Api,
    of: &Type,
    below: impl IntoIterator<Item = &'a str>,
) -> At {
    let mut path = at!["types", of.name.camel()];
    path.extend(below.into_iter().map(Step::from));
    At { file: api[of.resource].file.clone(), path }
}

/// A place in `front.yaml`.
pub(crate) fn front_at<'a>(path: impl IntoIterator<Item = &'a str>) -> At {
    let path = path.into_iter().map(Step::from).collect();
    At { file: "spec/front.yaml".to_owned(), path }
}
