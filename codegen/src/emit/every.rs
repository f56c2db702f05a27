//! Every value of a type that a caller can create, for the calls that tests send: each constructor, setter and enum value once.

use std::collections::BTreeSet;

use super::samples::Samples;
use crate::ir::{
    Api, Case, Discriminator, Field, IdId, Kind, Place, Scalar, Ty, TypeId,
};

/// The source of samples that cover every constructor, setter and enum value.
pub(crate) struct Every<'a> {
    api: &'a Api,
    samples: Samples<'a>,
    /// Ids whose aliases were used: one use of each is enough.
    aliased: BTreeSet<IdId>,
}

/// How a value is passed.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// As the argument of a method.
    Argument,
    /// As a value of exactly the type.
    Owned,
}

impl<'a> Every<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        Self { api, samples: Samples::new(api), aliased: BTreeSet::new() }
    }

    /// Returns the source of plain samples.
    pub(crate) fn samples(&mut self) -> &mut Samples<'a> {
        &mut self.samples
    }

    /// Returns the imports: a module and a name of it.
    pub(crate) fn imports(&self) -> impl Iterator<Item = (&str, &str)> {
        self.samples.imports()
    }

    /// Returns values for a path; the plain sample first.
    pub(crate) fn path(&mut self, ty: &Ty) -> Vec<String> {
        match ty {
            Ty::Scalar(_) => vec![self.samples.path(ty)],
            Ty::Named(_) => {
                let values = self.values(ty, Form::Argument);
                values.iter().map(|value| format!("&{value}")).collect()
            }
            ty => self.values(ty, Form::Argument),
        }
    }

    /// Returns values for an input; the plain sample first.
    pub(crate) fn field(&mut self, field: &Field, place: Place) -> Vec<String> {
        let mut all = self.values(&field.ty, Form::Argument);
        if place == Place::Body && !field.is_non_empty() {
            all.extend(self.empty(field));
        }
        all
    }

    /// Returns an empty list for an input that takes a list.
    pub(crate) fn empty(&mut self, field: &Field) -> Option<String> {
        let Ty::List(item) = &field.ty else { return None };
        Some(format!("Vec::<{}>::new()", self.item(item)))
    }

    /// Returns values of a type as an argument; the plain sample first.
    pub(crate) fn field_of(&mut self, ty: &Ty) -> Vec<String> {
        self.values(ty, Form::Argument)
    }

    /// Returns the type of the items that a setter takes.
    fn item(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::List(item) => {
                let item = self.item(item);
                format!("Vec<{}>", item.trim_start_matches('&'))
            }
            Ty::Map(item) => {
                let item = self.item(item);
                let map = self.samples.import("std::collections", "BTreeMap");
                format!("{map}<String, {}>", item.trim_start_matches('&'))
            }
            Ty::Scalar(scalar) => match scalar {
                Scalar::String | Scalar::Text | Scalar::Secret => "String".to_owned(),
                Scalar::Integer => "i64".to_owned(),
                Scalar::Number => "f64".to_owned(),
                Scalar::Boolean => "bool".to_owned(),
                Scalar::Json => self.samples.import("serde_json", "Value"),
                Scalar::Timestamp => self.samples.import("front_api", "Timestamp"),
                Scalar::File => self.samples.import("front_api", "Upload"),
            },
            Ty::Id(id) => {
                let of = &self.api[*id];
                format!("&{}", self.samples.of_resource(of.resource, of.name.camel()))
            }
            Ty::Named(id) => {
                let of = &self.api[*id];
                self.samples.of_resource(of.resource, of.name.camel())
            }
        }
    }

    fn plain(&mut self, ty: &Ty, form: Form) -> String {
        match form {
            Form::Argument => self.samples.argument(ty),
            Form::Owned => self.samples.owned(ty),
        }
    }

    fn values(&mut self, ty: &Ty, form: Form) -> Vec<String> {
        match ty {
            Ty::List(item) | Ty::Map(item) if self.samples.is_under(item) => {
                vec![self.plain(ty, form)]
            }
            Ty::List(item) => {
                let is_owned = form == Form::Owned || is_many(item);
                let of_item = if is_owned { Form::Owned } else { Form::Argument };
                let items = self.values(item, of_item);
                let open = if form == Form::Owned { "vec![" } else { "[" };
                // Enum values fit into one list; other values are easier to find in a list of their own.
                if self.is_enumeration(item) {
                    return vec![
                        format!("{open}{}]", items[0]),
                        format!("{open}{}]", items.join(", ")),
                    ];
                }
                items.iter().map(|item| format!("{open}{item}]")).collect()
            }
            Ty::Id(id) => {
                let mut all = vec![self.plain(ty, form)];
                let of = &self.api[*id];
                if self.aliased.insert(*id) {
                    let name = self.samples.of_resource(of.resource, of.name.camel());
                    let begin = if form == Form::Argument { "&" } else { "" };
                    let alias = |(method, _): &(crate::names::Name, String)| {
                        format!("{begin}{name}::{}(\"value\")", method.snake())
                    };
                    all.extend(of.aliases.iter().map(alias));
                }
                all
            }
            Ty::Named(id) => {
                self.samples.enter(*id);
                let all = self.named(*id);
                self.samples.leave();
                all
            }
            Ty::Scalar(_) | Ty::Map(_) => vec![self.plain(ty, form)],
        }
    }

    fn is_enumeration(&self, ty: &Ty) -> bool {
        matches!(ty, Ty::Named(id) if matches!(self.api[*id].kind, Kind::Enum(_) | Kind::Flag(_)))
    }

    fn named(&mut self, id: TypeId) -> Vec<String> {
        let api = self.api;
        let of = &api[id];
        let name = self.samples.of_resource(of.resource, of.name.camel());
        match &of.kind {
            Kind::Struct { fields, required, .. } => {
                let taken: Vec<&Field> =
                    required.iter().map(|&index| &fields[index]).collect();
                let mut all = self.constructed(&format!("{name}::new"), &taken);
                let new = all[0].clone();
                // A value that sends nothing must not be the plain sample.
                let mut set = Vec::new();
                for (index, field) in fields.iter().enumerate() {
                    if !required.contains(&index) && field.fixed.is_none() {
                        let set_to =
                            |value| format!("{new}.{}({value})", field.name.snake());
                        set.extend(
                            self.field(field, Place::Body).into_iter().map(set_to),
                        );
                    }
                    if field.nullable && !of.direction.answer {
                        set.push(format!("{new}.clear_{}()", field.name.plain()));
                    }
                }
                if taken.is_empty() && !set.is_empty() {
                    all.insert(0, self.samples.of_type(id));
                }
                all.extend(set);
                all
            }
            Kind::Enum(variants) | Kind::Flag(variants) => variants
                .iter()
                .map(|variant| format!("{name}::{}", variant.name.camel()))
                .collect(),
            Kind::Union { by, cases } => {
                let mut all = vec![self.samples.of_type(id)];
                for case in cases {
                    if !self.samples.is_under(&case.ty) {
                        all.extend(self.case(&name, by, case));
                    }
                }
                all
            }
            Kind::Choice { cases, .. } => {
                let mut all = vec![self.samples.of_type(id)];
                for group in cases {
                    let fields: Vec<&Field> = group.fields.iter().collect();
                    let make = format!("{name}::{}", group.name.snake());
                    all.extend(self.constructed(&make, &fields));
                }
                all
            }
        }
    }

    fn case(&mut self, name: &str, by: &Discriminator, case: &Case) -> Vec<String> {
        let form = match (by, &case.ty) {
            (Discriminator::Kind, Ty::Scalar(_)) => Form::Argument,
            _ => Form::Owned,
        };
        let values = self.values(&case.ty, form);
        let make = |value: String| self.samples.case(name, by, case, &value);
        values.into_iter().map(make).collect()
    }

    /// Returns calls of a constructor: one with plain samples, and one for every other value of each argument.
    fn constructed(&mut self, make: &str, fields: &[&Field]) -> Vec<String> {
        let plain: Vec<String> =
            fields.iter().map(|field| self.samples.argument(&field.ty)).collect();
        let mut all = vec![format!("{make}({})", plain.join(", "))];
        for (number, field) in fields.iter().enumerate() {
            for value in self.field(field, Place::Body).into_iter().skip(1) {
                let mut arguments = plain.clone();
                arguments[number] = value;
                all.push(format!("{make}({})", arguments.join(", ")));
            }
        }
        all
    }
}

fn is_many(ty: &Ty) -> bool {
    matches!(ty, Ty::List(_) | Ty::Map(_))
}
