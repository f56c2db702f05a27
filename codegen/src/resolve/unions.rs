//! Unions, whose cases the client distinguishes when it reads a response, and choices, whose groups a caller selects.

use super::claims::{Claims, GIVE_NAME};
use super::context::{At, Context};
use super::fields;
use super::index::{Index, misplaced, unknown_type};
use crate::ir::{self, BY_KIND, Discriminator, Kind, Scalar, Ty};
use crate::names::Name;
use crate::problem::{Code, Problem};
use crate::spec::model;

/// The names of JSON kinds.
const KINDS: &[(&str, &str)] = &[
    ("string", "string"),
    ("integer", "number"),
    ("number", "number"),
    ("boolean", "boolean"),
    ("list", "list"),
    ("object", "object"),
];

/// Resolves a union.
pub(super) fn union(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    union: &model::Union,
    at: &At,
) -> Kind {
    let by = discriminator(cx, union, at);
    if union.cases.is_empty() {
        wrong(
            cx,
            &at.then("cases"),
            "a union without cases",
            "at least one is expected",
        );
    }
    let mut claims = Claims::default()
        .reserve(["Unknown"], "cases that this version does not know have this name");
    let cases_at = at.then("cases");
    let mut cases: Vec<ir::Case> = Vec::new();
    for (wire, case) in &union.cases {
        let at = cases_at.then(wire);
        only_name_and_about(cx, &case.0, &at);
        let ty = index.bare(cx, &case.0.phrase, &at, "a case cannot be null");
        if by == Discriminator::Kind {
            kind_of_case(cx, index, wire, ty.as_ref(), &cases, &at);
        } else if let (Discriminator::Tag { content: None, .. }, Some(ty)) = (&by, &ty)
            && !is_object(index, ty)
        {
            let problem = Problem::new(
                Code::WrongUnion,
                format!("the case `{wire}` cannot contain its tag"),
            );
            let place = cx.phrase(&at);
            let problem = problem.at(place).label("a type with `fields` is expected");
            cx.report(problem.help(
                "if another key contains the value, write that key under `content`",
            ));
        }
        let place = match &case.0.name {
            Some(_) => cx.value(&at.then("name")),
            None => cx.key(&at),
        };
        let name =
            cx.name(case.0.name.as_ref().unwrap_or(wire), place.clone(), GIVE_NAME);
        if case.0.name.is_some() && Name::new(wire).is_ok_and(|by_key| by_key == name) {
            cx.redundant(&at.then("name"), "the name that follows from the key");
        }
        claims.claim(cx, &name, name.camel(), place, "case", GIVE_NAME);
        cases.push(ir::Case {
            source: cx.node(&at),
            wire: wire.clone(),
            name,
            ty: ty.unwrap_or_else(unknown_type),
            about: case.0.about.clone(),
            note: case.0.note.clone(),
        });
    }
    Kind::Union { by, cases }
}

fn discriminator(cx: &mut Context<'_>, union: &model::Union, at: &At) -> Discriminator {
    if let Some(by) = &union.by {
        cx.word(&at.then("by"), by, &[(BY_KIND, ())]);
    }
    match (&union.by, &union.tag) {
        (Some(_), Some(_)) => {
            let problem =
                Problem::new(Code::WrongUnion, "a union has both `tag` and `by`");
            let problem = problem.at(cx.key(&at.then("tag"))).label("remove this");
            let by = cx.key(&at.then("by"));
            cx.report(problem.also(by, "or this"));
        }
        (None, None) => {
            let help = "write `by: kind`, or `tag` with the path of the key that contains the name of the case";
            let problem = Problem::new(
                Code::WrongUnion,
                "the union does not define how to distinguish its cases",
            );
            let place = cx.key(at);
            cx.report(problem.at(place).label("`tag` or `by` is expected").help(help));
        }
        (Some(_), None) if union.content.is_some() => {
            wrong(
                cx,
                &at.then("content"),
                "`content` needs `tag`",
                "with `by: kind`, the case is the value itself",
            );
        }
        _ => {}
    }
    match (&union.by, &union.tag) {
        (None, Some(tag)) => {
            let tag: Vec<String> = tag.split('.').map(str::to_owned).collect();
            if tag.iter().any(String::is_empty) {
                wrong(
                    cx,
                    &at.then("tag"),
                    "invalid path of a tag: a key between two dots is missing",
                    "a path such as `_meta.type` is expected",
                );
            }
            Discriminator::Tag { tag, content: union.content.clone() }
        }
        _ => Discriminator::Kind,
    }
}

fn only_name_and_about(cx: &mut Context<'_>, def: &model::FieldDef, at: &At) {
    for (key, there) in [
        ("default", def.default.is_some()),
        ("fixed", def.fixed.is_some()),
        ("allowed", !def.allowed.is_empty()),
        ("max_length", def.max_length.is_some()),
        ("min_items", def.min_items.is_some()),
        ("max_items", def.max_items.is_some()),
        ("minimum", def.minimum.is_some()),
        ("maximum", def.maximum.is_some()),
        ("deprecated", def.deprecated.is_some()),
    ] {
        if there {
            let problem =
                Problem::new(Code::MisplacedWord, format!("a case has no `{key}`"));
            let place = cx.key(&at.then(key));
            cx.report(
                problem
                    .at(place)
                    .label("`type`, `name`, `about` and `note` are expected"),
            );
        }
    }
}

