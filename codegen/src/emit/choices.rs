//! Choices: a request sends exactly one of several groups of fields.

use quote::quote;
use syn::{ImplItem, Item, Stmt};

use super::docs::{deprecated, facts, lines};
use super::inputs::{arguments, filled, put};
use super::module::Module;
use super::params::borrows;
use super::tree::{
    Method, attribute, attribute_with, ident, impl_block, invoke, method, name, stmt,
    text, ty, wrapper,
};
use crate::ir::{Field, Group, Type};

/// Creates a choice: a type with a constructor for each group.
pub(crate) fn emit(
    module: &Module<'_>,
    of: &Type,
    tag: Option<&str>,
    cases: &[Group],
) -> Vec<Item> {
    let (rt, inner) = (module.runtime(), module.rt("Fields"));
    let own = ident(&of.name.camel());
    let mut attrs: Vec<_> = module.docs(0, &of.about).into_iter().collect();
    attrs.extend(deprecated(of.deprecated.as_deref()));
    attrs.push(attribute_with("derive", quote!(Clone, Debug, PartialEq)));
    let constructors = cases.iter().map(|group| -> ImplItem {
        let fields: Vec<&Field> = group.fields.iter().collect();
        let about = module.docs(4, meaning(group, tag));
        let tag = tag.map(|tag| {
            stmt(method(name("this"), "set", [text(tag), text(&group.wire)]))
        });
        let mut puts: Vec<Stmt> = tag.into_iter().collect();
        let put = |field| put(module, field, name("this"), "set");
        puts.extend(group.fields.iter().flat_map(put));
        Method {
            attrs: about.into_iter().chain([attribute("must_use")]).collect(),
            name: ident(&group.name.snake()),
            borrows: group.fields.iter().any(borrows),
            inputs: arguments(module, &fields),
            output: ty(ident("Self")),
            bound: None,
            body: filled(&inner, puts),
        }
        .into()
    });
    let constructors = constructors.collect();
    vec![
        wrapper(attrs, own.clone(), ty(inner)),
        impl_block(own.clone(), constructors),
        invoke([rt, ident("input")], quote!(#own)),
    ]
}

/// Returns the documentation of a group: the keys that it sends, and its fields.
fn meaning(group: &Group, tag: Option<&str>) -> Vec<String> {
    let keys: Vec<String> =
        group.fields.iter().map(|field| format!("`{}`", field.wire)).collect();
    let keys = keys.join(", ");
    let mut all = vec![match tag {
        Some(tag) if keys.is_empty() => format!("Sends `{tag}` as `{}`.", group.wire),
        Some(tag) => format!("Sends `{tag}` as `{}`, with {keys}.", group.wire),
        None => format!("Sends {keys}."),
    }];
    all.extend(group.fields.iter().map(|field| {
        format!(
            "- `{}`: {}",
            field.name.plain(),
            lines(0, facts::of_field(field)).join(" ").replace("  ", " ")
        )
    }));
    all
}
