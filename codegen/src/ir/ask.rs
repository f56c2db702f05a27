//! Queries of emitters and reports on a resolved API.

use super::{Answer, Api, Endpoint, EndpointId, Kind, PermissionId, Scalar, Ty, TypeId};

impl Api {
    /// Returns whether a value of `ty` may contain customer text, a credential or unknown JSON, which `Debug` must hide. The
    /// `Debug` of a named type hides its own values.
    #[must_use]
    pub fn hides(&self, ty: &Ty) -> bool {
        match ty {
            Ty::List(item) | Ty::Map(item) => self.hides(item),
            Ty::Scalar(scalar) => {
                matches!(scalar, Scalar::Text | Scalar::Secret | Scalar::Json)
            }
            Ty::Id(_) | Ty::Named(_) => false,
        }
    }

    /// Returns a call.
    #[must_use]
    pub fn endpoint(&self, (resource, position): EndpointId) -> &Endpoint {
        &self[resource].endpoints[position]
    }

    /// Returns the full name of a call: `tags.list`.
    #[must_use]
    pub fn endpoint_name(&self, id: EndpointId) -> String {
        format!("{}.{}", self[id.0].name.plain(), self.endpoint(id).name.plain())
    }

    /// Returns the phrase of the spec language for a type.
    #[must_use]
    pub fn phrase(&self, ty: &Ty) -> String {
        match ty {
            Ty::List(item) => format!("list of {}", self.phrase(item)),
            Ty::Map(item) => format!("map of {}", self.phrase(item)),
            Ty::Scalar(scalar) => scalar.as_str().to_owned(),
            Ty::Id(id) => self[*id].name.camel(),
            Ty::Named(id) => self[*id].name.camel(),
        }
    }

    /// Returns whether a field of type `target` in a structure `owner` is boxed. Without a box, the structure would be
    /// infinitely large, or every value of `owner` would be large even if the field is absent.
    #[must_use]
    pub fn boxes(&self, target: TypeId, owner: TypeId) -> bool {
        self.holds(target, owner) || self.is_large(target)
    }

    /// Returns whether a value is about a kilobyte large, by the number of its fields and of the fields of structures in it.
    fn is_large(&self, of: TypeId) -> bool {
        const LARGE: usize = 32;
        let mut count = 0;
        let mut stack = vec![of];
        while let Some(next) = stack.pop() {
            let Kind::Struct { fields, .. } = &self[next].kind else { continue };
            count += fields.len();
            // A recursive structure is counted repeatedly until it reaches this limit.
            if count >= LARGE {
                return true;
            }
            stack.extend(fields.iter().filter_map(|field| match field.ty {
                Ty::Named(inner) => Some(inner),
                _ => None,
            }));
        }
        false
    }

    /// Returns whether a value of `target` contains a value of `owner` directly, not through a list, a map or a union.
    #[must_use]
    pub fn holds(&self, target: TypeId, owner: TypeId) -> bool {
        let mut seen = vec![false; self.types.len()];
        let mut stack = vec![target];
        while let Some(next) = stack.pop() {
            if next == owner {
                return true;
            }
            if std::mem::replace(&mut seen[next.0], true) {
                continue;
            }
            if let Kind::Struct { fields, .. } = &self[next].kind {
                stack.extend(fields.iter().filter_map(|field| match field.ty {
                    Ty::Named(inner) => Some(inner),
                    _ => None,
                }));
            }
        }
        false
    }
}

impl Endpoint {
    /// Returns the permission that a token needs. Where Front's document and its guide differ, it is the document's.
    #[must_use]
    pub fn needs(&self) -> Option<PermissionId> {
        self.published_scope.or(self.capability)
    }

    /// Returns whether the response is a page of a list.
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self.answer, Answer::Page { .. })
    }
}
