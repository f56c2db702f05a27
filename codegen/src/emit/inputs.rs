//! Structures that only requests contain. `new` creates them, setters fill them, and their fields are private.

use quote::quote;
use syn::{Expr, FnArg, ImplItem, Item, Stmt, parse_quote};

use super::docs::{deprecated, facts};
use super::module::Module;
use super::params::{Value, borrows, param, value};
use super::tree::{
    Method, attribute, attribute_with, boolean, call, ident, impl_block, invoke,
    let_stmt, method, name, names, parameter, self_0, stmt, text, ty, wrapper,
};
use crate::ir::{Field, Fixed, Kind, Ty, TypeId};

/// Creates an input type: a structure with private fields, `new` and setters.
pub(crate) fn emit(module: &Module<'_>, id: TypeId) -> Vec<Item> {
    let of = &module.api[id];
    let Kind::Struct { fields, required, .. } = &of.kind else { return Vec::new() };
    let (rt, inner) = (module.runtime(), module.rt("Fields"));
    let own = ident(&of.name.camel());
    let taken: Vec<&Field> = required.iter().map(|&index| &fields[index]).collect();
    let fixed = fields
        .iter()
        .filter_map(|field| field.fixed.as_ref().map(|value| (field, value)));
    let mut puts: Vec<Stmt> = fixed
        .map(|(field, value)| {
            stmt(method(name("this"), "set", [text(&field.wire), constant(value)]))
        })
        .collect();
    puts.extend(taken.iter().flat_map(|field| put(module, field, name("this"), "set")));
    let mut attrs: Vec<_> = module.docs(0, &of.about).into_iter().collect();
    attrs.extend(deprecated(of.deprecated.as_deref()));
    attrs.push(attribute_with("derive", quote!(Clone, Debug, PartialEq)));
    let about = module.docs(4, ["Creates a value with the fields that Front requires."]);
    let mut methods: Vec<ImplItem> = vec![
        Method {
            attrs: about.into_iter().chain([attribute("must_use")]).collect(),
            name: ident("new"),
            borrows: taken.iter().any(|field| borrows(field)),
            inputs: arguments(module, &taken),
            output: ty(ident("Self")),
            bound: None,
            body: filled(&inner, puts),
        }
        .into(),
    ];
    let setters = fields
        .iter()
        .enumerate()
        .filter(|(index, field)| !required.contains(index) && field.fixed.is_none());
    methods.extend(setters.flat_map(|(_, field)| setter(module, field, "set")));
    // An argument of `new` cannot be null, so a method sets null.
    methods.extend(taken.iter().filter_map(|field| clear(module, field)));
    let mut items: Vec<Item> = vec![
        wrapper(attrs, own.clone(), ty(inner)),
        impl_block(own.clone(), methods),
        invoke([rt, ident("input")], quote!(#own)),
    ];
    if taken.is_empty() {
        items.push(parse_quote! {
            impl Default for #own {
                fn default() -> Self {
                    Self::new()
                }
            }
        });
    }
    items
}

/// Returns the body of a constructor: creates the fields as `this`, runs these statements, and returns `Self(this)`.
pub(crate) fn filled(fields: &syn::Ident, puts: Vec<Stmt>) -> Vec<Stmt> {
    let new = call(names([fields.clone(), ident("new")]), []);
    let of = |inner| Stmt::Expr(call(name("Self"), [inner]), None);
    if puts.is_empty() {
        return vec![of(new)];
    }
    let mut body = vec![let_stmt(ident("this"), true, new)];
    body.extend(puts);
    body.push(of(name("this")));
    body
}

/// Returns the parameters for these fields.
pub(crate) fn arguments(module: &Module<'_>, fields: &[&Field]) -> Vec<FnArg> {
    let argument =
        |field: &&Field| parameter(ident(&field.name.snake()), param(module, field));
    fields.iter().map(argument).collect()
}

/// Returns the statements that set a parameter: `target.verb(key, value);`, or `verb_list` for a list. The conversion of items
/// is a statement of its own: the lines stay short, and rustfmt and prettyplease format them alike.
pub(crate) fn put(
    module: &Module<'_>,
    field: &Field,
    target: Expr,
    verb: &str,
) -> Vec<Stmt> {
    let given = field.name.snake();
    let list = || {
        let arguments = [text(&field.wire), name(&given)];
        // A query rejects every empty list.
        let form =
            if field.is_non_empty() && verb != "query" { "non_empty" } else { "list" };
        stmt(method(target.clone(), &format!("{verb}_{form}"), arguments))
    };
    match value(module, field) {
        Value::One(value) => {
            vec![stmt(method(target, verb, [text(&field.wire), value]))]
        }
        Value::List => vec![list()],
        Value::ListOf(convert) => {
            let items = method(name(&given), "into_iter", []);
            let items = method(items, "map", [convert]);
            vec![let_stmt(ident(&given), false, items), list()]
        }
    }
}

/// Creates the setter of a field, and the method that sends null for it if Front accepts null.
pub(crate) fn setter(module: &Module<'_>, field: &Field, verb: &str) -> Vec<ImplItem> {
    let null = field
        .nullable
        .then(|| format!("[`Self::clear_{}`] sends null instead.", field.name.plain()));
    let filter =
        (verb == "query" && matches!(field.ty, Ty::List(_)) && !field.is_non_empty())
            .then(|| "An empty list is an error when the request is sent.".to_owned());
    let about =
        module.docs(4, facts::of_field(field).into_iter().chain(filter).chain(null));
    let attrs = about.into_iter().chain(deprecated(field.deprecated.as_deref()));
    let value = parameter(ident(&field.name.snake()), param(module, field));
    let changes = put(module, field, self_0(), verb);
    let set = Method::change(
        attrs.collect(),
        ident(&field.name.snake()),
        Some(value),
        changes,
    );
    let set = Method { borrows: borrows(field), ..set };
    [set.into()].into_iter().chain(clear(module, field)).collect()
}

/// Creates the method that sends null for a field, if Front accepts null.
pub(crate) fn clear(module: &Module<'_>, field: &Field) -> Option<ImplItem> {
    field.nullable.then(|| {
        let wire = &field.wire;
        let about =
            format!("Sends null for `{wire}`, which replaces a value that was set.");
        let attrs = module.docs(4, [about]).into_iter().collect();
        let own = ident(&format!("clear_{}", field.name.plain()));
        let clear = stmt(method(self_0(), "clear", [text(wire)]));
        Method::change(attrs, own, None, vec![clear]).into()
    })
}

/// Returns a constant of the spec as an expression.
pub(crate) fn constant(value: &Fixed) -> Expr {
    match value {
        Fixed::Boolean(value) => boolean(*value),
        Fixed::Integer(value) => {
            let value = proc_macro2::Literal::i64_suffixed(*value);
            parse_quote!(#value)
        }
        Fixed::Null => parse_quote!(()),
        Fixed::String(value) => text(value),
    }
}
