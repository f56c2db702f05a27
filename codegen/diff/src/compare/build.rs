//! How a finding is put together, and where the parts of the spec stand.

use crate::finding::{At, Explains, Finding, Operational, Reach, Subject, Wire};
use front_codegen::ir::{Api, Type};
use front_codegen::source::{Step, at};

impl Finding {
    /// What it was.
    pub(crate) fn before(mut self, old: impl Into<String>) -> Self {
        self.old = Some(old.into());
        self
    }

    /// What it is.
    pub(crate) fn after(mut self, new: impl Into<String>) -> Self {
        self.new = Some(new.into());
        self
    }

    /// What it was called, and is, with the words on the wire where those changed, too: that is more to accept.
    pub(crate) fn called(self, [was, is]: [&str; 2], [old, new]: [&str; 2]) -> Self {
        if old == new {
            return self.before(was).after(is);
        }
        self.before(format!("{old} as {was}")).after(format!("{new} as {is}"))
    }

    pub(crate) fn at_head(mut self, at: At) -> Self {
        self.at = Some(at);
        self
    }

    pub(crate) fn at_base(mut self, at: At) -> Self {
        self.was = Some(at);
        self
    }

    /// What it means for released versions, and why; nothing is said where it means nothing.
    pub(crate) fn on_wire(mut self, wire: Wire, why: impl Into<String>) -> Self {
        self.axes.wire = self.axes.wire.max(wire);
        self.tells("wire", why)
    }

    pub(crate) fn limits(mut self, operational: Operational) -> Self {
        self.axes.operational = operational;
        self
    }

    /// Says what follows on an axis, unless there is nothing to say.
    pub(crate) fn tells(mut self, axis: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.note(axis, text);
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
