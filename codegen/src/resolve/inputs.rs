//! The inputs of a call: arguments, setters and constants.

use std::collections::HashMap;

use super::arguments::{self, MissingArguments};
use super::context::{At, Context};
use super::fields;
use super::index::{Index, misplaced, unknown_type};
use crate::ir::{self, Answer, Input, Kind, PathParam, Place, Scalar, Ty, TypeId};
use crate::names::Name;
use crate::problem::{Code, Problem};
use crate::reserved::is_client_header;
use crate::spec::model;
use crate::vocabulary::is_header_name;

/// The maximum number of positional inputs, including those of the path. With more, those of the body become one value.
const POSITIONAL: usize = 4;

/// The inputs of a call, each in its place.
pub(super) struct Inputs {
    pub(super) arguments: Vec<Input>,
    pub(super) input: Option<TypeId>,
    pub(super) body: Option<TypeId>,
    pub(super) setters: Vec<Input>,
    pub(super) fixed: Vec<Input>,
    pub(super) at_least_one: Vec<(String, Name)>,
}

/// What calls share: the bodies that they accept as one value, with the arguments of `new` and the first call of each, and the
/// required inputs that they do not list.
#[derive(Default)]
pub(super) struct Taken {
    bodies: HashMap<TypeId, (Vec<usize>, At)>,
    pub(super) missing: MissingArguments,
}

/// An input that may become an argument, a setter or a constant, and its node.
pub(super) struct Candidate {
    pub(super) input: Input,
    pub(super) at: At,
    /// Its index among the fields of the body.
    pub(super) member: Option<usize>,
}

impl Candidate {
    pub(super) fn wire(&self) -> &str {
        &self.input.field.wire
    }
}

impl Taken {
    #[expect(
        clippy::too_many_arguments,
        reason = "the state of the walk, and the position"
    )]
    pub(super) fn inputs(
        &mut self,
        cx: &mut Context<'_>,
        index: &Index<'_>,
        types: &mut [ir::Type],
        owner: &str,
        written: &model::Endpoint,
        at: &At,
        path_params: &[PathParam],
        answer: &Answer,
    ) -> Inputs {
        let body = body(cx, index, types, written, at);
        let mut candidates = query(cx, index, written, at, answer);
        candidates.extend(headers(cx, index, written, at));
        if let Some(body) = body
            && let Kind::Struct { fields, .. } = &types[body.0].kind
        {
            candidates.extend(members(index, types, body, fields));
        }
        arguments::claim(cx, path_params, &candidates, written, at, answer);
        let order = arguments::arguments(cx, &candidates, written, at);
        self.missing.check(cx, &candidates, &order, owner, written, at);
        let from_body: Vec<usize> =
            order.iter().filter_map(|number| candidates[*number].member).collect();
        let many = path_params.len() + order.len() > POSITIONAL && !from_body.is_empty();
        let input = body.filter(|_| many);
        if let Some(body) = input {
            self.take(cx, types, body, from_body, owner, at);
        }
        let chosen = |number: &usize| order.contains(number);
        let rest = |wanted: &dyn Fn(&Candidate) -> bool| -> Vec<Input> {
            (0..candidates.len())
                .filter(|number| !chosen(number) && wanted(&candidates[*number]))
                .map(|number| candidates[number].input.clone())
                .collect()
        };
        let here = |candidate: &Candidate| input.is_none() || candidate.member.is_none();
        let setters = rest(&|candidate| {
            let field = &candidate.input.field;
            here(candidate) && field.fixed.is_none() && !field.required
        });
        let fixed =
            rest(&|candidate| here(candidate) && candidate.input.field.fixed.is_some());
        let named: Vec<&str> =
            order.iter().map(|number| candidates[*number].wire()).collect();
        let at_least_one = at_least_one(types, body, &named);
        let arguments = order
            .iter()
            .map(|number| &candidates[*number])
            .filter(|candidate| here(candidate))
            .map(|candidate| candidate.input.clone())
            .collect();
        Inputs { arguments, input, body, setters, fixed, at_least_one }
    }

    /// Makes a body one value, whose `new` accepts the arguments.
    fn take(
        &mut self,
        cx: &mut Context<'_>,
        types: &mut [ir::Type],
        body: TypeId,
        order: Vec<usize>,
        owner: &str,
        at: &At,
    ) {
        if let Some((other, first)) = self.bodies.get(&body)
            && *other != order
        {
            let title = format!(
                "`arguments` of `{owner}` differ from those of another call with this body"
            );
            let problem = Problem::new(Code::WrongArgument, title)
                .at(cx.key(&at.then("arguments")));
            let first = cx.key(&first.then("arguments"));
            let help = format!(
                "write the same order in both: a call with more than {POSITIONAL} arguments accepts one value of the type of the body, and this type has a single `new`"
            );
            cx.report(
                problem.label("this order").also(first, "another order").help(help),
            );
        }
        if let Kind::Struct { required, .. } = &mut types[body.0].kind {
            required.clone_from(&order);
        }
        self.bodies.entry(body).or_insert_with(|| (order, at.clone()));
    }
}

/// Returns the type of the body, which must be a structure.
fn body(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    types: &[ir::Type],
    written: &model::Endpoint,
    at: &At,
) -> Option<TypeId> {
    let at = at.then("body");
    let ty = index.bare(
        cx,
        written.body.as_ref()?,
        &at,
        "a body is sent if one of its fields is set",
    )?;
    if let Ty::Named(id) = ty
        && matches!(types[id.0].kind, Kind::Struct { .. })
    {
        return Some(id);
    }
    let problem = Problem::new(Code::WrongBody, "a body must be a type with `fields`");
    let place = cx.value(&at);
    cx.report(
        problem
            .at(place)
            .label("this type has no `fields`")
            .help("a choice can only be the type of one of the fields"),
    );
    None
}

