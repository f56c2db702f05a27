//! How much is said, and whether in colour.

use std::io::{ErrorKind, IsTerminal as _, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::ColorChoice;

/// How a command speaks.
pub(crate) struct Ui {
    /// Say nothing but what is wrong.
    pub(crate) quiet: bool,
    /// Say more.
    pub(crate) verbose: bool,
    /// When to colour.
    pub(crate) color: ColorChoice,
    /// Something could not be printed.
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
    /// Makes the choice of colour hold for everything that is printed.
    pub(crate) fn apply(&self) {
        self.color.write_global();
    }

    /// Whether what goes to standard error is coloured.
    pub(crate) fn colored(&self) -> bool {
        match self.color {
            ColorChoice::Never => false,
            ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
            ColorChoice::Auto => {
                std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        }
    }

    /// Whether what goes to standard output is coloured.
    pub(crate) fn shows_color(&self) -> bool {
        match self.color {
            ColorChoice::Never => false,
            ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
            ColorChoice::Auto => {
                std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        }
    }

    /// Whether somebody watches how far it is.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Says how it went.
    pub(crate) fn say(&self, text: impl std::fmt::Display) {
        if !self.quiet {
            self.show(&format!("{text}\n"));
        }
    }

    /// Shows what was asked for. Who reads it may have seen enough before its end; that it went nowhere is said, once.
    pub(crate) fn show(&self, text: &str) {
        let mut out = anstream::stdout();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        let Err(error) = written else { return };
        if error.kind() != ErrorKind::BrokenPipe
            && !self.failed.swap(true, Ordering::Relaxed)
        {
            self.wrong(format_args!("error: not all of it was printed: {error}"));
        }
    }

    /// Whether something could not be printed, and it has been said.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    /// Says a detail.
    pub(crate) fn detail(&self, text: impl std::fmt::Display) {
        if self.verbose {
            self.show(&format!("{text}\n"));
        }
    }

    /// Says what is being done, beside what is shown: that may be for a program.
    pub(crate) fn step(&self, text: impl std::fmt::Display) {
        if self.verbose {
            self.wrong(text);
        }
    }

    /// Says what is wrong.
    pub(crate) fn wrong(&self, text: impl std::fmt::Display) {
        // Where even that cannot be said, the exit code says it.
        let _unsaid = writeln!(anstream::stderr(), "{text}");
    }
}

/// The columns of the terminal that standard output is; none where it is something else.
pub(crate) fn columns() -> Option<usize> {
    terminal_size::terminal_size_of(std::io::stdout())
        .map(|(terminal_size::Width(columns), _)| usize::from(columns))
}

/// A number with its noun: `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
