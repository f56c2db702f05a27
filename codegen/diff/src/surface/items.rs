//! The lines of a file's items.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenTree};
use quote::quote;
use syn::{
    Attribute, Fields, FnArg, ImplItem, Item, ItemEnum, ItemImpl, ItemMacro, ItemStruct,
    Meta, Pat, PathArguments, Signature, Type, TypeParamBound, Visibility,
    WherePredicate,
};

use super::text::one_line;
use super::{Line, LineKind};
use front_codegen::emit::File;

/// Everything public that a file holds.
pub(super) fn lines(file: &File) -> Vec<(String, Line)> {
    let stem = file.path.trim_end_matches(".rs");
    let module = if stem == "mod" { "" } else { stem };
    let own = file.items.iter().filter_map(|item| match item {
        Item::Enum(of) => Some(&of.ident),
        Item::Struct(of) => Some(&of.ident),
        _ => None,
    });
    let mut lines = Lines { module, own: own.collect(), all: Vec::new() };
    file.items.iter().for_each(|item| lines.item(item));
    lines.all
}

/// The traits that a type may derive. To implement one by hand is the same to others, and some types do as soon as they hold
/// what is not to be shown.
const DERIVED: &[&str] = &[
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// Attributes that say nothing to who uses the crate. `doc` is documentation where it has a value.
const SILENT: &[&str] = &["allow", "expect", "inline", "serde"];

/// The lines of a file on their way.
struct Lines<'a> {
    /// The file's module; empty for the root.
    module: &'a str,
    /// The types that stand in the file.
    own: HashSet<&'a Ident>,
    all: Vec<(String, Line)>,
}

impl<'a> Lines<'a> {
    fn push(&mut self, key: String, kind: LineKind, text: String) {
        self.all.push((key, Line { kind, text, arguments: Vec::new() }));
    }

    fn add(&mut self, key: &str, attrs: &[Attribute], text: String) {
        self.push(key.to_owned(), LineKind::Item, text);
        self.attributes(key, attrs);
    }

    /// The key of an item of the file.
    fn key(&self, name: &str) -> String {
        match self.module {
            "" => name.to_owned(),
            module => format!("{module}::{name}"),
        }
    }

