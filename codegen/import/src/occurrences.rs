//! Finds the types of the spec that each call uses, and the locations of each type in the document.

use indexmap::IndexMap;

use crate::known::{Known, Location, Ty};
use crate::pair::EndpointRef;
use crate::published::{Answer, Kind, Object, Operation};
use crate::refines::{Occurrence, Simple, case_of, member_refines, refines, simple};
use front_codegen::spec::model::{Choice, Resource, Type, Union};

/// A location in the document at which a type of the spec is used.
#[derive(Debug, Clone)]
pub(crate) struct TypeLocation<'a> {
    pub(crate) location: Location<'a>,
    /// Whether a request contains it.
    pub(crate) sent: bool,
    /// Whether a response contains it.
    pub(crate) answered: bool,
}

impl TypeLocation<'_> {
    /// Returns whether a type can have its origin here: not at a location without a list of values, and not at a query parameter or
    /// header, which calls share without a reference.
    pub(crate) fn is_origin(&self, ours: &Type) -> bool {
        let listed = match &self.location.shape.kind {
            Kind::Enum(_) => true,
            _ => ours.values.is_none(),
        };
        listed && ![QUERY, HEADER].iter().any(|text| self.location.place.contains(text))
    }
}

/// The part of a path that marks a query parameter.
pub(crate) const QUERY: &str = ".query.";

/// The part of a path that marks a header.
pub(crate) const HEADER: &str = ".header.";

/// The locations of all types.
#[derive(Debug, Default)]
pub(crate) struct Occurrences<'a>(IndexMap<&'a str, Vec<TypeLocation<'a>>>);

impl<'a> Occurrences<'a> {
    pub(crate) fn of(&self, name: &str) -> &[TypeLocation<'a>] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the types at locations whose paths end with `suffix`.
    pub(crate) fn ending(&self, suffix: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(_, all)| {
                all.iter().any(|at| at.location.place.ends_with(suffix))
            })
            .map(|(name, _)| *name)
    }

    /// Returns the types at a location.
    pub(crate) fn at(&self, place: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(_, all)| all.iter().any(|at| at.location.place == place))
            .map(|(name, _)| *name)
    }
}

struct Traversal<'k, 'a> {
    known: &'k Known<'a>,
    occurrences: Occurrences<'a>,
    pending: Vec<(&'a str, TypeLocation<'a>)>,
}

/// Finds the locations of all types, starting at every call.
pub(crate) fn walk<'a>(
    known: &Known<'a>,
    resources: &'a [Resource],
    pairs: &[(EndpointRef, &'a str, &'a Operation)],
) -> Occurrences<'a> {
    let mut walk =
        Traversal { known, occurrences: Occurrences::default(), pending: Vec::new() };
    for (endpoint_ref, id, operation) in pairs {
        let endpoint =
            &resources[endpoint_ref.resource].endpoints[&endpoint_ref.endpoint];
        for (key, field) in &endpoint.query {
            if let Some(published) = operation.query.get(key) {
                let location =
                    Location::new(format!("{id}{QUERY}{key}"), &published.shape);
                walk.enter(&field.0.phrase, &location, true);
            }
        }
        for (name, field) in &endpoint.headers {
            let mut all = operation.headers.iter();
            if let Some((key, published)) =
                all.find(|(key, _)| key.eq_ignore_ascii_case(name))
            {
                let location =
                    Location::new(format!("{id}{HEADER}{key}"), &published.shape);
                walk.enter(&field.0.phrase, &location, true);
            }
        }
        if let (Some(ours), Some(body)) = (&endpoint.body, &operation.body) {
            walk.enter(ours, &Location::new(format!("{id}.body"), body), true);
        }
        let ours = match (&endpoint.list, &endpoint.returns) {
            (Some(item), _) => Some(item),
            (None, Some(returns)) => returns.name.as_ref(),
            (None, None) => None,
        };
        if let (Some(ours), Some(location)) = (ours, answer_location(id, operation)) {
            walk.enter(ours, &location, false);
        }
        while let Some((name, at)) = walk.pending.pop() {
            walk.inside(name, &at);
        }
    }
    walk.occurrences
}

