//! Who uses an action by its name, and what each has to become when the action is none any more.

use std::path::Path;
use std::sync::Arc;

use syntax::{
    TextRange,
    anatomy::{Anatomy, Import, ImportedName, Statement, StatementKind},
    facts::{Export, FileFacts, Imported, Origin, Use, Used},
};
use workspace::{Endpoint, EndpointId, FileId, Followed, Link, Snapshot};

use super::{
    Refusal,
    bound::BoundForms,
    carry::Carry,
    draft::{Draft, Source, name_of},
    forms::Form,
    moved::{drop_imports, import_place, lines},
    specifier,
    written::hook_name,
};

/// A file that imports an action.
pub(super) struct Importer {
    pub source: Source,
    /// Its code runs on the server, and calls the function itself.
    pub on_server: bool,
    /// How it names the action.
    names: Vec<Name>,
    /// Its uses of the action.
    uses: Vec<Link>,
    /// Those in forms on the server that bind arguments to it.
    bound: BoundForms,
}

/// One import of the action.
struct Name {
    local: Box<str>,
    /// As it is written, without quotes.
    specifier: Box<str>,
    /// The file that it means: the action's, or one that passes it on.
    module: Option<Arc<Path>>,
    type_only: bool,
}

/// Where importers find the action's successors.
pub(super) struct Successors<'a> {
    /// The exported name of all of them.
    pub name: &'a str,
    /// For code on the server.
    pub function: &'a Path,
    /// For code in browsers.
    pub client: &'a Path,
    /// Browsers show the page anew after a call.
    pub refreshes: bool,
    /// As forms post to it.
    pub url: &'a str,
    pub carry: &'a Carry,
    /// A file of the application that is there: aliases that lead to it lead to what is new, too.
    pub witness: &'a Path,
}

/// All importers of an action, in order of their paths.
pub(super) fn importers(snap: &Snapshot, action: &Endpoint, id: EndpointId) -> Result<Vec<Importer>, Refusal> {
    let Some(export) = action.export else { return Ok(vec![]) };
    let target = Followed::Export(action.file, export);
    let mut found = vec![];
    for file in naming(snap, action.file) {
        let Some(facts) = snap.facts(file) else { continue };
        let mut names = vec![];
        // whoever passes it on under another name is refused, so it has the same one everywhere
        let may_mean = |imported: &Imported| match imported {
            Imported::Name(name) => **name == *action.name,
            Imported::Namespace => facts.uses.iter().any(|u| u.member.as_deref() == Some(&*action.name)),
        };
        for (index, import) in facts.imports.iter().enumerate().filter(|(_, i)| may_mean(&i.imported)) {
            let Some(specifier) = facts.specifier(import.specifier) else { continue };
            match (&import.imported, snap.follow_import(file, specifier, &import.imported)) {
                (Imported::Name(_), Some(followed)) if followed == target => {
                    let module = snap.resolve(file, specifier).map(|module| snap.path(module));
                    let (local, specifier) = (import.local.clone(), specifier.into());
                    names.push(Name { local, specifier, module, type_only: import.type_only });
                }
                (Imported::Namespace, Some(Followed::Module(module)))
                    if snap.follow_export(module, &action.name) == Some(target) =>
                {
                    let is_used = |u: &&Use| {
                        u.used == Used::Import(index as u32) && u.member.as_deref().is_none_or(|m| m == &*action.name)
                    };
                    if let Some(used) = facts.uses.iter().find(is_used) {
                        let text = format!(
                            "{} takes all of the module ({}): import the action by its name",
                            import.local,
                            name_of(&snap.path(file))
                        );
                        return Err(Refusal::new("namespace", text).at(file, used.range));
                    }
                }
                _ => {}
            }
        }
        if let Some(range) = dynamic_import(snap, file, &facts, target, &action.name) {
            let text = format!("{} imports it by import(): import it by its name", name_of(&snap.path(file)));
            return Err(Refusal::new("dynamic-import", text).at(file, range));
        }
        if names.is_empty() {
            continue;
        }
        let uses = snap.links(file).iter().filter(|link| link.targets.contains(&id)).cloned().collect();
        found.push(Importer {
            source: Source::read(snap, file)?,
            on_server: false,
            names,
            uses,
            bound: BoundForms::default(),
        });
    }
    let root = snap.app_of(action.file).map(|app| app.root.clone());
    for importer in &found {
        if root.as_ref().is_some_and(|root| !importer.source.path.starts_with(root)) {
            let text = format!("{} imports it, outside of the application", name_of(&importer.source.path));
            return Err(Refusal::new("other-package", text).at(importer.source.file, importer.place()));
        }
    }
    for importer in &mut found {
        importer.on_server = importer.runs_on_server(snap)?;
        if importer.on_server {
            importer.bound = BoundForms::find(&importer.source, &importer.uses);
        }
    }
    Ok(found)
}