/// Checks a case by kind: the kind exists, is not a duplicate, and matches the type.
fn kind_of_case(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    wire: &str,
    ty: Option<&Ty>,
    before: &[ir::Case],
    at: &At,
) {
    let Some((_, json)) = KINDS.iter().find(|(kind, _)| *kind == wire) else {
        let known = KINDS.iter().map(|(kind, _)| *kind);
        let place = cx.key(at);
        cx.unknown(
            Code::WrongUnion,
            format!("unknown JSON kind `{wire}`"),
            place,
            wire,
            known,
            "kind",
        );
        return;
    };
    let same = |case: &&ir::Case| {
        KINDS.iter().any(|(kind, other)| *kind == case.wire && other == json)
    };
    if let Some(other) = before.iter().find(same) {
        let title = format!("`{}` and `{wire}` are the same kind in JSON", other.wire);
        let problem = Problem::new(Code::WrongUnion, title)
            .at(cx.key(at))
            .label("accepts the same values");
        let place = cx.key(&at.beside(&other.wire));
        cx.report(
            problem
                .also(place, "the other case")
                .help("`number` also accepts whole numbers"),
        );
    }
    let fits = |scalars: &[Scalar]| matches!(ty, Some(Ty::Scalar(scalar)) if scalars.contains(scalar));
    let fit = match (wire, ty) {
        (_, None | Some(Ty::Scalar(Scalar::Json))) => true,
        ("string", Some(Ty::Id(_))) => true,
        ("string", Some(Ty::Named(id))) => index.is_enumeration(*id),
        ("string", _) => fits(&[Scalar::String, Scalar::Text, Scalar::Secret]),
        ("integer", _) => fits(&[Scalar::Integer]),
        ("number", _) => fits(&[Scalar::Number, Scalar::Timestamp, Scalar::Integer]),
        ("boolean", _) => fits(&[Scalar::Boolean]),
        ("list", ty) => matches!(ty, Some(Ty::List(_))),
        (_, Some(ty)) => is_object(index, ty),
    };
    if !fit {
        let problem = Problem::new(
            Code::WrongUnion,
            format!("values of this type are not of kind `{wire}`"),
        );
        let place = cx.phrase(at);
        let kind = cx.key(at);
        cx.report(problem.at(place).label("the type").also(kind, "the kind"));
    }
}

/// Returns whether values of the type are JSON objects.
fn is_object(index: &Index<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Map(_) | Ty::Scalar(Scalar::Json) => true,
        Ty::Named(id) => {
            let of = index.written[id.0];
            of.fields.is_some()
                || of.union.as_ref().is_some_and(|union| union.tag.is_some())
        }
        _ => false,
    }
}

/// Resolves a choice.
pub(super) fn choice(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    choice: &model::Choice,
    at: &At,
) -> Kind {
    let cases_at = at.then("cases");
    if choice.cases.is_empty() {
        wrong(cx, &cases_at, "a choice without cases", "at least one is expected");
    }
    let mut claims = Claims::default();
    let mut cases = Vec::new();
    for (wire, group) in &choice.cases {
        let at = cases_at.then(wire);
        let place = cx.key(&at);
        let name = cx.name(
            wire,
            place.clone(),
            "use letters, digits and `_`, and begin with a letter",
        );
        claims.claim(cx, &name, name.snake(), place, "case", "rename one of them");
        if group.is_empty() && choice.tag.is_none() {
            wrong(
                cx,
                &at,
                "the case sends no field",
                "a field is expected, or a `tag` for the choice",
            );
        }
        let fields: Vec<ir::Field> = group
            .iter()
            .map(|(key, field)| member(cx, index, choice, key, field, &at.then(key)))
            .collect();
        let mut members = Claims::default()
            .reserve(["this"], "generated code uses this name for a variable");
        for field in &fields {
            let place = cx.key(&at.then(&field.wire));
            members.claim(
                cx,
                &field.name,
                field.name.snake(),
                place,
                "field",
                GIVE_NAME,
            );
        }
        cases.push(ir::Group { source: cx.node(&at), wire: wire.clone(), name, fields });
    }
    Kind::Choice { tag: choice.tag.clone(), cases }
}

/// Resolves a field of a case, which is always sent with the case.
fn member(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    choice: &model::Choice,
    key: &str,
    written: &model::Field,
    at: &At,
) -> ir::Field {
    let mut field = fields::field(cx, index, key, written, at);
    for (there, word) in [(field.required, "required"), (field.always, "always")] {
        if there {
            misplaced(
                cx,
                &written.0.phrase,
                word,
                at,
                "every field of a case is always sent",
            );
        }
    }
    if field.nullable {
        let why = "a field of a case cannot be null";
        misplaced(cx, &written.0.phrase, "nullable", at, why);
    }
    if written.0.fixed.is_some() {
        let problem =
            Problem::new(Code::WrongFixed, "a field of a case cannot be a constant");
        let place = cx.key(&at.then("fixed"));
        cx.report(
            problem
                .at(place)
                .label("callers set every field of a case; `tag` is its only constant"),
        );
    }
    if choice.tag.as_deref() == Some(key) {
        wrong(
            cx,
            at,
            &format!("duplicate key `{key}`"),
            "the `tag` of the choice is sent under this key",
        );
    }
    field.required = true;
    field.always = false;
    field
}

fn wrong(cx: &mut Context<'_>, at: &At, title: &str, label: &str) {
    let place = cx.key(at);
    cx.report(Problem::new(Code::WrongUnion, title).at(place).label(label));
}
