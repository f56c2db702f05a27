//! What is said of things: one finding for each text, at its definition. Texts of calls are told with the calls.

use std::collections::BTreeSet;

use super::Cx;
use super::build::{front_at, of_service, of_type, type_at};
use crate::compare::data::enums;
use crate::compare::data::fields;
use crate::compare::data::owner::{Owner, Part};
use crate::compare::data::unions;
use crate::compare::findings::Findings;
use crate::compare::operation::given::are_inputs;
use crate::finding::{At, Finding, Subject};
use crate::pairs::both;
use crate::rule::{Rule, rules};
use front_codegen::emit::docs::facts;
use front_codegen::ir::{Api, Field, Group, Kind, Resource, Type, Variant};
use front_codegen::source::at;

rules! {
    TEXT_CHANGED = "text-changed", Itself, "Something is described in other words.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    let mut texts = Texts { cx, words: BTreeSet::new(), findings };
    texts.service();
    texts.named();
    texts.resources();
    for owner in Owner::all(cx) {
        texts.of_type(&owner);
    }
    texts.webhooks();
    texts.the_words();
}

struct Texts<'a> {
    cx: &'a Cx<'a>,
    /// Keys whose sentence in `words` differs where a field takes it.
    words: BTreeSet<String>,
    findings: &'a mut Findings,
}

/// A text; none where nothing is said.
fn said(text: impl Into<String>) -> Option<String> {
    Some(text.into()).filter(|text| !text.is_empty())
}

