//! Unions and their cases.

use indexmap::IndexMap;

use super::Cx;
use crate::occurrences::{TypeLocation, members, tagged};
use crate::propose::Usage;
use crate::published::Kind;
use crate::refines::{kind, member_refines};
use crate::todo::Todo;
use front_codegen::spec::model::{Case, Field, FieldDef, Type, Union};

/// Returns the updated union.
pub(super) fn union<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    name: &'a str,
    ours: &'a Type,
    union: &'a Union,
    occurrences: &[TypeLocation<'a>],
) -> Type {
    let mut of = ours.clone();
    let cases = if union.by.is_some() {
        by_kind(cx, home, name, union, occurrences)
    } else {
        by_tag(cx, name, union, occurrences)
    };
    if let Some(new) = &mut of.union {
        new.cases = cases;
    }
    of
}

fn by_kind<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    name: &'a str,
    union: &'a Union,
    occurrences: &[TypeLocation<'a>],
) -> IndexMap<String, Case> {
    let direction = cx.directions.get(name);
    let usage =
        Usage { sent: direction.sent(), answered: direction.answer, query: false };
    let mut words: IndexMap<&str, Vec<_>> = IndexMap::new();
    for at in occurrences {
        for member in members(cx.known, union, &at.location) {
            let word = kind(cx.known, &member, member.shape);
            words.entry(word).or_default().push(member);
        }
    }
    if words.is_empty() || words.contains_key("any") {
        return union.cases.clone();
    }
    // `number` also accepts whole numbers.
    if words.contains_key("number")
        && let Some(mut whole) = words.shift_remove("integer")
    {
        words["number"].append(&mut whole);
    }
    let mut cases: IndexMap<String, Case> = IndexMap::new();
    for (key, case) in &union.cases {
        let members = match (words.shift_remove(key.as_str()), key.as_str()) {
            (None, "number") => words.shift_remove("integer"),
            (members, _) => members,
        };
        let Some(members) = members else {
            continue;
        };
        let holds = match cx.known.read(&case.0.phrase) {
            Some((_, ty)) => members
                .iter()
                .all(|member| member_refines(cx.known, &ty, member).is_some()),
            None => true,
        };
        if holds {
            cases.insert(key.clone(), case.clone());
        } else {
            let phrase = cx.propose.case(key, &members, usage, home);
            cases.insert(key.clone(), Field(FieldDef { phrase, ..case.0.clone() }));
        }
    }
    for (word, members) in words {
        let phrase = cx.propose.case(word, &members, usage, home);
        cases.insert(word.to_owned(), Field(FieldDef { phrase, ..FieldDef::default() }));
    }
    cases
}

fn by_tag<'a>(
    cx: &mut Cx<'_, 'a>,
    name: &'a str,
    union: &'a Union,
    occurrences: &[TypeLocation<'a>],
) -> IndexMap<String, Case> {
    let Some(tag) = &union.tag else {
        return union.cases.clone();
    };
    let mut wanted: Option<Vec<&'a String>> = None;
    for at in occurrences {
        for member in members(cx.known, union, &at.location) {
            let holds = tagged(cx.known, union, &member).is_some();
            let nothing = matches!(member.shape.kind, Kind::Any | Kind::Map);
            if !holds && !nothing {
                cx.todo.push(Todo::new(
                    name,
                    format!(
                        "`{}` may hold {}, which no case of `{name}` does",
                        at.location.place,
                        crate::phrase::of(member.shape)
                    ),
                ));
            }
        }
        if let Kind::Object(object) = &at.location.shape.kind
            && let Some(found) = cx.known.field(object, &at.location.place, tag)
            && let Kind::Enum(values) = &found.location.head(cx.known.api).shape.kind
        {
            wanted.get_or_insert_default().extend(values);
        }
    }
    let Some(wanted) = wanted else {
        return union.cases.clone();
    };
    let mut cases = union.cases.clone();
    cases.retain(|key, _| wanted.contains(&key));
    for value in wanted {
        if !cases.contains_key(value) {
            let needs_object = union.content.is_none();
            let phrase = if needs_object { "map of json" } else { "json" };
            let mut def = FieldDef { phrase: phrase.to_owned(), ..FieldDef::default() };
            def.name = crate::propose::case_name(value, &cases);
            cases.insert(value.clone(), Field(def));
        }
    }
    cases
}
