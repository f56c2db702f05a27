//! `calls.rs`, for tests of the crate: calls that use every constructor and every setter once.

use syn::{Expr, parse_quote};

use super::File;
use super::every::Every;
use super::example::setting;
use super::module::Module;
use super::operations::constant_name;
use crate::ir::{Answer, Api, Endpoint, Field, Input, Place, Resource, Ty};

/// Creates the file. `crate::calls::Sent`, which the tests define, records what a call sends.
pub(crate) fn emit(api: &Api) -> File {
    let module = Module::outside(api);
    let (client, operation) = (module.rt("Client"), module.rt("Operation"));
    let operations = module.generated("operations");
    let sent = module.import("crate::calls", "Sent");
    let mut every = Every::new(api);
    let mut rows: [Vec<Expr>; 2] = Default::default();
    for resource in &api.resources {
        for endpoint in &resource.endpoints {
            let constant = constant_name(resource, endpoint);
            let base = Base::new(&mut every, resource, endpoint);
            let tables = [calls(&mut every, &base), empty(&mut every, &base)];
            for (rows, calls) in rows.iter_mut().zip(tables) {
                if calls.is_empty() {
                    continue;
                }
                let calls = calls.into_iter().map(|Call { what, code }| -> Expr {
                    let call: Expr = match syn::parse_str(&code) {
                        Ok(call) => call,
                        Err(why) => unreachable!("`{code}` is an expression: {why}"),
                    };
                    parse_quote!((#what, |front| #sent::call(#call.send())))
                });
                rows.push(parse_quote!((&#operations::#constant, &[#(#calls),*])));
            }
        }
    }
    let [rows, empty] = rows;
    for (path, name) in every.imports() {
        module.import(path, name);
    }
    let items = vec![
        parse_quote! {
            /// A call, and what it tests besides its arguments.
            pub(crate) type Call = (&'static str, fn(&#client) -> #sent);
        },
        parse_quote! {
            /// The calls of every operation, by resource. The first of each is its example.
            #[rustfmt::skip]
            pub(crate) static ALL: &[(&#operation, &[Call])] = &[#(#rows),*];
        },
        parse_quote! {
            /// The calls with an empty list where that is an error.
            #[rustfmt::skip]
            pub(crate) static EMPTY: &[(&#operation, &[Call])] = &[#(#empty),*];
        },
    ];
    let about = "Calls that use every constructor and every setter once.".to_owned();
    module.file("calls.rs".to_owned(), "spec/resources", about, items)
}

/// A call, without its `send`.
struct Call {
    /// The part of the API that it tests.
    what: String,
    code: String,
}

/// Returns the calls of an operation that are sent.
fn calls(every: &mut Every<'_>, base: &Base<'_>) -> Vec<Call> {
    let endpoint = base.endpoint;
    let mut all = vec![base.call("example", base.example.clone())];
    let path = endpoint.path_params.iter().map(|param| (&param.name, &param.ty));
    for (number, (name, ty)) in path.enumerate() {
        for value in every.path(ty).into_iter().skip(1) {
            let what = format!("{}: {value}", name.snake());
            all.push(base.with_argument(number, &value, what));
        }
    }
    let first = endpoint.path_params.len();
    for (number, input) in endpoint.arguments.iter().enumerate() {
        for value in every.field(&input.field, input.place).into_iter().skip(1) {
            let what = format!("{}: {value}", input.field.name.snake());
            all.push(base.with_argument(first + number, &value, what));
        }
        all.extend(clear(base, input));
    }
    if let Some(input) = endpoint.input {
        let last = first + endpoint.arguments.len();
        for value in every.field_of(&Ty::Named(input)).into_iter().skip(1) {
            all.push(base.with_argument(last, &value, format!("input: {value}")));
        }
    }
    if matches!(endpoint.answer, Answer::Page { max: Some(_), .. }) {
        all.push(base.call("limit", "limit(1)".to_owned()));
    }
    for input in &endpoint.setters {
        for value in every.field(&input.field, input.place) {
            let set = format!("{}({value})", input.field.name.snake());
            all.push(base.setting(&input.field, set));
        }
        all.extend(clear(base, input));
    }
    all
}

/// Returns the calls of an operation with an empty list where that is an error.
fn empty(every: &mut Every<'_>, base: &Base<'_>) -> Vec<Call> {
    let is_refused =
        |input: &&Input| input.place == Place::Query || input.field.is_non_empty();
    let first = base.endpoint.path_params.len();
    let mut all = Vec::new();
    for (number, input) in base.endpoint.arguments.iter().enumerate() {
        if let Some(value) = every.empty(&input.field).filter(|_| is_refused(&input)) {
            let what = input.field.wire.clone();
            all.push(base.with_argument(first + number, &value, what));
        }
    }
    for input in base.endpoint.setters.iter().filter(is_refused) {
        if let Some(value) = every.empty(&input.field) {
            let set = format!("{}({value})", input.field.name.snake());
            let what = input.field.wire.clone();
            all.push(Call { what, ..base.setting(&input.field, set) });
        }
    }
    all
}

/// Returns the call that sends null for an input, if there is one.
fn clear(base: &Base<'_>, Input { place, field }: &Input) -> Option<Call> {
    let clears = field.nullable && *place == Place::Body;
    clears.then(|| base.setting(field, format!("clear_{}()", field.name.plain())))
}

/// A call with its arguments.
struct Base<'e> {
    endpoint: &'e Endpoint,
    /// `front.tags()`
    handle: String,
    arguments: Vec<String>,
    /// The setter of its example; empty if there is none.
    example: String,
    /// The setter that the call requires; empty if there is none.
    needed: String,
}

impl<'e> Base<'e> {
    fn new(every: &mut Every<'_>, resource: &Resource, endpoint: &'e Endpoint) -> Self {
        let samples = every.samples();
        let mut arguments: Vec<String> =
            endpoint.path_params.iter().map(|param| samples.path(&param.ty)).collect();
        let inputs = endpoint.arguments.iter();
        arguments.extend(inputs.map(|input| samples.argument(&input.field.ty)));
        let input = endpoint.input.map(|input| samples.argument(&Ty::Named(input)));
        arguments.extend(input);
        let example = setting(samples, endpoint).unwrap_or_default();
        let needed = match endpoint.at_least_one.is_empty() {
            true => String::new(),
            false => example.clone(),
        };
        let handle = format!("front.{}()", resource.name.snake());
        Self { endpoint, handle, arguments, example, needed }
    }

    /// Returns the code of the call, followed by these method calls; empty ones are left out.
    fn code<'l>(
        &self,
        arguments: &[String],
        links: impl IntoIterator<Item = &'l str>,
    ) -> String {
        let name = self.endpoint.name.snake();
        let mut code = format!("{}.{name}({})", self.handle, arguments.join(", "));
        for link in links.into_iter().filter(|link| !link.is_empty()) {
            code.push('.');
            code.push_str(link);
        }
        code
    }

    fn call(&self, what: &str, link: String) -> Call {
        let code = self.code(&self.arguments, [link.as_str()]);
        Call { what: what.to_owned(), code }
    }

    /// Returns the call with another value of an argument.
    fn with_argument(&self, number: usize, value: &str, what: String) -> Call {
        let mut arguments = self.arguments.clone();
        value.clone_into(&mut arguments[number]);
        Call { what, code: self.code(&arguments, [self.needed.as_str()]) }
    }

    /// Returns the call with a setter, and with the required setter if this is another one.
    fn setting(&self, field: &Field, set: String) -> Call {
        let is_enough =
            self.endpoint.at_least_one.iter().any(|(key, _)| *key == field.wire);
        let needed = if is_enough { "" } else { &self.needed };
        let code = self.code(&self.arguments, [needed, set.as_str()]);
        Call { what: set, code }
    }
}
