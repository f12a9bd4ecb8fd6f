//! Server action → Route Handler. The function moves as it is, byte for byte; around it come a handler
//! that reads its arguments off a request and answers with what it gives, and a client function of the
//! same name and type that sends the request. So every caller goes on as it did, with another import.

use std::path::{Path, PathBuf};

use next::Method;
use syntax::{
    effects::{Effects, Revalidation},
    parse::Grammar,
};
use workspace::{App, Endpoint, FileId, Snapshot};

use super::{
    Conversion, Refusal,
    action::Action,
    callers::{self, Importer, Successors},
    carry::Sent,
    draft::{Draft, Source},
    inline, joined,
    moved::Moved,
    place::{Home, Newcomer, pascal},
    reach, specifier, tags,
    written::Parts,
};
use crate::{
    asked,
    hover::{effects::effects, full_url},
};

pub(super) fn to_route(
    snap: &Snapshot,
    endpoint: &Endpoint,
    method: Method,
    public: bool,
) -> Result<Conversion, Refusal> {
    let source = Source::read(snap, endpoint.file)?;
    let action = Action::new(snap, &source, endpoint)?;
    let app = app_of(snap, endpoint)?;
    let mut effects = effects(snap, endpoint).unwrap_or_default();
    let updates = reach::add(snap, &action, &mut effects);
    check_effects(endpoint, &effects, method)?;
    callers::check_lists(snap, endpoint)?;
    let id = asked::id(snap, endpoint).ok_or_else(|| Refusal::new("gone", "the action isn't there any more"))?;
    let importers = callers::importers(snap, endpoint, id)?;
    let carry = action.carry(snap, method)?;
    let ending = relative_extension(&action, &importers);
    let moved = Moved::find(&source, &action.anatomy, action.home, action.taken, action.leaving, ending)?;
    let tagged = tags::elsewhere(snap, &action, &moved, &updates)?;
    let new = Newcomer {
        name: &action.name,
        method,
        extension: extension(&action),
        public,
        configured: method == Method::Get && carry.sent == Sent::Nothing && public && is_still(&app),
    };
    let home = Home::find(snap, &app, &new)?;

    let takes_form = matches!(carry.sent, Sent::Form(_));
    let unseen = action.wrapper.as_ref().filter(|_| !takes_form);
    if let Some((importer, wrapper)) = importers.iter().find(|i| i.gives_forms()).zip(unseen) {
        let text = format!("a form gets it, and what {wrapper} makes of a form isn't told here");
        return Err(Refusal::new("wrapped", text).at(importer.source.file, importer.place()));
    }
    let forms = !action.forms.is_empty() || importers.iter().any(Importer::posts_forms);
    let fields_only = matches!(carry.sent, Sent::Form(_) | Sent::Nothing) && carry.members().next().is_none();
    let plain = importers.iter().find(|i| i.posts_plain_forms());
    if !fields_only && (!action.forms.is_empty() || plain.is_some()) {
        let text = "a form on a page of the server posts to it, and fields are all that a form carries";
        let at = plain.map(|i| (i.source.file, i.place()));
        return Err(Refusal { at, ..Refusal::new("form", text) });
    }
    if let Some(importer) = importers.iter().find(|i| !i.binds_all(&carry)) {
        let text = "a form on a page of the server binds to it what isn't just the arguments in front of the form";
        return Err(Refusal::new("form", text).at(importer.source.file, importer.place()));
    }
    let own = action.forms.is_empty() && stays_in_use(&action);
    let at_home = !own && home.existing.is_none() && !importers.iter().any(Importer::calls_function);
    let refreshes =
        !effects.revalidates.is_empty() || effects.sets_cookies.is_some() || effects.deletes_cookies.is_some();
    let browsers = importers.iter().any(|importer| !importer.on_server);
    let url = full_url(&home.url, Some(&app));
    let type_name = pascal(&action.name);
    let parts = Parts {
        name: &action.name,
        type_name: &type_name,
        method,
        url: &url,
        base_path: app.config.base_path.as_deref().unwrap_or_default(),
        carry: &carry,
        typed: source.is_typed(),
        at_home,
        public,
        // a form that is sent again is worse than a few lines that nobody needs
        redirects: !effects.redirects.is_empty() || (forms && effects.opaque),
        may_redirect: effects.opaque,
        forms,
        refreshes: refreshes && browsers,
        not_found: effects.answers.statuses.contains(&404),
        still: is_still(&app),
    };
    let mut draft = Draft::default();
    write_files(snap, &mut draft, &action, &moved, &home, &parts, browsers, ending)?;
    let also = if own { own_import(&action, &home, ending) } else { String::new() };
    moved.leave(&mut draft, &source, &action.anatomy, &also);
    leave_statement(&mut draft, &action, &moved, &also, &url);
    let witness = witness(snap, &app, &home, endpoint.file);
    let to = Successors {
        name: &action.name,
        function: &home.function,
        client: &home.client,
        refreshes: parts.refreshes,
        url: &url,
        carry: &carry,
        witness: &witness,
    };
    for importer in &importers {
        importer.rewrite(&mut draft, snap, &to)?;
    }
    tags::change(&mut draft, &tagged)?;
    draft.notes.extend(carry.notes.iter().cloned());
    say_aloud(&mut draft, &parts, &effects, public);
    if action.forms.is_empty() && callers::gives_forms_in_browsers(snap, id, &importers) {
        draft.note("forms of client components wait for JavaScript: an action took them without it, too");
    }
    draft.finish(snap)
}

