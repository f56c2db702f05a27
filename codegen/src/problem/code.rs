//! The table of rules: a line each, never renumbered; what there is to say of one stands in `explain/<its number>.md`.

/// Whether a problem stops the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It does.
    Error,
    /// It does not, but our own spec is kept free of them.
    Warning,
}

macro_rules! codes {
    ($($(#[$attribute:meta])* $name:ident = $id:literal $severity:ident $summary:literal;)*) => {
        /// Which rule a problem breaks. Its number is for searching; its order is that of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $summary] $(#[$attribute])* $name,)*
        }

        impl Code {
            /// Every rule, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its number, such as `E0016`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Whether breaking it stops the generator.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// The rule in short: what a problem with this code is.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => $summary,)* }
            }

            /// All that there is to say of it, as its file in `explain/` does.
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
    BadYaml = "E0001" Error "What is not YAML.";
    MissingFolder = "E0002" Error "A folder that must be there and is not.";
    MissingFile = "E0003" Error "A file that must be there and is not.";
    UnknownFile = "E0004" Error "A file that has no business in the spec's folder.";
    UnreadableFile = "E0005" Error "A file that the system does not give us.";
    NotUtf8 = "E0006" Error "Text that is not UTF-8, or begins with a byte order mark.";
    EmptyFile = "E0007" Error "A file that says nothing.";
    HugeFile = "E0008" Error "A file that is larger than anyone reviews.";
    TooDeep = "E0009" Error "Mappings and lists nested deeper than the language goes.";
    SeveralDocuments = "E0010" Error "More than one document in a file.";
    DuplicateKey = "E0011" Error "A key that stands twice in one mapping.";
    Anchor = "E0012" Error "An anchor or an alias.";
    Tag = "E0013" Error "A YAML tag.";
    Flow = "E0014" Error "A list or a mapping in brackets.";
    Comment = "E0015" Error "A comment where the language has `note`.";
    UnknownKey = "E0016" Error "A key that the language does not have there.";
    MissingKey = "E0017" Error "A key that must be there and is not.";
    WrongKind = "E0018" Error "A list, a mapping, a number or a text where another of these belongs.";
    NoValue = "E0019" Error "A key or a list item without a value.";
    NotCanonical = "E0020" Error "A file that is not laid out as the formatter does it.";
    ResourceName = "E0021" Error "A resource that is not named as its file.";
    Unwritable = "E0022" Error "An invisible character, or one that the canonical form cannot represent.";
    WrongAck = "E0023" Error "An acknowledgement that names no change, or gives no reason.";
    Markup = "E0024" Error "A text that would become code, HTML or an unsafe link in the documentation.";

    // Meaning: phrases, names and references. `resolve` reports these, from E0101 on.
    WrongPhrase = "E0101" Error "A phrase that is not of the grammar.";
    UnknownType = "E0102" Error "A type that nothing defines.";
    UnknownCapability = "E0103" Error "A capability that `front.yaml` does not list.";
    UnknownRateLimit = "E0104" Error "A rate-limit class that `front.yaml` does not list.";
    UnknownEvent = "E0105" Error "A webhook event that `webhooks.yaml` does not list.";
    UnknownEndpoint = "E0106" Error "An endpoint that no resource has.";
    UnknownField = "E0107" Error "A field that its type, or its endpoint, does not have.";
    WrongWord = "E0108" Error "A word that is none of the few that may stand there.";
    WrongFigure = "E0109" Error "An invalid number, share, rate, date or address.";
    WrongName = "E0110" Error "What gives no name in Rust, or is not written as one.";
    NameTaken = "E0111" Error "Two things with one name in Rust.";
    ReservedName = "E0112" Error "A name that generated code has for something else.";
    DuplicateOperation = "E0113" Error "Two endpoints with one operation of Front's.";
    DuplicateRoute = "E0114" Error "Two endpoints with one method and path.";
    WrongVariant = "E0115" Error "A variant that calls something else than what it varies.";
    BadPath = "E0116" Error "What is not a path with placeholders.";
    UntypedPlaceholder = "E0117" Error "A placeholder of which nothing says what stands there.";
    UnusedParam = "E0118" Error "A parameter that its path does not have.";
    BodyOnGet = "E0119" Error "A body where the method has none.";
    WrongBody = "E0120" Error "A body that is not a structure.";
    MissingArgument = "E0121" Error "A required input that `arguments` does not name.";
    WrongArgument = "E0122" Error "An argument that cannot be one.";
    ListedTwice = "E0123" Error "What stands twice in one list.";
    ImpliedInput = "E0124" Error "A query parameter that every list has anyway.";
    MisplacedWord = "E0125" Error "A word of a phrase, or a key of a field, that says nothing there.";
    MisplacedType = "E0126" Error "A type where values of it cannot stand.";
    FileInAnswer = "E0127" Error "Bytes inside of an answer.";
    DottedKey = "E0128" Error "A dotted key outside of a body, or beside the key it goes through.";
    MisplacedLinks = "E0129" Error "Links on what no answer holds.";
    WrongFixed = "E0130" Error "A constant or a default that is not of its type, or where nothing is sent.";
    WrongLimit = "E0131" Error "A limit that its type cannot have.";
    AlwaysInEvent = "E0132" Error "A promise of presence in what webhooks send cut short.";
    WrongUnion = "E0133" Error "A union or a choice whose cases cannot be told apart.";
    WrongType = "E0134" Error "A type that is not one of a structure, an enumeration, a union and a choice.";
    WrongAnswer = "E0135" Error "An answer that contradicts itself.";
    StrayReplacement = "E0136" Error "A replacement for what is not deprecated.";
    EndlessType = "E0137" Error "A type of which no value can end.";
    StrayLimit = "E0138" Error "A rate-limit class that counts by what the path does not have.";

    KeyTwice = "E0139" Error "A key that one body would send twice.";
    FileInUnion = "E0140" Error "Bytes inside of a union that is sent.";
    WrongHeader = "E0141" Error "A request header with an invalid or duplicate name, or one that the client sets itself.";

    DuplicateWireName = "E0142" Error "Two headers, or two keys of one object, that have the same name.";

    // What corrects Front's document: from E0301 on.
    WrongCorrection = "E0301" Error "An invalid correction, or one that does not match Front's document.";
    CorrectedTwice = "E0302" Error "Two corrections of one place.";

    // Meaning, warnings: W0201 on.
    MissingAbout = "W0201" Warning "Something that users see and nothing describes.";
    MissingRateLimit = "W0202" Warning "An endpoint that does not say its rate limit.";
    UnusedType = "W0203" Warning "A type that no endpoint and no webhook reaches.";
    UnusedWords = "W0204" Warning "A word of `words` that no field takes.";

    RedundantFact = "W0205" Warning "A value that repeats the default.";
    ListBothWays = "W0206" Warning "A list or a map in a type that is both sent and received.";
    MisplacedCall = "W0207" Warning "An endpoint in another resource than the one it acts on, or a name that breaks the naming rule.";
    BooleanArgument = "W0208" Warning "A `boolean` in `arguments`.";

    // Warnings, from W0001 on.
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_used_once_and_says_its_severity() {
        let mut seen = std::collections::HashSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.id()), "{} stands twice", code.id());
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
