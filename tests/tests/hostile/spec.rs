//! A spec that has each name at each position, and each text at several, as far as they are accepted.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use front_codegen::ir::Api;
use front_codegen::problem::{Code, Problem, Problems};
use front_codegen::source::Source;
use front_codegen::{resolve, spec};
use front_tests::root;

/// Where names stand.
pub(crate) const POSITIONS: &[&str] = &[
    "value",
    "named value",
    "field",
    "setter",
    "argument",
    "query",
    "path",
    "call",
    "type",
    "union case",
    "kind",
    "choice",
    "choice field",
    "link",
    "capability",
    "plan",
    "rate limit",
    "event",
    "resource",
    "alias",
];

/// A name or a text at a position.
type Entry = (&'static str, &'static str);

/// What was accepted.
pub(crate) struct Hostile {
    kept: BTreeSet<Entry>,
    pub(crate) api: Api,
}

impl Hostile {
    /// Leaves out what is rejected until nothing is.
    pub(crate) fn accepted(names: &[&'static str], texts: &[&'static str]) -> Self {
        // A call and a type of one name would be one name in Rust: each gets every other one.
        let is_tried = |at: &str, number: usize| match at {
            "type" => number.is_multiple_of(2),
            "call" => !number.is_multiple_of(2),
            _ => true,
        };
        let of_names = POSITIONS.iter().flat_map(|at| {
            let tried = names.iter().enumerate();
            let tried = tried.filter(move |(number, _)| is_tried(at, *number));
            tried.map(|(_, name)| (*at, *name))
        });
        let of_texts =
            TEXTS_AT.iter().flat_map(|at| texts.iter().map(|text| (*at, *text)));
        let mut kept: BTreeSet<Entry> = of_names.chain(of_texts).collect();
        loop {
            let files = files(&kept);
            let before = kept.len();
            let (problems, sources, api) = read(&files);
            for problem in problems.iter().filter(|problem| matters(problem)) {
                let at = problem.at.as_ref();
                let entry = at.and_then(|at| {
                    let file = files
                        .iter()
                        .find(|file| file.path == sources[at.file.0].path)?;
                    let mut entries = file.entries.iter();
                    entries.find(|(range, _)| range.contains(&at.span.start))
                });
                let Some((_, entry)) = entry else {
                    panic!("{}: {}", problem.title, problems.render(&sources, false))
                };
                kept.remove(entry);
            }
            if kept.len() == before {
                let api = api
                    .unwrap_or_else(|| panic!("{}", problems.render(&sources, false)));
                return Self { kept, api };
            }
        }
    }

    /// How many names are accepted at a position.
    pub(crate) fn kept(&self, position: &str) -> usize {
        self.kept.iter().filter(|(at, _)| *at == position).count()
    }

    /// Whether a name is accepted at a position.
    pub(crate) fn keeps(&self, position: &'static str, name: &'static str) -> bool {
        self.kept.contains(&(position, name))
    }
}

/// Whether a problem is an error of more than layout: every text here is quoted.
fn matters(problem: &Problem) -> bool {
    problem.is_error() && problem.code != Code::NotCanonical
}

fn read(files: &[File]) -> (Problems, Vec<Source>, Option<Api>) {
    let texts =
        files.iter().map(|file| (file.path.clone(), file.text.clone())).collect();
    match spec::read_texts(texts) {
        Ok((spec, mut problems)) => {
            let (api, meaning) = resolve::resolve(&spec);
            problems.extend(meaning);
            (problems, spec.sources, api)
        }
        Err(unread) => (unread.problems, unread.sources, None),
    }
}

/// Where texts stand.
const TEXTS_AT: &[&str] =
    &["about", "value about", "deprecated", "field about", "call about", "setter about"];

/// A file, and which of its bytes are whose.
struct File {
    path: String,
    text: String,
    entries: Vec<(Range<usize>, Entry)>,
}

