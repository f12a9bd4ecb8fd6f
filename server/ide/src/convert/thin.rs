//! The way back: a handler that does nothing but give its request to a function, as [`super::to_route`]
//! writes it. The function becomes the action, byte for byte, and its callers import that again.
//!
//! Such a handler is known by its text: written anew from the function behind it, it comes out the same.

use std::path::{Path, PathBuf};

use next::Method;
use syntax::{
    TextRange,
    anatomy::{Anatomy, Statement, StatementKind},
};
use workspace::{App, Endpoint, FileId, Snapshot};

use super::{
    Conversion, Refusal,
    callers::named_in,
    carry::Carry,
    draft::{Draft, Source, name_of},
    forms::attributes,
    joined,
    moved::{drop_imports, lines},
    place::pascal,
    specifier, tags,
    to_route::{app_of, code_start},
    wrapped,
    written::{BESIDE, GUARD, Parts, hook_name},
};
use crate::hover::full_url;

/// A thin handler and what is behind it.
struct Thin<'s> {
    route: &'s Source,
    /// The function's name.
    name: Box<str>,
    /// The file of the function, if it has one of its own.
    apart: Option<Source>,
}

/// A thin handler has no more letters than that, however many arguments it takes apart.
const LONGEST: usize = 4000;

/// `None` where the handler does anything by itself.
pub(super) fn to_action(snap: &Snapshot, endpoint: &Endpoint) -> Option<Result<Conversion, Refusal>> {
    let route = Source::read(snap, endpoint.file).ok()?;
    let app = app_of(snap, endpoint).ok()?;
    let thin = Thin::find(snap, &app, endpoint, &route)?;
    Some(thin.convert(snap, &app, endpoint))
}

impl<'s> Thin<'s> {
    fn find(snap: &Snapshot, app: &App, endpoint: &Endpoint, route: &'s Source) -> Option<Self> {
        let anatomy = Anatomy::new(&route.text, route.grammar).filter(|a| !a.is_broken())?;
        let statement = anatomy.module.statements.get(anatomy.module.around(endpoint.range)?)?;
        let written = bare(anatomy.slice(statement.range));
        let method = endpoint.method?;
        // what is compared below is made by parsing, and a thin handler is short
        if written.len() > LONGEST {
            return None;
        }
        for name in statement.uses.iter().filter(|name| &***name != GUARD) {
            let apart = anatomy.module.imports().find_map(|(_, import)| {
                let is_it = import.named.iter().any(|n| n.local == *name && n.imported == *name);
                let file = snap.resolve(route.file, &import.specifier).filter(|_| is_it)?;
                (snap.path(file).parent() == route.path.parent()).then_some(file)
            });
            let apart = apart.and_then(|file| Source::read(snap, file).ok());
            let is_it = match &apart {
                Some(source) => {
                    let anatomy = Anatomy::new(&source.text, source.grammar)?;
                    is_handler(&written, snap, app, endpoint, source, &anatomy, name, method)
                }
                None => is_handler(&written, snap, app, endpoint, route, &anatomy, name, method),
            };
            if is_it {
                return Some(Self { route, name: name.clone(), apart });
            }
        }
        None
    }

    fn convert(&self, snap: &Snapshot, app: &App, endpoint: &Endpoint) -> Result<Conversion, Refusal> {
        let here = |reason, text: String| Err(Refusal::new(reason, text).at(endpoint.file, endpoint.range));
        let anatomy = Anatomy::new(&self.route.text, self.route.grammar);
        let Some(anatomy) = anatomy else { return here("syntax-error", "the handler can't be read".to_owned()) };
        let target = self.place(snap, app)?;
        let mut draft = Draft::default();
        draft.create(target.clone(), self.action(&anatomy, &target));
        if snap.endpoints(endpoint.file).iter().any(|e| !e.implicit && e.range != endpoint.range) {
            let statement = anatomy.module.around(endpoint.range).and_then(|at| anatomy.module.statements.get(at));
            let handler = statement.map(|statement| statement.range).filter(|_| self.apart.is_some());
            let leaves = |handler| joined::leave(&mut draft, self.route, &anatomy, handler, &self.name);
            if !handler.is_some_and(leaves) {
                return here("shares", "its file answers other methods, too".to_owned());
            }
        } else {
            draft.delete(self.route);
        }
        if let Some(apart) = &self.apart {
            draft.delete(apart);
        }
        let client = self.client(snap, endpoint.method.unwrap_or(Method::Post))?;
        let url = full_url(endpoint.url.as_deref().unwrap_or_default(), Some(app));
        self.check_callers(snap, endpoint, client.as_ref())?;
        let mut done: Vec<FileId> = vec![];
        let modules = [client.as_ref(), self.apart.as_ref()];
        for module in modules.into_iter().flatten() {
            for file in snap.naming(module.file) {
                let is_ours = file == self.route.file || modules.into_iter().flatten().any(|m| m.file == file);
                if !is_ours && !done.contains(&file) {
                    done.push(file);
                    self.point_back(&mut draft, snap, &Source::read(snap, file)?, module, &target)?;
                }
            }
        }
        self.take_forms_back(&mut draft, snap, endpoint, &url, &target, &done)?;
        if let Some(client) = &client {
            draft.delete(client);
        }
        draft.finish(snap)
    }

