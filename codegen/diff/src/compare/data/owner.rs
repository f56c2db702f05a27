//! A type that both sides have, and the parts of it: fields, values, cases.

use std::cell::OnceCell;

use crate::compare::Cx;
use crate::compare::build::{item, of_type, type_at};
use crate::compare::fits::{read, taken};
use crate::compare::graph::{field_lines, reach};
use crate::finding::{At, Explains, Finding, Reach, Subject, Wire};
use crate::pairs::both;
use crate::rule::Rule;
use crate::surface::keys;
use front_codegen::ir::{Api, Case, Field, Group, Kind, Ty, Type, TypeId, Variant};

/// A type that both sides have.
pub(crate) struct Owner<'a> {
    pub(crate) cx: &'a Cx<'a>,
    pub(crate) old: TypeId,
    pub(crate) new: TypeId,
    /// Whether it is a value to send on both sides.
    pub(crate) sent: bool,
    /// Whether it is a value of answers on both sides.
    pub(crate) answered: bool,
    /// Asked for where something differs, which is seldom.
    reach: OnceCell<Reach>,
}

/// What a type is made of.
pub(crate) trait Part {
    /// What it is in a subject.
    const KIND: &'static str;

    /// Its name in a subject.
    fn label(&self) -> String;

    /// The word by which it travels.
    fn wire(&self) -> &str;

    /// Its location.
    fn at(&self, api: &Api, of: &Type) -> At;

    /// The public Rust that it is.
    fn lines(&self, api: &Api, of: &Type) -> Vec<Explains>;
}

impl Part for Field {
    const KIND: &'static str = "field";

    fn label(&self) -> String {
        self.name.plain().to_owned()
    }

    fn wire(&self) -> &str {
        &self.wire
    }

    fn at(&self, api: &Api, of: &Type) -> At {
        type_at(api, of, ["fields", &self.wire])
    }

    fn lines(&self, api: &Api, of: &Type) -> Vec<Explains> {
        field_lines(api, of, self)
    }
}

impl Part for Variant {
    const KIND: &'static str = "value";

    fn label(&self) -> String {
        self.name.camel()
    }

    fn wire(&self) -> &str {
        &self.wire
    }

    fn at(&self, api: &Api, of: &Type) -> At {
        let Kind::Enum(values) = &of.kind else {
            return type_at(api, of, ["flag", &self.wire]);
        };
        let mut at = type_at(api, of, ["values"]);
        let position = values.iter().position(|known| known.wire == self.wire);
        at.path.extend(position.map(Into::into));
        at
    }

    fn lines(&self, api: &Api, of: &Type) -> Vec<Explains> {
        vec![item(keys::variant(api, of, self))]
    }
}

impl Part for Case {
    const KIND: &'static str = "case";

    fn label(&self) -> String {
        self.name.camel()
    }

    fn wire(&self) -> &str {
        &self.wire
    }

    fn at(&self, api: &Api, of: &Type) -> At {
        type_at(api, of, ["union", "cases", &self.wire])
    }

    /// Its variant, and on the type itself what makes the union of its value.
    fn lines(&self, api: &Api, of: &Type) -> Vec<Explains> {
        vec![item(keys::case(api, of, self)), item(keys::ty(api, of))]
    }
}

impl Part for Group {
    const KIND: &'static str = "case";

    fn label(&self) -> String {
        self.name.plain().to_owned()
    }

    fn wire(&self) -> &str {
        &self.wire
    }

    fn at(&self, api: &Api, of: &Type) -> At {
        type_at(api, of, ["choice", "cases", &self.wire])
    }

    fn lines(&self, api: &Api, of: &Type) -> Vec<Explains> {
        vec![item(keys::group(api, of, self))]
    }
}

impl<'a> Owner<'a> {
    pub(crate) fn new(cx: &'a Cx<'a>, old: TypeId, new: TypeId) -> Self {
        let (base, head) = (&cx.base[old].direction, &cx.head[new].direction);
        let (sent, answered) = (base.input && head.input, base.answer && head.answer);
        Self { cx, old, new, sent, answered, reach: OnceCell::new() }
    }

    /// All types that both sides have.
    pub(crate) fn all(cx: &'a Cx<'a>) -> impl Iterator<Item = Self> {
        both(&cx.pairs.types).map(|(old, new)| Self::new(cx, old, new))
    }

