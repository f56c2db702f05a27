//! Builds syntax trees directly, for items that are emitted by the thousand: `quote!` would create tokens first and parse them
//! into these trees.

mod items;

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::{
    Expr, ExprArray, ExprAssign, ExprCall, ExprField, ExprLit, ExprMethodCall, ExprPath,
    ExprReference, ExprStruct, ExprTuple, FieldValue, GenericArgument, Ident, Index,
    Lifetime, Lit, LitStr, Local, LocalInit, LocalModifiers, Member, Pat, PatIdent,
    Path, PathArguments, PathSegment, Stmt, TraitBound, TraitBoundModifiers, Type,
    TypeImplTrait, TypeParamBound, TypePath, TypeReference,
};

pub(crate) use items::{
    Method, attribute, attribute_is, attribute_with, field, impl_block, invoke,
    parameter, ref_self, static_item, variant, wrapper,
};

/// Returns the identifier for a rendered name, raw or not.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(word) => Ident::new_raw(word, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

fn lifetime() -> Lifetime {
    Lifetime::new("'a", Span::call_site())
}

fn path<const N: usize>(names: [Ident; N]) -> Path {
    Path {
        leading_colon: None,
        segments: names.into_iter().map(PathSegment::from).collect(),
    }
}

fn with_arguments(
    name: Ident,
    arguments: impl IntoIterator<Item = GenericArgument>,
) -> Path {
    let arguments = syn::AngleBracketedGenericArguments {
        colon2_token: None,
        lt_token: Default::default(),
        args: arguments.into_iter().collect(),
        gt_token: Default::default(),
    };
    let arguments = PathArguments::AngleBracketed(arguments);
    Path::from(PathSegment { ident: name, arguments })
}

fn type_of(path: Path) -> Type {
    Type::Path(TypePath { attrs: Vec::new(), qself: None, path })
}

/// `Name`
pub(crate) fn ty(name: Ident) -> Type {
    type_of(Path::from(name))
}

/// `Name<Inner>`
pub(crate) fn ty_of<const N: usize>(name: Ident, inner: [Type; N]) -> Type {
    type_of(with_arguments(name, inner.map(GenericArgument::Type)))
}

/// `&Inner`, or `&'a Inner`.
pub(crate) fn ty_ref(inner: Type, borrowed: bool) -> Type {
    Type::Reference(TypeReference {
        attrs: Vec::new(),
        and_token: Default::default(),
        lifetime: borrowed.then(lifetime),
        mutability: None,
        elem: Box::new(inner),
    })
}

/// `impl Name<Inner>`
pub(crate) fn impl_of(name: &str, inner: Type) -> Type {
    impl_trait(with_arguments(ident(name), [GenericArgument::Type(inner)]))
}

/// `impl IntoIterator<Item = Inner>`
pub(crate) fn impl_items(inner: Type) -> Type {
    let item = GenericArgument::AssocType(syn::AssocType {
        ident: ident("Item"),
        generics: None,
        eq_token: Default::default(),
        ty: inner,
    });
    impl_trait(with_arguments(ident("IntoIterator"), [item]))
}

fn impl_trait(path: Path) -> Type {
    let bound = TypeParamBound::Trait(TraitBound {
        paren_token: None,
        lifetimes: None,
        modifiers: TraitBoundModifiers::default(),
        maybe: None,
        path,
    });
    Type::ImplTrait(TypeImplTrait {
        attrs: Vec::new(),
        impl_token: Default::default(),
        bounds: Punctuated::from_iter([bound]),
    })
}

/// `first::second`
pub(crate) fn names<const N: usize>(names: [Ident; N]) -> Expr {
    Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path: path(names) })
}

/// `name`
pub(crate) fn name(name: &str) -> Expr {
    names([ident(name)])
}

/// `"text"`
pub(crate) fn text(text: &str) -> Expr {
    Expr::Lit(ExprLit {
        attrs: Vec::new(),
        lit: Lit::Str(LitStr::new(text, Span::call_site())),
    })
}

