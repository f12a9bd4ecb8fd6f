//! Facts as people read them: one line a fact, places as `line:column` from 1, columns in bytes.
//! Where a range does not hold the name that it should, the line ends in `!range`.

#![allow(dead_code)] // each test binary renders the facts that it asks about

use std::fmt::Write;

use syntax::{
    TextRange,
    document::Document,
    effects::{Effects, Names, Revalidation},
    facts::{
        Consumer, Export, FileFacts, Import, Imported, InlineAction, Origin, Signature, UrlMethod, UrlSite, Use, Used,
    },
    flow::{Derived, Pass, Taken, Taker},
    parse::Grammar,
    server_functions::FunctionPlace,
    value::{HoleKind, Piece},
};

/// A file's facts beside its text.
pub struct Facts<'t> {
    pub text: &'t str,
    pub facts: FileFacts,
}

impl<'t> Facts<'t> {
    pub fn new(text: &'t str, grammar: Grammar) -> Self {
        let document = Document::new(text, Some(grammar));
        Self { text, facts: (**document.facts()).clone() }
    }

    pub fn directives(&self) -> String {
        lines(self.facts.directives.iter().map(|d| format!("{} {}", self.at(d.range), self.slice(d.range))))
    }

    pub fn imports(&self) -> String {
        lines(self.facts.imports.iter().map(|i| self.import(i)))
    }

    pub fn bundled(&self) -> String {
        lines(self.facts.bundled.iter().map(|b| format!("{:?} {}", b.by, self.specifier(b.specifier))))
    }

    pub fn exports(&self) -> String {
        let rows = self.facts.exports.iter().map(|e| self.export(e));
        lines(rows.chain(self.facts.star_exports.iter().map(|s| format!("* from {}", self.specifier(*s)))))
    }

    pub fn actions(&self) -> String {
        lines(self.facts.inline_actions.iter().map(|a| self.action(a)))
    }

    /// Functions that the compiler may register, each with what it captures on lines of its own.
    pub fn server(&self) -> String {
        let Some(server) = &self.facts.server else { return "nothing\n".to_owned() };
        let mut rows = vec![];
        for f in &server.functions {
            let mut row = format!("{} {:?} {}", self.at(f.full), f.kind, f.parameters);
            row.push_str(if f.rest { " rest" } else { "" });
            row.push_str(if f.named { " named" } else { "" });
            row.push_str(&f.directive.map_or_else(String::new, |d| format!(" {d:?}")));
            row.push_str(&match &f.place {
                FunctionPlace::Value { local, exported } => {
                    format!(" = {}{local}", if *exported { "export " } else { "" })
                }
                place => format!(" {place:?}").to_lowercase(),
            });
            rows.push(row);
            for c in &f.captures {
                let wrong = if self.slice(c.range) == &*c.name { "" } else { " !range" };
                rows.push(format!("  {} {}: {:?}{wrong}", self.at(c.range), c.name, c.how));
            }
        }
        rows.extend(
            server.patterns.iter().map(|p| format!("pattern {}{}", p.name, if p.is_key { " (key)" } else { "" })),
        );
        lines(rows.into_iter())
    }

    pub fn uses(&self) -> String {
        lines(self.facts.uses.iter().map(|u| self.one_use(u)))
    }

    pub fn derived(&self) -> String {
        lines(self.facts.flow.derived.iter().map(|d| self.derived_row(d)))
    }

    pub fn passes(&self) -> String {
        lines(self.facts.flow.passes.iter().map(|p| self.pass(p)))
    }

    pub fn urls(&self) -> String {
        lines(self.facts.urls.iter().map(|u| self.url(u)))
    }

    pub fn declarations(&self) -> String {
        lines(self.facts.declarations.iter().map(|d| {
            let first = self.slice(d.full).split_whitespace().next().unwrap_or("!range");
            format!("{} {}: {} {first} …", self.at(d.range), d.name, self.at(d.full))
        }))
    }