    /// `…/app/actions/create-post.ts`, which must be free.
    fn place(&self, snap: &Snapshot, app: &App) -> Result<PathBuf, Refusal> {
        let folder = self.route.path.parent().map(name_of).unwrap_or_default();
        let extension = self.apart.as_ref().map_or(&self.route.path, |a| &a.path).extension().unwrap_or_default();
        let dir = app.app_dir.clone().unwrap_or_else(|| app.root.to_path_buf());
        let path = dir.join("actions").join(folder).with_extension(extension);
        if path.exists() || snap.file(&path).is_some() {
            return Err(Refusal::new("taken", format!("{} is there already", path.display())));
        }
        Ok(path)
    }

    /// The file of the action.
    fn action(&self, route: &Anatomy, target: &Path) -> String {
        let apart = self.apart.as_ref().and_then(|a| Some((a, Anatomy::new(&a.text, a.grammar)?)));
        let (source, anatomy) = apart.as_ref().map_or((self.route, route), |(source, anatomy)| (*source, anatomy));
        let mut body = String::new();
        let mut imports = String::new();
        let kept = |s: &&Statement| self.goes_along(s, anatomy);
        let used: Vec<&str> =
            anatomy.module.statements.iter().filter(kept).flat_map(|s| s.uses.iter().map(|name| &**name)).collect();
        for statement in &anatomy.module.statements {
            if let StatementKind::Import(import) = &statement.kind {
                let is_used = statement.declares.is_empty() || statement.declares.iter().any(|n| used.contains(&&**n));
                if is_used {
                    let (head, tail) = split(anatomy, statement.range, import.specifier_range);
                    let from = anatomy.style.quoted(&specifier::moved(&source.path, &import.specifier, target));
                    imports.push_str(&format!("{head}{from}{tail}\n"));
                }
                continue;
            }
            if !self.goes_along(statement, anatomy) {
                continue;
            }
            let text = anatomy.slice(statement.full);
            if statement.declares.contains(&self.name) && statement.export.is_none() {
                let (comments, code) = text.split_at(code_start(text));
                body.push_str(&format!("\n{comments}export {code}\n"));
            } else {
                body.push_str(&format!("\n{text}\n"));
            }
        }
        let directive = anatomy.style.dress("'use server';\n");
        let gap = if imports.is_empty() { "" } else { "\n" };
        let text = format!("{directive}{gap}{imports}{body}");
        if tags::is_marked(anatomy) { tags::in_actions(text, source.grammar) } else { text }
    }

    /// The handler, its guard, its configuration and its type stay behind; everything else is the action's.
    fn goes_along(&self, statement: &Statement, anatomy: &Anatomy) -> bool {
        if matches!(statement.kind, StatementKind::Import(_)) {
            return false;
        }
        let declares = |name: &str| statement.declares.iter().any(|declared| &**declared == name);
        let is_type = statement.kind == StatementKind::Type
            && anatomy.slice(statement.range).trim_end_matches(';').ends_with(&format!("typeof {}", self.name));
        let is_method = Method::ALL.iter().any(|method| declares(method.as_str()));
        let is_config = declares("dynamic") && self.apart.is_none();
        !is_type && !is_method && !is_config && !declares(GUARD)
    }

    /// The client function's file, if it is the one that was written for the handler.
    fn client(&self, snap: &Snapshot, method: Method) -> Result<Option<Source>, Refusal> {
        let names = ["client".to_owned(), format!("{}-client", method.as_str().to_lowercase())];
        let mut paths = names.iter().flat_map(|name| ["ts", "js"].map(|e| format!("{name}.{e}")));
        // a handler of the same file may have one, too
        let file = paths.find_map(|name| {
            let file = snap.file(&self.route.path.with_file_name(name))?;
            let outline = snap.outline(file)?;
            outline.module.declaring(&self.name).is_some().then_some(file)
        });
        file.map(|file| Source::read(snap, file)).transpose()
    }