/// The names that a file takes from a module by imports: the statement, the import, the name.
pub(super) fn named_in<'a>(
    snap: &Snapshot,
    source: &Source,
    anatomy: &'a Anatomy,
    module: FileId,
) -> Vec<(TextRange, &'a Import, &'a ImportedName)> {
    let of_module = anatomy.module.imports().filter(|(_, i)| snap.resolve(source.file, &i.specifier) == Some(module));
    let place = |index: usize| anatomy.module.statements.get(index).map(|s| s.range).unwrap_or_default();
    of_module.flat_map(|(index, import)| import.named.iter().map(move |one| (place(index), import, one))).collect()
}

/// The files that name a module, or one that passes all of it on.
fn naming(snap: &Snapshot, module: FileId) -> Vec<FileId> {
    let mut modules = vec![module];
    let mut found = vec![];
    let mut next = 0;
    while let Some(module) = modules.get(next).copied() {
        next += 1;
        for file in snap.naming(module) {
            if found.contains(&file) {
                continue;
            }
            found.push(file);
            if snap.facts(file).is_some_and(|facts| !facts.star_exports.is_empty()) && !modules.contains(&file) {
                modules.push(file);
            }
        }
    }
    found
}

/// `import('./actions')` that may give an action.
fn dynamic_import(snap: &Snapshot, file: FileId, facts: &FileFacts, target: Followed, name: &str) -> Option<TextRange> {
    let written = facts.specifiers.iter().enumerate().find(|(index, specifier)| {
        let index = *index as u32;
        let is_static = facts.imports.iter().any(|import| import.specifier == index)
            || facts.star_exports.contains(&index)
            || facts.exports.iter().any(|e| matches!(e.origin, Origin::From { specifier, .. } if specifier == index));
        let gives = || {
            let module = snap.resolve(file, &specifier.text);
            module.is_some_and(|module| snap.follow_export(module, name) == Some(target))
        };
        // of one that is imported both ways, uses tell; of the other, what is done with it may be anything
        let is_used = facts
            .uses
            .iter()
            .any(|u| u.used == Used::Module(index) && u.member.as_deref().is_none_or(|member| member == name));
        (is_used || !is_static) && gives()
    });
    written.map(|(_, specifier)| specifier.range)
}

impl Importer {
    fn runs_on_server(&self, snap: &Snapshot) -> Result<bool, Refusal> {
        let file = self.source.file;
        if snap.is_test(file) {
            return Ok(true);
        }
        let sides = snap.sides(file);
        match (sides.server, sides.browser) {
            (true, false) => Ok(true),
            (false, true) => Ok(false),
            (true, true) => {
                let text = format!(
                    "{} runs on the server and in browsers: neither a function of the server nor a request suits both",
                    name_of(&self.source.path)
                );
                Err(Refusal::new("both-sides", text).at(file, self.place()))
            }
            // nobody imports it: what it does tells
            (false, false) => Ok(!self.uses.iter().any(|link| matches!(link.kind, "hook" | "form-action" | "prop"))),
        }
    }

    /// Its first use, for messages.
    pub fn place(&self) -> TextRange {
        self.uses.first().map(|link| link.range).unwrap_or_default()
    }

