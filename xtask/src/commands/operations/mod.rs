//! `cargo xtask operations`: lists operations, or shows one in full.

mod detail;
mod table;

use std::path::Path;

use front_codegen::operations::{self, Filter, Unknown};
use lexopt::ValueExt as _;

use crate::cli::{Command, Entry, Outcome, choice};
use crate::ui::{self, Ui};

/// The width of a table if neither a terminal nor `COLUMNS` gives one.
const PIPED: usize = 160;

pub(crate) const ENTRY: Entry = Entry {
    name: "operations",
    summary: "List the operations, or show one in full",
    usage: "[OPERATION]",
    arguments: &[
        ("OPERATION", "One operation, such as tags.list or list-tags (default: all)"),
        ("--method M", "Only operations with this HTTP method"),
        ("--access A", "Only operations with this access: read or write"),
        ("--capability C", "Only operations that need this permission, such as tags:read, or `none`"),
        ("--resource R", "Only the operations of this resource"),
        ("--webhook W", "Only operations that fire this event, `any` event or `none`"),
        ("--rate-limit L", "Only operations in this rate-limit class"),
        ("--deprecated", "Only deprecated operations"),
        ("--search TEXT", "Only operations whose name, path or description contains this"),
        ("--format F", "table (default), json or markdown"),
    ],
    new: || Box::<Operations>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Operations {
    operation: Option<String>,
    filter: Filter,
    format: Format,
}

/// The output format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Format {
    /// For a terminal.
    #[default]
    Table,
    /// For programs.
    Json,
    /// For pages.
    Markdown,
}

impl Command for Operations {
    fn option(
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
                let word = parser.value()?.string()?;
                self.format = choice(name, &word, FORMATS)?;
                return Ok(true);
            }
            _ => return Ok(false),
        };
        *slot = Some(parser.value()?.string()?);
        Ok(true)
    }

    fn positional(&mut self, value: String) -> bool {
        let takes = self.operation.is_none();
        self.operation.get_or_insert(value);
        takes
    }

    fn validate(&self) -> Result<(), String> {
        if self.operation.is_some() && self.filter != Filter::default() {
            return Err("filters do not apply to a single operation\nhelp: leave out the operation, or the filters".to_owned());
        }
        Ok(())
    }

    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        run(root, &self, ui)
    }
}

const FORMATS: &[(&str, Format)] = &[
    ("table", Format::Table),
    ("json", Format::Json),
    ("markdown", Format::Markdown),
];

/// Prints operations, or one of them.
fn run(root: &Path, asked: &Operations, ui: &Ui) -> Outcome {
    let Some(api) = crate::load::load_for_lookup(root, ui) else {
        return Outcome::Failure;
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
            ui.output(&text);
            Outcome::Success
        }
        Err(unknown) => report_unknown(&unknown, ui),
    }
}

fn report_unknown(unknown: &Unknown, ui: &Ui) -> Outcome {
    ui.error(format_args!("error: {unknown}"));
    Outcome::UsageError
}
