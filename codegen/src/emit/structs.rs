//! Structures that responses contain.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, FieldValue, Fields, ImplItem, Item, ItemStruct, Stmt, parse_quote};

use super::docs::{deprecated, facts};
use super::inputs::arguments;
use super::module::Module;
use super::params::{borrows, owned, param};
use super::tree::{
    Method, array, assign, attribute, attribute_with, call, field_value, ident,
    impl_block, invoke, literal, name, names, of_self, parameter, refer, some, stmt,
    text, tuple, ty, ty_of,
};
use crate::ir::{Field, Kind, Scalar, Ty, TypeId};

/// Creates a structure of responses, with a constructor and setters if requests contain it too.
pub(crate) fn emit(module: &Module<'_>, id: TypeId) -> Vec<Item> {
    let of = &module.api[id];
    let Kind::Struct { fields, links, required, .. } = &of.kind else {
        return Vec::new();
    };
    let own = ident(&of.name.camel());
    let extra = module.rt("Extra");
    let about = module.docs(0, &of.about);
    let deprecation = deprecated(of.deprecated.as_deref());
    let (serialize, deserialize) =
        (module.import("serde", "Serialize"), module.import("serde", "Deserialize"));
    let hides = fields.iter().any(|field| module.api.hides(&field.ty));
    let debug = (!hides).then(|| quote!(Debug,));
    let mut item: ItemStruct = parse_quote! {
        #about
        #deprecation
        #[derive(Clone, #debug Default, #deserialize, PartialEq, #serialize)]
        #[non_exhaustive]
        pub struct #own {
            /// Fields that this version does not know yet.
            #[serde(flatten)]
            pub extra: #extra,
        }
    };
    if let Fields::Named(all) = &mut item.fields {
        let links = links.as_ref().map(|names| links_field(module, names));
        let members = fields.iter().map(|field| member(module, id, field));
        let extra = std::mem::take(&mut all.named);
        all.named = links.into_iter().chain(members).chain(extra).collect();
        all.named.push_punct(Default::default());
    }
    let mut items = vec![Item::Struct(item)];
    if hides {
        items.push(hiding_debug(module, &of.name.camel(), links.is_some(), fields));
    }
    if of.direction.input {
        items.extend(construction(module, id, fields, required));
    }
    items
}