    /// How it names the action's module.
    pub fn specifiers(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &*name.specifier)
    }

    /// Whether a form on the server posts to it, with nothing but its own fields.
    pub fn posts_plain_forms(&self) -> bool {
        self.on_server && self.uses.iter().any(|link| link.kind == "form-action" && !self.bound.holds(link))
    }

    /// Whether a form without JavaScript posts to it.
    pub fn posts_forms(&self) -> bool {
        self.posts_plain_forms() || !self.bound.is_empty()
    }

    /// Whether what forms bind to it is what it takes.
    pub fn binds_all(&self, carry: &Carry) -> bool {
        self.bound.is_empty() || self.bound.fit(carry)
    }

    /// Whether any form gets it.
    pub fn gives_forms(&self) -> bool {
        self.uses.iter().any(|link| link.kind == "form-action") || !self.bound.is_empty()
    }

    /// Whether it needs the function itself.
    pub fn calls_function(&self) -> bool {
        let is_call = |link: &Link| link.kind != "form-action" && !self.bound.holds(link);
        self.on_server && (self.uses.is_empty() || self.uses.iter().any(is_call))
    }

    /// Rewrites its import and what depends on it.
    pub fn rewrite(&self, draft: &mut Draft, snap: &Snapshot, to: &Successors) -> Result<(), Refusal> {
        let source = &self.source;
        let readable = |anatomy: &Anatomy| match to.refreshes && !self.on_server {
            true => !anatomy.is_broken(),
            // only its imports change, so what is wrong elsewhere does no harm
            false => !anatomy.module.statements.iter().any(|s| s.is_broken && self.is_import_of(s)),
        };
        let Some(anatomy) = Anatomy::new(&source.text, source.grammar).filter(readable) else {
            let text = format!("{} has syntax errors: mend them first", name_of(&source.path));
            return Err(Refusal::new("syntax-error", text).at(source.file, self.place()));
        };
        // facts tell `const { save } = await import('./actions')` as an import, too
        let is_import = |name: &Name| {
            anatomy.module.imports().any(|(index, import)| {
                import.specifier == name.specifier
                    && anatomy.module.statements.get(index).is_some_and(|s| s.declares.contains(&name.local))
            })
        };
        if self.names.iter().any(|name| !is_import(name)) {
            let text = format!("{} imports it by import(): import it by its name", name_of(&source.path));
            return Err(Refusal::new("dynamic-import", text).at(source.file, self.place()));
        }
        if snap.is_test(source.file) && source.text.contains(".mock(") {
            draft.note_at(source.file, self.place(), "mocks here name the old module");
        }
        let mut kept = vec![];
        let mut added: Vec<String> = vec![];
        for name in &self.names {
            if self.on_server {
                if self.posts_forms() {
                    self.post_forms(draft, to)?;
                }
                self.check_server_uses()?;
                if !self.calls_function() {
                    kept.push(&*name.local);
                    continue;
                }
                added.push(self.import(snap, to, name, to.function, &[(to.name, &name.local)], &anatomy));
            } else {
                let hooks = if to.refreshes { self.hook_up(draft, &anatomy, name, to) } else { Hooked::None };
                let hook = hook_name(to.name);
                let names: Vec<(&str, &str)> = match hooks {
                    Hooked::All => vec![(&hook, &hook)],
                    Hooked::Some => vec![(to.name, &name.local), (&hook, &hook)],
                    Hooked::None => vec![(to.name, &name.local)],
                };
                added.push(self.import(snap, to, name, to.client, &names, &anatomy));
            }
            kept.push(&*name.local);
        }
        self.replace_imports(draft, &anatomy, &kept, &added);
        Ok(())
    }

    fn is_import_of(&self, statement: &Statement) -> bool {
        self.names.iter().any(|name| statement.declares.contains(&name.local))
    }

    /// The line of an import.
    fn import(
        &self,
        snap: &Snapshot,
        to: &Successors,
        name: &Name,
        module: &Path,
        names: &[(&str, &str)],
        anatomy: &Anatomy,
    ) -> String {
        let from = match &name.module {
            Some(old) => specifier::proven(snap, &self.source, &name.specifier, old, module, to.witness),
            None => specifier::relative(&self.source.path, module, ""),
        };
        let written = |(exported, local): &(&str, &str)| {
            if exported == local { (*exported).to_owned() } else { format!("{exported} as {local}") }
        };
        let names: Vec<String> = names.iter().map(written).collect();
        let word = if name.type_only { "import type" } else { "import" };
        let end = if anatomy.style.semicolons { ";" } else { "" };
        format!("{word} {{ {} }} from {}{end}\n", names.join(", "), anatomy.style.quoted(&from))
    }

    /// The old names go, and the new lines come where the first of them stood.
    fn replace_imports(&self, draft: &mut Draft, anatomy: &Anatomy, gone: &[&str], added: &[String]) {
        drop_imports(draft, &self.source, anatomy, gone);
        if added.is_empty() {
            return;
        }
        let holding = anatomy.module.statements.iter().find(|s| {
            matches!(s.kind, StatementKind::Import(_)) && s.declares.iter().any(|name| gone.contains(&&**name))
        });
        let place = holding.map_or_else(
            || import_place(&self.source, anatomy),
            |statement| {
                let end = lines(&self.source.text, statement.range).end;
                TextRange::new(end, end)
            },
        );
        draft.edit(&self.source, place, added.concat());
    }

    /// `<form action={save}>` in code of the server becomes a form that posts.
    fn post_forms(&self, draft: &mut Draft, to: &Successors) -> Result<(), Refusal> {
        self.bound.post(draft, &self.source, to.url, to.carry);
        for link in self.uses.iter().filter(|link| link.kind == "form-action" && !self.bound.holds(link)) {
            let form = Form::around(&self.source.text, link.range);
            let form = form.map_err(|text| Refusal::new("form", text).at(self.source.file, link.range))?;
            form.post(draft, &self.source, to.url);
        }
        Ok(())
    }

    /// Code of the server may call the function, and hand it to other code of the server.
    fn check_server_uses(&self) -> Result<(), Refusal> {
        let refusal = |link: &Link| {
            let what = match link.kind {
                "prop" => {
                    "it is passed to a component from here, on the server: only actions can be passed to the client"
                }
                "bind" => {
                    "an argument is bound to it here, on the server, and not for a form alone: only forms carry such ones"
                }
                _ => "it is handed on here, on the server, and nobody can tell to whom",
            };
            Refusal::new("handed-on", what).at(self.source.file, link.range)
        };
        let fits = |link: &Link| matches!(link.kind, "call" | "form-action" | "argument") || self.bound.holds(link);
        match self.uses.iter().find(|link| !fits(link)) {
            Some(link) => Err(refusal(link)),
            None => Ok(()),
        }
    }

    /// Gives components the function by a hook that shows the page anew.
    fn hook_up(&self, draft: &mut Draft, anatomy: &Anatomy, name: &Name, to: &Successors) -> Hooked {
        let mut bodies: Vec<TextRange> = vec![];
        let mut outside = false;
        for place in anatomy.mentions_of(&name.local) {
            match anatomy.component_around(place) {
                Some(body) => bodies.push(body),
                None => {
                    outside = true;
                    let text = format!(
                        "{} is used outside of a component here: the page isn't shown anew after it",
                        name.local
                    );
                    draft.note_at(self.source.file, place, text);
                }
            }
        }
        bodies.sort_unstable();
        bodies.dedup();
        let end = if anatomy.style.semicolons { ";" } else { "" };
        for body in &bodies {
            let text = self.source.text.get(body.start as usize + 1..body.end as usize).unwrap_or_default();
            let first = text.trim_start();
            let before = self.source.text.get(..body.start as usize).unwrap_or_default();
            let outer = before.rsplit_once('\n').map_or(before, |(_, line)| line);
            let outer = outer.get(..outer.len() - outer.trim_start().len()).unwrap_or_default();
            let indent = match text.get(..text.len() - first.len()).and_then(|white| white.rsplit_once('\n')) {
                Some((_, indent)) => indent.to_owned(),
                None => anatomy.style.step(),
            };
            let line = format!("\n{indent}const {} = {}(){end}", name.local, hook_name(to.name));
            if self.source.text.get(body.start as usize..).is_some_and(|text| text.starts_with('{')) {
                draft.edit(&self.source, TextRange::new(body.start + 1, body.start + 1), line);
            } else {
                // an arrow function that is one expression gets a block
                let step = anatomy.style.step();
                let line = format!("{{\n{outer}{step}{}\n{outer}{step}return ", line.trim());
                draft.edit(&self.source, TextRange::new(body.start, body.start), line);
                draft.edit(&self.source, TextRange::new(body.end, body.end), format!("{end}\n{outer}}}"));
            }
        }
        match (bodies.is_empty(), outside) {
            (true, _) => Hooked::None,
            (false, true) => Hooked::Some,
            (false, false) => Hooked::All,
        }
    }
}

