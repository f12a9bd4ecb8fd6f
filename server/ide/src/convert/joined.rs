//! A method in a `route.ts` that is there already: only where nothing of the file changes for anybody, and the
//! file decides nothing for the newcomer. The function behind it has a module of its own, so all that is
//! added is an import, the handler and its guard, and the way back takes just these out again.

use std::path::Path;

use next::{Method, Rendering};
use syntax::{
    TextRange,
    anatomy::{Anatomy, StatementKind},
    facts::{FileFacts, Origin},
};
use workspace::{App, FileId, Snapshot};

use super::{
    Refusal,
    draft::{Draft, Source},
    moved::{drop_imports, import_place},
    place::{Home, Newcomer},
    specifier,
    thin::bare,
    written::{GUARD, Parts, same_origin},
};
use crate::hover::effects::when;

/// What a handler speaks of and means the world's.
const GLOBALS: &[&str] =
    &["Request", "Response", "URL", "JSON", "Error", "Number", "String", "FormData", "Parameters", "undefined"];

/// The file of a folder that answers at its URL, if it can have one method more.
pub(super) fn host(snap: &Snapshot, app: &App, folder: &Path, url: &str, new: &Newcomer) -> Option<FileId> {
    let endings: &[&str] = if new.extension.starts_with('t') { &["ts", "tsx"] } else { &["js", "jsx"] };
    let mut extensions = app.config.page_extensions.iter();
    let file = extensions.find_map(|extension| {
        let is_like = endings.contains(&extension.rsplit('.').next()?);
        snap.file(&folder.join(format!("route.{extension}"))).filter(|_| is_like)
    })?;
    let path = format!("{}{url}", app.config.base_path.as_deref().unwrap_or_default());
    let served = snap.served_at(&path);
    let mut here = served.iter().filter(|(owner, _)| owner.id == app.id);
    if !here.all(|(_, served)| served.file == file) || new.configured {
        return None;
    }
    let facts = snap.facts(file)?;
    (has_room(&facts, new.method) && keeps_get(snap, app, file, new.method) && names_are_free(snap, file, new))
        .then_some(file)
}

/// It is a plain module of handlers that has no such method and says nothing that holds for all of them.
pub(super) fn has_room(facts: &FileFacts, method: Method) -> bool {
    let is_idle = |name: &str, literal: Option<&str>| {
        let literal = literal.unwrap_or_default().trim_matches(['"', '\'', '`']);
        matches!((name, literal), ("dynamic", "force-dynamic" | "auto") | ("runtime", "nodejs"))
    };
    // one that answers nothing yet is somebody's beginning
    facts.exports.iter().any(|export| Method::parse(&export.name).is_some())
        && facts.directives.is_empty()
        && facts.star_exports.is_empty()
        && facts.exports.iter().all(|export| {
            let is_method = Method::parse(&export.name).is_some();
            // of others it isn't known what they are for, and who answers OPTIONS by hand has rules of his own
            let is_plain = is_method && export.wrapper.is_none() && export.origin == Origin::Here;
            &*export.name != method.as_str()
                && &*export.name != "OPTIONS"
                && (is_plain || is_idle(&export.name, export.literal.as_deref()))
        })
}

/// A GET that is answered at build time would be answered for each request as soon as another method stands
/// beside it (`hasNonStaticMethods` in server/route-modules/app-route/module.ts).
pub(super) fn keeps_get(snap: &Snapshot, app: &App, file: FileId, method: Method) -> bool {
    let endpoints = snap.endpoints(file);
    let get = endpoints.iter().find(|e| !e.implicit && e.method == Some(Method::Get));
    method == Method::Get || get.is_none_or(|get| when(snap, get, app) == Some(Rendering::Dynamic))
}

/// What is added would be alone with its names, and nobody has taken those that it needs.
fn names_are_free(snap: &Snapshot, file: FileId, new: &Newcomer) -> bool {
    let Ok(source) = Source::read(snap, file) else { return false };
    let Some(anatomy) = Anatomy::new(&source.text, source.grammar).filter(|a| !a.is_broken()) else { return false };
    let whole = TextRange::new(0, source.text.len() as u32);
    let guard_fits = new.public || has_guard(&anatomy) || !anatomy.mentions_word(whole, GUARD);
    guard_fits
        && !anatomy.mentions_word(whole, new.name)
        && GLOBALS.iter().all(|name| anatomy.module.declaring(name).is_none())
}

/// Whether the file compares origins as a new handler does.
fn has_guard(anatomy: &Anatomy) -> bool {
    let index = anatomy.module.declaring(GUARD);
    let declared = index.and_then(|index| anatomy.module.statements.get(index));
    declared.is_some_and(|statement| {
        let written = bare(anatomy.slice(statement.range));
        [true, false].into_iter().any(|typed| bare(&same_origin(typed)) == written)
    })
}

/// Adds a handler to the file.
pub(super) fn write(
    draft: &mut Draft,
    snap: &Snapshot,
    file: FileId,
    home: &Home,
    parts: &Parts,
    ending: &str,
) -> Result<(), Refusal> {
    let source = Source::read(snap, file)?;
    let unreadable = || Refusal::new("unreadable", "the file of the new handler can't be parsed");
    let anatomy = Anatomy::new(&source.text, source.grammar).ok_or_else(unreadable)?;
    let style = &anatomy.style;
    let own = anatomy.module.imports().map(|(_, import)| &*import.specifier);
    let ending = specifier::extension_in(own).unwrap_or(ending);
    let from = specifier::relative(&source.path, &home.function, ending);
    let has_imports = anatomy.module.imports().next().is_some();
    let gap = if has_imports { "" } else { "\n" };
    let import = style.dress(&format!("import {{ {} }} from '{from}';\n{gap}", parts.name));
    draft.edit(&source, import_place(&source, &anatomy), import);
    let guard = parts.guard().filter(|_| !has_guard(&anatomy)).map(|guard| format!("\n{guard}")).unwrap_or_default();
    let code = style.dress(&format!("{}{guard}", parts.handler()));
    // behind all that is written: what the file ends with is still its end
    let end = source.text.trim_end().len() as u32;
    draft.edit(&source, TextRange::new(end, end), format!("\n\n{}", code.trim_end()));
    Ok(())
}

/// Takes a handler out again, with the import of its function and a guard that nobody else needs; `false`
/// where other code of the file uses the function.
pub(super) fn leave(draft: &mut Draft, source: &Source, anatomy: &Anatomy, handler: TextRange, name: &str) -> bool {
    let statements = &anatomy.module.statements;
    let others = || statements.iter().filter(|s| s.range != handler && !matches!(s.kind, StatementKind::Import(_)));
    let is_used = |name: &str| others().any(|s| s.uses.iter().any(|used| &**used == name));
    if is_used(name) {
        return false;
    }
    drop_imports(draft, source, anatomy, &[name]);
    let guard = if is_used(GUARD) { None } else { anatomy.module.declaring(GUARD) };
    let guard = guard.and_then(|index| statements.get(index)).map(|statement| statement.range);
    for statement in statements.iter().filter(|s| s.range == handler || Some(s.range) == guard) {
        let front = anatomy.slice(TextRange::new(0, statement.full.start)).trim_end().len() as u32;
        draft.edit(source, TextRange::new(front, statement.range.end), "");
    }
    true
}
