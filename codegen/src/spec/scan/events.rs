//! Reads the events of the parser.

use std::borrow::Cow;
use std::ops::Range;

use indexmap::IndexMap;
use indexmap::map::Entry;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};

use super::lexis::{self, Offsets};
use super::parser_errors::{self, Meaning};
use super::text::{self, Refusal};
use crate::problem::{Code, FileId, Place, Problem};
use crate::source::{Below, Node};

/// The maximum depth of nested mappings and lists: three times what the language needs.
pub(in crate::spec) const MAX_DEPTH: usize = 32;

/// The result of the first pass.
#[derive(Debug)]
pub(in crate::spec) struct Scan {
    /// The nodes. Empty if the file is invalid.
    pub(in crate::spec) root: Node,
    /// The problems.
    pub(in crate::spec) problems: Vec<Problem>,
    /// Reported entries, which the second pass ignores.
    pub(in crate::spec) hidden: Vec<Range<usize>>,
    /// Whether the second pass makes sense.
    pub(in crate::spec) sound: bool,
}

/// Scans the text of a file.
pub(in crate::spec) fn scan(file: FileId, text: &str) -> Scan {
    let mut walk = Walk::new(file, text);
    let outcome = walk.run();
    walk.comments();
    let Walk { problems, hidden, root, .. } = walk;
    let sound = outcome.is_ok();
    let root = if sound { root.unwrap_or_default() } else { Node::default() };
    Scan { root, problems, hidden, sound }
}

/// The scan cannot continue. The problem has been reported.
struct Stop;

/// A mapping or a list that is not closed yet.
enum Open {
    Mapping {
        start: usize,
        entries: IndexMap<String, Node>,
        key: Option<(String, Range<usize>)>,
    },
    List {
        start: usize,
        items: Vec<Node>,
    },
}

struct Walk<'t> {
    file: FileId,
    text: &'t str,
    offsets: Offsets,
    open: Vec<Open>,
    /// The number of open collections that are in brackets, or inside brackets.
    brackets: usize,
    root: Option<Node>,
    documents: usize,
    /// The end of the last event.
    reached: usize,
    scalars: Vec<Range<usize>>,
    hidden: Vec<Range<usize>>,
    problems: Vec<Problem>,
}