    pub fn effects(&self) -> String {
        lines(self.facts.effects.iter().map(|e| self.effect(e)))
    }

    pub fn slice(&self, range: TextRange) -> &'t str {
        self.text.get(range.span()).unwrap_or("!range")
    }

    pub fn at(&self, range: TextRange) -> String {
        let before = self.text.get(..range.start as usize).unwrap_or(self.text);
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1;
        format!("{}:{column}", before.matches('\n').count() + 1)
    }

    fn specifier(&self, index: u32) -> String {
        format!("'{}'", self.facts.specifier(index).unwrap_or("!index"))
    }

    fn import(&self, import: &Import) -> String {
        let mut line = format!("{} {}", self.at(import.range), import.local);
        match &import.imported {
            Imported::Name(name) if *name == import.local => {}
            Imported::Name(name) => push(&mut line, "=", name),
            Imported::Namespace => line.push_str(" = *"),
        }
        push(&mut line, "from", &self.specifier(import.specifier));
        if import.type_only {
            line.push_str(", type");
        }
        if self.slice(import.range) != &*import.local {
            line.push_str(" !range");
        }
        if import.imported_range != import.range {
            push(&mut line, ", there", &self.at(import.imported_range));
        }
        line
    }

    fn export(&self, export: &Export) -> String {
        let mut line = format!("{} {}: {:?}", self.at(export.range), export.name, export.form);
        match &export.origin {
            Origin::Here => {}
            Origin::Import(import) => {
                let local = self.facts.imports.get(*import as usize).map_or("!index", |i| &i.local);
                push(&mut line, "import", local);
            }
            Origin::From { specifier, imported } => {
                if let Imported::Name(name) = imported {
                    line.push(' ');
                    line.push_str(name);
                } else {
                    line.push_str(" *");
                }
                push(&mut line, "from", &self.specifier(*specifier));
            }
        }
        if let Some(wrapper) = &export.wrapper {
            push(&mut line, "of", wrapper);
        }
        if let Some(signature) = &export.signature {
            push(&mut line, "", &head(signature));
        }
        if let Some(literal) = &export.literal {
            push(&mut line, "=", literal);
        }
        if let Some(local) = &export.local {
            push(&mut line, ", local", local);
        }
        if export.declared != export.range {
            push(&mut line, ", declared", &self.at(export.declared));
        }
        if let Some(action) = export.inline_action {
            push(&mut line, ", inline action", &action.to_string());
        }
        let written = self.slice(export.range).trim_matches(['"', '\'']);
        if written != &*export.name && export.name.as_ref() != "default" && !written.ends_with(&*export.name) {
            line.push_str(" !range");
        }
        if !self.text.is_char_boundary(export.full.end as usize) {
            line.push_str(" !full");
        }
        line
    }

    fn action(&self, action: &InlineAction) -> String {
        let label = action.label.as_deref().unwrap_or("-");
        let mut line = format!("{} {label}: {:?} {}", self.at(action.range), action.kind, head(&action.signature));
        if let Some(exported) = &action.exported {
            push(&mut line, ", exported as", exported);
        }
        if !self.slice(action.directive).contains("use server") || !action.full.covers(action.directive) {
            line.push_str(" !directive");
        }
        line
    }

    fn one_use(&self, one: &Use) -> String {
        let mut line = format!("{} {} {:?}", self.at(one.range), self.slice(one.range), one.kind);
        if let Some(via) = &one.via {
            push(&mut line, "in", via);
        }
        match &one.used {
            Used::Import(i) => {
                let local = self.facts.imports.get(*i as usize).map_or("!index", |i| &i.local);
                push(&mut line, "of import", local);
                if self.slice(one.head) != local {
                    line.push_str(" !head");
                }
            }
            Used::Export(e) => {
                push(&mut line, "of export", self.facts.exports.get(*e as usize).map_or("!index", |e| &e.name))
            }
            Used::InlineAction(a) => push(&mut line, "of inline action", &a.to_string()),
            Used::Module(s) => push(&mut line, "of module", &self.specifier(*s)),
            Used::Parameter(_) => line.push_str("of a parameter"),
        }
        if one.member.as_deref().is_some_and(|m| m != self.slice(one.range)) {
            line.push_str(" !member");
        }
        line
    }

    fn derived_row(&self, row: &Derived) -> String {
        let mut line = format!("{} {} {:?}", self.at(row.range), self.slice(row.range), row.kind);
        if let Some(via) = &row.via {
            push(&mut line, "in", via);
        }
        push(&mut line, "of", &self.values(&row.values));
        if row.head != row.range {
            push(&mut line, "behind", self.slice(row.head));
        }
        if !row.sure {
            line.push_str(", perhaps");
        }
        line
    }

    fn pass(&self, pass: &Pass) -> String {
        let mut line = self.values(&pass.values);
        let to = match &pass.to {
            Taker::Here(receiver) => format!("function {receiver}"),
            Taker::There(taken) => self.value(taken),
        };
        push(&mut line, "to", &format!("{to} {}", pass.argument));
        if let Some(property) = &pass.property {
            line.push_str(&format!(".{property}"));
        }
        if !pass.except.is_empty() {
            push(&mut line, "but", &pass.except.join(", "));
        }
        if !pass.sure {
            line.push_str(", perhaps");
        }
        line
    }

    /// `GET: reads params(id), json(title, …); answers 200, others; sets cookie a`
    fn effect(&self, effects: &Effects) -> String {
        let mut who: Vec<String> = vec![];
        for export in &effects.exports {
            who.push(self.facts.exports.get(*export as usize).map_or("!index", |e| &e.name).to_owned());
        }
        who.extend(effects.inline_action.map(|a| format!("inline action {a}")));
        let named = |what: &str, names: &Option<Names>| names.as_ref().map(|n| format!("{what}({})", fields(n)));
        let reads = &effects.reads;
        let mut read: Vec<String> = [
            named("params", &reads.params),
            named("query", &reads.query),
            named("json", &reads.json),
            named("form", &reads.form),
            named("cookies", &reads.cookies),
            named("headers", &reads.headers),
        ]
        .into_iter()
        .flatten()
        .collect();
        read.extend(reads.body.then(|| "body".to_owned()));
        read.extend(reads.request.then(|| "request".to_owned()));
        let mut statuses: Vec<String> = effects.answers.statuses.iter().map(u16::to_string).collect();
        statuses.extend(effects.answers.others.then(|| "others".to_owned()));
        let target = |t: &Option<Box<str>>| t.as_deref().unwrap_or("?").to_owned();
        let revalidates = effects.revalidates.iter().map(|r| match r.by {
            Revalidation::Path => format!("path {}", target(&r.target)),
            Revalidation::Tag => format!("tag {}", target(&r.target)),
            Revalidation::Update => format!("tag {} at once", target(&r.target)),
            Revalidation::Refresh => "what is shown".to_owned(),
        });
        let mut said = vec![];
        let mut say = |what: &str, list: Vec<String>| {
            said.extend((!list.is_empty()).then(|| format!("{what} {}", list.join(", "))));
        };
        say("reads", read);
        say("answers", statuses);
        say("redirects to", effects.redirects.iter().map(target).collect());
        say("revalidates", revalidates.collect());
        say("sets", effects.sets_cookies.iter().map(fields).collect());
        say("deletes", effects.deletes_cookies.iter().map(fields).collect());
        said.extend(effects.opaque.then(|| "opaque".to_owned()));
        format!("{}: {}", who.join(", "), said.join("; "))
    }

    fn values(&self, values: &[Taken]) -> String {
        values.iter().map(|v| self.value(v)).collect::<Vec<_>>().join(" | ")
    }

    fn value(&self, taken: &Taken) -> String {
        let mut text = match &taken.used {
            Used::Import(i) => self.facts.imports.get(*i as usize).map_or("!index", |i| &i.local).to_owned(),
            Used::Export(e) => {
                format!("export {}", self.facts.exports.get(*e as usize).map_or("!index", |e| &e.name))
            }
            Used::InlineAction(a) => format!("inline action {a}"),
            Used::Module(s) => self.specifier(*s),
            Used::Parameter(number) => self.facts.flow.parameters.get(*number as usize).map_or_else(
                || "!index".to_owned(),
                |p| {
                    let property = p.property.as_deref().map(|p| format!(".{p}")).unwrap_or_default();
                    let except =
                        if p.except.is_empty() { String::new() } else { format!(" but {}", p.except.join(", ")) };
                    format!("parameter {}/{}{property}{except}", p.receiver, p.index)
                },
            ),
        };
        if let Some(member) = &taken.member {
            text.push_str(&format!(".{member}"));
        }
        text
    }

    fn url(&self, site: &UrlSite) -> String {
        let alternatives: Vec<String> = site.url.alternatives().iter().map(|pieces| shown(pieces)).collect();
        let computed;
        let method = match &site.method {
            UrlMethod::Known(method) => method,
            UrlMethod::Default => "-",
            UrlMethod::Computed(value) => {
                computed = value.alternatives().iter().map(|pieces| shown(pieces)).collect::<Vec<_>>().join("/");
                &computed
            }
            UrlMethod::Unknown => "?",
            UrlMethod::Open(_) => "open",
        };
        let consumer = match &site.consumer {
            Consumer::Call { callee, argument: 0 } => format!("{callee}()"),
            Consumer::Call { callee, argument } => format!("{callee}() argument {argument}"),
            Consumer::KeyTest { callee } => format!("{callee}() by a test"),
            Consumer::New { constructor } => format!("new {constructor}"),
            Consumer::Attribute { element, name } => format!("<{element} {name}>"),
            Consumer::Member { key } => format!("{{ {key} }}"),
            Consumer::Assigned { target } => format!("{target} ="),
            other => format!("{other:?}").to_lowercase(),
        };
        let weak = if site.weak { " (weak)" } else { "" };
        format!("{} {method} {} in {consumer}{weak}", self.at(site.range), alternatives.join(" | "))
    }
}