impl Texts<'_> {
    fn text(
        &mut self,
        subject: Subject,
        label: &str,
        places: [At; 2],
        texts: [Option<String>; 2],
    ) {
        let described = match &texts {
            [was, is] if was == is => return,
            [None, _] => "described now",
            [_, None] => "not described any more",
            _ => "described in other words",
        };
        let message = format!("{label} is {described}");
        let finding = Finding::new(&TEXT_CHANGED, subject, message);
        self.findings.push(finding.values(texts).located(places));
    }

    /// A text of `front.yaml`, which may stand at a path of its own on each side.
    fn front<const LENGTH: usize>(
        &mut self,
        kind: &'static str,
        paths: [[&str; LENGTH]; 2],
        texts: [&str; 2],
    ) {
        let (subject, label) = (paths[1].join("."), format!("`{}`", paths[1].join(".")));
        let texts = texts.map(|text| Some(text.to_owned()));
        self.text(of_service(kind, subject), &label, paths.map(front_at), texts);
    }

    /// What may be renamed.
    fn named(&mut self) {
        let (base, head, pairs) = (self.cx.base, self.cx.head, self.cx.pairs);
        for (old, new) in both(&pairs.plans) {
            let both = [&base.service.plans[old], &head.service.plans[new]];
            let paths = both.map(|of| ["plans", of.name.plain(), "about"]);
            self.front("plan", paths, both.map(|of| of.about.as_str()));
        }
        for (old, new) in both(&pairs.rate_limits) {
            let both = [&base[old], &head[new]];
            let paths = both.map(|of| ["rate_limits", of.name.plain(), "about"]);
            self.front("rate-limit", paths, both.map(|of| of.about.as_str()));
        }
        for (old, new) in both(&pairs.permissions) {
            let both = [&base[old], &head[new]];
            let paths = both.map(|of| ["capabilities", &*of.scope]);
            self.front("permission", paths, both.map(|of| of.about.as_str()));
        }
    }

    fn service(&mut self) {
        let cx = self.cx;
        let (old, new) = (&cx.base.service, &cx.head.service);
        for (key, was, is) in [
            ("api", &old.api, &new.api),
            ("about", &old.about, &new.about),
            ("docs", &old.docs, &new.docs),
        ] {
            self.front("service", [[key]; 2], [was, is]);
        }
        for (key, was, is) in [
            ("burst", &old.burst.about, &new.burst.about),
            ("pagination", &old.pagination.about, &new.pagination.about),
        ] {
            self.front("service", [[key, "about"]; 2], [was, is]);
        }
        for is in &new.auth {
            if let Some(was) = old.auth.iter().find(|was| was.key == is.key) {
                let path = ["auth", &*is.key, "about"];
                self.front("auth", [path; 2], [&was.about, &is.about]);
            }
        }
        for is in &new.statuses {
            if let Some(was) = old.statuses.iter().find(|was| was.number == is.number) {
                let status = is.number.to_string();
                let path = |key| [["errors", &*status, key]; 2];
                self.front("error", path("meaning"), [&was.meaning, &is.meaning]);
                self.front("error", path("action"), [&was.action, &is.action]);
            }
        }
    }

    fn resources(&mut self) {
        for (old, new) in both(&self.cx.pairs.resources) {
            let (old, new) = (&self.cx.base[old], &self.cx.head[new]);
            let place = |of: &Resource| At { file: of.file.clone(), path: at!["about"] };
            let name = new.name.plain().to_owned();
            let label = format!("`{name}`");
            let subject = Subject { kind: "resource", id: name.clone(), resource: name };
            let both = [old, new];
            let texts = both.map(|of| Some(of.about.clone()));
            self.text(subject, &label, both.map(place), texts);
        }
    }

    fn webhooks(&mut self) {
        let place = |path| At { file: "spec/webhooks.yaml".to_owned(), path };
        let (base, head) = (self.cx.base, self.cx.head);
        self.text(
            of_service("webhook", "webhooks"),
            "`webhooks`",
            [(); 2].map(|()| place(at!["about"])),
            [base, head].map(|api| Some(api.webhooks_about.clone())),
        );
        for new in &head.webhook_schemes {
            let mut schemes = base.webhook_schemes.iter();
            let Some(old) = schemes.find(|old| old.name == new.name) else { continue };
            let name = new.name.plain();
            for (path, texts) in [
                (at!["schemes", name, "about"], [&old.about, &new.about]),
                (
                    at!["schemes", name, "signature", "key"],
                    [&old.signature.key, &new.signature.key],
                ),
            ] {
                self.text(
                    of_service("scheme", name),
                    &format!("`{name}`"),
                    [path.clone(), path].map(place),
                    texts.map(|text| Some(text.clone())),
                );
            }
        }
        for (old, new) in both(&self.cx.pairs.webhooks) {
            let both = [&base[old], &head[new]];
            self.text(
                of_service("webhook", both[1].wire.as_str()),
                &format!("`{}`", both[1].wire),
                both.map(|of| place(at!["events", &of.wire, "signals"])),
                both.map(|of| Some(of.signals.clone())),
            );
        }
    }

    fn of_type(&mut self, owner: &Owner<'_>) {
        let types = [owner.before(), owner.after()];
        let label = format!("`{}`", owner.name());
        let subject = || of_type("type", self.cx.head, owner.after(), None);
        let (about, why) = (subject(), subject());
        let texts = types.map(|of| said(of.about.join("\n\n")));
        self.text(about, &label, owner.places(Some("about")), texts);
        let texts = types.map(|of| of.deprecated.clone());
        if texts.iter().all(Option::is_some) {
            let label = format!("that {label} is deprecated");
            self.text(why, &label, owner.places(Some("deprecated")), texts);
        }
        match owner.kinds() {
            (Kind::Struct { fields: was, .. }, Kind::Struct { fields: is, .. }) => {
                for (old, new) in both(&fields::paired(self.cx, was, is)) {
                    self.field(owner, [old, new]);
                }
            }
            (Kind::Enum(was), Kind::Enum(is)) | (Kind::Flag(was), Kind::Flag(is)) => {
                for (old, new) in both(&enums::paired(was, is)) {
                    self.value(owner, [old, new]);
                }
            }
            (Kind::Union { cases: was, .. }, Kind::Union { cases: is, .. }) => {
                for (old, new) in both(&unions::paired(self.cx, was, is)) {
                    let both = [old, new];
                    let texts = both.map(|of| of.about.clone().and_then(said));
                    self.part(owner, both, None, texts);
                }
            }
            (Kind::Choice { cases: was, .. }, Kind::Choice { cases: is, .. }) => {
                for new in is {
                    if let Some(old) = was.iter().find(|old| old.wire == new.wire) {
                        self.group(owner, old, new);
                    }
                }
            }
            _ => {}
        }
    }

    /// The fields of a choice's case.
    fn group(&mut self, owner: &Owner<'_>, old: &Group, new: &Group) {
        let (base, head) = (self.cx.base, self.cx.head);
        for field in &new.fields {
            let Some(was) = old.fields.iter().find(|was| was.wire == field.wire) else {
                continue;
            };
            let path = ["choice", "cases", &new.wire, field.wire.as_str()];
            let place = |api: &Api, of: &Type| type_at(api, of, path);
            let places = [place(base, owner.before()), place(head, owner.after())];
            let name = format!("{}.{}", new.name.plain(), field.name.plain());
            let subject = of_type("field", head, owner.after(), Some(&name));
            let label = format!("`{}`", subject.id);
            let texts = [was, field].map(|of| said(facts::of_field(of).join("\n\n")));
            self.text(subject, &label, places, texts);
        }
    }

    /// What is said of a part of a type, or of it under a key.
    fn part<P: Part>(
        &mut self,
        owner: &Owner<'_>,
        both: [&P; 2],
        key: Option<&str>,
        texts: [Option<String>; 2],
    ) {
        let subject = owner.subject(both[1]);
        let label = format!("`{}`", subject.id);
        self.text(subject, &label, owner.part_places(both, key), texts);
    }

    fn field(&mut self, owner: &Owner<'_>, both: [&Field; 2]) {
        let ([was, is], cx) = (both, self.cx);
        let (before, after) = (owner.before(), owner.after());
        let is_answered = before.direction.answer || after.direction.answer;
        // Words of its own are told of the input.
        let is_input = !is_answered && are_inputs(cx, owner.old, owner.new);
        let texts = both.map(|of| said(of.about.join("\n\n")));
        let key = |api: &Api, of: &Field| of.word.map(|word| api[word].key.clone());
        let own = |of: &Field| of.word.is_none() && !of.about.is_empty();
        if texts[0] != texts[1] && !own(was) && !own(is) {
            self.words.extend(key(cx.head, is).or_else(|| key(cx.base, was)));
        } else if !is_input {
            self.part(owner, both, None, texts);
        }
        // Of what is sent, a limit is more than a text.
        let is_answer = |of: &Type| !of.direction.input && !of.direction.body;
        if is_answer(before) && is_answer(after) {
            let facts = |of: &Field| said(of.facts().map(facts::sentences)?.join(" "));
            self.part(owner, both, None, both.map(facts));
        }
        let texts = both.map(|of| of.deprecated.clone());
        if texts.iter().all(Option::is_some) && !is_input {
            self.part(owner, both, Some("deprecated"), texts);
        }
    }

    fn value(&mut self, owner: &Owner<'_>, both: [&Variant; 2]) {
        let label = format!("`{}::{}`", owner.name(), both[1].name.camel());
        let about = both.map(|of| of.about.clone());
        let why = both.map(|of| of.deprecated.clone());
        let places = || owner.part_places(both, None);
        self.text(owner.subject(both[1]), &label, places(), about);
        if why.iter().all(Option::is_some) {
            let label = format!("that {label} is deprecated");
            self.text(owner.subject(both[1]), &label, places(), why);
        }
    }

    /// A sentence of `words` is reported once, however many fields use it.
    fn the_words(&mut self) {
        let cx = self.cx;
        for word in std::mem::take(&mut self.words) {
            let text = |api: &Api| {
                let found = api.words.iter().find(|of| of.key == word);
                found.map(|of| of.about.clone())
            };
            let label = format!("every `{word}` without words of its own");
            let places = [(); 2].map(|()| front_at(["words", &word]));
            let texts = [cx.base, cx.head].map(text);
            self.text(of_service("word", word.as_str()), &label, places, texts);
        }
    }
}
