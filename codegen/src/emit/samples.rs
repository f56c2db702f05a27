//! Sample values for the examples in the documentation, as a user would write them.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{
    Api, Case, Discriminator, Field, IdId, Kind, ResourceId, Scalar, Ty, TypeId,
};

/// The samples of one example, and the imports that they need.
pub(crate) struct Samples<'a> {
    api: &'a Api,
    uses: BTreeMap<String, BTreeSet<String>>,
    /// The types of the values being written, outermost first. They may contain themselves.
    under: Vec<TypeId>,
}

impl<'a> Samples<'a> {
    /// Creates an empty source of samples.
    pub(crate) fn new(api: &'a Api) -> Self {
        Self { api, uses: BTreeMap::new(), under: Vec::new() }
    }

    /// Returns the imports as `use` lines.
    pub(crate) fn uses(&self) -> Vec<String> {
        let line = |(module, names): (&String, &BTreeSet<String>)| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            match &names[..] {
                [one] => format!("use {module}::{one};"),
                several => format!("use {module}::{{{}}};", several.join(", ")),
            }
        };
        self.uses.iter().map(line).collect()
    }

    /// Returns the imports: a module and a name of it.
    pub(crate) fn imports(&self) -> impl Iterator<Item = (&str, &str)> {
        self.uses.iter().flat_map(|(module, names)| {
            names.iter().map(|name| (module.as_str(), name.as_str()))
        })
    }

    /// Imports a name and returns it.
    pub(crate) fn import(&mut self, module: &str, name: &str) -> String {
        self.uses.entry(module.to_owned()).or_default().insert(name.to_owned());
        name.to_owned()
    }

    /// Imports a type of a resource and returns its name.
    pub(crate) fn of_resource(&mut self, resource: ResourceId, name: String) -> String {
        let module = format!("front_api::{}", self.api[resource].name.snake());
        self.import(&module, &name)
    }

    /// Begins a value of a type; [`Self::leave`] ends it.
    pub(crate) fn enter(&mut self, id: TypeId) {
        self.under.push(id);
    }

    /// Ends the value that was begun last.
    pub(crate) fn leave(&mut self) {
        self.under.pop();
    }

    /// Returns a sample for a path.
    pub(crate) fn path(&mut self, ty: &Ty) -> String {
        match ty {
            // A segment that consists of dots would change the path, so the client rejects it.
            Ty::Scalar(Scalar::String | Scalar::Text | Scalar::Secret) => {
                "\"1a2b\"".to_owned()
            }
            Ty::Named(_) => format!("&{}", self.argument(ty)),
            ty => self.argument(ty),
        }
    }

    /// Returns a sample id.
    pub(crate) fn id(&mut self, id: IdId) -> String {
        let of = &self.api[id];
        let value = match &of.prefix {
            Some(prefix) => format!("{prefix}_1a2b"),
            None => "1a2b".to_owned(),
        };
        let name = self.of_resource(of.resource, of.name.camel());
        format!("{name}::from(\"{value}\")")
    }

    /// Returns a sample argument of this type. It begins with `&` if it is borrowed.
    pub(crate) fn argument(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::List(item) | Ty::Map(item) if self.is_under(item) => "[]".to_owned(),
            Ty::List(item) => match **item {
                Ty::List(_) | Ty::Map(_) => format!("[{}]", self.owned(item)),
                _ => format!("[{}]", self.argument(item)),
            },
            Ty::Map(item) => match **item {
                Ty::Scalar(_) => format!("[(\"..\", {})]", self.argument(item)),
                _ => format!("[(\"..\", {})]", self.owned(item)),
            },
            Ty::Scalar(scalar) => match scalar {
                Scalar::String | Scalar::Text | Scalar::Secret => "\"..\"".to_owned(),
                Scalar::Integer => "1".to_owned(),
                Scalar::Number => "1.5".to_owned(),
                Scalar::Boolean | Scalar::Json => "true".to_owned(),
                Scalar::Timestamp => {
                    let name = self.import("front_api", "Timestamp");
                    format!("{name}::from_secs(1_700_000_000)")
                }
                Scalar::File => {
                    let name = self.import("front_api", "Upload");
                    format!("{name}::new(\"file.txt\", \"text\")")
                }
            },
            Ty::Id(of) => format!("&{}", self.id(*of)),
            Ty::Named(of) => self.named(*of),
        }
    }

    /// Returns a sample value of exactly this type.
    pub(crate) fn owned(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::List(item) if self.is_under(item) => "vec![]".to_owned(),
            Ty::List(item) => format!("vec![{}]", self.owned(item)),
            Ty::Map(item) => {
                let map = self.import("std::collections", "BTreeMap");
                format!("{map}::from([(\"..\".to_owned(), {})])", self.owned(item))
            }
            Ty::Scalar(Scalar::String | Scalar::Text | Scalar::Secret) => {
                "\"..\".to_owned()".to_owned()
            }
            Ty::Scalar(Scalar::Json) => "true.into()".to_owned(),
            Ty::Id(of) => self.id(*of),
            ty => self.argument(ty),
        }
    }

    fn given<'f>(&mut self, fields: impl Iterator<Item = &'f Field>) -> String {
        let values: Vec<String> = fields.map(|field| self.argument(&field.ty)).collect();
        values.join(", ")
    }

    /// Returns whether a value of a type would contain a type that is being written. A list of it is left empty then.
    pub(crate) fn is_under(&self, ty: &Ty) -> bool {
        match ty {
            Ty::List(item) | Ty::Map(item) => self.is_under(item),
            Ty::Named(id) => self.under.contains(id),
            Ty::Scalar(_) | Ty::Id(_) => false,
        }
    }

    fn named(&mut self, id: TypeId) -> String {
        self.enter(id);
        let value = self.of_type(id);
        self.leave();
        value
    }

    /// Returns a sample value of a type of the spec. The type must have been entered.
    pub(crate) fn of_type(&mut self, id: TypeId) -> String {
        let of = &self.api[id];
        let name = self.of_resource(of.resource, of.name.camel());
        match &of.kind {
            Kind::Struct { fields, required, .. } => {
                let given = self.given(required.iter().map(|&index| &fields[index]));
                let new = format!("{name}::new({given})");
                // A sample must send at least one field.
                let first = fields.iter().find(|field| {
                    field.fixed.is_none()
                        && field.deprecated.is_none()
                        && !self.is_under(&field.ty)
                });
                match first.filter(|_| required.is_empty()) {
                    Some(field) => {
                        let value = self.argument(&field.ty);
                        format!("{new}.{}({value})", field.name.snake())
                    }
                    None => new,
                }
            }
            Kind::Enum(variants) | Kind::Flag(variants) => match variants.first() {
                Some(variant) => format!("{name}::{}", variant.name.camel()),
                None => format!("{name}::from(\"..\")"),
            },
            Kind::Union { by, cases } => {
                match cases.iter().find(|case| !self.is_under(&case.ty)) {
                    Some(case) => {
                        let value = match (by, &case.ty) {
                            (Discriminator::Kind, Ty::Scalar(_)) => {
                                self.argument(&case.ty)
                            }
                            _ => self.owned(&case.ty),
                        };
                        self.case(&name, by, case, &value)
                    }
                    None => format!("{name}::default()"),
                }
            }
            Kind::Choice { cases, .. } => match cases
                .iter()
                .find(|case| !case.fields.iter().any(|field| self.is_under(&field.ty)))
            {
                Some(group) => {
                    let given = self.given(group.fields.iter());
                    format!("{name}::{}({given})", group.name.snake())
                }
                None => name,
            },
        }
    }

    /// Returns a case of a union with this value.
    pub(crate) fn case(
        &self,
        name: &str,
        by: &Discriminator,
        case: &Case,
        value: &str,
    ) -> String {
        match by {
            Discriminator::Kind => format!("{name}::from({value})"),
            Discriminator::Tag { .. } => {
                let variant = case.name.camel();
                match super::unions::boxed(self.api, &case.ty) {
                    true => format!("{name}::{variant}(Box::new({value}))"),
                    false => format!("{name}::{variant}({value})"),
                }
            }
        }
    }
}