impl File {
    fn new(path: &str) -> Self {
        Self { path: path.to_owned(), text: String::new(), entries: Vec::new() }
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Lines for each entry of a position, `@` for the name or the text in quotes and `#` for its number.
    fn each(&mut self, kept: &BTreeSet<Entry>, position: &str, lines: &str) {
        for (number, entry) in
            kept.iter().enumerate().filter(|(_, (at, _))| *at == position)
        {
            let quoted = serde_json::to_string(entry.1).unwrap();
            let begin = self.text.len();
            let lines = lines.replace('#', &number.to_string()).replace('@', &quoted);
            self.line(&lines);
            self.entries.push((begin..self.text.len(), *entry));
        }
    }
}

fn call(name: &str, method: &str) -> String {
    format!(
        "  {name}:\n    operation: {name}-hostile\n    method: {method}\n    path: /hostile/{name}\n    about: Does it.\n    capability: none\n    rate_limit: standard\n    webhook: none"
    )
}

fn files(kept: &BTreeSet<Entry>) -> Vec<File> {
    let mut files =
        vec![front(kept), webhooks(kept), hostile(kept), calls(kept), types(kept)];
    for (number, entry) in
        kept.iter().enumerate().filter(|(_, (at, _))| *at == "resource")
    {
        let path = format!("spec/resources/{}.yaml", entry.1.replace(['/', '\\'], "_"));
        if files.iter().any(|file| file.path == path) {
            continue;
        }
        let mut file = File::new(&path);
        let only = BTreeSet::from([*entry]);
        file.each(
            &only,
            "resource",
            "resource: @\nabout: One.\nnoun: thing\nendpoints:\n  fetch:",
        );
        let begin = file.text.len();
        let _infallible = write!(
            file.text,
            "    operation: fetch-{number}\n    method: GET\n    path: /r/{number}\n    about: Does it.\n    capability: none\n    rate_limit: standard\n    webhook: none\n"
        );
        file.entries.push((begin..file.text.len() + 1, *entry));
        files.push(file);
    }
    files
}

fn golden(path: &str) -> String {
    std::fs::read_to_string(root().join("tests/golden").join(path)).unwrap()
}

fn front(kept: &BTreeSet<Entry>) -> File {
    let mut file = File::new("spec/front.yaml");
    for line in golden("spec/front.yaml").lines() {
        file.line(line);
        match line {
            "plans:" => {
                file.each(kept, "plan", "  @:\n    about: One.\n    per_minute: 1#")
            }
            "rate_limits:" => {
                file.each(kept, "rate limit", "  @:\n    about: One.\n    certainty: A");
            }
            "capabilities:" => {
                let mut scoped = File::new("");
                scoped.each(kept, "capability", "@");
                for (_, entry) in &scoped.entries {
                    let scope =
                        serde_json::to_string(&format!("{}:read", entry.1)).unwrap();
                    let begin = file.text.len();
                    file.line(&format!("  {scope}: See them."));
                    file.entries.push((begin..file.text.len(), *entry));
                }
            }
            _ => {}
        }
    }
    file
}

fn webhooks(kept: &BTreeSet<Entry>) -> File {
    let mut file = File::new("spec/webhooks.yaml");
    for line in golden("spec/webhooks.yaml").lines() {
        file.line(line);
        if line == "events:" {
            file.each(kept, "event", "  @:\n    signals: It changed.");
        }
    }
    file
}

/// Fields and values of types, and the calls that use them.
fn hostile(kept: &BTreeSet<Entry>) -> File {
    let mut file = File::new("spec/resources/hostile.yaml");
    file.line("resource: hostile\nabout: One.\nnoun: thing\nid:\n  type: PlainId\n  prefix: pla\n  aliases:");
    file.each(kept, "alias", "  - @");
    file.line("endpoints:");
    file.line(&call("fetch", "GET"));
    file.line("    returns:\n      type: Thing");
    file.line(&call("search", "GET"));
    file.line("    query:");
    file.each(kept, "query", "      @:\n        type: string\n        about: It.");
    file.line("    list: Thing");
    file.each(
        kept,
        "argument",
        "  add_#:\n    operation: add-#\n    method: POST\n    path: /add/#\n    about: Does it.\n    capability: none\n    rate_limit: standard\n    webhook: none\n    arguments:\n    - @\n    body: Added#",
    );
    file.line(&call("pick", "POST"));
    file.line("    body: Picking");
    file.line(&call("part", "POST"));
    file.line("    body: Parting");
    file.line(&call("change", "PATCH"));
    file.line("    body: Changed");
    file.line("types:");
    file.line("  Thing:\n    about: One.\n    links:");
    file.each(kept, "link", "    - @");
    file.line("    fields:\n      hostile_own_id: PlainId\n      hostile_values: Values\n      hostile_named: Named\n      hostile_cases: Cases\n      hostile_kinds: Kinds\n      hostile_texts: Texts");
    file.each(kept, "field", "      @: nullable string");
    file.each(
        kept,
        "field about",
        "      hostile_text_#:\n        type: string\n        about: @",
    );
    file.line("  Values:\n    about: Some.\n    values:\n    - hostile_value");
    file.each(kept, "value", "    - @");
    file.line("  Named:\n    about: Some.\n    values:\n    - hostile_value");
    file.each(kept, "named value", "    - hostile-#:\n        name: @");
    file.line("  Texts:\n    about: Some.\n    values:\n    - hostile_value");
    file.each(kept, "value about", "    - hostile-#: @");
    file.each(
        kept,
        "deprecated",
        "    - hostile-#:\n        about: Some.\n        deprecated: @",
    );
    file.line("  Cases:\n    about: One of them.\n    union:\n      tag: type\n      content: data\n      cases:\n        hostile_case: json");
    file.each(kept, "union case", "        @: json");
    file.line("  Kinds:\n    about: One of them.\n    union:\n      tag: type\n      content: data\n      cases:\n        hostile_case: json");
    file.each(
        kept,
        "kind",
        "        hostile-#:\n          type: json\n          name: @",
    );
    file.each(
        kept,
        "argument",
        "  Added#:\n    about: One.\n    fields:\n      @:\n        type: required string\n        about: It.",
    );
    file.line("  Picking:\n    about: One.\n    fields:\n      hostile_choice:\n        type: Picked\n        about: It.");
    file.line("  Parting:\n    about: One.\n    fields:\n      hostile_parts:\n        type: Parts\n        about: It.");
    file.line("  Changed:\n    about: One.\n    fields:\n      hostile_field:\n        type: string\n        about: It.");
    file.each(
        kept,
        "setter",
        "      @:\n        type: nullable string\n        about: It.",
    );
    file.each(
        kept,
        "setter about",
        "      hostile_text_#:\n        type: string\n        about: @",
    );
    file.line(
        "  Picked:\n    about: One of them.\n    choice:\n      tag: type\n      cases:",
    );
    file.each(
        kept,
        "choice",
        "        @:\n          of_it:\n            type: string\n            about: It.",
    );
    file.line("  Parts:\n    about: One of them.\n    choice:\n      cases:\n        hostile_case:\n          hostile_part:\n            type: string\n            about: It.");
    file.each(
        kept,
        "choice field",
        "          @:\n            type: string\n            about: It.",
    );
    file
}

/// Names of calls and placeholders.
fn calls(kept: &BTreeSet<Entry>) -> File {
    let mut file = File::new("spec/resources/hostile_calls.yaml");
    file.line("resource: hostile_calls\nabout: One.\nnoun: thing\nendpoints:");
    let rest = "    about: Does it.\n    capability: none\n    rate_limit: standard\n    webhook: none";
    file.each(
        kept,
        "call",
        &format!(
            "  @:\n    operation: call-#\n    method: GET\n    path: /call/#\n{rest}"
        ),
    );
    file.each(
        kept,
        "call about",
        "  hostile_text_#:\n    operation: text-#\n    method: GET\n    path: /text/#\n    about: @\n    capability: none\n    rate_limit: standard\n    webhook: none",
    );
    // Of a placeholder the name stands in the path, too.
    let mut paths = File::new("");
    paths.each(kept, "path", "#");
    for (range, entry) in &paths.entries {
        let number = paths.text[range.clone()].trim();
        let path =
            serde_json::to_string(&format!("/path/{number}/{{{}}}", entry.1)).unwrap();
        let key = serde_json::to_string(entry.1).unwrap();
        let begin = file.text.len();
        file.line(&format!(
            "  path_{number}:\n    operation: path-{number}\n    method: DELETE\n    path: {path}\n{rest}\n    params:\n      {key}:\n        type: string\n        about: It."
        ));
        file.entries.push((begin..file.text.len(), *entry));
    }
    file
}

/// Names of types, each of which a call returns.
fn types(kept: &BTreeSet<Entry>) -> File {
    let mut file = File::new("spec/resources/hostile_types.yaml");
    file.line("resource: hostile_types\nabout: One.\nnoun: thing\nendpoints:");
    file.line(&call("all", "GET"));
    file.line("    returns:\n      type: AllOfThem\ntypes:\n  AllOfThem:\n    about: All.\n    fields:");
    file.each(kept, "about", "      hostile_text_#: HostileText#");
    let mut named = File::new("");
    named.each(kept, "type", "#");
    let mut typed = Vec::new();
    for (range, entry) in &named.entries {
        let number = named.text[range.clone()].trim().to_owned();
        typed.push((number, camel(entry.1), *entry));
    }
    for (number, name, entry) in &typed {
        let begin = file.text.len();
        file.line(&format!(
            "      hostile_{number}: {}",
            serde_json::to_string(name).unwrap()
        ));
        file.entries.push((begin..file.text.len(), *entry));
    }
    file.each(
        kept,
        "about",
        "  HostileText#:\n    about: @\n    fields:\n      a: string",
    );
    for (_, name, entry) in &typed {
        let begin = file.text.len();
        let key = serde_json::to_string(name).unwrap();
        file.line(&format!("  {key}:\n    about: One.\n    fields:\n      a: string"));
        file.entries.push((begin..file.text.len(), *entry));
    }
    file
}

/// A name with a capital first, and what follows a sign likewise.
fn camel(name: &str) -> String {
    let mut capital = true;
    let mut text = String::new();
    for c in name.chars() {
        if c == '_' || c == '-' || c == ' ' {
            capital = true;
        } else if std::mem::take(&mut capital) {
            text.extend(c.to_uppercase());
        } else {
            text.push(c);
        }
    }
    text
}