    /// Nobody else may send requests to the handler.
    fn check_callers(&self, snap: &Snapshot, endpoint: &Endpoint, client: Option<&Source>) -> Result<(), Refusal> {
        let Some(id) = crate::asked::id(snap, endpoint) else { return Ok(()) };
        let is_client = |file: FileId| client.is_some_and(|c| c.file == file);
        let other = snap.callers(id).into_iter().find(|(file, link)| !is_client(*file) && link.kind != "form");
        match other {
            Some((file, link)) => {
                let text =
                    format!("{} sends a request to it: an action has no URL of its own", name_of(&snap.path(file)));
                Err(Refusal::new("caller", text).at(file, link.range))
            }
            None => Ok(()),
        }
    }

    /// Imports of the client function, its hook or the function itself become imports of the action.
    fn point_back(
        &self,
        draft: &mut Draft,
        snap: &Snapshot,
        source: &Source,
        module: &Source,
        target: &Path,
    ) -> Result<(), Refusal> {
        let refused = |text: &str| Err(Refusal::new("caller", format!("{} {text}", name_of(&source.path))));
        let Some(anatomy) = Anatomy::new(&source.text, source.grammar).filter(|a| !a.is_broken()) else {
            return refused("has syntax errors: mend them first");
        };
        let hook = hook_name(&self.name);
        let named = named_in(snap, source, &anatomy, module.file);
        if named.is_empty() {
            return refused("names the client function's file in another way than by an import");
        }
        let mut locals: Vec<String> = vec![];
        let mut place = None;
        let mut written = None;
        for (statement, import, one) in &named {
            match &*one.imported {
                name if *name == *self.name => locals.push(one.local.to_string()),
                name if *name == *hook => {
                    for line in anatomy.mentions_of(&one.local) {
                        let (range, local) = hooked(source, line, &one.local)
                            .ok_or_else(|| Refusal::new("caller", format!("{hook} is used otherwise than by const")))?;
                        draft.edit(source, range, "");
                        locals.push(local);
                    }
                }
                _ => return refused("imports something else of the handler's files"),
            }
            place.get_or_insert(*statement);
            written.get_or_insert((import.specifier.clone(), import.type_only));
        }
        locals.sort();
        locals.dedup();
        let gone: Vec<&str> = named.iter().map(|(_, _, one)| &*one.local).collect();
        drop_imports(draft, source, &anatomy, &gone);
        let (specifier, type_only) = written.unwrap_or_default();
        let from = specifier::proven(snap, source, &specifier, &module.path, target, &self.route.path);
        let names: Vec<String> = locals
            .iter()
            .map(|local| if **local == *self.name { local.clone() } else { format!("{} as {local}", self.name) })
            .collect();
        let word = if type_only { "import type" } else { "import" };
        let end = if anatomy.style.semicolons { ";" } else { "" };
        let line = format!("{word} {{ {} }} from {}{end}\n", names.join(", "), anatomy.style.quoted(&from));
        let at = place.map_or(0, |statement| lines(&source.text, statement).end);
        draft.edit(source, TextRange::new(at, at), line);
        Ok(())
    }

    /// `<form action="/api/save" method="post" …>` becomes `<form action={save}>`.
    fn take_forms_back(
        &self,
        draft: &mut Draft,
        snap: &Snapshot,
        endpoint: &Endpoint,
        url: &str,
        target: &Path,
        done: &[FileId],
    ) -> Result<(), Refusal> {
        let Some(id) = crate::asked::id(snap, endpoint) else { return Ok(()) };
        let mut imported: Vec<FileId> = done.to_vec();
        for (file, link) in snap.callers(id).into_iter().filter(|(_, link)| link.kind == "form") {
            let source = Source::read(snap, file)?;
            let written = [attributes(url, false), attributes(url, true)];
            let found = written.iter().find_map(|attributes| {
                let from = source.text.get(..link.range.start as usize)?.rfind(['a', 'f'])?;
                let start = source.text.get(..link.range.end as usize)?.rfind(attributes.split('"').next()?)?;
                debug_assert!(start <= from, "the attribute's name stands before its value");
                source
                    .text
                    .get(start..)?
                    .starts_with(attributes.as_str())
                    .then(|| (start, start + attributes.len(), attributes))
            });
            let Some((start, end, attributes)) = found else {
                let text = format!("a form in {} posts to it in its own way", name_of(&source.path));
                return Err(Refusal::new("caller", text).at(file, link.range));
            };
            let name = attributes.split('=').next().unwrap_or("action");
            let anatomy = Anatomy::new(&source.text, source.grammar);
            let opened = anatomy.as_ref().and_then(|a| Some((a, a.opened_around(link.range)?)));
            let bound = opened.and_then(|(a, opened)| Some((a, a.hidden_field(&opened, BESIDE)?)));
            let value = match bound {
                Some((anatomy, field)) => {
                    draft.edit(&source, lines(&source.text, field.element), "");
                    let values: Vec<&str> = field.values.iter().map(|value| anatomy.slice(*value)).collect();
                    format!("{}.bind(null, {})", self.name, values.join(", "))
                }
                None => self.name.to_string(),
            };
            draft.edit(&source, TextRange::new(start as u32, end as u32), format!("{name}={{{value}}}"));
            if !imported.contains(&file) {
                imported.push(file);
                let Some(anatomy) = Anatomy::new(&source.text, source.grammar) else { continue };
                if anatomy.module.declaring(&self.name).is_some() {
                    let text = format!("{} has something else called {}", name_of(&source.path), self.name);
                    return Err(Refusal::new("caller", text).at(file, link.range));
                }
                let from = anatomy.style.quoted(&specifier::relative(&source.path, target, ""));
                let end = if anatomy.style.semicolons { ";" } else { "" };
                let place = super::moved::import_place(&source, &anatomy);
                draft.edit(&source, place, format!("import {{ {} }} from {from}{end}\n", self.name));
            }
        }
        Ok(())
    }
}

