//! `cargo xtask operations`: which calls there are, and what is known of one.

mod detail;
mod table;

use std::path::Path;

use front_codegen::operations::{self, Filter, Unknown};
use lexopt::ValueExt as _;

use crate::Outcome;
use crate::ui::{self, Ui};

/// The width of a table where neither a terminal nor `COLUMNS` gives one.
const PIPED: usize = 160;

/// What was asked for.
#[derive(Default)]
pub(crate) struct Asked {
    /// One call, by either name; none: all that the filter lets through.
    pub(crate) operation: Option<String>,
    /// Which calls.
    pub(crate) filter: Filter,
    /// How they are shown.
    pub(crate) format: Format,
}

/// How calls are shown.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// For a terminal.
    #[default]
    Table,
    /// For programs.
    Json,
    /// For pages.
    Markdown,
}

impl Asked {
    /// Takes an option; false where there is none of that name.
    pub(crate) fn option(
        &mut self,
        name: &str,
        parser: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        let slot = match name {
            "method" => &mut self.filter.method,
            "access" => &mut self.filter.access,
            "capability" => &mut self.filter.capability,
            "resource" => &mut self.filter.resource,
            "webhook" => &mut self.filter.webhook,
            "rate-limit" => &mut self.filter.rate_limit,
            "search" => &mut self.filter.search,
            "deprecated" => {
                self.filter.deprecated = true;
                return Ok(true);
            }
            "format" => {
                self.format = format(&parser.value()?.string()?)?;
                return Ok(true);
            }
            _ => return Ok(false),
        };
        *slot = Some(parser.value()?.string()?);
        Ok(true)
    }

    /// What is wrong with it as a whole.
    pub(crate) fn complaint(&self) -> Option<&'static str> {
        (self.operation.is_some() && self.filter != Filter::default())
            .then_some("one operation goes without filters")
    }
}

fn format(word: &str) -> Result<Format, lexopt::Error> {
    match word {
        "table" => Ok(Format::Table),
        "json" => Ok(Format::Json),
        "markdown" => Ok(Format::Markdown),
        other => {
            Err(format!("`--format` takes table, json or markdown, not `{other}`")
                .into())
        }
    }
}

/// Shows calls, or one.
pub(crate) fn run(root: &Path, asked: &Asked, ui: &Ui) -> Outcome {
    let Some(api) = crate::spec::known(root, ui) else {
        return Outcome::Found;
    };
    let text = match &asked.operation {
        Some(name) => operations::find(&api, name).map(|found| match asked.format {
            Format::Table => detail::draw(&found, ui::columns()),
            Format::Json => operations::as_json(&found),
            Format::Markdown => operations::details_as_markdown(&found),
        }),
        None => operations::rows(&api, &asked.filter).map(|rows| match asked.format {
            Format::Table => table::draw(&rows, Some(ui::columns().unwrap_or(PIPED))),
            Format::Json => operations::as_json(&rows),
            Format::Markdown => operations::rows_as_markdown(&rows),
        }),
    };
    match text {
        Ok(text) => {
            ui.show(&text);
            Outcome::Fine
        }
        Err(unknown) => wrong(&unknown, ui),
    }
}

fn wrong(unknown: &Unknown, ui: &Ui) -> Outcome {
    ui.wrong(format_args!("error: {unknown}"));
    Outcome::Typed
}
