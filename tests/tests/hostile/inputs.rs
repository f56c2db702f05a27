//! Names and texts that have a meaning in Rust, Markdown, YAML or the generated code.

/// Names, as they may appear on the wire.
#[rustfmt::skip]
pub(crate) const NAMES: &[&str] = &[
    // Words of Rust.
    "abstract", "as", "async", "auto", "await", "become", "box", "break", "const", "continue", "crate", "default", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "macro_rules",
    "match", "mod", "move", "mut", "override", "priv", "pub", "raw", "ref", "return", "safe", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    // Common types, traits and macros.
    "bool", "char", "f32", "f64", "i64", "str", "u8", "u32", "u64", "usize", "never", "unit",
    "String", "Vec", "Option", "Some", "None", "Result", "Ok", "Err", "Box", "Copy", "Clone", "Send", "Sync", "Sized", "Drop",
    "Fn", "FnMut", "FnOnce", "Iterator", "Into", "From", "TryFrom", "AsRef", "Debug", "Display", "Default", "PartialEq", "Eq",
    "Hash", "Ord", "ToString", "Unpin", "Future", "Stream", "HashMap", "BTreeMap", "Infallible", "println", "vec", "assert",
    "panic", "format", "concat", "matches", "write", "todo",
    // Associated types and constants of traits.
    "Error", "Item", "Output", "Target", "Owned", "Value", "Unknown", "KNOWN", "SHAPE", "ALL", "Other", "Self_",
    // Crates and modules.
    "std", "core", "alloc", "serde", "serde_json", "bytes", "reqwest", "tokio", "rt", "generated", "ext", "errors", "ids",
    "operations", "permissions", "rate_limits", "service", "webhooks", "front", "front_api",
    // Methods, arguments and fields of generated code.
    "new", "clone", "fmt", "eq", "ne", "hash", "cmp", "drop", "into", "try_into", "borrow", "as_ref", "to_owned", "as_str",
    "is_known", "from_str", "parse", "decode", "encode", "shown", "known", "case", "cases", "content", "tag", "word", "value",
    "values", "key", "map", "set", "get", "put", "post", "patch", "delete", "list", "send", "stream", "pages", "with", "body",
    "query", "path", "input", "request", "response", "this", "other", "extra", "api_links", "links", "client", "options",
    "limit", "page_token", "id", "name", "kind", "serializer", "deserializer", "visitor", "formatter", "f", "s", "d", "g", "t",
    "a", "item", "items", "next", "collect", "iter", "into_iter", "execute", "builder", "from_env", "restrict", "limits", "call",
    "clear_name", "set_list", "body_list", "query_list", "from_json", "capability", "about", "status", "action", "meaning",
    // Case and separators.
    "camelCase", "PascalCase", "SHOUTY_CASE", "kebab-case", "dot.ted", "sp aced", "x__y", "_lead", "trail_", "x1", "a1b2", "B2B",
    "iOS", "X", "e-mail", "utf8", "sha256", "no1",
    // Punctuation, invisible characters and other scripts.
    "quo\"te", "apo'strophe", "back\\slash", "back`tick", "two``ticks", "`", "per%cent", "bra{ce", "bra}ce", "{}", "{0}", "bra[ck]et",
    "par(en)", "hash#tag", "r#raw", "\"#\"", "dol$lar", "a//b", "a/*b", "a*/b", "a|b", "a&b", "a<b", "a>b", "a:b", "a,b", "a;b",
    "a=b", "a+b", "a!b", "a?b", "a@b", "a^b", "a~b", "<script>", "a\nb", "a\n\n    b()", "a\rb", "a\tb", "a\u{85}b", "a\u{2028}b",
    "a\u{202e}b", "a\u{2066}b", "a\u{feff}b", "a\u{0}b", "é", "日本", "🦀", "a\u{301}", "1st", "2fa", "-", "--", "...", "",
    " ", " a", "a ", "null", "~", "yes", "no", "on", "1", "1.5", "0x1", "1e3", "2026-01-01", "!tag", "&anchor", "*alias", "- a",
    "? a", "a: b", "a #b", "%a", "@a", "```", "~~~", "```rust", "a```b",
];