impl<'t> Walk<'t> {
    fn new(file: FileId, text: &'t str) -> Self {
        Self {
            file,
            text,
            offsets: Offsets::new(text),
            open: Vec::new(),
            brackets: 0,
            root: None,
            documents: 0,
            reached: 0,
            scalars: Vec::new(),
            hidden: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Reads the events to the end, or to the first problem after which the scan cannot continue.
    fn run(&mut self) -> Result<(), Stop> {
        if let Some((at, c)) = lexis::doubtful(self.text) {
            let title = format!(
                "invalid YAML: the character U+{:04X} is not allowed here",
                u32::from(c)
            );
            let problem = self.problem(Code::BadYaml, title, at..at + c.len_utf8());
            return self.stop(
                problem.help("remove it: invisible characters cannot be reviewed"),
            );
        }
        let mut parser: Parser<'_, StrInput<'_>> = Parser::new_from_str(self.text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.bad_yaml(&error))?;
            let span = self.bytes(span);
            self.event(event, span.clone())?;
            self.reached = self.reached.max(span.end);
        }
        match &self.root {
            Some(root)
                if !root.span.is_empty() || !matches!(root.below, Below::Scalar) =>
            {
                Ok(())
            }
            _ => {
                let problem = self.problem(Code::EmptyFile, "the file is empty", 0..0);
                self.stop(problem.help("add the contents, or remove the file"))
            }
        }
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Stop> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let problem = self.problem(
                        Code::SeveralDocuments,
                        "the file has several YAML documents",
                        span,
                    );
                    return self.stop(
                        problem
                            .label("the second one begins here")
                            .help("write each into its own file"),
                    );
                }
            }
            Event::MappingStart(anchor, tag) => {
                self.decoration(anchor, tag.as_ref(), &span);
                let start = lexis::undecorated(self.text, &span).start;
                let open = Open::Mapping { start, entries: IndexMap::new(), key: None };
                self.enter(open, &span)?;
            }
            Event::SequenceStart(anchor, tag) => {
                self.decoration(anchor, tag.as_ref(), &span);
                // For a list that is not indented, the parser reports the place behind the first dash.
                let start = lexis::undecorated(self.text, &span).start;
                let start = if lexis::in_brackets(self.text, start) {
                    start
                } else {
                    lexis::dash(self.text, start)
                };
                self.enter(Open::List { start, items: Vec::new() }, &span)?;
            }
            Event::MappingEnd | Event::SequenceEnd => self.leave(&span)?,
            Event::Scalar(value, style, anchor, tag) => {
                self.decoration(anchor, tag.as_ref(), &span);
                let span = lexis::scalar(self.text, style, span);
                self.scalars.push(span.clone());
                self.scalar(&value, style, span)?;
            }
            Event::Alias(_) => {
                let problem =
                    self.problem(Code::Anchor, "aliases are not allowed", span);
                let problem = problem.label("refers to a value elsewhere");
                return self.stop(problem.help(
                    "write the value instead: reviewers see only the lines around it",
                ));
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn enter(&mut self, open: Open, span: &Range<usize>) -> Result<(), Stop> {
        if self.open.len() == MAX_DEPTH {
            let title = format!("more than {MAX_DEPTH} levels of nesting");
            return self.stop(self.problem(Code::TooDeep, title, span.clone()));
        }
        if let Some(Open::Mapping { key: None, .. }) = self.open.last() {
            let problem =
                self.problem(Code::BadYaml, "a key must be a text", span.clone());
            return self.stop(problem.label("a list or a mapping is used as a key"));
        }
        self.open.push(open);
        if self.brackets > 0
            || (!span.is_empty()
                && lexis::in_brackets(
                    self.text,
                    lexis::undecorated(self.text, span).start,
                ))
        {
            self.brackets += 1;
        }
        Ok(())
    }

    fn leave(&mut self, span: &Range<usize>) -> Result<(), Stop> {
        let trimmed = self.text[..span.start].trim_end().len();
        let end = if span.is_empty() { trimmed } else { span.end };
        let (start, below) = match self.open.pop() {
            Some(Open::Mapping { start, entries, .. }) => {
                (start, Below::Mapping(entries))
            }
            Some(Open::List { start, items }) => (start, Below::List(items)),
            None => return Ok(()),
        };
        let node = Node { span: start..end.max(start), start, key: None, below };
        if self.brackets > 0 {
            self.brackets -= 1;
            if self.brackets == 0 && node.children().next().is_some() {
                let what = if matches!(node.below, Below::List(_)) {
                    "a list"
                } else {
                    "a mapping"
                };
                let problem = self.problem(
                    Code::Flow,
                    format!("{what} is written in brackets"),
                    node.span.clone(),
                );
                self.problems.push(
                    problem.help(
                        "write each item on its own line, without brackets; `cargo xtask format` does that",
                    ),
                );
            }
        }
        self.place(node)
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        span: Range<usize>,
    ) -> Result<(), Stop> {
        let is_key = matches!(self.open.last(), Some(Open::Mapping { key: None, .. }));
        if let Some(refusal) = text::refusal(value, is_key) {
            self.refused(refusal, &span);
        }
        if let Some(Open::Mapping { key: key @ None, .. }) = self.open.last_mut() {
            *key = Some((value.to_owned(), span));
            return Ok(());
        }
        let nothing = style == ScalarStyle::Plain
            && matches!(value, "" | "~" | "null" | "Null" | "NULL");
        if nothing && !self.open.is_empty() {
            self.no_value(value, &span);
        }
        self.place(Node { start: span.start, span, key: None, below: Below::Scalar })
    }

    /// Adds a complete node to its parent.
    fn place(&mut self, mut node: Node) -> Result<(), Stop> {
        let dash = lexis::dash(self.text, node.start);
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => {
                node.start = dash;
                items.push(node);
            }
            Some(Open::Mapping { entries, key, .. }) => {
                let Some((name, span)) = key.take() else {
                    let problem =
                        self.problem(Code::BadYaml, "a key must be a text", node.span);
                    return self.stop(problem);
                };
                node.start = span.start;
                node.key = Some(span.clone());
                match entries.entry(name) {
                    Entry::Vacant(free) => {
                        free.insert(node);
                    }
                    Entry::Occupied(taken) => {
                        let first = taken.get().head();
                        let problem = Problem::new(
                            Code::DuplicateKey,
                            format!("duplicate key `{}`", taken.key()),
                        )
                        .at(Place::new(self.file, span.clone()))
                        .label("again here")
                        .also(Place::new(self.file, first), "first here");
                        self.problems.push(problem);
                        self.hidden.push(span.start..node.span.end.max(span.end));
                    }
                }
            }
        }
        Ok(())
    }

