//! Syntax as values, for what is made by the thousand: to quote it would make tokens first, and parse them into these.

use proc_macro2::{Span, TokenStream};
use syn::punctuated::Punctuated;
use syn::{
    AttrStyle, Attribute, Block, Expr, ExprArray, ExprAssign, ExprCall, ExprField,
    ExprLit, ExprMethodCall, ExprPath, ExprReference, ExprStruct, ExprTuple, Field,
    FieldModifiers, FieldValue, Fields, FieldsUnnamed, FnArg, FnModifiers,
    GenericArgument, GenericParam, Generics, Ident, ImplItem, ImplItemFn, ImplModifiers,
    Index, Item, ItemImpl, ItemMacro, ItemStatic, ItemStruct, Lifetime, LifetimeParam,
    Lit, LitStr, Local, LocalInit, LocalModifiers, Macro, MacroDelimiter, Member, Meta,
    MetaList, MetaNameValue, Pat, PatIdent, PatType, Path, PathArguments, PathSegment,
    Receiver, ReceiverKind, ReturnType, Safety, Signature, StaticMutability, Stmt,
    TraitBound, TraitBoundModifiers, Type, TypeImplTrait, TypeParamBound, TypePath,
    TypeReference, Variant, Visibility, WhereClause,
};

/// An identifier for a rendered name, raw or not.
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

/// `name: Type`, in a list of parameters.
pub(crate) fn parameter(name: Ident, ty: Type) -> FnArg {
    FnArg::Typed(PatType {
        attrs: Vec::new(),
        pat: Box::new(binding(name, false)),
        colon_token: Default::default(),
        ty: Box::new(ty),
    })
}

/// `mut self`
fn mut_self() -> FnArg {
    FnArg::Receiver(Receiver {
        attrs: Vec::new(),
        mutability: Some(Default::default()),
        self_token: Default::default(),
        kind: ReceiverKind::Value,
    })
}

/// `&self`
pub(crate) fn ref_self() -> FnArg {
    FnArg::Receiver(Receiver {
        attrs: Vec::new(),
        mutability: None,
        self_token: Default::default(),
        kind: ReceiverKind::Reference(Default::default(), None, None),
    })
}

/// `pub static NAME: Type = value;`
pub(crate) fn static_item(
    about: Option<Attribute>,
    name: Ident,
    ty: Type,
    value: Expr,
) -> Item {
    Item::Static(ItemStatic {
        attrs: about.into_iter().collect(),
        vis: public(),
        static_token: Default::default(),
        mutability: StaticMutability::None,
        ident: name,
        colon_token: Default::default(),
        ty: Box::new(ty),
        eq_token: Default::default(),
        expr: Box::new(value),
        semi_token: Default::default(),
    })
}

/// A public method or associated function.
pub(crate) struct Method {
    /// What stands above it.
    pub(crate) attrs: Vec<Attribute>,
    /// Its name.
    pub(crate) name: Ident,
    /// Whether it has a lifetime `'a`.
    pub(crate) borrows: bool,
    /// What it takes.
    pub(crate) inputs: Vec<FnArg>,
    /// What it returns.
    pub(crate) output: Type,
    /// Under which condition it is there.
    pub(crate) bound: Option<WhereClause>,
    /// What it does.
    pub(crate) body: Vec<Stmt>,
}

impl Method {
    /// One that takes `mut self` and perhaps a value, makes some changes, and gives itself back.
    pub(crate) fn change(
        attrs: Vec<Attribute>,
        own: Ident,
        value: Option<FnArg>,
        changes: Vec<Stmt>,
    ) -> Self {
        let mut body = changes;
        body.push(Stmt::Expr(name("self"), None));
        Self {
            attrs,
            name: own,
            borrows: false,
            inputs: [mut_self()].into_iter().chain(value).collect(),
            output: ty(ident("Self")),
            bound: None,
            body,
        }
    }
}

