//! Inputs as the comparisons see them: query parameters, headers, and the fields of a body with all calls that send it.

use indexmap::IndexMap;

use super::call::Call;
use super::operations::place;
use crate::compare::Cx;
use crate::compare::build::type_at;
use crate::finding::{At, Explains, Finding, Subject};
use crate::pairs::{EndpointId, endpoint};
use crate::rule::Rule;
use crate::surface::keys;
use front_codegen::ir::{Api, Endpoint, Field, Input, Kind, Place, Ty, TypeId};
use front_codegen::names::Name;

/// An input on one side.
#[derive(Debug, Clone)]
pub(crate) struct Given<'a> {
    pub(crate) place: Place,
    pub(crate) field: &'a Field,
    pub(crate) at: At,
}

impl<'a> Given<'a> {
    pub(crate) fn wire(&self) -> &'a str {
        &self.field.wire
    }

    /// Its name in the crate; none of a constant of a query or a header.
    pub(crate) fn name(&self) -> Option<&'a Name> {
        (self.place.is_body() || self.field.fixed.is_none()).then_some(&self.field.name)
    }

    /// Whether a call asks for it: between its parentheses, or in the `new` of the value that it takes as its body.
    pub(crate) fn is_argument(&self, api: &Api, of: &Endpoint) -> bool {
        positional(api, of).any(|(place, field)| {
            (place == self.place || place.is_body() && self.place.is_body())
                && field.wire == self.field.wire
        })
    }

    /// `` `tag_ids` (`tags_replace`) ``
    pub(crate) fn shown(&self) -> String {
        let wire = self.wire();
        match self.name().map(Name::plain) {
            Some(name) if name != wire => format!("`{wire}` (`{name}`)"),
            _ => format!("`{wire}`"),
        }
    }
}

/// What a call asks for, in order: its arguments, then those of the `new` of the value that it takes as its body.
pub(crate) fn positional<'a>(
    api: &'a Api,
    of: &'a Endpoint,
) -> impl Iterator<Item = (Place, &'a Field)> {
    let own = of.arguments.iter().map(|input| (input.place, &input.field));
    let parts = of.input.and_then(|id| match &api[id].kind {
        Kind::Struct { fields, required, .. } => Some((fields, required)),
        _ => None,
    });
    let parts = parts.into_iter().flat_map(|(fields, required)| {
        required.iter().map(|&number| (Place::Body, &fields[number]))
    });
    own.chain(parts)
}

/// Returns whether changes of a structure are reported at inputs: on at least one side, a call takes its fields as inputs. Changes of
/// any other structure are reported at its fields.
pub(crate) fn are_inputs(cx: &Cx<'_>, old: TypeId, new: TypeId) -> bool {
    Call::all(cx).any(|call| {
        let (before, after) = (call.before(), call.after());
        (before.body, after.body) == (Some(old), Some(new))
            && (before.input.is_none() || after.input.is_none())
    })
}

/// Inputs that belong together: the query parameters of a call, its headers, or the fields of a body. Calls that share a body on
/// both sides are one set, so that a change of the body is reported once.
pub(crate) struct Set<'a> {
    pub(crate) cx: &'a Cx<'a>,
    pub(crate) calls: Vec<Call<'a>>,
    /// The first of them.
    first: Call<'a>,
    pub(crate) bodies: Option<(TypeId, TypeId)>,
    pub(crate) base: Vec<Given<'a>>,
    pub(crate) head: Vec<Given<'a>>,
}

impl<'a> Set<'a> {
    /// All sets: queries and headers first, then bodies in the order of the calls that take them.
    pub(crate) fn all(cx: &'a Cx<'a>) -> Vec<Self> {
        let mut all = Vec::new();
        let mut bodies: IndexMap<(TypeId, TypeId), Vec<Call<'a>>> = IndexMap::new();
        for call in Call::all(cx) {
            for place in [Place::Query, Place::Header] {
                let base = texts(cx.base, call.old, place);
                let head = texts(cx.head, call.new, place);
                if !base.is_empty() || !head.is_empty() {
                    let (calls, bodies) = (vec![call], None);
                    all.push(Self { cx, calls, first: call, bodies, base, head });
                }
            }
            if let (Some(old), Some(new)) = (call.before().body, call.after().body) {
                bodies.entry((old, new)).or_default().push(call);
            }
        }
        for ((old, new), calls) in bodies {
            let (base, head) = (body(cx.base, old), body(cx.head, new));
            let (first, bodies) = (calls[0], Some((old, new)));
            all.push(Self { cx, calls, first, bodies, base, head });
        }
        all
    }

    /// Whether it is a body that is one value on both sides for each of its calls: then it is a type with fields, and findings
    /// on fields say what changed in it.
    pub(crate) fn is_one_value(&self) -> bool {
        self.bodies.is_some_and(|(old, new)| !are_inputs(self.cx, old, new))
    }

    /// The type of the body that several calls share.
    fn shared(&self) -> Option<TypeId> {
        self.bodies.filter(|_| self.calls.len() > 1).map(|(_, new)| new)
    }

    /// Whose inputs they are, in a message.
    pub(crate) fn owner(&self) -> String {
        match self.shared() {
            Some(body) => format!(
                "`{}` (the body of {} calls)",
                self.cx.head[body].name.camel(),
                self.calls.len()
            ),
            None => format!("`{}`", self.first.name()),
        }
    }

