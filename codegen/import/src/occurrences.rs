//! From each call to every type of ours that it reaches, and for each of these the places of the document at which it stands.

use indexmap::IndexMap;

use crate::known::{Known, Site, Ty};
use crate::pair::Spot;
use crate::published::{Answer, Kind, Object, Operation};
use crate::refines::{Simple, Stand, case_of, member_refines, refines, simple};
use front_codegen::spec::model::{Choice, Resource, Type, Union};

/// A place at which a type of ours stands.
#[derive(Debug, Clone)]
pub(crate) struct At<'a> {
    pub(crate) site: Site<'a>,
    /// Whether a request holds what is there.
    pub(crate) sent: bool,
    /// Whether an answer does.
    pub(crate) answered: bool,
}

impl At<'_> {
    /// Whether a type may be made from here: not from what the document does not list, nor from a parameter of a query, of
    /// which calls share one without saying so.
    pub(crate) fn is_origin(&self, ours: &Type) -> bool {
        let listed = match &self.site.shape.kind {
            Kind::Enum(_) => true,
            _ => ours.values.is_none(),
        };
        listed && ![QUERY, HEADER].iter().any(|text| self.site.place.contains(text))
    }
}

/// What stands in the address of a query parameter.
pub(crate) const QUERY: &str = ".query.";

/// The part of an address that marks a header.
pub(crate) const HEADER: &str = ".header.";

/// The places of all types.
#[derive(Debug, Default)]
pub(crate) struct Standing<'a>(IndexMap<&'a str, Vec<At<'a>>>);

impl<'a> Standing<'a> {
    pub(crate) fn of(&self, name: &str) -> &[At<'a>] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The types that stand at places whose addresses end so.
    pub(crate) fn ending(&self, suffix: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(_, all)| all.iter().any(|at| at.site.place.ends_with(suffix)))
            .map(|(name, _)| *name)
    }

    /// The types that stand at a place.
    pub(crate) fn at(&self, place: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(_, all)| all.iter().any(|at| at.site.place == place))
            .map(|(name, _)| *name)
    }
}

struct Walk<'k, 'a> {
    known: &'k Known<'a>,
    standing: Standing<'a>,
    left: Vec<(&'a str, At<'a>)>,
}

/// Follows every call.
pub(crate) fn walk<'a>(
    known: &Known<'a>,
    resources: &'a [Resource],
    pairs: &[(Spot, &'a str, &'a Operation)],
) -> Standing<'a> {
    let mut walk = Walk { known, standing: Standing::default(), left: Vec::new() };
    for (spot, id, operation) in pairs {
        let endpoint = &resources[spot.resource].endpoints[&spot.endpoint];
        for (key, field) in &endpoint.query {
            if let Some(published) = operation.query.get(key) {
                let site = Site::new(format!("{id}{QUERY}{key}"), &published.shape);
                walk.enter(&field.0.phrase, &site, true);
            }
        }
        for (name, field) in &endpoint.headers {
            let mut all = operation.headers.iter();
            if let Some((key, published)) =
                all.find(|(key, _)| key.eq_ignore_ascii_case(name))
            {
                let site = Site::new(format!("{id}{HEADER}{key}"), &published.shape);
                walk.enter(&field.0.phrase, &site, true);
            }
        }
        if let (Some(ours), Some(body)) = (&endpoint.body, &operation.body) {
            walk.enter(ours, &Site::new(format!("{id}.body"), body), true);
        }
        let ours = match (&endpoint.list, &endpoint.returns) {
            (Some(item), _) => Some(item),
            (None, Some(returns)) => returns.name.as_ref(),
            (None, None) => None,
        };
        if let (Some(ours), Some(site)) = (ours, answer_site(id, operation)) {
            walk.enter(ours, &site, false);
        }
        while let Some((name, at)) = walk.left.pop() {
            walk.inside(name, &at);
        }
    }
    walk.standing
}