fn links_field(module: &Module<'_>, names: &[String]) -> syn::Field {
    let text = if names.is_empty() {
        "The API URL of this object.".to_owned()
    } else {
        let names: Vec<String> =
            names.iter().map(|name| crate::markdown::code(name)).collect();
        format!("The API URLs of this object and of {}.", names.join(", "))
    };
    let key = &module.api.wire.links;
    let mut attrs: Vec<_> = module.docs(4, [text]).into_iter().collect();
    attrs.push(attribute_with(
        "serde",
        quote!(rename = #key, default, skip_serializing_if = "ApiLinks::is_empty"),
    ));
    super::tree::field(attrs, ident("api_links"), ty(module.rt("ApiLinks")))
}

/// Returns whether a field has its own type, without an `Option`.
fn plain(field: &Field) -> bool {
    field.always || matches!(field.ty, Ty::List(_) | Ty::Map(_))
}

/// Returns whether a type is a list or a map of JSON values of any type.
fn holds_json(ty: &Ty) -> bool {
    matches!(ty, Ty::List(item) | Ty::Map(item) if **item == Ty::Scalar(Scalar::Json))
}

fn member(module: &Module<'_>, owner: TypeId, field: &Field) -> syn::Field {
    let rendered = field.name.snake();
    let mut attrs: Vec<_> = module.docs(4, facts::of_field(field)).into_iter().collect();
    attrs.extend(deprecated(field.deprecated.as_deref()));
    let mut ty = module.value(&field.ty);
    if let Ty::Named(target) = field.ty
        && module.api.boxes(target, owner)
    {
        ty = ty_of(ident("Box"), [ty]);
    }
    let rename = (rendered.trim_start_matches("r#") != field.wire).then(|| {
        let wire = &field.wire;
        quote!(rename = #wire)
    });
    let rest = match &field.ty {
        Ty::List(_) | Ty::Map(_) => {
            module.runtime();
            let empty = if matches!(field.ty, Ty::List(_)) {
                "Vec::is_empty"
            } else {
                "BTreeMap::is_empty"
            };
            let read = if holds_json(&field.ty) { "rt::json" } else { "rt::or_empty" };
            vec![
                quote!(default),
                quote!(deserialize_with = #read),
                quote!(skip_serializing_if = #empty),
            ]
        }
        _ if field.always => Vec::new(),
        Ty::Scalar(scalar @ (Scalar::Integer | Scalar::Json)) => {
            module.runtime();
            ty = ty_of(ident("Option"), [ty]);
            let read = if *scalar == Scalar::Json { "rt::json" } else { "rt::integer" };
            vec![
                quote!(default),
                quote!(deserialize_with = #read),
                quote!(skip_serializing_if = "Option::is_none"),
            ]
        }
        _ => {
            ty = ty_of(ident("Option"), [ty]);
            vec![quote!(skip_serializing_if = "Option::is_none")]
        }
    };
    let serde: Vec<TokenStream> = rename.into_iter().chain(rest).collect();
    if !serde.is_empty() {
        attrs.push(attribute_with("serde", quote!(#(#serde),*)));
    }
    super::tree::field(attrs, ident(&rendered), ty)
}

/// Creates a `Debug` impl that shows only the presence of customer text, credentials and unknown JSON.
fn hiding_debug(module: &Module<'_>, name: &str, links: bool, fields: &[Field]) -> Item {
    let (rt, fmt) = (module.runtime(), module.fmt());
    let of = ident(name);
    let entry = |label: &str, value: Expr| tuple([text(label), value]);
    let links = links.then(|| entry("api_links", refer(of_self(ident("api_links")))));
    let fields = fields.iter().map(|field| {
        let rendered = field.name.snake();
        let mut value = refer(of_self(ident(&rendered)));
        if module.api.hides(&field.ty) {
            value = refer(call(names([rt.clone(), ident("hidden")]), [value]));
        }
        entry(rendered.trim_start_matches("r#"), value)
    });
    let extra = entry("extra", refer(of_self(ident("extra"))));
    let shown = array(links.into_iter().chain(fields).chain([extra]));
    parse_quote! {
        impl #fmt::Debug for #of {
            #[inline]
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                #rt::debug(f, #name, &#shown)
            }
        }
    }
}

/// Creates `new` and setters for a structure that requests contain too.
fn construction(
    module: &Module<'_>,
    owner: TypeId,
    fields: &[Field],
    required: &[usize],
) -> Vec<Item> {
    let of = &module.api[owner];
    let own = ident(&of.name.camel());
    let assigned = |field: &Field| {
        let value = owned(module, field);
        let boxed =
            matches!(field.ty, Ty::Named(target) if module.api.boxes(target, owner));
        let value = if boxed {
            call(names([ident("Box"), ident("new")]), [value])
        } else {
            value
        };
        if plain(field) { value } else { some(value) }
    };
    let taken: Vec<&Field> = required.iter().map(|&index| &fields[index]).collect();
    let mut values: Vec<FieldValue> = Vec::new();
    if matches!(&of.kind, Kind::Struct { links: Some(_), .. }) {
        let links = names([module.rt("ApiLinks"), ident("default")]);
        values.push(field_value(ident("api_links"), call(links, [])));
    }
    values.extend(fields.iter().enumerate().map(|(index, field)| {
        let value = match &field.ty {
            _ if required.contains(&index) => assigned(field),
            Ty::List(_) => call(names([ident("Vec"), ident("new")]), []),
            Ty::Map(_) => {
                let map = module.import("std::collections", "BTreeMap");
                call(names([map, ident("new")]), [])
            }
            _ if field.always => call(names([ident("Default"), ident("default")]), []),
            _ => name("None"),
        };
        field_value(ident(&field.name.snake()), value)
    }));
    let extra = call(names([module.rt("Extra"), ident("default")]), []);
    values.push(field_value(ident("extra"), extra));
    let about = module
        .docs(4, ["Creates a value with the fields that Front requires in requests."]);
    let mut methods: Vec<ImplItem> = vec![
        Method {
            attrs: about.into_iter().chain([attribute("must_use")]).collect(),
            name: ident("new"),
            borrows: taken.iter().any(|field| borrows(field)),
            inputs: arguments(module, &taken),
            output: ty(ident("Self")),
            bound: None,
            body: vec![Stmt::Expr(literal(ident("Self"), values, None), None)],
        }
        .into(),
    ];
    let set = fields
        .iter()
        .enumerate()
        .filter(|(index, field)| !required.contains(index) && field.fixed.is_none());
    methods.extend(set.map(|(_, field)| -> ImplItem {
        let mut attrs: Vec<_> =
            module.docs(4, facts::of_field(field)).into_iter().collect();
        attrs.extend(deprecated(field.deprecated.as_deref()));
        attrs.push(attribute("must_use"));
        let rendered = ident(&field.name.snake());
        let value = parameter(rendered.clone(), param(module, field));
        let set = stmt(assign(of_self(rendered.clone()), assigned(field)));
        let change = Method::change(attrs, rendered, Some(value), vec![set]);
        Method { borrows: borrows(field), ..change }.into()
    }));
    vec![
        impl_block(own.clone(), methods),
        invoke([module.runtime(), ident("both")], quote!(#own)),
    ]
}