/// Whether a handler is what one around that function looks like, in any of its forms.
#[expect(clippy::too_many_arguments, reason = "all that a handler is made of")]
fn is_handler(
    written: &str,
    snap: &Snapshot,
    app: &App,
    endpoint: &Endpoint,
    source: &Source,
    anatomy: &Anatomy,
    name: &str,
    method: Method,
) -> bool {
    let is_made = |carry: Result<Carry, Refusal>| {
        let carry = carry.ok()?;
        let mut parts = Parts {
            name,
            type_name: &pascal(name),
            method,
            url: endpoint.url.as_deref()?,
            base_path: app.config.base_path.as_deref().unwrap_or_default(),
            carry: &carry,
            typed: source.is_typed(),
            at_home: source.file == endpoint.file,
            public: false,
            redirects: false,
            may_redirect: false,
            forms: false,
            refreshes: false,
            not_found: false,
            still: false,
        };
        Some((0..8_u8).any(|way| {
            (parts.public, parts.redirects, parts.forms) = (way & 1 != 0, way & 2 != 0, way & 4 != 0);
            bare(&parts.handler()) == written
        }))
    };
    let made = || {
        let statement = anatomy.module.statements.get(anatomy.module.declaring(name)?)?;
        let plain = anatomy
            .function(statement.range)
            .and_then(|function| is_made(Carry::new(snap, name, source, anatomy, &function, method == Method::Get)));
        let seen = || wrapped::carry_by_contract(snap, name, source, anatomy, statement.range, method == Method::Get);
        Some(
            plain == Some(true)
                || seen().is_some_and(|carry| is_made(carry) == Some(true))
                || is_made(wrapped::carry(source, name, "", statement.range, method)) == Some(true),
        )
    };
    made() == Some(true)
}

/// Code without what formatters change: white space, quotes' kind, semicolons, trailing commas, comments
/// on lines of their own.
pub(super) fn bare(code: &str) -> String {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let text: String = lines.flat_map(str::chars).filter(|c| !c.is_whitespace() && *c != ';').collect();
    let text = text.replace('"', "'");
    [",}", ",)", ",]"].iter().fold(text, |text, end| text.replace(end, &end[1..]))
}

/// `const save = useSave()` around a mention of the hook: the whole line, and the name.
fn hooked(source: &Source, mention: TextRange, hook: &str) -> Option<(TextRange, String)> {
    let range = lines(&source.text, line_of(&source.text, mention));
    let line = source.text.get(range.span())?.trim();
    let local = line.strip_prefix("const ")?.trim_end_matches(';').strip_suffix("()")?.strip_suffix(hook)?;
    let local = local.trim_end().strip_suffix('=')?.trim();
    local.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$').then(|| (range, local.to_owned()))
}

fn line_of(text: &str, place: TextRange) -> TextRange {
    let start = text.get(..place.start as usize).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
    let end =
        text.get(place.end as usize..).and_then(|t| t.find('\n')).map_or(text.len(), |at| at + place.end as usize);
    TextRange::new(start as u32, end as u32)
}

fn split<'a>(anatomy: &'a Anatomy, whole: TextRange, inner: TextRange) -> (&'a str, &'a str) {
    (anatomy.slice(TextRange::new(whole.start, inner.start)), anatomy.slice(TextRange::new(inner.end, whole.end)))
}
