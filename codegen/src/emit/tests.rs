//! Compares the output of each emitter with the expected items as syntax. The golden files test the formatting.

use syn::{Item, parse_quote};

use crate::{resolve, spec};

/// Returns the items of the module of a resource, with `front.yaml` and `webhooks.yaml` of the golden spec.
fn items(resource: &str) -> Vec<Item> {
    let golden = |name: &str| {
        let folder = front_tests::root().join("tests/golden/spec");
        std::fs::read_to_string(folder.join(name)).unwrap()
    };
    let plain = golden("resources/plain.yaml");
    let name = resource.lines().next().unwrap().trim_start_matches("resource: ");
    let texts = vec![
        ("spec/front.yaml".to_owned(), golden("front.yaml")),
        ("spec/webhooks.yaml".to_owned(), golden("webhooks.yaml")),
        ("spec/resources/plain.yaml".to_owned(), plain),
        (format!("spec/resources/{name}.yaml"), resource.to_owned()),
    ];
    let (read, _) = spec::read_texts(texts).unwrap_or_else(|unread| {
        panic!("{}", unread.problems.render(&unread.sources, false))
    });
    let (api, problems) = resolve::resolve(&read);
    let api = api.unwrap_or_else(|| panic!("{}", problems.render(&read.sources, false)));
    let path = format!("{name}.rs");
    let mut files = super::units(&api).into_iter().map(|unit| super::emit(&api, unit));
    files.find(|file| file.path == path).unwrap().items
}

/// Returns the only item that matches, without its documentation.
fn only(items: Vec<Item>, fits: impl Fn(&Item) -> bool) -> Item {
    let mut found: Vec<Item> = items.into_iter().filter(|item| fits(item)).collect();
    assert_eq!(found.len(), 1);
    let mut item = found.remove(0);
    NoDocs.visit_item_mut(&mut item);
    item
}

struct NoDocs;

use syn::visit_mut::VisitMut;

impl VisitMut for NoDocs {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }
}

fn named(item: &Item, name: &str) -> bool {
    match item {
        Item::Struct(of) => of.ident == name,
        Item::Enum(of) => of.ident == name,
        _ => false,
    }
}

/// Returns whether an item is the inherent `impl` of this type.
fn own(item: &Item, name: &str) -> bool {
    let own = |of: &syn::ItemImpl| match &*of.self_ty {
        syn::Type::Path(of) => {
            of.path.segments.last().is_some_and(|last| last.ident == name)
        }
        _ => false,
    };
    matches!(item, Item::Impl(of) if of.trait_.is_none() && own(of))
}

#[test]
fn a_handle_has_a_method_for_each_call() {
    let all = items(
        "resource: boxes
about: Boxes.
noun: box
endpoints:
  fill:
    operation: fill-box
    method: PUT
    path: /boxes/{thing_id}
    about: Fills one.
    capability: things:write
    rate_limit: standard
    webhook: none
    arguments:
    - owner_ids
    - label
    body: FillBox
types:
  FillBox:
    about: What goes in.
    fields:
      label: required string
      owner_ids:
        type: required list of PlainId
        name: owners
        about: Whose it is.
",
    );
    let expected: Item = parse_quote! {
        impl<G> Boxes<'_, G> {
            pub fn fill<'a>(
                &self,
                thing: &PlainId,
                owners: impl IntoIterator<Item = &'a PlainId>,
                label: impl Into<String>
            ) -> Fill
            where
                G: Grants<permissions::ThingsWrite>
            {
                let mut request =
                    rt::begin(self.client, &operations::BOXES_FILL, &[thing.as_str()]);
                request.body_list("owner_ids", owners);
                request.body("label", label.into());
                Fill(request)
            }
        }
    };
    assert_eq!(only(all, |item| own(item, "Boxes")), expected);
}

#[test]
fn a_request_has_a_setter_for_each_field_and_a_clear_method_for_nullable_ones() {
    let all = items(
        "resource: boxes
about: Boxes.
noun: box
endpoints:
  change:
    operation: change-box
    method: PATCH
    path: /boxes
    about: Changes them.
    capability: none
    rate_limit: standard
    webhook: none
    query:
      dry:
        type: boolean
        about: Whether to pretend.
    body: ChangeBox
types:
  ChangeBox:
    about: What changes.
    fields:
      size.width:
        type: nullable integer
        name: width
        about: How wide.
",
    );
    let expected: Item = parse_quote! {
        impl Change {
            pub fn dry(mut self, dry: bool) -> Self {
                self.0.query("dry", dry);
                self
            }
            pub fn width(mut self, width: i64) -> Self {
                self.0.body("size.width", width);
                self
            }
            pub fn clear_width(mut self) -> Self {
                self.0.clear("size.width");
                self
            }
        }
    };
    assert_eq!(only(all, |item| own(item, "Change")), expected);
}

#[test]
fn a_response_structure_requires_only_its_always_fields() {
    let all = items(
        "resource: boxes
about: Boxes.
noun: box
endpoints:
  get:
    operation: get-box
    method: GET
    path: /boxes
    about: Fetches one.
    capability: none
    rate_limit: standard
    webhook: none
    returns:
      type: Crate
types:
  Crate:
    about: A box.
    fields:
      id: always PlainId
      type:
        type: string
        about: Which kind.
      inner:
        type: Crate
        about: The one inside.
      items:
        type: list of string
        about: What is in it.
",
    );
    let expected: Item = parse_quote! {
        #[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
        #[non_exhaustive]
        pub struct Crate {
            pub id: PlainId,
            #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub inner: Option<Box<Crate>>,
            #[serde(default, deserialize_with = "rt::or_empty", skip_serializing_if = "Vec::is_empty")]
            pub items: Vec<String>,
            #[serde(flatten)]
            pub extra: Extra,
        }
    };
    assert_eq!(only(all, |item| named(item, "Crate")), expected);
}

#[test]
fn an_enumeration_keeps_unknown_values() {
    let all = items(
        "resource: boxes
about: Boxes.
noun: box
endpoints:
  list:
    operation: list-boxes
    method: GET
    path: /boxes
    about: Lists them.
    capability: none
    rate_limit: standard
    webhook: none
    query:
      shape:
        type: Shape2
        about: Which ones.
    list: Shape2
types:
  Shape2:
    about: A shape.
    values:
    - '1':
        name: One
    - old:
        deprecated: It is gone.
",
    );
    let expected: Item = parse_quote! {
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Shape2 {
            One,
            #[deprecated(note = "It is gone.")]
            Old,
            Unknown(UnknownValue),
        }
    };
    assert_eq!(only(all.clone(), |item| named(item, "Shape2")), expected);
    let table: Item = parse_quote! {
        impl OpenEnum for Shape2 {
            const KNOWN: &'static [(&'static str, Self)] = &[("1", Self::One), ("old", Self::Old)];
            fn unknown(value: UnknownValue) -> Self {
                Self::Unknown(value)
            }
        }
    };
    assert!(all.contains(&table));
}