/// `true` or `false`
pub(crate) fn boolean(value: bool) -> Expr {
    let lit = Lit::Bool(syn::LitBool::new(value, Span::call_site()));
    Expr::Lit(ExprLit { attrs: Vec::new(), lit })
}

/// `function(arguments)`
pub(crate) fn call(function: Expr, arguments: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Call(ExprCall {
        attrs: Vec::new(),
        func: Box::new(function),
        paren_token: Default::default(),
        args: arguments.into_iter().collect(),
    })
}

/// `Some(value)`
pub(crate) fn some(value: Expr) -> Expr {
    call(name("Some"), [value])
}

/// `target.method(arguments)`
pub(crate) fn method(
    target: Expr,
    method: &str,
    arguments: impl IntoIterator<Item = Expr>,
) -> Expr {
    Expr::MethodCall(ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(target),
        dot_token: Default::default(),
        method: ident(method),
        turbofish: None,
        paren_token: Default::default(),
        args: arguments.into_iter().collect(),
    })
}

/// `self.member`
pub(crate) fn of_self(member: Ident) -> Expr {
    field_of_self(Member::Named(member))
}

/// `self.0`
pub(crate) fn self_0() -> Expr {
    field_of_self(Member::Unnamed(Index::from(0)))
}

fn field_of_self(member: Member) -> Expr {
    Expr::Field(ExprField {
        attrs: Vec::new(),
        base: Box::new(name("self")),
        dot_token: Default::default(),
        member,
    })
}

/// `target = value`
pub(crate) fn assign(target: Expr, value: Expr) -> Expr {
    Expr::Assign(ExprAssign {
        attrs: Vec::new(),
        left: Box::new(target),
        eq_token: Default::default(),
        right: Box::new(value),
    })
}

/// `&value`
pub(crate) fn refer(value: Expr) -> Expr {
    Expr::Reference(ExprReference {
        attrs: Vec::new(),
        and_token: Default::default(),
        mutability: None,
        expr: Box::new(value),
    })
}

/// `[items]`
pub(crate) fn array(items: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Array(ExprArray {
        attrs: Vec::new(),
        bracket_token: Default::default(),
        elems: items.into_iter().collect(),
    })
}

/// `(first, second)`
pub(crate) fn tuple(items: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Tuple(ExprTuple {
        attrs: Vec::new(),
        paren_token: Default::default(),
        elems: items.into_iter().collect(),
    })
}

/// `Name { fields, ..rest }`
pub(crate) fn literal(
    name: Ident,
    fields: impl IntoIterator<Item = FieldValue>,
    rest: Option<Expr>,
) -> Expr {
    let mut fields: Punctuated<_, _> = fields.into_iter().collect();
    if rest.is_some() {
        fields.push_punct(Default::default());
    }
    Expr::Struct(ExprStruct {
        attrs: Vec::new(),
        qself: None,
        path: Path::from(name),
        brace_token: Default::default(),
        fields,
        dot2_token: rest.is_some().then(Default::default),
        rest: rest.map(Box::new),
    })
}

/// `name: value`, in a structure's literal.
pub(crate) fn field_value(name: Ident, value: Expr) -> FieldValue {
    FieldValue {
        attrs: Vec::new(),
        member: Member::Named(name),
        colon_token: Some(Default::default()),
        expr: value,
    }
}

/// `value;`
pub(crate) fn stmt(value: Expr) -> Stmt {
    Stmt::Expr(value, Some(Default::default()))
}

/// `let name = value;`
pub(crate) fn let_stmt(name: Ident, mutable: bool, value: Expr) -> Stmt {
    Stmt::Local(Local {
        attrs: Vec::new(),
        let_token: Default::default(),
        modifiers: LocalModifiers::default(),
        pat: binding(name, mutable),
        init: Some(LocalInit {
            eq_token: Default::default(),
            expr: Box::new(value),
            diverge: None,
        }),
        semi_token: Default::default(),
    })
}

fn binding(name: Ident, mutable: bool) -> Pat {
    Pat::Ident(PatIdent {
        attrs: Vec::new(),
        by_ref: None,
        mutability: mutable.then(Default::default),
        ident: name,
        subpat: None,
    })
}