fn query(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    written: &model::Endpoint,
    at: &At,
    answer: &Answer,
) -> Vec<Candidate> {
    let at = at.then("query");
    let pagination = &cx.spec.front.1.pagination;
    written
        .query
        .iter()
        .map(|(wire, field)| {
            let at = at.then(wire);
            let implied = match answer {
                Answer::Page { max: Some(_), .. } => {
                    *wire == pagination.size || *wire == pagination.cursor
                }
                Answer::Page { max: None, .. } => *wire == pagination.cursor,
                _ => false,
            };
            if implied {
                let problem = Problem::new(
                    Code::ImpliedInput,
                    format!("every list already has the query parameter `{wire}`"),
                );
                let place = cx.key(&at);
                cx.report(problem.at(place).label("remove it"));
            }
            let resolved = text(cx, index, wire, field, &at, "query");
            Candidate {
                input: Input { place: Place::Query, field: resolved },
                at,
                member: None,
            }
        })
        .collect()
}

/// Resolves the headers that a call sets in addition to those of every call.
fn headers(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    written: &model::Endpoint,
    at: &At,
) -> Vec<Candidate> {
    let at = at.then("headers");
    let mut names: Vec<String> = Vec::new();
    let mut candidates = Vec::new();
    for (wire, field) in &written.headers {
        let at = at.then(wire);
        let wrong = if !is_header_name(wire) {
            Some((
                "invalid header name",
                "a header name consists of ASCII letters, digits, hyphens and underscores",
            ))
        } else if is_client_header(wire) {
            Some(("the client sets this header itself", "remove it"))
        } else if names.iter().any(|name| name.eq_ignore_ascii_case(wire)) {
            Some(("duplicate header", "header names are case-insensitive"))
        } else {
            None
        };
        if let Some((title, help)) = wrong {
            let place = cx.key(&at);
            cx.report(
                Problem::new(Code::WrongHeader, format!("`{wire}`: {title}"))
                    .at(place)
                    .help(help),
            );
        }
        names.push(wire.clone());
        let resolved = text(cx, index, wire, field, &at, "header");
        if matches!(resolved.ty, Ty::List(_)) {
            let problem = Problem::new(
                Code::MisplacedType,
                "values of this type cannot be sent in a header",
            );
            let place = cx.phrase(&at);
            cx.report(
                problem.at(place).label("a scalar, an id or an enumeration is expected"),
            );
        }
        candidates.push(Candidate {
            input: Input { place: Place::Header, field: resolved },
            at,
            member: None,
        });
    }
    candidates
}

/// Resolves an input that is sent as text: in the query or in a header.
fn text(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    wire: &str,
    field: &model::Field,
    at: &At,
    place: &str,
) -> ir::Field {
    let resolved = fields::field(cx, index, wire, field, at);
    for (there, word, why) in [
        (resolved.always, "always", "it is a guarantee about responses"),
        (
            resolved.nullable,
            "nullable",
            "query parameters and headers cannot be null: unset ones are not sent",
        ),
    ] {
        if there {
            misplaced(cx, &field.0.phrase, word, at, why);
        }
    }
    // A type that was already reported is replaced by `json`.
    let is_known = resolved.ty != unknown_type() || field.0.phrase.ends_with("json");
    if is_known && !goes_into_query(index, &resolved.ty) {
        let problem = Problem::new(
            Code::MisplacedType,
            format!("values of this type cannot be sent in a {place}"),
        );
        let place = cx.phrase(at);
        cx.report(
            problem
                .at(place)
                .label("a scalar, an id, an enumeration or a list of them is expected"),
        );
    }
    resolved
}

fn goes_into_query(index: &Index<'_>, ty: &Ty) -> bool {
    let single = |ty: &Ty| match ty {
        Ty::Scalar(scalar) => !matches!(scalar, Scalar::Json | Scalar::File),
        Ty::Id(_) => true,
        Ty::Named(id) => index.is_enumeration(*id) || index.is_flag(*id),
        Ty::List(_) | Ty::Map(_) => false,
    };
    match ty {
        Ty::List(item) => single(item),
        ty => single(ty),
    }
}

fn members(
    index: &Index<'_>,
    types: &[ir::Type],
    body: TypeId,
    fields: &[ir::Field],
) -> Vec<Candidate> {
    let at = index.types_at[body.0].then("fields");
    fields
        .iter()
        .enumerate()
        .map(|(number, field)| {
            let choice = matches!(field.ty, Ty::Named(id) if matches!(types[id.0].kind, Kind::Choice { .. }));
            let place = if choice { Place::Choice } else { Place::Body };
            Candidate {
                at: at.then(&field.wire),
                input: Input { place, field: field.clone() },
                member: Some(number),
            }
        })
        .collect()
}

/// Returns the inputs of which one must be set. Empty if one of them is an argument.
fn at_least_one(
    types: &[ir::Type],
    body: Option<TypeId>,
    arguments: &[&str],
) -> Vec<(String, Name)> {
    let Some(Kind::Struct { fields, at_least_one, .. }) =
        body.map(|body| &types[body.0].kind)
    else {
        return Vec::new();
    };
    if at_least_one.iter().any(|wire| arguments.contains(&wire.as_str())) {
        return Vec::new();
    }
    at_least_one
        .iter()
        .filter_map(|wire| fields.iter().find(|field| field.wire == *wire))
        .map(|field| (field.wire.clone(), field.name.clone()))
        .collect()
}