    pub(crate) fn before(&self) -> &'a Type {
        &self.cx.base[self.old]
    }

    pub(crate) fn after(&self) -> &'a Type {
        &self.cx.head[self.new]
    }

    pub(crate) fn kinds(&self) -> (&'a Kind, &'a Kind) {
        (&self.before().kind, &self.after().kind)
    }

    pub(crate) fn name(&self) -> String {
        self.after().name.camel()
    }

    /// What released versions call it.
    pub(crate) fn old_name(&self) -> String {
        self.before().name.camel()
    }

    pub(crate) fn reach(&self) -> Reach {
        self.reach.get_or_init(|| reach(self.cx.head, self.new)).clone()
    }

    /// A finding on the type itself, or on what is said of it under a key.
    pub(crate) fn say(
        &self,
        rule: &'static Rule,
        message: String,
        key: Option<&str>,
    ) -> Finding {
        let subject = of_type("type", self.cx.head, self.after(), None);
        Finding::new(rule, subject, message)
            .located(self.places(key))
            .reaching(self.reach())
    }

    /// Its location on both sides, or that of a key of it.
    pub(crate) fn places(&self, key: Option<&str>) -> [At; 2] {
        let (base, head) = (self.cx.base, self.cx.head);
        [type_at(base, self.before(), key), type_at(head, self.after(), key)]
    }

    /// What is said to have changed where a part has.
    pub(crate) fn subject<P: Part>(&self, part: &P) -> Subject {
        of_type(P::KIND, self.cx.head, self.after(), Some(&part.label()))
    }

    /// The location of a part on both sides, or that of a key of it.
    pub(crate) fn part_places<P: Part>(
        &self,
        [old, new]: [&P; 2],
        key: Option<&str>,
    ) -> [At; 2] {
        let (base, head) = (self.cx.base, self.cx.head);
        [old.at(base, self.before()), new.at(head, self.after())].map(|mut at| {
            at.path.extend(key.map(Into::into));
            at
        })
    }

    /// A finding on a part that one side alone has, where it is this.
    pub(crate) fn alone(
        &self,
        rule: &'static Rule,
        is_new: bool,
        part: &impl Part,
        message: String,
        value: impl Into<String>,
    ) -> Finding {
        let (api, of) = if is_new {
            (self.cx.head, self.after())
        } else {
            (self.cx.base, self.before())
        };
        Finding::new(rule, self.subject(part), message)
            .reaching(self.reach())
            .alone(is_new, value.into(), part.at(api, of))
            .accounts_for(part.lines(api, of))
    }

    /// A finding on a part that both sides have, or on what is said of it under a key.
    pub(crate) fn on_part<P: Part>(
        &self,
        rule: &'static Rule,
        both: [&P; 2],
        key: Option<&str>,
        message: String,
    ) -> Finding {
        Finding::new(rule, self.subject(both[1]), message)
            .located(self.part_places(both, key))
            .reaching(self.reach())
    }

    /// Every line of a part on both sides.
    pub(crate) fn lines<P: Part>(&self, [old, new]: [&P; 2]) -> Vec<Explains> {
        let mut lines = old.lines(self.cx.base, self.before());
        lines.extend(new.lines(self.cx.head, self.after()));
        lines
    }

    /// Reports another Rust name of a value or a case, or another value on the wire. `told` describes the value on the wire.
    pub(crate) fn called<P: Part>(
        &self,
        [renamed, rewired]: [&'static Rule; 2],
        both: [&P; 2],
        told: impl Fn(&str) -> [String; 2],
    ) -> Option<Finding> {
        let [old, new] = both;
        let (name, names, words) =
            (self.name(), both.map(Part::label), both.map(Part::wire));
        let ([was, is], is_rewired) = (&names, words[0] != words[1]);
        let ([_, other], [now, _]) = (told(words[0]), told(words[1]));
        let mut finding = if was != is {
            let mut message =
                format!("`{}::{was}` is called `{name}::{is}` now", self.old_name());
            if is_rewired {
                message += &format!(", and {now}, not {other}");
            }
            self.on_part(renamed, both, None, message).called([was, is], words)
        } else if is_rewired {
            let message = format!("`{name}::{is}` {now}, and not {other}");
            self.on_part(rewired, both, None, message).values(words)
        } else {
            return None;
        };
        if is_rewired && self.answered {
            let why = format!(
                "released versions have `{}` as `{}::Unknown`",
                new.wire(),
                self.old_name()
            );
            finding = finding.on_wire(Wire::Risk, why);
        }
        if is_rewired && self.sent {
            let why = format!("released versions send `{}`", old.wire());
            finding = finding.on_wire(Wire::Break, why);
        }
        Some(finding.accounts_for(self.lines(both)))
    }

    /// What it means for released versions that a value or a case is gone.
    pub(crate) fn no_longer_sent(&self, finding: Finding) -> Finding {
        if !self.sent {
            return finding;
        }
        let why = "released versions can send it, and Front refuses it";
        finding.on_wire(Wire::Break, why)
    }

    /// What another type means for released versions that send values of it.
    pub(crate) fn taken(&self, finding: Finding, old: &Ty, new: &Ty) -> Finding {
        if !self.sent {
            return finding;
        }
        let wire = taken(self.cx, old, new);
        let why = match wire {
            Wire::None | Wire::Additive => "",
            Wire::Risk => "released versions may send what Front refuses",
            Wire::Break => "released versions send values of the old type",
        };
        finding.on_wire(wire, why)
    }

    /// What another type means for released versions that read values of it, at worst this; `why` says what then.
    pub(crate) fn read(
        &self,
        finding: Finding,
        [old, new]: [&Ty; 2],
        worst: Wire,
        why: impl Fn(Wire) -> String,
    ) -> Finding {
        if !self.answered {
            return finding;
        }
        let wire = read(self.cx, old, new).min(worst);
        let why = match wire {
            Wire::None => String::new(),
            Wire::Additive => {
                "released versions read it, and do not know all of it".to_owned()
            }
            wire => why(wire),
        };
        finding.on_wire(wire, why)
    }
}
