//! What is said of things: one finding for each text, at its definition. Texts of calls are told with the calls.

use std::collections::BTreeSet;

use super::Cx;
use super::build::{front_at, of_service, of_type, type_at};
use crate::compare::data::enums;
use crate::compare::data::fields;
use crate::compare::data::unions;
use crate::compare::operation::given::are_inputs;
use crate::finding::{At, Finding, Subject};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use front_codegen::emit::docs::facts;
use front_codegen::ir::{Api, Case, Field, Kind, Type, TypeId, Variant};
use front_codegen::source::at;

rules! {
    TEXT_CHANGED = "text-changed", Itself, "Something is described in other words.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    let mut texts = Texts { cx, words: BTreeSet::new(), findings };
    texts.service();
    texts.named();
    texts.resources();
    for &pair in &cx.pairs.types {
        if let Pair::Both(old, new) = pair {
            texts.of_type(old, new);
        }
    }
    texts.webhooks();
    texts.the_words();
}

/// A text: where it stands, and what it says.
struct Text {
    at: At,
    said: Option<String>,
}

struct Texts<'a> {
    cx: &'a Cx<'a>,
    /// Keys whose sentence in `words` differs where a field takes it.
    words: BTreeSet<String>,
    findings: &'a mut Vec<Finding>,
}

