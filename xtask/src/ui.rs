//! The output of commands: verbosity and color.

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal as _, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::ColorChoice;

/// The output settings of a command.
pub(crate) struct Ui {
    /// Print only errors and warnings.
    pub(crate) quiet: bool,
    /// Print details.
    pub(crate) verbose: bool,
    /// When to use color.
    pub(crate) color: ColorChoice,
    /// Whether printing has failed.
    failed: AtomicBool,
}

impl Default for Ui {
    fn default() -> Self {
        Self {
            quiet: false,
            verbose: false,
            color: ColorChoice::Auto,
            failed: AtomicBool::new(false),
        }
    }
}

impl Ui {
    /// Applies the choice of color to everything that is printed.
    pub(crate) fn apply(&self) {
        self.color.write_global();
    }

    /// Returns whether standard error is colored.
    pub(crate) fn colored(&self) -> bool {
        match self.color {
            ColorChoice::Never => false,
            ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
            ColorChoice::Auto => {
                std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        }
    }

    /// Returns whether standard output is colored.
    pub(crate) fn shows_color(&self) -> bool {
        match self.color {
            ColorChoice::Never => false,
            ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
            ColorChoice::Auto => {
                std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        }
    }

    /// Returns whether progress is shown.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Prints a result, unless `--quiet`.
    pub(crate) fn info(&self, text: impl std::fmt::Display) {
        if !self.quiet {
            self.output(&format!("{text}\n"));
        }
    }

    /// Prints workflow commands for GitHub. Everything that they quote must be escaped already.
    pub(crate) fn show_commands(&self, text: &str) {
        self.print(text);
    }

    /// Prints the requested output.
    pub(crate) fn output(&self, text: &str) {
        self.print(&safe_for_log(text));
    }

    /// Prints a text. A reader may close the pipe early; any other failure is reported once.
    fn print(&self, text: &str) {
        let mut out = anstream::stdout();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        let Err(error) = written else { return };
        if error.kind() != ErrorKind::BrokenPipe
            && !self.failed.swap(true, Ordering::Relaxed)
        {
            self.error(format_args!("error: failed to print the output: {error}"));
        }
    }

    /// Returns whether printing has failed. The failure has been reported.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    /// Prints a detail, with `--verbose`.
    pub(crate) fn detail(&self, text: impl std::fmt::Display) {
        if self.verbose {
            self.output(&format!("{text}\n"));
        }
    }

    /// Prints a step to standard error, with `--verbose`. Standard output may be for a program.
    pub(crate) fn step(&self, text: impl std::fmt::Display) {
        if self.verbose {
            self.error(text);
        }
    }

    /// Prints an error or a warning to standard error.
    pub(crate) fn error(&self, text: impl std::fmt::Display) {
        // If even this cannot be printed, the exit code still reports the failure.
        let text = text.to_string();
        let _unreported = writeln!(anstream::stderr(), "{}", safe_for_log(&text));
    }
}

/// Returns the text in a form that is safe in a log. In a workflow, GitHub runs lines that begin with `::`, and `##[` anywhere in a
/// line, as commands. The output quotes the spec, Front's document and file names, which a stranger may have written.
fn safe_for_log(text: &str) -> Cow<'_, str> {
    match std::env::var_os("GITHUB_ACTIONS") {
        Some(value) if value == "true" => inert(text),
        _ => Cow::Borrowed(text),
    }
}

/// Returns the text with a space in every workflow command, so that GitHub does not run it.
fn inert(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    // A carriage return also ends a line.
    for line in text.split_inclusive(['\n', '\r']) {
        let begin = line.trim_start();
        let indent = &line[..line.len() - begin.len()];
        safe.push_str(indent);
        let begin = begin
            .strip_prefix("::")
            .map_or(Cow::Borrowed(begin), |rest| format!(": :{rest}").into());
        safe.push_str(&begin.replace("##[", "## ["));
    }
    safe.into()
}

/// Returns the columns of `COLUMNS`, or of the terminal at standard output. `None` if it is not a terminal.
pub(crate) fn columns() -> Option<usize> {
    let from_environment =
        std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    from_environment.filter(|columns| *columns > 0).or_else(|| {
        terminal_size::terminal_size_of(std::io::stdout())
            .map(|(terminal_size::Width(columns), _)| usize::from(columns))
    })
}

/// Returns a number with its noun: `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn no_line_is_a_workflow_command() {
        for (text, expected) in [
            ("::error::x\n", ": :error::x\n"),
            ("a\n  ::warning file=y::x", "a\n  : :warning file=y::x"),
            ("a\r::stop-commands::x", "a\r: :stop-commands::x"),
            ("a\u{a0}\n\u{2003}::x::", "a\u{a0}\n\u{2003}: :x::"),
            ("a ##[error]x", "a ## [error]x"),
            ("::x##[y", ": :x## [y"),
            (":::x", ": ::x"),
            ("tags::Tag ::x\n# [a]", "tags::Tag ::x\n# [a]"),
            ("", ""),
        ] {
            assert_eq!(inert(text), expected, "{text:?}");
        }
    }
}
