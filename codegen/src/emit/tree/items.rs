//! Builds declarations and their attributes as syntax trees.

use proc_macro2::TokenStream;
use syn::punctuated::Punctuated;
use syn::{
    AttrStyle, Attribute, Block, Expr, Field, FieldModifiers, Fields, FieldsUnnamed,
    FnArg, FnModifiers, GenericParam, Generics, Ident, ImplItem, ImplItemFn,
    ImplModifiers, Item, ItemImpl, ItemMacro, ItemStatic, ItemStruct, LifetimeParam,
    Macro, MacroDelimiter, Meta, MetaList, MetaNameValue, PatType, Path, Receiver,
    ReceiverKind, ReturnType, Safety, Signature, StaticMutability, Stmt, Type, Variant,
    Visibility, WhereClause,
};

use super::{binding, ident, lifetime, name, path, text, ty};

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
    /// Its attributes.
    pub(crate) attrs: Vec<Attribute>,
    /// Its name.
    pub(crate) name: Ident,
    /// Whether it has a lifetime `'a`.
    pub(crate) borrows: bool,
    /// Its parameters.
    pub(crate) inputs: Vec<FnArg>,
    /// Its return type.
    pub(crate) output: Type,
    /// Its `where` clause.
    pub(crate) bound: Option<WhereClause>,
    /// Its body.
    pub(crate) body: Vec<Stmt>,
}

impl Method {
    /// Creates a method that takes `mut self` and at most one value, makes some changes, and returns `self`.
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
fn public() -> Visibility {
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