fn fields(names: &Names) -> String {
    let mut all: Vec<String> =
        names.fields.iter().map(|f| if f.file { format!("{} file", f.name) } else { f.name.to_string() }).collect();
    all.extend(names.more.then(|| "…".to_owned()));
    all.join(", ")
}

/// `async (id: string, ...more): Promise<void>`
fn head(signature: &Signature) -> String {
    let mut out = String::new();
    if signature.is_async {
        out.push_str("async ");
    }
    if signature.is_generator {
        out.push('*');
    }
    let _ = write!(out, "({})", signature.parameters.join(", "));
    if let Some(returns) = &signature.returns {
        let _ = write!(out, ": {returns}");
    }
    if signature.rest {
        out.push_str(" rest");
    }
    out
}

fn shown(pieces: &[Piece]) -> String {
    let shown = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Hole { source, kind: HoleKind::Unknown | HoleKind::Parameter } => format!("{{{source}}}"),
        Piece::Hole { source, kind } => format!("{{{kind:?}: {source}}}"),
    };
    pieces.iter().map(shown).collect()
}

fn push(line: &mut String, word: &str, text: &str) {
    let space = if word.starts_with(',') || word.is_empty() { "" } else { " " };
    let _ = write!(line, "{space}{word} {text}");
}

fn lines(rows: impl Iterator<Item = String>) -> String {
    let text: String = rows.map(|row| row + "\n").collect();
    if text.is_empty() { "nothing\n".to_owned() } else { text }
}
