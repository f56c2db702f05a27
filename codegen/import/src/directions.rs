//! The direction of each type of the spec (request or response), as the resolver will determine it.

use std::collections::HashMap;

use crate::known::{Known, Ty};
use front_codegen::spec::model::{Field, Resource, Type};

/// The directions in which values of a type are sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Direction {
    /// A request contains it, inside another type or in a query or path.
    pub(crate) nested: bool,
    /// It is the whole body of a call.
    pub(crate) body: bool,
    /// A response or a webhook contains it.
    pub(crate) answer: bool,
}

impl Direction {
    /// No direction.
    pub(crate) const NONE: Self = Self { nested: false, body: false, answer: false };

    pub(crate) fn sent(self) -> bool {
        self.nested || self.body
    }
}

/// The directions of all types that something uses.
#[derive(Debug, Default)]
pub(crate) struct Directions<'a>(HashMap<&'a str, Direction>);

impl<'a> Directions<'a> {
    pub(crate) fn of(
        known: &Known<'a>,
        resources: &'a [Resource],
        payload: Option<&'a str>,
    ) -> Self {
        let mut all = Self::default();
        let nested = Direction { nested: true, ..Direction::default() };
        let answer = Direction { answer: true, ..Direction::default() };
        for endpoint in resources.iter().flat_map(|resource| resource.endpoints.values())
        {
            let texts = endpoint.params.values().chain(endpoint.query.values());
            for field in texts.chain(endpoint.headers.values()) {
                all.mark(known, &field.0.phrase, nested);
            }
            if let Some(body) = &endpoint.body
                && let Some((_, Ty::Type(name, of))) = known.read(body)
            {
                all.0.entry(name).or_default().body = true;
                for phrase in phrases(of) {
                    all.mark(known, phrase, nested);
                }
            }
            let returns =
                endpoint.returns.as_ref().and_then(|returns| returns.name.as_ref());
            for phrase in endpoint.list.iter().chain(returns) {
                all.mark(known, phrase, answer);
            }
        }
        if let Some(payload) = payload {
            all.mark(known, payload, answer);
        }
        all
    }

    fn mark(&mut self, known: &Known<'a>, phrase: &'a str, as_: Direction) {
        let mut left = vec![phrase];
        while let Some(phrase) = left.pop() {
            let Some((name, of)) = known.read(phrase).and_then(|(_, ty)| named(ty))
            else {
                continue;
            };
            let seen = self.0.entry(name).or_default();
            let news = as_.nested && !seen.nested || as_.answer && !seen.answer;
            seen.nested |= as_.nested;
            seen.answer |= as_.answer;
            if news {
                left.extend(phrases(of));
            }
        }
    }

    pub(crate) fn get(&self, name: &str) -> Direction {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// Every type that something uses.
    pub(crate) fn used(&self) -> impl Iterator<Item = &'a str> {
        self.0.keys().copied()
    }
}

/// Returns the type that a phrase names, inside lists and maps.
fn named<'a>(ty: Ty<'a>) -> Option<(&'a str, &'a Type)> {
    match ty {
        Ty::List(item) | Ty::Map(item) => named(*item),
        Ty::Type(name, of) => Some((name, of)),
        _ => None,
    }
}

/// Returns the phrases in a type.
fn phrases(of: &Type) -> Vec<&str> {
    let fields = of.fields.iter().flat_map(|fields| fields.values());
    let cases = of.union.iter().flat_map(|union| union.cases.values());
    let groups = of.choice.iter().flat_map(|choice| choice.cases.values());
    let groups = groups.flat_map(|group| group.values());
    fields
        .chain(cases)
        .chain(groups)
        .map(|field: &Field| field.0.phrase.as_str())
        .collect()
}