    /// The key of a type that the file has or imports. Only the client, which is at the root, is imported in order to add to it.
    fn key_of_type(&self, name: &Ident) -> String {
        if self.own.contains(name) { self.key(&bare(name)) } else { bare(name) }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Const(of) if public(&of.vis) => {
                // Not the value: it is as good as any other of the type to code that names the constant.
                let (name, ty) = (&of.ident, &of.ty);
                let text = one_line(quote!(pub const #name: #ty));
                self.add(&self.key(&bare(name)), &of.attrs, text);
            }
            Item::Static(of) if public(&of.vis) => {
                let (mutable, name, ty) = (&of.mutability, &of.ident, &of.ty);
                let text = one_line(quote!(pub static #mutable #name: #ty));
                self.add(&self.key(&bare(name)), &of.attrs, text);
            }
            Item::Enum(of) if public(&of.vis) => self.enumeration(of),
            Item::Struct(of) if public(&of.vis) => self.structure(of),
            Item::Fn(of) if public(&of.vis) => {
                self.function(self.key(&bare(&of.sig.ident)), &of.attrs, &of.sig);
            }
            Item::Mod(of) if public(&of.vis) => {
                let name = &of.ident;
                let text = one_line(quote!(pub mod #name));
                self.add(&self.key(&bare(name)), &of.attrs, text);
            }
            Item::Impl(of) => self.implementation(of),
            Item::Macro(of) => self.invocation(of),
            Item::Const(_)
            | Item::Static(_)
            | Item::Enum(_)
            | Item::Struct(_)
            | Item::Fn(_)
            | Item::Mod(_) => {}
            // The generator makes no other item. If it does one day, the whole item counts, so that nothing is missed.
            other => {
                let text = one_line(other);
                self.push(format!("{}#{text}", self.module), LineKind::Item, text);
            }
        }
    }

    fn structure(&mut self, of: &ItemStruct) {
        let key = self.key(&bare(&of.ident));
        let (name, generics, bounds) =
            (&of.ident, &of.generics, &of.generics.where_clause);
        let closed = !of.fields.iter().all(|field| public(&field.vis));
        let form = match &of.fields {
            Fields::Unit => ";",
            Fields::Unnamed(_) if !closed => "(..)",
            // Where one is private, others see neither how many there are nor whether they have names.
            Fields::Unnamed(_) | Fields::Named(_) => " { .. }",
        };
        let begin = one_line(quote!(pub struct #name #generics #bounds));
        self.add(&key, &of.attrs, begin + form);
        if closed && !of.attrs.iter().any(|of| of.path().is_ident("non_exhaustive")) {
            let text = "private fields".to_owned();
            self.push(format!("{key}#non_exhaustive"), LineKind::NonExhaustive, text);
        }
        self.fields(&key, &of.fields);
    }

    fn fields(&mut self, owner: &str, fields: &Fields) {
        for (at, field) in fields.iter().enumerate() {
            if public(&field.vis) {
                let ty = one_line(&field.ty);
                let (name, text) = match &field.ident {
                    Some(name) => (bare(name), format!("pub {name}: {ty}")),
                    None => (at.to_string(), format!("pub {ty}")),
                };
                self.add(&format!("{owner}.{name}"), &field.attrs, text);
            }
        }
    }

    fn enumeration(&mut self, of: &ItemEnum) {
        let key = self.key(&bare(&of.ident));
        let (name, generics, bounds) =
            (&of.ident, &of.generics, &of.generics.where_clause);
        self.add(&key, &of.attrs, one_line(quote!(pub enum #name #generics #bounds)));
        // Where no variant holds anything, `as` gives its number.
        let numbered = of.variants.iter().all(|of| matches!(of.fields, Fields::Unit));
        for (at, variant) in of.variants.iter().enumerate() {
            let (name, mut fields) = (&variant.ident, variant.fields.clone());
            fields.iter_mut().for_each(|field| field.attrs.clear());
            let mut text = one_line(quote!(#name #fields));
            if numbered {
                let number = variant.discriminant.as_ref().map(|(_, of)| one_line(of));
                text += &format!(" = {}", number.unwrap_or_else(|| at.to_string()));
            }
            self.add(&format!("{key}::{}", bare(name)), &variant.attrs, text);
        }
    }

    /// A function, with what its `where` asks of a client's grant as lines of their own.
    fn function(&mut self, key: String, attrs: &[Attribute], signature: &Signature) {
        let mut own = signature.clone();
        let mut arguments = Vec::new();
        for input in &mut own.inputs {
            match input {
                FnArg::Receiver(receiver) => receiver.mutability = None,
                FnArg::Typed(input) => {
                    arguments.push(one_line(&input.pat));
                    *input.pat = Pat::Wild(syn::PatWild {
                        attrs: Vec::new(),
                        underscore_token: Default::default(),
                    });
                }
            }
        }
        if let Some(clause) = &mut own.generics.where_clause {
            let all = std::mem::take(&mut clause.predicates);
            let (grants, others): (Vec<_>, Vec<_>) = all.into_iter().partition(of_grant);
            clause.predicates = others.into_iter().collect();
            for grant in grants {
                let text = one_line(grant);
                let bound = text.split_once(": ").map_or(text.as_str(), |(_, to)| to);
                let key = format!("{key}#bound {bound}");
                self.push(key, LineKind::Bound, text);
            }
        }
        self.attributes(&key, attrs);
        let text = one_line(quote!(pub #own));
        self.all.push((key, Line { kind: LineKind::Item, text, arguments }));
    }

    fn implementation(&mut self, of: &ItemImpl) {
        let name = match &*of.self_ty {
            Type::Path(ty) => ty.path.segments.last().map(|of| &of.ident),
            _ => None,
        };
        let key = name.map_or_else(|| self.module.to_owned(), |of| self.key_of_type(of));
        let Some((of_trait, _)) = &of.trait_ else {
            of.items.iter().for_each(|item| self.member(&key, item));
            return;
        };
        let last = of_trait.segments.last().filter(|last| {
            of.generics.params.is_empty()
                && matches!(last.arguments, PathArguments::None)
        });
        if let Some(last) = last.map(|last| last.ident.to_string())
            && DERIVED.contains(&last.as_str())
        {
            self.derived(&key, &last);
            return;
        }
        let (generics, ty) = (&of.generics, &of.self_ty);
        let (begin, polarity) = (&of.unsafety, &of.modifiers.polarity);
        let bounds = &of.generics.where_clause;
        // Of what is in it, only types are not said by the trait.
        let types = of.items.iter().filter(|item| matches!(item, ImplItem::Type(_)));
        let text = one_line(quote! {
            #begin impl #generics #polarity #of_trait for #ty #bounds #(#types)*
        });
        let which = one_line(of_trait);
        self.push(format!("{key}#impl {which}"), LineKind::Item, text);
    }

    fn member(&mut self, key: &str, item: &ImplItem) {
        match item {
            ImplItem::Fn(of) if public(&of.vis) => {
                let key = format!("{key}::{}", bare(&of.sig.ident));
                self.function(key, &of.attrs, &of.sig);
            }
            ImplItem::Const(of) if public(&of.vis) => {
                let (name, ty) = (&of.ident, &of.ty);
                let text = one_line(quote!(pub const #name: #ty));
                self.add(&format!("{key}::{}", bare(name)), &of.attrs, text);
            }
            ImplItem::Fn(_) | ImplItem::Const(_) => {}
            other => {
                let text = one_line(other);
                self.push(format!("{key}#{text}"), LineKind::Item, text);
            }
        }
    }

    /// A macro of the runtime: a line for the type that it is called with, and for all that it adds to it.
    fn invocation(&mut self, of: &ItemMacro) {
        let (path, tokens) = (&of.mac.path, &of.mac.tokens);
        let owner = match tokens.clone().into_iter().next() {
            Some(TokenTree::Ident(name)) => self.key_of_type(&name),
            _ => self.module.to_owned(),
        };
        let name = path.segments.last().map(|last| last.ident.to_string());
        match name.as_deref().unwrap_or_default() {
            // What these two add besides is for the runtime, so that a type which requests alone held, and now answers hold
            // too, has lost nothing.
            "both" => {}
            "input" => {
                self.derived(&owner, "Deserialize");
                self.derived(&owner, "Serialize");
            }
            // The names of its two values have lines of their own.
            "flag" => {
                let text = one_line(quote!(#path!));
                self.push(format!("{owner}#flag"), LineKind::Item, text);
            }
            name => {
                let text = one_line(quote!(#path!(#tokens)));
                self.push(format!("{owner}#{name}"), LineKind::Item, text);
            }
        }
    }

    fn derived(&mut self, key: &str, name: &str) {
        let kind = if name == "Copy" { LineKind::Copy } else { LineKind::Item };
        let ty = key.rsplit("::").next().unwrap_or(key);
        self.push(format!("{key}#derive {name}"), kind, format!("impl {name} for {ty}"));
    }

    fn attributes(&mut self, key: &str, attrs: &[Attribute]) {
        for of in attrs {
            let name = one_line(of.path());
            let kind = match name.as_str() {
                "derive" => {
                    if let Meta::List(list) = &of.meta {
                        let names = one_line(&list.tokens);
                        names.split(", ").for_each(|name| self.derived(key, name));
                    }
                    continue;
                }
                // Of the forms with a list, only aliases are made. They are documentation, too.
                "doc" => continue,
                "deprecated" => LineKind::Deprecated,
                "must_use" => LineKind::MustUse,
                "non_exhaustive" => LineKind::NonExhaustive,
                name if SILENT.contains(&name) => continue,
                _ => LineKind::Item,
            };
            self.push(format!("{key}#{name}"), kind, one_line(of));
        }
    }
}

/// Whether a predicate of a `where` asks something of a client's grant.
fn of_grant(of: &WherePredicate) -> bool {
    let WherePredicate::Type(of) = of else { return false };
    of.bounds.iter().all(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|last| last.ident == "Grants")
        }
        _ => false,
    })
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// A name as it is called, without the mark of one that Rust reserves.
fn bare(name: &Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map_or_else(|| name.clone(), str::to_owned)
}