impl From<Method> for ImplItem {
    fn from(of: Method) -> Self {
        let parameter = GenericParam::Lifetime(LifetimeParam {
            attrs: Vec::new(),
            lifetime: lifetime(),
            colon_token: None,
            bounds: Punctuated::new(),
        });
        let generics = Generics {
            lt_token: of.borrows.then(Default::default),
            params: of.borrows.then_some(parameter).into_iter().collect(),
            gt_token: of.borrows.then(Default::default),
            where_clause: of.bound,
        };
        Self::Fn(ImplItemFn {
            attrs: of.attrs,
            vis: public(),
            modifiers: FnModifiers::default(),
            sig: Signature {
                constness: None,
                asyncness: None,
                safety: Safety::Default,
                abi: None,
                fn_token: Default::default(),
                ident: of.name,
                generics,
                paren_token: Default::default(),
                inputs: of.inputs.into_iter().collect(),
                variadic: None,
                output: ReturnType::Type(Default::default(), Box::new(of.output)),
            },
            block: Block { brace_token: Default::default(), stmts: of.body },
        })
    }
}

/// `pub`
pub(crate) fn public() -> Visibility {
    Visibility::Public(Default::default())
}

/// `pub name: Type`
pub(crate) fn field(attrs: Vec<Attribute>, name: Ident, ty: Type) -> Field {
    Field {
        attrs,
        vis: public(),
        modifiers: FieldModifiers::default(),
        ident: Some(name),
        colon_token: Some(Default::default()),
        ty,
        default: None,
    }
}

/// `Name`, in an enumeration.
pub(crate) fn variant(attrs: Vec<Attribute>, name: Ident) -> Variant {
    Variant { attrs, ident: name, fields: Fields::Unit, discriminant: None }
}

/// `#[name]`
pub(crate) fn attribute(name: &str) -> Attribute {
    attribute_of(Meta::Path(Path::from(ident(name))))
}

/// `#[name(tokens)]`
pub(crate) fn attribute_with(name: &str, tokens: TokenStream) -> Attribute {
    attribute_of(Meta::List(MetaList {
        path: Path::from(ident(name)),
        delimiter: MacroDelimiter::Paren(Default::default()),
        tokens,
    }))
}

/// `#[name = "text"]`
pub(crate) fn attribute_is(name: &str, value: &str) -> Attribute {
    attribute_of(Meta::NameValue(MetaNameValue {
        path: Path::from(ident(name)),
        eq_token: Default::default(),
        value: text(value),
    }))
}

fn attribute_of(meta: Meta) -> Attribute {
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta,
    }
}

/// `first::second!(tokens);`
pub(crate) fn invoke(names: [Ident; 2], tokens: TokenStream) -> Item {
    Item::Macro(ItemMacro {
        attrs: Vec::new(),
        ident: None,
        mac: Macro {
            path: path(names),
            bang_token: Default::default(),
            delimiter: MacroDelimiter::Paren(Default::default()),
            tokens,
        },
        semi_token: Some(Default::default()),
    })
}

/// `pub struct Name(Inner);`
pub(crate) fn wrapper(attrs: Vec<Attribute>, name: Ident, inner: Type) -> Item {
    let inner = Field {
        ident: None,
        colon_token: None,
        vis: Visibility::Inherited,
        ..field(Vec::new(), name.clone(), inner)
    };
    Item::Struct(ItemStruct {
        attrs,
        vis: public(),
        struct_token: Default::default(),
        ident: name,
        generics: Generics::default(),
        fields: Fields::Unnamed(FieldsUnnamed {
            paren_token: Default::default(),
            unnamed: Punctuated::from_iter([inner]),
        }),
        semi_token: Some(Default::default()),
    })
}

/// `impl Name { members }`
pub(crate) fn impl_block(name: Ident, members: Vec<ImplItem>) -> Item {
    Item::Impl(ItemImpl {
        attrs: Vec::new(),
        modifiers: ImplModifiers::default(),
        unsafety: None,
        impl_token: Default::default(),
        generics: Generics::default(),
        trait_: None,
        self_ty: Box::new(ty(name)),
        brace_token: Default::default(),
        items: members,
    })
}
