//! Questions that emitters and reports ask of a resolved API.

use super::{Answer, Api, Endpoint, EndpointId, Kind, PermissionId, Scalar, Ty, TypeId};

impl Api {
    /// Whether a value of `ty` may show customer text, a credential or JSON that we know nothing of. A named type hides its
    /// own.
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

    /// A call.
    #[must_use]
    pub fn endpoint(&self, (resource, position): EndpointId) -> &Endpoint {
        &self[resource].endpoints[position]
    }

    /// A call's name in the whole spec: `tags.list`.
    #[must_use]
    pub fn endpoint_name(&self, id: EndpointId) -> String {
        format!("{}.{}", self[id.0].name.plain(), self.endpoint(id).name.plain())
    }

    /// The phrase of the spec language for a type.
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

    /// Whether a field of type `target` in a structure `owner` is boxed: it would be of endless size otherwise, or make every
    /// value of `owner` large, also where it is absent.
    #[must_use]
    pub fn boxes(&self, target: TypeId, owner: TypeId) -> bool {
        self.holds(target, owner) || self.is_large(target)
    }

    /// Whether a value takes about a kilobyte: by the number of its fields, and of the fields of structures inside it.
    fn is_large(&self, of: TypeId) -> bool {
        const LARGE: usize = 32;
        let mut count = 0;
        let mut left = vec![of];
        while let Some(next) = left.pop() {
            let Kind::Struct { fields, .. } = &self[next].kind else { continue };
            count += fields.len();
            // What holds itself counts again and again, up to here.
            if count >= LARGE {
                return true;
            }
            left.extend(fields.iter().filter_map(|field| match field.ty {
                Ty::Named(inner) => Some(inner),
                _ => None,
            }));
        }
        false
    }

    /// Whether a value of `target` holds a value of `owner` in itself, not behind a list, a map or a union.
    #[must_use]
    pub fn holds(&self, target: TypeId, owner: TypeId) -> bool {
        let mut seen = vec![false; self.types.len()];
        let mut left = vec![target];
        while let Some(next) = left.pop() {
            if next == owner {
                return true;
            }
            if std::mem::replace(&mut seen[next.0], true) {
                continue;
            }
            if let Kind::Struct { fields, .. } = &self[next].kind {
                left.extend(fields.iter().filter_map(|field| match field.ty {
                    Ty::Named(inner) => Some(inner),
                    _ => None,
                }));
            }
        }
        false
    }
}

impl Endpoint {
    /// The permission that a token needs: what Front's own document asks for where the guide says another.
    #[must_use]
    pub fn needs(&self) -> Option<PermissionId> {
        self.published_scope.or(self.capability)
    }

    /// Whether the answer is a list.
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self.answer, Answer::Page { .. })
    }
}