    /// The subject of what is said of an input, or of all of them.
    pub(crate) fn subject(&self, wire: Option<&str>) -> Subject {
        let api = self.cx.head;
        let (mut id, resource, apart) = match self.shared() {
            Some(body) => (api[body].name.camel(), api[body].resource, "."),
            None => (self.first.name(), self.first.new.0, " "),
        };
        if let Some(wire) = wire {
            id = format!("{id}{apart}{wire}");
        }
        Subject { kind: "input", id, resource: api[resource].name.plain().to_owned() }
    }

    /// A finding on an input; an input that both sides have is located at its `key`.
    pub(crate) fn say(
        &self,
        rule: &'static Rule,
        message: String,
        [old, new]: [Option<&Given<'_>>; 2],
        key: Option<&str>,
    ) -> Finding {
        let wire = new.or(old).map(Given::wire);
        let mut finding = Finding::new(rule, self.subject(wire), message);
        let located = |given: &Given<'_>| {
            let mut at = given.at.clone();
            at.path.extend(key.map(Into::into));
            at
        };
        finding.at = new.map(located);
        finding.was = old.map(located);
        self.reach(&mut finding);
        finding
    }

    /// Notes which calls a finding reaches, where several have these inputs.
    pub(crate) fn reach(&self, finding: &mut Finding) {
        if self.shared().is_some() {
            finding.reach.operations = self.calls.iter().map(Call::name).collect();
        }
    }

    /// The setters of an input, and what sends null for it, on both sides, for every call; not the methods that have it as an
    /// argument.
    pub(crate) fn setters(&self, both: [Option<&Given<'_>>; 2]) -> Vec<Explains> {
        let mut all = self.touched(both);
        let methods: Vec<Explains> = self.calls.iter().flat_map(Call::methods).collect();
        all.retain(|of| !methods.contains(of));
        all
    }

    /// What sends null for an input, on both sides, for every call.
    pub(crate) fn clearers(&self, both: [Option<&Given<'_>>; 2]) -> Vec<Explains> {
        let mut all = Vec::new();
        self.each(both, |api, id, given| {
            let of = endpoint(api, id);
            all.push(Explains::Item(keys::clearer(&api[id.0], of, given.field)));
            let body =
                of.body.map(|body| keys::type_clearer(api, &api[body], given.field));
            all.extend(body.map(Explains::Item));
        });
        all
    }

    /// What inputs are in the crate on both sides, for every call.
    pub(crate) fn touched(&self, both: [Option<&Given<'_>>; 2]) -> Vec<Explains> {
        let mut all = Vec::new();
        self.each(both, |api, id, given| touched(api, id, given, &mut all));
        all
    }

    /// Takes an input on each side on which it is, for every call.
    fn each(
        &self,
        [old, new]: [Option<&Given<'_>>; 2],
        mut take: impl FnMut(&Api, EndpointId, &Given<'_>),
    ) {
        for call in &self.calls {
            let sides = [(self.cx.base, call.old, old), (self.cx.head, call.new, new)];
            for (api, id, given) in sides {
                given.into_iter().for_each(|given| take(api, id, given));
            }
        }
    }
}

/// What an input is in the crate: a part of the method, or a setter; and what sends null for it. Where the body is a public
/// type as well, that type's too.
pub(crate) fn touched(
    api: &Api,
    id: EndpointId,
    given: &Given<'_>,
    all: &mut Vec<Explains>,
) {
    let (resource, endpoint) = (&api[id.0], endpoint(api, id));
    let mut add = |key: String| {
        let item = Explains::Item(key);
        if !all.contains(&item) {
            all.push(item);
        }
    };
    let field = given.field;
    if field.fixed.is_some() {
        return;
    }
    if !given.place.is_body() || endpoint.input.is_none() {
        if given.is_argument(api, endpoint) {
            add(keys::method(resource, endpoint));
        } else {
            add(keys::setter(resource, endpoint, field));
        }
        if field.nullable {
            add(keys::clearer(resource, endpoint, field));
        }
    }
    if let Some(of) = endpoint.body.map(|body| &api[body])
        && given.place.is_body()
        && (of.direction.input || of.direction.answer)
    {
        // What is derived hangs on the type: with its first required input it has no `Default` any more.
        add(keys::ty(api, of));
        add(keys::new(api, of));
        add(keys::field(api, of, field));
        add(keys::type_setter(api, of, field));
        add(keys::type_clearer(api, of, field));
    }
}

/// Returns the query parameters or the headers of a call, in the order of the spec.
fn texts(api: &Api, id: EndpointId, of: Place) -> Vec<Given<'_>> {
    let endpoint = endpoint(api, id);
    let key = if of == Place::Header { "headers" } else { "query" };
    let inputs =
        endpoint.arguments.iter().chain(&endpoint.setters).chain(&endpoint.fixed);
    let mut all: Vec<Given<'_>> = inputs
        .filter(|input| input.place == of)
        .map(|Input { field, .. }| {
            let mut at = place(api, id, Some(key));
            at.path.push((&field.wire).into());
            Given { place: of, field, at }
        })
        .collect();
    all.sort_by_key(|given| given.field.source);
    all
}

/// The inputs that a body's type gives.
pub(crate) fn body<'a>(api: &'a Api, id: TypeId) -> Vec<Given<'a>> {
    let of = &api[id];
    let Kind::Struct { fields, .. } = &of.kind else { return Vec::new() };
    let chosen = |ty: &Ty| matches!(ty, Ty::Named(id) if matches!(api[*id].kind, Kind::Choice { .. }));
    let given = |field: &'a Field| Given {
        place: if chosen(&field.ty) { Place::Choice } else { Place::Body },
        field,
        at: type_at(api, of, ["fields", &field.wire]),
    };
    fields.iter().map(given).collect()
}