/// A file of the application's folder, other than the action's: its root layout, which nearly all have.
fn witness(snap: &Snapshot, app: &App, home: &Home, action: FileId) -> PathBuf {
    let Some(dir) = &app.app_dir else { return home.route.clone() };
    let layouts = ["tsx", "jsx", "js", "ts"].map(|extension| dir.join("layout").with_extension(extension));
    let other = || {
        let files = snap.files().into_iter().filter(|file| *file != action);
        files.map(|file| snap.path(file)).find(|path| path.starts_with(dir)).map(|path| path.to_path_buf())
    };
    let layout = layouts.into_iter().find(|layout| snap.file(layout).is_some());
    layout.or_else(other).unwrap_or_else(|| home.route.clone())
}

/// The application that is to serve it.
pub(super) fn app_of(snap: &Snapshot, endpoint: &Endpoint) -> Result<std::sync::Arc<App>, Refusal> {
    let app = snap.app_of(endpoint.file).filter(|_| endpoint.app.is_some());
    app.ok_or_else(|| {
        let text = "it belongs to a package, which several applications may use: a Route Handler belongs to one";
        Refusal::new("package", text).at(endpoint.file, endpoint.range)
    })
}

pub(super) fn check_effects(endpoint: &Endpoint, effects: &Effects, method: Method) -> Result<(), Refusal> {
    let refused = |reason, text: &str| Err(Refusal::new(reason, text).at(endpoint.file, endpoint.range));
    if effects.revalidates.iter().any(|stale| stale.by == Revalidation::Refresh) {
        return refused("refresh", "refresh() works in server actions only");
    }
    let writes = !effects.revalidates.is_empty() || effects.sets_cookies.is_some() || effects.deletes_cookies.is_some();
    if method == Method::Get && writes {
        return refused("writes", "it changes something: a GET may be sent at any time, by anybody's link");
    }
    Ok(())
}

/// Whether the release answers a GET at build time, if it may.
fn is_still(app: &App) -> bool {
    app.release().major < 15
}

/// Whether its own file goes on using it.
fn stays_in_use(action: &Action) -> bool {
    let statements = action.anatomy.module.statements.iter().enumerate();
    statements.filter(|(index, _)| *index != action.home).any(|(_, statement)| statement.uses.contains(&action.name))
}

fn own_import(action: &Action, home: &Home, ending: &str) -> String {
    let from = action.anatomy.style.quoted(&specifier::relative(&action.source.path, &home.function, ending));
    let end = if action.anatomy.style.semicolons { ";" } else { "" };
    format!("import {{ {} }} from {from}{end}\n", action.name)
}

/// The extension that relative imports have: in the action's file, else in those that import it.
fn relative_extension(action: &Action, importers: &[Importer]) -> &'static str {
    let own = action.anatomy.module.imports().map(|(_, import)| &*import.specifier);
    specifier::extension_in(own.chain(importers.iter().flat_map(Importer::specifiers))).unwrap_or("")
}

pub(super) fn extension(action: &Action) -> &'static str {
    let elements = action.anatomy.has_elements(action.taken);
    match (action.source.is_typed(), elements) {
        (true, false) => "ts",
        (true, true) => "tsx",
        (false, false) => "js",
        (false, true) => "jsx",
    }
}