impl<'a> Walk<'_, 'a> {
    fn enter(&mut self, phrase: &'a str, site: &Site<'a>, sent: bool) {
        let Some((_, ty)) = self.known.read(phrase) else {
            return;
        };
        let stands = refines(self.known, &ty, site);
        self.stand(stands.unwrap_or_default(), sent, !sent);
    }

    /// Notes where types stand, and looks into those that it has not seen there.
    fn stand(&mut self, stands: Vec<Stand<'a>>, sent: bool, answered: bool) {
        // The last comes off first: so the walk follows the order of the spec.
        for stand in stands.into_iter().rev() {
            let all = self.standing.0.entry(stand.ty).or_default();
            let at = At { site: stand.site, sent, answered };
            match all.iter_mut().find(|known| known.site.place == at.site.place) {
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
            self.left.push((stand.ty, at));
        }
    }

    fn inside(&mut self, name: &'a str, at: &At<'a>) {
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
        self.stand(found, at.sent, at.answered);
    }

    fn fields(&self, of: &'a Type, at: &At<'a>, found: &mut Vec<Stand<'a>>) {
        let Kind::Object(object) = &at.site.shape.kind else {
            return;
        };
        for (key, field) in of.fields.iter().flatten() {
            let Some((_, ty)) = self.known.read(&field.0.phrase) else {
                continue;
            };
            if let Ty::Type(name, Type { choice: Some(_), .. }) = ty {
                found.push(Stand { ty: name, site: at.site.clone() });
            } else if let Some(published) = self.known.field(object, &at.site.place, key)
            {
                found.extend(
                    refines(self.known, &ty, &published.site).unwrap_or_default(),
                );
            }
        }
    }

    fn cases(&self, union: &'a Union, at: &At<'a>, found: &mut Vec<Stand<'a>>) {
        for member in members(self.known, union, &at.site) {
            if union.by.is_some() {
                let stands =
                    case_of(self.known, union, &member).and_then(|(_, stands)| stands);
                found.extend(stands.unwrap_or_default());
                continue;
            }
            found.extend(tagged(self.known, union, &member).unwrap_or_default());
        }
    }

    /// The fields of a choice stand beside each other in the object, or in its cases.
    fn groups(&self, of: &'a Type, at: &At<'a>, found: &mut Vec<Stand<'a>>) {
        let Some(choice) = &of.choice else {
            return;
        };
        let Kind::Object(object) = &at.site.shape.kind else {
            return;
        };
        for (name, group) in &choice.cases {
            let by_case = case_object(choice, object, name);
            let place = match by_case {
                Some(_) => format!("{}.{name}", at.site.place),
                None => at.site.place.clone(),
            };
            for (key, field) in group {
                let published = self.known.field(by_case.unwrap_or(object), &place, key);
                if let (Some(published), Some((_, ty))) =
                    (published, self.known.read(&field.0.phrase))
                {
                    found.extend(
                        refines(self.known, &ty, &published.site).unwrap_or_default(),
                    );
                }
            }
        }
    }
}

/// What a union may hold: the members of the document's union, or the one thing that is there.
pub(crate) fn members<'a>(
    known: &Known<'a>,
    union: &Union,
    site: &Site<'a>,
) -> Vec<Site<'a>> {
    let site = match (&site.shape.kind, &union.content) {
        (Kind::Object(object), Some(content)) => {
            match known.field(object, &site.place, content) {
                Some(found) => found.site,
                None => return Vec::new(),
            }
        }
        _ => site.clone(),
    };
    match simple(known, &site) {
        Simple::OneOf(members) => {
            let head = site.head(known.api);
            members
                .into_iter()
                .map(|member| Site::new(head.place.clone(), member))
                .collect()
        }
        Simple::Any => match &site.head(known.api).shape.kind {
            Kind::OneOf(members) => members
                .iter()
                .map(|member| Site::new(site.place.clone(), member))
                .collect(),
            _ => Vec::new(),
        },
        _ => vec![site],
    }
}

/// The types of the case that holds a member of a union by tag: one that is made from it before one that takes it.
pub(crate) fn tagged<'a>(
    known: &Known<'a>,
    union: &'a Union,
    member: &Site<'a>,
) -> Option<Vec<Stand<'a>>> {
    let fits: Vec<Vec<Stand<'a>>> = union
        .cases
        .values()
        .filter_map(|case| {
            let (_, ty) = known.read(&case.0.phrase)?;
            member_refines(known, &ty, member)
        })
        .collect();
    let exact = fits.iter().position(|stands| {
        stands.iter().any(|stand| {
            known.of_name(stand.ty).is_some_and(|of| {
                of.published.as_deref() == Some(stand.site.place.as_str())
            })
        })
    });
    let one = exact.unwrap_or(0);
    fits.into_iter().nth(one)
}

/// The answer of a call as a place: `id.answer`, or the root that it is. None where there is no value.
pub(crate) fn answer_site<'a>(id: &str, operation: &'a Operation) -> Option<Site<'a>> {
    match &operation.answer {
        Answer::One(shape) | Answer::List { item: shape, .. } => {
            Some(Site::new(format!("{id}.answer"), shape))
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