    /// Reports content that a key, a value or a text must not have.
    fn refused(&mut self, refusal: Refusal, span: &Range<usize>) {
        // A literal character is marked itself; for an escape, the whole text is.
        let written = text::place(&self.text[span.clone()])
            .map(|at| span.start + at.start..span.start + at.end);
        let line = &self.text[span.clone()];
        let line = span.start..span.start + line.find('\n').unwrap_or(line.len());
        let at = match refusal {
            Refusal::Invisible(_) => written.unwrap_or(line),
            _ => line,
        };
        let code = match refusal {
            Refusal::Invisible(_) | Refusal::LineBreak => Code::Unwritable,
            Refusal::Fence | Refusal::Indented | Refusal::Html | Refusal::Link => {
                Code::Markup
            }
        };
        let problem = self.problem(code, refusal.to_string(), at).help(refusal.help());
        self.problems.push(problem);
    }

    fn no_value(&mut self, word: &str, span: &Range<usize>) {
        let (title, at, hidden) = match self.open.last() {
            Some(Open::Mapping { key: Some((name, key)), .. }) => (
                format!("`{name}` has no value"),
                key.clone(),
                key.start..span.end.max(key.end),
            ),
            _ => {
                let dash = lexis::dash(self.text, span.start);
                (
                    "a list item has no value".to_owned(),
                    dash..span.end.max(dash + 1),
                    dash..span.end,
                )
            }
        };
        let mut problem =
            self.problem(Code::NoValue, title, at).help("write a value, or remove it");
        if !word.is_empty() {
            problem = problem
                .help(format!("to write the word itself, use quotes: `'{word}'`"));
        }
        self.problems.push(problem);
        self.hidden.push(hidden);
    }

    /// Reports an anchor or a tag before the node at `span`.
    fn decoration(
        &mut self,
        anchor: usize,
        tag: Option<&Cow<'_, Tag>>,
        span: &Range<usize>,
    ) {
        let from = self.reached.min(span.end);
        let between = &self.text[from..span.end];
        let word = |sign: char| {
            let start = between.find(sign)?;
            let length = between[start..]
                .find(char::is_whitespace)
                .unwrap_or(between.len() - start);
            Some(from + start..from + start + length)
        };
        if anchor != 0 {
            let at = word('&').unwrap_or_else(|| span.clone());
            let problem = self.problem(Code::Anchor, "anchors are not allowed", at);
            self.problems.push(
                problem.help(
                    "remove it, and write the value wherever an alias refers to it",
                ),
            );
        }
        if tag.is_some() {
            let at = word('!').unwrap_or_else(|| span.clone());
            let problem = self.problem(Code::Tag, "YAML tags are not allowed", at);
            self.problems.push(
                problem.help("remove it: the language defines the kind of every value"),
            );
        }
    }

    fn comments(&mut self) {
        let known = &self.text[..self.reached];
        for at in lexis::comments(known, &self.scalars) {
            let problem = self.problem(Code::Comment, "comments are not allowed", at);
            self.problems.push(
                problem.help(
                    "move it to a `note`, which the formatter keeps, or remove it",
                ),
            );
        }
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let start = self.offsets.byte(span.start.index());
        start..self.offsets.byte(span.end.index()).max(start)
    }

    fn problem(
        &self,
        code: Code,
        title: impl Into<String>,
        span: Range<usize>,
    ) -> Problem {
        Problem::new(code, title).at(Place::new(self.file, span))
    }

    fn stop(&mut self, problem: Problem) -> Result<(), Stop> {
        self.problems.push(problem);
        Err(Stop)
    }

    fn bad_yaml(&mut self, error: &ScanError) -> Stop {
        let mut start = self.offsets.byte(error.marker().index());
        if error.info().contains("tab") {
            // The parser reports the token after the tab.
            start += self.text[start..].find('\t').unwrap_or(0);
        }
        let end = start
            + self.text[start..]
                .chars()
                .next()
                .filter(|c| *c != '\n')
                .map_or(0, char::len_utf8);
        let problem = match parser_errors::meaning(error.info()) {
            Some(Meaning { title, label, help }) => self
                .problem(Code::BadYaml, format!("invalid YAML: {title}"), start..end)
                .label(*label)
                .help(*help),
            None => {
                let title = format!("invalid YAML: {}", error.info());
                self.problem(Code::BadYaml, title, start..end)
                    .help(parser_errors::ADVICE)
            }
        };
        self.problems.push(problem);
        Stop
    }
}
