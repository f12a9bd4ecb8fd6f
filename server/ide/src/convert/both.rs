//! Keep both: the function gets a module of its own, the action calls it, and a new handler calls it, too.
//! No caller changes.

use next::Method;
use syntax::TextRange;
use workspace::{Endpoint, Snapshot};

use super::{
    Conversion, Refusal,
    action::Action,
    draft::{Draft, Source},
    moved::{Moved, import_place},
    place::{Home, Newcomer, pascal},
    reach, specifier, tags,
    to_route::{app_of, check_effects, extension, say_aloud, write_files},
    written::Parts,
};
use crate::hover::{effects::effects, full_url};

pub(super) fn both(snap: &Snapshot, endpoint: &Endpoint) -> Result<Conversion, Refusal> {
    let source = Source::read(snap, endpoint.file)?;
    let action = Action::new(snap, &source, endpoint)?;
    let app = app_of(snap, endpoint)?;
    let mut effects = effects(snap, endpoint).unwrap_or_default();
    let updates = reach::add(snap, &action, &mut effects);
    check_effects(endpoint, &effects, Method::Post)?;
    if !action.forms.is_empty() {
        let text = "it stands inside other code: move it to a file with 'use server' first";
        return Err(Refusal::new("inline", text).at(endpoint.file, endpoint.range));
    }
    if let Some(wrapper) = &action.wrapper {
        let text = format!("{} is made by {wrapper}: there is no function to call from both", action.name);
        return Err(Refusal::new("wrapped", text).at(endpoint.file, endpoint.range));
    }
    let carry = action.carry(snap, Method::Post)?;
    let own = action.anatomy.module.imports().map(|(_, import)| &*import.specifier);
    let ending = specifier::extension_in(own).unwrap_or("");
    let body = action.function.body;
    let moved = Moved::find(&source, &action.anatomy, action.home, action.taken, body, ending)?;
    let tagged = tags::elsewhere(snap, &action, &moved, &updates)?;
    let (method, public) = (Method::Post, false);
    let new = Newcomer { name: &action.name, method, extension: extension(&action), public, configured: false };
    let home = Home::find(snap, &app, &new)?;
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
        at_home: false,
        public,
        redirects: !effects.redirects.is_empty(),
        may_redirect: effects.opaque,
        forms: false,
        refreshes: false,
        not_found: false,
        still: false,
    };
    let mut draft = Draft::default();
    write_files(snap, &mut draft, &action, &moved, &home, &parts, false, ending)?;
    let style = &action.anatomy.style;
    let core = format!("{}Function", action.name);
    let from = specifier::relative(&source.path, &home.function, ending);
    let import = style.dress(&format!("import {{ {} as {core} }} from '{from}';\n", action.name));
    moved.leave(&mut draft, &source, &action.anatomy, &import);
    draft.edit(&source, import_place(&source, &action.anatomy), import);
    call_instead(&mut draft, &source, &action, &core, body);
    tags::change(&mut draft, &tagged)?;
    draft.notes.extend(carry.notes.iter().cloned());
    say_aloud(&mut draft, &parts, &effects, false);
    draft.finish(snap)
}

/// The action's body becomes a call of the function.
fn call_instead(draft: &mut Draft, source: &Source, action: &Action, core: &str, body: TextRange) {
    let mut given: Vec<String> = vec![];
    for (index, parameter) in action.function.parameters.iter().enumerate() {
        let name = match &parameter.name {
            Some(name) => name.to_string(),
            None => {
                let name = if index == 0 { "input".to_owned() } else { format!("input{}", index + 1) };
                draft.edit(source, parameter.pattern, name.clone());
                name
            }
        };
        // the function has the default
        if let Some(default) = parameter.default {
            let start = parameter.annotation.map_or(parameter.pattern.end, |annotation| annotation.end);
            draft.edit(source, TextRange::new(start, default.end), "");
            if source.is_typed() {
                // and the type that followed from it
                let of_default =
                    parameter.annotation.is_none().then(|| format!(": Parameters<typeof {core}>[{index}]"));
                let at = TextRange::new(parameter.pattern.end, parameter.pattern.end);
                draft.edit(source, at, format!("?{}", of_default.unwrap_or_default()));
            }
        }
        given.push(if parameter.rest { format!("...{name}") } else { name });
    }
    let call = format!("{core}({})", given.join(", "));
    let style = &action.anatomy.style;
    let code = if action.anatomy.slice(body).starts_with('{') {
        style.dress(&format!("{{\n  return {call};\n}}"))
    } else {
        call
    };
    draft.edit(source, body, code);
}
