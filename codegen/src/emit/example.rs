//! The example in the documentation of a method: a call as a user would write it. The example compiles.

use super::samples::Samples;
use crate::ir::{Answer, Api, Endpoint, Input, Place, Resource, Scalar, Ty};

/// The maximum width of a line of code in the documentation of a method.
const WIDTH: usize = 80;

/// Returns the example as a fenced code block.
pub(crate) fn example(api: &Api, resource: &Resource, endpoint: &Endpoint) -> String {
    let mut samples = Samples::new(api);
    let mut lets = Vec::new();
    let mut passed = Vec::new();
    let path =
        endpoint.path_params.iter().map(|param| (param.name.snake(), &param.ty, true));
    let arguments = endpoint
        .arguments
        .iter()
        .map(|input| (input.field.name.snake(), &input.field.ty, false));
    for (name, ty, in_path) in path.chain(arguments) {
        let value = if in_path { samples.path(ty) } else { samples.argument(ty) };
        let simple = matches!(ty, Ty::Scalar(scalar) if *scalar != Scalar::Timestamp);
        match value.strip_prefix('&') {
            _ if simple => passed.push(value),
            Some(value) => {
                lets.push(format!("let {name} = {value};"));
                passed.push(format!("&{name}"));
            }
            None => {
                lets.push(format!("let {name} = {value};"));
                passed.push(name);
            }
        }
    }
    if let Some(input) = endpoint.input {
        lets.push(format!("let input = {};", samples.argument(&Ty::Named(input))));
        passed.push("input".to_owned());
    }
    let mut calls = vec![
        format!("{}()", resource.name.snake()),
        format!("{}({})", endpoint.name.snake(), passed.join(", ")),
    ];
    calls.extend(setting(&mut samples, endpoint));
    let (before, after): (&str, &[&str]) = match &endpoint.answer {
        Answer::Nothing => ("", &["send()", "await?"]),
        Answer::One(_) | Answer::File => ("let response = ", &["send()", "await?"]),
        Answer::Page { .. } => ("let mut items = ", &["stream()"]),
    };
    let links: Vec<&str> =
        calls.iter().map(String::as_str).chain(after.iter().copied()).collect();

    let mut code = vec!["```no_run".to_owned()];
    if endpoint.deprecated.is_some() {
        code.push("# #![allow(deprecated)]".to_owned());
    }
    code.extend(samples.uses());
    if code.len() > 1 {
        code.push(String::new());
    }
    code.push(
        "# async fn example(front: front_api::Client) -> Result<(), front_api::Error> {"
            .to_owned(),
    );
    code.extend(lets);
    code.extend(chain(&format!("{before}front"), &links));
    if endpoint.is_list() {
        code.push("while let Some(item) = items.try_next().await? {".to_owned());
        code.push("    println!(\"{item:?}\");".to_owned());
        code.push("}".to_owned());
    }
    code.extend(["# Ok(())".to_owned(), "# }".to_owned(), "```".to_owned()]);
    code.join("\n")
}

/// Returns a setter call if the call requires one, or if the body would be empty without one.
pub(crate) fn setting(samples: &mut Samples<'_>, endpoint: &Endpoint) -> Option<String> {
    let needed = endpoint.at_least_one.first().map(|(key, _)| key);
    let empty = endpoint.input.is_none()
        && endpoint.arguments.iter().all(|input| !input.place.is_body());
    let fits = |input: &&Input| match needed {
        Some(key) => input.field.wire == *key,
        None => empty && input.place == Place::Body && input.field.deprecated.is_none(),
    };
    let field = &endpoint.setters.iter().find(fits)?.field;
    let value = samples.argument(&field.ty);
    Some(format!("{}({value})", field.name.snake()))
}

/// Returns a chain of calls, on one line if it fits.
fn chain(begin: &str, links: &[&str]) -> Vec<String> {
    let one = format!("{begin}.{};", links.join("."));
    if one.len() <= WIDTH {
        return vec![one];
    }
    let mut all = vec![begin.to_owned()];
    all.extend(links.iter().map(|link| format!("    .{link}")));
    if let Some(last) = all.last_mut() {
        last.push(';');
    }
    all
}
