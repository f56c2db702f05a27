//! The keys of a body. Each key must belong to one field; a choice adds its keys to those of the body.

use super::context::{At, Context};
use crate::ir::{Api, Field, Kind, Ty, TypeId};
use crate::problem::{Code, Place, Problem};

/// A key that a body may send.
struct Key<'a> {
    wire: &'a str,
    /// The field that sends it. A choice sends one case, so its cases may share keys.
    field: usize,
    is_choice: bool,
    place: Place,
}

/// Checks that no key of a body is sent twice. Plain fields were checked with their type.
pub(super) fn claim(cx: &mut Context<'_>, api: &Api, fields: &[Field], at: &At) {
    let mut choices: Vec<(TypeId, &Field)> = Vec::new();
    let mut keys: Vec<Key<'_>> = Vec::new();
    for (number, field) in fields.iter().enumerate() {
        let place = cx.key(&at.then(&field.wire));
        let Some((id, tag, cases)) = choice(api, field) else {
            keys.push(Key { wire: &field.wire, field: number, is_choice: false, place });
            continue;
        };
        if let Some((_, first)) = choices.iter().find(|(known, _)| *known == id) {
            let title = format!("two fields have the choice `{}`", api[id].name.camel());
            let first = cx.key(&at.then(&first.wire));
            let problem = Problem::new(Code::KeyTwice, title).at(place);
            cx.report(
                problem
                    .label("sends the same keys")
                    .also(first, "the first field")
                    .help("a body can send each key once: remove one of the fields"),
            );
            continue;
        }
        choices.push((id, field));
        let case_keys = cases.iter().flat_map(|case| &case.fields);
        let mut own: Vec<&str> =
            tag.into_iter().chain(case_keys.map(|field| field.wire.as_str())).collect();
        own.sort_unstable();
        own.dedup();
        keys.extend(own.into_iter().map(|wire| Key {
            wire,
            field: number,
            is_choice: true,
            place: place.clone(),
        }));
    }
    for (number, key) in keys.iter().enumerate() {
        let other = keys[..number].iter().find(|other| {
            other.field != key.field
                && (other.is_choice || key.is_choice)
                && collide(other.wire, key.wire)
        });
        if let Some(other) = other {
            report(cx, key, other);
        }
    }
}

/// Returns the choice of a field: its type, tag and cases.
fn choice<'a>(
    api: &'a Api,
    field: &Field,
) -> Option<(TypeId, Option<&'a str>, &'a [crate::ir::Group])> {
    let Ty::Named(id) = field.ty else {
        return None;
    };
    match &api[id].kind {
        Kind::Choice { tag, cases } => Some((id, tag.as_deref(), cases)),
        _ => None,
    }
}

/// Returns whether two keys are equal, or one is inside the other.
fn collide(one: &str, other: &str) -> bool {
    let through = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.starts_with('.'))
    };
    one == other || through(one, other) || through(other, one)
}

fn report(cx: &mut Context<'_>, key: &Key<'_>, other: &Key<'_>) {
    let title = if key.wire == other.wire {
        format!("a body would send `{}` twice", key.wire)
    } else {
        format!("a body would send both `{}` and `{}`", other.wire, key.wire)
    };
    let label = |key: &Key<'_>| match key.is_choice {
        true => format!("a choice that sends `{}`", key.wire),
        false => "a field of the body".to_owned(),
    };
    let problem = Problem::new(Code::KeyTwice, title).at(key.place.clone());
    cx.report(
        problem
            .label(label(key))
            .also(other.place.clone(), label(other))
            .help("the keys of a choice are sent beside the other fields of the body"),
    );
}
