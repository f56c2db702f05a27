//! The table of rules, one line each. A rule keeps its number forever. `explain/<number>.md` is its page.

/// Whether a problem stops the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The generator stops.
    Error,
    /// The generator continues. `.ci/run` accepts no warnings for `spec/`.
    Warning,
}

macro_rules! codes {
    ($($(#[$attribute:meta])* $name:ident = $id:literal $severity:ident $summary:literal;)*) => {
        /// The rule that a problem violates. The number is for searches; the order is the order of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $summary] $(#[$attribute])* $name,)*
        }

        impl Code {
            /// Every rule, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Returns the number, such as `E0016`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Returns whether a violation stops the generator.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// Returns a one-line description of the rule.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => $summary,)* }
            }

            /// Returns the page of the rule in `explain/`.
            pub(super) fn markdown(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("explain/", $id, ".md")),)*
                }
            }
        }
    };
}

codes! {
    // Reading: files and YAML. `spec` reports these.
    BadYaml = "E0001" Error "The file is not valid YAML.";
    MissingFolder = "E0002" Error "A required folder is missing.";
    MissingFile = "E0003" Error "A required file is missing.";
    UnknownFile = "E0004" Error "A file that does not belong in the folder of the spec.";
    UnreadableFile = "E0005" Error "A file that cannot be read.";
    NotUtf8 = "E0006" Error "A file that is not UTF-8, or that begins with a byte order mark.";
    EmptyFile = "E0007" Error "An empty file.";
    HugeFile = "E0008" Error "A file that is too large to review.";
    TooDeep = "E0009" Error "Mappings and lists that are nested too deep.";
    SeveralDocuments = "E0010" Error "More than one YAML document in a file.";
    DuplicateKey = "E0011" Error "A duplicate key in a mapping.";
    Anchor = "E0012" Error "An anchor or an alias.";
    Tag = "E0013" Error "A YAML tag.";
    Flow = "E0014" Error "A list or a mapping in brackets.";
    Comment = "E0015" Error "A comment, where the language has `note`.";
    UnknownKey = "E0016" Error "An unknown key.";
    MissingKey = "E0017" Error "A missing key.";
    WrongKind = "E0018" Error "A value of the wrong kind: a list, a mapping, a number or a text where another of these is expected.";
    NoValue = "E0019" Error "A key or a list item without a value.";
    NotCanonical = "E0020" Error "A file whose layout is not the one that the formatter writes.";
    ResourceName = "E0021" Error "A resource whose name differs from its file name.";
    Unwritable = "E0022" Error "An invisible character, or one that the canonical form cannot represent.";
    WrongAck = "E0023" Error "An acknowledgement that refers to no change, or gives no reason.";
    Markup = "E0024" Error "A text that would become code, HTML or an unsafe link in the documentation.";

    // Meaning: phrases, names and references. `resolve` reports these, from E0101 on.
    WrongPhrase = "E0101" Error "A phrase that does not follow the grammar.";
    UnknownType = "E0102" Error "A type that is not defined.";
    UnknownCapability = "E0103" Error "A capability that `front.yaml` does not list.";
    UnknownRateLimit = "E0104" Error "A rate-limit class that `front.yaml` does not list.";
    UnknownEvent = "E0105" Error "A webhook event that `webhooks.yaml` does not list.";
    UnknownEndpoint = "E0106" Error "An endpoint that no resource has.";
    UnknownField = "E0107" Error "A field that the type or the endpoint does not have.";
    WrongWord = "E0108" Error "A word that is not one of the allowed words.";
    InvalidValue = "E0109" Error "An invalid number, share, rate, date or address.";
    WrongName = "E0110" Error "A key that cannot become a Rust name, or a name that does not follow Rust's conventions.";
    NameTaken = "E0111" Error "Two items with the same name in Rust.";
    ReservedName = "E0112" Error "A name that generated code, the runtime or Rust uses for something else.";
    DuplicateOperation = "E0113" Error "Two endpoints with the same operation.";
    DuplicateRoute = "E0114" Error "Two endpoints with the same method and path.";
    WrongVariant = "E0115" Error "A variant with another operation, method or path than its base endpoint.";
    BadPath = "E0116" Error "An invalid path.";
    UntypedPlaceholder = "E0117" Error "A placeholder without a type.";
    UnusedParam = "E0118" Error "A parameter that is not in the path.";
    BodyOnGet = "E0119" Error "A body on a GET request.";
    WrongBody = "E0120" Error "A body that is not a structure.";
    MissingArgument = "E0121" Error "A required input that `arguments` does not list.";
    WrongArgument = "E0122" Error "An input that cannot be an argument.";
    ListedTwice = "E0123" Error "A duplicate item in a list.";
    ImpliedInput = "E0124" Error "A query parameter that every list already has.";
    MisplacedWord = "E0125" Error "A word of a phrase, or a key of a field, that has no meaning here.";
    MisplacedType = "E0126" Error "A type whose values cannot be used here.";
    FileInAnswer = "E0127" Error "Bytes inside a response.";
    DottedKey = "E0128" Error "A dotted key outside a body, or beside a field with the same first key.";
    MisplacedLinks = "E0129" Error "Links on a type that no response contains.";
    WrongFixed = "E0130" Error "A constant or a default that does not match its type, or that is never sent.";
    WrongLimit = "E0131" Error "A limit that does not apply to its type.";
    AlwaysInEvent = "E0132" Error "A field that is `always` present, in an object that webhooks may shorten.";
    WrongUnion = "E0133" Error "A union or a choice whose cases cannot be distinguished.";
    WrongType = "E0134" Error "A type that is not exactly one of a structure, an enumeration, a union and a choice.";
    WrongAnswer = "E0135" Error "A response whose description contradicts itself.";
    StrayReplacement = "E0136" Error "A replacement of a call that is not deprecated.";
    EndlessType = "E0137" Error "A type whose values would never end.";
    StrayLimit = "E0138" Error "A rate-limit class for each value of a parameter that the path does not have.";

    KeyTwice = "E0139" Error "A key that one body would send twice.";
    FileInUnion = "E0140" Error "Bytes inside a union that is sent.";
    WrongHeader = "E0141" Error "A request header with an invalid or duplicate name, or one that the client sets itself.";

    DuplicateWireName = "E0142" Error "Two headers, or two keys of one object, that have the same name.";

    // Corrections of Front's document: from E0301 on. `front-import` reports these.
    WrongCorrection = "E0301" Error "An invalid correction, or one that does not match Front's document.";
    CorrectedTwice = "E0302" Error "Two corrections of the same location.";

    // Meaning, warnings: W0201 on.
    MissingAbout = "W0201" Warning "A public item without a description.";
    MissingRateLimit = "W0202" Warning "An endpoint without a rate limit.";
    UnusedType = "W0203" Warning "A type that no endpoint and no webhook uses.";
    UnusedWords = "W0204" Warning "An entry of `words` that no field uses.";

    RedundantFact = "W0205" Warning "A value that repeats the default.";
    ListBothWays = "W0206" Warning "A list or a map in a type that is both sent and received.";
    MisplacedCall = "W0207" Warning "An endpoint in another resource than the one it acts on, or a name that breaks the naming rule.";
    BooleanArgument = "W0208" Warning "A `boolean` in `arguments`.";
    UnusedRateLimit = "W0209" Warning "A rate-limit class that no call has.";
    UnusedPermission = "W0210" Warning "A permission that no call needs.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unique_and_begin_with_the_letter_of_the_severity() {
        let mut seen = std::collections::HashSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.id()), "duplicate number {}", code.id());
            let letter = match code.severity() {
                Severity::Error => 'E',
                Severity::Warning => 'W',
            };
            assert!(
                code.id().starts_with(letter) && code.id().len() == 5,
                "{}",
                code.id()
            );
            assert!(code.summary().ends_with('.'), "{}", code.id());
        }
    }
}
