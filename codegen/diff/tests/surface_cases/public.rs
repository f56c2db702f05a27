//! All that is public has a line, and nothing else has.

use std::collections::BTreeMap;

use front_codegen::emit;
use front_codegen::render::render;
use front_diff::surface::{self, Surface};
use syn::{Attribute, Fields, ImplItem, Item, Visibility};

use crate::{api, read, root, specs};

/// How many there are, by module and kind.
type Counts = BTreeMap<(String, &'static str), usize>;

/// The public items of some Rust: what the surface must have.
fn counts(module: &str, items: &[Item], counts: &mut Counts) {
    let mut add = |kind, many: usize| {
        if many > 0 {
            *counts.entry((module.to_owned(), kind)).or_default() += many;
        }
    };
    let attributes = |attrs: &[Attribute], add: &mut dyn FnMut(&'static str, usize)| {
        for of in attrs {
            match of.path().get_ident().map(ToString::to_string).as_deref() {
                Some("deprecated") => add("deprecated", 1),
                Some("must_use") => add("must_use", 1),
                Some("derive") => of
                    .parse_nested_meta(|_| {
                        add("derive", 1);
                        Ok(())
                    })
                    .unwrap(),
                _ => {}
            }
        }
    };
    for item in items {
        match item {
            Item::Const(of) if public(&of.vis) => add("const", 1),
            Item::Static(of) if public(&of.vis) => add("static", 1),
            Item::Mod(of) if public(&of.vis) => add("mod", 1),
            Item::Enum(of) if public(&of.vis) => {
                add("enum", 1);
                add("variant", of.variants.len());
                attributes(&of.attrs, &mut add);
                of.variants.iter().for_each(|of| attributes(&of.attrs, &mut add));
            }
            Item::Struct(of) if public(&of.vis) => {
                add("struct", 1);
                attributes(&of.attrs, &mut add);
                if let Fields::Named(fields) = &of.fields {
                    let fields = fields.named.iter().filter(|of| public(&of.vis));
                    add("field", fields.clone().count());
                    fields.for_each(|of| attributes(&of.attrs, &mut add));
                }
            }
            Item::Impl(of) if of.trait_.is_some() => {
                let (of_trait, _) = of.trait_.as_ref().unwrap();
                let last = of_trait.segments.last().unwrap().ident.to_string();
                let derivable = matches!(last.as_str(), "Debug" | "Default");
                add(if derivable { "derive" } else { "impl" }, 1);
            }
            Item::Impl(of) => {
                for member in &of.items {
                    match member {
                        ImplItem::Fn(of) if public(&of.vis) => {
                            add("fn", 1);
                            add(
                                "bound",
                                usize::from(of.sig.generics.where_clause.is_some()),
                            );
                            attributes(&of.attrs, &mut add);
                        }
                        ImplItem::Const(of) if public(&of.vis) => add("const", 1),
                        _ => {}
                    }
                }
            }
            Item::Macro(of) => match &of.mac.path.segments.last().unwrap().ident {
                name if name == "both" => {}
                name if name == "input" => add("derive", 2),
                _ => add("macro", 1),
            },
            Item::Use(of) if public(&of.vis) => {
                panic!("{}: count it", quote::quote!(#of))
            }
            _ => {}
        }
    }
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The lines of a surface, except those that follow from others.
fn counted(surface: &Surface) -> Counts {
    let mut counts = Counts::new();
    for (key, line) in surface {
        let text = line.text.as_str();
        let word = |at| text.split([' ', '<']).nth(at).unwrap_or_default();
        let kind = match (key.split_once('#'), word(0), word(1)) {
            (Some((_, on)), ..) if on.starts_with("derive ") => "derive",
            (Some((_, on)), ..) if on.starts_with("impl ") => "impl",
            (Some((_, on)), ..) if on.starts_with("bound ") => "bound",
            (Some((_, "deprecated")), ..) => "deprecated",
            (Some((_, "must_use")), ..) => "must_use",
            (Some((_, "non_exhaustive")), ..) => continue,
            (Some(_), ..) => "macro",
            (None, "pub", _) if key.contains('.') => "field",
            (None, "pub", "struct") => "struct",
            (None, "pub", "enum") => "enum",
            (None, "pub", "static") => "static",
            (None, "pub", "mod") => "mod",
            (None, "pub", "const") if word(2) != "fn" => "const",
            (None, "pub", "const" | "fn") => "fn",
            (None, ..) => "variant",
        };
        let module = match (kind, key.split_once("::")) {
            ("mod", _) => "mod".to_owned(),
            (_, Some(("Client", accessor))) => {
                accessor.split('#').next().unwrap().to_owned()
            }
            (_, Some((module, _))) => module.to_owned(),
            (_, None) => panic!("`{key}` has no module"),
        };
        *counts.entry((module, kind)).or_default() += 1;
    }
    counts
}

#[test]
fn everything_public_has_a_line() {
    let text = std::fs::read_to_string(root().join("tests/public-api.txt")).unwrap();
    let mut expected = Counts::new();
    for section in text.replace("\r\n", "\n").split("\n// ") {
        let (path, rust) = section.split_once('\n').unwrap();
        if let Some(file) = path.trim_start_matches("// ").strip_prefix("generated/") {
            let items = syn::parse_file(rust).unwrap().items;
            counts(file.trim_end_matches(".rs"), &items, &mut expected);
        }
    }
    assert!(expected.len() > 100, "the text has the generated files");
    assert_eq!(counted(&surface::of(&api(&read(&root())))), expected);
}

#[test]
fn everything_public_of_every_feature_has_a_line() {
    for spec in specs() {
        let api = api(&spec);
        let mut expected = Counts::new();
        for unit in emit::units(&api) {
            let file = emit::emit(&api, unit);
            let module = file.path.trim_end_matches(".rs").to_owned();
            let items = syn::parse_file(&render(file)).unwrap().items;
            counts(&module, &items, &mut expected);
        }
        assert_eq!(counted(&surface::of(&api)), expected);
    }
}