impl Texts<'_> {
    fn text(&mut self, subject: Subject, of: &str, old: Text, new: Text) {
        if old.said == new.said {
            return;
        }
        let message = match (&old.said, &new.said) {
            (None, _) => format!("{of} is described now"),
            (_, None) => format!("{of} is not described any more"),
            _ => format!("{of} is described in other words"),
        };
        let mut finding = Finding::new(&TEXT_CHANGED, subject, message)
            .at_base(old.at)
            .at_head(new.at);
        (finding.old, finding.new) = (old.said, new.said);
        self.findings.push(finding);
    }

    /// A text of `front.yaml` that both sides have at one path.
    fn front(&mut self, kind: &'static str, path: &[&str], old: &str, new: &str) {
        self.front_moved(kind, (path, old), (path, new));
    }

    /// A text of `front.yaml` that each side has at a path of its own.
    fn front_moved(
        &mut self,
        kind: &'static str,
        (was_at, was): (&[&str], &str),
        (is_at, is): (&[&str], &str),
    ) {
        let place = |path: &[&str], said: &str| Text {
            at: front_at(path.iter().copied()),
            said: Some(said.to_owned()),
        };
        let id = is_at.join(".");
        self.text(
            of_service(kind, id.as_str()),
            &format!("`{id}`"),
            place(was_at, was),
            place(is_at, is),
        );
    }

    /// What may be renamed.
    fn named(&mut self) {
        let (base, head) = (self.cx.base, self.cx.head);
        for &pair in &self.cx.pairs.plans {
            let Pair::Both(old, new) = pair else { continue };
            let (old, new) = (&base.service.plans[old], &head.service.plans[new]);
            self.front_moved(
                "plan",
                (&["plans", old.name.plain(), "about"], &old.about),
                (&["plans", new.name.plain(), "about"], &new.about),
            );
        }
        for &pair in &self.cx.pairs.rate_limits {
            let Pair::Both(old, new) = pair else { continue };
            let (old, new) = (&base[old], &head[new]);
            self.front_moved(
                "rate-limit",
                (&["rate_limits", old.name.plain(), "about"], &old.about),
                (&["rate_limits", new.name.plain(), "about"], &new.about),
            );
        }
        for &pair in &self.cx.pairs.permissions {
            let Pair::Both(old, new) = pair else { continue };
            let (old, new) = (&base[old], &head[new]);
            self.front_moved(
                "permission",
                (&["capabilities", &old.scope], &old.about),
                (&["capabilities", &new.scope], &new.about),
            );
        }
    }

    fn service(&mut self) {
        let cx = self.cx;
        let (old, new) = (&cx.base.service, &cx.head.service);
        self.front("service", &["api"], &old.api, &new.api);
        self.front("service", &["about"], &old.about, &new.about);
        self.front("service", &["docs"], &old.docs, &new.docs);
        self.front("service", &["burst", "about"], &old.burst.about, &new.burst.about);
        let (was, is) = (&old.pagination.about, &new.pagination.about);
        self.front("service", &["pagination", "about"], was, is);
        for is in &new.auth {
            if let Some(was) = old.auth.iter().find(|was| was.key == is.key) {
                let path = ["auth", &*is.key, "about"];
                self.front("auth", &path, &was.about, &is.about);
            }
        }
        for is in &new.statuses {
            if let Some(was) = old.statuses.iter().find(|was| was.number == is.number) {
                let status = is.number.to_string();
                let path = |key| ["errors", &*status, key];
                self.front("error", &path("meaning"), &was.meaning, &is.meaning);
                self.front("error", &path("action"), &was.action, &is.action);
            }
        }
    }

    fn resources(&mut self) {
        for &pair in &self.cx.pairs.resources {
            let Pair::Both(old, new) = pair else { continue };
            let (old, new) = (&self.cx.base[old], &self.cx.head[new]);
            let text = |of: &front_codegen::ir::Resource| Text {
                at: At { file: of.file.clone(), path: at!["about"] },
                said: Some(of.about.clone()),
            };
            let name = new.name.plain().to_owned();
            let label = format!("`{name}`");
            let subject = Subject { kind: "resource", id: name.clone(), resource: name };
            self.text(subject, &label, text(old), text(new));
        }
    }

    fn webhooks(&mut self) {
        let place = |path, said: &str| Text {
            at: At { file: "spec/webhooks.yaml".to_owned(), path },
            said: Some(said.to_owned()),
        };
        let (base, head) = (self.cx.base, self.cx.head);
        self.text(
            of_service("webhook", "webhooks"),
            "`webhooks`",
            place(at!["about"], &base.webhooks_about),
            place(at!["about"], &head.webhooks_about),
        );
        for new in &head.webhook_schemes {
            let mut schemes = base.webhook_schemes.iter();
            let Some(old) = schemes.find(|old| old.name == new.name) else { continue };
            let name = new.name.plain();
            let texts = [
                (at!["schemes", name, "about"], &old.about, &new.about),
                (
                    at!["schemes", name, "signature", "key"],
                    &old.signature.key,
                    &new.signature.key,
                ),
            ];
            for (path, was, is) in texts {
                self.text(
                    of_service("scheme", name),
                    &format!("`{name}`"),
                    place(path.clone(), was),
                    place(path, is),
                );
            }
        }
        for &pair in &self.cx.pairs.webhooks {
            let Pair::Both(old, new) = pair else { continue };
            let (old, new) = (&base[old], &head[new]);
            self.text(
                of_service("webhook", new.wire.as_str()),
                &format!("`{}`", new.wire),
                place(at!["events", &old.wire, "signals"], &old.signals),
                place(at!["events", &new.wire, "signals"], &new.signals),
            );
        }
    }

    fn of_type(&mut self, old: TypeId, new: TypeId) {
        let (base, head) = (self.cx.base, self.cx.head);
        let (before, after) = (&base[old], &head[new]);
        let text = |api: &Api, of: &Type, key: &str, said: Option<String>| Text {
            at: type_at(api, of, [key]),
            said,
        };
        let said =
            |about: &[String]| Some(about.join("\n\n")).filter(|text| !text.is_empty());
        let label = format!("`{}`", after.name.camel());
        let subject = || of_type("type", head, after, None);
        self.text(
            subject(),
            &label,
            text(base, before, "about", said(&before.about)),
            text(head, after, "about", said(&after.about)),
        );
        if before.deprecated.is_some() && after.deprecated.is_some() {
            self.text(
                subject(),
                &format!("that {label} is deprecated"),
                text(base, before, "deprecated", before.deprecated.clone()),
                text(head, after, "deprecated", after.deprecated.clone()),
            );
        }
        match (&before.kind, &after.kind) {
            (Kind::Struct { fields: was, .. }, Kind::Struct { fields: is, .. }) => {
                for pair in fields::paired(self.cx, was, is) {
                    if let Pair::Both(a, b) = pair {
                        self.field((old, &was[a]), (new, &is[b]));
                    }
                }
            }
            (Kind::Enum(was), Kind::Enum(is)) | (Kind::Flag(was), Kind::Flag(is)) => {
                for pair in enums::paired(was, is) {
                    if let Pair::Both(a, b) = pair {
                        self.value((before, &was[a]), (after, &is[b]));
                    }
                }
            }
            (Kind::Union { cases: was, .. }, Kind::Union { cases: is, .. }) => {
                for pair in unions::paired(self.cx, was, is) {
                    if let Pair::Both(a, b) = pair {
                        self.case((before, &was[a]), (after, &is[b]));
                    }
                }
            }
            (Kind::Choice { cases: was, .. }, Kind::Choice { cases: is, .. }) => {
                for group in is {
                    let Some(old) = was.iter().find(|old| old.wire == group.wire) else {
                        continue;
                    };
                    for field in &group.fields {
                        let mut fields = old.fields.iter();
                        if let Some(old) = fields.find(|old| old.wire == field.wire) {
                            let path =
                                ["choice", "cases", &group.wire, field.wire.as_str()];
                            let part =
                                format!("{}.{}", group.name.plain(), field.name.plain());
                            self.part(
                                ("field", &part),
                                (before, &path, facts::of_field(old).join("\n\n")),
                                (after, &path, facts::of_field(field).join("\n\n")),
                            );
                        }
                    }
                }
            }
            _ => {}
        }
    }

    /// A part of a type, by its kind and name: where it stands, and what is said of it.
    fn part(
        &mut self,
        (kind, name): (&'static str, &str),
        (before, was_at, was): (&Type, &[&str], String),
        (after, is_at, is): (&Type, &[&str], String),
    ) {
        let (base, head) = (self.cx.base, self.cx.head);
        let text = |api: &Api, of: &Type, path: &[&str], said: String| Text {
            at: type_at(api, of, path.iter().copied()),
            said: Some(said).filter(|text| !text.is_empty()),
        };
        let subject = of_type(kind, head, after, Some(name));
        let label = format!("`{}`", subject.id);
        let (old, new) = (text(base, before, was_at, was), text(head, after, is_at, is));
        self.text(subject, &label, old, new);
    }

    fn field(&mut self, (old, was): (TypeId, &Field), (new, is): (TypeId, &Field)) {
        let cx = self.cx;
        let (before, after) = (&cx.base[old], &cx.head[new]);
        let is_answered = before.direction.answer || after.direction.answer;
        // Words of its own are told of the input.
        let is_input = !is_answered && are_inputs(cx, old, new);
        let (old_text, new_text) = (was.about.join("\n\n"), is.about.join("\n\n"));
        let key = |api: &Api, of: &Field| of.word.map(|word| api[word].key.clone());
        let own = |of: &Field| of.word.is_none() && !of.about.is_empty();
        if old_text != new_text && !own(was) && !own(is) {
            self.words.extend(key(cx.head, is).or_else(|| key(cx.base, was)));
        } else if !is_input {
            let (was_at, is_at) = (["fields", &was.wire], ["fields", &is.wire]);
            self.part(
                ("field", is.name.plain()),
                (before, &was_at, old_text),
                (after, &is_at, new_text),
            );
        }
        // Of what is sent, a limit is more than a text.
        let is_answer = |of: &Type| !of.direction.input && !of.direction.body;
        if is_answer(before) && is_answer(after) {
            let said = |of: &Field| {
                let facts = of.facts().map(facts::sentences);
                facts.unwrap_or_default().join(" ")
            };
            let (was_at, is_at) = (["fields", &was.wire], ["fields", &is.wire]);
            self.part(
                ("field", is.name.plain()),
                (before, &was_at, said(was)),
                (after, &is_at, said(is)),
            );
        }
        if let (Some(why), Some(now), false) =
            (&was.deprecated, &is.deprecated, is_input)
        {
            let was_at = ["fields", &was.wire, "deprecated"];
            let is_at = ["fields", &is.wire, "deprecated"];
            self.part(
                ("field", is.name.plain()),
                (before, &was_at, why.clone()),
                (after, &is_at, now.clone()),
            );
        }
    }

    fn value(
        &mut self,
        (before, was): (&Type, &Variant),
        (after, is): (&Type, &Variant),
    ) {
        let (base, head) = (self.cx.base, self.cx.head);
        let (was_value, is_value) = (was, is);
        let text = |api: &Api, of: &Type, value: &Variant, said: &Option<String>| {
            let at = enums::value_at(api, of, value);
            Text { at, said: said.clone() }
        };
        let pair = |was: &Option<String>, is: &Option<String>| {
            (text(base, before, was_value, was), text(head, after, is_value, is))
        };
        let about = pair(&was.about, &is.about);
        let why = pair(&was.deprecated, &is.deprecated);
        let subject = || of_type("value", head, after, Some(&is.name.camel()));
        let label = format!("`{}::{}`", after.name.camel(), is.name.camel());
        self.text(subject(), &label, about.0, about.1);
        if was.deprecated.is_some() && is.deprecated.is_some() {
            self.text(subject(), &format!("that {label} is deprecated"), why.0, why.1);
        }
    }

    fn case(&mut self, (before, was): (&Type, &Case), (after, is): (&Type, &Case)) {
        let said = |case: &Case| case.about.clone().unwrap_or_default();
        let was_at = ["union", "cases", &was.wire];
        let is_at = ["union", "cases", &is.wire];
        let name = is.name.camel();
        self.part(
            ("case", &name),
            (before, &was_at, said(was)),
            (after, &is_at, said(is)),
        );
    }

    /// A sentence of `words` stands once, however many fields take it.
    fn the_words(&mut self) {
        let cx = self.cx;
        for word in std::mem::take(&mut self.words) {
            let text = |api: &Api| Text {
                at: front_at(["words", &word]),
                said: api
                    .words
                    .iter()
                    .find(|of| of.key == word)
                    .map(|of| of.about.clone()),
            };
            let (old, new) = (text(cx.base), text(cx.head));
            let label = format!("every `{word}` without words of its own");
            self.text(of_service("word", word.as_str()), &label, old, new);
        }
    }
}