/// Which of a file's uses come by a hook.
enum Hooked {
    None,
    Some,
    All,
}

/// Whether a client component gives the action to a form, itself or as it got it of another one.
pub(super) fn gives_forms_in_browsers(snap: &Snapshot, id: EndpointId, importers: &[Importer]) -> bool {
    let is_server = |file: FileId| importers.iter().any(|i| i.source.file == file && i.on_server);
    let forms = snap.callers(id).into_iter().filter(|(_, link)| link.kind == "form-action");
    forms.into_iter().any(|(file, _)| !is_server(file) && !snap.is_test(file))
}

/// Files that pass an action on under a name of their own lists would name what is gone.
pub(super) fn check_lists(snap: &Snapshot, action: &Endpoint) -> Result<(), Refusal> {
    let Some(export) = action.export else { return Ok(()) };
    let target = Followed::Export(action.file, export);
    for file in naming(snap, action.file) {
        let Some(facts) = snap.facts(file) else { continue };
        let lists = |e: &Export| match &e.origin {
            Origin::Here => false,
            Origin::From { imported, .. } => *imported == Imported::Name((&*action.name).into()),
            Origin::Import(import) => facts
                .imports
                .get(*import as usize)
                .is_some_and(|i| i.imported == Imported::Name((&*action.name).into())),
        };
        let passes = |e: &&Export| lists(e) && snap.follow_export(file, &e.name) == Some(target);
        if let Some(passed) = facts.exports.iter().find(passes) {
            let name = name_of(&snap.path(file));
            let text = format!("{name} passes it on: import it from where it is first");
            return Err(Refusal::new("passed-on", text).at(file, passed.range));
        }
    }
    Ok(())
}