/// Texts, as they may describe anything.
#[rustfmt::skip]
pub(crate) const TEXTS: &[&str] = &[
    "Plain.", "Two lines,\nno more.", "Two.\n\nParagraphs.", "- a\n- b", "1. a\n2. b", "> a", "# Heading", "Under\n=====", "a\n---\nb",
    "| a | b |\n|---|---|\n| c | d |", "*a* **b** _c_ __d__ ~e~", "a\\", "\\", "\\\\", "a\\\nb", "\"", "\"#", "\"##\"", "'", "''", "`", "``",
    "`a", "a`", "`a``b`", "`a` `b` c`", "{", "}", "{}", "{{}}", "{0:?}", "%s", "%0A", "$a", "${a}", "$(a)", "#[a]", "#![a]", "//", "///",
    "//!", "/*", "*/", "/* a */", "/**/", "*/ fn a() {} /*", "r#\"a\"#", "\\u{41}", "\\x41", "\\n", "\\0", "]]>", "-->", "--", "a;b", "a,",
    "[a]", "[a][b]", "[`a`]", "[a](b)", "[a](https://b.c)", "[a](#b)", "![a](https://b.c)", "<https://a.b>", "https://a.b", "a@b.c", "@a",
    "a < b", "a <b", "a > b", "<", "<>", "< a>", "&", "&lt;", "&amp;lt;", "&#60;", "::error::a", "a\n::error::b", "##[error]a",
    "<b>a</b>", "<script>a()</script>", "<!-- a", "<!-- a -->", "<?a?>", "</a>", "`<b>`", "`` <b> ` ``", "[a](javascript:b)",
    "[a]: javascript:b", "[a](data:b)", "[a](&#106;avascript:b)",
    "```\na()\n```", "```rust\na()\n```", "~~~\na()\n~~~", "~~~~\na()\n~~~~", "a\n```\nb()", "- ```\n  a()\n  ```", "> ```\n> a()", "````",
    "a ``` b ``` c", "a ~~~ b", "    a()", "a\n\n    b()", "a\n \n    b()", "-     a()", "- a\n\n      b()", "1.      a()", ">     a()",
    "> > -     a()", "\ta()", "a\n\n\tb()", "a\tb", "-\ta", "a\rb", "a\r\nb", "a\u{0}b", "a\u{1}0", "\u{1}0", "a\u{7}b", "a\u{1b}[31mb", "a\u{7f}b",
    "a\u{85}b", "a\u{a0}b", "a\u{ad}b", "a\u{61c}b", "a\u{200b}b", "a\u{200c}b", "a\u{200d}b", "a\u{200e}b", "a\u{200f}b", "a\u{2028}b",
    "a\u{2029}b", "a\u{202a}b", "a\u{202b}b", "a\u{202c}b", "a\u{202d}b", "a\u{202e}b", "a\u{2060}b", "a\u{2066}b", "a\u{2067}b", "a\u{2068}b",
    "a\u{2069}b", "a\u{feff}b", "a\u{fffe}b", "a\u{e0041}b", "é", "日本語", "עברית", "العربية", "🦀", "👩\u{200d}💻", "e\u{301}", "\u{ff1c}b>",
    "let a = b;", "const A: &[B] = &[", "pub static A: B = B {", "impl A {", "Self {", "    .a()", "self.0", "use a::b;", "mod a;", "}", "};",
    "a = (", "#[doc = \"a\"]", "macro_rules! a", "r#type", "a..=b", "0..", "'a", "|a| b", "a?", "a!", "!", "?", ":", ": a", "a: b", "- ", "-",
    "a #b", "#", "null", "~", "true", "1", "1.5", "", " ", " a ", "\n", "\n\n", "a\n", "\na", "a\n\n\nb", "a  b", "a  \nb",
    "A very long text that has to be broken over several lines, with `a code span that must not be broken anywhere` and 1. a number, - a dash, # a hash, > a mark, + a plus and * a star where lines may begin.",
    "Averylongwordthatcannotbebrokenanywhereandislongerthanalinemaybebyfarsothatitstandsaloneonaline_and_goes_on_and_on_and_on",
    "`An open code span that never ends and goes on over the end of the line so that nobody knows where to break it at all, at all",
];