/// The new files: the handler, the function, the client.
#[expect(clippy::too_many_arguments, reason = "all that the files are made of")]
pub(super) fn write_files(
    snap: &Snapshot,
    draft: &mut Draft,
    action: &Action,
    moved: &Moved,
    home: &Home,
    parts: &Parts,
    browsers: bool,
    ending: &str,
) -> Result<(), Refusal> {
    let code = |path: &Path, text: String| {
        let grammar = path.file_name().and_then(|name| Grammar::for_file(name.to_str()?));
        tags::outside_of_actions(text, grammar.unwrap_or(action.source.grammar)).map_err(|text| {
            Refusal::new("update-tag", format!("{} {text}", parts.name)).at(action.source.file, action.taken)
        })
    };
    let (anatomy, style) = (&action.anatomy, &action.anatomy.style);
    let along = moved.along(anatomy);
    let guard = parts.guard().map(|guard| format!("\n{}", style.dress(&guard))).unwrap_or_default();
    let handler = style.dress(&format!("{}{}", parts.config(), parts.handler()));
    let typed = |code: String| if parts.typed { style.dress(&code) } else { String::new() };
    let gap = |imports: &str| if imports.is_empty() { "" } else { "\n" };
    if parts.at_home {
        let imports = moved.imports(action.source, anatomy, &home.route);
        let alias = if browsers {
            typed(format!("\nexport type {} = typeof {};\n", parts.type_name, parts.name))
        } else {
            String::new()
        };
        let text = format!("{imports}{}{along}{handler}\n{}\n{alias}{guard}", gap(&imports), action.text);
        draft.create(home.route.clone(), code(&home.route, text)?);
    } else {
        let imports = moved.imports(action.source, anatomy, &home.function);
        let text = &action.text;
        let function = text.trim_start_matches(|c: char| c.is_whitespace());
        let start = code_start(function);
        let (comments, function) = function.split_at(start);
        let text = format!("{imports}{}{along}{comments}export {function}\n", gap(&imports));
        draft.create(home.function.clone(), code(&home.function, text)?);
        match home.existing {
            Some(file) => joined::write(draft, snap, file, home, parts, ending)?,
            None => {
                let from = specifier::relative(&home.route, &home.function, ending);
                let import = style.dress(&format!("import {{ {} }} from '{from}';\n", parts.name));
                draft.create(home.route.clone(), format!("{import}\n{handler}{guard}"));
            }
        }
    }
    if browsers {
        let client = if parts.at_home {
            parts.client(&specifier::relative(&home.client, &home.route, ending))
        } else {
            // the type comes from the function itself
            parts.client("").replace(
                &format!("import type {{ {} }} from '';\n", parts.type_name),
                &format!(
                    "import type {{ {0} as {0}Function }} from '{1}';\n\ntype {2} = typeof {0}Function;\n",
                    parts.name,
                    specifier::relative(&home.client, &home.function, ending),
                    parts.type_name
                ),
            )
        };
        draft.create(home.client.clone(), style.dress(&client));
    }
    if let Some((path, text)) = moved.shared(action.source, anatomy) {
        let text = code(&path, text)?;
        draft.create(path, text);
    }
    Ok(())
}

/// Where code begins behind comments.
pub(super) fn code_start(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        let comment = if trimmed.starts_with("//") {
            trimmed.find('\n').map(|end| end + 1)
        } else if trimmed.starts_with("/*") {
            trimmed.find("*/").map(|end| end + 2)
        } else {
            None
        };
        match comment {
            Some(length) => at += length,
            None => return at,
        }
    }
}

fn leave_statement(draft: &mut Draft, action: &Action, moved: &Moved, also: &str, url: &str) {
    if draft.deletes(action.source.file) {
        return;
    }
    let Some(statement) = action.anatomy.module.statements.get(action.home) else { return };
    debug_assert!(moved.is_whole(statement.range) || !action.forms.is_empty(), "only inline actions are parts");
    match action.forms.is_empty() {
        true => draft.edit(action.source, super::moved::whole_lines(&action.source.text, statement.full), ""),
        false => inline::leave(draft, action, url),
    }
    if !also.is_empty() {
        draft.edit(action.source, super::moved::import_place(action.source, &action.anatomy), also);
    }
}

/// What differs from an action whatever one does.
pub(super) fn say_aloud(draft: &mut Draft, parts: &Parts, effects: &Effects, public: bool) {
    let what = format!("{} {}", parts.method.as_str(), parts.url);
    let said = match (public, parts.method == Method::Get) {
        (true, true) => Some("takes calls from any origin"),
        (true, false) => Some("takes calls from any origin, and bodies of any size: an action took 1 MB"),
        (false, true) => None,
        (false, false) => Some("takes bodies of any size: an action took 1 MB"),
    };
    if let Some(said) = said {
        draft.note(format!("{what} {said}"));
    }
    if effects.redirects.iter().flatten().any(|target| target.contains('#')) && !parts.forms {
        draft.note("it redirects to a part of a page: the # is lost, as fetch follows without it");
    }
    if parts.forms {
        draft.note(
            "a form posts and loads its page anew: what the function returns isn't shown, and what components keep is lost",
        );
        if parts.not_found {
            draft.note("notFound() shows no page to who posted the form");
        }
    }
}