impl<'a> Traversal<'_, 'a> {
    fn enter(&mut self, phrase: &'a str, location: &Location<'a>, sent: bool) {
        let Some((_, ty)) = self.known.read(phrase) else {
            return;
        };
        let occurrences = refines(self.known, &ty, location);
        self.record(occurrences.unwrap_or_default(), sent, !sent);
    }

    /// Records the locations of types, and queues those that are new.
    fn record(&mut self, occurrences: Vec<Occurrence<'a>>, sent: bool, answered: bool) {
        // The queue is a stack, so reversing keeps the order of the spec.
        for occurrence in occurrences.into_iter().rev() {
            let all = self.occurrences.0.entry(occurrence.ty).or_default();
            let at = TypeLocation { location: occurrence.location, sent, answered };
            match all.iter_mut().find(|known| known.location.place == at.location.place)
            {
                Some(known) => {
                    let news = sent && !known.sent || answered && !known.answered;
                    known.sent |= sent;
                    known.answered |= answered;
                    if !news {
                        continue;
                    }
                }
                None => all.push(at.clone()),
            }
            self.pending.push((occurrence.ty, at));
        }
    }

    fn inside(&mut self, name: &'a str, at: &TypeLocation<'a>) {
        let Some(of) = self.known.of_name(name) else {
            return;
        };
        let mut found = Vec::new();
        if of.fields.is_some() {
            self.fields(of, at, &mut found);
        } else if let Some(union) = &of.union {
            self.cases(union, at, &mut found);
        } else if of.choice.is_some() {
            self.groups(of, at, &mut found);
        }
        self.record(found, at.sent, at.answered);
    }

    fn fields(
        &self,
        of: &'a Type,
        at: &TypeLocation<'a>,
        found: &mut Vec<Occurrence<'a>>,
    ) {
        let Kind::Object(object) = &at.location.shape.kind else {
            return;
        };
        for (key, field) in of.fields.iter().flatten() {
            let Some((_, ty)) = self.known.read(&field.0.phrase) else {
                continue;
            };
            if let Ty::Type(name, Type { choice: Some(_), .. }) = ty {
                found.push(Occurrence { ty: name, location: at.location.clone() });
            } else if let Some(published) =
                self.known.field(object, &at.location.place, key)
            {
                found.extend(
                    refines(self.known, &ty, &published.location).unwrap_or_default(),
                );
            }
        }
    }

    fn cases(
        &self,
        union: &'a Union,
        at: &TypeLocation<'a>,
        found: &mut Vec<Occurrence<'a>>,
    ) {
        for member in members(self.known, union, &at.location) {
            if union.by.is_some() {
                let occurrences = case_of(self.known, union, &member)
                    .and_then(|(_, occurrences)| occurrences);
                found.extend(occurrences.unwrap_or_default());
                continue;
            }
            found.extend(tagged(self.known, union, &member).unwrap_or_default());
        }
    }

    /// Finds the fields of a choice: they are fields of the object, or of its cases.
    fn groups(
        &self,
        of: &'a Type,
        at: &TypeLocation<'a>,
        found: &mut Vec<Occurrence<'a>>,
    ) {
        let Some(choice) = &of.choice else {
            return;
        };
        let Kind::Object(object) = &at.location.shape.kind else {
            return;
        };
        for (name, group) in &choice.cases {
            let by_case = case_object(choice, object, name);
            let place = match by_case {
                Some(_) => format!("{}.{name}", at.location.place),
                None => at.location.place.clone(),
            };
            for (key, field) in group {
                let published = self.known.field(by_case.unwrap_or(object), &place, key);
                if let (Some(published), Some((_, ty))) =
                    (published, self.known.read(&field.0.phrase))
                {
                    found.extend(
                        refines(self.known, &ty, &published.location)
                            .unwrap_or_default(),
                    );
                }
            }
        }
    }
}

/// Returns the members of the document's union, or the single shape at the location.
pub(crate) fn members<'a>(
    known: &Known<'a>,
    union: &Union,
    location: &Location<'a>,
) -> Vec<Location<'a>> {
    let location = match (&location.shape.kind, &union.content) {
        (Kind::Object(object), Some(content)) => {
            match known.field(object, &location.place, content) {
                Some(found) => found.location,
                None => return Vec::new(),
            }
        }
        _ => location.clone(),
    };
    match simple(known, &location) {
        Simple::OneOf(members) => {
            let head = location.head(known.api);
            members
                .into_iter()
                .map(|member| Location::new(head.place.clone(), member))
                .collect()
        }
        Simple::Any => match &location.head(known.api).shape.kind {
            Kind::OneOf(members) => members
                .iter()
                .map(|member| Location::new(location.place.clone(), member))
                .collect(),
            _ => Vec::new(),
        },
        _ => vec![location],
    }
}

/// Returns the types of the case for a member of a tagged union. Prefers a case that was created from the member.
pub(crate) fn tagged<'a>(
    known: &Known<'a>,
    union: &'a Union,
    member: &Location<'a>,
) -> Option<Vec<Occurrence<'a>>> {
    let fits: Vec<Vec<Occurrence<'a>>> = union
        .cases
        .values()
        .filter_map(|case| {
            let (_, ty) = known.read(&case.0.phrase)?;
            member_refines(known, &ty, member)
        })
        .collect();
    let exact = fits.iter().position(|occurrences| {
        occurrences.iter().any(|occurrence| {
            known.of_name(occurrence.ty).is_some_and(|of| {
                of.published.as_deref() == Some(occurrence.location.place.as_str())
            })
        })
    });
    let one = exact.unwrap_or(0);
    fits.into_iter().nth(one)
}

/// Returns the location of the response of a call: `id.answer`, or its root. `None` if there is no value.
pub(crate) fn answer_location<'a>(
    id: &str,
    operation: &'a Operation,
) -> Option<Location<'a>> {
    match &operation.answer {
        Answer::One(shape) | Answer::List { item: shape, .. } => {
            Some(Location::new(format!("{id}.answer"), shape))
        }
        Answer::Nothing | Answer::File => None,
    }
}

/// Returns the object of the document's case that corresponds to a group of the spec. Both must tell cases apart by the same key.
pub(crate) fn case_object<'a>(
    choice: &Choice,
    object: &'a Object,
    name: &str,
) -> Option<&'a Object> {
    let cases = object.cases.as_ref()?;
    if choice.tag.as_ref() != Some(&cases.tag) {
        return None;
    }
    cases.cases.get(name)
}
